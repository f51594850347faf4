"""Perspective: the game as one seat sees it at one moment, with what every face needs to show it."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

import attrs

from tabletop.engine.forecasts import Forecast
from tabletop.engine.game import Game
from tabletop.engine.log import Entry
from tabletop.engine.program import Action, Key, Program
from tabletop.engine.prospects import Prospects
from tabletop.engine.refusals import Refusal
from tabletop.engine.views import View
from tabletop.presentation.formula_names import names_read
from tabletop.presentation.names import Names, names_in
from tabletop.presentation.story import TurnLabel, history, turn_labels
from tabletop.scenario import Scenario
from tabletop.scenario.cards import Card, Choice
from tabletop.scenario.effects import Effect
from tabletop.scenario.seats import Resource, Seat
from tabletop.scenario.turns import Phase, Stage

#: Who looks where nobody sits: a screen that all see, or a facilitator.
NOBODY = Seat(id="", name="Everybody")


class Source(Protocol):
    """Where a game is asked for what a seat may know of it, such as a session."""

    @property
    def game(self) -> Game: ...

    @property
    def humans(self) -> tuple[str, ...]: ...

    def view(self, seat: str) -> View: ...

    def prospects(self, seat: str) -> Prospects: ...


@attrs.frozen(eq=False)
class Perspective:
    """The game as a seat sees it now, or nobody (""): its view, what it may expect of its moves, and the rules.

    `humans` are the seats that people play. Everything that is shown is worked out from these and nothing else.
    """

    program: Program
    seat: str
    view: View
    prospects: Prospects = attrs.field(factory=Prospects)
    humans: tuple[str, ...] = ()

    @classmethod
    def of(cls, source: Source, seat: str) -> Perspective:
        """That of a seat in a game that goes on."""
        return cls(source.game.program, seat, source.view(seat), source.prospects(seat), source.humans)

    @property
    def scenario(self) -> Scenario:
        """What is being played."""
        return self.program.scenario

    @cached_property
    def names(self) -> Names:
        """What everything is called."""
        return names_in(self.program)

    @property
    def seated_alone(self) -> bool:
        """Whether one person has the keyboard to itself."""
        return len(self.humans) <= 1

    @property
    def noun(self) -> Seat:
        """The seat that looks."""
        return self.names.seats[self.seat] if self.seat else NOBODY

    @cached_property
    def weighed(self) -> dict[str, dict[str, float]]:
        """How likely each value of hidden truths is by the evidence, as far as that has been worked out already."""
        return {}

    @property
    def stage(self) -> Stage:
        """The stage that is being played."""
        return self.names.stages[self.view.stage]

    @property
    def phase(self) -> Phase | None:
        """The phase that is being played."""
        return next((phase for phase in self.stage.phases if phase.id == self.view.phase), None)

    @property
    def label(self) -> TurnLabel:
        """When it is."""
        return TurnLabel(self.stage, self.view.stage_turn, self.names.scenario.language)

    @cached_property
    def turns(self) -> dict[int, TurnLabel]:
        """When each turn of the game was, by its number over all stages."""
        return turn_labels(self.names, self.view.log)

    @property
    def card(self) -> Card | None:
        """The card that waits for an answer."""
        return None if self.view.card is None else self.names.cards[self.view.card]

    @property
    def question(self) -> Choice | None:
        """What the card asks of this seat now."""
        if self.card is None:
            return None
        open_now = {action.id for action in self.view.actions}
        mine = [choice for choice in self.card.choices if choice.seat == self.seat]
        return next((choice for choice in mine if open_now & {option.id for option in choice.options}), None)

    @property
    def is_face_down(self) -> bool:
        """Whether choices are revealed together."""
        return self.phase is not None and self.phase.is_face_down and self.view.card is None

    @property
    def picks_left(self) -> int:
        """How many more actions the seat may take in this phase."""
        most = self.phase.picks.get(self.seat, 1) if self.phase else 1
        return most - len(self.view.picked) if self.is_face_down else most - len(self.done_here)

    @property
    def picks_affordable(self) -> int:
        """How many more actions the seat may take, and can pay for."""
        costs = [dict(action.cost) for action in self.moves if action.kind != "pass"]
        most = self.picks_left
        for resource in self.noun.resources:
            cheapest = min((cost.get(resource.id, 0) for cost in costs), default=0)
            if cheapest > 0:
                most = min(most, self.left(resource) // cheapest)
        return max(1, most)

    @property
    def done_here(self) -> list[Entry]:
        """What the seat has done in the open in this phase."""
        here = (self.view.turn, self.view.phase)
        return [
            entry
            for entry in self.view.log
            if entry.kind == "action"
            and entry.noun == "action"
            and entry.seat == self.seat
            and (entry.turn, entry.phase) == here
        ]

    @cached_property
    def changed_by_actions(self) -> frozenset[str]:
        """The variables that the open actions of this stage change, but for those that lead to another one."""
        return _changed_in(self.program, frozenset(phase.id for phase in self.stage.phases if not phase.is_face_down))

    @cached_property
    def changed_in_stage(self) -> frozenset[str]:
        """The variables that the actions and standing rules of this stage change."""
        phases = frozenset(phase.id for phase in self.stage.phases)
        return _changed_in(self.program, phases) | _changed_by_rules(self.program, phases)

    def left(self, resource: Resource) -> int:
        """What is left of a resource once the moves chosen face down are paid."""
        promised = sum(action.cost.get(resource.id, 0) for action in self.view.picked) if self.is_face_down else 0
        return self.view.resources[resource.id] - promised

    def history(self, meter: str) -> list[int]:
        """A meter at the start and at the end of every turn so far, with where it stands now last."""
        return history(self.names.meters[meter], self.view.log)

    def changed(self, meter: str) -> int:
        """By how much a meter has changed since this turn began."""
        changes = [e for e in self.view.log if e.kind == "change" and e.target == meter and e.turn == self.view.turn]
        return self.view.meters[meter] - changes[0].before if changes else 0

    @property
    def card_of_turn(self) -> Card | None:
        """The card that came up this turn, if one did."""
        cards = [entry.card for entry in self.view.log if entry.kind == "card" and entry.turn == self.view.turn]
        return self.names.cards[cards[-1]] if cards else None

    @cached_property
    def numbers(self) -> dict[Key, int]:
        """What to type for each move: its place among all that the seat can ever do in the phase, in the scenario's
        order, or the place of an answer on the card.

        It hangs on nothing that changes, so that what was numbered on paper holds all through the game.
        """
        if self.view.card is None:
            return {action.key: number for number, action in enumerate(self.moves_of_phase, 1)}
        printed = [option.id for option in self.question.options] if self.question else []
        return {
            action.key: printed.index(action.id) + 1 if action.id in printed else number
            for number, action in enumerate(self.view.actions, len(printed) + 1)
        }

    @cached_property
    def moves_of_phase(self) -> list[Action]:
        """Every move that the seat can ever make in this phase, in the scenario's order."""
        here = {noun.id for noun in self.scenario.actions if self.view.phase in noun.phases}
        all_moves = self.program.actions
        return [one for one in all_moves if one.kind == "action" and one.seat == self.seat and one.id in here]

    @cached_property
    def moves(self) -> list[Action]:
        """The moves open now in the order of their numbers, the pass last."""
        moves = [action for action in self.view.actions if action.kind != "pass"]
        passes = [action for action in self.view.actions if action.kind == "pass"]
        return sorted(moves, key=self.number) + passes

    def number(self, action: Action) -> int:
        """What to type for a move; 0 for the pass."""
        return 0 if action.kind == "pass" else self.numbers.get(action.key, 0)

    def is_final(self, action: Action) -> bool:
        """Whether nothing that comes later takes a move back: its pack says so, or it ends a phase, a stage or the
        game."""
        if action.kind == "pass" or any(effect.leads_on for effect in action.effects):
            return True
        if action.kind == "action":
            return any(noun.final or noun.closes for noun in self.scenario.actions if noun.id == action.id)
        choices = self.names.cards[action.card].choices if action.card else ()
        return any(one.final for choice in choices for one in choice.options if one.id == action.id)

    def is_marked_final(self, action: Action) -> bool:
        """Whether its pack says of a move that nothing takes it back, or it leads out of this part of the game."""
        if action.kind == "action":
            noun = next((noun for noun in self.scenario.actions if noun.id == action.id), None)
            return (noun is not None and noun.final) or any(effect.leads_on for effect in action.effects)
        choices = self.names.cards[action.card].choices if action.card else ()
        return any(one.final for choice in choices for one in choice.options if one.id == action.id)

    def ends_part(self, action: Action) -> bool:
        """Whether the seat's part of the phase is over with this move: it passes, or nothing is left to choose with."""
        if action.kind == "pass":
            return True
        return action.kind == "action" and self.is_face_down and self.picks_affordable <= 1

    @property
    def groups(self) -> list[str]:
        """The groups of the moves open now."""
        return list(dict.fromkeys(action.group for action in self.moves if action.group))

    def forecasts(self, action: Action) -> tuple[Forecast, ...]:
        """What each effect of a move would do if it were made now, where the seat may know it."""
        return self.prospects.forecasts.get(action.key, ())

    def why_not(self, action: Action) -> Refusal:
        """Why a move of the seat's is not open, by the rules."""
        noun = next(noun for noun in self.scenario.actions if noun.id == action.id)
        if self.view.card is None and self.view.phase not in noun.phases:
            return Refusal(kind="other-phase", phases=noun.phases, phase=self.view.phase)
        return self.prospects.refusals.get(action.key, Refusal(kind="card-first"))

    # Facts

    def telling_facts(self) -> list[str]:
        """The facts that say something: those that this stage changes first, named ones before numbers before yes or
        no."""
        order = list(self.names.variables)
        counts = {name for one in self.scenario.presentation.beliefs for name in one.counts}  # dossiers say it better
        told = [name for name in order if name in self.view.facts and name not in counts and self._is_telling(name)]

        def place(name: str) -> tuple[bool, int, int]:
            noun = self.names.variables[name]
            kind = 0 if noun.values else 1 if noun.range else 2
            return name not in self.changed_in_stage, kind, order.index(name)

        return sorted(told, key=place)

    def _is_telling(self, name: str) -> bool:
        """Whether a fact says more than that nothing has happened."""
        noun, value = self.names.variables[name], self.view.facts[name]
        if noun.values:
            first = next(one.id for one in self.names.variables.values() if one.values)
            return name == first or (value not in ("none", "nothing", "never") and self._is_news(name))
        if noun.range:
            return value != 0
        return bool(value) != (noun.start is not None and noun.start.source == "true")

    def _is_news(self, name: str) -> bool:
        noun = self.names.variables[name]
        start = noun.start.source if noun.start else noun.values[0]
        return name in self.changed_in_stage or self.view.facts[name] != start

    def at_stake(self) -> list[str]:
        """The values known to the seat that the actions of this stage bear upon."""
        symbols = self.program.scope.symbols
        known = [value for value in self.scenario.values if value.text and value.id in self.view.facts]
        formulas = {value.id: symbols[value.id].formula for value in known}
        return [
            id for id, one in formulas.items() if one and names_read(self.program.scope, one) & self.changed_by_actions
        ]


