"""Set pieces in a terminal: a framed page of what has come to pass, or of what is about to, with its question."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from tabletop.presentation.set_pieces import SetPiece
from tabletop.terminal.marks import COLOURS
from tabletop.terminal.rows import flowing, folded, styled, text
from tabletop.terminal.scene import Scene

_TONES = {"good": "bold green", "bad": "bold red"}


def piece_rows(scene: Scene, piece: SetPiece) -> list[Text]:
    """A page with a frame around it: the head of the paper or the date, the title, what happened, and what it moved."""
    inner = scene.width - 6
    rows = [*_head(scene, piece, inner), Text(), *_centred(Text(piece.title.upper(), style="bold"), inner), Text()]
    rows += folded(piece.text, inner) if not piece.question else []
    rows += [Text(), *_lines(scene, piece, inner)] if piece.lines else []
    rows += [Text(), *_sections(piece, inner)] if piece.sections and not piece.lines else []
    rows += [Text(), *_price(scene, piece, inner)] if piece.price else []
    rows += [Text(), *_moved(scene, piece, inner)] if piece.changes else []
    if piece.stamp and not piece.question:
        struck = Text(f"[ {piece.stamp.upper()} ]", style=_TONES.get(piece.tone, "bold yellow"))
        rows += [Text(), *_centred(struck, inner)]
    if piece.question:
        return _framed(scene, rows)
    small = [piece.model, scene.words("set_pieces.source", source=piece.source) if piece.source else ""]
    foot = [row for one in small if one for row in folded(Text(one, style="dim"), inner)]
    return _framed(scene, [*rows, *([Text(), *foot] if foot else [])])


def _head(scene: Scene, piece: SetPiece, width: int) -> list[Text]:
    if piece.layout == "front_page" and piece.masthead is not None:
        name = Text(piece.masthead.name, style="bold cyan")
        under = f" {scene.marks.dot} ".join(
            one for one in (piece.masthead.place, piece.when, piece.masthead.motto) if one
        )
        return [*_centred(name, width), *_centred(Text(under, style="dim"), width), Text(scene.marks.line * width)]
    if piece.layout == "signature":
        key = "document" if piece.question else "signed_document"
        return _centred(Text(f"{scene.words(f'set_pieces.{key}')}, {piece.when}", style="dim"), width)
    if piece.layout == "reply" and piece.actor is not None:
        said = scene.words("set_pieces.from", seat=piece.actor.name)
        return _centred(Text(f"{said} {scene.marks.dot} {piece.when}", style="dim"), width)
    return _centred(Text(piece.when, style="dim"), width)


def _lines(scene: Scene, piece: SetPiece, width: int) -> list[Text]:
    rows: list[Text] = []
    for number, line in enumerate(piece.lines, 1):
        lead = f"{number}. " if piece.layout == "signature" else f"{scene.marks.lead} "
        rows += folded(line, width, lead)
    return rows


def _sections(piece: SetPiece, width: int) -> list[Text]:
    return [
        row
        for section in piece.sections
        for row in folded(", ".join(section.items), width, text((f"{section.title}: ", "bold")), hang=3)
    ]


def _price(scene: Scene, piece: SetPiece, width: int) -> list[Text]:
    title = text((scene.words("set_pieces.price"), "bold"))
    return [title, *flowing([styled(hint.line) for hint in piece.price], width)]


def _moved(scene: Scene, piece: SetPiece, width: int) -> list[Text]:
    marks = scene.marks
    told = [
        text(f"{one.name} ", (f"{marks.arrow(one.amount)} {marks.signed(one.amount)}", COLOURS[one.sign]))
        for one in piece.changes
    ]
    return flowing(told, width)


def _centred(line: Text, width: int) -> list[Text]:
    rows = folded(line, width)
    return [text(" " * max(0, (width - row.cell_len) // 2), row) for row in rows]


def _framed(scene: Scene, rows: Iterable[Text]) -> list[Text]:
    """Rows in a frame as wide as the page."""
    width, heavy = scene.width - 2, scene.marks.heavy
    corners = "┏┓┗┛┃" if heavy == "━" else "++++|"
    side, inner = corners[4], width - 4
    found = [Text(f" {corners[0]}{heavy * (width - 2)}{corners[1]}")]
    for row in rows:
        found.append(text(f" {side} ", row, " " * max(0, inner - row.cell_len), f" {side}"))
    return [*found, Text(f" {corners[2]}{heavy * (width - 2)}{corners[3]}")]
