"""A class of 75 minutes by its plan, to the minute, from `tabletop host` to the exports; the laptop dies in the middle.

TABLETOP_CLASS=30 has so many students in the room instead of twelve.
"""

from __future__ import annotations

import collections
import csv
import functools
import html
import io
import os
import pathlib
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import attrs
import pytest

import tabletop
from tabletop.host.questions import Question, questions_of
from tabletop.host.restoring import restored
from tabletop.session import Journal, Session, open_session
from tabletop.session.commands import Go, Note, Overrule, Tallied
from tests.host.host_process import HostProcess
from tests.host.live_room import Device, found, text_of
from tests.patience import wait_until

STUDENTS = int(os.environ.get("TABLETOP_CLASS", "12"))
PROGRAM = ("tests.host.stepped_host",)
BEGINS = 1_800_000_000
PLAN = "class_75"
#: The plan of summit-2018, by the minutes at which its phases begin.
PHASES = {"joining": 0, "briefs": 5, "prediction": 12, "play": 14, "reflection": 46, "review": 51, "rivals": 66}
EXIT, END = 72, 75
TURNS, MINUTES_A_TURN = 4, 8
#: When the laptop dies: after so many minutes, in the planning of the third week.
DIES_AT = 34


@attrs.define(eq=False, slots=False)
class Student:
    """Somebody with a phone, and everything that their phone was told is done."""

    device: Device
    name: str
    number: str
    seat: str = ""
    votes: list[tuple[str, str, str]] = attrs.field(factory=list)
    answers: dict[str, str] = attrs.field(factory=dict)

    @functools.cached_property
    def form(self) -> str:
        """What the forms of their pages carry."""
        return found(r'name="form" value="(\w+)"', self.device.page)


class Lesson:
    """A class that is under way: the server, its clock, the facilitator and the students."""

    def __init__(self, place: pathlib.Path) -> None:
        self.place, self.minute, self.rng = place, 0.0, random.Random(75)
        self.scenario = tabletop.load("summit-2018")
        self.host = self._opened("summit-2018", 0, "--seed", "75")
        self.facilitator = Device(self.host.port, self.host.code)
        assert self.facilitator.post("/open", {"key": self.host.key}).status == 303
        self.students: list[Student] = []
        #: What was voted for by ballot, in the practice and in earnest.
        self.cast: dict[tuple[bool, str], list[tuple[str, str]]] = collections.defaultdict(list)
        self.is_earnest = False

    def _opened(self, what: str, port: int, *options: str) -> HostProcess:
        at = str(BEGINS + 60 * self.minute)
        return HostProcess(what, self.place, port, program=(*PROGRAM, at), options=options)

    # Time

    def to(self, minute: float) -> None:
        """Lets the time pass until a minute of the class."""
        assert minute > self.minute
        self.host.type(str(60 * (minute - self.minute)))
        assert self.host.line() == "passed\n"
        self.minute = minute

    def dies_and_comes_back(self) -> None:
        """The process is killed, and started again at the same address a minute later."""
        self.host.kill()
        self.minute += 1
        self.host = self._opened(self.host.session, self.host.port)

    # The facilitator

    def act(self, what: str, **fields: str | Sequence[str]) -> None:
        answer = self.facilitator.act(what, **fields)
        assert answer.status == 303, text_of(answer.body)

    def begin(self, phase: str) -> None:
        """Goes on to a phase of the plan, in time."""
        self.act("part", part=f"{PLAN}/{phase}")
        page = self.facilitator.get("/facilitator").body
        assert 'class="late"' not in page
        sheet = found(r'<ol class="strip"[^>]*>(.*?)</ol>', page.replace("\n", " "))
        now = next(one for plan in self.scenario.classroom if plan.id == PLAN for one in plan.phases if one.id == phase)
        assert now.title in html.unescape(found(r'aria-current="step">(.*?)</li>', sheet))

    @property
    def table(self) -> str:
        """What the projector shows."""
        return html.unescape(text_of(self.facilitator.get("/table").body))

    def until_table(self, is_so: Callable[[str], bool]) -> str:
        """The projector's page once it is as it should be: bots may take a moment."""
        wait_until(lambda: is_so(self.table), step=0.02)
        return self.table

    # The students

    def join(self) -> None:
        names = ["김민준", "=SUM(A1)", *(f"Student {number}" for number in range(3, STUDENTS + 1))]
        for number, name in enumerate(names):
            student = Student(Device(self.host.port, self.host.code), name, f"s{number}@example.org")
            assert student.device.join(name, number=student.number).status == 303
            self.students.append(student)

    def team(self, seat: str) -> list[Student]:
        return [one for one in self.students if one.seat == seat]

    @property
    def seats(self) -> list[str]:
        return list(dict.fromkeys(one.seat for one in self.students))

    def vote(self, seats: Sequence[str] = (), *, agree: bool, of_them: float = 1.0) -> int:
        """Teams that have something to decide vote, each student with a reason; how many votes there were."""
        number = 0
        for seat in seats or self.seats:
            team = self.team(seat)
            page = team[0].device.page
            if 'id="vote"' not in page or "<fieldset disabled" in page:
                continue
            is_plan, ballot = 'type="checkbox" name="move"' in page, team[0].device.ballot(page)
            moves = team[0].device.moves(page)
            choice = self._choice(moves, is_plan)
            for student in team[: max(1, round(of_them * len(team)))]:
                mine = choice if agree else self._choice(moves, is_plan)
                why = f"{student.name} says so, {self.minute:g}"
                fields = {**ballot, "form": student.form, "serial": "1", "move": mine, "sure": mine, "why": why}
                # A plain form: when it is answered, all that follows from it has happened, and its person is there.
                assert student.device.post("/vote", fields).status == 303
                student.votes += [(seat, move, why) for move in mine]
                self.cast[self.is_earnest, ballot["ballot"]] += [(student.name, move) for move in mine]
                number += 1
        return number

    def _choice(self, moves: Sequence[str], is_plan: bool) -> list[str]:
        return self.rng.sample(list(moves), min(len(moves), self.rng.randint(1, 3)) if is_plan else 1)

    def answer(self, moment: str) -> None:
        """Everybody answers what is asked now, in a word, a choice or a number."""
        questions = [one for one in questions_of(self.scenario) if one.moment == moment]
        for student in self.students:
            fields = {one.id: self._answer(one, student) for one in questions}
            assert student.device.post("/answer", {"form": student.form, **fields}).status == 303
            student.answers |= fields

    def _answer(self, question: Question, student: Student) -> str:
        if question.kind == "number":
            return str(self.rng.randint(question.low, question.high))
        return self.rng.choice(question.options) if question.kind == "choice" else f"+{student.name}, {question.id}"

    def csv(self, name: str) -> list[dict[str, str]]:
        """A file, as a spreadsheet opens it."""
        answer = self.facilitator.get(f"/exports/{name}")
        assert answer.status == 200, answer.body
        return list(csv.DictReader(io.StringIO(answer.body.removeprefix("\ufeff"), newline="")))

    @property
    def standing(self) -> Session:
        """The session as the journal has it now, to look at beside the server."""
        session, _ = open_session(Journal(self.place), self.host.session, watch=True)
        return session


