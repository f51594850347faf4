"""Stages and phases: the order of play."""

from __future__ import annotations

import attrs

from tabletop.scenario.expressions import Expression

#: Maximum number of turns over all stages; then any game goes to its ending.
MOST_TURNS = 400


@attrs.frozen(kw_only=True)
class PhaseOrder:
    """How the seats of a phase decide: a word of `order`, and what all that is not the rules itself asks of it.

    With `is_face_down`, nobody sees what a seat chooses before all have chosen; else each choice is seen at once.
    """

    word: str
    is_face_down: bool = False


#: Every order of play within a phase, by its word.
ORDERS: dict[str, PhaseOrder] = {
    order.word: order for order in (PhaseOrder(word="simultaneous", is_face_down=True), PhaseOrder(word="sequential"))
}


@attrs.frozen(kw_only=True)
class Phase:
    """A step of a turn: standing rules, then a card from the `deal` deck, then the `seats` act.

    `order` is `simultaneous` (choices revealed together) or `sequential`. `picks` is how many actions a seat may take
    (default 1, or by seat); with `may_pass` it may take fewer. `reveals` names secrets that `when` is meant to reveal.
    """

    id: str
    title: str
    text: str = ""
    deal: str | None = None
    seats: tuple[str, ...] = ()
    order: str = "sequential"
    picks: dict[str, int] = attrs.field(factory=dict)
    may_pass: bool = True
    when: Expression | None = None
    reveals: tuple[str, ...] = ()

    @property
    def is_face_down(self) -> bool:
        """Whether its choices are made face down."""
        return ORDERS[self.order].is_face_down


@attrs.frozen(kw_only=True)
class Stage:
    """A part of the game with its own kind of turn: at most `turns` of them, or until `until` holds at a turn's end.

    Then comes the stage `then`, or without one the ending. Delayed and lasting effects count only the turns of stages
    with `clock`; `dates` label the turns, and `begins` are their first days (as 2018-03-08), for cards with a window.
    `reveals` names secrets that `until` is meant to reveal.
    """

    id: str
    title: str
    turn: str
    turns: int
    phases: tuple[Phase, ...]
    text: str = ""
    then: str | None = None
    until: Expression | None = None
    clock: bool = True
    dates: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    reveals: tuple[str, ...] = ()
