"""Hand over: the screen between two people at one keyboard. Nothing of either is on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from tabletop.window.app import App
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.controls import Button
from tabletop.window.examples import begun, some_seats
from tabletop.window.frames import Align, Pad, Panel, Scroll, Sized
from tabletop.window.keys import Press
from tabletop.window.layout import Column, Element, Flow
from tabletop.window.parts import SeatBadge, Stamp, Text
from tabletop.window.registry import Entry, Example
from tabletop.window.screen import Screen
from tabletop.window.theme import GAP, LEAD, PAGE, ROUND, SMALL, SMALL_GAP, TITLE, WIDE

if TYPE_CHECKING:
    from tabletop.session import Session

# So long, in seconds, is Enter held; and what was pressed so soon after the last decision was meant for that.
HOLD = 0.6
SETTLE = 0.5
_HELD = (pygame.K_RETURN, pygame.K_SPACE)


class HandOver(Screen):
    """Covers the table until the person of a seat takes it: by a click, its letter, or Enter held for a moment.

    A key that is still down from the last decision does nothing before it was let go.
    """

    def __init__(self, app: App, session: Session, seat: str, done: Callable[[], object] | None = None) -> None:
        super().__init__(app)
        self.session, self.seat, self._done = session, seat, done
        self._since: float | None = None
        self._opened = app.now
        self._let_go: set[int] = set()
        self._is_fresh_key = False

    def opened(self) -> None:
        self.app.settle()  # nothing of the table may shine through

    @property
    def _name(self) -> str:
        return next(seat.name for seat in self.session.scenario.seats if seat.id == self.seat)

    @property
    def _own_letter(self) -> str:
        first = self._name[:1].lower()
        return first if first.isascii() and first.isalpha() else "r"

    @property
    def first(self) -> str:
        return "take"

    def build(self) -> Element:
        said = self.words
        at = next(place for place, seat in enumerate(self.session.scenario.seats) if seat.id == self.seat)
        grown = 1 + (self.app.settings.text_size / 100 - 1) * 0.6
        take = _Hold(
            "take",
            said("hand-over.take", seat=self._name),
            self._click,
            icon="eye",
            letter=self._own_letter,
            kind="main",
        )
        take.screen = self
        paper = Panel(
            Column(
                Align(Stamp(said("hand-over.stamp", seat=self._name)), 1.0, 0.0),
                Align(SeatBadge(self.seat, at, 132), 0.5, 0.5),
                Text(said("hand-over.title", seat=self._name), TITLE, across=0.5),
                Text(said("hand-over.text", seat=self._name), LEAD, "soft", across=0.5),
                Align(Flow(take, Button("title", said("hand-over.leave"), self.escape, icon="sign-out", key="Esc"))),
                Text(said("hand-over.how"), SMALL, "soft", across=0.5),
                gap=WIDE,
            ),
            "paper",
            pad=WIDE + GAP,
            radius=ROUND,
            has_shadow=True,
        )
        return Pad(Align(Sized(Scroll("page", paper, grow=0), width=860 * grown)), PAGE, SMALL_GAP)

    def backdrop(self, canvas: Canvas) -> None:
        behind = canvas.look.scenery.in_box(canvas.box, "wide")
        canvas.drawing(behind.svg(canvas.theme.palette.map), canvas.box, is_opaque=True)

    # Taking the seat

    def _is_fresh(self, press: Press) -> bool:
        """Whether a key is meant for this: it was let go since this came up, or that is a while ago."""
        return press.key in self._let_go or self.app.now - self._opened >= SETTLE

    def key_up(self, key: int) -> None:
        self._let_go.add(key)
        if key in _HELD and self._since is not None:
            self._since = None
            self.refresh()

    def key_down(self, press: Press) -> None:
        if press.is_held or not press.is_plain:
            return
        is_fresh = self._is_fresh(press)
        if press.key in _HELD and self.attention.focused == "take":
            self._use_keyboard()
            if is_fresh and self._since is None:
                self._since = self.app.now
                self.refresh()
        elif is_fresh or press.key in (pygame.K_TAB, pygame.K_ESCAPE):
            self._is_fresh_key = is_fresh
            super().key_down(press)
            self._is_fresh_key = False

    def _click(self) -> None:
        if self._is_fresh_key or self.app.now - self._opened >= SETTLE:
            self._take()

    def wakes_in(self) -> float | None:
        if self._since is None:
            return None
        return 1 / 60

    def woken(self) -> None:
        if self._since is not None and self.app.now - self._since >= HOLD:
            self._since = None
            self._take()

    @property
    def held(self) -> float:
        """How much of the hold is done, from 0 to 1."""
        return 0.0 if self._since is None else min(1.0, (self.app.now - self._since) / HOLD)

    def _take(self) -> None:
        if self.app.top is not self:
            return
        self.app.sounds.play("hand-over")
        self.app.close(self)
        if self._done is not None:
            self._done()

    def escape(self) -> None:
        self.app.home()


class _Hold(Button):
    """A button that fills up while its key is held."""

    screen: HandOver

    def paint(self, canvas: Canvas) -> None:
        super().paint(canvas)
        if self.screen.held > 0:
            ground = canvas.theme.ground("accent")
            inner = self.box.inset(6)
            line = Box(inner.x, inner.bottom - 6, max(6.0, inner.width * self.screen.held), 6)
            canvas.rounded(line, ground.ink, 3)


def _example(app: App, example: Example) -> Screen:
    session = begun(example, *some_seats(example, 0, 4))
    return HandOver(app, session, session.humans[-1])


ENTRIES = {"hand-over": Entry(open=HandOver, example=_example)}
