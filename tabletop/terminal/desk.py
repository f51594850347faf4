"""The desk: the screen on which a seat decides, in the most telling form that its terminal has room for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from tabletop.presentation.names import sentence
from tabletop.presentation.negotiation import negotiation_of
from tabletop.terminal.bargain import said_rows, scale_rows
from tabletop.terminal.beliefs import asked_row
from tabletop.terminal.board import heading, meter_rows, scoreboard, track_rows
from tabletop.terminal.cards import card_panel, reminder
from tabletop.terminal.menu import invitation, menus
from tabletop.terminal.prompts import as_started
from tabletop.terminal.rows import folded, ruled, text
from tabletop.terminal.scene import Scene

if TYPE_CHECKING:
    from tabletop.engine.log import Entry


def desk(scene: Scene, news: Sequence[Text], on_table: list[Entry], message: Sequence[Text]) -> list[Text]:
    """The board, the card on the table or what has just happened, the moves, and a message if there is one."""
    middle = _middle(scene, news, on_table)
    ask, below = invitation(scene), list(message) or [Text(_footer(scene), style="dim")]
    room = scene.height - len(ask) - len(below) - 1
    ways = menus(scene)
    tops = list(_tops(scene))
    telling = [(top, menu) for top in tops[:3] for menu in ways[:4]]
    telling += [(tops[3], menu) for menu in ways[3:4]]
    for top, menu in [*telling, *((top, menu) for menu in ways[4:] for top in tops), *((tops[-1], w) for w in ways)]:
        left = room - len(top) - len(middle) - len(menu)
        if left >= 0:
            return [*top, *middle, *_told_what_to_do(scene, left), *ask, *menu, *below]
    top, menu = tops[-1], ways[-1]
    left = max(3, room - len(top) - len(menu) - 1)
    command = "card" if scene.card is not None and not news else "log"
    cut = (
        [*middle[:left], Text(f"   {scene.words('terminal.has_the_rest', command=command)}", style="dim")]
        if left < len(middle)
        else middle
    )
    return [*top, *cut, *ask, *menu, *below]


def has_room(scene: Scene, news: Sequence[Text], on_table: list[Entry]) -> bool:
    """Whether news fits above the next choice without pushing anything off the screen."""
    used = (
        len(scoreboard(scene, facts=1))
        + len(_middle(scene, news, on_table))
        + len(invitation(scene))
        + len(menus(scene)[:5][-1])
    )
    return used + 3 <= scene.height


def _told_what_to_do(scene: Scene, room: int) -> list[Text]:
    """What the phase is about, if there is room to say it."""
    words = scene.phase.text if scene.phase and scene.card is None else ""
    rows = folded(text((words, "italic")), scene.width, " ") if words else []
    return rows if len(rows) <= room else []


def _tops(scene: Scene) -> Iterator[list[Text]]:
    """The upper part, from the whole of it to the meters alone; at a table with a scale, to the scale alone."""
    table = negotiation_of(scene, scene.words) if scene.card is None else None
    if table is not None and table.scale is not None:
        said, weighed = said_rows(scene, table), scale_rows(scene, table.scale)
        rule = ruled(scene.marks, scene.width, table.title)
        yield [*heading(scene), *meter_rows(scene), *track_rows(scene), rule, *said, *weighed]
        yield [*heading(scene)[:1], *meter_rows(scene), rule, *said, *weighed]
        yield [*heading(scene)[:1], *meter_rows(scene), rule, *weighed]
        yield [*heading(scene)[:1], rule, *weighed]
        yield [*heading(scene)[:1], *weighed]
        return
    yield [*heading(scene), *scoreboard(scene)]
    yield [*heading(scene)[:1], *scoreboard(scene)]
    yield [*heading(scene)[:1], *scoreboard(scene, facts=1)]
    yield [*heading(scene)[:1], *scoreboard(scene, facts=0)]
    yield [*heading(scene)[:1], *meter_rows(scene)]


def _middle(scene: Scene, news: Sequence[Text], on_table: list[Entry]) -> list[Text]:
    if scene.card is not None:
        before = [ruled(scene.marks, scene.width), *news] if news else []
        return [*before, ruled(scene.marks, scene.width), *card_panel(scene, scene.card, came=bool(on_table))]
    return [ruled(scene.marks, scene.width, text((reminder(scene), "dim"))), *news, *asked_row(scene)]


def paused_rows(scene: Scene) -> list[Text]:
    """That the facilitator has stopped the game, and how it goes on."""
    last = next(one for one in reversed(scene.session.commands) if one.kind == "pause")
    rows = [
        *heading(scene)[:1],
        ruled(scene.marks, scene.width),
        Text(),
        Text(f" {scene.words('terminal.paused_title')}", style="bold"),
    ]
    rows += folded(sentence(last.why), scene.width, " ") if last.why else []
    typed = f"{as_started()} facilitate {scene.session.id}"
    return [*rows, Text(), *folded(scene.words("terminal.paused_how", typed=typed), scene.width, " ")]


def _footer(scene: Scene) -> str:
    undo = ["undo"] if scene.session.can_undo else []
    undo += ["redo"] if scene.session.can_redo else []
    words = [scene.words("terminal.foot_pick"), "why 3", "moves", "board", "log", "brief", *undo, "?", "quit"]
    for less in ("brief", "log", "moves", "board"):
        line = " " + f" {scene.marks.dot} ".join(words)
        if len(line) <= scene.width:
            return line
        words.remove(less)
    return " " + f" {scene.marks.dot} ".join(words)
