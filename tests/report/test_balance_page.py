"""The balance page: every section, marks that do not lean on colour, and nothing to load."""

from __future__ import annotations

import copy
import json
import re
from html.parser import HTMLParser

import attrs
import pytest

import tabletop
from tabletop.analysis.balance import Balance, Estimate, arm_label, blank, experiment_lines
from tabletop.analysis.experiments import evaluate
from tabletop.presentation.chart_geometry import axis_for
from tabletop.report.balance_page import balance_page, verdict_counts
from tabletop.scenario.experiments import Arm


def estimate(value: float, half: float = 1.0) -> Estimate:
    return Estimate(value=value, low=value - half, high=value + half)


@pytest.fixture(scope="module")
def full(summit: tabletop.Scenario) -> Balance:
    """A report with real experiments of a few games and made-up figures in every other section."""
    some = attrs.evolve(summit, experiments=summit.experiments[:2] + summit.experiments[-4:])
    balance = blank(summit, 20, 0)
    balance["experiments"] = experiment_lines(some, evaluate(some, 8))
    balance["cards"] = [
        {"id": "c", "name": "A <Card>", "seat": "", "share": 0.0, "effect": None, "looked": 0, "right": 0, "under": ""}
    ]
    balance["actions"] = [
        {
            "id": "a",
            "name": "Consult Tokyo",
            "seat": "Washington",
            "share": 0.4,
            "effect": estimate(3),
            "looked": 4,
            "right": 1,
            "under": "",
        }
    ]
    balance["experiments"][0]["restates"] = True
    balance["worlds"] = {
        "columns": ["The article", "Contact first"],
        "rows": [{"name": "The engager", "points": [estimate(-30), estimate(118)]}],
    }
    balance["spreads"] = [
        {
            "seat": "Seoul",
            "random": estimate(100),
            "best": "The <builder>",
            "doctrine": estimate(137),
            "search": None,
            "spread": 37.0,
        }
    ]
    balance["information"] = {
        "seat": "Washington",
        "games": 2000,
        "told": estimate(104),
        "signs": estimate(89),
        "withheld": estimate(75),
        "worth_of_truth": estimate(15),
        "worth_of_signs": estimate(14),
    }
    balance["base"] = estimate(50)
    balance["tornado"] = [
        {"id": "x", "title": "Pressure works", "labels": ("yes", "no"), "points": (estimate(55), estimate(-20))}
    ]
    balance["outcomes"] = [
        {"name": "ready", "parts": [{"title": "The Long Dismantling", "tone": "good", "share": 0.7}]},
        {"name": "stalling", "parts": [{"title": "The Photograph", "tone": "bad", "share": 1.0}]},
    ]
    balance["matrix"] = {
        "columns": ["ready", "stalling"],
        "rows": [
            {"name": "The preparer", "points": [estimate(140), estimate(-4)]},
            {"name": "The hard-liner", "points": [estimate(60), estimate(2)]},
        ],
    }
    balance["replies"] = [
        {"seat": "Tokyo", "against": "The preparer", "best": "The hedger", "points": estimate(9), "lead": 2.0}
    ]
    balance["changes"] = [{"name": "moving_the_day", "before": "held", "after": "inconclusive"}]
    return balance


class _Tags(HTMLParser):
    """Notes which tags are open, and what is left open or closed twice."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "line", "circle", "rect"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if tag in ("rect",):
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def test_the_page_is_whole_and_loads_nothing(full: Balance) -> None:
    page = balance_page(full)
    tags = _Tags()
    tags.feed(page)
    assert (tags.open, tags.wrong) == ([], [])
    assert not re.search(r"(?:src|href)=|url\(|@import|<script", page)
    assert "A &lt;Card&gt;" in page
    assert "prefers-color-scheme: dark" in page
    assert "A single rule leads from what differs to this figure" in page
    assert "The &lt;builder&gt;" in page


def test_every_section_with_lines_is_there_and_no_other(full: Balance, summit: tabletop.Scenario) -> None:
    headings = re.findall(r"<h2>(.*?)</h2>", balance_page(full))
    assert headings == [
        "The claims, tested",
        "What each premise is worth",
        "How it ends, by what nobody could see",
        "No course for every case?",
        "No course for every worldview?",
        "What a seat's decisions are worth",
        "What it is worth to know",
        "Best replies",
        "Actions",
        "Cards",
        "Since the last run",
    ]
    assert "<h2>" not in balance_page(blank(summit, 0, 0))


def test_each_drawing_says_in_words_what_it_shows(full: Balance) -> None:
    for drawing in re.findall(r"<svg.*?</svg>", balance_page(full), re.DOTALL):
        assert re.search(r"<title id=.*?>.+</title>", drawing)
        assert re.search(r"<desc id=.*?>.+</desc>", drawing, re.DOTALL)


def test_a_verdict_is_marked_by_sign_and_word(full: Balance) -> None:
    changed = copy.deepcopy(full)
    for line, verdict in zip(changed["experiments"], ("held", "not held", "inconclusive"), strict=False):
        line["verdict"] = verdict
    page = balance_page(changed)
    assert all(marked in page for marked in ("✓ held", "✗ not held", "? inconclusive"))
    assert sum(verdict_counts(changed).values()) == len(changed["experiments"])


def test_the_report_is_plain_data(full: Balance) -> None:
    assert balance_page(json.loads(json.dumps(full))) == balance_page(full)


def test_an_arm_is_told_in_words(summit: tabletop.Scenario) -> None:
    arm = Arm(players={"washington": "rush"}, given={"intention": "stalling"}, assume={"pressure_works": False})
    assert arm_label(summit, arm) == (
        "The dealmaker (Washington), Pyongyang's intention: stalling, Pressure moves Pyongyang: no"
    )
    assert arm_label(summit, Arm()) == "Every seat by its first doctrine"


@pytest.mark.parametrize("values", [[], [0.0], [-3.0], [0.001], [-120, 45.5], [1e6]])
def test_an_axis_holds_its_values_and_nought(values: list[float]) -> None:
    axis = axis_for(values, 100, 900)
    assert axis.low <= min([0, *values]) <= max([0, *values]) <= axis.high
    assert 0.0 in axis.ticks
    assert 2 <= len(axis.ticks) <= 9
    assert all(100 <= axis.at(value) <= 900 for value in values)
