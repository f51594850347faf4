"""The texts and controls drawn in the last frame: hit testing for the mouse, inspection for tests."""

from __future__ import annotations

from typing import Protocol

import attrs

from tabletop.window.boxes import Box
from tabletop.window.keys import Press
from tabletop.window.palette import Colour


class Reacting(Protocol):
    """What a drawn control does for the mouse and the keyboard (see `Control`)."""

    @property
    def name(self) -> str: ...

    @property
    def letter(self) -> str: ...

    @property
    def tip(self) -> str: ...

    @property
    def why_not(self) -> str: ...

    @property
    def takes_text(self) -> bool: ...

    def press(self) -> bool: ...

    def key(self, press: Press) -> bool: ...

    def typed(self, text: str) -> bool: ...

    def composed(self, text: str, caret: int) -> bool: ...

    def grabbed(self, x: float, y: float, box: Box, clicks: int) -> None: ...

    def pointed(self, x: float, y: float, box: Box) -> None: ...


@attrs.frozen
class DrawnText:
    """A drawn text. `room` is the box it had, `clip` the visible part, `layer` 0 or that of an overlay.

    `behind` are the colours of the pixels under it, recorded only in audited scenes.
    """

    text: str
    box: Box
    room: Box
    clip: Box
    colour: Colour
    ground: Colour
    pixels: int
    layer: int
    owner: str
    is_cut: bool = False
    is_broken: bool = False
    behind: frozenset[Colour] = frozenset()


@attrs.frozen
class DrawnControl:
    """A drawn control; only its part inside `clip` reacts to the pointer."""

    name: str
    box: Box
    room: Box
    clip: Box
    layer: int
    control: Reacting
    scroll: str = ""


@attrs.frozen
class DrawnScroll:
    """A scrolling view: `most` is its maximum scroll offset, in units."""

    name: str
    box: Box
    clip: Box
    most: float
    layer: int


@attrs.define
class Scene:
    """All texts and controls of a frame, in the order in which they were drawn."""

    is_audited: bool = False
    texts: list[DrawnText] = attrs.field(factory=list)
    controls: list[DrawnControl] = attrs.field(factory=list)
    scrolls: list[DrawnScroll] = attrs.field(factory=list)

    def clear(self) -> None:
        self.texts.clear()
        self.controls.clear()
        self.scrolls.clear()

    def at(self, x: float, y: float) -> DrawnControl | None:
        """The topmost control at a place, or None."""
        for drawn in reversed(self.controls):
            if drawn.box.holds(x, y) and drawn.clip.holds(x, y):
                return drawn
        return None

    def named(self, name: str) -> DrawnControl | None:
        """A control by its name, or None if it was not drawn."""
        return next((drawn for drawn in self.controls if drawn.name == name), None)

    def first_named(self, name: str) -> DrawnControl | None:
        """A control by its name, or the first whose name begins as one that ends in "*" does."""
        if not name.endswith("*"):
            return self.named(name)
        return next((drawn for drawn in self.controls if drawn.name.startswith(name[:-1])), None)

    def scroll_at(self, x: float, y: float) -> DrawnScroll | None:
        """The innermost view that scrolls at a place, or None."""
        for drawn in reversed(self.scrolls):
            if drawn.most > 0 and drawn.box.holds(x, y) and drawn.clip.holds(x, y):
                return drawn
        return None
