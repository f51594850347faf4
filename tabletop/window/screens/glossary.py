"""Glossary: the rules in brief and the terms of a scenario, found by typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tabletop.presentation.glossary import Term, glossary
from tabletop.scenario import Scenario
from tabletop.storage.shipped_data import DEFAULT_SCENARIO
from tabletop.window.app import App
from tabletop.window.frames import Panel, Scroll
from tabletop.window.layout import Column, Element, Grid, Row
from tabletop.window.packs import scenario_of
from tabletop.window.page import Page
from tabletop.window.parts import Icon, Text, meter_icon, seat_icon
from tabletop.window.registry import Entry, Example
from tabletop.window.text_field import TextField
from tabletop.window.theme import GAP, HEADING, SMALL_GAP, STRONG, TIGHT

if TYPE_CHECKING:
    from tabletop.session import Session


_ICONS = {"stage": "calendar-blank", "phase": "caret-right", "term": "book-open-text", "assumption": "scales"}
_ICONS_OF_RULES = {
    "turns": "clock",
    "changes": "trend-up",
    "why": "question",
    "undo": "arrow-counter-clockwise",
    "keys": "keyboard",
    "kept": "floppy-disk",
}


class Glossary(Page):
    """What is typed narrows down what is shown."""

    def __init__(self, app: App, session: Session | None = None, scenario: Scenario | None = None) -> None:
        super().__init__(app)
        self._scenario = scenario or (
            session.scenario if session else scenario_of(DEFAULT_SCENARIO, app.words.language)
        )
        self._typed = ""

    @property
    def eyebrow(self) -> str:
        return self._scenario.title

    @property
    def title(self) -> str:
        return self.words("glossary.title")

    @property
    def first(self) -> str:
        return "find"

    def body(self) -> Element:
        field = TextField("find", self._typed, self._type, hint=self.words("glossary.hint"), most=40, grow=1)
        find = Row(Icon("magnifying-glass", HEADING, "accent"), field, gap=SMALL_GAP, align="middle")
        groups: dict[str, list[Term]] = {}
        for term in glossary(self._scenario, self.words):
            if term.matches(self._typed):
                groups.setdefault(term.group_title, []).append(term)
        if not groups:
            found: Element = Text(self.words("glossary.nothing", typed=self._typed), STRONG, "soft")
        else:
            found = Column(*(self._group(title, terms) for title, terms in groups.items()), gap=GAP)
        return Column(find, Scroll("found", found), gap=GAP)

    def _group(self, title: str, terms: list[Term]) -> Element:
        cell = 560 * self.grown
        panels = [self._term(term) for term in terms]
        head = Text(title, HEADING, "accent")
        return Column(head, Grid(*panels, cell=cell, gap=SMALL_GAP), gap=TIGHT)

    def _term(self, term: Term) -> Element:
        head = Row(Icon(self._icon(term), STRONG, "soft"), Text(term.name, STRONG, grow=1), gap=TIGHT, align="middle")
        return Panel(Column(head, Text(term.text) if term.text else None, gap=TIGHT), "panel")

    def _icon(self, term: Term) -> str:
        if term.noun in ("meter", "track"):
            ids = [one.id for one in self._scenario.meters] + [one.id for one in self._scenario.tracks]
            return meter_icon(term.id, ids.index(term.id))
        if term.noun == "seat":
            return seat_icon(term.id, [one.id for one in self._scenario.seats].index(term.id))
        return _ICONS_OF_RULES[term.id] if term.noun == "rule" else _ICONS[term.noun]

    def _type(self, text: str) -> None:
        self._typed = text
        self.attention.offsets.pop("found", None)


def _example(app: App, example: Example) -> Glossary:
    return Glossary(app, scenario=scenario_of(example.scenario, example.language))


ENTRIES = {"glossary": Entry(open=Glossary, example=_example)}
