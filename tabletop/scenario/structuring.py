"""Structures plain data into scenario classes with cattrs; type mismatches are reported in the author's terms."""

from __future__ import annotations

import copy
import functools
import pathlib
import typing
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import attrs
import cattrs
from cattrs.cols import is_mapping
from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn, override

from tabletop.scenario.actions import Parameter
from tabletop.scenario.board import Hidden, Meter, Track, Variable
from tabletop.scenario.cards import Choice
from tabletop.scenario.claims_and_assumptions import Assumption
from tabletop.scenario.error_recovery import LOST, Repairs, value_at
from tabletop.scenario.expressions import Expression
from tabletop.scenario.pack import COMPUTED, Scenario
from tabletop.scenario.pack_files import SECTIONS, Document
from tabletop.scenario.pack_layout import SCENARIO_FILE
from tabletop.scenario.picture_files import fault_of_file, pictures_of
from tabletop.scenario.presentation import dated
from tabletop.scenario.problems import MOST_PROBLEMS, Path, Problem, errors_of, nearest, quoted
from tabletop.scenario.scalar_typos import intended_boolean, intended_integer
from tabletop.scenario.seats import Resource
from tabletop.scenario.translation_tables import translations_of

MOST_FAULTS = 2_000
MOST_ITEMS = 2_000
MOST_ROUNDS = 10

Hook = Callable[[Any, Any], Any]
Noun = TypeVar("Noun")

_BRIEFS = (("brief", "brief_file"), ("private_brief", "private_brief_file"))
_KEYS = {
    "cost": "resource",
    "picks": "seat",
    "using": "parameter",
    "values": "assumption",
    "players": "seat",
    "assume": "assumption",
    "without": "seat",
    "seconds": "phase",
    "places": "seat",
    "edges": "seat",
    "seats": "seat",
    "meters": "meter",
    "cards": "card",
    "labels": "seat",
}

#: Essential fields: if one is wrong, the thing is removed, although most of them have defaults.
_ESSENTIAL = frozenset(
    [
        (Meter, "range"),
        (Track, "steps"),
        (Track, "by"),
        (Variable, "values"),
        (Variable, "range"),
        (Variable, "known_to"),
        (Track, "known_to"),
        (Hidden, "known_to"),
        (Hidden, "values"),
        (Resource, "most"),
        (Assumption, "range"),
        (Parameter, "name"),
        (Parameter, "values"),
    ]
)


class _MismatchError(ValueError):
    """A value of the wrong type for its field."""

    def __init__(self, wanted: str, given: Any, hint: str = "") -> None:
        super().__init__(wanted, given)
        self.wanted = wanted
        self.given = given
        self.hint = hint


@attrs.frozen
class _Step:
    """A step of a fault's path: to a field of a class, or (without a `field`) to a list item of type `kind`."""

    kind: Any
    owner: Any = None
    field: attrs.Attribute[Any] | None = None

    @property
    def is_essential(self) -> bool:
        return self.field is not None and (self.owner, self.field.name) in _ESSENTIAL


@attrs.frozen
class _Fault:
    """One mismatch, or the unknown keys of one mapping, with its path."""

    error: BaseException
    path: Path = ()
    way: tuple[_Step, ...] = ()


def structure(document: Document) -> tuple[Scenario | None, list[Problem], Repairs]:
    """The scenario, the problems beyond the document's own, and the repairs made.

    A value of the wrong type, or the thing around it, is removed so that the rest can be checked; a scenario returned
    with problems is only for checking. It is None if almost nothing fits.
    """
    scenario, problems, repairs = structure_as(document, Scenario)
    briefs = _briefs(document, problems)
    pictures = {} if scenario is None else pictures_of(scenario, document, repairs, problems)
    known = {problem.mark for problem in errors_of(document.problems)}
    problems = [problem for problem in problems if problem.mark not in known]
    if scenario is not None and not problems:
        seats = tuple(attrs.evolve(seat, **briefs.get(place, {})) for place, seat in enumerate(scenario.seats))
        stages = dated(scenario.stages, scenario.presentation.calendar)
        words = translations_of({name: text for name, (_, text) in document.translated.items()})
        scenario = attrs.evolve(
            scenario, seats=seats, stages=stages, digest=document.digest, pictures=pictures, translations=words
        )
    return scenario, problems, repairs


