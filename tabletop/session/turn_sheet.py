"""A session on one sheet: a row for each turn, a column for each seat, what it did; with cards and meters."""

from __future__ import annotations

import csv
import io

from tabletop.scenario.text_sanitizing import cell
from tabletop.session.played_decisions import PlayedDecision, played_decisions
from tabletop.session.session import Session


def turn_sheet(session: Session) -> str:
    """The sheet as CSV, of the line on which the session stands, with what is hidden from players.

    Its columns are turn, stage, date, cards, then each seat by its name, then each meter by its name as it stood at the
    end of the turn.
    """
    scenario = session.scenario
    moves: dict[tuple[int, str], list[str]] = {}
    for one in played_decisions(session):
        moves.setdefault((one.moment.turn, one.seat), []).append(_told(one))
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow([cell(name) for name in ("turn", "stage", "date", "cards", *_names(session))])
    ends = {state.turn: state for state in session.states}
    for turn, state in ends.items():
        stage = next(one for one in scenario.stages if one.id == state.stage)
        date = stage.dates[state.stage_turn - 1] if state.stage_turn <= len(stage.dates) else ""
        cards = [entry.title for entry in state.log if entry.kind == "card" and entry.turn == turn]
        done = ["; ".join(moves.get((turn, seat.id), ())) for seat in scenario.seats]
        meters = [state.meters[meter.id] for meter in scenario.meters]
        writer.writerow([cell(value) for value in (turn, stage.title, date, "; ".join(cards), *done, *meters)])
    return table.getvalue()


def _names(session: Session) -> list[str]:
    seats, meters = session.scenario.seats, session.scenario.meters
    return [*(seat.name for seat in seats), *(meter.name for meter in meters)]


def _told(one: PlayedDecision) -> str:
    """A move, and the reason that was given for it."""
    label = one.action.label
    return f"{label} ({' '.join(one.why.split())})" if one.why else label
