"""How a game would have gone on: the built-in player of each seat that its own decisions were most like."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from tabletop.engine.bots import RANDOM
from tabletop.engine.played_step import PlayedStep
from tabletop.engine.program import Program
from tabletop.players.errors import UnknownPlayer
from tabletop.players.move_probabilities import move_chances

#: The share of decisions in which somebody does anything legal rather than what their doctrine says: so that one
#: decision that a doctrine never makes does not rule it out.
_LAPSES = 0.1
RANDOM_NAME = "random"


def likeliest_players(p: Program, steps: Sequence[PlayedStep]) -> dict[str, str]:
    """For each seat the doctrine (or `random`) under which its decisions in the game were likeliest; the first one
    where there is nothing to choose by."""
    found = {}
    for seat in p.seat_ids:
        likelihoods = player_likelihoods(p, seat, steps)
        found[seat] = max(likelihoods, key=lambda name: likelihoods[name])
    return found


def player_likelihoods(p: Program, seat: str, steps: Sequence[PlayedStep]) -> dict[str, float]:
    """For each doctrine of a seat, then `random`, the logarithm of the probability of the seat's decisions."""
    names = [name for of, name in p.doctrines if of == seat]
    likelihoods = dict.fromkeys([*names, RANDOM_NAME], 0.0)
    for step in steps:
        if step.seat != seat or not step.is_decision:
            continue
        program, number = step.before.program, step.before.program.seat_number(seat)
        legal = program.legal(step.before.core, number)
        if len(legal) < 2:
            continue
        for name in likelihoods:
            chances = move_chances(program, step.before.core, number, player_number(program, seat, name))
            chance = (1 - _LAPSES) * chances.get(step.move, 0.0) + _LAPSES / len(legal)
            likelihoods[name] += math.log(chance)
    # Sums of logarithms may differ in the last digits between machines.
    return {name: round(likelihood, 6) for name, likelihood in likelihoods.items()}


def player_number(p: Program, seat: str, name: str) -> int:
    """A doctrine's address in a program, or RANDOM. Raises UnknownPlayer."""
    if name == RANDOM_NAME:
        return RANDOM
    if (seat, name) not in p.doctrines:
        known = ", ".join([*(one for of, one in p.doctrines if of == seat), RANDOM_NAME])
        raise UnknownPlayer(f"{seat} has no doctrine '{name}' to go on by (there are {known})")
    return p.doctrines[seat, name]


def cast_of(p: Program, names: Mapping[str, str]) -> list[int]:
    """The players of all seats in a program, by the names of their doctrines. Raises UnknownPlayer."""
    return [player_number(p, seat, names.get(seat, RANDOM_NAME)) for seat in p.seat_ids]
