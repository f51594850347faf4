"""Uses: what of the scenario needs or reads a meter, track or variable, in a line or two."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from tabletop.presentation.references import needed_by, read_by
from tabletop.terminal.rows import folded, text
from tabletop.terminal.scene import Scene

_MOST = 12


def uses(scene: Scene, ids: Sequence[str]) -> list[Text]:
    """What needs one of the ids, with the step that it needs, and what else reads it."""
    rows = _row(scene, "Needed by", needed_by(scene, ids), "; ")
    return rows + _row(scene, "Read by", read_by(scene, ids), ", ")


def _row(scene: Scene, lead: str, parts: Sequence[str], gap: str) -> list[Text]:
    if not parts:
        return []
    more = f"{gap}{scene.marks.more}+{len(parts) - _MOST}" if len(parts) > _MOST else ""
    return folded(gap.join(parts[:_MOST]) + more, scene.width, text((f" {lead}: ", "bold")), hang=3)
