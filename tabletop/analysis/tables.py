"""Prints the figures of a job as tables."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tabletop.analysis.figure_files import Figures
from tabletop.scenario import Scenario
from tabletop.scenario.text_sanitizing import shown


def show(figures: Figures, scenario: Scenario, aside: bool = False) -> None:
    """Prints the figures, to standard error where they are shown `aside` of what is printed for a program."""
    console = Console(highlight=False, markup=False, stderr=aside)
    cast = ", ".join(f"{seat} {name}" for seat, name in figures["players"].items())
    title = Text.assemble((shown(scenario.title), "bold"), f", {figures['games']:,} games; {cast}")
    console.print(title)
    for table in (_outcomes(figures, scenario), _meters(figures, scenario), _points(figures, scenario)):
        console.print()
        console.print(table)
    speed = figures["decisions_per_second"]
    console.print(f"\n{figures['decisions']:,} decisions" + (f", {speed:,} a second" if speed else ""))


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", no_wrap=number > 0)
    return table


def _named(name: str) -> Text:
    return Text(shown(name))


def _interval(low: float, high: float) -> str:
    return f"{low:.1f} to {high:.1f}"


def _outcomes(figures: Figures, scenario: Scenario) -> Table:
    titles = {ending.id: ending.title for ending in scenario.endings}
    table = _table("how it ended", "share", "95% interval")
    for name, share in figures["outcomes"].items():
        if share["share"]:
            table.add_row(_named(titles[name]), f"{share['share']:.1%}", f"{share['low']:.1%} to {share['high']:.1%}")
    return table


def _meters(figures: Figures, scenario: Scenario) -> Table:
    names = {meter.id: meter.name for meter in scenario.meters}
    table = _table("meters at the end", "mean", "95% interval", "p10", "p50", "p90")
    for meter, figure in figures["meters"].items():
        points = (f"{figure[key]:.0f}" for key in ("p10", "p50", "p90"))
        table.add_row(_named(names[meter]), f"{figure['mean']:.1f}", _interval(figure["low"], figure["high"]), *points)
    return table


def _points(figures: Figures, scenario: Scenario) -> Table:
    names = {seat.id: seat.name for seat in scenario.seats}
    table = _table("points", "mean", "95% interval")
    for seat, mean in figures["scores"].items():
        table.add_row(_named(names[seat]), f"{mean:.1f}", _interval(*figures["score_intervals"][seat]))
    return table
