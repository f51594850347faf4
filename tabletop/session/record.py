"""A session's record: header, pack texts and all commands, independent of where they are stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from tabletop.session.commands import Command, command_from
from tabletop.session.errors import JournalError
from tabletop.session.journal_line import BadCommand, read_line, seal
from tabletop.session.session_header import SessionHeader


@attrs.frozen(kw_only=True)
class Record:
    """A session as it is kept: how it began, the texts of its scenario, and every command.

    `texts` is None where those are lost; then it can be replayed only where that very scenario is installed.
    """

    heading: SessionHeader
    commands: tuple[Command, ...]
    texts: dict[str, str] | None = attrs.field(repr=False)


class Damaged(JournalError):
    """A session of which not all is sound: `record` has it up to there."""

    def __init__(self, fault: str, record: Record, hint: str, kind: str = "", **places: object) -> None:
        super().__init__(fault, hint, kind, **places)
        self.record = record


def sealed(heading: SessionHeader, commands: Iterable[Command]) -> Iterator[tuple[str, str]]:
    """The line of every command and the checksum that depends on all before it."""
    sum = seal("", heading.line())
    for command in commands:
        line = command.line()
        sum = seal(sum, line)
        yield line, sum


class Chain:
    """Takes in the commands of a session one by one, as long as each is as it was written behind the one before it."""

    def __init__(self, seal: str) -> None:
        """`seal` is the checksum of the heading."""
        self.sum = seal
        self.commands: list[Command] = []

    def fits(self, line: object, sum: object) -> bool:
        """Whether a line is the next one and as it was written."""
        return isinstance(line, str) and seal(self.sum, line) == sum

    def take(self, line: object, sum: object) -> None:
        """Takes in the next command. Raises BadCommand where it is not as it was written."""
        if not isinstance(line, str) or not isinstance(sum, str) or not self.fits(line, sum):
            raise BadCommand("it is not as it was written")
        command = command_from(read_line(line))
        if command.number != len(self.commands) + 1:
            raise BadCommand("it is not as it was written")
        self.commands.append(command)
        self.sum = sum
