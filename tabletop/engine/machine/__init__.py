"""The rules of play: runs a program on a state, from one decision to the next.

The only place where the rules are written. A program and a state are flat lists of integers; formulas, chance and notes
come from `tabletop.engine.execution`. The functions use only what Numba can compile, and
`tabletop.engine.compiled.native` compiles these same functions for batches of games. The state is changed in place.
"""

from tabletop.engine.machine.cards import turn_up
from tabletop.engine.machine.legality import affordable, can_act, choice_on_table, is_on, legal
from tabletop.engine.machine.orders import all_to_act, clear_picks, next_to_act, open_phase, reveal
from tabletop.engine.machine.turns import advance, apply, begin

__all__ = [
    "advance",
    "affordable",
    "all_to_act",
    "apply",
    "begin",
    "can_act",
    "choice_on_table",
    "clear_picks",
    "is_on",
    "legal",
    "next_to_act",
    "open_phase",
    "reveal",
    "turn_up",
]
