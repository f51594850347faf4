"""Seats as a facilitator types them: by id, name or initials, several with commas between, or all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tabletop.terminal.command_lines import first_word, pick
from tabletop.terminal.console import FacilitatorConsole
from tabletop.terminal.keyboard import Fit


def seats(console: FacilitatorConsole) -> dict[str, tuple[str, ...]]:
    """The seats by id, with their names."""
    return {seat.id: (seat.name,) for seat in console.session.scenario.seats}


def one_seat(console: FacilitatorConsole, words: str) -> str:
    """The seat that is named. Raises CommandError."""
    return pick(words, seats(console), "seat")


def begins_with_seat(console: FacilitatorConsole, words: str) -> bool:
    """Whether the first word is the beginning of a seat's id or name."""
    word = first_word(words)[0].lower()
    names = (name.lower() for id, others in seats(console).items() for name in (id, *others))
    return bool(word) and any(name.startswith(word) for name in names)


def several_seats(console: FacilitatorConsole, words: str) -> list[str]:
    """The seats that are named with commas between, or every seat for "all". Raises CommandError."""
    if words.strip().lower() in ("all", "everybody"):
        return list(seats(console))
    return list(dict.fromkeys(one_seat(console, one) for one in words.split(",") if one.strip()))


def named_first(line: str) -> tuple[str, str]:
    """What a line says of seats, with commas between several and perhaps a colon behind, and what follows."""
    found = re.match(r"\s*([^\s,]+(?:\s*,\s*[^\s,]+)*)(?:\s+|$)", line)
    if not found:
        return "", line.strip()
    return found[1].removesuffix(":"), line[found.end() :].strip()


def fitting_seats(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    """The seats whose name begins so."""
    for id, names in seats(console).items():
        if id.startswith(typed.lower()):
            yield id, names[0]
