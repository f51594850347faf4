"""What a second screen shows of a game that is run elsewhere."""

from __future__ import annotations

import io
import pathlib
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

import tabletop
from tabletop.cli import main as cli
from tabletop.engine.views import public_view
from tabletop.presentation.negotiation import negotiation_of
from tabletop.session import Facilitator, Journal, Session, open_session
from tabletop.session.clock import Clock, WatchedClock
from tabletop.session.opening import watched
from tabletop.terminal.marks import Marks
from tabletop.terminal.public import public_pages, public_rows
from tabletop.terminal.scene import Sheet, public_scene, scene_of
from tabletop.terminal.screen import Screen
from tabletop.terminal.team import PARTS, team_pages
from tabletop.terminal.watching import _Projector, watch
from tabletop.window.examples import begun
from tabletop.window.registry import Example
from tabletop.window.screens.table import _way_to_table


@pytest.fixture
def journal(tmp_path: pathlib.Path) -> Journal:
    return Journal(tmp_path / "saves")


@pytest.fixture
def held(journal: Journal, summit: tabletop.Scenario) -> Session:
    """A session that a facilitator holds, in the first week's planning."""
    people = ["washington", "tokyo"]
    session = Session(summit, seed=7, pack="summit-2018", humans=people, journal=journal)
    session.decide("washington", "ask_about_weapons")
    return session


@pytest.fixture
def watching(held: Session, journal: Journal) -> Session:
    return open_session(Journal(journal.path), watch=True)[0]


def shown(session: Session, clock: Clock | None = None, width: int = 79, height: int = 24) -> str:
    rows = public_rows(public_scene(session, Sheet(Marks(), width, height)), clock or WatchedClock(session))
    assert len(rows) < height
    assert max(row.cell_len for row in rows) <= width
    return "\n".join(row.plain for row in rows)


@pytest.mark.parametrize(("width", "height"), [(79, 24), (100, 40), (60, 20)])
def test_the_public_screen_fits_its_terminal(held: Session, width: int, height: int) -> None:
    Facilitator(held).inject("walk_by_the_sea")
    Facilitator(held).note("Ten minutes more.", shown=True)
    said = shown(held, width=width, height=height)
    assert "THE SUMMIT" in said
    assert "A Walk in Dalian" in said
    assert "Ask Xi to hold the border" in said
    assert "Ten minutes more." in said
    assert "Washington must answer." in said


def test_nothing_secret_stands_on_the_public_screen(held: Session) -> None:
    facilitator = Facilitator(held)
    facilitator.message(["tokyo"], "The samovar is on.")
    facilitator.note("They are tired.")
    facilitator.set("intention", "stalling", "to see what they do")
    held.decide("washington", "consult(partner=tokyo)")
    said = shown(held)
    for secret in ("ambassador", "tired", "stalling", "intention", "Tokyo is heard", "Bad signs", "Only you"):
        assert secret.lower() not in said.lower().replace("intentions gauged", ""), secret
    assert "To decide: Washington and Tokyo." in said


def test_two_games_that_differ_in_secrets_alone_look_alike_in_public(held: Session) -> None:
    game, state = held.game, held.state
    views = [public_view(game.suppose(state, intention=kind)) for kind in ("ready", "probing", "stalling")]
    assert views[0] == views[1] == views[2]


def test_the_screen_follows_pauses_and_steps_back(held: Session, watching: Session) -> None:
    facilitator = Facilitator(held)
    facilitator.set_clock(480)
    facilitator.pause()
    assert watched(watching)
    assert "THE GAME IS PAUSED" in shown(watching)
    facilitator.go_on()
    held.back()
    assert watched(watching)
    assert "Washington must answer." in shown(watching)


def test_the_screen_tells_an_overruling_from_a_step_back(held: Session, watching: Session) -> None:
    facilitator, projector = Facilitator(held), _Projector(watching, Screen(Console(file=io.StringIO())))

    def ruled(is_shown: bool) -> str:
        fall = next(fall for fall in facilitator.falls() if fall.draw.node.kind == "table")
        other = next(one for one in fall.draw.node.outcomes if one.id != fall.draw.outcome)
        facilitator.overrule(fall.step, fall.draw.place, other.id, "So it was in 2018.", is_shown)
        projector._follow()
        return projector.notice

    held.decide("washington", "demand_evidence")
    for seat in held.humans:
        while held.state.phase == "planning" and seat in held.state.acting:
            held.decide(seat, "pass")
    for _ in held.run_bots():
        pass
    projector._follow()
    assert ruled(is_shown=True).startswith("The model was overruled: it goes on in ")
    assert ruled(is_shown=False) == ""
    held.back()
    projector._follow()
    assert projector.notice.startswith("The game was taken back: it goes on in ")


