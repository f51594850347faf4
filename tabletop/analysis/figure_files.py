"""Writes the figures of a job as JSON, or as tidy rows in CSV or Parquet."""

from __future__ import annotations

import csv
import io
import json
import pathlib
from collections.abc import Callable
from typing import Any, TypeAlias

from tabletop.scenario.problems import quoted
from tabletop.scenario.text_sanitizing import cell
from tabletop.storage.output import check_writable, is_stream, write_out

Figures: TypeAlias = dict[str, Any]


#: The default format.
_PLAIN = ".json"


def _writer_for(out: str) -> Callable[[Figures], bytes]:
    """The writer for a file's extension. Raises ValueError for an unknown one, or one whose library is missing."""
    ending = pathlib.Path(out).suffix.lower()
    writers = {".json": _as_json, ".csv": _as_csv, ".parquet": _as_parquet}
    if ending not in writers and is_stream(out):
        ending = _PLAIN
    if ending == ".parquet":
        try:
            import pyarrow  # noqa: F401
        except ModuleNotFoundError:
            raise ValueError("writing .parquet needs an extra: pip install 'tabletop[parquet]'") from None
        except Exception as error:  # incompatible libraries may raise anything
            raise ValueError(f"writing .parquet needs PyArrow, which does not load here ({error})") from None
    if ending not in writers:
        raise ValueError(f"{quoted(out)} must end in {', '.join(writers)}, or be '-' for standard output")
    return writers[ending]


def check(out: str) -> None:
    """Raises ValueError or OSError in advance if the file cannot be written."""
    _writer_for(out)
    check_writable(out)


def write(figures: Figures, out: str) -> None:
    """Writes the figures atomically in the format of the file's extension; JSON to standard output, a pipe or a device.
    Raises ValueError and OSError."""
    write_out(_writer_for(out)(figures), out)


def rows(figures: Figures) -> list[dict[str, Any]]:
    """The figures as tidy rows: kind, id, statistic, value, and the settings of the job."""
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


def _as_json(figures: Figures) -> bytes:
    return f"{json.dumps(figures, indent=2)}\n".encode()


def _as_csv(figures: Figures) -> bytes:
    found, table = rows(figures), io.StringIO(newline="")
    writer = csv.DictWriter(table, found[0])
    writer.writeheader()
    writer.writerows({name: cell(value) for name, value in row.items()} for row in found)
    return table.getvalue().encode()


def _as_parquet(figures: Figures) -> bytes:
    import pyarrow
    import pyarrow.parquet

    buffer = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows(figures)), buffer)
    return buffer.getvalue()
