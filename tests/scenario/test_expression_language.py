"""The expression language: what it means, how far it reaches, who may know it, and all that it refuses."""

from __future__ import annotations

import os
import random
import warnings
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabletop.engine.compiler import compile_scenario
from tabletop.scenario.board import Meter, Value, Variable
from tabletop.scenario.claims_and_assumptions import Assumption
from tabletop.scenario.endings import Ending
from tabletop.scenario.expression_language import MAX_DEPTH, ExpressionError, Meaning, Scope, Symbol
from tabletop.scenario.expressions import Expression
from tabletop.scenario.pack import Scenario
from tabletop.scenario.seats import Seat
from tabletop.scenario.turns import Phase, Stage
from tests.work import counted

EXAMPLES = max(150, int(os.environ.get("TABLETOP_INPUTS", "0")))

SYMBOLS = [
    Symbol(id="tension", kind="int", low=0, high=100),
    Symbol(id="debt", kind="int", low=-50, high=5),
    Symbol(id="limits", kind="bool", low=0, high=1),
    Symbol(id="secret", kind="int", low=0, high=9, known_to=frozenset(["seoul", "tokyo"])),
    Symbol(id="whisper", kind="bool", low=0, high=1, known_to=frozenset(["tokyo", "beijing"])),
    Symbol(id="aim", kind="choice", low=0, high=2, members=("freeze", "partial", "complete")),
    Symbol(id="calendar", kind="choice", low=0, high=1, members=("free", "announced")),
]
SCOPE = Scope({symbol.id: symbol for symbol in SYMBOLS})


def evaluated(node: tuple[Any, ...], values: dict[str, int]) -> int:
    """What a tree is worth, by the plainest reading of it."""
    operator, *operands = node
    if operator == "num":
        return int(operands[0])
    if operator == "name":
        return values[operands[0]]
    parts = [evaluated(operand, values) for operand in operands]
    match operator:
        case "if":
            return parts[1] if parts[0] else parts[2]
        case "not":
            return 1 - parts[0]
        case "and":
            return int(all(parts))
        case "or":
            return int(any(parts))
        case "min":
            return min(parts)
        case "max":
            return max(parts)
    left, right = parts
    operations: dict[str, Callable[[], int]] = {
        "+": lambda: left + right,
        "-": lambda: left - right,
        "*": lambda: left * right,
        "//": lambda: left // right,
        "%": lambda: left % right,
        "==": lambda: int(left == right),
        "!=": lambda: int(left != right),
        "<": lambda: int(left < right),
        "<=": lambda: int(left <= right),
        ">": lambda: int(left > right),
        ">=": lambda: int(left >= right),
    }
    return operations[operator]()


def worth(source: str, **values: int) -> int:
    known = {"tension": 50, "debt": -3, "limits": 1, "secret": 4, "whisper": 0, "aim": 1, "calendar": 0}
    return evaluated(SCOPE.read(source).node, known | values)


def refused(source: str, read: Callable[[str], Meaning] = SCOPE.read) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        read(source)
    assert caught.value.message
    return caught.value


# What it means


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("10 - 3 - 2", 5),
        ("2 * 7 // 4", 3),
        ("7 // 2 * 2", 6),
        ("-7 // 2", -4),
        ("-7 % 3", 2),
        ("-tension + 60", 10),
        ("- 3 * 2", -6),
        ("not limits or limits", 1),
        ("not (limits or limits)", 0),
        ("limits or limits and whisper", 1),
        ("(limits or limits) and whisper", 0),
        ("not tension == 50", 0),
        ("2 <= tension <= 50", 1),
        ("2 <= tension < 50", 0),
        ("1 < 3 > 2 == 2", 1),
        ("min(3, tension, 9)", 3),
        ("max(debt, -10)", -3),
        ("clamp(tension, 0, 10)", 10),
        ("clamp(debt, 0, 10)", 0),
        ("clamp(4, 8, 2)", 8),
        ("5 if limits else 0", 5),
        ("1 if whisper else 2 if limits else 3", 2),
        ("(1 if whisper else 2) + 1", 3),
        ("aim == partial", 1),
        ("partial == aim", 1),
        ("aim >= partial", 1),
        ("aim > partial", 0),
        ("freeze < aim <= complete", 1),
        ("aim == (partial if limits else freeze)", 1),
        ("true", 1),
        ("limits == true", 1),
        ("false or true and not false", 1),
        ("tension\n  > 40", 1),
    ],
)
def test_operators_bind_as_in_school_and_in_python(source: str, value: int) -> None:
    assert worth(source) == value


