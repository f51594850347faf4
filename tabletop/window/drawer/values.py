"""Values: setting a meter, track, resource, fact or hidden truth to something else."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeAlias

from tabletop.engine.game import Game
from tabletop.presentation.names import worded
from tabletop.scenario.expression_language import Symbol
from tabletop.session.facilitation import settable
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


def symbol_of(game: Game, id: str) -> Symbol:
    """What a name of the scenario stands for: its kind, its ends, its members, who knows it."""
    return game.program.scope.symbols[id]


class Values(Page):
    name, icon = "values", "sliders-horizontal"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._typed = ""
        self._chosen = settable(desk.session)[0]
        self._value: Value = desk.session.state.value(self._chosen)

    def build(self) -> Element:
        names = self.desk.names
        choices = [(id, names.full(id), self._now(id)) for id in settable(self.session)]
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

    def _now(self, id: str) -> str:
        return self.desk.names.value(id, self.session.state.value(id))

    def _choose(self, id: str) -> None:
        self._chosen = id
        self._value = self.session.state.value(id)

    def _editor(self) -> Element:
        said, names, id = self.said, self.desk.names, self._chosen
        symbol = symbol_of(self.session.game, id)
        knew = self._who_knows(symbol)
        now = self.session.state.value(id)
        same = said("facilitate.is_so_already") if self._value == now else ""
        return Panel(
            Column(
                Text(names.full(id), CARD_TITLE),
                Text(knew, SMALL, "soft"),
                Text(said("facilitate.stands_at", value=names.value(id, now)), NUMBER),
                self._field(symbol),
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

    def _who_knows(self, symbol: Symbol) -> str:
        if symbol.known_to is None:
            return self.said("facilitate.known_to_all")
        if not symbol.known_to:
            return self.said("facilitate.known_to_none")
        seats = ", ".join(self.desk.names.seat(seat) for seat in sorted(symbol.known_to))
        return self.said("facilitate.known_to", seats=seats)

    def _field(self, symbol: Symbol) -> Element:
        return value_field("value.to", self.said("facilitate.to"), symbol, self._value, self._take, self._yes_no)

    def _yes_no(self, value: bool) -> str:
        return self.said("ending.true") if value else self.said("ending.false")

    def _take(self, value: Value) -> None:
        self._value = value

    def _set(self) -> None:
        desk, id, value = self.desk, self._chosen, self._value
        told = self.said("facilitate.did_set", name=desk.names.full(id), value=desk.names.value(id, value))
        desk.do(told, lambda: desk.facilitator.set(id, value, desk.why, desk.shown))


def value_field(
    name: str, words: str, symbol: Symbol, value: Value, take: Callable[[Value], object], yes_no: Callable[[bool], str]
) -> Element:
    """A control for a value of a symbol: a slider for numbers, buttons for names and for yes and no."""
    if symbol.kind == "bool":
        options = [("true", yes_no(True), ""), ("false", yes_no(False), "")]
        return Choice(name, options, "true" if value else "false", lambda one: take(one == "true"))
    if symbol.members:
        options = [(member, worded(member).capitalize(), "") for member in symbol.members]
        return Choice(name, options, str(value), lambda one: take(one))
    assert isinstance(value, int)
    return Slider(name, words, value, (symbol.low, symbol.high), lambda one: take(one))
