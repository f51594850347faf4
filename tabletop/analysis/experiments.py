"""Evaluates the experiments of a scenario: whether simulated games show what its claims predict."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal, TypeAlias

import attrs

from tabletop.analysis.intervals import difference_of_means, mean_interval, newcombe, wilson
from tabletop.analysis.measuring import LEFT_OUT, at_the_end, play
from tabletop.engine.game import Game
from tabletop.engine.program import Program
from tabletop.players.player_factory import named_players
from tabletop.scenario import Scenario
from tabletop.scenario.experiments import Arm, Experiment
from tabletop.scenario.expression_language import Node, Scope
from tabletop.scenario.scope import scope_of, scope_of_the_end
from tabletop.scenario.variants import varied

Verdict: TypeAlias = Literal["held", "not held", "inconclusive"]
Counts: TypeAlias = "list[Counter[int]]"
#: Like the built-in `map`, perhaps in parallel.
Each: TypeAlias = "Callable[[Callable[[Task], Counts], Iterable[Task]], Iterable[Counts]]"


Pairs: TypeAlias = tuple[tuple[str, Any], ...]


@attrs.frozen
class Setup:
    """The setup of an arm's games; arms with equal setups share their games. All pairs are (name, value)."""

    players: tuple[tuple[str, str], ...] = ()
    assume: tuple[tuple[str, int | bool], ...] = ()
    given: tuple[tuple[str, int | bool | str], ...] = ()
    without: tuple[tuple[str, tuple[str, ...]], ...] = ()
    when: str = ""

    @property
    def change(self) -> tuple[Pairs, Pairs]:
        """The changes to the pack."""
        return self.given, self.without


@attrs.frozen
class Measure:
    """A measure of a game, counted if `among` holds; with `less`, its difference from that."""

    what: str
    among: str = ""
    less: str = ""

    def node(self, scope: Scope, program: Program) -> Node:
        """The measure as a formula whose value is LEFT_OUT if the game does not count."""
        node: Node = scope.read(self.what).node
        if self.less:
            node = "-", _number(node), _number(scope.read(self.less).node)
        if self.among:
            node = "if", scope.condition(self.among).node, _number(node), ("num", LEFT_OUT)
        return at_the_end(program, node)


def _number(node: Node) -> Node:
    return "+", ("num", 0), node


@attrs.frozen
class Task:
    """Games to be played, and their measures."""

    setup: Setup
    measures: tuple[Measure, ...]


@attrs.frozen(kw_only=True)
class Figure:
    """The result of one arm: a share or a mean with its 95% interval, over the `games` that count."""

    games: int
    value: float
    low: float
    high: float


@attrs.frozen(kw_only=True)
class Beside:
    """A figure that is told beside the measure: what it is, in either arm, and whether it is a share of games."""

    what: str
    is_share: bool
    higher: Figure
    lower: Figure


@attrs.frozen(kw_only=True)
class Finding:
    """The result of an experiment in a `world` (a worldview, or "" for the scenario's own assumptions).

    `claimed` is False for a world in which the experiment need not hold. `low` and `high` are the 95% interval of the
    difference of the arms, None if too few games count.
    """

    experiment: str
    world: str
    claimed: bool = True
    is_share: bool
    higher: Figure
    lower: Figure
    difference: float
    low: float | None
    high: float | None
    verdict: Verdict
    beside: tuple[Beside, ...] = ()


def worlds_of(scenario: Scenario, experiment: Experiment, everywhere: bool = False) -> dict[str, bool]:
    """The worlds in which an experiment is tried: those where it must hold, and if `everywhere` all other worldviews of
    the scenario; with whether it must. A worldview that changes no assumption is the scenario's own world."""
    claimed = dict.fromkeys(experiment.under or ("",), True)
    found, seen = dict(claimed), [_assumed(scenario, name) for name in claimed]
    for world in ("", *(worldview.id for worldview in scenario.worldviews)) if everywhere else ():
        values = _assumed(scenario, world)
        if values not in seen:
            found[world] = False
            seen.append(values)
    return found


def _assumed(scenario: Scenario, world: str) -> dict[str, int | bool]:
    """The value of every assumption in a world."""
    own = {assumption.id: assumption.value for assumption in scenario.assumptions}
    return own | next((worldview.values for worldview in scenario.worldviews if worldview.id == world), {})


def evaluate(
    scenario: Scenario, games: int, seed: int = 0, each: Each = map, everywhere: bool = False
) -> list[Finding]:
    """Evaluates every experiment of a scenario under each of its worldviews, with so many games for each arm; if
    `everywhere`, also in the worlds where it need not hold.

    `each` is the built-in `map`, or a parallel one.
    """
    wanted: dict[Setup, dict[Measure, None]] = {}
    tried = [
        (experiment, world, claimed)
        for experiment in scenario.experiments
        for world, claimed in worlds_of(scenario, experiment, everywhere).items()
    ]
    for experiment, world, _ in tried:
        reads = _reads(scenario, experiment, world)
        for setup, measure in [*reads, *(read for pair in _told(experiment, reads) for read in pair)]:
            wanted.setdefault(setup, {})[measure] = None
    tasks = [Task(setup, tuple(measures)) for setup, measures in wanted.items()]
    found: dict[tuple[Setup, Measure], Counter[int]] = {}
    rules = {change: Game(varied(scenario, *map(dict, change))) for change in {task.setup.change for task in tasks}}
    for task, counts in zip(tasks, each(functools.partial(played, rules, seed, games), tasks), strict=True):
        found |= {(task.setup, measure): count for measure, count in zip(task.measures, counts, strict=True)}
    findings = []
    for experiment, world, claimed in tried:
        reads = _reads(scenario, experiment, world)
        finding = _finding(scenario, experiment, world, [found[read] for read in reads])
        pairs = [(found[one], found[other]) for one, other in _told(experiment, reads)]
        beside = [
            _beside(scenario, experiment, what.source, *pair)
            for what, pair in zip(experiment.beside, pairs, strict=True)
        ]
        findings.append(attrs.evolve(finding, claimed=claimed, beside=tuple(beside)))
    return findings


