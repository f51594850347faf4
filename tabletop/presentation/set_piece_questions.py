"""What a player is asked before a move that nothing takes back, in the words of its pack where it has some."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tabletop.presentation.default_set_pieces import pieces_in
from tabletop.presentation.perspective import Perspective

if TYPE_CHECKING:
    from tabletop.engine.program import Action
    from tabletop.presentation.words import Words


def question_of(perspective: Perspective, words: Words, action: Action) -> str:
    """What a player is asked before a move that nothing takes back; "" for one that needs no question."""
    if action.kind == "pass":
        return ""
    for piece in pieces_in(perspective.scenario):
        if piece.asks and action.kind == "action" and action.id in piece.after:
            return filled(piece.asks, labels_of(perspective, action.id, dict(action.parameters)))
    if perspective.is_marked_final(action):
        return words("set_pieces.asks", move=action.label)
    return ""


def labels_of(perspective: Perspective, action: str, parameters: Mapping[str, str]) -> dict[str, str]:
    """What is put for the parameters of an action, as its own label has it."""
    noun = next((one for one in perspective.scenario.actions if one.id == action), None)
    found = {}
    for one in noun.parameters if noun is not None else ():
        value = parameters.get(one.name, "")
        at = one.values.index(value) if value in one.values else -1
        found[one.name] = one.labels[at] if 0 <= at < len(one.labels) else perspective.names.seat(value)
    return found


def filled(text: str, labels: Mapping[str, str]) -> str:
    """A text with what is put for its parameters."""
    for name, label in labels.items():
        text = text.replace("{" + name + "}", label.replace("_", " "))
    return text
