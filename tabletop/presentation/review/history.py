"""What history did beside a game: the dated events of a pack's cards, by the turns of the game of those dates."""

from __future__ import annotations

import datetime
import re

import attrs

from tabletop.presentation.cited import cited_sources
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words
from tabletop.scenario.cards import Card

#: As packs write them; what players read in another language comes from the pack as well.
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
#: The months in which seasons begin; winter in December of the year that it is named by first.
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_DAY = re.compile(r"^\D*(\d{1,2})\b")


@attrs.frozen(kw_only=True)
class HistoricalEvent:
    """Something that happened in history: when (as the pack has it), what, from which sources.

    `is_disputed` tells that sources differ; `here` says when it came up in this game, "" for not at all.
    """

    date: str
    title: str
    text: str
    is_disputed: bool
    sources: tuple[str, ...]
    here: str


@attrs.frozen(kw_only=True)
class HistoryBeside:
    """A span of history beside the turn of the game that has its date: `turn` is its name, "" where the game has none.

    `done` is what the game's seats did in it, in a line each.
    """

    turn: str
    date: str
    done: tuple[str, ...]
    events: tuple[HistoricalEvent, ...]


def history_beside(perspective: Perspective, words: Words) -> tuple[HistoryBeside, ...]:
    """What happened in history, in order, beside what was done in the turns of those dates; () for invented worlds."""
    dated = sorted(
        ((day, one) for one in _cards(perspective) if (day := day_about(one.date))), key=lambda pair: pair[0]
    )
    if not dated:
        return ()
    turns = _turn_days(perspective)
    came = _came_up(perspective)
    rows: dict[int, list[HistoricalEvent]] = {}
    for day, card in dated:
        at = max((turn for turn, first in turns.items() if first <= day), default=0)
        if at and at == max(turns) and day > turns[at] + datetime.timedelta(days=45):
            at = -1  # long after the last date that the game has
        rows.setdefault(at, []).append(_event(perspective, card, came.get(card.id, "")))
    done = _done(perspective)
    order = [0, *turns, -1]
    return tuple(
        HistoryBeside(
            turn=perspective.turns[at].name if at > 0 else "",
            date=perspective.turns[at].date
            if at > 0
            else words("review.history_before" if at == 0 else "review.history_after"),
            done=tuple(done.get(at, ())),
            events=tuple(rows.get(at, ())),
        )
        for at in order
        if at in rows or at > 0
    )


def history_in_short(perspective: Perspective) -> tuple[HistoricalEvent, ...]:
    """What came of it in history, as the pack tells it, in its order."""
    return tuple(
        HistoricalEvent(
            date=one.date,
            title=one.title,
            text=" ".join(one.text.split()),
            is_disputed=one.certainty == "disputed",
            sources=tuple(each.text for each in cited_sources(perspective.scenario, one.sources)),
            here="",
        )
        for one in perspective.scenario.history
    )


def _cards(perspective: Perspective) -> list[Card]:
    """The cards of what happened indeed, which everybody may read."""
    return [one for one in perspective.scenario.cards if one.certainty != "invented" and one.date and not one.known_to]


def _event(perspective: Perspective, card: Card, here: str) -> HistoricalEvent:
    return HistoricalEvent(
        date=card.date,
        title=card.title,
        text=" ".join(card.text.split()),
        is_disputed=card.certainty == "disputed",
        sources=tuple(one.text for one in cited_sources(perspective.scenario, card.sources)),
        here=here,
    )


def _came_up(perspective: Perspective) -> dict[str, str]:
    """When each card came up, by its id."""
    found: dict[str, str] = {}
    for entry in perspective.view.log:
        if entry.kind == "card" and entry.turn in perspective.turns:
            found.setdefault(entry.card, perspective.turns[entry.turn].name)
    return found


def _turn_days(perspective: Perspective) -> dict[int, datetime.date]:
    """The day on which each turn of the game begins that has a date, as long as these go on in order."""
    found: dict[int, datetime.date] = {}
    for turn, label in perspective.turns.items():
        day = first_day(label.date)
        if day is not None and (not found or day >= max(found.values())):
            found[turn] = day
    return found


def _done(perspective: Perspective) -> dict[int, list[str]]:
    """What everybody saw done in each turn, a line each: moves by seat, and cards that asked for none."""
    found: dict[int, list[str]] = {}
    for entry in perspective.view.log:
        if entry.kind == "action" and entry.title and entry.known_to is None:
            found.setdefault(entry.turn, []).append(f"{perspective.names.seat(entry.seat)}: {entry.title}")
    return found


def first_day(date: str) -> datetime.date | None:
    """The first day of a date as packs write it, None for what is none.

    >>> first_day("31 March-1 April 2018"), first_day("Winter 2018-19"), first_day("Any season")
    (datetime.date(2018, 3, 31), datetime.date(2018, 12, 1), None)
    """
    words = re.findall(r"[a-z]+", date.lower())
    years = re.findall(r"\b(\d{4})\b", date)
    month = next((_MONTHS.index(one) + 1 for one in words if one in _MONTHS), 0)
    month = month or next((_SEASONS[one] for one in words if one in _SEASONS), 0)
    if not years or not month:
        return None
    day = _DAY.match(date)
    try:
        return datetime.date(int(years[0]), month, int(day[1]) if day else 1)
    except ValueError:
        return None


def day_about(date: str) -> datetime.date | None:
    """The day by which something is put in order: of a month or a season without a day, one in the midst of it.

    >>> day_about("16 May 2018"), day_about("spring 2018"), day_about("May-June 2018")
    (datetime.date(2018, 5, 16), datetime.date(2018, 4, 14), datetime.date(2018, 5, 15))
    """
    first = first_day(date)
    if first is None or _DAY.match(date):
        return first
    is_season = any(one in _SEASONS for one in re.findall(r"[a-z]+", date.lower()))
    return first + datetime.timedelta(days=44 if is_season else 14)
