"""New game: which scenario, which seats, against whom, by what chance and under which assumptions; then it begins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tabletop.players.search import STRENGTHS, is_slow_here
from tabletop.scenario import Scenario
from tabletop.scenario.seats import Seat
from tabletop.storage.shipped_data import DEFAULT_SCENARIO
from tabletop.window.app import App
from tabletop.window.casting import ICONS
from tabletop.window.controls import Button, CardButton
from tabletop.window.entering import enter
from tabletop.window.fields import Toggle
from tabletop.window.frames import Panel, Scroll, Sized
from tabletop.window.layout import Column, Element, Grid, Row
from tabletop.window.packs import Pack, kept_names, read
from tabletop.window.page import Page
from tabletop.window.parts import Icon, Rule, SeatBadge, Space, Text
from tabletop.window.prose import prose
from tabletop.window.registry import Entry, Example
from tabletop.window.screens.chance import Chance
from tabletop.window.screens.premises import Premises
from tabletop.window.screens.seating import Seating
from tabletop.window.setup import DIFFICULTIES, MIXED, Setup
from tabletop.window.theme import (
    CARD,
    CARD_TITLE,
    GAP,
    HAIR,
    HEADING,
    LABEL,
    MONO,
    SMALL,
    SMALL_GAP,
    STRONG,
    TIGHT,
    WIDE,
)

_DOSSIER = 600.0


class NewGame(Page):
    """Everything has an answer already, so that Enter begins."""

    def __init__(self, app: App, scenario: str = DEFAULT_SCENARIO) -> None:
        super().__init__(app)
        language = app.words.language
        packs = [read(name, language) for name in kept_names(app.settings.packs)]
        self._packs = [pack for pack in packs if pack.scenario is not None]
        chosen = next((pack for pack in self._packs if pack.name == scenario), None) or read(scenario, language)
        if chosen not in self._packs:
            self._packs.append(chosen)
        self._is_shared = False
        self._failed = ""
        self.setup = self._first(chosen)

    @staticmethod
    def _first(pack: Pack) -> Setup:
        assert pack.scenario is not None
        return Setup.first(pack.scenario, pack.name)

    @property
    def scenario(self) -> Scenario | None:
        return self.setup.scenario

    @property
    def title(self) -> str:
        return self.words("new-game.title")

    @property
    def first(self) -> str:
        return "start"

    def choose(self, setup: Setup) -> None:
        """Takes over what was chosen, here or on a page of its own."""
        self.setup = setup
        self._failed = ""
        self.refresh()

    # What stands on it

    def body(self) -> Element:
        choices = Column(self._scenarios(), self._seats(), self._others(), self._more(), gap=WIDE)
        if self.is_large:
            middle: Element = Scroll("choices", Column(choices, self._dossier(), gap=WIDE))
        else:
            dossier = Sized(self._dossier(), width=_DOSSIER * self.grown, grow=0)
            middle = Row(Scroll("choices", choices), dossier, gap=WIDE)
        middle.grow = 1
        return Column(middle, self._bar(), gap=GAP)

    def _group(self, key: str, *fields: Element, beside: Element | None = None) -> Element:
        head = Row(Text(self.words(f"new-game.{key}"), LABEL, "accent", grow=1), beside, gap=GAP, align="middle")
        return Column(head, *fields, gap=TIGHT)

    def _scenarios(self) -> Element:
        cards = [self._scenario(pack) for pack in self._packs]
        return self._group("scenario", Grid(*cards, cell=400 * self.grown, gap=SMALL_GAP))

    def _scenario(self, pack: Pack) -> Element:
        scenario = pack.scenario
        assert scenario is not None
        is_chosen = pack.name == self.setup.pack
        lines = Column(
            Row(Text(scenario.title, HEADING, grow=1), Icon("check", STRONG, "accent") if is_chosen else None),
            Text(self.words("new-game.about", minutes=scenario.minutes, count=len(scenario.seats)), SMALL, "soft"),
            gap=0,
        )
        return CardButton(
            f"scenario.{pack.name}",
            lines,
            lambda: self.choose(self._first(pack)),
            ground="raised",
            pad=SMALL_GAP,
            is_chosen=is_chosen,
            tip=scenario.question,
        )

    def _seats(self) -> Element:
        cards = [self._seat(seat, at) for at, seat in enumerate(self.setup.scenario.seats)]
        share = Toggle(
            "share", self.words("new-game.share"), self._is_shared, self._share, tip=self.words("new-game.share_tip")
        )
        grid = Grid(*cards, cell=320 * self.grown, gap=SMALL_GAP)
        return self._group("seat", grid, beside=share)

    def _seat(self, seat: Seat, at: int) -> Element:
        is_human = seat.id in self.setup.humans
        who = self.words("new-game.you" if is_human else "new-game.program")
        names = Column(Text(seat.name, STRONG), Text(seat.role, SMALL, "soft") if seat.role else None, gap=0, grow=1)
        sign = Column(
            Icon("user" if is_human else "robot", LABEL, "accent" if is_human else "soft"),
            Text(who, SMALL, "accent" if is_human else "soft", wraps=False),
            gap=HAIR,
            align="centre",
        )
        return CardButton(
            f"seat.{seat.id}",
            Row(SeatBadge(seat.id, at, 44 * self.grown), names, sign, gap=SMALL_GAP, align="middle"),
            lambda: self.choose(self.setup.turned(seat.id) if self._is_shared else self.setup.alone(seat.id)),
            ground="raised",
            pad=SMALL_GAP,
            is_chosen=is_human,
        )

    def _share(self, is_shared: bool) -> None:
        self._is_shared = is_shared
        if not is_shared:
            self.choose(self.setup.alone(self.setup.humans[0]))

    def _others(self) -> Element:
        now = self.setup.difficulty if self.setup.others else ""
        cards = [self._difficulty(name, name == now) for name in DIFFICULTIES]
        mixed = Text(self.words("players.mixed_note"), SMALL, "soft") if now == MIXED else None
        nobody = Text(self.words("players.nobody"), SMALL, "soft") if not self.setup.others else None
        is_slow = now in STRENGTHS and is_slow_here()
        slow = Text(self.words("players.slow"), SMALL, "warn") if is_slow else None
        grid = Grid(*cards, cell=290 * self.grown, gap=SMALL_GAP)
        return self._group("others", *(one for one in (mixed, nobody, slow) if one is not None), grid)

    def _difficulty(self, name: str, is_chosen: bool) -> Element:
        said = self.words
        lines = Column(
            Row(
                Icon(ICONS[name], STRONG, "accent"),
                Text(said(f"players.{name}"), STRONG, grow=1),
                Icon("check", STRONG, "accent") if is_chosen else None,
                gap=TIGHT,
                align="middle",
            ),
            Text(said(f"players.{name}_text"), SMALL, "soft"),
            gap=HAIR,
        )
        why_not = "" if self.setup.others else said("players.nobody")
        return CardButton(
            f"level.{name}",
            lines,
            lambda: self.choose(self.setup.at(name)),
            ground="raised",
            pad=SMALL_GAP,
            is_chosen=is_chosen,
            why_not=why_not,
        )

    def _more(self) -> Element:
        said, setup = self.words, self.setup
        view = next((one.name for one in setup.scenario.worldviews if one.id == setup.worldview), "")
        premises = view or said("new-game.changed", count=len(setup.assumptions))
        chance = said("new-game.surprise") if setup.seed is None else said("new-game.seed", seed=setup.seed)
        buttons = [
            self._closer("players", "users", "p", said(f"players.{setup.difficulty}"), Seating),
            self._closer("premises", "scales", "a", premises, Premises),
            self._closer("chance", "dice-five", "c", chance, Chance),
        ]
        if not setup.scenario.assumptions:
            del buttons[1]
        return self._group("details", Grid(*buttons, cell=290 * self.grown, gap=SMALL_GAP))

    def _closer(self, name: str, icon: str, letter: str, note: str, page: Callable[..., Any]) -> Element:
        return Button(
            name,
            self.words(f"new-game.{name}"),
            lambda: self.app.push(page(self.app, self.setup, self.choose)),
            icon=icon,
            letter=letter,
            note=note,
            is_wide=True,
        )

    def _dossier(self) -> Element:
        """What whoever sits down should know, on paper."""
        said, scenario = self.words, self.setup.scenario
        seats = [seat for seat in scenario.seats if seat.id in self.setup.humans]
        dates = scenario.stages[0].dates
        head = Text(" · ".join([*dates[:1], said.listed([one.name for one in seats])]).upper(), MONO, "bad")
        if len(seats) == 1:
            aims = [Text(f"– {one.text.split(':')[0].rstrip('.')}", SMALL) for one in seats[0].objectives]
            brief: list[Element | None] = [prose(seats[0].brief or scenario.summary)]
            if aims:
                brief += [Text(said("new-game.counts"), LABEL), Column(*aims, gap=HAIR)]
        else:
            brief = [prose(scenario.summary), Text(said("new-game.shared_note"), SMALL, "soft")]
        told = Column(
            head, Text(scenario.title, CARD_TITLE), Text(scenario.question, STRONG), Rule(), *brief, gap=SMALL_GAP
        )
        inner: Element = told if self.is_large else Scroll("dossier", told)
        return Panel(inner, "paper", pad=WIDE, radius=CARD / 2, has_shadow=True)

    def _bar(self) -> Element:
        start = Button(
            "start", self.words("new-game.start"), self.start, icon="play", letter="s", kind="main", style=HEADING
        )
        told: Element = Text(self._failed, SMALL, "bad") if self._failed else Text(self.summary(), SMALL, "soft")
        if self.is_large and not self._failed:
            return Row(Space(grow=1), start)
        told.grow = 1
        return Row(told, start, gap=WIDE, align="middle")

    def summary(self) -> str:
        """What was chosen, in a sentence or three."""
        said, setup = self.words, self.setup
        names = {seat.id: seat.name for seat in setup.scenario.seats}
        people = said.listed([names[seat] for seat in setup.humans])
        parts = [said("new-game.sum_people", who=people)]
        if setup.others:
            how = said(f"players.{setup.difficulty}")
            parts.append(said("new-game.sum_others", count=len(setup.others), how=how))
        return " ".join(parts)

    # What it does

    def start(self) -> None:
        """Begins the game. What stands in the way is said beside the button."""
        try:
            session = self.setup.begin(self.app.journal)
        except ValueError as error:
            self._failed = str(error)
            return
        enter(self.app, session)


def _open(app: App, scenario: str = DEFAULT_SCENARIO) -> NewGame:
    return NewGame(app, scenario)


def _example(app: App, example: Example) -> NewGame:
    return NewGame(app, example.scenario)


ENTRIES = {"new-game": Entry(open=_open, example=_example)}
