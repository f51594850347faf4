"""The page of the turn that has ended last: what it came to, and what history would say now."""

from __future__ import annotations

import attrs

from tabletop.presentation.perspective import Perspective
from tabletop.presentation.spans import MARK_OF_SIGN, signed
from tabletop.presentation.stakes import stakes_of
from tabletop.presentation.week_summary import week_summary
from tabletop.presentation.words import Words

MOST_ROWS = 4


@attrs.frozen(kw_only=True)
class WeekRow:
    """A meter that moved: by how much (with the mark of what that is for the seat), from what to what, and by what."""

    amount: str
    sign: int
    name: str
    span: str
    causes: str


@attrs.frozen(kw_only=True)
class WeekPage:
    """What a turn came to. `is_new` is whether nobody has decided since, so that the room still looks back."""

    turn: int
    title: str
    headline: str
    rows: tuple[WeekRow, ...]
    standing: str
    stake: str
    lacks: str
    is_new: bool


def week_page(perspective: Perspective, words: Words, *, is_new: bool) -> WeekPage | None:
    """The page of the turn before this one; None in the first turn, and once the game is over."""
    turn = perspective.view.turn - 1
    if turn not in perspective.turns or perspective.view.finished:
        return None
    summary = week_summary(perspective, words, turn)
    stakes = stakes_of(perspective, words, turn)
    rows = tuple(
        WeekRow(
            amount=f"{signed(one.change.amount)}{MARK_OF_SIGN[one.change.sign]}",
            sign=one.change.sign,
            name=one.change.name,
            span=f"{one.change.before_text} → {one.change.after_text}",
            causes=" · ".join(f"{cause.amount_text} {cause.text}" for cause in one.causes[:2]),
        )
        for one in summary.moved[:MOST_ROWS]
    )
    return WeekPage(
        turn=turn,
        title=summary.title,
        headline=summary.headline,
        rows=rows,
        standing=summary.standing,
        stake=stakes.line,
        lacks=stakes.lacks,
        is_new=is_new,
    )
