"""A program: a scenario's rules as one flat list of integers for the machine, with tables that explain the numbers."""

from __future__ import annotations

from collections.abc import Container, Sequence
from types import MappingProxyType
from typing import TypeAlias

import attrs

from tabletop.engine import machine
from tabletop.engine.execution import ExecutionContext, Formula, Group
from tabletop.engine.layout import CARD, CHOICE, PASS, PHASE
from tabletop.scenario import Scenario
from tabletop.scenario.cards import Card
from tabletop.scenario.effects import Effect
from tabletop.scenario.expression_language import Node, Scope

Key: TypeAlias = tuple[str, tuple[tuple[str, str], ...]]


@attrs.frozen(kw_only=True)
class Origin:
    """The origin of an effect: the noun (rule, action, card, option or table), its id, claims and the effect.

    `target` is the value that it changes, "" for none: an effect has an origin for each. `audience` are the seats that
    learn of it and of its cause, None for everybody.
    """

    noun: str
    id: str
    claims: tuple[str, ...]
    effect: Effect
    card: str = ""
    title: str = ""
    target: str = ""
    audience: frozenset[str] | None = None


def targets_of(effect: Effect) -> tuple[str, ...]:
    """The targets of the origins of an effect, each with a row in the program."""
    return effect.changed or ("",)


@attrs.frozen(kw_only=True)
class Action:
    """A legal action as a player sees it: an action of the scenario with its parameters, a card's option, or a pass."""

    id: str
    label: str
    seat: str
    kind: str = "action"
    text: str = ""
    group: str = ""
    card: str = ""
    cost: MappingProxyType[str, int] = attrs.field(factory=lambda: MappingProxyType({}), hash=False)
    parameters: MappingProxyType[str, str] = attrs.field(factory=lambda: MappingProxyType({}), hash=False)
    tags: frozenset[str] = frozenset()
    claims: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = attrs.field(default=(), repr=False)
    move: int = attrs.field(default=-1, eq=False, repr=False)

    @property
    def key(self) -> Key:
        """Identifies the action among the legal ones: its id and parameters."""
        return self.id, tuple(self.parameters.items())

    def __str__(self) -> str:
        chosen = ", ".join(f"{name}={value}" for name, value in self.parameters.items())
        return f"{self.id}({chosen})" if chosen else self.id


@attrs.frozen(kw_only=True)
class Move:
    """A move in the program: its block of effects, condition, cost, and the place that stores its last turn; moves
    of which a seat makes only one a turn share it.

    `audience` are the seats that learn that it was made, None for everybody. The first
    `open_costs` costs are of public resources; `open_requires` is the condition if everybody can see its truth.
    """

    block: int
    requires: int = -1
    cost: tuple[tuple[int, int], ...] = ()
    memory: int = -1
    once: str = "never"
    closes: bool = False
    secret: bool = False
    seat: int = -1
    audience: frozenset[str] | None = None
    open_requires: int = -1
    open_costs: int = 0


@attrs.frozen(kw_only=True)
class CardCode:
    """A card in the program: its block, the place that stores when it came up, and its choices."""

    block: int
    place: int
    choices: tuple[ChoiceCode, ...] = ()


@attrs.frozen(kw_only=True)
class ChoiceCode:
    """A choice of a card in the program: its seat, its condition (the open one is publicly visible), its options."""

    seat: int
    condition: int
    open_condition: int
    options: tuple[int, ...]

    @property
    def may_not_arise(self) -> bool:
        """Whether the seat is asked even if the condition is false, to keep that secret; then it can only pass."""
        return self.condition != self.open_condition


@attrs.frozen(kw_only=True)
class TableCode:
    """A copy of a table for one set of secret causes: its number among the scenario's tables, the group of its weights,
    and for each outcome its block and the seats that learn of it (None: everybody)."""

    table: int
    group: int
    blocks: tuple[int, ...]
    audiences: tuple[frozenset[str] | None, ...]


@attrs.frozen(kw_only=True)
class DeckCode:
    """A deck in the program: its cards, the group of their weights, and whether it is refilled when empty."""

    cards: tuple[int, ...]
    group: int
    refill: bool


@attrs.frozen(kw_only=True)
class PhaseCode:
    """A phase in the program; rules are (condition, block) in order. `order` is the machine's number for its order."""

    stage: int
    rules: tuple[tuple[int, int], ...]
    deck: int = -1
    seats: tuple[int, ...] = ()
    order: int = 0
    is_face_down: bool = False
    picks: tuple[int, ...] = ()
    may_pass: bool = True
    when: int = -1
    moves: tuple[tuple[int, ...], ...] = ()
    open_menus: tuple[bool, ...] = ()


