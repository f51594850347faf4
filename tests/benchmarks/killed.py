"""Kills a process that plays a session, at random moments, and looks whether anything acknowledged was lost.

python tests/benchmarks/killed.py --times 200
"""

from __future__ import annotations

import os
import pathlib
import random
import subprocess
import sys
import tempfile
import threading
import time

import attrs
import click

ROOT = pathlib.Path(__file__).parents[2]

#: Plays the session named on its command line, in which people, bots and a facilitator do all sorts of things, for as
#: long as it lives; of each command it prints the number and where it led, once that was acknowledged.
PLAYER = """
import random, sys, tabletop
from tabletop.session import *
place, id, scenario, seed = sys.argv[1:]
dice = random.Random(int(seed))
journal = Journal(place)
try:
    session, _ = open_session(journal, id)
except JournalError:
    noun = tabletop.load(scenario)
    session = Session(noun, seed=int(seed), pack=scenario, humans=[noun.player], journal=journal, id=id)
facilitator = Facilitator(session)
told = len(session.commands)
def tell():
    global told
    for command in session.commands[told:]:
        print(command.number, command.fingerprint, flush=True)
    told = len(session.commands)
while True:
    for _ in session.run_bots():
        tell()
    if session.state.finished:
        session.back(dice.randrange(5, 60))
    else:
        seat = session.to_act
        session.decide(seat, dice.choice(session.game.actions(session.state, seat)))
    tell()
    odds = dice.random()
    if odds < 0.1:
        facilitator.note("Something was said. " * dice.randrange(1, 90))
    elif odds < 0.15:
        session.back(dice.randrange(1, 6))
    elif odds < 0.2:
        facilitator.set(session.scenario.meters[0].id, dice.randrange(20, 80)) if not session.state.finished else None
    tell()
"""


@attrs.frozen
class Killed:
    """What a process had acknowledged when it was killed."""

    acknowledged: list[tuple[int, str]]


def killed_at(seconds: float, place: pathlib.Path, id: str, scenario: str, seed: int) -> Killed:
    """Has a process play, and kills it so many seconds after its first command was acknowledged."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    arguments = [sys.executable, "-c", PLAYER, str(place), id, scenario, str(seed)]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    with process:
        assert process.stdout is not None
        assert process.stderr is not None
        first = process.stdout.readline()
        threading.Timer(seconds, process.kill).start()
        rest, wrong = process.stdout.read(), process.stderr.read()
    if wrong or not first:
        raise AssertionError(f"the player failed: {wrong}")
    lines = [line.split() for line in (first + rest).splitlines(keepends=True) if line.endswith("\n")]
    return Killed([(int(number), fingerprint) for number, fingerprint in lines])


def check(killed: Killed, place: pathlib.Path, id: str) -> tuple[int, bool]:
    """How many commands are there; and whether one of them was not acknowledged, being just written.

    Raises AssertionError where anything that was acknowledged is missing, or does not come out as it was.
    """
    from tabletop.session import Journal
    from tabletop.session.opening import verify

    journal = Journal(place)
    checks = list(verify(journal, id))
    assert all(one.agrees for one in checks)
    kept = {one.command.number: one.command.fingerprint for one in checks}
    for number, fingerprint in killed.acknowledged:
        assert kept.get(number) == fingerprint, f"command {number} is lost"
    last = killed.acknowledged[-1][0]
    assert len(kept) in (last, last + 1)
    journal.check_throughout()
    return len(kept), len(kept) > last


@click.command()
@click.option("--times", default=200, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--sessions", default=10, show_default=True, help="Kills of one session before the next begins.")
def main(times: int, seed: int, sessions: int) -> None:
    """Kills so many processes."""
    dice, started = random.Random(seed), time.monotonic()
    acknowledged = written = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(times):
            id = f"killed-{number // sessions}"
            scenario = ("summit-2018", "first-summit")[number // sessions % 2]
            killed = killed_at(dice.uniform(0, 0.6), pathlib.Path(folder), id, scenario, seed + number)
            count, just_written = check(killed, pathlib.Path(folder), id)
            acknowledged += len(killed.acknowledged)
            written += just_written
            if number % 20 == 19:
                click.echo(f"{number + 1} killed; the session has {count} commands")
    click.echo(
        f"{times} processes killed in {time.monotonic() - started:.0f} s: {acknowledged:,} commands had been "
        f"acknowledged, 0 are lost; {written} more had just been written"
    )


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
