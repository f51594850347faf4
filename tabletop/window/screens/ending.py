"""Ending: the verdict of history, told from the log: how it went, what turned it, and what was true all along."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tabletop.presentation import ending as end
from tabletop.presentation.belief_record import BeliefRecord, belief_records
from tabletop.presentation.board_changes import BoardChange
from tabletop.presentation.chronicle import TurnStory
from tabletop.presentation.hopes import SeatHope, seat_hopes
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.played_assumptions import PlayedAssumption
from tabletop.presentation.spans import signed
from tabletop.presentation.truths import Truth
from tabletop.session import Facilitator
from tabletop.session.meter_courses import meter_courses
from tabletop.session.public_screen import ending_view
from tabletop.session.score_ranges import ScoreRange, kept_ranges, score_ranges
from tabletop.session.seeds import is_open
from tabletop.session.stated_beliefs import stated_beliefs, told_values
from tabletop.window.app import App
from tabletop.window.attempts import refusal
from tabletop.window.board.belief_page import belief_page
from tabletop.window.board.hopes import hope_rows
from tabletop.window.change_runs import runs_of
from tabletop.window.controls import Button
from tabletop.window.course_plot import Line, Looked, Mark, MeterPlot
from tabletop.window.examples import ended
from tabletop.window.fields import Tabs
from tabletop.window.frames import Align, Fitting, Pad, Panel, Scroll, Sized
from tabletop.window.layout import Column, Element, Flow, Grid, Row
from tabletop.window.parts import Icon, Rule, SeatBadge, Space, Stamp, Text
from tabletop.window.registry import Entry as ScreenEntry
from tabletop.window.registry import Example
from tabletop.window.screen import Screen
from tabletop.window.screens.ending_sheets import Again, Export, can_export, go_back
from tabletop.window.screens.ending_yardsticks import yardstick_panel
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
    from tabletop.engine.game import Game
    from tabletop.session import Session
    from tabletop.window.background_work import Job

PAGES = {
    "verdict": "scroll",
    "course": "newspaper",
    "points": "scales",
    "truth": "eye",
    "belief": "folder-open",
    "questions": "chats-circle",
}
_GRAND = Style("serif", 68, 1.08)
_TONES = {"good": "good", "bad": "bad"}


class Ending(Screen):
    """The end of a game, in six pages; five where the pack has asked for no beliefs and nobody has stated any."""

    def __init__(self, app: App, session: Session) -> None:
        super().__init__(app)
        self.session = session
        self._shown = "verdict"
        self._looked: dict[str, str] = {}
        self._of = self._is()
        self._ranges = kept_ranges(session.game)
        self.hopes: tuple[SeatHope, ...] = ()
        self._job: Job | None = None
        self._records: tuple[BeliefRecord, ...] = ()
        self.ending = self._read()

    def _read(self) -> end.Ending:
        """The story from the log; it is long, and does not change while it is looked at."""
        session = self.session
        self._of = self._is()
        seat = session.humans[0] if len(session.humans) == 1 else ""
        perspective = Perspective(session.game.program, seat, ending_view(session), humans=session.humans)
        facts = end.EndFacts(
            courses=meter_courses(session),
            hindsight=session.hindsight,
            open_seed=session.seed if is_open(session.seed) else None,
        )
        self.hopes = () if self._ranges is None else seat_hopes(perspective, self.words, self._ranges)
        self._records = self._records_now()
        return end.ending(perspective, self.words, facts)

    def _work_out_hopes(self) -> None:
        """Has bots play for what each seat could have reached, where that is not known yet."""
        game = self.session.game
        if self._ranges is None and self._job is None:
            # Nobody waits for it: Escape leaves the screen, as where nothing is under way.
            self._job = self.app.work.start(
                "hopes", lambda job: score_ranges(game, job.tell), self.take_ranges, lambda error: None, owner=object()
            )

    def closed(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def take_ranges(self, ranges: Mapping[str, ScoreRange]) -> None:
        """Shows the points beside what each seat could have reached."""
        self._ranges = ranges
        self.ending = self._read()
        self.refresh()

    @property
    def first(self) -> str:
        return f"page.{self._shown}"

    def _is(self) -> tuple[object, int]:
        return self.session.course.at, len(self.session.commands)

    def opened(self) -> None:
        self._work_out_hopes()
        if self._is() != self._of and self.session.view(self._any_seat).finished:
            self.ending = self._read()

    @property
    def _any_seat(self) -> str:
        return self.session.scenario.seats[0].id

    def _tell(self) -> None:
        """A facilitator tells everybody what was hidden."""
        facilitator = Facilitator(self.session)
        if not refusal(facilitator.tell_truth):
            self.ending = self._read()
        self.refresh()

    # What stands on it

    def build(self) -> Element:
        said = self.words
        pages = {
            "verdict": self._verdict,
            "course": self._course,
            "points": self._points,
            "truth": self._truth,
            "belief": self._belief,
            "questions": self._questions,
        }
        shown = [name for name in PAGES if name != "belief" or self._records or self._shown == "belief"]
        wide = [(name, said(f"ending.{name}"), PAGES[name]) for name in shown]
        bare = [(name, said(f"ending.{name}"), "") for name in shown]
        tabs = Fitting(*(Tabs("page", one, self._shown, self._turn_to) for one in (wide, bare)))
        game = Text(self.session.scenario.title, CARD_TITLE, "soft", wraps=False)
        head = Row(tabs, Space(grow=1), Fitting(game, Space()), gap=GAP, align="middle")
        return Pad(Column(head, Rule(), pages[self._shown](), self._buttons(), gap=GAP), PAGE, WIDE)

    def _turn_to(self, page: str) -> None:
        self._shown = page
        self.attention.offsets.clear()
        self.refresh()

    def _buttons(self) -> Element:
        said = self.words
        return Flow(
            Button(
                "what-if",
                said("ending.what_if"),
                self._ask_what_if,
                icon="git-branch",
                letter="w",
                kind="main",
                tip=said("ending.what_if_tip"),
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
        left = Sized(
            Column(paper, Fitting(self._tally(1), self._tally(2), Space(), grow=1), gap=GAP), width=620 * grown
        )
        beside = Row(left, side, gap=WIDE, grow=1)
        below = Scroll("page", Column(paper, plot, self._detail(), self._tally(0), gap=WIDE), least=200)
        return Fitting(beside, below, grow=1)

    def _tally(self, columns: int) -> Element:
        """Every seat's points in a small table; `columns` 0 for as many as there is room for. Where it is known what
        they could have reached, they stand by how near they came to it."""
        if self.hopes:
            rows = hope_rows(self.words, self.hopes, self.app.settings.text_size / 100, is_short=columns == 2)
            table = Grid(*rows, columns=2, gap=0) if columns == 2 else Column(*rows, gap=0)
            head = Text(self.words("hopes.short" if columns == 2 else "hopes.title"), SMALL, "soft")
            return Panel(Column(head, table, gap=0), "panel", pad=SMALL_GAP, pad_down=TIGHT)
        cells: list[Element] = [
            Row(
                SeatBadge(seat.seat, at, 34),
                Text(seat.name, LABEL, grow=1),
                Text(signed_total(seat.points), NUMBER, wraps=False),
                gap=SMALL_GAP,
                align="middle",
            )
            for at, seat in enumerate(self.ending.scores)
        ]
        cell = 300 * self.app.settings.text_size / 100
        grid = Grid(*cells, columns=columns, cell=cell, gap=WIDE)
        return Panel(grid, "panel", pad=GAP)

    def _paper(self) -> Element:
        told = self.ending
        parts: list[Element | None] = [
            Text(told.head.upper(), MONO, "bad"),
            Text(told.title, _GRAND if len(told.title) < 20 else TITLE, _TONES.get(told.tone, "ink")),
            Text(told.text, LEAD),
            Text(told.why, BODY, "soft") if told.why else None,
            Rule(),
            *self._because(),
            Align(Stamp(told.closed), 1.0, 0.5),
        ]
        return Column(*parts, gap=GAP)

    def _because(self) -> list[Element]:
        told = self.ending
        rows = [_line("eye", [Run(f"{one.name}: ", "text"), Run(one.value, "bold")]) for one in told.truths]
        rows += [_line("path", [Run(told.turned_on, "text")])] if told.turned_on else []
        rows += [_line("arrow-counter-clockwise", [Run(told.hindsight, "text")])] if told.hindsight else []
        return rows

    # The plot and its turning points

    def _plot(self) -> Element:
        told = self.ending
        lines = [Line(one.id, one.short, at, one.values, one.low, one.high) for at, one in enumerate(told.meters)]
        marks = [
            Mark(
                f"point.{number}",
                one.turn,
                tuple(moved.id for moved in one.changes if moved.kind == "meter"),
                functools.partial(go_back, self.app, self.session, one),
            )
            for number, one in enumerate(told.turning_points, 1)
        ]
        stages = [(stage.turns[0].turn, stage.title) for stage in told.chronicle.stages]
        return MeterPlot(lines, marks, stages)

    def _detail(self) -> Element:
        said = self.words
        first = Column(
            Text(said("ending.look"), STRONG),
            Text(said("ending.measured_board"), SMALL, "soft"),
            Text(said("ending.look_how"), BODY, "soft"),
            gap=TIGHT,
        )
        by: dict[str, Element] = {"": first}
        for number, one in enumerate(self.ending.turning_points, 1):
            by[f"point.{number}"] = self._point(number, one)
        for meter in self.ending.meters:
            by[f"line.{meter.id}"] = self._meter(meter)
        return Panel(Looked(by, self._looked, "detail"), "panel", pad=GAP)

    def _point(self, number: int, cause: end.StoryCause) -> Element:
        head = Row(
            Text(f"{number}", CARD_TITLE, "accent"),
            Column(Text(cause.title, STRONG), Text(cause.when, SMALL, "soft"), gap=0, grow=1),
            gap=GAP,
            align="middle",
        )
        changes = Text(runs_of(cause.changes), BODY)
        return Column(head, Text(cause.why, BODY, "soft") if cause.why else None, changes, gap=TIGHT)

    def _meter(self, meter: end.MeterCourse) -> Element:
        title = f"{meter.name} · {meter.level}" if meter.level else meter.name
        return Column(Text(title, STRONG), Text(meter.text, BODY, "soft"), Text(meter.ran, BODY), gap=TIGHT)

    # The course of it

    def _course(self) -> Element:
        told = self.ending
        left = Column(
            *self._did(self.words("ending.did_most"), told.moved_most),
            *(self._did(told.own_title, told.own_moves) if told.own_moves else []),
            gap=GAP,
        )
        right = Column(*self._chronicle(), gap=SMALL_GAP)
        if self.app.settings.text_size > 140:
            return Scroll("page", Column(left, right, gap=PAGE))
        return Row(Scroll("page", left), Scroll("chronicle", right), gap=PAGE, grow=1)

    def _did(self, title: str, kinds: Sequence[end.StoryCause]) -> list[Element]:
        rows: list[Element] = [Text(title, HEADING)]
        rows += [Column(Text(one.title, STRONG), Text(runs_of(one.changes), BODY), gap=HAIR) for one in kinds]
        return rows

    def _chronicle(self) -> list[Element]:
        rows: list[Element] = [Text(self.words("ending.chronicle"), HEADING)]
        for stage in self.ending.chronicle.stages:
            rows += [Rule(), Text(stage.title, LABEL, "accent"), *map(self._turn_line, stage.turns)]
        return rows

    def _without_card(self, turn: TurnStory) -> str:
        """What a turn is called in which no card came up: by the first that was done in it."""
        first = next(iter(turn.moves), None)
        return f"{first.who}: {'; '.join(first.titles)}" if first is not None else turn.name

    def _turn_line(self, turn: TurnStory) -> Element:
        moved = _foremost(turn.changes)
        return Column(
            Row(
                Text(turn.card or self._without_card(turn), STRONG, grow=1),
                Text(turn.date or turn.name, SMALL, "soft", wraps=False),
                gap=GAP,
                align="bottom",
            ),
            Text(runs_of(moved), BODY) if moved else None,
            gap=0,
        )

    # Points

    def _points(self) -> Element:
        told = self.ending
        own = self.session.humans[:1] if len(self.session.humans) == 1 else ()
        order = sorted(enumerate(told.scores), key=lambda one: (one[1].seat not in own, -one[1].points))
        across = 3 if self.app.settings.text_size < 120 else 2 if self.app.settings.text_size < 170 else 1
        columns: list[list[Element]] = [[] for _ in range(across)]
        for number, (at, seat) in enumerate(order):
            rows = [self._objective(one) for one in seat.objectives]
            head = Row(
                SeatBadge(seat.seat, at, 44),
                Text(seat.name, HEADING, grow=1),
                Text(signed_total(seat.points), NUMBER),
                gap=SMALL_GAP,
                align="middle",
            )
            columns[number % across].append(Panel(Column(head, Rule(), *rows, gap=SMALL_GAP), "panel", pad=WIDE))
        note = Text(self.words("ending.points_note"), SMALL, "soft")
        cards = Grid(*(Column(*one, gap=GAP) for one in columns), columns=across, gap=GAP)
        other = yardstick_panel(self.words, told.yardsticks, across)
        return Scroll("page", Column(other, note, cards, gap=GAP))

    def _objective(self, one: end.ObjectiveScore) -> Element:
        points = "?" if one.points is None else signed(one.points)
        return Row(
            Sized(Text(points, STRONG, _tone(one.points or 0), across=1.0, wraps=False), least_width=64),
            Text(one.text, BODY, grow=1),
            gap=SMALL_GAP,
        )

    # What was true

    def _truth(self) -> Element:
        said, told = self.words, self.ending
        papers = [self._truth_paper(one) for one in told.truths]
        if told.untold:
            only = said("attempts.only_watching") if self.session.watching else ""
            papers.append(Text(said("ending.not_told"), LEAD, "soft"))
            papers.append(Flow(Button("tell", said("ending.tell"), self._tell, icon="eye", why_not=only)))
        elif not papers:
            papers.append(Text(said("ending.no_secrets"), LEAD, "soft"))
        cell = 560 * self.app.settings.text_size / 100
        assumed = Grid(*map(self._assumption, told.assumptions), cell=cell, gap=SMALL_GAP)
        under = Column(Text(said("ending.assumed"), HEADING), assumed, gap=GAP)
        secrets = Grid(*map(self._secret, told.secrets), cell=cell, gap=SMALL_GAP)
        known = Column(Text(said("ending.secret"), HEADING), secrets, gap=SMALL_GAP) if told.secrets else None
        return Scroll("page", Column(Grid(*papers, cell=cell * 1.5, gap=WIDE), known, under, gap=PAGE))

    def _truth_paper(self, truth: Truth) -> Element:
        return Panel(
            Column(
                Text(truth.name.upper(), MONO, "bad"),
                Text(truth.value, TITLE),
                Text(truth.text, LEAD) if truth.text else None,
                Stamp(self.words("ending.declassified")),
                gap=SMALL_GAP,
                align="start",
            ),
            "paper",
            pad=WIDE,
            radius=CARD / 2,
            has_shadow=True,
        )

    def _secret(self, secret: end.SecretOfSome) -> Element:
        seats = [(at, seat.seat) for at, seat in enumerate(self.ending.scores) if seat.seat in secret.seats]
        return Row(
            *(SeatBadge(seat, at, 30) for at, seat in seats),
            Text([Run(f"{secret.what}   ", "text"), Run(secret.value, "bold")], BODY, grow=1),
            gap=SMALL_GAP,
            align="middle",
        )

    def _assumption(self, one: PlayedAssumption) -> Element:
        role = "accent" if one.is_changed else "soft"
        return Panel(
            Row(
                Column(
                    Text(one.title, STRONG),
                    Text(one.note, SMALL, role),
                    gap=0,
                    grow=1,
                ),
                Text(one.value, NUMBER, wraps=False),
                gap=GAP,
                align="middle",
            ),
            "panel",
            pad=GAP,
        )

    def _belief(self) -> Element:
        records = self._records
        if not records:
            return Scroll("page", Text(self.words("ending.no_beliefs"), LEAD, "soft"))
        grown = self.app.settings.text_size / 100
        told = [belief_page(record, self.words, grown, is_wide=grown < 1.4) for record in records]
        return Scroll("page", Column(*told, gap=PAGE))

    def _records_now(self) -> tuple[BeliefRecord, ...]:
        """What the person at this window believed; nothing where several sit at it."""
        session = self.session
        if len(session.humans) != 1:
            return ()
        seat = session.humans[0]
        perspective = Perspective(session.game.program, seat, session.view(seat), humans=session.humans)
        return belief_records(perspective, self.words, told_values(session), stated_beliefs(session, seat))

    def _questions(self) -> Element:
        rows = [
            Row(
                Sized(Text(str(number), CARD_TITLE, "accent", wraps=False), least_width=56),
                Text(question, LEAD, grow=1),
                gap=GAP,
            )
            for number, question in enumerate(self.ending.questions, 1)
        ]
        empty = [] if rows else [Text(self.words("ending.no_questions"), LEAD, "soft")]
        return Scroll("page", Column(*rows, *empty, gap=WIDE))

    # What it does

    def _ask_what_if(self) -> None:
        self.app.open("what-if", session=self.session)

    def _play_again(self) -> None:
        self.app.push(Again(self.app, self.session))

    def escape(self) -> None:
        self.app.home()


def _line(icon: str, runs: list[Run]) -> Element:
    return Row(Icon(icon, BODY, "soft"), Text(runs, BODY, grow=1), gap=SMALL_GAP)


def _foremost(changes: Sequence[BoardChange], meters: int = 3) -> list[BoardChange]:
    """The facts among changes, and so many meters as moved most."""
    moved = [one for one in changes if one.kind == "meter"]
    return [*(one for one in changes if one.kind != "meter"), *moved[:meters]]


def signed_total(points: int) -> str:
    """Points as they stand on the board: those below none with a true minus."""
    return str(points) if points >= 0 else f"−{-points}"


def _tone(points: int) -> str:
    return "good" if points > 0 else "bad" if points < 0 else "soft"


@functools.lru_cache(maxsize=4)
def _example_ranges(game: Game) -> Mapping[str, ScoreRange]:
    return score_ranges(game)


def _example_at(page: str) -> ScreenEntry:
    def example(app: App, given: Example) -> Screen:
        screen = Ending(app, ended(given, believing=page == "belief"))
        screen.take_ranges(_example_ranges(screen.session.game))
        screen._shown = page
        return screen

    return ScreenEntry(open=Ending, example=example)


ENTRIES = {("ending" if page == "verdict" else f"ending-{page}"): _example_at(page) for page in PAGES}
