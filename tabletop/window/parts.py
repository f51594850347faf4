"""Elements without interaction: text, icons, badges, lines, stamps, key caps, drawings."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.layout import Element
from tabletop.window.palette import Colour, hexadecimal
from tabletop.window.pen import Pen
from tabletop.window.text import Paragraph, Run, runs
from tabletop.window.theme import BODY, CHIP, HAIR, MONO, TIGHT, Style

SMALL_LABEL = Style("bold", 17, 1.2)
_STRUCK = Style("bold", 21, 1.2)


class Space(Element):
    """Nothing: a gap of a size, or with `grow` what is left over."""

    def __init__(self, width: float = 0.0, height: float = 0.0, *, grow: float = 0.0) -> None:
        self._width, self._height, self.grow = width, height, grow

    def widths(self, pen: Pen) -> tuple[float, float]:
        return self._width, self._width

    def height(self, pen: Pen, width: float) -> float:
        return self._height


class Text(Element):
    """Text in a style. `role` is its colour on the ground it stands on: "ink", "soft", "accent", "good", "bad", "warn".

    In a string **stars** make bold; runs may have faces and roles of their own. It wraps unless `wraps` is False;
    `most` lines at the most end in an ellipsis, which tests take for cut text: give it a tip that has the whole.
    """

    def __init__(
        self,
        text: str | Iterable[Run],
        style: Style = BODY,
        role: str = "ink",
        *,
        across: float = 0.0,
        wraps: bool = True,
        most: int | None = None,
        grow: float = 0.0,
    ) -> None:
        self._runs = runs(text, style.face)
        self._style, self._role, self._across = style, role, across
        self._wraps, self._most, self.grow = wraps, most, grow
        self._set: Paragraph | None = None
        self._measured: tuple[Pen, tuple[float, float]] | None = None
        self._pen: Pen | None = None
        self._paragraphs: dict[float | None, Paragraph] = {}

    def _paragraph(self, pen: Pen, width: float | None) -> Paragraph:
        if pen is not self._pen:
            self._pen, self._paragraphs = pen, {}
        room = width if self._wraps or self._most else None
        found = self._paragraphs.get(room)
        if found is None:
            found = self._paragraphs[room] = pen.set(self._runs, self._style, room, self._most)
        return found

    def widths(self, pen: Pen) -> tuple[float, float]:
        if self._measured is None or self._measured[0] is not pen:
            wanted = pen.units(pen.set(self._runs, self._style).width)
            least = pen.longest_word(self._runs, self._style) if self._wraps else wanted
            self._measured = pen, (least, wanted)
        return self._measured[1]

    def height(self, pen: Pen, width: float) -> float:
        return pen.units(self._paragraph(pen, width).height)

    def place(self, pen: Pen, box: Box) -> None:
        self.box = box
        self._set = self._paragraph(pen, box.width)

    def draw(self, canvas: Canvas) -> None:
        if self._set is not None and self._set.lines:
            canvas.text(self._set, self.box, canvas.ground.role(self._role), self._across)


class Icon(Element):
    """An icon, as large as a line of a style unless it is given a size in units."""

    def __init__(self, name: str, style: Style = BODY, role: str = "ink", *, size: float | None = None) -> None:
        self._name, self._style, self._role, self._size = name, style, role, size

    def _side(self, pen: Pen) -> float:
        return self._size if self._size is not None else pen.em(self._style) * 1.25

    def widths(self, pen: Pen) -> tuple[float, float]:
        return self._side(pen), self._side(pen)

    def height(self, pen: Pen, width: float) -> float:
        return self._side(pen)

    def draw(self, canvas: Canvas) -> None:
        side = min(self._side(canvas.pen), self.box.width, self.box.height)
        x, y = self.box.centre
        canvas.icon(self._name, Box(x - side / 2, y - side / 2, side, side), self.colour(canvas))

    def colour(self, canvas: Canvas) -> Colour:
        """The colour that it is drawn in."""
        return canvas.ground.role(self._role)


class Rule(Element):
    """A thin line across."""

    def __init__(self, thick: float = 1.5, role: str = "edge") -> None:
        self._thick, self._role = thick, role

    def height(self, pen: Pen, width: float) -> float:
        return self._thick

    def draw(self, canvas: Canvas) -> None:
        canvas.fill(self.box, canvas.ground.role(self._role))


class KeyCap(Element):
    """The key that does something, as it stands on a control."""

    def __init__(self, key: str) -> None:
        self._runs = runs(key, "mono")

    def widths(self, pen: Pen) -> tuple[float, float]:
        wide = pen.units(pen.set(self._runs, MONO).width) + 2 * TIGHT
        wide = max(wide, self.height(pen, 0))
        return wide, wide

    def height(self, pen: Pen, width: float) -> float:
        return pen.em(MONO) * 1.32 + 2 * HAIR

    def draw(self, canvas: Canvas) -> None:
        high = self.height(canvas.pen, 0)
        box = Box(self.box.x, self.box.y + (self.box.height - high) / 2, self.box.width, high)
        canvas.framed(box, canvas.ground.fill, canvas.ground.soft, CHIP)
        canvas.text(canvas.pen.set(self._runs, MONO), box.inset(0, HAIR), canvas.ground.soft, 0.5)


def seat_icon(seat: str, at: int) -> str:
    """The icon of a seat, by its id and its place in the scenario's order, as `Canvas.icon` takes it."""
    return f"seat:{seat}:{at}"


