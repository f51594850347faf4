"""Benchmarks of fresh processes: time to the first result of an edited pack, and peak memory."""

from __future__ import annotations

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from typing import TypeVar

from tabletop.bench.figures import DEFAULT_SCENARIO, Bench, Line, Section
from tabletop.bench.memory import peak_mb
from tabletop.engine.compiled.support import has_compiled
from tabletop.scenario.library import locate

Thing = TypeVar("Thing")

_GAMES = 1000
#: The better of two runs counts, as the first may read files that are not in the page cache.
_RUNS = 2


def first_result(pack: str, cold: bool = False) -> Mapping[str, float]:
    """Milliseconds from the start of a process to the figures of its first 1,000 games of an edited pack, in total and
    by step; with `cold`, with an empty cache, where the machine has to be compiled.

    Empty if the process failed, or if its cache cannot be redirected.
    """
    with tempfile.TemporaryDirectory() as folder:
        edited = pathlib.Path(folder) / "pack"
        shutil.copytree(locate(pack), edited)
        _change_a_number(edited)
        cache = pathlib.Path(folder) / "cache"
        # The cache folders on Linux and macOS.
        environment = {"XDG_CACHE_HOME": str(cache), "HOME": str(cache)} if cold else {}
        started = time.perf_counter()
        parts = _in_process("first_games", [str(edited)], environment)
        seconds = time.perf_counter() - started
        if not parts or (cold and not cache.exists()):
            return {}
    return {**parts, "first_result": round(seconds * 1000)}


def peak_memory(pack: str, games: int) -> int | None:
    """The peak resident set, in megabytes, of a process that simulates so many games. None if unknown."""
    peak = _in_process("simulate", [pack, str(games)], {}).get("peak_rss_mb")
    return None if peak is None else round(peak)


def _change_a_number(pack: pathlib.Path) -> None:
    for file in sorted(pack.rglob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        changed = re.sub(r"\bby: (-?)([2-8])\b", lambda found: f"by: {found[1]}{int(found[2]) + 1}", text, count=1)
        if changed != text:
            file.write_text(changed, encoding="utf-8")
            return


def _in_process(what: str, arguments: list[str], environment: Mapping[str, str]) -> dict[str, float]:
    program = f"import sys; from tabletop.bench import cold_start; cold_start.tell_of_{what}(*sys.argv[1:])"
    # The folder of this package, which may have been found beside the script.
    path = os.pathsep.join([str(pathlib.Path(__file__).resolve().parents[2]), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, **environment, "PYTHONPATH": path},
    )
    told: dict[str, float] = json.loads(done.stdout) if done.returncode == 0 else {}
    return told


# In a process of its own


def tell_of_first_games(pack: str) -> None:
    """Prints the milliseconds of each step to the first result."""
    from tabletop.analysis.playouts import Playouts
    from tabletop.engine.game import Game
    from tabletop.scenario.loading import load

    taken: dict[str, float] = {}
    scenario = _timed(taken, "load_and_check", lambda: load(pack))
    game = _timed(taken, "compile_program", lambda: Game(scenario))
    playouts = Playouts(game, {})
    if playouts.compiled:
        _timed(taken, "compile_formulas", lambda: playouts.batch)
        _timed(taken, "load_machine", playouts.prepare)
    _timed(taken, "first_games", lambda: playouts.tally(0, _GAMES))
    print(json.dumps(taken))


def _timed(taken: dict[str, float], key: str, work: Callable[[], Thing]) -> Thing:
    started = time.perf_counter()
    done = work()
    taken[key] = round((time.perf_counter() - started) * 1000, 1)
    return done


def tell_of_simulate(pack: str, games: str) -> None:
    """Simulates, and prints the peak resident set in megabytes."""
    from tabletop.analysis.job import Job
    from tabletop.analysis.simulate import run
    from tabletop.scenario.loading import load

    run(Job(load(pack), games=int(games)))
    peak = peak_mb()
    print(json.dumps({} if peak is None else {"peak_rss_mb": peak}))


# Figures


def _step(key: str, words: str) -> Line:
    def measure(bench: Bench, column: str) -> float | None:
        if column == "cold" and not (bench.cold and has_compiled()):
            return None
        runs = 1 if column == "cold" else _RUNS
        parts = bench.once(
            ("fresh", column), lambda: [first_result(DEFAULT_SCENARIO, column == "cold") for _ in range(runs)]
        )
        best = min(parts, key=lambda run: run.get("first_result", 0))
        return best.get(key)

    return Line(key, words, measure)


def games_simulated(bench: Bench) -> int:
    """How many games memory is measured over."""
    return max(1, round((50_000 if has_compiled() else 300) * bench.seconds))


EDITED_PACK = Section(
    "edited_pack_ms",
    "An edited pack, ms in a fresh process",
    {"warm": "warm cache", "cold": "empty cache"},
    (
        _step("load_and_check", "loading and checking the pack"),
        _step("compile_program", "compiling it for the reference engine"),
        _step("compile_formulas", "compiling its formulas to machine code"),
        _step("load_machine", "the compiled machine itself"),
        _step("first_games", f"{_GAMES:,} games"),
        _step("first_result", "in all, from the start of the process"),
    ),
)
