"""Trees that grow, and games played out for later: on the compiled machine where it can be had, else in plain Python.

Both give the same trees and the same games.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from typing import Any, TypeAlias

import attrs

from tabletop.engine import tree
from tabletop.engine.available import has_compiled
from tabletop.engine.program import Program

Rows: TypeAlias = Sequence[Sequence[int]]

#: Moves on one menu, on average, for which a tree has room.
_EDGES_A_NODE = 24


@attrs.frozen
class Edge:
    """A move at the root of a tree: how often playouts made it, and their points, summed and squared."""

    move: int
    visits: int
    total: int
    squares: int


class Tree:
    """A search tree of one seat, from positions that it holds possible, each with its players by seat."""

    def __init__(
        self,
        p: Program,
        positions: Rows,
        casts: Rows,
        doctrines: Sequence[int],
        seat: int,
        seed: int,
        most: int,
        nodes: int | None = None,
    ) -> None:
        """`doctrines` are those that the seat may go on with where the tree ends; `most` is how many playouts are
        wanted at the most, for which room is made, or for so many `nodes`: with one, only the next move is weighed, and
        with none the seat follows its doctrines at once. `seed` has 32 bits."""
        self._p, self._seat, self.seed = p, seat, seed
        self._count, self._seats = len(positions), len(casts[0])
        self._compiled = has_compiled()
        self._positions, self._casts = _laid_out(positions), _laid_out(casts)
        self._words = _empty_tree(doctrines, most + 2 if nodes is None else nodes, len(p.moves) + 1)

    def grow(self, playouts: int) -> None:
        """Grows by so many playouts."""
        p, words, positions, casts = self._p, self._words, self._positions, self._casts
        if self._compiled:
            from tabletop.engine.native import run_kernel

            code = _loaded(p)
            run_kernel("grow", code.code, code.run, words, positions, casts, self._seat, self.seed, playouts)
            return
        tree.think(
            p.code,
            [0] * p.size,
            p.run(keeps=False),
            [0] * p.most_moves,
            [0] * self._seats,
            [0] * (tree.DEEPEST + 1),
            words,
            positions,
            p.size,
            casts,
            self._seats,
            self._count,
            self._seat,
            self.seed,
            playouts,
        )

    @property
    def playouts(self) -> int:
        """Playouts so far."""
        return int(self._words[tree.PLAYOUTS])

    @property
    def doctrine(self) -> int:
        """The doctrine that the seat went on with most often."""
        first, count = int(self._words[tree.DOCTRINES]), int(self._words[tree.DOCTRINE_COUNT])
        rows = range(first, first + tree.DOCTRINE_ROW * count, tree.DOCTRINE_ROW)
        return int(self._words[max(rows, key=lambda row: self._words[row + tree.PLAYED]) + tree.DOCTRINE])

    def edges(self) -> list[Edge]:
        """The moves at the root that were tried."""
        words, found = self._words, []
        node = int(words[tree.ROOT])
        while node > 0:
            edge = int(words[node + tree.NODE_EDGES])
            while edge > 0:
                places = (tree.EDGE_MOVE, tree.EDGE_VISITS, tree.EDGE_TOTAL, tree.EDGE_SQUARES)
                found.append(Edge(*(int(words[edge + place]) for place in places)))
                edge = int(words[edge + tree.EDGE_NEXT])
            node = int(words[node + tree.NODE_NEXT])
        return [edge for edge in found if edge.visits]


def _empty_tree(doctrines: Sequence[int], nodes: int, menu: int) -> Any:
    edges = max(_EDGES_A_NODE * nodes, menu)
    head = [0] * tree.TREE_HEAD
    head[tree.MOST_NODES], head[tree.MOST_EDGES] = nodes, edges
    head[tree.DOCTRINES], head[tree.DOCTRINE_COUNT] = len(head), len(doctrines)
    for doctrine in doctrines:
        head += (0, 0, doctrine)
    head[tree.FIRST_NODE] = len(head)
    head[tree.FIRST_EDGE] = len(head) + tree.NODE_ROW * nodes
    room = tree.NODE_ROW * nodes + tree.EDGE_ROW * edges
    if not has_compiled():
        return head + [0] * room
    import numpy as np

    # Room that is never reached is never written to, and so costs nothing.
    words = np.zeros(len(head) + room, dtype=np.int64)
    words[: len(head)] = head
    return words


def _laid_out(rows: Rows) -> Any:
    """Rows as the machine takes them: an array where it is compiled, else one run of integers."""
    if not has_compiled():
        return list(itertools.chain.from_iterable(rows))
    import numpy as np

    return np.array(rows, dtype=np.int64)


def games_by_turn(p: Program, opening: Sequence[int], casts: Rows, seat: int, turns: int, seed: int) -> Any:
    """Games played out, one for each row of casts, as they stood at the seat's first decision of each turn: by game and
    turn, with all 0 where there was none."""
    if has_compiled():
        import numpy as np

        from tabletop.engine.native import run_kernel

        code = _loaded(p)
        states = np.zeros((len(casts), turns, p.size), dtype=np.int64)
        start = np.array(opening, dtype=np.int64)
        run_kernel("take_snapshots", code.code, start, code.run, _laid_out(casts), seat, turns, seed, states)
        return states
    seats, flat = len(casts[0]), [0] * (len(casts) * turns * p.size)
    tree.snapshots(
        p.code,
        [0] * p.size,
        p.run(keeps=False),
        [0] * p.most_moves,
        [0] * seats,
        opening,
        p.size,
        _laid_out(casts),
        seats,
        seat,
        len(casts),
        turns,
        seed,
        flat,
    )
    states_of = [flat[at : at + p.size] for at in range(0, len(flat), p.size)]
    return [states_of[at : at + turns] for at in range(0, len(states_of), turns)]


@functools.lru_cache(maxsize=8)
def _loaded(p: Program) -> Any:
    from tabletop.engine.native import loaded

    return loaded(p)
