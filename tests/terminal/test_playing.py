"""A game in a terminal, played through its prompts."""

from __future__ import annotations

import io
import pathlib
import random
import shutil
import sys
from collections.abc import Callable, Sequence

import pytest
from rich.console import Console
from rich.text import Text

import tabletop
from tabletop.presentation.names import units
from tabletop.presentation.words import Words
from tabletop.session import Journal, Session
from tabletop.terminal import play as face
from tabletop.terminal.prompts import Leave
from tabletop.terminal.screen import Screen
from tests.sampled import some

PACK = """
id: ferry
title: The Ferry
version: "1.0"
question: Should the harbour send its only boat?
summary: A harbour and an island share a boat, and a winter is coming.
player: harbour
meters:
  - id: trust
    name: Trust
    text: How far each believes the other's word.
    start: 50
    thresholds: [{at: 0, name: cold}, {at: 50, name: warm}]
    good_for: [harbour]
  - {id: storms, name: Storms, start: 20, bad_for: [harbour, island]}
seats:
  - id: harbour
    name: Harbour
    role: The harbour master
    brief: You keep the boat.
    private_brief: The boat leaks.
    resources: [{id: fuel, name: Fuel, start: 3, refresh: 3}]
    objectives: [{id: friends, text: "Trust on the island: a point for each step.", points: trust, claims: [X1]}]
  - {id: island, name: Island, role: The island council}
hidden:
  - id: stores
    name: The island's stores
    values: [full, empty]
    descriptions: [The barns hold a whole winter., The barns are bare.]
    prior: [50, 50]
    known_to: [island]
decks: [{id: days, name: Days, refill: true}]
cards:
  - id: fog
    deck: days
    title: Fog on the Sound
    text: You cannot see the island from the quay.
    claims: [X1]
    effects: [{change: storms, by: 2, why: The glass is falling.}]
    choices:
      - seat: harbour
        prompt: Do you ring the bell?
        options:
          - {id: ring, label: Ring it, effects: [{change: trust, by: 3, why: They heard it.}]}
          - {id: wait, label: Wait, effects: []}
stages:
  - id: weeks
    title: The season
    turn: week
    turns: 2
    dates: [1 October, 8 October]
    phases:
      - {id: event, title: The event, deal: days}
      - {id: plan, title: Planning, seats: [harbour, island], order: simultaneous, picks: {harbour: 2}}
      - {id: sail, title: Sailing, seats: [harbour], may_pass: false}
actions:
  - id: visit
    label: Visit the {place}
    text: Somebody walks over and asks.
    group: Talks
    seats: [harbour, island]
    phases: [plan]
    cost: {}
    claims: [X1]
    parameters: [{name: place, values: [quay, mill]}]
    effects: [{change: trust, by: 2, why: "They were seen at the {place}."}]
  - id: repair
    label: Repair the boat
    group: Work
    seats: [harbour]
    phases: [plan]
    cost: {fuel: 2}
    claims: [X1]
    effects: [{change: storms, by: -5, when: storms > 90, why: A sound hull.}, {roll: luck}]
  - id: sail_out
    label: Set sail
    seats: [harbour]
    phases: [sail]
    claims: [X1]
    effects: [{change: trust, by: 1, why: On time.}]
  - id: stay
    label: Stay in port
    seats: [harbour]
    phases: [sail]
    claims: [X1]
    effects: [{change: trust, by: -4, why: Late.}]
tables:
  - id: luck
    title: The shipwright
    claims: [X1]
    outcomes:
      - {id: sound, weight: 10, text: The hull is tight., effects: [{change: trust, by: 1, why: It floats.}]}
assumptions:
  - id: bells_help
    title: Bells are heard.
    value: true
    alternatives: [{value: false, held_by: Sailors}]
    case_for: They have always been rung.
    case_against: Fog swallows them.
rules:
  - id: calm
    title: A calm
    at: sail
    when: bells_help
    claims: [X1]
    effects: [{change: storms, by: -1, why: No wind.}]
endings:
  - {id: friends, title: Friends Across the Water, text: They share a winter., when: trust >= 40}
  - {id: strangers, title: Strangers, text: They do not.}
glossary: [{term: lee, text: The side away from the wind.}]
debrief: [{id: q1, text: Would you have rung the bell?}]
sources: [{id: log, title: The harbour log}]
claims: [{id: X1, kind: principle, summary: People believe what they see., source: log}]
"""


