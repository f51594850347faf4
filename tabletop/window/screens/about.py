"""About: what the program is, which article it argues with, and whose work it uses."""

from __future__ import annotations

from typing import ClassVar

from tabletop import __version__
from tabletop.scenario import Scenario
from tabletop.scenario.claims_and_assumptions import Source
from tabletop.storage.shipped_data import DEFAULT_SCENARIO
from tabletop.window.app import App
from tabletop.window.dialogs import Sheet
from tabletop.window.frames import Panel
from tabletop.window.layout import Column, Element, Row
from tabletop.window.packs import scenario_of
from tabletop.window.parts import Icon, Text
from tabletop.window.registry import Entry, Example
from tabletop.window.theme import CARD, CARD_TITLE, GAP, HAIR, LABEL, MONO, SMALL, SMALL_GAP, TIGHT

_LICENCES = (("type", "text-aa"), ("icons", "flag"), ("map", "map-trifold"), ("made_with", "monitor"))


class About(Sheet):
    """The sheet of the program itself."""

    width: ClassVar[float] = 980.0

    def __init__(self, app: App, scenario: str = DEFAULT_SCENARIO) -> None:
        super().__init__(app)
        self._pack = scenario

    @property
    def _scenario(self) -> Scenario:
        return scenario_of(self._pack, self.words.language)

    @property
    def title(self) -> str:
        return self.words("about.title")

    def body(self) -> Element:
        said = self.words
        article = _article(self._scenario)
        return Column(
            Text(said("about.version", version=__version__), MONO, "accent"),
            Text(said("about.what")),
            self._cited(article) if article else None,
            Text(said("about.rules")),
            Text(said("about.licences"), LABEL, "accent"),
            *(
                Row(Icon(icon, LABEL, "soft"), Text(said(f"about.{key}"), SMALL, "soft", grow=1), gap=TIGHT)
                for key, icon in _LICENCES
            ),
            gap=GAP,
        )

    def _cited(self, article: Source) -> Element:
        """The article as the scenario cites it, on paper."""
        said = self.words
        by = " · ".join(part for part in (article.author, article.published) if part)
        words = Column(
            Text(said("about.article", scenario=self._scenario.title).upper(), MONO, "bad"),
            Text(article.title, CARD_TITLE),
            Text(by, LABEL),
            Text(article.note, SMALL, "soft") if article.note else None,
            Text(said("about.critics"), SMALL),
            gap=HAIR,
        )
        return Panel(words, "paper", pad=GAP + SMALL_GAP / 2, radius=CARD / 2, has_shadow=True)


def _article(scenario: Scenario) -> Source | None:
    """The source that most of a scenario's claims cite."""
    counts: dict[str, int] = {}
    for claim in scenario.claims:
        counts[claim.source] = counts.get(claim.source, 0) + 1
    most = max((one for one in scenario.sources), key=lambda one: counts.get(one.id, 0), default=None)
    return most if most is not None and counts.get(most.id) else None


def _open(app: App, scenario: str = DEFAULT_SCENARIO) -> About:
    return About(app, scenario)


def _example(app: App, example: Example) -> About:
    return About(app, example.scenario)


ENTRIES = {"about": Entry(open=_open, example=_example, below="title")}