@pytest.fixture
def lesson(tmp_path: pathlib.Path) -> Iterator[Lesson]:
    lesson = Lesson(tmp_path)
    yield lesson
    if lesson.host.process.poll() is None:
        lesson.host.kill()


def test_a_class_of_75_minutes_from_joining_to_the_exports(lesson: Lesson) -> None:
    plan = next(one for one in lesson.scenario.classroom if one.id == PLAN)
    starts = dict(zip((one.id for one in plan.phases), _beginnings([one.minutes for one in plan.phases]), strict=True))
    assert starts == PHASES | {"exit": EXIT}
    joining(lesson)
    briefs_and_practice(lesson)
    prediction(lesson)
    four_weeks(lesson)
    reflection_and_review(lesson)
    exit_ticket(lesson)
    exports_say_what_was_done(lesson)


def _beginnings(minutes: Sequence[int]) -> list[int]:
    return [sum(minutes[:place]) for place in range(len(minutes))]


def joining(lesson: Lesson) -> None:
    lesson.act("settings", numbers="on", reasons="required")
    lesson.begin("joining")
    assert lesson.host.code in lesson.table
    lesson.join()
    lesson.to(4)
    lesson.act("start")
    names = {seat.name: seat.id for seat in lesson.scenario.seats}
    for student in lesson.students:
        student.seat = names[html.unescape(found(r'<p class="who"><b>([^<]*)</b>', student.device.page))]
    assert {len(lesson.team(seat)) for seat in lesson.seats} == {STUDENTS // len(lesson.seats)}


def briefs_and_practice(lesson: Lesson) -> None:
    lesson.to(PHASES["briefs"])
    lesson.begin("briefs")
    secrets = {seat.id: " ".join(seat.private_brief.split())[:80] for seat in lesson.scenario.seats}
    for student in lesson.students:
        page = " ".join(html.unescape(text_of(student.device.page)).split())
        assert {id for id, secret in secrets.items() if secret and secret in page} == {student.seat} - {
            id for id, secret in secrets.items() if not secret
        }
    assert not any(secret in lesson.table for secret in secrets.values() if secret)
    # One round that counts for nothing: it is taken back, and what was voted for stays on record.
    lesson.to(8)
    assert lesson.vote(agree=True)
    lesson.to(11)
    lesson.act("go", step="0", why="That was practice.")
    lesson.is_earnest = True


def prediction(lesson: Lesson) -> None:
    lesson.to(PHASES["prediction"])
    lesson.begin("prediction")
    lesson.answer("before")


def four_weeks(lesson: Lesson) -> None:
    lesson.to(PHASES["play"])
    lesson.begin("play")
    lesson.act("clock", phase="planning", seconds="300", then="skip")
    for turn in range(1, TURNS + 1):
        begins = PHASES["play"] + MINUTES_A_TURN * (turn - 1)
        if turn > 1:
            lesson.act("continue")
        a_week(lesson, turn, begins)
        if turn == 2:
            overrule(lesson)
        lesson.act("note", text=f"The moment of week {turn}", tag="surprise")
        lesson.act("pause", why="What came of it.")
        assert lesson.vote(agree=True) == 0
        lesson.to(begins + MINUTES_A_TURN)


def a_week(lesson: Lesson, turn: int, begins: float) -> None:
    """The event, three minutes of talk, the votes with their reasons, the end of the time, the calendar."""
    state = lesson.standing.state
    assert state.turn == turn
    if state.card is not None:
        assert lesson.vote(agree=True)
    lesson.until_table(lambda page: "Planning" in page)
    lesson.to(begins + 3.5)
    # Of each team half have voted, and disagree, when the time is up.
    lesson.vote(agree=False, of_them=0.5)
    if begins < DIES_AT < begins + MINUTES_A_TURN:
        laptop_dies(lesson)
    lesson.to(begins + 5)
    lesson.until_table(lambda page: "The calendar" in page)
    assert lesson.standing.state.phase == "calendar"
    lesson.to(begins + 6)
    assert lesson.vote(["washington"], agree=True) == len(lesson.team("washington"))
    lesson.until_table(lambda page: "Planning" in page or lesson.standing.state.turn == turn + 1)
    assert lesson.standing.state.turn == turn + 1
    lesson.to(begins + 7)


def laptop_dies(lesson: Lesson) -> None:
    before = [student.device.page for student in lesson.students]
    lesson.dies_and_comes_back()
    after = [student.device.page for student in lesson.students]
    assert [without_clock(page) for page in after] == [without_clock(page) for page in before]
    # The clock stood while nothing ran: it loses no more than what it had not kept.
    (was, now) = (int(found(r'data-ends-at="(\d+)"', page)) / 1000 for page in (before[0], after[0]))
    assert 60 <= now - was <= 62
    assert lesson.facilitator.get("/facilitator").status == 200
    lesson.act("more-time", seconds="-60")


def without_clock(page: str) -> str:
    """A page without when the time is up, and without its version, which is of all of it."""
    return re.sub(r'data-(ends-at|version|left|total)="\w*"', "", page)


def overrule(lesson: Lesson) -> None:
    """The facilitator replaces what the model drew last by something else that it could have drawn."""
    page = lesson.facilitator.get("/facilitator").body
    form = next(
        one
        for one in re.findall(r'<form method="post" action="/\w+/facilitator/overrule">(.*?)</form>', page, re.S)
        if len(re.findall(r"<option", one)) > 1
    )
    others = re.findall(r'<option value="([^"]+)">', form)
    fields = {name: found(rf'name="{name}" value="(\w+)"', form) for name in ("step", "place")}
    lesson.act("overrule", **fields, outcome=others[0], why="The embassy reported otherwise.", shown="on")


def reflection_and_review(lesson: Lesson) -> None:
    lesson.begin("reflection")
    lesson.answer("during")
    assert "answers" not in lesson.table
    lesson.to(PHASES["review"])
    lesson.begin("review")
    for question in (one for one in questions_of(lesson.scenario) if one.moment in ("before", "during")):
        lesson.act("settings", summary=question.id)
        given = [student.answers[question.id] for student in lesson.students]
        table = lesson.table
        assert f"{STUDENTS} answers" in table
        if question.kind == "number":
            numbers = sorted(map(int, given))
            assert f"from {numbers[0]} to {numbers[-1]}" in table
        elif question.kind == "choice":
            for option in question.options:
                assert f"{option} {given.count(option)}" in table
    lesson.act("settings", summary="")
    lesson.to(PHASES["rivals"])
    lesson.begin("rivals")
    played = lesson.standing
    lesson.act("branch", name="had we waited")
    lesson.act("back", steps="1")
    lesson.act("switch", name=next(one.name for one in played.branches if one.current))
    assert lesson.standing.state.fingerprint == played.state.fingerprint


def exit_ticket(lesson: Lesson) -> None:
    lesson.to(EXIT)
    lesson.begin("exit")
    lesson.answer("after")
    lesson.to(END)


# What is taken away


def exports_say_what_was_done(lesson: Lesson) -> None:
    files = {name: lesson.csv(name) for name in ("votes.csv", "tallies.csv", "answers.csv", "people.csv")}
    canvas, moodle = lesson.csv("gradebook-canvas.csv"), lesson.csv("gradebook-moodle.csv")
    lesson.host.kill()
    session = lesson.standing
    votes_are_those_that_were_cast(lesson, files["votes.csv"])
    tallies_are_those_that_decided(lesson, files["tallies.csv"], session)
    answers_are_those_that_were_given(lesson, files["answers.csv"])
    people = {row["number"]: row for row in files["people.csv"]}
    for student in lesson.students:
        row = people[student.number]
        cast = len({(seat, why) for seat, _, why in student.votes})
        assert (row["person"], row["seat"], row["votes"]) == (cell(student.name), student.seat, str(cast))
    assert len(people) == STUDENTS
    points = {f"{one.moment.capitalize()}: {one.text[:80]}": str(one.points) for one in questions_of(lesson.scenario)}
    for rows, key in ((canvas, "SIS Login ID"), (moodle, "ID number")):
        of_people = {row[key]: row for row in rows if row[key]}
        for student in lesson.students:
            assert {title: of_people[student.number][title] for title in points} == points
    ledger = restored(session)
    kept = {
        (ledger.roster.people[id].number, question): str(one.value) for (id, question), one in ledger.answers.items()
    }
    assert kept == {(one.number, question): value for one in lesson.students for question, value in one.answers.items()}
    said = [command.said for command in session.commands]
    assert [one.text for one in said if isinstance(one, Note)] == [
        f"The moment of week {n}" for n in range(1, TURNS + 1)
    ]
    assert len([one for one in said if isinstance(one, Overrule)]) == 1


def cell(text: str) -> str:
    """A text as it stands in a cell that is no formula."""
    return f"'{text}" if text[0] in "=+" else text


def votes_are_those_that_were_cast(lesson: Lesson, rows: Sequence[Mapping[str, str]]) -> None:
    found = collections.Counter((row["seat"], row["person"], row["move"], row["reason"]) for row in rows)
    sent = [(seat, cell(one.name), move, cell(why)) for one in lesson.students for seat, move, why in one.votes]
    assert found == collections.Counter(sent)
    assert sum(found.values()) == len(rows)
    turns = [int(row["turn"]) for row in rows]
    assert set(turns) == set(range(1, TURNS + 1))


def tallies_are_those_that_decided(lesson: Lesson, rows: Sequence[Mapping[str, str]], session: Session) -> None:
    back = next(one.number for one in session.commands if isinstance(one.said, Go))
    tallied = {one.number: one.said for one in session.commands if isinstance(one.said, Tallied)}
    assert {one.how for one in tallied.values()} >= {"plurality", "deadline"}
    for number, one in tallied.items():
        cast = lesson.cast[number > back, one.ballot]
        assert one.counts == collections.Counter(move for _, move in cast)
        assert one.voters == len({name for name, _ in cast})
    standing = [row for row in rows if row["stands"] == "yes"]
    counted = {(row["seat"], row["turn"], row["phase"], row["move"], row["votes"], row["voters"]) for row in standing}
    expected = set()
    for command in (one for one in session.commands if one.number > back and one.number in tallied):
        said, state = tallied[command.number], session.position_at(session.course.steps[command.parent]).state
        for move in {*said.moves, *said.counts}:
            count = sum(move == other for _, other in lesson.cast[True, said.ballot])
            expected.add((said.seat, str(state.turn), state.phase, move, str(count), str(said.voters)))
    assert counted == expected
    decided = {(row["seat"], row["move"]) for row in standing if row["decided"] == "yes"}
    assert {move for move in session.decisions if move[1] != "pass"} <= decided


def answers_are_those_that_were_given(lesson: Lesson, rows: Sequence[Mapping[str, str]]) -> None:
    found = {(row["person"], row["question"]): row["answer"] for row in rows}
    sent = {(cell(one.name), id): cell(value) for one in lesson.students for id, value in one.answers.items()}
    assert found == sent
    assert len(rows) == len(sent)
    assert {row["seat"] for row in rows} == set(lesson.seats)
