"""The opening of a review, what is to be guessed before it is told, and what is for whoever leads alone."""

from __future__ import annotations

import json
import re

import attrs
import pytest

import tabletop
from tabletop.analysis.account import Estimate, Fall
from tabletop.analysis.game_figures import GameFigures
from tabletop.presentation.plain import to_plain
from tabletop.presentation.review.review import LATE, Review
from tabletop.presentation.words import Words
from tabletop.report.paper import Paper
from tabletop.report.review_facts import Audience, review_of
from tabletop.report.review_page import review_page
from tabletop.report.review_paper import review_paper
from tabletop.session import Facilitator, Session
from tests.report.made_figures import made_figures
from tests.report.played import NAMES, facilitated

LEADER = Audience(reader="leader")
ROOM = Audience(reader="room")
WORDS = Words("en")
NOTE = "They did not ask what he wants"


@pytest.fixture(scope="module")
def workshop(summit: tabletop.Scenario) -> Session:
    """A facilitated game of three teams, whose hidden truths have been told."""
    session = facilitated(summit, ["washington", "seoul", "pyongyang"], seed=11)
    Facilitator(session).tell_truth()
    return session


@pytest.fixture(scope="module")
def figures(workshop: Session) -> GameFigures:
    return made_figures(workshop, "washington")


@pytest.fixture(scope="module")
def leaders(workshop: Session, figures: GameFigures) -> Review:
    return review_of(workshop, WORDS, LEADER, figures)


@pytest.fixture(scope="module")
def rooms(workshop: Session, figures: GameFigures) -> Review:
    return review_of(workshop, WORDS, ROOM, figures)


def unfolded(page: str) -> str:
    """What a page shows before anybody unfolds what is to be guessed."""
    found, depth = [], 0
    for part in re.split(r"(<details[^>]*>|</details>)", page):
        if part.startswith("<details"):
            depth += 1 if depth or "guess" in part else 0
        elif part == "</details>":
            depth -= 1 if depth else 0
        elif not depth:
            found.append(part)
    return "".join(found)


# The opening


def test_the_opening_comes_first_and_has_the_ending_turning_points_and_three_decisions(leaders: Review) -> None:
    assert leaders.parts[0].id == "opening"
    assert leaders.opening is not None
    assert leaders.ending is not None
    assert leaders.opening.title == leaders.ending.title
    assert leaders.opening.ended[0] == leaders.ending.text
    assert (
        leaders.opening.ended[2] == "Washington could expect 40.0 (35.0 to 45.0) points at the start and came to 25.0."
    )
    (point,) = leaders.opening.turning.points
    assert (point.by, point.within, point.changes) == ("−12.0", "−12.0 (−15.0 to −9.0)", ())
    assert "expected points" in leaders.opening.turning.measure
    assert {one.step for one in leaders.opening.arguments} <= {one.step for one in leaders.arguments}
    assert len(leaders.opening.arguments) == 3


def test_a_game_without_figures_opens_with_what_moved_the_board(workshop: Session) -> None:
    found = review_of(workshop, WORDS, LEADER)
    assert found.opening is not None
    turning = found.opening.turning
    assert "meters and facts of the board" in turning.measure
    assert len(turning.points) == 4
    assert [one.turn for one in turning.points] == sorted(one.turn for one in turning.points)
    assert all(one.when and one.what and one.changes and not one.by for one in turning.points)
    assert found.arguments
    assert not any(one.is_weighed for one in found.arguments)
    assert all(one.why for one in found.arguments)


def test_no_move_that_only_its_seat_saw_is_argued_about(workshop: Session) -> None:
    secret = {one.label for one in workshop.scenario.actions if one.secret}
    (found,) = [review_of(workshop, WORDS, LEADER)]
    assert not [one.chosen for one in found.arguments if set(one.parts) & secret]


def test_what_chance_did_is_told_by_what_fell_and_adds_up(workshop: Session, figures: GameFigures) -> None:
    account = figures.accounts[0]
    falls = (Fall(kind="roll", value=Estimate(2.0, 1.0, 3.0)), Fall(kind="deal", value=Estimate(-5.0, -6.0, -4.0)))
    found = review_of(workshop, WORDS, LEADER, attrs.evolve(figures, accounts=(attrs.evolve(account, falls=falls),)))
    (story,) = found.accounts
    assert [(share.kind, share.text) for share in story.chance] == [
        ("deal", "−5.0 (−6.0 to −4.0)"),
        ("roll", "+2.0 (+1.0 to +3.0)"),
    ]
    assert "Pyongyang's intention" in story.chance[0].label


