"""Attempts: what may be refused, by the rules, by the journal or by the checks, and how the player is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tabletop.players import PlayerFailed, UnknownPlayer
from tabletop.presentation.error_words import error_words, sentence
from tabletop.presentation.words import Words
from tabletop.scenario.problems import PackError
from tabletop.session import IllegalAction, JournalError, RulingRefused
from tabletop.session.session import CannotGo
from tabletop.window.dialogs import Answer, Ask

if TYPE_CHECKING:
    from tabletop.presentation.names import Names
    from tabletop.window.app import App

REFUSALS = (RulingRefused, IllegalAction, UnknownPlayer, PlayerFailed, PackError, JournalError, CannotGo, OSError)


def refusal(do: Callable[[], object], words: Words | None = None, names: Names | None = None) -> str:
    """Does something. "" if it is done, else why not, in a sentence; with `names`, seats are called by theirs."""
    try:
        do()
    except PackError as error:
        return " ".join(sentence(f"{problem.message}{_hint(problem.suggestion)}") for problem in error.problems)
    except REFUSALS as error:
        return error_words(words or Words(), error, names)
    return ""


def attempt(app: App, do: Callable[[], object]) -> bool:
    """Does something; False, with the reason on a sheet of its own, if it was refused."""
    said = app.words
    why = refusal(do, said)
    if why:
        app.sounds.play("refused")
        app.push(
            Ask(app, said("attempts.title"), why, [Answer("understood", said("attempts.understood"), "u", kind="main")])
        )
    return not why


def _hint(suggestion: str) -> str:
    return f" (did you mean '{suggestion}'?)" if suggestion else ""
