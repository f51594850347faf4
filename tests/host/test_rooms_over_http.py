"""A room as a class uses it: real HTTP, real SQLite, no JavaScript."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import pytest

from tests.host.live_room import Device, LiveRoom, begun, found, served, text_of
from tests.patience import PATIENCE


@pytest.fixture
def room(tmp_path: pathlib.Path) -> Iterator[LiveRoom]:
    with served(begun(tmp_path)) as live:
        yield live


def playing(room: LiveRoom, number: int = 4) -> list[Device]:
    """So many people in a game that has begun: the first of each team first."""
    people = room.people(number)
    assert room.facilitator.act("start").status == 303
    return people


def test_looking_at_the_join_page_takes_no_seat(room: LiveRoom) -> None:
    for _ in range(3):
        assert room.device().get().status == 200
    assert not room.room.ledger.roster.people


def test_a_form_of_joining_that_is_sent_twice_lets_in_one_person(room: LiveRoom) -> None:
    device = room.device()
    ticket = found(r'name="ticket" value="(\w+)"', device.get().body)
    for _ in range(2):
        device.cookies.clear()
        assert device.post("/join", {"ticket": ticket, "name": "Ann"}).status == 303
    assert [one.name for one in room.room.ledger.roster.people.values()] == ["Ann"]


def test_whoever_opens_the_link_again_is_still_who_they_were(room: LiveRoom) -> None:
    device = room.device()
    device.join("Ann")
    assert "Ann" in device.page
    assert device.post("/join", {"ticket": "0" * 32, "name": "Bo"}).status == 303
    assert len(room.room.ledger.roster.people) == 1


def test_a_name_that_is_taken_gets_a_number(room: LiveRoom) -> None:
    for _ in range(2):
        room.device().join("Ann")
    assert [one.name for one in room.room.ledger.roster.people.values()] == ["Ann", "Ann 2"]


def test_teams_come_out_even_when_the_game_begins(room: LiveRoom) -> None:
    playing(room, 7)
    roster = room.room.ledger.roster
    assert sorted(len(roster.team(seat)) for seat in roster.seats) == [3, 4]


def test_a_seat_without_people_goes_to_its_bot(room: LiveRoom) -> None:
    playing(room, 1)
    assert list(room.room.session.players) == ["ulmar"]


def test_a_late_comer_joins_the_smaller_team(room: LiveRoom) -> None:
    playing(room, 3)
    late = room.device()
    late.join("Late")
    assert "Ulmar" in text_of(late.page)


def test_a_team_decides_once_everybody_has_voted(room: LiveRoom) -> None:
    people = playing(room)
    first, _, third, _ = people
    assert first.vote("no_day_yet").status == 303
    assert "Your vote is in" in first.page
    assert room.room.session.state.card is not None
    assert third.vote("no_day_yet").status == 303
    assert room.room.session.state.card is None


def test_a_tie_waits_until_somebody_thinks_again(room: LiveRoom) -> None:
    first, _, third, _ = playing(room)
    moves = first.moves()
    first.vote(moves[0])
    third.vote(moves[1])
    assert "A tie" in first.page
    third.vote(moves[0])
    assert "A tie" not in first.page


def test_a_vote_that_is_sent_twice_counts_once_and_an_earlier_one_changes_nothing(room: LiveRoom) -> None:
    first, *_ = playing(room)
    page = first.page
    moves, ballot = first.moves(page), first.ballot(page)
    for _ in range(2):
        assert first.post("/vote", {**ballot, "move": moves[0]}).status == 303
    assert first.vote(moves[1]).status == 303
    refused = first.post("/vote", {**ballot, "move": moves[0]})
    assert refused.status == 409
    assert "later vote" in refused.body
    (vote,) = room.room.ledger.ballots["corvane"].votes.values()
    assert vote.moves == (moves[1],)
    votes = [command for command in room.room.session.commands if command.kind == "vote"]
    assert len(votes) == 2


def test_a_vote_for_what_is_over_is_refused_in_a_sentence(room: LiveRoom) -> None:
    first, _, third, _ = playing(room)
    page = first.page
    old = first.ballot(page)
    first.vote()
    third.vote()
    refused = first.post("/vote", {**old, "move": "no_day_yet"}, X_Requested_With="tabletop")
    assert refused.status == 409
    assert "That vote is over" in refused.body


def test_a_plan_takes_what_half_of_the_team_supports_and_the_budget_allows(room: LiveRoom) -> None:
    first, second, third, fourth = playing(room)
    for device in (first, third):
        device.vote()
    first.vote("draft", "ask")
    assert "In the plan" in third.page
    third.vote("draft")
    for device in (second, fourth):
        device.vote()
    decided = [step for step in room.room.session.decisions if step[0] == "corvane"]
    assert ("corvane", "draft") in decided


def test_a_captain_decides_alone(room: LiveRoom) -> None:
    first, _, third, _ = playing(room)
    room.facilitator.act("settings", rule="captain")
    third.vote()
    assert room.room.session.state.card is not None
    first.vote()
    assert room.room.session.state.card is None


def test_a_reason_is_asked_for_where_the_facilitator_wants_one(room: LiveRoom) -> None:
    first, *_ = playing(room)
    room.facilitator.act("settings", reasons="required")
    assert first.vote(why="").status == 422
    assert first.vote(why="It is cheap.").status == 303


def test_the_facilitator_closes_a_vote_with_the_votes_there_are(room: LiveRoom) -> None:
    first, *_ = playing(room)
    assert room.facilitator.act("close-ballot", seat="corvane").status == 409
    first.vote()
    assert room.facilitator.act("close-ballot", seat="corvane").status == 303
    assert room.room.session.state.card is None


def test_a_code_puts_a_person_back_on_their_seat_and_their_old_device_out(room: LiveRoom) -> None:
    first, *_ = playing(room)
    (person, *_) = room.room.ledger.roster.people
    key = found(r'class="code">(\w+)<', room.facilitator.act("rejoin", person=person).body)
    new = room.device()
    assert new.post("/open", {"key": key.upper()}).status == 303
    assert "Person 1" in new.page
    assert 'action="/' + room.room.code + '/join"' in first.get().body
    assert room.device().post("/open", {"key": key}).status == 403


def test_a_locked_room_lets_nobody_in(room: LiveRoom) -> None:
    room.facilitator.act("settings", locked="on")
    answer = room.device().join("Ann")
    assert answer.status == 423
    assert "locked" in answer.body


def test_names_are_looked_at_where_the_facilitator_wants_that(room: LiveRoom) -> None:
    room.facilitator.act("settings", approving="on")
    device = room.device()
    device.join("Bad Joke")
    assert "being looked at" in device.page
    (person,) = room.room.ledger.roster.people
    room.facilitator.act("approve", person=person)
    assert "being looked at" not in device.page


def test_whoever_is_removed_is_out(room: LiveRoom) -> None:
    first, *_ = playing(room)
    (person, *_) = room.room.ledger.roster.people
    room.facilitator.act("remove", person=person)
    assert "/join" in first.get().body


def test_nobody_votes_in_a_pause(room: LiveRoom) -> None:
    first, *_ = playing(room)
    ballot = first.ballot()
    room.facilitator.act("pause")
    assert first.post("/vote", {**ballot, "move": "no_day_yet"}).status == 409
    room.facilitator.act("continue")
    assert first.post("/vote", {**ballot, "move": "no_day_yet"}).status == 303


def test_people_choose_their_seats_where_they_may(room: LiveRoom) -> None:
    room.facilitator.act("settings", seating="choice")
    device = room.device()
    device.join("Ann", seat="ulmar")
    assert "Ulmar" in text_of(device.page)


def test_the_facilitator_steps_back_and_the_team_votes_anew(room: LiveRoom) -> None:
    first, _, third, _ = playing(room)
    first.vote()
    third.vote()
    room.facilitator.act("back")
    assert room.room.session.state.card is not None
    assert not room.room.ledger.ballots["corvane"].votes


def test_a_team_takes_back_what_it_has_chosen_face_down_until_it_is_turned_over(room: LiveRoom) -> None:
    first, second, third, fourth = playing(room)
    for device in (first, third):
        device.vote()
    for device in (second, fourth):
        device.vote()
    page = second.page
    assert "Take back" in page
    assert not second.moves(page)
    form = {"form": found(r'name="form" value="(\w+)"', page)}
    assert second.post("/take-back", form).status == 303
    assert second.moves()
    room.facilitator.act("allow-undo", rule="never")
    for device in (second, fourth):
        device.vote()
    assert second.post("/take-back", form).status == 409
    room.facilitator.act("allow-undo", rule="reveal")
    for device in (first, third):
        device.vote("draft", "ask")
    assert second.post("/take-back", form).status == 409


def test_answers_are_kept_and_shown_to_all_once_the_facilitator_says_so(room: LiveRoom) -> None:
    first, *_ = playing(room)
    room.facilitator.act("part", part="lesson/prediction")
    form = first.ballot()["form"]
    assert first.post("/answer", {"form": form, "foretold_trust": "101"}).status == 422
    assert first.post("/answer", {"form": form, "foretold_trust": "61"}).status == 303
    assert 'value="61"' in first.page
    assert 'id="summary"' not in room.facilitator.get("/table").body
    room.facilitator.act("settings", summary="foretold_trust")
    assert "1 answer, from 61 to 61" in text_of(room.facilitator.get("/table").body)


def test_a_phase_of_the_class_sets_the_clocks_of_the_game(room: LiveRoom) -> None:
    first, _, third, _ = playing(room)
    room.facilitator.act("part", part="lesson/play")
    first.vote()
    third.vote()
    room.until(lambda: room.room.snapshot.clock.total == 90)
    assert "data-ends-at" in first.page


def test_the_facilitator_does_what_their_page_offers(room: LiveRoom) -> None:
    first, _, third, _ = playing(room)
    session, leader = room.room.session, room.facilitator
    assert leader.act("message", seat="corvane", text="Only for you.").status == 303
    assert "Only for you." in first.page
    assert leader.act("note", text="Everybody sees this.", shown="on", tag="surprise").status == 303
    assert "Everybody sees this." in third.page
    assert leader.act("set", name="trust", value="11", why="To see.", shown="on").status == 303
    assert session.state.meters["trust"] == 11
    assert leader.act("set", name="trust", value="high").status == 409
    assert leader.act("schedule", name="lesson").status in (303, 404)
    assert leader.act("decide", seat="corvane", move=first.moves()[0], why="A vote on paper.").status == 303
    assert session.state.card is None
    assert leader.act("clock", seconds="600", then="skip").status == 303
    assert leader.act("more-time", seconds="60").status == 303
    assert leader.act("end-phase").status == 303
    assert leader.act("branch", name="what if").status == 303
    assert leader.act("switch", name="main").status == 303
    assert leader.act("hand", seat="ulmar", player="random").status == 303
    assert leader.act("fly").status == 404


def test_the_table_is_for_the_rooms_own_screens(room: LiveRoom) -> None:
    assert room.device().get("/table").status == 403
    key = found(r'class="code">(\w+)<', room.facilitator.act("open-projector").body)
    screen = room.device()
    assert screen.post("/open", {"key": key}).status == 303
    assert room.room.code in screen.get("/table").body
    assert screen.get("/facilitator").status == 403


def test_every_page_forbids_what_it_does_not_need(room: LiveRoom) -> None:
    pages = [room.device().get(), room.facilitator.get("/facilitator"), room.device().get("/table")]
    for page in pages:
        assert "script-src 'self'" in page.headers["content-security-policy"]
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["referrer-policy"] == "same-origin"
        assert "server" not in page.headers


def test_a_page_that_is_open_is_sent_anew_when_somebody_votes(room: LiveRoom) -> None:
    import socket

    first, _, third, _ = playing(room)
    cookies = "; ".join(f"{name}={value}" for name, value in third.cookies.items())
    with socket.create_connection(("127.0.0.1", room.port), timeout=PATIENCE) as stream:
        request = f"GET /{room.room.code}/events HTTP/1.1\r\nhost: {third.port}\r\ncookie: {cookies}\r\n\r\n"
        stream.sendall(request.encode())
        heard = b""
        while b"event: page" not in heard:
            heard += stream.recv(65536)
        first.vote()
        heard = b""
        while b"1 vote" not in heard:
            heard += stream.recv(65536)
    assert b"event: page" in heard


def test_a_vote_for_what_nothing_takes_back_needs_its_question_answered(room: LiveRoom) -> None:
    first, second, third, fourth = playing(room)
    session = room.room.session
    for _ in range(20):
        if session.to_act == "corvane" and any(one.id == "announce" for one in session.view("corvane").actions):
            break
        for device in (first, third, second, fourth):
            if 'id="vote"' in device.page:
                device.vote()
    page = first.page
    move = next(one for one in first.moves(page) if one.startswith("announce"))
    assert "Name a day" in page
    fields = {**first.ballot(page), "move": move, "why": "Because."}
    refused = first.post("/vote", fields, X_Requested_With="tabletop")
    assert refused.status == 422
    assert "Name a day" in refused.body
    assert not room.room.ledger.ballots["corvane"].votes
    assert first.post("/vote", {**fields, "sure": move}).status == 303
    assert third.vote(move).status == 303
    assert "The Kessin Ferry Post" in first.page
