"""A kit that goes on from a game: where every marker stands, what is due, and which cards have been played."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from tabletop.engine import layout as code
from tabletop.engine.state import State
from tabletop.presentation.names import names_in
from tabletop.presentation.paper.values import Kit, PaperDue, PaperEffect, PaperPosition
from tabletop.presentation.story import TurnLabel
from tabletop.scenario.effects import Effect

#: Bits for each turn ahead in the place of a delayed effect, and how often it can fall due in one turn.
_BITS, _MOST = 2, 3


def continued(kit: Kit, state: State, numbers: Mapping[Effect, PaperEffect]) -> Kit:
    """The kit with the markers of a position: for a facilitator, since it holds every secret of the game.

    `numbers` are the delayed and lasting effects as they are numbered in the kit (`PaperWords.numbered`).
    """
    program, core, places = state.program, state.core, state.program.places
    deck_cards = {id: at for at, id in enumerate(card.id for card in program.scenario.cards)}
    used = {id for id, at in deck_cards.items() if core[program.cards[at].place] > 0}
    refilled = {deck.id for deck in kit.decks if deck.refill}
    return attrs.evolve(
        kit,
        counters=tuple(attrs.evolve(one, now=core[places[one.id]]) for one in kit.counters),
        truths=tuple(attrs.evolve(one, value=core[places[one.id]]) for one in kit.truths),
        cards=tuple(attrs.evolve(one, is_used=one.id in used and one.deck not in refilled) for one in kit.cards),
        position=_position(state, numbers),
    )


def _position(state: State, numbers: Mapping[Effect, PaperEffect]) -> PaperPosition:
    names = names_in(state.program)
    return PaperPosition(
        turn=state.turn,
        stage=state.stage,
        stage_turn=state.stage_turn,
        phase=state.phase,
        label=str(TurnLabel(names.stages[state.stage], state.stage_turn, names.scenario.language)),
        due=tuple(_due(state, numbers)),
    )


def _due(state: State, numbers: Mapping[Effect, PaperEffect]) -> Iterator[PaperDue]:
    program, core = state.program, state.core
    rows = program.code[program.code[code.CLOCKED] :][: program.code[code.CLOCKED_COUNT]]
    for row in rows:
        origin = program.origins[program.code[row + code.EFFECT_NUMBER]]
        effect = origin.effect
        waiting = core[program.code[row + code.EFFECT_PLACE]]
        if waiting == 0 or effect not in numbers:
            continue
        if effect.lasts is not None:
            turns = tuple(range(1, waiting + 1))
        else:
            ahead = range((waiting.bit_length() + _BITS - 1) // _BITS)
            turns = tuple(turn + 1 for turn in ahead for _ in range((waiting >> (_BITS * turn)) & _MOST))
        printed = numbers[effect]
        yield PaperDue(
            number=printed.number,
            in_turns=turns,
            words=printed.words,
            why=printed.why,
            is_secret=origin.audience is not None,
        )