@pytest.fixture
def pack(tmp_path: pathlib.Path) -> pathlib.Path:
    folder = tmp_path / "ferry"
    folder.mkdir()
    (folder / "scenario.yaml").write_text(PACK)
    return folder


Played = Callable[..., str]


@pytest.fixture
def played(pack: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Played:
    """What the screen shows when these lines are typed, one after another, and then nothing more."""

    def run(*lines: str, width: int = 80, encoding: str = "utf-8", humans: Sequence[str] = ("harbour",)) -> str:
        session = Session(
            tabletop.load(pack), seed=3, pack=str(pack), humans=humans, journal=Journal(tmp_path / "saves")
        )
        out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(line + "\n" for line in lines)))
        face.play(session, Console(file=out, width=width))
        out.seek(0)
        return out.read()

    return run


def after(screen: str, words: str) -> str:
    """The part of the text that follows some words."""
    assert words in screen
    return screen.split(words, 1)[1]


def test_the_first_screen_says_what_it_is_who_you_are_what_counts_and_how_to_get_help(played: Played) -> None:
    first = played().split("Week 1 of 2")[0]
    assert len(first.splitlines()) <= 22
    assert "Should the harbour send its only boat?" in first
    assert "You are Harbour, the harbour master." in first
    assert "Your goal: " in first
    assert "Three things to know" in first
    assert "`?` helps" in first


def test_a_card_shows_what_it_did_and_why_and_what_each_answer_would_do(played: Played) -> None:
    screen = played()
    assert "Fog on the Sound" in screen
    assert "✗ ▲ Storms      +2 (20 → 22)" in screen
    assert "The glass is falling." in screen
    assert "1 Ring it" in screen
    assert "Trust +3✓" in screen


def test_after_an_answer_the_change_is_told_with_its_reason(played: Played) -> None:
    told = after(played("1"), "You answer: Ring it")
    assert "✓ ▲ Trust       +3 (50 → 53)" in told
    assert "They heard it." in told


def test_picks_lie_face_down_until_everybody_has_chosen(played: Played) -> None:
    screen = played("wait", "visit the mill")
    assert "Face down, not yet revealed: Visit the mill" in screen
    assert "They were seen" not in screen
    screen = played("wait", "visit the mill", "quay")
    assert "You: Visit the mill" in screen
    assert "They were seen at the mill." in screen


def test_what_other_seats_did_in_the_open_is_told(played: Played) -> None:
    assert "Island: Visit the" in played("wait", "0")


def test_what_is_left_to_spend_is_shown_while_picks_remain(played: Played) -> None:
    screen = played("wait", "repair the boat")
    assert "Choose up to 2 moves, face down.  Fuel ●●● 3 left" in screen
    assert "One more move, or done.  Fuel ●○○ 1 left" in screen


def test_standing_rules_are_told_apart_from_what_somebody_did(played: Played) -> None:
    told = after(played("wait", "0"), "Sailing")
    assert "No wind.  [A calm · X1]" in told


def test_numbers_stay_the_same_while_picks_remain(played: Played) -> None:
    screen = after(played("wait", "1"), "Face down, not yet revealed")
    assert "1 Visit" not in screen
    assert "2 Visit the mill" in screen


