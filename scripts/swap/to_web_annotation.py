#!/usr/bin/env python3
"""Records as W3C Web Annotations (JSON-LD), one a line, for Hypothesis, Recogito and the like

    to_web_annotation.py <records >annotations.jsonl

The target is the record's `url`, else its `id`. Each annotation has both selectors that the standard recommends: the
position (code points, as the standard counts) and the quotation with its surroundings, which survives edits.
"""
import json
import sys

AROUND = 32


def annotation(record, number, span, motivation, body):
    text = record["text"]
    start, end = span["start"], span["end"]
    source = record.get("url") or str(record.get("id", "urn:newstext:unnamed"))
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld", "id": f"{source}#annotation-{number}", "type": "Annotation",
        "motivation": motivation, "body": body,
        "target": {"source": source, "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {"type": "TextQuoteSelector", "exact": text[start:end], "prefix": text[max(0, start - AROUND):start],
             "suffix": text[end:end + AROUND]}]}}


def textual(value, purpose):
    return {"type": "TextualBody", "value": value, "purpose": purpose, "format": "text/plain"}


for line in sys.stdin.buffer:
    record = json.loads(line)
    found = []
    for entity in record.get("entities") or []:
        body = [textual(entity["type"], "tagging"), textual(entity["name"], "identifying")]
        found += [(m, "identifying", body) for m in entity["mentions"]]
    for quote in record.get("quotes") or []:
        speaker = quote.get("speaker")
        body = [textual("quotation, " + quote.get("type", "direct"), "tagging")]
        if speaker:
            body.append(textual(speaker["name"], "identifying"))
        found += [(s, "describing", body) for s in quote["content"]]
    for sentence in (record.get("summary") or {}).get("sentences", []):
        found.append((sentence, "highlighting", textual("summary", "tagging")))
    for number, (span, motivation, body) in enumerate(found, 1):
        print(json.dumps(annotation(record, number, span, motivation, body), ensure_ascii=False))
