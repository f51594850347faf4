"""Facilitate: the console from which a facilitator runs a session, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rich.console import Console

from tabletop.analysis.interrupts import Interrupts
from tabletop.engine.adjudication import RulingRefused
from tabletop.engine.game import IllegalAction, UnknownAssumption
from tabletop.players import PlayerFailed, UnknownPlayer
from tabletop.scenario.problems import PackError
from tabletop.session import JournalError, NotKept, Session
from tabletop.session.place import as_option
from tabletop.session.public_screen import reveal
from tabletop.session.session import CannotGo
from tabletop.terminal.chair import Chair
from tabletop.terminal.controls import controls
from tabletop.terminal.controls.planning import due_rows
from tabletop.terminal.keyboard import Cancelled, Fit
from tabletop.terminal.orders import Puzzled, pick, read_order
from tabletop.terminal.prompts import Leave, as_started
from tabletop.terminal.screen import Screen
from tabletop.terminal.status import welcome

_REFUSALS = (Puzzled, RulingRefused, CannotGo, UnknownPlayer, UnknownAssumption, PlayerFailed)

#: Words that say themselves on which branch the game is.
_SAY_OF_BRANCHES = ("branch", "branches", "rename", "overrule")


def facilitate(
    session: Session,
    console: Console,
    notes: list[str] | None = None,
    name: str = "facilitator",
    schedule: str | None = None,
) -> None:
    """Runs a session from a terminal until the facilitator leaves; `notes` are said first, a `schedule` is taken up.

    From a pipe every line is an order, and nothing is asked that can be left out. Raises NotKept there for an order
    that cannot be kept.
    """
    screen = Screen(console)
    chair = Chair(session, screen, controls(), name)
    try:
        with Interrupts() as between:
            _open(chair, notes or [])
            if schedule is not None:
                do(chair, f"schedule load {schedule}")
            while True:
                between.asked = False  # what is pressed between two lines stops nothing
                _turn(chair)
    except Leave:
        pass
    finally:
        _close(chair)


def _open(chair: Chair, notes: list[str]) -> None:
    session = chair.session
    new = session.was_kept is None
    try:
        session.begin_keeping()
    except JournalError as error:
        session.play_on_unkept(str(error))
    for note in notes:
        chair.say(note)
    chair.screen.write(welcome(chair.scene, chair.clock, _place(session)))
    if new or chair.clock.setting is None:
        chair.clock.start()


def _place(session: Session) -> str:
    return "" if session.was_kept is None else as_option(session.was_kept)


def _close(chair: Chair) -> None:
    session = chair.session
    if chair.clock.setting is not None:
        chair.clock.stop()
    if session.journal is None:
        chair.screen.say(f"\nThis game is not kept{' any more' if session.was_kept else ''}: {session.warning}.")
    if session.was_kept:
        kept = "Kept." if session.is_kept else "What was done before that is kept."
        chair.screen.say(f"\n{kept} To go on:  {as_started()} facilitate {session.id}{_place(session)}")


def _turn(chair: Chair) -> None:
    """One line: what has become due, the prompt, and what is asked for."""
    chair.screen.write(due_rows(chair, chair.newly_due()))
    news = chair.session.copy_news()
    if news:
        chair.say(f"{news[:1].upper()}{news[1:]}.", "yellow")
    if chair.typed_ahead:
        line, chair.typed_ahead = chair.typed_ahead, ""
        do(chair, line)
        return
    try:
        line = chair.keys.read(" facilitator> ", fits=lambda typed: fitting(chair, typed))
    except Cancelled as cancelled:
        _leaving(chair, cancelled.typed)
        return
    if line.strip():
        do(chair, line)
    elif chair.keys.interactive and reveal(chair.session).held:
        do(chair, "next")


def _leaving(chair: Chair, typed: str) -> None:
    """Ctrl-C at the prompt: what was typed stays at hand, and an empty line means to leave."""
    if typed.strip():
        chair.say("Not done. The up arrow brings the line back.", "dim")
        return
    try:
        if chair.sure("Leave the console? The game is kept."):
            raise Leave
    except Cancelled:
        raise Leave from None


def do(chair: Chair, line: str) -> None:
    """Does what a line says, or says why not. Raises Leave."""
    order = read_order(line)
    try:
        control = chair.controls[_word(chair, order.word)]
    except Puzzled as puzzle:
        chair.say(str(puzzle), "yellow")
        return
    if control.word == "quit":
        control.run(chair, order)
    misfit = control.misfit(order)
    if misfit:
        chair.say(f"{misfit} Nothing was done. `help {control.word}` says how it is used.", "yellow")
        return
    known, old = {branch.name for branch in chair.session.branches}, chair.session.course.branch
    _kept(chair, lambda: _done(chair, lambda: control.run(chair, order)))
    if control.word not in _SAY_OF_BRANCHES:
        _say_of_branch(chair, known, old)


def _say_of_branch(chair: Chair, known: set[str], old: str) -> None:
    """Going back and deciding otherwise begins a branch: that is said, and how to get back to what was."""
    here = chair.session.course.branch
    if here not in known:
        chair.say(
            f"This is another course of the game, on a branch of its own: {here} (`rename …` gives it a better name). "
            f"What had been decided before is kept on {old}: `switch {old}` goes back there.",
            "bold",
        )


def _word(chair: Chair, word: str) -> str:
    words = dict.fromkeys(chair.controls, ())
    try:
        return word if word in words else pick(word, words, "word")
    except Puzzled as puzzle:
        raise Puzzled(f"{str(puzzle).split(' There are')[0]} `help` lists what you can do.") from None


def _done(chair: Chair, run: Callable[[], None]) -> None:
    with Interrupts() as chair.stop:
        try:
            run()
        except Cancelled:
            chair.say("Left as it was.")
        except IllegalAction as refusal:
            then = " `continue` goes on." if chair.session.paused else ""
            chair.say(f"Not now: {refusal.reason}.{then}", "yellow")
        except PackError as error:
            for problem in error.problems:
                chair.say(str(problem), "yellow")
        except _REFUSALS as refusal:
            words = str(refusal)
            chair.say(f"{words[:1].upper()}{words[1:]}{'' if words.endswith(('.', '?', '!')) else '.'}", "yellow")
        except KeyboardInterrupt:
            chair.say("Stopped. What was done until then is kept.")


def _kept(chair: Chair, run: Callable[[], None]) -> None:
    """Does something, and asks what to do where it cannot be written down."""
    while True:
        try:
            run()
            return
        except NotKept as error:
            words = str(error)
            chair.say(f"{words[:1].upper()}{words[1:]}. This has not happened; all before it is safe.", "bold yellow")
            if not chair.keys.interactive:
                raise
            answer = chair.ask(" Put it right and press Enter to try again, `on` to go on unkept, `no` to leave it> ")
            if answer.lower().startswith("n"):
                return
            if answer.lower().startswith("o"):
                chair.session.play_on_unkept(words)
        except JournalError as error:
            chair.say(f"{error}.", "bold yellow")
            return


def fitting(chair: Chair, typed: str) -> Iterator[Fit]:
    """What a line may go on with: words at first, then what the word goes with."""
    word, gap, rest = typed.lstrip().partition(" ")
    if not gap:
        for control in dict.fromkeys(chair.controls.values()):
            if control.word.startswith(word.lower()):
                yield f"{control.word} " if control.usage else control.word, control.does
    elif word.lower() in chair.controls:
        for line, about in chair.controls[word.lower()].fits(chair, rest):
            yield f"{word} {line}", about
