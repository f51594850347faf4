"""A session: people and bots decide, a person takes back, and nothing happens that is not kept."""

from __future__ import annotations

import pathlib
import threading
from collections.abc import Callable
from typing import Any

import pytest

import tabletop
from tabletop.engine.game import IllegalAction
from tabletop.players import PlayerFailed
from tabletop.session import Facilitator, Journal, NotKept, Session
from tabletop.session.undo_policy import UndoRefusal
from tests.patience import PATIENCE
from tests.session.conftest import Begin, ended, planned


def test_every_decision_is_kept_before_the_next(begin: Begin, journal: Journal) -> None:
    session = begin()
    for number, action in enumerate(("visit(place=quay)", "visit(place=mill)"), 1):
        session.decide("harbour", action)
        assert [command.number for command in Journal(journal.path).commands(session.id)] == list(range(1, number + 1))


def test_what_bots_decided_is_kept_even_if_nobody_waits_for_the_last_of_them(begin: Begin, journal: Journal) -> None:
    session = begin(humans=[])
    steps = session.run_bots()
    next(steps)
    next(steps)
    steps.close()
    assert len(journal.commands(session.id)) == 2


def test_a_session_is_named_after_the_scenario_and_the_day(begin: Begin, journal: Journal) -> None:
    session = planned(begin())
    assert session.id.startswith("ferry-20")
    assert journal.find(session.id[:-2]).heading.id == session.id


def test_a_decision_that_is_refused_changes_nothing(begin: Begin) -> None:
    session = begin()
    before = session.state
    with pytest.raises(IllegalAction):
        session.decide("harbour", "sail_out")
    assert session.state is before
    assert session.commands == []


