"""A bot that was asked what it does: it thinks here and now or in a thread, and can be told to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeAlias

import attrs

from tabletop.players.cancelling import cancelled_by
from tabletop.session.bots import Thought, is_quick
from tabletop.session.session import Session
from tabletop.session.step_tree import Position

#: Has a bot think, now or in a thread.
Thinking: TypeAlias = Callable[[Callable[[], Thought]], "Future[Thought]"]


def inline(work: Callable[[], Thought]) -> Future[Thought]:
    """Thinks here and now."""
    future: Future[Thought] = Future()
    try:
        future.set_result(work())
    except Exception as error:
        future.set_exception(error)
    return future


def in_thread(work: Callable[[], Thought]) -> Future[Thought]:
    """Thinks in a thread, which does not keep the program from ending."""
    future: Future[Thought] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=run, name="tabletop bot", daemon=True).start()
    return future


@attrs.define(eq=False)
class Thinker:
    """A bot that was asked, at the position it was asked in: when it had thought, and when it may answer."""

    seat: str
    position: Position
    begun: float
    future: Future[Thought]
    unwanted: threading.Event
    ended: float | None = None
    due: float | None = None

    def cancel(self) -> None:
        """Its answer is not wanted any more: it stops soon."""
        self.unwanted.set()


def ask(session: Session, seat: str, thinking: Thinking, seconds: Callable[[], float]) -> Thinker:
    """Asks the bot of a seat; one that decides at once does so here and now. `seconds` is the time of any clock."""
    position, unwanted, begun = session.position, threading.Event(), seconds()

    def think() -> Thought:
        with cancelled_by(unwanted):
            return session.bot_thought(position, seat)

    future = (inline if is_quick(position.players[seat]) else thinking)(think)
    thinker = Thinker(seat, position, begun, future, unwanted)

    def ended(_: object) -> None:
        thinker.ended = seconds()

    future.add_done_callback(ended)
    return thinker
