"""What follows in public from a position is the same in worlds that differ only in secrets, but for what `check` finds.

Packs are made discreet first (`discreet`): all that the checks say tells of a secret is taken out of them. What is left
must tell nothing, whatever the secrets are and whatever is done in secret. `TABLETOP_SIBLINGS=1000` follows so many
positions of each shipped pack, and 20 of every generated one.
"""

from __future__ import annotations

import itertools
import os
import pathlib
import random
from collections import Counter

import attrs
import pytest

import tabletop
from tabletop.adapters.observation_history import ObservationHistory
from tabletop.adapters.observations import Observations
from tabletop.engine import machine
from tabletop.engine.execution import ChanceNeeded
from tabletop.engine.game import Game
from tabletop.engine.program import Action
from tabletop.engine.state import State
from tests.engine.discreet import closes, discreet, is_secret
from tests.engine.siblings import change_facts, change_memory, change_pending, viewers
from tests.engine.test_sibling_worlds import positions, shown
from tests.packs.generated import PACKS, generated_pack, write_pack

POSITIONS = int(os.environ.get("TABLETOP_SIBLINGS", "4"))
GENERATED = range(PACKS) if POSITIONS >= 1000 else range(0, PACKS, 16)
OF_EACH_GENERATED = 20 if POSITIONS >= 1000 else 2
DECISIONS = 10

pytestmark = pytest.mark.xdist_group("siblings")


def after(game: Game, state: State, seat: str, action: Action, salt: str) -> State:
    """A decision with chance that falls alike in all worlds: what is rolled in public does not hang on secret rolls."""
    program, fallen = game.program, list[int]()
    move, number = game.legal_move(state, seat, action), program.seat_number(seat)
    met: Counter[tuple[int, int]] = Counter()
    while True:
        core, run = list(state.core), program.run(outcomes=fallen)
        try:
            machine.apply(program.code, core, run, number, move)
        except ChanceNeeded as needed:
            met[needed.site, needed.subject] += 1
            key = f"{salt} {needed.site} {needed.subject} {met[needed.site, needed.subject]}"
            [index] = random.Random(key).choices(range(len(needed.weights)), needed.weights)
            fallen.append(index)
            continue
        return State(program=program, core=core, history=state.history.then(run.notes))


def follow(game: Game, one: State, seat: str, rng: random.Random) -> int:
    """Follows two worlds for a while, in which other things are done in secret, and asserts that a seat can't tell
    them apart. How many decisions they went."""
    observations, recall = Observations(game.program), ObservationHistory(game.program)
    core = list(one.core)
    for change in (change_facts, change_memory, change_pending):
        change(rng, game.program, core, seat)
    other, salt = attrs.evolve(one, core=core), rng.random()
    for count in itertools.count():
        if one.finished or other.finished:
            assert one.finished == other.finished
            return count
        seen, too = (shown(game, observations, recall, state, seat) for state in (one, other))
        differing = [name for name in seen if seen[name] != too[name]]
        assert not differing, f"{seat or 'everybody'} learns by {', '.join(differing)} after {count}, in {one!r}"
        both = [acting for acting in one.acting if acting in other.acting]
        if count == DECISIONS or not both:
            return count
        acting = rng.choice(both)
        ways = {str(action): action for action in game.actions(other, acting)}
        shared = [action for action in game.actions(one, acting) if str(action) in ways]
        if not shared:
            return count
        action = rng.choice(shared)
        one, other = (
            after(game, state, acting, way, f"{salt} {count}")
            for state, way in ((one, action), (other, _instead(game, ways, action, acting, seat, rng)))
        )
    raise AssertionError("unreachable")


def _instead(game: Game, ways: dict[str, Action], action: Action, acting: str, seat: str, rng: random.Random) -> Action:
    """What the other world's seat does where it does something in secret: something else in secret."""
    if acting == seat or not is_secret(game.scenario, action.id):
        return ways[str(action)]
    last = closes(game.scenario, action.id)
    alike = [way for way in ways.values() if is_secret(game.scenario, way.id)]
    return rng.choice([way for way in alike if closes(game.scenario, way.id) == last])


def assert_nothing_follows(game: Game, count: int, seed: int) -> int:
    """Follows positions for every seat and the public."""
    rng = random.Random(seed)
    found = (state for state in positions(game, count, seed) if not state.finished)
    return sum(follow(game, state, seat, rng) for state in found for seat in viewers(game.program))


@pytest.mark.parametrize("pack", ["summit-2018", "first-summit"])
def test_nothing_follows_in_public_from_secrets_of_a_shipped_pack(pack: str) -> None:
    assert assert_nothing_follows(Game(discreet(tabletop.load(pack))), POSITIONS, 11) > POSITIONS


@pytest.mark.parametrize("number", GENERATED)
def test_nothing_follows_in_public_from_secrets_of_a_generated_pack(number: int, tmp_path: pathlib.Path) -> None:
    pack = tabletop.load(write_pack(generated_pack(number), tmp_path / "pack"))
    assert_nothing_follows(Game(discreet(pack)), OF_EACH_GENERATED, number)
