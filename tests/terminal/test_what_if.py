"""What if, at a terminal: what a finished game turned on, its decisions by number, and playing on from one."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from rich.console import Console
from rich.text import Text

import tabletop
from tabletop.presentation.example_figures import example_figures
from tabletop.presentation.names import names_in
from tabletop.presentation.weighing import Weighing
from tabletop.presentation.words import Words
from tabletop.session import Facilitator, Session
from tabletop.session.advice import choice_of
from tabletop.session.look_back import look_back
from tabletop.terminal import what_if as face
from tabletop.terminal.scene import public_scene
from tabletop.terminal.screen import Screen


class Typed(Screen):
    """A terminal at which lines are typed one after the other; `pages` are what stood there before each."""

    def __init__(self, *lines: str) -> None:
        super().__init__(Console(file=io.StringIO(), width=90, height=60))
        self.interactive = True
        self.pages: list[str] = []
        self._lines: Iterator[str] = iter(lines)
        self._rows: list[str] = []

    def clear(self) -> None:
        self._rows = []

    def write(self, rows: object) -> None:
        assert isinstance(rows, list)
        self._rows += [row.plain for row in rows if isinstance(row, Text)]

    def ask(self, prompt: str = "> ") -> str:
        self.pages.append("\n".join(self._rows))
        return next(self._lines)


@pytest.fixture
def session(tutorial: tabletop.Scenario) -> Session:
    session = Session(tutorial, seed=5, humans=[tutorial.player])
    return to_the_end(session)


def to_the_end(session: Session) -> Session:
    while True:
        list(session.run_bots())
        seat = session.to_act
        if seat is None:
            return session
        session.decide(seat, choice_of(session.position, seat))


def shown(session: Session, *lines: str) -> tuple[bool, Typed]:
    screen, look = Typed(*lines), look_back(session)
    weighing = Weighing.of(look, example_figures(look))
    return face.what_if(public_scene(session, screen), screen, weighing), screen


def test_it_shows_the_figures_that_the_other_faces_show(session: Session) -> None:
    look = look_back(session)
    told = Weighing.of(look, example_figures(look)).told(names_in(session.game.program), Words(), is_told=True)
    goes_on, screen = shown(session, "all", "", *map(str, range(1, 4)), "", "q")
    assert not goes_on
    whole = "\n".join(screen.pages)
    assert [bar.text for bar in told.accounts[0].bars if bar.text not in whole] == []
    for one, page in zip(told.decisions[:3], screen.pages[3:], strict=False):
        assert one.weighed is not None
        assert [option.as_known.text for option in one.weighed.options if option.as_known.text not in page] == []


def test_a_number_that_is_none_is_answered_with_those_there_are(session: Session) -> None:
    count = len(look_back(session).told)
    _, screen = shown(session, str(count + 7), "from nowhere", "q")
    assert "they go from 1 to" in screen.pages[1]
    assert "they go from 1 to" in screen.pages[2]


def test_somebody_plays_on_from_before_a_decision(session: Session) -> None:
    look, outcome = look_back(session), session.state.outcome
    told = Weighing.of(look, example_figures(look)).told(names_in(session.game.program), Words(), is_told=True)
    goes_on, _ = shown(session, "from 2")
    assert goes_on
    assert session.course.at is session.course.steps[told.decisions[1].step].before
    assert session.to_act == told.decisions[1].seat
    session.switch("main")
    assert session.state.outcome == outcome


def test_nothing_is_shown_that_gives_away_what_is_not_told(tutorial: tabletop.Scenario) -> None:
    session = Session(tutorial, seed=5, humans=[tutorial.player])
    Facilitator(session).set(tutorial.meters[0].id, 50, "As agreed.")
    to_the_end(session)
    _, screen = shown(session, "1", "from 1", "q")
    assert session.state.finished
    assert all(Words()("what-if.untold").split(".")[0] in page.replace("\n ", " ") for page in screen.pages)
    assert all("points" not in page for page in screen.pages)
    Facilitator(session).tell_truth()
    assert "points" in shown(session, "q")[1].pages[0]
