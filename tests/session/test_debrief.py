"""The debrief's table: one tidy row a fact, which a spreadsheet and a script can read."""

from __future__ import annotations

import csv
import io
import json

import pytest

import tabletop
from tabletop.session import Facilitator, Session
from tabletop.session.debrief import COLUMNS, Fact, as_csv, as_json, facts
from tests.session.conftest import Begin, ended, planned


@pytest.fixture
def session(begin: Begin) -> Session:
    """A game in which a facilitator did something of everything."""
    session = begin()
    facilitator = Facilitator(session, "Ms Lee")
    planned(session)
    facilitator.inject("fog", "So that they wait.", shown=False)
    facilitator.write_card("title: News\ntext: A rider.\neffects: [{change: trust, by: 4, why: Good.}]\n", "Why not.")
    facilitator.set("trust", 70, "As the class has it.")
    facilitator.hand("island", "", "Somebody came.")
    facilitator.note("=HYPERLINK(1) they say", ["quote", "surprise"])
    facilitator.note("Taken back.")
    facilitator.withdraw(session.commands[-1].number)
    facilitator.message(["island", "harbour"], "Two minutes.")
    session.decide("harbour", "sail_out", "Ms Lee", "The vote.")
    fall = next(fall for fall in facilitator.falls() if fall.draw.node.kind == "table")
    other = "calm" if fall.draw.outcome == "rough" else "rough"
    facilitator.overrule(fall.step, fall.draw.place, other, "-5 was too harsh")
    facilitator.pause("Coffee.")
    facilitator.go_on()
    facilitator.skip("Time is up.")
    return session


def of(session: Session, fact: str) -> list[Fact]:
    return [row for row in facts(session) if row.fact == fact]


def test_every_decision_is_a_row(session: Session) -> None:
    rows = of(session, "decision")
    told = [(row.who, row.seat, row.about, row.text, row.stands, row.branch) for row in rows]
    assert told == [
        ("harbour", "harbour", "visit(place=quay)", "Visit the quay", "yes", "main"),
        ("harbour", "harbour", "visit(place=mill)", "Visit the mill", "yes", "main"),
        ("random", "island", told[2][2], told[2][3], "yes", "main"),
        ("Ms Lee", "harbour", "sail_out", "Sail", "no", "main"),
        ("harbour", "harbour", "sail_out", "Sail", "yes", "branch 2"),
    ]
    assert rows[3].why == "The vote."


def test_a_meter_has_a_row_at_the_start_and_wherever_it_changed(session: Session) -> None:
    rows = of(session, "meter")
    steps = [session.course.steps[0], *(session.course.steps[one.number] for one in session.commands if one.is_step)]
    values = {one.number: session.position_at(one).state.meters["trust"] for one in steps}
    changed = [one.number for one in steps if one.before is None or values[one.number] != values[one.before.number]]
    assert [row.step for row in rows] == changed
    for row in rows:
        state = session.position_at(session.course.steps[row.step]).state
        assert (row.about, row.value, row.turn, row.phase) == ("trust", state.meters["trust"], state.turn, state.phase)
        assert row.value != row.before
    assert [row.value for row in rows if row.stands == "yes"][-1] == session.state.meters["trust"]


def test_every_change_of_the_log_is_an_effect_with_its_reason_and_cause(session: Session) -> None:
    rows = [row for row in of(session, "effect") if row.stands == "yes"]
    log = [one for one in session.state.log if one.kind == "change" and one.before != one.after]
    assert [(row.about, row.before, row.value, row.why, row.cause) for row in rows] == [
        (one.target, one.before, one.after, one.why, one.title) for one in log
    ]
    assert ("trust", "They were seen.", "Visit the quay") in [(row.about, row.why, row.cause) for row in rows]


def test_effects_of_a_scenario_with_claims_name_them(summit: tabletop.Scenario) -> None:
    session = ended(Session(summit, seed=7, humans=["washington"]))
    claims = {claim for row in of(session, "effect") for claim in row.claims.split(", ") if claim}
    assert claims <= {one.id for one in summit.claims}
    assert claims
    rows = list(facts(session))
    assert sum(row.fact in ("meter", "track") and row.value == row.before for row in rows) == 0


def test_a_decision_tells_how_long_it_took_and_what_was_passed_over(session: Session) -> None:
    first, *_ = of(session, "decision")
    passed = [row.about for row in of(session, "passed") if row.step == first.step]
    assert sorted(passed) == ["pass", "visit(place=mill)"]
    assert [row.seconds == "" for row in of(session, "decision")[:3]] == [True, False, True]  # the third is a bot's


def test_every_fall_of_chance_is_a_draw_with_the_models_own_beside_it(session: Session) -> None:
    draws = [row for row in of(session, "draw") if row.about == "crossing"]
    assert len({row.step for row in draws}) == 2  # as the model had it, and as it was overruled
    assert [row.value == row.model for row in draws] == [True, False]


def test_what_is_hidden_is_told_from_the_start(summit: tabletop.Scenario) -> None:
    session = Session(summit, seed=7, humans=["washington"])
    assert {row.about: row.value for row in of(session, "hidden")} == {
        one.id: session.state.value(one.id) for one in summit.hidden
    }
    secret = {name for one in summit.tracks if one.known_to for name in (one.id,)}
    assert secret <= {row.about for row in of(session, "track")}


def test_every_tag_of_a_note_has_a_row_of_its_own(session: Session) -> None:
    assert [row.about for row in of(session, "tag")] == ["quote", "surprise"]


