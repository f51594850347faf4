"""Rendered pages: the parts that many share, and the few values that each person has for themselves.

A class is sent its pages in the same instant. What a team sees alike is encoded and compressed once for all of it; a
phone is sent those bytes, and puts its own values into the places that are left for them.
"""

from __future__ import annotations

import functools
import hashlib
import json
import struct
import zlib
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import attrs

#: How hard parts are compressed: beyond this it takes longer and saves little.
_LEVEL = 5
#: The longest block that deflate can hold as it is.
_LONGEST_STORED = 0xFFFF

#: What a gzip stream begins with: no name and no time.
GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"


def place(name: str) -> str:
    """What stands in a part where each person has a value of their own. No text of people has a NUL."""
    return f"\x00{name}\x00"


@attrs.frozen(eq=False, slots=False)
class Part:
    """A part of a page as HTML, with a digest of it. It holds the object that it was made `of`, so that its id is not
    another's."""

    html: str
    digest: bytes
    of: object = None

    @functools.cached_property
    def lines(self) -> bytes:
        """The part as lines of an event's data."""
        return ("data: " + self.html.replace("\n", "\ndata: ") + "\n").encode()

    @functools.cached_property
    def packed(self) -> bytes:
        """The lines as blocks of deflate which need nothing that came before them and end on a byte."""
        made = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        return made.compress(self.lines) + made.flush(zlib.Z_FULL_FLUSH)


def part_of(html: str, of: object = None) -> Part:
    """A part with this HTML."""
    return Part(html, hashlib.blake2b(html.encode(), digest_size=9).digest(), of)


@attrs.frozen(eq=False, slots=False)
class Shared:
    """The parts of a page, one after the other, for all who are shown the same: put together, encoded and hashed once
    for all of them."""

    parts: Sequence[Part]

    @functools.cached_property
    def lines(self) -> bytes:
        """All parts as lines of an event's data, and its end."""
        return b"".join([*(part.lines for part in self.parts), b"\n"])

    @functools.cached_property
    def packed(self) -> bytes:
        """The same as blocks of deflate."""
        return b"".join([*(part.packed for part in self.parts), stored(b"\n")])

    @functools.cached_property
    def digest(self) -> hashlib.blake2b:
        """A digest of the parts, to be copied and gone on with."""
        return hashlib.blake2b(b"".join(part.digest for part in self.parts), digest_size=9)

    def with_own(self, own: Mapping[str, str] = MappingProxyType({})) -> Rendered:
        """The page of somebody with values of their own."""
        found = self.digest.copy()
        found.update("".join(f"\0{value}" for value in own.values()).encode())
        return Rendered(shared=self, version=found.hexdigest(), own=own)


@attrs.frozen(kw_only=True)
class Rendered:
    """The main part of a page: what it has `shared` with others, and the person's `own` values by their places; each is
    HTML. `version` is the same for the same page, so that it counts nothing and tells nothing."""

    shared: Shared
    version: str
    own: Mapping[str, str] = MappingProxyType({})

    @property
    def html(self) -> str:
        """The whole of it, with everything in its place."""
        text = "\n".join(part.html for part in self.shared.parts)
        for name, value in self.own.items():
            text = text.replace(place(name), value)
        return text

    def event(self, is_packed: bool) -> bytes:
        """The page as an event of a stream: its first line of data is the person's own values, the others its HTML."""
        head = f"id: {self.version}\nevent: page\ndata: {json.dumps(dict(self.own))}\n".encode()
        return stored(head) + self.shared.packed if is_packed else head + self.shared.lines


def stored(data: bytes) -> bytes:
    """Bytes as blocks of deflate that hold them as they are."""
    if len(data) <= _LONGEST_STORED:
        return struct.pack("<BHH", 0, len(data), len(data) ^ _LONGEST_STORED) + data
    found = []
    for start in range(0, len(data), _LONGEST_STORED):
        some = data[start : start + _LONGEST_STORED]
        found += [struct.pack("<BHH", 0, len(some), len(some) ^ _LONGEST_STORED), some]
    return b"".join(found)
