"""Schedules of injects: event cards, settings, messages and reminders that a facilitator prepares before a game.

A schedule is a YAML file with a list of `injects` and, if needed, additional `cards`. It is in the folder `injects` of
a pack, or names its scenario under `scenario`.
"""

from __future__ import annotations

import functools
import pathlib
from collections.abc import Mapping
from typing import Any

import attrs

from tabletop.scenario.cards import Card
from tabletop.scenario.effects import KINDS
from tabletop.scenario.expression_language import ExpressionError, Scope, Symbol
from tabletop.scenario.expressions import Expression
from tabletop.scenario.findings import Findings
from tabletop.scenario.improvised_cards import as_yaml, check_cards
from tabletop.scenario.numerals import whole
from tabletop.scenario.pack import Scenario
from tabletop.scenario.pack_files import Document, read_file, read_text
from tabletop.scenario.pack_layout import SCENARIO_FILE, SCHEDULES
from tabletop.scenario.problems import MOST_PROBLEMS, Mark, PackError, Path, Problem, errors_of, nearest
from tabletop.scenario.prose_checks import check_length
from tabletop.scenario.scope import scope_of
from tabletop.scenario.structuring import from_plain, structure_as
from tabletop.scenario.turns import MOST_TURNS

_DOES = ("card", "set", "tell", "remind")


@attrs.frozen(kw_only=True)
class Inject:
    """One prepared inject. It is offered to the facilitator from the `turn` on (counted over all stages) and once
    `when` holds; nothing happens unless they use it.

    Exactly one of: a `card` of the scenario or of this file; `set` a meter, track, flag or hidden variable `to` a
    value; `tell` some seats a `text`; `remind` the facilitator of something. If not `shown`, players see its
    effects but not that a facilitator made them.
    """

    id: str
    title: str
    turn: int | None = None
    when: Expression | None = None
    card: str | None = None
    set: str | None = None
    to: Expression | None = None
    tell: tuple[str, ...] = ()
    text: str = ""
    remind: str = ""
    why: str = ""
    shown: bool = True

    @property
    def does(self) -> str:
        """Its kind: card, set, tell or remind."""
        return next((name for name in _DOES if getattr(self, name)), "")

    @property
    def value(self) -> int | bool | str:
        """The value that `set` gives."""
        source = "" if self.to is None else self.to.source
        if source in ("true", "false"):
            return source == "true"
        number = whole(source)
        return source if number is None else number


@attrs.frozen(kw_only=True)
class Schedule:
    """The injects of a workshop in order, with their additional cards and the `scenario` that they are for."""

    injects: tuple[Inject, ...]
    cards: tuple[Card, ...] = ()
    title: str = ""
    text: str = ""
    scenario: str = ""


def schedules_of(pack: pathlib.Path) -> list[pathlib.Path]:
    """The schedules that ship with a pack."""
    folder = (pack.parent if pack.name == SCENARIO_FILE else pack) / SCHEDULES
    return sorted(folder.glob("*.yaml")) if folder.is_dir() else []


def names_set(pack: pathlib.Path) -> frozenset[str]:
    """The names that the schedules of a pack set or change; rules may read them though no rule changes them."""
    found: set[str] = set()
    changing = [kind.verb for kind in KINDS.values() if kind.role == "changes"]
    pending: list[Any] = [read_file(file).data for file in schedules_of(pack)]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            for named in (value[verb] for verb in changing if verb in value):
                found.update(map(str, named if isinstance(named, list) else [named]))
            pending += value.values()
        elif isinstance(value, list):
            pending += value
    return frozenset(found)


def scenario_for(path: pathlib.Path) -> str:
    """The scenario that a schedule names, or the pack that contains it, in the form that `load` takes; or ""."""
    named = read_file(path).data.get("scenario")
    if isinstance(named, str) and named:
        return named
    pack = path.resolve().parent.parent
    inside = path.resolve().parent.name == SCHEDULES and (pack / SCENARIO_FILE).is_file()
    return str(pack) if inside else ""


@functools.lru_cache(maxsize=64)
def title_of(path: pathlib.Path) -> str:
    """What a schedule calls itself, or its file's name. It is read once."""
    try:
        title = read_file(path).data.get("title")
    except (PackError, OSError):
        title = None
    return title if isinstance(title, str) and title else path.stem


def read_schedule(path: pathlib.Path, scenario: Scenario) -> tuple[Schedule, dict[str, Any]]:
    """A schedule for a scenario, also as plain data. Raises PackError with every mistake."""
    document = read_file(path)
    schedule, problems = _examined(document, scenario)
    if schedule is None or errors_of(problems):
        raise PackError(errors_of(problems))
    return schedule, document.data


def check_schedule(path: pathlib.Path, scenario: Scenario) -> list[Problem]:
    """All problems of a schedule, by line."""
    return _examined(read_file(path), scenario)[1]


