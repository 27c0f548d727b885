#!/usr/bin/env python3
"""Records as CSV (RFC 4180, UTF-8), a row each:  to_csv.py sentences|mentions|quotes|summaries <records >table.csv"""
import csv
import json
import sys


def joined(spans):
    return " … ".join(s["text"] for s in spans)


def sentences(record):
    for s in record.get("sentences") or []:
        yield s["start"], s["end"], s.get("paragraph"), s.get("kind"), s["text"]


def mentions(record):
    for e in record.get("entities") or []:
        for m in e["mentions"]:
            yield (e["id"], e["type"], e["name"], e.get("country"), e.get("value"), e.get("unit"),
                   m["start"], m["end"], m.get("kind"), m["text"])


def quotes(record):
    for q in record.get("quotes") or []:
        speaker = q.get("speaker") or {}
        yield (q["id"], q["type"], speaker.get("name"), speaker.get("entity"), joined(q["source"]), joined(q["cue"]),
               q["content"][0]["start"], q["content"][-1]["end"], joined(q["content"]))


def summaries(record):
    for s in (record.get("summary") or {}).get("sentences", []):
        yield s["start"], s["end"], s["score"], s["text"]


COLUMNS = {
    "sentences": (sentences, "start end paragraph kind text"),
    "mentions": (mentions, "entity type name country value unit start end kind text"),
    "quotes": (quotes, "quote type speaker entity source cue start end text"),
    "summaries": (summaries, "start end score text"),
}

if len(sys.argv) != 2 or sys.argv[1] not in COLUMNS:
    sys.exit(__doc__)
rows, columns = COLUMNS[sys.argv[1]]
sys.stdout.reconfigure(encoding="utf-8", newline="")
table = csv.writer(sys.stdout)
table.writerow(["id", *columns.split()])
for line in sys.stdin.buffer:
    record = json.loads(line)
    for row in rows(record):
        table.writerow([record.get("id"), *row])
