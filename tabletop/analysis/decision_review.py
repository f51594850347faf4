"""Reviews the decisions of a game: every one beside its alternatives, as known then, in hindsight and in other worlds.

Coarse figures come first, and sharper ones follow: as known then and in hindsight, then under other premises and
continuations, then what turns a verdict round, confirmed with fresh playouts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

import attrs

from tabletop.analysis.account import Estimate, Figure
from tabletop.analysis.accounting import Progress, line_seed
from tabletop.analysis.continuation import likeliest_players, player_likelihoods
from tabletop.analysis.decision_race import Decision, follow_task, run_races
from tabletop.analysis.decisions import (
    Came,
    DecisionReview,
    DecisionTable,
    Difficulty,
    Flip,
    Lens,
    Level,
    OptionFigure,
    Verdict,
)
from tabletop.analysis.flips import Suspicion, confirmed, suspicions
from tabletop.analysis.intervals import Z95
from tabletop.analysis.option_race import OptionRace
from tabletop.analysis.paired import Moments, minus
from tabletop.analysis.playout_pool import PlayoutPool
from tabletop.analysis.worlds import AS_KNOWN, HINDSIGHT, World, continuations_of, same_worldviews, worlds_of
from tabletop.engine import layout as code
from tabletop.engine.played_step import PlayedStep

#: Differences of less than this share of the largest spread of an option's figure count as none.
MARGIN = 0.05
#: How many standard errors another option must be ahead for a decision to be called wrong: the best of many options
#: seems better than it is.
_CLEARLY = 3.0
#: How many playouts come at a time after the first ones.
_BATCH = 80
#: From how many decisions on they get half as many playouts in other worlds, so that a game of six teams is looked at
#: in a minute too; what these make suspicious is confirmed as ever.
_MANY = 120
#: After how many other worlds there is a table: each takes as long as some hundreds of playouts.
_WORLDS_A_TABLE = 3


@attrs.frozen(kw_only=True)
class Effort:
    """How many playouts each option gets at most: as known then and in hindsight, in each other world, for what would
    turn a verdict round; how many the position before the decision gets; and how many come `first` in every world."""

    here: int = 480
    elsewhere: int = 160
    flips: int = 3000
    before: int = 200
    first: int = 40


#: Efforts with the compiled machine, and in plain Python, which has a hundredth of its speed.
COMPILED, PLAIN = Effort(), Effort(here=120, elsewhere=40, flips=200, before=40, first=20)


def decision_tables(
    steps: Sequence[PlayedStep],
    pool: PlayoutPool,
    *,
    seats: Sequence[str] | None = None,
    figures: Mapping[str, Figure] | None = None,
    continuation: Mapping[str, str] | None = None,
    effort: Effort | None = None,
    seed: int = 0,
    progress: Progress | None = None,
    stopped: Callable[[], bool] | None = None,
) -> Iterator[DecisionTable]:
    """Yields the table of decisions, each time with more and sharper figures.

    `seats` are those whose decisions are reviewed, by default all; `figures` what a seat's are judged by, by default
    its points. `continuation` is as in `accounting.accounts`. The same steps, seed and effort give the same tables on
    any machine. Raises ValueError for a game without steps, UnknownPlayer, KeyError, and `playout_pool.Stopped`.
    """
    if not steps:
        raise ValueError("there are decisions to be reviewed once something has been decided")
    review = _Review(steps, pool, seats, figures or {}, continuation or {}, effort, seed, stopped)
    for table in review.tables():
        if progress is not None:
            progress(table.done, table.total)
        yield table


class _Review:
    def __init__(
        self,
        steps: Sequence[PlayedStep],
        pool: PlayoutPool,
        seats: Sequence[str] | None,
        figures: Mapping[str, Figure],
        continuation: Mapping[str, str],
        effort: Effort | None,
        seed: int,
        stopped: Callable[[], bool] | None,
    ) -> None:
        program = steps[0].before.program
        self.steps, self.pool, self.stopped = steps, pool, stopped
        self.effort = effort or (COMPILED if pool.compiled else PLAIN)
        self.continuation = likeliest_players(program, steps) | dict(continuation)
        seats = program.seat_ids if seats is None else seats
        self.figures = {seat: figures.get(seat, Figure("points", seat)) for seat in seats}
        self.decisions = list(self._decisions(line_seed(steps, seed)))
        self._first: dict[str, Decision] = {}
        for one in self.decisions:
            self._first.setdefault(one.step.seat, one)
        self.elsewhere = self.effort.elsewhere
        if len(self.decisions) > _MANY:
            self.elsewhere = max(self.effort.first, self.elsewhere // 2)
        self.worlds = worlds_of(steps[0].before)
        self.same = same_worldviews(steps[0].before)
        self.own_worlds = {
            seat: continuations_of(player_likelihoods(program, seat, steps), self.continuation[seat])
            for seat in self.figures
        }
        own = (world.lens for worlds in self.own_worlds.values() for world in worlds)
        every = (HINDSIGHT.lens, *(world.lens for world in self.worlds), *own)
        self.lenses: tuple[Lens, ...] = tuple(dict.fromkeys(every))
        self.values: dict[int, list[int]] = {}
        self.flips: dict[int, list[Flip]] = {}
        self._begun = pool.playouts
        # Both races, each other world, and the flips count one each.
        self.total = 2 + len(self.worlds) + max((len(one) for one in self.own_worlds.values()), default=0) + 1
        self.done = 0

    def _decisions(self, seed: int) -> Iterator[Decision]:
        first: dict[int, int] = {}
        for step in self.steps:
            core = step.before.core
            made = core[code.DECISIONS] - first.setdefault(core[code.TURN], core[code.DECISIONS])
            if step.seat in self.figures:
                found = Decision.of(step, made, self.figures[step.seat], self.continuation, seed)
                if found is not None:
                    yield found

    # Passes

    def tables(self) -> Iterator[DecisionTable]:
        here = [(decision, world) for decision in self.decisions for world in (AS_KNOWN, HINDSIGHT)]
        yield from self._race(here, _BATCH, self.effort.first)
        self._value_positions()
        yield from self._race(here, _BATCH, self.effort.here)
        self.done = 2
        yield self.table()
        for at, world in enumerate(self.worlds, 1):
            self._run([(one, world) for one in self.decisions], _BATCH, self.elsewhere)
            self.done += 1
            if at % _WORLDS_A_TABLE == 0:
                yield self.table()
        further = [(one, world) for one in self.decisions for world in self.own_worlds[one.step.seat]]
        yield from self._race(further, _BATCH, self.elsewhere)
        self.done = self.total - 1
        yield from self._look_for_flips()
        self.done = self.total
        yield self.table()

    def _race(self, races: Sequence[tuple[Decision, World]], batch: int, most: int) -> Iterator[DecisionTable]:
        self._run(races, batch, most)
        yield self.table()

    def _run(self, races: Sequence[tuple[Decision, World]], batch: int, most: int) -> None:
        for _ in run_races(races, self.pool, self.effort.first, batch, most, self.margin, self.stopped, self._is_open):
            pass

    def _is_open(self, decision: Decision, world: World) -> bool:
        """Whether more playouts of a world may tell something: under a single premise, or with another way to go on,
        that is whether it may turn the verdict round. A seat's first decision also says what a premise changes."""
        if world.lens.kind not in ("assumption", "continuation") or decision is self._first[decision.step.seat]:
            return True
        margin = self.margin(decision)
        is_wrong = _verdict(decision, AS_KNOWN, margin) == "wrong"
        return any(True for _ in suspicions(decision, [world], margin, is_wrong))

    def _value_positions(self) -> None:
        tasks = (follow_task(one, self.effort.before) for one in self.decisions)
        for one, results in zip(self.decisions, self.pool.results(tasks, self.stopped), strict=True):
            self.values[one.step.number] = one.columns(results)[0]

    def _look_for_flips(self) -> Iterator[DecisionTable]:
        suspected: list[Suspicion] = []
        for one in self.decisions:
            is_wrong = _verdict(one, AS_KNOWN, self.margin(one)) == "wrong"
            worlds = (HINDSIGHT, *self.worlds, *self.own_worlds[one.step.seat])
            suspected += suspicions(one, worlds, self.margin(one), is_wrong)
        for held in confirmed(suspected, self.pool, self.effort.flips, self.margin, self.stopped):
            self.flips = {}
            for found in held:
                of_step = self.flips.setdefault(found.decision.step.number, [])
                # The rivals of a world are suspected in their order: the one that is furthest apart comes first.
                if all(flip.lens != found.world.lens for flip in of_step):
                    of_step.append(found.flip())
            yield self.table()

    def margin(self, decision: Decision) -> float:
        """The difference of options that counts: the best one may be certain where others are a risk."""
        race = decision.race(AS_KNOWN)
        return MARGIN * math.sqrt(max(race.moments(option).variance for option in range(len(race.columns))))

    # What is told

    def table(self) -> DecisionTable:
        return DecisionTable(
            reviews=tuple(self._reviewed(one) for one in self.decisions),
            lenses=self.lenses,
            figures=self.figures,
            continuation=self.continuation,
            playouts=self.pool.playouts - self._begun,
            done=self.done,
            total=self.total,
        )

    def _reviewed(self, one: Decision) -> DecisionReview:
        before, race, margin = one.step.before, one.race(AS_KNOWN), self.margin(one)
        order = sorted(range(len(one.moves)), key=lambda at: (at not in race.running, -race.moments(at).mean, at))
        came_by = self._came(one)
        flips = self.flips.get(one.step.number, [])
        return DecisionReview(
            step=one.step.number,
            seat=one.step.seat,
            turn=before.turn,
            stage=before.stage,
            phase=before.phase,
            card=before.card or "",
            chosen=one.step.action,
            options=tuple(self._option(one, at) for at in order),
            verdict=_verdict(one, AS_KNOWN, margin),
            in_hindsight=_verdict(one, HINDSIGHT, margin),
            loss=_loss(race, one.chosen),
            lead=race.difference(one.chosen, order[0] if order[0] != one.chosen else order[1]).estimate(),
            came=_came_as(came_by, margin),
            came_by=came_by,
            flips=tuple(sorted(flips, key=lambda flip: self.lenses.index(flip.lens))),
            difficulty=_difficulty(race, margin),
            margin=margin,
            is_final=self.done == self.total,
        )

    def _option(self, one: Decision, at: int) -> OptionFigure:
        action = one.step.before.program.actions[one.moves[at]]
        here = one.race(AS_KNOWN)
        by_kind: dict[str, dict[str, Estimate]] = {"worldview": {}, "assumption": {}, "continuation": {}}
        by_kind["worldview"] = dict.fromkeys(self.same, here.estimate(at))
        for world in (*self.worlds, *self.own_worlds[one.step.seat]):
            race = here if world in one.alike else one.race(world)
            if one.race(world).tries:
                by_kind[world.lens.kind][world.lens.key] = race.estimate(at)
        return OptionFigure(
            action=str(action),
            label=action.label,
            as_known=here.estimate(at),
            in_hindsight=one.race(HINDSIGHT).estimate(at),
            by_worldview=by_kind["worldview"],
            by_assumption=by_kind["assumption"],
            by_continuation=by_kind["continuation"],
            alike=_is_alike(here, at, self.margin(one)),
            playouts=len(here.columns[at]),
        )

    def _came(self, one: Decision) -> Estimate:
        """The expected figure at the seat's next decision, or the result, less what was to be expected of this one in
        the true position: the doing of chance, other seats and rulings."""
        ours = one.race(HINDSIGHT).columns[one.chosen]
        later = (other for other in self.decisions if other.step.number > one.step.number)
        following = next((other for other in later if other.step.seat == one.step.seat), None)
        if following is not None:
            theirs = self.values.get(following.step.number, [])
        elif self.steps[-1].after.finished:
            theirs = [self._result(one.figure)] * len(ours)
        else:
            theirs = []
        if not theirs:
            return Estimate.exactly(0)
        moments, common = Moments(), min(len(ours), len(theirs))
        moments.add(minus(theirs[:common], ours[:common]))
        return moments.estimate()

    def _result(self, figure: Figure) -> int:
        end = self.steps[-1].after
        if figure.kind == "outcome":
            return int(end.outcome == figure.name)
        return end.scores[figure.name] if figure.kind == "points" else end.meters[figure.name]