def test_a_move_is_explained_before_it_is_made(played: Played) -> None:
    page = after(played("wait", "why 3"), "Repair the boat  costs 2 fuel")
    assert "Chance decides: The shipwright" in page
    assert "not now: only if Storms is above 90" in page
    assert "X1  People believe what they see." in page
    assert "You: " not in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("? trust", "How far each believes the other's word."),
        ("trust?", "Rising is good for: Harbour"),
        ("? lee", "The side away from the wind."),
        ("? island", "The island council"),
        ("? x1", "The harbour log"),
        ("? bells help", "Fog swallows them."),
        ("? set sail", "Not now:"),
        ("? trsut", "How far each believes"),
        ("? unicorns", "Nothing here is called 'unicorns'"),
        ("help", "`? 3` explains move 3"),
        ("glossary", "lee: "),
        ("brief", "The boat leaks."),
        ("assumptions", "Bells are heard.  yes"),
        ("board", "High is good for you."),
        ("log", "The glass is falling."),
        ("log 9", "Turn 9 has not been played"),
        ("card", "People believe what they see."),
        ("save", "saved as ferry-"),
        ("moves", "Ring it"),
    ],
)
def test_help_answers_at_any_prompt(played: Played, asked: str, said: str) -> None:
    assert said in after(played(asked), "Do you ring the bell?")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("rong it", "Did you mean 1 Ring it?"),
        ("bord", "Did you mean board?"),
        ("7", "There is no move 7 now; the numbers go from 1 to 2."),
        ("", "Type a number or a name"),
        ("qwxyz", "'qwxyz' is no move or command here."),
    ],
)
def test_a_slip_of_the_keyboard_is_met_with_a_suggestion(played: Played, typed: str, said: str) -> None:
    assert said in played(typed)


def test_words_that_fit_two_moves_ask_which(played: Played) -> None:
    assert "Which one: 1 Visit the quay or 2 Visit the mill?" in played("wait", "visit")


def test_the_name_of_a_group_shows_its_moves(played: Played) -> None:
    page = after(played("wait", "talks"), "── Talks")
    assert "Somebody walks over and asks." in page
    assert "Visit the mill" in page.split("Planning")[0]


def test_undo_takes_back_the_last_decision_of_the_week(played: Played) -> None:
    screen = played("ring it", "undo", "wait")
    assert "Taken back: your last decision" in screen
    assert "You answer: Wait" in after(screen, "Taken back")


def test_an_undo_through_a_reveal_is_said_and_told_at_the_end(played: Played) -> None:
    assert "knowing what followed" not in played("ring it", "undo", "wait")
    week = ["1", "1", "2", "1"]
    screen = played("1", "1", "2", "undo", "2", "1", *week)
    assert "You take it back knowing what followed; the verdict will say so." in " ".join(screen.split())
    assert "1 decision was taken back with hindsight." in after(screen, "The verdict of history")


def test_the_word_undo_is_hidden_until_there_is_something_to_take_back(played: Played) -> None:
    first, then = played("wait").split("Do you ring the bell?")[1].split("You answer")
    assert "· undo ·" not in first
    assert "· undo ·" in then


def test_a_move_that_is_not_open_says_why(played: Played) -> None:
    assert "You have chosen it already; `undo` takes it back." in played("wait", "visit the mill", "visit the mill")
    assert "it belongs to another phase (Sailing)" in played("wait", "set sail")


def test_a_legal_move_wins_over_the_name_of_a_group(played: Played, pack: pathlib.Path) -> None:
    path = pack / "scenario.yaml"
    path.write_text(path.read_text().replace("group: Work", "group: Repair"))
    assert "Face down, not yet revealed: Repair the boat" in played("wait", "repair")


def test_the_name_of_a_meter_is_enough_to_have_it_explained(played: Played) -> None:
    assert "How far each believes" in played("trust")


def test_why_with_words_that_fit_several_moves_lists_them(played: Played) -> None:
    page = after(played("wait", "why visit"), "Moves with that name")
    assert "1 Visit the quay" in page
    assert "2 Visit the mill" in page


def test_a_page_says_what_reads_a_meter(played: Played) -> None:
    assert "Read by: Repair the boat" in played("? storms")


