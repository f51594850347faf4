"""How each meter of a session went, turn by turn, from its states."""

from __future__ import annotations

from tabletop.session.session import Session


def meter_courses(session: Session) -> dict[str, tuple[int, ...]]:
    """Every meter by id: at the start, at the end of each turn so far, and last where it stands now."""
    ends = {state.turn: state.meters for state in session.states}
    return {
        meter.id: (meter.start, *(meters[meter.id] for meters in ends.values())) for meter in session.scenario.meters
    }
