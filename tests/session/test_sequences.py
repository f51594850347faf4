"""Whatever is done in a session, in any order: its journal leads to the same positions in another process.

TABLETOP_SEQUENCES=500 tries that many sequences instead of a few.
"""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator

import pytest

from tabletop.session import Journal, open_session
from tabletop.session.commands import KINDS
from tests.packs.generated import generated_pack, write_pack
from tests.session.sequences import Sequence

ROOT = pathlib.Path(__file__).parents[2]
SEQUENCES = int(os.environ.get("TABLETOP_SEQUENCES", "6"))
CHUNKS = 2
COMMANDS = 40

VERIFIES = """
import sys
from tabletop.session import Journal
from tabletop.session.opening import verify
journal = Journal(sys.argv[1])
for kept in journal.sessions()[0]:
    checks = list(verify(journal, kept.heading.id))
    wrong = [check.command.number for check in checks if not check.agrees]
    print(kept.heading.id, len(checks), checks[-1].fingerprint, wrong)
"""


@pytest.fixture
def quick() -> Iterator[pathlib.Path]:
    """A place without a disk, where there is one: whether it is durable is tried elsewhere."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:
        yield pathlib.Path(folder)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_every_journal_leads_to_the_same_positions_in_another_process(chunk: int, quick: pathlib.Path) -> None:
    packs = ["first-summit", "summit-2018"]
    packs += [str(write_pack(generated_pack(seed), quick / f"pack-{seed}")) for seed in range(chunk, 40, CHUNKS)]
    journal, ends, done = Journal(quick), {}, Counter[str]()
    for number, seed in enumerate(range(chunk, SEQUENCES, CHUNKS)):
        # Of three sequences one is of each shipped scenario, the third of a pack made at random.
        pack = packs[number % 3] if number % 3 < 2 else packs[2 + number // 3 % (len(packs) - 2)]
        sequence = Sequence(pack, seed, journal, quick)
        session = sequence.run(COMMANDS)
        done.update(sequence.done)
        ends[session.id] = (len(session.commands), session.state.fingerprint)
        branches, at = session.branches, session.course.at.number
        session.close()
        again, _ = open_session(journal, session.id)
        assert (again.state.fingerprint, again.branches, again.course.at.number) == (ends[session.id][1], branches, at)
        assert again.state.log == session.state.log
        again.close()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [sys.executable, "-c", VERIFIES, str(quick)], capture_output=True, text=True, check=True, env=environment
    )
    told = {id: (int(count), end, wrong) for id, count, end, wrong in map(str.split, ran.stdout.splitlines())}
    assert told == {id: (count, end, "[]") for id, (count, end) in ends.items()}
    assert len(done) > len(KINDS) * 2 // 3
