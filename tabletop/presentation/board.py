"""The board as a seat sees it: gauges of meters, tracks, facts, resources, and what each seat is at."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tabletop.engine.log import Entry
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.spans import Line, Span, signed
from tabletop.presentation.words import Words
from tabletop.scenario.board import Hidden, Meter, Threshold, Track, Value, Variable


@attrs.frozen(kw_only=True)
class Level:
    """A named level, and the value from which it holds."""

    at: int
    name: str


@attrs.frozen(kw_only=True)
class Gauge:
    """A meter: where it stands between `low` and `high`, and what this turn has changed of it.

    `sign` says whether the change is good for the seat, `wish` whether the seat wants it high (1) or low (-1).
    `history` has it at the start and at the end of every turn, with where it stands now last.
    """

    id: str
    name: str
    short: str
    text: str
    value: int
    low: int
    high: int
    level: str
    levels: tuple[Level, ...]
    levels_text: str
    change: int
    change_text: str
    sign: int
    wish: int
    wish_text: str
    history: tuple[int, ...]


@attrs.frozen(kw_only=True)
class TrackItem:
    """One row of steps: all of a track, or that of one item; `standing` is it in words."""

    id: str
    name: str
    value: int
    level: str
    standing: str


@attrs.frozen(kw_only=True)
class TrackBoard:
    """A track of so many `steps`; one that `is_parted` has an item for each of those it is about."""

    id: str
    place: int
    name: str
    text: str
    steps: int
    is_parted: bool
    items: tuple[TrackItem, ...]
    levels_text: str


@attrs.frozen(kw_only=True)
class Fact:
    """Something that has come about; `text` is what the pack says of it.

    Where it is only that it is so, `value` is "".
    """

    id: str
    name: str
    value: str
    text: str

    @property
    def line(self) -> Line:
        """The fact as text."""
        if not self.value:
            return (Span(self.name, "strong"),)
        return Span(f"{self.name} ", "soft"), Span(self.value, "strong")


@attrs.frozen(kw_only=True)
class ResourceLeft:
    """What the seat has left to spend of a resource, of at most so much."""

    id: str
    name: str
    left: int
    most: int
    left_text: str


@attrs.frozen(kw_only=True)
class Secret:
    """A hidden truth that the seat knows: its value in words, and who else knows it."""

    id: str
    name: str
    value: str
    note: str


@attrs.frozen(kw_only=True)
class SeatBoard:
    """A seat at the table: its place in the scenario's order, what it is at, and its moves of this turn.

    `doing` is "acting", "chosen" (face down) or "", `doing_text` the same in words.
    """

    id: str
    place: int
    name: str
    role: str
    doing: str
    doing_text: str
    is_own: bool
    is_awaited: bool
    moves: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Heading:
    """What is played, when it is, and who looks. `turn` is such as "Week 3", `turn_of` "Week 3 of 16"."""

    title: str
    stage: str
    phase: str
    turn: str
    turn_of: str
    date: str
    seat: str
    seat_text: str


@attrs.frozen(kw_only=True)
class Board:
    """All of it. `facts` stand with the most telling first, `at_length` are those of which the pack says more."""

    heading: Heading
    gauges: tuple[Gauge, ...]
    tracks: tuple[TrackBoard, ...]
    facts: tuple[Fact, ...]
    at_length: tuple[Fact, ...]
    resources: tuple[ResourceLeft, ...]
    secrets: tuple[Secret, ...]
    seats: tuple[SeatBoard, ...]
    changes_since: str


def board_of(perspective: Perspective, words: Words) -> Board:
    """The board as the seat sees it now."""
    return Board(
        heading=heading_of(perspective, words),
        gauges=gauges_of(perspective, words),
        tracks=tracks_of(perspective, words),
        facts=facts_of(perspective, words),
        at_length=tuple(
            fact_of(perspective, words, one.id)
            for one in perspective.scenario.values
            if one.text and one.id in perspective.view.facts
        ),
        resources=resources_of(perspective, words),
        secrets=secrets_of(perspective, words),
        seats=tuple(seat_of(perspective, words, seat.id) for seat in perspective.scenario.seats),
        changes_since=words("board.changes_since", turn=perspective.stage.turn),
    )


def heading_of(perspective: Perspective, words: Words) -> Heading:
    """What is played, when it is, and who looks."""
    label, stage, phase = perspective.label, perspective.stage, perspective.phase
    return Heading(
        title=perspective.scenario.title,
        stage=stage.title,
        phase=phase.title if phase is not None else stage.title,
        turn=label.name,
        turn_of=words("board.turn_of", turn=label.name, count=stage.turns),
        date=label.date if label.date != label.name else "",
        seat=perspective.noun.name,
        seat_text=words("table.you_are", seat=perspective.noun.name) if perspective.seat else perspective.noun.name,
    )


def gauges_of(perspective: Perspective, words: Words) -> tuple[Gauge, ...]:
    """A gauge for every meter, in the scenario's order."""
    return tuple(gauge_of(perspective, words, meter) for meter in perspective.scenario.meters)


