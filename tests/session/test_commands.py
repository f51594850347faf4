"""A class for each kind of command, and lines of the journal that stay the same to the byte."""

from __future__ import annotations

import pathlib
from typing import Any

import attrs
import pytest

from tabletop.session import Session, room_commands
from tabletop.session.apply_command import rulings_in
from tabletop.session.command_kinds import RemarkSaid, Said, kind, said_from, written
from tabletop.session.commands import (
    KINDS,
    MOVES,
    REMARKS,
    STEPS,
    Command,
    Decide,
    MoreTime,
    Note,
    Overrule,
    Ruled,
    SetClock,
    body_of,
    command_from,
)
from tabletop.session.journal_line import BadCommand, read_line
from tests.session.conftest import Begin
from tests.session.every_command import give_every_command

#: As version 1.0 wrote them: a command of every kind in every form.
LINES = pathlib.Path(__file__).with_name("every_command.jsonl").read_text(encoding="utf-8").splitlines()
_RULED = {"place": 1, "outcome": "a", "why": "b", "shown": True}
BODIES = [(command.kind, command.body) for command in map(command_from, map(read_line, LINES))]


def test_every_kind_has_a_line_in_the_file() -> None:
    of_a_room = {cls.kind for cls in vars(room_commands).values() if isinstance(cls, type) and issubclass(cls, Said)}
    assert {kind for kind, _ in BODIES} == KINDS - of_a_room
    assert KINDS == STEPS | MOVES | REMARKS
    assert STEPS.isdisjoint(MOVES | REMARKS)


@pytest.mark.parametrize("line", LINES, ids=[str(number) for number in range(1, len(LINES) + 1)])
def test_a_line_that_was_written_before_is_read_and_written_again_as_it_was(line: str) -> None:
    command = command_from(read_line(line))
    assert command.line() == line
    assert body_of(command.said) == command.body
    assert attrs.evolve(command, body=body_of(command.said)).line() == line


def test_the_same_deeds_are_written_as_before(begin: Begin, tmp_path: pathlib.Path) -> None:
    session = begin(id="every")
    give_every_command(session, tmp_path)
    assert [_unsalted(one.kind, one.body) for one in session.commands] == [_unsalted(*one) for one in BODIES]
    before = [command_from(read_line(line)) for line in LINES]
    assert [(one.who, one.why, one.fingerprint) for one in session.commands] == [
        (one.who, one.why, one.fingerprint) for one in before
    ]


def _unsalted(kind: str, body: Any) -> tuple[str, Any]:
    return kind, {key: value for key, value in body.items() if key not in ("salt", "seal")}


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        ("decide", {"seat": "a", "action": "b"}, Decide(seat="a", action="b")),
        ("note", {"text": "Look."}, Note(text="Look.", tags=(), shown=False)),
        ("clock", {"more": 60, "moment": "1 weeks plan"}, MoreTime(more=60, moment="1 weeks plan")),
        (
            "clock",
            {"phase": "", "seconds": 60, "warnings": [10], "then": ""},
            SetClock(phase="", seconds=60, warnings=(10,), then=""),
        ),
    ],
)
def test_journals_of_old_may_say_less(kind: str, body: dict[str, Any], said: Said) -> None:
    assert said_from(kind, body) == said


def test_an_overruling_of_old_has_one_reason_for_all_and_another_has_each_its_own() -> None:
    body = {"seat": "a", "action": "b", "rulings": {"0": "calm", "2": "rough"}, "shown": False}
    assert [(one.place, one.why, one.shown) for one in rulings_in(said_from("overrule", body), "So.")] == [
        (0, "So.", False),
        (2, "So.", False),
    ]
    ruled = [{"place": 2, "outcome": "rough", "why": "Because.", "shown": True}]
    new = said_from("overrule", {**body, "ruled": ruled})
    assert isinstance(new, Overrule)
    assert new.ruled == (Ruled(place=2, outcome="rough", why="Because.", shown=True),)


def test_what_a_later_version_says_beside_it_is_kept_and_left_out_of_account() -> None:
    command = Command(
        number=1, parent=0, kind="skip", who="a", at="b", body={"phase": "plan", "shown": True, "mood": [1]}
    )
    again = command_from(read_line(command.line()))
    assert again.line() == command.line()
    assert again.said == said_from("skip", {"phase": "plan"})


@pytest.mark.parametrize(
    ("kind", "body", "field"),
    [
        ("decide", {"seat": "a"}, "action"),
        ("decide", {"seat": True, "action": "b"}, "seat"),
        ("set", {"name": "a", "value": 1.5}, "value"),
        ("set", {"name": "a", "value": 1, "shown": 1}, "shown"),
        ("inject", {"card": "a", "added": []}, "added"),
        ("go", {"step": True, "branch": "main"}, "step"),
        ("branch", {"name": "a"}, "from"),
        ("note", {"text": "a", "tags": ["b", 3]}, "tags"),
        ("overrule", {"seat": "a", "action": "b", "rulings": {}, "ruled": [{"place": 1}]}, "ruled"),
        ("overrule", {"seat": "a", "action": "b", "rulings": {}, "ruled": [{**_RULED, "more": 1}]}, "ruled"),
        ("clock", {"phase": "a", "seconds": 1}, "warnings"),
        ("clock", {"more": "1", "moment": "a"}, "more"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_body_of_another_form_is_refused_by_its_field(kind: str, body: dict[str, Any], field: str) -> None:
    with pytest.raises(BadCommand, match=f"what it says of '{field}' is missing or is not what it should be"):
        said_from(kind, body)


def test_a_kind_that_is_added_is_a_class_and_nothing_else(begin: Begin, tmp_path: pathlib.Path) -> None:
    @kind("hum")
    @attrs.frozen(kw_only=True)
    class Hum(RemarkSaid):
        tune: str
        loud: bool = written(False)

    session: Session = begin(id="humming")
    session.remark(Hum(tune="a sea shanty"), "harbour")
    assert session.journal is not None
    (command,) = session.journal.commands("humming")
    assert (command.said, command.body) == (Hum(tune="a sea shanty"), {"tune": "a sea shanty", "loud": False})
    assert not command.is_step
