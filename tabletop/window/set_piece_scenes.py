"""Scenes of set pieces that are drawn from what the pack has: its map, its seats' colours, and a few plain shapes."""

from __future__ import annotations

import math
from collections.abc import Callable

from tabletop.presentation.set_pieces import PieceSeat, SetPiece
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.drawing import card_svg
from tabletop.window.palette import DARK, Colour, Ground, hexadecimal, mixed
from tabletop.window.parts import draw_badge

#: The ground on which a scene and its words stand, by day and by night alike: the house is dark when the curtain goes.
SCENE: Ground = DARK.grounds["table"]
_NIGHT = "#05090d"

Paint = Callable[[Canvas, Box, SetPiece], None]


def draw_scene(canvas: Canvas, box: Box, piece: SetPiece) -> None:
    """The scene of a set piece, or its own picture, in a box that ends in the ground of the words below."""
    own = canvas.look.piece_picture(piece.picture)
    canvas.fill(box, SCENE.fill)
    if own:
        canvas.drawing(card_svg(own, DARK.map), box)
    else:
        _SCENES.get(piece.layout, _horizon)(canvas, box, piece)
    canvas.drawing(_fade(box), box)


def _svg(box: Box, inside: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {box.width:.0f} {box.height:.0f}" '
        f'preserveAspectRatio="none">{inside}</svg>'
    )


def _gradient(id: str, from_: tuple[float, float], to: tuple[float, float], *stops: tuple[str, float]) -> str:
    """A gradient between two places, in the picture's units: its colours, each with how much it covers."""
    shades = "".join(
        f'<stop offset="{at / (len(stops) - 1):.2f}" stop-color="{tint}" stop-opacity="{cover}"/>'
        for at, (tint, cover) in enumerate(stops)
    )
    return (
        f'<linearGradient id="{id}" gradientUnits="userSpaceOnUse" x1="{from_[0]:.0f}" y1="{from_[1]:.0f}" '
        f'x2="{to[0]:.0f}" y2="{to[1]:.0f}">{shades}</linearGradient>'
    )


def _fade(box: Box) -> str:
    """What the scene ends in: the ground of the words."""
    ground, high = hexadecimal(SCENE.fill), min(120.0, box.height / 4)
    top = box.height - high
    return _svg(
        box,
        f"<defs>{_gradient('f', (0, top), (0, box.height), (ground, 0), (ground, 1))}</defs>"
        f'<rect x="-4" y="{top:.0f}" width="{box.width + 8:.0f}" height="{high + 4:.0f}" fill="url(#f)"/>',
    )


def _colour(canvas: Canvas, seat: PieceSeat) -> Colour:
    return canvas.look.seat_colour(seat.seat, seat.place, SCENE)


def _big_badge(canvas: Canvas, seat: PieceSeat, x: float, y: float, size: float) -> None:
    with canvas.on(SCENE):
        draw_badge(canvas, seat.seat, seat.place, x, y, size)


# A meeting


def _arrival(canvas: Canvas, box: Box, piece: SetPiece) -> None:
    """Two rows of flags, a carpet, and two people who walk towards each other with a hand held out."""
    behind = canvas.look.scenery.in_box(box, "wide")
    canvas.drawing(behind.svg(DARK.map), box, is_opaque=True)
    canvas.veil(box, (9, 20, 32), 150)
    if len(piece.sides) < 2:
        return
    left, right = piece.sides
    canvas.drawing(_carpet(box), box)
    canvas.drawing(_flags(box, *(hexadecimal(_colour(canvas, seat)) for seat in (left, right))), box)
    come = canvas.motion.value(f"arrive.{piece.key}", 1.0, start=0.0, duration=1.8)
    tall, foot = box.height * 0.56, box.y + box.height * 0.93
    for seat, way in ((left, -1), (right, 1)):
        apart = tall * 0.235 + box.width * 0.3 * (1 - come)
        wide = tall * 0.62
        place = Box(box.centre[0] + way * apart - wide / 2, foot - tall, wide, tall)
        canvas.drawing(_walker(place, hexadecimal(_colour(canvas, seat)), -way), place)
        _big_badge(canvas, seat, box.centre[0] + way * box.width * 0.43, box.y + box.height * 0.3, box.height * 0.26)


