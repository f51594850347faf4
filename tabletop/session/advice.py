"""What a player would do for a seat in a position, asked without playing it: advice, and examples of games."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tabletop.engine.game import Game
from tabletop.engine.program import Action
from tabletop.players import cast, decide
from tabletop.players.player_factory import AnyPlayer
from tabletop.session.step_tree import Position

if TYPE_CHECKING:
    from tabletop.players.search import Thought


def advice(position: Position, seat: str, seconds: float) -> Thought:
    """What the strongest search player thinks of the moves of a seat, knowing only what the seat knows. It takes so
    many seconds."""
    from tabletop.players.search import SearchPlayer

    return SearchPlayer("statesman", seconds=seconds).think(position.state, seat)


def choice_of(position: Position, seat: str, player: str = "") -> Action:
    """What a player would do, by default the seat's first doctrine. Raises UnknownPlayer or PlayerFailed."""
    casting = cast(position.game, {seat: player}) if player else _defaults(position.game)
    return decide(casting[seat], position.game, position.state, seat)


@functools.lru_cache(maxsize=4)
def _defaults(game: Game) -> Mapping[str, AnyPlayer]:
    return cast(game, {})
