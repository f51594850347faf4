"""Game runners: the runner of each session that the window shows, ticked between two frames whatever screen is up."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tabletop.session.runner import Event, Runner
from tabletop.session.runner_events import Changed, ClockRanOut, ClockWarned

if TYPE_CHECKING:
    from tabletop.session import Session

#: What a screen is called with when something has happened in a game that it follows.
Told = Callable[[Sequence[Event]], object]

_RUNNERS: weakref.WeakKeyDictionary[Session, Runner] = weakref.WeakKeyDictionary()
#: Which app ticks a game: where two windows follow one, that which did so first.
_FIRST: weakref.WeakKeyDictionary[Session, GameRunners] = weakref.WeakKeyDictionary()


def runner_of(session: Session) -> Runner:
    """The one runner of a session, whichever screens show it. Bots decide by themselves once a table plays it."""
    if session not in _RUNNERS:
        _RUNNERS[session] = Runner(session, plays_bots=False)
    return _RUNNERS[session]


class GameRunners:
    """The games that the screens of an app follow."""

    def __init__(self, play: Callable[[str], object], refresh: Callable[[], object]) -> None:
        """`play` plays a sound by its name, `refresh` has every screen built anew."""
        self._play, self._refresh = play, refresh
        self._games: list[tuple[Session, Told]] = []

    def follow(self, session: Session, told: Told) -> None:
        """Has `told` called with what happens in a game, from now on."""
        _FIRST.setdefault(session, self)
        self._games.append((session, told))

    def leave(self, session: Session, told: Told) -> None:
        """Follows a game no longer."""
        self._games = [one for one in self._games if one != (session, told)]
        if _FIRST.get(session) is self and all(session is not other for other, _ in self._games):
            del _FIRST[session]

    def tick(self, now: float) -> None:
        """Lets the games go on to a time, and tells the screens."""
        for session in {id(session): session for session, _ in self._games}.values():
            if _FIRST.setdefault(session, self) is self:
                self.tell(session, runner_of(session).tick(now))

    def tell(self, session: Session, events: Sequence[Event]) -> None:
        """Tells the screens that follow a game what has happened in it."""
        if not events:
            return
        for event in events:
            if isinstance(event, Changed):
                self._refresh()
            elif isinstance(event, ClockWarned | ClockRanOut):
                self._play("time-warning" if isinstance(event, ClockWarned) else "time-up")
        for other, told in list(self._games):
            if other is session:
                told(events)