def _walker(box: Box, rim: str, way: int) -> str:
    """Somebody from the side, in a coat, with a hand held out to the right (1) or the left (-1)."""
    tall, x = box.height, box.width / 2

    def at(across: float, down: float) -> str:
        return f"{x + way * across * tall:.1f} {down * tall:.1f}"

    body = (
        f"M{at(-0.075, 0.2)}Q{at(0, 0.14)} {at(0.075, 0.2)}L{at(0.1, 0.62)}L{at(0.105, 0.99)}L{at(0.02, 0.99)}"
        f"L{at(0, 0.68)}L{at(-0.05, 0.99)}L{at(-0.135, 0.99)}L{at(-0.1, 0.62)}z"
    )
    arm = f"M{at(0.03, 0.22)}L{at(0.12, 0.38)}L{at(0.245, 0.43)}L{at(0.25, 0.462)}L{at(0.1, 0.44)}L{at(-0.02, 0.3)}z"
    head = f'<circle cx="{x + way * 0.012 * tall:.1f}" cy="{0.085 * tall:.1f}" r="{0.066 * tall:.1f}"/>'
    hand = f'<circle cx="{x + way * 0.25 * tall:.1f}" cy="{0.446 * tall:.1f}" r="{0.021 * tall:.1f}"/>'
    figure = f'<path d="{body}"/><path d="{arm}"/>{head}{hand}'
    thick = tall * 0.018
    lit = f'<g fill="{rim}" stroke="{rim}" stroke-width="{thick:.1f}" stroke-linejoin="round">{figure}</g>'
    return _svg(box, f'{lit}<g fill="#070c11">{figure}</g>')


def _carpet(box: Box) -> str:
    """A red carpet that runs to the back."""
    middle, floor, back = box.width / 2, box.height, box.height * 0.66
    wide = box.width
    return _svg(
        box,
        f"<defs>{_gradient('c', (0, back), (0, floor), ('#4d0f0c', 1), ('#a3231b', 1))}"
        f"{_gradient('g', (0, back - 40), (0, floor), ('#0b141c', 0.2), ('#0b141c', 0.95))}</defs>"
        f'<rect x="-4" y="{back - 40:.0f}" width="{wide + 8:.0f}" height="{floor - back + 44:.0f}" fill="url(#g)"/>'
        f'<path d="M{middle - wide * 0.16:.0f} {back:.0f}h{wide * 0.32:.0f}L{middle + wide * 0.34:.0f} {floor:.0f}'
        f'h-{wide * 0.68:.0f}z" fill="url(#c)"/>',
    )


def _flags(box: Box, left: str, right: str) -> str:
    """Poles with the colours of the two sides in turn."""
    floor, top = box.height * 0.67, box.height * 0.08
    poles = []
    for at in range(10):
        x = box.width * (0.5 + (at - 4.5) * 0.064)
        tint = left if at % 2 == 0 else right
        wide, tall = box.width * 0.048, floor - top
        poles.append(
            f'<path d="M{x + 4:.0f} {top + 6:.0f}c{wide * 0.35:.0f} -12 {wide * 0.6:.0f} 16 {wide:.0f} 2'
            f'v{tall * 0.52:.0f}c-{wide * 0.4:.0f} 14 -{wide * 0.65:.0f} -14 -{wide:.0f} 2z" fill="{tint}"/>'
            f'<path d="M{x + wide * 0.55:.0f} {top + 14:.0f}c{wide * 0.2:.0f} 0 {wide * 0.3:.0f} -6 '
            f"{wide * 0.45:.0f} -6"
            f'v{tall * 0.52:.0f}c-{wide * 0.2:.0f} 2 -{wide * 0.3:.0f} 4 -{wide * 0.45:.0f} 6z" fill="#000000" '
            'fill-opacity="0.16"/>'
            f'<rect x="{x:.0f}" y="{top:.0f}" width="5" height="{tall:.0f}" fill="#d9c48c"/>'
            f'<circle cx="{x + 2.5:.1f}" cy="{top:.0f}" r="6" fill="#ffd98f"/>'
        )
    return _svg(box, "".join(poles))


# Across the table


def _table(canvas: Canvas, box: Box, piece: SetPiece) -> None:
    """The long table, seen from the end of it, with the two sides at it; that which spoke is lit."""
    canvas.drawing(_long_table(box), box)
    if len(piece.sides) < 2:
        return
    size = box.height * 0.36
    for seat, way in zip(piece.sides, (-1, 1), strict=True):
        x, y = box.centre[0] + way * box.width * 0.29, box.y + box.height * 0.34
        speaks = piece.actor is not None and piece.actor.seat == seat.seat
        if speaks:
            _halo(canvas, x, y, size, _colour(canvas, seat))
        _big_badge(canvas, seat, x, y, size if speaks else size * 0.72)
    if piece.actor is not None:
        _slide_paper(canvas, box, piece)


