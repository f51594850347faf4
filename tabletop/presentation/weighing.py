"""Weighing: a game that is looked back on while its figures become sharper, in whatever face."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tabletop.analysis.background_figures import BackgroundFigures
from tabletop.analysis.game_figures import GameFigures, wanted_figures
from tabletop.presentation.names import Names
from tabletop.presentation.what_if import WhatIf, what_if
from tabletop.presentation.words import Words

if TYPE_CHECKING:
    from tabletop.session.look_back import LookBack


class Weighing:
    """The figures of a game that was played, worked out in a process of their own from when it `begin`s until it is
    finished, stopped, or its process breaks down."""

    def __init__(self, look: LookBack, playouts: int | None = None) -> None:
        """`look` is what was played; `playouts` how many games each position gets, by default as many as a review."""
        self.look = look
        self._playouts = playouts
        self._work: BackgroundFigures | None = None
        self._given: GameFigures | None = None

    @classmethod
    def of(cls, look: LookBack, figures: GameFigures) -> Weighing:
        """One with figures that are there already; none are worked out."""
        weighing = cls(look)
        weighing._given = figures
        return weighing

    @property
    def is_working(self) -> bool:
        """Whether sharper figures are to come."""
        return self._work is not None and self._work.is_working

    @property
    def figures(self) -> GameFigures:
        """The figures so far."""
        if self._given is not None:
            return self._given
        return self._work.latest if self._work is not None else GameFigures()

    def begin(self) -> None:
        """Begins, if it has not yet; a game in which nothing was decided has no figures."""
        if self._work is None and self._given is None and self.look.steps:
            wanted = wanted_figures(self.look.seats, self.look.outcome)
            self._work = BackgroundFigures(self.look.steps, wanted, self._playouts)

    def wait(self, seconds: float) -> bool:
        """Waits for news, as long as that at most; whether there is any."""
        return self._work is not None and self._work.wait(seconds)

    def stop(self) -> None:
        """Has it stop; the figures so far stay."""
        if self._work is not None and self._work.is_working:
            self._work.stop()

    def told(self, names: Names, words: Words, *, is_told: bool) -> WhatIf:
        """What it has come to, for those who may know everything where it `is_told`."""
        failure = self._work.failure if self._work is not None else ""
        is_working = self.is_working or (self._work is None and self._given is None)
        return what_if(names, words, self.look, self.figures, is_told=is_told, is_working=is_working, failure=failure)
