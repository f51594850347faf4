"""The names of a scenario: what its expressions may read, in one table."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable

from tabletop.scenario.board import Track, Value, Variable
from tabletop.scenario.language import ExpressionError, Meaning, Scope, Symbol
from tabletop.scenario.pack import Scenario
from tabletop.scenario.problems import Path

#: Turns of all stages together, after which any game goes to its verdict.
MOST_TURNS = 400

#: Words that mean something in expressions and so cannot be ids.
RESERVED = frozenset(["true", "false", "min", "max", "clamp", "turn", "stage", "stage_turn", "all", "pass"])

Report = Callable[[Path, str, str], None]


def good_id(name: str) -> bool:
    """Whether a name can be used in expressions: small letters, digits and underscores, and no reserved word."""
    return bool(re.fullmatch(r"[a-z][a-z0-9_]*", name)) and name not in RESERVED and not keyword.iskeyword(name)


def track_ids(track: Track) -> tuple[str, ...]:
    """The names of a track's lines: its own, or one for each item of `by`."""
    return tuple(f"{track.id}_{item}" for item in track.by) if track.by else (track.id,)


def scope_of(scenario: Scenario, report: Report) -> Scope:
    """The table of names; every clash or senseless declaration goes to `report` and is left out."""
    scope = Scope()
    stages = tuple(stage.id for stage in scenario.stages)
    _add(scope, Symbol(id="turn", kind="int", low=0, high=MOST_TURNS), ("stages",), report)
    _add(scope, Symbol(id="stage_turn", kind="int", low=0, high=MOST_TURNS), ("stages",), report)
    _add(scope, Symbol(id="stage", kind="choice", low=0, high=len(stages) - 1, members=stages), ("stages",), report)
    _declare_board(scenario, scope, report)
    for index, assumption in enumerate(scenario.assumptions):
        low, high = assumption.range or (0, 1)
        kind = "bool" if isinstance(assumption.value, bool) else "int"
        if kind == "int" and assumption.range is None:
            report(("assumptions", index), f"the number '{assumption.id}' needs a range", "")
            continue
        symbol = Symbol(id=assumption.id, kind=kind, low=low, high=high, noun="assumption")  # type: ignore[arg-type]
        _add(scope, symbol, ("assumptions", index, "id"), report)
    _declare_values(scenario.values, scope, report)
    return scope


def _add(scope: Scope, symbol: Symbol, path: Path, report: Report) -> None:
    if symbol.id in scope.symbols:
        report(path, f"'{symbol.id}' already names a {scope.symbols[symbol.id].noun}", "")
    elif symbol.noun != "name" and not good_id(symbol.id):
        report(path, f"'{symbol.id}' cannot be a name here: use small letters, digits and _, and no reserved word", "")
    elif symbol.low > symbol.high:
        report(path, f"the range of '{symbol.id}' is empty: {symbol.low} to {symbol.high}", "")
    elif max(abs(symbol.low), abs(symbol.high)) > 1_000_000:
        report(path, f"the range of '{symbol.id}' goes beyond a million", "")
    else:
        scope.symbols[symbol.id] = symbol


def _declare_board(scenario: Scenario, scope: Scope, report: Report) -> None:
    for index, meter in enumerate(scenario.meters):
        symbol = Symbol(id=meter.id, kind="int", low=meter.range[0], high=meter.range[1], noun="meter")
        _add(scope, symbol, ("meters", index, "id"), report)
    for index, track in enumerate(scenario.tracks):
        for name in track_ids(track):
            symbol = Symbol(
                id=name, kind="int", low=0, high=track.steps, known_to=_known(track.known_to), noun="track"
            )
            _add(scope, symbol, ("tracks", index, "id"), report)
    for index, variable in enumerate(scenario.variables):
        _add(scope, _variable(variable), ("variables", index, "id"), report)
    for index, hidden in enumerate(scenario.hidden):
        symbol = Symbol(
            id=hidden.id,
            kind="choice",
            low=0,
            high=len(hidden.values) - 1,
            members=hidden.values,
            known_to=frozenset(hidden.known_to),
            noun="hidden variable",
        )
        _add(scope, symbol, ("hidden", index, "id"), report)
    for at, seat in enumerate(scenario.seats):
        for index, resource in enumerate(seat.resources):
            symbol = Symbol(id=resource.id, kind="int", low=0, high=resource.most, noun="resource")
            _add(scope, symbol, ("seats", at, "resources", index, "id"), report)


def _known(seats: tuple[str, ...]) -> frozenset[str] | None:
    return frozenset(seats) if seats else None


def _variable(variable: Variable) -> Symbol:
    known = _known(variable.known_to)
    if variable.values:
        high, members = len(variable.values) - 1, variable.values
        return Symbol(id=variable.id, kind="choice", low=0, high=high, members=members, known_to=known, noun="variable")
    if variable.range is not None:
        low, high = variable.range
        return Symbol(id=variable.id, kind="int", low=low, high=high, known_to=known, noun="variable")
    return Symbol(id=variable.id, kind="bool", low=0, high=1, known_to=known, noun="variable")


def _declare_values(values: tuple[Value, ...], scope: Scope, report: Report) -> None:
    waiting = {value.id: (index, value) for index, value in enumerate(values)}
    for name, (index, value) in list(waiting.items()):
        if values[index] is not value or sum(other.id == name for other in values) > 1:
            report(("values", index, "id"), f"'{name}' is declared more than once", "")
    while waiting:
        ready = [name for name, (_, value) in waiting.items() if not _reads(value) & (waiting.keys())]
        if not ready:
            for name, (index, _) in waiting.items():
                report(("values", index, "formula"), f"'{name}' is defined by itself, through {', '.join(waiting)}", "")
            return
        for name in ready:
            index, value = waiting.pop(name)
            _declare_value(index, value, scope, report)


def _reads(value: Value) -> set[str]:
    return set(re.findall(r"[a-z][a-z0-9_]*", value.formula.source))


def _declare_value(index: int, value: Value, scope: Scope, report: Report) -> None:
    try:
        meaning: Meaning = scope.read(value.formula.source)
    except ExpressionError as error:
        report(("values", index, "formula"), error.message, error.suggestion)
        meaning = Meaning(node=("num", 0), kind="int", low=0, high=0)
    symbol = Symbol(
        id=value.id,
        kind=meaning.kind,
        low=meaning.low,
        high=meaning.high,
        members=meaning.members,
        known_to=meaning.known_to,
        formula=meaning,
        noun="value",
    )
    if not good_id(value.id):
        report(("values", index, "id"), f"'{value.id}' cannot be a name here: use small letters, digits and _", "")
    elif value.id in scope.symbols:
        report(("values", index, "id"), f"'{value.id}' already names a {scope.symbols[value.id].noun}", "")
    else:
        scope.symbols[value.id] = symbol
