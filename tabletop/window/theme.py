"""Theme: type sizes, spacing, radii and durations; colours are in `palette`.

Lengths are in units: 1080 units are the height of a full-HD screen, where one unit is one pixel.
"""

from __future__ import annotations

import attrs

from tabletop.window.palette import PALETTES, Ground, Palette

# The minimum layout size in units; a window of another shape has more width or height.
WIDTH, HEIGHT = 1920.0, 1080.0
TEXT_SIZES = (100, 110, 125, 150, 175, 200)


@attrs.frozen
class Style:
    """A role of type: the face, the size in units at a text size of 100%, and the height of a line in sizes.

    Faces: "text" and "bold" (Pretendard), "serif" (Source Serif 4) for titles, "mono" (IBM Plex Mono) for cables, keys.
    """

    face: str
    size: float
    leading: float = 1.32


SMALL = Style("text", 18)
MONO = Style("mono", 17)
LABEL = Style("bold", 19)
BODY = Style("text", 22, 1.38)
STRONG = Style("bold", 22, 1.38)
LEAD = Style("text", 26, 1.38)
HEADING = Style("bold", 28, 1.25)
NUMBER = Style("bold", 32, 1.15)
CARD_TITLE = Style("serif", 36, 1.16)
TITLE = Style("serif", 52, 1.12)
DISPLAY = Style("serif", 104, 1.0)
STYLES = (SMALL, MONO, LABEL, BODY, STRONG, LEAD, HEADING, NUMBER, CARD_TITLE, TITLE, DISPLAY)

# Spacing, on a grid of four.
HAIR, TIGHT, SMALL_GAP, GAP, WIDE, PAGE = 4.0, 8.0, 12.0, 16.0, 24.0, 48.0

# Corners.
CHIP, ROUND, CARD = 6.0, 10.0, 16.0

# Durations in seconds.
QUICK, SMOOTH, SLOW = 0.12, 0.18, 0.25
TIP_DELAY = 0.4

# Large type does not grow beyond this share, as it is readable anyway.
_LARGE = 40.0


@attrs.frozen
class Theme:
    """A palette at a text size (in percent, 100 to 200)."""

    palette: Palette
    text_size: int = 100

    def size(self, style: Style) -> float:
        """The size of a style in units. Large type grows less than small type, but stays at least as large."""
        grown = self.text_size / 100
        if style.size <= _LARGE:
            return style.size * grown
        return max(_LARGE * grown, style.size * (1 + (grown - 1) * 0.35))

    def ground(self, name: str) -> Ground:
        """A ground by its name."""
        return self.palette.grounds[name]


def theme(name: str = "dark", text_size: int = 100) -> Theme:
    """The theme "dark" or "light" at a text size."""
    return Theme(PALETTES[name], text_size)
