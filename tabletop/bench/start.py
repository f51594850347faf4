"""Benchmarks of the start of commands, up to the first output: the pack is unchanged, and in the cache."""

from __future__ import annotations

import functools
import os
import pathlib
import statistics
import subprocess
import sys
import time

from tabletop.bench.figures import DEFAULT_SCENARIO, Bench, Line, Measure, Section

_RUNS = 5

COMMANDS = {
    "help": ("--help",),
    "check": ("check", DEFAULT_SCENARIO),
    "play_auto": ("play", DEFAULT_SCENARIO, "--auto", "--seed", "7"),
    "simulate": ("simulate", DEFAULT_SCENARIO, "--games", "10"),
}


@functools.cache
def first_output(command: tuple[str, ...]) -> dict[str, float]:
    """Milliseconds until a command in a process of its own has said something, at the median of several: by the clock
    (`wall`), and of a core (`cpu`), where the system tells that of a process that runs."""
    taken: dict[str, list[float]] = {"wall": [], "cpu": []}
    for number in range(_RUNS + 1):
        started = time.perf_counter()
        running = subprocess.Popen(
            [sys.executable, "-m", "tabletop", *command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert running.stdout is not None
        running.stdout.read(1)
        now, used = time.perf_counter(), _core_ms(running.pid)
        running.communicate()
        if number:  # the first one fills the cache
            taken["wall"].append(1000 * (now - started))
            taken["cpu"] += [] if used is None else [used]
    return {name: round(statistics.median(times), 1) for name, times in taken.items() if times}


def _core_ms(process: int) -> float | None:
    """What a process has used of a core so far, in milliseconds; None where nothing tells."""
    try:
        fields = pathlib.Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _start(key: str) -> Measure:
    def measure(bench: Bench, column: str) -> float | None:
        return first_output(COMMANDS[key]).get(column)

    return measure


START = Section(
    "start_ms",
    "From command to first output, ms, same pack",
    {"wall": "by the clock", "cpu": "of a core"},
    (
        Line("help", "tabletop --help", _start("help")),
        Line("check", "tabletop check", _start("check")),
        Line("play_auto", "tabletop play --auto", _start("play_auto")),
        Line("simulate", "tabletop simulate --games 10", _start("simulate")),
    ),
)
