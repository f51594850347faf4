"""Refusals in words: why a move cannot be made, with everything by the names of the scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tabletop.presentation.condition_words import condition_words
from tabletop.presentation.names import Names, units, worded
from tabletop.presentation.words import Words

if TYPE_CHECKING:
    from tabletop.engine.refusals import Refusal


def refusal_words(names: Names, words: Words, refusal: Refusal) -> str:
    """Why a move is refused, as the end of a sentence without its full stop; the pack's own words where it has them."""
    if refusal.kind == "refused":
        return refusal.text.rstrip(".")
    places: dict[str, object] = {
        "seats": words.listed([names.seat(seat) for seat in refusal.seats]),
        "near": refusal.near,
        "moves": words.listed(refusal.moves),
        "phases": words.listed([_phase(names, id) for id in refusal.phases], "or"),
        "cost": words.listed([units(amount, names.full(id)) for id, amount in refusal.cost if amount]),
        "condition": condition_words(names, words, refusal.condition) if refusal.condition else "",
        "parameters": "; ".join(
            f"{worded(name)}: {words.listed([worded(value) for value in values], 'or')}"
            for name, values in refusal.parameters
        ),
    }
    kind = refusal.kind.replace("-", "_")
    if refusal.kind == "once":
        kind = f"once_{refusal.once}"
    elif refusal.near:
        kind = "no_action_near"
    return words(f"refusals.{kind}", **places)


def _phase(names: Names, id: str) -> str:
    return names.phases[id].title if id in names.phases else worded(id)
