#!/usr/bin/env python3
"""Stanford CoreNLP's JSON as records:  from_corenlp.py ARTICLE.txt:OUTPUT.json … >records

CoreNLP's output does not hold the text, and counts UTF-16 code units, so the text is needed beside it. Sentences,
names (entitymentions, with coreference where it was run) and quotations become `sentences`, `entities`, `quotes`.
"""
import json
import sys

TYPES = {"PERSON": "PERSON", "ORGANIZATION": "ORG", "LOCATION": "LOC", "CITY": "GPE", "COUNTRY": "GPE",
         "STATE_OR_PROVINCE": "GPE", "NATIONALITY": "NORP", "RELIGION": "NORP", "IDEOLOGY": "NORP", "MISC": "MISC",
         "DATE": "DATE", "TIME": "TIME", "MONEY": "MONEY", "PERCENT": "PERCENT", "NUMBER": "CARDINAL",
         "ORDINAL": "ORDINAL", "DURATION": "DATE"}
VALUES = {"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL"}


def convert(text, output, name):
    points = []  # the code point at each UTF-16 unit
    for i, c in enumerate(text):
        points += [i] * (2 if ord(c) > 0xFFFF else 1)
    points.append(len(text))

    def span(begin, end, **more):
        begin, end = points[begin], points[end]
        return {"start": begin, "end": end, "text": text[begin:end], **more}

    record = {"id": name, "text": text, "sentences": [], "entities": []}
    found = {}
    for sentence in output["sentences"]:
        tokens = sentence["tokens"]
        record["sentences"].append(span(tokens[0]["characterOffsetBegin"], tokens[-1]["characterOffsetEnd"]))
        for mention in sentence.get("entitymentions", []):
            kind = TYPES.get(mention["ner"])
            if not kind or mention["text"].lower() in ("he", "she", "his", "her", "him", "hers"):
                continue
            new = {"id": f"e{len(found) + 1}", "type": kind, "name": mention["text"], "mentions": []}
            entity = found.setdefault((kind, mention["text"]), new)
            how = "value" if kind in VALUES else "name"
            place = (mention["characterOffsetBegin"], mention["characterOffsetEnd"])
            entity["mentions"].append(span(*place, kind=how))
    record["entities"] = list(found.values())
    if "quotes" in output:
        record["quotes"] = []
        for i, quote in enumerate(output["quotes"], 1):
            speaker = quote.get("canonicalSpeaker") or quote.get("speaker")
            record["quotes"].append({
                "id": f"q{i}", "type": "direct", "content": [span(quote["beginIndex"], quote["endIndex"])],
                "cue": [], "source": [],
                # CoreNLP writes "Unknown"; a record says null.
                "speaker": {"name": speaker} if speaker and speaker != "Unknown" else None})
    return record


for pair in sys.argv[1:]:
    text, _, output = pair.rpartition(":")
    with open(text, encoding="utf-8", newline="") as f, open(output, encoding="utf-8") as g:
        print(json.dumps(convert(f.read(), json.load(g), text), ensure_ascii=False))
