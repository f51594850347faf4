"""Where cards lie on a sheet of paper: sizes, bleed, rows and columns, fronts and backs that meet."""

from __future__ import annotations

import attrs

#: Sheets of paper in millimetres, width and height.
PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
#: Cards in millimetres: the two common formats, and what fits into sleeves of three sizes.
CARD_SIZES = {
    "poker": (63.5, 88.9),
    "tarot": (70.0, 120.0),
    "sleeve-euro": (58.0, 91.0),
    "sleeve-standard": (62.5, 87.5),
    "sleeve-large": (79.0, 119.0),
}
LAYOUTS = ("duplex", "gutterfold")
#: Ink beyond the cut, and the margin within it that text keeps clear of, in millimetres.
BLEED = 3.0
SAFE = 3.2
#: What a printer leaves white at the edge of a sheet; crop marks are within it.
EDGE = 5.0
#: Length of a crop mark, and how far it keeps from the bleed.
_MARK, _GAP = 4.0, 0.3


@attrs.frozen(kw_only=True)
class CardGeometry:
    """A sheet of cards. `fronts` and `backs` are the upper left corners of the cut cards in millimetres; the back of a
    front has the same index, and lies on it when the sheet is turned over like the page of a book, or folded. `marks`
    are the crop marks: x, y, length, and whether they stand upright."""

    layout: str
    page_width: float
    page_height: float
    width: float
    height: float
    bleed: float
    safe: float
    fronts: tuple[tuple[float, float], ...]
    backs: tuple[tuple[float, float], ...]
    marks: tuple[tuple[float, float, float, bool], ...]


def card_geometry(size: str, paper: str, layout: str = "duplex", bleed: float = BLEED) -> CardGeometry:
    """Where cards of a size lie on a paper, which is turned on its side where more cards fit on it so.

    Raises KeyError for an unknown size or paper.
    """
    width, height = CARD_SIZES[size]
    tall, wide = PAPERS[paper], PAPERS[paper][::-1]
    found = [_on(page, width, height, layout, bleed, size) for page in (tall, wide)]
    return max(found, key=lambda one: len(one.fronts))


def _on(page: tuple[float, float], width: float, height: float, layout: str, bleed: float, size: str) -> CardGeometry:
    half = page[0] / 2 if layout == "gutterfold" else page[0]
    columns, rows = _count(half, width, bleed), _count(page[1], height, bleed)
    step_x, step_y = width + 2 * bleed, height + 2 * bleed
    left = (half - columns * step_x) / 2 + bleed
    top = (page[1] - rows * step_y) / 2 + bleed
    fronts = [(left + column * step_x, top + row * step_y) for row in range(rows) for column in range(columns)]
    return CardGeometry(
        layout=layout,
        page_width=page[0],
        page_height=page[1],
        width=width,
        height=height,
        bleed=bleed,
        safe=SAFE,
        fronts=tuple((round(x, 3), round(y, 3)) for x, y in fronts),
        backs=tuple((round(page[0] - x - width, 3), round(y, 3)) for x, y in fronts),
        marks=_marks(fronts, page[0] if layout == "duplex" else half, page[1], width, height, bleed),
    )


def _marks(
    fronts: list[tuple[float, float]], right: float, bottom: float, width: float, height: float, bleed: float
) -> tuple[tuple[float, float, float, bool], ...]:
    """Crop marks at the edges of the whole block of cards, clear of the bleed and of the printer's edge."""
    if not fronts:
        return ()
    xs = sorted({x for x, _ in fronts} | {x + width for x, _ in fronts})
    ys = sorted({y for _, y in fronts} | {y + height for _, y in fronts})
    clear = bleed + _GAP
    long_x = min(_MARK, xs[0] - clear - 1, right - xs[-1] - clear - 1)
    long_y = min(_MARK, ys[0] - clear - 1, bottom - ys[-1] - clear - 1)
    found = [(x, y, long_y, True) for x in xs for y in (ys[0] - clear - long_y, ys[-1] + clear)]
    found += [(x, y, long_x, False) for y in ys for x in (xs[0] - clear - long_x, xs[-1] + clear)]
    return tuple((round(x, 3), round(y, 3), round(long, 3), upright) for x, y, long, upright in found if long > 0)


def _count(room: float, size: float, bleed: float) -> int:
    """How many cards with their bleed fit beside each other within the printable part."""
    return max(0, int((room - 2 * EDGE + 2 * bleed) // (size + 2 * bleed)))
