"""Premises: the assumptions of a game, each with the case for it, the case against it, and who holds which."""

from __future__ import annotations

from collections.abc import Callable

from tabletop.scenario.claims_and_assumptions import Assumption
from tabletop.window.app import App
from tabletop.window.controls import Button, CardButton
from tabletop.window.fields import Choice, Slider
from tabletop.window.frames import Panel, Scroll, Sized
from tabletop.window.layout import Column, Element, Flow, Grid, Row
from tabletop.window.parts import Icon, Rule, Space, Text
from tabletop.window.registry import Entry, Example
from tabletop.window.setup import Setup
from tabletop.window.setup_page import SetupPage
from tabletop.window.theme import (
    CARD,
    CARD_TITLE,
    GAP,
    LABEL,
    LEAD,
    SMALL,
    SMALL_GAP,
    STRONG,
    TIGHT,
    WIDE,
)


class Premises(SetupPage):
    """The assumptions on the left with what is assumed now; on the right the one that is looked at, as a paper."""

    def __init__(self, app: App, setup: Setup, choose: Callable[[Setup], object]) -> None:
        super().__init__(app, setup, choose)
        self._at = 0

    @property
    def title(self) -> str:
        return self.words("premises.title")

    @property
    def first(self) -> str:
        assumptions = self._setup.scenario.assumptions
        return f"assumption.{assumptions[0].id}" if assumptions else "done"

    # What stands on it

    def body(self) -> Element:
        assumptions = self._setup.scenario.assumptions
        if not assumptions:
            return Column(Text(self.words("premises.none"), LEAD, "soft"), Row(self._done()), gap=WIDE)
        rows = [self._row(at, one) for at, one in enumerate(assumptions)]
        paper = self._paper(assumptions[self._at])
        if self.is_large:
            turn = Row(self._turn(-1, "caret-left"), self._turn(1, "caret-right"), gap=TIGHT)
            return Scroll("premises", Column(self._worldviews(), turn, paper, self._done(), gap=GAP))
        left = Sized(Scroll("assumptions", Column(*rows, gap=TIGHT)), width=600 * self.grown, grow=0)
        right = Column(Scroll("paper", paper), Row(self._done()), gap=GAP, grow=1)
        return Column(self._worldviews(), Row(left, right, gap=WIDE, grow=1), gap=WIDE)

    def _done(self) -> Button:
        return Button("done", self.words("players.done"), self.escape, icon="check", letter="d", kind="main")

    def _worldviews(self) -> Element:
        scenario, now = self._setup.scenario, self._setup.worldview
        if not scenario.worldviews:
            return Space()
        options = [(one.id, one.name, "") for one in scenario.worldviews]
        text = next((one.text for one in scenario.worldviews if one.id == now), self.words("premises.mixed"))
        head = Text(self.words("premises.views"), LABEL, "accent")
        note = Text(text, SMALL, "soft")
        choice = Choice("view", options, now, lambda view: self._change(self._setup.believing(view)))
        if self.is_large:
            return Column(head, choice, note, gap=TIGHT)
        note.grow = 1
        return Row(head, choice, note, gap=GAP, align="middle")

    def _row(self, at: int, one: Assumption) -> Element:
        is_other = one.id in self._setup.assumptions
        value = Text(self._value(one, self._setup.assumed(one.id)), STRONG, "warn" if is_other else "soft", wraps=False)
        return CardButton(
            f"assumption.{one.id}",
            Row(
                Icon("arrows-left-right" if is_other else "check", LABEL, "warn" if is_other else "soft"),
                Text(one.title, STRONG, grow=1),
                value,
                gap=SMALL_GAP,
                align="middle",
            ),
            lambda: self._look_at(at),
            ground="raised",
            pad=SMALL_GAP,
            is_chosen=at == self._at,
        )

    def _turn(self, step: int, icon: str) -> Button:
        count = len(self._setup.scenario.assumptions)
        words = self.words("premises.next" if step > 0 else "premises.previous")
        return Button(f"turn.{icon}", words, lambda: self._look_at((self._at + step) % count), icon=icon)

    def _look_at(self, at: int) -> None:
        self._at = at

    def _paper(self, one: Assumption) -> Element:
        said = self.words
        cases = Grid(
            self._case("for", one.case_for, "good"),
            self._case("against", one.case_against, "bad"),
            columns=1 if self.is_large else 2,
            gap=WIDE,
        )
        held = [self._held(one, other.held_by, other.value, other.text) for other in one.alternatives]
        parts = [
            Text(one.title, CARD_TITLE),
            self._field(one),
            Rule(),
            cases,
            *([Rule(), *held] if held else []),
        ]
        claims = {claim.id: claim for claim in self._setup.scenario.claims}
        cited = [f"**{name}** {claims[name].summary}" for name in one.claims if name in claims]
        if cited:
            parts += [Rule(), Text(said("premises.claims"), LABEL), *(Text(text, SMALL, "soft") for text in cited)]
        return Panel(Column(*parts, gap=SMALL_GAP), "paper", pad=WIDE, radius=CARD / 2, has_shadow=True)

    def _case(self, key: str, text: str, role: str) -> Element:
        icon = "plus" if key == "for" else "minus"
        head = Row(
            Icon(icon, LABEL, role), Text(self.words(f"premises.{key}"), LABEL, role, grow=1), gap=TIGHT, align="middle"
        )
        return Column(head, Text(text), gap=TIGHT)

    def _held(self, one: Assumption, who: str, value: int | bool, text: str) -> Element:
        words = self.words("premises.held", who=who, value=self._value(one, value))
        return Text(f"**{words}** {text}", SMALL)

    def _value(self, one: Assumption, value: int | bool) -> str:
        if isinstance(one.value, bool):
            return self.words("premises.holds" if value else "premises.fails")
        return str(int(value))

    def _field(self, one: Assumption) -> Element:
        now = self._setup.assumed(one.id)
        if isinstance(one.value, bool):
            options = [("true", self._value(one, True), ""), ("false", self._value(one, False), "")]
            return Choice("value", options, "true" if now else "false", lambda to: self._assume(one, to == "true"))
        low, high = one.range or (0, 100)
        slider = Slider("value", self.words("premises.number"), int(now), (low, high), lambda to: self._assume(one, to))
        usual = [one.value, *(other.value for other in one.alternatives)]
        known = [(str(int(value)), str(int(value)), "") for value in sorted({int(value) for value in usual})]
        choice = Choice("known", known, str(int(now)), lambda to: self._assume(one, int(to)))
        return Flow(choice, slider, gap=GAP) if not self.is_large else Column(choice, slider, gap=TIGHT)

    def _assume(self, one: Assumption, value: int | bool) -> None:
        self._change(self._setup.assuming(one.id, value))


def _example(app: App, example: Example) -> Premises:
    from tabletop.window.packs import scenario_of

    scenario = scenario_of(example.scenario, example.language)
    setup = Setup.first(scenario)
    for first in scenario.assumptions[:1]:
        setup = setup.assuming(first.id, first.alternatives[0].value)
    return Premises(app, setup, lambda _: None)


ENTRIES = {"premises": Entry(open=Premises, example=_example)}
