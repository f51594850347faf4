"""Gradebooks: points of each person for the questions that they answered, and for voting with their team."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import attrs

from tabletop.host.export_labels import called
from tabletop.host.ledger import Ledger
from tabletop.host.questions import Question, questions_of
from tabletop.host.roster import Person
from tabletop.scenario.text_sanitizing import cell
from tabletop.session import Session
from tabletop.session.room_commands import Joined, Tallied, Voted

#: The points for taking part: for whoever has voted in every decision of their team since they joined.
PARTICIPATION = 10


@attrs.frozen
class Participation:
    """In how many of the decisions that their team made since they joined a person has `voted`."""

    voted: int
    decisions: int

    @property
    def points(self) -> int:
        """Their share of PARTICIPATION, rounded; none where there was nothing to decide."""
        return (2 * PARTICIPATION * self.voted + self.decisions) // (2 * self.decisions) if self.decisions else 0


def participation(session: Session, ledger: Ledger) -> dict[str, Participation]:
    """How far each person took part, by id. A decision counts once, however often a vote in it was changed."""
    joined: dict[str, int] = {}
    votes: dict[str, set[str]] = {}
    decided: dict[str, tuple[str, int]] = {}
    for command in session.commands:
        said = command.said
        if isinstance(said, Joined):
            joined[said.person] = command.number
        elif isinstance(said, Voted):
            votes.setdefault(said.person, set()).add(said.ballot)
        elif isinstance(said, Tallied):
            decided[said.ballot] = said.seat, command.number
    found = {}
    for person in ledger.roster.people.values():
        voted = votes.get(person.id, set()) & set(decided)
        since = joined.get(person.id, 0)
        asked = {ballot for ballot, (seat, number) in decided.items() if seat == person.seat and number > since}
        found[person.id] = Participation(len(voted), len(voted | asked))
    return found


def canvas(session: Session, ledger: Ledger) -> str:
    """A gradebook as Canvas imports it: its five columns, the points possible in the second row."""
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    questions, people = _graded(session, ledger)
    possible: list[object] = ["    Points Possible", "", "", "", "", *(one.points for one in questions), PARTICIPATION]
    names = called(ledger)
    rows = [
        [names[one.id], "", "", _number(ledger, one), session.id, *points]
        for one, points in _points(session, ledger, questions, people)
    ]
    return _written([_titles(head, questions), possible, *rows])


def moodle(session: Session, ledger: Ledger) -> str:
    """A gradebook as Moodle imports it: people by an address or a number, and a column for each question."""
    questions, people = _graded(session, ledger)
    names = called(ledger)
    rows = [
        [names[one.id], _number(ledger, one), *points] for one, points in _points(session, ledger, questions, people)
    ]
    return _written([_titles(["Full name", "ID number"], questions), *rows])


def _graded(session: Session, ledger: Ledger) -> tuple[list[Question], list[Person]]:
    questions = [one for one in questions_of(session.scenario) if one.points]
    return questions, [one for one in ledger.roster.people.values() if one.standing != "unapproved"]


def _points(
    session: Session, ledger: Ledger, questions: Sequence[Question], people: Sequence[Person]
) -> Iterable[tuple[Person, list[int]]]:
    took_part = participation(session, ledger)
    for person in people:
        answered = [one.points if (person.id, one.id) in ledger.answers else 0 for one in questions]
        yield person, [*answered, took_part[person.id].points]


def _number(ledger: Ledger, person: Person) -> str:
    return "" if ledger.settings.pseudonyms else person.number


def _titles(head: Sequence[str], questions: Sequence[Question]) -> list[str]:
    asked = (f"{one.moment.capitalize()}: {one.text[:80]}" for one in questions)
    return [*head, *asked, "Participation: votes in the team's decisions"]


def _written(rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([[cell(value) for value in row] for row in rows])
    return out.getvalue()
