"""How many rules lie between what an experiment varies and the figure that it reads.

An experiment whose two arms differ by a single rule that names its figure restates that rule, and cannot fail. The
rules of a pack are a graph: whatever an effect reads (its conditions, its amount, the weights of the table on whose
outcome it stands) leads to what it changes, and to the tables that it rolls on. A named formula is no rule: it is read
through. What players decide is none either, so that requirements and doctrines are left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import attrs

from tabletop.scenario import Scenario
from tabletop.scenario.cards import Option
from tabletop.scenario.effects import Effect
from tabletop.scenario.experiments import Arm, Experiment
from tabletop.scenario.expressions import Expression
from tabletop.scenario.scope import scope_of

#: With so few rules between the two, an experiment says again what a rule says.
RESTATES = 1
_WORD = re.compile(r"[a-z_][a-z0-9_]*")
#: What is read at the end and weighs many figures together.
_OUTCOME, _POINTS = "outcome", "points_"


@attrs.frozen
class RuleGraph:
    """The places and tables of a pack: what each leads to by one rule. Tables are named `roll ID`."""

    leads: Mapping[str, frozenset[str]]
    values: Mapping[str, frozenset[str]]
    names: frozenset[str]
    moves: Mapping[tuple[str, str], frozenset[str]]
    unplayed: frozenset[str]

    def read_by(self, *expressions: Expression | None) -> frozenset[str]:
        """The places that expressions read, through named formulas."""
        words = {word for one in expressions if one is not None for word in _WORD.findall(one.source)}
        return frozenset(place for word in words for place in (self.values.get(word) or ({word} & self.names)))

    def steps(self, sources: Mapping[str, int], goals: Iterable[str]) -> int | None:
        """The fewest rules from places, at the steps given, to one of the goals; None if no rules lead there."""
        wanted, reached, at = frozenset(goals), dict(sources), 0
        while any(step >= at for step in reached.values()):
            here = {place for place, step in reached.items() if step == at}
            if here & wanted:
                return at
            for place in here:
                for then in self.leads.get(place, ()):
                    reached.setdefault(then, at + 1)
            at += 1
        return None


def graph_of(scenario: Scenario) -> RuleGraph:
    """The graph of a pack's rules, tables, actions and cards."""
    scope = scope_of(scenario, lambda *_: None)
    values: dict[str, frozenset[str]] = {}
    names = frozenset(scope.symbols) - {value.id for value in scenario.values}
    bare = RuleGraph({}, values, names, {}, frozenset())
    for _ in scenario.values:  # formulas may read those that are declared after them
        values |= {value.id: bare.read_by(value.formula) for value in scenario.values}
    leads: dict[str, set[str]] = defaultdict(set)
    for reads, effect in _effects(scenario, bare):
        for place in reads | bare.read_by(effect.when, effect.until, effect.amount, effect.value):
            leads[place] |= _led_to(effect)
    return RuleGraph(
        leads={place: frozenset(then) for place, then in leads.items()},
        values=values,
        names=names,
        moves=_moves(scenario),
        unplayed=frozenset([one.id for one in scenario.hidden]) | {one.id for one in scenario.assumptions},
    )


def _led_to(effect: Effect) -> set[str]:
    return {*effect.changed, *(f"roll {table}" for table in effect.rolled)}


def _effects(scenario: Scenario, graph: RuleGraph) -> Iterator[tuple[frozenset[str], Effect]]:
    """Every effect, and what it stands under: a rule's condition, or a table with the weights of its outcomes."""
    for rule in scenario.rules:
        for effect in rule.effects:
            yield graph.read_by(rule.when), effect
    for table in scenario.tables:
        rows = table.outcomes
        weights = [weight for row in rows for weight in (row.weight, *(m.by for m in row.modifiers))]
        reads = graph.read_by(*weights, *(m.when for row in rows for m in row.modifiers)) | {f"roll {table.id}"}
        for row in rows:
            for effect in row.effects:
                yield reads, effect
    for card in scenario.cards:
        for effect in (*card.effects, *(one for choice in card.choices for o in choice.options for one in o.effects)):
            yield frozenset(), effect
    for action in scenario.actions:
        for variant in action.variants({}):
            for effect in variant.action.effects:
                yield frozenset(), effect


def _moves(scenario: Scenario) -> Mapping[tuple[str, str], frozenset[str]]:
    """What the moves of a seat lead to, by their ids and tags."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)

    def add(seat: str, move: str, tags: Iterable[str], effects: Iterable[Effect]) -> None:
        for name in (move, *tags):
            for effect in effects:
                found[seat, name] |= _led_to(effect)

    for action in scenario.actions:
        for variant in action.variants({}):
            for seat in action.seats:
                add(seat, action.id, action.tags, variant.action.effects)
    options: list[tuple[str, Option]] = [
        (choice.seat, option) for card in scenario.cards for choice in card.choices for option in choice.options
    ]
    for seat, option in options:
        add(seat, option.id, option.tags, option.effects)
    return {key: frozenset(then) for key, then in found.items()}


def rules_between(graph: RuleGraph, experiment: Experiment) -> int | None:
    """The fewest rules from what the arms of an experiment vary to its figure.

    None where they vary a player, who decides many things; where the figure is the outcome or points, which weigh many
    figures; and where no rule leads there but by what players decide. 0 for a figure that no game changes.
    """
    arms = experiment.higher, experiment.lower
    measures = [arm.measure or experiment.measure for arm in arms]
    read = graph.read_by(*measures)
    words = {word for one in measures if one is not None for word in _WORD.findall(one.source)}
    if arms[0].players != arms[1].players or any(word == _OUTCOME or word.startswith(_POINTS) for word in words):
        return None
    varied = _varied(graph, experiment, arms)
    if not varied:  # the same games, of which two things are read
        return 0 if read and read <= graph.unplayed else None
    return graph.steps(varied, read)


def _varied(graph: RuleGraph, experiment: Experiment, arms: tuple[Arm, Arm]) -> dict[str, int]:
    """What differs: places that are set or asked for, at 0, and what moves that are taken away lead to, at 1."""
    one, other = arms
    set_so = {name for name, _ in set(one.given.items()) ^ set(other.given.items())}
    set_so |= {name for name, _ in set(one.assume.items()) ^ set(other.assume.items())}
    if one.among != other.among:
        asked, of_other = graph.read_by(one.among), graph.read_by(other.among)
        set_so |= (asked ^ of_other) or (asked | of_other)
    gone = {
        (seat, name)
        for seat in one.without.keys() | other.without.keys()
        for name in set(one.without.get(seat, ())) ^ set(other.without.get(seat, ()))
    }
    moved = {place: 1 for key in gone for place in graph.moves.get(key, ())}
    return moved | dict.fromkeys(set_so, 0)


def restates_a_rule(graph: RuleGraph, experiment: Experiment) -> bool:
    """Whether a single rule, or none, lies between what an experiment varies and its figure."""
    between = rules_between(graph, experiment)
    return between is not None and between <= RESTATES
