"""Straight code for one program: the machine's own functions, worked out as far as the program determines them.

Whatever depends on the program alone is a number here: addresses, rows, loops over effects, menus or rules, and tests
of what a row holds. What is left is loads, stores and tests of places of a state, written in LLVM's assembly language.
So the rules are not written a second time: a change of the machine changes what is made of it here.

A variant of a function is made for each set of arguments that are known in advance. Where the program does not
determine a number but bounds it (the phase, the seat, the move, the card on the table), the code branches to a variant
for each possible value (`_Cases`).
"""

from __future__ import annotations

import collections
import inspect
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import attrs

from tabletop.engine import bots, layout, philox
from tabletop.engine.compiled import array_execution
from tabletop.engine.compiled.flow_graphs import ARRAYS, FlowGraph, Instruction, Operand, flow_graph
from tabletop.engine.compiled.llvm_formulas import function_of_formula, function_of_group
from tabletop.engine.machine import cards, chance, effects, endings, legality, orders, turns
from tabletop.engine.program import Program

#: Arrays that the code is given: a program is part of it, and it has room of its own for weights.
_POINTERS = ("s", "found", "cast")

#: Where the functions come from.
MODULES = (philox, chance, legality, endings, effects, orders, cards, turns, bots)

#: Functions that other code calls, with their parameters as machine code: arrays are pointers.
ENTRIES = ("begin", "apply", "next_to_act", "bot_move")

#: Small functions, put in place of their calls, so that what is known of their results is known there.
_INLINED = (
    "choice_on_table",
    "menu_of",
    "seat_in_turn",
    "throw",
    "first_throw",
    "arises",
    "below",
    "philox",
    "draw",
    "weighted_index",
    "put_in_queue",
    "set_in_motion",
    "make_move",
    "happen",
    "roll",
)

#: Functions that have code for each seat.
_BY_SEAT = ("pick", "act", "can_act", "is_asked", "random_move")

#: Counters that would give each of their values its own code.
_UNKNOWN = {("legal", "count"), ("doctrine_move", "fitting"), ("doctrine_move", "throws"), ("all_to_act", "count")}

#: Places of a state whose values are followed where they are known.
_FOLLOWED = (layout.PHASE, layout.CARD, layout.CHOICE, layout.STAGE, layout.OUTCOME)

#: Places that hold -1 for none, and nothing else below 0.
_NONE_BELOW = (layout.CARD, layout.OUTCOME)

#: Functions that are seldom called: one variant serves for all arguments.
_SELDOM = ("doctrine_move", "legal")

#: Functions with no code of their own for single numbers, unless they are called with one.
_GENERAL = (*_SELDOM, "is_on")

#: Loops that go further than this stay loops: over weights, and over addresses.
_MOST_WEIGHTS, _MOST_ROWS = 16, 2000

#: Stand among these for the number of weights, and for the effects that are pending.
_WEIGHT_COUNT, _PENDING = -1, -2

#: Places that a function is told of although it does not read them: they bound what it may be given.
_TOLD = {"carry_out": (layout.PHASE,)}

#: More blocks of code than this would take too long to compile.
_MOST_BLOCKS = 150_000

Values: TypeAlias = Iterable[int]


class TooLarge(Exception):
    """A program for which no straight code is made: it would be too large, or is of an unexpected shape."""


def straight_code(program: Program) -> str:
    """An LLVM module with a function for each of ENTRIES. Raises TooLarge, NotSimple."""
    return _Specialiser(program).module()


@attrs.frozen
class _Point:
    """A place in a graph together with what is known there."""

    block: int
    at: int
    known: frozenset[tuple[str, int]]
    unknown: frozenset[str]
    facts: frozenset[tuple[int, Any]]


@attrs.define
class _Variant:
    """A function for arguments of which some are known."""

    name: str
    arrays: tuple[str, ...]
    unknown: tuple[str, ...]
    result: int | None = None
    is_empty: bool = False
    writes: frozenset[int] = frozenset()
    is_done: bool = False


