"""Seats as a facilitator types them: by id, name or initials, several with commas between, or all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tabletop.terminal.chair import Chair
from tabletop.terminal.keyboard import Fit
from tabletop.terminal.orders import first_word, pick


def seats(chair: Chair) -> dict[str, tuple[str, ...]]:
    """The seats by id, with their names."""
    return {seat.id: (seat.name,) for seat in chair.session.scenario.seats}


def one_seat(chair: Chair, words: str) -> str:
    """The seat that is named. Raises Puzzled."""
    return pick(words, seats(chair), "seat")


def begins_with_seat(chair: Chair, words: str) -> bool:
    """Whether the first word is the beginning of a seat's id or name."""
    word = first_word(words)[0].lower()
    names = (name.lower() for id, others in seats(chair).items() for name in (id, *others))
    return bool(word) and any(name.startswith(word) for name in names)


def several_seats(chair: Chair, words: str) -> list[str]:
    """The seats that are named with commas between, or every seat for "all". Raises Puzzled."""
    if words.strip().lower() in ("all", "everybody"):
        return list(seats(chair))
    return list(dict.fromkeys(one_seat(chair, one) for one in words.split(",") if one.strip()))


def named_first(line: str) -> tuple[str, str]:
    """What a line says of seats, with commas between several and perhaps a colon behind, and what follows."""
    found = re.match(r"\s*([^\s,]+(?:\s*,\s*[^\s,]+)*)(?:\s+|$)", line)
    if not found:
        return "", line.strip()
    return found[1].removesuffix(":"), line[found.end() :].strip()


def fitting_seats(chair: Chair, typed: str) -> Iterator[Fit]:
    """The seats whose name begins so."""
    for id, names in seats(chair).items():
        if id.startswith(typed.lower()):
            yield id, names[0]
