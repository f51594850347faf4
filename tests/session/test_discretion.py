"""A card that is not for everybody: its own seats read it, the others and the room's screens do not."""

from __future__ import annotations

import tabletop
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.timeline import timeline
from tabletop.presentation.words import Words
from tabletop.session import Facilitator, Session
from tabletop.session.facilitator_view import public, whole

SECRET = "easter_in_pyongyang"


def told(entries: tuple[object, ...]) -> str:
    return " ".join(map(str, entries))


def test_a_trip_in_secret_is_read_to_those_alone_who_know_of_it(summit: tabletop.Scenario) -> None:
    session = Session(summit, seed=7, humans=[seat.id for seat in summit.seats])
    facilitator = Facilitator(session)
    facilitator.decide("washington", "ask_about_weapons")
    facilitator.inject(SECRET, "to see what they ask")
    card = next(card for card in summit.cards if card.id == SECRET)
    for view, may_read in (
        (session.view("washington"), True),
        (session.view("pyongyang"), True),
        (session.view("tokyo"), False),
        (public(session), False),
        (whole(session), True),
    ):
        assert (view.card == SECRET) == may_read
        assert (card.title in told(view.log)) == may_read
        assert ("to see what they ask" in told(view.log)) == may_read
    facilitator.decide("washington", card.choices[0].options[1].id)
    label = card.choices[0].options[1].label
    for seat in ("tokyo", "seoul", "moscow"):
        said = told(session.view(seat).log)
        assert card.title not in said
        assert label not in said
        assert card.choices[0].options[1].effects[0].why not in said
    assert session.view("tokyo").meters == session.view("washington").meters


def test_others_learn_that_something_came_up(summit: tabletop.Scenario) -> None:
    session = Session(summit, seed=7, humans=["washington"])
    facilitator = Facilitator(session)
    facilitator.decide("washington", "ask_about_weapons")
    facilitator.inject(SECRET, shown=False)
    seen = timeline(Perspective.of(session, "tokyo"), Words())
    assert "Something comes up that is not for everybody." in repr(seen)
    assert session.game.view(session.state, "tokyo").card is None
