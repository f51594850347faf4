"""The search tree and its playouts, compiled where possible, else in plain Python with the same results.

Both produce the same trees and games.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from typing import Any, TypeAlias

from tabletop.engine import ismcts
from tabletop.engine.compiled.support import has_compiled
from tabletop.engine.playout import Playout, Starts
from tabletop.engine.program import Program

Rows: TypeAlias = Sequence[Sequence[int]]

#: The average number of moves per menu for which a tree has room.
_EDGES_A_NODE = 24


class Tree:
    """The search tree below the moves of one seat's decision, with playouts from positions that the seat considers
    possible, each with its players by seat."""

    def __init__(self, p: Program, positions: Rows, casts: Rows, seat: int, seed: int, nodes: int = 0) -> None:
        """`nodes` bounds the tree (nodes are the seat's later decisions); with 0 the seat follows a doctrine after the
        first move. `seed` has 32 bits."""
        self._p, self._seat, self._seed = p, seat, seed
        self._count, self._seats = len(positions), len(casts[0])
        self._compiled = has_compiled()
        self._positions, self._casts = _laid_out(positions), _laid_out(casts)
        self._words = _empty_tree(nodes, len(p.moves) + 1, max(0, _point_bits(p, seat) - ismcts.POINT_BITS))

    def play_out(self, moves: Sequence[int], doctrine: int, first: int, playouts: int) -> list[list[int]]:
        """The points of the seat in so many playouts of each move (or of FOLLOW: the doctrine's move), numbered from
        `first` on: playouts with the same number share their start and random numbers. Below the tree the seat follows
        the doctrine, which must be the same for all moves of one tree."""
        p, words, positions, casts = self._p, self._words, self._positions, self._casts
        if self._compiled:
            import numpy as np

            code, points = _loaded(p), np.zeros((len(moves), playouts), dtype=np.int64)
            code.play(
                "play_out",
                code.code,
                code.run,
                words,
                positions,
                casts,
                ismcts.Searcher(self._seat, doctrine, self._seed),
                ismcts.Trial(np.array(moves, dtype=np.int64), len(moves), first, playouts, points),
            )
            rows: list[list[int]] = points.tolist()
            return rows
        flat = [0] * (len(moves) * playouts)
        ismcts.run_playouts(
            _playout(p),
            [0] * (ismcts.MAX_DEPTH + 1),
            words,
            Starts(positions, p.size, casts, self._seats, self._count),
            ismcts.Searcher(self._seat, doctrine, self._seed),
            ismcts.Trial(moves, len(moves), first, playouts, flat),
        )
        return [flat[at : at + playouts] for at in range(0, len(flat), playouts)]


@functools.lru_cache(maxsize=32)
def _point_bits(p: Program, seat: int) -> int:
    """The number of bits of a seat's points."""
    worth = [p.scope.integer(objective.points.source) for objective in p.scenario.seats[seat].objectives]
    return sum(max(abs(one.low), abs(one.high)) for one in worth).bit_length()


def _empty_tree(nodes: int, menu: int, shift: int) -> Any:
    """A tree with room for `nodes` nodes besides its root, which has `menu` moves; `shift` is that of its points."""
    edges = _EDGES_A_NODE * nodes + menu
    head = [0] * ismcts.TREE_HEAD
    head[ismcts.MOST_NODES], head[ismcts.MOST_EDGES] = nodes, edges
    head[ismcts.ROOT] = len(head)
    head[ismcts.SHIFT] = shift
    head[ismcts.FIRST_NODE] = len(head) + ismcts.NODE_ROW
    head[ismcts.FIRST_EDGE] = head[ismcts.FIRST_NODE] + ismcts.NODE_ROW * nodes
    room = ismcts.NODE_ROW * (nodes + 1) + ismcts.EDGE_ROW * edges
    if not has_compiled():
        return head + [0] * room
    import numpy as np

    # Memory that is never written to costs nothing.
    words = np.zeros(len(head) + room, dtype=np.int64)
    words[: len(head)] = head
    return words


def _laid_out(rows: Rows) -> Any:
    """Rows as the machine takes them: an array for the compiled one, else one flat list."""
    if not has_compiled():
        return list(itertools.chain.from_iterable(rows))
    import numpy as np

    return np.array(rows, dtype=np.int64)


def games_by_turn(p: Program, opening: Sequence[int], casts: Rows, seat: int, turns: int, seed: int) -> Any:
    """Plays one game for each row of casts; its states at the seat's first decision of each turn, by game and turn, all
    0 where there was none."""
    if has_compiled():
        import numpy as np

        from tabletop.engine.compiled.kernels import Games

        code = _loaded(p)
        states = np.zeros((len(casts), turns, p.size), dtype=np.int64)
        start = np.array(opening, dtype=np.int64)
        code.play("take_snapshots", Games(code.code, code.run, start, _laid_out(casts)), seat, turns, seed, states)
        return states
    seats, flat = len(casts[0]), [0] * (len(casts) * turns * p.size)
    starts = Starts(opening, p.size, _laid_out(casts), seats, len(casts))
    ismcts.snapshots(_playout(p), starts, seat, turns, seed, flat)
    states_of = [flat[at : at + p.size] for at in range(0, len(flat), p.size)]
    return [states_of[at : at + turns] for at in range(0, len(states_of), turns)]


def _playout(p: Program) -> Playout:
    """A game of the program that is still to begin, in plain Python."""
    return Playout(p.code, [0] * p.size, p.run(keeps=False), [0] * p.most_moves, [0] * len(p.seat_ids))


@functools.lru_cache(maxsize=8)
def _loaded(p: Program) -> Any:
    from tabletop.engine.compiled.native import loaded

    return loaded(p)