class _Specialiser:
    def __init__(self, program: Program) -> None:
        self.program = program
        self.code = [*program.code]
        self.functions: dict[str, Any] = {}
        for module in MODULES:
            for name, function in inspect.getmembers(module, inspect.isfunction):
                if function.__module__ == module.__name__:
                    self.functions[name] = function
        self.functions["weighted_index"] = array_execution.weighted_index
        self.inlined = {name: self.functions[name] for name in _INLINED}
        self.graphs: dict[str, FlowGraph] = {}
        self.variants: dict[Any, _Variant] = {}
        self.texts: list[str] = []
        self.blocks = 0
        self.effects_of: dict[str, tuple[frozenset[int], frozenset[int]]] = {}

    def graph(self, name: str) -> FlowGraph:
        if name not in self.graphs:
            self.graphs[name] = flow_graph(self.functions[name], self.inlined)
        return self.graphs[name]

    def touched(self, name: str) -> tuple[frozenset[int], frozenset[int]]:
        """Which of the followed places a function and those that it calls may read, and which they may write."""
        if name not in self.effects_of:
            reads, writes, seen, waiting = set(), set(), {name}, [name]
            while waiting:
                for block in self.graph(waiting.pop()).blocks:
                    for one in block:
                        match one:
                            case ("load", _, "s", int(index)):
                                reads.add(index)
                            case ("store", "s", int(index), _):
                                writes.add(index)
                            case ("call", _, str(called), _) if called in self.functions and called not in seen:
                                seen.add(called)
                                waiting.append(called)
            self.effects_of[name] = frozenset(reads), frozenset(writes)
        return self.effects_of[name]

    def variant(
        self, name: str, arguments: Sequence[int | None], facts: Iterable[tuple[int, Any]], public: bool = False
    ) -> _Variant:
        """The variant of a function for arguments by parameter: numbers, or None where unknown (and for arrays)."""
        if name in _SELDOM:
            arguments, facts = [None] * len(arguments), ()
        reads, _ = self.touched(name)
        kept = frozenset((place, known) for place, known in facts if place in reads or place in _TOLD.get(name, ()))
        key = name, tuple(arguments), kept, public
        found = self.variants.get(key)
        if found is None:
            graph = self.graph(name)
            arrays = tuple(one for one in graph.parameters if one in _POINTERS)
            unknown = tuple(
                one
                for one, known in zip(graph.parameters, arguments, strict=True)
                if known is None and one not in ARRAYS
            )
            label = name if public else f"{name}.{len(self.variants)}"
            found = self.variants[key] = _Variant(label, arrays, unknown)
            known = {one: told for one, told in zip(graph.parameters, arguments, strict=True) if told is not None}
            self.texts.append(_Body(self, graph, found, known, kept, public).text())
        return found

    def module(self) -> str:
        program, places = self.program, self.program.places
        for name in ENTRIES:
            self.variant(name, [None] * len(self.graph(name).parameters), (), public=True)
        lines = [
            f"@code = internal constant [{len(self.code)} x i64] [{', '.join(f'i64 {word}' for word in self.code)}]",
            *(
                function_of_formula(f"internal i64 @value_{name}", node, places)
                for name, node in program.value_nodes.items()
            ),
        ]
        lines += [
            function_of_formula(f"internal i64 @formula_{at}", node, places) for at, node in enumerate(program.nodes)
        ]
        lines += [
            function_of_group(f"internal i64 @group_{at}", nodes, places)
            for at, nodes in enumerate(program.group_nodes)
        ]
        addresses = ", ".join(f"ptr @formula_{at}" for at in range(len(program.nodes)))
        lines.append(f"@formulas = internal constant [{len(program.nodes)} x ptr] [{addresses}]")
        return "\n".join([*lines, *self.texts])


