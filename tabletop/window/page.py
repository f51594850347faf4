"""Page: a screen with a heading and a way back, on the map that lies under everything."""

from __future__ import annotations

from collections.abc import Sequence

from tabletop.window.canvas import Canvas
from tabletop.window.controls import Button
from tabletop.window.frames import Pad
from tabletop.window.layout import Column, Element, Row
from tabletop.window.palette import hexadecimal
from tabletop.window.parts import Text
from tabletop.window.screen import Screen
from tabletop.window.theme import GAP, HAIR, MONO, PAGE, SMALL_GAP, TITLE, WIDE

# How much of the map is covered, so that words can be read on it.
_VEIL = 0.9


class Page(Screen):
    """A full screen with a heading, something below it, and Escape back to where the player came from."""

    @property
    def eyebrow(self) -> str:
        """The small line above the heading."""
        return self.words("title.brand")

    @property
    def title(self) -> str:
        """The heading."""
        raise NotImplementedError

    def body(self) -> Element:
        """What stands below the heading; it has all the height that is left."""
        raise NotImplementedError

    def beside(self) -> Sequence[Element]:
        """What stands in the line of the heading, left of the way back."""
        return ()

    @property
    def grown(self) -> float:
        """How much wider than at a text size of 100% columns of text should be: 1 at 100%, 1.6 at 200%."""
        return 1 + (self.app.settings.text_size / 100 - 1) * 0.6

    @property
    def is_large(self) -> bool:
        """Whether text is so large that things stand below each other instead of side by side."""
        return self.app.settings.text_size > 135

    def build(self) -> Element:
        back = Button("back", self.words("common.back"), self.escape, icon="arrow-left", key="Esc")
        name = Column(Text(self.eyebrow, MONO, "accent"), Text(self.title, TITLE), gap=HAIR, grow=1)
        head = Row(name, *self.beside(), back, gap=GAP, align="middle")
        body = self.body()
        body.grow = body.grow or 1
        return Pad(Column(head, body, gap=WIDE), PAGE, WIDE + SMALL_GAP, PAGE, WIDE + SMALL_GAP)

    def backdrop(self, canvas: Canvas) -> None:
        draw_desk(canvas)


def draw_desk(canvas: Canvas) -> None:
    """The map under a veil, on which words and papers lie."""
    behind = canvas.look.scenery.in_box(canvas.box, "wide")
    view = behind.view
    cover = (
        f'<rect x="{view.x - 5}" y="{view.y - 5}" width="{view.width + 10}" height="{view.height + 10}" '
        f'fill="{hexadecimal(canvas.ground.fill)}" fill-opacity="{_VEIL}"/>'
    )
    canvas.drawing(behind.svg(canvas.theme.palette.map, cover), canvas.box, is_opaque=True)
