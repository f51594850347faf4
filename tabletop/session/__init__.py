"""Sessions: a game being played, its commands, undo and branches, and where it is saved."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tabletop.session.clock import Clock
    from tabletop.session.errors import IllegalAction, RulingRefused, UnknownAssumption
    from tabletop.session.facilitation import Facilitator
    from tabletop.session.journal import Journal, JournalError, NotKept, SessionBusy
    from tabletop.session.opening import open_session
    from tabletop.session.runner import Runner
    from tabletop.session.session import Session

_HOMES = {
    "Clock": "clock",
    "Facilitator": "facilitation",
    "IllegalAction": "errors",
    "Journal": "journal",
    "JournalError": "errors",
    "NotKept": "errors",
    "RulingRefused": "errors",
    "Runner": "runner",
    "Session": "session",
    "SessionBusy": "errors",
    "UnknownAssumption": "errors",
    "open_session": "opening",
}

__all__ = [
    "Clock",
    "Facilitator",
    "IllegalAction",
    "Journal",
    "JournalError",
    "NotKept",
    "RulingRefused",
    "Runner",
    "Session",
    "SessionBusy",
    "UnknownAssumption",
    "open_session",
]


def __getattr__(name: str) -> Any:
    # Imported when first used: a game that nobody keeps needs no journal.
    if name not in _HOMES:
        raise AttributeError(f"module 'tabletop.session' has no attribute '{name}'")
    return getattr(importlib.import_module(f"tabletop.session.{_HOMES[name]}"), name)
