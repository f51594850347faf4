"""Layout containers for one element: padding, size limits, alignment, panels, scrolling."""

from __future__ import annotations

from collections.abc import Sequence

from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.layout import Element, Group, memoized
from tabletop.window.pen import Pen
from tabletop.window.theme import CARD, GAP, HAIR, TIGHT


class Frame(Element):
    """A container of one element, which gets its whole box. It grows as given, or like its child."""

    def __init__(self, child: Element, *, grow: float | None = None) -> None:
        self.child = child
        self.grow = child.grow if grow is None else grow

    def parts(self) -> Sequence[Element]:
        return (self.child,)

    def widths(self, pen: Pen) -> tuple[float, float]:
        return self.child.widths(pen)

    def height(self, pen: Pen, width: float) -> float:
        return self.child.height(pen, width)

    def least_height(self, pen: Pen, width: float) -> float:
        return self.child.least_height(pen, width)

    def place(self, pen: Pen, box: Box) -> None:
        self.box = box
        self.child.place(pen, box)

    def draw(self, canvas: Canvas) -> None:
        with canvas.inside(self.box):
            self.child.draw(canvas)


class Pad(Frame):
    """A margin around an element: the same everywhere, or across and down, or left, top, right, bottom."""

    def __init__(self, child: Element, *margins: float, grow: float | None = None) -> None:
        super().__init__(child, grow=grow)
        across = margins[0] if margins else GAP
        down = margins[1] if len(margins) > 1 else across
        self.left, self.top, self.right, self.bottom = margins if len(margins) == 4 else (across, down, across, down)

    def widths(self, pen: Pen) -> tuple[float, float]:
        least, wanted = self.child.widths(pen)
        return least + self.left + self.right, wanted + self.left + self.right

    def height(self, pen: Pen, width: float) -> float:
        return self.child.height(pen, width - self.left - self.right) + self.top + self.bottom

    def least_height(self, pen: Pen, width: float) -> float:
        return self.child.least_height(pen, width - self.left - self.right) + self.top + self.bottom

    def place(self, pen: Pen, box: Box) -> None:
        self.box = box
        inner = Box(
            box.x + self.left,
            box.y + self.top,
            max(0.0, box.width - self.left - self.right),
            max(0.0, box.height - self.top - self.bottom),
        )
        self.child.place(pen, inner)


class Sized(Frame):
    """An element with a fixed width or height, or with limits to them, in units."""

    def __init__(
        self,
        child: Element,
        *,
        width: float | None = None,
        height: float | None = None,
        least_width: float = 0.0,
        most_width: float | None = None,
        least_height: float = 0.0,
        grow: float | None = None,
    ) -> None:
        super().__init__(child, grow=grow)
        self._width, self._height = width, height
        self._least_width, self._most_width, self._least_height = least_width, most_width, least_height

    def widths(self, pen: Pen) -> tuple[float, float]:
        if self._width is not None:
            return self._width, self._width
        least, wanted = (max(self._least_width, one) for one in self.child.widths(pen))
        if self._most_width is not None:
            wanted = max(least, min(wanted, self._most_width))
        return least, wanted

    def height(self, pen: Pen, width: float) -> float:
        if self._height is not None:
            return self._height
        return max(self._least_height, self.child.height(pen, width))

    def least_height(self, pen: Pen, width: float) -> float:
        if self._height is not None:
            return self._height
        return max(self._least_height, self.child.least_height(pen, width))


class Align(Frame):
    """An element at its preferred size, aligned in the box: 0 is left or top, 0.5 the middle, 1 right or bottom."""

    def __init__(self, child: Element, across: float = 0.5, down: float = 0.5, *, grow: float | None = None) -> None:
        super().__init__(child, grow=grow)
        self._across, self._down = across, down

    def height(self, pen: Pen, width: float) -> float:
        return self.child.height(pen, min(width, self.child.widths(pen)[1]))

    def least_height(self, pen: Pen, width: float) -> float:
        return self.child.least_height(pen, min(width, self.child.widths(pen)[1]))

    def place(self, pen: Pen, box: Box) -> None:
        self.box = box
        width = min(box.width, self.child.widths(pen)[1])
        height = min(box.height, self.child.height(pen, width))
        x = box.x + (box.width - width) * self._across
        self.child.place(pen, Box(x, box.y + (box.height - height) * self._down, width, height))


class Fitting(Element):
    """The first of several elements that fits into the box, else the last."""

    def __init__(self, *choices: Element, grow: float = 0.0) -> None:
        self._choices = choices
        self.grow = grow
        self._taken = choices[0]

    def parts(self) -> Sequence[Element]:
        return (self._taken,)

    @memoized
    def _widths(self, pen: Pen) -> list[tuple[float, float]]:
        return [one.widths(pen) for one in self._choices]

    @memoized
    def _narrow_enough(self, pen: Pen, width: float) -> list[Element]:
        widths = zip(self._choices, self._widths(pen), strict=True)
        fit = [one for one, (least, _) in widths if least <= width + 0.5]
        return fit or [self._choices[-1]]

    def widths(self, pen: Pen) -> tuple[float, float]:
        each = self._widths(pen)
        return min(least for least, _ in each), each[0][1]

    @memoized
    def height(self, pen: Pen, width: float) -> float:
        return self._narrow_enough(pen, width)[0].height(pen, width)

    @memoized
    def least_height(self, pen: Pen, width: float) -> float:
        return min(one.least_height(pen, width) for one in self._narrow_enough(pen, width))

    def place(self, pen: Pen, box: Box) -> None:
        self.box = box
        choices = self._narrow_enough(pen, box.width)
        fit = (one for one in choices if one.least_height(pen, box.width) <= box.height + 0.5)
        self._taken = next(fit, choices[-1])
        self._taken.place(pen, box)

    def draw(self, canvas: Canvas) -> None:
        self._taken.draw(canvas)


