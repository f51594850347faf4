"""The review of a session: what stands in it, in which order, and what each reader is not told."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import attrs
import pytest

import tabletop
from tabletop.presentation.plain import from_plain, to_plain
from tabletop.presentation.review.review import PARTS, Review
from tabletop.presentation.words import Words
from tabletop.report.paper import Paper
from tabletop.report.review_facts import Audience, review_of
from tabletop.report.review_page import review_page
from tabletop.report.review_paper import review_paper
from tabletop.session import Facilitator, Session
from tabletop.session.facilitator_view import whole
from tabletop.session.played_decisions import played_decisions
from tests.report.made_figures import made_figures
from tests.report.played import NAMES, REASONS, a_class, facilitated

LEADER = Audience(reader="leader")
ROOM = Audience(reader="room")
WORDS = Words("en")


@pytest.fixture(scope="module")
def workshop(summit: tabletop.Scenario) -> Session:
    """A facilitated game of three teams, whose hidden truths have not been told."""
    return facilitated(summit, ["washington", "seoul", "pyongyang"], seed=12)


@pytest.fixture(scope="module")
def leaders(workshop: Session) -> Review:
    return review_of(workshop, WORDS, LEADER)


def for_seat(seat: str) -> Audience:
    return Audience(reader="seat", seat=seat)


def page_of(session: Session, audience: Audience) -> str:
    return review_page(review_of(session, WORDS, audience))


class Loads(HTMLParser):
    """Everything that a page would fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("script", "link", "iframe", "img", "object", "embed", "base", "video", "audio"):
            self.found.append(tag)
        for name in ("src", "srcset", "action", "background"):
            if name in given:
                self.found.append(f"{tag} {name}")
        if not (given.get("href") or "#").startswith("#"):
            self.found.append(f"href {given['href']}")


# What is in it


def test_the_parts_stand_in_the_order_in_which_a_debrief_is_led(leaders: Review) -> None:
    ids = [part.id for part in leaders.parts]
    assert ids == [id for id in PARTS if id in ids]
    assert set(PARTS) - set(ids) == {"account", "beliefs"}  # nobody asked for figures


def test_reasons_and_predictions_come_before_any_score(leaders: Review) -> None:
    page = review_page(leaders)
    assert leaders.ending is not None
    points = page.index(leaders.ending.scores[0].objectives[0].text)
    assert page.index(REASONS[0]) < points
    assert page.index(leaders.asked[0].text) < points
    assert page.index('id="voices"') < page.index('id="verdict"') < points


def test_every_reason_that_somebody_gave_is_there_with_who_gave_it(workshop: Session, leaders: Review) -> None:
    voices = [voice for one in leaders.decisions for voice in one.voices]
    line = {step.number for step in workshop.course.at.line()}
    votes = {
        (one.parent, one.body["person"]): one.why
        for one in workshop.commands
        if one.kind == "vote" and one.parent in line
    }
    assert sorted(voice.text for voice in voices) == sorted(votes.values())
    assert {voice.who for voice in voices} == set(NAMES)


def test_a_decision_tells_what_else_was_open(leaders: Review) -> None:
    first = leaders.decisions[0]
    assert first.chosen
    assert first.passed_over
    assert not set(first.chosen) & set(first.passed_over)


def test_every_turn_of_the_log_is_told_with_the_reasons_of_its_changes(workshop: Session, leaders: Review) -> None:
    view = whole(workshop)
    assert [turn.turn for turn in leaders.turns] == sorted({entry.turn for entry in view.log if entry.kind == "turn"})
    told = {entry.why for turn in leaders.turns for event in turn.events for entry in event.entries if entry.change}
    changed = {entry.why for entry in view.log if entry.kind == "change" and entry.before != entry.after}
    assert {why.rstrip(".") for why in changed} == {why.rstrip(".") for why in told}


def test_what_the_facilitator_did_stands_with_its_reason_and_notes_with_their_tags(leaders: Review) -> None:
    assert [one.why for one in leaders.rulings] == ["As agreed at the start.", "The model was too harsh on them here."]
    assert [note for turn in leaders.turns for note in turn.notes] == []
    assert [one.tags for one in leaders.private] == [("Turning point", "Surprise")]
    assert [one.to for one in leaders.letters] == [("Washington",)]


