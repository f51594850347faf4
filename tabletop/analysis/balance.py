"""The balance report as plain data (the shapes of its JSON).

These are the shapes of the JSON of `tabletop balance`, from which its page is made. Shares are from 0 to 1; intervals
are at 95%, and None if there are too few games.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypedDict

from tabletop.analysis.experiments import Beside, Figure, Finding
from tabletop.analysis.rule_paths import graph_of, restates_a_rule
from tabletop.scenario import Scenario
from tabletop.scenario.experiments import Arm, Experiment


class Estimate(TypedDict):
    """A share or a mean with its interval."""

    value: float
    low: float | None
    high: float | None


class ScenarioLine(TypedDict):
    """Which scenario was played."""

    id: str
    title: str
    version: str
    question: str


class ClaimLine(TypedDict):
    """A claim in the scenario's own words."""

    id: str
    summary: str


class ArmLine(TypedDict):
    """One arm of an experiment: its setup in words, and its measure over the games that count."""

    label: str
    games: int
    figure: Estimate


class BesideLine(TypedDict):
    """A figure that is told beside the measure, in either arm; `unit` is share or steps."""

    name: str
    unit: str
    higher: Estimate
    lower: Estimate


class ElsewhereLine(TypedDict):
    """The same experiment in a world in which nobody claims that it holds."""

    world: str
    difference: Estimate
    verdict: str


class ExperimentLine(TypedDict):
    """An experiment in one world. `unit` is share (points of a hundred), points (of a seat) or steps (of anything).
    `restates` says that a single rule of the pack leads from what it varies to its figure, so that it cannot fail."""

    id: str
    title: str
    text: str
    claims: list[ClaimLine]
    world: str
    unit: str
    higher: ArmLine
    lower: ArmLine
    difference: Estimate
    by: float
    verdict: str
    restates: bool
    beside: list[BesideLine]
    elsewhere: list[ElsewhereLine]


class UseLine(TypedDict):
    """An action or card: the share of games with it, the difference of its seat's points (for a card the solo seat's)
    with and without it, and in how many examined positions an action was the best. If in none, `under` names a
    worldview under which it was."""

    id: str
    name: str
    seat: str
    share: float
    effect: Estimate | None
    looked: int
    right: int
    under: str


class TornadoLine(TypedDict):
    """An assumption: the points of the solo seat with each of two values of it, all else equal."""

    id: str
    title: str
    labels: tuple[str, str]
    points: tuple[Estimate, Estimate]


class PartLine(TypedDict):
    """An ending in a bar of endings."""

    title: str
    tone: str
    share: float


class OutcomeLine(TypedDict):
    """How games end under one hidden truth."""

    name: str
    parts: list[PartLine]


class MatrixLine(TypedDict):
    """A doctrine and its points against each hidden truth, in the order of the columns."""

    name: str
    points: list[Estimate]


class Matrix(TypedDict):
    """Doctrines by hidden truths."""

    columns: list[str]
    rows: list[MatrixLine]


class ReplyLine(TypedDict):
    """A seat's best doctrine against the named others, and its lead over the second best."""

    seat: str
    against: str
    best: str
    points: Estimate
    lead: float


class SpreadLine(TypedDict):
    """A seat's points in random play, with its best doctrine, and with the search player where that was asked for;
    `spread` is how much more the better of these two comes to than random play, and `margin` half the width of its 95%
    interval. `games` are those of random play and of a doctrine, `searched` those of the search player."""

    seat: str
    random: Estimate
    best: str
    doctrine: Estimate | None
    search: Estimate | None
    spread: float
    margin: float
    games: int
    searched: int


class InformationLine(TypedDict):
    """A seat's points with the search player: told the hidden truths, as the pack has it, and with the signs withheld;
    and game by game what the truth is worth beside the signs, and the signs beside nothing."""

    seat: str
    games: int
    told: Estimate
    signs: Estimate
    withheld: Estimate
    worth_of_truth: Estimate
    worth_of_signs: Estimate


class ChangeLine(TypedDict):
    """A figure that differs from the last run."""

    name: str
    before: str
    after: str


class Balance(TypedDict):
    """The whole report. Sections without lines are left out of the page."""

    scenario: ScenarioLine
    games: int
    seed: int
    experiments: list[ExperimentLine]
    cards: list[UseLine]
    actions: list[UseLine]
    base: Estimate | None
    tornado: list[TornadoLine]
    outcomes: list[OutcomeLine]
    matrix: Matrix | None
    worlds: Matrix | None
    replies: list[ReplyLine]
    spreads: list[SpreadLine]
    information: InformationLine | None
    changes: list[ChangeLine]


def blank(scenario: Scenario, games: int, seed: int) -> Balance:
    """An empty report of a scenario."""
    named = ScenarioLine(id=scenario.id, title=scenario.title, version=scenario.version, question=scenario.question)
    return Balance(
        scenario=named,
        games=games,
        seed=seed,
        experiments=[],
        cards=[],
        actions=[],
        base=None,
        tornado=[],
        outcomes=[],
        matrix=None,
        worlds=None,
        replies=[],
        spreads=[],
        information=None,
        changes=[],
    )


