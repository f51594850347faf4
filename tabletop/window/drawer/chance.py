"""Chance: the last falls of chance, and overruling one of them with a reason."""

from __future__ import annotations

import functools

from tabletop.presentation.names import worded
from tabletop.session.facilitation import Fall
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
        self._at: tuple[object, list[Fall]] = (None, [])
        self._chosen: tuple[int, int] | None = None
        self._outcome = ""

    @property
    def falls(self) -> list[Fall]:
        """The last falls of chance; they are drawn anew only when the game has gone on."""
        here = self.session.course.at
        if self._at[0] is not here:
            self._at = here, self.desk.facilitator.falls(_STEPS)
            self._chosen = None
        return self._at[1]

    @property
    def _fall(self) -> Fall | None:
        found = {(one.step, one.draw.place): one for one in self.falls}
        return found.get(self._chosen) if self._chosen else next(iter(self.falls), None)

    def build(self) -> Element:
        falls = self.falls
        chosen = self._fall
        if chosen is None:
            return self.sections(Text(self.said("facilitate.no_falls"), BODY, "soft"))
        rows = [
            Button(
                f"fall.{one.step}.{one.draw.place}",
                f"{self._subject(one)}: {self._outcome_name(one, one.draw.outcome)}",
                functools.partial(self._choose, one),
                is_wide=True,
                note=self._when(one),
                kind="main" if one is chosen else "plain",
            )
            for one in falls
        ]
        return self.beside(Column(*rows, gap=TIGHT), self._editor(chosen))

    def _choose(self, fall: Fall) -> None:
        self._chosen = fall.step, fall.draw.place
        self._outcome = ""

    def _subject(self, fall: Fall) -> str:
        subject = fall.draw.node.subject
        decks = {deck.id: deck.name for deck in self.session.scenario.decks}
        return decks.get(subject) or self.desk.names.full(subject)

    def _outcome_name(self, fall: Fall, outcome: str) -> str:
        card = self.desk.names.cards.get(outcome) if fall.draw.node.kind == "card" else None
        return card.title if card is not None else worded(outcome)

    def _when(self, fall: Fall) -> str:
        step = self.session.course.steps[fall.step]
        state = self.session.position_at(step.before or step).state
        phase = self.desk.names.phases.get(state.phase)
        when = self.desk.when(state.turn, state.stage, state.stage_turn)
        ruled = self.said("facilitate.ruled") if fall.draw.model != fall.draw.outcome else ""
        return " · ".join(part for part in (when, phase.title if phase else "", ruled) if part)

    def _editor(self, fall: Fall) -> Element:
        said, draw = self.said, fall.draw
        chosen = self._outcome or draw.outcome
        why_not = ""
        if chosen == draw.outcome:
            why_not = said("facilitate.is_so_already")
        elif not self.desk.why.strip():
            why_not = said("facilitate.say_why_first")
        missing = (
            Row(Icon("warning", BODY, "warn"), Text(why_not, BODY, "warn", grow=1), gap=TIGHT) if why_not else None
        )
        return Panel(
            Column(
                Text(self._subject(fall), CARD_TITLE),
                Text(said("facilitate.model_said", outcome=self._outcome_name(fall, draw.model)), STRONG),
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

    def _choice(self, fall: Fall, chosen: str) -> Element:
        """The outcomes as buttons; where there are many, the chosen one and a list to find another in."""
        options = [
            (one.id, self._outcome_name(fall, one.id), f"{round(100 * float(one.probability))}%")
            for one in fall.draw.node.outcomes
        ]
        if len(options) <= _FEW:
            return Choice("fall.to", [(id, f"{name} ({share})", "") for id, name, share in options], chosen, self._take)
        pick = Pick(self.desk.app, self._subject(fall), options, self._take)
        ask = functools.partial(self.desk.app.push, pick)
        return Button("fall.to", self._outcome_name(fall, chosen), ask, icon="caret-down", is_wide=True)

    def _take(self, outcome: str) -> None:
        self._outcome = outcome

    def _set_why(self, text: str) -> None:
        self.desk.why = text

    def _rule(self) -> None:
        fall, desk, outcome = self._fall, self.desk, self._outcome
        if fall is None:
            return
        told = self.said("facilitate.did_overrule", what=self._subject(fall), outcome=self._outcome_name(fall, outcome))
        desk.do(told, lambda: desk.facilitator.overrule(fall.step, fall.draw.place, outcome, desk.why, desk.shown))
