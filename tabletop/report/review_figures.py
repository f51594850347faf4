"""The figures of a review that playouts give: the accounts of a session and its decisions, and its steps in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import attrs

from tabletop.analysis.account import Account, Figure
from tabletop.analysis.accounting import accounts
from tabletop.analysis.decision_review import Effort, decision_tables
from tabletop.analysis.decisions import DecisionTable
from tabletop.analysis.playout_pool import PlayoutPool
from tabletop.presentation.names import names_in
from tabletop.presentation.review.turning import StepWords
from tabletop.presentation.steps import moment_words, step_words
from tabletop.presentation.words import Words
from tabletop.session import Session
from tabletop.session.facilitator_view import public
from tabletop.session.played_line import played_line
from tabletop.session.step_falls import dealt_truths, step_falls
from tabletop.session.step_summary import moment_before, step_summary

if TYPE_CHECKING:
    from tabletop.engine.log import Entry

#: What is told of how far the playouts have come: how many are done, of how many.
Progress = Callable[[int, int], None]


@attrs.frozen(kw_only=True)
class ReviewFigures:
    """The accounts of a session, and its decisions beside what else could have been done; None where nobody asked."""

    accounts: tuple[Account, ...] = ()
    table: DecisionTable | None = None


def review_figures(
    session: Session,
    pool: PlayoutPool,
    *,
    playouts: int | None = None,
    progress: Progress | None = None,
    stopped: Callable[[], bool] | None = None,
) -> Iterator[ReviewFigures]:
    """Yields the figures, coarse ones first. Raises `playout_pool.Stopped` soon after `stopped` has become true."""
    steps = played_line(session)
    if not steps:
        return
    wanted = _wanted(session)
    found: tuple[Account, ...] = ()
    for found in accounts(steps, pool, wanted, playouts=playouts, progress=progress, stopped=stopped):
        yield ReviewFigures(accounts=found)
    seats = [seat for seat, figure in wanted if figure.kind == "points"]
    for table in decision_tables(
        steps, pool, seats=seats, effort=_effort(playouts), progress=progress, stopped=stopped
    ):
        yield ReviewFigures(accounts=found, table=table)


def _effort(playouts: int | None) -> Effort | None:
    """How many playouts decisions get where so many were asked for from each position; None for the usual number."""
    if playouts is None:
        return None
    return Effort(here=playouts, elsewhere=max(40, playouts // 3), flips=6 * playouts, before=max(40, playouts // 2))


def _wanted(session: Session) -> list[tuple[str, Figure]]:
    """The points of every seat that people play, or of the scenario's solo seat; and the ending that came."""
    seats = session.humans or (session.scenario.player,)
    found = [(seat, Figure("points", seat)) for seat in seats]
    outcome = public(session).outcome
    return [*found, *([("", Figure("outcome", outcome))] if outcome else [])]


def words_of_steps(session: Session, words: Words) -> dict[int, StepWords]:
    """Every step of the line on which the session stands, by its number. What is hidden from players is told."""
    names, falls = names_in(session.game.program), step_falls(session)
    dealt = [f"{names.full(id)}: {names.named_value(id, value)}" for id, value in dealt_truths(session).items()]
    found = {}
    for step in session.course.at.line():
        moment = moment_before(session, step)
        found[step.number] = StepWords(
            turn=moment.turn,
            when=moment_words(names, moment, has_phase=False),
            done=step_words(names, words, step_summary(session, step)),
            fell="; ".join(dict.fromkeys([*(dealt if not step.number else ()), *map(_fall, falls[step.number])])),
        )
    return found


def _fall(entry: Entry) -> str:
    """A card by its title, a roll by the title of its table and how it fell."""
    if entry.kind == "card":
        return entry.title
    return f"{entry.title}: {entry.text}" if entry.text and entry.text != entry.title else entry.title
