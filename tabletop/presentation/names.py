"""Names: what the ids of a scenario are called on the screen."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tabletop.engine.program import Program
from tabletop.scenario import Scenario
from tabletop.scenario.board import Hidden, Meter, Threshold, Track, Variable
from tabletop.scenario.cards import Card
from tabletop.scenario.prose import worded as worded
from tabletop.scenario.scope import track_ids
from tabletop.scenario.seats import Resource, Seat
from tabletop.scenario.turns import Phase, Stage

if TYPE_CHECKING:
    from tabletop.presentation.words import Words


class Names:
    """Display names and nouns by id."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.meters: dict[str, Meter] = {meter.id: meter for meter in scenario.meters}
        self.seats: dict[str, Seat] = {seat.id: seat for seat in scenario.seats}
        self.stages: dict[str, Stage] = {stage.id: stage for stage in scenario.stages}
        self.phases: dict[str, Phase] = {phase.id: phase for stage in scenario.stages for phase in stage.phases}
        self.cards: dict[str, Card] = {card.id: card for card in scenario.cards}
        self.variables: dict[str, Variable] = {variable.id: variable for variable in scenario.variables}
        self.resources: dict[str, Resource] = {one.id: one for seat in scenario.seats for one in seat.resources}
        self.tracks: dict[str, Track] = {name: track for track in scenario.tracks for name in track_ids(track)}
        self._items: dict[str, str] = {}
        self._full = self._all_names()
        self._premises = {one.id for one in scenario.assumptions if isinstance(one.value, bool)}
        valued: list[Variable | Hidden] = [*scenario.variables, *scenario.hidden]
        self._members = {noun.id: noun.values for noun in valued}
        self._labels = {noun.id: noun.labels for noun in valued if noun.labels}
        self._called = self._words_of_members()
        self._outcomes = {(table.id, row.id): row.label for table in scenario.tables for row in table.outcomes}
        self._raised = self._raised_by_seat()

    def _all_names(self) -> dict[str, str]:
        full = {meter.id: meter.name for meter in self.scenario.meters}
        for track in self.scenario.tracks:
            full[track.id] = track.name
            called = {item: self._item(track, at) for at, item in enumerate(track.by)}
            full.update({f"{track.id}_{item}": f"{track.name} ({name})" for item, name in called.items()})
            self._items.update(called)
        full.update({hidden.id: hidden.name for hidden in self.scenario.hidden})
        full.update({resource.id: resource.name for resource in self.resources.values()})
        full.update({assumption.id: assumption.title for assumption in self.scenario.assumptions})
        full.update({table.id: table.title for table in self.scenario.tables})
        full.update({variable.id: variable.name for variable in self.scenario.variables if variable.name})
        full.update({value.id: value.name for value in self.scenario.values if value.name})
        return full

    def _raised_by_seat(self) -> dict[str, set[str]]:
        """The tracks that each seat's own actions raise."""
        raised: dict[str, set[str]] = {seat: set() for seat in self.seats}
        called = {seat.id: seat.name for seat in self.scenario.seats}
        for action in self.scenario.actions:
            for variant in action.variants(called):
                effects = variant.action.effects
                rising = [e for e in effects if e.amount and not e.amount.source.startswith(("-", "0"))]
                for seat in action.seats:
                    raised[seat].update(name for e in rising for name in e.changed if name in self.tracks)
        return raised

    def _words_of_members(self) -> dict[str, str]:
        """What the values of variables are called, where their labels are."""
        called: dict[str, str] = {}
        for id, labels in self._labels.items():
            for value, label in zip(self._members[id], labels, strict=False):
                called.setdefault(value, label)
        return called

    def _item(self, track: Track, at: int) -> str:
        if track.by[at] in self.seats:
            return self.seats[track.by[at]].name
        return track.labels[at] if at < len(track.labels) else worded(track.by[at]).capitalize()

    def item(self, item: str) -> str:
        """What one of the items of a track is called."""
        return self._items.get(item) or worded(item).capitalize()

    def word(self, id: str) -> str:
        """What a word of an expression is called: a name, a value of one, or a part of the game."""
        if self.knows(id):
            return self.full(id)
        return self._called.get(id) or (self.stages[id].title if id in self.stages else worded(id))

    def outcome(self, table: str, outcome: str) -> str:
        """What an outcome of a table is called."""
        return self._outcomes.get((table, outcome)) or worded(outcome)

    def knows(self, id: str) -> bool:
        """Whether it has a name of its own, or is a variable."""
        return id in self._full or id in self.variables

    def full(self, id: str) -> str:
        """The whole name of a meter, track, variable, hidden truth, resource or assumption."""
        return self._full.get(id) or worded(id).capitalize()

    def short(self, id: str) -> str:
        """The name of a meter as boards have it; of anything else the whole name."""
        return self.meters[id].short or self.meters[id].name if id in self.meters else self.full(id)

    def brief(self, id: str) -> str:
        """The first letters of a name, as many as tell meters and tracks apart."""
        every = {self.short(one) for one in self.meters} | {track.name for track in self.scenario.tracks}
        letters = next((n for n in (3, 4, 5) if len({name[:n] for name in every}) == len(every)), 8)
        name = self.tracks[id].name if id in self.tracks else self.short(id)
        return name[:letters].rstrip()

    def in_words(self, words: Words, id: str, value: int | bool | str) -> str:
        """A value in words: yes or no, a name, or the number."""
        return words.yes_or_no(bool(value)) if self.is_yes_or_no(id) else self.value(id, value)

    def value(self, id: str, value: int | bool | str) -> str:
        """A value by its name, or the number; yes and no, which need a language (see `in_words`), as ✓ and ✗."""
        members = self._members.get(id)
        if members:
            named = value if isinstance(value, str) else members[int(value)]
            labels = self._labels.get(id, ())
            at = members.index(named) if named in members else len(labels)
            return labels[at] if at < len(labels) else worded(named)
        if self.is_yes_or_no(id):
            return "✓" if value else "✗"
        return worded(value) if isinstance(value, str) else str(value)

    def is_named(self, id: str) -> bool:
        """Whether the values of something are names, or yes and no."""
        return bool(self._members.get(id)) or self.is_yes_or_no(id)

    def is_yes_or_no(self, id: str) -> bool:
        """Whether something is true or false."""
        noun = self.variables.get(id)
        return id in self._premises or (noun is not None and not noun.values and noun.range is None)

    def good(self, id: str, amount: int, seat: str) -> int:
        """Whether a change is good (1), bad (-1) or neither (0) for a seat."""
        meter = self.meters.get(id)
        way = (amount > 0) - (amount < 0)
        if meter is None:
            if seat not in self.seats:
                return 0
            own = id in self._raised[seat] or any(one.id == id for one in self.seats[seat].resources)
            return way if own else 0
        return way if seat in meter.good_for else -way if seat in meter.bad_for else 0

    def level(self, id: str, value: int) -> str:
        """The named level that a meter or track has reached."""
        thresholds: tuple[Threshold, ...] = ()
        if id in self.meters:
            thresholds = self.meters[id].thresholds
        elif id in self.tracks:
            thresholds = self.tracks[id].thresholds
        reached = [one for one in thresholds if one.at <= value]
        return max(reached, key=lambda one: one.at).name if reached else ""

    def seat(self, id: str) -> str:
        """The name of a seat."""
        return self.seats[id].name if id in self.seats else id


