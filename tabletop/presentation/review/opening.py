"""The opening of a review: how it ended, what turned it, what to argue about and what chance held, on one screen."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tabletop.presentation.board_changes import BoardChange
from tabletop.presentation.ending import Ending, MeterCourse, StoryCause
from tabletop.presentation.names import Names
from tabletop.presentation.review.arguments import MOST_OPENING, Argument, weight_of
from tabletop.presentation.review.turning import AccountMoment, AccountStory, ChanceShare
from tabletop.presentation.words import Words

#: How many turning points are told, and how many of them may be chance's where others did as much as can be told.
MOST_TURNING, MOST_OF_CHANCE = 4, 2
_MOST_METERS = 3


@attrs.frozen(kw_only=True)
class TurningPoint:
    """What turned the game: when, whose doing (a seat's name, chance, the facilitator, or "" for a standing rule),
    what, and by how much: `by` in the account's figure, from where to where in `course`, or by `changes` of the board.
    `step` is that of the session, -1 where only the turn is known."""

    step: int
    turn: int
    when: str
    who: str
    kind: str
    what: str
    by: str
    course: str
    changes: tuple[BoardChange, ...]


@attrs.frozen(kw_only=True)
class Opening:
    """One screen. `ended` are three sentences on the ending; `measure` says in what turning points are measured;
    `chance` is what chance did to that figure, in all and by what fell, `guesses` what to ask before telling it."""

    title: str
    tone: str
    ended: tuple[str, ...]
    measure: str
    turning: tuple[TurningPoint, ...]
    arguments: tuple[Argument, ...]
    guesses: tuple[str, ...]
    shares: tuple[tuple[str, str, str], ...]
    chance: tuple[ChanceShare, ...]


def opening(
    names: Names,
    words: Words,
    ending: Ending,
    meters: Sequence[MeterCourse],
    stories: Sequence[AccountStory],
    argued: Sequence[Argument],
) -> Opening:
    """The opening of the review of a game that is over; of accounts, those that the reader may know."""
    story = main_account(stories)
    return Opening(
        title=ending.title,
        tone=ending.tone,
        ended=tuple(one for one in (ending.text, _meters(words, meters), _expected(names, words, story)) if one),
        measure=_measure(names, words, story),
        turning=_turning(names, words, ending, story),
        arguments=tuple(sorted(argued[:MOST_OPENING], key=lambda one: one.step)),
        guesses=guesses(names, words, has_account=story is not None),
        shares=tuple((bar.kind, bar.label, bar.text) for bar in story.bars if bar.kind != "total") if story else (),
        chance=story.chance if story is not None else (),
    )


def guesses(names: Names, words: Words, *, has_account: bool) -> tuple[str, ...]:
    """What to ask before the truth is told: of every hidden truth, and of whose doing it was."""
    asked = [
        words(
            "review.guess_truth",
            name=one.name,
            values=words.listed([names.value(one.id, value) for value in one.values], "or"),
        )
        for one in names.scenario.hidden
    ]
    return (*asked, *((words("review.guess_shares"),) if has_account else ()))


def main_account(stories: Sequence[AccountStory]) -> AccountStory | None:
    """The account to tell first: of the points of the only seat that people play, or else of the ending that came."""
    own = [one for one in stories if one.seat]
    if len(own) == 1:
        return own[0]
    return next((one for one in stories if not one.seat), own[0] if own else None)


def _meters(words: Words, meters: Sequence[MeterCourse]) -> str:
    moved = sorted((one for one in meters if one.amount), key=lambda one: -abs(one.amount) / (one.high - one.low or 1))
    told = [
        words("review.meter_ran", name=one.short, start=one.values[0], end=one.values[-1])
        for one in moved[:_MOST_METERS]
    ]
    return words("review.meters_ran", meters=words.listed(told)) if told else ""


def _measure(names: Names, words: Words, story: AccountStory | None) -> str:
    if story is None:
        return words("review.measured_board")
    return words("review.measured_points" if story.seat else "review.measured_outcome", seat=names.seat(story.seat))


def _expected(names: Names, words: Words, story: AccountStory | None) -> str:
    if story is None or not story.is_finished:
        return ""
    start, result = story.bars[0].end, story.bars[-1].end
    if not story.seat:
        return words("review.expected_outcome", share=f"{round(100 * start)}%")
    told = {"start": f"{round(start)}", "result": f"{round(result)}"}
    return words("review.expected_points", seat=names.seat(story.seat), **told).replace("-", "−")


def _turning(names: Names, words: Words, ending: Ending, story: AccountStory | None) -> tuple[TurningPoint, ...]:
    found = [_of_account(one) for one in _biggest(story.moments)] if story is not None else []
    taken = {(one.turn, one.what) for one in found}
    more = sorted(ending.turning_points, key=lambda one: -weight_of(one))
    for cause in more:
        point = _of_board(names, words, cause)
        if len(found) < MOST_TURNING and (point.turn, point.what) not in taken:
            found.append(point)
    return tuple(sorted(found, key=lambda one: (one.turn, one.step)))


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
        by=one.text.partition(" (")[0],
        course=one.course,
        changes=(),
    )


def _of_board(names: Names, words: Words, cause: StoryCause) -> TurningPoint:
    who = names.seat(cause.seat) if cause.seat else ""
    return TurningPoint(
        step=-1,
        turn=cause.turn,
        when=cause.turn_name or cause.when,
        who=who,
        kind="other" if cause.seat else "chance",
        what=cause.title.partition(": ")[2] or cause.title if cause.seat else cause.title,
        by="",
        course="",
        changes=cause.changes[:3],
    )
