"""The schedule: injects prepared in advance, checked, previewed, offered when due, and done when they are taken up."""

from __future__ import annotations

import json
import pathlib

import pytest
from click.testing import CliRunner

from tabletop.cli import main
from tabletop.engine.adjudication import RulingRefused
from tabletop.scenario.injects import check_schedule_data, read_schedule
from tabletop.scenario.problems import PackError
from tabletop.session import Facilitator, Session, open_session
from tabletop.session.notes import messages_to
from tabletop.session.schedule import offers, preview, schedule
from tests.session.conftest import Begin, planned

PLAN = """
title: A morning at the ferry
injects:
  - {id: mist, title: Mist, turn: 2, card: fog, why: To slow them down.}
  - {id: rider, title: A rider, when: trust >= 50, card: rider, shown: false}
  - {id: quarrel, title: A quarrel, turn: 1, set: trust, to: 20, why: They fell out.}
  - {id: hint, title: A hint, turn: 1, tell: [island], text: Look at the tide.}
  - {id: tea, title: Tea, turn: 1, remind: There is tea outside.}
cards:
  - {id: rider, title: A rider, text: Over the hill., effects: [{change: trust, by: 4, why: Good news.}]}
"""


@pytest.fixture
def plan(tmp_path: pathlib.Path) -> pathlib.Path:
    path = tmp_path / "morning.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return path


@pytest.fixture
def session(begin: Begin) -> Session:
    return planned(begin())


@pytest.fixture
def facilitator(session: Session, plan: pathlib.Path) -> Facilitator:
    facilitator = Facilitator(session, "Ms Lee")
    facilitator.load_schedule(plan)
    return facilitator


def standings(session: Session) -> dict[str, str]:
    return {offer.inject.id: offer.standing for offer in offers(session)}


def test_injects_are_offered_when_they_are_due_and_not_before(session: Session, facilitator: Facilitator) -> None:
    assert session.state.meters["trust"] >= 50
    assert standings(session) == {"mist": "later", "rider": "due", "quarrel": "due", "hint": "due", "tea": "due"}
    facilitator.set("trust", 10)
    assert standings(session)["rider"] == "later"
    session.decide("harbour", "stay")
    assert session.state.turn == 2
    assert standings(session)["mist"] == "due"


def test_nothing_happens_unless_it_is_taken_up(session: Session, facilitator: Facilitator) -> None:
    before = session.state
    offers(session)
    offers(session)
    assert session.state is before


def test_an_inject_that_is_taken_up_does_what_it_says_and_is_done(session: Session, facilitator: Facilitator) -> None:
    trust = session.state.meters["trust"]
    facilitator.take_up("rider")
    assert session.state.meters["trust"] == trust + 4
    assert "A rider" in [entry.title for entry in session.view("harbour").log]
    assert not [entry for entry in session.view("harbour").log if entry.kind == "ruling"]
    facilitator.take_up("quarrel")
    assert session.state.meters["trust"] == 20
    assert session.commands[-1].why == "They fell out."
    facilitator.take_up("hint")
    assert [note.text for note in messages_to(session, "island")] == ["Look at the tide."]
    facilitator.take_up("tea")
    facilitator.take_up("mist", "Earlier than planned.")
    assert session.commands[-1].why == "Earlier than planned."
    assert set(standings(session).values()) == {"done"}


def test_an_inject_whose_step_is_undone_is_offered_again(session: Session, facilitator: Facilitator) -> None:
    facilitator.take_up("quarrel")
    session.back()
    assert standings(session)["quarrel"] == "due"


def test_an_inject_can_be_set_aside_and_taken_out_again(session: Session, facilitator: Facilitator) -> None:
    number = facilitator.set_aside("tea", "There is none.").number
    assert standings(session)["tea"] == "aside"
    facilitator.withdraw(number)
    assert standings(session)["tea"] == "due"
    with pytest.raises(RulingRefused, match="did you mean 'tea'"):
        facilitator.take_up("tae")


def test_a_schedule_can_be_looked_at_against_a_session_before_it_is_used(session: Session, plan: pathlib.Path) -> None:
    planned, _ = read_schedule(plan, session.scenario)
    assert [offer.standing for offer in preview(session, planned)] == ["later", "due", "due", "due", "due"]
    assert schedule(session).injects == ()


def test_a_schedule_goes_with_the_session(session: Session, facilitator: Facilitator, plan: pathlib.Path) -> None:
    facilitator.take_up("rider")
    before = offers(session)
    assert session.journal is not None
    session.close()
    plan.unlink()
    again, _ = open_session(session.journal)
    assert offers(again) == before
    again.close()


def test_what_is_wrong_with_a_schedule_is_told_line_by_line(
    session: Session, facilitator: Facilitator, tmp_path: pathlib.Path
) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(
        PLAN.replace("card: fog", "card: fgo")
        .replace("trust >= 50", "trsut >= 50")
        .replace("to: 20", "to: 120")
        .replace("tell: [island]", "tell: [iland]")
        .replace("turn: 1, remind", "remind")
    )
    with pytest.raises(PackError) as wrong:
        facilitator.load_schedule(path)
    told = "\n".join(str(problem) for problem in wrong.value.problems)
    for place, words in ((4, "'fog'"), (5, "'trust'"), (6, "'trust' cannot be 120"), (7, "'island'"), (8, "'turn' or")):
        assert any(f"{path}:{place}:" in line and words in line for line in told.splitlines()), told
    assert standings(session)["mist"] == "later"  # the one before it is still in use


def test_a_schedule_from_elsewhere_is_checked_as_if_it_were_a_file(session: Session, plan: pathlib.Path) -> None:
    _, data = read_schedule(plan, session.scenario)
    assert check_schedule_data(data, session.scenario) == []
    assert check_schedule_data({**data, "injects": [{"id": "x", "title": "X"}]}, session.scenario)
    assert check_schedule_data({"odd": 1}, session.scenario)


def test_schedules_that_ship_with_a_pack_are_checked_with_it(pack: pathlib.Path) -> None:
    (pack / "injects").mkdir()
    (pack / "injects" / "morning.yaml").write_text(PLAN, encoding="utf-8")
    assert CliRunner().invoke(main, ["check", str(pack)]).exit_code == 0
    (pack / "injects" / "morning.yaml").write_text(PLAN.replace("card: fog", "card: fgo"), encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(pack), "--format", "json"])
    assert result.exit_code == 1
    (row,) = json.loads(result.output)
    assert (row["line"], row["suggestion"]) == (4, "fog")
