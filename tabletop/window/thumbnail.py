"""Thumbnail: a saved game as a small picture: the map, the seats on it, and the course of the meters."""

from __future__ import annotations

from tabletop.presentation.saved_game import SavedGame
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.map import REGION, anchors, crop, region_svg
from tabletop.window.palette import meter_colour, seat_colour
from tabletop.window.theme import CARD, TIGHT

_METERS = 4


def draw_thumbnail(
    canvas: Canvas, box: Box, glimpse: SavedGame | None, radius: float = CARD / 2, *, has_courses: bool = True
) -> None:
    """Draws a game into a box; without a glimpse of it, the map alone. The meters may be left out."""
    view = crop(box, REGION)
    canvas.drawing(region_svg(view, canvas.theme.palette.map), box, is_opaque=True)
    if glimpse is not None and not glimpse.wrong:
        _draw_seats(canvas, box, view, glimpse, 0.62 if has_courses else 1.0)
        if has_courses:
            _draw_courses(canvas, Box(box.x, box.y + box.height * 0.62, box.width, box.height * 0.38), glimpse)
    canvas.round_off(box, radius)


def _draw_seats(canvas: Canvas, box: Box, view: Box, glimpse: SavedGame, share: float) -> None:
    is_light = canvas.theme.ground("table").is_light
    upper = Box(box.x, box.y, box.width, box.height * share)
    places = anchors(glimpse.seats, box, view, 14)
    for at, (_, (x, y)) in enumerate(places.items()):
        y = min(y, upper.bottom - 10)
        canvas.disc(x, y, 8, canvas.theme.ground("table").fill)
        canvas.disc(x, y, 6, seat_colour(at, is_light))


def _draw_courses(canvas: Canvas, box: Box, glimpse: SavedGame) -> None:
    ground = canvas.theme.ground("panel")
    canvas.veil(box, ground.fill, 225)
    canvas.fill(Box(box.x, box.y, box.width, 1.5), ground.edge)
    shown = list(glimpse.meters.items())[:_METERS]
    if not shown:
        return
    cell = box.width / len(shown)
    for at, (_, course) in enumerate(shown):
        inner = Box(box.x + at * cell, box.y, cell, box.height).inset(TIGHT * 1.25, TIGHT * 1.25)
        draw_course(canvas, inner, course, at)


def draw_course(canvas: Canvas, box: Box, course: list[float], at: int) -> None:
    """The course of the meter at a place in the scenario's order, from 0 at the bottom to 1 at the top."""
    colour = meter_colour(at, canvas.ground.is_light)
    points = course if len(course) > 1 else [*course, *course] or [0.0, 0.0]
    step = box.width / (len(points) - 1)
    path = [(box.x + place * step, box.bottom - box.height * share) for place, share in enumerate(points)]
    canvas.lines(path, colour, 3)
    canvas.disc(*path[-1], 5, colour)
