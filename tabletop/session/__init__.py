"""Sessions: a game being played, its decisions, and where they are kept."""

from tabletop.session.session import Session

__all__ = ["Session"]
