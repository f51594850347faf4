"""Measures text in layout units, for the theme's text size and the window's scale."""

from __future__ import annotations

import attrs

from tabletop.window import text
from tabletop.window.text import Paragraph, Run
from tabletop.window.theme import Style, Theme


@attrs.frozen
class Pen:
    """The theme, and how many pixels a unit has; all that layout needs."""

    theme: Theme
    scale: float

    def pixels(self, style: Style) -> int:
        """The size of a style in pixels."""
        return max(6, round(self.theme.size(style) * self.scale))

    def units(self, pixels: float) -> float:
        return pixels / self.scale

    def set(
        self, runs: tuple[Run, ...], style: Style, width: float | None = None, most: int | None = None
    ) -> Paragraph:
        """Text broken into lines in a style, at most `width` units wide and `most` lines."""
        # Half a pixel of tolerance for rounding between pixels and units.
        room = None if width is None else max(1, int(width * self.scale + 0.5))
        return text.paragraph(runs, self.pixels(style), style.leading, room, most)

    def longest_word(self, runs: tuple[Run, ...], style: Style) -> float:
        """The width in units of the longest unbreakable word."""
        return self.units(text.longest_word(runs, self.pixels(style)))

    def em(self, style: Style) -> float:
        """The size of a style in units, for boxes and icons that grow with the text."""
        return self.theme.size(style)
