"""Ending: the verdict of history, told from the log: how it went, what turned it, and what was true all along."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from tabletop.engine.log import Entry
from tabletop.engine.views import public_log
from tabletop.presentation import story
from tabletop.presentation.names import Names, names_in
from tabletop.session import Facilitator
from tabletop.session.public_screen import told_truths
from tabletop.session.seeds import is_open
from tabletop.window.app import App
from tabletop.window.attempts import refusal
from tabletop.window.controls import Button
from tabletop.window.course_plot import Looked, Mark, MeterPlot, lines_of
from tabletop.window.examples import ended
from tabletop.window.fields import Tabs
from tabletop.window.frames import Align, Fitting, Pad, Panel, Scroll, Sized
from tabletop.window.layout import Column, Element, Flow, Grid, Row
from tabletop.window.parts import Icon, Rule, SeatBadge, Space, Stamp, Text
from tabletop.window.registry import Entry as ScreenEntry
from tabletop.window.registry import Example
from tabletop.window.screen import Screen
from tabletop.window.screens.ending_sheets import Again, Export, WhatIf, can_export, go_back
from tabletop.window.telling import change_runs, signed
from tabletop.window.text import Run
from tabletop.window.theme import (
    BODY,
    CARD,
    CARD_TITLE,
    GAP,
    HAIR,
    HEADING,
    LABEL,
    LEAD,
    MONO,
    NUMBER,
    PAGE,
    SMALL,
    SMALL_GAP,
    STRONG,
    TIGHT,
    TITLE,
    WIDE,
    Style,
)

if TYPE_CHECKING:
    from tabletop.session import Session

PAGES = {"verdict": "scroll", "course": "newspaper", "points": "scales", "truth": "eye", "questions": "chats-circle"}
_GRAND = Style("serif", 68, 1.08)
_TONES = {"good": "good", "bad": "bad"}


class Ending(Screen):
    """The end of a game, in five pages."""

    def __init__(self, app: App, session: Session) -> None:
        super().__init__(app)
        self.session = session
        self._shown = "verdict"
        self._looked: dict[str, str] = {}
        self._of = session.state
        self._read()

    def _read(self) -> None:
        """Takes the story from the log; it is long, and does not change while it is looked at."""
        session = self.session
        self._of = session.state
        self.told = told_truths(session)
        is_told = len(self.told) == len(session.scenario.hidden)
        self.log = story.told_at_the_end(session.state) if is_told else public_log(session.state)
        self.names: Names = names_in(session.game.program)
        self.labels = story.turn_labels(self.names, self.log)
        self.causes = story.causes(self.names, self.log)
        self.points = story.turning_points(self.causes)
        self.courses = story.courses(session.scenario, session.states)

    @property
    def first(self) -> str:
        return f"page.{self._shown}"

    @property
    def seat(self) -> str:
        """Whose eyes good and bad are seen with: the only person's, or nobody's."""
        humans = self.session.humans
        return humans[0] if len(humans) == 1 else ""

    def opened(self) -> None:
        if self.session.state is not self._of and self.session.state.finished:
            self._read()

    def _tell(self) -> None:
        """A facilitator tells everybody what was hidden."""
        facilitator = Facilitator(self.session)
        if not refusal(facilitator.tell_truth):
            self._read()
        self.refresh()

    # What stands on it

    def build(self) -> Element:
        said = self.words
        pages = {
            "verdict": self._verdict,
            "course": self._course,
            "points": self._points,
            "truth": self._truth,
            "questions": self._questions,
        }
        wide = [(name, said(f"ending.{name}"), icon) for name, icon in PAGES.items()]
        bare = [(name, said(f"ending.{name}"), "") for name in PAGES]
        tabs = Fitting(*(Tabs("page", one, self._shown, self._turn_to) for one in (wide, bare)))
        game = Text(self.session.scenario.title, CARD_TITLE, "soft", wraps=False)
        head = Row(tabs, Space(grow=1), Fitting(game, Space()), gap=GAP, align="middle")
        return Pad(Column(head, Rule(), pages[self._shown](), self._buttons(), gap=GAP), PAGE, WIDE)

    def _turn_to(self, page: str) -> None:
        self._shown = page
        self.attention.offsets.clear()
        self.refresh()

    def _stamp(self) -> Element:
        label = self.labels.get(self.session.state.turn)
        return Stamp(self.words("ending.closed", date=(label.date or label.name) if label else ""))

    def _buttons(self) -> Element:
        said = self.words
        nobody = "" if self.session.humans else said("ending.nobody_played")
        only = said("attempts.only_watching") if self.session.watching else ""
        return Flow(
            Button(
                "what-if",
                said("ending.what_if"),
                self._ask_what_if,
                icon="git-branch",
                letter="w",
                kind="main",
                tip=said("ending.what_if_tip"),
                why_not=nobody or only,
            ),
            Button("again", said("ending.again"), self._play_again, icon="arrow-clockwise", letter="p"),
            Button(
                "export",
                said("ending.export"),
                lambda: self.app.push(Export(self.app, self.session)),
                icon="floppy-disk",
                letter="x",
                why_not="" if can_export() else said("common.not_built"),
            ),
            Button("title", said("ending.title"), self.escape, icon="arrow-left", key="Esc"),
            gap=SMALL_GAP,
        )

    # The verdict

    def _verdict(self) -> Element:
        paper = Panel(self._paper(), "paper", pad=WIDE + TIGHT, radius=CARD / 2, has_shadow=True)
        grown = 1 + (self.app.settings.text_size / 100 - 1) * 0.5
        plot = Panel(self._plot(), "panel", pad=GAP)
        side = Column(plot, self._detail(), gap=SMALL_GAP, grow=1)
        left = Sized(Column(paper, Fitting(self._tally(2), Space(), grow=1), gap=GAP), width=620 * grown)
        beside = Row(left, side, gap=WIDE, grow=1)
        below = Scroll("page", Column(paper, plot, self._detail(), self._tally(0), gap=WIDE), least=200)
        return Fitting(beside, below, grow=1)

    def _tally(self, columns: int) -> Element:
        """Every seat's points in a small table; `columns` 0 for as many as there is room for."""
        cells: list[Element] = [
            Row(
                SeatBadge(seat.id, at, 34),
                Text(seat.name, LABEL, grow=1),
                Text(signed_total(self.session.state.scores[seat.id]), NUMBER, wraps=False),
                gap=SMALL_GAP,
                align="middle",
            )
            for at, seat in enumerate(self.session.scenario.seats)
        ]
        cell = 300 * self.app.settings.text_size / 100
        grid = Grid(*cells, columns=columns, cell=cell, gap=WIDE)
        return Panel(grid, "panel", pad=GAP)

    def _paper(self) -> Element:
        noun = next(one for one in self.session.scenario.endings if one.id == self.session.state.outcome)
        why = next((entry.why for entry in reversed(self.log) if entry.kind == "ending"), "")
        parts: list[Element | None] = [
            Text(self._head().upper(), MONO, "bad"),
            Text(noun.title, _GRAND if len(noun.title) < 20 else TITLE, _TONES.get(noun.tone, "ink")),
            Text(" ".join(noun.text.split()), LEAD),
            Text(why, BODY, "soft") if why else None,
            Rule(),
            *self._because(),
            Align(self._stamp(), 1.0, 0.5),
        ]
        return Column(*parts, gap=GAP)

    def _head(self) -> str:
        """Which game it was; by its seed only where that is no secret."""
        title, seed = self.session.scenario.title, self.session.seed
        if is_open(seed):
            return self.words("ending.head_open", scenario=title, seed=seed)
        return self.words("ending.head", scenario=title)

    def _because(self) -> list[Element]:
        said = self.words
        rows: list[Element] = []
        for hidden in (one for one in self.session.scenario.hidden if one.id in self.told):
            value = self.names.value(hidden.id, self.session.state.value(hidden.id))
            rows.append(_line("eye", [Run(f"{hidden.name}: ", "text"), Run(value, "bold")]))
        biggest = max(self.causes, key=lambda one: one.weight, default=None)
        if biggest is not None:
            turned = said("ending.turned_on", what=self._title(biggest), when=self._when(biggest.turn))
            rows.append(_line("path", [Run(turned, "text")]))
        if self.session.hindsight:
            rows.append(_line("arrow-counter-clockwise", [Run(self._hindsight(), "text")]))
        return rows

    def _hindsight(self) -> str:
        return self.words("ending.hindsight", count=self.session.hindsight)

    def _title(self, cause: story.Cause) -> str:
        if cause.seat:
            return f"{self.names.seat(cause.seat)}: {cause.title}"
        return cause.title or self.words("ending.unknown")

    def _when(self, turn: int) -> str:
        label = self.labels.get(turn)
        return str(label) if label else ""

    # The plot and its turning points

    def _plot(self) -> Element:
        lines = lines_of(self.courses, self.session.scenario.meters)
        marks = [
            Mark(
                f"point.{number}",
                one.turn,
                tuple(entry.target for entry in one.entries if entry.target in self.names.meters),
                functools.partial(go_back, self, one),
            )
            for number, one in enumerate(self.points, 1)
        ]
        begun: dict[str, int] = {}
        for turn, label in self.labels.items():
            begun.setdefault(label.stage.id, turn)
        stages = [(turn, self.names.stages[stage].title) for stage, turn in begun.items()]
        return MeterPlot(lines, marks, stages)

    def _detail(self) -> Element:
        said = self.words
        first = Column(
            Text(said("ending.look"), STRONG),
            Text(said("ending.look_how"), BODY, "soft"),
            gap=TIGHT,
        )
        by: dict[str, Element] = {"": first}
        for number, one in enumerate(self.points, 1):
            by[f"point.{number}"] = self._point(number, one)
        for at, meter in enumerate(self.session.scenario.meters):
            by[f"line.{meter.id}"] = self._meter(at)
        return Panel(Looked(by, self._looked, "detail"), "panel", pad=GAP)

    def _point(self, number: int, cause: story.Cause) -> Element:
        head = Row(
            Text(f"{number}", CARD_TITLE, "accent"),
            Column(Text(self._title(cause), STRONG), Text(self._when(cause.turn), SMALL, "soft"), gap=0, grow=1),
            gap=GAP,
            align="middle",
        )
        changes = Text(change_runs(self.names, cause.entries, self.seat), BODY)
        return Column(head, Text(cause.why, BODY, "soft") if cause.why else None, changes, gap=TIGHT)

    def _meter(self, at: int) -> Element:
        meter = self.session.scenario.meters[at]
        values = self.courses[meter.id]
        low, high = min(values), max(values)
        ran = self.words(
            "ending.ran",
            start=values[0],
            end=values[-1],
            low=low,
            high=high,
            low_when=self._when(max(1, values.index(low))),
            high_when=self._when(max(1, values.index(high))),
        )
        level = self.names.level(meter.id, values[-1])
        title = f"{meter.name} · {level}" if level else meter.name
        return Column(Text(title, STRONG), Text(" ".join(meter.text.split()), BODY, "soft"), Text(ran, BODY), gap=TIGHT)

    # The course of it

    def _course(self) -> Element:
        left = Column(
            *self._did(self.words("ending.did_most"), story.of_one_kind(self.causes)),
            *(self._did(self._own_title(), story.of_one_kind(self._own())) if self.seat else []),
            gap=GAP,
        )
        right = Column(*self._chronicle(), gap=SMALL_GAP)
        if self.app.settings.text_size > 140:
            return Scroll("page", Column(left, right, gap=PAGE))
        return Row(Scroll("page", left), Scroll("chronicle", right), gap=PAGE, grow=1)

    def _own_title(self) -> str:
        return self.words("ending.own_most", seat=self.names.seat(self.seat))

    def _own(self) -> list[story.Cause]:
        return story.causes(self.names, self.log, self.seat)

    def _did(self, title: str, kinds: list[list[story.Cause]]) -> list[Element]:
        rows: list[Element] = [Text(title, HEADING)]
        for alike in kinds:
            entries = [entry for one in alike for entry in one.entries]
            name = self._title(alike[0])
            if len(alike) > 1:
                name = self.words("ending.times", what=name, count=len(alike))
            rows.append(Column(Text(name, STRONG), Text(change_runs(self.names, entries, self.seat), BODY), gap=HAIR))
        return rows

    def _chronicle(self) -> list[Element]:
        rows: list[Element] = [Text(self.words("ending.chronicle"), HEADING)]
        stage = ""
        for turn, label in self.labels.items():
            if label.stage.id != stage:
                stage = label.stage.id
                rows += [Rule(), Text(label.stage.title, LABEL, "accent")]
            rows.append(self._turn_line(label, [entry for entry in self.log if entry.turn == turn]))
        return rows

    def _turn_line(self, label: story.TurnLabel, entries: list[Entry]) -> Element:
        card = next((entry.title for entry in reversed(entries) if entry.kind == "card"), "")
        moved = sorted(story.sums(self.names, entries), key=lambda one: -abs(one.amount))[:3]
        kept = [entry for entry in entries if entry.target in {one.target for one in moved}]
        return Column(
            Row(
                Text(card or self.words("ending.quiet"), STRONG, grow=1),
                Text(label.date or label.name, SMALL, "soft", wraps=False),
                gap=GAP,
                align="bottom",
            ),
            Text(change_runs(self.names, kept, self.seat), BODY) if moved else None,
            gap=0,
        )

    # Points

    def _points(self) -> Element:
        scores = self.session.state.scores
        nouns = sorted(
            enumerate(self.session.scenario.seats), key=lambda one: (one[1].id != self.seat, -scores[one[1].id])
        )
        across = 3 if self.app.settings.text_size < 120 else 2 if self.app.settings.text_size < 170 else 1
        columns: list[list[Element]] = [[] for _ in range(across)]
        for number, (at, seat) in enumerate(nouns):
            objectives = zip(seat.objectives, story.objective_points(self.session.state, seat.id), strict=True)
            rows = [
                Row(
                    Sized(Text(signed(points), STRONG, _tone(points), across=1.0, wraps=False), least_width=64),
                    Text(noun.text, BODY, grow=1),
                    gap=SMALL_GAP,
                )
                for noun, points in objectives
            ]
            head = Row(
                SeatBadge(seat.id, at, 44),
                Text(seat.name, HEADING, grow=1),
                Text(signed_total(scores[seat.id]), NUMBER),
                gap=SMALL_GAP,
                align="middle",
            )
            columns[number % across].append(Panel(Column(head, Rule(), *rows, gap=SMALL_GAP), "panel", pad=WIDE))
        note = Text(self.words("ending.points_note"), SMALL, "soft")
        cards = Grid(*(Column(*one, gap=GAP) for one in columns), columns=across, gap=GAP)
        return Scroll("page", Column(note, cards, gap=GAP))

    # What was true

    def _truth(self) -> Element:
        said = self.words
        state = self.session.state
        papers: list[Element] = []
        for hidden in (one for one in self.session.scenario.hidden if one.id in self.told):
            value = str(state.hidden[hidden.id])
            place = hidden.values.index(value)
            name = self.names.value(hidden.id, value).capitalize()
            words = hidden.descriptions[place] if place < len(hidden.descriptions) else ""
            words = " ".join(words.split()).removeprefix(name).lstrip(". ")
            papers.append(
                Panel(
                    Column(
                        Text(hidden.name.upper(), MONO, "bad"),
                        Text(name, TITLE),
                        Text(words, LEAD) if words else None,
                        Stamp(said("ending.declassified")),
                        gap=SMALL_GAP,
                        align="start",
                    ),
                    "paper",
                    pad=WIDE,
                    radius=CARD / 2,
                    has_shadow=True,
                )
            )
        if len(papers) < len(self.session.scenario.hidden):
            only = said("attempts.only_watching") if self.session.watching else ""
            papers.append(Text(said("ending.not_told"), LEAD, "soft"))
            papers.append(Flow(Button("tell", said("ending.tell"), self._tell, icon="eye", why_not=only)))
        elif not papers:
            papers.append(Text(said("ending.no_secrets"), LEAD, "soft"))
        assumed = [self._assumption(noun.id) for noun in self.session.scenario.assumptions]
        cell = 560 * self.app.settings.text_size / 100
        under = Column(Text(said("ending.assumed"), HEADING), Grid(*assumed, cell=cell, gap=SMALL_GAP), gap=GAP)
        secrets = self._secrets() if len(self.told) == len(self.session.scenario.hidden) else []
        known = (
            Column(Text(said("ending.secret"), HEADING), Grid(*secrets, cell=cell, gap=SMALL_GAP), gap=SMALL_GAP)
            if secrets
            else None
        )
        return Scroll("page", Column(Grid(*papers, cell=cell * 1.5, gap=WIDE), known, under, gap=PAGE))

    def _secrets(self) -> list[Element]:
        """What only some seats knew: facts as they stand at the end, and what was done unseen."""
        state = self.session.state
        facts = [noun for noun in self.session.scenario.variables if noun.known_to]
        tracks = [track for track in self.session.scenario.tracks if track.known_to]
        rows: list[tuple[str, str, tuple[str, ...]]] = [
            (self.names.full(noun.id), self.names.value(noun.id, state.value(noun.id)), noun.known_to) for noun in facts
        ]
        rows += [(track.name, str(state.value(track.id)), track.known_to) for track in tracks if not track.by]
        unseen = [entry for entry in self.log if entry.kind == "action" and entry.known_to]
        done = [
            (f"{self._when(entry.turn)}: {entry.title}", "", tuple(sorted(entry.known_to or ()))) for entry in unseen
        ]
        return [self._secret(*row) for row in (*rows, *done)]

    def _secret(self, what: str, value: str, knew: tuple[str, ...]) -> Element:
        seats = [seat for seat in enumerate(self.session.scenario.seats) if seat[1].id in knew]
        return Row(
            *(SeatBadge(seat.id, at, 30) for at, seat in seats),
            Text([Run(f"{what}   ", "text"), Run(value, "bold")], BODY, grow=1),
            gap=SMALL_GAP,
            align="middle",
        )

    def _assumption(self, id: str) -> Element:
        noun = next(one for one in self.session.scenario.assumptions if one.id == id)
        value = self.session.assumptions[id]
        shown = (
            (self.words("ending.true") if value else self.words("ending.false"))
            if isinstance(value, bool)
            else str(value)
        )
        changed = value != noun.value
        note = self.words("ending.changed") if changed else self.words("ending.as_written")
        return Panel(
            Row(
                Column(Text(noun.title, STRONG), Text(note, SMALL, "accent" if changed else "soft"), gap=0, grow=1),
                Text(shown, NUMBER, wraps=False),
                gap=GAP,
                align="middle",
            ),
            "panel",
            pad=GAP,
        )

    def _questions(self) -> Element:
        rows = [
            Row(
                Sized(Text(str(number), CARD_TITLE, "accent", wraps=False), least_width=56),
                Text(" ".join(one.text.split()), LEAD, grow=1),
                gap=GAP,
            )
            for number, one in enumerate(self.session.scenario.debrief, 1)
        ]
        empty = [] if rows else [Text(self.words("ending.no_questions"), LEAD, "soft")]
        return Scroll("page", Column(*rows, *empty, gap=WIDE))

    # What it does

    def _ask_what_if(self) -> None:
        self.app.push(WhatIf(self))

    def _play_again(self) -> None:
        self.app.push(Again(self.app, self.session))

    def escape(self) -> None:
        self.app.home()


def _line(icon: str, runs: list[Run]) -> Element:
    return Row(Icon(icon, BODY, "soft"), Text(runs, BODY, grow=1), gap=SMALL_GAP)


def signed_total(points: int) -> str:
    """Points as they stand on the board: those below none with a true minus."""
    return str(points) if points >= 0 else f"−{-points}"


def _tone(points: int) -> str:
    return "good" if points > 0 else "bad" if points < 0 else "soft"


def _example_at(page: str) -> ScreenEntry:
    def example(app: App, given: Example) -> Screen:
        screen = Ending(app, ended(given))
        screen._shown = page
        return screen

    return ScreenEntry(open=Ending, example=example)


ENTRIES = {("ending" if page == "verdict" else f"ending-{page}"): _example_at(page) for page in PAGES}
