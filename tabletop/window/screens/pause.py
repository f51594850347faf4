"""Pause: a game put aside for a moment, with the ways on and out; it is kept already."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import ClassVar

from tabletop.presentation.error_words import error_words
from tabletop.presentation.perspective import Perspective
from tabletop.session import Session
from tabletop.session.facilitator_view import public
from tabletop.window.app import App
from tabletop.window.controls import Button
from tabletop.window.dialogs import Answer, Ask, Sheet
from tabletop.window.layout import Column, Element, Grid, Row
from tabletop.window.parts import Icon, Text
from tabletop.window.prose import path_in_lines
from tabletop.window.registry import Entry, Example
from tabletop.window.theme import GAP, LABEL, SMALL, SMALL_GAP, STRONG, TIGHT


class Pause(Sheet):
    """The sheet that Escape brings up at the table."""

    width: ClassVar[float] = 760.0

    def __init__(self, app: App, session: Session) -> None:
        super().__init__(app)
        self.session = session

    @property
    def title(self) -> str:
        return self.session.scenario.title

    @property
    def first(self) -> str:
        return "back"

    def body(self) -> Element:
        said = self.words
        open_page = self.app.open
        ways: list[Element] = [
            self._way(
                "glossary", "book-open-text", "g", functools.partial(open_page, "glossary", session=self.session)
            ),
            self._way("settings", "sliders-horizontal", "e", functools.partial(open_page, "settings")),
            self._way("load", "folder-open", "l", functools.partial(open_page, "load")),
            self._way("new", "cards", "n", functools.partial(open_page, "new-game", scenario=self._pack)),
            self._way("title", "arrow-left", "t", self._to_title),
            self._way("quit", "sign-out", "q", self._quit),
        ]
        on = Button("back", said("pause.back"), self.escape, icon="play", key="Esc", kind="main", is_wide=True)
        return Column(self._kept(), on, Grid(*ways, columns=2, gap=SMALL_GAP), gap=SMALL_GAP)

    def answers(self) -> Sequence[Button]:
        return []

    @property
    def _pack(self) -> str:
        return self.session.heading.pack

    def _way(self, name: str, icon: str, letter: str, do: Callable[[], object]) -> Button:
        return Button(name, self.words(f"pause.{name}"), do, icon=icon, letter=letter, is_wide=True)

    def _kept(self) -> Element:
        """Whether the game is kept, and where."""
        said, session = self.words, self.session
        if session.watching:
            icon, words, role = "eye", said("pause.watching"), "ink"
        elif session.is_kept:
            icon, words, role = "floppy-disk", said("pause.kept"), "good"
        else:
            icon, words, role = "warning", said("pause.not_kept"), "bad"
        perspective = Perspective(session.game.program, "", public(session))
        stage, label = perspective.stage.title, perspective.label
        place = (
            path_in_lines(str(session.journal.path))
            if session.journal is not None
            else error_words(said, session.warning)
        )
        return Column(
            Text(" · ".join(part for part in (f"{stage}, {label.name}", label.date) if part), STRONG),
            Row(Icon(icon, LABEL, role), Text(words, LABEL, role, grow=1), gap=TIGHT, align="middle"),
            Text(place, SMALL, "soft") if place else None,
            gap=GAP / 2,
        )

    def _to_title(self) -> None:
        self._leave(self.app.home)

    def _quit(self) -> None:
        self._leave(self.app.quit)

    def _leave(self, leave: Callable[[], object]) -> None:
        """Leaves at once what is kept; for a game that is not, asks."""
        if self.session.is_kept or self.session.watching or not self.session.commands:
            leave()
            return
        said = self.words
        answers = [
            Answer("stay", said("pause.stay"), "s", kind="main"),
            Answer("leave", said("pause.leave"), "l", leave),
        ]
        self.app.push(Ask(self.app, said("pause.lost"), said("pause.lost_text"), answers))


def _example(app: App, example: Example) -> Pause:
    import pathlib

    from tabletop.session import Journal
    from tabletop.window.packs import scenario_of

    scenario = scenario_of(example.scenario, example.language)
    journal = Journal(pathlib.Path("/home/player/.local/share/tabletop"))
    session = Session(scenario, seed=example.seed, humans=(scenario.player,), journal=journal)
    return Pause(app, session)


ENTRIES = {"pause": Entry(open=Pause, example=_example, below="table")}
