"""The facilitator's page over HTTP: what it says is to be done now, what it veils, and what can be done from it."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Iterator

import pytest

from tests.host.live_room import Device, LiveRoom, begun, served, text_of


@pytest.fixture
def room(tmp_path: pathlib.Path) -> Iterator[LiveRoom]:
    with served(begun(tmp_path)) as live:
        yield live


def page(room: LiveRoom) -> str:
    return room.facilitator.get("/facilitator").body


def now(room: LiveRoom) -> str:
    """What the page says is to be done now."""
    return page(room).partition('<section id="now"')[2].partition("</section>")[0]


def press(room: LiveRoom) -> None:
    """Presses the one button for what is to be done now."""
    found = re.search(
        r'<form method="post" action="/\w+/facilitator/([\w-]+)"[^>]*>(.*?)<button class="main">', now(room)
    )
    assert found is not None
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', found[2]))
    del fields["form"]
    assert room.facilitator.act(found[1], **fields).status == 303


def playing(room: LiveRoom, number: int = 4) -> list[Device]:
    people = room.people(number)
    assert room.facilitator.act("start").status == 303
    return people


def unveiled(text: str) -> str:
    """A page without what is folded."""
    return re.sub(r"<details(?![^>]* open).*?</details>", "", text, flags=re.S)


def test_one_button_leads_from_an_empty_room_to_the_game(room: LiveRoom) -> None:
    assert "Open the room&#39;s screen" in now(room)
    room.people(4)
    for _ in range(3):
        press(room)
    assert room.room.ledger.settings.started
    assert room.room.ledger.settings.part == "lesson/play"
    assert "Waiting for Person 1 and Person 3." in text_of(now(room))


def test_the_screen_opens_from_the_facilitators_page_without_a_key(room: LiveRoom) -> None:
    assert f'href="/{room.room.code}/table"' in now(room)
    assert room.facilitator.get("/table").status == 200


def test_nothing_that_teams_hide_stands_on_the_page_until_it_is_pressed(room: LiveRoom) -> None:
    first, *_ = playing(room)
    first.vote(why="They would never admit it.")
    assert "They would never admit it." in page(room)
    assert "They would never admit it." not in unveiled(page(room))
    assert "purpose" not in unveiled(page(room))
    assert "purpose" in page(room)


def test_a_tie_is_foretold_and_told_of_to_the_team_alone(room: LiveRoom) -> None:
    first, second, third, _ = playing(room)
    one, other, *_ = first.moves()
    first.vote(one)
    assert "Person 1&#39;s vote counts" in third.page
    third.vote(other)
    assert "A team is tied." in now(room)
    room.facilitator.act("end-phase")
    assert "It was a tie with" in third.page
    assert "It was a tie with" in page(room)
    assert "It was a tie with" not in second.page
    assert "It was a tie with" not in room.facilitator.get("/table").body


def test_while_a_card_waits_for_a_silent_team_the_button_leads_to_answering_for_it(room: LiveRoom) -> None:
    first, *_ = playing(room)
    assert "Corvane has to answer the card first." in now(room)
    assert 'href="#tools-corvane"' in now(room)
    assert 'id="tools-corvane"' in page(room)
    first.vote()
    assert "#tools-corvane" not in now(room)
    assert f'action="/{room.room.code}/facilitator/end-phase"' in now(room)


def test_after_the_verdict_the_page_leads_to_the_questions_and_the_files(room: LiveRoom) -> None:
    playing(room)
    while not room.room.snapshot.finished:
        room.facilitator.act("end-phase")
        _decide_what_waits(room)
    assert "End the phase" not in page(room)
    assert "Ask the last questions" in now(room)
    press(room)
    assert room.room.ledger.settings.asking == "after"
    assert "The files" in now(room)


def _decide_what_waits(room: LiveRoom) -> None:
    """Cards wait for an answer longer than a phase does."""
    for seat, box in room.room.snapshot.boxes.items():
        if room.room.snapshot.games[seat].card is not None and not box.is_plan:
            room.facilitator.act("decide", seat=seat, move=box.choices[0].key)


def test_a_card_of_ones_own_is_written_in_a_form(room: LiveRoom) -> None:
    playing(room)
    _decide_what_waits(room)
    card = {"title": "A Storm on the Lake", "text": "No boat goes out.", "shown": "on"}
    refused = room.facilitator.act("write-card", **card, target=["trust", ""], by=["-5", "0"], reason="")
    assert "players will ask" in refused.body
    done = room.facilitator.act("write-card", **card, target=["trust", ""], by=["-5", "0"], reason="Nobody crosses.")
    assert done.status == 303
    assert room.room.session.position.state.meters["trust"] == 50
    assert "A Storm on the Lake" in room.facilitator.get("/table").body


def test_prepared_events_are_called_by_their_titles(room: LiveRoom) -> None:
    assert "A lesson at the lake" in page(room)
    assert "<option>lesson</option>" not in page(room)
    assert re.search(r'<option value="\w+">prepare<', page(room)) is None


def test_somebody_who_only_looks_on_says_so_when_joining(room: LiveRoom) -> None:
    guest = room.device()
    guest.join("A guest", watch="yes")
    playing(room)
    assert "You look on" in guest.page
    assert guest.moves() == []


def test_late_comers_find_the_address_on_the_screen_while_the_room_is_open(room: LiveRoom) -> None:
    playing(room)
    assert f"/{room.room.code}" in text_of(room.facilitator.get("/table").body)
    room.facilitator.act("settings", projector="code")
    assert 'class="joining"' in room.facilitator.get("/table").body
    room.facilitator.act("settings", projector="on", locked="on")
    assert f"/{room.room.code}" not in text_of(room.facilitator.get("/table").body)


def test_answers_are_shown_before_the_game_begins(room: LiveRoom) -> None:
    first, *_ = room.people(2)
    room.facilitator.act("settings", asking="before")
    form = re.search(r'name="form" value="(\w+)"', first.page)
    assert form is not None
    first.post("/answer", {"form": form[1], "foretold_trust": "61"})
    assert "Your answers are in" not in text_of(first.page)  # the other question has none yet
    room.facilitator.act("settings", summary="foretold_trust")
    assert "1 answer, from 61 to 61" in room.facilitator.get("/table").body


def test_a_turn_on_paper_is_typed_in_on_one_page(room: LiveRoom) -> None:
    playing(room)
    _decide_what_waits(room)
    assert "What did each team decide?" in page(room)
    refused = room.facilitator.act("decide-all", seat=["corvane", "ulmar"])
    assert refused.status == 422
    moves = {
        "move-corvane": ["draft", "explain"],
        "why-corvane": "It was on their ballot.",
        "move-ulmar": "send_flowers",
    }
    assert room.facilitator.act("decide-all", seat=["corvane", "ulmar"], **moves).status == 303
    state = room.room.session.position.state
    assert state.phase == "calendar_choice"
    assert state.tracks["preparation"] == 1
    reasons = [command.why for command in room.room.session.commands if command.kind == "decide"]
    assert reasons[-3:-1] == ["It was on their ballot."] * 2


def test_of_what_is_typed_in_from_paper_all_happens_or_nothing(room: LiveRoom) -> None:
    playing(room)
    _decide_what_waits(room)
    before = room.room.session.position.state.fingerprint
    impossible = {"move-corvane": ["draft", "attend"], "move-ulmar": "send_flowers"}
    assert room.facilitator.act("decide-all", seat=["corvane", "ulmar"], **impossible).status == 409
    assert room.room.session.position.state.fingerprint == before


def test_the_game_stands_while_the_class_writes_or_talks(room: LiveRoom) -> None:
    people = room.people(4)
    for part in ("joining", "prediction", "play"):
        assert room.facilitator.act("part", part=f"lesson/{part}").status == 303
    assert not room.room.session.paused
    assert room.facilitator.act("part", part="lesson/reflection").status == 303
    assert room.room.session.paused
    assert "A minute of silence. When you are done, go on." in text_of(now(room))
    assert "There are questions for you." in text_of(people[0].page)
    assert room.facilitator.act("part", part="lesson/play").status == 303
    assert not room.room.session.paused


def test_the_screen_says_what_is_asked_and_how_many_are_done(room: LiveRoom) -> None:
    people = room.people(2)
    for part in ("joining", "prediction"):
        assert room.facilitator.act("part", part=f"lesson/{part}").status == 303
    form = re.findall(r'name="form" value="(\w+)"', people[0].page)[0]
    answers = {"foretold_trust": "61", "named_when": "never"}
    assert people[0].post("/answer", {"form": form, **answers}).status == 303
    table = text_of(room.facilitator.get("/table").body)
    assert "Where will trust stand at the end?" in table
    assert "1 of 2 is done" in table
    assert room.facilitator.act("part", part="lesson/play").status == 303
    assert "is done" not in text_of(room.facilitator.get("/table").body)
