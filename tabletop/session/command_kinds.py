"""Kinds of command: each is a frozen class, told apart by its `kind` and read strictly from plain data by cattrs."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, NewType, TypeVar, Union

import attrs

from tabletop.scenario.problems import printable
from tabletop.session.journal_line import BadCommand

if TYPE_CHECKING:
    import cattrs
    from cattrs.errors import ClassValidationError

# cattrs is imported when a command is read or written: a game that nobody keeps needs none of it.


@attrs.frozen(kw_only=True)
class Said:
    """What a command says, beside who gave it and when.

    A kind is a frozen attrs class below `StepSaid`, `MoveSaid` or `RemarkSaid`, with `@kind("its name in journals")`.
    Its fields are those of the JSON object in the journal. One without a default must be there; one with a default
    may be missing, and is left out where it has that value, but for fields made by `written`.
    """

    kind: ClassVar[str] = ""


@attrs.frozen(kw_only=True)
class StepSaid(Said):
    """It leads to another position, and can be undone and redone."""


@attrs.frozen(kw_only=True)
class MoveSaid(Said):
    """It goes about among the positions there are."""


@attrs.frozen(kw_only=True)
class RemarkSaid(Said):
    """It says something of the moment, or of the room, and leaves the game where it is."""


Kind = TypeVar("Kind", bound=type[Said])

#: Places of chance (numbers as text, as JSON has them) with a word for each.
ByPlace = NewType("ByPlace", dict[str, str])
#: Whole numbers by name, such as votes by move.
Counts = NewType("Counts", dict[str, int])
#: Any plain data, such as a card as it was written.
Plain = NewType("Plain", dict[str, Any])
#: What a meter, flag or hidden variable can be.
Value = Union[bool, int, str]  # noqa: UP007  (cattrs looks it up as a type)

_classes: dict[str, list[type[Said]]] = {}


def kind(name: str) -> Callable[[Kind], Kind]:
    """Registers a class as a kind of command. Of two with one name, that one fits whose fields are there."""

    def register(cls: Kind) -> Kind:
        cls.kind = name
        _classes.setdefault(name, []).append(cls)
        return cls

    return register


def written(default: Any, name: str = "") -> Any:
    """A field that may be missing in journals of old, and is always written; `name` is that in the journal."""
    return attrs.field(default=default, metadata={"written": True, "name": name})


def kinds(*bases: type[Said]) -> frozenset[str]:
    """The names of the kinds below some classes, by default all."""
    found = {name: classes[0] for name, classes in _classes.items()}
    return frozenset(name for name, cls in found.items() if issubclass(cls, bases or (Said,)))


def said_from(kind: str, body: Mapping[str, Any]) -> Said:
    """What a command of a kind says, from plain data; unknown keys are left out. Raises BadCommand."""
    import cattrs

    classes = _classes.get(kind, [])
    if not classes:
        raise BadCommand(f"this version knows no command '{printable(kind, 30)}'")
    cls = classes[0]
    if len(classes) > 1:
        cls = max(classes, key=lambda one: len(_required(one) & body.keys()) / len(_required(one)))
    try:
        return _converter(False).structure(body, cls)
    except (KeyError, TypeError, cattrs.ForbiddenExtraKeysError):
        try:
            return _converter(True).structure(body, cls)
        except cattrs.ClassValidationError as error:
            raise BadCommand(f"what it says of '{_field(error)}' is missing or is not what it should be") from None


def body_of(said: Said) -> dict[str, Any]:
    """The same as plain data, as the journal has it."""
    body: dict[str, Any] = _converter(False).unstructure(said)
    return body


def _required(cls: type[Said]) -> frozenset[str]:
    return frozenset(_name(field) for field in attrs.fields(cls) if field.default is attrs.NOTHING)


def _name(field: attrs.Attribute[Any]) -> str:
    return field.metadata.get("name") or field.name


def _field(error: ClassValidationError) -> str:
    """The name of the first field that does not fit."""
    from cattrs.errors import AttributeValidationNote

    names = {field.name: _name(field) for field in attrs.fields(error.cl)}
    for one in error.exceptions:
        for note in getattr(one, "__notes__", ()):
            if isinstance(note, AttributeValidationNote):
                return names.get(note.name, note.name)
    return error.cl.__name__


# Reading strictly: a number is no text, True is no number, and nothing is made of something else


def _exactly(*types: type) -> Callable[[Any, Any], Any]:
    def check(value: Any, _: Any) -> Any:
        if type(value) not in types:
            raise TypeError(value)
        return value

    return check


def _by_place(value: Any, _: Any) -> Any:
    if type(value) is not dict or not all(
        key.isdecimal() and len(key) < 10 and type(one) is str for key, one in value.items()
    ):
        raise TypeError(value)
    return value


def _counts(value: Any, _: Any) -> Any:
    if type(value) is not dict or not all(type(one) is int for one in value.values()):
        raise TypeError(value)
    return value


def _tuple_of(item: Any, converter: cattrs.Converter) -> Callable[[Any, Any], Any]:
    def structure(value: Any, _: Any) -> Any:
        if type(value) is not list:
            raise TypeError(value)
        return tuple(converter.structure(one, item) for one in value)

    return structure


@functools.cache
def _converter(tells_where: bool) -> cattrs.Converter:
    """One that says which field is wrong, or one that is three times as quick."""
    import cattrs

    converter = cattrs.Converter(unstruct_collection_overrides={tuple: list}, detailed_validation=tells_where)
    for one in (str, int, bool):
        converter.register_structure_hook(one, _exactly(one))
    converter.register_structure_hook_func(lambda type: type == Value, _exactly(bool, int, str))
    converter.register_structure_hook_func(lambda type: type is ByPlace, _by_place)
    converter.register_structure_hook_func(lambda type: type is Counts, _counts)
    converter.register_structure_hook_func(lambda type: type is Plain, _exactly(dict))
    converter.register_structure_hook_func(lambda type: type == Plain | None, _exactly(dict))
    converter.register_unstructure_hook_func(
        lambda type: type in (Plain, Plain | None, ByPlace, Counts, Value), lambda v: v
    )
    converter.register_structure_hook_factory(
        lambda type: getattr(type, "__origin__", None) is tuple, lambda type: _tuple_of(type.__args__[0], converter)
    )
    converter.register_structure_hook_factory(attrs.has, lambda cls: _structure_fn(cls, converter))
    converter.register_unstructure_hook_factory(attrs.has, lambda cls: _unstructure_fn(cls, converter))
    return converter


def _structure_fn(cls: Any, converter: cattrs.Converter) -> Any:
    from cattrs.gen import make_dict_structure_fn, override

    renamed: dict[str, Any] = {field.name: override(rename=_name(field)) for field in attrs.fields(cls)}
    return make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=not issubclass(cls, Said), **renamed)


def _unstructure_fn(cls: Any, converter: cattrs.Converter) -> Any:
    from cattrs.gen import make_dict_unstructure_fn, override

    overrides: dict[str, Any] = {
        field.name: override(rename=_name(field), omit_if_default=not field.metadata.get("written"))
        for field in attrs.fields(cls)
    }
    return make_dict_unstructure_fn(cls, converter, **overrides)
