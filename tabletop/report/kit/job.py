"""Makes a kit from a game: as data, as PDF, or as a page of HTML."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import attrs

from tabletop.presentation.paper.kit import paragraphs
from tabletop.presentation.paper.values import Kit
from tabletop.presentation.plain import to_plain
from tabletop.presentation.words import Words
from tabletop.report.kit.document import KitOptions, document, texts_of
from tabletop.report.kit.geometry import card_geometry
from tabletop.report.kit.html_page import kit_page
from tabletop.report.kit.pdf import KitError, pdf_of
from tabletop.scenario import Scenario
from tabletop.scenario.font_coverage import missing
from tabletop.scenario.injects import Schedule

#: The sizes that are tried, smallest first, where none is asked for.
_AUTO = ("poker", "tarot", "sleeve-large")


@attrs.frozen(kw_only=True)
class Printing:
    """What is to be printed: the kit, what the facilitator's book needs besides, and how."""

    kit: Kit
    scenario: Scenario
    words: Words
    options: KitOptions
    schedules: Sequence[Schedule] = ()
    size: str = ""
    layout: str = "duplex"
    bleed: float = 3.0

    def data(self, size: str) -> dict[str, Any]:
        """What the templates are given for cards of a size."""
        geometry = card_geometry(size, self.options.paper, self.layout, self.bleed)
        injects = [row for schedule in self.schedules for row in inject_rows(schedule, self.words)]
        return document(self.kit, self.words, self.options, geometry, class_plans(self.scenario, self.words), injects)

    def json(self) -> bytes:
        """The kit as data, indented."""
        return json.dumps(to_plain(self.kit), ensure_ascii=False, indent=1).encode()

    def html(self) -> str:
        """The kit as one page with a print style, without any card too long for it."""
        return kit_page(self.data(self.size or "poker"))

    def error(self, error: KitError) -> str:
        """What went wrong, in words."""
        places = dict(error.places)
        if "titles" in places:
            places["titles"] = self.words.listed([f"“{title}”" for title in error.titles])
        return self.words(error.key, **places)

    def pdf(self) -> bytes:
        """The kit as PDF, with cards of the size asked for, or else of the smallest that holds them all.

        Raises KitError as `pdf_of` does, and with the key `paper.error_no_glyph` for a card with a character that no
        font has.
        """
        check_glyphs(self.kit)
        sizes = (self.size,) if self.size else _AUTO
        for size in sizes:
            try:
                return pdf_of(self.data(size))
            except KitError as error:
                if error.key != "paper.error_too_long" or size == sizes[-1]:
                    raise
        raise AssertionError("no size was tried")


def check_glyphs(kit: Kit) -> None:
    """Raises KitError for the first card with a character that none of the shipped fonts can draw."""
    for card in kit.cards:
        for letter in missing(texts_of(card)):
            raise KitError("paper.error_no_glyph", letter=letter, code=f"{ord(letter):04X}", title=card.title)


def class_plans(scenario: Scenario, words: Words) -> list[dict[str, Any]]:
    """The pack's class plans by the minute: when, what, and what happens."""
    found = []
    for plan in scenario.classroom:
        rows, at = [], 0
        for phase in plan.phases:
            minutes = words("paper.minutes", first=at, last=at + phase.minutes)
            rows.append((minutes, phase.title, " ".join(phase.text.split())))
            at += phase.minutes
        found.append({"title": plan.title, "text": " ".join(paragraphs(plan.text)), "rows": rows})
    return found


def inject_rows(schedule: Schedule, words: Words) -> list[tuple[str, str, str]]:
    """A schedule of injects for the book: when, its title, and what is said or done."""
    return [
        (
            words("paper.inject_turn", turn=inject.turn) if inject.turn else words("paper.inject_free"),
            inject.title,
            " ".join(part for part in (inject.text or inject.why, inject.remind) if part),
        )
        for inject in schedule.injects
    ]
