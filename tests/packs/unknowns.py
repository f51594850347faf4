"""Small packs about what a seat cannot know, and Bayes' rule worked out on them by going through every game."""

from __future__ import annotations

import json
import pathlib
import random
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import tabletop
from tabletop.engine.program import Action
from tabletop.engine.state import State

Pack = dict[str, Any]


def loaded(folder: pathlib.Path, pack: Pack) -> tabletop.Scenario:
    """The scenario of a pack that is written into a folder first."""
    folder.mkdir(parents=True, exist_ok=True)
    # JSON is YAML, and the loader reads it as such.
    (folder / "scenario.yaml").write_text(json.dumps(pack), encoding="utf-8")
    return tabletop.load(folder)


def _effect(**what: Any) -> dict[str, Any]:
    return {"why": "So it is."} | what


def _action(id: str, seat: str, phase: str, effects: list[Any], **more: Any) -> dict[str, Any]:
    return {"id": id, "label": id, "seats": [seat], "phases": [phase], "effects": effects} | more


def _pack(id: str, turns: int, phases: list[Any], **sections: Any) -> Pack:
    pack: Pack = {
        "id": id,
        "title": id,
        "version": "1",
        "summary": "Something is hidden.",
        "player": "ann",
        "meters": [{"id": "calm", "name": "Calm", "start": 50}, {"id": "light", "name": "Light", "start": 50}],
        "seats": [
            {"id": "ann", "name": "Ann", "objectives": [{"id": "o", "text": "Calm.", "points": "calm"}]},
            {"id": "bob", "name": "Bob", "objectives": [{"id": "p", "text": "Not.", "points": "100 - calm"}]},
        ],
        "stages": [{"id": "all_of_it", "title": "All", "turn": "day", "turns": turns, "phases": phases}],
        "endings": [{"id": "fine", "title": "Fine", "text": "Fine."}],
    }
    return pack | sections


def _phase(id: str, *seats: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "title": id, "seats": list(seats)} | more


_WAIT = _action("wait_now", "ann", "noon", [_effect(change="calm", by=1)], once="never")


def coin_and_glint() -> Pack:
    """A coin that nobody sees, and a table that everybody does, which its side tips."""
    outcomes = [
        {
            "id": "bright",
            "text": "Bright.",
            "weight": 1,
            "modifiers": [{"by": 2, "when": "coin == heads", "why": "It shines."}],
            "effects": [_effect(change="light", by=1)],
        },
        {"id": "dull", "text": "Dull.", "weight": 2},
    ]
    return _pack(
        "glint",
        4,
        [_phase("noon", "ann", may_pass=False)],
        hidden=[{"id": "coin", "name": "Coin", "values": ["heads", "tails"], "prior": [60, 40]}],
        tables=[{"id": "glint", "title": "A glint", "outcomes": outcomes}],
        actions=[_WAIT, _action("look", "ann", "noon", [_effect(roll="glint")], once="never")],
    )


def truth_and_whispers() -> Pack:
    """Three kinds of weather that bob knows. One signal stays on the board; the other is a word that only the log has,
    on a table that nobody sees."""
    said = [
        {
            "id": f"word_{one}",
            "text": "",
            "weight": 1,
            "modifiers": [{"by": by, "when": f"sky == {sky}", "why": "It is."} for sky, by in weights.items()],
            "effects": [{"tell": ["ann"], "text": f"They say {one}."}],
        }
        for one, weights in (("rain", {"wet": 3, "grey": 1}), ("sun", {"dry": 3}))
    ]
    marks = [
        {
            "id": "mark",
            "text": "A mark.",
            "weight": 1,
            "modifiers": [{"by": 3, "when": "sky == grey", "why": "It is."}],
            "effects": [_effect(change="light", by=2)],
        },
        {"id": "none", "text": "None.", "weight": 2},
    ]
    return _pack(
        "whispers",
        3,
        [_phase("noon", "ann", may_pass=False)],
        hidden=[
            {
                "id": "sky",
                "name": "Sky",
                "values": ["wet", "grey", "dry"],
                "prior": [30, 45, 25],
                "known_to": ["bob"],
            }
        ],
        tables=[
            {"id": "said", "title": "What is said", "known_to": ["bob"], "outcomes": said},
            {"id": "marks", "title": "A mark", "outcomes": marks},
        ],
        actions=[
            _WAIT,
            _action("ask", "ann", "noon", [_effect(roll="said")], once="never"),
            _action("search_it", "ann", "noon", [_effect(roll="marks")], once="never"),
        ],
    )


