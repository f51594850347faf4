"""A workshop run from the facilitator's console, by somebody who types in a real terminal."""

from __future__ import annotations

import os
import pathlib
import re
import signal
import sys
from collections.abc import Iterator

import pytest

import tabletop
from tabletop.scenario.injects import read_schedule, schedules_of
from tabletop.scenario.library import locate
from tabletop.session import Journal, open_session
from tabletop.session.notes import notes
from tabletop.session.schedule import offers
from tests.patience import PATIENCE

pexpect = pytest.importorskip("pexpect")

ROOT = pathlib.Path(__file__).parents[2]
CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07|\x1b[()=>][A-Z0-9]?|\r")


class ConsoleInTerminal:
    """A terminal in which a facilitator sits at the console."""

    def __init__(self, arguments: list[str], rows: int = 200) -> None:
        kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "LINES")}
        paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
        # No terminal is there to say where its cursor is.
        more = {"TERM": "xterm-256color", "PYTHONPATH": paths, "PYTHONUTF8": "1", "PROMPT_TOOLKIT_NO_CPR": "1"}
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "tabletop", "facilitate", *arguments],
            env={**kept, **more},
            dimensions=(rows, 100),
            encoding="utf-8",
            timeout=PATIENCE,
        )
        self.child.delaybeforesend = None
        self.raw = ""
        self._marks = 0

    def waits(self, words: str) -> str:
        """What came up to some words, in plain text."""
        self.child.expect_exact(words)
        self.raw += self.child.before + self.child.after
        return CODES.sub("", self.child.before + self.child.after)

    def types(self, line: str) -> None:
        self.child.send(line + "\r")

    def does(self, line: str) -> str:
        """All that came of a line: up to where the next one, which names nothing, is refused."""
        self._marks += 1
        self.types(line)
        self.types(f"zz{self._marks}")
        return self.waits(f"There is no word 'zz{self._marks}'")

    def dies(self) -> None:
        os.kill(self.child.pid, signal.SIGKILL)
        self.child.close(force=True)

    def leaves(self) -> str:
        self.types("quit")
        self.child.expect(pexpect.EOF)
        self.child.close()
        return CODES.sub("", self.child.before)


@pytest.fixture
def consoles() -> Iterator[list[ConsoleInTerminal]]:
    open_now: list[ConsoleInTerminal] = []
    yield open_now
    for one in open_now:
        one.child.close(force=True)


def clock_of(said: str) -> str:
    found = re.search(r"The clock stands at ([\d:]+)", said) or re.search(r"Clock: ([\d:]+) ", said)
    assert found, said
    return found[1]


def taken(console: ConsoleInTerminal, said: str) -> set[str]:
    """Takes up whatever the console has offered, and answers what it asks."""
    due = set(re.findall(r"Due now: `take (\w+)`", said))
    for inject in sorted(due):
        said = console.does(f"take {inject}")
        while "waits for an answer" in said:
            said = console.does("decide 1")
    return due


