"""Keyboard focus, hover and scroll positions of a screen, and where Tab and the arrow keys move the focus."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tabletop.window.boxes import Box
from tabletop.window.scene import DrawnControl
from tabletop.window.text_editing import Edit

LEFT, RIGHT, UP, DOWN = (-1, 0), (1, 0), (0, -1), (0, 1)


@attrs.define
class Attention:
    """The state of a screen between frames: focus, pointer, scroll positions, text being edited.

    `edits` are the editing states of its fields by name; `caret` is where the focused caret was drawn. The focus is
    visible while the keyboard is in use. `since` is when the pointer or the focus last moved.
    """

    focused: str = ""
    hovered: str = ""
    pressed: str = ""
    by_keyboard: bool = True
    since: float = 0.0
    offsets: dict[str, float] = attrs.field(factory=dict)
    edits: dict[str, Edit] = attrs.field(factory=dict)
    caret: Box | None = None

    def is_shown(self, name: str) -> bool:
        """Whether a control has the visible focus."""
        return self.by_keyboard and self.focused == name

    def is_active(self, name: str) -> bool:
        """Whether a control is hovered or visibly focused."""
        return self.hovered == name or self.is_shown(name)

    @property
    def active(self) -> str:
        """The hovered or visibly focused control, or ""."""
        return self.focused if self.by_keyboard else self.hovered


def after(controls: Sequence[DrawnControl], name: str, step: int = 1) -> str:
    """The control that Tab (`step` -1: Shift+Tab) goes to, in drawing order; wraps around at the end."""
    names = [drawn.name for drawn in controls]
    if not names:
        return ""
    if name not in names:
        return names[0] if step > 0 else names[-1]
    return names[(names.index(name) + step) % len(names)]


def towards(controls: Sequence[DrawnControl], name: str, way: tuple[int, int]) -> str:
    """The control that an arrow key goes to: the nearest in that direction, preferring those straight ahead; else the
    same."""
    here = next((drawn for drawn in controls if drawn.name == name), None)
    if here is None:
        return controls[0].name if controls else ""
    best, best_cost = name, float("inf")
    for other in controls:
        cost = _cost(here, other, way)
        if other.name != name and cost is not None and cost < best_cost:
            best, best_cost = other.name, cost
    return best


def _cost(here: DrawnControl, other: DrawnControl, way: tuple[int, int]) -> float | None:
    a, b = here.box, other.box
    across, down = b.centre[0] - a.centre[0], b.centre[1] - a.centre[1]
    ahead = across * way[0] + down * way[1]
    if ahead <= 1:
        return None
    if way[0]:
        gap = b.x - a.right if way[0] > 0 else a.x - b.right
        aside = max(0.0, b.y - a.bottom, a.y - b.bottom)
        off_centre = abs(down)
    else:
        gap = b.y - a.bottom if way[1] > 0 else a.y - b.bottom
        aside = max(0.0, b.x - a.right, a.x - b.right)
        off_centre = abs(across)
    if gap < -min(a.width, a.height) / 2:
        return None
    return max(0.0, gap) + 4 * aside + 0.2 * off_centre
