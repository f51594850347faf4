"""The log of one turn, event by event; every line can be asked why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tabletop.presentation.perspective import Perspective
from tabletop.presentation.timeline import TimelineEntry, TimelineEvent, timeline
from tabletop.window.controls import Button, Spot
from tabletop.window.frames import Pad, Panel, Scroll
from tabletop.window.layout import Column, Element, Row
from tabletop.window.parts import Icon, SeatBadge, Space, Text
from tabletop.window.span_runs import runs_of
from tabletop.window.text import Run
from tabletop.window.theme import HAIR, LABEL, SMALL, SMALL_GAP, STRONG, TIGHT, Style

if TYPE_CHECKING:
    from tabletop.window.board.at_table import AtTable

_WHY = Style("text", 17, 1.22)
#: What stands under no title of a phase.
_UNTITLED = frozenset(["turn", "stage", "ending", "card"])


def log_lines(
    perspective: Perspective, events: Sequence[TimelineEvent], grown: float, explain: Callable[[int], object]
) -> list[Element]:
    """The events as lines; what follows from another stands under it. `explain` takes the place of an entry."""
    order = {seat.id: at for at, seat in enumerate(perspective.scenario.seats)}
    lines: list[Element] = []
    for event in events:
        if event.opens_phase and event.phase_title and event.kind not in _UNTITLED:
            lines.append(Pad(Text(event.phase_title.upper(), _WHY, "soft"), TIGHT, HAIR))
        head = (event.head,) if event.head is not None and event.kind != "turn" else ()
        for entry in (*head, *event.entries):
            lines.append(
                Spot(
                    f"log.{entry.place}",
                    Pad(_line(entry, grown, order), TIGHT, HAIR / 2),
                    lambda place=entry.place: explain(place),  # type: ignore[misc]
                )
            )
    return lines


def _line(entry: TimelineEntry, grown: float, order: dict[str, int]) -> Element:
    if entry.kind in ("stage", "ending"):
        return Text(entry.title, LABEL, "accent")
    if entry.kind == "card":
        return Row(Icon("cards", SMALL, "accent"), Text(entry.title, LABEL, grow=1), gap=TIGHT, align="top")
    if entry.kind == "action":
        badge: Element = (
            SeatBadge(entry.seat, order[entry.seat], 26 * grown) if entry.seat in order else Space(26 * grown)
        )
        runs = [Run(f"{entry.who}: ", "bold", "soft"), Run(entry.title, "bold")]
        return Row(badge, Text(runs, SMALL, grow=1), gap=TIGHT, align="top")
    why = Text(entry.why, _WHY, "soft") if entry.why and entry.kind != "word" else None
    body = Column(Text(_runs(entry), SMALL, grow=1), why, gap=0)
    body.grow = 1
    return Row(Space(SMALL_GAP * grown), body, gap=0)


def _runs(entry: TimelineEntry) -> list[Run]:
    if entry.change is not None:
        return runs_of(entry.change.line)
    if entry.kind == "roll":
        return [Run(f"◆ {entry.title}: ", "bold"), Run(entry.text, "text")]
    return [Run(f"— {entry.text}" if entry.kind == "word" else entry.title, "text")]


def log_panel(table: AtTable, perspective: Perspective) -> Element:
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
    lines = log_lines(perspective, timeline(perspective, said, turn=turn), table.grown, table.explain_entry)
    name = Text(str(label), SMALL, "soft") if label else None
    return Panel(
        Column(head, name, Scroll("log", Column(*lines, gap=0), at_end=turn == perspective.view.turn), gap=TIGHT),
        "panel",
        pad=SMALL_GAP,
    )