def test_a_workshop_is_run_from_its_schedule(consoles: list[ConsoleInTerminal], tmp_path: pathlib.Path) -> None:
    saves = tmp_path / "saves"
    people = [word for seat in ("washington", "seoul") for word in ("--seat", seat)]
    arguments = ["--new", *people, "--seed", "7", "--schedule", "workshop", "--save", str(saves)]
    console = ConsoleInTerminal(arguments)
    consoles.append(console)
    said = console.does("status")
    assert "Players look at another screen" in said
    assert "16 injects, offered when they are due" in said
    schedule, _ = read_schedule(schedules_of(locate("summit-2018"))[0], tabletop.load("summit-2018"))
    planned = {one.id for one in schedule.injects}
    assert len(planned) >= 10

    # A round as the room plays it: the card, a note, everybody's choice, and what came of it.
    console.does("decide 1 because the room voted four to two")
    done = taken(console, said)
    assert "tagged turning point" in console.does("note Tokyo would not be hurried. #turning-point")
    assert "has chosen" in console.does("run")
    assert "On the branch patience" in console.does("branch patience")
    said = console.does('decide washington ask for evidence first, consult tokyo "allies first"; seoul pass\r')
    assert "Consult Tokyo" in said
    assert "An ally that has been heard" in said

    # Chance is overruled with a reason, and not without one.
    falls = console.does("chances")
    other = re.search(r"(\d+) Evidence asked for: .*could be \d+ (\w+) \d+%", falls)
    assert other, falls
    assert "you must say why" in refused(console, f"overrule {other[1]} {other[2]}")
    ruled = console.does(f"overrule {other[1]} {other[2]} because it was so in 2018")
    assert "The facilitator overrules the model" in ruled
    console.does("rename as it was")
    console.does("switch main")
    compared = console.does("compare as it was")
    assert "What differs" in compared
    assert "parted at" in compared
    assert "On the branch as it was" in console.does("switch as it was")

    # The clock stands over a pause, and over the death of the laptop.
    assert "left of 8 minutes" in console.does("clock 8m")
    stood = clock_of(console.does("pause because coffee"))
    assert "Not now: the facilitator has paused the game" in console.does("decide washington 1")
    console.dies()
    console = ConsoleInTerminal(["--save", str(saves)])
    consoles.append(console)
    said = console.does("status")
    assert "Paused" in said
    assert clock_of(said) == stood
    assert f"goes on from {stood}" in console.does("continue")
    console.does("clock off")

    # A seat goes to a team and back to its bot.
    assert "Tokyo is now played by a person" in console.does("hand tokyo to person")
    assert "Undone" in console.does("undo")
    assert "Done again" in console.does("redo")
    assert "played by the bot watchful" in console.does("hand tokyo to watchful")

    # The spring goes by, and with it all that was prepared.
    while not {"half_time", "kim_by_the_sea"} <= done:
        said = console.does("skip")
        if "A card waits for an answer" in said:
            said = console.does("decide 1")
        done |= taken(console, said)
        assert "Week 14" not in said
    for inject in sorted(planned - done):
        assert "Set aside" in console.does(f"aside {inject}")
    listed = console.does("schedule")
    assert "DUE" not in listed
    assert len(done) >= 10
    assert "To go on:" in console.leaves()

    session, _ = open_session(Journal(saves), watch=True)
    assert {offer.inject.id: offer.standing for offer in offers(session)} == {
        inject: "done" if inject in done else "aside" for inject in planned
    }
    assert [note.tags for note in notes(session, "note")] == [("turning point",)]
    assert [command.why for command in session.commands if command.kind == "overrule"] == ["it was so in 2018"]
    assert "the room voted four to two" in [command.why for command in session.commands]


def refused(console: ConsoleInTerminal, line: str) -> str:
    """What comes of an order for which a reason is asked, and none given."""
    console.types(line)
    console.waits("Why? It is kept beside the model's own result, and players read it>")
    return console.does("")


def test_the_clock_rings_while_somebody_types_and_takes_nothing_from_the_line(
    consoles: list[ConsoleInTerminal], tmp_path: pathlib.Path
) -> None:
    console = ConsoleInTerminal(["--new", "first-summit", "--seed", "3", "--save", str(tmp_path / "saves")], rows=24)
    consoles.append(console)
    console.does("clock 3s warn 2")
    console.child.send("note Half a sen")
    console.waits("\x07")
    console.waits("2 seconds left.")
    console.waits("Time is up.")
    console.child.send("tence.\r")
    console.waits("Noted")
    assert "Half a sentence." in console.does("notes")


def test_control_c_loses_neither_the_line_nor_the_game(
    consoles: list[ConsoleInTerminal], tmp_path: pathlib.Path
) -> None:
    saves = tmp_path / "saves"
    console = ConsoleInTerminal(["--new", "first-summit", "--seed", "3", "--save", str(saves)], rows=24)
    consoles.append(console)
    console.does("note One.")
    console.waits("facilitator>")
    console.child.send("note Two.")
    console.waits("Two.")
    console.child.sendintr()
    console.waits("The up arrow brings the line back.")
    console.child.send("\x1b[A\r")
    console.waits("Noted")
    console.waits("facilitator>")
    console.child.sendintr()
    console.waits("Leave the console?")
    console.types("y")
    console.child.expect(pexpect.EOF)
    session, _ = open_session(Journal(saves), watch=True)
    assert [note.text for note in notes(session)] == ["One.", "Two."]


def test_tab_completes_at_the_prompt(consoles: list[ConsoleInTerminal], tmp_path: pathlib.Path) -> None:
    console = ConsoleInTerminal(["--new", "first-summit", "--seed", "3", "--save", str(tmp_path / "saves")], rows=24)
    consoles.append(console)
    console.does("status")
    console.waits("facilitator>")
    console.child.send("inj\t")
    console.waits("ect")
    console.child.send("river\t")
    console.waits("river_is_low")
    console.child.send("\r")
    console.waits("The facilitator brings in a card: The River Is Low")
