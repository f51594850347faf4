"""A page on which a part of a new game is chosen in detail."""

from __future__ import annotations

from collections.abc import Callable

from tabletop.scenario import Scenario
from tabletop.window.app import App
from tabletop.window.page import Page
from tabletop.window.setup import Setup


class SetupPage(Page):
    """A page over that of the new game: `choose` is given each setup that is chosen on it."""

    def __init__(self, app: App, setup: Setup, choose: Callable[[Setup], object]) -> None:
        super().__init__(app)
        self._setup, self._choose = setup, choose

    @property
    def scenario(self) -> Scenario:
        return self._setup.scenario

    @property
    def eyebrow(self) -> str:
        return self.words("new-game.eyebrow")

    def _change(self, setup: Setup) -> None:
        self._setup = setup
        self._choose(setup)
