"""The program as people run it: in a terminal of 80 by 24, and in a pipe."""

from __future__ import annotations

import os
import pathlib
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence

import pytest

import tabletop
from tabletop.session import Journal, Session, open_session
from tests.patience import PATIENCE

pexpect = pytest.importorskip("pexpect")

ROOT = pathlib.Path(__file__).parents[2]
COLOUR = re.compile(r"\x1b\[[0-9;]*(3[0-7]|9[0-7])[0-9;]*m")
#: Interrupts itself each time that a prompt is drawn and nothing read yet, and so that no line of Python follows.
AT_EACH_PROMPT = """
import ctypes, functools, readline, signal
from tabletop.cli import run
readline.set_pre_input_hook(functools.partial(ctypes.CDLL(None)["raise"], int(signal.SIGINT)))
run()
"""
MOVING = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "LINES")}
    paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    return {**kept, "TERM": "xterm-256color", "PYTHONPATH": paths, "PYTHONUTF8": "1", **more}


@pytest.fixture
def saves(tmp_path: pathlib.Path) -> pathlib.Path:
    return tmp_path / "saves"


class Terminal:
    """A terminal in which the program runs."""

    def __init__(
        self,
        arguments: list[str],
        first: Callable[[], object] | None = None,
        program: Sequence[str] = ("-m", "tabletop"),
        **more: str,
    ) -> None:
        self.child = pexpect.spawn(
            sys.executable,
            [*program, *arguments],
            env=environment(**more),
            dimensions=(24, 80),
            encoding="utf-8",
            timeout=PATIENCE,
            preexec_fn=first,
        )
        self.child.delaybeforesend = None
        self.seen = ""

    def waits(self, words: str) -> str:
        """What came up to some words, without the codes that move the cursor."""
        self.child.expect_exact(words)
        self.seen += self.child.before + self.child.after
        return MOVING.sub("", self.child.before + self.child.after)

    def types(self, line: str) -> None:
        self.child.sendline(line)

    def interrupts(self) -> None:
        self.child.sendintr()

    def ends(self) -> str:
        self.child.expect(pexpect.EOF)
        self.child.close()
        return MOVING.sub("", self.child.before)


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    open_now: list[Terminal] = []
    yield open_now
    for terminal in open_now:
        terminal.child.close(force=True)


def test_a_game_is_left_and_resumed_in_a_real_terminal(terminals: list[Terminal], saves: pathlib.Path) -> None:
    first = Terminal(["play", "first-summit", "--face", "terminal", "--seed", "3", "--save", str(saves)])
    terminals.append(first)
    assert "Three things to know" in first.waits("Enter goes on>")
    first.types("?")
    assert "take back your last decision" in first.waits("Enter: more")
    first.types("")
    first.waits("Enter: back")
    first.types("")
    first.waits("Enter goes on>")
    while not list(saves.glob("sessions.db")):
        # Where there is a page to read, a number turns it.
        first.types("1")
        first.waits(">")
    assert COLOUR.search(first.seen)
    first.types("quit")
    assert "tabletop resume first-summit-" in first.ends()
    again = Terminal(["resume", "--save", str(saves)])
    terminals.append(again)
    assert "The game goes on in" in again.waits("Enter goes on>")
    again.types("quit")
    assert "Saved." in again.ends()


def test_control_c_asks_and_leaves_the_game_saved(terminals: list[Terminal], saves: pathlib.Path) -> None:
    terminal = Terminal(["play", "first-summit", "--seed", "3", "--save", str(saves)], NO_COLOR="1")
    terminals.append(terminal)
    terminal.waits("Enter goes on>")
    terminal.interrupts()
    terminal.waits("(y/n) ")
    terminal.types("n")
    terminal.waits("Enter goes on>")
    terminal.interrupts()
    terminal.waits("(y/n) ")
    terminal.interrupts()
    end = terminal.ends()
    assert "tabletop resume" in end
    assert "Traceback" not in end
    assert not COLOUR.search(terminal.seen)


