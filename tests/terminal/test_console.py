"""The facilitator's console, order by order, as from a pipe."""

from __future__ import annotations

import io
import pathlib
import re
import sys
from collections.abc import Callable, Iterable

import pytest
from rich.console import Console

import tabletop
from tabletop.presentation.names import worded
from tabletop.presentation.words import Words
from tabletop.session import Clock, Facilitator, Journal, NotKept, Session, open_session
from tabletop.session.notes import messages_to, notes
from tabletop.terminal.console import FacilitatorConsole
from tabletop.terminal.controls import controls
from tabletop.terminal.draft import Draft
from tabletop.terminal.facilitate import do, facilitate, fitting
from tabletop.terminal.keyboard import Cancelled, Fit
from tabletop.terminal.screen import Screen

Orders = Callable[..., str]


@pytest.fixture
def journal(tmp_path: pathlib.Path) -> Journal:
    return Journal(tmp_path / "saves")


@pytest.fixture
def session(journal: Journal, summit: tabletop.Scenario) -> Session:
    people = ["washington", "tokyo"]
    return Session(summit, seed=7, pack="summit-2018", humans=people, journal=journal)


@pytest.fixture
def orders(session: Session, monkeypatch: pytest.MonkeyPatch) -> Orders:
    """Gives orders to a console, and what it says to them, without its first screen and as if it had no margins."""

    def give(*lines: str, whole: bool = False, schedule: str | None = None) -> str:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        out = io.StringIO()
        facilitate(session, Console(file=out, width=100, highlight=False), schedule=schedule)
        said = out.getvalue()
        return said if whole else " ".join(said.partition(" facilitator> ")[2].split())

    return give


def planning(session: Session) -> Session:
    """The session in the first week's planning."""
    session.decide("washington", "ask_about_weapons")
    return session


def test_the_first_screen_says_in_six_lines_what_can_be_done(orders: Orders) -> None:
    screen = orders(whole=True).partition(" facilitator>")[0]
    assert "resume summit-2018-" in screen
    for word in ("decide", "look", "inject", "pause", "schedule", "help"):
        assert word in screen
    assert len(re.findall(r"^ (Play|Look|Change|Room|Plan|Help) ", screen, re.MULTILINE)) == 6
    assert len(screen.splitlines()) < 24


def test_every_word_has_help_and_none_is_used_twice(session: Session, orders: Orders) -> None:
    every = controls()
    said = orders("help", *(f"help {word}" for word in every))
    for control in set(every.values()):
        assert control.does(Words()).split()[0] in said
        assert Words()(f"controls.group_{control.group}") in said
    words = [word for control in set(every.values()) for word in (control.word, *control.also)]
    assert len(words) == len(set(words)) == len(every)


def test_a_word_that_is_none_brings_the_nearest(orders: Orders) -> None:
    assert "Did you mean 'schedule'?" in orders("shcedule")
    assert "`help` lists what you can do" in orders("xyzzy")
    assert "Which word: status, story, steps?" in orders("st")


def test_behind_the_screen_lies_what_players_do_not_see(session: Session, orders: Orders) -> None:
    planning(session)
    said = orders("run", "decide washington consult tokyo", "look", "look room")
    behind, _, room = said.partition("look room")
    assert "Pyongyang's intention" in behind
    assert "face down: Consult Tokyo" in behind
    assert "intention" not in room
    assert "Consult Tokyo" not in room


def test_what_a_seat_sees_is_its_own_view(session: Session, orders: Orders) -> None:
    Facilitator(session).message(["tokyo"], "Your ambassador waits.")
    said = orders("look tokyo")
    assert "Your ambassador waits." in said
    assert "intention" not in said.lower().replace("intentions gauged", "")
    assert "Your ambassador waits." not in orders("look seoul")
    assert "Pyongyang's intention" in orders("look pyongyang")


def test_a_round_is_decided_in_a_line(session: Session, orders: Orders) -> None:
    planning(session)
    said = orders('decide washington consult tokyo, consult seoul "allies first; then the rest"; tokyo pass', "run")
    assert session.decisions[1:4] == [
        ("washington", "consult(partner=tokyo)"),
        ("washington", "consult(partner=seoul)"),
        ("tokyo", "pass"),
    ]
    whys = [command.why for command in session.commands if command.kind == "decide"]
    assert whys[1:4] == ["allies first; then the rest", "allies first; then the rest", ""]
    assert "Tokyo is heard before the fact" in said