@functools.lru_cache(maxsize=4)
def names_in(program: Program) -> Names:
    """The names of the scenario that a program runs."""
    return Names(program.scenario)


def units(amount: int, name: str) -> str:
    """So many of a resource. English counts it; in other languages the amount stands behind the name.

    >>> units(1, "Days"), units(2, "Days"), units(1, "Attention"), units(2, "업무일")
    ('1 day', '2 days', '1 attention', '업무일 2')
    """
    if not name.isascii():
        return f"{name} {amount}"
    words = name.lower()
    single = words.endswith("s") and not words.endswith("ss")
    return f"{amount} {words[:-1] if amount == 1 and single else words}"


def counted(amount: int, noun: str) -> str:
    """So many of a thing whose name is given for one.

    >>> counted(1, "week"), counted(6, "week")
    ('1 week', '6 weeks')
    """
    return f"{amount} {noun}" if amount == 1 else f"{amount} {noun}s"


def listed(words: Sequence[str]) -> str:
    """Several things in a row.

    >>> listed(["the card", "two days", "the calendar"])
    'the card, two days and the calendar'
    """
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def sentence(words: str) -> str:
    """What somebody has typed, as a sentence.

    >>> sentence("we are late"), sentence("Why not?"), sentence("")
    ('We are late.', 'Why not?', '')
    """
    found = words.strip()
    return f"{found[:1].upper()}{found[1:]}{'' if found.endswith(('.', '?', '!')) else '.'}" if found else ""
