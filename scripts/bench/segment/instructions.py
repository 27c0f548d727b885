#!/usr/bin/env python3
"""Counts instructions with callgrind, which a loaded machine does not disturb. Needs valgrind; builds the bench.

    instructions.py FILE.jsonl...   instructions a byte of each contender, and how many times less than icu_segmenter
    instructions.py                 count(2n)/count(n) on hostile input, which stays at 2 while the segmenter is linear
"""

import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
BENCH = os.path.join(HERE, "target/release/newstext-bench-segment")
CONTENDERS = ["ranges", "structure", "icu_segmenter", "sentencex", "memchr3"]
HOSTILE = [
    "“", '"', '" "', "(", ".", "a.", "a. ", "A. b ", ".)", "? ", "x", "[1]", ".[1] ", ". . ", "…", "—", "1. ", "• a ",
    "\n", "a\n", "a\n\n", "- a\n", "1. A\n", "a.\n", "By A B\n", "Title: a\n", "a b ", ".\u00a0", "é", "I said.” “",
]
LIMIT = 2.3
SIZE = 1 << 17


def count(*arguments):
    """Instructions of one run, and what it printed."""
    with tempfile.NamedTemporaryFile() as out:
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}", BENCH, *map(str, arguments)]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(re.search(r"Collected : (\d+)", run.stderr).group(1)), run.stdout.strip()


def speed(files):
    cost = {}
    for name in CONTENDERS:
        (one, size), (two, _) = count("pass", name, 1, *files), count("pass", name, 2, *files)
        cost[name] = (two - one) / int(size)
    for name in CONTENDERS:
        print(f"{name:14} {cost[name]:8.2f} instructions a byte  {cost['icu_segmenter'] / cost[name]:6.2f} x icu_segmenter")


def linearity():
    bad = 0
    for contender in ["ranges", "structure"]:
        for unit in HOSTILE:
            # What does not depend on the length goes out of the difference.
            n, n2, n4 = (count("hostile", contender, unit, SIZE * times)[0] for times in (1, 2, 4))
            ratio = (n4 - n2) / (n2 - n)
            bad += ratio > LIMIT
            each = (n4 - n2) / (2 * SIZE)
            print(f"{contender:10} {unit!r:14} {ratio:5.2f}  {each:8.1f} instructions a byte", flush=True)
    return bad


if __name__ == "__main__":
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=HERE, check=True)
    sys.exit(speed(sys.argv[1:]) if sys.argv[1:] else int(linearity() > 0))
