"""What a process costs: CPU time, elapsed time, peak memory.

Peak memory is VmHWM, which Linux counts from 0 for each program. `ru_maxrss` of wait(2) and getrusage(2) survives exec: it
includes the memory of the Python that started the program, which is more than our tools take.
"""
import os, re, subprocess, sys, time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))  # the folder of records.py
import records

HOME = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BIN = os.path.join(os.environ.get("CARGO_TARGET_DIR", os.path.join(HOME, "target")), "release")


def peak(pid="self"):
    """Peak memory (MiB) of a running process so far; None where it has ended."""
    with open(f"/proc/{pid}/status") as status:
        found = re.search(r"VmHWM:\s+(\d+)", status.read())
    return int(found[1]) / 1024 if found else None


def watch(process):
    """Waits for a process that was just started: its CPU seconds, elapsed seconds and peak memory (MiB). Memory is read
    every 5 milliseconds, later less often; a peak after the last reading is missed."""
    start = time.monotonic()
    highest = 0
    while (now := peak(process.pid)) is not None:
        highest = now
        time.sleep(min(0.005 + (time.monotonic() - start) / 100, 0.1))
    clock = time.monotonic() - start
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(process.args)}: status {process.returncode}")
    return used.ru_utime + used.ru_stime, clock, highest


def start(command, **streams):
    """A running command; where the program is not there, a message says what to do."""
    built = os.path.dirname(command[0]) == BIN
    records.require(command[0], "build it with `cargo build --release`" if built else "install it")
    return subprocess.Popen(command, **streams)


def measure(command, **streams):
    """The same of a command, its output thrown away."""
    return watch(start(command, **{"stdout": subprocess.DEVNULL, **streams}))
