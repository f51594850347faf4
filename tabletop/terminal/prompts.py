"""Prompts: reading what a person types, and finding out what is meant."""

from __future__ import annotations

import contextlib
import difflib
import os
import pathlib
import shlex
import shutil
import signal
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

import attrs
from rich.console import Console

from tabletop.presentation.moves import Move
from tabletop.presentation.words import Words
from tabletop.scenario.numerals import count
from tabletop.scenario.text_sanitizing import shown, shown_lines, typed

try:  # gives input() a history and editing keys
    import readline
except ImportError:
    readline = None  # type: ignore[assignment]

#: What can be typed beside moves; what each does is said in `terminal.command_…` of the catalogue.
COMMANDS = (
    "?",
    "why",
    "advice",
    "moves",
    "board",
    "card",
    "believe",
    "log",
    "brief",
    "assumptions",
    "glossary",
    "undo",
    "redo",
    "ask",
    "hurry",
    "pieces",
    "messages",
    "save",
    "quit",
)
_ALIASES = {
    "help": "?",
    "h": "?",
    "b": "board",
    "l": "log",
    "q": "quit",
    "exit": "quit",
    "u": "undo",
    "assume": "assumptions",
}
#: Seconds after which a prompt looks whether Ctrl-C was pressed.
_WAKE = 0.2
_PASSES = ("0", "done", "pass", "nothing", "next")


class Leave(Exception):
    """The person wants to leave, or there is nothing more to read."""


@attrs.frozen
class Pick:
    """A move was named."""

    move: Move


@attrs.frozen
class Command:
    """A command of the face, with what follows it."""

    name: str
    words: str = ""


@attrs.frozen
class Unclear:
    """What was typed names nothing, or more than one thing; `message` helps on."""

    message: str


def is_interactive() -> bool:
    """Whether a person sits at the other end."""
    return sys.stdin is not None and sys.stdin.isatty()


def forget_typed() -> None:
    """Leaves nothing of what was typed for the next person to find with the arrow keys."""
    if readline is not None:
        readline.clear_history()


def as_started() -> str:
    """How to start the program again, as it was started this time."""
    started = pathlib.Path(sys.argv[0])
    if started.name == "__main__.py" and started.parent.name == "tabletop":
        python = pathlib.Path(sys.executable)
        found = shutil.which(python.name)
        return f"{python.name if found and os.path.samefile(found, python) else shlex.quote(str(python))} -m tabletop"
    if started.stem != "tabletop" or not started.exists():
        return "tabletop"
    found = shutil.which("tabletop")
    return "tabletop" if found and os.path.samefile(found, started) else shlex.quote(str(started))


def read(console: Console, words: Words, prompt: str, kept: bool = True) -> str:
    """A line from the person. Raises Leave at the end of input, or where Ctrl-C is meant; else it asks again."""
    console.file.flush()
    while True:
        try:
            line = _input(shown_lines(prompt))
            break
        except EOFError:
            console.print()
            raise Leave from None
        except UnicodeDecodeError:
            console.print(f" {words('terminal.not_text')}", markup=False, highlight=False)
        except KeyboardInterrupt:
            console.print()
            _confirm_leaving(console, words, kept)
    if not is_interactive():
        console.print(shown(line), markup=False, highlight=False)
    return typed(line)


def as_shown(said: str, most: int = 60) -> str:
    """What was typed, in a message: on one line and not too long."""
    line = typed(said)
    return line if len(line) <= most else line[: most - 1] + "…"


def _confirm_leaving(console: Console, words: Words, kept: bool) -> None:
    try:
        answer = _input(f"{words('terminal.leave' if kept else 'terminal.leave_unkept')} ")
    except (EOFError, KeyboardInterrupt):
        console.print()
        raise Leave from None
    if answer.strip().lower().startswith("y"):
        raise Leave


def _input(prompt: str) -> str:
    with _hearing():
        return input(prompt)


