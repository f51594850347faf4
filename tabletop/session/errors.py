"""Errors of sessions: what can go wrong with what is kept, and what the rules refuse."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping

from tabletop.engine.adjudication import RulingRefused
from tabletop.engine.game import IllegalAction, UnknownAssumption
from tabletop.engine.refusals import Refusal
from tabletop.scenario.problems import printable
from tabletop.session.save_location import as_option

__all__ = [
    "NO_FAULT",
    "Fault",
    "FileDamaged",
    "IllegalAction",
    "JournalError",
    "NotKept",
    "RulingRefused",
    "SessionBusy",
    "UnknownAssumption",
    "error_of",
    "refuse_in_pause",
]

_LONGEST = 1_000


def refuse_in_pause(seat: str, action: str = "") -> IllegalAction:
    """The error for a move that somebody tries to make while the facilitator has paused the game."""
    return IllegalAction(seat, action, Refusal(kind="paused"))


class Fault(str):
    """What is wrong, in plain English; `kind` and `places` say the same for the catalogue (errors.yaml)."""

    kind: str
    places: Mapping[str, object]

    def __new__(cls, text: str, kind: str = "", **places: object) -> Fault:
        fault = super().__new__(cls, text)
        fault.kind, fault.places = kind, places
        return fault


#: Nothing is wrong.
NO_FAULT = Fault("")


class JournalError(Exception):
    """A journal that cannot be read or written, or a session that is not in it.

    `fault` says what is wrong in plain English; the whole message may have a hint at what can be done. `kind` and
    `places` say the same for the catalogue (errors.yaml).
    """

    def __init__(self, fault: str, hint: str = "", kind: str = "", **places: object) -> None:
        fault = printable(fault, _LONGEST)  # it may quote what somebody has forged
        super().__init__(f"{fault}; {hint}" if hint else fault)
        self.fault, self.kind, self.places = fault, kind, places

    @property
    def told(self) -> Fault:
        """What is wrong, to be kept and told later."""
        return Fault(str(self), self.kind, **self.places)


def error_of(fault: Fault, hint: str = "") -> JournalError:
    """The error for what was found wrong before."""
    return JournalError(fault, hint, fault.kind, **fault.places)


class NotKept(JournalError):
    """A command that could not be written down, and so has not happened."""


class SessionBusy(JournalError):
    """A session that is open elsewhere; it can be watched."""

    def __init__(self, id: str, who: str, path: pathlib.Path) -> None:
        watching = f"`tabletop resume {id} --watch{as_option(path)}`"
        fault = f"the session {id} is open elsewhere{who}"
        super().__init__(
            fault, f"close it there first; {watching} looks on", "session-busy", id=id, who=who, typed=watching
        )
        self.id = id


class FileDamaged(NotKept):
    """A journal in whose file nothing may be written, as it is not sound; much of what is in it may be."""

    def __init__(self, path: pathlib.Path, how: str) -> None:
        hint = f"`tabletop sessions mend{as_option(path)}` brings what is sound in it into a new file"
        mend = f"`tabletop sessions mend{as_option(path)}`"
        super().__init__(f"{path} is damaged ({how})", hint, "file-damaged", path=path, typed=mend)
