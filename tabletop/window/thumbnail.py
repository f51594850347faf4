"""Thumbnail: a saved game as a small picture: the map, the seats on it, and the course of the meters."""

from __future__ import annotations

from tabletop.presentation.saved_game import SavedGame
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.look import Look
from tabletop.window.palette import Colour
from tabletop.window.scenery import Backdrop
from tabletop.window.theme import CARD, TIGHT

_METERS = 4


def draw_thumbnail(
    canvas: Canvas, box: Box, look: Look, glimpse: SavedGame | None, *, has_courses: bool = True
) -> None:
    """Draws a game into a box; without a glimpse of it, the map alone. The meters may be left out."""
    clear = Box(box.x, box.y, box.width, box.height * (0.62 if has_courses and not look.scenery.has_map else 1.0))
    behind = look.scenery.in_box(box, "wide", clear)
    canvas.drawing(behind.svg(canvas.theme.palette.map), box, is_opaque=True)
    if glimpse is not None and not glimpse.wrong:
        _draw_seats(canvas, behind, look, glimpse, box.y + box.height * (0.62 if has_courses else 1.0))
        if has_courses:
            lower = Box(box.x, box.y + box.height * 0.62, box.width, box.height * 0.38)
            _draw_courses(canvas, lower, look, glimpse)
    canvas.round_off(box, CARD / 2)


def _draw_seats(canvas: Canvas, behind: Backdrop, look: Look, glimpse: SavedGame, bottom: float) -> None:
    ground = canvas.theme.ground("table")
    for at, (seat, (x, y)) in enumerate(behind.spots(glimpse.seats, 14).items()):
        y = min(y, bottom - 10)
        canvas.disc(x, y, 8, ground.fill)
        canvas.disc(x, y, 6, look.seat_colour(seat, at, ground))


def _draw_courses(canvas: Canvas, box: Box, look: Look, glimpse: SavedGame) -> None:
    ground = canvas.theme.ground("panel")
    canvas.veil(box, ground.fill, 225)
    canvas.fill(Box(box.x, box.y, box.width, 1.5), ground.edge)
    shown = list(glimpse.meters.items())[:_METERS]
    if not shown:
        return
    cell = box.width / len(shown)
    for at, (id, course) in enumerate(shown):
        inner = Box(box.x + at * cell, box.y, cell, box.height).inset(TIGHT * 1.25, TIGHT * 1.25)
        draw_course(canvas, inner, course, look.meter_colour(id, at, canvas.ground))


def draw_course(canvas: Canvas, box: Box, course: list[float], colour: Colour) -> None:
    """The course of a meter, from 0 at the bottom to 1 at the top."""
    points = course if len(course) > 1 else [*course, *course] or [0.0, 0.0]
    step = box.width / (len(points) - 1)
    path = [(box.x + place * step, box.bottom - box.height * share) for place, share in enumerate(points)]
    canvas.lines(path, colour, 3)
    canvas.disc(*path[-1], 5, colour)
