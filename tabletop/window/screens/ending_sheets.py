"""What follows an ending: going back to a turning point, playing again otherwise, taking the game along."""

from __future__ import annotations

import functools
import importlib
import importlib.util
import pathlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

import platformdirs

from tabletop.scenario import Scenario
from tabletop.scenario.library import UnknownScenario
from tabletop.scenario.loading import load
from tabletop.scenario.problems import PackError
from tabletop.scenario.translation import told_in
from tabletop.session import Session
from tabletop.session.branch_points import branch_from, step_before
from tabletop.session.seeds import fresh_seed
from tabletop.storage.atomic_write import make_private_folder
from tabletop.storage.output import write_out
from tabletop.storage.paths import written
from tabletop.window.attempts import attempt
from tabletop.window.controls import Button
from tabletop.window.dialogs import Answer, Ask, Sheet
from tabletop.window.fields import Choice
from tabletop.window.layout import Column, Element
from tabletop.window.parts import Text, seat_icon
from tabletop.window.text_field import TextField
from tabletop.window.theme import GAP, SMALL, STRONG

if TYPE_CHECKING:
    from tabletop.presentation.ending import StoryCause
    from tabletop.window.app import App


def go_back(app: App, session: Session, cause: StoryCause) -> None:
    """Asks whether to play on from a turning point, otherwise."""
    said = app.words
    when, what = cause.when, cause.title
    answers = [
        Answer("stay", said("ending.stay"), "s"),
        Answer("go", said("ending.go_back"), "g", functools.partial(_branch, app, session, cause), kind="main"),
    ]
    if not session.humans or session.watching:
        answers = answers[:1]
    app.push(Ask(app, said("ending.what_if"), said("ending.from_here", when=when, what=what), answers))


def _branch(app: App, session: Session, cause: StoryCause) -> None:
    step = step_before(session, cause.turn, cause.seat, cause.decision)
    base = app.words("ending.branch", when=cause.turn_name or str(cause.turn))
    who = cause.seat or next(iter(session.humans), "")
    if attempt(app, lambda: branch_from(session, step, base, who)):
        app.home()
        app.open("table", session=session)


class Again(Sheet):
    """Another game of the same scenario: another seat, other assumptions, the same chance or not."""

    width: ClassVar[float] = 980.0

    def __init__(self, app: App, session: Session) -> None:
        super().__init__(app)
        self._session = session
        self._seat = next(iter(session.heading.humans), session.scenario.player)
        self._worldview = "same"
        self._chance = "new"

    @property
    def title(self) -> str:
        return self.words("ending.again")

    @property
    def first(self) -> str:
        return "start"

    def body(self) -> Element:
        said = self.words
        scenario = self._session.scenario
        seats = [(seat.id, seat.name, seat_icon(seat.id, at)) for at, seat in enumerate(scenario.seats)]
        views = [("same", said("ending.as_played"), "")] + [(one.id, one.name, "") for one in scenario.worldviews]
        chances = [("new", said("ending.new_chance"), "dice-five"), ("same", said("ending.same_chance"), "lock")]
        parts: list[Element] = [Text(said("ending.seat"), STRONG), Choice("seat", seats, self._seat, self._take_seat)]
        if scenario.worldviews:
            parts += [Text(said("ending.worldview"), STRONG), Choice("view", views, self._worldview, self._take_view)]
            chosen = next((one for one in scenario.worldviews if one.id == self._worldview), None)
            if chosen is not None and chosen.text:
                parts.append(Text(" ".join(chosen.text.split()), SMALL, "soft"))
        parts += [Text(said("ending.chance"), STRONG), Choice("chance", chances, self._chance, self._take_chance)]
        return Column(*parts, gap=GAP)

    def _take_seat(self, seat: str) -> None:
        self._seat = seat

    def _take_view(self, view: str) -> None:
        self._worldview = view

    def _take_chance(self, chance: str) -> None:
        self._chance = chance

    def answers(self) -> Sequence[Button]:
        said = self.words
        return [
            Button("start", said("ending.start"), self._start, icon="play", letter="g", kind="main"),
            Button("close", said("common.back"), self.escape, letter="b", key="Esc"),
        ]

    def _start(self) -> None:
        app, old = self.app, self._session
        scenario = _as_installed(old)
        views = {one.id: one.values for one in scenario.worldviews}
        session = Session(
            scenario,
            seed=old.seed if self._chance == "same" else fresh_seed(),
            pack=old.heading.pack,
            assumptions=views.get(self._worldview, old.heading.assumptions),
            humans=(self._seat,),
            players={seat: name for seat, name in old.heading.players.items() if seat != self._seat},
            journal=app.journal,
        )
        app.home()
        app.open("table", session=session)


def _as_installed(session: Session) -> Scenario:
    """The scenario as it is on this machine, or else as the game has brought it along."""
    try:
        return told_in(load(session.heading.pack), session.language)
    except (UnknownScenario, PackError):
        return session.course.start.position.game.scenario if session.course.start.position else session.scenario


_DEBRIEF = "tabletop.session.debrief"


def can_export() -> bool:
    """Whether this version can write a game down for the debrief."""
    return importlib.util.find_spec(_DEBRIEF) is not None


class Export(Sheet):
    """Writing the game down for the debrief: a table for a spreadsheet, or JSON for a script."""

    width: ClassVar[float] = 860.0

    def __init__(self, app: App, session: Session, folder: pathlib.Path | None = None) -> None:
        super().__init__(app)
        self._session = session
        self._folder = str(folder or platformdirs.user_documents_dir())
        self._told = ""

    @property
    def title(self) -> str:
        return self.words("ending.export")

    def body(self) -> Element:
        said = self.words
        told = Text(self._told, STRONG, "accent") if self._told else None
        field = TextField("folder", self._folder, self._set_folder, most=200)
        return Column(Text(said("ending.export_text")), Text(said("ending.folder"), STRONG), field, told, gap=GAP)

    def _set_folder(self, text: str) -> None:
        self._folder = text

    def answers(self) -> Sequence[Button]:
        said = self.words
        return [
            Button("csv", said("ending.as_csv"), functools.partial(self._write, "csv"), letter="t", kind="main"),
            Button("json", said("ending.as_json"), functools.partial(self._write, "json"), letter="j"),
            Button("close", said("common.close"), self.escape, letter="c", key="Esc"),
        ]

    def _write(self, form: str) -> None:
        debrief = importlib.import_module(_DEBRIEF)
        file = written(self._folder) / f"{self._session.id}.{form}"

        def write() -> None:
            text = debrief.as_json(self._session) if form == "json" else debrief.as_csv(debrief.facts(self._session))
            make_private_folder(file.parent)
            # The mark at the start tells spreadsheets that it is UTF-8.
            write_out(text.encode("utf-8-sig" if form == "csv" else "utf-8"), file, private=True)

        if attempt(self.app, write):
            self._told = self.words("ending.written", file=str(file))
