"""The figures of a game that was played: its accounts and the table of its decisions, worked out side by side.

Coarse figures of both come first, so that there is something to look at within seconds; each round sharpens one of
them. What comes last depends on the steps, the seed and the numbers of playouts alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import attrs

from tabletop.analysis.account import Account, Figure
from tabletop.analysis.accounting import Progress, accounts
from tabletop.analysis.decision_review import Effort, decision_tables
from tabletop.analysis.decisions import DecisionTable
from tabletop.analysis.playout_pool import PlayoutPool
from tabletop.engine.played_step import PlayedStep


@attrs.frozen(kw_only=True)
class GameFigures:
    """The accounts of a game, and its decisions beside what else could have been done, None where it has not come to
    that yet. `share` is how far the work has come, from 0 to 1: sharper figures follow until it is 1."""

    accounts: tuple[Account, ...] = ()
    table: DecisionTable | None = None
    share: float = 0.0


def wanted_figures(seats: Sequence[str], outcome: str | None) -> list[tuple[str, Figure]]:
    """What a game is looked back on by: the points of some seats, each for itself, and the ending that came."""
    found = [(seat, Figure("points", seat)) for seat in seats]
    return [*found, *([("", Figure("outcome", outcome))] if outcome else [])]


def game_figures(
    steps: Sequence[PlayedStep],
    pool: PlayoutPool,
    wanted: Sequence[tuple[str, Figure]],
    *,
    playouts: int | None = None,
    progress: Progress | None = None,
    stopped: Callable[[], bool] | None = None,
) -> Iterator[GameFigures]:
    """Yields the figures, coarse ones first; nothing for a game without steps.

    `playouts` is how many each position gets, by default as many as `accounts` and `decision_tables` take. Raises
    `playout_pool.Stopped` soon after `stopped` has become true.
    """
    if not steps:
        return
    seats = [seat for seat, figure in wanted if figure.kind == "points"]
    told = _Shares(progress)
    of_account = accounts(steps, pool, wanted, playouts=playouts, progress=told.of_account, stopped=stopped)
    of_table = decision_tables(
        steps, pool, seats=seats, effort=_effort(playouts), progress=told.of_table, stopped=stopped
    )
    found = GameFigures(accounts=next(of_account))
    yield attrs.evolve(found, share=told.share)
    # The coarse table comes before the sharp account, and this one before what takes longest: other premises.
    for table in of_table:
        found = attrs.evolve(found, table=table)
        yield attrs.evolve(found, share=told.share)
        for sharper in of_account:
            found = attrs.evolve(found, accounts=sharper)
            yield attrs.evolve(found, share=told.share)


def _effort(playouts: int | None) -> Effort | None:
    """How many playouts decisions get where so many were asked for from each position; None for the usual number."""
    if playouts is None:
        return None
    return Effort(here=playouts, elsewhere=max(40, playouts // 3), flips=6 * playouts, before=max(40, playouts // 2))


class _Shares:
    """How far both have come together, in thousandths: the account takes about a fourth of the time."""

    ACCOUNT = 0.25

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._account = self._table = 0.0

    @property
    def share(self) -> float:
        """How much is done, from 0 to 1."""
        return self.ACCOUNT * self._account + (1 - self.ACCOUNT) * self._table

    def of_account(self, done: int, total: int) -> None:
        self._account = done / total if total else 1.0
        self._tell()

    def of_table(self, done: int, total: int) -> None:
        self._table = done / total if total else 1.0
        self._tell()

    def _tell(self) -> None:
        if self._progress is not None:
            self._progress(round(1000 * self.share), 1000)
