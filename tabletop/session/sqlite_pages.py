"""Reads rows from the pages of a damaged SQLite file that SQLite refuses to open.

Supports only what a journal uses: tables without rowid, one page size. Invalid rows are skipped; callers verify rows by
their checksums.
"""

from __future__ import annotations

import contextlib
import pathlib
import struct
from collections.abc import Iterator, Mapping
from typing import Any

from tabletop.session.journal_database import PAGE

#: Page types with rows of such tables, and the length of their headers.
_HEADERS = {0x0A: 8, 0x02: 12}
#: Maximum payload of a row in its own page, and the minimum if it continues in overflow pages.
_MOST, _LEAST = (PAGE - 12) * 64 // 255 - 23, (PAGE - 12) * 32 // 255 - 23
#: Maximum header length of a row with a few columns; that of random data is usually longer.
_LONGEST_HEAD = 40
#: Limit of total row bytes as a multiple of the file size, since a row exists once or twice.
_MOST_TIMES = 50
_WAL_HEADER, _FRAME_HEADER = 32, 24


def rows_in(path: pathlib.Path) -> Iterator[tuple[Any, ...]]:
    """Every recognizable row in the file or its WAL, in any order, some perhaps twice. Raises OSError."""
    pages, later = _pages(path), _later_pages(path)
    everything = pages | later
    # In a forged file very many rows may share overflow pages.
    room = _MOST_TIMES * PAGE * len(everything)
    for page in (*pages.values(), *later.values()):
        for row in _rows(page, everything):
            yield row
            room -= sum(len(value) for value in row if isinstance(value, str | bytes))
            if room < 0:
                return


def texts_in(path: pathlib.Path) -> Iterator[str]:
    """The file and its WAL as text, page by page, without undecodable bytes. Raises OSError."""
    for page in (*_pages(path).values(), *_later_pages(path).values()):
        yield page.decode("utf-8", "replace")


def _pages(path: pathlib.Path) -> dict[int, bytes]:
    data = path.read_bytes()
    return {at // PAGE + 1: data[at : at + PAGE].ljust(PAGE, b"\0") for at in range(0, len(data), PAGE)}


def _later_pages(path: pathlib.Path) -> dict[int, bytes]:
    """The latest pages in the WAL of a killed process."""
    beside = path.with_name(f"{path.name}-wal")
    data = beside.read_bytes() if beside.exists() else b""
    found = {}
    for at in range(_WAL_HEADER, len(data) - PAGE - _FRAME_HEADER + 1, PAGE + _FRAME_HEADER):
        (number,) = struct.unpack_from(">I", data, at)
        found[number] = data[at + _FRAME_HEADER : at + _FRAME_HEADER + PAGE]
    return found


def _rows(page: bytes, pages: Mapping[int, bytes]) -> Iterator[tuple[Any, ...]]:
    for header in [_HEADERS[page[0]]] if page[0] in _HEADERS else _HEADERS.values():
        (count,) = struct.unpack_from(">H", page, 3)
        for cell in range(min(count, (PAGE - header) // 2)):
            (at,) = struct.unpack_from(">H", page, header + 2 * cell)
            with contextlib.suppress(IndexError, ValueError, struct.error, OverflowError):
                yield _row(_payload(page, at + (4 if header == 12 else 0), pages))


def _payload(page: bytes, at: int, pages: Mapping[int, bytes]) -> bytes:
    """The payload of a row, with its overflow pages."""
    size, at = _number(page, at)
    if size <= _MOST:
        return page[at : at + size]
    here = _LEAST + (size - _LEAST) % (PAGE - 4)
    here = here if here <= _MOST else _LEAST
    found = page[at : at + here]
    (next,) = struct.unpack_from(">I", page, at + here)
    parts, length = [found], here
    while length < size and next in pages and len(parts) <= len(pages):
        more = pages[next]
        (next,) = struct.unpack_from(">I", more)
        parts.append(more[4:])
        length += PAGE - 4
    return b"".join(parts)[:size]


def _row(payload: bytes) -> tuple[Any, ...]:
    size, at = _number(payload, 0)
    if not 2 <= size <= _LONGEST_HEAD:
        raise ValueError("this is no row")
    kinds = []
    while at < size:
        kind, at = _number(payload, at)
        kinds.append(kind)
    values = []
    for kind in kinds:
        length = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0)[kind] if kind < 12 else (kind - 12) // 2
        values.append(_value(kind, payload[at : at + length]))
        at += length
    return tuple(values)


def _value(kind: int, raw: bytes) -> Any:
    if kind >= 12:
        return raw.decode("utf-8", "replace") if kind % 2 else raw
    if kind in (8, 9):
        return kind - 8
    return int.from_bytes(raw, "big", signed=True) if 1 <= kind <= 6 else None


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A varint (one to nine bytes), and the position after it."""
    value = 0
    for place in range(8):
        byte = data[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    return value << 8 | data[at + 8], at + 9