def _came_as(by: Estimate, margin: float) -> Came:
    if by.low > 0 and by.mean > margin:
        return "well"
    return "badly" if by.high < 0 and by.mean < -margin else "as expected"


def _is_alike(race: OptionRace, option: int, margin: float) -> bool:
    """Whether an option cannot be told apart from the best one."""
    ahead = race.difference(race.leader, option)
    return ahead.mean - Z95 * ahead.error <= 0 or ahead.mean <= margin


def _verdict(decision: Decision, world: World, margin: float) -> Verdict:
    race = decision.race(world)
    ahead = race.difference(race.leader, decision.chosen)
    if ahead.mean > margin and ahead.mean > _CLEARLY * ahead.error:
        return "wrong"
    every = range(len(decision.moves))
    return "alike" if all(_is_alike(race, option, margin) for option in every) else "right"


def _loss(race: OptionRace, chosen: int) -> Estimate:
    if race.leader == chosen:
        return Estimate.exactly(0)
    return race.difference(race.leader, chosen).estimate()


def _difficulty(race: OptionRace, margin: float) -> Difficulty:
    options = range(len(race.columns))
    apart = [option for option in options if not _is_alike(race, option, margin)]
    gap = min((race.difference(race.leader, option).mean for option in apart), default=0.0)
    spread = math.sqrt(race.moments(race.leader).variance)
    alike = len(race.columns) - len(apart)
    if not apart or (alike == 1 and gap >= spread / 4):
        level: Level = "easy"
    else:
        level = "hard" if gap < spread / 8 else "middling"
    return Difficulty(options=len(race.columns), alike=alike, gap=gap, spread=spread, level=level)