def _long_table(box: Box) -> str:
    wide, high = box.width, box.height
    lamp = (
        f"<defs>{_gradient('w', (0, 0), (0, high * 0.6), ('#22384b', 1), ('#0f161c', 1))}"
        f"{_gradient('t', (0, high * 0.46), (0, high), ('#6a4a30', 1), ('#2a1a10', 1))}"
        f"{_gradient('l', (0, 0), (0, high), ('#ffe9bd', 0.2), ('#ffe9bd', 0))}</defs>"
        f'<rect x="-4" width="{wide + 8:.0f}" height="{high:.0f}" fill="url(#w)"/>'
        f'<path d="M{wide * 0.44:.0f} 0h{wide * 0.12:.0f}L{wide * 0.76:.0f} {high:.0f}H{wide * 0.24:.0f}z" '
        'fill="url(#l)"/>'
    )
    top = (
        f'<path d="M{wide * 0.3:.0f} {high * 0.46:.0f}H{wide * 0.7:.0f}L{wide * 0.9:.0f} {high:.0f}'
        f'H{wide * 0.1:.0f}z" fill="url(#t)"/>'
        f'<path d="M{wide * 0.3:.0f} {high * 0.46:.0f}H{wide * 0.7:.0f}L{wide * 0.715:.0f} {high * 0.5:.0f}'
        f'H{wide * 0.285:.0f}z" fill="#7d5a3c"/>'
    )
    return _svg(box, lamp + top)