def structure_as(document: Document, kind: type[Noun]) -> tuple[Noun | None, list[Problem], Repairs]:
    """Like `structure`, for an object of any class."""
    problems: list[Problem] = []
    repairs = _distrusting(document)
    data: Any = document.data
    noun: Noun | None = None
    for _ in range(MOST_ROUNDS):
        faults = []
        try:
            noun = _converter().structure(data, kind)
        except BaseValidationError as error:
            faults = list(_faults(_Fault(error)))
        for fault in faults:
            problems.extend(_explained(fault, data, document, repairs, len(problems)))
        if not faults or len(faults) > MOST_FAULTS:
            break
        data = copy.deepcopy(document.data) if data is document.data else data
        # Keys first: a misspelt field is not missing.
        for fault in sorted(faults, key=lambda fault: not isinstance(fault.error, ForbiddenExtraKeysError)):
            _repair(fault, data, repairs)
    return noun, problems, repairs


def from_plain(data: object, kind: type[Noun]) -> Noun:
    """An object from plain data that was validated before. Raises ValueError for invalid data."""
    try:
        return _converter().structure(data, kind)
    except BaseValidationError as error:
        raise ValueError(f"this is no {kind.__name__.lower()}") from error


def _distrusting(document: Document) -> Repairs:
    """The initial repairs: values with a reading problem may not be what the author wrote."""
    repairs = Repairs(unread=document.incomplete)
    marks = {problem.mark for problem in errors_of(document.problems)}
    for path, mark in document.marks.items() if marks else ():
        if path and mark in marks:
            repairs.gone.add(path)
    return repairs


def _repair(fault: _Fault, data: Any, repairs: Repairs) -> None:
    """Removes as little as possible: an optional value, or else the innermost item around it."""
    if isinstance(fault.error, ForbiddenExtraKeysError):
        _repair_keys(fault.error, fault.path, data, repairs)
        return
    if isinstance(fault.error, KeyError) and value_at(data, fault.path) is not LOST:
        return  # it was only misspelt
    for depth in range(len(fault.path), 0, -1):
        path, step = fault.path[:depth], fault.way[depth - 1]
        if step.is_essential or (step.field is None and fault.way[depth - 2].is_essential):
            continue
        if step.field is None:
            repairs.take_out(data, path, _naming(step.kind))
            return
        if step.field.default is not attrs.NOTHING:
            repairs.take_out(data, path, _naming(step.kind))
            return
        if _is_tuple(step.kind) or (step.kind is str and (depth == 1 or step.field.name != "id")):
            repairs.put(data, path, "" if step.kind is str else [], _naming(step.kind))
            return


def _naming(kind: Any) -> str:
    """The field with the name of objects (or list items) of this type; "" for none."""
    if _is_tuple(kind):
        return _naming(typing.get_args(kind)[0])
    if not _is_noun(kind):
        return ""
    # A choice declares the names of its options; its only required field is the seat.
    return {Parameter: "name", Choice: "seat"}.get(kind, "id" if "id" in attrs.fields_dict(kind) else "")


def _repair_keys(error: ForbiddenExtraKeysError, path: Path, data: Any, repairs: Repairs) -> None:
    """Renames misspelt keys and removes other unknown ones, with the whole item if it may need them."""
    holder, names = value_at(data, path), _field_names(error.cl)
    if not isinstance(holder, dict):
        return
    unclear = []
    for key in sorted(error.extra_fields & holder.keys()):
        is_clear = not _lacks_quotes(key, holder[key]) and len(repairs.gone) < MOST_PROBLEMS
        meant = nearest(key, names) if is_clear else ""
        if meant and meant not in holder:
            repairs.rename(data, (*path, key), meant)
        else:
            unclear.append(holder[key])
            repairs.take_out_unknown(data, (*path, key))
    essential = {name for kind, name in _ESSENTIAL if kind is error.cl}
    if path and essential - holder.keys() and any(isinstance(value, list) for value in unclear):
        repairs.take_out(data, path, _naming(error.cl))


def _field_names(kind: Any) -> set[str]:
    names = {field.name for field in attrs.fields(kind)}
    return names - COMPUTED if kind is Scenario else names


def _lacks_quotes(key: str, value: Any) -> bool:
    """Whether a key is the rest of an unquoted text with a comma, as in `{why: Two more, then stop.}`."""
    return value is None and not key.isidentifier()


@functools.cache
def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(detailed_validation=True, forbid_extra_keys=True)
    converter.register_structure_hook_factory(_is_noun, _class_hook)
    converter.register_structure_hook_factory(_is_tuple, _tuple_hook)
    converter.register_structure_hook_factory(is_mapping, _mapping_hook)
    converter.register_structure_hook(int, _whole_number)
    converter.register_structure_hook(bool, _yes_or_no)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(int | bool, _number_or_yes_or_no)
    converter.register_structure_hook(int | bool | str, _number_yes_or_no_or_name)
    converter.register_structure_hook(Expression, _expression)
    return converter


def _is_noun(kind: Any) -> bool:
    return attrs.has(kind) and kind is not Expression


