"""What is printed, as plain values: counters, effects, rules, cards, moves, tables, seats and the order of play.

Each has the words that people read beside the sources (`when`, `amount`) that the words were made from, in the pack's
expression language with the assumptions worked in, so that a program can play by what is printed and by nothing else.
"""

from __future__ import annotations

import attrs

from tabletop.presentation.paper.dice import Dice


@attrs.frozen(kw_only=True)
class PaperCondition:
    """A condition: its source and its words, both "" for always."""

    source: str = ""
    words: str = ""


@attrs.frozen(kw_only=True)
class PaperCounter:
    """Something with a value that the table keeps: `kind` is meter, track, resource, variable or truth.

    `low` to `high` is its range; `members` name the values of one that has names. `start` is the source of what it
    begins with; `now` is its value where the kit continues a game. `keepers` are the seats that know it (none: all).
    `levels` are named thresholds, as (from, name).
    """

    id: str
    kind: str
    name: str
    text: str = ""
    low: int
    high: int
    members: tuple[str, ...] = ()
    member_words: tuple[str, ...] = ()
    is_yes_or_no: bool = False
    start: str = "0"
    refresh: int | None = None
    now: int | None = None
    keepers: tuple[str, ...] | None = None
    seat: str = ""
    levels: tuple[tuple[int, str], ...] = ()


@attrs.frozen(kw_only=True)
class PaperSum:
    """A named value that is worked out from the board whenever it is asked for."""

    id: str
    name: str
    text: str
    source: str
    words: str


@attrs.frozen(kw_only=True)
class PaperEffect:
    """One consequence. `number` is printed beside a delayed or lasting one: what falls due in the same turn is done in
    the order of the numbers. `verb` is that of the pack; `target` what it names; `amount` the source of by or to.
    `keepers` are the seats that know what it hangs on, and carry it out; None: everybody does."""

    verb: str
    target: str
    amount: str = ""
    when: PaperCondition = PaperCondition()
    until: PaperCondition = PaperCondition()
    after: int = 0
    lasts: int = 0
    number: int = 0
    seats: tuple[str, ...] = ()
    keepers: tuple[str, ...] | None = None
    words: str = ""
    timing: str = ""
    why: str = ""


@attrs.frozen(kw_only=True)
class PaperRule:
    """A line of a phase's checklist. `keepers` are the seats that know what it hangs on; None: everybody does."""

    id: str
    title: str
    text: str
    when: PaperCondition
    effects: tuple[PaperEffect, ...]
    keepers: tuple[str, ...] | None = None
    claims: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class PaperModifier:
    """More or fewer chances for an outcome, where its condition holds."""

    when: PaperCondition
    amount: str
    words: str
    why: str


@attrs.frozen(kw_only=True)
class PaperOutcome:
    """A row of a table: its chances before the modifiers, and what it brings."""

    id: str
    text: str
    weight: str
    weight_words: str
    modifiers: tuple[PaperModifier, ...]
    effects: tuple[PaperEffect, ...]


@attrs.frozen(kw_only=True)
class PaperTable:
    """A resolution table. With `dice`, its chances never change. With `truth`, they hang on that hidden truth alone:
    `signals` has the number of signal cards of each outcome for each value, and a card is drawn instead."""

    id: str
    title: str
    text: str
    outcomes: tuple[PaperOutcome, ...]
    dice: Dice | None = None
    truth: str = ""
    signals: tuple[tuple[int, ...], ...] = ()
    signal_error: float = 0.0
    keepers: tuple[str, ...] | None = None
    known_to: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class PaperOption:
    """An answer to a question on a card."""

    id: str
    label: str
    text: str
    requires: PaperCondition
    effects: tuple[PaperEffect, ...]


@attrs.frozen(kw_only=True)
class PaperChoice:
    """A question that a card puts to a seat, where its condition holds."""

    seat: str
    who: str
    prompt: str
    when: PaperCondition
    options: tuple[PaperOption, ...]


@attrs.frozen(kw_only=True)
class PaperCard:
    """An event card. It stays where `eligible` holds and the turn is within `turns`, in proportion to its chances.

    `comes` says in a line when it comes up, and what has to be thrown for it to stay.
    """

    id: str
    deck: str
    deck_name: str
    kind: str
    kind_words: str
    title: str
    text: str
    date: str
    record: str
    eligible: PaperCondition
    turns: tuple[int, int] | None
    weight: str
    weight_words: str
    comes: str
    effects: tuple[PaperEffect, ...]
    choices: tuple[PaperChoice, ...]
    claims: tuple[str, ...]
    sources: tuple[str, ...]
    readers: tuple[str, ...] = ()
    is_used: bool = False


