"""Small games whose right values can be worked out on paper, and games played in them move by move."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Mapping, Sequence
from typing import Any

import tabletop
from tabletop.engine.played_step import PlayedStep, decided

Pack = dict[str, Any]


def pack(**sections: Any) -> Pack:
    """One seat that is paid in gold, a turn of one choice, and whatever else is given."""
    return {
        "id": "small",
        "title": "Small",
        "version": "1",
        "summary": "A game on paper.",
        "player": "ann",
        "meters": [{"id": "gold", "name": "Gold", "range": [-100, 100], "start": 0}],
        "seats": [{"id": "ann", "name": "Ann", "objectives": [{"id": "rich", "text": "Gold", "points": "gold"}]}],
        "stages": [
            {
                "id": "day",
                "title": "Day",
                "turn": "day",
                "turns": 1,
                "phases": [{"id": "choose", "title": "Choose", "seats": ["ann"], "may_pass": False}],
            }
        ],
        "endings": [
            {"id": "up", "title": "Up", "text": "Up.", "when": "gold > 0"},
            {"id": "level", "title": "Level", "text": "."},
        ],
    } | sections


def action(name: str, *effects: Mapping[str, Any], seat: str = "ann", phase: str = "choose") -> dict[str, Any]:
    return {"id": name, "label": name, "seats": [seat], "phases": [phase], "effects": list(effects)}


def gold(by: int | str) -> dict[str, Any]:
    return {"change": "gold", "by": by, "why": "It is paid."}


def table(name: str, **weights: int | str) -> dict[str, Any]:
    """A table whose outcomes are `pays_N` (N of gold), with their weights; `loses_N` takes it."""
    outcomes = []
    for outcome, weight in weights.items():
        amount = int(outcome.split("_")[1]) * (-1 if outcome.startswith("loses") else 1)
        outcomes.append({"id": outcome, "text": outcome, "weight": weight, "effects": [gold(amount)]})
    return {"id": name, "title": name, "outcomes": outcomes}


def doctrine(name: str, *plays: str, seat: str = "ann") -> dict[str, Any]:
    return {"id": name, "seat": seat, "name": name, "rules": [{"play": play} for play in plays]}


def sure_or_risky(risky: str = "pays_20=50 pays_0=50") -> Pack:
    """8 for sure, or a coin for 20 or nothing (10 on average). The doctrine `careful` takes the 8."""
    weights = {name: int(weight) for name, weight in (one.split("=") for one in risky.split())}
    return pack(
        actions=[action("sure", gold(8)), action("risky", {"roll": "coin"})],
        tables=[table("coin", **weights)],
        doctrines=[doctrine("careful", "sure"), doctrine("bold", "risky")],
    )


def signal() -> Pack:
    """A mine is rich or poor (even chances); a sign that is right four times in five is seen by all before ann bets.

    Betting pays 20 on a rich mine and costs 10 on a poor one; if mines are `taxed` it costs 5 whatever the mine.
    After a bright sign the bet is worth 0.8 * 20 - 0.2 * 10 = 14, after a dull one 0.2 * 20 - 0.8 * 10 = -4.
    """
    stages = pack()["stages"]
    stages[0]["phases"].insert(0, {"id": "news", "title": "News"})
    bet = {
        "change": "gold",
        "by": "0 - 5 if taxed else (20 if mine == rich else 0 - 10)",
        "why": "The mine is opened.",
        "reveals": ["mine"],
    }
    sign = {
        "id": "sign",
        "title": "The sign",
        "outcomes": [
            {
                "id": "bright",
                "text": "Bright.",
                "weight": "80 if mine == rich else 20",
                "effects": [{"set": "sky", "to": "bright", "why": "."}],
            },
            {
                "id": "dull",
                "text": "Dull.",
                "weight": "20 if mine == rich else 80",
                "effects": [{"set": "sky", "to": "dull", "why": "."}],
            },
        ],
    }
    return pack(
        stages=stages,
        hidden=[{"id": "mine", "name": "Mine", "values": ["rich", "poor"], "prior": [50, 50]}],
        variables=[{"id": "sky", "values": ["unseen", "bright", "dull"], "start": "unseen"}],
        rules=[{"id": "sky", "title": "The sky", "at": "news", "effects": [{"roll": "sign"}]}],
        tables=[sign],
        actions=[action("bet", bet), action("keep")],
        assumptions=[
            {
                "id": "taxed",
                "title": "Mines are taxed",
                "value": False,
                "alternatives": [{"value": True, "held_by": "the king", "text": "They are."}],
                "case_for": "They should be.",
                "case_against": "They should not.",
            }
        ],
        worldviews=[{"id": "king", "name": "The king", "values": {"taxed": True}}],
        doctrines=[doctrine("cautious", "keep")],
    )


def second_player() -> Pack:
    """ann asks (or not), then bob gives 12 or nothing: at random, or always by his doctrine `kind`."""
    base = pack()
    base["stages"][0]["phases"].append({"id": "answer", "title": "Answer", "seats": ["bob"], "may_pass": False})
    base["seats"].append({"id": "bob", "name": "Bob"})
    return base | {
        "variables": [{"id": "asked", "start": False}],
        "actions": [
            action("ask", {"set": "asked", "to": True, "why": "She asks."}),
            action("work", gold(5)),
            action("give", gold("12 if asked else 0"), seat="bob", phase="answer"),
            action("refuse", seat="bob", phase="answer"),
        ],
        "doctrines": [
            doctrine("worker", "work"),
            doctrine("kind", "give", seat="bob"),
            doctrine("hard", "refuse", seat="bob"),
        ],
    }


def load(folder: pathlib.Path, content: Pack) -> tabletop.Game:
    """The game of a pack."""
    folder.mkdir(parents=True, exist_ok=True)
    # JSON is YAML, and the loader reads it as such.
    (folder / "scenario.yaml").write_text(json.dumps(content), encoding="utf-8")
    return tabletop.Game(tabletop.load(folder))


def play(game: tabletop.Game, seed: int, actions: Sequence[str]) -> tuple[PlayedStep, ...]:
    """A game in which these are decided in turn by whoever must act first."""
    state, steps = game.start(seed), []
    for number, tried in enumerate(actions, 1):
        steps.append(decided(game, state, state.acting[0], tried, number))
        state = steps[-1].after
    return tuple(steps)