@attrs.frozen(kw_only=True)
class StageCode:
    """A stage in the program: its phases by number, and the next stage (-1: the ending)."""

    phases: tuple[int, ...]
    turns: int
    then: int = -1
    until: int = -1
    clock: bool = True


@attrs.frozen(kw_only=True)
class Habit:
    """A rule of a doctrine in the program: condition, odds out of 100, and its moves."""

    when: int
    odds: int
    moves: frozenset[int]


# No slots: together with a cached property they would slow down every attribute access.
@attrs.frozen(kw_only=True, eq=False, slots=False)
class Program:
    """All rules of a scenario. `code` is what the machine runs, in the layout of `tabletop.engine.layout`.

    Formulas are numbered: `formulas` are Python functions of a state, `nodes` the trees that they were made from, and
    `groups` evaluate several formulas at once (`group_nodes`). `most_moves` bounds the legal moves of a seat.
    `scenario` is the `planned` one plus the cards `added` during play. The other fields explain the numbers in the
    code.
    """

    scenario: Scenario
    planned: Scenario
    added: tuple[Card, ...]
    scope: Scope
    digest: str
    size: int
    places: dict[str, int]
    initial: tuple[int, ...]
    code: list[int]
    source: str
    formulas: tuple[Formula, ...]
    nodes: tuple[Node, ...]
    groups: tuple[Group, ...]
    group_nodes: tuple[tuple[Node, ...], ...]
    valued: dict[str, Formula]
    value_nodes: dict[str, Node]
    assumptions: dict[str, int]
    # Meaning of the numbers
    origins: tuple[Origin, ...]
    amounts: tuple[int, ...]
    conditions: tuple[int, ...]
    actions: tuple[Action, ...]
    moves: tuple[Move, ...]
    phases: tuple[PhaseCode, ...]
    stages: tuple[StageCode, ...]
    cards: tuple[CardCode, ...]
    decks: tuple[DeckCode, ...]
    tables: tuple[TableCode, ...]
    seat_places: tuple[int, ...]
    picks_room: int
    objectives: tuple[tuple[int, ...], ...]
    score_place: int
    most_moves: int
    doctrines: dict[tuple[str, str], int]
    # In another language: the program as its pack has it, whose rules this one shares, and those made of it so far
    original: Program | None = attrs.field(default=None, repr=False)
    others: dict[str, Program] = attrs.field(factory=dict, init=False, repr=False)
    # Looked up at every decision
    seat_ids: tuple[str, ...] = attrs.field(init=False)
    seat_numbers: dict[str, int] = attrs.field(init=False)
    menus: tuple[tuple[frozenset[int], ...], ...] = attrs.field(init=False)

    @seat_ids.default
    def _ids(self) -> tuple[str, ...]:
        return tuple(seat.id for seat in self.scenario.seats)

    @seat_numbers.default
    def _numbers(self) -> dict[str, int]:
        return {seat: number for number, seat in enumerate(self.seat_ids)}

    @menus.default
    def _menus(self) -> tuple[tuple[frozenset[int], ...], ...]:
        return tuple(tuple(frozenset([*menu, PASS]) for menu in phase.moves) for phase in self.phases)

    # A program is immutable, so a copy is the program itself; how it is pickled, the compiler says.

    def __copy__(self) -> Program:
        return self

    def __deepcopy__(self, memo: object) -> Program:
        return self

    def run(self, keeps: bool = True, outcomes: Sequence[int] | None = None) -> ExecutionContext:
        """An execution context for running this program."""
        return ExecutionContext(self.formulas, self.groups, keeps, outcomes)

    def acting(self, core: Sequence[int]) -> tuple[str, ...]:
        """The seats that must act in a state, in order; none when the game is over."""
        found = [0] * len(self.seat_ids)
        count = machine.all_to_act(self.code, core, found)
        return tuple(map(self.seat_ids.__getitem__, found[:count]))

    def legal(self, core: Sequence[int], seat: int) -> list[int]:
        """The legal moves of a seat that must act: at least one, PASS last if legal."""
        found = [0] * self.most_moves
        return found[: machine.legal(self.code, core, self, seat, found)]

    def is_open(self, core: Sequence[int], seat: int, move: int) -> bool:
        """Whether a move is among the legal ones of a seat that must act."""
        card = core[CARD]
        offered: Container[int] = self.menus[core[PHASE]][seat]
        if card >= 0:
            choice = self.cards[card].choices[core[CHOICE]]
            offered = (*choice.options, PASS) if choice.may_not_arise else choice.options
        return move in offered and machine.is_on(self.code, core, self, seat, move)

    def seat_number(self, seat: str) -> int:
        """The place of a seat in the scenario's order. Raises KeyError if there is no such seat."""
        number = self.seat_numbers.get(seat)
        if number is None:
            raise KeyError(f"there is no seat '{seat}' (there are {', '.join(self.seat_ids)})")
        return number
