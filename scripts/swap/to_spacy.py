#!/usr/bin/env python3
"""Records for training spaCy: a JSON line [text, {"entities": [[start, end, label]], "spans": …}] each

    to_spacy.py <records >train.jsonl

`entities` has names and values; of overlapping ones the longest, as spaCy's NER wants them. `spans` has quotations,
cues and sources for its span categoriser, where overlaps are welcome. In spaCy:

    for text, notes in map(json.loads, open("train.jsonl")):
        example = Example.from_dict(nlp.make_doc(text), notes)
"""
import json
import sys

for line in sys.stdin.buffer:
    record = json.loads(line)
    mentions = [(m["start"], m["end"], e["type"]) for e in record.get("entities") or [] for m in e["mentions"]
                if m.get("kind", "name") in ("name", "value")]
    chosen = []
    for start, end, label in sorted(mentions, key=lambda m: (m[0] - m[1], m)):
        if all(end <= a or b <= start for a, b, _ in chosen):
            chosen.append((start, end, label))
    quotes = record.get("quotes") or []
    parts = [[s["start"], s["end"], role.upper()] for q in quotes for role in ("content", "cue", "source")
             for s in q.get(role, [])]
    notes = {"entities": sorted(chosen), "spans": {"sc": sorted(parts)}}
    print(json.dumps([record["text"], notes], ensure_ascii=False))
