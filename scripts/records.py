"""Records in Python: read them, slice them, add a field to them. Needs nothing but the standard library.

    import records

    for record in records.read("news.jsonl.gz"):       # or records.read(): the standard input
        print(record["id"], len(record["text"]))

    records.run("sentences", lambda record: [...])     # a stage: adds a field to each record

    records.each(lambda record: print(record["id"]))   # a converter: does something with each record

A stage and a converter read the files that their arguments name, or else the standard input. Put this file's folder into PYTHONPATH, or copy the file beside your program. Offsets are Unicode code points, which is
what Python's strings count. Messages name the program, the file and the line, as those of the tools do:
`my-stage: news.jsonl:7: not a JSON object`.
"""
import codecs
import gzip
import importlib
import json
import os
import shutil
import signal
import sys
import zlib

SPACE = " \t\r\n"  # what JSON takes for white space
INPUT = ("text", "id", "title", "date", "url", "lang")  # the fields that a document comes with


class Unusable(ValueError):
    """Why a record cannot be used, with the code for its `errors`."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def open_bytes(path):
    """A file as a stream of bytes; `-` is the standard input. gzip is recognized by its first two bytes (RFC 1952)."""
    stream = sys.stdin.buffer if path == "-" else open(path, "rb")
    return gzip.GzipFile(fileobj=stream) if stream.peek(2)[:2] == b"\x1f\x8b" else stream


def lines(*paths):
    """Each line that is not blank, as (`FILE:LINE`, bytes); without a path, those of the standard input.

    Lines end at line feeds only: JSON strings may hold other line separators. A file that cannot be read ends the
    program with a message.
    """
    for path in paths or ("-",):
        number = 0
        try:
            stream = open_bytes(path)
        except OSError as error:
            fail(path, error.strerror)
        try:
            for number, line in enumerate(stream, 1):
                if number == 1:
                    line = line.removeprefix(codecs.BOM_UTF8)
                if line.strip():
                    yield f"{path}:{number}", line
        except (OSError, EOFError, zlib.error) as error:  # the last two are a damaged gzip file's
            fail(f"{path}:{number + 1}", getattr(error, "strerror", None) or error)


def parse(line):
    """The record in a line of bytes, or a ValueError that says why it holds none."""
    try:
        record = json.loads(line.decode("utf-8").rstrip(), parse_constant=refuse)
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8: byte {error.start + 1} of the line") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"not a JSON object: {error.msg}: character {error.pos + 1}") from None
    except RecursionError:
        raise ValueError("nested too deeply for Python") from None
    if not isinstance(record, dict):
        raise ValueError("not a JSON object")
    return record


def refuse(constant):
    """NaN and Infinity, which Python reads and JSON does not have."""
    raise ValueError(f"not a JSON object: it holds {constant}, which is not JSON")


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
    sys.stdout.buffer.write(dumps(value).encode("utf-8", "surrogatepass") + b"\n")


def dumps(value):
    """A value as JSON; a ValueError for NaN and infinities, which JSON does not have."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def each(work, paths=None):
    """Calls `work(record)` for each record of some files (by default those that the arguments name, or else the standard
    input), then ends the program.

    What is not a record, lacks a text or does not fit `work` is reported and left out; the exit code is 1 then. A reader
    that has seen enough (`head`) ends the program in silence.
    """
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    bad = 0
    for place, line in lines(*(sys.argv[1:] if paths is None else paths)):
        try:
            record = parse(line)
            require_text(record)
            work(record)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            report(place, error)
            bad += 1
    sys.exit(1 if bad else 0)


def run(field, work, paths=None):
    """A stage: reads records from some files (by default those that the arguments name, or else the standard input) and
    writes each with `work(record)` as its `field`.

    All other bytes of a line stay as they are. A record that lacks a text or makes `work` fail goes on unchanged, with an
    entry in its `errors`; a line that is not a record is left out. Both are reported, and the exit code is 1 then. A line
    goes out before the next one is read.
    """
    if field in INPUT:
        fail(f"`{field}`", "a stage does not write a field of the input; give yours another name")
    bad = 0
    for place, raw in lines(*(sys.argv[1:] if paths is None else paths)):
        try:
            record = parse(raw)
        except ValueError as error:
            report(place, error)
            bad += 1
            continue
        line = raw.decode("utf-8").rstrip("\r\n")
        errors = record.get("errors", [])
        try:
            require_text(record)
            line = splice(line, field, work(record))
            if others(errors) != errors:  # one of an earlier run, which no longer holds
                line = splice(line, "errors", others(errors))
        except Exception as error:  # one document's failure must not stop the others
            report(place, error)
            bad += 1
            entry = {"tool": program(), "code": getattr(error, "code", "panic"), "message": message(error)}
            if isinstance(errors, list):
                line = splice(line, "errors", [*others(errors), entry])
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
    written = dumps(value)
    found = list(members(line))
    own = [(start, end) for key, start, end in found if key == field]
    if own:
        start, end = own[-1]
        return line[:start] + written + line[end:]
    end = line.rindex("}")
    return line[:end] + ("," if found else "") + json.dumps(field) + ":" + written + line[end:]


def others(errors):
    """The entries of other programs; what is no list stays as it is."""
    if not isinstance(errors, list):
        return errors
    return [e for e in errors if not (isinstance(e, dict) and e.get("tool") == program())]


def require_text(record):
    if "text" not in record:
        raise Unusable("no-text", "the record has no `text`")
    if not isinstance(record["text"], str):
        raise Unusable("bad-text", "`text` is no string")


def message(error):
    """What went wrong; errors of Python's own kinds are named, as their text alone is not clear."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error) if isinstance(error, (ValueError, EOFError, zlib.error)) else f"{type(error).__name__}: {error}"


def report(place, error):
    """A message on the standard error output."""
    print(f"{program()}: {place}: {message(error)}", file=sys.stderr)


def fail(place, why):
    """Ends the program with a message and the exit code that the tools have for input that cannot be read."""
    print(f"{program()}: {place}: {why}", file=sys.stderr)
    sys.exit(2)


def program():
    return os.path.basename(sys.argv[0])


def usage(description, fits=None):
    """Prints a program's description and ends it: with 0 where `--help` asks for that, with 2 where the arguments do not fit.

    By default they fit where there are any, or where the standard input is not a terminal.
    """
    if {"-h", "--help"} & set(sys.argv[1:]):
        print(description.strip())
        sys.exit(0)
    if not (len(sys.argv) > 1 or not sys.stdin.isatty() if fits is None else fits):
        print(description.strip(), file=sys.stderr)
        sys.exit(2)


def package(module, name=None):
    """Imports a package that not everybody has; without it, ends the program. `name` is PyPI's where that is another."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        fail(module, f"{error}; install it with `python3 -m pip install {name or module.partition('.')[0]}`")


def require(command, how):
    """Ends the program where a command is not there; `how` says what to do."""
    if not shutil.which(command):
        fail(command, f"there is no such program; {how}")
