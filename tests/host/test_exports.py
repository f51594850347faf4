"""The files that a facilitator takes away, opened again as a spreadsheet would."""

from __future__ import annotations

import csv
import io
import pathlib
from collections.abc import Iterator

import pytest

from tabletop.session.debrief import facts
from tests.host.live_room import LiveRoom, begun, served


@pytest.fixture
def room(tmp_path: pathlib.Path) -> Iterator[LiveRoom]:
    """A class in which a decision was made and a question answered."""
    with served(begun(tmp_path)) as live:
        live.facilitator.act("settings", numbers="on")
        people = [live.device() for _ in range(4)]
        for number, device in enumerate(people):
            device.join("=cmd()" if number == 0 else f"Person {number}", number=f"p{number}@example.org")
        live.facilitator.act("start")
        live.facilitator.act("part", part="lesson/prediction")
        first, _, third, _ = people
        form = first.ballot()["form"]
        first.post("/answer", {"form": form, "foretold_trust": "61"})
        first.vote(why="It binds nobody.")
        third.vote(why="She is right.")
        yield live


def table(room: LiveRoom, name: str) -> list[dict[str, str]]:
    answer = room.facilitator.get(f"/exports/{name}")
    assert answer.status == 200, answer.body
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.body.lstrip("\ufeff"))))


def test_votes_have_their_reasons_and_formulas_are_text(room: LiveRoom) -> None:
    votes = table(room, "votes.csv")
    assert [(vote["person"], vote["reason"]) for vote in votes] == [
        ("'=cmd()", "It binds nobody."),
        ("Person 2", "She is right."),
    ]
    assert {(vote["seat"], vote["seat_name"], vote["phase_title"]) for vote in votes} == {
        ("corvane", "Corvane", "The week's card")
    }
    assert all(vote["move_label"] and "(" not in vote["move_label"] for vote in votes)


def test_tallies_say_how_it_was_decided(room: LiveRoom) -> None:
    (tally,) = table(room, "tallies.csv")
    assert (tally["votes"], tally["voters"], tally["decided"], tally["how"]) == ("2", "2", "yes", "plurality")
    assert tally["stands"] == "yes"
    assert room.facilitator.act("back", steps="1", why="Once more.").status == 303
    (tally,) = table(room, "tallies.csv")
    assert tally["stands"] == "no"


def test_answers_are_numbers(room: LiveRoom) -> None:
    (answer,) = table(room, "answers.csv")
    assert (answer["question"], answer["answer"], answer["seat"]) == ("foretold_trust", "61", "corvane")


def test_a_gradebook_for_canvas_has_its_columns_and_the_points_possible(room: LiveRoom) -> None:
    rows = table(room, "gradebook-canvas.csv")
    assert list(rows[0])[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert rows[0]["Student"] == "    Points Possible"
    column = next(name for name in rows[0] if name.startswith("Before: Where will trust"))
    assert [row[column] for row in rows] == ["1", "1", "0", "0", "0"]
    assert rows[1]["SIS Login ID"] == "p0@example.org"


def test_a_gradebook_counts_votes_as_taking_part(room: LiveRoom) -> None:
    rows = table(room, "gradebook-canvas.csv")
    column = list(rows[0])[-1]
    assert column.startswith("Participation")
    assert [row[column] for row in rows] == ["10", "10", "0", "10", "0"]
    people = table(room, "people.csv")
    assert [(one["decisions_voted_in"], one["decisions"]) for one in people] == [
        ("1", "1"),
        ("0", "0"),
        ("1", "1"),
        ("0", "0"),
    ]


def test_a_gradebook_for_moodle_names_people_by_their_numbers(room: LiveRoom) -> None:
    rows = table(room, "gradebook-moodle.csv")
    assert [row["ID number"] for row in rows] == [f"p{number}@example.org" for number in range(4)]


def test_pseudonyms_are_in_every_file(room: LiveRoom) -> None:
    room.facilitator.act("settings", pseudonyms="on")
    for name in (
        "votes.csv",
        "tallies.csv",
        "answers.csv",
        "people.csv",
        "gradebook-canvas.csv",
        "gradebook-moodle.csv",
    ):
        text = room.facilitator.get(f"/exports/{name}").body
        assert "cmd" not in text
        assert "example.org" not in text
        assert "Person 3" in text or name in ("votes.csv", "tallies.csv", "answers.csv")


def test_the_game_goes_on_at_a_table_from_its_paper_kit(room: LiveRoom) -> None:
    answer = room.facilitator.get("/exports/paper-kit.html")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "you are here" in answer.body
    assert "The facilitator&#39;s book" in answer.body


def test_nobody_else_gets_a_file(room: LiveRoom) -> None:
    assert room.device().get("/exports/paper-kit.html").status == 403
    assert room.device().get("/exports/votes.csv").status == 403
    assert room.facilitator.get("/exports/tokens.csv").status == 404


def test_the_debrief_has_rows_of_the_room(room: LiveRoom) -> None:
    found = [fact for fact in facts(room.room.session) if fact.fact in ("person", "vote", "tally", "answer")]
    assert [fact.fact for fact in found].count("person") == 4
    assert [fact.why for fact in found if fact.fact == "vote"] == ["It binds nobody.", "She is right."]
    assert [fact.value for fact in found if fact.fact == "answer"] == [61]
    (tally,) = [fact for fact in found if fact.fact == "tally"]
    assert (tally.value, tally.tags) == (2, "plurality, decided")
    assert not [fact for fact in facts(room.room.session) if fact.fact == "token"]
