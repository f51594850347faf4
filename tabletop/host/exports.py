"""Exports: who voted for what and why, what was decided, what was answered, and a gradebook, as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence

from tabletop.host.decisions import PASS
from tabletop.host.export_labels import Labels, called
from tabletop.host.gradebooks import canvas, moodle, participation
from tabletop.host.ledger import Ledger
from tabletop.host.questions import questions_of
from tabletop.scenario.text_sanitizing import cell
from tabletop.session import Session
from tabletop.session.commands import Command, Decide, Overrule
from tabletop.session.room_commands import Answered, Joined, Tallied, Voted

Row = Sequence[object]
#: The columns that say when and for whom something was done.
_WHERE = ("time", "turn", "phase", "phase_title", "seat", "seat_name")


def _csv(head: Row, rows: Iterable[Row]) -> str:
    # A mark at the beginning, by which Excel knows UTF-8.
    out = io.StringIO()
    writer = csv.writer(out)
    for row in (head, *rows):
        writer.writerow([cell(value) for value in row])
    return "\ufeff" + out.getvalue()


def votes(session: Session, ledger: Ledger) -> str:
    """Every vote that was ever cast, also those that their person changed: one row for each move that it was for."""
    names, labels = called(ledger), Labels(session)
    rows: list[Row] = []
    for command in session.commands:
        said = command.said
        if isinstance(said, Voted):
            where = *labels.when(command), *labels.seat(said.seat)
            for move in said.moves or (PASS,):
                voted = *labels.move(command, said.seat, move), command.why, said.ballot
                rows.append((command.at, *where, names.get(said.person, ""), *voted))
    return _csv((*_WHERE, "person", "move", "move_label", "reason", "ballot"), rows)


def tallies(session: Session, ledger: Ledger) -> str:
    """How each decision of a team came about: one row for each move that somebody voted for or that was made, and
    whether the decision still `stands` or was taken back, as after a first try."""
    names, labels = called(ledger), Labels(session)
    last: dict[tuple[int, str], tuple[Command, Tallied]] = {}
    for command in session.commands:
        said = command.said
        if isinstance(said, Tallied):
            last[command.parent, said.seat] = command, said
    rows: list[Row] = []
    for command, said in last.values():
        where = *labels.when(command), *labels.seat(said.seat)
        absent = ", ".join(names.get(id, "") for id in said.absent)
        for move in dict.fromkeys([*said.moves, *said.counts]):
            made = "yes" if move in said.moves else "no"
            count = said.counts.get(move, 0)
            what = labels.move(command, said.seat, move)
            stands = "yes" if _stands(session, command, said.seat) else "no"
            rows.append((command.at, *where, *what, count, said.voters, made, said.how, absent, stands))
    head = (*_WHERE, "move", "move_label", "votes", "voters", "decided", "how", "absent", "stands")
    return _csv(head, rows)


def _stands(session: Session, tally: Command, seat: str) -> bool:
    """Whether what a seat did after its tally is on the line on which the session stands, also where what came of it
    was overruled: a ruling stands in the place of the decision."""
    line = {step.number for step in session.course.at.line()}
    after = [one for one in session.commands if one.number > tally.number]
    made = next((one for one in after if isinstance(one.said, Decide) and one.said.seat == seat), None)
    if made is None:
        return False
    instead = (one.number for one in after if isinstance(one.said, Overrule) and one.parent == made.parent)
    return made.number in line or any(number in line for number in instead)


def answers(session: Session, ledger: Ledger) -> str:
    """What people have answered: the last answer of each person to each question."""
    names, people, labels = called(ledger), ledger.roster.people, Labels(session)
    asked = {question.id: question for question in questions_of(session.scenario)}
    rows: dict[tuple[str, str], Row] = {}
    for command in session.commands:
        said = command.said
        if isinstance(said, Answered) and said.person in people and said.question in asked:
            person, question = people[said.person], asked[said.question]
            who = names[person.id], *labels.seat(person.seat)
            rows[person.id, question.id] = (
                command.at,
                question.moment,
                question.id,
                question.text,
                *who,
                said.value,
            )
    return _csv(("time", "moment", "question", "text", "person", "seat", "seat_name", "answer"), rows.values())


def people(session: Session, ledger: Ledger) -> str:
    """Who took part, on which seat, and how often they voted."""
    names = called(ledger)
    cast: dict[str, int] = {}
    took_part, labels = participation(session, ledger), Labels(session)
    joined: dict[str, str] = {}
    for command in session.commands:
        said = command.said
        if isinstance(said, Voted):
            cast[said.person] = cast.get(said.person, 0) + 1
        elif isinstance(said, Joined):
            joined[said.person] = command.at
    rows = []
    for person in ledger.roster.people.values():
        number = "" if ledger.settings.pseudonyms else person.number
        times = joined.get(person.id, ""), cast.get(person.id, 0)
        part = took_part[person.id]
        where = *labels.seat(person.seat), person.standing
        rows.append((names[person.id], number, *where, *times, part.voted, part.decisions))
    head = ("person", "number", "seat", "seat_name", "standing", "joined", "votes", "decisions_voted_in", "decisions")
    return _csv(head, rows)


EXPORTS: Mapping[str, Callable[[Session, Ledger], str]] = {
    "votes.csv": votes,
    "tallies.csv": tallies,
    "answers.csv": answers,
    "people.csv": people,
    "gradebook-canvas.csv": canvas,
    "gradebook-moodle.csv": moodle,
}
