"""Commands: everything that is ever done in a session, one after the other; the game is what they lead to."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from typing import Any

import attrs

from tabletop.scenario.problems import printable

#: Commands that lead to another position: steps of the game, which can be undone and redone.
STEPS = frozenset(["decide", "inject", "set", "overrule", "skip", "extend", "repeat", "hand"])
#: Commands that go about among the positions there are.
MOVES = frozenset(["go", "branch"])
#: Commands that say something of the moment, or of the room.
REMARKS = frozenset(["note", "message", "withdraw", "pause", "continue", "clock", "schedule", "settle", "allow"])
KINDS = STEPS | MOVES | REMARKS


class BadCommand(ValueError):
    """A command that is not what a command must be; in words for whoever opens the session."""


@attrs.frozen(kw_only=True)
class Command:
    """One thing done in a session.

    `number` counts from 1; `parent` is the step at which the game stood (0 is the start); `who` a seat, the name of a
    bot's player or of a facilitator; `at` the time in UTC; `why` a reason; `fingerprint` that of the position after it.
    """

    number: int
    parent: int
    kind: str
    who: str
    at: str
    body: Mapping[str, Any] = attrs.field(factory=dict)
    why: str = ""
    fingerprint: str = ""

    @property
    def is_step(self) -> bool:
        """Whether it leads to another position."""
        return self.kind in STEPS

    def line(self) -> str:
        """The command as one line of JSON."""
        return json.dumps(attrs.asdict(self), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def seal(before: str, line: str) -> str:
    """The checksum of a line that stands behind one with the checksum `before`."""
    return hashlib.blake2b(f"{before}\n{line}".encode(), digest_size=12).hexdigest()


def command_from(data: object) -> Command:
    """A command from what was read of it. Raises BadCommand."""
    if not isinstance(data, dict):
        raise BadCommand("it is not a command")
    for field in attrs.fields(Command):
        kind: Any = {"number": int, "parent": int, "body": dict}.get(field.name, str)
        if type(data.get(field.name)) is not kind:
            raise BadCommand(f"'{field.name}' is missing or is not what it should be")
    if data["kind"] not in KINDS:
        raise BadCommand(f"this version knows no command '{printable(data['kind'], 30)}'")
    return Command(**{field.name: data[field.name] for field in attrs.fields(Command)})


def now() -> str:
    """The time of day as journals record it, in UTC to the millisecond."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
