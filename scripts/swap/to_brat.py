#!/usr/bin/env python3
"""Records for brat's editor:  to_brat.py FOLDER <records   writes NAME.txt and NAME.ann for each

Mentions, cues, sources and quotations become text-bound annotations (brat counts code points, as records do);
a quotation's parts are tied to it by relations, mentions of one entity by an equivalence.
"""
import json
import os
import re
import sys

folder = sys.argv[1]
os.makedirs(folder, exist_ok=True)
for number, line in enumerate(sys.stdin.buffer, 1):
    record = json.loads(line)
    text = record["text"]
    notes, places, relations = [], 0, 0

    def bound(kind, spans):
        """One annotation over several spans; brat wants those that hold a line end cut there."""
        global places
        pieces = [(m.start() + s["start"], m.end() + s["start"]) for s in spans
                  for m in re.finditer(r"[^\r\n]+", text[s["start"]:s["end"]])]
        if not pieces:
            return None
        places += 1
        where = ";".join(f"{a} {b}" for a, b in pieces)
        notes.append(f"T{places}\t{kind} {where}\t{' '.join(text[a:b] for a, b in pieces)}")
        return f"T{places}"

    for entity in record.get("entities") or []:
        same = [bound(entity["type"], [m]) for m in entity["mentions"]]
        if len(same) > 1:
            notes.append("*\tSame " + " ".join(filter(None, same)))
    for quote in record.get("quotes") or []:
        content = bound("Quote-" + quote["type"], quote["content"])
        for role in ("cue", "source"):
            part = bound(role.capitalize(), quote[role]) if quote.get(role) else None
            if part and content:
                relations += 1
                notes.append(f"R{relations}\t{role.capitalize()}-of Arg1:{part} Arg2:{content}")
        if content and quote.get("speaker"):
            notes.append(f"#{relations + places}\tAnnotatorNotes {content}\t{quote['speaker']['name']}")
    name = re.sub(r"[^\w.-]+", "_", str(record.get("id", number))).strip("._") or str(number)
    for ending, content in ((".txt", text), (".ann", "".join(n + "\n" for n in notes))):
        with open(os.path.join(folder, f"{number:05}-{name}{ending}"), "w", encoding="utf-8", newline="") as f:
            f.write(content)
