"""PlayedStep: one step of a game that was played, from position to position, for those who look back on it."""

from __future__ import annotations

import attrs

from tabletop.engine.game import Game
from tabletop.engine.program import Action
from tabletop.engine.state import State


@attrs.frozen(kw_only=True)
class PlayedStep:
    """A step from `before` to `after`: a seat's decision, or what a facilitator did.

    `number` names it in its session (from 1 on), `kind` says what it was (`decide`, `overrule`, or another kind of a
    session's commands). A decision has a `seat`, an `action` as `str(Action)` and its `move` in the program of
    `before`. Where falls of chance were overruled, `drawn` is the position that the model's own falls led to.
    """

    number: int
    kind: str
    before: State
    after: State
    seat: str = ""
    action: str = ""
    move: int = -1
    drawn: State | None = None

    @property
    def is_decision(self) -> bool:
        """Whether a seat made a move in it."""
        return self.move >= 0


def decided(game: Game, state: State, seat: str, action: Action | str, number: int) -> PlayedStep:
    """The step in which a seat takes an action. Raises IllegalAction."""
    move = game.legal_move(state, seat, action)
    taken = game.program.actions[move]
    after = game.apply(state, seat, taken)
    return PlayedStep(number=number, kind="decide", before=state, after=after, seat=seat, action=str(taken), move=move)
