"""Event cards: dealt from a deck, turned up from the queue, answered."""

from __future__ import annotations

from tabletop.engine.execution import (
    CARD_DEALT,
    CHANCE_CARD,
    MOVED,
    NOTHING_DEALT,
    ExecutionContext,
    note,
    set_cause,
    value,
)
from tabletop.engine.layout import (
    CARD,
    CARD_CHOICE_COUNT,
    CARD_END,
    CARD_FIRST,
    CARD_PLACE,
    CARD_ROW,
    CARDS,
    CHOICE,
    CHOICE_OPEN_CONDITION,
    DECK_CARDS,
    DECK_COUNT,
    DECK_GROUP,
    DECK_REFILL,
    DECK_ROW,
    DECKS,
    MOVE_END,
    MOVE_FIRST,
    MOVE_ROW,
    MOVES,
    PASS,
    QUEUE,
    QUEUE_LENGTH,
    WAITING,
    Code,
    State,
)
from tabletop.engine.machine.chance import draw
from tabletop.engine.machine.effects import put_in_queue, run_rows
from tabletop.engine.machine.legality import choice_on_table


def deal(p: Code, s: State, r: ExecutionContext, number: int) -> None:
    """Draws an eligible card from a deck by weight; a card comes up once, until the deck is refilled."""
    deck = p[DECKS] + DECK_ROW * number
    cards = p[deck + DECK_CARDS]
    index = draw(p, s, r, p[deck + DECK_GROUP], CHANCE_CARD, number)
    if index < 0 and p[deck + DECK_REFILL]:
        for at in range(cards, cards + p[deck + DECK_COUNT]):
            s[p[p[CARDS] + CARD_ROW * p[at] + CARD_PLACE]] = 0
        index = draw(p, s, r, p[deck + DECK_GROUP], CHANCE_CARD, number)
    if index < 0:
        note(r, s, NOTHING_DEALT, number, 0, 0)
    else:
        put_in_queue(p, s, p[cards + index])


def turn_up(p: Code, s: State, r: ExecutionContext) -> None:
    """Turns up the next queued card, runs its effects and opens its first choice."""
    number = s[QUEUE]
    card = p[CARDS] + CARD_ROW * number
    for at in range(QUEUE, QUEUE + QUEUE_LENGTH - 1):
        s[at] = s[at + 1]
    s[QUEUE + QUEUE_LENGTH - 1] = 0
    s[WAITING] -= 1
    s[CARD] = number
    s[CHOICE] = 0
    set_cause(r, -1, -1, number)
    note(r, s, CARD_DEALT, number, 0, 0)
    run_rows(p, s, r, p[card + CARD_FIRST], p[card + CARD_END])
    settle_card(p, s, r)


def settle_card(p: Code, s: State, r: ExecutionContext) -> None:
    """Skips choices whose condition is false; after the last one, the card leaves the table."""
    if s[CARD] < 0:
        return
    card = p[CARDS] + CARD_ROW * s[CARD]
    while s[CHOICE] < p[card + CARD_CHOICE_COUNT]:
        condition = p[choice_on_table(p, s) + CHOICE_OPEN_CONDITION]
        if condition < 0 or value(p, s, r, condition):
            return
        s[CHOICE] += 1
    s[CARD] = -1
    s[CHOICE] = 0
    set_cause(r, -1, -1, -1)


def answer_card(p: Code, s: State, r: ExecutionContext, seat: int, number: int) -> None:
    """A seat answers the choice of the card on the table."""
    card = s[CARD]
    move = p[MOVES] + MOVE_ROW * number
    if number != PASS:
        set_cause(r, number, seat, card)
        note(r, s, MOVED, number, seat, 0)
        run_rows(p, s, r, p[move + MOVE_FIRST], p[move + MOVE_END])
        set_cause(r, -1, -1, card)
    s[CHOICE] += 1
    settle_card(p, s, r)
