"""Benchmarks of a class on phones, driven over real HTTP on this machine: joining, voting, screens, a restart."""

from __future__ import annotations

import asyncio
import importlib.util
import tempfile
from collections.abc import Sequence

from tabletop.bench.driven_class import (
    Server,
    act,
    delay_by_stalled,
    facilitator,
    free_port,
    high,
    joined,
    killed_and_back,
    many_files,
    start,
    votes_at_once,
)
from tabletop.bench.driven_phone import Phone
from tabletop.bench.figures import DEFAULT_SCENARIO, Bench, Line, Section

#: How many phones vote at once, a room for each number, and how many come back after the server was killed.
CLASSES = (30, 200, 600)
RETURNING = 500
#: How often it is measured what a stalled phone delays the others by.
_ROUNDS = 15

Figures = dict[str, float]


def classroom(bench: Bench, line: str) -> float | None:
    """A figure of the class in milliseconds; None where the server's packages are not there."""
    if importlib.util.find_spec("starlette") is None or importlib.util.find_spec("uvicorn") is None:
        return None
    found = bench.once("classroom", lambda: asyncio.run(_measured(min(1.0, bench.seconds))))
    return round(max(found[line], 0.1), 1)


async def _measured(share: float) -> Figures:
    """All figures; a short benchmark has fewer phones."""
    many_files()
    found = Figures()
    with tempfile.TemporaryDirectory() as place:
        server = start(DEFAULT_SCENARIO, place, free_port(), 1 + len(CLASSES))
        try:
            for room, number in enumerate(CLASSES, 1):
                found |= await _class(server, room, number, share)
            phones, _ = await joined(server, _some(RETURNING, share))
            await act(await facilitator(server), "start")
            _, back = await killed_and_back(server, place, phones)
            found["back"] = 1000 * back
            _hang_up(phones)
        finally:
            server.kill()
    return found


async def _class(server: Server, room: int, number: int, share: float) -> Figures:
    leader = await facilitator(server, room)
    phones, joining = await joined(server, _some(number, share), room)
    await act(leader, "start")
    votes, screens = await votes_at_once(phones)
    found = {f"join_{number}": high(joining), f"vote_{number}": high(votes), f"screens_{number}": 1000 * screens}
    if number == CLASSES[0]:
        found["stalled"] = 1000 * await delay_by_stalled(leader, phones, _some(_ROUNDS, share))
    _hang_up(phones)
    return found


def _some(number: int, share: float) -> int:
    """So many, or in a short benchmark fewer, but one for each seat."""
    return max(6, round(share * number))


def _hang_up(phones: Sequence[Phone]) -> None:
    for phone in phones:
        phone.hang_up()


def _by_class(what: str, words: str) -> Line:
    return Line(what, words, lambda bench, column: classroom(bench, f"{what}_{column}"))


CLASSROOM = Section(
    "classroom_ms",
    "A class on phones, ms",
    {str(number): f"{number} phones" for number in CLASSES},
    (
        _by_class("join", "all join at once: first page, p95"),
        _by_class("vote", "all vote at once: on the disk, p95"),
        _by_class("screens", "last vote to every screen"),
    ),
)
CLASSROOM_TROUBLE = Section(
    "classroom_trouble_ms",
    "A class in trouble, ms",
    {"": ""},
    (
        Line("stalled", "a phone that reads no more delays 30 others by", lambda bench, _: classroom(bench, "stalled")),
        Line("back", "500 phones back after the server was killed", lambda bench, _: classroom(bench, "back")),
    ),
)
