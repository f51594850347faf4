"""The figures of a review that playouts give, and the steps of its session in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tabletop.analysis.game_figures import GameFigures, game_figures, wanted_figures
from tabletop.analysis.playout_pool import PlayoutPool
from tabletop.presentation.names import names_in
from tabletop.presentation.review.turning import StepWords
from tabletop.presentation.what_if import steps_told
from tabletop.presentation.words import Words
from tabletop.session import Session
from tabletop.session.look_back import look_back

#: What is told of how far the playouts have come: how many parts are done, of how many.
Progress = Callable[[int, int], None]


def review_figures(
    session: Session,
    pool: PlayoutPool,
    *,
    playouts: int | None = None,
    progress: Progress | None = None,
    stopped: Callable[[], bool] | None = None,
) -> Iterator[GameFigures]:
    """Yields the figures, coarse ones first. Raises `playout_pool.Stopped` soon after `stopped` has become true."""
    look = look_back(session)
    wanted = wanted_figures(look.seats, look.outcome)
    yield from game_figures(look.steps, pool, wanted, playouts=playouts, progress=progress, stopped=stopped)


def words_of_steps(session: Session, words: Words) -> dict[int, StepWords]:
    """Every step of the line on which the session stands, by its number. What is hidden from players is told."""
    return steps_told(names_in(session.game.program), words, look_back(session))
