"""The worlds in which decisions are judged: under other premises, or with another way to go on."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from tabletop.analysis.continuation import RANDOM_NAME
from tabletop.analysis.decisions import Lens
from tabletop.engine.program import Program
from tabletop.engine.state import State

#: How many other doctrines of a seat its decisions are judged by, those that its own decisions were most like.
CONTINUATIONS = 2


@attrs.frozen(eq=False)
class World:
    """A lens with what it changes: values of assumptions, and the doctrine of the deciding seat ("" for the one that
    it is taken to follow)."""

    lens: Lens
    assumptions: Mapping[str, int] = attrs.field(factory=dict)
    doctrine: str = ""

    @property
    def is_true_position(self) -> bool:
        """Whether it is the position that was true, not those that the seat could hold possible."""
        return self.lens.kind == "hindsight"


#: As known then, under the premises of the session; and the same in the true position.
AS_KNOWN = World(Lens(kind="worldview"))
HINDSIGHT = World(Lens(kind="hindsight"))


def worlds_of(state: State) -> tuple[World, ...]:
    """Every worldview that differs from the premises of a game, and every assumption switched singly."""
    scenario, here = state.program.scenario, {name: int(value) for name, value in state.assumptions.items()}
    found = []
    for worldview in scenario.worldviews:
        values = worldview_values(state.program, worldview.values)
        if values != here:
            found.append(World(Lens(kind="worldview", name=worldview.id), values))
    for noun in scenario.assumptions:
        values_of = dict.fromkeys(int(value) for value in (noun.value, *(one.value for one in noun.alternatives)))
        for value in values_of:
            if value != here[noun.id]:
                lens = Lens(kind="assumption", name=noun.id, value=value)
                found.append(World(lens, {noun.id: value}))
    return tuple(found)


def same_worldviews(state: State) -> tuple[str, ...]:
    """The ids of the worldviews whose premises are those of the game."""
    here = {name: int(value) for name, value in state.assumptions.items()}
    views = state.program.scenario.worldviews
    return tuple(one.id for one in views if worldview_values(state.program, one.values) == here)


def worldview_values(program: Program, values: Mapping[str, int | bool]) -> dict[str, int]:
    """The value of every assumption under a worldview: its own, or that of the scenario."""
    return {noun.id: int(values.get(noun.id, noun.value)) for noun in program.scenario.assumptions}


def continuations_of(likelihoods: Mapping[str, float], followed: str) -> tuple[World, ...]:
    """The other doctrines by which a seat might have gone on, likeliest first, a few at most."""
    others = [name for name in likelihoods if name not in (followed, RANDOM_NAME)]
    others.sort(key=lambda name: -likelihoods[name])
    return tuple(World(Lens(kind="continuation", name=name), doctrine=name) for name in others[:CONTINUATIONS])
