"""A session as one text file (JSON lines with checksums), for export to and import from other machines.

Every line is JSON. The first says what the file is, and the heading; the second has the texts of the scenario; then
comes a line for each command; the last says that nothing is missing. Every line carries a checksum that depends on all
before it. A file that is `growing` beside a game has no last line.
"""

from __future__ import annotations

import errno
import json
import pathlib
from collections.abc import Iterable
from typing import Any

import attrs

from tabletop.scenario.library import shipped
from tabletop.session.commands import Command
from tabletop.session.embedded_pack import sound_texts
from tabletop.session.errors import NO_FAULT, Fault, JournalError, error_of
from tabletop.session.journal_line import BadCommand, one_line, read_line, seal
from tabletop.session.record import Chain, Damaged, Record, sealed
from tabletop.session.session_header import SessionHeader, heading_from
from tabletop.storage.paths import written
from tabletop.storage.untrusted_files import in_utf8, read_bounded, read_input

FORMAT = 1
SUFFIX = ".tabletop.txt"
#: More than any session; what is larger is read no further.
MOST_BYTES = 200_000_000


# Writing


def text_of(record: Record) -> str:
    """A whole session as text."""
    text, sum = opening_text(record.heading, record.texts, record.commands)
    return text + _line({"end": len(record.commands)}, sum)[0]


def opening_text(
    heading: SessionHeader, texts: dict[str, str] | None, commands: Iterable[Command], growing: bool = False
) -> tuple[str, str]:
    """A session as text, to be gone on with by `command_line`, and the checksum of the last line."""
    heading = portable_heading(heading)
    sum = seal("", heading.line())
    first = {"tabletop": "session", "format": FORMAT, "growing": growing, "heading": attrs.asdict(heading)}
    lines = [_joined(first, sum)]
    if texts is not None:
        lines.append(_joined({"scenario": texts}, seal(sum, one_line(texts))))
    for command in commands:
        line, sum = command_line(command, sum)
        lines.append(line)
    return "".join(lines), sum


def portable_heading(heading: SessionHeader) -> SessionHeader:
    """The heading without where the pack is on this machine."""
    return heading if heading.pack in shipped() else attrs.evolve(heading, pack="")


def command_line(command: Command, before: str) -> tuple[str, str]:
    """A command as a line of such a text, behind one with the checksum `before`, and its own checksum."""
    sum = seal(before, command.line())
    return _joined({"command": attrs.asdict(command)}, sum), sum


def _line(data: dict[str, Any], before: str) -> tuple[str, str]:
    sum = seal(before, one_line(data))
    return _joined(data, sum), sum


def _joined(data: dict[str, Any], sum: str) -> str:
    line = json.dumps({**data, "seal": sum}, ensure_ascii=False)
    return line.encode("utf-8", "replace").decode("utf-8") + "\n"


def sums(heading: SessionHeader, commands: Iterable[Command]) -> list[str]:
    """The checksums of the text of a session: of its first line and of every command."""
    heading = portable_heading(heading)
    return [seal("", heading.line()), *(sum for _, sum in sealed(heading, commands))]


# Reading


def read(path: pathlib.Path) -> Record:
    """The session in a text file, or on standard input where `path` is "-".

    Raises Damaged, which has what is sound, or JournalError for what is no such text.
    """
    is_input = str(path) == "-"
    name = Fault("the text on standard input", "text-of-input") if is_input else Fault(str(path))
    try:
        content = read_input(MOST_BYTES) if is_input else read_bounded(written(path), MOST_BYTES)
    except OSError as error:
        why = str(error.strerror or error)
        is_pipe = error.errno == errno.EINVAL  # perhaps
        hint, kind = ("`-` reads what comes on standard input", "no-pipe") if is_pipe else ("", "cannot-read")
        raise JournalError(f"{name} cannot be read ({why})", hint, kind, path=name, why=why) from None
    return _Reading(name, in_utf8(content).split(b"\n")).record()


def last_sum(path: pathlib.Path) -> str:
    """The checksum of the last command that is sound in a text; "" for a file that is none."""
    try:
        record = read(path)
    except Damaged as damaged:
        record = damaged.record
    except JournalError:
        return ""
    return sums(record.heading, record.commands)[-1]


