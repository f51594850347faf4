"""Plots: lines through places of a box, told apart by colour and marker."""

from __future__ import annotations

from collections.abc import Sequence

from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.palette import Colour, hexadecimal

# A marker for each place in the order, about 0 0 and one unit wide.
_MARKERS = (
    '<circle r="0.5"/>',
    '<rect x="-0.45" y="-0.45" width="0.9" height="0.9"/>',
    '<path d="M0-0.6L0.55 0.45L-0.55 0.45Z"/>',
    '<path d="M0-0.62L0.62 0L0 0.62L-0.62 0Z"/>',
    '<path d="M0 0.6L0.55-0.45L-0.55-0.45Z"/>',
    '<path d="M-0.6-0.2H-0.2V-0.6H0.2V-0.2H0.6V0.2H0.2V0.6H-0.2V0.2H-0.6Z"/>',
    '<rect x="-0.65" y="-0.25" width="1.3" height="0.5"/>',
    '<rect x="-0.25" y="-0.65" width="0.5" height="1.3"/>',
)


def polyline(
    canvas: Canvas,
    box: Box,
    points: Sequence[tuple[float, float]],
    colour: Colour,
    thick: float,
    marker: int | None = None,
) -> None:
    """A smooth line through places of a box, with a marker at each if one is given."""
    place = "L".join(f"{x - box.x:.1f} {y - box.y:.1f}" for x, y in points)
    paint = hexadecimal(colour)
    marks = ""
    if marker is not None:
        shape = _MARKERS[marker % len(_MARKERS)]
        marks = "".join(
            f'<g transform="translate({x - box.x:.1f} {y - box.y:.1f}) scale({thick * 3.4})" fill="{paint}">{shape}</g>'
            for x, y in points
        )
    canvas.drawing(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {box.width:.1f} {box.height:.1f}">'
        f'<path d="M{place}" fill="none" stroke="{paint}" stroke-width="{thick}" stroke-linejoin="round" '
        f'stroke-linecap="round"/>{marks}</svg>',
        box,
    )
