"""Prints the benchmark figures as a table of 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tabletop.bench.figures import DEFAULT_SCENARIO, Found, Section

_WIDTH = 80
_CELL = 13


def table(found: Found, sections: Iterable[Section], machine: Mapping[str, str]) -> str:
    """The figures as a table, without lines and columns that have none."""
    parts = [[f"{DEFAULT_SCENARIO} on {machine['machine']}", machine["versions"]]]
    parts += [list(_rows(section, found[section.key])) for section in sections if found.get(section.key)]
    if "compiled_random" not in found.get("decisions_per_second", {}):
        parts.append(["The compiled machine is not there: pip install 'tabletop[fast]'"])
    if not found.get("window_ms"):
        parts.append(["The window cannot be measured here: it needs pygame-ce"])
    return "\n\n".join("\n".join(part) for part in parts)


def _rows(section: Section, figures: Mapping[str, int | float]) -> Iterator[str]:
    columns = [column for column in section.columns if any(line.name(column) in figures for line in section.lines)]
    yield _row(section.title, [section.columns[column] for column in columns])
    for line in section.lines:
        cells = [figures.get(line.name(column)) for column in columns]
        if any(cell is not None for cell in cells):
            yield _row(f"  {line.words}", ["" if cell is None else f"{cell:,}" for cell in cells])


def _row(words: str, cells: list[str]) -> str:
    return (words.ljust(_WIDTH - _CELL * len(cells)) + "".join(cell.rjust(_CELL) for cell in cells)).rstrip()
