"""Papers of set pieces: a newspaper's front page, and a document with its articles, seals and signatures."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Sequence

from tabletop.presentation.set_pieces import PieceSeat, SetPiece
from tabletop.presentation.words import Words
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.change_runs import runs_of
from tabletop.window.drawing import card_svg
from tabletop.window.frames import Align, Fitting, Frame, Panel, Scroll, Sized
from tabletop.window.layout import Column, Element, Row
from tabletop.window.palette import MapColours, colour
from tabletop.window.parts import Picture, Rule, Space, Stamp, Text, draw_badge
from tabletop.window.text import runs
from tabletop.window.theme import BODY, GAP, HAIR, LABEL, LEAD, MONO, SMALL, SMALL_GAP, STRONG, TIGHT, WIDE, Style

_MASTHEAD = Style("serif", 96, 1.04)
_HEADLINE = Style("serif", 118, 1.0)
_TITLE = Style("serif", 92, 1.02)
_STORY_HEAD = Style("bold", 19, 1.3)
_LEADING = Style("text", 29, 1.36)
_STORY = Style("text", 24, 1.34)
_ARTICLES = (Style("text", 31, 1.32), Style("text", 25, 1.32))
_INK_STAMP = Style("bold", 34, 1.2)
_DOCUMENT = Style("serif", 44, 1.1)
_PLACE = re.compile(r"^([^.a-z]{3,24})\.\s+(.*)$", re.DOTALL)

#: The map as it is printed in a newspaper: ink on paper.
_PRINT = MapColours(
    *(colour(one) for one in ("#d9cfb8", "#cfc4aa", "#c4b89b", "#a79b80", "#6b6250", "#4a4337", "#8b8069", "#a02018"))
)
_DOUBLE = 7.0


def front_page(piece: SetPiece, words: Words, grown: float) -> Element:
    """The page: masthead, headline, the story, what is printed beside it, and a map of where it happened."""
    head = piece.masthead
    name = head.name if head is not None else ""
    ears = Row(
        Text(head.place if head is not None else "", SMALL, "soft", grow=1),
        Text(piece.when.upper(), _STORY_HEAD, "ink", across=0.5, wraps=False),
        Text(head.motto if head is not None else "", SMALL, "soft", across=1.0, grow=1),
        gap=WIDE,
        align="middle",
    )
    masthead = Column(Text(name, _MASTHEAD, across=0.5), _double(), ears, Rule(2, "ink"), gap=TIGHT)
    headline = Text(piece.title, _HEADLINE, across=0.5)
    story = Column(Text(piece.text, _LEADING), _moved(piece), gap=SMALL_GAP)
    beside = Column(*map(_story, piece.lines), gap=SMALL_GAP)
    picture = Picture(lambda canvas, box: _printed_map(canvas, box, piece), 380, 400)
    wide = Row(
        Sized(story, width=500 * grown),
        _column_rule(),
        Column(picture, Text(piece.model, SMALL, "soft", across=0.5) if piece.model else None, gap=TIGHT, grow=1.2),
        _column_rule() if piece.lines else None,
        Sized(beside, width=440 * grown) if piece.lines else None,
        gap=WIDE,
    )
    source = _source(piece, words)
    broad = Column(masthead, headline, wide, source, gap=GAP)
    narrow = Column(masthead, headline, story, Rule(), beside, Rule(), source, gap=GAP)
    page = Fitting(broad, Scroll("page", narrow, least=200))
    return Panel(page, "paper", pad=WIDE * 2, pad_down=WIDE, radius=3, has_shadow=True)


def _double() -> Element:
    """The line below a masthead: a thick one and a thin one."""

    def paint(canvas: Canvas, box: Box) -> None:
        canvas.fill(Box(box.x, box.y, box.width, 4), canvas.ground.ink)
        canvas.fill(Box(box.x, box.y + 6, box.width, 1.5), canvas.ground.ink)

    return Picture(paint, 0, _DOUBLE)


def _column_rule() -> Element:
    return Picture(lambda canvas, box: canvas.fill(box, canvas.ground.edge), 1.5, 0)


def _story(line: str) -> Element:
    """A short story beside the headline, with the place it comes from as its head where it begins with one."""
    found = _PLACE.match(line)
    if found is None:
        return Column(Rule(), Text(line, _STORY), gap=TIGHT)
    return Column(Rule(), Text(found[1], _STORY_HEAD, "bad"), Text(found[2], _STORY), gap=HAIR)


def _moved(piece: SetPiece) -> Element | None:
    return Column(Rule(), Text(runs_of(piece.changes), BODY), gap=TIGHT) if piece.changes else None


def _source(piece: SetPiece, words: Words) -> Element | None:
    return Text(words("set_pieces.source", source=piece.source), SMALL, "soft") if piece.source else None


def _printed_map(canvas: Canvas, box: Box, piece: SetPiece) -> None:
    """The pack's map in printer's ink, or its own picture, in a frame."""
    own = canvas.look.piece_picture(piece.picture)
    inner = box.inset(2)
    canvas.fill(box, canvas.ground.ink)
    if own:
        canvas.fill(inner, canvas.ground.fill)
        canvas.drawing(card_svg(own, _PRINT), inner)
        return
    size = max(26.0, box.height * 0.16)
    beyond = _beyond(canvas, inner, piece)
    if beyond:
        inner = Box(inner.x, inner.y, inner.width, inner.height - size - 2 * TIGHT)
        _draw_beyond(canvas, Box(inner.x, inner.bottom + 2, inner.width, size + 2 * TIGHT - 2), beyond, size)
    behind = canvas.look.scenery.in_box(inner, "table")
    canvas.drawing(behind.svg(_PRINT), inner, is_opaque=True)
    for seat in piece.sides:
        if seat in beyond:
            continue
        there = behind.place(seat.seat) or behind.spots([one.seat for one in piece.sides], size)[seat.seat]
        x = min(max(there[0], inner.x + size), inner.right - size)
        y = min(max(there[1], inner.y + size), inner.bottom - size)
        draw_badge(canvas, seat.seat, seat.place, x, y, size)


def _beyond(canvas: Canvas, box: Box, piece: SetPiece) -> list[PieceSeat]:
    """The sides that lie beyond the edge of the map; none where there is no map on which any of them lies."""
    behind = canvas.look.scenery.in_box(box, "table")
    off = [one for one in piece.sides if behind.place(one.seat) is None]
    return off if len(off) < len(piece.sides) else []


def _draw_beyond(canvas: Canvas, box: Box, seats: Sequence[PieceSeat], size: float) -> None:
    """Below the map, with an arrow away from it, those who are not on it."""
    canvas.fill(box, canvas.ground.fill)
    y, x = box.centre[1], box.right - TIGHT
    for seat in seats:
        canvas.icon("arrow-right", Box(x - size * 0.6, y - size * 0.3, size * 0.6, size * 0.6), canvas.ground.ink)
        draw_badge(canvas, seat.seat, seat.place, x - size * 1.2, y, size)
        name = canvas.pen.set(runs(seat.name, "bold"), _STORY_HEAD)
        wide, high = canvas.pen.units(name.width), canvas.pen.units(name.height)
        x -= size * 1.7 + wide + TIGHT
        canvas.text(name, Box(x, y - high / 2, wide, high), canvas.ground.ink)
        x -= GAP


def document(piece: SetPiece, words: Words, grown: float) -> Element:
    """A joint statement: its articles by number, and below them where each side signs."""
    asked = bool(piece.question)
    written = [_articles(piece, style, grown) for style in _ARTICLES]
    head = words("set_pieces.document" if asked else "set_pieces.signed_document")
    seal = Picture(lambda canvas, box: _seal(canvas, box, piece), 0, 92)
    signed = Row(*(_signature(piece, seat, asked) for seat in piece.sides), gap=WIDE * 2)
    body = Column(
        seal,
        Text(head, _DOCUMENT, across=0.5),
        Text(piece.when, MONO, "soft", across=0.5),
        Rule(),
        Fitting(*written, Scroll("articles", written[-1], least=130)),
        Space(grow=1),
        Align(Stamp(piece.stamp, "warn" if asked else "bad", 8.0, _INK_STAMP), 0.92, 0.5) if piece.stamp else None,
        signed,
        gap=SMALL_GAP,
    )
    return _Bordered(Panel(body, "paper", pad=WIDE * 2, pad_down=WIDE + GAP, radius=3, has_shadow=True))


def _articles(piece: SetPiece, style: Style, grown: float) -> Element:
    rows = [
        Row(
            Sized(Text(f"{number}.", style, "bad", across=1.0, wraps=False), width=50 * grown),
            Text(line, style, grow=1),
            gap=SMALL_GAP,
        )
        for number, line in enumerate(piece.lines or _items(piece), 1)
    ]
    return Column(*rows, gap=SMALL_GAP)


def _items(piece: SetPiece) -> list[str]:
    return [f"{section.title}: {item}" for section in piece.sections for item in section.items]


class _Bordered(Frame):
    """Paper with a printed border, as treaties have it."""

    def draw(self, canvas: Canvas) -> None:
        super().draw(canvas)
        paper = canvas.theme.ground("paper")
        canvas.ring(self.box.inset(14), paper.accent, 2, 3)
        canvas.ring(self.box.inset(20), paper.edge, 2, 1.5)


def _seal(canvas: Canvas, box: Box, piece: SetPiece) -> None:
    """The two sides' emblems, close together."""
    size, x = min(box.height, 84.0), box.centre[0]
    for seat, way in zip(piece.sides, (-1, 1), strict=False):
        draw_badge(canvas, seat.seat, seat.place, x + way * size * 0.62, box.y + size / 2, size)


