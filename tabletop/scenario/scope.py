"""The symbol table of a scenario: every name that expressions may read, with its type, range and who knows it."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Mapping

from tabletop.scenario.board import Track, Value, Variable
from tabletop.scenario.expression_language import ExpressionError, Meaning, Scope, Symbol
from tabletop.scenario.pack import Scenario
from tabletop.scenario.problems import Path, a
from tabletop.scenario.turns import MOST_TURNS

#: Reserved words of the expression language, which cannot be ids.
RESERVED = frozenset(["true", "false", "min", "max", "clamp", "turn", "stage", "stage_turn", "all", "pass"])

#: The largest absolute value in a range.
LARGEST = 1_000_000

#: Maximum length of a chain of values that read one another.
MAX_VALUE_DEPTH = 40

_NAME = re.compile("[a-z][a-z0-9_]*")

Report = Callable[[Path, str, str], None]
Excused = Callable[[str], bool]


#: The noun for names that the rules provide.
BUILT_IN = "word of the rules"


def good_id(name: str) -> bool:
    """Whether a name is a valid id: lower-case letters, digits and underscores, and no reserved word."""
    return bool(re.fullmatch(r"[a-z][a-z0-9_]*", name)) and name not in RESERVED and not keyword.iskeyword(name)


def track_ids(track: Track) -> tuple[str, ...]:
    """The ids of a track's lines: its own, or one for each item of `by`."""
    return tuple(f"{track.id}_{item}" for item in track.by) if track.by else (track.id,)


def _nothing_excused(_: str) -> bool:
    return False


def scope_of(scenario: Scenario, report: Report, excused: Excused = _nothing_excused) -> Scope:
    """The symbol table; conflicting or invalid declarations go to `report` and are left out.

    A value that reads an `excused` undeclared name is left out silently.
    """
    scope = Scope()
    stages = tuple(stage.id for stage in scenario.stages)
    scope.symbols["turn"] = Symbol(id="turn", kind="int", low=0, high=MOST_TURNS, noun=BUILT_IN)
    scope.symbols["stage_turn"] = Symbol(id="stage_turn", kind="int", low=0, high=MOST_TURNS, noun=BUILT_IN)
    last = max(0, len(stages) - 1)
    scope.symbols["stage"] = Symbol(id="stage", kind="choice", low=0, high=last, members=stages, noun=BUILT_IN)
    _declare_board(scenario, scope, report)
    for index, assumption in enumerate(scenario.assumptions):
        low, high = assumption.range or (0, 1)
        kind = "bool" if isinstance(assumption.value, bool) else "int"
        if (kind == "int") == (assumption.range is None):
            needs = "number '{}' needs a range" if kind == "int" else "yes or no '{}' has no range"
            report(("assumptions", index), f"the {needs.format(assumption.id)}", "")
            scope.unsound.add(assumption.id)
            continue
        symbol = Symbol(id=assumption.id, kind=kind, low=low, high=high, noun="assumption")  # type: ignore[arg-type]
        _add(scope, symbol, ("assumptions", index, "id"), report)
    _declare_values(scenario.values, scope, report, excused)
    return scope


def scope_of_the_end(scenario: Scenario, scope: Scope) -> Scope:
    """The names that can be read when a game is over: those of the scope, `outcome`, and the points of each seat.

    A name that the scenario declares keeps its meaning.
    """
    endings = tuple(ending.id for ending in scenario.endings)
    last = max(0, len(endings) - 1)
    found = {"outcome": Symbol(id="outcome", kind="choice", low=0, high=last, members=endings, noun=BUILT_IN)}
    for seat in scenario.seats:
        name = f"points_{seat.id}"
        found[name] = Symbol(id=name, kind="int", low=-LARGEST, high=LARGEST, noun=BUILT_IN)
    return Scope(symbols=found | scope.symbols, unsound=scope.unsound)


