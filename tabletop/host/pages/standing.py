"""Where we stand: meters with their levels, tracks, resources, facts and the calendar, as a seat sees them."""

from __future__ import annotations

import attrs

from tabletop.host.pages.appearance import meter_icon
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.spans import MARK_OF_SIGN, signed
from tabletop.scenario.scope import track_ids


@attrs.frozen(kw_only=True)
class Gauge:
    """A meter or a track: `share` is how full it is in a hundred, `marks` where its levels begin, in a hundred.

    `change` is by how much it moved this turn in words, "" for not at all; `sign` whether that is good (1) or bad (-1)
    for the seat that looks, `mark` the same as a sign. `levels` has every level as "from 40: fair". `steps` are how
    many a track has, 0 for a meter.
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
    levels: tuple[tuple[int, str], ...] = ()
    change: str = ""
    direction: int = 0
    sign: int = 0
    mark: str = ""
    good: int = 0
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

    @property
    def value(self) -> int:
        """The steps of all its items together."""
        return sum(one.value for one in self.gauges)

    @property
    def steps(self) -> int:
        """How many steps all its items have."""
        return sum(one.steps for one in self.gauges)


@attrs.frozen(kw_only=True)
class Fact:
    """Something that is so, in words."""

    name: str
    value: str
    text: str = ""


@attrs.frozen(kw_only=True)
class TurnMark:
    """A turn in the calendar: "past", "now" or "ahead"."""

    number: int
    name: str
    date: str
    standing: str


@attrs.frozen(kw_only=True)
class Standing:
    """How things stand."""

    meters: tuple[Gauge, ...]
    tracks: tuple[TrackGroup, ...]
    facts: tuple[Fact, ...]
    turns: tuple[TurnMark, ...]


def standing(perspective: Perspective) -> Standing:
    """How things stand for a seat, or for everybody."""
    names, view = perspective.names, perspective.view
    return Standing(
        meters=tuple(_meter(perspective, id) for id in view.meters),
        tracks=_tracks(perspective),
        facts=tuple(
            Fact(name=names.full(id), value=names.value(id, view.facts[id]), text=_text_of(perspective, id))
            for id in perspective.telling_facts()
        ),
        turns=_turns(perspective),
    )


def _text_of(perspective: Perspective, id: str) -> str:
    noun = perspective.names.variables.get(id)
    return " ".join(noun.text.split()) if noun is not None else ""


def _meter(perspective: Perspective, id: str) -> Gauge:
    names = perspective.names
    noun, value, change = names.meters[id], perspective.view.meters[id], perspective.changed(id)
    low, high = noun.range
    icon, at = meter_icon(names, id)
    sign = names.good(id, change, perspective.seat)
    return Gauge(
        id=id,
        name=noun.name,
        short=noun.short or noun.name,
        text=" ".join(noun.text.split()),
        icon=icon,
        at=at,
        value=value,
        low=low,
        high=high,
        share=_share(value, low, high),
        level=names.level(id, value),
        marks=tuple(_share(one.at, low, high) for one in noun.thresholds if one.at > low),
        levels=tuple((one.at, one.name) for one in noun.thresholds),
        change=signed(change) if change else "",
        direction=(change > 0) - (change < 0),
        sign=sign,
        mark=MARK_OF_SIGN[sign],
        good=names.good(id, 1, perspective.seat),
    )


def _tracks(perspective: Perspective) -> tuple[TrackGroup, ...]:
    names, found = perspective.names, []
    for noun in perspective.scenario.tracks:
        gauges = tuple(_track(perspective, id) for id in track_ids(noun) if id in perspective.view.tracks)
        if gauges:
            icon, at = meter_icon(names, noun.id)
            text = " ".join(noun.text.split())
            found.append(TrackGroup(id=noun.id, name=noun.name, text=text, icon=icon, at=at, gauges=gauges))
    return tuple(found)


def _track(perspective: Perspective, id: str) -> Gauge:
    names = perspective.names
    noun, value = names.tracks[id], perspective.view.tracks[id]
    icon, at = meter_icon(names, id)
    item = id.removeprefix(f"{noun.id}_")
    return Gauge(
        id=id,
        name=names.full(id),
        short=names.item(item) if noun.by else noun.name,
        text=" ".join(noun.text.split()),
        icon=icon,
        at=at,
        value=value,
        low=0,
        high=noun.steps,
        share=_share(value, 0, noun.steps),
        level=names.level(id, value),
        levels=tuple((one.at, one.name) for one in noun.thresholds),
        steps=noun.steps,
    )


def _share(value: int, low: int, high: int) -> int:
    return 100 * (value - low) // max(1, high - low)


def _turns(perspective: Perspective) -> tuple[TurnMark, ...]:
    stage, now = perspective.stage, perspective.view.stage_turn
    over = perspective.view.finished
    return tuple(
        TurnMark(
            number=number,
            name=f"{stage.turn.capitalize()} {number}",
            date=stage.dates[number - 1] if number <= len(stage.dates) else "",
            standing="past" if number < now or (over and number == now) else "now" if number == now else "ahead",
        )
        for number in range(1, stage.turns + 1)
    )
