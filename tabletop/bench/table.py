"""Prints the benchmark figures as a table of 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tabletop.bench.figures import DEFAULT_SCENARIO, Bench, Found, Section
from tabletop.bench.ratios import Change, Ratio

_WIDTH = 80
_CELL = 13


def table(found: Found, sections: Iterable[Section], machine: Mapping[str, str]) -> str:
    """The figures as a table, without lines and columns that have none."""
    parts = [[f"{DEFAULT_SCENARIO} on {machine['machine']}", machine["versions"]]]
    parts += [list(_rows(section, found[section.key])) for section in sections if found.get(section.key)]
    if "compiled_random" not in found.get("decisions_per_second", {"compiled_random": 0}):
        parts.append(["The compiled machine is not there: pip install 'tabletop[fast]'"])
    if not found.get("window_ms", True):
        parts.append(["The window cannot be measured here: it needs pygame-ce"])
    return "\n\n".join("\n".join(part) for part in parts)


def ratio_rows(bench: Bench, sections: Iterable[Section]) -> list[str]:
    """The figures as ratios to the yardstick of the same run, with what their noise is, and instructions by unit."""
    rows = [_row("As ratios to noughts and crosses in the same run", ["ratio", "noise ±%", "instructions"])]
    for section in sections:
        for line in section.lines:
            for column in section.columns:
                row = bench.ratios.get(section.key, {}).get(line.name(column))
                if row is not None:
                    ratio = Ratio.read(row)
                    off = 100 * (ratio.high - ratio.median) / ratio.median if ratio.median else 0.0
                    counted = bench.instructions.get(section.key, {}).get(line.name(column))
                    cells = [f"{ratio.median:,.4g}", f"{off:.0f}", "" if counted is None else f"{counted:,}"]
                    rows.append(_row(f"  {line.name(column)}", cells))
    if bench.counter.why_not:
        rows.append(f"  Instructions are {bench.counter.why_not}")
    return rows if len(rows) > 1 else []


def change_rows(found: Iterable[Change], both: int) -> list[str]:
    """What changed between two runs beyond noise."""
    rows = [
        _row(f"  {one.section} {one.name}", [f"×{one.by:.3g}", "better" if one.is_better else "worse"]) for one in found
    ]
    heading = f"Changed beyond noise: {len(rows)} of {both} figures that both runs have"
    return [heading, *rows]


def _rows(section: Section, figures: Mapping[str, int | float]) -> Iterator[str]:
    columns = [column for column in section.columns if any(line.name(column) in figures for line in section.lines)]
    yield _row(section.title, [section.columns[column] for column in columns])
    for line in section.lines:
        cells = [figures.get(line.name(column)) for column in columns]
        if any(cell is not None for cell in cells):
            yield _row(f"  {line.words}", ["" if cell is None else f"{cell:,}" for cell in cells])


def _row(words: str, cells: list[str]) -> str:
    return (words.ljust(_WIDTH - _CELL * len(cells)) + "".join(cell.rjust(_CELL) for cell in cells)).rstrip()
