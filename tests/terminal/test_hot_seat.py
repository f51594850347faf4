"""Several people at one keyboard, in a game that a facilitator has had a hand in."""

from __future__ import annotations

import io
import os
import pathlib
import sys
from collections.abc import Callable

import pytest
from rich.console import Console

import tabletop
from tabletop.session import Facilitator, Journal, Session, open_session
from tabletop.terminal import play as face
from tests.patience import PATIENCE

Resumed = Callable[..., str]
Prepare = Callable[[Session, Facilitator], object]


@pytest.fixture
def saves(tmp_path: pathlib.Path) -> pathlib.Path:
    return tmp_path / "saves"


@pytest.fixture
def resumed(summit: tabletop.Scenario, saves: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Resumed:
    """What people read who come to a game that somebody has prepared, as they type these lines."""

    def run(prepare: Prepare, *lines: str, humans: tuple[str, ...] = ("washington", "tokyo")) -> str:
        session = Session(summit, seed=7, pack="summit-2018", humans=humans, journal=Journal(saves))
        session.begin_keeping()
        prepare(session, Facilitator(session))
        session.close()
        again, notes = open_session(Journal(saves), session.id)
        out = io.StringIO()
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        face.play(again, Console(file=out, width=80), notes)
        again.close()
        return out.getvalue()

    return run


def part_of(screen: str, seat: str, until: str = "Now ") -> str:
    """What was shown while a seat had the keyboard."""
    return screen.split(f"Now {seat}", 1)[1].split(until, 1)[0]


def in_planning(session: Session, facilitator: Facilitator) -> None:
    session.decide("washington", "ask_about_weapons")


def test_a_private_message_is_read_by_its_seat_alone(resumed: Resumed) -> None:
    def prepare(session: Session, facilitator: Facilitator) -> None:
        in_planning(session, facilitator)
        facilitator.message(["tokyo"], "Your ambassador waits.")
        facilitator.note("The break is at ten.", shown=True)
        facilitator.note("They are tired.")

    screen = resumed(prepare, "0", "messages")
    washington, tokyo = part_of(screen, "Washington"), part_of(screen, "Tokyo")
    assert "ambassador" not in washington
    assert "For Tokyo only: Your ambassador waits." in tokyo
    assert "To everybody: The break is at ten." in washington
    assert "They are tired." not in screen


def test_rulings_are_told_with_their_reason(resumed: Resumed) -> None:
    def prepare(session: Session, facilitator: Facilitator) -> None:
        in_planning(session, facilitator)
        facilitator.set("tension", 60, "shots were heard")
        facilitator.extend("more talk was wanted")
        facilitator.set("intention", "ready", "to see what comes of it")

    told = part_of(resumed(prepare), "Washington")
    assert "From the facilitator" in told
    assert "▲ Tension    +18 (42 → 60)   Shots were heard.  [The facilitator]" in told
    assert "The facilitator adds a round to the phase Planning. More talk was wanted." in told
    assert "to see what comes of it" not in told.lower()
    assert "ready" not in told.lower().split("now washington")[0].split("from the facilitator")[1].split("────")[0]


def test_a_quiet_card_is_told_as_if_it_had_been_dealt(resumed: Resumed) -> None:
    def prepare(session: Session, facilitator: Facilitator) -> None:
        in_planning(session, facilitator)
        facilitator.inject("walk_by_the_sea", "nobody asked Beijing", shown=False)

    told = part_of(resumed(prepare), "Washington")
    assert "A Walk in Dalian" in told
    assert "facilitator" not in told.lower()


def test_a_paused_game_says_so_and_waits(resumed: Resumed) -> None:
    def prepare(session: Session, facilitator: Facilitator) -> None:
        in_planning(session, facilitator)
        facilitator.pause("coffee")

    screen = resumed(prepare, "consult tokyo")
    assert "THE GAME IS PAUSED" in screen
    assert "Coffee." in screen
    assert "Now Washington" not in screen
    screen = resumed(prepare, "continue", "consult tokyo")
    assert "Face down, not yet revealed: Consult Tokyo" in screen


def test_a_decision_that_was_taken_back_is_made_again_as_it_was(resumed: Resumed, saves: pathlib.Path) -> None:
    screen = resumed(in_planning, "consult tokyo", "undo", "redo", "redo", humans=("washington",))
    assert "Taken back: your last decision." in screen
    assert "Decided again as before." in screen
    assert "There is nothing to redo" in screen
    session, _ = open_session(Journal(saves), watch=True)
    assert session.decisions[-1] == ("washington", "consult(partner=tokyo)")
    assert len(session.branches) == 1


def test_a_redo_is_over_once_something_else_is_decided(resumed: Resumed, saves: pathlib.Path) -> None:
    screen = resumed(in_planning, "consult tokyo", "undo", "consult seoul", "undo", "redo", humans=("washington",))
    assert "Decided again as before." in screen
    session, _ = open_session(Journal(saves), watch=True)
    assert session.decisions[-1] == ("washington", "consult(partner=seoul)")


def test_who_takes_a_seat_in_the_middle_is_told_its_part_and_plays_on(resumed: Resumed, saves: pathlib.Path) -> None:
    def prepare(session: Session, facilitator: Facilitator) -> None:
        in_planning(session, facilitator)
        for move in ("consult(partner=seoul)", "consult(partner=tokyo)"):
            session.decide("washington", move)
        for _ in session.run_bots():
            pass
        session.decide("washington", "hold_off")
        for _ in session.run_bots():
            pass
        facilitator.hand("beijing", "", "they have come after all")
        while session.to_act == "washington" and session.state.phase != "planning":
            session.decide("washington", session.game.actions(session.state, "washington")[0])
        session.decide("washington", "pass")
        for _ in session.run_bots():
            pass

    screen = resumed(prepare, "0", humans=("washington",))
    beijing = part_of(screen, "Beijing", until="You are Washington")
    assert "A neighbour and a rival have agreed to meet" in beijing
    assert "For Beijing only" in beijing
    assert "The game is in Week 2" in beijing
    session, _ = open_session(Journal(saves), watch=True)
    assert ("beijing", "pass") in session.decisions


def test_a_seat_that_goes_back_to_its_bot_is_asked_no_more(resumed: Resumed) -> None:
    def prepare(session: Session, facilitator: Facilitator) -> None:
        in_planning(session, facilitator)
        facilitator.hand("tokyo", "watchful")

    screen = resumed(prepare, "0")
    assert "Now Tokyo" not in screen
    assert "The calendar" in screen


def test_nothing_of_one_seat_is_left_for_the_next(saves: pathlib.Path) -> None:
    pexpect = pytest.importorskip("pexpect")
    root = pathlib.Path(__file__).parents[2]
    arguments = ["play", "summit-2018", "--seat", "pyongyang", "--seat", "tokyo", "--player", "washington=press"]
    child = pexpect.spawn(
        sys.executable,
        ["-m", "tabletop", *arguments, "--seed", "7", "--save", str(saves)],
        env={**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(root), "PYTHONUTF8": "1", "NO_COLOR": "1"},
        dimensions=(60, 80),
        encoding="utf-8",
        timeout=PATIENCE,
    )
    shown = ""
    try:
        while "Type Tokyo" not in shown and "Type Pyongyang" not in shown:
            child.expect_exact("> ")
            shown += child.before + child.after
            child.sendline("")
        first, second = ("Tokyo", "Pyongyang") if "Type Tokyo" in shown else ("Pyongyang", "Tokyo")
        for passes_by_chance in ("0", second):  # neither Enter nor anything else uncovers the seat, but its name
            child.expect_exact(f"Type {first}, or the beginning of it, and Enter> ")
            child.sendline(passes_by_chance)
        child.expect_exact(f"Type {first}, or the beginning of it, and Enter> ")
        child.sendline(first[:1].lower())
        while f"For {first} only" not in shown:
            child.expect_exact("> ")
            shown += child.before + child.after
            child.sendline("")
        while f"Type {second}" not in shown:
            child.sendline("0")
            child.expect_exact("> ")
            shown += child.before + child.after
        # The screen and all above it is wiped before the next person is called.
        wiped = shown.rindex("\x1b[3J")
        assert shown.rindex(f"For {first} only") < wiped < shown.rindex(f"Now {second} decides")
        assert "\x1b[2J" in shown[:wiped]
    finally:
        child.close(force=True)
