"""The opening: with what a seat begins, in a few sentences: where it stands, its goal, and the first card."""

from __future__ import annotations

import re

import attrs

from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_MOST = 3


@attrs.frozen(kw_only=True)
class Opening:
    """What a player is told before the first card: the question of the game, who they are, a `text` of up to three
    sentences, the `goal` in one, what only they know, and which `card` lies there ("" for none)."""

    question: str
    seat: str
    place: int
    name: str
    role: str
    text: str
    goal: str
    secrets: tuple[str, ...]
    card: str


def opening_of(perspective: Perspective, words: Words) -> Opening:
    """What the seat begins with, as its pack has it; of one that says nothing, from its summary and objectives."""
    scenario, seat = perspective.scenario, perspective.noun
    written = scenario.presentation.opening.get(seat.id)
    known = scenario.summary if seat.id == scenario.player else seat.brief
    goals = [one.text for one in seat.objectives]
    card = perspective.card or perspective.card_of_turn
    return Opening(
        question=scenario.question or scenario.title,
        seat=seat.id,
        place=[one.id for one in scenario.seats].index(seat.id),
        name=seat.name,
        role=" ".join(seat.role.split()),
        text=" ".join(written.text.split()) if written is not None else _first_sentences(known),
        goal=" ".join(written.goal.split()) if written is not None else " ".join((goals or [""])[0].split()),
        secrets=_secrets(perspective),
        card=words("opening.card", card=card.title) if card is not None else "",
    )


def _first_sentences(text: str) -> str:
    plain = " ".join(text.replace("*", "").split())
    return " ".join(_SENTENCE.split(plain)[:_MOST])


def _secrets(perspective: Perspective) -> tuple[str, ...]:
    """The hidden truths that the seat knows, each in a sentence."""
    found = []
    for hidden in perspective.scenario.hidden:
        if hidden.id in perspective.view.facts:
            value = str(perspective.view.facts[hidden.id])
            at = hidden.values.index(value) if value in hidden.values else len(hidden.values)
            told = (
                hidden.descriptions[at] if at < len(hidden.descriptions) else perspective.names.value(hidden.id, value)
            )
            found.append(f"{hidden.name}: {told}")
    return tuple(found)