def meter_icon(meter: str, at: int) -> str:
    """The icon of a meter or track, by its id and its place in the scenario's order."""
    return f"meter:{meter}:{at}"


class SeatBadge(Element):
    """A seat's disc: its colour and its icon. `at` is its place in the scenario's order; `size` is in units."""

    def __init__(self, seat: str, at: int, size: float = 40.0) -> None:
        self._seat, self._at, self._size = seat, at, size

    def widths(self, pen: Pen) -> tuple[float, float]:
        return self._size, self._size

    def height(self, pen: Pen, width: float) -> float:
        return self._size

    def draw(self, canvas: Canvas) -> None:
        draw_badge(canvas, self._seat, self._at, *self.box.centre, self._size)


def draw_badge(canvas: Canvas, seat: str, at: int, x: float, y: float, size: float) -> None:
    """A seat's disc about a place."""
    canvas.disc(x, y, size / 2, canvas.ground.fill)
    canvas.disc(x, y, size / 2 - 2, canvas.look.seat_colour(seat, at, canvas.ground))
    side = size * 0.6
    canvas.icon(seat_icon(seat, at), Box(x - side / 2, y - side / 2, side, side), canvas.ground.fill)


def mark_label(canvas: Canvas, name: str, x: float, y: float, size: float = 44.0, side: str = "below") -> Box:
    """The label of a seat's mark: "below", "left" or "right" of its disc, and on the screen."""
    set_text = canvas.pen.set(runs(name, "bold"), SMALL_LABEL)
    wide, high = canvas.pen.units(set_text.width) + 2 * TIGHT, canvas.pen.units(set_text.height) + HAIR
    left = {"left": x - size / 2 - wide + HAIR, "right": x + size / 2 - HAIR}.get(side, x - wide / 2)
    top = y + size / 2 - HAIR if side == "below" else y - high / 2
    return Box(min(max(left, TIGHT), canvas.box.right - wide - TIGHT), top, wide, high)


def draw_mark(
    canvas: Canvas, seat: str, at: int, name: str, x: float, y: float, *, size: float = 44.0, side: str = "below"
) -> None:
    """A seat's disc about a place, with its name on a label."""
    with canvas.on("panel"):
        label = mark_label(canvas, name, x, y, size, side)
        canvas.framed(label, canvas.ground.fill, canvas.ground.edge, CHIP)
        canvas.text(canvas.pen.set(runs(name, "bold"), SMALL_LABEL), label.inset(TIGHT, HAIR / 2), across=0.5)
        draw_badge(canvas, seat, at, x, y, size)


class Stamp(Element):
    """A rubber stamp on paper: a few words in a frame, struck a little aslant."""

    def __init__(self, words: str, role: str = "bad", slant: float = 4.0, style: Style = _STRUCK) -> None:
        self._runs = runs(words.upper(), "bold")
        self._role, self._slant, self._style = role, slant, style

    def _sizes(self, pen: Pen) -> tuple[float, float]:
        set_text = pen.set(self._runs, self._style)
        return pen.units(set_text.width) + 4 * TIGHT, pen.units(set_text.height) + 2 * TIGHT

    def widths(self, pen: Pen) -> tuple[float, float]:
        wide, high = self._sizes(pen)
        whole = wide + high * self._slant / 45
        return whole, whole

    def height(self, pen: Pen, width: float) -> float:
        wide, high = self._sizes(pen)
        return high + wide * self._slant / 57

    def draw(self, canvas: Canvas) -> None:
        wide, high = self._sizes(canvas.pen)
        x, y = self.box.centre
        frame = Box(x - wide / 2, y - high / 2, wide, high)
        colour = canvas.ground.role(self._role)
        rect = canvas.rect(frame)
        line = canvas.pixels(3 * self._style.size / _STRUCK.size)
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {rect.width + 40} {rect.height + 80}">'
            f'<g transform="rotate({-self._slant} {rect.width / 2 + 20} {rect.height / 2 + 40})">'
            f'<rect x="20" y="40" width="{rect.width}" height="{rect.height}" rx="{canvas.pixels(6)}" '
            f'fill="none" stroke="{hexadecimal(colour)}" stroke-width="{line}"/></g></svg>'
        )
        unit = canvas.pen.units
        canvas.slanted(canvas.pen.set(self._runs, self._style), frame.inset(2 * TIGHT, TIGHT), colour, self._slant)
        canvas.drawing(svg, frame.inset(-unit(20), -unit(40)))


class Picture(Element):
    """Whatever a function draws in a box: `paint(canvas, box)`. It wants the size that it is given, in units."""

    def __init__(
        self, paint: Callable[[Canvas, Box], None], width: float = 0.0, height: float = 0.0, *, grow: float = 0.0
    ) -> None:
        self._paint, self._width, self._height, self.grow = paint, width, height, grow

    def widths(self, pen: Pen) -> tuple[float, float]:
        return self._width, self._width

    def height(self, pen: Pen, width: float) -> float:
        return self._height

    def draw(self, canvas: Canvas) -> None:
        self._paint(canvas, self.box)
