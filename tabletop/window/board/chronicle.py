"""Chronicle: the log of a turn, entry by entry; every one can be asked why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tabletop.engine.log import Entry
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words
from tabletop.window.board.wording import change_words, joined
from tabletop.window.controls import Button, Spot
from tabletop.window.frames import Pad, Panel, Scroll
from tabletop.window.layout import Column, Element, Row
from tabletop.window.parts import Icon, SeatBadge, Space, Text
from tabletop.window.text import Run
from tabletop.window.theme import HAIR, LABEL, SMALL, SMALL_GAP, STRONG, TIGHT, Style

if TYPE_CHECKING:
    from tabletop.window.screens.table import Table

_WHY = Style("text", 17, 1.22)


def told(perspective: Perspective, turn: int) -> list[tuple[int, Entry]]:
    """The entries of a turn that are told, with their places in the log."""
    return [
        (at, entry)
        for at, entry in enumerate(perspective.view.log)
        if entry.turn == turn and not (entry.kind == "change" and entry.before == entry.after) and _is_told(entry)
    ]


def _is_told(entry: Entry) -> bool:
    return entry.kind != "turn" and (entry.kind != "action" or bool(entry.title))


def chronicle(
    perspective: Perspective,
    words: Words,
    entries: Sequence[tuple[int, Entry]],
    grown: float,
    explain: Callable[[Entry], object],
) -> list[Element]:
    """The entries as lines; those that follow from another stand under it."""
    order = {seat.id: at for at, seat in enumerate(perspective.scenario.seats)}
    lines: list[Element] = []
    phase = ""
    for at, entry in entries:
        if entry.phase != phase and entry.kind not in ("turn", "stage", "ending"):
            phase = entry.phase
            title = perspective.names.phases[phase].title if phase in perspective.names.phases else ""
            if title and entry.kind not in ("card",):
                lines.append(Pad(Text(title.upper(), _WHY, "soft"), TIGHT, HAIR))
        lines.append(
            Spot(
                f"log.{at}",
                Pad(_line(perspective, words, entry, grown, order), TIGHT, HAIR / 2),
                lambda entry=entry: explain(entry),  # type: ignore[misc]
            )
        )
    return lines


def _line(perspective: Perspective, words: Words, entry: Entry, grown: float, order: dict[str, int]) -> Element:
    if entry.kind in ("stage", "ending"):
        return Text(entry.text, LABEL, "accent")
    if entry.kind == "card":
        return Row(Icon("cards", SMALL, "accent"), Text(entry.title, LABEL, grow=1), gap=TIGHT, align="top")
    if entry.kind == "action":
        who = words("table.you") if entry.seat == perspective.seat else perspective.names.seat(entry.seat)
        badge: Element = (
            SeatBadge(entry.seat, order[entry.seat], 26 * grown) if entry.seat in order else Space(26 * grown)
        )
        runs = [Run(f"{who}: ", "bold", "soft"), Run(entry.title, "bold")]
        return Row(badge, Text(runs, SMALL, grow=1), gap=TIGHT, align="top")
    return _indented(Text(_runs(perspective, entry), SMALL, grow=1), entry, grown)


def _indented(line: Element, entry: Entry, grown: float) -> Element:
    body = Column(line, Text(entry.why, _WHY, "soft") if entry.why and entry.kind != "word" else None, gap=0)
    body.grow = 1
    return Row(Space(SMALL_GAP * grown), body, gap=0)


def _runs(perspective: Perspective, entry: Entry) -> list[Run]:
    if entry.kind == "change":
        return change_words(perspective, entry)
    if entry.kind == "roll":
        return [Run(f"◆ {entry.title}: ", "bold"), Run(entry.text, "text")]
    mark = "" if entry.kind in ("quiet", "ruling") else "— "
    return [Run(f"{mark}{entry.text}", "text")]


def net_changes(perspective: Perspective, since: int) -> list[list[Run]]:
    """What has moved, altogether, since a place in the log: meters in the order of the board."""
    from attrs import evolve

    found: list[list[Run]] = []
    for meter in perspective.scenario.meters:
        own = [e for e in perspective.view.log[since:] if e.kind == "change" and e.target == meter.id]
        if own and own[-1].after != own[0].before:
            found.append(change_words(perspective, evolve(own[-1], before=own[0].before)))
    return found


def about(perspective: Perspective, entry: Entry) -> str:
    """Where an entry comes from, in a line: who or what, and the claims behind it."""
    who = f"{perspective.names.seat(entry.seat)}: " if entry.seat and entry.title else ""
    return joined([who + entry.title, " ".join(entry.claims)])


def log_panel(table: Table, perspective: Perspective) -> Element:
    """The log of one turn, with the way to others."""
    turn = table.log_turn or perspective.view.turn
    label = perspective.turns.get(turn)
    said = table.words
    head = Row(
        Text(said("table.log"), STRONG, grow=1),
        Button(
            "log.back",
            "",
            lambda: table.page_log(-1),
            icon="caret-left",
            kind="quiet",
            tip=said("table.log_back"),
            why_not="" if turn > 1 else said("table.log_first"),
        ),
        Button(
            "log.on",
            "",
            lambda: table.page_log(1),
            icon="caret-right",
            kind="quiet",
            tip=said("table.log_on"),
            why_not="" if turn < perspective.view.turn else said("table.log_last"),
        ),
        gap=0,
        align="middle",
    )
    lines = chronicle(perspective, said, told(perspective, turn), table.grown, table.explain_entry)
    name = Text(str(label), SMALL, "soft") if label else None
    return Panel(
        Column(head, name, Scroll("log", Column(*lines, gap=0), at_end=turn == perspective.view.turn), gap=TIGHT),
        "panel",
        pad=SMALL_GAP,
    )
