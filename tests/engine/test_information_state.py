"""What is done in secret stays so, with all that follows from it, and nobody can tell a secret from who is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import tabletop
from tabletop.engine.game import Game, IllegalAction
from tabletop.engine.state import State
from tabletop.engine.views import public_view

Pack = dict[str, Any]
Town = Callable[..., tabletop.Scenario]

_SPY: Pack = {
    "id": "spy",
    "title": "A Spy",
    "text": "Somebody is seen.",
    "effects": [{"change": "calm", "by": -1, "why": "A spy is seen."}],
}
_FLOOD: Pack = {"id": "flood", "deck": "days", "title": "Flood", "text": "Water.", "effects": []}


def _outcome(word: str) -> Pack:
    later = {"change": "calm", "by": 3, "why": f"{word} LATER.", "after": 1}
    return {"id": word.lower(), "text": word, "weight": 1, "effects": [{"roll": "rumours"}, {"deal": "spy"}, later]}


_TABLES: list[Pack] = [
    {
        "id": "rumours",
        "title": "Rumours",
        "outcomes": [{"id": "one", "weight": 1, "effects": [{"change": "calm", "by": 2, "why": "They talk of it."}]}],
    },
    {"id": "den", "title": "The Den", "known_to": ["miller"], "outcomes": [_outcome("LEFT"), _outcome("RIGHT")]},
]


def _plot(name: str) -> Pack:
    return {
        "id": f"plot_{name.lower()}",
        "label": f"Plot {name}",
        "seats": ["miller"],
        "phases": ["plan"],
        "secret": True,
        "effects": [
            {"roll": "rumours", "why": f"{name} rolls."},
            {"deal": "spy"},
            {"change": "calm", "by": 2, "why": f"{name} at once."},
            {"change": "calm", "by": 2, "why": f"{name} later.", "after": 1},
            {"change": "calm", "by": 1, "why": f"{name} lasts.", "lasts": 2},
            {"change": "purse", "by": 0 if name == "ALPHA" else 1, "when": "rumour > 9", "why": f"{name} nothing."},
        ],
    }


def _plotters(pack: Pack) -> None:
    pack["actions"] += [_plot("ALPHA"), _plot("BETA")]
    pack["cards"] = [_FLOOD, _SPY]
    pack["tables"] = _TABLES


def _played(game: Game, *miller: str, turns: int = 3) -> State:
    state, todo = game.start(3), list(miller)
    while not state.finished and state.turn <= turns:
        seat = state.acting[0]
        open_now = [str(action) for action in game.actions(state, seat)]
        wanted = todo.pop(0) if seat == "miller" and todo else "pass"
        state = game.apply(state, seat, wanted if wanted in open_now else open_now[0])
    return state


def test_everybody_sees_what_a_secret_action_moves_and_nothing_else_of_it(town: Town) -> None:
    game = Game(town(_plotters))
    one, other = (public_view(_played(game, plot)) for plot in ("plot_alpha", "plot_beta"))
    assert one == other
    assert "ALPHA" not in repr(one)
    assert "plot" not in repr(one)
    assert "Plot" not in repr(one)
    assert any(entry.kind == "change" and entry.hides_cause for entry in one.log)
    # Nor is it told who knows better.
    assert all(entry.cause_known_to in (None, frozenset()) for entry in one.log)
    assert [entry.title for entry in one.log if entry.kind == "card"].count("A Spy") == 1
    assert not [entry for entry in one.log if entry.kind == "roll"]


def test_who_acts_in_secret_reads_all_that_came_of_it(town: Town) -> None:
    game = Game(town(_plotters))
    log = game.view(_played(game, "plot_alpha"), "miller").log
    assert {"ALPHA at once.", "ALPHA later.", "ALPHA lasts."} <= {entry.why for entry in log}
    assert any(entry.kind == "roll" and entry.rule == "rumours" for entry in log)


def test_what_a_private_table_leads_to_is_as_private(town: Town) -> None:
    def gamble(pack: Pack) -> None:
        _plotters(pack)
        pack["actions"][0]["effects"] = [{"roll": "den", "why": "A gamble."}]

    game = Game(town(gamble))
    state = game.apply(game.apply(game.start(3), "mayor", "pass"), "miller", "talk")
    mayor, miller = game.view(state, "mayor"), game.view(state, "miller")
    assert not [
        word for word in ("LEFT", "RIGHT", "den", "Den") if word in repr(mayor.log) + repr(public_view(state).log)
    ]
    assert [entry.rule for entry in miller.log if entry.kind == "roll"] == ["den", "rumours"]
    # The same table, rolled in the open, is read by all.
    opened = Game(town(lambda pack: (_plotters(pack), pack["actions"][0].update(effects=[{"roll": "rumours"}]))))
    state = opened.apply(opened.apply(opened.start(3), "mayor", "pass"), "miller", "talk")
    assert [entry.rule for entry in public_view(state).log if entry.kind == "roll"] == ["rumours"]


def test_an_outcome_may_reveal_what_led_to_it(town: Town) -> None:
    def found(pack: Pack) -> None:
        rule = {
            "id": "search",
            "title": "A search",
            "at": "news",
            "when": "rumour > 0",
            "effects": [{"roll": "cellar"}],
        }
        cellar = [
            {
                "id": "found",
                "weight": 1,
                "reveals": ["rumour"],
                "effects": [{"change": "calm", "by": -9, "why": "Found."}],
            }
        ]
        pack["rules"] = [rule]
        pack["tables"] = [{"id": "cellar", "title": "The Cellar", "outcomes": cellar}]
        pack["variables"][1]["start"] = 1

    for reveals in (True, False):
        pack = town(
            lambda pack, reveals=reveals: (found(pack), reveals or pack["tables"][0]["outcomes"][0].pop("reveals"))
        )
        log = public_view(Game(pack).start(1)).log
        assert any(entry.kind == "roll" and entry.title == "The Cellar" for entry in log) == reveals
        assert any(entry.why == "Found." for entry in log) == reveals


def test_a_change_by_nothing_in_secret_is_not_told(town: Town) -> None:
    def quiet(pack: Pack) -> None:
        effect = {"change": "calm", "by": "0 if rumour == 0 else 1", "why": "Quiet."}
        pack["actions"][0] |= {"secret": True, "effects": [effect]}

    game = Game(town(quiet))
    state = game.apply(game.apply(game.start(1), "mayor", "pass"), "miller", "talk")
    assert not [entry for entry in game.view(state, "mayor").log if entry.target == "calm" and entry.hides_cause]
    assert [entry.amount for entry in game.view(state, "miller").log if entry.why == "Quiet."] == [0]


def test_how_a_game_ended_is_told_and_not_the_secret_reason(town: Town) -> None:
    def coup(pack: Pack) -> None:
        pack["actions"][0] |= {"secret": True, "effects": [{"end": "bad", "why": "A coup."}]}

    game = Game(town(coup))
    state = game.apply(game.apply(game.start(1), "mayor", "pass"), "miller", "talk")
    assert state.outcome == "bad"
    assert "coup" not in repr(public_view(state)).lower()
    (entry,) = [entry for entry in public_view(state).log if entry.kind == "ending"]
    assert (entry.seat, entry.decision, entry.text) == ("", "", "Bad")


# Who is asked


def _with_secret_move(pack: Pack) -> None:
    pack["actions"][0]["seats"] = ["mayor"]
    dig = {"id": "dig", "label": "Dig", "seats": ["miller"], "phases": ["plan"], "requires": "rumour > 0"}
    pack["actions"].append(dig | {"effects": [{"change": "calm", "by": 1, "why": "Dug."}]})


@pytest.mark.parametrize("rumour", [0, 1])
def test_a_seat_is_asked_though_only_a_secret_leaves_it_without_a_move(town: Town, rumour: int) -> None:
    game = Game(town(_with_secret_move))
    state = game.suppose(game.start(1), rumour=rumour)
    assert state.acting == ("mayor", "miller")
    # Whether it can move at all is its own to know.
    assert [str(action) for action in game.actions(state, "miller")] == ["dig", "pass"][1 - rumour :]
    state = game.apply(state, "mayor", "pass")
    assert state.acting == ("miller",)


def test_a_seat_that_everybody_can_see_has_no_move_is_not_asked(town: Town) -> None:
    def change(pack: Pack) -> None:
        _with_secret_move(pack)
        pack["actions"][-1]["requires"] = "calm > 90"

    assert Game(town(change)).start(1).acting == ("mayor",)


def test_nobody_sees_how_many_moves_another_has_chosen_face_down(town: Town) -> None:
    game = Game(town())
    start = game.start(1)
    state = game.apply(start, "mayor", "build")
    assert state.acting == ("miller",) or state.acting == ("mayor", "miller")
    done = game.apply(start, "mayor", "pass")
    for one in (start, state, done):
        assert game.view(one, "miller").acting == ("mayor", "miller")
        assert public_view(one).acting == ("mayor", "miller")
    assert game.view(done, "mayor").acting == ("miller",)


def test_who_has_decided_is_told_no_more_of_others_than_it_may_know(town: Town) -> None:
    game = Game(town())
    state = game.apply(game.start(1), "mayor", "pass")
    with pytest.raises(IllegalAction, match=r"it has chosen all that it can in this phase"):
        game.apply(state, "mayor", "pass")


def _asking(pack: Pack) -> None:
    options = [{"id": "confess", "label": "Confess", "effects": [{"set": "open_bridge", "to": False, "why": "Said."}]}]
    choice = {"seat": "miller", "prompt": "What of the rumour?", "when": "rumour > 0", "options": options}
    pack["cards"][0]["choices"] = [choice]


@pytest.mark.parametrize("rumour", [0, 1])
def test_a_secret_question_is_put_whether_it_arises_or_not(town: Town, rumour: int) -> None:
    game = Game(town(lambda pack: (_asking(pack), pack["variables"][1].update(start=rumour))))
    state = game.start(1)
    assert (state.card, state.acting) == ("flood", ("miller",))
    (action,) = game.actions(state, "miller")
    assert str(action) == ("confess" if rumour else "pass")
    state = game.apply(state, "miller", action)
    assert state.card is None
    # And nobody else reads what was answered.
    assert not [entry for entry in public_view(state).log if entry.kind == "action"]
    assert len([entry for entry in game.view(state, "miller").log if entry.kind == "action"]) == rumour


def test_what_is_left_of_a_secret_resource_is_known_to_its_seat_alone(town: Town) -> None:
    game = Game(town(lambda pack: pack["seats"][0]["resources"][0].update(known_to=["mayor"])))
    state = game.start(1)
    assert dict(game.view(state, "mayor").resources) == {"hours": 2}
    assert dict(game.view(state, "miller").resources) == {}
    assert dict(public_view(state).resources) == {}
    # What a hidden purse can't pay for does not show in who is asked.
    poor = game.suppose(state, hours=0)
    assert [str(action) for action in game.actions(poor, "mayor")] == ["talk", "pass"]
    chosen = game.apply(poor, "mayor", "talk")
    assert chosen.acting == ("mayor", "miller")
    assert [str(action) for action in game.actions(chosen, "mayor")] == ["pass"]
