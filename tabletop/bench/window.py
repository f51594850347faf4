"""Benchmarks of the window: time to open, response time, idle load."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping

from tabletop.bench.figures import Bench, Line, Section

#: The first run reads files that are not in the page cache, and fills caches for the next ones.
_OPENED = 3
_DECISIONS, _IDLE = 40, 4.0


def measure_window(figures: str, *arguments: str) -> Mapping[str, float]:
    """The figures of a process that opens the window, by default without a display; empty if that fails."""
    environment = {
        "SDL_VIDEODRIVER": "dummy",
        "SDL_AUDIODRIVER": "dummy",
        **os.environ,
        "PYGAME_HIDE_SUPPORT_PROMPT": "1",
        "PYTHONPATH": os.pathsep.join([str(pathlib.Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]),
    }
    # Modules of an installed program are compiled.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    program = f"import sys; from tabletop.bench import window_process; window_process.{figures}(*sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, env=environment, timeout=600
    )
    told: dict[str, float] = json.loads(done.stdout) if done.returncode == 0 else {}
    return told


def has_window() -> bool:
    """Whether pygame is installed."""
    try:
        import pygame
    except ImportError:
        return False
    return bool(getattr(pygame, "IS_CE", False))


def _costs(bench: Bench) -> dict[str, float]:
    if not has_window():
        return {}
    share = min(1.0, bench.seconds)
    idle, decisions = str(max(0.5, share * _IDLE)), str(max(8, round(share * _DECISIONS)))
    with tempfile.TemporaryDirectory() as folder:
        openings = [
            measure_window("title", str(time.time()), folder, idle if last else "0")
            for last in [False] * (_OPENED - 1) + [True]
        ]
        costs = dict(openings[-1])
        for key in ("first_frame_ms_wall", "first_frame_ms_cpu"):
            costs[key] = min(one.get(key, 0.0) for one in openings)
        costs.update(measure_window("table", folder, decisions, idle))
    return costs


def _line(key: str, words: str) -> Line:
    def measure(bench: Bench, column: str) -> float | None:
        found = bench.once("window", lambda: _costs(bench))
        return found.get(f"{key}_{column}" if column else key) or None

    return Line(key, words, measure)


WINDOW = Section(
    "window_ms",
    "The window at 1920x1080, ms at the median",
    {"wall": "by the clock", "cpu": "of a core"},
    (
        _line("first_frame_ms", "from the command to the first frame, the best"),
        _line("look_ms", "Tab or pointer to changed frame"),
        _line("decision_ms", "decision to changed frame, kept on the disk"),
        _line("round_ms", "the same where the other seats decide after it"),
    ),
)

WINDOW_COSTS = Section(
    "window_costs",
    "The window, besides",
    {"": ""},
    (
        _line("idle_title_percent", "% of a core while the title is idle"),
        _line("idle_table_percent", "% of a core while the table is idle"),
        _line("memory_mb", "MB of memory at most, after some turns of play"),
    ),
)