def test_the_watched_clock_follows_the_one_that_is_held_and_stands_where_that_stops(
    held: Session, watching: Session
) -> None:
    now = 0.0
    clock, seen = Clock(held, lambda: now), WatchedClock(watching, lambda: now)
    Facilitator(held).set_clock(60)
    clock.start()
    for now in (2.0, 4.0, 6.0):
        clock.tick()
        watched(watching)
        assert seen.left == pytest.approx(60 - now)
    now = 7.0
    assert seen.left == pytest.approx(53)
    now = 500.0  # whoever held it is gone
    assert seen.left == pytest.approx(52)


def test_a_pipe_is_told_the_story_with_rulings_and_words_for_all(journal: Journal, held: Session) -> None:
    facilitator = Facilitator(held)
    facilitator.set("tension", 60, "shots were heard")
    facilitator.note("The break is at ten.", shown=True)
    facilitator.message(["tokyo"], "The samovar is on.")
    for seat in held.humans:
        facilitator.hand(seat, "random")
    for _ in held.run_bots():
        pass
    assert held.state.finished
    out = io.StringIO()
    watch(open_session(Journal(journal.path), held.id, watch=True)[0], Console(file=out, width=80))
    said = out.getvalue()
    assert "Shots were heard." in said
    assert "The break is at ten." in said
    assert "samovar" not in said
    assert " You: " not in said
    assert held.state.outcome is not None


def test_the_verdict_is_for_everybody(held: Session) -> None:
    for seat in held.humans:
        Facilitator(held).hand(seat, "random")
    for _ in held.run_bots():
        pass
    said = shown(held, height=60, width=100)
    assert "Points:" in said
    ending = next(one for one in held.scenario.endings if one.id == held.state.outcome)
    assert ending.title in said


def six_teams(journal: Journal, summit: tabletop.Scenario) -> Session:
    session = Session(summit, seed=7, pack="summit-2018", humans=[seat.id for seat in summit.seats], journal=journal)
    Facilitator(session).decide("washington", "ask_about_weapons")
    return session


def test_a_reveal_of_six_teams_stands_on_one_small_screen_until_it_is_read(
    journal: Journal, summit: tabletop.Scenario
) -> None:
    session = six_teams(journal, summit)
    facilitator = Facilitator(session)
    for seat in session.humans:
        while session.state.phase == "planning" and seat in session.state.acting:
            facilitator.decide(seat, session.view(seat).actions[0])
    said = shown(session)
    for seat in summit.seats:
        assert f"{seat.name}: " in said
    assert "Then: Week 1, 8 March 2018: The calendar" in said
    facilitator.go_to_next()
    assert "To decide: Washington." in shown(session)
    facilitator.decide("washington", session.view("washington").actions[1])
    said = shown(session)
    assert "The calendar" in said
    assert "The week's end" in said
    assert "ANNOUNCED" in said


@pytest.mark.parametrize(("width", "height"), [(79, 24), (44, 16), (119, 40)])
def test_what_needs_more_than_a_screen_has_pages(held: Session, width: int, height: int) -> None:
    Facilitator(held).write_card({"title": "Long", "text": "It goes on and on. " * 80})
    scene = public_scene(held, Sheet(Marks(), width, height))
    pages = public_pages(scene, WatchedClock(held))
    assert all(len(page) < height for page in pages)
    said = " ".join(" ".join(row.plain.replace("▌", " ") for page in pages for row in page).split())
    if len(pages) > 1:
        assert f"1 of {len(pages)}" in said
    assert public_rows(scene, WatchedClock(held), page=len(pages)) is not None


def test_the_verdict_in_public_names_what_was_hidden_once_it_is_told(held: Session) -> None:
    facilitator = Facilitator(held)
    for seat in held.humans:
        facilitator.hand(seat, "random")
    facilitator.note("On to the end.")
    for _ in held.run_bots():
        pass
    facilitator.go_to_next()
    name = held.scenario.hidden[0].name

    def whole() -> str:
        pages = public_pages(public_scene(held, Sheet(Marks(), 79, 24)), WatchedClock(held))
        return "\n".join(row.plain for page in pages for row in page)

    assert "verdict" not in whole().lower() or name not in whole()
    assert name not in whole()
    facilitator.tell_truth()
    assert f"{name}: {str(held.state.value('intention')).capitalize()}" in " ".join(whole().split())