@contextlib.contextmanager
def _hearing() -> Iterator[None]:
    """Within it, Ctrl-C is heard at once.

    input() looks for signals only when one wakes it up. One that comes after the prompt is drawn and before it sleeps
    would wait for the next key, so it is woken now and then.
    """
    if not (is_interactive() and hasattr(signal, "setitimer")):
        yield
        return
    before = signal.signal(signal.SIGALRM, lambda *_: None)
    signal.setitimer(signal.ITIMER_REAL, _WAKE, _WAKE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class Named(Protocol):
    """What a person can name: by its label, its key or its id."""

    @property
    def key(self) -> str: ...

    @property
    def id(self) -> str: ...

    @property
    def label(self) -> str: ...


SomeMove = TypeVar("SomeMove", bound=Named)


@attrs.frozen
class Open:
    """The moves open now, which a person may name by number or words; `topics` is what can be explained, `words` are
    those of the person's language."""

    moves: tuple[Move, ...] = ()
    groups: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    words: Words = attrs.field(factory=Words)

    @property
    def listed(self) -> list[Move]:
        """The moves other than the pass."""
        return [move for move in self.moves if not move.is_pass]


def titled(move: Move) -> str:
    """Such as "3 Ask the mayor"."""
    return f"{move.number} {move.label}"


def meaning(line: str, open_now: Open) -> Pick | Command | Unclear:
    """What a line means where these moves are open; letters and digits of an input method's wide forms are the same."""
    said = _meaning(line, open_now)
    usual = " ".join(unicodedata.normalize("NFKC", line).split())
    if isinstance(said, Unclear) and usual not in ("", line):
        again = _meaning(usual, open_now)
        return said if isinstance(again, Unclear) else again
    return said


def _meaning(line: str, open_now: Open) -> Pick | Command | Unclear:
    word, _, rest = line.partition(" ")
    lower = line.lower()
    if line.endswith("?") and line != "?":
        return Command("?", line[:-1].strip())
    if line.startswith("?"):
        return Command("?", line[1:].strip())
    exact = _exactly(lower, open_now)
    if exact is not None:
        return Pick(exact)
    command = _ALIASES.get(word.lower(), word.lower())
    if command in COMMANDS:
        return Command(command, rest.strip())
    group = next((group for group in open_now.groups if group.lower() == lower), None)
    if group is not None:
        begun = any(move.label.lower().startswith(lower) for move in open_now.listed)
        return _roughly(lower, open_now) if begun else Command("moves", group)
    if lower.isdecimal():
        return Unclear(_no_such_number(lower, open_now))
    if lower.replace("_", " ") in open_now.topics and not alike(lower, open_now.listed):
        return Command("?", line)
    return _roughly(lower, open_now)


def _no_such_number(number: str, open_now: Open) -> str:
    known = sorted(move.number for move in open_now.listed)
    if not known:
        return open_now.words("terminal.no_number", number=number[:12])
    return open_now.words("terminal.no_move_number", number=number[:12], first=known[0], last=known[-1])


def alike(words: str, moves: Sequence[SomeMove]) -> list[SomeMove]:
    """The moves of which the words are the name, its beginning or a part of it; the best kind of fit only."""
    lower = words.lower()
    whole = [move for move in moves if lower in (move.label.lower(), move.key)]
    if whole or len(lower) < 3:
        return whole
    for fits in (str.startswith, str.__contains__):
        found = [move for move in moves if fits(move.label.lower(), lower)]
        if found:
            return found
    return []


def named(words: str, open_now: Open) -> Move | None:
    """The move that words stand for, if they stand for one."""
    exact = _exactly(words.lower(), open_now)
    if exact is not None:
        return exact
    rough = _roughly(words.lower(), open_now)
    return rough.move if isinstance(rough, Pick) else None


def _exactly(lower: str, open_now: Open) -> Move | None:
    if lower in _PASSES:
        passing = next((move for move in open_now.moves if move.is_pass), None)
        if passing is not None:
            return passing
    number = count(lower)
    for move in open_now.listed:
        if number == move.number or lower in (move.label.lower(), move.key):
            return move
    alike = [move for move in open_now.listed if move.id.replace("_", " ") == lower]
    return alike[0] if len(alike) == 1 else None


def _roughly(lower: str, open_now: Open) -> Pick | Unclear:
    found = alike(lower, open_now.listed)
    if len(found) == 1:
        return Pick(found[0])
    words = open_now.words
    if found:
        return Unclear(words("terminal.which_one", moves=words.listed([titled(move) for move in found[:6]], "or")))
    hint = _suggestion(lower, open_now)
    return Unclear(words("terminal.no_command", words=_shown(lower), hint=f" {hint}" if hint else ""))


def _shown(words: str) -> str:
    return f"'{words[:30]}…'" if len(words) > 30 else f"'{words}'"


def _suggestion(lower: str, open_now: Open) -> str:
    labels = {move.label.lower(): titled(move) for move in open_now.listed}
    labels.update({topic: f"`? {topic}`" for topic in open_now.topics if topic not in labels})
    labels.update({command: command for command in COMMANDS})
    labels.update({group.lower(): group for group in open_now.groups})
    short = len(lower) <= 5  # two letters that change places are two fifths of a short word
    near = difflib.get_close_matches(lower[:60], labels, n=1, cutoff=0.6 if short else 0.55)
    if not near:  # a word of a label may be what was meant
        words = {word: label for label in labels for word in label.split() if len(word) > 3}
        hits = difflib.get_close_matches(lower[:60], words, n=1, cutoff=0.7)
        near = [words[hits[0]]] if hits else []
    return open_now.words("terminal.did_you_mean", what=labels[near[0]]) if near else ""
