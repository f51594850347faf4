"""Decks, event cards, and the choices and options that cards put to a seat."""

from __future__ import annotations

import attrs

from tabletop.scenario.effects import Effect
from tabletop.scenario.expressions import Expression
from tabletop.scenario.windows import Window


@attrs.frozen(kw_only=True)
class Deck:
    """A pile of cards. A card is dealt once a game unless the deck is `refill`ed when no card can be dealt."""

    id: str
    name: str
    text: str = ""
    refill: bool = False


@attrs.frozen(kw_only=True)
class Option:
    """One answer to a card's choice. Doctrines can select it by its `tags`; with `final`, nothing later can undo it;
    `reveals` as in effects."""

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

    If `when` reads a secret, the seat is asked in any case, and can only pass if the condition is false, so that
    nobody learns the secret. `reveals` names secrets that asking and answering are meant to reveal.
    """

    seat: str
    prompt: str
    options: tuple[Option, ...]
    when: Expression | None = None
    reveals: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Card:
    """An event card. It may be dealt while `eligible` holds and the turn of the stage is within `turns`, in proportion
    to its `weight`; its effects happen at once, then its choices are asked in order.

    `date` is the date of the historical event, for people; `window` the days on which it is news, which the checks hold
    against the turns in which it may come up. `certainty` is `certain`, `disputed` or `invented`. A card without a deck
    comes up only when an effect deals it. If `known_to` names seats, only they can read it. `reveals` names
    secrets that its coming up reveals.
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
    # No rule depends on it: not in the repr, and so not in the digest of a card that is written in play.
    window: Window | None = attrs.field(default=None, repr=False)
    weight: Expression = attrs.field(default=Expression("10"))
    claims: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    known_to: tuple[str, ...] = ()
    reveals: tuple[str, ...] = ()
