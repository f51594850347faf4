"""Looks for what turns a verdict round: another worldview, one assumption, another way to go on, or the truth.

A decision that was better than a rival by more than the margin here, and worse by more than the margin there, is first
suspected from the races of both worlds, and then confirmed with playouts that had no part in these.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

import attrs

from tabletop.analysis.decision_race import FRESH, Decision
from tabletop.analysis.decisions import Flip
from tabletop.analysis.option_race import OptionRace
from tabletop.analysis.paired import Moments, minus
from tabletop.analysis.playout_pool import PlayoutPool
from tabletop.analysis.worlds import AS_KNOWN, World

#: How many standard errors a suspicion may be short of the margin, and what is certain lies within its bound.
_SLACK, _SURE = 2.0, 3.3
#: How many rivals are suspected of a decision in a world, at most.
_RIVALS = 2
#: How many fresh playouts come first, and how many at a time at most.
FIRST_BATCH, BATCH = 100, 800


@attrs.define(eq=False)
class Suspicion:
    """That a decision and a rival option change places in a world; `here` and `there` are fresh differences."""

    decision: Decision
    world: World
    rival: int
    here: Moments = attrs.field(factory=Moments)
    there: Moments = attrs.field(factory=Moments)

    @property
    def is_right_here(self) -> bool:
        """Whether the decision seems to be the better one as known then."""
        race = self.decision.race(AS_KNOWN)
        return race.difference(self.decision.chosen, self.rival).mean > 0

    def ahead(self) -> tuple[Moments, Moments, int]:
        """The differences so far, and the sign that makes both positive where it is a flip."""
        return self.here, self.there, 1 if self.is_right_here else -1

    def is_held(self, margin: float) -> bool:
        """Whether both differences are beyond the margin."""
        here, there, sign = self.ahead()
        return sign * here.mean > margin and -sign * there.mean > margin

    def is_certain(self, margin: float) -> bool:
        """Whether both differences are beyond the margin and for certain beyond half of it, or one of them is not and
        for certain not beyond twice the margin: what is not told may be as much."""
        here, there, sign = self.ahead()
        pairs = [(sign * here.mean, here.error), (-sign * there.mean, there.error)]
        if any(mean <= margin and mean + _SURE * error < 2 * margin for mean, error in pairs):
            return True
        return all(mean > margin and mean - _SURE * error > margin / 2 for mean, error in pairs)

    def flip(self) -> Flip:
        """What is told of it."""
        rival = self.decision.step.before.program.actions[self.decision.moves[self.rival]]
        return Flip(lens=self.world.lens, rival=str(rival), here=self.here.estimate(), there=self.there.estimate())


def suspicions(decision: Decision, worlds: Sequence[World], margin: float, is_wrong: bool) -> Iterator[Suspicion]:
    """What may turn the verdict on a decision round, which `is_wrong` as known then, or is not.

    One that is right, or like others, turns wrong by any rival that is better there. One that is wrong turns right only
    where it is no longer behind the best, so that its rival is the best as known then.
    """
    here = decision.race(AS_KNOWN)
    rivals = [here.leader] if is_wrong else range(len(decision.moves))
    for world in worlds:
        there = decision.race(world)
        if not there.tries or world in decision.alike or (is_wrong and _is_behind(there, decision.chosen, margin)):
            continue
        found = []
        for rival in rivals:
            if rival != decision.chosen:
                strength = _strength(here, there, decision.chosen, rival, margin, -1 if is_wrong else 1)
                if strength is not None:
                    found.append((-strength, rival))
        for _, rival in sorted(found)[:_RIVALS]:
            yield Suspicion(decision, world, rival)


def _is_behind(race: OptionRace, option: int, margin: float) -> bool:
    """Whether an option is surely behind the best one."""
    ahead = race.difference(race.leader, option)
    return ahead.mean - _SURE * ahead.error > margin


def _strength(here: OptionRace, there: OptionRace, chosen: int, rival: int, margin: float, sign: int) -> float | None:
    """How far a decision and a rival are apart in the world in which they are less so; None if they can hardly have
    changed places."""
    one = here.difference(chosen, rival)
    if sign * one.mean + _SLACK * one.error < margin:
        return None
    mean, error = _ahead_there(here, there, chosen, rival)
    if -sign * mean + _SLACK * error < margin:
        return None
    return min(sign * one.mean, -sign * mean)


def _ahead_there(here: OptionRace, there: OptionRace, chosen: int, rival: int) -> tuple[float, float]:
    """How much better a decision is than a rival in a world, with the standard error.

    Either by the playouts of that world alone, or by what its premise changes in playouts of the same numbers, on top
    of the many as known then (a control variate): whichever is known better. Few playouts may miss what a premise
    changes seldom, so one more that came out otherwise is always reckoned with.
    """
    alone, known = there.difference(chosen, rival), here.difference(chosen, rival)
    columns = [race.columns[option] for race in (there, here) for option in (chosen, rival)]
    common = min(map(len, columns))
    there_chosen, there_rival, here_chosen, here_rival = (column[:common] for column in columns)
    change = Moments()
    change.add(minus(minus(there_chosen, there_rival), minus(here_chosen, here_rival)))
    unseen = math.sqrt(alone.variance) / common
    # The two are not independent, so that their errors are added, not their squares.
    error = known.error + max(change.error, unseen)
    return (known.mean + change.mean, error) if error < alone.error else (alone.mean, alone.error)


def confirmed(
    suspected: Sequence[Suspicion],
    pool: PlayoutPool,
    most: int,
    margin: Callable[[Decision], float],
    stopped: Callable[[], bool] | None = None,
) -> Iterator[list[Suspicion]]:
    """Yields after every round of fresh playouts those that are confirmed by now; the last time all of them."""
    going, held, done = list(suspected), [], 0
    while going and done < most:
        # As many again each time: what is no flip is mostly seen to be none after few.
        batch = min(max(FIRST_BATCH, done), BATCH, most - done)
        tasks: list[tuple[Decision, list[Suspicion], list[tuple[World, list[int]]]]] = []
        for decision, of_decision in _by_decision(going):
            asked = list(_asked(decision, of_decision))
            tasks.append((decision, of_decision, asked))
        orders = (
            decision.task(world, [decision.moves[at] for at in options], FRESH + done, batch)
            for decision, _, asked in tasks
            for world, options in asked
        )
        results = pool.results(orders, stopped)
        for decision, of_decision, asked in tasks:
            columns = {
                (world, option): column
                for world, options in asked
                for option, column in zip(options, decision.columns(next(results)), strict=True)
            }
            for one in of_decision:
                for world, moments in ((AS_KNOWN, one.here), (one.world, one.there)):
                    moments.add(minus(columns[world, decision.chosen], columns[world, one.rival]))
        done += batch
        over = [one for one in going if done >= most or one.is_certain(margin(one.decision))]
        held += [one for one in over if one.is_held(margin(one.decision))]
        going = [one for one in going if one not in over]
        held.sort(key=suspected.index)
        yield held


def _by_decision(suspected: Sequence[Suspicion]) -> Iterator[tuple[Decision, list[Suspicion]]]:
    """What is suspected of each decision."""
    found: dict[int, list[Suspicion]] = {}
    for one in suspected:
        found.setdefault(id(one.decision), []).append(one)
    for some in found.values():
        yield some[0].decision, some


def _asked(decision: Decision, suspected: Sequence[Suspicion]) -> Iterator[tuple[World, list[int]]]:
    """Which options are to be played in which worlds: each once, be it for several suspicions."""
    rivals: dict[World, dict[int, None]] = {AS_KNOWN: {}}
    for one in suspected:
        rivals[AS_KNOWN][one.rival] = None
        rivals.setdefault(one.world, {})[one.rival] = None
    for world, of_world in rivals.items():
        yield world, [decision.chosen, *of_world]