def test_a_line_that_was_tried_stands_beside_the_game_and_what_the_model_left_does_not(leaders: Review) -> None:
    (tried,) = leaders.branches
    assert tried.name == "What if they had waited"
    assert tried.decisions


def test_predictions_stand_beside_what_came(workshop: Session, leaders: Review) -> None:
    meters = whole(workshop).meters
    found = {one.meter: one for one in leaders.predictions}
    assert set(found) == {"alliance_cohesion", "chinese_influence", "tension", "leverage"}
    cohesion = found["alliance_cohesion"]
    assert cohesion.numbers == (30, 37, 44, 51, 58, 65)
    assert (cohesion.middle, cohesion.came) == (47.5, meters["alliance_cohesion"])
    assert cohesion.off == 47.5 - meters["alliance_cohesion"]
    best = min(abs(one - cohesion.came) for one in cohesion.numbers)
    assert f"by {best}" in cohesion.nearest


def test_each_premise_has_both_cases(summit: tabletop.Scenario, leaders: Review) -> None:
    assert [one.id for one in leaders.premises] == [one.id for one in summit.assumptions]
    assert all(one.case_for and one.case_against and one.others for one in leaders.premises)
    assert [one.id for one in leaders.worldviews if one.is_played] == ["article"]


def test_history_stands_beside_the_turn_of_its_date(summit: tabletop.Scenario, leaders: Review) -> None:
    rows = {row.turn: row for row in leaders.history if row.turn}
    titles = {one.date: one.title for row in rows.values() for one in row.events}
    dates = {card.date: card for card in summit.cards if card.certainty != "invented"}
    assert set(titles) <= set(dates)
    third = rows["Week 3"]
    assert third.date == "22 March 2018"
    assert "23 March 2018" in [one.date for one in third.events]
    assert any(one.sources for row in rows.values() for one in row.events)


def test_the_packs_own_questions_come_last(summit: tabletop.Scenario, leaders: Review) -> None:
    assert leaders.questions == tuple(" ".join(one.text.split()) for one in summit.debrief)
    assert [part.id for part in leaders.parts][-3:] == ["questions", "claims", "private"]


# The guide


def test_the_guide_runs_without_a_gap_from_what_happened_to_what_then(leaders: Review) -> None:
    assert [run.minutes for run in leaders.guide] == [15, 30, 45]
    for run in leaders.guide:
        assert [run.steps[0].start, run.steps[-1].end] == [0, run.minutes]
        for one, other in zip(run.steps, run.steps[1:], strict=False):
            assert one.end == other.start
        stages = [one.stage for one in run.steps]
        assert stages == sorted(stages, key=["happened", "why", "then"].index)


def test_the_guide_shows_only_what_is_there_and_asks_of_this_game(leaders: Review) -> None:
    there = {part.id for part in leaders.parts}
    steps = [step for run in leaders.guide for step in run.steps]
    assert {part for step in steps for part in step.show} <= there
    asked = [question for step in steps for question in step.ask]
    assert any("chose" in question for question in asked)
    assert any(question in leaders.questions for question in asked)


def test_nothing_is_shown_in_the_guide_before_people_have_spoken(leaders: Review) -> None:
    for run in leaders.guide:
        told = next(at for at, step in enumerate(run.steps) if step.title == WORDS("guide.tell"))
        scored = [at for at, step in enumerate(run.steps) if {"verdict", "account", "decisions"} & set(step.show)]
        assert all(at > told for at in scored)


# Figures


def test_the_account_is_a_waterfall_from_what_was_expected_to_what_came(workshop: Session) -> None:
    figures = made_figures(workshop, "washington")
    found = review_of(workshop, WORDS, LEADER, figures)
    (story,) = found.accounts
    assert [bar.label for bar in story.bars] == [
        "Expected before the first decision",
        "Washington's decisions",
        "Chance",
        "What came",
    ]
    assert [(bar.start, bar.end) for bar in story.bars] == [(0, 40), (40, 28), (28, 25), (0, 25)]
    assert [one.step for one in story.moments] == [one.step for one in figures.accounts[0].terms]
    assert "Pyongyang's intention" in story.moments[0].what
    page = review_page(found)
    assert "−12.0 (−15.0 to −9.0)" in page
    assert "account" in [part.id for part in found.parts]


