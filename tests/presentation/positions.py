"""Positions of the shipped packs, as a person who has to decide sees them at the window and in the terminal."""

from __future__ import annotations

import functools
import pathlib
import random
import re
import tempfile
from collections.abc import Iterable, Iterator

import attrs
from rich.text import Text

import tabletop
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words
from tabletop.session import Session
from tabletop.terminal.marks import Marks
from tabletop.terminal.scene import Scene, Sheet, scene_of
from tabletop.window.screens.table import Table
from tests.window.driver import Player, drive, new_app

PACKS = ("first-summit", "summit-2018")


@attrs.frozen(eq=False)
class Position:
    """A game at one moment, with the seat of the person who must decide; bots have the other seats."""

    session: Session
    seat: str
    language: str = "en"

    @property
    def words(self) -> Words:
        return Words(self.language)

    @functools.cached_property
    def perspective(self) -> Perspective:
        return Perspective.of(self.session, self.seat)

    @functools.cached_property
    def scene(self) -> Scene:
        """What the terminal draws from."""
        return scene_of(self.session, self.seat, Sheet(Marks(), 99, 200))

    @functools.cached_property
    def window(self) -> Player:
        """The table of the window, drawn."""
        table = Table(_app(self.language), self.session)
        table.skip_briefing()
        while table.app.screens:
            table.app.screens.pop()
        table.app.push(table)
        return drive(table.app)

    @property
    def table(self) -> Table:
        screen = self.window.screen
        assert isinstance(screen, Table), f"a {type(screen).__name__} lies over the table"
        return screen


@functools.cache
def _app(language: str):  # type: ignore[no-untyped-def]
    return new_app(pathlib.Path(tempfile.mkdtemp()), (1920, 1080), language=language)


def positions(pack: str, count: int, seed: int = 0) -> Iterator[Position]:
    """Positions at which a person must decide, on the way of games in which all decide at random."""
    scenario, rng = tabletop.load(pack), random.Random(seed)
    seats = [seat.id for seat in scenario.seats]
    while count:
        session = Session(scenario, seed=rng.getrandbits(64), pack=pack, humans=seats)
        for _ in range(rng.choice([rng.randint(0, 30), rng.randint(0, 260)])):
            if session.state.finished:
                break
            seat = rng.choice(session.state.acting)
            session.decide(seat, rng.choice(session.game.actions(session.state, seat)))
        if session.state.finished:
            continue
        count -= 1
        seat = session.state.acting[0]
        # The others are played by bots, so that nothing is handed over at the keyboard.
        players = {one: "" if one == seat else "random" for one in seats}
        session.course.at.position = attrs.evolve(session.position, players=players)
        yield Position(session, seat)


def shown(rows: Iterable[Text | str]) -> str:
    """Rows of a terminal or texts of a window as one text with single spaces, and with one kind of minus sign."""
    words = " ".join(row.plain if isinstance(row, Text) else row for row in rows)
    return re.sub(r"\s+", " ", words.replace("\N{NO-BREAK SPACE}", " ").replace("−", "-"))


def of_control(player: Player, name: str) -> str:
    """What is written on a control of the window."""
    return shown(drawn.text for drawn in player.screen.scene.texts if drawn.owner == name)
