"""What turned a game: the one rule by which every face picks and measures its turning points.

Before playouts have weighed a game, and for whoever may not know what these give away, a turning point is what moved
the board most; afterwards it is what moved the expected figure most. The two need not be the same: a card may move
three meters and nobody's prospects. So each list says what it is measured in, and none mixes both.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tabletop.presentation.board_changes import BoardChange
from tabletop.presentation.ending import StoryCause
from tabletop.presentation.names import Names
from tabletop.presentation.review.turning import AccountMoment, AccountStory
from tabletop.presentation.words import Words

#: How many turning points are told, and how many of them may be chance's where others did as much as can be told.
MOST_TURNING, MOST_OF_CHANCE = 4, 2


@attrs.frozen(kw_only=True)
class TurningPoint:
    """What turned the game: when, whose doing (a seat's name, chance, the facilitator, or "" for a standing rule),
    what, and by how much: `by` in the account's figure, from where to where in `course`, or by `changes` of the board.
    `within` is `by` with its interval. `step` is that of the session, -1 where only the turn is known."""

    step: int
    turn: int
    when: str
    who: str
    kind: str
    what: str
    by: str
    within: str
    course: str
    changes: tuple[BoardChange, ...]


@attrs.frozen(kw_only=True)
class TurningPoints:
    """Turning points in order of time, all in one measure, which `measure` says in words."""

    title: str
    measure: str
    points: tuple[TurningPoint, ...]


def turning_points(
    names: Names, words: Words, causes: Sequence[StoryCause], story: AccountStory | None
) -> TurningPoints:
    """The turning points by an account, where it tells of any; else by the `causes` that moved the board most."""
    if story is not None and story.moments:
        points = [_of_account(one) for one in _biggest(story.moments)]
        measure = measured(names, words, story)
        title = words("review.turned" if len(points) == MOST_TURNING else "review.turned_fewer")
    else:
        points = [_of_board(names, one) for one in sorted(causes, key=lambda one: -one.weight)[:MOST_TURNING]]
        title, measure = words("ending.did_most"), words("ending.measured_board")
    return TurningPoints(
        title=title, measure=measure, points=tuple(sorted(points, key=lambda one: (one.turn, one.step)))
    )


def measured(names: Names, words: Words, story: AccountStory) -> str:
    """In what an account is measured."""
    return words("review.measured_points" if story.seat else "review.measured_outcome", seat=names.seat(story.seat))


def _biggest(moments: Sequence[AccountMoment]) -> list[AccountMoment]:
    """Those that moved most; what was dealt at the start is told under chance."""
    largest = sorted((one for one in moments if one.step), key=lambda one: -abs(one.value))
    fallen = [one for one in largest if one.kind == "chance"][:MOST_OF_CHANCE]
    done = [one for one in largest if one.kind != "chance"][:MOST_TURNING]
    return sorted([*fallen, *done], key=lambda one: -abs(one.value))[:MOST_TURNING]


def _of_account(one: AccountMoment) -> TurningPoint:
    return TurningPoint(
        step=one.step,
        turn=one.turn,
        when=one.when,
        who=one.who,
        kind=one.kind,
        what=one.what,
        by=one.short,
        within=one.text,
        course=one.course,
        changes=(),
    )


def _of_board(names: Names, cause: StoryCause) -> TurningPoint:
    return TurningPoint(
        step=-1,
        turn=cause.turn,
        when=cause.turn_name or cause.when,
        who=names.seat(cause.seat) if cause.seat else "",
        kind="other" if cause.seat else "chance",
        what=cause.title.partition(": ")[2] or cause.title if cause.seat else cause.title,
        by="",
        within="",
        course="",
        changes=cause.changes[:3],
    )
