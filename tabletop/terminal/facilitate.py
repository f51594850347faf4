"""Facilitate: the console from which a facilitator runs a session, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rich.console import Console

from tabletop.analysis.interrupts import Interrupts
from tabletop.players import PlayerFailed, UnknownPlayer
from tabletop.presentation.error_words import bare_words, error_words, sentence
from tabletop.presentation.words import Words
from tabletop.scenario.problems import PackError, quoted
from tabletop.session import IllegalAction, JournalError, NotKept, RulingRefused, Session, UnknownAssumption
from tabletop.session.public_screen import reveal
from tabletop.session.save_location import as_option
from tabletop.session.session import CannotGo
from tabletop.terminal.command_lines import CommandError, pick, read_order
from tabletop.terminal.console import FacilitatorConsole
from tabletop.terminal.controls import controls
from tabletop.terminal.controls.planning import due_rows
from tabletop.terminal.keyboard import Cancelled, Fit
from tabletop.terminal.prompts import Leave, as_started
from tabletop.terminal.refusals import refused_words
from tabletop.terminal.screen import Screen
from tabletop.terminal.status import welcome

_REFUSALS = (RulingRefused, CannotGo, UnknownPlayer, UnknownAssumption, PlayerFailed)

#: Words that say themselves on which branch the game is.
_SAY_OF_BRANCHES = ("branch", "branches", "rename", "overrule")


def facilitate(
    session: Session,
    terminal: Console,
    notes: list[str] | None = None,
    name: str = "facilitator",
    schedule: str | None = None,
    words: Words | None = None,
) -> None:
    """Runs a session from a terminal until the facilitator leaves; `notes` are said first, a `schedule` is taken up.

    From a pipe every line is an order, and nothing is asked that can be left out. Raises NotKept there for an order
    that cannot be kept.
    """
    screen = Screen(terminal, words)
    session.language = screen.words.language
    console = FacilitatorConsole(session, screen, controls(), name)
    try:
        with Interrupts() as between:
            _open(console, notes or [])
            if schedule is not None:
                do(console, f"schedule load {schedule}")
            while True:
                between.asked = False  # what is pressed between two lines stops nothing
                _turn(console)
    except Leave:
        pass
    finally:
        _close(console)


def _open(console: FacilitatorConsole, notes: list[str]) -> None:
    session = console.session
    new = session.was_kept is None
    try:
        session.begin_keeping()
    except JournalError as error:
        session.play_on_unkept(error.told)
    for note in notes:
        console.say(note)
    console.screen.write(welcome(console.scene, console.clock, _place(session)))
    if new or console.clock.setting is None:
        console.clock.start()


def _place(session: Session) -> str:
    return "" if session.was_kept is None else as_option(session.was_kept)


def _close(console: FacilitatorConsole) -> None:
    session = console.session
    if console.clock.setting is not None:
        console.clock.stop()
    if session.journal is None:
        key = "console.unkept_any_more" if session.was_kept else "console.unkept"
        console.screen.say(f"\n{console.words(key, why=bare_words(console.words, session.warning))}")
    if session.was_kept:
        kept = console.words("console.kept" if session.is_kept else "console.kept_before")
        console.screen.say(f"\n{kept}  {as_started()} facilitate {session.id}{_place(session)}")


def _turn(console: FacilitatorConsole) -> None:
    """One line: what has become due, the prompt, and what is asked for."""
    console.screen.write(due_rows(console, console.newly_due()))
    news = console.session.copy_news()
    if news:
        console.say(sentence(news), "yellow")
    if console.typed_ahead:
        line, console.typed_ahead = console.typed_ahead, ""
        do(console, line)
        return
    try:
        line = console.keys.read(f" {console.words('console.prompt')} ", fits=lambda typed: fitting(console, typed))
    except Cancelled as cancelled:
        _leaving(console, cancelled.typed)
        return
    if line.strip():
        do(console, line)
    elif console.keys.interactive and reveal(console.session).held:
        do(console, "next")


def _leaving(console: FacilitatorConsole, typed: str) -> None:
    """Ctrl-C at the prompt: what was typed stays at hand, and an empty line means to leave."""
    if typed.strip():
        console.tell("console.not_done", "dim")
        return
    try:
        if console.sure(console.words("console.leave")):
            raise Leave
    except Cancelled:
        raise Leave from None


def do(console: FacilitatorConsole, line: str) -> None:
    """Does what a line says, or says why not. Raises Leave."""
    order = read_order(line)
    try:
        control = console.controls[_word(console, order.word)]
    except CommandError as puzzle:
        console.refuse(puzzle)
        return
    if control.word == "quit":
        control.run(console, order)
    misfit = control.misfit(order)
    if misfit:
        console.tell("console.misfit", "yellow", what=misfit.worded(console.words), word=control.word)
        return
    known, old = {branch.name for branch in console.session.branches}, console.session.course.branch
    _kept(console, lambda: _done(console, lambda: control.run(console, order)))
    if control.word not in _SAY_OF_BRANCHES:
        _say_of_branch(console, known, old)


def _say_of_branch(console: FacilitatorConsole, known: set[str], old: str) -> None:
    """Going back and deciding otherwise begins a branch: that is said, and how to get back to what was."""
    here = console.session.course.branch
    if here not in known:
        console.tell("console.new_branch", "bold", here=here, old=old)


def _word(console: FacilitatorConsole, word: str) -> str:
    words = dict.fromkeys(console.controls, ())
    try:
        return word if word in words else pick(word, words, "word")
    except CommandError as puzzle:
        what = CommandError("console.no_such", noun="word", words=quoted(word))
        raise CommandError(
            "console.help_lists", what=what if puzzle.key == "console.no_such_known" else puzzle
        ) from None


def _done(console: FacilitatorConsole, run: Callable[[], None]) -> None:
    with Interrupts() as console.stop:
        try:
            run()
        except Cancelled:
            console.tell("console.left_as_was")
        except IllegalAction as refusal:
            key = "console.not_now_paused" if console.session.paused else "console.not_now"
            console.tell(key, "yellow", why=refused_words(console.session, console.words, refusal))
        except CommandError as puzzle:
            console.refuse(puzzle)
        except PackError as error:
            for problem in error.problems:
                console.say(str(problem), "yellow")
        except _REFUSALS as refusal:
            scene = console.scene
            console.say(error_words(scene.words, refusal, scene.names), "yellow")
        except KeyboardInterrupt:
            console.tell("console.stopped")


def _kept(console: FacilitatorConsole, run: Callable[[], None]) -> None:
    """Does something, and asks what to do where it cannot be written down."""
    while True:
        try:
            run()
            return
        except NotKept as error:
            console.tell("console.not_happened", "bold yellow", why=error_words(console.words, error))
            if not console.keys.interactive:
                raise
            answer = console.ask(f" {console.words('console.put_right')} ")
            if answer.lower().startswith("n"):
                return
            if answer.lower().startswith("o"):
                console.session.play_on_unkept(error.told)
        except JournalError as error:
            console.say(error_words(console.words, error), "bold yellow")
            return


def fitting(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    """What a line may go on with: words at first, then what the word goes with."""
    word, gap, rest = typed.lstrip().partition(" ")
    if not gap:
        for control in dict.fromkeys(console.controls.values()):
            if control.word.startswith(word.lower()):
                yield f"{control.word} " if control.usage else control.word, control.does(console.words)
    elif word.lower() in console.controls:
        for line, about in console.controls[word.lower()].fits(console, rest):
            yield f"{word} {line}", about
