"""The public face of the rules: pure, deterministic, and plain about what is refused."""

from __future__ import annotations

import pathlib
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tabletop
from tabletop.engine import machine
from tabletop.players import cast, decide

Town = Callable[..., tabletop.Scenario]


def played(game: tabletop.Game, seed: int, players: dict[str, str]) -> tabletop.State:
    """A whole game between bots, through the public face."""
    seats = cast(game, players)
    state = game.start(seed)
    while not state.finished:
        seat = state.acting[0]
        state = game.apply(state, seat, decide(seats[seat], game, state, seat))
    return state


def test_the_same_seed_and_actions_give_the_same_states(summit: tabletop.Scenario) -> None:
    first, second = (played(tabletop.Game(summit), 7, {"all": "random"}) for _ in range(2))
    assert first == second
    assert first.fingerprint == second.fingerprint
    assert first.log == second.log


def test_a_fingerprint_is_the_same_in_another_process() -> None:
    program = (
        "import tabletop; from tabletop.players import cast, decide\n"
        "game = tabletop.Game(tabletop.load('first-summit')); seats = cast(game, {}); state = game.start(3)\n"
        "while not state.finished:\n"
        "    seat = state.acting[0]; state = game.apply(state, seat, decide(seats[seat], game, state, seat))\n"
        "print(state.fingerprint)"
    )
    prints = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": salt}, capture_output=True, text=True, check=True
        ).stdout
        for salt in ("1", "2")
    }
    assert len(prints) == 1


def test_other_seeds_give_other_games(summit: tabletop.Scenario) -> None:
    assert len({played(tabletop.Game(summit), seed, {}).fingerprint for seed in range(8)}) == 8


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(-(2**70), 2**70), choices=st.lists(st.integers(0, 10**6), min_size=1, max_size=400))
def test_old_states_stay_as_they_were(summit: tabletop.Scenario, seed: int, choices: list[int]) -> None:
    game = tabletop.Game(summit)
    state = game.start(seed)
    before: list[tuple[tabletop.State, str]] = []
    for choice in choices:
        if state.finished:
            break
        before.append((state, state.fingerprint))
        seat = state.acting[choice % len(state.acting)]
        actions = game.actions(state, seat)
        state = game.apply(state, seat, actions[choice % len(actions)])
    assert all(old.fingerprint == fingerprint for old, fingerprint in before)


def test_simultaneous_choices_do_not_depend_on_who_chose_first(town: Town) -> None:
    game = tabletop.Game(town())
    start = game.start(1)
    mayor_first = game.apply(game.apply(game.apply(start, "mayor", "talk"), "mayor", "pass"), "miller", "talk")
    miller_first = game.apply(game.apply(game.apply(start, "miller", "talk"), "mayor", "talk"), "mayor", "pass")
    assert mayor_first == miller_first


def test_what_is_chosen_face_down_is_seen_only_by_the_one_who_chose(town: Town) -> None:
    game = tabletop.Game(town())
    start = game.start(1)
    chosen = game.apply(start, "miller", "talk")
    assert game.view(chosen, "mayor").meters == game.view(start, "mayor").meters
    assert game.view(chosen, "mayor").picked == ()
    assert game.view(game.apply(start, "mayor", "talk"), "mayor").picked[0].id == "talk"


def test_a_cost_is_paid_and_what_is_left_bounds_the_next_choice(town: Town) -> None:
    game = tabletop.Game(town())
    state = game.apply(game.start(1), "mayor", "build")
    assert "mayor" not in state.acting or [a.id for a in game.actions(state, "mayor")] == ["talk", "pass"]
    state = game.apply(game.apply(state, "mayor", "pass"), "miller", "pass")
    assert state.tracks["plans"] == 1
    assert state.turn == 2
    assert state.resources["hours"] == 2


@pytest.mark.parametrize(
    ("seat", "action", "words"),
    [
        ("mayor", "sing", "no such action"),
        ("mayor", "tlak", "did you mean 'talk'"),
        ("miller", "build", "not an action of this seat"),
        ("baker", "talk", "no such seat"),
    ],
)
def test_a_refusal_says_what_was_tried_and_why(town: Town, seat: str, action: str, words: str) -> None:
    game = tabletop.Game(town())
    with pytest.raises(tabletop.IllegalAction, match=words) as refused:
        game.apply(game.start(1), seat, action)
    assert refused.value.tried == action


