"""A game is kept after every decision, and goes on where it was."""

from __future__ import annotations

import json
import os
import pathlib

import attrs
import pytest
from tabletop.session.saves import Save, SaveError, broken_saves, latest, list_saves, load_save

import tabletop
from tabletop.players import PlayerFailed
from tabletop.session import Session

PACK = """
id: ferry
title: The Ferry
version: "1.0"
summary: A harbour and an island share a boat.
player: harbour
meters:
  - {id: trust, name: Trust, start: 50, good_for: [harbour]}
seats:
  - {id: harbour, name: Harbour, resources: [{id: fuel, name: Fuel, start: 3, refresh: 3}]}
  - {id: island, name: Island}
stages:
  - id: weeks
    title: The season
    turn: week
    turns: 3
    phases:
      - {id: plan, title: Planning, seats: [harbour, island], order: simultaneous, picks: {harbour: 2}}
      - {id: sail, title: Sailing, seats: [harbour], may_pass: false}
actions:
  - id: visit
    label: Visit the {place}
    seats: [harbour, island]
    phases: [plan]
    parameters: [{name: place, values: [quay, mill]}]
    effects: [{change: trust, by: 2, why: They were seen.}]
  - {id: sail_out, label: Sail, seats: [harbour], phases: [sail], effects: [{change: trust, by: 1, why: On time.}]}
  - {id: stay, label: Stay in port, seats: [harbour], phases: [sail], effects: [{change: trust, by: -4, why: Late.}]}
endings:
  - {id: friends, title: Friends, text: They share., when: trust >= 55}
  - {id: strangers, title: Strangers, text: They do not.}
"""


@pytest.fixture
def pack(tmp_path: pathlib.Path) -> pathlib.Path:
    folder = tmp_path / "ferry"
    folder.mkdir()
    (folder / "scenario.yaml").write_text(PACK)
    return folder


@pytest.fixture
def home(tmp_path: pathlib.Path) -> pathlib.Path:
    return tmp_path / "saves"


def opened(pack: pathlib.Path, home: pathlib.Path, seed: int = 5, **more: object) -> Session:
    settings: dict[str, object] = {"humans": ["harbour"], **more}
    return Session(tabletop.load(pack), seed=seed, pack=str(pack), folder=home, **settings)  # type: ignore[arg-type]


def planned(session: Session) -> Session:
    """The session with the first week's plan made and revealed."""
    session.decide("harbour", "visit(place=quay)")
    session.decide("harbour", "visit(place=mill)")
    for _ in session.run_bots():
        pass
    return session


def test_a_resumed_game_stands_exactly_where_it_stood(pack: pathlib.Path, home: pathlib.Path) -> None:
    session = planned(opened(pack, home))
    resumed, notes = Session.resume(latest(home), home)
    assert resumed.state.fingerprint == session.state.fingerprint
    assert resumed.decisions == session.decisions
    assert resumed.id == session.id
    assert notes == []


def test_every_decision_is_on_disk_before_the_next(pack: pathlib.Path, home: pathlib.Path) -> None:
    session = opened(pack, home)
    session.decide("harbour", "visit(place=quay)")
    assert load_save(session.id, home).decisions == (("harbour", "visit(place=quay)"),)


def test_what_bots_decided_is_kept_even_if_nobody_waits_for_the_last_of_them(
    pack: pathlib.Path, home: pathlib.Path
) -> None:
    session = opened(pack, home)
    session.decide("harbour", "visit(place=quay)")
    session.decide("harbour", "visit(place=mill)")
    steps = session.run_bots()
    next(steps)
    steps.close()
    assert len(load_save(session.id, home).decisions) == 3


def test_a_save_is_named_after_the_scenario_and_the_day(pack: pathlib.Path, home: pathlib.Path) -> None:
    session = planned(opened(pack, home))
    assert session.id.startswith("ferry-20")
    assert load_save(session.id[:-2], home).id == session.id


