"""Sessions: a game being played, its commands, undo and branches, and where it is saved."""

from tabletop.session.clock import Clock
from tabletop.session.errors import IllegalAction, RulingRefused, UnknownAssumption
from tabletop.session.facilitation import Facilitator
from tabletop.session.journal import Journal, JournalError, NotKept, SessionBusy
from tabletop.session.opening import open_session
from tabletop.session.runner import Runner
from tabletop.session.session import Session

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
