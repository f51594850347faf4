"""A line of a journal: plain data as JSON that is always the same, its checksum, and the time of day."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from typing import Any


class BadCommand(ValueError):
    """A command that is not what a command must be; in words for whoever opens the session."""


def one_line(data: Mapping[str, Any]) -> str:
    """Plain data as one line of JSON, always the same for the same data."""
    line = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return line.encode("utf-8", "replace").decode("utf-8")  # half a letter, pasted into a terminal, is none


def seal(before: str, line: str) -> str:
    """The checksum of a line that stands behind one with the checksum `before`."""
    return hashlib.blake2b(f"{before}\n{line}".encode(), digest_size=12).hexdigest()


#: How deep anything is nested that a session holds: a card that was brought in, as deep as a pack may have it.
DEEPEST = 50


def read_line(line: str) -> Any:
    """What a line of JSON says. Raises BadCommand for what is none, or is nested deeper than anything."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        raise BadCommand("it is not as it was written") from None
    if line.count("{") + line.count("[") > DEEPEST and _is_too_deep(data):
        raise BadCommand("it is nested deeper than anything")
    return data


def _is_too_deep(data: Any) -> bool:
    level, depth = [data], 0
    while level and depth <= DEEPEST:
        groups = [one.values() if isinstance(one, dict) else one for one in level if isinstance(one, dict | list)]
        level, depth = [inner for group in groups for inner in group], depth + 1
    return bool(level)


_last_now = datetime.datetime.min.replace(tzinfo=datetime.UTC)


def now() -> str:
    """The time of day as journals record it, in UTC to the microsecond; later than the last time that was asked for.

    Some clocks stand still for milliseconds. One that is set back is followed.
    """
    global _last_now
    moment = datetime.datetime.now(datetime.UTC)
    if moment <= _last_now < moment + datetime.timedelta(seconds=1):
        moment = _last_now + datetime.timedelta(microseconds=1)
    _last_now = moment
    return moment.isoformat(timespec="microseconds")