@pytest.mark.parametrize(
    ("source", "low", "high"),
    [
        ("tension", 0, 100),
        ("tension - debt", -5, 150),
        ("tension * debt", -5000, 500),
        ("-debt", -5, 50),
        ("debt // 4", -13, 1),
        ("debt % 4", 0, 3),
        ("min(tension, debt)", -50, 5),
        ("max(tension, debt, 10)", 10, 100),
        ("clamp(debt, 0, 3)", 0, 3),
        ("7 if limits else debt", -50, 7),
        ("tension > 100", 0, 0),
        ("tension >= 0", 1, 1),
        ("debt < tension - 1", 0, 1),
        ("0 <= tension <= 100", 1, 1),
        ("tension > 100 and limits", 0, 0),
        ("tension >= 0 or limits", 1, 1),
        ("not tension > 100", 1, 1),
        ("tension == debt - 1000", 0, 0),
        ("3 == 3", 1, 1),
        ("aim", 0, 2),
    ],
)
def test_the_range_of_an_amount_is_known_beforehand(source: str, low: int, high: int) -> None:
    meaning = SCOPE.read(source)
    assert (meaning.low, meaning.high) == (low, high)


def test_who_knows_everything_that_is_read_knows_the_result() -> None:
    assert SCOPE.read("tension + 1").known_to is None
    assert SCOPE.read("tension + secret").known_to == frozenset(["seoul", "tokyo"])
    both = SCOPE.read("secret > 3 and not whisper")
    assert both.known_to == frozenset(["tokyo"])
    assert both.known_by("tokyo")
    assert not both.known_by("seoul")
    assert both.names == {"secret", "whisper"}
    assert SCOPE.read("1 if whisper else tension").known_to == frozenset(["tokyo", "beijing"])


def test_a_condition_is_no_amount_and_an_amount_no_condition() -> None:
    assert "a condition is wanted here" in refused("tension", SCOPE.condition).message
    assert "a number is wanted here" in refused("tension > 3", SCOPE.integer).message
    assert "is a named value" in refused("aim", SCOPE.integer).message


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("limits + 1", "'limits' is true or false and cannot go with +; write 'A if … else B'"),
        ("aim * 2", "'aim' is a named value and cannot go with *"),
        ("not tension", "'tension' is not a condition; compare it with something"),
        ("tension and limits", "'tension' is not a condition"),
        ("tension == limits", "compares things of different kinds"),
        ("aim == announced", "unknown name 'announced'"),
        ("aim == calendar", "compares things of different kinds"),
        ("1 if tension else 2", "'tension' is not a condition"),
        ("1 if limits else aim", "are of different kinds"),
        ("min(limits, 1)", "'limits' is true or false"),
        ("min(3)", "take two amounts or more"),
        ("clamp(1, 2)", "clamp takes three"),
        ("clamp(1, 2, 3, 4)", "clamp takes three"),
        ("max(1, key=2)", "only min( ), max( ) and clamp"),
        ("tension // debt", "after // a fixed number above 0 is wanted"),
        ("tension // 0", "after // a fixed number above 0 is wanted"),
        ("tension % -3", "after % a fixed number above 0 is wanted"),
        ("", "this is empty"),
        ("  \n ", "this is empty"),
        ("tension >", "does not read as an expression"),
        ("tension = 3", "does not read as an expression"),
        ("3 tension", "does not read as an expression"),
        ("007", "does not read as an expression"),
    ],
)
def test_what_makes_no_sense_is_refused_in_plain_words(source: str, words: str) -> None:
    assert words in refused(source).message