def test_the_account_says_how_it_goes_with_what_could_have_been_chosen(leaders: Review) -> None:
    (story,) = leaders.accounts
    assert "Washington's decisions did −12.0 (−15.0 to −9.0) in all" in story.beside
    assert "none of the 3 was clearly behind" in story.beside
    assert story.moments[1].course == "37.0 → 25.0"


# What is to be guessed


def test_hidden_truths_shares_and_figures_of_decisions_are_folded(leaders: Review) -> None:
    page = review_page(leaders)
    assert leaders.ending is not None
    (truth,) = leaders.ending.truths
    assert truth.sentence in page
    shown = unfolded(page)
    assert truth.sentence not in shown
    assert leaders.accounts[0].text not in shown
    assert leaders.alternatives is not None
    assert not [one.told for one in leaders.alternatives.decisions if one.told in shown]
    assert "Build on in secret" not in shown


def test_the_guide_has_a_step_to_guess_and_then_to_tell(leaders: Review) -> None:
    for run in leaders.guide:
        step = next(one for one in run.steps if one.title == WORDS("guide.reveal"))
        assert step.show == ("verdict", "account")
        assert step.ask[0].startswith("What was Pyongyang's intention: ready, probing or stalling?")
        assert "chance" in step.ask[1]


def test_for_the_room_what_is_to_be_guessed_comes_after_the_questions(rooms: Review) -> None:
    ids = [part.id for part in rooms.parts]
    late = [id for id in LATE if id in ids]
    assert {"decisions", "verdict", "account"} <= set(late)
    assert ids[-len(late) :] == late
    assert [part.id for part in rooms.parts if part.is_late] == late
    assert ids.index("questions") < ids.index("verdict")
    page = unfolded(review_page(rooms))
    assert rooms.opening is not None
    assert not [one.within for one in rooms.opening.turning.points if one.within and one.within in page]


# For whoever leads alone


def test_a_private_note_is_in_a_marked_part_of_the_leaders_page_alone(
    workshop: Session, leaders: Review, rooms: Review
) -> None:
    assert leaders.parts[-1].id == "private"
    assert NOTE in review_page(leaders).partition('id="private"')[2]
    assert NOTE not in review_page(leaders).partition('id="private"')[0]
    nameless = review_of(workshop, WORDS, attrs.evolve(LEADER, is_anonymous=True))
    for found in (rooms, nameless, review_of(workshop, WORDS, Audience(reader="seat", seat="washington"))):
        told = json.dumps(to_plain(found)) + review_page(found)
        assert "private" not in [part.id for part in found.parts]
        assert NOTE not in told
    assert [name for name in (*NAMES, "Ms Lee") if name in review_page(nameless)] == []


# Claims and history


def test_a_claim_that_the_timeline_cites_stands_with_its_words(leaders: Review) -> None:
    page = review_page(leaders)
    cited = set(re.findall(r'href="#claim-(\w+)"', page))
    assert cited
    assert cited <= {one.id for one in leaders.claims}
    assert all(one.summary for one in leaders.claims)


def test_singapore_and_hanoi_are_told_with_their_sources(leaders: Review) -> None:
    titles = {one.title: one for one in leaders.outcome_in_history}
    assert {"Singapore", "Hanoi"} <= set(titles)
    assert titles["Hanoi"].is_disputed
    assert all(one.sources for one in leaders.outcome_in_history)


# On paper


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_the_paper_has_a_dozen_pages_at_most_and_the_opening_on_the_first(leaders: Review, paper: Paper) -> None:
    pytest.importorskip("typst", reason="no typst to lay a paper out with")
    pymupdf = pytest.importorskip("pymupdf", reason="no pymupdf to read a paper with")
    with pymupdf.open(stream=review_paper(leaders, paper)) as pages:
        assert len(pages) <= 12
        first, last = (" ".join(pages[at].get_text().split()) for at in (0, len(pages) - 1))
        before = " ".join(" ".join(page.get_text().split()) for page in list(pages)[:-1])
    assert leaders.opening is not None
    assert all(one in first for one in (leaders.opening.title, *leaders.opening.guesses))
    assert all(one.chosen in first for one in leaders.opening.arguments)
    assert NOTE in last
    assert NOTE not in before
