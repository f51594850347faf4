"""Focusable controls: buttons, links, card buttons; with name, short cut, tooltip and the reason why it is disabled."""

from __future__ import annotations

from collections.abc import Callable

from tabletop.window import keyboard_layout
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.frames import Frame, Pad
from tabletop.window.keys import Press
from tabletop.window.layout import Column, Element, Row
from tabletop.window.palette import mixed
from tabletop.window.parts import Icon, KeyCap, Space, Text
from tabletop.window.theme import CARD, GAP, HAIR, QUICK, ROUND, SMALL, SMALL_GAP, STRONG, TIGHT, WIDE, Style

Action = Callable[[], object]


class Control(Frame):
    """Something that can be focused, and pressed by mouse, Enter, Space or its letter.

    `name` is unique on its screen and constant between frames. `why_not` is the reason why it is disabled: it can still
    be focused, and shows the reason as its tooltip. `tip` is shown on hover and focus.
    """

    def __init__(
        self,
        name: str,
        child: Element,
        on_press: Action | None = None,
        *,
        letter: str = "",
        tip: str = "",
        why_not: str = "",
        grow: float = 0.0,
    ) -> None:
        super().__init__(child, grow=grow)
        self.name, self.on_press = name, on_press
        self.letter, self.why_not = letter.lower(), why_not
        self.tip = why_not or tip

    radius = ROUND

    def press(self) -> bool:
        """Runs its action; False if it is disabled."""
        if self.why_not or self.on_press is None:
            return False
        self.on_press()
        return True

    def key(self, press: Press) -> bool:
        """Handles a key while focused; True if it used the key. Enter and Space are handled by the screen."""
        return False

    def typed(self, text: str) -> bool:
        """Handles typed text while focused; True if it used it."""
        return False

    def composed(self, text: str, caret: int) -> bool:
        """Handles an input method's composition and its caret; True if it used it."""
        return False

    @property
    def takes_text(self) -> bool:
        """Whether it takes typed text, so that letters are not short cuts."""
        return False

    def grabbed(self, x: float, y: float, box: Box, clicks: int) -> None:
        """Handles a mouse button press; `clicks` is 2 for the second of a double click, and so on."""
        self.pointed(x, y, box)

    def pointed(self, x: float, y: float, box: Box) -> None:
        """Handles dragging, in units, while the button is held; `box` is where it was drawn."""

    def draw(self, canvas: Canvas) -> None:
        canvas.control(self, self.box)
        with canvas.owned(self.name), canvas.inside(self.box):
            self.paint(canvas)
        if canvas.attention.is_shown(self.name):
            canvas.ring(self.box.inset(-HAIR), canvas.theme.palette.ring, self.radius + HAIR)

    def paint(self, canvas: Canvas) -> None:
        """Draws it in its box, without the focus ring."""
        self.child.draw(canvas)

    def glow(self, canvas: Canvas) -> float:
        """The animated highlight for hover and focus, from 0 to 1."""
        is_lit = canvas.attention.is_active(self.name) and not self.why_not
        return canvas.motion.value(f"glow.{self.name}", 1.0 if is_lit else 0.0, duration=QUICK)

    def is_pressed(self, canvas: Canvas) -> bool:
        return canvas.attention.pressed == self.name and not self.why_not


class Spot(Control):
    """An area of the board with a tooltip, which may be pressable."""

    radius = 8.0

    def paint(self, canvas: Canvas) -> None:
        if canvas.attention.is_active(self.name):
            canvas.rounded(self.box, canvas.theme.ground("raised").fill, self.radius)
        self.child.draw(canvas)


class Button(Control):
    """A button: an icon, words, and the key that presses it.

    `kind` is "main" (the most likely next action), "plain", or "quiet" (no frame until hovered or focused).
    """

    def __init__(
        self,
        name: str,
        words: str,
        on_press: Action | None = None,
        *,
        icon: str = "",
        letter: str = "",
        key: str = "",
        kind: str = "plain",
        style: Style = STRONG,
        note: str = "",
        is_wide: bool = False,
        tip: str = "",
        why_not: str = "",
        grow: float = 0.0,
    ) -> None:
        """`key` is the label of its key cap if it is not its letter; `note` is a second, quieter line; a wide button
        has its words on the left and its key cap on the right."""
        cap = key or keyboard_layout.cap(letter)
        role = "soft" if why_not else "ink"
        label: Element | None = Text(words, style, role) if words else None
        if note:
            label = Column(label, Text(note, SMALL, "soft"), gap=0)
        if is_wide and label is not None:
            label.grow = 1
        row = Row(
            Icon(icon, style, role) if icon else None,
            label if words or note else None,
            KeyCap(cap) if cap else None,
            gap=SMALL_GAP,
            align="middle",
            justify="centre",
        )
        super().__init__(
            name,
            Pad(row, GAP if is_wide or not words else WIDE * 0.75, TIGHT),
            on_press,
            letter=letter,
            tip=tip,
            why_not=why_not,
            grow=grow,
        )
        self._kind = kind

    def paint(self, canvas: Canvas) -> None:
        ground = canvas.theme.ground("accent" if self._kind == "main" and not self.why_not else "raised")
        glow = self.glow(canvas)
        if self._kind == "quiet" and not self.is_pressed(canvas) and glow == 0:
            self.child.draw(canvas)
            return
        edge = mixed(ground.edge, canvas.theme.ground("raised").accent, glow)
        fill = mixed(ground.fill, ground.edge, 0.35 * glow) if self._kind == "main" else ground.fill
        box = self.box.inset(1.5) if self.is_pressed(canvas) else self.box
        canvas.framed(box, fill, edge, self.radius, 1.5 + glow)
        with canvas.on(ground):
            self.child.draw(canvas)


class CardButton(Control):
    """A pressable card with any content, slightly raised on hover and focus.

    `is_grave`: nothing takes back what it does, so that no screen comes up with the focus on it.
    """

    radius = CARD

    def __init__(
        self,
        name: str,
        child: Element,
        on_press: Action | None = None,
        *,
        ground: str = "paper",
        pad: float = GAP,
        is_chosen: bool = False,
        letter: str = "",
        tip: str = "",
        why_not: str = "",
        grow: float = 0.0,
        is_grave: bool = False,
    ) -> None:
        super().__init__(name, Pad(child, pad), on_press, letter=letter, tip=tip, why_not=why_not, grow=grow)
        self._ground, self._is_chosen, self.is_grave = ground, is_chosen, is_grave

    def paint(self, canvas: Canvas) -> None:
        ground = canvas.theme.ground(self._ground)
        glow = self.glow(canvas)
        accent = canvas.theme.ground("raised").accent
        with canvas.shifted(0, -6 * glow):
            canvas.shadow(self.box, self.radius, drop=6 + 6 * glow)
            edge = accent if self._is_chosen or glow > 0.5 else ground.edge
            canvas.framed(self.box, ground.fill, edge, self.radius, 4 if self._is_chosen else 1.5 + 1.5 * glow)
            with canvas.on(ground):
                self.child.draw(canvas)


class Link(Control):
    """Pressable words within a line of text."""

    def __init__(self, name: str, words: str, on_press: Action, *, style: Style = STRONG, tip: str = "") -> None:
        super().__init__(name, Row(Text(words, style, "accent"), Space(), gap=0), on_press, tip=tip)

    def paint(self, canvas: Canvas) -> None:
        self.child.draw(canvas)
        if canvas.attention.is_active(self.name):
            under = Box(self.box.x, self.box.bottom - 3, self.box.width, 2)
            canvas.fill(under, canvas.ground.accent)
