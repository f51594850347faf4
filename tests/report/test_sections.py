"""Sections side by side: what is counted is what a count by hand gives, nobody is named, and other rules are apart."""

from __future__ import annotations

import json
import pathlib
import statistics
from collections import Counter

import pytest

import tabletop
from tabletop.presentation.plain import from_plain, to_plain
from tabletop.presentation.review.sections import SectionsReview, share_line
from tabletop.presentation.words import Words
from tabletop.report.paper import Paper
from tabletop.report.section_facts import review_of_sections
from tabletop.report.sections_page import sections_page
from tabletop.report.sections_paper import sections_paper
from tabletop.session import Journal, Session, portable
from tabletop.session.collecting import collected
from tabletop.session.facilitator_view import public
from tests.report.played import NAMES, a_class, facilitated
from tests.report.test_review import Loads

WORDS = Words("en")
TWENTY = 20


@pytest.fixture(scope="module")
def lesson() -> tabletop.Scenario:
    return tabletop.load("first-summit")


@pytest.fixture(scope="module")
def sections(lesson: tabletop.Scenario) -> list[Session]:
    """Twenty classes, of which two are not over."""
    whole = [a_class(lesson, ["corvane", "ulmar"], seed=seed) for seed in range(TWENTY - 2)]
    return [*whole, *(a_class(lesson, ["corvane", "ulmar"], seed=90 + seed, turns=2) for seed in range(2))]


@pytest.fixture(scope="module")
def compared(sections: list[Session]) -> SectionsReview:
    return review_of_sections(sections, WORDS)


def test_endings_are_counted_as_by_hand(
    lesson: tabletop.Scenario, sections: list[Session], compared: SectionsReview
) -> None:
    (group,) = compared.groups
    ended = [public(one).outcome for one in sections if public(one).finished]
    by_hand = Counter(next(each.title for each in lesson.endings if each.id == id) for id in ended)
    assert (compared.count, group.count, len(ended)) == (TWENTY, TWENTY, TWENTY - 2)
    assert {line.text: line.count for line in group.outcomes} == by_hand
    assert {line.of for line in group.outcomes} == {TWENTY - 2}
    assert sum(line.count for line in group.outcomes) == TWENTY - 2
    assert group.open.startswith("2 sections are not over")


def test_meters_and_points_are_those_of_the_sections(sections: list[Session], compared: SectionsReview) -> None:
    (group,) = compared.groups
    views = [public(one) for one in sections if public(one).finished]
    for line, meter in zip(group.meters, sections[0].scenario.meters, strict=True):
        values = [view.meters[meter.id] for view in views]
        assert line.values == tuple(values)
        assert line.mean == pytest.approx(statistics.fmean(values))
        assert line.low <= line.mean <= line.high
    for line, seat in zip(group.scores, sections[0].scenario.seats, strict=True):
        assert line.values == tuple(view.scores[seat.id] for view in views)


def test_the_first_turn_of_a_fact_is_that_of_the_log(sections: list[Session], compared: SectionsReview) -> None:
    (group,) = compared.groups
    (announced,) = [line for line in group.firsts if line.text == "Calendar: announced"]
    by_hand = []
    for session in sections:
        names = session.scenario.variables
        values = next(one.values for one in names if one.id == "calendar")
        log = [one for one in public(session).log if one.kind == "change" and one.target == "calendar"]
        turns = [one.turn for one in log if values[one.after] == "announced" and one.before != one.after]
        by_hand += turns[:1]
    assert announced.share.count == len(by_hand)
    assert announced.share.of == TWENTY
    assert announced.earliest == f"Week {min(by_hand)}"
    assert announced.latest == f"Week {max(by_hand)}"


def test_the_choices_at_a_moment_add_up_to_the_sections_that_were_asked(compared: SectionsReview) -> None:
    (group,) = compared.groups
    assert group.parted
    for moment in group.parted:
        counts = [choice.share.count for choice in moment.choices]
        assert len(counts) > 1
        assert counts == sorted(counts, reverse=True)
        assert {choice.share.of for choice in moment.choices} == {sum(counts)}
        assert sum(counts) <= TWENTY
    assert any(choice.reasons for moment in group.parted for choice in moment.choices)


