"""A table that plays by the printed kit alone: its data as JSON, dice that somebody else has thrown, and what seats do.

It is written from the rule sheet and shares nothing with the engine.
"""

from __future__ import annotations

import ast
import itertools
import operator
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import attrs

_OPERATORS: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
MOST_TURNS = 400
MOST_QUEUED = 8


@attrs.frozen
class Thrown:
    """What chance brought: of a truth, a table or a deck, which outcome, and how likely each was."""

    kind: str
    subject: str
    outcome: str
    odds: dict[str, Fraction]


@attrs.frozen
class Decided:
    """What a seat did, when all the markers stood where `values` says. `card` is the one on the table, or ""."""

    seat: str
    id: str
    kind: str
    parameters: dict[str, str]
    card: str
    values: dict[str, int]


class PaperTable:
    """A game on paper, played to its end."""

    def __init__(self, kit: dict[str, Any], thrown: Sequence[Thrown], decided: Sequence[Decided]) -> None:
        self.kit = kit
        self.thrown, self.decided = list(thrown), list(decided)
        self.counters = {one["id"]: one for one in kit["counters"]}
        self.sums = {one["id"]: one["source"] for one in kit["sums"]}
        self.stages = {one["id"]: one for one in kit["stages"]}
        self.tables = {one["id"]: one for one in kit["tables"]}
        self.cards = {one["id"]: one for one in kit["cards"]}
        self.numbered = {e["number"]: e for e in _effects_in(kit) if e["number"]}
        self.values: dict[str, int] = {}
        self.pending: dict[int, list[int]] = {}
        self.lasting: dict[int, int] = {}
        self.came: dict[str, int] = {}
        self.queue: list[str] = []
        self.turn = self.stage_turn = 0
        self.stage = ""
        self.next_stage = ""
        self.ending = ""

    def play(self) -> None:
        """The whole game."""
        self._set_up()
        at = self._enter(self.kit["stages"][0]["id"])
        while not self.ending:
            phases = self.stages[self.stage]["phases"]
            self._phase(phases[at])
            if not self.ending:
                at = self._after(at, len(phases))

    def points(self, seat: str) -> int:
        """What a seat counts at the end."""
        objectives = next(one for one in self.kit["seats"] if one["id"] == seat)["objectives"]
        return sum(int(self.worth(one["source"])) for one in objectives)

    # Setting up, turns and stages

    def _set_up(self) -> None:
        for one in self.kit["counters"]:
            start = one["start"]
            is_number = start.lstrip("-").isdigit()
            self.values[one["id"]] = int(start) if is_number else one["low"]
        for one in self.kit["counters"]:
            if one["kind"] == "variable" and not one["start"].lstrip("-").isdigit():
                self.values[one["id"]] = self._stored(one, one["start"])
        for truth in self.kit["truths"]:
            weights = dict(zip(truth["values"], truth["weights"], strict=True))
            self.values[truth["id"]] = truth["values"].index(self._throw("hidden", truth["id"], weights))

    def _enter(self, stage: str) -> int:
        self.stage, self.next_stage, self.stage_turn = stage, "", 0
        return self._begin_turn()

    def _begin_turn(self) -> int:
        self.turn += 1
        self.stage_turn += 1
        for one in self.kit["counters"]:
            if one["refresh"] is not None:
                self.values[one["id"]] = one["refresh"]
        if self.stages[self.stage]["counts_time"]:
            for number in sorted({*self.pending, *self.lasting}):
                if not self.ending:
                    self._fall_due(number)
        return 0

    def _fall_due(self, number: int) -> None:
        effect = self.numbered[number]
        until = effect["until"]["source"]
        if until and self.worth(until):
            self.pending.pop(number, None)
            self.lasting.pop(number, None)
            return
        times = 0
        if number in self.lasting:
            self.lasting[number] -= 1
            times = 1
            if not self.lasting[number]:
                del self.lasting[number]
        if number in self.pending:
            times += self.pending[number].pop(0)
            if not any(self.pending[number]):
                del self.pending[number]
        for _ in range(times):
            self._happen(effect)

    def _after(self, at: int, phases: int) -> int:
        """The phase that comes next, with a new turn, stage or the end before it where it is time."""
        stage = self.stages[self.stage]
        if self.turn >= MOST_TURNS:
            self._conclude()
        elif self.next_stage:
            return self._enter(self.next_stage)
        elif at + 1 < phases:
            return at + 1
        elif self.stage_turn >= stage["turns"] or self.worth(stage["until"]["source"] or "true"):
            if stage["then"]:
                return self._enter(stage["then"])
            self._conclude()
        else:
            return self._begin_turn()
        return 0

    def _conclude(self) -> None:
        endings = self.kit["endings"]
        self.ending = next(one["id"] for one in endings if self.worth(one["when"]["source"] or "true"))

    # A phase

    def _phase(self, phase: dict[str, Any]) -> None:
        if not self.worth(phase["when"]["source"] or "true"):
            return
        for rule in phase["rules"]:
            if not self.ending and self.worth(rule["when"]["source"] or "true"):
                self._run(rule["effects"])
        if phase["deck"] and not self.ending:
            self._deal(phase["deck"])
        self._turn_up()
        if not self.ending:
            self._decisions(phase)
        self._turn_up()

    def _decisions(self, phase: dict[str, Any]) -> None:
        chosen: dict[str, list[Decided]] = {seat: [] for seat in phase["seats"]}
        while self.decided and not self.decided[0].card and self._is_of(phase, self.decided[0]):
            one = self._next()
            if phase["is_face_down"]:
                chosen[one.seat].append(one)
            elif one.kind != "pass":
                self._move(one)
            if self.ending or (self.next_stage and not phase["is_face_down"]):
                break
        for seat in phase["seats"]:
            for one in chosen[seat]:
                if one.kind != "pass" and not self.ending:
                    self._move(one)

    def _is_of(self, phase: dict[str, Any], one: Decided) -> bool:
        return one.values["(phase)"] == phase["id"] and one.values["(turn)"] == self.turn  # type: ignore[comparison-overlap]

    def _next(self) -> Decided:
        one = self.decided.pop(0)
        here = {id: value for id, value in one.values.items() if not id.startswith("(")}
        assert self.values == here, f"turn {self.turn}: {_differences(self.values, here)}"
        return one

    def _move(self, one: Decided) -> None:
        move = next(
            move for move in self.kit["moves"] if move["id"] == one.id and dict(move["parameters"]) == one.parameters
        )
        for resource, amount in move["cost"]:
            self.values[resource] = max(0, self.values[resource] - amount)
        self._run(move["effects"])

    # Cards

    def _deal(self, deck: str) -> None:
        own = [card for card in self.kit["cards"] if card["deck"] == deck]
        weights = {card["id"]: self._chances(card) for card in own}
        if not sum(weights.values()) and next(one for one in self.kit["decks"] if one["id"] == deck)["refill"]:
            for card in own:
                self.came.pop(card["id"], None)
            weights = {card["id"]: self._chances(card) for card in own}
        if sum(weights.values()):
            self._queue(self._throw("card", deck, weights))

    def _chances(self, card: dict[str, Any]) -> int:
        turns = card["turns"]
        if card["id"] in self.came or (turns and not turns[0] <= self.stage_turn <= turns[1]):
            return 0
        return max(0, self.worth(card["weight"])) if self.worth(card["eligible"]["source"] or "true") else 0

    def _queue(self, card: str) -> None:
        if len(self.queue) < MOST_QUEUED and self.came.get(card) != self.turn:
            self.came[card] = self.turn
            self.queue.append(card)

    def _turn_up(self) -> None:
        while self.queue and not self.ending:
            card = self.cards[self.queue.pop(0)]
            self._run(card["effects"])
            for choice in card["choices"]:
                if not self.ending:
                    self._ask(card["id"], choice)

    def _ask(self, card: str, choice: dict[str, Any]) -> None:
        arises = self.worth(choice["when"]["source"] or "true")
        waits = bool(self.decided) and self.decided[0].card == card and self.decided[0].seat == choice["seat"]
        if not arises and not (waits and self.decided[0].kind == "pass"):
            return
        one = self._next()
        assert (one.card, one.seat) == (card, choice["seat"])
        if one.kind != "pass":
            self._run(next(option for option in choice["options"] if option["id"] == one.id)["effects"])

    # Effects

    def _run(self, effects: Sequence[dict[str, Any]]) -> None:
        for effect in effects:
            if self.ending:
                return
            if not self.worth(effect["when"]["source"] or "true"):
                continue
            number = effect["number"]
            if effect["after"]:
                due = self.pending.setdefault(number, [])
                due += [0] * (effect["after"] - len(due))
                due[effect["after"] - 1] = min(3, due[effect["after"] - 1] + 1)
            elif effect["lasts"]:
                self.lasting[number] = max(self.lasting.get(number, 0), effect["lasts"])
            else:
                self._happen(effect)

    def _happen(self, effect: dict[str, Any]) -> None:
        verb, target = effect["verb"], effect["target"]
        if verb in ("change", "set"):
            counter = self.counters[target]
            new = self._stored(counter, effect["amount"]) + (self.values[target] if verb == "change" else 0)
            self.values[target] = max(counter["low"], min(counter["high"], new))
        elif verb == "roll":
            table = self.tables[target]
            outcome = self._throw("table", target, {one["id"]: self._weight(one) for one in table["outcomes"]})
            if outcome:
                self._run(next(one for one in table["outcomes"] if one["id"] == outcome)["effects"])
        elif verb == "deal":
            self._queue(target)
        elif verb == "enter":
            self.next_stage = target
        elif verb == "end":
            self.ending = target

    def _weight(self, outcome: dict[str, Any]) -> int:
        more = [
            int(self.worth(one["amount"]))
            for one in outcome["modifiers"]
            if self.worth(one["when"]["source"] or "true")
        ]
        return max(0, int(self.worth(outcome["weight"])) + sum(more))

    def _throw(self, kind: str, subject: str, weights: dict[str, int]) -> str:
        total = sum(weights.values())
        if not total:
            return ""
        one = self.thrown.pop(0)
        assert (one.kind, one.subject) == (kind, subject)
        own = {id: Fraction(weight, total) for id, weight in weights.items() if weight}
        assert own == {id: odds for id, odds in one.odds.items() if odds}
        return one.outcome

    # Arithmetic

    def _stored(self, counter: dict[str, Any], source: str) -> int:
        return counter["members"].index(source) if source in counter["members"] else int(self.worth(source))

    def worth(self, source: str) -> Any:
        """What an expression is worth now."""
        return self._worth(ast.parse(source.strip(), mode="eval").body)

    def _worth(self, node: ast.expr, members: Sequence[str] = ()) -> Any:
        match node:
            case ast.Constant(value):
                return value
            case ast.Name(id):
                return self._named(id, members)
            case ast.BoolOp(op, values):
                return (all if isinstance(op, ast.And) else any)(self._worth(one) for one in values)
            case ast.UnaryOp(ast.Not(), operand):
                return not self._worth(operand)
            case ast.UnaryOp(_, operand):
                return -self._worth(operand)
            case ast.BinOp(left, op, right):
                return _OPERATORS[type(op)](self._worth(left), self._worth(right))
            case ast.IfExp(test, body, orelse):
                return self._worth(body if self._worth(test) else orelse)
            case ast.Compare(left, ops, comparators):
                return self._compared([left, *comparators], ops)
            case ast.Call(ast.Name(name), args):
                found = [self._worth(one) for one in args]
                return (
                    max(found[1], min(found[0], found[2])) if name == "clamp" else {"min": min, "max": max}[name](found)
                )
        raise AssertionError(ast.dump(node))

    def _compared(self, parts: Sequence[ast.expr], ops: Sequence[ast.cmpop]) -> bool:
        members: Sequence[str] = ()
        for part in parts:
            if isinstance(part, ast.Name):
                members = members or self._members(part.id)
        found = [self._worth(part, members) for part in parts]
        return all(_OPERATORS[type(op)](*pair) for op, pair in zip(ops, itertools.pairwise(found), strict=True))

    def _members(self, name: str) -> Sequence[str]:
        if name == "stage":
            return list(self.stages)
        return self.counters[name]["members"] if name in self.counters else ()

    def _named(self, name: str, members: Sequence[str]) -> Any:
        if name in ("true", "false"):
            return name == "true"
        if name in ("turn", "stage_turn"):
            return self.turn if name == "turn" else self.stage_turn
        if name == "stage":
            return list(self.stages).index(self.stage)
        if name in self.values:
            return self.values[name]
        return self.worth(self.sums[name]) if name in self.sums else members.index(name)


def _effects_in(value: Any) -> list[dict[str, Any]]:
    """Every effect that is printed somewhere in a kit."""
    if isinstance(value, dict):
        own = [value] if "verb" in value else []
        return own + [one for part in value.values() for one in _effects_in(part)]
    return [one for part in value for one in _effects_in(part)] if isinstance(value, list) else []


def _differences(here: dict[str, int], there: dict[str, int]) -> str:
    return ", ".join(f"{id} {here[id]}, engine {there[id]}" for id in here if here[id] != there.get(id))
