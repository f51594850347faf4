"""A finished game is looked back on in its room: figures for the facilitator, a vote of everybody, a branch."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Iterator

import pytest

import tabletop
from tabletop.host.looking_back import votes_of
from tabletop.host.restoring import restored
from tabletop.session import Journal
from tabletop.session.look_back import look_back
from tests.host.live_room import Answer, Device, LiveRoom, found, served, text_of
from tests.report.played import a_class

PAGE = "/facilitator/what-if"


@pytest.fixture
def room(tmp_path: pathlib.Path) -> Iterator[LiveRoom]:
    scenario = tabletop.load("first-summit")
    session = a_class(scenario, [seat.id for seat in scenario.seats], journal=Journal(tmp_path))
    with served(session) as live:
        live.people(3)
        live.facilitator.act("start")
        yield live


def page(room: LiveRoom) -> str:
    answer = room.facilitator.get(PAGE)
    assert answer.status == 200, answer.body
    return answer.body


def press(room: LiveRoom, what: str, **fields: str) -> Answer:
    form = found(r'name="form" value="(\w+)"', page(room))
    return room.facilitator.post(f"{PAGE}/{what}", {"form": form, **fields})


def table(room: LiveRoom) -> str:
    return text_of(room.facilitator.get("/table").body)


def step_of(room: LiveRoom) -> int:
    """A decision that had an alternative."""
    told = look_back(room.room.session).told
    return next(number for number, one in sorted(told.items()) if len(one.options) > 2)


def vote(device: Device, place: int, **more: str) -> Answer:
    page = device.page
    section = page.partition('<section id="again"')[2].partition("</section>")[0]
    hidden = dict(re.findall(r'name="(form|step|serial)" value="(\w+)"', section))
    moves = re.findall(r'name="move" value="([^"]+)"', section)
    return device.post("/again", {**hidden, "move": moves[place], "why": "We know better now.", **more})


def test_the_facilitator_has_the_first_figures_of_the_review(room: LiveRoom) -> None:
    assert "What it turned on" in room.facilitator.get("/facilitator").body
    room.until(lambda: 'class="options"' in page(room))
    assert "Expected before the first decision" in page(room)
    press(room, "what-if-stop")
    assert "Stopped." in page(room) or "These are the figures of the review." in page(room)


def test_nobody_else_opens_the_page_and_nothing_is_shown_before_the_truth_is_told(room: LiveRoom) -> None:
    for device in (room.device(), room.devices[0]):
        assert device.get(PAGE).status == 403
    step = str(step_of(room))
    assert "Tell the hidden truths first" in page(room)
    for what in ("screen-account", "ask-again", "show-votes"):
        assert press(room, what, step=step).status == 409
    assert room.room.ledger.settings.looks_back == ""
    assert 'id="again"' not in room.devices[0].page
    assert press(room, "tell-truth").status == 303
    assert press(room, "ask-again", step=step).status == 303
    assert 'id="again"' in room.devices[0].page


def test_the_room_votes_again_and_sees_the_tally_beside_the_figures(room: LiveRoom) -> None:
    step = step_of(room)
    press(room, "tell-truth")
    room.until(lambda: 'class="options"' in page(room))
    press(room, "ask-again", step=str(step))
    one, two, three = room.devices
    options = look_back(room.room.session).told[step].options
    assert all(option.label in table(room) for option in options)
    assert "As known then" not in table(room)
    for device, place in ((one, 1), (two, 1), (three, 0)):
        assert vote(device, place).status == 303
    assert "Your vote is in." in text_of(one.page)
    assert vote(one, 0).status == 303
    assert votes_of(room.room.ledger, step) == {str(options[0]): 2, str(options[1]): 1}
    assert "3 people have voted again" in table(room)
    press(room, "show-votes", step=str(step))
    shown = table(room)
    assert "As known then" in shown
    assert 'id="again"' not in one.page
    assert vote_is_over(one, str(step), str(options[0]))
    # What was voted outlasts the process.
    ledger = restored(room.room.session)
    assert votes_of(ledger, step) == {str(options[0]): 2, str(options[1]): 1}


def vote_is_over(device: Device, step: str, move: str) -> bool:
    form = found(r'name="form" value="(\w+)"', device.page)
    answer = device.post("/again", {"form": form, "step": step, "serial": "9", "move": move})
    return answer.status == 409 and "That vote is over." in answer.body


def test_a_vote_for_what_was_not_open_counts_for_nothing(room: LiveRoom) -> None:
    step = step_of(room)
    press(room, "tell-truth")
    press(room, "ask-again", step=str(step))
    assert vote(room.devices[0], 0, move="no_such_move").status == 422
    assert press(room, "ask-again", step="0").status == 404
    assert votes_of(room.room.ledger, step) == {}


def test_a_branch_is_played_on_from_a_decision_and_the_game_that_was_stays(room: LiveRoom) -> None:
    session, step = room.room.session, step_of(room)
    outcome = session.state.outcome
    assert press(room, "play-on", step=str(step)).status == 303
    assert not session.state.finished
    assert session.course.at is session.course.steps[step].before
    assert "The game goes on." in page(room)
    room.facilitator.act("switch", name="main")
    assert session.state.outcome == outcome
