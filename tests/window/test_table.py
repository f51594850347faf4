"""The table: what a player finds on it, and what is done there."""

from __future__ import annotations

import pathlib
import random

import pytest

import tabletop
from tabletop.presentation.error_words import error_words
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words
from tabletop.session import Session
from tabletop.window.screens.belief import Belief
from tabletop.window.screens.set_piece import AskedPiece
from tabletop.window.screens.table import Table
from tabletop.window.screens.title import Title
from tests.packs.generated import generated_pack, write_pack
from tests.window.driver import Player, drive, faults, new_app
from tests.window.test_set_pieces import before, table_at
from tests.window.whole_games import open_moves, session_of


def seated(folder: pathlib.Path, scenario: str, *humans: str, seed: int = 7, **settings: object) -> Player:
    """A player at the table of a new game that is kept in a folder."""
    app = new_app(folder, **settings)
    pack = tabletop.load(scenario)
    session = Session(pack, seed=seed, pack=scenario, humans=humans or (pack.player,), journal=app.journal)
    app.push(Title(app))
    app.push(Table(app, session))
    return drive(app)


def test_the_first_sheet_says_what_it_is_about_who_you_are_and_what_counts(tmp_path: pathlib.Path) -> None:
    player = seated(tmp_path, "summit-2018")
    said = " ".join(player.texts)
    scenario = session_of(player).scenario
    assert scenario.question in said
    assert "You are Washington" in said
    assert scenario.presentation.opening["washington"].goal in said
    assert "What counts for you" not in said
    player.press("w")
    assert "What counts for you" in player.texts


def test_the_line_at_the_hand_says_what_to_do_now(tmp_path: pathlib.Path) -> None:
    player = seated(tmp_path, "first-summit").press("enter")
    while session_of(player).state.card is not None:
        player.press("1")
    assert "Now: Choose up to 2 moves, face down." in player.texts
    player.press("1")
    assert "Now: One more move, or done." in player.texts
    assert "picked.1" in player.names


def test_what_lies_face_down_can_be_taken_back_and_done_again(tmp_path: pathlib.Path) -> None:
    player = seated(tmp_path, "first-summit").press("enter")
    while session_of(player).state.card is not None:
        player.press("1")
    assert player.drawn("undo").control.why_not or session_of(player).can_undo
    player.press("1")
    chosen = session_of(player).view("corvane").picked
    assert len(chosen) == 1
    player.press("u")
    assert session_of(player).view("corvane").picked == ()
    player.press("r")
    assert session_of(player).view("corvane").picked == chosen
    assert "nothing has been taken back" in player.drawn("redo").control.why_not


def test_undo_says_why_it_is_refused(tmp_path: pathlib.Path) -> None:
    player = seated(tmp_path, "first-summit").press("enter")
    player.hover("undo").frame(1.0)
    refused = session_of(player).undo_refused
    if refused is not None:
        assert error_words(Words(), refused) in player.texts


def test_a_card_that_is_closed_says_why_on_itself_and_cannot_be_played(tmp_path: pathlib.Path) -> None:
    player = seated(tmp_path, "summit-2018").press("enter")
    while session_of(player).state.card is not None:
        player.press("1")
    closed: list[str] = []
    for _ in range(8):
        closed = [name for name in player.names if name.startswith("play.") and player.drawn(name).control.why_not]
        if closed:
            break
        player.press("page down")
    assert closed
    before = session_of(player).state
    player.tab_to(closed[0]).press("enter")
    assert session_of(player).state is before
    why = player.drawn(closed[0]).control.why_not
    assert why.startswith("Not now: ")
    player.frame(1.0)
    assert why in player.texts


@pytest.mark.parametrize("text_size", [100, 200])
def test_the_hot_seat_changes_hands_by_a_screen_on_which_nothing_of_either_is_seen(
    text_size: int, tmp_path: pathlib.Path
) -> None:
    player = seated(tmp_path, "first-summit", "corvane", "ulmar", text_size=text_size)
    assert type(player.screen).__name__ == "HandOver"
    player.frame(1.0).click("take").press("enter")
    table = next(screen for screen in player.app.screens if isinstance(screen, Table))
    assert table.seat == "corvane"
    assert not table.is_covered
    for _ in range(30):
        if player.screen is not table:
            break
        moves = open_moves(player)
        player.click("to_moves" if "to_moves" in player.names else "done" if "done" in player.names else moves[0])
    assert type(player.screen).__name__ == "HandOver"
    assert table.is_covered
    player.frame(1.0).click("take")
    assert table.seat == session_of(player).to_act == "ulmar"


@pytest.mark.parametrize("seed", [3, 12, 40])
def test_packs_of_any_shape_can_be_laid_out_and_played(seed: int, tmp_path: pathlib.Path) -> None:
    pack = str(write_pack(generated_pack(seed), tmp_path / f"pack-{seed}"))
    app = new_app(tmp_path, text_size=150 if seed % 2 else 100)
    scenario = tabletop.load(pack)
    session = Session(scenario, seed=seed, humans=(scenario.player,))
    app.push(Title(app))
    app.push(Table(app, session))
    player, dice = drive(app), random.Random(seed)
    for _ in range(40):
        if session.state.finished or session.to_act is None:
            break
        player.screen.scene.is_audited = True
        assert not faults(player.screen)
        ways = [name for name in ("do", "begin", "to_moves") if name in player.names] or [*open_moves(player), "done"]
        player.click(dice.choice([name for name in ways if name in player.names]))