def test_choices_in_a_phase_are_counted_as_by_hand(sections: list[Session], compared: SectionsReview) -> None:
    (group,) = compared.groups
    moment = next(one for one in group.parted if one.when == "Week 1" and one.phase and one.who == "Corvane")
    phase = next(one.id for stage in sections[0].scenario.stages for one in stage.phases if one.title == moment.phase)
    by_hand: Counter[str] = Counter()
    for session in sections:
        made = []
        for step in session.course.at.line()[1:]:
            before = session.position_at(step.before).state  # type: ignore[arg-type]
            if (before.turn, before.phase, step.body.get("seat")) == (1, phase, "corvane") and before.card is None:
                legal = session.game.actions(before, "corvane")
                made.append(next(one.label for one in legal if str(one) == step.body["action"]))
        by_hand[", ".join(sorted(made))] += 1
    assert {choice.share.text: choice.share.count for choice in moment.choices} == by_hand


def test_nobody_is_named(lesson: tabletop.Scenario, sections: list[Session], compared: SectionsReview) -> None:
    told = json.dumps(to_plain(compared)) + sections_page(compared)
    noted = facilitated(lesson, ["corvane"], seed=5)
    told += sections_page(review_of_sections([noted], WORDS))
    assert [name for name in (*NAMES, "Ms Lee") if name in told] == []
    assert [one.id for one in sections if one.id in told] == []


def test_sections_of_other_assumptions_are_counted_apart(lesson: tabletop.Scenario, sections: list[Session]) -> None:
    noun = lesson.assumptions[0]
    other = Session(lesson, seed=1, assumptions={noun.id: noun.alternatives[0].value}, humans=["corvane"])
    found = review_of_sections([*sections[:3], other], WORDS)
    assert [group.count for group in found.groups] == [3, 1]
    assert noun.title in found.groups[1].assumed
    assert "4 sections in 2 groups" in found.told


def test_sections_of_another_pack_are_counted_apart(summit: tabletop.Scenario, sections: list[Session]) -> None:
    found = review_of_sections([sections[0], Session(summit, seed=1)], WORDS)
    assert [group.title for group in found.groups] == [
        f"{sections[0].scenario.title} {sections[0].scenario.version}",
        f"The Summit {summit.version}",
    ]


def test_a_single_section_has_no_interval_that_it_cannot_have(sections: list[Session]) -> None:
    (group,) = review_of_sections(sections[:1], WORDS).groups
    assert all(line.low == line.mean == line.high for line in (*group.meters, *group.scores))
    assert group.parted == ()
    assert share_line("", 1, 1).low < 0.3


def test_the_page_stands_alone_and_the_values_go_through_json(compared: SectionsReview) -> None:
    page = sections_page(compared)
    loads = Loads()
    loads.feed(page)
    assert loads.found == []
    assert len(page) < 300_000
    assert from_plain(SectionsReview, json.loads(json.dumps(to_plain(compared)))) == compared


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_sections_are_told_on_paper_with_what_the_page_has(compared: SectionsReview, paper: Paper) -> None:
    pytest.importorskip("typst", reason="no typst to lay a paper out with")
    pymupdf = pytest.importorskip("pymupdf", reason="no pymupdf to read a paper with")
    (group,) = compared.groups
    with pymupdf.open(stream=sections_paper(compared, paper)) as pages:
        told = " ".join(" ".join(page.get_text() for page in pages).split())
        assert len(pages) <= 6
    assert compared.told in told
    assert all(line.text in told for line in (*group.outcomes, *group.meters, *group.scores))
    assert [name for name in NAMES if name in told] == []


def test_a_folder_of_exported_texts_and_names_are_taken_each_once(
    lesson: tabletop.Scenario, tmp_path: pathlib.Path
) -> None:
    journal = Journal(tmp_path / "kept")
    for seed in (1, 2):
        a_class(lesson, ["corvane", "ulmar"], seed=seed, journal=journal, turns=2).close()
    ids = [one.heading.id for one in journal.sessions()[0]]
    (tmp_path / "texts").mkdir()
    for id in ids:
        (tmp_path / "texts" / f"{id}.txt").write_text(portable.text_of(journal.record(id)), encoding="utf-8")
    (tmp_path / "texts" / "notes.txt").write_text("Bring coffee.", encoding="utf-8")
    found = collected(journal, [str(tmp_path / "texts"), str(tmp_path / "kept"), ids[0]])
    assert sorted(one.id for one in found.sessions) == sorted(ids)
    assert len(found.faults) == 1
    assert "notes.txt" in found.faults[0]
    journal.close()
