"""Table: the game itself. So far it shows where a game stands; the board, the cards and the hand come onto it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tabletop.window.controls import Button, Spot
from tabletop.window.frames import Pad, Panel
from tabletop.window.layout import Column, Element, Row
from tabletop.window.map import RegionMap
from tabletop.window.parts import SeatBadge, Space, Text
from tabletop.window.registry import Entry, Example
from tabletop.window.screen import Screen
from tabletop.window.theme import CARD, GAP, LABEL, SMALL, TIGHT, TITLE, WIDE

if TYPE_CHECKING:
    from tabletop.session import Journal, Session
    from tabletop.session.journal import Kept
    from tabletop.window.app import App


def last_game(journal: Journal) -> Kept | None:
    """The game that can be gone on with, or None."""
    from tabletop.session import JournalError

    try:
        return journal.latest()
    except JournalError:
        return None


def go_on(app: App) -> Table:
    """The table with the game played last. Raises JournalError if there is none, or it is open elsewhere."""
    from tabletop.session import open_session

    session, _ = open_session(app.journal)
    return Table(app, session)


class Table(Screen):
    """One game being played."""

    def __init__(self, app: App, session: Session) -> None:
        super().__init__(app)
        self.session = session

    @property
    def seat(self) -> str:
        """The seat whose view is shown."""
        return self.session.to_act or next(iter(self.session.humans), self.session.scenario.player)

    def build(self) -> Element:
        scenario, state = self.session.scenario, self.session.state
        stage = next(one for one in scenario.stages if one.id == state.stage)
        head = Row(
            Column(
                Text(scenario.title, TITLE),
                Text(f"{stage.title} · {stage.turn} {state.turn}", SMALL, "soft"),
                gap=TIGHT,
                grow=1,
            ),
            Button("title", self.words("common.back"), self.escape, icon="arrow-left", key="Esc"),
            gap=GAP,
            align="middle",
        )
        marks: dict[str, Element] = {
            seat.id: Spot(
                f"seat.{seat.id}",
                Panel(
                    Row(SeatBadge(seat.id, at, 36), Text(seat.name, LABEL, wraps=False), gap=TIGHT, align="middle"),
                    pad=TIGHT,
                    radius=26,
                ),
                tip=seat.role,
            )
            for at, seat in enumerate(scenario.seats)
        }
        return Pad(Column(head, Row(RegionMap(marks, radius=CARD), Space(), gap=0, grow=1), gap=WIDE), WIDE)

    def escape(self) -> None:
        self.app.home()


def _example(app: App, example: Example) -> Screen:
    from tabletop.scenario.loading import load
    from tabletop.session import Session

    session = Session(load(example.scenario), seed=example.seed, humans=("washington",))
    return Table(app, session)


ENTRIES = {"table": Entry(open=Table, example=_example)}
