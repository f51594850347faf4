"""The drawer: all that a facilitator does, by mouse and by keys, kept in the journal and taken back."""

from __future__ import annotations

import pathlib

import pytest

from tabletop.session import Journal, Session, open_session
from tabletop.session.facilitation import settable
from tabletop.session.notes import messages_to, notes
from tabletop.session.schedule import offers
from tabletop.session.undo_policy import allowed
from tabletop.window.drawer.chance import Chance
from tabletop.window.drawer.writing import found_wrong
from tabletop.window.examples import begun, go_on
from tabletop.window.registry import Example, entry
from tabletop.window.screens.facilitate import PAGES, Drawer, Gate
from tests.window.driver import Player, drive, new_app


@pytest.fixture
def session(tmp_path: pathlib.Path) -> Session:
    return go_on(begun(Example(), "washington", "seoul", journal=Journal(tmp_path)), 3, "planning")


@pytest.fixture
def player(session: Session, tmp_path: pathlib.Path) -> Player:
    app = new_app(tmp_path)
    app.push(entry("title").example(app, Example()))
    app.push(Drawer(app, session))
    return drive(app)


def turn_to(player: Player, page: str) -> Player:
    return player.click(f"page.{page}")


def write(player: Player, field: str, text: str) -> Player:
    return player.tab_to(field).type(text)


def kept(session: Session, folder: pathlib.Path) -> Session:
    """The session as another process would find it."""
    return open_session(Journal(folder), session.id, watch=True)[0]


def test_the_drawer_is_behind_a_question_whose_first_answer_is_no(session: Session, tmp_path: pathlib.Path) -> None:
    app = new_app(tmp_path)
    app.push(entry("title").example(app, Example()))
    app.push(entry("facilitate").open(app, session=session))
    player = drive(app)
    assert isinstance(player.screen, Gate)
    truth = session.state.hidden["intention"]
    assert not [text for text in player.texts if str(truth) in text.lower()]
    player.press("enter")
    assert player.screen is app.screens[0]
    app.push(entry("facilitate").open(app, session=session))
    player.frame().frame(0.2).press("o")
    assert isinstance(player.screen, Drawer)


def test_every_page_has_a_key(player: Player) -> None:
    for number, page in enumerate(PAGES, 1):
        player.press(str(number))
        assert player.focused == f"page.{page.name}"


def test_stopping_the_game_and_going_on(player: Player, session: Session, tmp_path: pathlib.Path) -> None:
    turn_to(player, "room").click("room.pause")
    assert session.paused
    assert kept(session, tmp_path).paused
    player.press("p")
    assert not session.paused


def test_a_clock_is_set_for_a_phase_with_its_warnings(player: Player, session: Session) -> None:
    turn_to(player, "room").tab_to("clock.minutes").press("right", "right")
    player.click("clock.warnings.most").click("clock.set")
    command = session.commands[-1]
    assert (command.kind, command.body["seconds"], command.body["phase"]) == ("clock", 600, "planning")
    assert command.body["warnings"] == [120, 30]
    player.click("clock.more")
    assert session.commands[-1].body["more"] == 60


def test_a_phase_is_ended_and_that_is_taken_back(player: Player, session: Session) -> None:
    before = session.state.fingerprint
    turn_to(player, "room").click("phase.skip")
    assert session.state.fingerprint != before
    player.press("u")
    assert session.state.fingerprint == before


def test_until_when_players_may_take_back(player: Player, session: Session) -> None:
    turn_to(player, "room")
    player.tab_to("undo.rule.never").press("enter")
    assert allowed(session) == "never"


def test_a_card_is_found_by_typing_and_put_on_the_table(
    player: Player, session: Session, tmp_path: pathlib.Path
) -> None:
    turn_to(player, "cards")
    write(player, "cards.find", "roof melts")
    assert "The Roof Melts Snow" in player.texts
    write(player, "why", "The room was too sure.")
    player.click("card.bring")
    assert session.course.at.kind == "inject"
    assert session.course.at.command is not None
    assert session.course.at.command.why == "The room was too sure."
    assert kept(session, tmp_path).state.fingerprint == session.state.fingerprint


def test_players_are_not_told_where_it_is_not_shown(player: Player, session: Session) -> None:
    turn_to(player, "values").click("shown").click("value.tension")
    player.tab_to("value.to").press("end").click("value.set")
    assert session.state.meters["tension"] == 100
    assert session.course.at.body["shown"] is False
    assert not [one for one in session.view("seoul").log if one.target == "tension" and one.after == 100]