@attrs.define
class _Reading:
    """Takes in a text line by line, as far as it is sound. `fault` is the first that is wrong with it."""

    name: Fault
    lines: list[bytes]
    fault: Fault = NO_FAULT

    def record(self) -> Record:
        first = self._first()
        line = one_line(first["heading"])
        heading = heading_from(line, self._begins_wrong)
        if seal("", line) != first.get("seal"):
            raise error_of(self._begins_wrong)
        chain = Chain(first["seal"])
        texts, has_end = self._follow(heading, chain)
        if not has_end and not first.get("growing"):
            count = len(chain.commands)
            self.fault = self.fault or Fault(f"is cut short after {count} commands", "text-cut-short", count=count)
        record = Record(heading=heading, commands=tuple(chain.commands), texts=texts)
        if self.fault:
            count = len(record.commands)
            hint = Fault("nothing of the game is left in it", "nothing-left")
            if count:
                hint = Fault(f"--sound takes in the {count} commands that are sound", "sound-left", sound=count)
            places = {**self.fault.places, "path": self.name, "rest": hint}
            raise Damaged(f"{self.name} {self.fault}", record, hint, self.fault.kind, **places)
        return record

    @property
    def _begins_wrong(self) -> Fault:
        return Fault(f"{self.name} is damaged: line 1 is not as it was written", "text-begins-wrong", path=self.name)

    def _first(self) -> dict[str, Any]:
        try:
            first = read_line(self.lines[0].decode("utf-8-sig"))
        except (BadCommand, ValueError):
            first = None
        if not isinstance(first, dict) or first.get("tabletop") != "session":
            is_ours = b'"tabletop": "session"' in self.lines[0][:100] or b'{"command": {' in b"".join(self.lines[1:4])
            if is_ours:
                raise error_of(self._begins_wrong)
            raise JournalError(f"{self.name} is not a session of tabletop", "", "no-session-text", path=self.name)
        if type(first.get("format")) is not int or first["format"] > FORMAT:
            raise JournalError(
                f"{self.name} was written by a newer version of tabletop (format {first.get('format')}, and this reads "
                f"{FORMAT})",
                "use that version",
                "newer-text",
                path=self.name,
                format=str(first.get("format"))[:20],
                known=FORMAT,
            )
        if not isinstance(first.get("heading"), dict):
            raise error_of(self._begins_wrong)
        return first

    def _follow(self, heading: SessionHeader, chain: Chain) -> tuple[dict[str, str] | None, bool]:
        """Takes in what follows the first line: the texts of the scenario, and whether the text has its end."""
        texts: dict[str, str] | None = None
        for number, raw in enumerate(self.lines[1:], 2):
            is_last = number == len(self.lines)  # and so has no end: it was being written
            try:
                data = read_line(raw.decode("utf-8"))
                if "command" in data:
                    chain.take(one_line(data["command"]), data.get("seal"))
                elif "scenario" in data:
                    texts = self._texts(heading, chain, data)
                else:
                    return texts, self._is_end(chain, data)
            except (BadCommand, ValueError, TypeError, KeyError) as error:
                why = error if isinstance(error, BadCommand) else "it is not as it was written"
                if not is_last:
                    self.fault = self.fault or Fault(f"is damaged in line {number}: {why}", "text-damaged", line=number)
                if is_last or number > 2:
                    return texts, not is_last
        return texts, False

    def _texts(self, heading: SessionHeader, chain: Chain, data: dict[str, Any]) -> dict[str, str]:
        from tabletop.scenario.pack_files import digest_of

        texts = sound_texts(data["scenario"])
        if digest_of(texts) != heading.digest or not chain.fits(one_line(texts), data.get("seal")):
            raise BadCommand("the scenario is not as it was written")
        return texts

    def _is_end(self, chain: Chain, data: dict[str, Any]) -> bool:
        if data["end"] != len(chain.commands) or not chain.fits(one_line({"end": data["end"]}), data.get("seal")):
            raise BadCommand("lines are missing before its end")
        return True