def purse_spent_in_secret() -> Pack:
    """What bob has left only he knows; he spends it in secret, and what he does in the open tells something of it."""
    return _pack(
        "purse",
        3,
        [_phase("noon", "ann", may_pass=False), _phase("dusk", "bob", may_pass=True)],
        variables=[{"id": "gold", "range": [0, 4], "start": 3, "known_to": ["bob"]}],
        hidden=[{"id": "greed", "name": "Greed", "values": ["much", "none"], "prior": [50, 50], "known_to": ["bob"]}],
        actions=[
            _WAIT,
            _action("bribe", "bob", "dusk", [_effect(change="gold", by=-2)], secret=True, requires="gold >= 2"),
            _action("save_it", "bob", "dusk", [_effect(change="gold", by=1)], secret=True, requires="greed == much"),
            _action("feast", "bob", "dusk", [_effect(change="light", by=3)], requires="gold >= 3"),
        ],
    )


def card_from_a_secret_cause() -> Pack:
    """A card that comes up by chance, or because bob has had it laid down in secret, for now or for the next day."""
    cards = [
        {"id": "rain", "deck": "news", "title": "Rain", "text": "It rains.", "effects": [_effect(change="calm", by=1)]},
        {"id": "spy", "deck": "news", "title": "Spy", "text": "A spy.", "effects": [_effect(change="light", by=-1)]},
    ]
    return _pack(
        "spies",
        3,
        [
            {"id": "morning", "title": "Morning", "deal": "news"},
            _phase("dusk", "bob", may_pass=True),
            _phase("noon", "ann", may_pass=False),
        ],
        variables=[{"id": "plots", "range": [0, 9], "start": 0, "known_to": ["bob"]}],
        decks=[{"id": "news", "name": "News", "refill": True}],
        cards=cards,
        actions=[
            _WAIT,
            _action(
                "plot", "bob", "dusk", [_effect(deal="spy"), _effect(change="plots", by=1)], secret=True, once="never"
            ),
            _action("sow", "bob", "dusk", [_effect(deal="spy", after=1), _effect(change="plots", by=2)], secret=True),
        ],
    )


def private_table() -> Pack:
    """A table of which only bob learns the outcome, which shows the next day in what happens to everybody."""
    outcomes = [
        {
            "id": "left",
            "text": "Left.",
            "weight": 1,
            "effects": [_effect(change="light", by=1, after=1), _effect(set="fork", to="true")],
        },
        {"id": "right", "text": "Right.", "weight": 3, "effects": [_effect(set="fork", to="false")]},
    ]
    return _pack(
        "forks",
        3,
        [_phase("noon", "bob", "ann", order="simultaneous", may_pass=False)],
        variables=[{"id": "fork", "known_to": ["bob"]}],
        tables=[{"id": "road", "title": "The road", "known_to": ["bob"], "outcomes": outcomes}],
        actions=[
            _WAIT,
            _action("rest", "bob", "noon", [_effect(change="light", by=1)], once="never"),
            _action("walk", "bob", "noon", [_effect(roll="road")], once="never"),
            _action("sneak", "bob", "noon", [_effect(roll="road")], once="never", secret=True),
        ],
    )


PACKS = (coin_and_glint, truth_and_whispers, purse_spent_in_secret, card_from_a_secret_cause, private_table)


