"""All benchmark sections in order. A new figure is a function and a line here or in a section of its own."""

from __future__ import annotations

import importlib.metadata
import pathlib
import platform
from collections.abc import Collection

import tabletop
from tabletop.bench.classroom import CLASSROOM, CLASSROOM_TROUBLE
from tabletop.bench.cold_start import EDITED_PACK, games_simulated, peak_memory
from tabletop.bench.decisions import DECISIONS
from tabletop.bench.figures import DEFAULT_SCENARIO, Bench, Line, Section
from tabletop.bench.sessions import SESSIONS
from tabletop.bench.start import START
from tabletop.bench.window import WINDOW, WINDOW_COSTS
from tabletop.bench.yardsticks import YARDSTICKS


def search_playouts(bench: Bench, column: str) -> int:
    """Playouts of the search player at the first decision of a game."""
    from tabletop.players.search import SearchPlayer

    state = bench.game.start(7)

    def think(number: int) -> int:
        return SearchPlayer(playouts=500, seed=number).think(state, state.acting[0]).playouts

    return bench.rate(think)


BESIDES = Section(
    "besides",
    "Besides",
    {"": ""},
    (
        Line("search_playouts_per_second", "playouts a second of a search, first move", search_playouts),
        Line("games_simulated", "games simulated in a process of its own", lambda bench, _: games_simulated(bench)),
        Line(
            "peak_rss_mb",
            "  MB of memory at most",
            lambda bench, _: peak_memory(DEFAULT_SCENARIO, games_simulated(bench)),
        ),
    ),
)

SECTIONS = (
    DECISIONS,
    YARDSTICKS,
    START,
    EDITED_PACK,
    SESSIONS,
    WINDOW,
    WINDOW_COSTS,
    CLASSROOM,
    CLASSROOM_TROUBLE,
    BESIDES,
)


def measured(seconds: float, cold: bool = False, only: Collection[str] = ()) -> Bench:
    """A bench that has measured every available figure, or those of `only` some sections by key; each rate is measured
    for about so many seconds."""
    bench = Bench(seconds, cold)
    bench.measure(section for section in SECTIONS if not only or section.key in only)
    return bench


def this_machine() -> dict[str, str]:
    """A description of the machine."""
    processor = platform.processor() or platform.machine()
    listed = pathlib.Path("/proc/cpuinfo")
    if listed.is_file():
        names = [line.partition(":")[2].strip() for line in listed.read_text().splitlines() if "model name" in line]
        processor = names[0] if names else processor
    versions = [f"tabletop {tabletop.__version__}", f"{platform.python_implementation()} {platform.python_version()}"]
    for name in ("numba", "numpy", "open_spiel", "pygame-ce"):
        try:
            versions.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    return {"machine": f"{processor}, {platform.system()} {platform.machine()}", "versions": ", ".join(versions)}
