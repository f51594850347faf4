"""Picking: a sheet on which one of many things is found by typing."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import ClassVar

from tabletop.window.app import App
from tabletop.window.canvas import Canvas
from tabletop.window.controls import Action, Button, Control
from tabletop.window.dialogs import Sheet
from tabletop.window.frames import Pad
from tabletop.window.layout import Column, Element, Row
from tabletop.window.palette import mixed
from tabletop.window.parts import Text
from tabletop.window.text_field import TextField
from tabletop.window.theme import BODY, GAP, SMALL, SMALL_GAP, STRONG, TIGHT

MOST = 40
# What can be picked: its id, its name, and a note about it.
Choices = Sequence[tuple[str, str, str]]


def matching(choices: Choices, typed: str) -> Choices:
    """The choices in whose name, id or note every typed word is, those whose name begins so first.

    >>> matching([("a", "Tension", ""), ("b", "Attention", "")], "ten")
    [('a', 'Tension', ''), ('b', 'Attention', '')]
    """
    words = typed.lower().split()
    found = [one for one in choices if all(word in " ".join(one).lower() for word in words)]
    return sorted(found, key=lambda one: not one[1].lower().startswith(typed.lower().strip()))


class ListRow(Control):
    """One of many in a list: its name, and at the right how it stands. The chosen one is on a ground of its own."""

    def __init__(self, name: str, words: str, note: str, is_chosen: bool, on_press: Action) -> None:
        row = Row(Text(words, BODY, grow=1), Text(note, STRONG, wraps=False), gap=GAP, align="middle")
        super().__init__(name, Pad(row, SMALL_GAP, TIGHT), on_press)
        self._is_chosen = is_chosen

    def paint(self, canvas: Canvas) -> None:
        ground = canvas.theme.ground("accent" if self._is_chosen else "raised")
        glow = self.glow(canvas)
        edge = mixed(ground.edge, canvas.theme.ground("raised").accent, glow)
        canvas.framed(self.box, ground.fill if self._is_chosen or glow else canvas.ground.fill, edge, self.radius)
        with canvas.on(ground if self._is_chosen or glow else canvas.ground):
            self.child.draw(canvas)


class Pick(Sheet):
    """A list that shortens as one types."""

    width: ClassVar[float] = 760.0

    def __init__(self, app: App, title: str, choices: Choices, on_pick: Callable[[str], object]) -> None:
        super().__init__(app)
        self._title, self._choices, self._on_pick = title, choices, on_pick
        self._typed = ""

    @property
    def title(self) -> str:
        return self._title

    @property
    def first(self) -> str:
        return "find"

    def _find(self, typed: str) -> None:
        self._typed = typed

    def body(self) -> Element:
        found = matching(self._choices, self._typed)
        rows = [
            Button(f"pick.{id}", name, functools.partial(self._take, id), is_wide=True, note=note)
            for id, name, note in found[:MOST]
        ]
        more = len(found) - len(rows)
        return Column(
            TextField("find", self._typed, self._find, hint=self.words("facilitate.find"), on_enter=self._enter),
            *rows,
            Text(self.words("facilitate.more", count=more), SMALL, "soft") if more else None,
            None if found else Text(self.words("facilitate.none_found"), SMALL, "soft"),
            gap=TIGHT,
        )

    def _enter(self, typed: str) -> None:
        found = matching(self._choices, typed)
        if found:
            self._take(found[0][0])

    def _take(self, id: str) -> None:
        self.app.close(self)
        self._on_pick(id)
        self.app.top.refresh()
