"""No page of the terminal tells two worlds apart that differ only in what those who look may not know."""

from __future__ import annotations

import os
import pathlib
import random
from collections.abc import Iterator

import attrs
import pytest
from rich.text import Text

import tabletop
from tabletop.engine.state import State
from tabletop.session import Session
from tabletop.session.clock import WatchedClock
from tabletop.terminal import board, details, help, menu, public
from tabletop.terminal.marks import Marks
from tabletop.terminal.public import public_rows
from tabletop.terminal.scene import Sheet, public_scene, scene_of
from tabletop.terminal.timeline import log_page
from tests.engine.siblings import siblings
from tests.packs.generated import generated_pack, write_pack

IS_LONG = int(os.environ.get("TABLETOP_SIBLINGS", "0")) >= 1000
POSITIONS = 40 if IS_LONG else 1
#: The pages of the first three seats, and with TABLETOP_SIBLINGS of all.
EVERY_SEAT = "TABLETOP_SIBLINGS" in os.environ
KINDS = ("everything", "history") if not IS_LONG else ()

pytestmark = pytest.mark.xdist_group("siblings")


def sessions(pack: str, count: int, seed: int) -> Iterator[Session]:
    """Games as they stand at some moments, not yet over."""
    scenario, rng = tabletop.load(pack), random.Random(seed)
    while count:
        session = Session(scenario, seed=rng.getrandbits(64), humans=[seat.id for seat in scenario.seats])
        for _ in range(rng.randint(0, 60)):
            if session.state.finished:
                break
            seat = rng.choice(session.state.acting)
            session.decide(seat, rng.choice(session.game.actions(session.state, seat)))
        if not session.state.finished:
            count -= 1
            yield session


def as_if(session: Session, state: State, seat: str) -> None:
    """Lets a session stand where it does not, with a seat alone at this keyboard, or everybody before the screen."""
    players = {one: "" if seat in (one, "") else "random" for one in state.program.seat_ids}
    session.course.at.position = attrs.evolve(session.position, state=state, players=players)
    session._views.clear()


def pages(session: Session, seat: str) -> dict[str, list[str]]:
    """Everything that the terminal can show a seat of a game that goes on."""
    scene = scene_of(session, seat, Sheet(Marks(), 80, 40))
    acting = seat in scene.view.acting
    found: dict[str, list[Text]] = {
        "board": board.full_board(scene),
        "score": board.scoreboard(scene),
        "log": log_page(scene, ""),
        "brief": details.brief_page(scene),
        "invitation": menu.invitation(scene) if acting else [],
    }
    found |= {f"menu {at}": rows for at, rows in enumerate(menu.menus(scene))} if acting else {}
    found |= {f"help {name}": page() for name, page in help.subjects(scene).items()}
    return {name: [row.plain for row in rows] for name, rows in found.items()}


@pytest.fixture(autouse=True)
def nobody_seen_handing_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which seats have handed in their choice is seen by whoever is in the room, and alike in both worlds."""
    monkeypatch.setattr(public, "decided_seats", lambda session: ())


def room(session: Session) -> dict[str, list[str]]:
    """What the room's screen shows."""
    scene = public_scene(session, Sheet(Marks(), 100, 50))
    return {"room": [row.plain for row in public_rows(scene, WatchedClock(session, lambda: 0.0))]}


@pytest.fixture(params=["summit-2018", "first-summit", *map(str, range(0, 200, 25 if IS_LONG else 50))])
def pack(request: pytest.FixtureRequest, tmp_path: pathlib.Path) -> str:
    name = request.param
    return str(write_pack(generated_pack(int(name)), tmp_path / "pack")) if name.isdecimal() else name


def test_no_page_tells_what_a_seat_may_not_know(pack: str) -> None:
    rng = random.Random(5)
    for session in sessions(pack, POSITIONS, 5):
        state = session.state
        seats = state.program.seat_ids
        for seat in (*(seats if EVERY_SEAT else seats[:3]), ""):
            as_if(session, state, seat)
            before = pages(session, seat) if seat else room(session)
            for kind, sibling in siblings(state, seat, rng):
                if KINDS and kind not in KINDS:
                    continue
                as_if(session, sibling, seat)
                after = pages(session, seat) if seat else room(session)
                differing = [name for name in before if before[name] != after.get(name)]
                assert not differing, f"{kind} tells {seat or 'the room'} by {differing[:3]}"
