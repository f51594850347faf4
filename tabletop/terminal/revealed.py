"""Revealed: what has just come of everybody's decisions, in so few lines that a room can read it at once."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from tabletop.presentation.board_changes import BoardChange
from tabletop.presentation.revealed import Revealed, RevealedThing
from tabletop.terminal.marks import COLOURS
from tabletop.terminal.rows import flowing, folded, ruled, text
from tabletop.terminal.scene import Scene


def revealed_rows(scene: Scene, found: Revealed) -> list[list[Text]]:
    """What happened, thing by thing, each as the rows that belong together; with the sums last."""
    items: list[list[Text]] = []
    phase = ""
    for one in found.things:
        if one.phase and one.phase != phase:
            items.append([text((f" {one.phase}", "bold underline"))])
        phase = one.phase
        items.append(_rows(scene, one))
    total = _total(scene, found)
    return [*items, total] if total and len(items) > 2 else items


def _rows(scene: Scene, one: RevealedThing) -> list[Text]:
    if one.who:
        line = text((f"{one.who}: ", "bold"), one.what)
    elif one.kind == "ruling":
        line = text((f"{one.what}. ", "bold"), one.why)
    else:
        line = text((one.what, "bold cyan" if one.kind in ("turn", "stage") else "bold"))
    for said in one.said:
        line = text(line, f" {scene.marks.dash} ", (said, "italic"))
    if one.changes:
        line = text(line, "  ", Text(", ").join(_change(scene, change) for change in one.changes))
    return folded(line, scene.width, f" {scene.marks.lead} ", hang=3)


def _change(scene: Scene, one: BoardChange) -> Text:
    if one.kind == "fact":
        return text(f"{one.name}: ", (one.value.upper(), "bold reverse"))
    if one.kind == "number":
        return text(f"{one.name}: {one.value}")
    mark = scene.marks.judged(one.sign) if one.kind == "meter" else ""
    return text(f"{one.short} ", (f"{scene.marks.signed(one.amount)}{mark}", COLOURS[one.sign]))


def _total(scene: Scene, found: Revealed) -> list[Text]:
    """The meters' changes in a line or two."""
    parts = [_change(scene, one) for one in found.total]
    with_commas = [text(part, "," if at < len(parts) else "") for at, part in enumerate(parts, 1)]
    return flowing(with_commas, scene.width, f" {scene.words('terminal.in_all')} ", " ") if parts else []


def framed_pages(
    scene: Scene, top: list[Text], items: Sequence[Sequence[Text]], foot: list[Text], room: int
) -> list[list[Text]]:
    """Items between a top and a foot that stand on every page; `room` is the number of rows between the two.

    A screen of 1,000 rows or more is a pipe, and is not filled up with empty rows.
    """
    pages = _in_pages(items, room)
    found = []
    for number, page in enumerate(pages):
        space = [Text()] * max(0, room - len(page)) if scene.height < 1_000 else []
        found.append([*top, _page_mark(scene, number, len(pages)), *page, *space, *foot])
    return found


def _in_pages(items: Sequence[Sequence[Text]], room: int) -> list[list[Text]]:
    """Things on as many pages as they need, of so many rows; what belongs together is only parted where it must be."""
    pages: list[list[Text]] = [[]]
    for item in items:
        rows = list(item)
        if pages[-1] and len(pages[-1]) + len(rows) > room:
            pages.append([])
        while len(rows) > room:
            pages[-1], rows = rows[:room], rows[room:]
            pages.append([])
        pages[-1] += rows
    return pages


def _page_mark(scene: Scene, page: int, pages: int) -> Text:
    """Which page of how many, in a line across."""
    shown = scene.words("terminal.page_of", page=page + 1, pages=pages) if pages > 1 else ""
    return ruled(scene.marks, scene.width, shown)
