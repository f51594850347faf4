"""What the debrief tells of a room in which a class plays: who joined, sat where, voted and answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tabletop.session.commands import Command
from tabletop.session.room_commands import Answered, CaptainNamed, Joined, Placed, RoomSet, Tallied, Voted

#: The columns of a row that differ from those which every row of its command has.
Row = dict[str, Any]


def room_facts(command: Command, commands: Sequence[Command]) -> Iterator[Row]:
    """The rows of a command of a room, one a fact; none for what is nobody's business, as the hash of a token.

    `commands` are those of the whole session: where its facilitator has asked for pseudonyms last, no name is told.
    """
    match command.said:
        case Joined(person=person, name=name):
            text = "" if has_pseudonyms(commands) else name
            yield {"fact": "person", "who": person, "about": person, "text": text}
        case Placed(person=person, standing=standing, seat=seat):
            yield {"fact": "seated", "about": person, "seat": seat, "value": standing}
        case CaptainNamed(seat=seat, person=person):
            yield {"fact": "captain", "seat": seat, "about": person}
        case RoomSet(settings=settings):
            for name, value in settings.items():
                yield {"fact": "room", "about": name, "value": value}
        case Voted(person=person, seat=seat, ballot=ballot, moves=moves):
            for move in moves or ("pass",):
                yield {"fact": "vote", "who": person, "seat": seat, "about": move, "value": ballot}
        case Tallied(seat=seat, moves=moves, how=how, counts=counts):
            for move in dict.fromkeys([*moves, *counts]):
                tags = f"{how}, decided" if move in moves else how
                yield {"fact": "tally", "seat": seat, "about": move, "value": counts.get(move, 0), "tags": tags}
        case Answered(person=person, question=question, value=value):
            yield {"fact": "answer", "who": person, "about": question, "value": value}


def has_pseudonyms(commands: Sequence[Command]) -> bool:
    """Whether people are to be told apart without their names."""
    for command in reversed(commands):
        said = command.said
        if isinstance(said, RoomSet) and "pseudonyms" in said.settings:
            return bool(said.settings["pseudonyms"])
    return False
