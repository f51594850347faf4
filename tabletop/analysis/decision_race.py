"""The decisions of a game that had an alternative, played out in several worlds, all on the same pool of workers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import attrs

from tabletop.analysis.account import Figure
from tabletop.analysis.accounting import outcome_number, place_of
from tabletop.analysis.continuation import cast_of
from tabletop.analysis.known_positions import KnownPositions
from tabletop.analysis.option_race import OptionRace
from tabletop.analysis.paired import equals
from tabletop.analysis.playout_pool import PlayoutPool, PlayoutTask, Results
from tabletop.analysis.start_positions import StartPositions
from tabletop.analysis.worlds import AS_KNOWN, HINDSIGHT, World
from tabletop.engine import layout as code
from tabletop.engine.ismcts import FOLLOW
from tabletop.engine.played_step import PlayedStep
from tabletop.engine.playing_on import turn_start

#: The first playout whose number had no part in finding anything.
FRESH = 1 << 24


@attrs.define(eq=False)
class Decision:
    """A decision that had an alternative: its step, its legal moves, what it is judged by, and its races by world.

    `alike` are worlds in which not one of the first playouts of any option came out otherwise than as known then.
    """

    step: PlayedStep
    moves: list[int]
    figure: Figure
    core: list[int]
    known: KnownPositions
    continuation: Mapping[str, str]
    seed: int
    races: dict[World, OptionRace] = attrs.field(factory=dict)
    alike: set[World] = attrs.field(factory=set)

    @classmethod
    def of(
        cls, step: PlayedStep, made: int, figure: Figure, continuation: Mapping[str, str], seed: int
    ) -> Decision | None:
        """The decision of a step, the one after so many in its turn; None if the seat had no choice."""
        if not step.is_decision:
            return None
        program, core = step.before.program, list(step.before.core)
        moves = program.legal(core, program.seat_number(step.seat))
        if len(moves) < 2:
            return None
        core[code.DECISIONS] = turn_start(core[code.TURN]) + made
        known = KnownPositions(step.before, step.seat, core[code.DECISIONS])
        return cls(step, moves, figure, core, known, continuation, seed)

    @property
    def chosen(self) -> int:
        """The number of the option that was taken."""
        return self.moves.index(self.step.move)

    def race(self, world: World) -> OptionRace:
        """The race of its options in a world, which may not have begun."""
        if world not in self.races:
            self.races[world] = OptionRace(len(self.moves), self.chosen if world in (AS_KNOWN, HINDSIGHT) else -1)
        return self.races[world]

    def compare(self, world: World) -> None:
        """Finds out after the first playouts of a world whether they are those as known then, each by each."""
        here, there = self.race(AS_KNOWN), self.race(world)
        if not (world.assumptions or world.doctrine) or len(there.columns[0]) != there.tries:
            return
        ours = [column[: there.tries] for column in here.columns]
        if ours == there.columns:
            self.alike.add(world)

    def task(self, world: World, moves: Sequence[int], first: int, playouts: int) -> PlayoutTask:
        """Playouts of some moves in a world, numbered from `first` on."""
        program = self.step.before.program
        names = dict(self.continuation)
        if world.doctrine:
            names[self.step.seat] = world.doctrine
        if world.is_true_position:
            positions, places = StartPositions([self.core]), {}
        else:
            drawn = hashlib.blake2b(f"{self.seed} {self.step.number} {first}".encode(), digest_size=4).digest()
            positions = self.known.sample(world.assumptions, playouts, int.from_bytes(drawn, "little"))
            places = {program.assumptions[name]: value for name, value in world.assumptions.items()}
        return PlayoutTask(
            program=program,
            positions=positions,
            rows=[(0, len(positions.rows), move, first) for move in moves],
            cast=cast_of(program, names),
            seed=self.seed,
            playouts=playouts,
            places=[place_of(program, self.figure)],
            set=places,
        )

    def columns(self, results: Results) -> list[list[int]]:
        """The figure in the playouts of each move."""
        columns = [row[0] for row in results]
        if self.figure.kind == "outcome":
            number = outcome_number(self.step.before.program, self.figure)
            columns = [equals(column, number) for column in columns]
        return [column if isinstance(column, list) else column.tolist() for column in columns]


def run_races(
    races: Iterable[tuple[Decision, World]],
    pool: PlayoutPool,
    first: int,
    batch: int,
    most: int,
    margin: Callable[[Decision], float],
    stopped: Callable[[], bool] | None = None,
    is_open: Callable[[Decision, World], bool] = lambda decision, world: True,
) -> Iterator[int]:
    """Takes races on, by `first` playouts and then a `batch` at a time, until each has had so many as `most`, is
    settled, or has nothing left to tell (is not `is_open`); yields after every round how many still go on. Raises
    Stopped."""
    going = [(decision, world) for decision, world in races if decision.race(world).tries < most]
    while going:
        tasks = (_next_task(decision, world, first, batch, most) for decision, world in going)
        for (decision, world), results in zip(going, pool.results(tasks, stopped), strict=True):
            decision.race(world).add(decision.columns(results))
            decision.compare(world)
        going = [
            (decision, world)
            for decision, world in going
            if decision.race(world).tries < most
            and world not in decision.alike
            and not decision.race(world).is_settled(margin(decision))
            and is_open(decision, world)
        ]
        yield len(going)


def _next_task(decision: Decision, world: World, first: int, batch: int, most: int) -> PlayoutTask:
    race = decision.race(world)
    # The same sizes in every world: then playouts of the same number begin from the same sampled position.
    batch = batch if race.tries else first
    moves = [decision.moves[at] for at in race.running]
    return decision.task(world, moves, race.tries, min(batch, most - race.tries))


def follow_task(decision: Decision, playouts: int) -> PlayoutTask:
    """Playouts of the true position before a decision, by the seat's continuation."""
    return decision.task(HINDSIGHT, [FOLLOW], 0, playouts)
