"""A census of constructs: which parts of the pack format a scenario uses, by name."""

from __future__ import annotations

import ast
import re
import typing
from collections.abc import Iterator
from typing import Any

import attrs

from tabletop.scenario import advice, classroom, negotiation, presentation, set_pieces
from tabletop.scenario.actions import Action
from tabletop.scenario.effects import VERBS, Effect
from tabletop.scenario.enum_fields import WORDS
from tabletop.scenario.expression_language import _ARITHMETIC, _COMPARISON, _READERS, Meaning, Scope
from tabletop.scenario.expressions import Expression
from tabletop.scenario.pack import Scenario
from tabletop.scenario.scope import scope_of
from tabletop.scenario.translation_tables import Translations

_OF_THE_STORY = [
    "text",
    "label",
    "labels",
    "short",
    "role",
    "brief",
    "private_brief",
    "brief_file",
    "private_brief_file",
    "date",
    "group",
]
_OF_THE_PACK = ["question", "introduction", "minutes", "digest", "presentation", "pictures", "language", "original"]
_OF_THE_CLASS = ["classroom", "questions", "set_pieces"]
_OF_THE_ARGUMENT = ["author", "published", "note", "paragraph", "must_show", "experiments"]
#: What is played with a pack from outside, and changes no game of it.
_OUTSIDE = (
    "Experiment",
    "Arm",
    *(
        noun.__name__
        for module in (advice, classroom, negotiation, presentation, set_pieces)
        for noun in vars(module).values()
        if attrs.has(noun)
    ),
)

#: Fields that no rule reads: words for people.
PROSE = frozenset([*_OF_THE_STORY, *_OF_THE_PACK, *_OF_THE_CLASS, *_OF_THE_ARGUMENT])

#: What can be read or changed by name, and what kinds of value it may have.
READABLE = {
    "meter": ("int",),
    "track": ("int",),
    "resource": ("int",),
    "variable": ("int", "bool", "choice"),
    "hidden variable": ("choice",),
    "assumption": ("int", "bool"),
    "value": ("int", "bool", "choice"),
    "word of the rules": ("int", "choice"),
}
CHANGEABLE = ("meter", "track", "resource", "variable int", "variable choice")
SETTABLE = ("meter", "track", "variable int", "variable bool", "variable choice", "hidden variable")
HOLDERS = ("Action", "Option", "Card", "Outcome", "Rule")
TIMINGS = tuple(
    f"{when}{wait}{until}"
    for when in ("", " when")
    for wait, until in (("", ""), (" after", ""), (" after", " until"), (" lasts", ""), (" lasts", " until"))
)


def nouns(kind: Any = Scenario, found: set[type] | None = None) -> set[type]:
    """The classes of which a scenario is made."""
    found = set() if found is None else found
    for part in typing.get_args(kind):
        nouns(part, found)
    if attrs.has(kind) and kind not in found and kind not in (Expression, Translations):
        found.add(kind)
        hints = typing.get_type_hints(kind)
        for field in attrs.fields(kind):
            nouns(hints[field.name], found)
    return found


def every_construct() -> set[str]:
    """Everything that the format has, as a census names it."""
    fields = {f"{kind.__name__}.{field.name}" for kind in nouns() for field in attrs.fields(kind)}
    wanted = {field for field in fields if field.partition(".")[2] not in PROSE and not field.startswith(_OUTSIDE)}
    wanted |= {
        f"{kind.__name__}.{field}={word}"
        for (kind, field), words in WORDS.items()
        for word in words
        if kind.__name__ not in _OUTSIDE
    }
    wanted |= {f"{verb}{timing}" for verb in VERBS for timing in TIMINGS}
    wanted |= {f"{verb} in {holder}" for verb in VERBS for holder in HOLDERS}
    wanted |= {f"change {noun}" for noun in CHANGEABLE} | {f"set {noun}" for noun in SETTABLE}
    wanted |= {f"reads {noun} {kind}" for noun, kinds in READABLE.items() for kind in kinds}
    wanted |= set(_ARITHMETIC.values()) | {
        "// of a negative",
        "% of a negative",
        "- before",
        "not",
        "true",
        "a product",
    }
    wanted |= {f"{operator} of {kind}" for operator in _COMPARISON.values() for kind in ("int", "bool", "choice")}
    wanted |= {f"{operator} of {count}" for operator in ("and", "or") for count in (2, 3, 4)}
    wanted |= {f"{name} of {count}" for name in ("min", "max") for count in (2, 3, 4)} | {"clamp of 3"}
    wanted |= {f"if of {kind}" for kind in ("int", "bool", "choice")} | {"a chain of int", "a chain of choice"}
    return wanted | {f"reads as {form.__name__}" for form in _READERS}