def test_of_several_moves_none_is_made_where_one_is_unclear(session: Session, orders: Orders) -> None:
    planning(session)
    assert "Nothing was decided" in orders("decide washington consult tokyo, consult mars")
    assert len(session.decisions) == 1


def test_bots_choose_while_people_think(session: Session, orders: Orders) -> None:
    planning(session)
    said = orders("run")
    assert "Moscow has chosen." in said
    assert session.state.acting == ("washington", "tokyo")


def test_overruling_wants_a_reason_and_keeps_the_models_own_result(session: Session, orders: Orders) -> None:
    planning(session)
    orders("decide washington ask for evidence first, consult tokyo; tokyo pass", "run")
    number = next(at for at, fall in enumerate(Facilitator(session).falls(), 1) if len(fall.draw.node.outcomes) == 3)
    fall = Facilitator(session).falls()[number - 1]
    other = next(one.id for one in fall.draw.node.outcomes if one.id != fall.draw.outcome)
    before = session.state.fingerprint
    assert "you must say why" in orders(f"overrule {number} {other}")
    assert session.state.fingerprint == before
    said = orders(f"overrule {number} {other} because that spring was like that", "chances", "steps")
    assert f"{worded(other)} instead of {worded(fall.draw.outcome)}" in said
    assert "the model had" in said
    assert "That spring was like that." in said
    assert "There is no outcome 'nonsense'" in orders(f"overrule {number} nonsense because I wish it")


def test_a_card_is_found_by_words_and_brought_in(session: Session, orders: Orders) -> None:
    assert "walk_by_the_sea" in orders("cards xi walk")
    assert "No card has 'zeppelin' in it" in orders("inject zeppelin")
    said = orders("inject dalian quietly because Beijing was silent")
    assert "comes up once the card on the table is answered" in said
    assert session.state.waiting == ("walk_by_the_sea",)
    assert session.course.at.body["shown"] is False


def test_values_are_set_by_any_of_their_names(session: Session, orders: Orders) -> None:
    planning(session)
    orders(
        "set Chinese influence 60 because the map was forgotten",
        "set tension +5",
        "set test_halt no",
        "set aim = freeze",
    )
    state = session.state
    assert state.meters["chinese_influence"] == 60
    assert state.meters["tension"] == 47
    assert state.value("test_halt") is False
    assert state.value("aim") == "freeze"
    assert "It can be 0 to 100" in orders("set tension")
    assert "goes from 0 to 100" in orders("set tension 700")
    assert "did you mean 'tension'" in orders("set tensoin 3")


def test_a_card_is_written_step_by_step(session: Session, orders: Orders) -> None:
    planning(session)
    lines = ["write because nobody looked at the line", "Shots at the Wall", "Shots were heard at the wall."]
    lines += ["tension +500 because All are nervous.", "tension +5", "tension +5 because All are nervous.", ""]
    lines += ["tokio", "tokyo", "What do you say?", "Ask for calm", "tension -2 because Tokyo keeps calm.", "", "", ""]
    said = orders(*lines)
    assert "500 is out of range" in said
    assert "players will ask why" in said.lower()
    assert "Did you mean 'tokyo'?" in said
    assert session.state.card == "improvised_shots_at_the_wall"
    assert session.state.meters["tension"] == 47
    assert session.course.at.command is not None
    assert session.course.at.command.why == "nobody looked at the line"
    assert "Tension −2" in orders("decide tokyo ask for calm")


def test_a_card_that_was_begun_is_not_lost(session: Session, orders: Orders) -> None:
    planning(session)
    said = orders("write", "Shots at the Wall", "Shots were heard at the wall.", "tension +5 because All are nervous.")
    assert "Your card so far:" in said
    assert "title: Shots at the Wall" in said
    assert "by: 5" in said


def test_yaml_with_mistakes_is_kept_and_mended(session: Session, orders: Orders) -> None:
    planning(session)
    bad = ["write paste", "title: Shots", "text: Heard.", "effects: [{change: tensoin, by: 5, why: Nerves.}]", "."]
    good = ["write", "title: Shots", "text: Heard.", "effects: [{change: tension, by: 5, why: Nerves.}]", ".", ""]
    said = orders(*bad, *good)
    assert "your card:3:20: there is no 'tensoin'" in said
    assert "did you mean 'tension'" in said
    assert session.state.meters["tension"] == 47


