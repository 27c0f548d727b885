"""A stage in Python: a function from a record to a field's value. Nothing but the standard library.

    from stage import run
    run("sentences", lambda record: [...])

Lines are split at line feeds alone, what is not the stage's own keeps its bytes, and what the function cannot use goes
on unchanged with the reason on the standard error output, as the tools themselves do it.
"""
import json
import sys

SPACE = " \t\r\n"


def members(line):
    """Each member of a JSON object as it is written: (key, where its value begins, where it ends)."""
    decoder = json.JSONDecoder()
    at = line.index("{") + 1
    while True:
        while line[at] in SPACE + ",":
            at += 1
        if line[at] == "}":
            return
        key, at = decoder.raw_decode(line, at)
        at = line.index(":", at) + 1
        while line[at] in SPACE:
            at += 1
        start = at
        _, at = decoder.raw_decode(line, at)
        yield key, start, at


def splice(line, field, value):
    """The line with the field set and no other byte changed; of duplicate keys the last one counts."""
    written = json.dumps(value, ensure_ascii=False)
    place = None
    empty = True
    for key, start, end in members(line):
        empty = False
        if key == field:
            place = (start, end)
    if place:
        return line[: place[0]] + written + line[place[1] :]
    end = line.rindex("}")
    return line[:end] + ("" if empty else ",") + json.dumps(field) + ":" + written + line[end:]


def span(text, start, end, **more):
    """A span of the record: code points, which is what Python counts, and the text as a checksum."""
    return {"start": start, "end": end, "text": text[start:end], **more}


def run(field, work):
    """Reads records, adds `work(record)` to each as `field`, writes them. Exits with 1 if a record was bad."""
    bad = 0
    for number, raw in enumerate(sys.stdin.buffer, 1):
        if raw.isspace():
            continue
        try:
            line = raw.decode("utf-8").rstrip("\r\n")
            record = json.loads(line)
            if not isinstance(record, dict):
                raise ValueError("not a JSON object")
        except (ValueError, RecursionError) as error:
            print(f"{sys.argv[0]}: -:{number}: {error}", file=sys.stderr)
            bad += 1
            continue
        try:
            if not isinstance(record.get("text"), str):
                raise ValueError("no `text`")
            line = splice(line, field, work(record))
        except Exception as error:  # whatever ails this document, the others go on
            print(f"{sys.argv[0]}: -:{number}: {error}", file=sys.stderr)
            bad += 1
        sys.stdout.buffer.write(line.encode("utf-8", "surrogatepass") + b"\n")
        sys.stdout.buffer.flush()
    sys.exit(1 if bad else 0)
