"""Chance: a new game's seed: a surprise, or a number that deals the same cards again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

import attrs

from tabletop.scenario.numerals import count
from tabletop.window.app import App
from tabletop.window.controls import Button
from tabletop.window.dialogs import Sheet
from tabletop.window.fields import Choice
from tabletop.window.frames import Sized
from tabletop.window.layout import Column, Element
from tabletop.window.parts import Text
from tabletop.window.registry import Entry, Example
from tabletop.window.setup import MOST_SEED, Setup
from tabletop.window.text_field import TextField
from tabletop.window.theme import GAP, LABEL, SMALL, TIGHT


class Chance(Sheet):
    """A surprise by default; a number for a class that is to have the same cards."""

    width: ClassVar[float] = 760.0

    def __init__(self, app: App, setup: Setup, choose: Callable[[Setup], object]) -> None:
        super().__init__(app)
        self._setup, self._choose = setup, choose
        self._typed = "" if setup.seed is None else str(setup.seed)
        self._is_typed = setup.seed is not None

    @property
    def title(self) -> str:
        return self.words("chance.title")

    @property
    def first(self) -> str:
        return "seed" if self._is_typed else "chance.surprise"

    def body(self) -> Element:
        said = self.words
        options = [("surprise", said("chance.surprise"), "dice-five"), ("number", said("chance.number"), "keyboard")]
        which = Choice("chance", options, "number" if self._is_typed else "surprise", self._which)
        typed: list[Element] = []
        if self._is_typed:
            field = TextField(
                "seed",
                self._typed,
                self._type,
                on_enter=lambda _: self.app.close(self),
                hint="7",
                most=len(str(MOST_SEED)),
                is_number=True,
            )
            grown = self.app.settings.text_size / 100
            typed = [Text(said("chance.seed"), LABEL), Sized(field, width=300 * grown)]
            typed = [Column(*typed, gap=TIGHT, align="start")]
        return Column(Text(said("chance.text")), which, *typed, Text(said("chance.note"), SMALL, "soft"), gap=GAP)

    def answers(self) -> Sequence[Button]:
        return [Button("done", self.words("chance.done"), self.escape, icon="check", key="Esc", kind="main")]

    def _which(self, value: str) -> None:
        self._is_typed = value == "number"
        self._tell()
        if self._is_typed:
            self.attention.focused = "seed"

    def _type(self, text: str) -> None:
        self._typed = text
        self._tell()

    def _tell(self) -> None:
        seed = count(self._typed) if self._is_typed else None
        self._setup = attrs.evolve(self._setup, seed=seed)
        self._choose(self._setup)


def _example(app: App, example: Example) -> Chance:
    from tabletop.window.packs import scenario_of

    setup = attrs.evolve(Setup.first(scenario_of(example.scenario, example.language)), seed=MOST_SEED)
    return Chance(app, setup, lambda _: None)


ENTRIES = {"chance": Entry(open=Chance, example=_example, below="new-game")}