def census(scenario: Scenario) -> set[str]:
    """What a scenario uses of `every_construct`."""
    scope = scope_of(scenario, lambda *_: None)
    return {construct for noun in _parts(scenario) for construct in _constructs(noun, scope)}


def _parts(noun: Any) -> Iterator[Any]:
    """A noun and all that is in it, its expressions too."""
    yield noun
    if isinstance(noun, Expression):
        return
    if isinstance(noun, Action) and noun.parameters:
        noun = attrs.evolve(next(noun.variants({})).action, parameters=noun.parameters)
    for field in attrs.fields(type(noun)):
        value = getattr(noun, field.name)
        for part in value if isinstance(value, tuple) else (value,):
            if attrs.has(type(part)):
                yield from _parts(part)


def _constructs(noun: Any, scope: Scope) -> Iterator[str]:
    if isinstance(noun, Expression):
        if "{" not in noun.source:
            yield from _operators(noun.source, scope)
        return
    kind = type(noun)
    for field in attrs.fields(kind):
        value = getattr(noun, field.name)
        if field.default is attrs.NOTHING or value != _default(field):
            yield f"{kind.__name__}.{field.name}"
        if (kind, field.name) in WORDS:
            yield f"{kind.__name__}.{field.name}={value}"
        if field.name == "effects":
            yield from (f"{effect.verbs[0]} in {kind.__name__}" for effect in value)
    if isinstance(noun, Effect):
        yield from _uses(noun, scope)


def _default(field: Any) -> Any:
    return field.default.factory() if isinstance(field.default, attrs.Factory) else field.default  # type: ignore[arg-type]


def _uses(effect: Effect, scope: Scope) -> Iterator[str]:
    verb = effect.verbs[0]
    timing = [f" {field}" for field in ("when", "after", "lasts", "until") if getattr(effect, field) is not None]
    yield verb + "".join(timing)
    for symbol in (scope.symbols[name] for name in effect.changed if name in scope.symbols):
        yield f"{verb} {symbol.noun}"
        yield f"{verb} {symbol.noun} {symbol.kind}"


def _operators(source: str, scope: Scope) -> Iterator[str]:
    for tree in ast.walk(ast.parse(source.strip(), mode="eval").body):
        if type(tree) in _READERS:
            yield f"reads as {type(tree).__name__}"
        if isinstance(tree, ast.Name):
            symbol = scope.symbols.get(tree.id)
            yield f"reads {symbol.noun} {symbol.kind}" if symbol else tree.id
        elif isinstance(tree, ast.BinOp):
            operator = _ARITHMETIC[type(tree.op)]
            yield operator
            if _meaning(tree.left, scope).low < 0:
                yield f"{operator} of a negative"
            whole = _meaning(tree, scope)
            if operator == "*" and max(-whole.low, whole.high) > 500_000_000:
                yield "a product"
        elif isinstance(tree, ast.UnaryOp):
            yield "not" if isinstance(tree.op, ast.Not) else "- before"
        elif isinstance(tree, ast.BoolOp):
            yield f"{type(tree.op).__name__.lower()} of {len(tree.values)}"
        elif isinstance(tree, ast.Compare):
            kind = _compared(tree, scope)
            yield from (f"{_COMPARISON[type(operator)]} of {kind}" for operator in tree.ops)
            if len(tree.ops) > 1:
                yield f"a chain of {kind}"
        elif isinstance(tree, ast.IfExp):
            bodies = {_kind(tree.body, scope), _kind(tree.orelse, scope)}
            yield f"if of {bodies.pop()}"
        elif isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name):
            yield f"{tree.func.id} of {len(tree.args)}"


def _compared(tree: ast.Compare, scope: Scope) -> str:
    return next((kind for kind in (_kind(part, scope) for part in (tree.left, *tree.comparators)) if kind), "choice")


def _kind(tree: ast.expr, scope: Scope) -> str:
    """The kind of a part; a bare word that nothing declares is a named value."""
    if isinstance(tree, ast.Name) and tree.id not in ("true", "false") and tree.id not in scope.symbols:
        return "choice"
    if isinstance(tree, ast.IfExp):
        return _kind(tree.body, scope)
    return _meaning(tree, scope).kind


def _meaning(tree: ast.expr, scope: Scope) -> Meaning:
    return scope.read(re.sub(r"\s+", " ", ast.unparse(tree)))
