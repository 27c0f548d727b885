#!/usr/bin/env python3
"""Holds a run on Spark against a plain one, byte for byte:  scripts/spark/test.py BIN [DOCUMENTS]

BIN is the folder of the tools. Needs pyspark (3.5) and Java. The documents (20,000 unless told otherwise) are made up;
among them are lines that are no records, records without a text, and CRs between tokens.
"""
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

tools = os.path.abspath(sys.argv[1])
documents = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
here = Path(__file__).resolve().parent
CHAIN = "segment | entities --model fast --jobs 1 | quotes --model fast --jobs 1"
PEOPLE = ["Ana Roe", "Tomás Beck", "Leïla Brandt", "J. P. Oduor", "Ingrid Voss", "佐藤 健"]
PLACES = ["Lisbon", "Oslo", "Nairobi", "Gdansk", "Tunis", "Port Vila"]
FILES = 8


def made_up(n):
    who, where, other = PEOPLE[n % 6], PLACES[n // 6 % 6], PEOPLE[n // 36 % 6]
    text = (f"{where.upper()}, Sept {n % 28 + 1} — The harbour of {where} reopened on Monday after {n} days, {who} said."
            f"\n\n“Nobody counted {n * 7} ships 🎉,” {who} told reporters.\u2028She thanked {other}." + " It rained." * (n % 5))
    record = json.dumps({"id": n, "text": text, "n": n / 7}, ensure_ascii=n % 2 == 0)
    if n % 500 == 17:
        record = f'{{"id":{n},\r"body":"no text"}}'
    return record + ("\r" if n % 100 == 5 else "")


def run(command, **more):
    return subprocess.run(command, check=True, **more)


def parts(folder):
    return b"".join(p.read_bytes() for p in sorted(folder.glob("part-*")))


def same(found, wanted):
    for number, (a, b) in enumerate(zip(found.split(b"\n"), wanted.split(b"\n")), 1):
        assert a == b, f"line {number} is\n{a!r}\nand not\n{b!r}"
    assert found == wanted, f"{len(found)} bytes, not {len(wanted)}"


def spark(master, chain, source, output):
    run([sys.executable, here / "annotate.py", "--bin", tools, "--chain", chain, source, output],
        env={**os.environ, "PYSPARK_PYTHON": sys.executable, "PYSPARK_SUBMIT_ARGS": f"--master {master} --conf spark.ui.enabled=false pyspark-shell"},
        stderr=subprocess.DEVNULL)


with tempfile.TemporaryDirectory() as scratch:
    scratch = Path(scratch)
    source = scratch / "news"
    source.mkdir()
    bad = []
    for f in range(FILES):
        with open(source / f"{f}.jsonl", "w", encoding="utf-8", newline="") as out:
            for n in range(f * documents // FILES, (f + 1) * documents // FILES):
                out.write(made_up(n) + "\n")
                if n % 700 == 3:
                    bad.append(f'{{"id": "cut {n}", "text": "Half a')
                    out.write(bad[-1] + "\n\n")
    everything = b"".join(p.read_bytes() for p in sorted(source.iterdir()))
    plain = subprocess.run(["bash", "-c", CHAIN], input=everything, capture_output=True,
                           env={**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"}).stdout
    assert plain.count(b"\n") == documents, plain.count(b"\n")

    spark("local[2]", CHAIN, source, scratch / "out")
    same(parts(scratch / "out"), plain)
    assert parts(scratch / "out-rejects").decode().splitlines() == bad
    print(f"{documents} documents on Spark and without: {len(plain)} equal bytes, {len(bad)} rejects")

    # The first attempt of one task writes some lines and fails. Spark tries again, and nothing is lost or doubled.
    failing = f"if mkdir {scratch}/failed 2>/dev/null; then head -n 5 | segment; exit 3; fi\n{CHAIN}"
    spark("local[2,3]", failing, source, scratch / "retried")
    assert (scratch / "failed").exists()
    same(parts(scratch / "retried"), plain)
    print("a task that was run again changed nothing")

    # A stage in the middle of the chain is killed, and the one after it is none the wiser. Spark is.
    try:
        spark("local[2]", "segment | sh -c 'head -c 5000; kill -9 $$' | quotes --model fast", source, scratch / "killed")
    except subprocess.CalledProcessError:
        print("a stage that was killed fails the job")
    else:
        raise AssertionError("nobody has seen that a stage was killed")