def test_a_card_is_written_on_the_spot(player: Player, session: Session, tmp_path: pathlib.Path) -> None:
    turn_to(player, "cards").click("cards.mode.write")
    write(player, "write.title", "A Leak")
    write(player, "write.text", "A memorandum is in the papers.")
    player.tab_to("write.add").press("enter")
    player.tab_to("write.0.what").press("enter")
    player.type("tension").press("enter")
    player.tab_to("write.0.by").press("right", "right", "right")
    write(player, "write.0.why", "Everybody has read it.")
    before = session.state.meters["tension"]
    player.tab_to("write.bring").press("enter")
    assert session.state.meters["tension"] == before + 3
    assert any(card.title == "A Leak" for card in session.scenario.cards)
    again = kept(session, tmp_path)
    assert again.state.fingerprint == session.state.fingerprint


def test_what_a_card_lacks_is_told_beside_its_field(player: Player, session: Session) -> None:
    steps = len(session.course.steps)
    turn_to(player, "cards").click("cards.mode.write").tab_to("write.add").press("enter")
    player.tab_to("write.bring").press("enter")
    assert len(session.course.steps) == steps
    words = player.texts
    title = next(drawn for drawn in player.screen.scene.texts if drawn.text == "A card needs a title.")
    field = player.drawn("write.title").box
    assert 0 <= title.box.y - field.bottom < 40
    assert "Players will ask why; write the reason." in words


def test_the_checks_of_a_card_name_its_fields(session: Session) -> None:
    bad = {
        "title": "A Leak",
        "text": "A memorandum is in the papers.",
        "effects": [{"change": "tension", "by": 3, "why": "It is read."}, {"change": "tensoin", "by": 3, "why": "No."}],
    }
    wrong = found_wrong(session.scenario, bad)
    assert list(wrong) == ["effects.1"]
    assert "tension" in wrong["effects.1"]


def test_every_value_can_be_set_and_taken_back(player: Player, session: Session) -> None:
    turn_to(player, "values")
    page = player.screen
    assert isinstance(page, Drawer)
    write(player, "values.find", "calendar")
    player.click("value.calendar").click("value.to.suspended").click("value.set")
    assert session.state.value("calendar") == "suspended"
    player.click("undo")
    assert session.state.value("calendar") == "open"
    assert set(settable(session)) >= {"tension", "intention", "calendar", "attention"}


def test_the_model_is_not_overruled_without_a_reason(player: Player, session: Session) -> None:
    turn_to(player, "chance")
    screen = player.screen
    assert isinstance(screen, Drawer)
    page = screen.pages["chance"]
    assert isinstance(page, Chance)
    tables = {one.title for one in session.scenario.tables}
    table = next(fall for fall in page.falls if fall.subject in tables and len(fall.options) > 1)
    player.tab_to(f"fall.{table.step}.{table.place}").press("enter")
    other = next(one.id for one in table.options if one.id != table.stands.id)
    if "fall.to" in player.names:  # many outcomes are a list
        player.tab_to("fall.to").press("enter").tab_to(f"pick.{other}").press("enter")
    else:
        player.tab_to(f"fall.to.{other}").press("enter")
    assert player.drawn("fall.rule").control.why_not == "Say why first. Without a reason the model stands."
    player.tab_to("fall.rule").press("enter")
    assert not [command for command in session.commands if command.kind == "overrule"]
    write(player, "fall.why", "The room saw it otherwise.")
    player.tab_to("fall.rule").press("enter")
    step = session.course.at
    assert step.kind == "overrule"
    assert step.body["rulings"] == {str(table.place): other}
    assert step.body["model"] == {str(table.place): table.model.id}
    player.press("escape")
    assert session.course.at is step


def test_a_seat_is_handed_to_a_bot_and_back_to_a_person(player: Player, session: Session) -> None:
    turn_to(player, "seats").click("seat.seoul")
    player.type("chance").press("enter")
    assert session.position.players["seoul"] == "random"
    player.click("seat.seoul").click("pick.")
    assert session.position.players["seoul"] == ""


def test_a_note_is_tagged_and_taken_back(player: Player, session: Session) -> None:
    turn_to(player, "notes")
    write(player, "notes.text", "Tokyo is bored.")
    player.click("tag.turning_point").click("notes.keep")
    (note,) = notes(session)
    assert (note.text, note.tags, note.shown) == ("Tokyo is bored.", ("turning point",), False)
    player.click(f"note.{note.number}")
    assert not notes(session)


def test_a_message_reaches_the_seats_that_were_named_and_no_other(player: Player, session: Session) -> None:
    turn_to(player, "notes").click("notes.mode.message")
    write(player, "notes.text", "Wait for the envoy.")
    player.click("to.seoul").click("notes.send")
    assert [one.text for one in messages_to(session, "seoul")] == ["Wait for the envoy."]
    assert not messages_to(session, "tokyo")


