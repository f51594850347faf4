"""Benchmarks of saved games: opening one of two thousand commands, and appending a command."""

from __future__ import annotations

import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from tabletop.bench.figures import DEFAULT_SCENARIO, Bench, Line, Section
from tabletop.scenario.loading import load
from tabletop.session import Journal, Session
from tabletop.session.embedded_pack import texts_found
from tabletop.session.record import Record
from tabletop.session.save_location import default_place
from tabletop.session.session_writer import standing_of

COMMANDS = 2000
WRITTEN = 200

_OPENS = """
import sys, time
from tabletop.session import Journal, open_session
began = time.perf_counter()
session, _ = open_session(Journal(sys.argv[1]), sys.argv[2])
print(time.perf_counter() - began)
session.close()
"""


def _costs(bench: Bench) -> tuple[float, float]:
    """Milliseconds to open a game of so many commands in a new process, and the median to append one.

    The games are on the disk of the user's saved games. A short benchmark uses fewer commands.
    """
    share = min(1.0, bench.seconds)
    place = next(folder for folder in default_place().parents if folder.is_dir())
    with tempfile.TemporaryDirectory(dir=place, prefix=".tabletop-bench-") as folder:
        journal = Journal(folder)
        session = _long(max(50, round(share * COMMANDS)))
        record = Record(
            heading=session.heading,
            commands=tuple(session.commands),
            texts=texts_found(session.heading.pack, session.heading.digest),
        )
        journal.take_in(record, standing_of(session.state, session.commands[-1]))
        opened = [_seconds_to_open(pathlib.Path(folder), session.id) for _ in range(3)]
        appended = _seconds_to_append(journal, max(10, round(share * WRITTEN)))
        journal.close()
    return 1000 * min(opened), 1000 * statistics.median(appended)


def open_ms(bench: Bench, column: str) -> float:
    """Milliseconds to open a game of two thousand commands."""
    return round(bench.once("sessions", lambda: _costs(bench))[0], 1)


def append_ms(bench: Bench, column: str) -> float:
    """Median milliseconds to append a command, with its sync to disk."""
    return round(bench.once("sessions", lambda: _costs(bench))[1], 2)


SESSIONS = Section(
    "sessions",
    "Games that are kept",
    {"": ""},
    (
        Line("open_session_ms", "ms to open a game of 2,000 commands in a process of its own", open_ms),
        Line("append_command_ms", "ms to write a command down, with its sync, at the median", append_ms),
    ),
)


def _long(commands: int) -> Session:
    """A game between bots, undone and continued until it has so many commands."""
    session = Session(load(DEFAULT_SCENARIO), seed=7, players={"all": "random"})
    number = 0
    while len(session.commands) < commands:
        for _ in session.run_bots():
            if len(session.commands) >= commands:
                return session
        number += 1
        session.back(150)
        seat = session.state.acting[0]
        actions = session.game.actions(session.state, seat)
        session.decide(seat, actions[number % len(actions)])
    return session


def _seconds_to_open(place: pathlib.Path, id: str) -> float:
    opens = [sys.executable, "-c", _OPENS, str(place), id]
    return float(subprocess.run(opens, capture_output=True, text=True, check=True).stdout)


def _seconds_to_append(journal: Journal, written: int) -> list[float]:
    times: list[float] = []
    session = Session(load(DEFAULT_SCENARIO), seed=8, players={"all": "random"})
    journal.begin(session.heading, texts_found(session.heading.pack, session.heading.digest))
    for _ in zip(range(written), session.run_bots(), strict=False):
        command = session.commands[-1]
        began = time.perf_counter()
        journal.append(session.id, [command], standing_of(session.state, command))
        times.append(time.perf_counter() - began)
    return times
