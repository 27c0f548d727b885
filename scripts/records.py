"""Records in Python: read them, slice them, add a field to them. Needs nothing but the standard library.

    import records

    for record in records.read("news.jsonl.gz"):       # or records.read(): the standard input
        print(record["id"], len(record["text"]))

    records.run("sentences", lambda record: [...])     # a stage: adds a field to each record

    records.each(lambda record: print(record["id"]))   # a converter: does something with each record

Put this file's folder into PYTHONPATH, or copy the file beside your program. Offsets are Unicode code points, which is
what Python's strings count. Messages name the program, the file and the line, as those of the tools do:
`my-stage: news.jsonl:7: not a JSON object`.
"""
import codecs
import gzip
import json
import os
import signal
import sys
import zlib

SPACE = " \t\r\n"  # what JSON takes for white space


def open_bytes(path):
    """A file as a stream of bytes; `-` is the standard input. gzip is recognized by its first two bytes (RFC 1952)."""
    try:
        stream = sys.stdin.buffer if path == "-" else open(path, "rb")
    except OSError as error:
        fail(path, error.strerror)
    return gzip.GzipFile(fileobj=stream) if stream.peek(2)[:2] == b"\x1f\x8b" else stream


def lines(*paths):
    """Each line that is not blank, as (`FILE:LINE`, bytes); without a path, those of the standard input.

    Lines end at line feeds only: JSON strings may hold other line separators. A file that cannot be read ends the
    program with a message.
    """
    for path in paths or ("-",):
        number = 0
        try:
            for number, line in enumerate(open_bytes(path), 1):
                if number == 1:
                    line = line.removeprefix(codecs.BOM_UTF8)
                if line.strip():
                    yield f"{path}:{number}", line
        except (OSError, EOFError, zlib.error) as error:  # the last two are a damaged gzip file's
            fail(f"{path}:{number + 1}", getattr(error, "strerror", None) or error)


def parse(line):
    """The record in a line of bytes, or a ValueError that says why it holds none."""
    try:
        record = json.loads(line.decode("utf-8"))
    except RecursionError:
        raise ValueError("nested too deeply for Python") from None
    if not isinstance(record, dict):
        raise ValueError("not a JSON object")
    return record


def read(*paths):
    """Each record of some files, or of the standard input. The first line that is not a record ends the program."""
    for place, line in lines(*paths):
        try:
            record = parse(line)
        except ValueError as error:
            fail(place, error)
        yield record


def write(value):
    """Writes a value as a line of JSON, in UTF-8 whatever the locale says."""
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")


def each(work, *paths):
    """Calls `work(record)` for each record, then ends the program.

    What is not a record, lacks a text or does not fit `work` is reported and left out; the exit code is 1 then. A reader
    that has seen enough (`head`) ends the program in silence.
    """
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    bad = 0
    for place, line in lines(*paths):
        try:
            record = parse(line)
            require_text(record)
            work(record)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            report(place, error)
            bad += 1
    sys.exit(1 if bad else 0)


def run(field, work):
    """A stage: reads records from the standard input and writes each with `work(record)` as its `field`.

    All other bytes of a line stay as they are. A record that lacks a text or makes `work` fail goes on unchanged, a line
    that is not a record is left out; both are reported, and the exit code is 1 then. A line goes out before the next one is
    read.
    """
    bad = 0
    for place, raw in lines():
        try:
            record = parse(raw)
        except ValueError as error:
            report(place, error)
            bad += 1
            continue
        line = raw.decode("utf-8").rstrip("\r\n")
        try:
            require_text(record)
            line = splice(line, field, work(record))
        except Exception as error:  # one document's failure must not stop the others
            report(place, error)
            bad += 1
        try:
            sys.stdout.buffer.write(line.encode("utf-8", "surrogatepass") + b"\n")
            sys.stdout.buffer.flush()
        except BrokenPipeError:  # the reader has seen enough; a shell shows signal 13 as 128 + 13
            os._exit(141)
    sys.exit(1 if bad else 0)


def span(text, start, end, **more):
    """A span of a record: two offsets in code points, and the text between them, which readers use as a checksum."""
    return {"start": start, "end": end, "text": text[start:end], **more}


def names(record):
    """(start, end, type) of each mention by name and each value, pronouns and descriptions left out."""
    return [(m["start"], m["end"], e["type"]) for e in record.get("entities") or [] for m in e["mentions"]
            if m.get("kind", "name") in ("name", "value")]


def members(line):
    """Each member of a JSON object as it is written: (key, where its value begins, where its value ends)."""
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
    """The line with a field set and no other byte changed. Of duplicate keys the last one counts."""
    written = json.dumps(value, ensure_ascii=False)
    found = list(members(line))
    own = [(start, end) for key, start, end in found if key == field]
    if own:
        start, end = own[-1]
        return line[:start] + written + line[end:]
    end = line.rindex("}")
    return line[:end] + ("," if found else "") + json.dumps(field) + ":" + written + line[end:]


def require_text(record):
    if not isinstance(record.get("text"), str):
        raise ValueError("the record has no `text`")


def report(place, error):
    """A message on the standard error output; errors of Python's own kinds are named, as their text alone is not clear."""
    kind = "" if isinstance(error, ValueError) else f"{type(error).__name__}: "
    print(f"{program()}: {place}: {kind}{error}", file=sys.stderr)


def fail(place, why):
    """Ends the program with a message and the exit code that the tools have for input that cannot be read."""
    print(f"{program()}: {place}: {why}", file=sys.stderr)
    sys.exit(2)


def program():
    return os.path.basename(sys.argv[0])