# What a program's effects change: the same in every position


@functools.lru_cache(maxsize=64)
def _changed_in(program: Program, phases: frozenset[str]) -> frozenset[str]:
    """The variables that the open actions of phases change, but for those that lead to another stage."""
    here = {noun.id for noun in program.scenario.actions if phases & set(noun.phases)}
    found: set[str] = set()
    for action in program.actions:
        if action.kind == "action" and action.id in here and not any(effect.entered for effect in action.effects):
            found |= _changed_by(program, action.effects)
    return frozenset(found)


@functools.lru_cache(maxsize=64)
def _changed_by_rules(program: Program, phases: frozenset[str]) -> frozenset[str]:
    rules = [_changed_by(program, rule.effects) for rule in program.scenario.rules if rule.at in phases]
    return frozenset().union(*rules)


def _changed_by(program: Program, effects: Sequence[Effect]) -> set[str]:
    """The variables that effects change, also by way of tables, which may lead to one another."""
    tables = {table.id: table for table in program.scenario.tables}
    variables = names_in(program).variables
    waiting, found = list(effects), set[str]()
    while waiting:
        effect = waiting.pop()
        for table in (tables.pop(name) for name in effect.rolled if name in tables):
            waiting += [one for row in table.outcomes for one in row.effects]
        found.update(name for name in effect.changed if name in variables)
    return found