def test_an_unknown_name_gets_the_nearest_known_one() -> None:
    error = refused("tesnion > 3")
    assert (error.message, error.unknown, error.suggestion) == ("unknown name 'tesnion'", "tesnion", "tension")
    assert refused("aim == complet").suggestion == "complete"
    assert refused("zzz > 3").suggestion == ""


# What it has not


@pytest.mark.parametrize(
    "source",
    [
        "__import__('os')",
        "__builtins__",
        "().__class__.__bases__[0]",
        "tension.__class__",
        "tension.real",
        "open('x')",
        "print(1)",
        "abs(tension)",
        "(min)(1, 2)()",
        "tension[0]",
        "tension[0:2]",
        "lambda: 1",
        "[tension]",
        "(tension, 1)",
        "{tension}",
        "{1: 2}",
        "[x for x in tension]",
        "(x for x in tension)",
        "min(*tension)",
        "max(**tension)",
        "(x := 3)",
        "await tension",
        "(yield 1)",
        "f'{tension}'",
        "'tension'",
        "b'x'",
        "None",
        "...",
        "1.5",
        "1e9",
        "2j",
        "tension ** 2",
        "tension / 2",
        "tension @ 2",
        "tension << 2",
        "tension | 2",
        "tension & 1",
        "tension ^ 1",
        "~tension",
        "+tension",
        "tension is 3",
        "tension in 3",
        "tension not in 3",
        "import os",
        "tension; limits",
        "9" * 30,
        "9" * 500,
        "0x" + "f" * 400,
        "1000000000 + 1",
        "tension * 1000 * 1000 * 1000",
        "x" * 601,
        "1 + " * 25_000 + "1",
        "-" * 499 + "1",
        "not " * 140 + "limits",
        "(" * 299 + "1" + ")" * 299,
        "min(" * 100 + "1" + ", 1)" * 100,
        "\0",
        "tension\0",
        "tension \\",
        "\ud800",
        "tension # 1",
        "１",
        "“tension”",
    ],
)
def test_everything_else_is_refused_soon_and_without_a_word_from_python(source: str) -> None:
    with warnings.catch_warnings(), counted(200_000):
        warnings.simplefilter("error")
        error = refused(source)
    assert len(error.message) < 700


def test_depth_is_counted_and_not_only_feared() -> None:
    assert worth("(" * 100 + "tension" + ")" * 100) == 50
    assert worth("-" * (MAX_DEPTH - 1) + "tension") == -50
    assert f"more than {MAX_DEPTH} deep" in refused("-" * MAX_DEPTH + "tension").message


def test_work_is_bounded_over_all_that_values_read() -> None:
    scope = Scope(dict(SCOPE.symbols))
    for level in range(40):
        formula = scope.read(" + ".join([f"v{level - 1} // 9"] * 9)) if level else scope.read("tension")
        scope.symbols[f"v{level}"] = Symbol(id=f"v{level}", kind="int", low=0, high=100, formula=formula)
        if level == 3:
            assert "too much work" in refused(" + ".join([f"v{level}"] * 9), scope.read).message
            return


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.text(max_size=40) | st.text(alphabet="tension limits()+-*/%<>=!.,[]{}:'\"\\0123456789_\n", max_size=60))
def test_no_text_whatever_gives_anything_but_a_meaning_or_a_refusal(source: str) -> None:
    try:
        meaning = SCOPE.read(source)
    except ExpressionError:
        assert refused(source).suggestion in ("", *SCOPE.symbols)
    else:
        assert meaning.low <= meaning.high


# The compiled expression is the written one


def amounts(depth: int) -> st.SearchStrategy[str]:
    leaves = st.sampled_from(["tension", "debt", "sum"]) | st.integers(-30, 30).map(str)
    if depth == 0:
        return leaves
    inner = amounts(depth - 1)
    return st.one_of(
        leaves,
        st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda parts: f"({' '.join(parts)})"),
        st.tuples(inner, st.sampled_from(["//", "%"]), st.integers(1, 9)).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        inner.map(lambda part: f"(-{part})"),
        st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(
            lambda parts: f"{parts[0]}({parts[1]}, {parts[2]})"
        ),
        st.tuples(inner, inner, inner).map(lambda parts: f"clamp({', '.join(parts)})"),
        st.tuples(inner, conditions(depth - 1), inner).map(lambda parts: f"({parts[0]} if {parts[1]} else {parts[2]})"),
    )


