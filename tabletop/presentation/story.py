"""What the log tells: when the turns of a game were, how each meter went, and which causes moved most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from tabletop.engine.log import Entry
from tabletop.presentation.names import Names
from tabletop.presentation.words import Words
from tabletop.scenario.board import Meter
from tabletop.scenario.turns import Stage

TURNING_POINTS = 6
_WEIGHT_OF_A_FACT = 5


@attrs.frozen
class TurnLabel:
    """When a turn of the game was, in a language: the `name` of its kind, its number in the stage, and its date."""

    stage: Stage
    number: int
    language: str

    @property
    def name(self) -> str:
        """Such as "Week 3"."""
        return Words(self.language)("board.numbered_turn", turn=self.stage.turn.capitalize(), number=self.number)

    @property
    def date(self) -> str:
        """The date that the scenario gives it, if any."""
        dates = self.stage.dates
        return dates[self.number - 1] if 0 < self.number <= len(dates) else ""

    def __str__(self) -> str:
        return f"{self.name}, {self.date}" if self.date else self.name


def turn_labels(names: Names, log: Iterable[Entry]) -> dict[int, TurnLabel]:
    """When each turn of the game was, by its number over all stages."""
    labels: dict[int, TurnLabel] = {}
    number = 0
    for entry in log:
        if entry.kind == "stage":
            number = 0
        elif entry.kind == "turn":
            number += 1
            labels[entry.turn] = TurnLabel(names.stages[entry.stage], number, names.scenario.language)
    return labels


def history(meter: Meter, log: Iterable[Entry]) -> list[int]:
    """A meter at the start and at the end of every turn so far, with where it stands now last."""
    values = [meter.start]
    turn = 1
    for entry in log:
        if entry.turn > turn:
            values += [values[-1]] * (entry.turn - turn)
            turn = entry.turn
        if entry.kind == "change" and entry.target == meter.id:
            if len(values) == 1:
                values.append(entry.after)
            values[-1] = entry.after
    return values


@attrs.frozen
class Sum:
    """What became of a meter over some entries."""

    target: str
    amount: int


def sums(names: Names, entries: Iterable[Entry]) -> list[Sum]:
    """The meters that the entries moved, and by how much together, in the order of the board."""
    moved = dict.fromkeys(names.meters, 0)
    for entry in entries:
        if entry.kind == "change" and entry.target in moved:
            moved[entry.target] += entry.amount
    return [Sum(target, amount) for target, amount in moved.items() if amount]


@attrs.frozen
class Cause:
    """Something that happened, with the changes that it brought about.

    `seat` is whose decision it was, "" for what nobody decided; `title` is "" where whoever reads may not know it.
    `weight` is in hundredths of a meter's range, and five for a fact.
    """

    turn: int
    seat: str
    title: str
    entries: tuple[Entry, ...]
    weight: int

    @property
    def is_ruling(self) -> bool:
        """Whether a facilitator did it."""
        return self.entries[0].noun == "ruling"


def causes(names: Names, log: Sequence[Entry], only: str | None = None) -> list[Cause]:
    """What moved the board, in order: moves, cards and rules, each with its changes.

    `only` leaves out everything that did not follow from that seat's decisions.
    """
    moves: dict[tuple[int, str, str], str] = {}
    for entry in log:
        if entry.kind == "action":
            moves.setdefault((entry.turn, entry.seat, entry.decision), entry.title)
    grouped: dict[tuple[str, ...], list[Entry]] = {}
    for entry in log:
        if entry.kind != "change" or not entry.amount or not (entry.target in names.meters or is_fact(names, entry)):
            continue
        if only is None or (entry.seat == only and entry.decision):
            grouped.setdefault(_key(entry), []).append(entry)
    return [_cause(names, moves, entries) for entries in grouped.values()]


def is_fact(names: Names, entry: Entry) -> bool:
    """Whether it says in words how things stand, such as that a date is set."""
    noun = names.variables.get(entry.target)
    return noun is not None and bool(noun.values)


def _key(entry: Entry) -> tuple[str, ...]:
    if entry.decision and entry.seat:
        return (str(entry.turn), entry.seat, entry.decision, entry.card)
    return (str(entry.turn), entry.noun, entry.rule, entry.card)


def _cause(names: Names, moves: Mapping[tuple[int, str, str], str], entries: list[Entry]) -> Cause:
    first = entries[0]
    weight = _WEIGHT_OF_A_FACT * sum(is_fact(names, entry) for entry in entries)
    for one in sums(names, entries):
        low, high = names.meters[one.target].range
        weight += abs(one.amount) * 100 // max(1, high - low)
    moved = moves.get((first.turn, first.seat, first.decision), "") if first.decision and first.seat else ""
    return Cause(first.turn, first.seat if moved else "", moved or first.title, tuple(entries), weight)


def turning_points(found: Iterable[Cause], most: int = TURNING_POINTS) -> list[Cause]:
    """The biggest swings, each kind of thing once, in the order in which they came."""
    kinds: dict[tuple[str, str, bool], Cause] = {}
    for one in sorted(found, key=lambda one: -one.weight):
        kinds.setdefault((one.seat, one.title, one.is_ruling), one)
    return sorted(list(kinds.values())[:most], key=lambda one: one.turn)


def of_one_kind(found: Iterable[Cause], most: int = TURNING_POINTS) -> list[list[Cause]]:
    """The causes of the same title together, those first that moved most."""
    kinds: dict[tuple[str, str, bool], list[Cause]] = {}
    for one in found:
        kinds.setdefault((one.seat, one.title, one.is_ruling), []).append(one)
    return sorted(kinds.values(), key=lambda alike: -sum(one.weight for one in alike))[:most]
