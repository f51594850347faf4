"""Writing: a card made on the spot, field by field, with what is wrong beside each field."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import attrs
import yaml

from tabletop.presentation.error_words import sentence
from tabletop.presentation.spans import signed
from tabletop.scenario.improvised_cards import ON_THE_SPOT, improvised
from tabletop.scenario.pack import Scenario
from tabletop.scenario.pack_files import read_text
from tabletop.scenario.problems import PackError, Path
from tabletop.window.controls import Button
from tabletop.window.drawer.desk import Desk
from tabletop.window.drawer.picking import Pick
from tabletop.window.drawer.values import Value, value_field
from tabletop.window.fields import Slider
from tabletop.window.frames import Panel, Scroll
from tabletop.window.layout import Column, Element, Flow, Row
from tabletop.window.parts import Icon, Text
from tabletop.window.text_area import TextArea
from tabletop.window.text_field import TextField
from tabletop.window.theme import BODY, GAP, LABEL, SMALL_GAP, TIGHT

_MOST_EFFECTS = 8


@attrs.define
class Written:
    """An effect as it is being written: numbers change by an amount, anything else is set to a value."""

    target: str
    amount: int
    value: Value
    why: str = ""


def found_wrong(scenario: Scenario, data: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with a card, by field: "title", "text", "effects.0", or "" for the card as a whole."""
    text = yaml.safe_dump(dict(data), sort_keys=False, allow_unicode=True)
    try:
        improvised(scenario, text)
    except PackError as error:
        places = {mark: path for path, mark in read_text(text, ON_THE_SPOT).marks.items()}
        wrong: dict[str, str] = {}
        for problem in error.problems:
            field = _field(places.get(problem.mark, ()) if problem.mark else ())
            hint = f" (did you mean '{problem.suggestion}'?)" if problem.suggestion else ""
            wrong[field] = f"{wrong.get(field, '')} {sentence(problem.message + hint)}".strip()
        return wrong
    return {}


def _field(path: Path) -> str:
    if path and path[0] == "effects" and len(path) > 1:
        return f"effects.{path[1]}"
    return str(path[0]) if path and path[0] in ("title", "text") else ""