def _signature(piece: SetPiece, seat: PieceSeat, asked: bool) -> Element:
    line = Picture(lambda canvas, box: _sign(canvas, box, piece, seat, asked), 0, 130)
    return Column(line, Rule(2, "ink"), Text(seat.name, LABEL, across=0.5), gap=HAIR, grow=1)


def _sign(canvas: Canvas, box: Box, piece: SetPiece, seat: PieceSeat, asked: bool) -> None:
    """A name in ink as the pen writes it; before that, the pen above the line."""
    own = piece.sides.index(seat)
    if asked:
        if own == 0:
            _pen(canvas, box.x + box.width * 0.34, box.bottom - 8, box.height)
        return
    come = canvas.motion.value(f"pen.{piece.key}.{seat.seat}", 1.0, start=0.0, duration=1.5, delay=0.4 + 1.1 * own)
    points = _flourish(seat.seat, box)
    ink = "#17304e"
    if come >= 1:
        path = "L".join(f"{x - box.x:.1f} {y - box.y:.1f}" for x, y in points)
        canvas.drawing(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {box.width:.1f} {box.height:.1f}"><path d="M{path}" '
            f'fill="none" stroke="{ink}" stroke-width="3" stroke-linejoin="round" stroke-linecap="round"/></svg>',
            box,
        )
    elif come > 0:
        drawn = points[: max(2, round(len(points) * come))]
        canvas.lines(drawn, colour(ink), 3)
        _pen(canvas, *drawn[-1], box.height)


