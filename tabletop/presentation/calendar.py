"""The calendar of a stage: its turns and dates, the date that stands, and what falls due."""

from __future__ import annotations

import attrs

from tabletop.presentation.pending_effects import Due, waiting
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.spans import signed
from tabletop.presentation.words import Words
from tabletop.scenario.numerals import whole

_MOST_IN_A_TIP = 6


@attrs.frozen(kw_only=True)
class Turn:
    """A turn of the stage by its number: its date, whether it is the day that is set, whether something falls due."""

    number: int
    date: str = ""
    is_past: bool = False
    is_today: bool = False
    is_set: bool = False
    is_due: bool = False


@attrs.frozen(kw_only=True)
class StandingDate:
    """A date that stands: its turn in the stage, how many turns off it is, and the same in words."""

    turn: int
    ahead: int
    text: str
    short: str


@attrs.frozen(kw_only=True)
class DueText:
    """Something that falls due: in which turn of the stage, how many turns off, and what it is, in words."""

    turn: int
    ahead: int
    title: str
    text: str
    is_sure: bool


@attrs.frozen(kw_only=True)
class PastTurn:
    """A turn that has been: when it was, and the cards that came up in it."""

    label: str
    cards: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Calendar:
    """The calendar of the stage that is being played. `now` is such as "Week 3, 22 March 2018 / 16"."""

    title: str
    now: str
    label: str
    short: str
    today: int
    turns: tuple[Turn, ...]
    standing: StandingDate | None
    due: tuple[DueText, ...]
    past: tuple[PastTurn, ...]

    @property
    def tip(self) -> str:
        """What it has to say in a few lines: the date, one that stands, and what falls due first."""
        lines = [self.now, *([self.standing.text] if self.standing else [])]
        return "\n".join([*lines, *(one.text for one in self.due[:_MOST_IN_A_TIP])])


def calendar_of(perspective: Perspective, words: Words) -> Calendar:
    """The calendar as the seat knows it."""
    view, stage, label = perspective.view, perspective.stage, perspective.label
    standing = standing_date(perspective, words)
    shift = view.turn - view.stage_turn
    due = tuple(_due(perspective, words, one, shift) for one in waiting(perspective))
    due_turns = {one.turn for one in due}
    turns = tuple(
        Turn(
            number=number,
            date=stage.dates[number - 1] if number <= len(stage.dates) else "",
            is_past=number < view.stage_turn,
            is_today=number == view.stage_turn,
            is_set=standing is not None and standing.turn == number,
            is_due=number in due_turns and number > view.stage_turn,
        )
        for number in range(1, stage.turns + 1)
    )
    date = f" · {label.date}" if label.date else ""
    return Calendar(
        title=words("table.calendar"),
        now=f"{label} / {stage.turns}",
        label=str(label),
        short=f"{label.name}/{stage.turns}{date}{f' → {standing.short}' if standing else ''}",
        today=view.stage_turn,
        turns=turns,
        standing=standing,
        due=due,
        past=tuple(_past(perspective, turn, str(when)) for turn, when in perspective.turns.items()),
    )


def standing_date(perspective: Perspective, words: Words) -> StandingDate | None:
    """The date that stands, as the pack says how that is known; None if none does or the seat does not know it."""
    shown, view, stage = perspective.scenario.presentation.calendar, perspective.view, perspective.stage
    if shown is None or shown.stage != stage.id or not shown.counts:
        return None
    ahead = view.facts.get(shown.counts)
    if not isinstance(ahead, int):
        return None
    stands = view.facts.get(shown.variable) in shown.stands if shown.variable else ahead > 0
    if not stands:
        return None
    turn = view.stage_turn + ahead
    short = words("board.numbered_turn", turn=stage.turn, number=turn)
    date = stage.dates[turn - 1] if turn <= len(stage.dates) else ""
    text = words("board.date_set", when=date or short)
    return StandingDate(turn=turn, ahead=ahead, text=text, short=short)


def _due(perspective: Perspective, words: Words, one: Due, shift: int) -> DueText:
    ahead = one.turn - perspective.view.turn
    number = whole(one.effect.amount.source) if one.effect.amount is not None else None
    is_named = any(perspective.names.is_named(name) for name in one.effect.changed)
    amount = "" if number is None or is_named else f" {signed(number)}"
    what = f"{', '.join(map(perspective.names.short, one.effect.changed))}{amount}"
    turn = words("board.turns", turn=perspective.stage.turn, count=ahead)
    said = words("table.due", ahead=turn, what=what, title=one.title)
    text = said if one.surely else f"{said} ({words('table.perhaps')})"
    return DueText(turn=one.turn - shift, ahead=ahead, title=one.title, text=text, is_sure=one.surely)


def _past(perspective: Perspective, turn: int, label: str) -> PastTurn:
    cards = tuple(e.title for e in perspective.view.log if e.kind == "card" and e.turn == turn)
    return PastTurn(label=label, cards=cards)
