"""Chance: the last falls of chance, and overruling one of them with a reason."""

from __future__ import annotations

import functools

from tabletop.presentation.chance_falls import ChanceFall, ChanceOption, chance_falls
from tabletop.session.step_summary import recent_falls
from tabletop.window.controls import Button
from tabletop.window.drawer.desk import Desk, Page
from tabletop.window.drawer.picking import Pick
from tabletop.window.fields import Choice
from tabletop.window.frames import Panel
from tabletop.window.layout import Column, Element, Flow, Row
from tabletop.window.parts import Icon, Text
from tabletop.window.text_field import TextField
from tabletop.window.theme import BODY, CARD_TITLE, GAP, LABEL, STRONG, TIGHT, WIDE

_STEPS = 40
_FEW = 6


class Chance(Page):
    name, icon = "chance", "dice-five"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._at: tuple[object, tuple[ChanceFall, ...]] = (None, ())
        self._chosen: tuple[int, int] | None = None
        self._outcome = ""

    @property
    def falls(self) -> tuple[ChanceFall, ...]:
        """The last falls of chance; they are drawn anew only when the game has gone on."""
        here = self.session.course.at
        if self._at[0] is not here:
            self._at = here, chance_falls(self.desk.names, self.said, recent_falls(self.session, _STEPS))
            self._chosen = None
        return self._at[1]

    @property
    def _fall(self) -> ChanceFall | None:
        found = {(one.step, one.place): one for one in self.falls}
        return found.get(self._chosen) if self._chosen else next(iter(self.falls), None)

    def build(self) -> Element:
        falls = self.falls
        chosen = self._fall
        if chosen is None:
            return self.sections(Text(self.said("facilitate.no_falls"), BODY, "soft"))
        rows = [
            Button(
                f"fall.{one.step}.{one.place}",
                f"{one.title}: {one.stands.name}",
                functools.partial(self._choose, one),
                is_wide=True,
                note=self._note(one),
                kind="main" if one is chosen else "plain",
            )
            for one in falls
        ]
        return self.beside(Column(*rows, gap=TIGHT), self._editor(chosen))

    def _choose(self, fall: ChanceFall) -> None:
        self._chosen = fall.step, fall.place
        self._outcome = ""

    def _note(self, fall: ChanceFall) -> str:
        ruled = self.said("facilitate.ruled") if fall.is_ruled else ""
        return " · ".join(part for part in (fall.when, fall.after, ruled) if part)

    def _editor(self, fall: ChanceFall) -> Element:
        said = self.said
        chosen = self._chosen_of(fall)
        why_not = ""
        if chosen.id == fall.stands.id:
            why_not = said("facilitate.is_so_already")
        elif not self.desk.why.strip():
            why_not = said("facilitate.say_why_first")
        missing = (
            Row(Icon("warning", BODY, "warn"), Text(why_not, BODY, "warn", grow=1), gap=TIGHT) if why_not else None
        )
        return Panel(
            Column(
                Text(fall.title, CARD_TITLE),
                Text(said("facilitate.model_said", outcome=fall.model.name), STRONG),
                self._choice(fall, chosen),
                Text(said("facilitate.reason"), LABEL),
                TextField("fall.why", self.desk.why, self._set_why, hint=said("facilitate.why_hint"), most=200),
                missing,
                Flow(
                    Button(
                        "fall.rule", said("facilitate.overrule"), self._rule, icon="stamp", kind="main", why_not=why_not
                    )
                ),
                Text(said("facilitate.overrule_hint"), BODY, "soft"),
                gap=GAP,
            ),
            "panel",
            pad=WIDE,
        )

    def _chosen_of(self, fall: ChanceFall) -> ChanceOption:
        return next((one for one in fall.options if one.id == self._outcome), fall.stands)

    def _choice(self, fall: ChanceFall, chosen: ChanceOption) -> Element:
        """The outcomes as buttons; where there are many, the chosen one and a list to find another in."""
        if len(fall.options) <= _FEW:
            few = [(one.id, f"{one.name} ({one.percent}%)", "") for one in fall.options]
            return Choice("fall.to", few, chosen.id, self._take)
        many = [(one.id, one.name, f"{one.percent}%") for one in fall.options]
        ask = functools.partial(self.desk.app.push, Pick(self.desk.app, fall.title, many, self._take))
        return Button("fall.to", chosen.name, ask, icon="caret-down", is_wide=True)

    def _take(self, outcome: str) -> None:
        self._outcome = outcome

    def _set_why(self, text: str) -> None:
        self.desk.why = text

    def _rule(self) -> None:
        fall, desk = self._fall, self.desk
        if fall is None:
            return
        outcome = self._chosen_of(fall)
        told = self.said("facilitate.did_overrule", what=fall.title, outcome=outcome.name)
        desk.do(told, lambda: desk.facilitator.overrule(fall.step, fall.place, outcome.id, desk.why, desk.shown))
