"""Prompts: reading what a person types, and finding out what is meant."""

from __future__ import annotations

import contextlib
import difflib
import sys
from collections.abc import Sequence

import attrs
from rich.console import Console

from tabletop.engine.program import Action

with contextlib.suppress(ImportError):  # gives input() a history and editing keys
    import readline  # noqa: F401

COMMANDS: dict[str, str] = {
    "?": "help; `? 3` explains move 3, `? tension` a meter, a seat, a term or a claim",
    "why": "`why 3` what move 3 would do; `why tension` what has moved a meter",
    "board": "where everything stands, with history",
    "card": "the last event card, with its claims and sources",
    "log": "what happened and why; `log 3` only turn 3",
    "brief": "what you want, and what only you know",
    "assumptions": "what the model takes for granted, and the case against",
    "glossary": "the terms of the trade",
    "undo": "take back your last decision, within the turn",
    "save": "where this game is kept (it is saved after every decision)",
    "quit": "leave; the game is kept",
}
_ALIASES = {"help": "?", "h": "?", "b": "board", "l": "log", "q": "quit", "exit": "quit", "u": "undo", "assume": "assumptions"}
_PASSES = ("0", "done", "pass", "nothing", "next")


class Leave(Exception):
    """The person wants to leave, or there is nothing more to read."""


@attrs.frozen
class Pick:
    """A move was named."""

    action: Action


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


def read(console: Console, prompt: str) -> str:
    """A line from the person. Raises Leave at the end of input, or where Ctrl-C is meant."""
    console.file.flush()
    try:
        line = input(prompt)
    except EOFError:
        console.print()
        raise Leave from None
    except UnicodeDecodeError:
        line = ""
    except KeyboardInterrupt:
        console.print()
        _confirm_leaving(console)
        return ""
    if not is_interactive():
        console.print(line, markup=False, highlight=False)
    return "".join(letter for letter in line if letter.isprintable()).strip()


def _confirm_leaving(console: Console) -> None:
    try:
        answer = input("Leave the game? It is saved. (y/n) ")
    except (EOFError, KeyboardInterrupt):
        console.print()
        raise Leave from None
    if answer.strip().lower().startswith("y"):
        raise Leave


def meaning(line: str, actions: Sequence[Action]) -> Pick | Command | Unclear:
    """What a line means where these moves, in the order of their numbers, are open."""
    word, _, rest = line.partition(" ")
    lower = line.lower()
    if line.endswith("?") and line != "?":
        return Command("?", line[:-1].strip())
    if line.startswith("?"):
        return Command("?", line[1:].strip())
    exact = _exactly(lower, actions)
    if exact is not None:
        return Pick(exact)
    command = _ALIASES.get(word.lower(), word.lower())
    if command in COMMANDS:
        return Command(command, rest.strip())
    if lower.isdecimal():
        return Unclear(f"There is no {lower} here; the numbers go from 1 to {sum(a.kind != 'pass' for a in actions)}.")
    return _roughly(lower, actions)


def named(words: str, actions: Sequence[Action]) -> Action | None:
    """The move that words stand for, if they stand for one."""
    found = _exactly(words.lower(), actions) or _roughly(words.lower(), actions)
    return found.action if isinstance(found, Pick) else found if isinstance(found, Action) else None


def _exactly(lower: str, actions: Sequence[Action]) -> Action | None:
    moves = [action for action in actions if action.kind != "pass"]
    if lower.isdecimal() and lower.isascii() and 0 < int(lower) <= len(moves):
        return moves[int(lower) - 1]
    if lower in _PASSES:
        passing = next((action for action in actions if action.kind == "pass"), None)
        if passing is not None:
            return passing
    return next((a for a in moves if lower in (a.label.lower(), str(a), a.id.replace("_", " "), a.id)), None)


def _roughly(lower: str, actions: Sequence[Action]) -> Pick | Unclear:
    moves = [action for action in actions if action.kind != "pass"]
    if len(lower) >= 2:
        for fits in (str.startswith, str.__contains__):
            found = [action for action in moves if fits(action.label.lower(), lower)]
            if len(found) == 1:
                return Pick(found[0])
            if found:
                options = " or ".join(f"{moves.index(action) + 1} {action.label}" for action in found[:4])
                return Unclear(f"Which one: {options}?")
    return Unclear(f"{_shown(lower)} is no move or command here.{_suggestion(lower, moves)} `?` helps.")


def _shown(words: str) -> str:
    return f"'{words[:30]}…'" if len(words) > 30 else f"'{words}'"


def _suggestion(lower: str, moves: Sequence[Action]) -> str:
    labels = {action.label.lower(): f"{number} {action.label}" for number, action in enumerate(moves, 1)}
    labels.update({command: command for command in COMMANDS})
    near = difflib.get_close_matches(lower[:60], labels, n=1, cutoff=0.55)
    if not near:  # a word of a label may be what was meant
        words = {word: label for label in labels for word in label.split() if len(word) > 3}
        hits = difflib.get_close_matches(lower[:60], words, n=1, cutoff=0.7)
        near = [words[hits[0]]] if hits else []
    return f" Did you mean {labels[near[0]]}?" if near else ""
