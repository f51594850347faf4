"""The branches of a session as rows: a tree, each branch under the one that it left."""

from __future__ import annotations

from rich.text import Text

from tabletop.presentation.branches import branch_tree
from tabletop.session.step_summary import branch_summaries
from tabletop.terminal.rows import folded, ruled, text
from tabletop.terminal.scene import Scene


def branch_rows(scene: Scene) -> list[Text]:
    """All branches of the session, with where each ends and which the game is on."""
    rows = [ruled(scene.marks, scene.width, scene.words("facilitate.branches"), heavy=True)]
    for one in branch_tree(scene.names, scene.words, branch_summaries(scene.session)):
        here = f"  {scene.marks.lead} {scene.words('branches.here')}" if one.is_current else ""
        lead = " " + "   " * one.depth + ("" if not one.depth else f"{scene.marks.to} ")
        left = f", {one.left}" if one.left else ""
        words = text((one.name, "bold"), f"  {one.steps}, {one.where}", (left, "dim"), (here, "bold cyan"))
        rows += folded(words, scene.width, lead)
    return rows
