"""Where we stand: meters with their levels, tracks, resources, facts and the calendar, as a seat sees them."""

from __future__ import annotations

import attrs

from tabletop.host.pages.appearance import meter_icon
from tabletop.presentation import board
from tabletop.presentation.calendar import Calendar, calendar_of
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.spans import MARK_OF_SIGN
from tabletop.presentation.words import Words


@attrs.frozen(kw_only=True)
class Gauge:
    """A meter or a track: `share` is how full it is in a hundred, `marks` where its levels begin, in a hundred.

    `change` is by how much it moved this turn in words, "" for not at all; `sign` whether that is good (1) or bad (-1)
    for the seat that looks, `mark` the same as a sign. `levels_text` names every level, `wish_text` says whether the
    seat wants it high or low. `steps` are how many a track has, 0 for a meter.
    """

    id: str
    name: str
    short: str
    text: str
    icon: str
    at: int
    value: int
    low: int
    high: int
    share: int
    level: str = ""
    marks: tuple[int, ...] = ()
    levels_text: str = ""
    change: str = ""
    direction: int = 0
    sign: int = 0
    mark: str = ""
    wish_text: str = ""
    steps: int = 0


@attrs.frozen(kw_only=True)
class TrackGroup:
    """A track, with a gauge for each of its items where it has some: `value` of `steps` of all of them together."""

    id: str
    name: str
    text: str
    icon: str
    at: int
    gauges: tuple[Gauge, ...]
    levels_text: str = ""

    @property
    def value(self) -> int:
        """The steps of all its items together."""
        return sum(one.value for one in self.gauges)

    @property
    def steps(self) -> int:
        """How many steps all its items have."""
        return sum(one.steps for one in self.gauges)


@attrs.frozen(kw_only=True)
class TurnMark:
    """A turn in the calendar: "past", "now" or "ahead"; whether it is the day that is set, and whether
    something falls due in it."""

    number: int
    date: str
    standing: str
    is_set: bool
    is_due: bool


@attrs.frozen(kw_only=True)
class Standing:
    """How things stand. `set_date` says which date stands, `due` what is to come, both in words."""

    meters: tuple[Gauge, ...]
    tracks: tuple[TrackGroup, ...]
    facts: tuple[board.Fact, ...]
    resources: tuple[board.ResourceLeft, ...]
    turns: tuple[TurnMark, ...]
    set_date: str
    due: tuple[str, ...]


def standing(perspective: Perspective, words: Words) -> Standing:
    """How things stand for a seat, or for everybody."""
    found, calendar = board.board_of(perspective, words), calendar_of(perspective, words)
    return Standing(
        meters=tuple(_meter(perspective, one) for one in found.gauges),
        tracks=tuple(_tracks(perspective, one) for one in found.tracks),
        facts=found.facts,
        resources=found.resources,
        turns=_turns(perspective, calendar),
        set_date=calendar.standing.text if calendar.standing else "",
        due=tuple(one.text for one in calendar.due),
    )


def _meter(perspective: Perspective, one: board.Gauge) -> Gauge:
    icon, at = meter_icon(perspective.names, one.id)
    return Gauge(
        id=one.id,
        name=one.name,
        short=one.short,
        text=" ".join(one.text.split()),
        icon=icon,
        at=at,
        value=one.value,
        low=one.low,
        high=one.high,
        share=_share(one.value, one.low, one.high),
        level=one.level,
        marks=tuple(_share(level.at, one.low, one.high) for level in one.levels if level.at > one.low),
        levels_text=one.levels_text,
        change=one.change_text,
        direction=(one.change > 0) - (one.change < 0),
        sign=one.sign,
        mark=MARK_OF_SIGN[one.sign],
        wish_text=one.wish_text,
    )


def _tracks(perspective: Perspective, one: board.TrackBoard) -> TrackGroup:
    icon, at = meter_icon(perspective.names, one.id)
    gauges = tuple(
        Gauge(
            id=item.id,
            name=item.name,
            short=item.name,
            text=one.text,
            icon=icon,
            at=at,
            value=item.value,
            low=0,
            high=one.steps,
            share=_share(item.value, 0, one.steps),
            level=item.level,
            steps=one.steps,
        )
        for item in one.items
    )
    text = " ".join(one.text.split())
    return TrackGroup(id=one.id, name=one.name, text=text, icon=icon, at=at, gauges=gauges, levels_text=one.levels_text)


def _share(value: int, low: int, high: int) -> int:
    return 100 * (value - low) // max(1, high - low)


def _turns(perspective: Perspective, calendar: Calendar) -> tuple[TurnMark, ...]:
    over = perspective.view.finished
    return tuple(
        TurnMark(
            number=one.number,
            date=one.date,
            standing="past" if one.is_past or (over and one.is_today) else "now" if one.is_today else "ahead",
            is_set=one.is_set,
            is_due=one.is_due,
        )
        for one in calendar.turns
    )
