"""What chance brought in each step of a session: the cards that came up and how tables fell."""

from __future__ import annotations

from tabletop.engine.log import Entry
from tabletop.session.session import Session


def step_falls(session: Session) -> dict[int, tuple[Entry, ...]]:
    """The cards and rolls in the log of each step of the line on which the session stands, by its number; 0 is the
    deal. What is hidden from players is among them."""
    found, known = {}, 0
    for step in session.course.at.line():
        log = session.position_at(step).state.log
        found[step.number] = tuple(entry for entry in log[known:] if entry.kind in ("card", "roll"))
        known = len(log)
    return found


def dealt_truths(session: Session) -> dict[str, int | bool | str]:
    """What the hidden truths were at the start, by their ids: for whoever knows everything."""
    start = session.position_at(session.course.start).state
    return {hidden.id: start.value(hidden.id) for hidden in session.scenario.hidden}
