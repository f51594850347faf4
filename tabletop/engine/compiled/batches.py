"""Plays many games between built-in players on the compiled machine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tabletop.engine.compiled.kernels import Games, Measures, Uses
from tabletop.engine.compiled.native import loaded
from tabletop.engine.decision_limit import EndlessGame
from tabletop.engine.program import Program
from tabletop.scenario.expression_language import Node

Numbers = Any


class Batch:
    """Games from one opening between the same players. Game number n is always the same game.

    Threads may share it: compiled games run in parallel.
    """

    def __init__(
        self,
        program: Program,
        opening: Sequence[int],
        cast: Sequence[int],
        most: int,
        measures: Sequence[Node] = (),
        until: Node | None = None,
    ) -> None:
        """`cast` holds, by seat, a doctrine's address in the program or RANDOM; `most` bounds the decisions of a game;
        `measures` are formulas evaluated at the end of a game, or at its first decision where `until` holds; games
        without such a decision are left out."""
        self.program = program
        self._loaded = loaded(program, [*measures] if until is None else [*measures, until])
        self._measures = self._loaded.measures[: len(measures)]
        self._until = -1 if until is None else int(self._loaded.measures[-1])
        self._opening = np.array(opening, dtype=np.int64)
        self._cast = np.array(cast, dtype=np.int64)
        self._most = most

    def final_states(self, first: int, games: int) -> Numbers:
        """The machine's last states of so many games with seeds from `first` on, a row each. Raises EndlessGame."""
        states = np.empty((games, self.program.size), dtype=np.int64)
        self._run("final_states", first, states)
        return states

    def figures(self, first: int, games: int, uses: Numbers = None, owners: Numbers = None) -> Numbers:
        """The values of the measures for so many games, a row for each game that counts. Raises EndlessGame.

        With `uses`, a table with three columns and a row for each move and card, whose `owners` are seats by number,
        counts are added to it: in how many games each was used, and its owner's points in these, summed and squared.
        """
        results = np.empty((games, len(self._measures)), dtype=np.int64)
        counted = np.zeros(games, dtype=np.bool_)
        if uses is None:
            uses, owners = np.zeros((0, 3), dtype=np.int64), np.zeros(0, dtype=np.int64)
        self._run("figures", first, Measures(self._measures, self._until, results, counted), Uses(owners, uses))
        return results if self._until < 0 else results[counted]

    def _run(self, kernel: str, first: int, *rest: Any) -> None:
        # Seeds have 64 bits; the kernel takes them as signed integers.
        seed = (first + (1 << 63)) % (1 << 64) - (1 << 63)
        code = self._loaded
        games = Games(code.code, code.run, self._opening, self._cast)
        failed = code.play(kernel, games, seed, self._most, *rest)
        if failed >= 0:
            raise EndlessGame(self.program, first + failed, self._most)