def _is_tuple(kind: Any) -> bool:
    origin: Any = typing.get_origin(kind)
    return origin is tuple


def _class_hook(kind: Any, converter: cattrs.Converter) -> Hook:
    # A pack that gives what is computed is told that there is no such key.
    left_out = {name: override(omit=True) for name in COMPUTED} if kind is Scenario else {}
    from_mapping = make_dict_structure_fn(kind, converter, **left_out)  # type: ignore[arg-type]

    def structure_class(value: Any, _: Any) -> Any:
        if not isinstance(value, dict):
            raise _MismatchError("keys and values, such as 'id: …'", value)
        return from_mapping(value, kind)

    return structure_class


def _tuple_hook(kind: Any, converter: cattrs.Converter) -> Hook:
    if typing.get_args(kind) == (int, int):
        return _pair
    item_kind = typing.get_args(kind)[0]
    hook = converter.get_structure_hook(item_kind)

    def structure_tuple(value: Any, _: Any) -> Any:
        if not isinstance(value, list):
            hint = f"write [{value}]" if isinstance(value, str) and value.isidentifier() and len(value) < 60 else ""
            raise _MismatchError("a list", value, hint)
        if len(value) > MOST_ITEMS:
            raise _MismatchError(f"at most {MOST_ITEMS:,} items", value, f"this one has {len(value):,}")
        return tuple(_each(((place, item) for place, item in enumerate(value) if item is not LOST), hook, item_kind))

    return structure_tuple


_VALUES: dict[Any, str] = {
    int: "number",
    str: "text",
    tuple[str, ...]: "list",
    tuple[int, int]: "two numbers",
    int | bool | str: "value",
}


def _mapping_hook(kind: Any, converter: cattrs.Converter) -> Hook:
    value_kind = typing.get_args(kind)[1]
    hook = converter.get_structure_hook(value_kind)
    values = _VALUES.get(value_kind, "keys and values" if _is_noun(value_kind) else "number or true or false")

    def structure_mapping(value: Any, _: Any) -> Any:
        if not isinstance(value, dict):
            raise _MismatchError(f"a mapping of name to {values}", value)
        return dict(zip(value, _each(value.items(), hook, value_kind), strict=True))

    return structure_mapping


def _each(items: Iterable[tuple[int | str, Any]], hook: Hook, kind: Any) -> list[Any]:
    """Structures items like cattrs, but gives up on a list in which almost nothing is right: a hundred thousand
    exceptions would take many seconds."""
    values: list[Any] = []
    errors: list[Exception] = []
    faults = 0
    for place, item in items:
        try:
            values.append(hook(item, kind))
        except Exception as error:
            error.add_note(IterableValidationNote("", place, kind))
            errors.append(error)
            faults += sum(1 for _ in _faults(_Fault(error)))
            if faults > MOST_FAULTS:
                break
    if errors:
        raise IterableValidationError("", errors, kind)
    return values


def _pair(value: Any, _: Any) -> tuple[int, int]:
    wanted = "two whole numbers, such as [0, 100]"
    if not isinstance(value, list):
        raise _MismatchError(wanted, value)
    if len(value) != 2 or not all(type(end) is int for end in value):
        odd = next((end for end in value if type(end) is not int), "")
        hint = f"{_number_hint(odd)} for {quoted(str(odd))}" if _number_hint(odd) else ""
        raise _MismatchError(wanted, value, hint if len(value) == 2 else f"this one has {len(value)}")
    return value[0], value[1]


def _whole_number(value: Any, _: Any) -> int:
    if type(value) is int:
        return value
    raise _MismatchError("a whole number", value, _number_hint(value))


def _number_hint(value: Any) -> str:
    """A hint for a value that is no integer."""
    if isinstance(value, str) and value.isascii() and value.removeprefix("-").isdecimal():
        return "write it without quotes"
    meant = intended_integer(str(value)) if isinstance(value, str | float) else None
    return "" if meant is None else f"write {meant}"