def _flourish(name: str, box: Box) -> list[tuple[float, float]]:
    """The strokes of somebody's signature: a tall first letter, then a hand that gets smaller, and a line under it."""
    seed = sum(ord(letter) * (at + 3) for at, letter in enumerate(name))
    wide, high = box.width * 0.74, box.height * 0.8
    left, middle = box.x + box.width * 0.1, box.y + box.height * 0.58
    strokes = 7 + seed % 4
    points = []
    for step in range(220):
        share = step / 219
        size = high * (0.52 if share < 0.14 else 0.2 + 0.12 * math.sin(share * 9 + seed)) * (1 - 0.45 * share)
        turn = share * strokes * 2 * math.pi + seed % 5
        up = size * (math.sin(turn) + 0.34 * math.sin(2.2 * turn + seed % 7))
        x = left + wide * share + 0.42 * up + math.cos(turn) * wide * 0.035
        points.append((x, middle - up - high * 0.1 * share))
    last = points[-1]
    below = box.bottom - box.height * 0.16
    for at in range(31):
        back = wide * 0.9 * (at / 30) ** 1.4 - wide * 0.04 * math.sin(at / 8)
        points.append((last[0] - back, last[1] + (below - last[1]) * min(1.0, at / 9)))
    return points


def _pen(canvas: Canvas, x: float, y: float, tall: float) -> None:
    """A fountain pen whose nib is at a place."""
    long = tall * 1.7
    box = Box(x, y - long, long, long)
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><g transform="rotate(38 0 100)">'
        '<path d="M0 100L-4.5 86L-5.5 78H5.5L4.5 86z" fill="#c9a24a" stroke="#5d4a1c" stroke-width="0.8"/>'
        '<path d="M0 98V86" stroke="#5d4a1c" stroke-width="0.8"/>'
        '<path d="M-6 78L-7.5 20Q-7 8 0 8Q7 8 7.5 20L6 78z" fill="#14202b"/>'
        '<path d="M-7 46H7V41H-7z" fill="#c9a24a"/><path d="M-4.6 74L-5.6 24" stroke="#41535f" stroke-width="1.4"/>'
        "</g></svg>"
    )
    canvas.drawing(svg, box)


def verdict_paper(piece: SetPiece, words: Words, grown: float) -> Element:
    """How it ended, on paper, with what it came to for every seat."""
    role = {"good": "good", "bad": "bad"}.get(piece.tone, "ink")
    points = [
        Column(
            Picture(functools.partial(_badge, seat=one.seat), 64 * grown, 64 * grown),
            Text(one.seat.name, SMALL, across=0.5, wraps=False),
            Text(f"{one.points:+d}".replace("-", "−"), Style("bold", 34, 1.1), across=0.5, wraps=False),
            gap=HAIR,
            grow=1,
        )
        for one in piece.points
    ]
    body = Column(
        Text(piece.when.upper(), MONO, "bad", across=0.5),
        Text(piece.title, _TITLE, role, across=0.5),
        Text(piece.text, LEAD, across=0.5),
        Align(Stamp(piece.stamp, "bad", 5.0, _INK_STAMP)) if piece.stamp else None,
        Rule(),
        Fitting(Row(*points, gap=GAP), _rows(piece)) if points else None,
        gap=GAP,
    )
    page = Fitting(body, Scroll("page", body, least=200))
    return _Bordered(Panel(page, "paper", pad=WIDE * 3, pad_down=WIDE * 2, radius=3, has_shadow=True))


def _rows(piece: SetPiece) -> Element:
    return Column(
        *(
            Row(Text(one.seat.name, STRONG, grow=1), Text(f"{one.points:+d}".replace("-", "−"), STRONG, wraps=False))
            for one in piece.points
        ),
        gap=TIGHT,
    )


def _badge(canvas: Canvas, box: Box, seat: PieceSeat) -> None:
    draw_badge(canvas, seat.seat, seat.place, *box.centre, min(box.width, box.height))
