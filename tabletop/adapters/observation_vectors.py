"""Observations as NumPy vectors: the numbers of `Observations.row`, with all facts of a seat written at once."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any

import numpy as np

from tabletop.adapters.observations import Fact, Observations
from tabletop.engine.layout import CARD, OUTCOME, PHASE, STAGE, STAGE_TURN, TURN
from tabletop.engine.state import State


class ObservationVectors:
    """Vectors of what a seat knows, equal to `Observations.row` in single precision.

    What everybody knows is worked out once for all seats, and again only when it has changed: while seats choose face
    down, it does not.
    """

    def __init__(self, observations: Observations) -> None:
        self.observations = observations
        self._public = _Facts(observations.public_facts)
        private = observations.private_facts
        self._private = [_Facts([fact for fact in private if fact.known_by(seat)]) for seat in observations.seats]
        self._last: tuple[object, Any] = (None, None)

    # Determined by the observations.

    def __deepcopy__(self, memo: object) -> ObservationVectors:
        return self

    def __reduce__(self) -> tuple[type[ObservationVectors], tuple[Observations]]:
        return ObservationVectors, (self.observations,)

    def vector(self, state: State, seat: int) -> Any:
        """What a seat knows, as numbers: a new array."""
        return np.concatenate([self.public(state), self.private(state, seat)]).astype(np.float32)

    def private(self, state: State, seat: int) -> Any:
        """What a seat knows and others may not, in double precision."""
        row = np.zeros(self.observations.size)
        self.observations.write_own(row, state, seat)
        self._private[seat].write(row, state.core)
        return row[self.observations.public_size :]

    def public(self, state: State) -> Any:
        """What everybody knows, in double precision; the same array for as long as it does not change."""
        core = state.core
        # Whatever is computed from public names hangs on these as well.
        course = core[TURN], core[STAGE_TURN], core[STAGE], core[PHASE], core[CARD], core[OUTCOME]
        key = course, self.observations.who_acts(state), self._public.values(core)
        last, row = self._last
        if key != last:
            row = np.zeros(self.observations.public_size)
            self.observations.write_course(row, state)
            self._public.write(row, core)
            self._last = key, row
        return row


class _Facts:
    """Facts that are written together: those with named values set a place to 1, all others a share of their range."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        stored = [fact for fact in facts if fact.formula is None]
        self._computed = [fact for fact in facts if fact.formula is not None]
        ranged = [fact for fact in stored if not fact.symbol.members]
        named = [fact for fact in stored if fact.symbol.members]
        self._split = len(ranged)
        self._places = [fact.place for fact in (*ranged, *named)]
        # With fewer than two places, itemgetter would not give a sequence.
        self._get = operator.itemgetter(*self._places) if len(self._places) > 1 else None
        self._at = np.array([fact.at for fact in ranged], np.intp)
        self._low = np.array([fact.symbol.low for fact in ranged], float)
        # A value that has no range is 0, whatever it is divided by.
        spans = [(fact.symbol.low, fact.symbol.high) for fact in ranged]
        self._span = np.array([high - low if high > low else np.inf for low, high in spans], float)
        self._named = np.array([fact.at for fact in named], np.intp)

    def values(self, core: Sequence[int]) -> tuple[int, ...]:
        """What stands in a state for the facts that are not computed."""
        return self._get(core) if self._get else tuple(core[at] for at in self._places)

    def write(self, row: Any, core: Sequence[int]) -> None:
        """Writes the facts into a row of zeros."""
        if self._places:
            values = np.array(self.values(core), np.int64)
            shares = (values[: self._split] - self._low) / self._span
            row[self._at] = np.minimum(1.0, np.maximum(0.0, shares))
            row[self._named + values[self._split :]] = 1.0
        for fact in self._computed:
            fact.write(row, core)
