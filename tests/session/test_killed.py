"""A process that plays is killed at any moment: whatever it had acknowledged is there, and play goes on.

TABLETOP_KILLED=12 says how often; tests/benchmarks/killed.py does the same 200 times.
"""

from __future__ import annotations

import os
import pathlib
import random

from tabletop.session import Journal, open_session
from tests.benchmarks.killed import check, killed_at
from tests.session.conftest import ended

TIMES = int(os.environ.get("TABLETOP_KILLED", "3"))


def test_nothing_that_was_acknowledged_is_lost_when_a_process_is_killed(tmp_path: pathlib.Path) -> None:
    dice, counts = random.Random(3), []
    for number in range(TIMES):
        killed = killed_at(dice.uniform(0, 0.25), tmp_path, "killed", "first-summit", number)
        assert killed.acknowledged
        counts.append(check(killed, tmp_path, "killed")[0])
    assert counts == sorted(set(counts))  # each went on where the one before it had been
    session, notes = open_session(Journal(tmp_path), "killed")
    assert notes == []
    assert ended(session).state.finished
    session.close()