@attrs.frozen(kw_only=True)
class PaperDeck:
    """A deck: how many chances its likeliest card can have, and so how many dice are thrown for whether a card stays,
    how many numbers each chance is, and from which number on they are thrown again (0: never)."""

    id: str
    name: str
    text: str
    refill: bool
    most_chances: int
    dice: int
    each: int
    again_from: int
    cards: int


@attrs.frozen(kw_only=True)
class PaperMove:
    """A move of a seat with its parameters chosen, in the phases in which it can be made."""

    id: str
    parameters: tuple[tuple[str, str], ...]
    label: str
    text: str
    group: str
    seats: tuple[str, ...]
    phases: tuple[str, ...]
    cost: tuple[tuple[str, int], ...]
    cost_words: str
    requires: PaperCondition
    once: str
    closes: bool
    secret: bool
    final: bool
    effects: tuple[PaperEffect, ...]


@attrs.frozen(kw_only=True)
class PaperPhase:
    """A phase: first its checklist, then a card of its deck, then its seats decide."""

    id: str
    title: str
    text: str
    when: PaperCondition
    deck: str
    seats: tuple[str, ...]
    is_face_down: bool
    picks: tuple[tuple[str, int], ...]
    may_pass: bool
    rules: tuple[PaperRule, ...]


@attrs.frozen(kw_only=True)
class PaperStage:
    """A stage with its phases; `dates` name its turns."""

    id: str
    title: str
    text: str
    turn: str
    turns: int
    until: PaperCondition
    then: str
    counts_time: bool
    dates: tuple[str, ...]
    phases: tuple[PaperPhase, ...]


@attrs.frozen(kw_only=True)
class PaperObjective:
    """Points that a seat counts at the end."""

    text: str
    source: str
    words: str


@attrs.frozen(kw_only=True)
class PaperSeat:
    """A seat's sheet: what all may read, and what it alone may."""

    id: str
    name: str
    role: str
    brief: tuple[str, ...]
    private_brief: tuple[str, ...]
    objectives: tuple[PaperObjective, ...]


@attrs.frozen(kw_only=True)
class PaperTruth:
    """A hidden truth: its values in words, the chances of each under the kit's assumptions, and who keeps it. `value`
    is the index of the value where the kit continues a game."""

    id: str
    name: str
    text: str
    values: tuple[str, ...]
    descriptions: tuple[str, ...]
    weights: tuple[int, ...]
    dice: Dice | None
    keepers: tuple[str, ...]
    value: int | None = None


@attrs.frozen(kw_only=True)
class PaperEnding:
    """An ending, and when it is the one: the first in order whose condition holds."""

    id: str
    title: str
    text: str
    when: PaperCondition


@attrs.frozen(kw_only=True)
class PaperAssumption:
    """A contestable premise as it is worked into this kit."""

    title: str
    value: str
    case_for: str
    case_against: str


@attrs.frozen(kw_only=True)
class PaperDue:
    """What has been set in motion in the game that the kit continues: the effect's number and the turns until then.
    `is_secret` where not everybody knows of it."""

    number: int
    in_turns: tuple[int, ...]
    words: str
    why: str
    is_secret: bool = False


@attrs.frozen(kw_only=True)
class PaperPosition:
    """Where a game stands that goes on at the table."""

    turn: int
    stage: str
    stage_turn: int
    phase: str
    label: str
    due: tuple[PaperDue, ...]


@attrs.frozen(kw_only=True)
class Kit:
    """All that is printed for a game."""

    id: str
    title: str
    question: str
    summary: str
    introduction: tuple[str, ...]
    version: str
    language: str
    minutes: int
    counters: tuple[PaperCounter, ...]
    sums: tuple[PaperSum, ...]
    stages: tuple[PaperStage, ...]
    moves: tuple[PaperMove, ...]
    decks: tuple[PaperDeck, ...]
    cards: tuple[PaperCard, ...]
    tables: tuple[PaperTable, ...]
    seats: tuple[PaperSeat, ...]
    truths: tuple[PaperTruth, ...]
    endings: tuple[PaperEnding, ...]
    assumptions: tuple[PaperAssumption, ...]
    questions: tuple[str, ...]
    glossary: tuple[tuple[str, str], ...]
    sources: tuple[tuple[str, str], ...]
    claims: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...] = ()
    position: PaperPosition | None = None
