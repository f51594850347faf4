"""A pack as a flat program: tables of integers that the machine runs over a state that is a list of integers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import TypeAlias

import attrs

from tabletop.scenario import Scenario
from tabletop.scenario.effects import Effect
from tabletop.scenario.language import Scope

Formula: TypeAlias = Callable[[Sequence[int]], int]
#: A move on the menu of a phase and a seat: number, memory, whether once a game, what it requires, cost.
MenuRow: TypeAlias = tuple[int, int, bool, Formula | None, tuple[tuple[int, int], ...]]
Key: TypeAlias = tuple[str, tuple[tuple[str, str], ...]]

# The first places of a state, the same in every program.
SEED_LOW, SEED_HIGH, DRAWS, TURN, STAGE, STAGE_TURN, PHASE, STEP = range(8)
POSITION, CARD, CHOICE, NEXT_STAGE, OUTCOME, DECISIONS, WAITING = range(8, 15)
QUEUE = 15
QUEUE_LENGTH = 8
HEADER = QUEUE + QUEUE_LENGTH

# Steps of a phase, in order.
ENTER, BEFORE, ACT, AFTER, LEAVE = range(5)

# What an effect does.
CHANGE, SET, ROLL, DEAL, BEGIN, END, TELL = range(7)

#: The move that takes no action; the same in every program.
PASS = 0


@attrs.frozen(kw_only=True)
class Origin:
    """Where an effect comes from: the noun (rule, action, card, option or table), its id, claims and the effect."""

    noun: str
    id: str
    claims: tuple[str, ...]
    effect: Effect
    card: str = ""
    title: str = ""
    known_to: frozenset[str] | None = None


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
        """What names the action among the legal ones: its id and parameters."""
        return self.id, tuple(self.parameters.items())

    def __str__(self) -> str:
        chosen = ", ".join(f"{name}={value}" for name, value in self.parameters.items())
        return f"{self.id}({chosen})" if chosen else self.id


@attrs.frozen(kw_only=True)
class Move:
    """A move in the program: its block of effects, condition, cost, and the place that remembers its last turn."""

    block: int
    requires: int = -1
    cost: tuple[tuple[int, int], ...] = ()
    memory: int = -1
    once: str = "never"
    closes: bool = False
    secret: bool = False
    seat: int = -1


@attrs.frozen(kw_only=True)
class PhaseCode:
    """A phase in the program; rules are (condition, block) in order."""

    stage: int
    rules: tuple[tuple[int, int], ...]
    deck: int = -1
    seats: tuple[int, ...] = ()
    simultaneous: bool = False
    picks: tuple[int, ...] = ()
    may_pass: bool = True
    when: int = -1
    moves: tuple[tuple[int, ...], ...] = ()


@attrs.frozen(kw_only=True)
class StageCode:
    """A stage in the program: its phases by number, and where it leads (-1: to the verdict)."""

    phases: tuple[int, ...]
    turns: int
    then: int = -1
    until: int = -1
    clock: bool = True


@attrs.frozen(kw_only=True)
class DoctrineRuleCode:
    """A habit in the program: condition, odds of 100, and the moves that it takes."""

    when: int
    odds: int
    moves: frozenset[int]


@attrs.frozen(kw_only=True, eq=False)
class Program:
    """The whole of a scenario's rules, flat. Conditions and amounts are numbers into `formulas`; -1 is none."""

    scenario: Scenario
    scope: Scope
    digest: str
    size: int
    places: dict[str, int]
    initial: tuple[int, ...]
    starts: tuple[tuple[int, int], ...]
    assumptions: dict[str, int]
    priors: tuple[tuple[int, tuple[int, ...]], ...]
    refresh: tuple[tuple[int, int], ...]
    source: str
    formulas: tuple[Formula, ...]
    valued: dict[str, Formula]
    # Effects, one entry each
    verbs: tuple[int, ...]
    targets: tuple[int, ...]
    amounts: tuple[int, ...]
    conditions: tuple[int, ...]
    lows: tuple[int, ...]
    highs: tuple[int, ...]
    delays: tuple[int, ...]
    delay_places: tuple[int, ...]
    lasts: tuple[int, ...]
    lasting_places: tuple[int, ...]
    untils: tuple[int, ...]
    origins: tuple[Origin, ...]
    clocked: tuple[int, ...]
    # Blocks of effects, tables and cards
    blocks: tuple[tuple[int, int], ...]
    table_weights: tuple[tuple[int, ...], ...]
    table_blocks: tuple[tuple[int, ...], ...]
    card_blocks: tuple[int, ...]
    card_choices: tuple[tuple[tuple[int, int, tuple[int, ...]], ...], ...]
    card_places: tuple[int, ...]
    decks: tuple[tuple[tuple[int, int], ...], ...]
    refill: tuple[bool, ...]
    # Moves, phases, stages
    moves: tuple[Move, ...]
    rows: tuple[MenuRow | None, ...]
    menus: tuple[tuple[tuple[MenuRow, ...], ...], ...]
    actions: tuple[Action, ...]
    phases: tuple[PhaseCode, ...]
    stages: tuple[StageCode, ...]
    seat_places: tuple[int, ...]
    picks_room: int
    endings: tuple[int, ...]
    objectives: tuple[tuple[int, ...], ...]
    score_place: int
    doctrines: dict[tuple[str, str], tuple[DoctrineRuleCode, ...]]
    # What is kept from some seats
    secret_actions: frozenset[str]
    private_tables: dict[str, frozenset[str]]

    def seat_number(self, seat: str) -> int:
        """The place of a seat in the scenario's order. Raises KeyError if there is no such seat."""
        for number, noun in enumerate(self.scenario.seats):
            if noun.id == seat:
                return number
        raise KeyError(f"there is no seat '{seat}' (there are {', '.join(noun.id for noun in self.scenario.seats)})")
