"""Upper bounds of a scenario for the adapters: points, turns, decisions, chance events and their outcomes."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence

from tabletop.engine.program import PhaseCode, Program
from tabletop.scenario.cards import Card
from tabletop.scenario.effects import Effect
from tabletop.scenario.turns import MOST_TURNS


def points(program: Program) -> tuple[tuple[int, int], ...]:
    """Minimum and maximum points of each seat, from the ranges of what its objectives read."""
    found = []
    for seat in program.scenario.seats:
        worth = [program.scope.integer(objective.points.source) for objective in seat.objectives]
        found.append((sum(one.low for one in worth), sum(one.high for one in worth)))
    return tuple(found)


def chance_outcomes(program: Program) -> int:
    """The maximum number of outcomes of one chance event."""
    scenario = program.scenario
    return max(
        [
            1,
            *(len(hidden.values) for hidden in scenario.hidden),
            *(len(table.outcomes) for table in scenario.tables),
            *(len(deck.cards) for deck in program.decks),
        ]
    )


def turns(program: Program) -> int:
    """An upper bound on the turns of a game: the longest path through the stages."""
    return _over_a_game(program, [1] * len(program.stages))


def decisions(program: Program) -> int:
    """An upper bound on the decisions of a game: every pick and every card choice, on the longest path."""
    per_turn = []
    for stage in program.stages:
        phases = [program.phases[phase] for phase in stage.phases]
        picks = sum(sum(phase.picks) for phase in phases)
        per_turn.append(picks + _from_cards(program, phases, lambda card: len(card.choices)))
    return max(1, _over_a_game(program, per_turn))


def chances(program: Program) -> int:
    """An upper bound on the chance events of a game: hidden variables, dealt cards, and all rolls."""
    rolls = _Rolls(program)
    clocked = sum(
        rolls.on(table) * (3 if origin.effect.after is not None else 1)
        for origin in program.origins
        for table in origin.effect.rolled
        if origin.effect.is_put_off
    )
    per_turn = []
    for number, stage in enumerate(program.stages):
        phases = [program.phases[phase] for phase in stage.phases]
        names = {phase.id for phase in program.scenario.stages[number].phases}
        ruled = sum(rolls.among(rule.effects) for rule in program.scenario.rules if rule.at in names)
        acted = sum(
            picks * max((rolls.among(program.actions[move].effects) for move in phase.moves[seat]), default=0)
            for phase in phases
            for seat, picks in zip(phase.seats, phase.picks, strict=True)
        )
        dealt = sum(phase.deck >= 0 for phase in phases) + _from_cards(program, phases, rolls.of_card)
        per_turn.append(clocked + ruled + acted + dealt)
    return len(program.scenario.hidden) + _over_a_game(program, per_turn)


class _Rolls:
    """Counts the immediate rolls that follow from effects. Valid tables do not roll on one another in a circle."""

    def __init__(self, program: Program) -> None:
        self.tables = {table.id: table for table in program.scenario.tables}
        self.on = functools.cache(self._on)

    def _on(self, table: str) -> int:
        return 1 + max((self.among(outcome.effects) for outcome in self.tables[table].outcomes), default=0)

    def among(self, effects: Iterable[Effect]) -> int:
        return sum(self.on(table) for effect in effects if not effect.is_put_off for table in effect.rolled)

    def of_card(self, card: Card) -> int:
        answers = (max((self.among(option.effects) for option in one.options), default=0) for one in card.choices)
        return self.among(card.effects) + sum(answers)


def _from_cards(program: Program, phases: Iterable[PhaseCode], worth: Callable[[Card], int]) -> int:
    """The maximum total of the cards of a turn: one for each phase that deals, and each card that effects deal once."""
    cards, laid = program.scenario.cards, _laid_by_effects(program)
    decks = (program.decks[phase.deck].cards for phase in phases if phase.deck >= 0)
    dealt = sum(max((worth(cards[number]) for number in deck), default=0) for deck in decks)
    return dealt + sum(worth(card) for card in cards if card.id in laid)


def _over_a_game(program: Program, per_turn: Sequence[int]) -> int:
    """The heaviest path through the stages; if they form a loop, the maximum number of turns bounds it."""
    leads = _leads(program)

    def a_stage_further(ahead: list[int]) -> list[int]:
        return [
            stage.turns * each + max((ahead[following] for following in after), default=0)
            for stage, each, after in zip(program.stages, per_turn, leads, strict=True)
        ]

    ahead = [0] * len(leads)
    for _ in leads:
        ahead = a_stage_further(ahead)
    most = MOST_TURNS * max(per_turn)
    return most if a_stage_further(ahead) != ahead else min(ahead[0], most)


def _leads(program: Program) -> list[set[int]]:
    """For each stage, the possible next stages."""
    numbers = {stage.id: number for number, stage in enumerate(program.scenario.stages)}
    leads = [{stage.then} if stage.then >= 0 else set() for stage in program.stages]
    for effect, stages in _where(program):
        for entered in effect.entered:
            for stage in stages:
                leads[stage].add(numbers[entered])
    return leads


def _where(program: Program) -> list[tuple[Effect, set[int]]]:
    """Every effect of the scenario, with the stages in which it can happen."""
    everywhere = set(range(len(program.stages)))
    rolled: dict[str, set[int]] = {table.id: set() for table in program.scenario.tables}
    while True:
        found = [
            # Delayed and lasting effects may happen in a later stage.
            (effect, everywhere if effect.is_put_off else stages)
            for effects, stages in _sources(program, rolled)
            for effect in effects
        ]
        wider = {table: set(stages) for table, stages in rolled.items()}
        for effect, stages in found:
            for rolled_on in effect.rolled:
                wider[rolled_on] |= stages
        if wider == rolled:
            return found
        rolled = wider


def _sources(program: Program, rolled: dict[str, set[int]]) -> Iterator[tuple[Iterable[Effect], set[int]]]:
    """Lists of effects with the stages in which they can happen; `rolled` has the stages of each table."""
    scenario = program.scenario
    stage_of = {phase.id: number for number, stage in enumerate(scenario.stages) for phase in stage.phases}
    for phase in program.phases:
        for moves in phase.moves:
            for move in moves:
                yield program.actions[move].effects, {phase.stage}
    for rule in scenario.rules:
        yield rule.effects, {stage_of[rule.at]}
    for table in scenario.tables:
        for outcome in table.outcomes:
            yield outcome.effects, rolled[table.id]
    laid = _laid_by_effects(program)
    for number, card in enumerate(scenario.cards):
        dealt = {p.stage for p in program.phases if p.deck >= 0 and number in program.decks[p.deck].cards}
        # A card dealt by an effect may stay queued until the next stage.
        yield _card_effects(card), set(range(len(program.stages))) if card.id in laid else dealt


def _laid_by_effects(program: Program) -> set[str]:
    return {card for origin in program.origins for card in origin.effect.dealt}


def _card_effects(card: Card) -> Iterator[Effect]:
    yield from card.effects
    for choice in card.choices:
        for option in choice.options:
            yield from option.effects
