"""What a process costs: CPU time, time of the clock, peak memory.

Peak memory is VmHWM, which Linux counts anew for each program. That of wait(2) and getrusage(2), `ru_maxrss`, survives
exec: it has the memory of the program that started the other one in it, which is more than our tools take.
"""
import os, re, subprocess, sys, time


def peak(pid="self"):
    """Peak memory (MiB) of a running process so far; None where it has ended."""
    with open(f"/proc/{pid}/status") as status:
        found = re.search(r"VmHWM:\s+(\d+)", status.read())
    return int(found[1]) / 1024 if found else None


def watch(process):
    """Waits for a process that was just started: its CPU seconds, seconds of the clock and peak memory (MiB). It is looked
    at every 5 milliseconds, later less often; what it takes after the last look is not seen."""
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


def measure(command, **streams):
    """The same of a command, its output thrown away."""
    return watch(subprocess.Popen(command, **{"stdout": subprocess.DEVNULL, **streams}))