class _Body:
    """Writes a variant of a function."""

    def __init__(
        self,
        maker: _Specialiser,
        graph: FlowGraph,
        variant: _Variant,
        known: Mapping[str, int],
        facts: frozenset[tuple[int, Any]],
        public: bool,
    ) -> None:
        self.maker, self.graph, self.variant, self.public = maker, graph, variant, public
        self.cases = _Cases(maker.program)
        self.labels: dict[_Point, int] = {}
        self.waiting: list[_Point] = []
        self.slots: dict[str, str] = {}
        self.blocks: list[list[str]] = []
        self.results: set[int | None] = set()
        self.weights = 0
        self.writes: set[int] = set()
        self.count = 0
        self.env: dict[str, int | None] = {**known, **dict.fromkeys(variant.unknown)}
        self.facts = dict(facts)
        self.lines: list[str] = []
        self.held: dict[str, str] = {one: f"%a.{one}" for one in variant.unknown}
        self.loose: set[str] = set(variant.unknown)
        self.origins: dict[str, int] = {}
        self.truths: dict[str, str] = {}
        self.tests: dict[str, tuple[int, bool]] = {}

    def text(self) -> str:
        entry = self.lines
        start = self.goto(0, 0)
        while self.waiting:
            point = self.waiting.pop()
            self.env = {**dict(point.known), **dict.fromkeys(point.unknown)}
            self.facts = dict(point.facts)
            self.lines = [f"b{self.labels[point]}:"]
            self.held, self.loose, self.origins = {}, set(), {}
            self.run(point.block, point.at)
            self.blocks.append(self.lines)
            self.maker.blocks += 1
            if self.maker.blocks > _MOST_BLOCKS:
                raise TooLarge(self.maker.program.scenario.id)
        variant = self.variant
        if len(self.results) == 1:
            (variant.result,) = self.results
        variant.is_empty = len(self.blocks) == 1 and len(self.blocks[0]) == 2 and variant.result is not None
        entry = [*(f"{slot} = alloca i64" for slot in self.slots.values()), *entry, f"br label %{start}"]
        variant.writes, variant.is_done = frozenset(self.writes), True
        if self.weights:
            entry.insert(0, f"%weights = alloca i64, i64 {self.weights}")
        arrays = [f"ptr noalias nocapture %{one}" for one in variant.arrays]
        head = ", ".join([*arrays, *(f"i64 %a.{one}" for one in variant.unknown)])
        linkage = "" if self.public else "internal "
        body = "\n".join(entry + _joined(self.blocks))
        return f"define {linkage}i64 @{variant.name}({head}) nounwind {{\nentry:\n{body}\n}}"

    # What is known

    def new(self, instruction: str) -> str:
        self.count += 1
        self.lines.append(f"%x{self.count} = {instruction}")
        return f"%x{self.count}"

    def slot(self, name: str) -> str:
        return self.slots.setdefault(name, f"%slot{len(self.slots)}")

    def known(self, operand: Operand) -> int | None:
        return operand if isinstance(operand, int) else self.env[operand]

    def shown(self, operand: Operand) -> str:
        """An operand in LLVM: a number, or the name of a register."""
        known = self.known(operand)
        if known is not None:
            return str(known)
        assert isinstance(operand, str)
        if operand not in self.held:
            self.held[operand] = self.new(f"load i64, ptr {self.slot(operand)}")
        return self.held[operand]

    def put(self, to: str, value: int | str) -> None:
        """Gives a variable a known value, or the register that holds it."""
        self.origins.pop(to, None)
        self.loose.discard(to)
        self.held.pop(to, None)
        if isinstance(value, int) and self.is_unknown(to):
            value = str(value)
        if isinstance(value, int):
            self.env[to] = value
        else:
            self.env[to] = None
            self.held[to] = value
            self.loose.add(to)

    def is_unknown(self, name: str) -> bool:
        return (self.graph.name, name) in _UNKNOWN

    def goto(self, block: int, at: int, spilled: bool = True) -> str:
        """The label of the code for a place of the graph with what is known now."""
        live = self.graph.live[block][at]
        if spilled:
            self.spill(live)
        point = _Point(
            block,
            at,
            frozenset((one, known) for one in live if (known := self.env.get(one)) is not None),
            frozenset(one for one in live if one in self.env and self.env[one] is None),
            frozenset(self.facts.items()),
        )
        if point not in self.labels:
            self.labels[point] = len(self.labels)
            self.waiting.append(point)
        return f"b{self.labels[point]}"

    def spill(self, live: frozenset[str]) -> None:
        for one in sorted(self.loose & live):
            self.lines.append(f"store i64 {self.held[one]}, ptr {self.slot(one)}")
        self.loose -= live

    def split(self, name: str, values: Sequence[int], block: int, at: int, place: int | None) -> None:
        """Branches to code for each value of a variable, and of the place where it came from."""
        register = self.shown(name)
        # A switch tells nothing of memory, and the value must be known at its targets: so it is stored before it.
        self.spill(self.graph.live[block][at])
        labels = []
        same = [one for one, held in self.held.items() if held == register]
        for value in values:
            env, facts = dict(self.env), dict(self.facts)
            self.env.update(dict.fromkeys(same, value))
            if place is not None:
                self.facts[place] = value
            labels.append(f"i64 {value}, label %{self.goto(block, at, spilled=False)}")
            self.env, self.facts = env, facts
        if len(values) == 1:
            self.lines.append(f"br label %{labels[0].split('%')[1]}")
            return
        last = labels.pop().split("%")[1]
        self.lines.append(f"switch i64 {register}, label %{last} [{' '.join(labels)}]")

    # Instructions

    def run(self, block: int, at: int) -> None:
        """Writes code from a place in the graph on, up to where others come from elsewhere."""
        while True:
            instruction = self.graph.blocks[block][at]
            target = self.leaves(instruction)
            if target is not None:
                if target < 0:
                    return
                if self.graph.reached[target] > 1:
                    self.lines.append(f"br label %{self.goto(target, 0)}")
                    return
                block, at = target, 0
                continue
            if instruction[0] == "op" and instruction[2] == "*" and self.branched(instruction, block, at):
                return
            self.step(instruction)
            at += 1
            if instruction[0] in ("set", "op") and self.env[instruction[1]] is None:
                values = self.cases.of_result(self.graph.name, instruction[1], self.env)
                if values is not None:
                    self.split(instruction[1], values, block, at, None)
                    return

    def leaves(self, instruction: Instruction) -> int | None:
        """Where an instruction goes: a block, -1 for a place that was written down, None for what follows it."""
        match instruction:
            case ("jump", target):
                return int(target)
            case ("branch", a, yes, no):
                known = self.known(a)
                if known is not None:
                    return int(yes if known else no)
                self.branch(a, yes, no)
                return -1
            case ("return", a):
                self.results.add(self.known(a))
                self.lines.append(f"ret i64 {self.shown(a)}")
                return -1
        return None

    def branch(self, a: Operand, yes: int, no: int) -> None:
        register = self.shown(a)
        place, is_none = self.tests.get(register, (-1, False))
        truth = self.truths.get(register) or self.new(f"icmp ne i64 {register}, 0")
        self.spill(self.graph.live[yes][0] | self.graph.live[no][0])
        facts, labels = self.facts, []
        for target, means_none in ((yes, is_none), (no, not is_none)):
            self.facts = {**facts, place: -1} if place >= 0 and means_none else facts
            labels.append(f"label %{self.goto(target, 0)}")
        self.facts = facts
        self.lines.append(f"br i1 {truth}, {', '.join(labels)}")

    def branched(self, product: Instruction, block: int, at: int) -> bool:
        """Whether the code branched on a factor of a product instead, as the address of a row follows from it."""
        _, _, _, a, b = product
        for factor, other in ((a, b), (b, a)):
            if self.known(factor) is None and self.known(other) is not None and isinstance(factor, str):
                place = self.origins.get(factor)
                values = self.cases.of_factor(self.graph.name, factor, place, self.env, self.facts)
                if values is not None:
                    self.split(factor, values, block, at, place)
                    return True
        return False

    def step(self, instruction: Instruction) -> None:
        match instruction:
            case ("set", to, a):
                origin = self.origins.get(a)
                known = self.known(a)
                self.put(to, self.shown(a) if known is None else known)
                if origin is not None and known is None:
                    self.origins[to] = origin
            case ("loop", to, first, until):
                start, end = self.known(first), self.known(until)
                if start is None or end is None or end - start > self.most_rounds():
                    self.put(to, self.shown(first))
                else:
                    self.put(to, start)
            case ("select", to, a, b, c):
                test = self.known(a)
                one = c if test == 0 else b
                if test is None:
                    truth = self.truths.get(self.shown(a)) or self.new(f"icmp ne i64 {self.shown(a)}, 0")
                    self.put(to, self.new(f"select i1 {truth}, i64 {self.shown(b)}, i64 {self.shown(c)}"))
                else:
                    known = self.known(one)
                    self.put(to, self.shown(one) if known is None else known)
            case ("op", to, sign, a, b):
                self.put(to, self.operation(sign, a, b))
            case ("load", to, array, index):
                self.load(to, array, index)
            case ("store", array, index, a):
                self.store(array, index, a)
            case ("call", to, "pop_effects", _):
                *rest, last = self.facts.pop(_PENDING, ((0, 0),))
                if rest:
                    self.facts[_PENDING] = tuple(rest)
                for one, value in zip(to, last, strict=True):
                    self.put(one, value)
            case ("call", _, "push_effects", (*_, at, end)):
                last = self.known(at), self.known(end)
                if None in last:
                    raise TooLarge("effects by number")
                self.facts[_PENDING] = (*self.facts.get(_PENDING, ()), last)
            case ("call", _, "clear_effects", _):
                self.facts.pop(_PENDING, None)
            case ("call", to, name, arguments):
                self.put(to, self.call(name, arguments))

    def most_rounds(self) -> int:
        return _MOST_WEIGHTS if self.graph.name == "deal" else _MOST_ROWS

    def operation(self, sign: str, a: Operand, b: Operand) -> int | str:
        left, right = self.known(a), self.known(b)
        if left is not None and right is not None:
            return _wrapped(_MEANING[sign](left, right))
        x, y = self.shown(a), self.shown(b)
        if sign in ("*", "&") and 0 in (left, right):
            return 0
        if sign == "+" and 0 in (left, right):
            return y if left == 0 else x
        if sign in _ARITHMETIC:
            return self.new(f"{_ARITHMETIC[sign]} i64 {x}, {y}")
        if sign in _COMPARISONS:
            truth = self.new(f"icmp {_COMPARISONS[sign]} i64 {x}, {y}")
            register = self.new(f"zext i1 {truth} to i64")
            self.truths[register] = truth
            place = self.origins.get(a) if isinstance(a, str) else None
            if place in _NONE_BELOW and right == 0 and sign in ("<", ">="):
                self.tests[register] = place, sign == "<"
            return register
        test = self.new(f"icmp {'slt' if sign == 'min' else 'sgt'} i64 {x}, {y}")
        return self.new(f"select i1 {test}, i64 {x}, i64 {y}")

    def address(self, array: str, index: Operand) -> str:
        base = "@code" if array == "p" else f"%{array}"
        return self.new(f"getelementptr inbounds i64, ptr {base}, i64 {self.shown(index)}")

    def load(self, to: str, array: str, index: Operand) -> None:
        known = self.known(index)
        if array == "p" and known is not None:
            self.put(to, self.maker.code[known])
        elif array == "s" and known in self.facts:
            self.put(to, self.facts[known])
        elif array == "r":
            self.put(to, self.weight(index))
        else:
            self.put(to, self.new(f"load i64, ptr {self.address(array, index)}"))
            if array == "s" and known in _FOLLOWED:
                self.origins[to] = known

    def store(self, array: str, index: Operand, a: Operand) -> None:
        place, known = self.known(index), self.known(a)
        self.lines.append(f"store i64 {self.shown(a)}, ptr {self.address(array, index)}")
        if array == "s" and place in _FOLLOWED:
            self.writes.add(place)
            self.facts.pop(place, None)
            self.origins = {one: origin for one, origin in self.origins.items() if origin != place}
            if known is not None:
                self.facts[place] = known

    # Formulas and weights

    def weight(self, index: Operand) -> int | str:
        """What the execution context holds: the number of weights, then the weights."""
        match self.known(index):
            case array_execution.WEIGHT_COUNT:
                return int(self.facts.pop(_WEIGHT_COUNT))
            case array_execution.WEIGHTS:
                return array_execution.RUN_HEAD
        at = self.new(f"sub i64 {self.shown(index)}, {array_execution.RUN_HEAD}")
        return self.new(f"load i64, ptr {self.new(f'getelementptr inbounds i64, ptr %weights, i64 {at}')}")

    def call(self, name: str, arguments: Sequence[Operand]) -> int | str:
        if name == "value":
            return self.formula(arguments[3])
        if name == "evaluate_weights":
            return self.group(arguments[3])
        if name == "forced_outcome":
            return -1
        if name in ("note", "set_cause"):
            return 0
        graph = self.maker.graph(name)
        known = [None if one in ARRAYS else self.known(a) for one, a in zip(graph.parameters, arguments, strict=True)]
        found = self.maker.variant(name, known, self.facts.items())
        writes = found.writes if found.is_done else self.maker.touched(name)[1]
        self.writes |= writes
        if found.is_empty and found.result is not None:
            return found.result
        told = [f"ptr %{one}" for one in found.arrays]
        told += [
            f"i64 {self.shown(a)}" for one, a in zip(graph.parameters, arguments, strict=True) if one in found.unknown
        ]
        register = self.new(f"call i64 @{found.name}({', '.join(told)})")
        self.facts = {place: at for place, at in self.facts.items() if place not in writes}
        self.origins = {one: place for one, place in self.origins.items() if place not in writes}
        return register if found.result is None else found.result

    def formula(self, number: Operand) -> int | str:
        known = self.known(number)
        if known is None:
            address = self.new(f"getelementptr ptr, ptr @formulas, i64 {self.shown(number)}")
            return self.new(f"call i64 {self.new(f'load ptr, ptr {address}')}(ptr %s)")
        node = self.maker.program.nodes[known]
        return int(node[1]) if node[0] == "num" else self.new(f"call i64 @formula_{known}(ptr %s)")

    def group(self, number: Operand) -> str:
        known = self.known(number)
        if known is None:
            raise TooLarge("a group by number")
        count = len(self.maker.program.group_nodes[known])
        self.weights = max(self.weights, count, 1)
        self.facts[_WEIGHT_COUNT] = count
        return self.new(f"call i64 @group_{known}(ptr %s, ptr %weights)")


