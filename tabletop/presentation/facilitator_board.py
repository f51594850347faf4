"""What lies behind the screen: hidden truths, what only some know, face-down choices, who plays, and cards to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from tabletop.presentation.perspective import Perspective
from tabletop.presentation.player_names import player_name
from tabletop.presentation.settable_values import known_to_words
from tabletop.presentation.story import turn_labels
from tabletop.presentation.timeline import entry_title
from tabletop.presentation.truths import Truth, known_truths
from tabletop.presentation.words import Words

if TYPE_CHECKING:
    from tabletop.engine.log import Entry
    from tabletop.session.facilitator_view import FacilitatorView

#: Values that say that nothing has happened.
_NOTHING = (0, False, "none", "unknown")


@attrs.frozen(kw_only=True)
class SeatBehind:
    """A seat as only a facilitator sees it: who plays it (by id, "" for a person, and by name), whether it must act,
    what it has chosen face down, and how many messages it has. `now` says the last three in words."""

    seat: str
    name: str
    player: str
    player_name: str
    must_act: bool
    picks: tuple[str, ...]
    messages: int
    now: str


@attrs.frozen(kw_only=True)
class KnownToSome:
    """A fact or a track that not everybody knows, and who does; `has_news` where it says that something happened."""

    id: str
    name: str
    value: str
    known_to: str
    has_news: bool


@attrs.frozen(kw_only=True)
class CardToCome:
    """A card that comes up next."""

    id: str
    title: str


@attrs.frozen(kw_only=True)
class SecretEntry:
    """Something that not everybody has learned: when, what, why, and who knows of it."""

    when: str
    what: str
    why: str
    who: str


@attrs.frozen(kw_only=True)
class FacilitatorBoard:
    """What lies behind the screen now; the `secrets` come in order, the latest last."""

    truths: tuple[Truth, ...]
    known_to_some: tuple[KnownToSome, ...]
    seats: tuple[SeatBehind, ...]
    cards: tuple[CardToCome, ...]
    secrets: tuple[SecretEntry, ...]


def facilitator_board(perspective: Perspective, words: Words, behind: FacilitatorView) -> FacilitatorBoard:
    """What lies behind the screen, from the view of all that there is."""
    return FacilitatorBoard(
        truths=known_truths(perspective),
        known_to_some=_known_to_some(perspective, words),
        seats=tuple(_seat(perspective, words, behind, seat.id) for seat in perspective.scenario.seats),
        cards=tuple(CardToCome(id=card.id, title=card.title) for card in behind.waiting),
        secrets=_secrets(perspective, words),
    )


def _known_to_some(perspective: Perspective, words: Words) -> tuple[KnownToSome, ...]:
    symbols = perspective.program.scope.symbols
    truths = {one.id for one in perspective.scenario.hidden}
    values = {**perspective.view.facts, **perspective.view.tracks}
    return tuple(
        KnownToSome(
            id=name,
            name=perspective.names.full(name),
            value=perspective.names.in_words(words, name, value),
            known_to=known_to_words(perspective, words, symbols[name].known_to),
            has_news=value not in _NOTHING,
        )
        for name, value in values.items()
        if symbols[name].known_to is not None and name not in truths
    )


def _seat(perspective: Perspective, words: Words, behind: FacilitatorView, seat: str) -> SeatBehind:
    player = behind.players.get(seat, "")
    picks = tuple(action.label for action in behind.picked.get(seat, ()))
    messages = behind.messages.get(seat, 0)
    must_act = seat in perspective.view.acting
    now = [words("facilitate.acting")] if must_act else []
    now += [words("facilitate.has_face_down", moves=", ".join(picks))] if picks else []
    now += [words("facilitate.has_messages", count=messages)] if messages else []
    return SeatBehind(
        seat=seat,
        name=perspective.names.seat(seat),
        player=player,
        player_name=player_name(words, perspective.scenario, seat, player),
        must_act=must_act,
        picks=picks,
        messages=messages,
        now="; ".join(now),
    )


def _secrets(perspective: Perspective, words: Words) -> tuple[SecretEntry, ...]:
    """What not everybody has learned, as far as it says anything."""
    labels = turn_labels(perspective.names, perspective.view.log)
    return tuple(
        SecretEntry(
            when=labels[entry.turn].name if entry.turn in labels else "",
            what=_what(perspective, words, entry),
            why=entry.why,
            who=_who_knows(perspective, words, entry),
        )
        for entry in perspective.view.log
        if entry.known_to is not None and (entry.why or entry.title or entry.kind == "ruling")
    )


def _who_knows(perspective: Perspective, words: Words, entry: Entry) -> str:
    known = entry.known_to or ()
    seats = [seat.name for seat in perspective.scenario.seats if seat.id in known]
    return ", ".join(seats) or words("facilitate.players_unaware")


def _what(perspective: Perspective, words: Words, entry: Entry) -> str:
    if entry.kind == "change" and entry.target:
        value = perspective.names.in_words(words, entry.target, entry.after)
        return f"{perspective.names.full(entry.target)}: {value}"
    return entry.text if entry.kind in ("roll", "word") else entry_title(perspective, words, entry) or entry.text
