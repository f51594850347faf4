"""Whole games played by bots, on the compiled machine where available, else in plain Python."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any

from tabletop.analysis.tally import Tally, tallied_nodes
from tabletop.engine import machine
from tabletop.engine.bots import RANDOM
from tabletop.engine.compiled.support import has_compiled
from tabletop.engine.decision_limit import EndlessGame, most_decisions
from tabletop.engine.execution import Formula, Note
from tabletop.engine.game import Game
from tabletop.engine.layout import OUTCOME
from tabletop.engine.log import Entry
from tabletop.engine.program import Program
from tabletop.engine.state import State
from tabletop.engine.views import view_of
from tabletop.players.dice import Dice
from tabletop.players.doctrine_player import DoctrinePlayer
from tabletop.players.errors import PlayerFailed
from tabletop.players.player_factory import AnyPlayer, cast, chosen_by
from tabletop.players.protocol import MachinePlayer, Player
from tabletop.players.random_player import RandomPlayer
from tabletop.scenario.expression_language import Node

#: How many games are played between two checks of the clock.
CHUNK = 1000


class GameFailed(PlayerFailed):
    """A game in which a player failed; `so_far` is the tally of the games before it."""

    def __init__(self, message: str, so_far: Tally) -> None:
        super().__init__(message)
        self.so_far = so_far

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (str(self), self.so_far), {"kind": self.kind, "places": self.places}


class Playouts:
    """Games of one scenario between fixed players; game number n of a seed is always the same game."""

    def __init__(self, game: Game, players: Mapping[str, str], seed: int = 0, compiled: bool | None = None) -> None:
        """`compiled` selects the engine; by default the compiled one if available and all players are built in.

        Raises UnknownPlayer for an unknown seat or player.
        """
        self.game = game
        self.program = game.program
        self.seed = seed
        casting = cast(game, players)
        self.players = [_fast(casting[seat.id]) for seat in game.scenario.seats]
        self.most = most_decisions(self.program)
        #: Whether all players are built in, as the compiled machine requires.
        self.built_in = all(isinstance(player, RandomPlayer | DoctrinePlayer) for player in self.players)
        self._wanted = compiled

    @functools.cached_property
    def compiled(self) -> bool:
        """Whether the compiled machine plays; by default this loads Numba, which takes time."""
        return (self.built_in and has_compiled()) if self._wanted is None else self._wanted

    def prepare(self) -> None:
        """Loads and compiles everything that the first game needs."""
        if self.compiled:
            self.batch.figures(self.seed, 0)

    @functools.cached_property
    def batch(self) -> Any:
        """The same games on the compiled machine, with the measures of a tally. Raises ImportError without the
        extra."""
        return self.batch_of(tallied_nodes(self.program))

    def batch_of(self, measures: Sequence[Node], until: Node | None = None) -> Any:
        """The same games on the compiled machine, measured at their ends, or where `until` first holds before a
        decision. Raises ImportError without the extra."""
        from tabletop.engine.compiled.batches import Batch

        seats = [player.doctrine if isinstance(player, DoctrinePlayer) else RANDOM for player in self.players]
        return Batch(self.program, self.game.opening(0), seats, self.most, measures, until)

    def finished(self, number: int, until: Formula | None = None) -> list[int]:
        """The machine's state at the end of a game, or at the first decision at which `until` holds,
        on the reference engine.

        Raises EndlessGame if it does not end.
        """
        program = self.program
        reads_log = any(player.reads_log for player in self.players)
        p, r = program.code, program.run(keeps=reads_log)
        notes = r.notes if reads_log else None
        s = self.game.opening(self.seed + number)
        machine.begin(p, s, r)
        left = self.most
        while s[OUTCOME] < 0 and not (until is not None and until(s)):
            seat = machine.next_to_act(p, s)
            machine.apply(p, s, r, seat, self.players[seat].move(program, s, seat, notes))
            left -= 1
            if left < 0:
                raise EndlessGame(program, self.seed + number, self.most)
        return s

    def tally(self, first: int, games: int) -> Tally:
        """The tally of a range of games. Raises EndlessGame, and GameFailed if a player fails."""
        if self.compiled:
            return Tally.of_figures(self.program, self.batch.figures(self.seed + first, games))
        tally = Tally()
        for number in range(first, first + games):
            try:
                tally.add(self.program, self.finished(number))
            except PlayerFailed as error:
                raise GameFailed(str(error), tally) from error
        return tally


def _fast(player: AnyPlayer) -> MachinePlayer:
    return player if isinstance(player, MachinePlayer) else _Through(player)


class _Through(MachinePlayer):
    """Adapts a player that needs a view to the machine. Its view has no log, as playouts keep none."""

    def __init__(self, player: Player) -> None:
        self.player = player

    def move(self, p: Program, s: Sequence[int], seat: int, notes: Sequence[Note | Entry] | None = None) -> int:
        view = view_of(State(program=p, core=tuple(s)), p.scenario.seats[seat].id)
        return chosen_by(self.player, view, Dice.of(s, seat)).move
