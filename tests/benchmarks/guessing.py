"""Guessing the seed of a game from what one seat has seen of it, as somebody would who has the pack and the program.

python tests/benchmarks/guessing.py                 # a fresh seed of 64 bits: none is found
python tests/benchmarks/guessing.py --seed 123456   # a short one that somebody typed is found within seconds

The guesser is given more than a view tells: every move of every seat. It tries seeds, half of them in order from 0,
half by chance from all 64 bits: whether the first position is as it was seen, and then whether all that followed is.
"""

from __future__ import annotations

import concurrent.futures
import os
import random
import secrets
import time

import attrs
import click

import tabletop
from tabletop.engine import machine
from tabletop.engine.bots import RANDOM
from tabletop.engine.compiled.support import has_compiled
from tabletop.engine.decision_limit import most_decisions
from tabletop.engine.information_state import masked_core, secret_places
from tabletop.engine.layout import CARD, CHOICE, PHASE
from tabletop.engine.program import Program
from tabletop.players import cast, decide

#: Seeds in a batch.
BATCH = 20_000


@attrs.frozen
class Seen:
    """What the guesser has: the machine's state as the seat knew it at each decision, every move that was made, and
    what the first position shows (places and values)."""

    program: Program
    seat: int
    known: tuple[list[int], ...]
    moves: tuple[tuple[int, int], ...]
    first: tuple[tuple[int, int], ...]


def seen(pack: str, seat: str, seed: int, decisions: int) -> Seen:
    """A game between doctrines, up to some decision."""
    game = tabletop.Game(tabletop.load(pack))
    p, number, players, state = game.program, game.program.seat_number(seat), cast(game, {}), game.start(seed)
    secret = secret_places(p, number)
    shown = sorted({*(place for place in p.places.values() if place not in secret), PHASE, CARD, CHOICE})
    first = tuple((place, state.core[place]) for place in shown)
    known, moves = [masked_core(p, state.core, number, secret)], []
    while not state.finished and len(moves) < decisions:
        acting = state.acting[0]
        action = decide(players[acting], game, state, acting)
        moves.append((p.seat_number(acting), action.move))
        state = game.apply(state, acting, action)
        known.append(masked_core(p, state.core, number, secret))
    return Seen(p, number, tuple(known), tuple(moves), first)


def fits(found: Seen, opening: list[int]) -> bool:
    """Whether the game that begins so would have been seen just like this one."""
    p, core, run = found.program, opening, found.program.run(keeps=False)
    secret = secret_places(p, found.seat)
    machine.begin(p.code, core, run)
    for number, known in enumerate(found.known):
        if masked_core(p, core, found.seat, secret) != known:
            return False
        if number < len(found.moves):
            acting, move = found.moves[number]
            if machine.next_to_act(p.code, core) != acting or move not in p.legal(core, acting):
                return False
            machine.apply(p.code, core, run, acting, move)
    return True


def guess(game_seen: tuple[str, str, int, int], core: int, cores: int, until: float) -> tuple[int, int, list[int]]:
    """Tries seeds until a time: how many, how many of these begin alike, and which fit in all."""
    # A view does not go from one process to another; the seed is used for it and for nothing else.
    found = seen(*game_seen)
    game = tabletop.Game(tabletop.load(game_seen[0]))
    dice, tries, alike, hits, in_order = random.Random(), 0, 0, list[int](), core * BATCH
    while time.monotonic() < until and not hits:
        for first in (in_order, dice.getrandbits(64)):
            for seed in _begin_alike(game, found, first):
                alike += 1
                hits += [seed] if fits(found, game.opening(seed)) else []
            tries += BATCH
        in_order += cores * BATCH
    return tries, alike, hits


def _begin_alike(game: tabletop.Game, found: Seen, first: int) -> list[int]:
    """The seeds of a batch whose first position is as it was seen."""
    if not has_compiled():
        opening = [(seed % (1 << 64), game.start(seed).core) for seed in range(first, first + BATCH)]
        return [seed for seed, core in opening if all(core[place] == value for place, value in found.first)]
    batch = _batch(game, found)
    rows = batch.figures(first, BATCH)
    fitting = (rows == [value for _, value in found.first]).all(axis=1)
    return [(first + int(at)) % (1 << 64) for at in fitting.nonzero()[0]]


_BATCHES: dict[int, object] = {}


def _batch(game: tabletop.Game, found: Seen):  # type: ignore[no-untyped-def]
    from tabletop.engine.compiled.batches import Batch

    if id(game) not in _BATCHES:
        p = game.program
        measures = [("place", place) for place, _ in found.first]
        cast_of = [RANDOM] * len(p.seat_ids)
        # Measured where the first decision stands.
        _BATCHES[id(game)] = Batch(p, game.opening(0), cast_of, most_decisions(p), measures, ("num", 1))
    return _BATCHES[id(game)]


@click.command()
@click.option("--pack", default="summit-2018", show_default=True)
@click.option("--seat", default="washington", show_default=True)
@click.option("--seed", type=int, help="The seed to be guessed; a fresh one by default.")
@click.option("--seconds", default=600.0, show_default=True)
@click.option("--decisions", default=60, show_default=True, help="How much of the game has been seen.")
def main(pack: str, seat: str, seed: int | None, seconds: float, decisions: int) -> None:
    """Tries to guess the seed of a game on all cores; status 1 if it is found."""
    cores = os.cpu_count() or 1
    game_seen = pack, seat, secrets.randbits(64) if seed is None else seed, decisions
    until = time.monotonic() + seconds
    with concurrent.futures.ProcessPoolExecutor(cores) as pool:
        tasks = [pool.submit(guess, game_seen, core, cores, until) for core in range(cores)]
        results = [task.result() for task in tasks]
    tries, alike = sum(one[0] for one in results), sum(one[1] for one in results)
    hits = [hit for one in results for hit in one[2]]
    click.echo(
        f"{tries:,} seeds tried in {seconds:.0f} s on {cores} cores: {alike:,} begin alike, {len(hits)} fit {hits}"
    )
    raise SystemExit(1 if hits else 0)


if __name__ == "__main__":
    main()