def test_what_is_final_says_so_and_is_asked_about_where_the_player_wants_that(tmp_path: pathlib.Path) -> None:
    player = seated(tmp_path, "first-summit", seed=1).press("enter")
    session = session_of(player)
    player.press("d")
    assert session.state.phase == "calendar_choice"
    player.frame(1.0)
    assert player.texts.count(player.screen.words("moves.final")) == 3  # of four cards that are open
    made = len(session.commands)
    player.app.change(asks=True)
    player.frame().press("2")
    assert len(session.commands) == made
    assert player.focused == "not_yet"
    player.press("enter")
    assert len(session.commands) == made
    player.frame(1.0).press("2", "y")
    assert any(one.body.get("action") == "announce(weeks=1)" for one in session.commands[made:])


def test_the_last_move_that_can_be_chosen_is_asked_about_too(tmp_path: pathlib.Path) -> None:
    player = seated(tmp_path, "first-summit", "corvane", "ulmar")
    session = session_of(player)
    perspective = Perspective.of(session, "corvane")
    chosen = 0
    while not perspective.is_face_down or perspective.picks_affordable > 1:
        seat = session.state.acting[0]
        action = next((one for one in session.game.actions(session.state, seat) if one.cost), None)
        session.decide(seat, action or session.game.actions(session.state, seat)[0])
        perspective = Perspective.of(session, "corvane")
        chosen += 1
        assert chosen < 20
    last = [action for action in perspective.moves if action.kind == "action"]
    assert all(perspective.ends_part(action) for action in last)
    assert perspective.ends_part(next(action for action in perspective.moves if action.kind == "pass"))


def decided(player: Player) -> int:
    """How many decisions the person at the table has made."""
    session = session_of(player)
    return sum(seat in session.humans for seat, _ in session.decisions)


def two_days(folder: pathlib.Path, **settings: object) -> Player:
    """A player who has chosen the first of two moves."""
    player = seated(folder, "first-summit", **settings).press("enter")
    while session_of(player).state.card is not None:
        player.press("1")
    return player.press("1")


def test_the_last_choice_waits_for_a_second_press_and_another_takes_its_place(tmp_path: pathlib.Path) -> None:
    player = two_days(tmp_path)
    made, turn = decided(player), session_of(player).state.phase
    player.press("2")
    assert (decided(player), session_of(player).state.phase) == (made, turn)
    assert "picked.2" in player.names
    player.press("3").press("u").press("2")
    assert decided(player) == made
    player.press("2")
    assert decided(player) == made + 1
    assert session_of(player).state.phase != turn
    assert session_of(player).decisions[made][1].startswith(player_s_second(player))


def player_s_second(player: Player) -> str:
    """The action of the second card of the work of a week."""
    nouns = [one.id for one in session_of(player).scenario.actions if "work" in one.phases and "corvane" in one.seats]
    return nouns[1]


def test_done_hands_in_the_last_choice_too_and_a_second_press_in_haste_does_not(tmp_path: pathlib.Path) -> None:
    player = two_days(tmp_path)
    made = decided(player)
    player.press("2")
    player._last = None  # no pause: the key bounces
    player.press("2")
    assert decided(player) == made
    player.press("d")
    assert decided(player) == made + 1


def test_cards_keep_their_places_and_numbers_as_others_are_chosen(tmp_path: pathlib.Path) -> None:
    player = seated(tmp_path, "summit-2018").press("enter")
    while session_of(player).state.card is not None:
        player.press("1")
    for _ in range(3):
        player.press("page down")
    before = cards_by_number(player)
    first = next(name for name in open_moves(player))
    player.press(player.drawn(first).control.letter)
    assert len(session_of(player).view("washington").picked) == 1
    assert cards_by_number(player) == before


def cards_by_number(player: Player) -> dict[str, str]:
    """The first words of each card that is laid out, by its key."""
    cards = [player.drawn(name) for name in player.names if name.startswith("play.")]
    return {
        one.control.letter: next(
            text.text for text in player.screen.scene.texts if text.owner == one.name and not text.text.isdecimal()
        )
        for one in cards
    }


def test_in_the_calendar_a_number_means_the_same_in_every_week(tmp_path: pathlib.Path) -> None:
    player = seated(tmp_path, "first-summit").press("enter")
    meant: dict[str, set[str]] = {}
    for _ in range(60):
        session = session_of(player)
        if session.is_over:
            break
        if session.state.phase == "calendar_choice":
            for key, words in cards_by_number(player).items():
                meant.setdefault(key, set()).add(words)
        ways = [name for name in ("do", "turn_over") if name in player.names] or open_moves(player)
        names_a_day = session.state.phase == "calendar_choice" and "play.3" in ways
        player.click("play.3" if names_a_day else ways[0]).frame(1.0)
    assert len(meant) > 5
    assert all(len(keys) == 1 for keys in meant.values()), meant


def test_with_large_text_every_key_of_the_table_works_on_every_page(tmp_path: pathlib.Path) -> None:
    player = seated(tmp_path, "summit-2018", text_size=200).press("enter")
    while session_of(player).state.card is not None:
        player.press("m", "1")
    player.press("m", "l")
    assert player.screen.tab == "log"
    player.press("m", "k")
    assert isinstance(player.screen, Belief)
    assert any("Before any evidence" in text for text in player.texts)
    player.press("escape")
    player.click("tab.standing")
    assert {"Up is good for you", "Down is good for you"} <= set(player.texts)


def test_no_card_that_nothing_takes_back_has_the_focus_by_itself(tmp_path: pathlib.Path) -> None:
    session = before("first-summit", "attend")
    player = table_at(tmp_path, session)
    grave = {f"play.{one.number}" for one in player.screen.hand.moves if one.is_final or one.asks}
    assert grave
    assert player.focused not in grave
    made = len(session.commands)
    player.press("enter")
    assert not isinstance(player.screen, AskedPiece)
    assert "attend" not in [action for _, action in session.decisions[-1:]] or len(session.commands) == made
