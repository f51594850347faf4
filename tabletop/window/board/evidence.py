"""Evidence: dossiers on the board, a bar for what the player holds, and the pieces with how reliable each is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import attrs

from tabletop.presentation.evidence import Dossier, Piece
from tabletop.presentation.words import Words
from tabletop.window.board.wording import joined
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.controls import Spot
from tabletop.window.frames import Pad
from tabletop.window.layout import Column, Element, Row
from tabletop.window.palette import Colour, mixed
from tabletop.window.parts import Icon, KeyCap, Picture, Text
from tabletop.window.text import Run
from tabletop.window.theme import HAIR, LABEL, SMALL, SMALL_GAP, STRONG, TIGHT

_PIPS = {"faint": 1, "fair": 2, "strong": 3}


@attrs.frozen
class Held:
    """What the player holds of a hidden truth, in per cent by value ({}: not said yet), and whether it is asked now."""

    shares: Mapping[str, float]
    is_asked: bool


def dossier_spot(dossier: Dossier, held: Held, words: Words, grown: float, on_open: Callable[[], object]) -> Element:
    """A dossier on the board: how much is in it, what the player holds, and whether that is asked for now."""
    shares = list(held.shares.values())
    about = Column(
        Text(dossier.name, LABEL),
        Text(dossier.summary, SMALL, "soft"),
        Text(words("belief.asked"), SMALL, "accent") if held.is_asked else None,
        Picture(lambda canvas, box: draw_shares(canvas, box, shares), 60, 12 * grown) if shares else None,
        gap=HAIR / 2,
        grow=1,
    )
    icon = Icon("folder-open", STRONG, "accent" if held.is_asked else "soft")
    row = Row(icon, about, KeyCap("K"), gap=TIGHT, align="middle")
    tip = joined([dossier.text, words("belief.asked_tip")], "\n")
    return Spot(f"evidence.{dossier.hidden}", Pad(row, TIGHT, HAIR), on_open, letter="k", tip=tip)


def shade(canvas: Canvas, at: int, of: int) -> Colour:
    """The colour of a value by its place: from the accent to the colour of soft text."""
    return mixed(canvas.ground.accent, canvas.ground.soft, at / max(1, of - 1))


def draw_shares(canvas: Canvas, box: Box, shares: Sequence[float]) -> None:
    """Shares side by side in one bar, a gap between them."""
    x, total = box.x, sum(shares) or 1
    for at, share in enumerate(shares):
        wide = box.width * share / total
        if wide >= 1:
            canvas.rounded(Box(x, box.y, max(2.0, wide - 3), box.height), shade(canvas, at, len(shares)), 3)
        x += wide


def pieces(dossier: Dossier, words: Words, grown: float) -> Element:
    """Every piece of a dossier: when and where it is from, what it says, and how often it comes of what."""
    if not dossier.pieces:
        return Text(dossier.summary, SMALL, "soft")
    return Column(*[_piece(one, words, grown) for one in dossier.pieces], gap=SMALL_GAP)


def _piece(one: Piece, words: Words, grown: float) -> Element:
    often = ", ".join(words("belief.often_each", value=each.name, percent=each.percent) for each in one.likely)
    head = Row(
        _pips(_PIPS[one.strength], grown),
        Text(
            [Run(f"{one.fits_text}, {one.strength_text}", "bold"), Run(f"  {one.when} · {one.title}", "text", "soft")],
            SMALL,
            grow=1,
        ),
        gap=TIGHT,
        align="middle",
    )
    return Column(head, Text(one.text), Text(words("belief.often", shares=often), SMALL, "soft"), gap=0)


def _pips(count: int, grown: float) -> Element:
    side = 14 * grown

    def paint(canvas: Canvas, box: Box) -> None:
        for at in range(3):
            x = box.x + side * (at + 0.5)
            canvas.disc(x, box.centre[1], side * 0.38, canvas.ground.soft)
            canvas.disc(x, box.centre[1], side * 0.38 - 2, canvas.ground.accent if at < count else canvas.ground.fill)

    return Picture(paint, 3 * side, side)