def conditions(depth: int) -> st.SearchStrategy[str]:
    leaves = st.sampled_from(["limits", "true", "false", "aim == partial", "aim > freeze", "limits == true"])
    if depth == 0:
        return leaves
    inner, numbers = conditions(depth - 1), amounts(depth - 1)
    compared = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
    return st.one_of(
        leaves,
        st.tuples(numbers, compared, numbers).map(lambda parts: f"({' '.join(parts)})"),
        st.tuples(numbers, compared, numbers, compared, numbers).map(lambda parts: f"({' '.join(parts)})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda parts: f"({' '.join(parts)})"),
        inner.map(lambda part: f"(not {part})"),
    )


BOARD = Scenario(
    id="test",
    title="Test",
    version="1",
    summary="",
    player="washington",
    meters=(Meter(id="tension", name="Tension"), Meter(id="debt", name="Debt", range=(-50, 5), start=0)),
    variables=(Variable(id="limits"), Variable(id="aim", values=("freeze", "partial", "complete"))),
    values=(Value(id="sum", formula=Expression("tension + debt")),),
    assumptions=(
        Assumption(id="works", title="It works", value=True, alternatives=(), case_for="A.", case_against="B."),
    ),
    seats=(Seat(id="washington", name="Washington"),),
    stages=(Stage(id="s", title="S", turn="week", turns=1, phases=(Phase(id="p", title="P"),)),),
    endings=(Ending(id="over", title="Over", text="Over."),),
)


def test_the_compiled_value_is_the_plain_one_and_within_the_stated_range() -> None:
    """For random expressions and random boards. One program holds many expressions, as those of packs do."""
    rng = random.Random(0)
    sources: list[str] = []

    @settings(max_examples=2 * EXAMPLES, deadline=None, database=None)
    @given(amounts(3) | conditions(3))
    def gather(source: str) -> None:
        sources.append(source)

    gather()
    values = [Value(id=f"v{number}", formula=Expression(source)) for number, source in enumerate(sources)]
    sound = [value for value in values if _is_sound(value.formula.source)]
    assert len(sound) > len(sources) * 0.9
    program = compile_scenario(_with_values(tuple(sound)))
    for value in sound:
        meaning = program.scope.symbols[value.id].formula
        assert meaning is not None
        for _ in range(5):
            board = {"tension": rng.randint(0, 100), "debt": rng.randint(-50, 5), "limits": rng.randint(0, 1)}
            board["aim"] = rng.randint(0, 2)
            state = list(program.initial)
            for name, number in board.items():
                state[program.places[name]] = number
            plain = evaluated(meaning.node, board | {"sum": board["tension"] + board["debt"]})
            assert program.valued[value.id](state) == plain, value.formula.source
            assert meaning.low <= plain <= meaning.high, value.formula.source
            # Python reads the same text in the same way, once the words of the language mean something to it.
            words = board | {"sum": board["tension"] + board["debt"], "freeze": 0, "partial": 1, "complete": 2}
            words |= {"true": 1, "false": 0}
            room: dict[str, Any] = {"min": min, "max": max, "clamp": lambda x, low, high: max(low, min(high, x))}
            assert eval(value.formula.source, {"__builtins__": {}}, room | words) == plain, value.formula.source


def _is_sound(source: str) -> bool:
    scope = Scope(dict(SCOPE.symbols) | {"sum": Symbol(id="sum", kind="int", low=-50, high=105)})
    try:
        scope.read(source)
    except ExpressionError:
        return False
    return True


def _with_values(values: tuple[Value, ...]) -> Scenario:
    return attrs.evolve(BOARD, values=(*BOARD.values, *values))