def test_a_command_that_cannot_be_kept_has_not_happened(
    begin: Begin, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = begin()
    session.decide("harbour", "visit(place=quay)")
    before = session.state

    def full(*_: object) -> None:
        raise NotKept("the disk is full")

    monkeypatch.setattr(journal, "append", full)
    for attempt in (
        lambda: session.decide("harbour", "visit(place=mill)"),
        session.undo,
        lambda: Facilitator(session).note("A note."),
        lambda: session.begin_branch("bolder"),
    ):
        with pytest.raises(NotKept):
            attempt()
    assert session.state is before
    assert len(session.commands) == len(session.branches) == 1
    monkeypatch.undo()
    session.decide("harbour", "visit(place=mill)")
    assert len(journal.commands(session.id)) == 2


def test_a_folder_that_cannot_be_written_is_known_before_the_first_decision(
    begin: Begin, tmp_path: pathlib.Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    session = begin(journal=Journal(tmp_path / "file"))
    session.check_keeping()
    assert "cannot be saved" in session.warning
    assert not session.is_kept
    session.decide("harbour", "visit(place=quay)")
    assert session.decisions == [("harbour", "visit(place=quay)")]
    assert session.was_kept is None


def test_what_was_played_unkept_is_kept_once_there_is_room_again(begin: Begin, journal: Journal) -> None:
    session = begin()
    session.decide("harbour", "visit(place=quay)")
    session.play_on_unkept("the disk is full")
    session.decide("harbour", "visit(place=mill)")
    for _ in session.run_bots():
        pass
    assert len(journal.commands(session.id)) == 1
    session.begin_keeping()
    assert session.is_kept
    assert not session.warning
    session.decide("harbour", "stay")
    assert journal.commands(session.id) == session.commands
    assert journal.find(session.id).standing.commands == len(session.commands)


def test_a_game_that_could_never_be_kept_is_kept_from_its_beginning_once_it_can(
    begin: Begin, tmp_path: pathlib.Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    session = begin(journal=Journal(tmp_path / "file"))
    session.check_keeping()
    planned(session)
    with pytest.raises(NotKept):
        session.keep_again()
    assert not session.is_kept
    (tmp_path / "file").unlink()
    session.keep_again()
    assert Journal(tmp_path / "file").commands(session.id) == session.commands


def test_a_pack_that_changed_since_it_was_loaded_is_not_kept_and_that_is_said(
    begin: Begin, pack: pathlib.Path, journal: Journal
) -> None:
    scenario = begin().scenario
    (pack / "scenario.yaml").write_text("id: other\n")
    session = Session(scenario, seed=1, pack=str(pack), humans=["harbour"], journal=journal)
    assert "not as it was loaded" in session.warning
    assert not session.is_kept


# Taking back


def test_undo_goes_back_to_your_last_decision_and_its_replay_is_the_same(begin: Begin) -> None:
    session = planned(begin())
    revealed = session.state.fingerprint
    assert session.undo()
    assert session.decisions == [("harbour", "visit(place=quay)")]
    session.decide("harbour", "visit(place=mill)")
    for _ in session.run_bots():
        pass
    assert session.state.fingerprint == revealed
    assert [branch.name for branch in session.branches] == ["main"]


def test_taking_back_what_was_not_revealed_is_no_hindsight(begin: Begin) -> None:
    session = begin()
    session.decide("harbour", "visit(place=quay)")
    assert not session.undo_has_hindsight
    session.undo()
    assert session.hindsight == 0


def test_taking_back_what_was_revealed_counts(begin: Begin) -> None:
    session = planned(begin())
    assert session.undo_has_hindsight
    session.undo()
    assert session.hindsight == 1
    assert session.undo_has_hindsight  # the pick before it goes back with the same knowledge
    session.undo()
    assert session.hindsight == 2


@pytest.mark.parametrize(("to", "learned"), [("40 + rumour", True), ("40 + purse // 2", False)])
def test_a_value_set_from_a_secret_tells_of_it_and_so_counts_as_hindsight(
    town: Callable[..., tabletop.Scenario], to: str, learned: bool
) -> None:
    def change(pack: dict[str, Any]) -> None:
        pack["stages"][0]["phases"][1]["order"] = "sequential"
        pack["actions"][0]["effects"] = [{"set": "calm", "to": to, "why": "They say so."}]

    session = Session(town(change), seed=1, humans=["mayor"])
    session.decide("mayor", "talk")
    assert session.to_act == "mayor"
    assert session.undo_has_hindsight is learned


def test_undo_ends_at_the_beginning_of_the_week(begin: Begin) -> None:
    session = planned(begin())
    session.decide("harbour", "stay")
    assert session.state.turn == 2
    assert not session.can_undo
    assert not session.undo()
    assert session.undo_refused == UndoRefusal("undo-nothing", "week")


def test_nobody_takes_back_what_somebody_else_at_the_keyboard_decided(begin: Begin) -> None:
    session = begin(humans=["harbour", "island"])
    session.decide("harbour", "visit(place=quay)")
    assert session.can_undo
    session.decide("harbour", "pass")
    assert session.to_act == "island"
    assert not session.can_undo
    assert session.undo_refused == UndoRefusal("undo-since", "week")
    assert not session.undo()


def test_what_was_taken_back_can_be_had_again(begin: Begin) -> None:
    session = begin(humans=["harbour", "island"])
    session.decide("harbour", "visit(place=quay)")
    there = session.state.fingerprint
    session.undo()
    assert session.can_redo
    assert session.redo()
    assert session.state.fingerprint == there
    assert not session.can_redo


@pytest.mark.parametrize(
    ("rule", "before", "after"), [("turn", True, True), ("reveal", True, False), ("never", False, False)]
)
def test_a_facilitator_says_until_when_decisions_are_taken_back(
    begin: Begin, rule: str, before: bool, after: bool
) -> None:
    session = begin()
    Facilitator(session).allow_undo(rule)
    session.decide("harbour", "visit(place=quay)")
    assert session.can_undo is before
    session.decide("harbour", "visit(place=mill)")
    for _ in session.run_bots():
        pass
    assert session.can_undo is after


# Bots, threads, pauses


def test_a_bot_that_breaks_down_is_named(begin: Begin, pack: pathlib.Path) -> None:
    (pack / "broken.py").write_text(
        "class Broken:\n    def choose(self, view, dice):\n        raise KeyError('mill')\n"
    )
    session = begin(players={"island": f"{pack / 'broken.py'}:Broken"})
    session.decide("harbour", "visit(place=quay)")
    session.decide("harbour", "visit(place=mill)")
    with pytest.raises(PlayerFailed, match="island failed"):
        list(session.run_bots())


def test_what_a_bot_thought_of_while_the_game_went_elsewhere_does_not_happen(begin: Begin, pack: pathlib.Path) -> None:
    (pack / "slow.py").write_text(
        "import pathlib, time\nhere = pathlib.Path(__file__).parent\n"
        "class Slow:\n    def choose(self, view, dice):\n"
        "        (here / 'thinking').touch()\n"
        "        while not (here / 'go_on').exists(): time.sleep(0.005)\n"
        "        return view.actions[0]\n"
    )
    session = begin(players={"island": f"{pack / 'slow.py'}:Slow"})
    session.decide("harbour", "visit(place=quay)")
    session.decide("harbour", "visit(place=mill)")
    decided: list[object] = []
    thread = threading.Thread(target=lambda: decided.extend(session.run_bots()))
    thread.start()
    while not (pack / "thinking").exists():
        assert thread.is_alive()
    assert session.undo()
    (pack / "go_on").touch()
    thread.join(PATIENCE)
    assert decided == []
    assert session.decisions == [("harbour", "visit(place=quay)")]
    assert session.to_act == "harbour"


def test_threads_share_a_session_one_command_at_a_time(begin: Begin, journal: Journal) -> None:
    session = begin()
    facilitator = Facilitator(session)
    threads = [
        threading.Thread(target=lambda: [facilitator.note(f"Note {number}.") for number in range(25)]) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [command.number for command in journal.commands(session.id)] == list(range(1, 101))


def test_nobody_decides_while_the_game_is_paused(begin: Begin) -> None:
    session = begin()
    facilitator = Facilitator(session)
    facilitator.pause()
    with pytest.raises(IllegalAction, match="paused"):
        session.decide("harbour", "visit(place=quay)")
    assert not session.undo()
    facilitator.go_on()
    session.decide("harbour", "visit(place=quay)")
    assert not session.paused


def test_a_game_that_has_ended_can_be_taken_back_by_the_facilitator(begin: Begin) -> None:
    session = ended(begin())
    outcome = session.state.outcome
    assert session.back(3) == 3
    assert not session.state.finished
    assert session.forward(3) == 3
    assert session.state.outcome == outcome