def gauge_of(perspective: Perspective, words: Words, meter: Meter) -> Gauge:
    """One meter."""
    value, changed = perspective.view.meters[meter.id], perspective.changed(meter.id)
    low, high = meter.range
    return Gauge(
        id=meter.id,
        name=meter.name,
        short=perspective.names.short(meter.id),
        text=meter.text,
        value=value,
        low=low,
        high=high,
        level=perspective.names.level(meter.id, value),
        levels=_levels(meter.thresholds),
        levels_text=levels_text(words, meter.thresholds),
        change=changed,
        change_text=signed(changed) if changed else "",
        sign=perspective.names.good(meter.id, changed, perspective.seat),
        wish=_wish(perspective, meter),
        wish_text=wish_text(perspective, words, meter),
        history=tuple(perspective.history(meter.id)),
    )


def _levels(thresholds: Sequence[Threshold]) -> tuple[Level, ...]:
    return tuple(Level(at=one.at, name=one.name) for one in thresholds)


def levels_text(words: Words, thresholds: Sequence[Threshold]) -> str:
    """The named levels, with where they begin; "" if there are none."""
    named = ", ".join(f"{one.name} ≥ {one.at}" for one in thresholds)
    return words("table.levels", levels=named) if named else ""


def _wish(perspective: Perspective, meter: Meter) -> int:
    return 1 if perspective.seat in meter.good_for else -1 if perspective.seat in meter.bad_for else 0


def wish_text(perspective: Perspective, words: Words, meter: Meter) -> str:
    """Whether the seat wants a meter high or low; "" if neither."""
    return {1: words("table.high_is_good"), -1: words("table.low_is_good"), 0: ""}[_wish(perspective, meter)]


def tracks_of(perspective: Perspective, words: Words) -> tuple[TrackBoard, ...]:
    """The tracks that the seat knows of."""
    found = (_track(perspective, words, place, track) for place, track in enumerate(perspective.scenario.tracks))
    return tuple(one for one in found if one.items)


def _track(perspective: Perspective, words: Words, place: int, track: Track) -> TrackBoard:
    names, known = perspective.names, perspective.view.tracks
    rows = [(f"{track.id}_{item}", names.item(item)) for item in track.by] or [(track.id, track.name)]
    return TrackBoard(
        id=track.id,
        place=place,
        name=track.name,
        text=track.text,
        steps=track.steps,
        is_parted=bool(track.by),
        items=tuple(_item(perspective, track, id, name) for id, name in rows if id in known),
        levels_text=levels_text(words, track.thresholds),
    )