def test_a_save_that_does_not_exist_brings_up_the_nearest_name(pack: pathlib.Path, home: pathlib.Path) -> None:
    session = planned(opened(pack, home))
    wrong = session.id[:-1] + "?"
    with pytest.raises(SaveError, match=f"did you mean '{session.id}'"):
        load_save(wrong, home)


def test_nothing_to_resume_says_how_to_start(home: pathlib.Path) -> None:
    with pytest.raises(SaveError, match="tabletop play"):
        latest(home)


def test_a_finished_game_is_listed_and_is_not_the_one_to_resume(pack: pathlib.Path, home: pathlib.Path) -> None:
    session = opened(pack, home, humans=[])
    for _ in session.run_bots():
        pass
    (save,) = list_saves(home)
    assert save.finished
    assert save.outcome == session.state.outcome
    with pytest.raises(SaveError):
        latest(home)


def test_a_damaged_save_is_named_and_hides_no_other(pack: pathlib.Path, home: pathlib.Path) -> None:
    session = planned(opened(pack, home))
    (home / "torn.json").write_text('{"format": 1, "id": "to')
    (home / "odd.json").write_text('{"format": 1, "id": 7}')
    (home / "new.json").write_text('{"format": 99}')
    (home / "list.json").write_text("[]")
    assert [save.id for save in list_saves(home)] == [session.id]
    assert len(broken_saves(home)) == 4
    with pytest.raises(SaveError, match="damaged"):
        load_save("torn", home)
    with pytest.raises(SaveError, match="another version"):
        load_save("new", home)


@pytest.mark.parametrize("field", [field.name for field in attrs.fields(Save)])
def test_a_save_with_a_field_of_another_kind_is_damaged_not_a_crash(
    pack: pathlib.Path, home: pathlib.Path, field: str
) -> None:
    session = planned(opened(pack, home))
    path = home / f"{session.id}.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), field: {"odd": [None]}}))
    with pytest.raises(SaveError, match=field):
        load_save(session.id, home)


def test_a_changed_pack_is_said_and_the_game_goes_on(pack: pathlib.Path, home: pathlib.Path) -> None:
    planned(opened(pack, home))
    (pack / "scenario.yaml").write_text(PACK.replace("by: 2", "by: 3"))
    resumed, notes = Session.resume(latest(home), home)
    assert "changed" in notes[0]
    assert "still possible" in notes[1]
    assert resumed.to_act == "harbour"


def test_a_decision_that_is_no_longer_legal_stops_the_replay_and_leaves_the_old_save(
    pack: pathlib.Path, home: pathlib.Path
) -> None:
    session = planned(opened(pack, home))
    (pack / "scenario.yaml").write_text(PACK.replace("values: [quay, mill]", "values: [quay, inn]"))
    resumed, notes = Session.resume(latest(home), home)
    assert "Decision 2 of" in notes[-1]
    assert resumed.decisions == [("harbour", "visit(place=quay)")]
    resumed.decide("harbour", "visit(place=inn)")
    assert resumed.id != session.id
    assert len(load_save(session.id, home).decisions) > 2


