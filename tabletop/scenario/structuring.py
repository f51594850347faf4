"""Structuring: from a pack's plain data to the nouns of a scenario, with every mismatch in the author's words."""

from __future__ import annotations

import functools
import pathlib
import typing
from collections.abc import Callable, Iterable, Iterator
from typing import Any

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

from tabletop.scenario.expressions import Expression
from tabletop.scenario.pack import Scenario
from tabletop.scenario.problems import MOST_PROBLEMS, Mark, Path, Problem, capped, nearest, quoted
from tabletop.scenario.reading import SCENARIO_FILE, SECTIONS, Document

MOST_FAULTS = 2_000

Hook = Callable[[Any, Any], Any]

_BRIEFS = (("brief", "brief_file"), ("private_brief", "private_brief_file"))
_KEYS = {"cost": "resource", "picks": "seat", "using": "parameter", "values": "assumption"}


class _Mismatch(ValueError):
    """A value of another kind than its field wants."""

    def __init__(self, wanted: str, given: Any, hint: str = "") -> None:
        super().__init__(wanted, given)
        self.wanted = wanted
        self.given = given
        self.hint = hint


def structure(document: Document) -> tuple[Scenario | None, list[Problem]]:
    """The scenario, or None where a value does not fit, and what is wrong beyond the document's own problems.

    Indices in `document.marks` are positions in the scenario's tuples.
    """
    problems: list[Problem] = []
    scenario: Scenario | None = None
    try:
        scenario = _converter().structure(document.data, Scenario)
    except BaseValidationError as error:
        for path, fault in _faults(error, ()):
            problems.extend(_explained(fault, path, document, len(problems)))
    briefs = _briefs(document, problems)
    known = {problem.mark for problem in document.problems}
    problems = [problem for problem in problems if problem.mark not in known]
    problems.sort(key=lambda problem: problem.mark or Mark("", 0, 0))
    if scenario is None or problems:
        return None, capped(problems)
    seats = tuple(attrs.evolve(seat, **briefs.get(place, {})) for place, seat in enumerate(scenario.seats))
    return attrs.evolve(scenario, seats=seats, digest=document.digest), []


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
    converter.register_structure_hook(Expression, _expression)
    return converter


def _is_noun(kind: Any) -> bool:
    return attrs.has(kind) and kind is not Expression


def _is_tuple(kind: Any) -> bool:
    origin: Any = typing.get_origin(kind)
    return origin is tuple


def _class_hook(kind: Any, converter: cattrs.Converter) -> Hook:
    # The digest is computed; a pack that gives one is told that there is no such key.
    left_out = {"digest": override(omit=True)} if kind is Scenario else {}
    from_mapping = make_dict_structure_fn(kind, converter, **left_out)  # type: ignore[arg-type]

    def structure_class(value: Any, _: Any) -> Any:
        if not isinstance(value, dict):
            raise _Mismatch("keys and values, such as 'id: …'", value)
        return from_mapping(value, kind)

    return structure_class


def _tuple_hook(kind: Any, converter: cattrs.Converter) -> Hook:
    if typing.get_args(kind) == (int, int):
        return _pair
    item_kind = typing.get_args(kind)[0]
    hook = converter.get_structure_hook(item_kind)

    def structure_tuple(value: Any, _: Any) -> Any:
        if not isinstance(value, list):
            hint = f"write [{value}]" if isinstance(value, str) and value.isidentifier() else ""
            raise _Mismatch("a list", value, hint)
        return tuple(_each(enumerate(value), hook, item_kind))

    return structure_tuple


def _mapping_hook(kind: Any, converter: cattrs.Converter) -> Hook:
    value_kind = typing.get_args(kind)[1]
    hook = converter.get_structure_hook(value_kind)
    values = {int: "number", str: "text"}.get(value_kind, "number or true or false")

    def structure_mapping(value: Any, _: Any) -> Any:
        if not isinstance(value, dict):
            raise _Mismatch(f"a mapping of name to {values}", value)
        return dict(zip(value, _each(value.items(), hook, value_kind), strict=True))

    return structure_mapping


def _each(items: Iterable[tuple[int | str, Any]], hook: Hook, kind: Any) -> list[Any]:
    """The items structured, as cattrs does it but that it gives up on a list in which next to nothing is right: a
    hundred thousand exceptions would take many seconds."""
    values: list[Any] = []
    errors: list[Exception] = []
    faults = 0
    for place, item in items:
        try:
            values.append(hook(item, kind))
        except Exception as error:
            error.add_note(IterableValidationNote("", place, kind))
            errors.append(error)
            faults += sum(1 for _ in _faults(error, ()))
            if faults > MOST_FAULTS:
                break
    if errors:
        raise IterableValidationError("", errors, kind)
    return values