def test_in_a_pipe_a_page_is_not_followed_by_the_whole_desk(played: Played) -> None:
    assert played("board").count("Do you ring the bell?") == 1


def test_the_other_seat_is_told_its_own_part_and_its_secret_and_not_the_solo_players(played: Played) -> None:
    screen = played("1", "1", "2", "1", humans=("harbour", "island"))
    table = screen.split("Now Harbour")[0]
    assert "At this keyboard: Harbour and Island" in table
    assert "a winter is coming" not in table
    opening = after(screen, "Now Island")
    assert "You are Island" in opening
    assert "For Island only: The island's stores." in opening
    assert "The barns" not in screen.split("Now Island")[0]


def test_another_solo_seat_is_not_told_the_solo_players_summary(played: Played) -> None:
    first = played(humans=("island",)).split("Week 1 of 2")[0]
    assert "a winter is coming" not in first
    assert "You are Island, the island council." in first
    assert "For Island only" in first


def test_the_verdict_gives_its_reason_in_a_line(played: Played) -> None:
    end = after(played(*["1", "1", "2", "1"] * 2), "The verdict of history")
    assert "The island's stores: Empty What moved the board most was" in " ".join(end.split())


def test_one_unit_is_counted_in_the_singular() -> None:
    assert units(1, "Days") == "1 day"
    assert units(2, "Days") == "2 days"