def test_decisions_stand_beside_what_else_was_open_as_known_then_first(workshop: Session) -> None:
    found = review_of(workshop, WORDS, LEADER, made_figures(workshop, "washington"))
    assert found.alternatives is not None
    first, second, *_ = found.alternatives.decisions
    assert [(one.is_chosen, one.is_best, one.is_alike) for one in first.options[:3]] == [
        (True, True, False),
        (False, False, True),
        (False, False, False),
    ]
    assert (first.stands, first.mark) == ("alike", "Nothing else was better as known then, and it went badly")
    assert "a lead counts from 1.0" in first.told
    others = next(one for one in played_decisions(workshop) if one.step == first.step).passed_over
    left = len(others) + 1 - len(first.options)
    assert first.more == (f"and {left} more options" if left else "")
    assert found.alternatives.views == tuple(one.name for one in workshop.scenario.worldviews)
    assert second.flips[0] == f"“{second.options[1].label}” is better where “Pressure moves Pyongyang” does not hold."
    page = review_page(found)
    assert page.index("As known then</th>") < page.index("In hindsight</th>")
    assert second.flips[0].split("“")[0] in page


def test_a_premise_tells_which_decisions_it_turns_round_here(workshop: Session) -> None:
    found = review_of(workshop, WORDS, LEADER, made_figures(workshop, "washington"))
    assert found.alternatives is not None
    (premise,) = [one for one in found.premises if one.changes]
    assert premise.id == "pressure_works"
    expected, turned = premise.changes
    assert "at 0.0 (−1.0 to 1.0) and not 30.0 (28.0 to 32.0)" in expected
    assert found.alternatives.decisions[1].chosen in turned


def test_the_guide_asks_of_decisions_that_moved_much_or_hang_on_a_premise(workshop: Session) -> None:
    found = review_of(workshop, WORDS, LEADER, made_figures(workshop, "washington"))
    assert found.alternatives is not None
    weighing = next(step for step in found.guide[2].steps if step.show == ("decisions",))
    first, second, *_ = found.alternatives.decisions
    badly, contested = weighing.ask
    assert first.chosen in badly
    assert "would you do it again?" in badly
    assert f"Where “Pressure moves Pyongyang” holds, “{second.chosen}” was better" in contested


def test_a_reader_who_is_not_told_everything_gets_no_figures(workshop: Session) -> None:
    for audience in (ROOM, for_seat("washington")):
        found = review_of(workshop, WORDS, audience, made_figures(workshop))
        assert found.accounts == ()
        assert found.alternatives is None


# Who is told what


def test_a_seat_reads_its_own_reasons_and_no_others_until_the_truth_is_told(summit: tabletop.Scenario) -> None:
    session = facilitated(summit, ["washington", "pyongyang"], seed=12)
    seats = [one.seat for one in review_of(session, WORDS, for_seat("washington")).decisions]
    assert set(seats) == {"washington"}
    assert {one.seat for one in review_of(session, WORDS, ROOM).decisions} == set()
    Facilitator(session).tell_truth()
    assert {one.seat for one in review_of(session, WORDS, for_seat("washington")).decisions} == {
        "washington",
        "pyongyang",
    }


def test_hidden_truths_stand_in_no_page_but_the_leaders_until_they_are_told(summit: tabletop.Scenario) -> None:
    session = facilitated(summit, ["washington"], seed=12)
    (truth,) = review_of(session, WORDS, LEADER).ending.truths  # type: ignore[union-attr]
    for audience in (ROOM, for_seat("washington"), for_seat("tokyo")):
        page = page_of(session, audience)
        assert truth.sentence not in page
        assert "until the facilitator tells it" in page
    assert truth.sentence in page_of(session, for_seat("pyongyang"))
    Facilitator(session).tell_truth()
    for audience in (ROOM, for_seat("tokyo")):
        assert truth.sentence in page_of(session, audience)