def _pair(value: Any, _: Any) -> tuple[int, int]:
    wanted = "two whole numbers, such as [0, 100]"
    if not isinstance(value, list):
        raise _Mismatch(wanted, value)
    if len(value) != 2 or not all(type(end) is int for end in value):
        raise _Mismatch(wanted, value, "" if len(value) == 2 else f"this one has {len(value)}")
    return value[0], value[1]


def _whole_number(value: Any, _: Any) -> int:
    if type(value) is int:
        return value
    is_quoted = isinstance(value, str) and value.lstrip("-").isdecimal()
    raise _Mismatch("a whole number", value, "write it without quotes" if is_quoted else "")


def _yes_or_no(value: Any, _: Any) -> bool:
    if isinstance(value, bool):
        return value
    is_quoted = value in ("true", "false")
    raise _Mismatch("true or false", value, "write it without quotes" if is_quoted else "")


def _number_or_yes_or_no(value: Any, _: Any) -> int | bool:
    if isinstance(value, int):
        return value
    raise _Mismatch("a whole number, or true or false", value)


def _text(value: Any, _: Any) -> str:
    if isinstance(value, str):
        return value
    raise _Mismatch("text", value, "write it in quotes" if isinstance(value, int | float) else "")


def _expression(value: Any, _: Any) -> Expression:
    if isinstance(value, bool):
        return Expression(str(value).lower())
    if isinstance(value, int | str):
        return Expression(str(value))
    raise _Mismatch("an expression or a whole number", value)


def _faults(error: BaseException, path: Path) -> Iterator[tuple[Path, BaseException]]:
    """The mismatches themselves, each with its path, out of the groups that cattrs nests them in."""
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            path = (*path, note.name)
        elif isinstance(note, IterableValidationNote):
            path = (*path, note.index)
    if isinstance(error, BaseValidationError):
        for part in error.exceptions:
            yield from _faults(part, path)
    else:
        yield path, error


def _explained(fault: BaseException, path: Path, document: Document, already: int) -> Iterator[Problem]:
    if isinstance(fault, _Mismatch):
        yield Problem(_mismatch(fault, path), document.marks.get(path))
    elif isinstance(fault, ForbiddenExtraKeysError):
        names = {field.name for field in attrs.fields(fault.cl)} - {"digest"}
        for number, key in enumerate(sorted(fault.extra_fields), already):
            # Nobody reads more problems than these, and a search for each of 100,000 takes long.
            suggestion = nearest(key, names) if number < MOST_PROBLEMS else ""
            yield Problem(f"unknown key {quoted(key)}", document.key_marks.get((*path, key)), suggestion)
    elif isinstance(fault, KeyError):
        name = str(path[-1])
        if not _may_be_unread(path, document):
            yield Problem(f"missing {quoted(name)}", document.marks.get(path[:-1]))
    else:
        raise fault


def _may_be_unread(path: Path, document: Document) -> bool:
    """Whether a file that couldn't be read may have what is missing: a section may stand in any, a title in one."""
    if len(path) > 1:
        return False
    return bool(document.unread) if path[0] in SECTIONS else SCENARIO_FILE in document.unread


def _mismatch(fault: _Mismatch, path: Path) -> str:
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
    """The texts of the seats' brief files by the seat's place, whether or not the rest of the pack is sound."""
    seats = document.data.get("seats")
    found: dict[int, dict[str, Any]] = {}
    for place, seat in enumerate(seats if isinstance(seats, list) else ()):
        for field, file_field in _BRIEFS:
            name = seat.get(file_field) if isinstance(seat, dict) else None
            if not isinstance(name, str):
                continue
            mark = document.marks.get(("seats", place, file_field))
            fault, suggestion = _fault_of_file(name, document)
            if field in seat:
                fault, suggestion = f"give '{field}' or '{file_field}', not both", ""
            if fault:
                problems.append(Problem(fault, mark, suggestion))
            else:
                text = document.texts.get(str(pathlib.PurePosixPath(name)), "")
                found.setdefault(place, {})[field] = text
    return found


def _fault_of_file(name: str, document: Document) -> tuple[str, str]:
    path = pathlib.PurePosixPath(name)
    if "\\" in name or pathlib.PureWindowsPath(name).drive:
        return f"{quoted(name)} must be a path within the pack, with '/' between folders", ""
    if path.is_absolute() or ".." in path.parts:
        return f"{quoted(name)} must be a path within the pack, without a leading '/' or '..'", ""
    if str(path) in document.texts or str(path) in document.unread:
        return "", ""
    if path.suffix.lower() != ".md":
        return f"{quoted(name)} is not a Markdown file: its name must end in .md", ""
    return f"no file {quoted(name)} in the pack", nearest(str(path), document.texts)