def _yes_or_no(value: Any, _: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise _MismatchError("true or false", value, _yes_hint(value))


def _yes_hint(value: Any) -> str:
    """A hint for a value that is no boolean."""
    if value in ("true", "false"):
        return "write it without quotes"
    meant = intended_boolean(value) if isinstance(value, str) else None
    if meant is None and type(value) is int and value in (0, 1):
        meant = bool(value)
    return "" if meant is None else f"write {str(meant).lower()}"


def _number_or_yes_or_no(value: Any, _: Any) -> int | bool:
    if isinstance(value, int):
        return value
    raise _MismatchError("a whole number, or true or false", value, _number_hint(value) or _yes_hint(value))


def _number_yes_or_no_or_name(value: Any, _: Any) -> int | bool | str:
    if isinstance(value, int | str):
        return value
    raise _MismatchError("a whole number, true or false, or a name", value, _number_hint(value))


def _text(value: Any, _: Any) -> str:
    if isinstance(value, str):
        return value
    raise _MismatchError("text", value, "write it in quotes" if isinstance(value, int | float) else _braces_hint(value))


def _expression(value: Any, _: Any) -> Expression:
    if isinstance(value, bool):
        return Expression(str(value).lower())
    if isinstance(value, int | str):
        return Expression(str(value))
    raise _MismatchError("an expression or a whole number", value, _number_hint(value) or _braces_hint(value))


def _braces_hint(value: Any) -> str:
    """A hint for a parameter `{name}` that YAML read as a mapping."""
    if isinstance(value, dict) and len(value) == 1 and list(value.values()) == [None]:
        name = str(next(iter(value)))
        return f'quote what holds braces, "{{{name}}}"' if name.isidentifier() and len(name) < 60 else ""
    return ""


def _faults(fault: _Fault, owner: Any = None) -> Iterator[_Fault]:
    """Flattens the exception groups of cattrs to single mismatches, each with its path."""
    path, way = fault.path, fault.way
    for note in getattr(fault.error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            path = (*path, note.name)
            way = (*way, _Step(note.type, owner, attrs.fields_dict(owner)[note.name]))
        elif isinstance(note, IterableValidationNote):
            path, way = (*path, note.index), (*way, _Step(note.type))
    if isinstance(fault.error, BaseValidationError):
        for part in fault.error.exceptions:
            yield from _faults(_Fault(part, path, way), fault.error.cl)
    else:
        yield _Fault(fault.error, path, way)


def _explained(fault: _Fault, data: Any, document: Document, repairs: Repairs, already: int) -> Iterator[Problem]:
    path = repairs.written(fault.path)
    if isinstance(fault.error, _MismatchError):
        yield Problem(_mismatch(fault.error, fault.path), document.marks.get(path))
    elif isinstance(fault.error, ForbiddenExtraKeysError):
        holder, names = value_at(data, fault.path), _field_names(fault.error.cl)
        for number, key in enumerate(sorted(fault.error.extra_fields), already):
            message, suggestion = f"unknown key {quoted(key)}", ""
            if _lacks_quotes(key, holder[key]):
                message += ": text with a comma needs quotes"
            elif number < MOST_PROBLEMS:  # suggestions for 100,000 problems would take long
                suggestion = nearest(key, names)
            yield Problem(message, document.key_marks.get((*path, key)), suggestion)
    elif isinstance(fault.error, KeyError):
        if not _may_be_unread(path, document):
            yield Problem(f"missing {quoted(str(path[-1]))}", document.marks.get(path[:-1]))
    else:
        raise fault.error


def _may_be_unread(path: Path, document: Document) -> bool:
    """Whether the missing part may be in an unreadable file: sections may be in any file, the title in one."""
    if len(path) > 1:
        return False
    return bool(document.unread) if path[0] in SECTIONS else SCENARIO_FILE in document.unread


def _mismatch(fault: _MismatchError, path: Path) -> str:
    name = next(str(step) for step in reversed(path) if isinstance(step, str))
    place = f"item {path[-1] + 1} of {quoted(name)}" if isinstance(path[-1], int) else quoted(name)
    wanted = fault.wanted.replace("mapping of name", f"mapping of {_KEYS.get(name, 'name')}")
    hint = f": {fault.hint}" if fault.hint else ""
    return f"{place} wants {wanted}, not {_described(fault.given)}{hint}"


def _described(value: Any) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case int() | float():
            return f"the number {value}"
        case str():
            return f"the text {quoted(value)}"
        case list():
            return "a list"
        case _:
            return "a mapping"


def _briefs(document: Document, problems: list[Problem]) -> dict[int, dict[str, Any]]:
    """The texts of the seats' brief files by seat index, even if the rest of the pack is invalid."""
    seats = document.data.get("seats")
    found: dict[int, dict[str, Any]] = {}
    for place, seat in enumerate(seats if isinstance(seats, list) else ()):
        for field, file_field in _BRIEFS:
            name = seat.get(file_field) if isinstance(seat, dict) else None
            if not isinstance(name, str):
                continue
            mark = document.marks.get(("seats", place, file_field))
            fault, suggestion = fault_of_file(name, document, ".md", "a Markdown file")
            if field in seat:
                fault, suggestion = f"give '{field}' or '{file_field}', not both", ""
            if fault:
                problems.append(Problem(fault, mark, suggestion))
            else:
                text = document.texts.get(str(pathlib.PurePosixPath(name)), "")
                found.setdefault(place, {})[field] = text
    return found