class _Cases:
    """Numbers that a program bounds: where the address of a row follows from one, each value has its own code."""

    def __init__(self, program: Program) -> None:
        self.program = program

    def of_factor(
        self, function: str, name: str, place: int | None, env: Mapping[str, int | None], facts: Mapping[int, Any]
    ) -> Sequence[int] | None:
        """The values of a variable of a function, or of the place where it came from; None if it has too many."""
        program = self.program
        if function in _GENERAL:
            return None
        own = name.rpartition(".")[2]
        match place:
            case layout.PHASE:
                return range(len(program.phases))
            case layout.STAGE:
                return range(len(program.stages))
            case layout.CARD:
                return range(len(program.cards))
            case layout.CHOICE if facts.get(layout.CARD, -1) >= 0:
                return range(len(program.cards[facts[layout.CARD]].choices)) or None
        if own == "seat" and function in _BY_SEAT:
            return range(len(program.seat_ids))
        if own == "number" and function == "turn_up":
            return range(len(program.cards))
        if own == "number" and function in ("carry_out", "answer_card"):
            return self.moves(function, env, facts)
        return None

    def moves(self, function: str, env: Mapping[str, int | None], facts: Mapping[int, Any]) -> Sequence[int]:
        """The moves that a seat may have chosen."""
        program = self.program
        options = [number for number, action in enumerate(program.actions) if action.kind == "option"]
        if function == "answer_card":
            return [layout.PASS, *options]
        seat, phase = env.get("seat"), facts.get(layout.PHASE)
        if seat is not None and phase is not None:
            return program.phases[phase].moves[seat] or (layout.PASS,)
        return range(len(program.moves))

    def of_result(self, function: str, name: str, env: Mapping[str, int | None]) -> Sequence[int] | None:
        """The values of a variable that was just worked out, if each has its own code."""
        if (function, name) == ("random_move", "at"):
            count, passes = env["count"], env["passes"]
            return None if count is None or passes is None else range(count + passes)
        return None


