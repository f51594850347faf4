"""Cards: the event on the table, its record and sources, and what it did at once."""

from __future__ import annotations

from rich.text import Text

from tabletop.engine.log import Entry
from tabletop.scenario.cards import Card
from tabletop.terminal.rows import folded, text
from tabletop.terminal.scene import Scene
from tabletop.terminal.timeline import told

_KINDS = {
    "warning": ("WARNING", "bold yellow"),
    "opportunity": ("OPENING", "bold green"),
    "turn": ("TURN", "bold magenta"),
}
_RECORD = {
    "certain": "it happened",
    "disputed": "the record is disputed",
    "invented": "invented; it could have happened",
}


def card_panel(scene: Scene, card: Card, entries: list[Entry], sources: bool = False) -> list[Text]:
    """A card with its situation, what came of it (the log from the card's own entry on), and where it comes from."""
    kind, style = _KINDS.get(card.kind, ("EVENT", "bold cyan"))
    edge = (f" {'|' if scene.marks.line == '-' else '▌'} ", style)
    inner = scene.width - 3
    record = _RECORD.get(card.certainty, card.certainty)
    whole = f" {scene.marks.dot} ".join(part for part in (card.date, record) if part)
    head = text((kind, style), "  ", (card.title, "bold"))
    fitting = [about for about in (whole, card.date, record) if len(about) <= inner - head.cell_len - 2]
    head = text(head, "  ", (fitting[0], "dim")) if fitting else head
    body = [head, *folded(card.text, inner)]
    if sources:
        body += source_lines(scene, card, inner)
    return [text(edge, line) for line in body] + told(scene, entries[1:], entries[0] if entries else None)


def card_page(scene: Scene, card: Card) -> list[Text]:
    """A card with everything that came of it when it came up last."""
    log = [entry for entry in scene.view.log if entry.card == card.id]
    came_up = [at for at, entry in enumerate(log) if entry.kind == "card"]
    return card_panel(scene, card, log[came_up[-1] :] if came_up else [], sources=True)


def source_lines(scene: Scene, card: Card, width: int) -> list[Text]:
    """The claims that the card carries and the sources that it draws on."""
    claims = {claim.id: claim for claim in scene.scenario.claims}
    sources = {source.id: source for source in scene.scenario.sources}
    rows: list[Text] = []
    for id in card.claims:
        if id in claims:
            rows += folded(text((claims[id].summary, "")), width, text((f"{id}  ", "dim")))
    for id in card.sources:
        if id in sources:
            one = sources[id]
            parts = ", ".join(part for part in (one.author, one.title, one.published) if part)
            rows += folded(text((parts, "dim")), width, "Source  ")
    return rows


def reminder(scene: Scene) -> str:
    """The card of the turn in a few words."""
    card = scene.card_of_turn
    return f"This {scene.stage.turn}: {card.title}" if card else ""