def test_a_refusal_says_what_would_be_legal(town: Town) -> None:
    game = tabletop.Game(town())
    with pytest.raises(tabletop.IllegalAction) as refused:
        game.apply(game.start(1), "miller", "build")
    assert [action.id for action in refused.value.legal] == ["talk", "pass"]
    state = game.apply(game.start(1), "mayor", "talk")
    with pytest.raises(tabletop.IllegalAction, match="been done this turn"):
        game.apply(state, "mayor", "talk")


def test_after_the_verdict_nobody_acts(tutorial: tabletop.Scenario) -> None:
    game = tabletop.Game(tutorial)
    state = played(game, 1, {})
    assert state.acting == ()
    assert state.outcome in {ending.id for ending in tutorial.endings}
    assert set(state.scores) == {seat.id for seat in tutorial.seats}
    with pytest.raises(tabletop.IllegalAction, match="the game is over"):
        game.apply(state, tutorial.player, "hold_off")


def test_assumptions_are_fixed_for_a_game_and_refused_if_senseless(summit: tabletop.Scenario) -> None:
    game = tabletop.Game(summit, {"sincere_kim": 100})
    assert {game.start(seed).hidden["intention"] for seed in range(20)} == {"ready"}
    with pytest.raises(tabletop.UnknownAssumption, match="did you mean 'sincere_kim'"):
        tabletop.Game(summit, {"sincere_kin": 3})
    with pytest.raises(tabletop.UnknownAssumption, match="from 0 to 100"):
        tabletop.Game(summit, {"sincere_kim": 101})
    with pytest.raises(tabletop.UnknownAssumption, match="true or false"):
        tabletop.Game(summit, {"pressure_works": 7})


def test_supposing_changes_what_is_named_and_nothing_else(summit: tabletop.Scenario) -> None:
    game = tabletop.Game(summit)
    state = game.start(1)
    other = game.suppose(state, intention="ready", tension=70)
    assert (other.hidden["intention"], other.meters["tension"]) == ("ready", 70)
    assert state.meters["tension"] != 70
    with pytest.raises(ValueError, match="cannot be"):
        game.suppose(state, tension=101)


def test_a_scenario_cannot_be_changed_after_loading(summit: tabletop.Scenario) -> None:
    thing: Any = summit
    with pytest.raises(AttributeError):
        thing.title = "Another"


