"""The opening of a review: how it ended, what turned it, what to argue about and what chance held, on one screen."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tabletop.presentation.ending import Ending, MeterCourse
from tabletop.presentation.names import Names
from tabletop.presentation.review.arguments import MOST_OPENING, Argument
from tabletop.presentation.review.turning import AccountStory, ChanceShare
from tabletop.presentation.turning_points import TurningPoints, measured, turning_points
from tabletop.presentation.words import Words

_MOST_METERS = 3


@attrs.frozen(kw_only=True)
class Opening:
    """One screen. `ended` are three sentences on the ending; `measure` says in what `shares` are measured, `chance` is
    what chance did to that figure by what fell, `guesses` what to ask before telling it."""

    title: str
    tone: str
    ended: tuple[str, ...]
    measure: str
    turning: TurningPoints
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
        measure=measured(names, words, story) if story is not None else "",
        turning=turning_points(names, words, ending.turning_points, story),
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


def _expected(names: Names, words: Words, story: AccountStory | None) -> str:
    if story is None or not story.is_finished:
        return ""
    start, result = story.bars[0], story.bars[-1]
    if not story.seat:
        return words("review.expected_outcome", share=start.text)
    return words("review.expected_points", seat=names.seat(story.seat), start=start.text, result=result.text)