def test_a_schedule_is_taken_up_and_what_is_due_stands_on_top(player: Player, session: Session) -> None:
    turn_to(player, "planned")
    name = next(name for name in player.names if name.startswith("load.") and name not in ("load.path", "load.file"))
    player.tab_to(name).press("enter")
    due = [one.inject.id for one in offers(session) if one.standing == "due"]
    assert due
    takes = [one for one in player.names if one.startswith("take.")]
    assert takes[: len(due)] == [f"take.{id}" for id in due]
    player.tab_to(takes[0]).press("enter")
    player.tab_to(f"aside.{due[1]}").press("enter")
    standing = {one.inject.id: one.standing for one in offers(session)}
    assert (standing[due[0]], standing[due[1]]) == ("done", "aside")


def test_a_schedule_that_is_not_there_is_refused_in_words(player: Player, session: Session) -> None:
    turn_to(player, "planned")
    write(player, "load.path", "/nowhere/at/all.yaml")
    player.tab_to("load.file").press("enter")
    assert any("/nowhere/at/all.yaml" in text for text in player.texts)
    assert not [command for command in session.commands if command.kind == "schedule"]


def test_any_number_of_steps_is_undone_and_redone(player: Player, session: Session) -> None:
    here, before = session.state.fingerprint, session.course.at.number
    turn_to(player, "past").click("undo.count.more").click("undo.count.more").click("undo.back")
    assert session.course.at.number == before - 3
    player.click("undo.on")
    assert session.state.fingerprint == here


def test_branches_are_begun_compared_named_and_switched(player: Player, session: Session) -> None:
    turn_to(player, "past")
    write(player, "branch.name", "a hot spring")
    player.tab_to("branch.begin").press("enter")
    assert session.course.branch == "a hot spring"
    turn_to(player, "values").tab_to("value.tension").press("enter")
    player.tab_to("value.to").press("end").tab_to("value.set").press("enter")
    turn_to(player, "past").tab_to("compare.main").press("enter")
    tension = 100 - session.position_at(session.course.tips["main"]).state.meters["tension"]
    assert f"−{tension}" in player.texts
    assert any(text.startswith(("Chance was", "Chance cannot")) for text in player.texts)
    player.tab_to("switch.main").press("enter")
    assert session.course.branch == "main"
    assert session.state.meters["tension"] != 100
    player.tab_to("rename.a hot spring").press("enter").tab_to("branch.rename").type("!").press("enter")
    assert "a hot spring!" in session.course.tips


def test_behind_the_screen_stand_the_truths_and_what_lies_face_down(player: Player, session: Session) -> None:
    seat = session.to_act
    assert seat is not None
    action = next(one for one in session.game.actions(session.state, seat) if one.kind == "action")
    session.decide(seat, action)
    turn_to(player, "hidden")
    assert str(session.state.hidden["intention"]).capitalize() in player.texts
    assert action.label in player.texts


def test_all_that_was_done_is_there_in_another_process(
    player: Player, session: Session, tmp_path: pathlib.Path
) -> None:
    turn_to(player, "values").click("value.tension").tab_to("value.to").press("home").click("value.set")
    turn_to(player, "room").click("phase.extend")
    turn_to(player, "past").click("undo.back")
    turn_to(player, "notes")
    write(player, "notes.text", "So it was.")
    player.click("notes.keep")
    again = kept(session, tmp_path)
    assert again.state.fingerprint == session.state.fingerprint
    assert [one.text for one in notes(again)] == ["So it was."]
    assert len(again.commands) == len(session.commands)


def test_a_full_disk_is_told_and_nothing_has_changed(
    player: Player, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tabletop.session.journal import NotKept

    def full(*_: object) -> None:
        raise NotKept("the game cannot be saved here: the disk is full")

    assert session.journal is not None
    monkeypatch.setattr(session.journal, "append", full)
    before = len(session.commands)
    turn_to(player, "room").click("room.pause")
    assert any("the disk is full" in text for text in player.texts)
    assert len(session.commands) == before
    assert not session.paused


def test_what_was_being_written_is_still_there_when_the_drawer_opens_again(player: Player, session: Session) -> None:
    turn_to(player, "notes")
    write(player, "notes.text", "Tokyo is")
    player.press("escape")
    assert not isinstance(player.screen, Drawer)
    player.app.push(Drawer(player.app, session))
    player.frame().frame(0.2)
    turn_to(player, "notes")
    write(player, "notes.text", " bored.").click("notes.keep")
    assert [note.text for note in notes(session)] == ["Tokyo is bored."]