def test_whoever_stays_after_control_c_is_where_they_were(terminals: list[Terminal], saves: pathlib.Path) -> None:
    terminal = Terminal(["play", "first-summit", "--seed", "3", "--save", str(saves)], NO_COLOR="1")
    terminals.append(terminal)
    terminal.waits("Enter goes on>")
    terminal.interrupts()
    terminal.waits("(y/n) ")
    terminal.types("n")
    assert terminal.waits("Enter goes on>").split() == ["n", "Enter", "goes", "on>"]
    terminal.types("")
    assert "Six weeks" in terminal.waits("Enter goes on>")


def test_control_c_is_heard_where_a_script_opened_the_terminal(terminals: list[Terminal], saves: pathlib.Path) -> None:
    def ignored() -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    terminal = Terminal(["play", "first-summit", "--save", str(saves)], ignored, NO_COLOR="1")
    terminals.append(terminal)
    terminal.waits("Enter goes on>")
    terminal.interrupts()
    terminal.waits("(y/n) ")
    terminal.interrupts()
    assert "tabletop resume" in terminal.ends()


def test_control_c_is_heard_in_the_moment_a_prompt_appears(terminals: list[Terminal], saves: pathlib.Path) -> None:
    arguments = ["play", "first-summit", "--save", str(saves)]
    terminal = Terminal(arguments, program=["-c", AT_EACH_PROMPT], NO_COLOR="1")
    terminals.append(terminal)
    end = terminal.ends()
    assert "Leave the game? It is saved. (y/n)" in end
    assert "tabletop resume" in end


def test_a_kept_game_of_bots_alone_does_not_run_to_its_end_unasked(
    terminals: list[Terminal], saves: pathlib.Path
) -> None:
    session = Session(tabletop.load("first-summit"), seed=3, pack="first-summit", humans=[], journal=Journal(saves))
    next(session.run_bots())
    session.close()
    count = len(session.commands)
    for answer in ("quit", ""):
        terminal = Terminal(["resume", "--save", str(saves)], NO_COLOR="1")
        terminals.append(terminal)
        assert "--player SEAT=person" in terminal.waits("Enter: they play on to the end, `quit`: not now>")
        assert len(Journal(saves).commands(session.id)) == count
        terminal.types(answer)
        assert ("To go on where you were" in terminal.ends()) == bool(answer)
    assert Journal(saves).find(session.id).standing.finished


def test_a_piped_game_ends_politely_when_the_input_does(saves: pathlib.Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tabletop", "play", "first-summit", "--seed", "3", "--save", str(saves)],
        input="1\n1\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(),
        timeout=PATIENCE,
    )
    assert done.returncode == 0
    assert done.stderr == "There is no display: playing in the terminal.\n"
    assert "tabletop resume first-summit-" in done.stdout
    assert "\x1b" not in done.stdout
    assert max(len(line) for line in done.stdout.splitlines() if "resume" not in line) <= 80


def test_bots_alone_print_the_same_bytes_twice() -> None:
    command = [sys.executable, "-m", "tabletop", "play", "first-summit", "--auto", "--seed", "11"]
    runs = [subprocess.run(command, capture_output=True, env=environment(), timeout=PATIENCE).stdout for _ in range(2)]
    assert runs[0]
    assert runs[0] == runs[1]


def test_enter_held_and_lines_pasted_decide_no_more_than_the_first(
    terminals: list[Terminal], saves: pathlib.Path
) -> None:
    terminal = Terminal(["play", "first-summit", "--face", "terminal", "--seed", "3", "--save", str(saves)])
    terminals.append(terminal)
    while terminal.child.expect_exact(["Enter goes on>", "Corvane>"]) == 0:
        terminal.child.send("\r" * 50)  # as a keyboard does on which something lies
    terminal.child.send("\r" * 200)
    terminal.waits("Type a number or a name")
    terminal.waits("Corvane>")
    terminal.child.send("1\n2\n1\n2\n3\n1\n2\n1\n")
    assert "left out" in terminal.waits("left out: ")
    terminal.waits("Corvane>")
    terminal.types("quit")
    terminal.ends()
    journal = Journal(saves)
    (kept,) = journal.sessions()[0]
    session, _ = open_session(journal, kept.heading.id)
    assert len([one for one in session.commands if one.who == "corvane"]) == 1
    session.close()