def _halo(canvas: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    for ring, share in ((1.5, 0.12), (1.3, 0.22), (1.14, 0.4)):
        canvas.disc(x, y, size * ring / 2, mixed(SCENE.fill, colour, share))


def _slide_paper(canvas: Canvas, box: Box, piece: SetPiece) -> None:
    """A sheet of paper that is passed from the side that spoke to the other."""
    sides = [seat.seat for seat in piece.sides]
    way = 1 if piece.actor is not None and sides.index(piece.actor.seat) == 0 else -1
    if piece.actor is None or piece.actor.seat not in sides:
        return
    come = canvas.motion.value(f"paper.{piece.key}", 1.0, start=0.0, duration=1.2, delay=0.3)
    x = box.centre[0] + way * box.width * (0.16 * come - 0.14)
    y = box.y + box.height * 0.62
    wide, high = box.height * 0.24, box.height * 0.17
    sheet = Box(x - wide / 2, y, wide, high)
    paper = DARK.grounds["paper"]
    canvas.shadow(sheet, 4, 14, 6)
    canvas.framed(sheet, paper.fill, paper.edge, 4)
    for at in range(5):
        line = Box(
            sheet.x + wide * 0.12, sheet.y + high * (0.16 + 0.15 * at), wide * (0.76, 0.7, 0.76, 0.6, 0.4)[at], 3
        )
        canvas.fill(line, paper.soft)


# Leaving


def _empty_chair(canvas: Canvas, box: Box, piece: SetPiece) -> None:
    """A room after somebody has left: a door of light, and a chair that is pushed back."""
    wide, high = box.width, box.height
    door_x, door_y, door_w, door_h = wide * 0.6, high * 0.1, wide * 0.12, high * 0.56
    light = (
        f"<defs>{_gradient('d', (0, door_y), (0, door_y + door_h), ('#fff3d6', 1), ('#ffc45c', 1))}"
        f"{_gradient('b', (0, high * 0.64), (0, high), ('#ffc45c', 0.6), ('#ffc45c', 0))}"
        f"{_gradient('n', (0, 0), (wide * 0.62, 0), ('#05090d', 1), ('#16222c', 1))}</defs>"
        f'<rect x="-4" width="{wide + 8:.0f}" height="{high:.0f}" fill="url(#n)"/>'
        f'<path d="M0 {high * 0.66:.0f}H{wide}V{high}H0z" fill="#0d151c"/>'
        f'<path d="M{door_x:.0f} {door_y + door_h:.0f}h{door_w:.0f}L{door_x - wide * 0.08:.0f} {high:.0f}'
        f'H{door_x - wide * 0.38:.0f}z" fill="url(#b)"/>'
        f'<rect x="{door_x - 12:.0f}" y="{door_y - 12:.0f}" width="{door_w + 24:.0f}" height="{door_h + 12:.0f}" '
        'fill="#1c2a33"/>'
        f'<rect x="{door_x:.0f}" y="{door_y:.0f}" width="{door_w:.0f}" height="{door_h:.0f}" fill="url(#d)"/>'
    )
    figure = _figure(door_x + door_w * 0.5, door_y + door_h, door_h * 0.62)
    table = (
        f'<path d="M-4 {high * 0.62:.0f}H{wide * 0.34:.0f}V{high * 0.665:.0f}H-4z" fill="#7d5a3c"/>'
        f'<path d="M{wide * 0.27:.0f} {high * 0.665:.0f}h16v{high * 0.3:.0f}h-16z" fill="#4a3322"/>'
        f'<path d="M{wide * 0.12:.0f} {high * 0.62:.0f}l{wide * 0.012:.0f} -{high * 0.05:.0f}h{wide * 0.05:.0f}'
        f'l{wide * 0.012:.0f} {high * 0.05:.0f}z" fill="#ece3cf"/>'
    )
    canvas.drawing(_svg(box, light + figure + table + _chair(wide * 0.4, high * 0.93, high * 0.5)), box)


def _figure(x: float, foot: float, tall: float) -> str:
    """Somebody in a long coat, seen from behind, against the light."""
    head, wide = tall * 0.075, tall * 0.15
    return (
        f'<g fill="{_NIGHT}"><circle cx="{x:.0f}" cy="{foot - tall + head:.0f}" r="{head:.0f}"/>'
        f'<path d="M{x - wide:.0f} {foot - tall * 0.74:.0f}Q{x:.0f} {foot - tall * 0.92:.0f} {x + wide:.0f} '
        f"{foot - tall * 0.74:.0f}L{x + wide * 1.15:.0f} {foot - tall * 0.28:.0f}H{x + wide * 0.72:.0f}"
        f"L{x + wide * 0.6:.0f} {foot:.0f}H{x + wide * 0.1:.0f}L{x:.0f} {foot - tall * 0.3:.0f}"
        f"L{x - wide * 0.12:.0f} {foot:.0f}H{x - wide * 0.62:.0f}L{x - wide * 0.74:.0f} {foot - tall * 0.28:.0f}"
        f'H{x - wide * 1.15:.0f}z"/></g>'
    )


def _chair(x: float, foot: float, tall: float) -> str:
    """A chair with a high back that faces nobody."""
    seat = foot - tall * 0.42
    return (
        f'<g fill="#6f1712" stroke="#2a0806" stroke-width="3"><path d="M{x:.0f} {foot - tall:.0f}'
        f"q{tall * 0.2:.0f} -{tall * 0.06:.0f} {tall * 0.4:.0f} 0l-{tall * 0.03:.0f} {tall * 0.58:.0f}"
        f'h-{tall * 0.34:.0f}z"/><path d="M{x - tall * 0.02:.0f} {seat:.0f}h{tall * 0.44:.0f}l{tall * 0.04:.0f} '
        f'{tall * 0.1:.0f}h-{tall * 0.52:.0f}z"/></g><g fill="#2a1a10">'
        f'<path d="M{x:.0f} {seat + tall * 0.1:.0f}h{tall * 0.04:.0f}v{tall * 0.32:.0f}h-{tall * 0.04:.0f}z"/>'
        f'<path d="M{x + tall * 0.36:.0f} {seat + tall * 0.1:.0f}h{tall * 0.04:.0f}v{tall * 0.32:.0f}'
        f'h-{tall * 0.04:.0f}z"/></g>'
    )


# What comes of it


def _radar(canvas: Canvas, box: Box, piece: SetPiece) -> None:
    """The map under a red light, with rings about where it happens and tracks that close in on it."""
    behind = canvas.look.scenery.in_box(box, "table")
    canvas.drawing(behind.svg(DARK.map), box, is_opaque=True)
    canvas.veil(box, (74, 8, 5), 118)
    spots = [there for seat in piece.sides if (there := behind.place(seat.seat)) is not None]
    x, y = spots[-1] if spots else box.centre
    come = canvas.motion.value(f"ring.{piece.key}", 1.0, start=0.0, duration=1.8)
    for at, share in enumerate((0.16, 0.34, 0.54, 0.78)):
        reach = box.height * share * min(1.0, come * (1.6 - 0.2 * at))
        _ring(canvas, x, y, reach, (255, 120, 98), 3.5 - 0.6 * at)
    for turn in (0.4, 1.5, 2.7, 3.9, 5.2):
        far = box.height * (0.95 - 0.45 * come)
        end = x + math.cos(turn) * far * 1.5, y + math.sin(turn) * far * 0.72
        tail = x + math.cos(turn) * far * 1.8, y + math.sin(turn) * far * 0.87
        canvas.lines([tail, end], (255, 196, 92), 4)
        canvas.disc(*end, 8, (255, 196, 92))
    canvas.disc(x, y, 14, (255, 244, 226))
    canvas.disc(x, y, 8, (173, 34, 25))


def _ring(canvas: Canvas, x: float, y: float, radius: float, colour: Colour, thick: float) -> None:
    if radius > 2:
        box = Box(x - radius, y - radius, 2 * radius, 2 * radius)
        canvas.ring(box, colour, radius, thick)


def _horizon(canvas: Canvas, box: Box, piece: SetPiece) -> None:
    """A city at the water: at first light, by day, or by the light of what burns."""
    good, bad = piece.tone == "good", piece.tone == "bad"
    top, low = ("#16304a", "#f6b870") if good else ("#07060a", "#8f1d12") if bad else ("#16222c", "#5f7680")
    wide, high = box.width, box.height
    line = high * 0.74
    sun = f'<circle cx="{wide * 0.7:.0f}" cy="{line:.0f}" r="{high * 0.2:.0f}" fill="#ffe3a3"/>' if good else ""
    inside = (
        f"<defs>{_gradient('s', (0, 0), (0, line), (top, 1), (low, 1))}"
        f"{_gradient('w', (0, line), (0, high), (low, 0.55), (top, 1))}</defs>"
        f'<rect x="-4" width="{wide + 8:.0f}" height="{line + 4:.0f}" fill="url(#s)"/>{sun}'
        f"{_smoke(wide, high, line) if bad else ''}{_towers(wide, high, line, lit=not bad)}"
        f'<rect x="-4" y="{line:.0f}" width="{wide + 8:.0f}" height="{high - line + 4:.0f}" fill="#0a1116"/>'
        f'<rect x="-4" y="{line:.0f}" width="{wide + 8:.0f}" height="{high - line + 4:.0f}" fill="url(#w)"/>'
    )
    canvas.drawing(_svg(box, inside), box)


def _towers(wide: float, high: float, line: float, *, lit: bool) -> str:
    """The houses of a city, with light in some of their windows."""
    found, x, at = [], 0.0, 0
    while x < wide:
        across = (46, 30, 64, 38, 54, 26, 72)[at % 7] * wide / 1700
        tall = (0.2, 0.31, 0.15, 0.42, 0.24, 0.35, 0.12, 0.27)[at * 3 % 8] * high * 0.72
        found.append(
            f'<rect x="{x:.0f}" y="{line - tall:.0f}" width="{across:.0f}" height="{tall + 2:.0f}" fill="#0a1116"/>'
        )
        rows, columns = int(tall // 22), max(1, int(across // 16))
        for window in range(rows * columns):
            if lit and (window * 7 + at * 5) % 11 < 4:
                left, down = x + 6 + window % columns * 15, line - tall + 9 + window // columns * 22
                found.append(f'<rect x="{left:.0f}" y="{down:.0f}" width="6" height="8" fill="#ffd68a"/>')
        x, at = x + across + (2 if at % 3 else 10), at + 1
    return "".join(found)


def _smoke(wide: float, high: float, line: float) -> str:
    """Fires behind the houses, and the smoke that leans away from them."""
    found = []
    for where, size in ((0.2, 0.8), (0.46, 1.2), (0.8, 0.7)):
        x = wide * where
        found.append(
            f'<ellipse cx="{x:.0f}" cy="{line:.0f}" rx="{high * 0.3 * size:.0f}" ry="{high * 0.22 * size:.0f}" '
            'fill="#ff7a3c" fill-opacity="0.35"/>'
            f'<ellipse cx="{x:.0f}" cy="{line:.0f}" rx="{high * 0.18 * size:.0f}" ry="{high * 0.13 * size:.0f}" '
            'fill="#ffb066" fill-opacity="0.7"/>'
        )
        for puff in range(9):
            share = puff / 8
            drift, rise = high * 0.34 * share * share * size, high * (0.1 + 0.6 * share)
            reach = high * (0.035 + 0.1 * share) * size
            found.append(
                f'<circle cx="{x + drift:.0f}" cy="{line - rise:.0f}" r="{reach:.0f}" fill="#0b0a0c" '
                f'fill-opacity="{0.72 - 0.4 * share:.2f}"/>'
            )
    return "".join(found)


_SCENES: dict[str, Paint] = {
    "arrival": _arrival,
    "reply": _table,
    "walk_out": _empty_chair,
    "crisis": _radar,
    "outcome": _horizon,
}
