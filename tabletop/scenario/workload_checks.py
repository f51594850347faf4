"""Warns of packs whose games would take minutes or gigabytes, and names the cause."""

from __future__ import annotations

import math
from collections.abc import Iterable

import attrs

from tabletop.scenario.findings import Findings
from tabletop.scenario.pack import Scenario
from tabletop.scenario.turns import MOST_TURNS, Phase, Stage

#: Limits for a game between bots, beyond which a warning is given. Shipped packs take a second and 10 MB.
MOST_SECONDS = 20
MOST_MEGABYTES = 400

# Time and memory of a decision, of checking one move and of an effect, in Python on a machine of 2018.
_SECONDS_OF_A_DECISION = 0.000_1
_SECONDS_OF_A_SEAT = 0.000_001_5
_SECONDS_OF_A_MOVE = 0.000_001
_SECONDS_OF_AN_EFFECT = 0.000_03
_BYTES_OF_A_NUMBER = 9
_BYTES_OF_AN_EFFECT = 800


@attrs.frozen
class _Share:
    """The work of one stage in a game."""

    stage: int
    turns: int
    seats: int
    decisions: int
    rules: int
    effects: int
    moves: int

    def seconds(self, seats: int) -> float:
        decision = _SECONDS_OF_A_DECISION + seats * _SECONDS_OF_A_SEAT + self.moves * _SECONDS_OF_A_MOVE
        return self.decisions * decision + self.effects * _SECONDS_OF_AN_EFFECT

    def megabytes(self, numbers: int) -> float:
        return (self.decisions * numbers * _BYTES_OF_A_NUMBER + self.effects * _BYTES_OF_AN_EFFECT) / 1e6


def check_cost(scenario: Scenario, findings: Findings) -> None:
    """Warns of a pack that takes too long to play, at the `turns` of the most expensive stage."""
    shares = [_share(scenario, at, stage) for at, stage in enumerate(scenario.stages)]
    if not shares:
        return
    numbers = _numbers(scenario)
    seconds = sum(share.seconds(len(scenario.seats)) for share in shares)
    megabytes = sum(share.megabytes(numbers) for share in shares)
    if seconds <= MOST_SECONDS and megabytes <= MOST_MEGABYTES:
        return
    worst = max(shares, key=lambda share: share.seconds(len(scenario.seats)) + share.megabytes(numbers))
    findings.warn(
        ("stages", worst.stage, "turns"),
        f"one game can take {_time(seconds)} and {_size(megabytes)} of memory: {_makings(worst)}; have fewer of them",
    )


def _share(scenario: Scenario, at: int, stage: Stage) -> _Share:
    turns = math.ceil(stage.turns * _rounds(scenario.stages))
    phases = {phase.id for phase in stage.phases}
    rules = [rule for rule in scenario.rules if rule.at in phases]
    decisions = sum(_decisions(phase) for phase in stage.phases)
    moves = _moves(scenario, stage.phases)
    seats = {seat for phase in stage.phases for seat in phase.seats}
    effects = sum(len(rule.effects) for rule in rules)
    return _Share(at, turns, len(seats), turns * decisions, len(rules), turns * effects, moves)


def _rounds(stages: tuple[Stage, ...]) -> float:
    """How often the stages can be played: once, or for stages in a loop, until the last turn of the game."""
    places = {stage.id: at for at, stage in enumerate(stages)}
    whole = sum(stage.turns for stage in stages)
    goes_round = any(stage.then and places.get(stage.then, at + 1) <= at for at, stage in enumerate(stages))
    return MOST_TURNS / whole if goes_round or whole > MOST_TURNS else 1


def _decisions(phase: Phase) -> int:
    return sum(phase.picks.get(seat, 1) for seat in phase.seats)


def _moves(scenario: Scenario, phases: Iterable[Phase]) -> int:
    """The largest number of moves of any seat."""
    names = {phase.id for phase in phases}
    found: dict[str, int] = {}
    for action in scenario.actions:
        if names.intersection(action.phases):
            ways = math.prod(len(parameter.values) for parameter in action.parameters)
            for seat in action.seats:
                found[seat] = found.get(seat, 0) + ways
    return max(found.values(), default=0)


def _numbers(scenario: Scenario) -> int:
    """Roughly how many numbers a state of the game holds."""
    moves = sum(len(one.seats) * math.prod(len(p.values) for p in one.parameters) for one in scenario.actions)
    picks = max((sum(phase.picks.values()) for stage in scenario.stages for phase in stage.phases), default=0)
    board = len(scenario.meters) + len(scenario.tracks) + len(scenario.variables) + len(scenario.cards)
    return 30 + 4 * len(scenario.seats) + picks + moves + board


def _makings(share: _Share) -> str:
    parts = []
    if share.decisions > share.effects // 20:
        parts.append(f"{share.seats:,} seats decide {share.decisions:,} times")
    if share.effects > share.decisions // 20:
        parts.append(f"{share.rules:,} rules have {share.effects:,} effects")
    return f"in {share.turns:,} turns {' and '.join(parts)}"


def _time(seconds: float) -> str:
    return f"some {round(seconds / 60)} minutes" if seconds >= 90 else f"some {max(1, round(seconds))} seconds"


def _size(megabytes: float) -> str:
    return f"{megabytes / 1000:.1f} GB" if megabytes >= 1000 else f"{max(1, round(megabytes))} MB"
