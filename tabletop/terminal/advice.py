"""Advice: what the search player would do here, and why."""

from __future__ import annotations

from rich.text import Text

from tabletop.presentation.advice import advice_of
from tabletop.session.advice import advice
from tabletop.terminal.rows import folded, ruled, text
from tabletop.terminal.scene import Scene

#: Seconds that it thinks.
SECONDS = 2.0


def advice_page(scene: Scene) -> list[Text]:
    """What the search player would do for the seat, which waits while it thinks."""
    said = scene.words
    if scene.session.to_act != scene.seat:
        return folded(said("table.advice_later"), scene.width, " ")
    told = advice_of(scene, said, advice(scene.session.position, scene.seat, SECONDS))
    rows = [ruled(scene.marks, scene.width, said("table.advice_title"))]
    rows += folded(text((said("table.advice_do", move=told.choice), "bold")), scene.width, " ")
    for reason in told.reasons:
        rows += folded(reason, scene.width, " ")
    rows.append(Text())
    for at, one in enumerate(told.weighed, 1):
        rows += folded(text((one.label, "bold"), "  ", (one.expected, "dim")), scene.width, f" {at} ", hang=3)
    return [*rows, *folded(text((f"{told.basis} {told.plan}".strip(), "dim")), scene.width, " ")]
