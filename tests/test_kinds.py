"""A kind of effect and an order of play stand in few files: the others ask what a kind does, and never name one.

CONTRIBUTING lists the files that a new one touches.
"""

from __future__ import annotations

import ast
import pathlib
import re
import sys
from collections.abc import Callable, Collection, Iterator
from typing import Any

import attrs
import pytest

import tabletop
from tabletop.adapters import game_bounds
from tabletop.presentation.effect_words import effect_in_short
from tabletop.presentation.names import names_in
from tabletop.presentation.paper.kit import kit_of
from tabletop.presentation.rule_words import rule_effects, rule_is_known
from tabletop.presentation.words import LANGUAGES, Words, catalogue
from tabletop.scenario.effects import KINDS, VERBS, Effect
from tabletop.scenario.turns import ORDERS
from tests.presentation.test_moves import feast, seen, with_a_festival

ROOT = pathlib.Path(__file__).parents[1]
PACKAGE = ROOT / "tabletop"
#: The files that know the kinds of effects: what they are, how some are typed, and what they do in the machine.
OF_EFFECTS = {"scenario/effects.py", "scenario/effect_shorthand.py", "engine/machine/effects.py"}
#: The files that know the orders of play.
OF_ORDERS = {"scenario/turns.py", "engine/machine/orders.py"}

Town = Callable[..., tabletop.Scenario]


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in PACKAGE.rglob("*.py"):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def constants(node: ast.AST) -> set[str]:
    return {one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def names_one(node: ast.AST, called: str, words: Collection[str]) -> bool:
    """Whether something that is called so is compared with one of the words, matched with one or looked up by one."""
    match node:
        case ast.Compare(left=left, comparators=comparators):
            sides = [left, *comparators]
        case ast.Match(subject=subject, cases=cases):
            sides = [subject, *(case.pattern for case in cases)]
        case ast.Subscript(value=ast.Dict() as table, slice=key):
            sides = [key, table]
        case _:
            return False
    asks = any(re.search(rf"\b{called}s?\b", ast.unparse(side)) for side in sides if isinstance(side, ast.expr))
    return asks and any(constants(side) & set(words) for side in sides)


def namers(called: str, words: Collection[str]) -> set[str]:
    """The files of the program that do so."""
    return {name for name, tree in sources() if any(names_one(node, called, words) for node in ast.walk(tree))}


def test_no_file_compares_the_verb_of_an_effect_but_those_of_effects() -> None:
    assert namers("verb", VERBS) - OF_EFFECTS == set()


def reads_a_verb(node: ast.AST) -> bool:
    """Whether the field of a verb is read of something that is called an effect."""
    return isinstance(node, ast.Attribute) and node.attr in VERBS and ast.unparse(node.value).endswith("effect")


def test_no_file_asks_an_effect_for_its_verb_but_those_of_effects() -> None:
    found = {name for name, tree in sources() if any(map(reads_a_verb, ast.walk(tree)))}
    assert found - OF_EFFECTS == set()
    assert any(map(reads_a_verb, ast.walk(ast.parse("x = origin.effect.change or ''"))))


def test_a_comparison_with_a_verb_is_found() -> None:
    for line in (
        "x = one.verb == 'roll'",
        "if verb in ('enter', 'end'): pass",
        "{'roll': 1}[effect.verbs[0]]",
        "match kind.verb:\n case 'tell': pass",
    ):
        assert any(names_one(node, "verb", VERBS) for node in ast.walk(ast.parse(line))), line
    assert not any(names_one(node, "verb", VERBS) for node in ast.walk(ast.parse("x = entry.kind == 'roll'")))


def test_no_file_compares_the_order_of_a_phase_but_those_of_orders() -> None:
    assert namers("order", ORDERS) - OF_ORDERS == set()
    assert any(names_one(node, "order", ORDERS) for node in ast.walk(ast.parse("phase.order == 'sequential'")))


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The files of the program that read a field of an effect which belongs to one kind, while the test runs."""
    found: set[str] = set()
    arguments = {kind.argument.field for kind in KINDS.values() if kind.argument is not None}
    for field in {*VERBS, *arguments} - {"text"}:
        slot = getattr(Effect, field)

        def read(effect: Effect, slot: Any = slot) -> Any:
            caller = pathlib.Path(sys._getframe(1).f_code.co_filename)
            if caller.is_relative_to(PACKAGE):
                found.add(caller.relative_to(PACKAGE).as_posix())
            return slot.__get__(effect)

        monkeypatch.setattr(Effect, field, property(read, lambda effect, value, slot=slot: slot.__set__(effect, value)))
    return found


def test_no_file_reads_what_belongs_to_one_kind_of_effect_but_those_of_effects(town: Town, readers: set[str]) -> None:
    def with_a_rule(pack: dict[str, Any]) -> None:
        with_a_festival(pack)
        effects = pack["actions"][-2]["effects"][:6]
        pack["rules"] = [{"id": "spring", "title": "Spring", "at": "news", "effects": effects}]
        pack["actions"][0]["parameters"] = [{"name": "whom", "values": ["mayor", "miller"]}]

    for language in LANGUAGES:
        assert feast(town, language).effects
    scenario = town(with_a_rule)
    game, words = tabletop.Game(scenario), Words()
    state = game.start(1)
    for action in ("feast", "pass", "pass"):
        state = game.apply(state, state.acting[0], action)
    perspective = seen(game, state, "mayor")
    assert [rule_effects(perspective, words, rule) for rule in scenario.rules if rule_is_known(perspective, rule)]
    assert [effect_in_short(names_in(game.program), words, effect) for effect in scenario.actions[-2].effects]
    assert game_bounds.chances(game.program) + game_bounds.decisions(game.program) > 2
    assert kit_of(game, words)
    assert {entry.kind for entry in state.log} >= {"change", "roll", "word"}
    assert readers - OF_EFFECTS == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_effect_has_its_words(language: str) -> None:
    said = catalogue(language)
    expected = {f"effect.print_{verb}" for verb in VERBS}
    expected |= {f"effect.expect_{kind.verb}" for kind in KINDS.values() if kind.argument is None}
    assert expected - set(said) == set()


def test_every_kind_of_effect_and_every_order_is_explained_to_authors_and_in_the_schema() -> None:
    guide = (ROOT / "scenarios" / "WRITING.md").read_text(encoding="utf-8")
    assert [verb for verb in VERBS if f"`{verb}" not in guide] == []
    assert [word for word in ORDERS if word not in guide] == []
    assert [verb for verb in VERBS if f"`{verb}`" not in (Effect.__doc__ or "")] == []


def test_contributing_lists_the_files_that_know_kinds() -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [name for name in OF_EFFECTS | OF_ORDERS if f"tabletop/{name}" not in told] == []


def test_an_effect_has_a_field_for_every_verb_and_what_goes_with_it() -> None:
    fields = {field.name for field in attrs.fields(Effect)}
    arguments = {kind.argument.field for kind in KINDS.values() if kind.argument is not None}
    assert fields >= {*VERBS, *arguments}
