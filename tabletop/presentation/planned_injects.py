"""The injects of a schedule: what each would do, how it stands, and what it waits for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import attrs

from tabletop.presentation.condition_words import condition_words
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words

if TYPE_CHECKING:
    from tabletop.scenario.cards import Card
    from tabletop.scenario.injects import Inject
    from tabletop.session.schedule import Offer


@attrs.frozen(kw_only=True)
class PlannedInject:
    """An inject: `standing` is "due", "later", "done" or "aside"; `does` is "card", "set", "tell" or "remind".

    `deed` says what it would do; `terms` from when on and on what condition it is due; `waiting` which of these are not
    met yet, "" where it does not wait; `card` is the card that it brings in, by id.
    """

    id: str
    title: str
    standing: str
    does: str
    deed: str
    terms: str
    waiting: str
    why: str
    is_shown: bool
    card: str
    note: str


def planned_injects(
    perspective: Perspective, words: Words, offers: Iterable[Offer], cards: Sequence[Card] = ()
) -> tuple[PlannedInject, ...]:
    """The injects of a schedule in its order; `cards` are those that the schedule itself brings."""
    titles = {card.id: card.title for card in (*perspective.scenario.cards, *cards)}
    return tuple(_planned(perspective, words, one, titles) for one in offers)


def _planned(perspective: Perspective, words: Words, offer: Offer, titles: dict[str, str]) -> PlannedInject:
    inject = offer.inject
    turn = words("facilitate.from_turn", turn=inject.turn) if inject.turn is not None else ""
    condition = ""
    if inject.when is not None:
        condition = words("facilitate.once", condition=condition_words(perspective.names, words, inject.when.source))
    waits = [turn if offer.waits_for_turn else "", condition if offer.waits_for_condition else ""]
    unseen = "" if inject.shown else words("facilitate.unseen")
    terms = _joined([turn, condition])
    return PlannedInject(
        id=inject.id,
        title=inject.title,
        standing=offer.standing,
        does=inject.does,
        deed=_deed(perspective, words, inject, titles),
        terms=terms,
        waiting=_joined(waits),
        why=inject.why,
        is_shown=inject.shown,
        card=inject.card or "",
        note=_joined([terms, inject.why, unseen], " · "),
    )


def _joined(parts: Iterable[str], between: str = ", ") -> str:
    return between.join(part for part in parts if part)


def _deed(perspective: Perspective, words: Words, inject: Inject, titles: dict[str, str]) -> str:
    names = perspective.names
    if inject.card is not None:
        return words("facilitate.brings_card", title=titles.get(inject.card, inject.card))
    if inject.set is not None:
        return words(
            "facilitate.sets", name=names.full(inject.set), value=names.in_words(words, inject.set, inject.value)
        )
    if inject.tell:
        return words("facilitate.tells", seats=", ".join(map(names.seat, inject.tell)), text=inject.text)
    return words("facilitate.reminds", text=inject.remind)
