"""Scenarios: what can be played: the packs that ship with the program, and those in a folder that the player names."""

from __future__ import annotations

import functools

from tabletop.scenario import Scenario
from tabletop.scenario.problems import Mark, Problem
from tabletop.storage.shipped_data import DEFAULT_SCENARIO
from tabletop.window.app import App
from tabletop.window.controls import Button, CardButton
from tabletop.window.frames import Panel, Scroll, Sized
from tabletop.window.layout import Column, Element, Flow, Row
from tabletop.window.packs import Pack, folder, kept_names, read, with_folder, without_folder
from tabletop.window.page import Page
from tabletop.window.parts import Icon, Rule, SeatBadge, Text
from tabletop.window.prose import path_in_lines, prose
from tabletop.window.registry import Entry, Example
from tabletop.window.text_field import TextField
from tabletop.window.theme import (
    CARD,
    CARD_TITLE,
    GAP,
    HAIR,
    HEADING,
    LABEL,
    MONO,
    SMALL,
    SMALL_GAP,
    STRONG,
    TIGHT,
    WIDE,
)


class Scenarios(Page):
    """The packs on the left, and on the right what is in the one that is looked at, or what is wrong with it."""

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self._packs = [read(name, app.words.language) for name in kept_names(app.settings.packs)]
        self._shown = self._packs[0]
        self._path = ""

    @property
    def scenario(self) -> Scenario | None:
        return self._shown.scenario

    @property
    def title(self) -> str:
        return self.words("scenarios.title")

    @property
    def first(self) -> str:
        return "play"

    def show(self, pack: Pack) -> None:
        """Looks at a pack, which is put in the list if it is not there."""
        self._packs = [pack if one.name == pack.name else one for one in self._packs]
        if pack not in self._packs:
            self._packs.append(pack)
        self._shown = pack
        self.refresh()

    # What stands on it

    def body(self) -> Element:
        cards = [self._card(pack) for pack in self._packs]
        chooser = Column(*cards, self._finder(), gap=SMALL_GAP)
        if self.is_large:
            return Scroll("scenarios", Column(chooser, self._sheet(), gap=WIDE))
        left = Sized(Scroll("packs", chooser), width=620 * self.grown, grow=0)
        sheet = Scroll("pack", self._sheet())
        return Row(left, sheet, gap=WIDE)

    def _card(self, pack: Pack) -> Element:
        scenario = pack.scenario
        if scenario is None:
            name = pack.name.replace("\\", "/").rstrip("/").rpartition("/")[2] or pack.name
            top, note = name, self.words("scenarios.unsound", count=len(pack.problems))
        else:
            top, note = scenario.title, scenario.question or scenario.summary
        icon = "warning" if scenario is None else "cards" if pack.is_known else "folder-open"
        lines = Column(Text(top, HEADING), Text(note, SMALL, "soft"), gap=HAIR, grow=1)
        role = "bad" if scenario is None else "accent"
        return CardButton(
            f"pack.{pack.name}",
            Row(Icon(icon, CARD_TITLE, role), lines, gap=GAP, align="middle"),
            lambda: self.show(pack),
            ground="raised",
            is_chosen=pack.name == self._shown.name,
        )

    def _finder(self) -> Element:
        said = self.words
        field = TextField("path", self._path, self._type, on_enter=self._look, hint=said("scenarios.hint"), most=240)
        field.grow = 1
        look = Button("look", said("scenarios.look"), lambda: self._look(self._path), icon="magnifying-glass")
        both: Element = Column(field, Row(look)) if self.is_large else Row(field, look, gap=TIGHT)
        return Column(
            Text(said("scenarios.folder"), LABEL, "accent"),
            both,
            Text(said("scenarios.folder_note"), SMALL, "soft"),
            gap=TIGHT,
        )

    def _sheet(self) -> Element:
        scenario = self._shown.scenario
        content = self._unsound() if scenario is None else self._sound(scenario)
        return Panel(content, "paper", pad=WIDE, radius=CARD / 2, has_shadow=True)

    def _sound(self, scenario: Scenario) -> Element:
        said = self.words
        counted = [
            self._count("clock", said("scenarios.minutes", count=scenario.minutes)),
            self._count("users", said("scenarios.seats", count=len(scenario.seats))),
            self._count("cards", said("scenarios.cards", count=len(scenario.cards))),
            self._count("scales", said("scenarios.assumptions", count=len(scenario.assumptions))),
        ]
        seats = [
            Row(SeatBadge(seat.id, at, 34 * self.grown), Text(seat.name, STRONG), gap=TIGHT, align="middle")
            for at, seat in enumerate(scenario.seats)
        ]
        version = said("scenarios.version", version=scenario.version)
        return Column(
            Text(f"{scenario.id} · {version}".upper(), MONO, "bad"),
            Text(scenario.title, CARD_TITLE),
            Text(scenario.question, STRONG),
            Flow(*counted, gap=WIDE, line_gap=TIGHT),
            Rule(),
            Text(" ".join(scenario.summary.split())),
            Flow(*seats, gap=GAP, line_gap=TIGHT),
            *([Rule(), prose(scenario.introduction)] if scenario.introduction and not self.is_large else []),
            Rule(),
            Flow(self._play(), *self._forget(), gap=SMALL_GAP),
            gap=SMALL_GAP,
        )

    def _count(self, icon: str, words: str) -> Element:
        return Row(Icon(icon, LABEL, "accent"), Text(words, LABEL), gap=TIGHT, align="middle")

    def _play(self) -> Button:
        open_it = functools.partial(self.app.open, "new-game", scenario=self._shown.name)
        return Button("play", self.words("scenarios.play"), open_it, icon="play", letter="p", kind="main")

    def _forget(self) -> list[Button]:
        if self._shown.is_known:
            return []
        return [Button("forget", self.words("scenarios.forget"), self._drop, icon="x", letter="f")]

    def _unsound(self) -> Element:
        said, problems = self.words, self._shown.problems
        again = Button(
            "again",
            said("scenarios.again"),
            lambda: self.show(read(self._shown.name)),
            icon="arrow-clockwise",
            letter="r",
            kind="main",
        )
        rows = [self._problem(problem) for problem in problems]
        return Column(
            Text(path_in_lines(self._shown.name, 60), MONO, "bad"),
            Text(said("scenarios.unsound", count=len(problems)), CARD_TITLE),
            Text(said("scenarios.unsound_text")),
            Rule(),
            *rows,
            Rule(),
            Flow(again, *self._forget(), gap=SMALL_GAP),
            gap=SMALL_GAP,
        )

    def _problem(self, problem: Problem) -> Element:
        hint = self.words("scenarios.meant", name=problem.suggestion) if problem.suggestion else ""
        message = problem.message[:1].upper() + problem.message[1:]
        where = Text(str(problem.mark), MONO, "bad") if problem.mark else None
        return Column(where, Text(" ".join(part for part in (f"{message}.", hint) if part)), gap=0)

    # What it does

    def _type(self, text: str) -> None:
        self._path = text

    def _look(self, typed: str) -> None:
        if not typed.strip():
            return
        name = folder(typed)
        self._path = ""
        self.show(read(name, self.words.language))
        self.app.change(packs=with_folder(self.app.settings.packs, name))

    def _drop(self) -> None:
        self.app.change(packs=without_folder(self.app.settings.packs, self._shown.name))
        self._packs.remove(self._shown)
        self._shown = self._packs[0]


def _example(app: App, example: Example) -> Scenarios:
    page = Scenarios(app)
    if example.scenario != DEFAULT_SCENARIO:
        page.show(read(example.scenario, app.words.language))
    return page


def _unsound_example(app: App, example: Example) -> Scenarios:
    page = Scenarios(app)
    problems = (
        Problem("unknown name 'trsut'", Mark("cards/weeks.yaml", 118, 22), "trust"),
        Problem("an effect needs a reason: add 'why'", Mark("board.yaml", 14, 7)),
        Problem(
            "the ending 'peace' can never be reached, because the one before it always holds",
            Mark("endings.yaml", 31, 5),
        ),
    )
    page.show(Pack("/home/teacher/scenarios/my-dam", problems=problems))
    return page


ENTRIES = {
    "scenarios": Entry(open=Scenarios, example=_example),
    "scenarios-unsound": Entry(open=Scenarios, example=_unsound_example),
}