def test_notes_that_were_not_shown_and_messages_to_others_are_the_leaders_alone(workshop: Session) -> None:
    assert "Two minutes left." in page_of(workshop, for_seat("washington"))
    for audience in (ROOM, for_seat("seoul")):
        page = page_of(workshop, audience)
        assert "Two minutes left." not in page
        assert "They did not ask what he wants" not in page


def test_without_names_no_name_is_left_not_even_in_what_people_wrote(workshop: Session) -> None:
    named = json.dumps(to_plain(review_of(workshop, WORDS, LEADER)))
    assert all(name in named for name in NAMES)
    nameless = review_of(workshop, WORDS, attrs.evolve(LEADER, is_anonymous=True))
    told = json.dumps(to_plain(nameless)) + review_page(nameless)
    assert [name for name in (*NAMES, "Ms Lee") if name in told] == []
    assert "Person 2 said" in told
    assert workshop.id not in told


def test_a_game_that_is_not_over_is_told_as_it_stands(summit: tabletop.Scenario) -> None:
    session = a_class(summit, ["washington"], seed=3, turns=2)
    found = review_of(session, WORDS, LEADER)
    assert found.ending is None
    assert "The game is not over" in found.standing
    assert {part.id for part in found.parts} >= {"guide", "voices", "course", "premises"}
    assert "verdict" not in [part.id for part in found.parts]


# As a page, a paper and JSON


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_page_stands_alone(workshop: Session, language: str) -> None:
    page = review_page(review_of(workshop, Words(language), LEADER))
    loads = Loads()
    loads.feed(page)
    assert loads.found == []
    assert not re.search(r"url\(|@import|javascript:|\son\w+=", page)
    assert len(page.encode()) < 3_000_000
    assert f'<html lang="{language}">' in page


def test_what_people_write_is_no_markup(summit: tabletop.Scenario) -> None:
    session = Session(summit, seed=4, humans=["washington"])
    for _ in session.run_bots():
        pass
    action = session.game.actions(session.state, "washington")[0]
    session.decide("washington", action, "washington", "<script>alert(1)</script>\x1b[31m")
    page = page_of(session, LEADER)
    assert "<script" not in page
    assert "\x1b" not in page
    assert "&lt;script&gt;" in page


def test_links_lead_to_parts_that_are_there(leaders: Review) -> None:
    page = review_page(leaders)
    assert set(re.findall(r'href="#([\w-]+)"', page)) <= set(re.findall(r'id="([\w-]+)"', page))


@pytest.mark.parametrize("audience", [LEADER, ROOM, for_seat("washington")], ids=lambda one: one.reader)
def test_a_review_goes_through_json_and_back(workshop: Session, audience: Audience) -> None:
    found = review_of(workshop, WORDS, audience)
    assert from_plain(Review, json.loads(json.dumps(to_plain(found)))) == found


def short(review: Review) -> Review:
    """A review of some turns, which is laid out in no time."""
    return attrs.evolve(
        review, turns=review.turns[:2], history=review.history[:2], decisions=review.decisions[:3], premises=()
    )


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("us-letter", (612, 792))])
def test_the_paper_has_its_size_and_every_word_of_its_reasons(
    leaders: Review, paper: Paper, size: tuple[int, int]
) -> None:
    pytest.importorskip("typst", reason="no typst to lay a paper out with")
    pymupdf = pytest.importorskip("pymupdf", reason="no pymupdf to read a paper with")
    made = review_paper(short(leaders), paper)
    with pymupdf.open(stream=made) as pages:
        assert {(round(page.rect.width), round(page.rect.height)) for page in pages} == {size}
        told = " ".join(" ".join(page.get_text() for page in pages).split())
        for page in pages:
            for word in page.get_text("words"):
                assert page.rect.contains(pymupdf.Rect(word[:4])), word[4]
    assert leaders.arguments
    for argument in leaders.arguments:
        assert argument.ask in told
        assert all(text in told for text, _ in argument.voices[:4])
    assert review_paper(short(leaders), paper) == made


def test_letters_that_no_font_has_do_not_keep_a_paper_from_being_made(leaders: Review) -> None:
    pytest.importorskip("typst", reason="no typst to lay a paper out with")
    assert review_paper(attrs.evolve(short(leaders), question="\U00013080 \U0001f9ff?")).startswith(b"%PDF")
