"""Whether chance fell alike on two branches: counted fall by fall, with the first that did not."""

from __future__ import annotations

import tabletop
from tabletop.presentation.branch_chance import chance_words
from tabletop.presentation.names import names_in
from tabletop.presentation.words import Words
from tabletop.session import Session
from tabletop.session.branch_chance import ChanceCompared, chance_compared
from tabletop.session.branch_comparison import compare
from tests.report.played import facilitated


def to_the_end(session: Session, pick: int) -> None:
    for _ in session.run_bots():
        pass
    while (seat := session.to_act) is not None:
        legal = session.game.actions(session.state, seat)
        session.decide(seat, legal[pick % len(legal)], seat)
        for _ in session.run_bots():
            pass


def test_the_same_decisions_meet_the_same_chance_on_another_branch(summit: tabletop.Scenario) -> None:
    session = Session(summit, seed=4, humans=["washington"])
    for _ in session.run_bots():
        pass
    here = session.course.at.number
    to_the_end(session, 0)
    main = session.course.branch
    session.go(here)
    session.begin_branch("again")
    to_the_end(session, 0)
    found = chance_compared(session, compare(session, main, "again"))
    assert found.of > 10
    assert found.same == found.of
    assert "Chance was the same" in chance_words(names_in(session.game.program), Words("en"), found)


def test_the_first_fall_that_differs_is_named_with_its_turn(summit: tabletop.Scenario) -> None:
    session = facilitated(summit, ["washington"], seed=11)
    found = chance_compared(session, compare(session, session.course.branch, "What if they had waited"))
    assert 0 < found.same < found.of
    assert found.one != found.other
    told = chance_words(names_in(session.game.program), Words("en"), found)
    assert f"of {found.of} cards and rolls" in told
    assert f"{found.same} fell alike" in told
    assert f"“{found.one}” here, “{found.other}” there" in told


def test_without_a_fall_on_both_nothing_is_claimed(summit: tabletop.Scenario) -> None:
    names = names_in(Session(summit, seed=1).game.program)
    assert "cannot be compared" in chance_words(names, Words("en"), ChanceCompared(same=0, of=0))
