"""Integer layout of states and programs: addresses, row formats and codes of phases and steps.

A program refers to its rows by address: `p[effect + EFFECT_VERB]` is the verb of the effect whose row begins at
`effect`. Things that a state names by number (moves, cards, phases, stages) have rows of constant size, so that the
address follows from the number. A formula or a group of formulas is named by its number; -1 is none.
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from typing import TypeAlias

#: The code of a program; the integers of a state to be read; and of one to be changed.
Code: TypeAlias = Sequence[int]
Core: TypeAlias = Sequence[int]
State: TypeAlias = MutableSequence[int]

# The first places of a state, the same in every program.
SEED_LOW, SEED_HIGH, DRAWS, TURN, STAGE, STAGE_TURN, PHASE, STEP = range(8)
POSITION, CARD, CHOICE, NEXT_STAGE, OUTCOME, DECISIONS, WAITING = range(8, 15)
QUEUE = 15
QUEUE_LENGTH = 8
HEADER = QUEUE + QUEUE_LENGTH

# A seat's block in a state, for the present phase: whether it is ready, how many moves it has picked, and which.
READY, PICKED, PICKS = range(3)

# Steps of a phase, in order.
ENTER, BEFORE, ACT, AFTER, LEAVE = range(5)

#: The move that takes no action; the same in every program.
PASS = 0

# The header of a program: counts, places and the addresses of its parts. The seats' blocks are contiguous.
SIZE, SEATS, ROOMS, SEAT_ROOM, SCORES, EFFECTS, TABLES, CARDS, MOVES, PHASES, STAGES, DECKS = range(12)
SEAT_ROWS, STARTS, START_COUNT, PRIORS, PRIOR_COUNT, REFRESH, REFRESH_COUNT = range(12, 19)
CLOCKED, CLOCKED_COUNT, ENDINGS, ENDING_COUNT, PHASE_COUNT, MOVE_COUNT = range(19, 25)
# Read and appended only by the compiled machine: addresses of the machine code of formulas and of groups.
FORMULAS, GROUPS = range(25, 27)
# There too, addresses of straight code, 0 as long as there is none.
STRAIGHT_BEGIN, STRAIGHT_APPLY, STRAIGHT_NEXT_TO_ACT, STRAIGHT_BOT_MOVE = range(27, 31)
PROGRAM_HEAD = 31

#: The amount of an effect is constant if it has no formula. An effect that names values and has no amount has there the
#: number of this row among its rows: one for each value.
EFFECT_VERB, EFFECT_TARGET, EFFECT_AMOUNT, EFFECT_FORMULA, EFFECT_CONDITION, EFFECT_LOW, EFFECT_HIGH = range(7)
#: The place of an effect stores when it falls due or how long it lasts; an immediate effect has none (-1).
EFFECT_PLACE, EFFECT_DELAY, EFFECT_LASTS, EFFECT_UNTIL, EFFECT_NUMBER = range(7, 12)
EFFECT_ROW = 12

TABLE_GROUP, TABLE_BLOCKS = range(2)
TABLE_ROW = 2
#: A block is a range of effects: the address of the first, and the address after the last.
BLOCK_ROW = 2

CARD_FIRST, CARD_END, CARD_PLACE, CARD_CHOICES, CARD_CHOICE_COUNT = range(5)
CARD_ROW = 5
#: An open condition is one whose truth everybody can see; a choice with any other condition has none (-1).
CHOICE_SEAT, CHOICE_CONDITION, CHOICE_OPTIONS, CHOICE_OPTION_COUNT, CHOICE_NUMBER, CHOICE_OPEN_CONDITION = range(6)
CHOICE_ROW = 6

MOVE_FIRST, MOVE_END, MOVE_REQUIRES, MOVE_MEMORY, MOVE_ONCE_A_GAME, MOVE_CLOSES, MOVE_COSTS, MOVE_COST_COUNT = range(8)
#: The requirement of a move if everybody can see it (-1 if secret), whether the move is secret, and how many of its
#: costs (the first ones) are of public resources.
MOVE_OPEN_REQUIRES, MOVE_SECRET, MOVE_OPEN_COST_COUNT = range(8, 11)
MOVE_ROW = 11
#: A cost is a place and an amount.
COST_ROW = 2

PHASE_RULES, PHASE_RULE_COUNT, PHASE_DECK, PHASE_SEATS, PHASE_SEAT_COUNT, PHASE_ORDER = range(6)
PHASE_MAY_PASS, PHASE_WHEN, PHASE_MENUS = range(6, 9)
PHASE_ROW = 9
RULE_CONDITION, RULE_FIRST, RULE_END = range(3)
RULE_ROW = 3
#: A menu, the moves of one seat in one phase: how many, the address of their list, how many it picks, and whether
#: everybody can see which of them may be made.
MENU_COUNT, MENU_MOVES, MENU_PICKS, MENU_OPEN = range(4)
MENU_ROW = 4

STAGE_FIRST, STAGE_LAST, STAGE_TURNS, STAGE_THEN, STAGE_UNTIL, STAGE_CLOCK = range(6)
STAGE_ROW = 6

DECK_GROUP, DECK_CARDS, DECK_COUNT, DECK_REFILL = range(4)
DECK_ROW = 4

SEAT_OBJECTIVES, SEAT_OBJECTIVE_COUNT = range(2)
SEAT_ROW = 2

#: A start is a place and a formula; a prior a place and a group; a refresh a place and an amount.
PAIR = 2

#: A doctrine has a pair for every phase, then for every choice of a card: the address of the habits that apply there,
#: and their number. A habit: its condition, its odds out of 100, and its moves there.
HABIT_WHEN, HABIT_ODDS, HABIT_MOVES, HABIT_MOVE_COUNT = range(4)
HABIT_ROW = 4

#: A group of formulas: the address of its machine code, and the number of formulas.
GROUP_FORMULA, GROUP_COUNT = range(2)
GROUP_ROW = 2
