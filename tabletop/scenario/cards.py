"""Decks, event cards, and the choices and options that cards put to a seat."""

from __future__ import annotations

import attrs

from tabletop.scenario.effects import Effect
from tabletop.scenario.expressions import Expression


@attrs.frozen(kw_only=True)
class Deck:
    """A pile of cards. A card is dealt once a game unless the deck is `refill`ed when no card can be dealt."""

    id: str
    name: str
    text: str = ""
    refill: bool = False


@attrs.frozen(kw_only=True)
class Option:
    """One answer to a card's choice. `tags` are how doctrines recognise its spirit; with `final`, nothing that comes
    later takes it back; `reveals`, as of an effect."""

    id: str
    label: str
    effects: tuple[Effect, ...]
    text: str = ""
    requires: Expression | None = None
    final: bool = False
    tags: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    reveals: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Choice:
    """A question that a card puts to one seat, answered before play goes on.

    Where `when` reads what not everybody knows, the seat is asked in any case, and where the condition does not hold
    may only pass: so nobody can tell. `reveals` names secrets that its being put, and answered, is meant to tell.
    """

    seat: str
    prompt: str
    options: tuple[Option, ...]
    when: Expression | None = None
    reveals: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Card:
    """An event. It may be dealt while `eligible` holds and the turn of its stage is within `turns`, in proportion to
    its `weight`; its effects happen at once, then its choices are put in order.

    `date` is when the like happened; `certainty` says whether the record is `certain`, `disputed` or `invented`.
    A card without a deck comes only when an effect deals it. Where `known_to` names seats, it is read to them alone.
    `reveals` names secrets that its coming up tells.
    """

    id: str
    title: str
    text: str
    deck: str | None = None
    date: str = ""
    certainty: str = "certain"
    kind: str = "history"
    effects: tuple[Effect, ...] = ()
    choices: tuple[Choice, ...] = ()
    eligible: Expression | None = None
    turns: tuple[int, int] | None = None
    weight: Expression = attrs.field(default=Expression("10"))
    claims: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    known_to: tuple[str, ...] = ()
    reveals: tuple[str, ...] = ()
