"""Bounds: how many points a game can bring, how long it can last, and how many ways chance can fall at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tabletop.engine.program import Program
from tabletop.scenario.cards import Card
from tabletop.scenario.effects import Effect
from tabletop.scenario.scope import MOST_TURNS


def points(program: Program) -> tuple[tuple[int, int], ...]:
    """For each seat the fewest and the most points, as far as the ranges of all that its objectives read allow."""
    found = []
    for seat in program.scenario.seats:
        worth = [program.scope.integer(objective.points.source) for objective in seat.objectives]
        found.append((sum(one.low for one in worth), sum(one.high for one in worth)))
    return tuple(found)


def chance_outcomes(program: Program) -> int:
    """The most outcomes that one chance can have."""
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
    """A bound on the turns of a game: the longest way through the stages, where no way leads back to a stage."""
    return _longest(program, [stage.turns for stage in program.stages], 1)


def decisions(program: Program) -> int:
    """A bound on the decisions of a game: the longest way through the stages, every pick taken, every card answered."""
    per_turn = [_decisions_per_turn(program, number) for number in range(len(program.stages))]
    weights = [stage.turns * each for stage, each in zip(program.stages, per_turn, strict=True)]
    return max(1, _longest(program, weights, max(per_turn)))


def _decisions_per_turn(program: Program, stage: int) -> int:
    phases = [program.phases[phase] for phase in program.stages[stage].phases]
    dealt = [program.decks[phase.deck].cards for phase in phases if phase.deck >= 0]
    # A card that effects lay down comes up once a turn at most.
    laid = _laid_by_effects(program)
    return (
        sum(sum(phase.picks) for phase in phases)
        + sum(max((len(program.cards[card].choices) for card in cards), default=0) for cards in dealt)
        + sum(len(card.choices) for card in program.scenario.cards if card.id in laid)
    )


def _longest(program: Program, weights: list[int], per_turn: int) -> int:
    """The heaviest way through the stages; where they can come round again, what the rules' last turn allows."""
    leads = _leads(program)

    def heaviest(stage: int, passed: frozenset[int]) -> int | None:
        if stage in passed:
            return None
        rest = [heaviest(following, passed | {stage}) for following in leads[stage]]
        known = [one for one in rest if one is not None]
        return None if len(known) < len(rest) else weights[stage] + max(known, default=0)

    found = heaviest(0, frozenset())
    return MOST_TURNS * per_turn if found is None else min(found, MOST_TURNS * per_turn)


def _leads(program: Program) -> list[set[int]]:
    """For each stage those that can follow it."""
    numbers = {stage.id: number for number, stage in enumerate(program.scenario.stages)}
    leads = [{stage.then} if stage.then >= 0 else set() for stage in program.stages]
    for effect, stages in _where(program):
        if effect.enter is not None:
            for stage in stages:
                leads[stage].add(numbers[effect.enter])
    return leads


def _where(program: Program) -> list[tuple[Effect, set[int]]]:
    """Every effect of the scenario, with the stages in which it can happen."""
    everywhere = set(range(len(program.stages)))
    rolled: dict[str, set[int]] = {table.id: set() for table in program.scenario.tables}
    while True:
        found = [
            # What is put off, or lasts, may happen in a later stage.
            (effect, stages if effect.after is None and effect.lasts is None else everywhere)
            for effects, stages in _sources(program, rolled)
            for effect in effects
        ]
        wider = {table: set(stages) for table, stages in rolled.items()}
        for effect, stages in found:
            if effect.roll is not None:
                wider[effect.roll] |= stages
        if wider == rolled:
            return found
        rolled = wider


def _sources(program: Program, rolled: dict[str, set[int]]) -> Iterator[tuple[Iterable[Effect], set[int]]]:
    """What has effects, with the stages in which it comes about; `rolled` says where each table does."""
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
        # A card that an effect lays down may wait until the next stage.
        yield _card_effects(card), set(range(len(program.stages))) if card.id in laid else dealt


def _laid_by_effects(program: Program) -> set[str]:
    return {origin.effect.deal for origin in program.origins if origin.effect.deal is not None}


def _card_effects(card: Card) -> Iterator[Effect]:
    yield from card.effects
    for choice in card.choices:
        for option in choice.options:
            yield from option.effects