_TARGET = re.compile(r"label (%b\d+)")


def _joined(blocks: Sequence[list[str]]) -> list[str]:
    """The lines of all blocks, those that are reached from one place only in that place."""
    by_label = {f"%{block[0][:-1]}": block for block in blocks}
    reached = collections.Counter({"%b0": 2})
    for block in blocks:
        reached.update(_TARGET.findall(block[-1]))
    lines: list[str] = []
    followers = {block[-1].rpartition(" ")[2] for block in blocks if block[-1].startswith("br label")}
    for label, block in by_label.items():
        if reached[label] == 1 and label in followers:
            continue
        lines += block
        while lines[-1].startswith("br label") and reached[target := lines[-1].rpartition(" ")[2]] == 1:
            lines[-1:] = by_label[target][1:]
    return lines


def _wrapped(number: int) -> int:
    """A number as 64 bits hold it."""
    return (int(number) + (1 << 63)) % (1 << 64) - (1 << 63)


_ARITHMETIC = {"+": "add", "-": "sub", "*": "mul", ">>": "ashr", "<<": "shl", "&": "and", "|": "or", "^": "xor"}
_COMPARISONS = {"==": "eq", "!=": "ne", "<": "slt", "<=": "sle", ">": "sgt", ">=": "sge"}
_MEANING: dict[str, Callable[[int, int], int]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    ">>": lambda a, b: a >> b,
    "<<": lambda a, b: a << b,
    "&": lambda a, b: a & b,
    "|": lambda a, b: a | b,
    "^": lambda a, b: a ^ b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "min": min,
    "max": max,
}
