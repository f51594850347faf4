"""Playouts: whole games played by bots on the reference engine, straight over the machine's state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableSequence
from typing import Any

from tabletop.analysis.tally import Tally
from tabletop.engine import machine
from tabletop.engine.game import Game
from tabletop.engine.layout import OUTCOME
from tabletop.engine.program import Program
from tabletop.engine.run import Formula, Run
from tabletop.engine.state import State
from tabletop.engine.views import view_of
from tabletop.players.casting import Caster, MachinePlayer, cast, chosen_by
from tabletop.players.protocol import Dice, Player
from tabletop.scenario.scope import MOST_TURNS


class EndlessGame(RuntimeError):
    """A game that took more decisions than its scenario allows: a fault of the engine."""


def most_decisions(p: Program) -> int:
    """A bound on the decisions of one game: in each turn all picks and passes, and the choices of waiting cards."""
    picks = sum(sum(phase.picks) + len(phase.picks) for phase in p.phases)
    choices = max((len(card.choices) for card in p.cards), default=0)
    cards = len(p.phases) + 8
    return MOST_TURNS * (picks + cards * choices)


class Playouts:
    """Games of one scenario between fixed players; game number n of a seed is always the same game."""

    def __init__(self, game: Game, players: Mapping[str, str], seed: int = 0) -> None:
        """Raises UnknownPlayer for a seat or player that there is none of."""
        self.game = game
        self.program = game.program
        self.seed = seed
        casting = cast(game, players)
        self.players = [_fast(casting[seat.id]) for seat in game.scenario.seats]
        self.most = most_decisions(self.program)

    def finished(self, number: int, until: Formula | None = None) -> list[int]:
        """The machine's state at the end of a game, or at the first decision at which `until` holds.

        Raises EndlessGame if it does not end.
        """
        program = self.program
        p, r = program.code, program.run(keeps=False)
        s = self.game.opening(self.seed + number)
        machine.begin(p, s, r)
        left = self.most
        while s[OUTCOME] < 0 and not (until is not None and until(s)):
            seat = machine.next_to_act(p, s, -1)
            machine.apply(p, s, r, seat, self.players[seat].move(program, s, r, seat))
            left -= 1
            if left < 0:
                raise EndlessGame(
                    f"{program.scenario.id}, seed {self.seed + number}: no end after {self.most} decisions"
                )
        return s

    def tally(self, first: int, games: int) -> Tally:
        """What a run of games came to."""
        tally = Tally()
        for number in range(first, first + games):
            tally.add(self.program, self.finished(number))
        return tally

    def in_chunks(self, games: int, chunk: int = 50) -> Iterator[Tally]:
        """The same run, a tally at a time, for those who watch."""
        for first in range(0, games, chunk):
            yield self.tally(first, min(chunk, games - first))


def _fast(player: Caster) -> MachinePlayer:
    own: Any = player
    fast: Any = own if hasattr(own, "move") else _Through(own)
    return fast  # type: ignore[no-any-return]


class _Through:
    """Lets a player that wants a view play over the machine's state. Its view has no log: playouts keep none."""

    def __init__(self, player: Player) -> None:
        self.player = player

    def move(self, p: Program, s: MutableSequence[int], r: Run, seat: int) -> int:
        view = view_of(State(program=p, core=tuple(s)), p.scenario.seats[seat].id)
        return chosen_by(self.player, view, Dice(s, seat)).move
