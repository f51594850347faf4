"""What the debrief tells of a room in which a class plays: who joined, sat where, voted and answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tabletop.session.commands import Command

#: The columns of a row that differ from those which every row of its command has.
Row = dict[str, Any]


def room_facts(command: Command, commands: Sequence[Command]) -> Iterator[Row]:
    """The rows of a command of a room, one a fact; none for what is nobody's business, as the hash of a token.

    `commands` are those of the whole session: where its facilitator has asked for pseudonyms last, no name is told.
    """
    body = command.body
    match command.kind:
        case "join":
            name = "" if has_pseudonyms(commands) else body["name"]
            yield {"fact": "person", "who": body["person"], "about": body["person"], "text": name}
        case "person":
            place = {"seat": body["seat"], "value": body["standing"]}
            yield {"fact": "seated", "about": body["person"], **place}
        case "captain":
            yield {"fact": "captain", "seat": body["seat"], "about": body["person"]}
        case "room":
            for name, value in body["settings"].items():
                yield {"fact": "room", "about": name, "value": value}
        case "vote":
            for move in body["moves"] or ["pass"]:
                yield {
                    "fact": "vote",
                    "who": body["person"],
                    "seat": body["seat"],
                    "about": move,
                    "value": body["ballot"],
                }
        case "tally":
            for move in dict.fromkeys([*body["moves"], *body["counts"]]):
                how = f"{body['how']}, decided" if move in body["moves"] else body["how"]
                count = body["counts"].get(move, 0)
                yield {"fact": "tally", "seat": body["seat"], "about": move, "value": count, "tags": how}
        case "answer":
            yield {"fact": "answer", "who": body["person"], "about": body["question"], "value": body["value"]}


def has_pseudonyms(commands: Sequence[Command]) -> bool:
    """Whether people are to be told apart without their names."""
    for command in reversed(commands):
        if command.kind == "room" and "pseudonyms" in command.body["settings"]:
            return bool(command.body["settings"]["pseudonyms"])
    return False
