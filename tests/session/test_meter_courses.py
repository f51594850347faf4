"""How the meters of a session went."""

from __future__ import annotations

import tabletop
from tabletop.session import Session
from tabletop.session.meter_courses import meter_courses


def test_the_course_of_a_meter_ends_every_turn_where_the_game_did() -> None:
    session = Session(tabletop.load("first-summit"), seed=5)
    list(session.run_bots())
    courses = meter_courses(session)
    for meter in session.scenario.meters:
        assert courses[meter.id][0] == meter.start
        assert courses[meter.id][-1] == session.state.meters[meter.id]
        assert len(courses[meter.id]) == session.state.turn + 1