def test_phases_are_skipped_extended_and_repeated(session: Session, orders: Orders) -> None:
    planning(session)
    orders("extend because more talk was wanted", "repeat planning", "skip because it is late")
    assert [command.kind for command in session.commands][1:] == ["extend", "repeat", "skip"]
    assert session.state.phase == "calendar"
    said = orders("skip", "skip")
    assert "A card waits for an answer" in said


def test_going_to_where_the_game_stands_writes_nothing(session: Session, orders: Orders) -> None:
    before = len(session.commands)
    assert f"The game stands at step {session.course.at.number} already." in orders(f"goto {session.course.at.number}")
    assert [one.kind for one in session.commands[before:]].count("go") == 0


def test_nobody_decides_while_the_game_is_paused(session: Session, orders: Orders) -> None:
    said = orders("pause because of coffee", "decide washington 1", "run", "undo", "continue", "decide washington 1")
    assert "Not now: the facilitator has paused the game. `continue` goes on." in said
    assert len(session.decisions) == 1


def test_the_clock_is_set_given_more_and_taken_away(session: Session, orders: Orders) -> None:
    planning(session)
    said = orders(
        "clock 8m then skip", "clock +2m", "clock 90s calendar warn 30", "clock off", "clock soon", "clock 8m plnaning"
    )
    assert "left of 8 minutes" in said
    assert "Then the phase is skipped." in said
    assert "left of 10 minutes" in said
    assert "The phase The calendar will have 1 minute 30 seconds." in said
    assert "How long?" in said
    assert "Did you mean 'planning'?" in said
    assert Clock(session).setting is None


def test_the_clock_ends_a_phase_only_where_it_was_told_to(session: Session) -> None:
    planning(session)
    console = FacilitatorConsole(session, Screen(Console(file=io.StringIO(), width=100)), controls())
    now = 0.0
    console.runner.clock = Clock(session, lambda: now)
    console.clock.start()
    console.facilitator.set_clock(60, warnings=[10])
    now = 55.0
    assert [row.plain for row in console.tick()] == [" 10 seconds left."]
    now = 65.0
    assert [row.plain for row in console.tick()] == [" Time is up."]
    assert session.state.phase == "planning"
    console.facilitator.set_clock(60, then="skip")
    said = "\n".join(row.plain for row in console.tick())
    assert "The clock has ended the phase" in said
    assert session.state.phase == "calendar"
    assert session.commands[-1].who == "clock"
    assert {seat for seat, _ in session.decisions} >= {"seoul", "beijing"}


def test_a_clock_that_cannot_end_a_phase_says_so_once(session: Session) -> None:
    console = FacilitatorConsole(session, Screen(Console(file=io.StringIO(), width=100)), controls())
    now = 0.0
    console.runner.clock = Clock(session, lambda: now)
    console.clock.start()
    console.facilitator.set_clock(10, then="skip")
    now = 11.0
    assert "A card waits for an answer" in " ".join(row.plain for row in console.tick())
    assert console.tick() == []


def test_messages_are_private_and_what_is_announced_is_not(session: Session, orders: Orders) -> None:
    orders(
        "tell tokyo, seoul Your ambassadors wait.",
        "announce Ten minutes more.",
        "note They argued. #turning-point #quote",
    )
    assert [note.text for note in messages_to(session, "seoul")] == ["Your ambassadors wait."]
    assert messages_to(session, "beijing") == []
    assert [note.tags for note in notes(session, "note")] == [(), ("turning point", "quote")]
    said = orders("look room", "notes #turning-point")
    room, _, tagged = said.partition("notes #")
    assert "Ten minutes more." in room
    assert "ambassadors" not in room
    assert "They argued." in tagged
    assert "Ten minutes more." not in tagged


def test_what_is_taken_back_for_good_is_asked_twice(session: Session, orders: Orders) -> None:
    orders("note A slip.")
    number = notes(session)[0].number
    assert "It stays." in orders(f"withdraw {number}", "n")
    assert len(notes(session)) == 1
    assert "Taken back." in orders(f"withdraw {number}", "y")
    assert notes(session) == []


def test_a_seat_goes_to_a_person_and_back(session: Session, orders: Orders) -> None:
    said = orders(
        "hand seoul to person", "hand seoul to a team", "hand seoul to bot", "hand seoul to mediatro", "hand mars"
    )
    assert "Seoul is now played by a person." in said
    assert "Seoul is played by a person already." in said
    assert "Seoul is now played by the bot mediator." in said
    assert "did you mean 'mediator'" in said
    assert session.players["seoul"] == "mediator"