class Writing:
    """The form of a card."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.title, self.text = "", ""
        self.effects: list[Written] = []
        self.is_tried = False
        self._checked: dict[str, Any] = {}
        self._found: dict[str, str] = {}

    # What it comes to

    @property
    def data(self) -> dict[str, Any]:
        """The card as plain data."""
        return {"title": self.title, "text": self.text, "effects": [self._effect(one) for one in self.effects]}

    def _effect(self, one: Written) -> dict[str, Any]:
        why = {"why": one.why} if one.why.strip() else {}
        if self._is_number(one.target):
            return {"change": one.target, "by": one.amount} | why
        return {"set": one.target, "to": one.value} | why

    def _is_number(self, target: str) -> bool:
        return not self.desk.values[target].options

    def _check(self) -> dict[str, str]:
        """What is wrong with the card as it is now, by every check that a card goes through."""
        self._checked = self.data
        self._found = found_wrong(self.desk.session.scenario, self._checked)
        return self.wrong()

    def wrong(self) -> dict[str, str]:
        """What keeps the card from being brought in, by field: what the last check found holds until it is changed."""
        said = self.desk.words
        wrong = dict(self._found) if self._checked == self.data else {}
        if not self.title.strip():
            wrong["title"] = said("facilitate.needs_title")
        if not self.text.strip():
            wrong["text"] = said("facilitate.needs_text")
        for at, one in enumerate(self.effects):
            if not one.why.strip():
                wrong[f"effects.{at}"] = said("facilitate.needs_why")
            elif self._is_number(one.target) and not one.amount:
                wrong[f"effects.{at}"] = said("facilitate.needs_amount")
        return wrong

    # The form

    def build(self) -> Element:
        said = self.desk.words
        shown = self.wrong() if self.is_tried else {}
        rows = [self._effect_row(at, one, shown.get(f"effects.{at}", "")) for at, one in enumerate(self.effects)]
        full = said("facilitate.enough_effects") if len(self.effects) >= _MOST_EFFECTS else ""
        return Scroll(
            "page",
            Column(
                self._labelled(
                    "facilitate.card_title",
                    TextField("write.title", self.title, self._set_title, most=60),
                    shown.get("title", ""),
                ),
                self._labelled(
                    "facilitate.card_text",
                    TextArea("write.text", self.text, self._set_text, most=400),
                    shown.get("text", ""),
                ),
                Text(said("facilitate.effects"), LABEL),
                *rows,
                Flow(
                    Button("write.add", said("facilitate.add_effect"), self._add, icon="plus", why_not=full),
                    Button("write.bring", said("facilitate.bring_in"), self._bring, icon="stamp", kind="main"),
                    gap=SMALL_GAP,
                ),
                self._problem(shown.get("", "")),
                gap=GAP,
            ),
        )

    def _labelled(self, key: str, field: Element, wrong: str) -> Element:
        return Column(Text(self.desk.words(key), LABEL), field, self._problem(wrong), gap=TIGHT)

    def _problem(self, words: str) -> Element | None:
        if not words:
            return None
        return Row(Icon("warning", BODY, "bad"), Text(words, BODY, "bad", grow=1), gap=TIGHT)

    def _effect_row(self, at: int, one: Written, wrong: str) -> Element:
        said, target = self.desk.words, self.desk.values[one.target]
        field: Element
        if not target.options:
            span = max(1, target.high - target.low)
            most = min(30, span)
            field = Slider(
                f"write.{at}.by",
                said("facilitate.by"),
                one.amount,
                (-most, most),
                functools.partial(self._set_amount, one),
                shown=signed,
            )
        else:
            field = value_field(
                f"write.{at}.to",
                said("facilitate.to"),
                target,
                one.value,
                functools.partial(self._set_value, one),
            )
        head = Row(
            Button(
                f"write.{at}.what",
                target.name,
                functools.partial(self._ask_target, one),
                icon="caret-down",
                is_wide=True,
                grow=1,
            ),
            Button(
                f"write.{at}.drop", "", functools.partial(self._drop, one), icon="trash", tip=said("facilitate.drop")
            ),
            gap=SMALL_GAP,
            align="middle",
        )
        why = TextField(
            f"write.{at}.why",
            one.why,
            functools.partial(self._set_why, one),
            hint=said("facilitate.effect_why"),
            most=120,
        )
        return Panel(Column(head, field, why, self._problem(wrong), gap=SMALL_GAP), "panel", pad=SMALL_GAP)

    # Changing it

    def _set_title(self, text: str) -> None:
        self.title = text

    def _set_text(self, text: str) -> None:
        self.text = text

    def _set_amount(self, one: Written, amount: int) -> None:
        one.amount = amount

    def _set_value(self, one: Written, value: Value) -> None:
        one.value = value

    def _set_why(self, one: Written, text: str) -> None:
        one.why = text

    def _drop(self, one: Written) -> None:
        self.effects = [other for other in self.effects if other is not one]

    def _add(self) -> None:
        first = self.desk.session.scenario.meters[0].id
        self.effects.append(Written(first, 0, self.desk.values[first].value))

    def _ask_target(self, one: Written) -> None:
        choices = [(one.id, one.name, one.now) for one in self.desk.values.values()]
        self.desk.app.push(
            Pick(
                self.desk.app,
                self.desk.words("facilitate.what_changes"),
                choices,
                functools.partial(self._retarget, one),
            )
        )

    def _retarget(self, one: Written, target: str) -> None:
        one.target, one.amount, one.value = target, 0, self.desk.values[target].value

    def _bring(self) -> None:
        self.is_tried = True
        if self._check():
            self.desk.told, self.desk.trouble = "", self.desk.words("facilitate.not_yet")
            self.desk.app.sounds.play("refused")
            return
        desk, data = self.desk, self.data
        told = desk.words("facilitate.did_bring", title=self.title)
        if desk.do(told, lambda: desk.facilitator.write_card(data, desk.why, desk.shown)):
            self.title, self.text, self.effects, self.is_tried = "", "", [], False
