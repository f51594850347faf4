"""The review of a session as one HTML page that stands alone: nothing to load, and no script needed to read it."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from importlib import resources

import attrs
import jinja2
import markupsafe

from tabletop.presentation.board_changes import BoardChange
from tabletop.presentation.changes import Change
from tabletop.presentation.chart_geometry import Axis, Extent
from tabletop.presentation.ending import MeterCourse
from tabletop.presentation.review.alternatives import FigureRange, WeighedDecision
from tabletop.presentation.review.arguments import Argument
from tabletop.presentation.review.charts import bar_axis, bar_extent, figure_extent, option_axis, share_extents
from tabletop.presentation.review.decision_notes import DecisionNote
from tabletop.presentation.review.predictions import AskedQuestion, Prediction
from tabletop.presentation.review.review import Review
from tabletop.presentation.review.turning import AccountBar, AccountStory, ChanceShare
from tabletop.presentation.review.turns import ReviewedTurn
from tabletop.presentation.spans import MARK_OF_SIGN, plain_text, signed
from tabletop.presentation.timeline import TimelineEntry, TimelineEvent
from tabletop.presentation.words import Words
from tabletop.report import charts
from tabletop.report.page_templates import page_templates


def review_page(review: Review) -> str:
    """The whole page. Parts of which there is nothing are left out."""
    template = templates().get_template("review.html")
    return template.render(review=review, say=Words(review.language), marks=Marks(review))


@functools.cache
def templates() -> jinja2.Environment:
    """The templates of pages whose sentences come from the catalogue."""
    environment = page_templates()
    environment.filters |= {
        "moved": moved,
        "tone": tone,
        "line": change_line,
        "signed": signed,
        "minus": minus,
        "percent": percent,
    }
    environment.globals["style"] = markupsafe.Markup(stylesheet())
    return environment


@functools.cache
def stylesheet() -> str:
    """The stylesheet of the pages."""
    return resources.files("tabletop.report").joinpath("templates/review.css").read_text(encoding="utf-8")


def moved(change: BoardChange) -> str:
    """A change of the board in few words.

    >>> moved(BoardChange(id="trust", kind="meter", name="Trust", short="Trust", amount=-2, sign=-1))
    '▼ −2 ✗ Trust'
    """
    if change.value:
        return f"{change.short}: {change.value}"
    arrow = "▲" if change.amount > 0 else "▼"
    return " ".join(part for part in (arrow, signed(change.amount), MARK_OF_SIGN[change.sign], change.short) if part)


def minus(number: int | str) -> str:
    """A number with a sign for less than nothing that is as wide as a figure.

    >>> minus(-3), minus(3)
    ('−3', '3')
    """
    return f"{number}".replace("-", "−")


def percent(share: float) -> str:
    """A share as a whole percentage.

    >>> percent(0.123)
    '12%'
    """
    return f"{100 * share:.0f}%"


def change_line(change: Change) -> str:
    """A change with its values before and after."""
    return plain_text(change.full_line)


def tone(sign: int) -> str:
    """The class of what is good, bad or neither."""
    return {1: "good", -1: "bad"}.get(sign, "even")


@attrs.frozen(kw_only=True)
class SeenTurn:
    """The events of a turn and the entries with its reasons: those that everybody saw, those that only some did."""

    seen: list[TimelineEvent]
    reasons: list[TimelineEntry]
    unseen: list[TimelineEvent]
    unseen_reasons: list[TimelineEntry]


def _is_all_unseen(event: TimelineEvent) -> bool:
    """Whether only some saw anything of an event."""
    return event.head is None and bool(event.entries) and all(one.known_to for one in event.entries)


@attrs.frozen
class Marks:
    """Where the marks of the charts of a page lie, in per cent of their width."""

    review: Review

    @property
    def breaks(self) -> tuple[int, ...]:
        """The places of a course at which a stage begins, but for the first."""
        return tuple(at for at, turn in enumerate(self.review.turns, 1) if turn.opens and at > 1)

    def course(self, meter: MeterCourse) -> markupsafe.Markup:
        """The line of a meter."""
        return markupsafe.Markup(charts.course(meter.values, meter.low, meter.high, self.breaks))

    def path(self, story: AccountStory) -> markupsafe.Markup:
        """The line of the expected figure within its band; nothing where it has no points."""
        return markupsafe.Markup(charts.path(story)) if len(story.path) > 1 else markupsafe.Markup()

    def axis(self, story: AccountStory) -> Axis:
        """The axis of a waterfall."""
        return bar_axis(story, 100)

    def bar(self, axis: Axis, bar: AccountBar) -> Extent:
        """A bar of a waterfall on its axis."""
        return bar_extent(axis, bar)

    def shares(self, axis: Axis, bar: AccountBar, story: AccountStory) -> Iterator[tuple[ChanceShare, Extent]]:
        """What the bar of chance is made of."""
        return share_extents(axis, bar, story)

    def options(self, decision: WeighedDecision) -> Axis:
        """The axis on which the options of a decision lie."""
        return option_axis(decision, 100)

    def range(self, axis: Axis, figure: FigureRange) -> Extent:
        """A figure on its axis: its point at `left`, its interval from `low` to `high`."""
        return figure_extent(axis, figure)

    def dots(self, asked: AskedQuestion | Prediction) -> list[tuple[float, int]]:
        """Where answers in numbers lie, and how high those of the same number are piled."""
        axis = self._scale(asked)
        piled: dict[float, int] = {}
        found = []
        for number in asked.numbers:
            at = axis.at(number)
            found.append((at, piled.get(at, 0)))
            piled[at] = piled.get(at, 0) + 1
        return found

    def place(self, asked: AskedQuestion | Prediction, value: float) -> float:
        """Where a value lies on the scale of a question."""
        return self._scale(asked).at(value)

    def _scale(self, asked: AskedQuestion | Prediction) -> Axis:
        return Axis(float(asked.low), float(max(asked.high, asked.low + 1)), 0.0, 100.0, ())

    def most(self, asked: AskedQuestion) -> int:
        """The most that chose the same answer."""
        return max((one.count for one in asked.choices), default=1)

    def argued(self) -> Sequence[Argument]:
        """The decisions worth arguing about, in the order in which they were made."""
        return sorted(self.review.arguments, key=lambda one: one.step)

    def asked_of(self, question: str) -> Argument | None:
        """The decision that a question is about, where it is one of those that are argued about."""
        return next((one for one in self.review.arguments if one.ask == question), None)

    def weighed(self, argument: Argument) -> WeighedDecision | None:
        """The figures of a decision that is argued about, where there are any."""
        return next((one for one in self._weighed() if one.step == argument.step), None)

    def _weighed(self) -> Sequence[WeighedDecision]:
        found = self.review.alternatives
        return found.decisions if found is not None else ()

    def other_decisions(self) -> list[tuple[str, list[WeighedDecision]]]:
        """The decisions that are in the table but not argued about, by turn."""
        argued = {one.step for one in self.review.arguments}
        found: dict[str, list[WeighedDecision]] = {}
        for one in self._weighed():
            if one.step not in argued:
                found.setdefault(one.when, []).append(one)
        return list(found.items())

    def aloud(self) -> list[DecisionNote]:
        """What people said of the decisions that are argued about, in their order."""
        argued = {one.step for one in self.review.arguments}
        return [one for one in self.review.decisions if one.has_reason and argued.intersection(one.steps)]

    @staticmethod
    def said(note: DecisionNote) -> list[tuple[str, str, int]]:
        """What was said for a decision: each text once, with all who said it, and how often."""
        found: dict[str, tuple[str, list[str]]] = {}
        if note.why:
            found[note.why.casefold().rstrip(". ")] = note.why, [""]
        for voice in note.voices:
            who = voice.who if voice.choice in ("", *note.chosen) else f"{voice.who}: {voice.choice}".lstrip(": ")
            found.setdefault(voice.text.casefold().rstrip(". "), (voice.text, []))[1].append(who)
        return [
            (text, ", ".join(dict.fromkeys(one for one in whose if one)), len(whose)) for text, whose in found.values()
        ]

    def claims(self) -> dict[str, str]:
        """What each claim that the page has says, by its id."""
        return {one.id: one.summary for one in self.review.claims}

    @staticmethod
    def seen(turn: ReviewedTurn) -> SeenTurn:
        """The events of a turn that everybody saw, and those that only some did, with the reasons of each."""
        seen = [one for one in turn.events if not (one.head and one.head.known_to) and not _is_all_unseen(one)]
        entries = [entry for event in turn.events for entry in event.entries]
        hidden = [one for one in turn.events if not any(one is other for other in seen)]
        kept = [entry for event in seen for entry in event.entries if not entry.known_to]
        return SeenTurn(
            seen=seen,
            reasons=kept,
            unseen=hidden,
            unseen_reasons=[entry for entry in entries if not any(entry is other for other in kept)],
        )

    def label(self, part: str) -> str:
        """What a part is called."""
        return next(one.title for one in self.review.parts if one.id == part)

    def by_turn(self, is_unseen: bool = False) -> list[tuple[str, Sequence[DecisionNote]]]:
        """The decisions that have a reason, by the turn in which they were made: those that everybody saw, or those
        that only their seat did."""
        found: dict[str, list[DecisionNote]] = {}
        for one in self.review.decisions:
            if one.has_reason and one.is_unseen == is_unseen:
                found.setdefault(one.when, []).append(one)
        return list(found.items())
