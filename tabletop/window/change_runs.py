"""Changes of the board as runs of text: facts by what they are now, meters with an arrow and what it is to the seat."""

from __future__ import annotations

from collections.abc import Sequence

from tabletop.presentation.board_changes import BoardChange
from tabletop.presentation.spans import signed
from tabletop.window.text import Run

_ROLES = {1: "good", -1: "bad", 0: None}


def runs_of(changes: Sequence[BoardChange]) -> list[Run]:
    """All of the changes in a row, with room between them."""
    found: list[Run] = []
    for one in changes:
        found += [Run("   ", "text")] if found else []
        if one.kind in ("meter", "track"):
            label = one.short.replace(" ", "\u00a0")
            arrow = "▲" if one.amount > 0 else "▼"
            found += [
                Run(f"{label}\u00a0", "text"),
                Run(f"{arrow}\u00a0{signed(one.amount)}", "bold", _ROLES[one.sign]),
            ]
        else:
            found += [Run(f"{one.name}: ", "text"), Run(one.value, "bold")]
    return found
