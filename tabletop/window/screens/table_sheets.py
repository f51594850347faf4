"""Sheets over the table: the briefing, why something is so, the calendar, advice, and the end of a game."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from tabletop.presentation.advice import advice_of
from tabletop.presentation.calendar import calendar_of
from tabletop.presentation.entry_explanation import entry_explanation
from tabletop.presentation.event_card import event_card
from tabletop.presentation.explanations import explained_value, explanation
from tabletop.presentation.moves import Move
from tabletop.presentation.opening import opening_of
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.stakes import stakes_of
from tabletop.window.board import why
from tabletop.window.board.stakes import stakes_sheet
from tabletop.window.controls import Button
from tabletop.window.dialogs import Sheet
from tabletop.window.frames import Align, Pad, Panel, Scroll, Sized
from tabletop.window.layout import Column, Element, Flow, Grid, Row
from tabletop.window.parts import Icon, SeatBadge, Stamp, Text
from tabletop.window.text import Run
from tabletop.window.theme import (
    BODY,
    CARD_TITLE,
    GAP,
    HAIR,
    HEADING,
    LABEL,
    LEAD,
    PAGE,
    SMALL,
    SMALL_GAP,
    STRONG,
    WIDE,
)

if TYPE_CHECKING:
    from tabletop.players.search import Thought
    from tabletop.session import Session
    from tabletop.window.app import App
    from tabletop.window.background_work import Job


# How long the search player thinks before it advises.
SECONDS = 3.0


class Explained(Sheet):
    """Something explained, beside the board."""

    width: ClassVar[float] = 760.0

    def __init__(self, app: App, title: str, body: Element) -> None:
        super().__init__(app)
        self._title, self._body = title, body

    @property
    def title(self) -> str:
        return self._title

    def body(self) -> Element:
        return self._body

    def build(self) -> Element:
        """At the right, where it leaves the board in view."""
        grown = 1 + (self.app.settings.text_size / 100 - 1) * 0.7
        content = Column(
            Text(self.title, CARD_TITLE),
            Scroll("sheet", self._body),
            Flow(*self.answers(), gap=SMALL_GAP),
            gap=WIDE,
        )
        panel = Panel(content, "panel", pad=WIDE + GAP, has_shadow=True)
        return Pad(Align(Sized(panel, width=self.width * grown), 1.0, 0.5), GAP, GAP)


def why_value(app: App, perspective: Perspective, id: str) -> Sheet:
    """Why a meter, track or fact stands where it stands."""
    found = explained_value(perspective, app.words, id)
    return Explained(app, found.heading, why.explained(found))


def why_seat(app: App, perspective: Perspective, id: str) -> Sheet:
    """Who a seat is, and what it has done."""
    found = explanation(perspective, app.words, "seat", id)
    return Explained(app, found.heading, why.explained(found))


def why_card(app: App, perspective: Perspective, id: str) -> Sheet:
    """Where a card comes from."""
    card = event_card(perspective, app.words, perspective.names.cards[id])
    return Explained(app, card.title, why.of_card(card))


def why_entry(app: App, perspective: Perspective, place: int) -> Sheet:
    """Why something happened, by its place in the seat's log."""
    found = entry_explanation(perspective, app.words, place)
    return Explained(app, found.heading, why.explained(found))


def why_move(app: App, perspective: Perspective, move: Move) -> Sheet:
    """What a move would do, and why."""
    return Explained(app, move.label, why.of_move(perspective, app.words, move))


def stakes(app: App, perspective: Perspective) -> Sheet:
    """What counts for the seat, and what history would say if the game ended as it stands."""
    shown = stakes_of(perspective, app.words)
    return Explained(app, app.words("stakes.title"), stakes_sheet(app.words, shown, app.settings.text_size / 100))


def calendar_sheet(app: App, perspective: Perspective) -> Sheet:
    """The turns so far with their cards, and what is due."""
    shown = calendar_of(perspective, app.words)
    lines: list[Element] = [Text(shown.now, STRONG)]
    lines += [Text(shown.standing.text, STRONG, "accent")] if shown.standing else []
    due = [Text(one.text, BODY) for one in shown.due]
    lines += [part for part in [why.part(app.words("table.due_title"), *due)] if part is not None]
    past = [
        Text([Run(f"{one.label}  ", "text", "soft"), Run("; ".join(one.cards), "bold")], SMALL) for one in shown.past
    ]
    gone = why.part(app.words("table.past_title"), *past)
    return Explained(app, shown.title, Column(*lines, gone, gap=SMALL_GAP))