def _told(
    experiment: Experiment, reads: list[tuple[Setup, Measure]]
) -> list[tuple[tuple[Setup, Measure], tuple[Setup, Measure]]]:
    """What is told beside the measure, of the same games as that: in either arm."""
    (setup, measure), (other, lower) = reads[:2]
    return [
        ((setup, Measure(what.source, measure.among)), (other, Measure(what.source, lower.among)))
        for what in experiment.beside
    ]


def _beside(
    scenario: Scenario, experiment: Experiment, what: str, higher: Mapping[int, int], lower: Mapping[int, int]
) -> Beside:
    is_share = _scope(scenario, experiment).read(what).kind == "bool"
    one, other = (_figure(*moments_of(count), is_share) for count in (higher, lower))
    return Beside(what=what, is_share=is_share, higher=one, lower=other)


def played(rules: Mapping[tuple[Pairs, Pairs], Game], first: int, games: int, task: Task) -> Counts:
    """Counts the values of each measure of a task."""
    game = rules[task.setup.change].assuming(dict(task.setup.assume))
    program = game.program
    until = program.scope.condition(task.setup.when).node if task.setup.when else None
    scope = program.scope if task.setup.when else scope_of_the_end(program.scenario, program.scope)
    nodes = [measure.node(scope, program) for measure in task.measures]
    return play(game, dict(task.setup.players), first, games, nodes, until)


def setup_of(scenario: Scenario, arm: Arm, world: str = "", when: str = "") -> Setup:
    """The setup of an arm in a worldview ("" for the scenario's own): every seat's player and every assumption."""
    assumed = _assumed(scenario, world) | arm.assume
    return Setup(
        players=_pairs(named_players(scenario, arm.players)),
        assume=_pairs(assumed),
        given=_pairs(arm.given),
        without=_pairs(arm.without),
        when=when,
    )


def _pairs(mapping: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted(mapping.items()))


def _reads(scenario: Scenario, experiment: Experiment, world: str) -> list[tuple[Setup, Measure]]:
    """The measures of an experiment: for each arm, and the paired difference if the arms share games."""
    when = experiment.when.source if experiment.when else ""
    reads = []
    for arm in (experiment.higher, experiment.lower):
        among = arm.among or experiment.among
        measure = Measure(str(arm.measure or experiment.measure), among.source if among else "")
        reads.append((setup_of(scenario, arm, world, when), measure))
    (setup, higher), (other_setup, lower) = reads
    if setup == other_setup and higher.among == lower.among:
        reads.append((setup, attrs.evolve(higher, less=lower.what)))
    return reads


def _finding(scenario: Scenario, experiment: Experiment, world: str, counts: Sequence[Counter[int]]) -> Finding:
    is_share = _is_share(scenario, experiment)
    moments = [moments_of(count) for count in counts]
    figures = [_figure(*moment, is_share) for moment in moments[:2]]
    interval: tuple[float, float] | None
    if len(moments) == 3:
        interval = mean_interval(*moments[2])[1:] if moments[2][2] > 1 else None
    elif is_share:
        (higher, _, games), (lower, _, other_games) = moments
        interval = newcombe(higher, games, lower, other_games) if games and other_games else None
    else:
        interval = difference_of_means(moments[0], moments[1])
    low, high = interval or (None, None)
    return Finding(
        experiment=experiment.id,
        world=world,
        is_share=is_share,
        higher=figures[0],
        lower=figures[1],
        difference=figures[0].value - figures[1].value,
        low=low,
        high=high,
        verdict=verdict(low, high, experiment.by / 100 if is_share else experiment.by),
    )


def _is_share(scenario: Scenario, experiment: Experiment) -> bool:
    return _scope(scenario, experiment).read(str(experiment.higher.measure or experiment.measure)).kind == "bool"


def _scope(scenario: Scenario, experiment: Experiment) -> Scope:
    scope = scope_of(scenario, lambda *_: None)
    return scope if experiment.when else scope_of_the_end(scenario, scope)


def moments_of(counts: Mapping[int, int]) -> tuple[int, int, int]:
    """The sum, the sum of squares and the number of games that count."""
    counted = [(value, times) for value, times in counts.items() if value != LEFT_OUT]
    return (
        sum(value * times for value, times in counted),
        sum(value * value * times for value, times in counted),
        sum(times for _, times in counted),
    )


def _figure(total: int, squares: int, games: int, is_share: bool) -> Figure:
    if is_share:
        low, high = wilson(total, games)
        return Figure(games=games, value=total / games if games else 0.0, low=low, high=high)
    mean, low, high = mean_interval(total, squares, games)
    return Figure(games=games, value=mean, low=low, high=high)


def verdict(low: float | None, high: float | None, by: float = 0.0) -> Verdict:
    """The verdict on whether a difference with the interval `low` to `high` exceeds `by`."""
    if low is None or high is None or low <= by <= high:
        return "inconclusive"
    return "held" if low > by else "not held"
