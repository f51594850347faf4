"""The progress bar of a job: games done, speed, time left."""

from __future__ import annotations

from typing import Literal

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text


class Games(ProgressColumn):
    """How many games are done, of how many, and how many a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        rate = f" {speed:,.0f}/s" if speed else ""
        return Text(f"{task.completed:,.0f}/{task.total or 0:,.0f} games{rate}", no_wrap=True)


def progress(counts: Literal["games", "parts"] = "games") -> Progress:
    """A bar on standard error that leaves nothing behind, and nothing at all where that is no terminal. It `counts`
    games, with how many a second, or parts of a whole, in per cent."""
    console = Console(stderr=True)
    done = Games() if counts == "games" else TaskProgressColumn()
    columns = (TextColumn("{task.description}"), BarColumn(None), done, TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True, expand=True, disable=not console.is_terminal)
