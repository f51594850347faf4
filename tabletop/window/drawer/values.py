"""Values: setting a meter, track, resource, fact or hidden truth to something else."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeAlias

from tabletop.presentation.settable_values import SettableValue
from tabletop.window.controls import Button
from tabletop.window.drawer.desk import Desk, Page
from tabletop.window.drawer.picking import MOST, ListRow, matching
from tabletop.window.fields import Choice, Slider
from tabletop.window.frames import Panel
from tabletop.window.layout import Column, Element, Flow
from tabletop.window.parts import Text
from tabletop.window.text_field import TextField
from tabletop.window.theme import BODY, CARD_TITLE, GAP, NUMBER, SMALL, TIGHT, WIDE

Value: TypeAlias = int | bool | str


class Values(Page):
    name, icon = "values", "sliders-horizontal"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._typed = ""
        first = next(iter(desk.values.values()))
        self._chosen = first.id
        self._value: Value = first.value

    def build(self) -> Element:
        choices = [(one.id, one.name, one.now) for one in self.desk.values.values()]
        found = matching(choices, self._typed)
        rows = [
            ListRow(f"value.{id}", name, note, id == self._chosen, functools.partial(self._choose, id))
            for id, name, note in found[:MOST]
        ]
        more = len(found) - len(rows)
        listed = Column(
            TextField("values.find", self._typed, self._find, hint=self.said("facilitate.find")),
            *rows,
            self.soft("facilitate.more", count=more) if more > 0 else None,
            None if found else self.soft("facilitate.none_found"),
            gap=TIGHT,
        )
        return self.beside(listed, self._editor())

    def _find(self, typed: str) -> None:
        self._typed = typed

    def _choose(self, id: str) -> None:
        self._chosen = id
        self._value = self.desk.values[id].value

    def _editor(self) -> Element:
        said, one = self.said, self.desk.values[self._chosen]
        same = said("facilitate.is_so_already") if self._value == one.value else ""
        return Panel(
            Column(
                Text(one.name, CARD_TITLE),
                Text(one.known_to, SMALL, "soft"),
                Text(said("facilitate.stands_at", value=one.now), NUMBER),
                value_field("value.to", said("facilitate.to"), one, self._value, self._take),
                Flow(
                    Button(
                        "value.set",
                        said("facilitate.set"),
                        self._set,
                        icon="check",
                        letter="s",
                        kind="main",
                        why_not=same,
                    )
                ),
                Text(said("facilitate.set_hint"), BODY, "soft"),
                gap=GAP,
            ),
            "panel",
            pad=WIDE,
        )

    def _take(self, value: Value) -> None:
        self._value = value

    def _set(self) -> None:
        desk, id, value = self.desk, self._chosen, self._value
        shown = desk.perspective.names.in_words(self.said, id, value)
        told = self.said("facilitate.did_set", name=desk.names.full(id), value=shown)
        desk.do(told, lambda: desk.facilitator.set(id, value, desk.why, desk.shown))


def value_field(
    name: str, words: str, settable: SettableValue, value: Value, take: Callable[[Value], object]
) -> Element:
    """A control for a value that can be set: a slider for numbers, buttons for names and for yes and no."""
    options = [(one.id, one.name, "") for one in settable.options]
    if settable.kind == "bool":
        return Choice(name, options, "true" if value else "false", lambda one: take(one == "true"))
    if options:
        return Choice(name, options, str(value), lambda one: take(one))
    assert isinstance(value, int)
    return Slider(name, words, value, (settable.low, settable.high), lambda one: take(one))