def _add(scope: Scope, symbol: Symbol, path: Path, report: Report) -> bool:
    """Declares a symbol; reports a conflict and returns False if that is impossible."""
    members = [member for member in symbol.members if not good_id(member)]
    if symbol.id in scope.symbols:
        fault = f"'{symbol.id}' already names {a(scope.symbols[symbol.id].noun)}"
    elif not good_id(symbol.id):
        fault = f"'{symbol.id}' cannot be a name here: use small letters, digits and _, and no reserved word"
    elif symbol.low > symbol.high:
        fault = f"the range of '{symbol.id}' is empty: {symbol.low} to {symbol.high}"
    elif max(abs(symbol.low), abs(symbol.high)) > LARGEST:
        fault = f"the range of '{symbol.id}' goes beyond a million"
    elif members:
        fault = f"'{members[0]}' cannot be a value of '{symbol.id}': use small letters, digits and _"
    elif len(set(symbol.members)) < len(symbol.members):
        fault = f"a value of '{symbol.id}' is listed twice"
    else:
        scope.symbols[symbol.id] = symbol
        return True
    report(path, fault, "")
    scope.unsound.update([symbol.id, symbol.id.lower()])
    return False


def _declare_board(scenario: Scenario, scope: Scope, report: Report) -> None:
    for index, meter in enumerate(scenario.meters):
        symbol = Symbol(id=meter.id, kind="int", low=meter.range[0], high=meter.range[1], noun="meter")
        _add(scope, symbol, ("meters", index, "id"), report)
    for index, track in enumerate(scenario.tracks):
        for name in track_ids(track):
            known = _known(track.known_to)
            symbol = Symbol(id=name, kind="int", low=0, high=track.steps, known_to=known, noun="track")
            _add(scope, symbol, ("tracks", index, "id"), report)
    for index, variable in enumerate(scenario.variables):
        if variable.values and variable.range is not None:
            report(("variables", index), f"'{variable.id}' has both values and a range: choose one", "")
            scope.unsound.add(variable.id)
        else:
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
            known = _known(resource.known_to)
            symbol = Symbol(id=resource.id, kind="int", low=0, high=resource.most, known_to=known, noun="resource")
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


def _declare_values(values: tuple[Value, ...], scope: Scope, report: Report, excused: Excused) -> None:
    """Declares values in dependency order."""
    waiting: dict[str, tuple[int, Value]] = {}
    for index, value in enumerate(values):
        if value.id in waiting:
            report(("values", index, "id"), f"'{value.id}' is declared more than once", "")
        else:
            waiting[value.id] = (index, value)
    reads = {name: set(_NAME.findall(value.formula.source)) for name, (_, value) in waiting.items()}
    for _ in range(MAX_VALUE_DEPTH):
        ready = [name for name in waiting if not reads[name] & waiting.keys()]
        for name in ready:
            index, value = waiting.pop(name)
            _declare_value(index, value, scope, report, excused)
    circular = [name for name in waiting if name in _reached(name, reads)]
    for name in circular:
        report(("values", waiting[name][0], "formula"), f"'{name}' is defined by itself", "")
    if waiting and not circular:
        name, (index, _) = next(iter(waiting.items()))
        report(("values", index, "formula"), f"'{name}' is more than {MAX_VALUE_DEPTH} values away from the board", "")
    scope.unsound.update(waiting)


def _reached(name: str, reads: Mapping[str, set[str]]) -> set[str]:
    """The values that a value reads, directly or through others."""
    found: set[str] = set()
    pending = [name]
    while pending:
        new = (reads[pending.pop()] & reads.keys()) - found
        found |= new
        pending += new
    return found


def _declare_value(index: int, value: Value, scope: Scope, report: Report, excused: Excused) -> None:
    try:
        meaning: Meaning = scope.read(value.formula.source)
    except ExpressionError as error:
        scope.unsound.add(value.id)
        if not error.unknown or not (error.unknown in scope.unsound or excused(error.unknown)):
            report(("values", index, "formula"), error.message, error.suggestion)
        return
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
        report(("values", index, "id"), f"'{value.id}' already names {a(scope.symbols[value.id].noun)}", "")
    else:
        scope.symbols[value.id] = symbol
        return
    scope.unsound.add(value.id)
