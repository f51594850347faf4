"""The bots of a session: their choices, computed without changing the game."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from tabletop.engine.game import Game
from tabletop.engine.program import Action, Program
from tabletop.players import PlayerFailed, cast, decide
from tabletop.players.cancelling import ThinkingCancelled
from tabletop.players.player_factory import AnyPlayer, is_code
from tabletop.players.protocol import MachinePlayer
from tabletop.session.commands import Hand
from tabletop.session.pacing import Pace
from tabletop.session.recorded_game import RecordedGame
from tabletop.session.step_tree import Position


@attrs.frozen(kw_only=True)
class Thought:
    """What a bot would do. Where it `is_paced`, it answers at a set time, which depends on whether it `has_choice` and
    on the `seconds` that it has a move."""

    action: Action
    is_paced: bool = False
    has_choice: bool = True
    seconds: float | None = None


def is_quick(player: str) -> bool:
    """Whether a player, by its name, decides at once: neither a search nor anybody's own code."""
    return player != "search" and ":" not in player


class Bots:
    """The players of a session's seats, cast when they are first needed."""

    def __init__(self, session: RecordedGame, pace: Pace | None = None) -> None:
        self._session = session
        self._pace = pace or Pace()
        self._cast: dict[tuple[Program, str, str], AnyPlayer] = {}

    def choice(self, position: Position, seat: str) -> Action:
        """What the bot of a seat would do in a position, once it may answer. Raises PlayerFailed for one that breaks
        down."""
        begun = self._pace.begin()
        thought = self.thought(position, seat)
        if thought.is_paced:
            self._pace.hold(seat, begun, thought.has_choice, thought.seconds)
        return thought.action

    def thought(self, position: Position, seat: str) -> Thought:
        """The same at once, with what its answer is paced by. Raises PlayerFailed."""
        name = position.players[seat]
        try:
            player = self._player(position, seat)
            action = decide(player, position.game, position.state, seat)
        except (PlayerFailed, ThinkingCancelled):
            raise
        except Exception as error:  # a player may be anybody's code
            message = f"the player '{name}' of {seat} failed: {error}"
            raise PlayerFailed(message, "bot-failed", seat=seat, name=name, why=str(error)) from error
        if not (isinstance(player, MachinePlayer) and player.thinks and position.humans):
            # Where nobody plays, nobody is to be kept from what it took.
            return Thought(action=action)
        has_choice = len(position.game.actions(position.state, seat)) > 1
        return Thought(action=action, is_paced=True, has_choice=has_choice, seconds=player.seconds)

    def take(self, game: Game, names: Mapping[str, str], casting: Mapping[str, AnyPlayer]) -> None:
        """Takes players that were cast already, by what they were cast for."""
        for seat, name in names.items():
            if seat in casting:
                self._cast[game.program, seat, name] = casting[seat]

    def _player(self, position: Position, seat: str) -> AnyPlayer:
        game, name = position.game, position.players[seat]
        key = (game.program, seat, name)
        if key not in self._cast:
            if is_code(game, seat, name) and not self._is_own(seat):
                raise PlayerFailed(
                    f"the player '{name}' of {seat} is code of another machine, which is not run here: "
                    f"`tabletop resume {self._session.id} --player {seat}=NAME` goes on with another",
                    "code-from-elsewhere",
                    name=name,
                    seat=seat,
                    typed=f"`tabletop resume {self._session.id} --player {seat}=NAME`",
                )
            self._cast[key] = cast(game, {seat: name})[seat]
        return self._cast[key]

    def _is_own(self, seat: str) -> bool:
        """Whether the player of a seat was named on this machine."""
        line = self._session.course.at.line()
        handed = [step.number for step in line if isinstance(step.said, Hand) and step.said.seat == seat]
        return max(handed, default=0) > self._session.heading.brought
