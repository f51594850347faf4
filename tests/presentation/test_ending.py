"""The end of a game is worked out once: both faces show it, and it holds nothing that is not told."""

from __future__ import annotations

import json
import pathlib
import random

import pytest

from tabletop.engine.state import State
from tabletop.engine.views import closing_view, public_view, view_of
from tabletop.presentation.ending import EndFacts, Ending, ending
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.plain import from_plain, to_plain
from tabletop.presentation.words import Words
from tabletop.session import Facilitator, Session
from tabletop.session.meter_courses import meter_courses
from tabletop.session.public_screen import ending_view
from tabletop.terminal import story
from tabletop.terminal.marks import Marks
from tabletop.terminal.scene import Sheet, scene_of
from tabletop.window.screens.ending import Ending as EndingScreen
from tests.engine.siblings import siblings
from tests.presentation.played_games import PACKS, finished
from tests.window.driver import drive, new_app


@pytest.fixture(scope="module", params=PACKS)
def session(request: pytest.FixtureRequest) -> Session:
    return finished(request.param, seed=11)


def told(session: Session, seat: str = "", language: str = "en") -> Ending:
    perspective = Perspective(session.game.program, seat, ending_view(session), humans=session.humans)
    facts = EndFacts(courses=meter_courses(session), hindsight=session.hindsight)
    return ending(perspective, Words(language), facts)


def test_an_ending_goes_through_json_and_back(session: Session) -> None:
    for seat in (*(one.id for one in session.scenario.seats), ""):
        for language in ("en", "ko"):
            value = told(session, seat, language)
            assert from_plain(Ending, json.loads(json.dumps(to_plain(value)))) == value


def test_the_objectives_of_a_seat_add_up_to_its_points(session: Session) -> None:
    for seat in told(session).scores:
        assert sum(one.points or 0 for one in seat.objectives) == seat.points == session.state.scores[seat.seat]


def test_every_turn_of_the_game_stands_in_its_chronicle(session: Session) -> None:
    turns = told(session).chronicle.turns
    assert [turn.turn for turn in turns] == list(range(1, session.state.turn + 1))
    moves = [title for turn in turns for one in turn.moves for title in one.titles]
    answers = [event.text for turn in turns for event in turn.events if event.kind == "answer"]
    assert sorted(moves + answers) == sorted(one.title for one in session.state.log if one.kind == "action")


def test_a_turning_point_names_its_decision_and_what_it_moved(session: Session) -> None:
    value = told(session)
    assert value.turning_points
    assert value.turned_on
    for one in value.turning_points:
        assert one.title
        assert one.changes
        assert not one.seat or one.decision


def test_the_window_and_the_terminal_tell_the_same_end(session: Session, tmp_path: pathlib.Path) -> None:
    seat = session.humans[0]
    value = told(session, seat)
    app = new_app(tmp_path)
    app.push(EndingScreen(app, session))
    player = drive(app)
    seen = []
    for page in ("verdict", "course", "points", "truth", "questions"):
        seen += player.click(f"page.{page}").texts
    window = " ".join(seen)
    scene = scene_of(session, seat, Sheet(Marks(), 100, 40))
    rows = [*story.whole(scene), *story.decisions(scene, story.ending_of(scene))]
    terminal = " ".join(" ".join(row.plain for row in rows).split())
    for words in (
        value.title,
        value.turned_on,
        *(one.value for one in value.truths),
        *(one.title for one in value.own_moves),
        *(objective.text for one in value.scores for objective in one.objectives),
        *(one.title for one in value.assumptions),
        *value.questions,
    ):
        assert " ".join(words.split()) in " ".join(window.split())
        assert " ".join(words.split()) in terminal


def test_before_the_facilitator_has_told_the_ending_holds_back_what_rests_on_hidden_truths() -> None:
    session = finished("summit-2018", 4, humans=("washington", "tokyo"))
    facilitator = Facilitator(session)
    facilitator.note("The end.")
    before = told(session)
    assert before.untold
    assert not before.truths
    assert not before.secrets
    facilitator.tell_truth()
    after = told(session)
    assert not after.untold
    assert after.truths
    assert all(one.points is not None for seat in after.scores for one in seat.objectives)


def test_worlds_that_differ_in_what_is_not_told_end_alike_for_a_seat_and_for_everybody(session: Session) -> None:
    rng = random.Random(3)
    facts = EndFacts(courses=meter_courses(session))

    def seen(state: State, seat: str) -> Ending:
        view = view_of(state, seat) if seat else public_view(state)
        return ending(Perspective(state.program, seat, view, humans=session.humans), Words(), facts)

    for seat in (*(one.id for one in session.scenario.seats), ""):
        value = seen(session.state, seat)
        for kind, other in siblings(session.state, seat, rng):
            assert seen(other, seat) == value, (seat, kind)


def test_the_closing_view_holds_all_but_what_a_facilitator_did_unseen(session: Session) -> None:
    view = closing_view(session.state)
    assert set(view.facts) >= {one.id for one in session.scenario.hidden}
    assert not [entry for entry in view.log if entry.known_to is not None and not entry.known_to]