def test_a_folder_that_cannot_be_written_warns_and_the_game_goes_on(pack: pathlib.Path, tmp_path: pathlib.Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    session = opened(pack, blocked)
    session.decide("harbour", "visit(place=quay)")
    assert "cannot be saved" in session.warning
    assert session.decisions == [("harbour", "visit(place=quay)")]


def test_a_crash_while_writing_leaves_the_save_before_it(
    pack: pathlib.Path, home: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = opened(pack, home)
    session.decide("harbour", "visit(place=quay)")

    def pulled_plug(handle: int) -> None:
        raise OSError("no more power")

    monkeypatch.setattr(os, "fsync", pulled_plug)
    session.decide("harbour", "visit(place=mill)")
    assert session.warning
    assert len(load_save(session.id, home).decisions) == 1
    assert [path.name for path in home.iterdir()] == [f"{session.id}.json"]


def test_undo_goes_back_to_your_last_decision_and_its_replay_is_the_same(
    pack: pathlib.Path, home: pathlib.Path
) -> None:
    session = planned(opened(pack, home))
    revealed = session.state.fingerprint
    assert session.undo()
    assert session.decisions == [("harbour", "visit(place=quay)")]
    assert load_save(session.id, home).decisions == (("harbour", "visit(place=quay)"),)
    session.decide("harbour", "visit(place=mill)")
    for _ in session.run_bots():
        pass
    assert session.state.fingerprint == revealed


def test_taking_back_what_was_not_revealed_is_no_hindsight(pack: pathlib.Path, home: pathlib.Path) -> None:
    session = opened(pack, home)
    session.decide("harbour", "visit(place=quay)")
    assert not session.undo_has_hindsight
    session.undo()
    assert session.hindsight == 0


def test_taking_back_what_was_revealed_counts_and_is_kept(pack: pathlib.Path, home: pathlib.Path) -> None:
    session = planned(opened(pack, home))
    assert session.undo_has_hindsight
    session.undo()
    assert session.hindsight == 1
    assert session.undo_has_hindsight  # the pick before it goes back with the same knowledge
    session.undo()
    assert Session.resume(latest(home), home)[0].hindsight == 2


def test_a_save_from_before_hindsight_was_counted_can_be_read(pack: pathlib.Path, home: pathlib.Path) -> None:
    session = planned(opened(pack, home))
    path = home / f"{session.id}.json"
    path.write_text(json.dumps({k: v for k, v in json.loads(path.read_text()).items() if k != "hindsight"}))
    assert load_save(session.id, home).hindsight == 0


def test_nobody_takes_back_what_somebody_else_at_the_keyboard_decided(pack: pathlib.Path, home: pathlib.Path) -> None:
    session = opened(pack, home, humans=["harbour", "island"])
    session.decide("harbour", "visit(place=quay)")
    assert session.can_undo
    session.decide("harbour", "pass")
    assert session.to_act == "island"
    assert not session.can_undo
    assert "since the keyboard came to you" in session.undo_refused
    assert not session.undo()


def test_when_the_last_game_has_ended_resume_says_how_to_see_its_end(pack: pathlib.Path, home: pathlib.Path) -> None:
    session = opened(pack, home, humans=[])
    for _ in session.run_bots():
        pass
    with pytest.raises(SaveError, match=f"tabletop resume {session.id}"):
        latest(home)


def test_a_folder_that_cannot_be_written_is_known_before_the_first_decision(
    pack: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    session = opened(pack, tmp_path / "file")
    session.check_saving()
    assert "cannot be saved" in session.warning


def test_undo_ends_at_the_beginning_of_the_week(pack: pathlib.Path, home: pathlib.Path) -> None:
    session = planned(opened(pack, home))
    session.decide("harbour", "stay")
    assert session.state.turn == 2
    assert not session.can_undo
    assert not session.undo()
    assert "week" in session.undo_refused


def test_a_bot_that_breaks_down_is_named(pack: pathlib.Path, home: pathlib.Path) -> None:
    (pack / "broken.py").write_text(
        "class Broken:\n    def choose(self, view, dice):\n        raise KeyError('mill')\n"
    )
    session = opened(pack, home, players={"island": f"{pack / 'broken.py'}:Broken"})
    session.decide("harbour", "visit(place=quay)")
    session.decide("harbour", "visit(place=mill)")
    with pytest.raises(PlayerFailed, match="island failed"):
        list(session.run_bots())


def test_a_pack_given_by_a_relative_path_is_found_from_anywhere(
    pack: pathlib.Path, home: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pack.parent)
    session = Session(tabletop.load("ferry"), seed=1, pack="ferry", humans=["harbour"], folder=home)
    session.decide("harbour", "visit(place=quay)")
    monkeypatch.chdir(pack)
    resumed, _ = Session.resume(latest(home), home)
    assert resumed.state.fingerprint == session.state.fingerprint
