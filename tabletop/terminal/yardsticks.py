"""A finished game by each yardstick, in a terminal."""

from __future__ import annotations

from rich.text import Text

from tabletop.presentation.yardsticks import Yardstick
from tabletop.terminal.rows import folded, ruled, text
from tabletop.terminal.scene import Scene


def yardstick_rows(scene: Scene, told: tuple[Yardstick, ...]) -> list[Text]:
    """What the game came to by each measure; nothing for a scenario that has none."""
    if not told:
        return []
    rows = [Text(), ruled(scene.marks, scene.width, scene.words("ending.yardsticks"))]
    rows += folded(text((scene.words("ending.yardsticks_note"), "dim")), scene.width, " ")
    for one in told:
        head = text(f"   {scene.marks.signed(one.points):>5}  ")
        rows += folded(text((one.name, "bold"), f" ({one.held_by}). {one.text}"), scene.width, head)
    return rows
