"""Positions played on to the end, compiled or in plain Python, with the same results (see `engine/playing_on.py`)."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from typing import Any, TypeAlias

from tabletop.engine.compiled.support import has_compiled
from tabletop.engine.playing_on import Results, Rows, play_rows
from tabletop.engine.playout import Playout
from tabletop.engine.program import Program

#: The number of a row's first position, how many positions it starts from in turn, its first move (or
#: `ismcts.FOLLOW`), and the number of its first playout.
PlayoutRow: TypeAlias = tuple[int, int, int, int]
#: The results of playouts in their order: a list, or an array on the compiled machine.
Column: TypeAlias = Any


def played_on(
    p: Program,
    positions: Sequence[Sequence[int]],
    rows: Sequence[PlayoutRow],
    cast: Sequence[int],
    seed: int,
    playouts: int,
    places: Sequence[int],
    compiled: bool | None = None,
) -> list[list[Column]]:
    """By row, then by place of the state: its values at the ends of so many playouts.

    `cast` holds, by seat, a doctrine's address in the program or RANDOM; `seed` has 32 bits. `compiled` selects the
    engine; by default the compiled one where it is available.
    """
    if not rows:
        return []
    if has_compiled() if compiled is None else compiled:
        return _compiled(p, positions, rows, cast, seed, playouts, places)
    flat = [0] * (len(rows) * len(places) * playouts)
    laid_out, numbers = (list(itertools.chain.from_iterable(each)) for each in (positions, rows))
    play = Playout(p.code, [0] * p.size, p.run(keeps=False), [0] * p.most_moves, list(cast))
    play_rows(play, Rows(laid_out, p.size, numbers, len(rows)), seed, playouts, Results(places, len(places), flat))
    columns = [flat[at : at + playouts] for at in range(0, len(flat), playouts)]
    return [columns[at : at + len(places)] for at in range(0, len(columns), len(places))]


def _compiled(
    p: Program,
    positions: Sequence[Sequence[int]],
    rows: Sequence[PlayoutRow],
    cast: Sequence[int],
    seed: int,
    playouts: int,
    places: Sequence[int],
) -> list[list[Column]]:
    import numpy as np

    code = _loaded(p)
    results = np.zeros((len(rows), len(places), playouts), dtype=np.int64)
    starts, numbers, players, measured = (np.array(one, dtype=np.int64) for one in (positions, rows, cast, places))
    played, found = Rows(starts, p.size, numbers, len(rows)), Results(measured, len(places), results)
    code.play("play_rows_on", code.code, code.run, players, played, seed, playouts, found)
    return [list(row) for row in results]


@functools.lru_cache(maxsize=8)
def _loaded(p: Program) -> Any:
    from tabletop.engine.compiled.native import loaded

    return loaded(p)
