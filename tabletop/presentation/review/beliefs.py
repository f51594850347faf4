"""Beliefs in a review: what the people of each seat believed of what was hidden, beside a careful observer."""

from __future__ import annotations

import attrs

from tabletop.presentation.belief_record import BeliefRecord


@attrs.frozen(kw_only=True)
class SeatBelief:
    """What a seat believed of one hidden truth: its id and name, how many people said so (0: one person had it), and
    the record."""

    seat: str
    name: str
    people: int
    record: BeliefRecord
