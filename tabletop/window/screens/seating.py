"""Seating: for each seat that no person has, who plays it: a doctrine by its name, a player that thinks, or chance."""

from __future__ import annotations

from collections.abc import Callable

from tabletop.presentation.player_names import player_name
from tabletop.scenario.seats import Seat
from tabletop.window.app import App
from tabletop.window.casting import player_icon, player_text, players_of
from tabletop.window.controls import Button, CardButton
from tabletop.window.frames import Panel, Scroll, Sized
from tabletop.window.layout import Column, Element, Flow, Grid, Row
from tabletop.window.parts import Icon, SeatBadge, Text
from tabletop.window.registry import Entry, Example
from tabletop.window.setup import Setup
from tabletop.window.setup_page import SetupPage
from tabletop.window.theme import GAP, HAIR, HEADING, LABEL, SMALL, SMALL_GAP, STRONG, TIGHT, WIDE


class Seating(SetupPage):
    """The seats on the left, and on the right all who may play the one that is looked at."""

    def __init__(self, app: App, setup: Setup, choose: Callable[[Setup], object]) -> None:
        super().__init__(app, setup, choose)
        self._seat = next(iter(setup.others), setup.scenario.seats[0].id)

    @property
    def title(self) -> str:
        return self.words("players.title")

    @property
    def first(self) -> str:
        return f"seat.{self._seat}"

    def body(self) -> Element:
        seats = [self._row(seat, at) for at, seat in enumerate(self._setup.scenario.seats)]
        if self.is_large:
            chips = Flow(*(self._chip(seat, at) for at, seat in enumerate(self._setup.scenario.seats)), gap=TIGHT)
            return Scroll("seating", Column(chips, self._players(), self._done(), gap=GAP))
        left = Sized(Column(*seats, gap=SMALL_GAP), width=520 * self.grown, grow=0)
        right = Column(Scroll("players", self._players()), Row(self._done()), gap=GAP, grow=1)
        return Row(left, right, gap=WIDE)

    def _done(self) -> Button:
        return Button("done", self.words("players.done"), self.escape, icon="check", letter="d", kind="main")

    def _who(self, seat: Seat) -> str:
        if seat.id in self._setup.humans:
            return self.words("new-game.you")
        return player_name(self.words, self._setup.scenario, seat.id, self._setup.player(seat.id))

    def _row(self, seat: Seat, at: int) -> Element:
        is_human = seat.id in self._setup.humans
        icon = "user" if is_human else player_icon(self._setup.player(seat.id))
        names = Column(Text(seat.name, STRONG), Text(self._who(seat), SMALL, "soft"), gap=0, grow=1)
        return CardButton(
            f"seat.{seat.id}",
            Row(SeatBadge(seat.id, at, 44 * self.grown), names, Icon(icon, LABEL, "soft"), gap=GAP, align="middle"),
            lambda: self._show(seat.id),
            ground="raised",
            pad=SMALL_GAP,
            is_chosen=seat.id == self._seat,
            why_not=self.words("players.person") if is_human else "",
        )

    def _chip(self, seat: Seat, at: int) -> Element:
        return Button(
            f"seat.{seat.id}",
            seat.name,
            lambda: self._show(seat.id),
            icon="check" if seat.id == self._seat else "",
            kind="main" if seat.id == self._seat else "plain",
            why_not=self.words("players.person") if seat.id in self._setup.humans else "",
        )

    def _show(self, seat: str) -> None:
        self._seat = seat

    def _players(self) -> Element:
        scenario = self._setup.scenario
        seat = next(one for one in scenario.seats if one.id == self._seat)
        at = scenario.seats.index(seat)
        head = Row(
            SeatBadge(seat.id, at, 56 * self.grown),
            Column(Text(seat.name, HEADING), Text(seat.role, SMALL, "soft"), gap=0, grow=1),
            gap=GAP,
            align="middle",
        )
        players = players_of(scenario, seat.id)
        doctrines = [self._player(seat.id, one) for one in players if ":" not in one and one != "random"]
        thinkers = [self._player(seat.id, one) for one in players if one.startswith("search:")]
        chance = [self._player(seat.id, "random")]
        cell = 400 * self.grown
        content = Column(
            head,
            self._part("doctrines", doctrines, cell),
            self._part("thinkers", thinkers, cell),
            self._part("chance", chance, cell),
            gap=GAP,
        )
        return Panel(content, "panel", pad=WIDE)

    def _part(self, key: str, cards: list[Element], cell: float) -> Element | None:
        if not cards:
            return None
        note = Text(self.words(f"players.{key}_note"), SMALL, "soft")
        grid = Grid(*cards, cell=cell, gap=SMALL_GAP)
        return Column(Text(self.words(f"players.{key}"), LABEL, "accent"), note, grid, gap=HAIR * 1.5)

    def _player(self, seat: str, player: str) -> Element:
        said, scenario = self.words, self._setup.scenario
        is_chosen = self._setup.player(seat) == player and seat not in self._setup.humans
        lines = Column(
            Row(
                Icon(player_icon(player), STRONG, "accent"),
                Text(player_name(said, scenario, seat, player), STRONG, grow=1),
                Icon("check", STRONG, "accent") if is_chosen else None,
                gap=TIGHT,
                align="middle",
            ),
            Text(player_text(said, scenario, seat, player), SMALL, "soft"),
            gap=HAIR,
        )
        return CardButton(
            f"player.{player}",
            lines,
            lambda: self._take(seat, player),
            ground="raised",
            pad=SMALL_GAP,
            is_chosen=is_chosen,
        )

    def _take(self, seat: str, player: str) -> None:
        self._change(self._setup.played_by(seat, player))


def _example(app: App, example: Example) -> Seating:
    from tabletop.window.packs import scenario_of

    scenario = scenario_of(example.scenario, example.language)
    setup = Setup.first(scenario)
    if len(scenario.seats) > 2:
        setup = setup.alone(scenario.seats[-1].id)
    return Seating(app, setup, lambda _: None)


ENTRIES = {"players": Entry(open=Seating, example=_example)}