def experiment_lines(scenario: Scenario, findings: Sequence[Finding]) -> list[ExperimentLine]:
    """The findings in the words of the report, in their order; those of worlds in which an experiment need not hold
    stand with it under `elsewhere`."""
    graph = graph_of(scenario)
    experiments = {experiment.id: experiment for experiment in scenario.experiments}
    summaries = {claim.id: claim.summary for claim in scenario.claims}
    worlds = {worldview.id: worldview.name for worldview in scenario.worldviews}
    return [
        ExperimentLine(
            id=finding.experiment,
            title=experiment.title,
            text=experiment.text,
            claims=[ClaimLine(id=claim, summary=summaries.get(claim, "")) for claim in experiment.claims],
            world=worlds.get(finding.world, ""),
            unit=_unit(experiment, finding),
            higher=_arm_line(scenario, experiment.higher, finding.higher),
            lower=_arm_line(scenario, experiment.lower, finding.lower),
            difference=Estimate(value=finding.difference, low=finding.low, high=finding.high),
            by=experiment.by / 100 if finding.is_share else experiment.by,
            verdict=finding.verdict,
            restates=restates_a_rule(graph, experiment),
            beside=[_beside_line(scenario, one) for one in finding.beside],
            elsewhere=[
                ElsewhereLine(
                    world=worlds.get(other.world, ""),
                    difference=Estimate(value=other.difference, low=other.low, high=other.high),
                    verdict=other.verdict,
                )
                for other in findings
                if other.experiment == finding.experiment and not other.claimed
            ],
        )
        for finding in findings
        if finding.claimed
        for experiment in (experiments[finding.experiment],)
    ]


def _beside_line(scenario: Scenario, told: Beside) -> BesideLine:
    one, other = (Estimate(value=each.value, low=each.low, high=each.high) for each in (told.higher, told.lower))
    unit = "share" if told.is_share else "steps"
    return BesideLine(name=_names(scenario).get(told.what, told.what), unit=unit, higher=one, lower=other)


def _unit(experiment: Experiment, finding: Finding) -> str:
    if finding.is_share:
        return "share"
    return "points" if str(experiment.higher.measure or experiment.measure).startswith("points_") else "steps"


def _arm_line(scenario: Scenario, arm: Arm, figure: Figure) -> ArmLine:
    estimate = Estimate(value=figure.value, low=figure.low, high=figure.high)
    return ArmLine(label=arm_label(scenario, arm), games=figure.games, figure=estimate)


def arm_label(scenario: Scenario, arm: Arm) -> str:
    """The setup of an arm in words: only what differs from the default.

    >>> import tabletop
    >>> summit = tabletop.load("summit-2018")
    >>> arm_label(summit, Arm(players={"washington": "rush"}, without={"washington": ("attend",)}))
    'The dealmaker (Washington), without "Go to the summit"'
    """
    seats = {seat.id: seat.name for seat in scenario.seats}
    doctrines = {(doctrine.seat, doctrine.id): doctrine.name for doctrine in scenario.doctrines}
    titles = {assumption.id: assumption.title for assumption in scenario.assumptions}
    parts = [
        f"{doctrines.get((seat, player), player)} ({seats.get(seat, seat)})" for seat, player in arm.players.items()
    ]
    names = _names(scenario)
    parts += [f"{names.get(name, name)}: {_said(value)}" for name, value in arm.given.items()]
    parts += [f"{titles.get(name, name)}: {_said(value)}" for name, value in arm.assume.items()]
    moves = _moves(scenario)
    for seat, taken in arm.without.items():
        whose = "" if seat in arm.players or len(arm.without) == 1 else f" ({seats.get(seat, seat)})"
        parts.append("without " + ", ".join(moves.get(name, f"moves of the kind '{name}'") for name in taken) + whose)
    if arm.among is not None:
        parts.append(f"where {arm.among}")
    if arm.measure is not None:
        parts.append(f"measured: {arm.measure}")
    return ", ".join(parts) or "Every seat by its first doctrine"


def _said(value: int | bool | str) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _names(scenario: Scenario) -> Mapping[str, str]:
    seats = {seat.id: seat.name for seat in scenario.seats}
    names = {meter.id: meter.name for meter in scenario.meters}
    names |= {variable.id: variable.name or variable.id for variable in scenario.variables}
    names |= {hidden.id: hidden.name for hidden in scenario.hidden}
    for track in scenario.tracks:
        names |= {track.id: track.name} | {
            f"{track.id}_{item}": f"{track.name} ({seats.get(item, item)})" for item in track.by
        }
    return names


def _moves(scenario: Scenario) -> Mapping[str, str]:
    options = [option for card in scenario.cards for choice in card.choices for option in choice.options]
    labels = {option.id: option.label for option in options}
    labels |= {action.id: action.label for action in scenario.actions}
    return {name: '"' + re.sub(r"\{\w+\}", "…", label) + '"' for name, label in labels.items()}