class OpeningSheet(Sheet):
    """A few sentences, a goal and the first card; the whole brief is a key away."""

    width: ClassVar[float] = 1100.0

    def __init__(self, app: App, perspective: Perspective) -> None:
        super().__init__(app)
        self._outlook = perspective
        self._opening = opening_of(perspective, app.words)

    @property
    def title(self) -> str:
        return self._opening.question

    @property
    def first(self) -> str:
        return "begin"

    def body(self) -> Element:
        told, said = self._opening, self.words
        you = Row(
            SeatBadge(told.seat, told.place, 64),
            Column(Text(said("table.you_are", seat=told.name), HEADING), Text(told.role, SMALL, "soft"), gap=0, grow=1),
            gap=GAP,
            align="middle",
        )
        goal = Row(
            Icon("flag", HEADING, "accent"),
            Column(Text(said("opening.goal"), LABEL, "accent"), Text(told.goal, STRONG), gap=0, grow=1),
            gap=GAP,
            align="middle",
        )
        only = Run(f"{said('opening.only_you')}: ", "bold", "warn")
        secret = Column(*(Text([only, Run(one, "text")], BODY) for one in told.secrets))
        card = Row(Icon("cards", STRONG, "soft"), Text(told.card, BODY, "soft", grow=1), gap=GAP, align="middle")
        return Column(
            you,
            Text(told.text, LEAD) if told.text else None,
            secret if told.secrets else None,
            goal if told.goal else None,
            card if told.card else None,
            gap=WIDE,
        )

    def answers(self) -> Sequence[Button]:
        said = self.words
        begin = Button("begin", said("table.begin"), lambda: self.app.close(self), icon="play", letter="b", kind="main")
        whole = Button("whole", said("opening.long"), self._whole, icon="notebook", letter="w")
        return [begin, whole]

    def _whole(self) -> None:
        self.app.push(Briefing(self.app, self._outlook))


class Briefing(Sheet):
    """What the game is about, who you are, what counts, and what to do first."""

    width: ClassVar[float] = 1560.0

    def __init__(self, app: App, perspective: Perspective) -> None:
        super().__init__(app)
        self._outlook = perspective

    @property
    def title(self) -> str:
        return self._outlook.scenario.question or self._outlook.scenario.title

    def body(self) -> Element:
        perspective, said, seat = self._outlook, self.words, self._outlook.noun
        at = [one.id for one in perspective.scenario.seats].index(seat.id)
        first = _paragraphs(perspective.scenario.introduction or perspective.scenario.summary)[:1]
        you = Row(
            SeatBadge(seat.id, at, 64),
            Column(Text(said("table.you_are", seat=seat.name), HEADING), Text(seat.role, SMALL, "soft"), gap=0),
            gap=GAP,
            align="middle",
        )
        secrets = []
        for hidden in perspective.scenario.hidden:
            if hidden.id in perspective.view.facts:
                value = str(perspective.view.facts[hidden.id])
                found = hidden.values.index(value)
                told = hidden.descriptions[found] if found < len(hidden.descriptions) else value
                secrets.append(Text([Run(f"{hidden.name}: ", "bold"), Run(told, "text")], BODY))
        about = Column(
            *[Text(one, LEAD) for one in first],
            you,
            *[Text(one, BODY) for one in _paragraphs(seat.brief)],
            why.part(said("table.how"), Text(said("table.how_text"), BODY)),
            gap=GAP,
        )
        aims = Column(
            why.part(said("table.counts"), *[Text(f"· {one.text}", BODY) for one in seat.objectives]),
            why.part(said("table.only_you"), *[Text(one, BODY) for one in _paragraphs(seat.private_brief)], *secrets),
            gap=GAP,
        )
        if self.app.settings.text_size > 125:
            return Column(about, aims, gap=GAP)
        return Grid(about, aims, columns=2, gap=PAGE)

    @property
    def first(self) -> str:
        return "begin"

    def answers(self) -> Sequence[Button]:
        words = self.words("table.begin")
        return [Button("begin", words, lambda: self.app.close(self), icon="play", letter="b", kind="main")]


def _paragraphs(text: str) -> list[str]:
    return [" ".join(one.split()).replace("*", "") for one in text.split("\n\n") if one.strip()]


class Advice(Sheet):
    """What the search player would do here. It thinks while the sheet is open."""

    def __init__(self, app: App, session: Session, perspective: Perspective) -> None:
        super().__init__(app)
        self._session, self._outlook = session, perspective
        self.thought: Thought | None = None
        self._failure = ""
        self._is_begun = False
        self._job: Job | None = None

    @property
    def title(self) -> str:
        return self.words("table.advice_title")

    def opened(self) -> None:
        if self._is_begun:
            return
        self._is_begun = True
        position, seat = self._session.position, self._outlook.seat

        def work(job: object) -> Thought:
            from tabletop.session.advice import advice

            return advice(position, seat, SECONDS)

        self._job = self.start_work("advice", work, self._done, self._failed)

    def _done(self, thought: Thought) -> None:
        self.thought = thought
        self.refresh()

    def _failed(self, error: Exception) -> None:
        self._failure = str(error)
        self.refresh()

    def body(self) -> Element:
        said, thought = self.words, self.thought
        stamp = Stamp(said("table.advice_stamp"), "warn", slant=2.0)
        if self._failure:
            return Column(stamp, Text(self._failure, BODY, "bad"), gap=SMALL_GAP, align="start")
        if thought is None:
            is_stopped = self._job is not None and self._job.is_cancelled
            words = said("table.advice_stopped" if is_stopped else "table.advice_thinking")
            return Column(stamp, Text(words, LEAD), gap=SMALL_GAP, align="start")
        told = advice_of(self._outlook, said, thought)
        rows: list[Element] = []
        for at, one in enumerate(told.weighed):
            name = Text([Run(f"{at + 1}  ", "bold", "accent"), Run(one.label, "bold")], STRONG)
            rows.append(Column(name, Text(one.expected, SMALL, "soft"), gap=HAIR))
        return Column(
            Text(said("table.advice_do", move=told.choice), LEAD),
            *[Text(reason, BODY) for reason in told.reasons],
            *rows,
            Text(f"{told.basis} {told.plan}".strip(), SMALL, "soft"),
            stamp,
            gap=SMALL_GAP,
        )
