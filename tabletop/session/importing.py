"""Imports a session from another machine into the journal, after replaying it."""

from __future__ import annotations

import pathlib

import attrs

from tabletop.scenario import Scenario
from tabletop.scenario.improvised_cards import improvised
from tabletop.scenario.injects import check_schedule_data
from tabletop.scenario.problems import PackError, Problem, quoted
from tabletop.session import portable
from tabletop.session.apply_command import CannotReplay
from tabletop.session.commands import Inject, Said, TakeUpSchedule
from tabletop.session.errors import Fault, JournalError
from tabletop.session.journal import Journal
from tabletop.session.opening import reckoned, session_of, with_texts
from tabletop.session.record import Damaged, Record
from tabletop.session.session_header import new_id


@attrs.frozen
class Imported:
    """A session that was taken in: its id here and the one it had, how many commands it has, and what was left out, ""
    for nothing."""

    id: str
    was: str
    commands: int
    left_out: str


def import_session(journal: Journal, path: pathlib.Path, sound: bool = False) -> Imported:
    """Takes in a session from a `portable` text; with `sound`, as far as it is sound.

    It keeps its id unless that is taken. Raises Damaged where not all of it is sound, NotKept where the journal cannot
    be written, and JournalError for a file that is none of ours or does not come out here as it was played.
    """
    left_out = ""
    try:
        record = portable.read(path)
    except Damaged as damaged:
        if not sound:
            raise
        record, left_out = damaged.record, damaged.fault
    record = with_texts(record)
    count, fault = _sound_commands(record)
    if fault and not sound:
        hint = Fault("nothing of the game is left in it", "nothing-left")
        if count:
            hint = Fault(f"--sound takes in the {count} commands before that", "sound-left", sound=count)
        raise JournalError(f"{path}: {fault}", hint, "text-differs", path=path, number=count + 1, rest=hint)
    taken = {kept.heading.id for kept in journal.sessions()[0]}
    was = record.heading.id
    id = new_id(record.heading.scenario) if was in taken else was
    # Where the pack lay on the other machine is no place to look at on this one.
    heading = attrs.evolve(portable.portable_heading(record.heading), id=id, brought=count)
    record = attrs.evolve(record, heading=heading, commands=record.commands[:count])
    journal.take_in(record, reckoned(record))
    return Imported(id, was, count, left_out or fault)


def _sound_commands(record: Record) -> tuple[int, str]:
    """How many of the commands come out here as they were played; and why no more, "" if all do."""
    session = session_of(attrs.evolve(record, commands=()))
    if session.scenario.id != record.heading.scenario:
        name = quoted(record.heading.scenario)
        raise JournalError(f"the session says that it is of {name}, and is not", "", "of-another-pack", name=name)
    for command in record.commands:
        before = command.number - 1
        try:
            _check_words(session.scenario, command.said)
            session.follow(command)
            if session.state.fingerprint != command.fingerprint:
                return before, f"command {command.number} leads elsewhere here than where it was played"
        except PackError as error:
            return before, f"command {command.number} brings in what cannot be played: {error.problems[0]}"
        except CannotReplay as error:
            return before, str(error)
    return len(record.commands), ""


def _check_words(scenario: Scenario, said: Said) -> None:
    """Checks what a facilitator wrote elsewhere as if they had written it here. Raises PackError."""
    try:
        if isinstance(said, Inject) and said.added is not None:
            improvised(scenario, said.added)
        problems = check_schedule_data(said.content, scenario) if isinstance(said, TakeUpSchedule) else []
    except RecursionError:
        problems = [Problem("it is nested deeper than anything", None)]
    if problems:
        raise PackError(problems)