def test_branches_are_begun_compared_and_left(session: Session, orders: Orders) -> None:
    planning(session)
    orders("decide washington consult tokyo, consult seoul; tokyo pass", "run", "undo 20")
    said = orders(
        "decide washington 1",
        "decide washington tighten sanctions, meeting of principals; tokyo pass",
        "run",
        "rename hard line",
        "branches",
        "compare main",
        "switch main",
        "compare",
        "switch hrad line",
    )
    assert "hard line" in said
    assert "left main in Week 1" in said
    assert re.search(r"hard line: .*Tighten sanctions", said)
    assert re.search(r"main: .*Consult Tokyo", said)
    assert re.search(r"Chance (was|cannot be compared)", said)
    assert re.search(r"Leverage +60 +\d+ +\d+ +[+-]\d+", said)
    assert re.search(r"Chance (was|cannot)", said)
    assert "Did you mean 'hard line'?" in said
    assert session.course.branch == "main"


def test_any_number_of_steps_is_undone_and_redone(session: Session, orders: Orders) -> None:
    planning(session)
    said = orders("run", "undo 3", "redo 2", "undo 99", "undo", "redo 99", "redo", "steps", "goto 2", "goto 99")
    assert "Undone: 3 steps" in said
    assert "There is nothing to undo" in said
    assert "There is nothing to redo" in said
    assert "there is no step 99" in said.lower()
    assert session.course.at.number == 2


def test_a_schedule_is_loaded_previewed_and_offered(session: Session, orders: Orders, tmp_path: pathlib.Path) -> None:
    said = orders(
        "schedule", "schedule preview workshop", "schedule load workshpo", "schedule load workshop", "schedule"
    )
    assert "This scenario brings: workshop." in said
    assert "from turn 2 on" in said
    assert "Did you mean 'workshop'?" in said
    assert "Due now: `take house_rules`" in said
    (tmp_path / "bad.yaml").write_text("injects: [{id: a, title: A, turn: 1, card: nope}]")
    assert "bad.yaml:1:44: there is no card 'nope'" in orders(f"schedule load {tmp_path / 'bad.yaml'}")
    said = orders("take house", "aside cable_to_tokyo", "schedule", "take house_rules")
    assert re.search(r"done +How we play", said)
    assert re.search(r"aside +A cable from your ambassador", said)
    assert "is done." in said


def test_an_inject_that_is_undone_is_due_again(session: Session, orders: Orders) -> None:
    said = orders("take leaked", "undo", "schedule", schedule="workshop")
    assert "A Paper Without Letterhead" in said
    assert re.search(r"A leak \(leaked_paper\) +from turn 3 on", said)


def test_the_console_goes_on_where_it_was_left(session: Session, orders: Orders, journal: Journal) -> None:
    end = orders("decide washington 1", "quit", whole=True)
    assert f"facilitate {session.id}" in end
    session.close()
    again, said = open_session(journal)
    assert said == []
    assert again.decisions == [("washington", "ask_about_weapons")]


def test_a_full_disk_loses_no_word(session: Session, orders: Orders, monkeypatch: pytest.MonkeyPatch) -> None:
    orders("decide washington 1")

    def full(*_: object) -> None:
        raise NotKept("the game cannot be saved in x: the disk is full")

    assert session.journal is not None
    monkeypatch.setattr(session.journal, "append", full)
    with pytest.raises(NotKept, match="the disk is full"):
        orders("note Something was said.")
    assert notes(session) == []
    console, typed, out = at_the_keyboard(session, "", "no")
    do(console, "note Something was said.")
    assert "This has not happened; all before it is safe." in out.getvalue()
    assert typed.lines == []
    typed.lines = ["on"]
    do(console, "note Something was said.")
    assert [note.text for note in notes(session)] == ["Something was said."]
    assert not session.is_kept


def completed(session: Session, typed: str) -> list[str]:
    console = FacilitatorConsole(session, Screen(Console(file=io.StringIO(), width=100)), controls())
    return [line for line, _ in fitting(console, typed)]