def test_every_branch_that_is_over_has_its_ending_and_points_by_objective(summit: tabletop.Scenario) -> None:
    session = ended(Session(summit, seed=7, humans=["washington"]))
    session.go(0)
    session.begin_branch("again")
    ended(session)
    assert [(row.branch, row.stands) for row in of(session, "ending")] == [("main", "no"), ("again", "yes")]
    for branch, stands in (("main", "no"), ("again", "yes")):
        points = {row.seat: row.value for row in of(session, "score") if row.branch == branch}
        terms = [row for row in of(session, "objective") if row.branch == branch]
        assert {row.stands for row in terms} == {stands}
        for seat in summit.seats:
            assert sum(int(row.value) for row in terms if row.seat == seat.id) == points[seat.id]


def test_an_override_has_the_models_own_result_beside_it(session: Session) -> None:
    (row,) = of(session, "override")
    assert {row.value, row.model} == {"calm", "rough"}
    assert (row.about, row.seat, row.who, row.why) == ("crossing", "harbour", "Ms Lee", "-5 was too harsh")


def test_every_card_that_came_up_is_a_row_and_who_brought_it_in_is_another(session: Session) -> None:
    cards, injects = of(session, "card"), of(session, "inject")
    assert [row.about for row in cards][:2] == ["fog", "improvised_news"]
    assert [(row.about, row.value, row.text, row.why, row.shown) for row in injects] == [
        ("fog", "chosen", "Fog", "So that they wait.", "no"),
        ("improvised_news", "written", "News", "Why not.", "yes"),
    ]


def test_everything_else_that_was_done_or_said_is_a_row(session: Session) -> None:
    (setting,) = of(session, "setting")
    assert (setting.about, setting.value, setting.why) == ("trust", 70, "As the class has it.")
    (hand,) = of(session, "hand")
    assert (hand.seat, hand.before, hand.value) == ("island", "random", "person")
    notes = of(session, "note")
    assert [(row.text, row.tags, row.stands) for row in notes] == [
        ("=HYPERLINK(1) they say", "quote, surprise", "yes"),
        ("Taken back.", "", "no"),
    ]
    (message,) = of(session, "message")
    assert (message.seat, message.text) == ("island, harbour", "Two minutes.")
    assert [row.why for row in of(session, "pause")] == ["Coffee."]
    assert len(of(session, "continue")) == 1
    (phase,) = of(session, "phase")
    assert (phase.about, phase.value, phase.why) == ("plan", "skip", "Time is up.")
    assert [(row.about, row.stands) for row in of(session, "branch")] == [("main", "no"), ("branch 2", "yes")]
    assert [(row.who, row.value) for row in of(session, "go")] == [("Ms Lee", 7)]


def test_an_end_has_its_points(begin: Begin) -> None:
    session = ended(begin())
    (ending,) = of(session, "ending")
    assert ending.about == session.state.outcome
    assert {row.seat: row.value for row in of(session, "score")} == dict(session.state.scores)


def test_a_spreadsheet_gets_stable_columns_and_no_formulas(session: Session) -> None:
    table = list(csv.reader(io.StringIO(as_csv(facts(session)))))
    assert tuple(table[0]) == COLUMNS
    assert all(len(row) == len(COLUMNS) for row in table)
    for row in table:
        for cell in row:
            assert not cell.startswith(("=", "+", "@", "\t", "\r", "\n"))
            assert not cell.startswith("-") or cell[1:].isdecimal()
    cells = {cell for row in table for cell in row}
    assert {"'=HYPERLINK(1) they say", "'-5 was too harsh"} <= cells


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1"])
def test_words_that_would_be_a_formula_are_made_harmless(text: str) -> None:
    (_, row) = csv.reader(io.StringIO(as_csv([Fact(fact="note", text=text, value=-3)]), newline=""))
    assert row[COLUMNS.index("text")] == f"'{text}"
    assert row[COLUMNS.index("value")] == "-3"


def test_a_script_gets_the_same_rows(session: Session) -> None:
    whole = json.loads(as_json(session))
    assert whole["session"]["id"] == session.id
    assert tuple(whole["columns"]) == COLUMNS
    assert len(whole["rows"]) == len(list(facts(session)))
    assert any(row["text"] == "=HYPERLINK(1) they say" for row in whole["rows"])


def test_what_the_columns_mean_is_said_where_they_are_and_in_the_help() -> None:
    from click.testing import CliRunner

    from tabletop.cli import main
    from tabletop.session import debrief

    told = CliRunner().invoke(main, ["sessions", "export", "--help"]).output
    for column in COLUMNS:
        assert f"`{column}`" in str(debrief.__doc__)
        assert column in told


def test_a_vote_that_was_changed_does_not_stand(summit: tabletop.Scenario) -> None:
    session = Session(summit, seed=7, humans=[seat.id for seat in summit.seats])
    facilitator = Facilitator(session)
    while session.state.phase != "planning":
        seat = session.state.acting[0]
        facilitator.decide(seat, session.game.actions(session.state, seat)[0])
    facilitator.decide("pyongyang", "build_quietly", "They will not see.")
    facilitator.take_back("pyongyang")
    facilitator.decide("pyongyang", "denounce", "Rather so.")
    made = [(fact.about, fact.stands) for fact in of(session, "decision") if fact.seat == "pyongyang"]
    assert made == [("build_quietly", "no"), ("retract", "yes"), ("denounce", "yes")]


def test_a_decision_whose_chance_was_overruled_keeps_its_own_reason(session: Session) -> None:
    (standing,) = [fact for fact in of(session, "decision") if fact.about == "sail_out" and fact.stands == "yes"]
    assert standing.why == "The vote."
