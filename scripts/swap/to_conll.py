#!/usr/bin/env python3
"""Records as columns: token, start, end, name (BIO), quotation (BIO), a blank line after each sentence

    to_conll.py <records >columns.tsv

Tokens are runs of letters and digits, or single other characters; offsets are the record's. Of nested names the
longest counts.
"""
import json
import re
import sys

TOKEN = re.compile(r"\w+(?:[-'’.]\w+)*|[^\w\s]")


def bio(length, spans):
    """For each character the tag of a token that begins there."""
    tags = ["O"] * length
    for start, end, label in sorted(spans, key=lambda s: s[0] - s[1]):
        if all(tag == "O" for tag in tags[start:end]):
            tags[start:end] = ["B-" + label] + ["I-" + label] * (end - start - 1)
    return tags


def tag(tags, start, end):
    """A token's tag: that of its first marked character."""
    marked = [t for t in tags[start:end] if t != "O"]
    return marked[0] if marked else "O"


for line in sys.stdin.buffer:
    record = json.loads(line)
    text = record["text"]
    names = [(m["start"], m["end"], e["type"]) for e in record.get("entities") or [] for m in e["mentions"]
             if m.get("kind", "name") in ("name", "value")]
    names = bio(len(text), names)
    quotes = bio(len(text), [(s["start"], s["end"], q.get("type", "quote").upper())
                             for q in record.get("quotes") or [] for s in q["content"]])
    ends = {s["end"] for s in record.get("sentences") or []} or {len(text)}
    print(f"# id = {json.dumps(record.get('id'), ensure_ascii=False)}")
    for token in TOKEN.finditer(text):
        start, end = token.span()
        print(token.group(), start, end, tag(names, start, end), tag(quotes, start, end), sep="\t")
        if ends & set(range(start + 1, end + 1)):
            print()
    print()
