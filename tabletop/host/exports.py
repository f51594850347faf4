"""Exports: who voted for what and why, what was decided, what was answered, and a gradebook, as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence

from tabletop.host.decisions import PASS
from tabletop.host.ledger import Ledger
from tabletop.host.questions import Question, questions_of
from tabletop.host.roster import Person
from tabletop.scenario.text_sanitizing import cell
from tabletop.session import Session
from tabletop.session.commands import Command
from tabletop.session.room_commands import Answered, Joined, Tallied, Voted

Row = Sequence[object]


def _csv(head: Row, rows: Iterable[Row]) -> str:
    # A mark at the beginning, by which Excel knows UTF-8.
    out = io.StringIO()
    writer = csv.writer(out)
    for row in (head, *rows):
        writer.writerow([cell(value) for value in row])
    return "\ufeff" + out.getvalue()


def called(ledger: Ledger) -> dict[str, str]:
    """What each person is called in a file: by their name, or "Person 7" where pseudonyms are asked for."""
    people = ledger.roster.people.values()
    if ledger.settings.pseudonyms:
        return {person.id: f"Person {number}" for number, person in enumerate(people, 1)}
    return {person.id: person.name for person in people}


def _turn(session: Session, command: Command) -> tuple[int, str]:
    """The turn and phase in which a command was given."""
    state = session.position_at(session.course.steps[command.parent]).state
    return state.turn, state.phase


def votes(session: Session, ledger: Ledger) -> str:
    """Every vote that was ever cast, also those that their person changed: one row for each move that it was for."""
    names = called(ledger)
    rows = []
    for command in session.commands:
        said = command.said
        if isinstance(said, Voted):
            turn, phase = _turn(session, command)
            for move in said.moves or (PASS,):
                who = names.get(said.person, "")
                rows.append((command.at, turn, phase, said.seat, who, move, command.why, said.ballot))
    return _csv(("time", "turn", "phase", "seat", "person", "move", "reason", "ballot"), rows)


def tallies(session: Session, ledger: Ledger) -> str:
    """How each decision of a team came about: one row for each move that somebody voted for or that was made."""
    names = called(ledger)
    last: dict[tuple[int, str], tuple[Command, Tallied]] = {}
    for command in session.commands:
        said = command.said
        if isinstance(said, Tallied):
            last[command.parent, said.seat] = command, said
    rows = []
    for command, said in last.values():
        turn, phase = _turn(session, command)
        absent = ", ".join(names.get(id, "") for id in said.absent)
        for move in dict.fromkeys([*said.moves, *said.counts]):
            made = "yes" if move in said.moves else "no"
            count = said.counts.get(move, 0)
            rows.append((command.at, turn, phase, said.seat, move, count, said.voters, made, said.how, absent))
    head = ("time", "turn", "phase", "seat", "move", "votes", "voters", "decided", "how", "absent")
    return _csv(head, rows)


def answers(session: Session, ledger: Ledger) -> str:
    """What people have answered: the last answer of each person to each question."""
    names, people = called(ledger), ledger.roster.people
    asked = {question.id: question for question in questions_of(session.scenario)}
    rows: dict[tuple[str, str], Row] = {}
    for command in session.commands:
        said = command.said
        if isinstance(said, Answered) and said.person in people and said.question in asked:
            person, question = people[said.person], asked[said.question]
            who = names[person.id], person.seat
            rows[person.id, question.id] = (
                command.at,
                question.moment,
                question.id,
                question.text,
                *who,
                said.value,
            )
    return _csv(("time", "moment", "question", "text", "person", "seat", "answer"), rows.values())


def people(session: Session, ledger: Ledger) -> str:
    """Who took part, on which seat, and how often they voted."""
    names = called(ledger)
    cast: dict[str, int] = {}
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
        rows.append((names[person.id], number, person.seat, person.standing, *times))
    return _csv(("person", "number", "seat", "standing", "joined", "votes"), rows)


# Gradebooks: a column for each question, with its points where it was answered


def _points(ledger: Ledger, person: Person, questions: Sequence[Question]) -> list[int]:
    return [one.points if (person.id, one.id) in ledger.answers else 0 for one in questions]


def _graded(session: Session, ledger: Ledger) -> tuple[list[Question], list[Person]]:
    questions = [one for one in questions_of(session.scenario) if one.points]
    return questions, [one for one in ledger.roster.people.values() if one.standing != "unapproved"]


def canvas(session: Session, ledger: Ledger) -> str:
    """A gradebook as Canvas imports it: its five columns, the points possible in the second row."""
    questions, people = _graded(session, ledger)
    names = called(ledger)
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    possible: list[object] = ["    Points Possible", "", "", "", "", *(one.points for one in questions)]
    rows: list[list[object]] = [possible]
    for person in people:
        login = "" if ledger.settings.pseudonyms else person.number
        rows.append([names[person.id], "", "", login, session.id, *_points(ledger, person, questions)])
    out = io.StringIO()
    csv.writer(out).writerows(_cells([_titles(head, questions), *rows]))
    return out.getvalue()


def moodle(session: Session, ledger: Ledger) -> str:
    """A gradebook as Moodle imports it: people by an address or a number, and a column for each question."""
    questions, people = _graded(session, ledger)
    names = called(ledger)
    rows: list[list[object]] = [
        [names[one.id], "" if ledger.settings.pseudonyms else one.number, *_points(ledger, one, questions)]
        for one in people
    ]
    out = io.StringIO()
    head = _titles(["Full name", "ID number"], questions)
    csv.writer(out).writerows(_cells([head, *rows]))
    return out.getvalue()


def _cells(rows: Iterable[Row]) -> list[list[object]]:
    return [[cell(value) for value in row] for row in rows]


def _titles(head: Sequence[str], questions: Sequence[Question]) -> list[str]:
    return [*head, *(f"{one.moment.capitalize()}: {one.text[:80]}" for one in questions)]


EXPORTS: Mapping[str, Callable[[Session, Ledger], str]] = {
    "votes.csv": votes,
    "tallies.csv": tallies,
    "answers.csv": answers,
    "people.csv": people,
    "gradebook-canvas.csv": canvas,
    "gradebook-moodle.csv": moodle,
}
