"""The flagship's cards in their time: none outside its window or before what it speaks of, and every one comes up."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pytest

import tabletop
from tabletop.analysis.playouts import Playouts
from tabletop.engine import layout
from tabletop.scenario.cards import Card
from tabletop.scenario.reachability import Reachability
from tabletop.scenario.satisfiability import negated
from tabletop.scenario.windows import is_timely

#: How many games are looked at.
GAMES = int(os.environ.get("TABLETOP_DEALS", "300"))
CASTS: tuple[dict[str, str], ...] = (
    {},
    {"washington": "rush"},
    {"washington": "engage"},
    {"all": "random"},
    {"washington": "concede"},
    {"washington": "early_date"},
)

#: What must be so whenever a card with these words comes up, and the cards that use them in another sense.
PRESUPPOSED = (
    (r"\bPanmunjom text|At Panmunjom, Moon|again at Panmunjom|Before Panmunjom", "panmunjom", set()),
    (r"\bSingapore\b", "calendar == announced", {"steady_in_singapore"}),
    (r"Nobel|[Tt]he two Koreas (open|sign)|peace treaty, American", "panmunjom", set()),
    (r"signs? a sleeper|At Panmun Station|Mount Kumgang eighty", "panmunjom", set()),
    (r"souvenir coin|front page, and the folder|Kim's planners|protocol men", "calendar == announced", set()),
    (r"\bHanoi\b|second meeting|Four points are signed|asks for a declaration of what", "summit == met", set()),
    (r"such a journey again", "hanoi == failed", set()),
    (r"The agreement stops|both sides initialled", "signed >= freeze", set()),
    (r"had agreed on|paper that the leaders signed", "summit == met and signed >= declaration", set()),
    (r"handshake hangs", "summit == met", set()),
)


def dealt(summit: tabletop.Scenario) -> Iterator[tuple[Card, int]]:
    """Every card that comes up in these games, with the turn of its stage."""
    game = tabletop.Game(summit)
    weeks = {card.id for card in summit.cards if card.deck == "weeks"}
    for number, players in enumerate(CASTS):
        playouts = Playouts(game, players)
        first, games = number * GAMES, GAMES // len(CASTS)
        if playouts.compiled:
            ends = playouts.batch.final_states(first, games).tolist()
        else:
            ends = [playouts.finished(first + one) for one in range(games)]
        for end in ends:
            before_last_stage = end[layout.TURN] - end[layout.STAGE_TURN]
            for card, code in zip(summit.cards, game.program.cards, strict=False):
                if end[code.place]:
                    yield card, end[code.place] - (0 if card.id in weeks else before_last_stage)


def test_no_card_comes_up_outside_its_window_and_every_card_comes_up(summit: tabletop.Scenario) -> None:
    begins = {phase.deal: stage.begins for stage in summit.stages for phase in stage.phases if phase.deal}
    seen: set[str] = set()
    for card, turn in dealt(summit):
        seen.add(card.id)
        assert card.deck is not None
        if card.window is not None and not card.window.moves:
            assert is_timely(card.window, begins[card.deck], turn), (card.id, turn)
    assert [card.id for card in summit.cards if card.id not in seen] == []


def test_every_dated_card_has_a_window_that_its_turns_keep_to(summit: tabletop.Scenario) -> None:
    for card in summit.cards:
        assert card.certainty == "invented" or card.window is not None, card.id
    moving = [card.id for card in summit.cards if card.window is not None and card.window.moves]
    assert len(moving) <= 6


@pytest.mark.parametrize(("words", "so", "otherwise"), PRESUPPOSED, ids=[str(at) for at in range(len(PRESUPPOSED))])
def test_no_card_speaks_of_what_has_not_happened(
    summit: tabletop.Scenario, words: str, so: str, otherwise: set[str]
) -> None:
    scope = tabletop.Game(summit).program.scope
    reach = Reachability(summit, scope)
    stages = {phase.deal: at for at, stage in enumerate(summit.stages) for phase in stage.phases if phase.deal}
    speaking = [card for card in summit.cards if re.search(words, card.text) and card.id not in otherwise]
    assert speaking
    for card in speaking:
        assert card.deck is not None
        here = reach.at([stages[card.deck]], card.turns)
        unmet = negated(scope.condition(so).node)
        assert not here.satisfiable(reach.condition(card.eligible), unmet), card.id