def test_an_overruling_of_what_one_seat_learns_is_not_told_in_public(
    town: Callable[..., tabletop.Scenario], tmp_path: pathlib.Path
) -> None:
    def whispered(pack: dict[str, Any]) -> None:
        pack["tables"] = [
            {
                "id": "luck",
                "title": "Luck",
                "known_to": ["miller"],
                "outcomes": [{"id": "low", "weight": 1, "text": "Low."}, {"id": "high", "weight": 1, "text": "High."}],
            }
        ]
        pack["actions"][0]["effects"] = [{"roll": "luck", "why": "They toss."}]

    session = Session(town(whispered), seed=3, humans=["mayor", "miller"])
    facilitator = Facilitator(session)
    facilitator.decide("miller", "talk")
    facilitator.decide("mayor", "talk")
    while session.state.turn == 1:
        facilitator.decide(session.state.acting[0], "pass")
    fall = next(one for one in facilitator.falls() if one.draw.node.kind == "table")
    other = next(one.id for one in fall.draw.node.outcomes if one.id != fall.draw.outcome)
    facilitator.overrule(fall.step, fall.draw.place, other, "So it was.")
    assert "So it was." not in [entry.why for entry in public_view(session.state).log]
    assert "So it was." not in [entry.why for entry in session.view("mayor").log]
    assert "So it was." in [entry.why for entry in session.view("miller").log]


@pytest.mark.parametrize("part", sorted(PARTS.values()))
@pytest.mark.parametrize(("width", "height"), [(79, 24), (119, 40), (60, 20)])
def test_the_screen_of_a_team_fits_and_shows_what_the_team_may_know(
    journal: Journal, summit: tabletop.Scenario, part: str, width: int, height: int
) -> None:
    session = six_teams(journal, summit)
    Facilitator(session).message(["tokyo"], "The samovar is on.")
    Facilitator(session).message(["seoul"], "Yours does not.")
    pages = team_pages(scene_of(session, "tokyo", Sheet(Marks(), width, height)), WatchedClock(session), part)
    assert all(len(page) < height for page in pages)
    assert max(row.cell_len for page in pages for row in page) <= width
    said = " ".join(" ".join(row.plain for page in pages for row in page).split())
    assert "Yours does not" not in said
    assert ("The samovar is on." in said) == (part in ("now", "mail"))
    if part == "moves":
        assert all(action.label in said for action in session.view("tokyo").actions if action.kind != "pass")


def test_a_teams_screen_opens_with_its_word_alone(journal: Journal, summit: tabletop.Scenario) -> None:
    session = six_teams(journal, summit)

    def watched_by(*arguments: str) -> Result:
        return CliRunner().invoke(cli, ["resume", session.id, "--watch", "--save", str(journal.path), *arguments])

    def refused(*arguments: str) -> tuple[int, str]:
        result = watched_by(*arguments)
        return result.exit_code, result.output.strip().splitlines()[-1]

    assert refused("--seat", "tokyo") == (
        1,
        "Error: no word has been given out for Tokyo's screen: at the facilitator's console `word tokyo` does that",
    )
    facilitator = Facilitator(session)
    facilitator.give_word("tokyo", "heron")
    facilitator.message(["tokyo"], "The samovar is on.")
    assert refused("--seat", "tokyo", "--word", "crane") == (1, "Error: that is not the word for Tokyo's screen")
    assert refused("--seat", "tokio", "--word", "heron")[0] == 2
    assert refused("--word", "heron")[0] == 2
    for seat in session.humans:
        facilitator.hand(seat, "random")
    for _ in session.run_bots():
        pass
    for arguments, reads in ((("--seat", "t", "--word", "Heron"), True), ((), False)):
        result = watched_by(*arguments)
        assert result.exit_code == 0
        assert ("The samovar is on." in result.output) == reads


def test_the_room_sees_the_scale_of_a_bargain() -> None:
    seed, line = _way_to_table("summit-2018", 7)
    session = begun(Example("summit-2018", seed))
    for seat, action in line:
        session.decide(seat, action)
    scene = public_scene(session, Sheet(Marks(), 110, 60))
    said = "\n".join(row.plain for row in public_rows(scene, WatchedClock(session, lambda: 0.0)))
    shown = negotiation_of(scene, scene.words)
    assert shown is not None
    assert shown.scale is not None
    assert shown.scale.verdict_text in said