class Layers(Group):
    """Elements on top of each other, each in the whole box."""

    def widths(self, pen: Pen) -> tuple[float, float]:
        each = [child.widths(pen) for child in self.children]
        return max((one[0] for one in each), default=0.0), max((one[1] for one in each), default=0.0)

    def height(self, pen: Pen, width: float) -> float:
        return max((child.height(pen, width) for child in self.children), default=0.0)

    def least_height(self, pen: Pen, width: float) -> float:
        return max((child.least_height(pen, width) for child in self.children), default=0.0)

    def place(self, pen: Pen, box: Box) -> None:
        self.box = box
        for child in self.children:
            child.place(pen, box)


class Panel(Frame):
    """An element on a background ("panel", "raised", "paper", "accent", "night") with round corners."""

    def __init__(
        self,
        child: Element,
        ground: str = "panel",
        *,
        pad: float = GAP,
        pad_down: float | None = None,
        radius: float = CARD,
        has_shadow: bool = False,
        grow: float | None = None,
    ) -> None:
        inner = Pad(child, pad, pad if pad_down is None else pad_down)
        super().__init__(inner, grow=child.grow if grow is None else grow)
        self._ground, self._radius, self._has_shadow = ground, radius, has_shadow

    def draw(self, canvas: Canvas) -> None:
        own = canvas.theme.ground(self._ground)
        if self._has_shadow:
            canvas.shadow(self.box, self._radius)
        canvas.framed(self.box, own.fill, own.edge, self._radius)
        with canvas.on(own), canvas.inside(self.box):
            self.child.draw(canvas)


class On(Frame):
    """An element on a background that something else draws."""

    def __init__(self, child: Element, ground: str) -> None:
        super().__init__(child)
        self._ground = ground

    def draw(self, canvas: Canvas) -> None:
        with canvas.on(self._ground):
            super().draw(canvas)


class Scroll(Frame):
    """A vertically scrolling view of an element: wheel, Page Up and Down; the focused control is scrolled into view.

    Its preferred height is that of its content, its minimum `least` units. `at_end` starts at the end, as for a log.
    """

    def __init__(
        self, name: str, child: Element, *, least: float = 120.0, grow: float = 1.0, at_end: bool = False
    ) -> None:
        super().__init__(child, grow=grow)
        self.name, self._least, self._at_end = name, least, at_end
        self._inner = 0.0

    _BAR = 8.0

    def widths(self, pen: Pen) -> tuple[float, float]:
        least, wanted = self.child.widths(pen)
        return least + self._BAR + TIGHT, wanted + self._BAR + TIGHT

    def height(self, pen: Pen, width: float) -> float:
        return self.child.height(pen, width)

    def least_height(self, pen: Pen, width: float) -> float:
        return min(self._least, self.child.height(pen, width))

    def place(self, pen: Pen, box: Box) -> None:
        self.box = box
        self._inner = self.child.height(pen, box.width)
        width = box.width
        if self._inner > box.height + 0.5:
            width = box.width - self._BAR - TIGHT
            self._inner = self.child.height(pen, width)
        self.child.place(pen, Box(box.x, box.y, width, max(self._inner, box.height)))

    def draw(self, canvas: Canvas) -> None:
        most = max(0.0, self._inner - self.box.height)
        offsets = canvas.attention.offsets
        down = offsets[self.name] = max(0.0, min(offsets.get(self.name, most if self._at_end else 0.0), most))
        contents = Box(self.box.x, self.box.y, self.box.width, max(self._inner, self.box.height))
        # Slightly larger than the view, so that the focus ring of a control at its edge is not cut.
        view = self.box.inset(-HAIR)
        with canvas.scrolled(self.name, view, contents.inset(-HAIR), down):
            self.child.draw(canvas)
        if most:
            self._draw_bar(canvas, down, most)

    def _draw_bar(self, canvas: Canvas, down: float, most: float) -> None:
        track = Box(self.box.right - self._BAR, self.box.y, self._BAR, self.box.height)
        length = max(24.0, track.height * self.box.height / self._inner)
        canvas.rounded(track, canvas.ground.edge, self._BAR / 2)
        top = track.y + (track.height - length) * down / most
        canvas.rounded(Box(track.x, top, track.width, length), canvas.ground.soft, self._BAR / 2)


class Shifted(Frame):
    """An element drawn with an offset, for animations."""

    def __init__(self, child: Element, right: float = 0.0, down: float = 0.0) -> None:
        super().__init__(child)
        self._right, self._down = right, down

    def draw(self, canvas: Canvas) -> None:
        with canvas.shifted(self._right, self._down):
            super().draw(canvas)
