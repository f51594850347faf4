"""The figures of a job as files: JSON, and tidy rows as CSV or Parquet."""

from __future__ import annotations

import csv
import json
import os
import pathlib
import tempfile
from collections.abc import Callable
from typing import Any, TypeAlias

from tabletop.storage.paths import written
from tabletop.storage.writing import replacing

Figures: TypeAlias = dict[str, Any]


def writer_for(out: str) -> Callable[[Figures, pathlib.Path], None]:
    """How a file of this name is written. Raises ValueError for an ending that is not known, or not installed."""
    ending = pathlib.Path(out).suffix.lower()
    if ending == ".parquet":
        try:
            import pyarrow  # noqa: F401
        except ModuleNotFoundError:
            raise ValueError("writing .parquet needs an extra: pip install 'tabletop[parquet]'") from None
        except Exception as error:  # of libraries that do not fit each other anything may be raised
            raise ValueError(f"writing .parquet needs PyArrow, which does not load here ({error})") from None
    writers = {".json": _write_json, ".csv": _write_csv, ".parquet": _write_parquet}
    if ending not in writers:
        raise ValueError(f"'{out}' must end in {', '.join(writers)}")
    return writers[ending]


def check_writable(out: str) -> None:
    """Raises ValueError or OSError now where the file could not be written later."""
    writer_for(out)
    path = written(out).resolve()
    if not path.parent.is_dir():
        raise FileNotFoundError(None, f"there is no folder {path.parent}")
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(None, "it is there, and may not be changed")
    with tempfile.TemporaryFile(dir=path.parent):
        pass


def write(figures: Figures, out: str) -> None:
    """Writes the figures as the file's ending says, whole or not at all. Raises ValueError and OSError."""
    with replacing(written(out)) as unfinished:
        writer_for(out)(figures, unfinished)


def rows(figures: Figures) -> list[dict[str, Any]]:
    """The figures as tidy rows: of what kind, of which id, which statistic, its value; and of which job."""
    found = []
    for kind in ("outcomes", "meters"):
        for name, statistics in figures[kind].items():
            found += [{"kind": kind, "id": name, "statistic": key, "value": value} for key, value in statistics.items()]
    for seat, mean in figures["scores"].items():
        low, high = figures["score_intervals"][seat]
        for key, value in (("mean", mean), ("low", low), ("high", high)):
            found.append({"kind": "scores", "id": seat, "statistic": key, "value": value})
    common = {key: figures[key] for key in ("scenario", "version", "seed", "games")}
    settings = {key: _pairs(figures[key]) for key in ("assumptions", "players")}
    return [{**common, **settings, **row, "value": float(row["value"])} for row in found]


def _pairs(settings: dict[str, Any]) -> str:
    return " ".join(f"{name}={json.dumps(value).strip(chr(34))}" for name, value in settings.items())


def _write_json(figures: Figures, path: pathlib.Path) -> None:
    path.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def _write_csv(figures: Figures, path: pathlib.Path) -> None:
    table = rows(figures)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, table[0])
        writer.writeheader()
        writer.writerows(table)


def _write_parquet(figures: Figures, path: pathlib.Path) -> None:
    import pyarrow
    import pyarrow.parquet

    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows(figures)), path)
