"""Refusals: why a move that somebody names cannot be made now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tabletop.presentation.moves import Elsewhere, Move
from tabletop.presentation.names import names_in
from tabletop.presentation.refusal_words import refusal_words
from tabletop.presentation.words import Words
from tabletop.scenario.numerals import count
from tabletop.terminal.prompts import alike
from tabletop.terminal.scene import Scene

if TYPE_CHECKING:
    from tabletop.engine.game import IllegalAction
    from tabletop.session import Session


def why_closed(scene: Scene, line: str) -> str:
    """Why the moves that a line names are not open, in a sentence or two; "" where it names none."""
    reasons, is_chosen = closed_reasons(scene, line)
    return reasons if is_chosen or not reasons else scene.words("terminal.not_now_because", reasons=reasons)


def closed_reasons(scene: Scene, line: str) -> tuple[str, bool]:
    """The bare reasons why the moves that a line names are not open, "" where it names none; and whether the reason is
    that one of them is chosen already."""
    found = [] if scene.prompt.kind == "over" else _named(scene, line)
    said, chosen = scene.words, {move.key for move in scene.hand.chosen}
    if any(move.key in chosen for move in found):
        back = said("terminal.undo_takes_back") if scene.session.can_undo else ""
        return said("terminal.chosen_already", back=back), True
    return " ".join(dict.fromkeys(f"{move.label}: {move.refusal}." for move in found[:3])), False


def refused_words(session: Session, words: Words, refusal: IllegalAction) -> str:
    """Why a decision was refused, as the end of a sentence without its full stop."""
    return refusal_words(names_in(session.game.program), words, refusal.reason)


def _named(scene: Scene, line: str) -> Sequence[Move | Elsewhere]:
    """The moves of the seat that a line names and that are not open: by number, by name, or by id."""
    hand = scene.hand
    here = [*hand.chosen, *hand.closed]
    number = count(line)
    if number is not None:
        return [move for move in here if move.number == number]
    closed: list[Move | Elsewhere] = [*here, *hand.elsewhere]
    return alike(line, closed) or [move for move in closed if move.id.replace("_", " ") == line.lower()]
