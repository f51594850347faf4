"""Commands: everything that is ever done in a session, one after the other; the game is what they lead to."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import attrs

from tabletop.scenario.problems import printable

#: Commands that lead to another position: steps of the game, which can be undone and redone.
STEPS = frozenset(["decide", "inject", "set", "overrule", "skip", "extend", "repeat", "hand", "retract"])
#: Commands that go about among the positions there are.
MOVES = frozenset(["go", "branch"])
#: Remarks of a room in which people play from their own devices.
ROOM = frozenset(["room", "join", "person", "token", "captain", "vote", "tally", "answer"])
#: Commands that say something of the moment, or of the room.
REMARKS = ROOM | frozenset(
    [
        "note",
        "message",
        "withdraw",
        "pause",
        "continue",
        "clock",
        "schedule",
        "settle",
        "allow",
        "next",
        "word",
        "truth",
    ]
)
KINDS = STEPS | MOVES | REMARKS

Test: TypeAlias = Callable[[Any], bool]


def _texts(value: Any) -> bool:
    return type(value) is list and all(type(one) is str for one in value)


def _numbers(value: Any) -> bool:
    return type(value) is list and all(type(one) is int for one in value)


def _by_place(value: Any) -> bool:
    if type(value) is not dict:
        return False
    return all(key.isdecimal() and len(key) < 10 and type(one) is str for key, one in value.items())


def _ruled(value: Any) -> bool:
    kinds = {"place": int, "outcome": str, "why": str, "shown": bool}
    return type(value) is list and all(
        type(one) is dict and {key: type(said) for key, said in one.items()} == kinds for one in value
    )


def _counts(value: Any) -> bool:
    return type(value) is dict and all(type(one) is int for one in value.values())


def _settings(value: Any) -> bool:
    return type(value) is dict and all(type(one) in (bool, str) for one in value.values())


def _is(*kinds: type) -> Test:
    return lambda value: type(value) in kinds


#: What a body may say, and what of it every command of a kind does say.
_FIELDS: dict[str, Test] = {
    **dict.fromkeys(("seat", "action", "by", "card", "scheduled", "name", "phase", "player", "branch"), _is(str)),
    **dict.fromkeys(("from", "text", "then", "moment", "file", "inject", "undo"), _is(str)),
    **dict.fromkeys(("shown", "hindsight", "done"), _is(bool)),
    **dict.fromkeys(("step", "number", "seconds", "more"), _is(int)),
    **dict.fromkeys(("added", "content"), _is(dict)),
    **dict.fromkeys(("tags", "to", "names"), _texts),
    **dict.fromkeys(("salt", "seal"), _is(str)),
    "ruled": _ruled,
    **dict.fromkeys(("rulings", "model"), _by_place),
    **dict.fromkeys(("person", "standing", "hash", "gradebook", "role", "ballot", "question", "how"), _is(str)),
    **dict.fromkeys(("moves", "absent"), _texts),
    **dict.fromkeys(("serial", "voters"), _is(int)),
    "instead": _is(bool),
    "counts": _counts,
    "settings": _settings,
    "warnings": _numbers,
    "value": _is(int, bool, str),
}
_SAYS: dict[str, tuple[str, ...]] = {
    "decide": ("seat", "action"),
    "inject": ("card",),
    "set": ("name", "value"),
    "overrule": ("seat", "action", "rulings"),
    "repeat": ("phase",),
    "hand": ("seat", "player"),
    "retract": ("seat",),
    "go": ("step", "branch"),
    "branch": ("name", "from"),
    "note": ("text",),
    "message": ("to", "text"),
    "withdraw": ("number",),
    "clock": ("phase", "seconds", "warnings", "then"),
    "schedule": ("content",),
    "settle": ("inject", "done"),
    "allow": ("undo",),
    "word": ("seat", "salt", "seal"),
    "truth": ("names",),
    "room": ("settings",),
    "join": ("person", "name", "standing", "hash"),
    "person": ("person", "standing", "seat"),
    "token": ("hash", "role", "person"),
    "captain": ("seat", "person"),
    "vote": ("person", "seat", "ballot", "moves", "serial"),
    "tally": ("seat", "ballot", "moves", "how", "counts"),
    "answer": ("person", "question", "value"),
}


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
        return one_line(attrs.asdict(self))


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
    _check_body(data["kind"], data["body"])
    return Command(**{field.name: data[field.name] for field in attrs.fields(Command)})


def _check_body(kind: str, body: Mapping[str, Any]) -> None:
    says = ("more", "moment") if kind == "clock" and "more" in body else _SAYS.get(kind, ())
    wrong = [name for name in says if name not in body]
    wrong += [name for name, value in body.items() if name in _FIELDS and not _FIELDS[name](value)]
    if wrong:
        raise BadCommand(f"what it says of '{wrong[0]}' is missing or is not what it should be")


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