def _item(perspective: Perspective, track: Track, id: str, name: str) -> TrackItem:
    value = perspective.view.tracks[id]
    level = perspective.names.level(id, value)
    standing = f"{perspective.names.full(id)}: {value}/{track.steps}"
    return TrackItem(
        id=id, name=name, value=value, level=level, standing=f"{standing} · {level}" if level else standing
    )


def facts_of(perspective: Perspective, words: Words) -> tuple[Fact, ...]:
    """What has come about: what this stage is about first, then what is at stake in it, then the rest."""
    named, at_stake = perspective.telling_facts(), perspective.at_stake()
    recent = [name for name in named if name in perspective.changed_in_stage]
    rest = [name for name in named if name not in perspective.changed_in_stage]
    return tuple(fact_of(perspective, words, name) for name in dict.fromkeys([*recent, *at_stake, *rest]))


def fact_of(perspective: Perspective, words: Words, id: str) -> Fact:
    """One fact, hidden truth or named value that the seat knows."""
    value = perspective.view.facts[id]
    return Fact(
        id=id,
        name=perspective.names.full(id),
        value="" if value is True else perspective.names.in_words(words, id, value),
        text=fact_texts(perspective).get(id, ""),
    )


def fact_texts(perspective: Perspective) -> dict[str, str]:
    """What the scenario says about every fact, by id."""
    scenario = perspective.scenario
    nouns: list[Variable | Hidden | Value] = [*scenario.variables, *scenario.hidden, *scenario.values]
    return {one.id: one.text for one in nouns}


def resources_of(perspective: Perspective, words: Words) -> tuple[ResourceLeft, ...]:
    """What the seat has left to spend, once the moves that lie face down are paid."""
    found = []
    for one in perspective.noun.resources:
        left = perspective.left(one)
        text = words("board.left", count=left)
        most = max(left, one.refresh or one.start)
        found.append(ResourceLeft(id=one.id, name=one.name, left=left, most=most, left_text=text))
    return tuple(found)


def secrets_of(perspective: Perspective, words: Words) -> tuple[Secret, ...]:
    """The hidden truths that whoever looks knows."""
    return tuple(
        Secret(
            id=one.id,
            name=one.name,
            value=perspective.names.value(one.id, perspective.view.facts[one.id]),
            note=_who_knows(perspective, words, one),
        )
        for one in perspective.scenario.hidden
        if one.id in perspective.view.facts
    )


def _who_knows(perspective: Perspective, words: Words, one: Hidden) -> str:
    if not perspective.seat:
        return ""
    others = [perspective.names.seat(seat) for seat in one.known_to if seat != perspective.seat]
    if perspective.seat not in one.known_to:
        return ""  # it has come out
    return words("board.known_to_others", seats=", ".join(others)) if others else words("board.only_you")


def deeds(perspective: Perspective, seat: str) -> list[Entry]:
    """What a seat has done this turn, where the one that looks has learned of it."""
    log, turn = perspective.view.log, perspective.view.turn
    return [e for e in log if e.kind == "action" and e.seat == seat and e.turn == turn and e.title]


def seat_of(perspective: Perspective, words: Words, seat: str) -> SeatBoard:
    """A seat at the table."""
    noun, doing = perspective.names.seats[seat], _doing(perspective, seat)
    is_own = seat == perspective.seat
    return SeatBoard(
        id=seat,
        place=[one.id for one in perspective.scenario.seats].index(seat),
        name=noun.name,
        role=noun.role,
        doing=doing,
        doing_text=words(f"table.seat_{doing}") if doing else "",
        is_own=is_own,
        is_awaited=doing == "acting" and (is_own or perspective.view.acting == (seat,)),
        moves=tuple(entry.title for entry in deeds(perspective, seat)),
    )


def _doing(perspective: Perspective, seat: str) -> str:
    phase, view = perspective.phase, perspective.view
    if seat in view.acting:
        return "acting"
    if phase is None or view.card is not None or seat not in phase.seats or view.finished:
        return ""
    return "chosen" if phase.is_face_down else ""
