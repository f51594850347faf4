"""Six teams in real browsers, from joining to the exit ticket: by touch alone and by keys alone, at three sizes."""

from __future__ import annotations

import os
import urllib.parse
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import attrs

from tests.host.browser.looking import Inspection
from tests.host.browser.playing import OPEN, PART, answer, by_keyboard, by_touch, further, join

if TYPE_CHECKING:
    from playwright.sync_api import Page

NAMES = ("Ada", "Bo", "Cleo", "Dag", "Eva", "Finn")
SIZES = ((320, 568), (390, 844), (1366, 768))
LONG = bool(os.environ.get("TABLETOP_CLASS"))


@attrs.frozen
class Team:
    """The one device of a team, which it uses by touch alone or by keys alone."""

    page: Page
    by_keys: bool


@attrs.frozen
class Class:
    """Six teams, their facilitator and the room's screen; every page is looked at when it is new."""

    room: Any
    teams: Sequence[Team]
    facilitator: Page
    projector: Page
    inspection: Inspection = attrs.field(factory=Inspection)

    def look(self) -> None:
        """Looks at all pages."""
        for page in (*(team.page for team in self.teams), self.facilitator, self.projector):
            self.inspection.look(page)

    def further_to(self, part: str) -> None:
        """Goes on with the class by the facilitator's one button, until a part of the plan has begun."""
        while self.part != part:
            further(self.facilitator)
        self.look()

    @property
    def part(self) -> str:
        """The part of the plan that the class is in."""
        return self.facilitator.locator(PART).inner_text().split("\n")[-1].strip()

    def answer(self) -> None:
        """Every team answers what it is asked."""
        for team in self.teams:
            team.page.wait_for_selector("#questions:not(:has(.answered))")
        self.look()
        for team in self.teams:
            answer(team.page, by_keys=team.by_keys)
        self.look()

    def play(self, most: int, until: str = "#verdict") -> int:
        """Everybody votes whenever they can, until all pages have something or so many votes; how many were cast."""
        votes = 0
        for _ in range(most * 20):
            if all(team.page.locator(until).count() for team in self.teams):
                break
            for team in self.teams:
                if votes < most and team.page.locator(OPEN).count():
                    self.inspection.look(team.page)
                    (by_keyboard if team.by_keys else by_touch)(team.page)
                    votes += 1
            self.look()
            if votes >= most:
                break
        return votes


def open_class(open_room: Any, scenario: str) -> Class:
    """A class with a device for each size and each way, all of which have joined, and whose plan has begun."""
    room = open_room(scenario)
    ways = [(by_keys, size) for size in SIZES for by_keys in (False, True)]
    pages = [room.page(*size, touch=not by_keys, reduced_motion="reduce") for by_keys, size in ways]
    teams = [Team(page, by_keys) for page, (by_keys, _) in zip(pages, ways, strict=True)]
    facilitator = room.facilitator(reduced_motion="reduce")
    found = Class(room, teams, facilitator, room.projector(facilitator, reduced_motion="reduce"))
    for team, name in zip(teams, NAMES, strict=True):
        team.page.goto(room.url)
        found.inspection.look(team.page)
        join(team.page, room.url, name, by_keys=team.by_keys)
    found.look()
    facilitator.click("#now .do button.main")
    found.further_to("Prediction")
    return found


def assert_that_all_was_well(found: Class) -> None:
    """No page had a fault, was wider than its screen, failed, or asked anything of another host."""
    assert found.inspection.faults == {}
    assert found.room.faults == []
    hosts = {urllib.parse.urlsplit(url).netloc for url in found.room.requested if not url.startswith("data:")}
    assert hosts == {urllib.parse.urlsplit(found.room.address).netloc}


def test_six_teams_play_the_first_lesson_to_its_exit_ticket(open_room: Any) -> None:
    found = open_class(open_room, "first-summit")
    found.answer()
    found.further_to("Six weeks")
    assert found.play(most=500) >= 24
    assert all(team.page.locator("#verdict h2").inner_text() for team in found.teams)
    found.further_to("A minute of silence")
    found.answer()
    found.further_to("Exit ticket")
    found.answer()
    answered = Counter(question for _, question in found.room.live.room.ledger.answers)
    assert answered == dict.fromkeys(("foretold_trust", "named_when", "what_is_hidden", "other_way"), len(NAMES))
    assert_that_all_was_well(found)


def test_six_teams_of_the_flagship_play_from_joining_to_exit_ticket(open_room: Any) -> None:
    found = open_class(open_room, "summit-2018")
    assert len({person.seat for person in found.room.live.room.ledger.roster.here}) == len(NAMES)
    found.answer()
    found.further_to("Four weeks")
    # Four weeks are a class by its plan; one vote of every team shows the pages.
    assert found.play(most=400 if LONG else 6, until='[data-moment^="Week 5"]') >= 6
    found.further_to("Freeze")
    found.answer()
    found.further_to("Exit ticket")
    found.answer()
    assert_that_all_was_well(found)
