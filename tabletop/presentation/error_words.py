"""What could not be done, in words for the people at the table: rulings, steps and branches, and moves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from tabletop.engine.game import IllegalAction
from tabletop.presentation.names import Names
from tabletop.presentation.refusal_words import refusal_words
from tabletop.presentation.words import Words


@runtime_checkable
class TypedError(Protocol):
    """An error, or another refusal, that says by a `kind`, such as "card-first", what was wrong, and by `places` of
    what."""

    @property
    def kind(self) -> str: ...

    @property
    def places(self) -> Mapping[str, object]: ...


def error_words(words: Words, error: Exception | TypedError | str, names: Names | None = None) -> str:
    """Why something could not be done, as a sentence; with `names`, seats are called by theirs.

    An error without a kind says it in its own words.
    """
    return sentence(bare_words(words, error, names))


def bare_words(words: Words, error: Exception | TypedError | str, names: Names | None = None) -> str:
    """The same as a part of a sentence: it need have no capital, and has no stop."""
    if isinstance(error, IllegalAction) and names is not None:
        why = refusal_words(names, words, error.reason)
        return words("errors.illegal", seat=names.seat(error.seat), why=why) if error.seat else why
    if isinstance(error, TypedError) and error.kind:
        places = {name: _place(words, names, name, value) for name, value in error.places.items()}
        kind = error.kind.replace("-", "_")
        return words(f"errors.{kind}", **places).rstrip(".")
    return str(error)


def reason_words(words: Words, reason: str, error: Exception | None, names: Names | None = None) -> str:
    """Why something could not be done, as a sentence, from the error where it is at hand, else from the `reason`."""
    return sentence(reason) if error is None else error_words(words, error, names)


def _place(words: Words, names: Names | None, place: str, value: object) -> object:
    """What stands in a place: a seat by its name, another error in words."""
    if isinstance(value, TypedError):
        return bare_words(words, value, names)
    return names.seat(str(value)) if names is not None and place == "seat" else value


def sentence(words: str) -> str:
    """Words with a capital at their start and a stop at their end.

    >>> sentence("there is no card 'x'")
    "There is no card 'x'."
    """
    kept = words.strip()
    return f"{kept[:1].upper()}{kept[1:]}{'' if kept.endswith(('.', '?', '!')) else '.'}"