def test_changed_assumptions_are_said_on_the_first_screen(
    summit: tabletop.Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    critics = next(view for view in summit.worldviews if view.values)
    session = Session(summit, seed=1, assumptions=critics.values, humans=["washington"])
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    face.play(session, Console(file=out, width=80))
    assert f"Assumptions: \u201c{critics.name}\u201d" in out.getvalue()
    assert "this game is not saved" in out.getvalue()


@pytest.mark.parametrize("width", [60, 66, 72, 80, 100])
def test_no_line_is_wider_than_the_terminal(played: Played, width: int) -> None:
    screen = played("board", "1", "? trust", "1", "2", "1", "log", width=width)
    assert max(len(line) for line in screen.splitlines() if "resume" not in line) <= width


def test_numbers_are_the_same_after_an_undo_and_from_week_to_week(played: Played) -> None:
    weeks = [*["1", "1", "3"], "undo", "0", "1", "1"]
    screen = played(*weeks)
    assert screen.count("3 Repair the boat") >= 3


def test_undo_says_why_it_cannot(played: Played) -> None:
    assert "Nothing to take back: you have not decided anything in this week" in played("undo")


def test_the_end_of_input_saves_and_says_how_to_go_on(played: Played) -> None:
    assert "tabletop resume ferry-" in played("1").splitlines()[-1]


def test_quit_saves_and_says_how_to_go_on(played: Played) -> None:
    screen = played("quit", "1")
    assert "tabletop resume ferry-" in screen
    assert "You answer" not in screen


def test_the_ending_tells_the_whole_story(played: Played) -> None:
    end = after(played(*["1", "1", "2", "1"] * 2), "The verdict of history")
    assert "Friends Across the Water" in end
    assert "What moved the board most" in end
    assert "Week 1, 1 October · You: " in end
    assert "Trust on the island: a point for each step." in end
    assert "The island's stores: Empty. The barns are bare." in end
    assert "Bells are heard." in end
    assert "Would you have rung the bell?" in end


def test_what_is_hidden_stays_hidden_until_the_end(played: Played) -> None:
    before, _ = played(*["1", "1", "2", "1"] * 2).split("The verdict of history")
    assert "barns" not in before
    assert "barns" not in played("board", "brief", "? stores", "log")


def test_piped_text_has_no_colours(played: Played) -> None:
    assert "\x1b" not in played("1", "1", "2", "1")


def test_a_terminal_without_unicode_gets_plain_signs(played: Played) -> None:
    screen = played("1", encoding="ascii")
    assert "* ^ Trust" in screen
    assert "?" not in screen.split("Trust ")[1].splitlines()[0]


def test_two_people_at_one_keyboard_take_turns_and_see_their_own_side(played: Played) -> None:
    screen = played("1", "1", "2", "1", humans=("harbour", "island"))
    assert "Now Island" in screen
    assert "The boat leaks" not in after(screen, "Now Island")


def test_bots_alone_tell_the_same_story_twice(played: Played) -> None:
    first = played(humans=())
    assert first == played(humans=())
    assert "Week 2, 8 October" in first
    assert "The barns" in after(first, "The verdict of history")


class Watched(Screen):
    """A terminal of 80 by 24 at which somebody types at random, and which keeps what each screen showed."""

    seed = 0

    def __init__(self, console: Console, words: Words | None = None) -> None:
        super().__init__(console, words)
        self.interactive = True
        self.dice = random.Random(self.seed)
        self.rows: list[str] = []
        self.asked = 0

    @property
    def height(self) -> int:
        return 24

    @property
    def width(self) -> int:
        return 79

    def clear(self) -> None:
        self.rows = []

    def write(self, rows: Sequence[Text]) -> None:
        self.rows += [row.plain for row in rows]

    def ask(self, prompt: str = "> ") -> str:
        shown = [*self.rows, *prompt.split("\n")]
        assert len(shown) <= 24, "\n".join(shown)
        assert max(len(row) for row in shown) < 80, "\n".join(shown)
        self.asked += 1
        if self.asked > 160:
            raise Leave
        if "Enter" in prompt:
            return ""
        return self.dice.choice([*map(str, range(18)), "0", "0", "why 2", "moves", "board", "brief", "?", "undo"])


@pytest.mark.parametrize(("seat", "seed"), some([("washington", 1), ("pyongyang", 2)], 2))
def test_every_screen_of_the_flagship_fits_80_by_24(
    summit: tabletop.Scenario, monkeypatch: pytest.MonkeyPatch, seat: str, seed: int
) -> None:
    monkeypatch.setattr(Watched, "seed", seed)
    monkeypatch.setattr(face, "Screen", Watched)
    session = Session(summit, seed=seed, humans=[seat])
    face.play(session, Console(file=io.StringIO(), width=80))
    assert session.decisions


def test_saved_is_not_said_of_what_was_not(
    pack: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(tabletop.load(pack), seed=3, pack=str(pack), humans=["harbour"], journal=Journal(tmp_path / "s"))
    session.begin_keeping()
    session.play_on_unkept("the disk is full")
    monkeypatch.setattr(session, "keep_again", lambda: session.play_on_unkept("the disk is full"))
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.StringIO("1\nquit\n"))
    face.play(session, Console(file=out, width=80))
    told = out.getvalue()
    assert "Saved." not in told
    assert "This game is not kept any more: the disk is full." in told
    assert f"What was decided before that is kept. To go on from there:  tabletop resume {session.id}" in told
    session.close()


def test_a_second_copy_that_is_lost_is_told_before_the_next_decision(
    pack: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(tabletop.load(pack), seed=3, pack=str(pack), humans=["harbour"], journal=Journal(tmp_path / "s"))
    session.copy_to(tmp_path / "stick")
    session.await_copy()
    decide = session.decide

    def lose_it(*given: object) -> object:
        shutil.rmtree(tmp_path / "stick", ignore_errors=True)
        (tmp_path / "stick").write_text("in its way")
        state = decide(*given)  # type: ignore[arg-type]
        session.await_copy()
        return state

    monkeypatch.setattr(session, "decide", lose_it)
    monkeypatch.setattr(sys, "stdin", io.StringIO("1\nwait\nquit\n"))
    out = io.StringIO()
    face.play(session, Console(file=out, width=80))
    assert out.getvalue().count("The second copy in") == 1
    assert out.getvalue().index("The second copy in") < out.getvalue().index("Saved.")
    session.close()