def check_schedule_data(data: Mapping[str, Any], scenario: Scenario) -> list[Problem]:
    """The errors of a schedule given as plain data, such as one from another machine."""
    return errors_of(_examined(read_text(as_yaml(data), "the schedule"), scenario)[1])


def schedule_from(data: Mapping[str, Any]) -> Schedule:
    """A schedule from validated plain data. Raises ValueError for anything else."""
    return from_plain(dict(data), Schedule)


def _examined(document: Document, scenario: Scenario) -> tuple[Schedule | None, list[Problem]]:
    schedule, problems, _ = structure_as(document, Schedule)
    known = {problem.mark for problem in errors_of(document.problems)}
    problems = document.problems + [problem for problem in problems if problem.mark not in known]
    if schedule is not None and not errors_of(problems):
        problems += check_cards(scenario, schedule.cards, document.marks)
        problems += _Checks(scenario, schedule, document.marks).all()
        findings = Findings(document.marks)
        for place, card in enumerate(schedule.cards):
            check_length(findings, ("cards", place), card)
        problems += findings.problems
    return schedule, [problem for problem in problems if not document.means(problem)]


@attrs.define
class _Checks:
    scenario: Scenario
    schedule: Schedule
    marks: Mapping[Path, Mark]
    found: list[Problem] = attrs.field(factory=list)
    scope: Scope = attrs.field(init=False)

    def all(self) -> list[Problem]:
        self.scope = scope_of(self.scenario, lambda path, message, suggestion: None)
        seen: set[str] = set()
        for place, inject in enumerate(self.schedule.injects):
            path: Path = ("injects", place)
            if inject.id in seen:
                self._report((*path, "id"), f"'{inject.id}' is declared more than once")
            seen.add(inject.id)
            self._when(path, inject)
            self._deed(path, inject)
        if not self.schedule.injects:
            self._report(("injects",), "there are no injects in it")
        if self.schedule.scenario not in ("", self.scenario.id):
            self._report(("scenario",), f"this is for '{self.schedule.scenario}', and the game is '{self.scenario.id}'")
        return self.found

    @property
    def _few(self) -> bool:
        """Whether there are still few enough problems to search for spelling suggestions."""
        return len(self.found) < MOST_PROBLEMS

    def _report(self, path: Path, message: str, suggestion: str = "") -> None:
        while path and path not in self.marks:
            path = path[:-1]
        self.found.append(Problem(message, self.marks.get(path), suggestion))

    def _when(self, path: Path, inject: Inject) -> None:
        if inject.turn is None and inject.when is None:
            self._report(path, "an inject needs 'turn' or 'when', so that it can be offered when it is due")
        if inject.turn is not None and not 1 <= inject.turn <= MOST_TURNS:
            self._report((*path, "turn"), f"turns count from 1 to {MOST_TURNS}, not {inject.turn}")
        if inject.when is not None:
            try:
                self.scope.condition(inject.when.source)
            except ExpressionError as error:
                self._report((*path, "when"), error.message, error.suggestion if self._few else "")

    def _deed(self, path: Path, inject: Inject) -> None:
        given = [name for name in _DOES if getattr(inject, name)]
        if len(given) != 1:
            found = " and ".join(given) or "none"
            self._report(path, f"an inject has exactly one of {', '.join(_DOES)}; this has {found}")
            return
        if inject.card is not None:
            cards = [card.id for card in (*self.scenario.cards, *self.schedule.cards)]
            self._name((*path, "card"), inject.card, cards, "card")
        for at, seat in enumerate(inject.tell):
            self._name((*path, "tell", at), seat, [noun.id for noun in self.scenario.seats], "seat")
        if inject.tell and not inject.text.strip():
            self._report(path, "'tell' needs a 'text'")
        if inject.set is not None:
            self._set(path, inject, inject.set)

    def _set(self, path: Path, inject: Inject, name: str) -> None:
        kinds = ("meter", "track", "resource", "variable", "hidden variable")
        names = [one.id for one in self.scope.symbols.values() if one.noun in kinds]
        if not self._name((*path, "set"), name, names, "meter, track, resource or variable"):
            return
        if inject.to is None:
            self._report(path, "'set' needs 'to'")
        elif not _can_be(self.scope.symbols[name], inject.value):
            symbol = self.scope.symbols[name]
            range = ", ".join(symbol.members) or f"{symbol.low} to {symbol.high}"
            self._report((*path, "to"), f"'{name}' cannot be {inject.to} (it is one of {range})")

    def _name(self, path: Path, name: str, known: list[str], noun: str) -> bool:
        if name not in known:
            self._report(path, f"there is no {noun} '{name}'", nearest(name, known) if self._few else "")
        return name in known


def _can_be(symbol: Symbol, value: int | bool | str) -> bool:
    if isinstance(value, str):
        return value in symbol.members
    return not symbol.members and symbol.low <= int(value) <= symbol.high
