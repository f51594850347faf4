"""How a team decides: rules, ties, absentees, and votes that are sent twice."""

from __future__ import annotations

import pytest

from tabletop.host.ballots import Ballot, Outcome, Rule, Vote, complete, outcome
from tabletop.host.plan import Budget, plan
from tabletop.host.refusals import Refused

TEAM = ("ann", "bo", "cy")
ALL = frozenset(TEAM)


def ballot(is_plan: bool = False, **votes: str) -> Ballot:
    """A ballot between three moves, with these votes in the order in which they were cast; "a b" ticks two."""
    found = Ballot(key="k", seat="red", moves=("hold", "move", "pass"), is_plan=is_plan, picks=2)
    for person, moves in votes.items():
        found = found.with_vote(Vote(person=person, moves=tuple(moves.split())))
    return found


def stands(found: Ballot, rule: Rule = "plurality", present: frozenset[str] = ALL, closing: bool = False) -> Outcome:
    return outcome(found, TEAM, present, rule, "ann", closing=closing)


def test_the_most_votes_win_once_everybody_has_voted() -> None:
    assert stands(ballot(ann="hold", bo="move")).missing == ("cy",)
    assert stands(ballot(ann="hold", bo="move")).verdict == "open"
    found = stands(ballot(ann="hold", bo="move", cy="move"))
    assert (found.verdict, found.move, found.how) == ("decided", "move", "plurality")


def test_whoever_is_away_is_not_waited_for_and_their_vote_counts() -> None:
    away = frozenset(["ann", "bo"])
    assert stands(ballot(ann="hold", bo="hold"), present=away).move == "hold"
    assert stands(ballot(ann="hold", bo="move", cy="move"), present=away).move == "move"
    assert stands(ballot(ann="hold", bo="hold"), present=ALL).missing == ("cy",)


def test_a_tie_stays_open_until_time_is_up() -> None:
    tied = ballot(ann="hold", bo="move", cy="pass")
    assert stands(tied).verdict == "tied"
    found = stands(tied, closing=True)
    assert (found.verdict, found.move, found.how) == ("decided", "hold", "tie broken")


def test_a_tie_goes_to_the_captains_choice_or_to_what_had_its_votes_first() -> None:
    tied = ballot(bo="move", ann="hold")
    assert outcome(tied, TEAM, ALL, "plurality", "ann", closing=True).move == "hold"
    assert outcome(tied, TEAM, ALL, "plurality", "cy", closing=True).move == "move"


def test_all_agree_or_nothing_is_decided() -> None:
    assert stands(ballot(ann="hold", bo="hold", cy="move"), "consensus").verdict == "split"
    found = stands(ballot(ann="hold", bo="hold", cy="hold"), "consensus")
    assert (found.verdict, found.how) == ("decided", "consensus")


def test_a_captain_decides_with_their_own_vote() -> None:
    assert stands(ballot(bo="move", cy="move"), "captain").missing == ("ann",)
    assert stands(ballot(ann="hold", bo="move", cy="move"), "captain").move == "hold"


def test_where_nobody_has_voted_nothing_is_decided() -> None:
    assert stands(ballot()).verdict == "open"
    assert stands(ballot(), closing=True).verdict == "nobody"


def test_a_vote_is_for_a_move_that_is_open_and_for_one() -> None:
    for moves in ("away", "hold move", ""):
        with pytest.raises(Refused):
            ballot(ann=moves)
    with pytest.raises(Refused, match="once"):
        ballot(is_plan=True, ann="hold hold")


def test_of_two_votes_the_one_that_was_meant_later_stands() -> None:
    found = ballot().with_vote(Vote(person="ann", moves=("hold",), serial=2))
    assert not found.is_new(Vote(person="ann", moves=("move",), serial=1))
    assert found.is_new(Vote(person="ann", moves=("move",), serial=3))
    assert found.repeats(Vote(person="ann", moves=("hold",), serial=2))
    assert found.next_serial("ann") == 3


def test_the_votes_of_those_who_have_left_do_not_count() -> None:
    assert ballot(ann="hold", bo="move").only(frozenset(["bo"])).counts() == {"move": 1}


BUDGET = Budget(picks=2, left={"days": 3}, costs={"hold": {"days": 2}, "move": {"days": 2}, "pass": {}})


def test_a_plan_has_what_half_of_those_who_ticked_support() -> None:
    found = plan(ballot(is_plan=True, ann="hold", bo="hold", cy="pass"), BUDGET, "plurality", "ann")
    assert (found.taken, found.wanted, found.voters) == (("hold",), (), 3)


def test_a_plan_takes_what_can_be_paid_for_most_supported_first() -> None:
    found = plan(ballot(is_plan=True, ann="hold move", bo="move pass", cy="move hold"), BUDGET, "plurality", "ann")
    assert (found.taken, found.wanted) == (("move",), ("hold",))


def test_a_captains_plan_is_their_own() -> None:
    found = plan(ballot(is_plan=True, ann="pass", bo="hold", cy="hold"), BUDGET, "captain", "ann")
    assert found.taken == ("pass",)


def test_a_plan_is_complete_when_everybody_who_is_there_has_ticked() -> None:
    assert not complete(ballot(is_plan=True, ann="hold", bo=""), TEAM, ALL, "plurality", "ann")
    assert complete(ballot(is_plan=True, ann="hold", bo=""), TEAM, frozenset(["ann", "bo"]), "plurality", "ann")
    assert not complete(ballot(is_plan=True, ann="hold", bo="", cy=""), TEAM, ALL, "consensus", "ann")
    assert complete(ballot(is_plan=True, ann=""), TEAM, ALL, "captain", "ann")
