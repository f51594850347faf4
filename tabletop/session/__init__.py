"""Sessions: a game being played, its decisions, and where they are kept."""

from tabletop.session.session import PlayerFailed, Session

__all__ = ["PlayerFailed", "Session"]
