"""Who is in the room, where they sit, and who may come in."""

from __future__ import annotations

import attrs
import pytest

from tabletop.host import membership
from tabletop.host.ledger import Ledger
from tabletop.host.refusals import Refused
from tabletop.host.roster import MOST_PEOPLE, Person, Roster, new_person


def roster(*names: str, seats: tuple[str, ...] = ("red", "blue"), **how: object) -> Roster:
    """A room into which these people have come."""
    found = Roster(seats=seats, **how)  # type: ignore[arg-type]
    for name in names:
        found = found.joined(Person(id=name.lower(), name=name))
    return found


def test_whoever_joins_waits() -> None:
    (ann,) = roster("Ann").standing("waiting")
    assert (ann.name, ann.seat) == ("Ann", "")


def test_teams_are_filled_evenly_with_those_who_sit_already() -> None:
    room = roster("Ann", "Bo", "Cy", "Di").seated("ann", "red").seated("bo", "red")
    assert room.evenly() == {"cy": "blue", "di": "blue"}


def test_thirty_people_on_six_seats_are_five_each() -> None:
    room = roster(*(f"P{number}" for number in range(30)), seats=tuple("abcdef"))
    for id, seat in room.evenly().items():
        room = room.seated(id, seat)
    assert {len(room.team(seat)) for seat in room.seats} == {5}


def test_what_somebody_wished_holds_when_their_name_is_approved() -> None:
    for wish, standing, seat in (("watching", "watching", ""), ("blue", "seated", "blue"), ("", "waiting", "")):
        ledger = Ledger(roster=roster(approving=True, seating="choice"))
        said, id = membership.join(ledger, new_person("Ann"), "hash", wish)
        ledger = ledger.after_all(said)
        assert ledger.roster.people[id].standing == "unapproved"
        ledger = ledger.after_all(membership.approve(ledger, id)[0])
        person = ledger.roster.people[id]
        assert (person.standing, person.seat) == (standing, seat)


def test_a_captain_who_is_away_is_stood_in_for_by_the_first_who_is_there() -> None:
    room = roster("Ann", "Bo", "Cy")
    for id in ("ann", "bo", "cy"):
        room = room.seated(id, "red")
    room = room.led_by("red", "bo")
    assert room.captain("red") == "bo"
    assert room.captain("red", frozenset(["ann", "cy"])) == "ann"
    assert room.captain("red", frozenset()) == "bo"
    assert room.captain("blue") == ""


def test_a_captain_is_one_of_the_team() -> None:
    with pytest.raises(Refused, match="one of the team"):
        roster("Ann").led_by("red", "ann")


def test_nobody_comes_into_a_locked_or_full_room() -> None:
    with pytest.raises(Refused, match="locked"):
        attrs.evolve(roster(), locked=True).joined(new_person("Ann"))
    people = {str(number): Person(id=str(number), name=str(number)) for number in range(MOST_PEOPLE)}
    with pytest.raises(Refused, match="full"):
        Roster(seats=("red",), people=people).joined(new_person("Ann"))


def test_a_name_that_somebody_has_who_left_is_free_again() -> None:
    room = roster("Ann").gone("ann")
    assert room.joined(new_person("ann")).here[0].name == "ann"
    assert roster("Ann").free_name("ANN") == "ANN 2"


def test_a_person_whose_name_is_looked_at_gets_no_seat_yet() -> None:
    room = roster("Ann", approving=True)
    with pytest.raises(Refused, match="not been let in"):
        room.seated("ann", "red")
    assert room.approved("ann").seated("ann", "red").team("red")[0].name == "Ann"


def test_whoever_has_left_has_no_seat_and_cannot_be_given_one() -> None:
    room = roster("Ann").seated("ann", "red").gone("ann")
    assert not room.team("red")
    with pytest.raises(Refused, match="not in the room"):
        room.seated("ann", "red")


def test_there_is_no_team_of_a_seat_that_the_scenario_lacks() -> None:
    with pytest.raises(Refused, match="no such team"):
        roster("Ann").seated("ann", "green")


def test_an_id_does_not_tell_how_many_have_joined() -> None:
    assert len({new_person("Ann").id for _ in range(50)}) == 50
