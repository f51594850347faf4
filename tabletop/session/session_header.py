"""The header of a session (constant) and its progress (turn, clock, order of saving)."""

from __future__ import annotations

import datetime
import random
import re
from typing import Any

import attrs

from tabletop.session.errors import Fault, error_of
from tabletop.session.journal_line import BadCommand, one_line, read_line, seal

# No vowels, so that no four of them make a word.
_LETTERS = "bcdfghjkmnpqrstvwxz"
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")


@attrs.frozen(kw_only=True)
class SessionHeader:
    """What a session begins with, and never changes: which rules, which chance, and who was to play.

    Of a session that came from another machine the first commands, so many, were `brought` along; -1 for one of here.
    """

    id: str
    scenario: str
    title: str
    version: str
    digest: str
    pack: str
    seed: int
    assumptions: dict[str, int | bool]
    humans: tuple[str, ...]
    players: dict[str, str]
    started: str
    brought: int = -1

    def line(self) -> str:
        """The heading as one line of JSON."""
        return one_line(attrs.asdict(self))


@attrs.frozen(kw_only=True)
class SessionProgress:
    """How far a session has come, and how many seconds its present phase has taken: of no consequence for the game.

    `order` counts what is written in a journal: of two sessions the one with the higher was played later, whatever the
    clocks said. It is 0 where an earlier version wrote it.
    """

    turn: int = 1
    finished: bool = False
    outcome: str | None = None
    commands: int = 0
    updated: str = ""
    time_of: str = ""
    time_used: float = 0.0
    order: int = 0

    def line(self, id: str) -> str:
        """The standing of a session as one line of JSON, which is known again only if it is as it was written."""
        line = one_line(attrs.asdict(self))
        return f"{seal(id, line)} {line}"


@attrs.frozen
class Kept:
    """A session in the journal; `seal` is the checksum of its heading as it stands there."""

    heading: SessionHeader
    standing: SessionProgress
    seal: str


def new_id(scenario: str) -> str:
    """A name for a session: the scenario, the date and four letters."""
    letters = "".join(random.SystemRandom().choices(_LETTERS, k=4))
    name = re.sub(r"[^a-z0-9_-]", "", scenario.lower()[:80]).lstrip("_-") or "game"
    return f"{name}-{datetime.date.today().isoformat()}-{letters}"


def heading_from(line: object, fault: Fault) -> SessionHeader:
    """A heading from its line. Raises JournalError, in the words of `fault`, where it is none."""
    try:
        data = read_line(line) if isinstance(line, str) else None
    except BadCommand as error:
        raise error_of(fault) from error
    if not isinstance(data, dict):
        raise error_of(fault)
    fields: dict[str, Any] = {name: data[name] for name in attrs.fields_dict(SessionHeader) if name in data}
    if not all(_is_sound(*one) for one in fields.items()):
        raise error_of(fault)
    try:
        return SessionHeader(**{**fields, "humans": tuple(fields["humans"])})
    except (KeyError, TypeError) as error:
        raise error_of(fault) from error


def _is_sound(name: str, value: Any) -> bool:
    if name in ("assumptions", "players"):
        kinds: tuple[type, ...] = (int, bool) if name == "assumptions" else (str,)
        return type(value) is dict and all(type(one) in kinds for one in value.values())
    if name == "humans":
        return type(value) is list and all(type(one) is str for one in value)
    if name == "id":
        return type(value) is str and _ID.fullmatch(value) is not None
    return type(value) is (int if name in ("seed", "brought") else str)


def standing_from(id: str, text: object) -> SessionProgress | None:
    """The standing of a session from its line; None for one that is not as it was written."""
    sum, _, line = str(text).partition(" ")
    if seal(id, line) != sum:
        return None
    try:
        data = read_line(line)
    except BadCommand:
        return None
    if not isinstance(data, dict):
        return None
    found = {field.name: data[field.name] for field in attrs.fields(SessionProgress) if field.name in data}
    return SessionProgress(**found) if all(_fits(*one) for one in found.items()) else None


def _fits(name: str, value: Any) -> bool:
    kinds: dict[str, tuple[type, ...]] = {
        "finished": (bool,),
        "outcome": (str, type(None)),
        "updated": (str,),
        "time_of": (str,),
        "time_used": (int, float),
    }
    return type(value) in kinds.get(name, (int,))