def guessing_game(number: int) -> Pack:
    """A game drawn by its number: look at some signals of a truth that nobody knows, then say what it is."""
    dice = random.Random(number)
    values = ["red", "green", "blue"][: dice.choice([2, 2, 3])]
    looks = dice.choice([1, 1, 2])
    tables = []
    for table in ("spark", "hum")[: dice.choice([1, 2])]:
        outcomes = []
        for one in ("one", "two", "three")[: dice.choice([2, 2, 3])]:
            modifiers = [{"by": dice.randrange(8), "when": f"truth == {value}", "why": "So."} for value in values]
            effect = _effect(change="light", by=dice.randrange(-3, 4))
            told = {"tell": ["ann"], "text": f"It is {one}."}
            # Some signals stay on the board, some are heard and gone.
            effects = [told] if dice.random() < 0.5 else [effect]
            outcomes.append({"id": one, "text": "", "weight": 1, "modifiers": modifiers, "effects": effects})
        known = ["bob"] if dice.random() < 0.5 else []
        tables.append({"id": table, "title": table, "outcomes": outcomes, "known_to": known})
    actions = [
        _action(f"look_{table['id']}", "ann", "look", [_effect(roll=table["id"])], once="never") for table in tables
    ]
    for value in values:
        won, lost = dice.randrange(10, 30), -dice.randrange(10)
        effects = [
            _effect(change="calm", by=won, when=f"truth == {value}"),
            _effect(change="calm", by=lost, when=f"truth != {value}"),
        ]
        actions.append(_action(f"say_{value}", "ann", "say", effects))
    pack = _pack(
        f"guess_{number}",
        1,
        [],
        hidden=[{"id": "truth", "name": "Truth", "values": values, "prior": [dice.randrange(1, 9) for _ in values]}],
        tables=tables,
        actions=actions,
        stages=[
            {
                "id": "looking",
                "title": "Looking",
                "turn": "day",
                "turns": looks,
                "then": "saying",
                "phases": [_phase("look", "ann", may_pass=False)],
            },
            {
                "id": "saying",
                "title": "Saying",
                "turn": "day",
                "turns": 1,
                "phases": [_phase("say", "ann", may_pass=False)],
            },
        ],
    )
    return pack


# Every game there is


def ways(game: tabletop.Game, seat: str, turns: int) -> Iterator[tuple[State, tuple[Action, ...], float]]:
    """Every position of the first turns in which the seat must act, in every game: what it has done so far, and how
    likely chance, and other seats that take any legal move, lead there where it does that."""

    def onward(
        state: State, own: tuple[Action, ...], weight: float
    ) -> Iterator[tuple[State, tuple[Action, ...], float]]:
        if state.chance is not None:
            for outcome in state.chance.outcomes:
                yield from onward(game.resolve(state, outcome.id), own, weight * float(outcome.probability))
            return
        if state.finished or state.turn > turns:
            return
        # Those that choose at the same time do so one after another, as they stand in the phase.
        acting = state.acting[0]
        actions = game.actions(state, acting)
        if acting == seat:
            yield state, own, weight
        for action in actions:
            if acting == seat:
                yield from onward(game.apply(state, acting, action), (*own, action), weight)
            else:
                yield from onward(game.apply(state, acting, action), own, weight / len(actions))

    yield from onward(game.start_explicit(), (), 1.0)


def posteriors(game: tabletop.Game, seat: str, turns: int) -> list[tuple[State, dict[tuple[int, ...], float]]]:
    """For each information state of a seat in the first turns: a position in it, and how likely it is that the
    machine's state is this or that, by Bayes' rule."""
    found: dict[tuple[Any, ...], dict[tuple[int, ...], float]] = defaultdict(lambda: defaultdict(float))
    one_of: dict[tuple[Any, ...], State] = {}
    for state, own, weight in ways(game, seat, turns):
        view = game.view(state, seat)
        key = (view.log, own, tuple(view.facts.items()), tuple(view.meters.items()), view.phase, view.turn, view.picked)
        found[key][tuple(state.core)] += weight
        one_of.setdefault(key, state)
    return [
        (one_of[key], {core: weight / sum(shares.values()) for core, weight in shares.items()})
        for key, shares in found.items()
    ]
