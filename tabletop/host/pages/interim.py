"""What a seat is told and may do, as plain values, until `tabletop.presentation` says it."""

from __future__ import annotations

from typing import Any

from tabletop.engine.views import public_view
from tabletop.presentation.perspective import Perspective
from tabletop.session import Session
from tabletop.session.facilitation import messages_to, notes

#: How many entries of the log a page shows.
MOST_ENTRIES = 120


def presentation(session: Session, seat: str) -> dict[str, Any]:
    """The game as a seat sees it, or everybody (""): plain values from the seat's view, the pack and its messages."""
    view = session.view(seat) if seat else public_view(session.state)
    perspective = Perspective(session.game.program, seat, view)
    scenario, names = session.scenario, perspective.names
    return {
        "title": scenario.title,
        "seat": seat,
        "seat_name": perspective.noun.name,
        "when": f"{perspective.label}",
        "stage": perspective.stage.title,
        "phase": perspective.phase.title if perspective.phase else "",
        "phase_text": perspective.phase.text if perspective.phase else "",
        "card": _card(perspective),
        "acting": [names.seats[one].name for one in view.acting],
        "meters": [_meter(perspective, id) for id in view.meters],
        "resources": [
            {"id": one.id, "name": one.name, "left": perspective.left(one)}
            for one in (perspective.noun.resources if seat else ())
        ],
        "facts": [{"name": names.full(id), "value": str(view.facts[id])} for id in perspective.telling_facts()],
        "moves": {str(action): _move(perspective, action) for action in (perspective.moves if seat else ())},
        "picked": [action.label for action in view.picked],
        "log": [_entry(entry) for entry in view.log[-MOST_ENTRIES:][::-1]],
        "brief": perspective.noun.brief if seat else "",
        "private_brief": perspective.noun.private_brief if seat else "",
        "messages": [note.text for note in messages_to(session, seat)] if seat else [],
        "notes": [note.text for note in notes(session, "note") if note.shown],
        "finished": view.finished,
        "ending": _ending(perspective),
        "scores": {names.seats[one].name: points for one, points in view.scores.items()} if view.finished else {},
    }


def _card(perspective: Perspective) -> dict[str, Any] | None:
    card = perspective.card or perspective.card_of_turn
    if card is None:
        return None
    question = perspective.question
    return {
        "title": card.title,
        "text": card.text,
        "date": card.date,
        "prompt": question.prompt if question else "",
        "waits": perspective.card is not None,
    }


def _meter(perspective: Perspective, id: str) -> dict[str, Any]:
    meter = perspective.names.meters[id]
    low, high = meter.range
    value = perspective.view.meters[id]
    return {"id": id, "name": meter.name, "value": value, "low": low, "high": high, "change": perspective.changed(id)}


def _move(perspective: Perspective, action: Any) -> dict[str, Any]:
    costs = [f"{amount} {perspective.names.full(id)}" for id, amount in action.cost.items() if amount]
    return {"label": action.label, "text": action.text, "group": action.group, "cost": ", ".join(costs)}


def _entry(entry: Any) -> dict[str, Any]:
    return {"turn": entry.turn, "text": entry.text, "why": entry.why, "kind": entry.kind}


def _ending(perspective: Perspective) -> dict[str, str] | None:
    found = next((one for one in perspective.scenario.endings if one.id == perspective.view.outcome), None)
    return None if found is None else {"title": found.title, "text": found.text}
