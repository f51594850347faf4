"""Cards in rows: the event on the table, its record and sources, and what came of it."""

from __future__ import annotations

from rich.text import Text

from tabletop.presentation.event_card import EventCard, card_reminder, event_card
from tabletop.scenario.cards import Card
from tabletop.terminal.rows import folded, text
from tabletop.terminal.scene import Scene
from tabletop.terminal.timeline import entry_rows, move_rows

_STYLES = {"warning": "bold yellow", "opportunity": "bold green", "turn": "bold magenta"}


def card_panel(scene: Scene, card: Card, came: bool = False, sources: bool = False) -> list[Text]:
    """A card with its situation; with `came` what came of it, and with `sources` where it comes from."""
    shown = event_card(scene, scene.words, card)
    style = _STYLES.get(shown.kind, "bold cyan")
    edge = (f" {'|' if scene.marks.line == '-' else '▌'} ", style)
    inner = scene.width - 3
    whole = f" {scene.marks.dot} ".join(part for part in (shown.date, shown.record_text) if part)
    head = text((shown.kind_text.upper(), style), "  ", (shown.title, "bold"))
    fitting = [about for about in (whole, shown.date, shown.record_text) if len(about) <= inner - head.cell_len - 2]
    head = text(head, "  ", (fitting[0], "dim")) if fitting else head
    body = [head, *folded(shown.text, inner)]
    if sources:
        body += _source_rows(scene, shown, inner)
    rows = [text(edge, line) for line in body]
    return [*rows, *_came_rows(scene, shown), *_due_rows(scene, shown)] if came else rows


def card_page(scene: Scene, card: Card) -> list[Text]:
    """A card with everything that came of it when it came up last."""
    return card_panel(scene, card, came=True, sources=True)


def _came_rows(scene: Scene, shown: EventCard) -> list[Text]:
    return [
        row
        for entry in shown.came
        for row in (move_rows(scene, entry) if entry.kind == "action" else entry_rows(scene, entry))
    ]


def _due_rows(scene: Scene, shown: EventCard) -> list[Text]:
    """What it has set in motion and has yet to bring."""
    return [
        row
        for one in shown.due
        for row in folded(text((one.text, ""), f"  {one.why}"), scene.width, f"   {scene.marks.maybe} ", hang=5)
    ]


def _source_rows(scene: Scene, shown: EventCard, width: int) -> list[Text]:
    """The claims that the card carries and the sources that it draws on."""
    rows: list[Text] = []
    for claim in shown.claims:
        rows += folded(claim.summary, width, text((f"{claim.id}  ", "dim")))
    for source in shown.sources:
        rows += folded(text((source.text, "dim")), width, f"{scene.words('event-card.source')}  ")
    return rows


def reminder(scene: Scene) -> str:
    """The card of the turn in a few words."""
    return card_reminder(scene, scene.words)
