"""Packs made discreet: everything is taken out of them that, by the checks, tells a seat of a secret."""

from __future__ import annotations

from typing import Any

import attrs

from tabletop.scenario import Scenario
from tabletop.scenario.actions import Action
from tabletop.scenario.cards import Card
from tabletop.scenario.disclosure_checks import DisclosureChecks
from tabletop.scenario.effects import Outcome
from tabletop.scenario.expressions import Expression
from tabletop.scenario.findings import Findings
from tabletop.scenario.problems import Path
from tabletop.scenario.scope import scope_of
from tabletop.scenario.secrecy import secrets_read

_ROUNDS = 30


@attrs.define
class _Paths(Findings):
    """Where the checks find something, by path."""

    paths: list[Path] = attrs.field(factory=list)

    def warn(self, path: Path, message: str, suggestion: str = "") -> None:
        self.paths.append(path)


def discreet(scenario: Scenario) -> Scenario:
    """The scenario without all that tells of a secret, declared or not; what chance brings hangs on none either."""
    scenario = _evened(_without_reveals(scenario), scenario)
    for _ in range(_ROUNDS):
        findings = _Paths({}, scope=scope_of(scenario, _unsound))
        DisclosureChecks(scenario, findings).all()
        if not findings.paths:
            return scenario
        # From the last on, so that the places of those before stay what they are.
        for path in sorted(set(findings.paths), key=_order, reverse=True):
            scenario = _taken_out(scenario, path)
    raise AssertionError("what tells of secrets does not come to an end")


def _unsound(path: Path, message: str, _: str) -> None:
    raise AssertionError(f"{path}: {message}")


def _order(path: Path) -> tuple[tuple[bool, str, int], ...]:
    return tuple((isinstance(step, int), "", step) if isinstance(step, int) else (False, step, 0) for step in path)


def _without_reveals(noun: Any) -> Any:
    if isinstance(noun, tuple):
        return tuple(_without_reveals(one) for one in noun)
    if not attrs.has(type(noun)) or isinstance(noun, Expression):
        return noun
    fields = [field for field in attrs.fields(type(noun)) if field.init]
    changed = {field.alias: _without_reveals(getattr(noun, field.name)) for field in fields}
    if "reveals" in changed:
        changed["reveals"] = ()
    if isinstance(noun, Card):
        # To say that a card is read by some is to say that what it does to the board may be seen by all.
        changed["known_to"] = ()
    return type(noun)(**changed)


def _evened(noun: Any, scenario: Scenario) -> Any:
    """Weights that read secrets become plain."""
    scope = scope_of(scenario, _unsound)

    def is_open(expression: Expression | None) -> bool:
        return expression is None or not secrets_read(scope, scope.read(expression.source))

    def evened(one: Any) -> Any:
        if isinstance(one, tuple):
            return tuple(evened(item) for item in one)
        if not attrs.has(type(one)) or isinstance(one, Expression):
            return one
        fields = {field.alias: evened(getattr(one, field.name)) for field in attrs.fields(type(one)) if field.init}
        if isinstance(one, Outcome):
            fields["modifiers"] = tuple(m for m in one.modifiers if is_open(m.by) and is_open(m.when))
        if isinstance(one, Outcome | Card) and not is_open(one.weight):
            fields["weight"] = Expression("10")
        return type(one)(**fields)

    return evened(noun)


def _taken_out(noun: Any, path: Path) -> Any:
    """A noun without what stands at a path: an item of a list, a condition, or an amount that reads a secret."""
    step, *rest = path
    if isinstance(noun, dict):
        return {key: value for key, value in noun.items() if key != step}
    if isinstance(step, int):
        if step >= len(noun):
            return noun
        if not rest or rest == ["to"]:
            return (*noun[:step], *noun[step + 1 :])
        return (*noun[:step], _taken_out(noun[step], tuple(rest)), *noun[step + 1 :])
    if not rest:
        plain = {"by": Expression("1"), "weight": Expression("10")}
        return attrs.evolve(noun, **{step: plain.get(step)})
    return attrs.evolve(noun, **{step: _taken_out(getattr(noun, step), tuple(rest))})


def is_secret(scenario: Scenario, action: str) -> bool:
    """Whether an action is a secret one."""
    return next((one.secret for one in scenario.actions if one.id == action), False)


def closes(scenario: Scenario, action: str) -> bool:
    """Whether an action is the last of its seat in the phase."""
    nouns: dict[str, Action] = {one.id: one for one in scenario.actions}
    return action in nouns and nouns[action].closes
