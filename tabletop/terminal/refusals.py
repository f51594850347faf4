"""Refusals: why a move that somebody names cannot be made now."""

from __future__ import annotations

from tabletop.engine.program import Action
from tabletop.scenario.numerals import count
from tabletop.terminal.prompts import alike
from tabletop.terminal.scene import Scene


def why_closed(scene: Scene, line: str) -> str:
    """Why the moves that a line names are not open, in a sentence or two; "" where it names none."""
    found = _named(scene, line)
    if not found or scene.view.finished:
        return ""
    chosen = {action.key for action in scene.view.picked}
    if any(action.key in chosen for action in found):
        back = "; `undo` takes it back" if scene.session.can_undo else ""
        return f"You have chosen it already{back}."
    reasons = dict.fromkeys(f"{action.label}: {scene.why_not(action)}" for action in found[:3])
    return "Not now. " + " ".join(f"{reason.rstrip('.')}." for reason in reasons)


def _named(scene: Scene, line: str) -> list[Action]:
    """The moves of the seat that a line names and that are not open: by number, by name, or by id."""
    open_now = {action.key for action in scene.view.actions}
    number = count(line)
    if number is not None:
        here = [action for action in scene.moves_of_phase if scene.numbers.get(action.key, 0) == number]
        return [action for action in here if action.key not in open_now] if scene.view.card is None else []
    own = [a for a in scene.program.actions if a.kind == "action" and a.seat == scene.seat]
    closed = [action for action in own if action.key not in open_now]
    return alike(line, closed) or [action for action in closed if action.id.replace("_", " ") == line.lower()]
