"""The option --language of commands that speak with people in a terminal."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from tabletop.cli.option_types import OneOf

if TYPE_CHECKING:
    from tabletop.presentation.words import Words

#: The languages of assets/words, named here so that a command line is parsed without loading any.
_LANGUAGES = ("en", "ko")

LANGUAGE = click.option(
    "--language",
    type=OneOf(_LANGUAGES),
    help="What the terminal speaks; by default what LC_ALL, LC_MESSAGES or LANG says, if that is one of these.",
)


def words_of(language: str | None) -> Words:
    """The words of the language that was chosen, or else of the terminal's own."""
    from tabletop.presentation.words import Words

    return Words(language or _of_environment())


def _of_environment() -> str:
    given = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return next((one for one in _LANGUAGES if given.lower().split("_")[0].split(".")[0] == one), "en")