@pytest.mark.parametrize("player", ["random", "search:20", "attentive.py:Attentive", None])
def test_no_player_leaves_a_mark_on_the_state_that_it_decides_from(
    tutorial: tabletop.Scenario, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, player: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    pathlib.Path("attentive.py").write_text(
        "class Attentive:\n    def choose(self, view, dice):\n        return dice.choice(view.actions)\n", "utf-8"
    )
    game = tabletop.Game(tutorial)
    players = cast(game, {"all": player} if player else {})
    state = game.start(3)
    while not state.finished:
        before = state.fingerprint, hash(state), state.log
        decisions = {seat: decide(players[seat], game, state, seat) for seat in state.acting}
        for seat in game.scenario.seats:
            game.view(state, seat.id)
        with pytest.raises(tabletop.IllegalAction):
            game.apply(state, state.acting[0], "no_such_thing")
        assert (state.fingerprint, hash(state), state.log) == before
        state = game.apply(state, state.acting[0], decisions[state.acting[0]])


@pytest.mark.parametrize("seed", range(3))
def test_the_first_of_those_who_must_act_is_the_one_whom_the_machine_waits_for(
    summit: tabletop.Scenario, seed: int
) -> None:
    game = tabletop.Game(summit)
    players = cast(game, {"all": "random"})
    state = game.start(seed)
    while not state.finished:
        assert machine.next_to_act(game.program.code, state.core) == game.program.seat_number(state.acting[0])
        seat = state.acting[-1]
        state = game.apply(state, seat, decide(players[seat], game, state, seat))
    assert machine.next_to_act(game.program.code, state.core) == -1
    assert state.acting == ()


def test_what_is_listed_for_a_seat_is_accepted_and_all_else_is_refused(tutorial: tabletop.Scenario) -> None:
    game = tabletop.Game(tutorial)
    players = cast(game, {"all": "random"})
    state = game.start(4)
    while not state.finished:
        for seat in game.scenario.seats:
            listed = game.actions(state, seat.id)
            for action in game.program.actions:
                if action in listed:
                    assert game.apply(state, seat.id, action).decisions == state.decisions + 1
                else:
                    with pytest.raises(tabletop.IllegalAction):
                        game.apply(state, seat.id, action)
        state = game.apply(state, state.acting[0], decide(players[state.acting[0]], game, state, state.acting[0]))


def test_an_action_of_another_scenario_is_refused_in_words(
    summit: tabletop.Scenario, tutorial: tabletop.Scenario
) -> None:
    game = tabletop.Game(tutorial)
    state = game.start(1)
    with pytest.raises(tabletop.IllegalAction, match="cannot do"):
        game.apply(state, state.acting[0], tabletop.Game(summit).program.actions[-1])


def test_states_go_on_alike_in_many_threads(tutorial: tabletop.Scenario) -> None:
    game = tabletop.Game(tutorial)

    def fingerprint(seed: int) -> str:
        return played(game, seed, {"all": "random"}).fingerprint

    alone = [fingerprint(seed) for seed in range(12)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(fingerprint, range(12))) == alone


def test_a_purse_that_was_emptied_before_the_reveal_pays_what_is_left(
    town: Callable[..., tabletop.Scenario],
) -> None:
    def add_a_thief(pack: dict[str, Any]) -> None:
        del pack["seats"][0]["resources"][0]["refresh"]
        pack["actions"][0]["effects"] = [{"change": "hours", "by": -1, "why": "Talk takes time."}]
        pack["stages"][0]["phases"][1]["seats"] = ["miller", "mayor"]

    game = tabletop.Game(town(add_a_thief))
    state = game.apply(game.start(1), "miller", "talk")
    state = game.apply(state, "mayor", "build")
    state = game.apply(state, "mayor", "pass")
    assert (state.turn, state.resources["hours"]) == (2, 0)


def test_an_action_with_two_parameters_is_known_by_its_name(town: Town) -> None:
    def two(pack: dict[str, Any]) -> None:
        parameters = [{"name": "whom", "values": ["smith", "baker"]}, {"name": "where", "values": ["inn", "quay"]}]
        pack["actions"][0] |= {"label": "Talk to {whom}, {where}", "parameters": parameters}

    game = tabletop.Game(town(two))
    state = game.start(1)
    for name in ("talk(whom=baker, where=quay)", "talk(whom=baker,where=quay)"):
        action = next(one for one in game.actions(state, "mayor") if str(one) == "talk(whom=baker, where=quay)")
        assert game.apply(state, "mayor", name) == game.apply(state, "mayor", action)


def test_assumptions_take_the_numbers_and_truths_of_numpy(summit: tabletop.Scenario) -> None:
    numpy = pytest.importorskip("numpy")
    given = {"sincere_kim": numpy.int64(40), "pressure_works": numpy.bool_(False)}
    taken = tabletop.Game(summit, given).assumptions
    assert (taken["sincere_kim"], taken["pressure_works"]) == (40, False)
    assert (type(taken["sincere_kim"]), type(taken["pressure_works"])) == (int, bool)


@pytest.mark.parametrize("value", [True, 1.0, "40", None, 101, -1, [1]])
def test_what_an_assumption_cannot_be_is_refused(summit: tabletop.Scenario, value: object) -> None:
    with pytest.raises(tabletop.UnknownAssumption, match="sincere_kim"):
        tabletop.Game(summit, {"sincere_kim": value})  # type: ignore[dict-item]


def test_of_actions_that_are_one_of_a_kind_a_seat_makes_one_a_turn(summit: tabletop.Scenario) -> None:
    game = tabletop.Game(summit)
    state = game.start(2)
    while state.phase != "planning":
        state = game.apply(state, state.acting[0], game.actions(state, state.acting[0])[0])
    for chosen, other in (("hold_exercises", "scale_back"), ("scale_back", "hold_exercises")):
        after = game.apply(state, "washington", chosen)
        assert other in [one.id for one in game.actions(state, "washington")]
        assert other not in [one.id for one in game.actions(after, "washington")]
        with pytest.raises(tabletop.IllegalAction, match=r"exercises.* has been chosen instead"):
            game.apply(after, "washington", other)


def test_in_the_open_one_of_a_kind_excludes_the_others_until_the_next_turn(town: Town) -> None:
    def one_of(pack: dict[str, Any]) -> None:
        pack["stages"][0]["phases"][1]["order"] = "sequential"
        for action in pack["actions"]:
            action["one_of"] = "work"

    game = tabletop.Game(town(one_of))
    state = game.start(1)
    first = next(one for one in game.actions(state, "mayor") if one.kind == "action")
    turn, state = state.turn, game.apply(state, "mayor", first)
    while not state.finished and state.turn == turn:
        if state.acting[0] == "mayor":
            assert "action" not in {one.kind for one in game.actions(state, "mayor")}
        state = game.apply(state, state.acting[0], game.actions(state, state.acting[0])[0])
    assert not state.finished