def test_tab_completes_words_seats_moves_cards_names_and_branches(session: Session) -> None:
    planning(session)
    session.begin_branch("hard line")
    assert completed(session, "sch") == ["schedule "]
    assert completed(session, "decide wash") == ["decide washington "]
    assert "decide washington consult(partner=tokyo)" in completed(session, "decide washington consult")
    assert "inject walk_by_the_sea" in completed(session, "inject dalian")
    assert completed(session, "set tensi") == ["set tension "]
    assert completed(session, "set calendar ann") == ["set calendar announced"]
    assert completed(session, "switch h") == ["switch hard line"]
    assert completed(session, "clock 8m plan") == ["clock 8m planning"]
    assert completed(session, "repeat cal") == ["repeat calendar"]
    assert completed(session, "hand tokyo to wat") == ["hand tokyo to watchful"]
    assert completed(session, "note They left. #turn") == ["note They left. #turning-point "]
    assert completed(session, "schedule load w") == ["schedule load workshop"]
    assert completed(session, "allow undo n") == ["allow undo never"]


class Typed:
    """A keyboard at which a person types, and changes their mind with Ctrl-C at an empty string."""

    interactive = True

    def __init__(self, *lines: str) -> None:
        self.lines = list(lines)
        self.defaults: list[str] = []

    def read(self, prompt: str, default: str = "", fits: Callable[[str], Iterable[Fit]] | None = None) -> str:
        self.defaults.append(default)
        line = self.lines.pop(0)
        if line == "^C":
            raise Cancelled(default)
        return line

    def read_text(self, default: str = "") -> str:
        return self.read("", default)


def at_the_keyboard(session: Session, *lines: str) -> tuple[FacilitatorConsole, Typed, io.StringIO]:
    out = io.StringIO()
    console = FacilitatorConsole(session, Screen(Console(file=out, width=100)), controls())
    typed = Typed(*lines)
    console.keys = typed
    return console, typed, out


def test_control_c_puts_a_card_aside_and_write_goes_on_with_it(session: Session) -> None:
    planning(session)
    console, typed, out = at_the_keyboard(
        session, "Shots", "Heard.", "tension +5", "^C", "", "", "because of the line", ""
    )
    do(console, "write")
    assert "is put aside" in out.getvalue()
    assert typed.defaults[-1] == "tension +5"  # what was refused stands there to be mended
    typed.lines = ["in"]
    do(console, "write")
    assert "Going on with" in out.getvalue()
    assert session.course.at.body["card"] == "improvised_shots"
    assert console.draft == Draft()


def test_a_card_is_written_in_ones_own_editor(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    planning(session)
    script = "import sys; open(sys.argv[1], 'w').write('title: Shots\\ntext: Heard.\\neffects: []\\n')"
    monkeypatch.setenv("VISUAL", f'{sys.executable} -c "{script}"')
    console, _, out = at_the_keyboard(session, "")
    do(console, "write edit")
    assert "Shots" in out.getvalue()
    assert session.course.at.body["card"] == "improvised_shots"
    monkeypatch.setenv("VISUAL", "/nowhere/editor")
    do(console, "write edit")
    assert "takes YAML without an editor" in out.getvalue()


def test_what_a_card_of_ones_own_asks_stays_when_nothing_else_is_typed(session: Session, orders: Orders) -> None:
    planning(session)
    card = [
        "write",
        "Shots",
        "Shots are heard.",
        "tension +5 because nerves",
        "",
        "tokyo",
        "Who fired?",
        "They did",
        "",
        "",
    ]
    said = orders(*card, "question", "", "effects", "", "", "title", "", "")
    assert "The facilitator brings in a card: Shots" in said
    added = next(one.body["added"] for one in session.commands if one.kind == "inject")
    assert added["choices"][0]["prompt"] == "Who fired?"
    assert [effect["change"] for effect in added["effects"]] == ["tension"]
    session.back()
    orders(*card, "question", "-", "effects", "-", "", "")
    added = [one.body["added"] for one in session.commands if one.kind == "inject"][-1]
    assert "choices" not in added
    assert added["effects"] == []


def test_a_note_is_kept_as_it_was_typed(session: Session, orders: Orders) -> None:
    orders("note We  meet in room #4, says #seoul; then go. #turning-point", "announce Room #4 at ten #sharp")
    first, second = notes(session)
    assert (first.text, first.tags) == ("We  meet in room #4, says #seoul; then go.", ("seoul", "turning point"))
    assert (second.text, second.shown) == ("Room #4 at ten #sharp", True)
