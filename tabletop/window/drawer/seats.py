"""Seats: who plays what, and handing a seat to a person or a bot."""

from __future__ import annotations

import functools

from tabletop.players.player_factory import players_for
from tabletop.presentation.facilitator_board import SeatBehind
from tabletop.presentation.player_names import player_name
from tabletop.window.controls import Button
from tabletop.window.drawer.desk import Page
from tabletop.window.drawer.picking import Choices, Pick
from tabletop.window.frames import Panel
from tabletop.window.layout import Column, Element, Row
from tabletop.window.parts import SeatBadge, Text
from tabletop.window.theme import GAP, SMALL, SMALL_GAP, STRONG


class Seats(Page):
    name, icon = "seats", "users"

    def build(self) -> Element:
        rows = [self._row(at, seat) for at, seat in enumerate(self.desk.board.seats)]
        return self.sections(self.section("facilitate.seats_head", Column(*rows, gap=SMALL_GAP)))

    def _row(self, at: int, seat: SeatBehind) -> Element:
        note = self.said("facilitate.acting") if seat.must_act else ""
        hand = functools.partial(self._ask, seat.seat)
        return Panel(
            Row(
                SeatBadge(seat.seat, at, 44),
                Column(
                    Text(seat.name, STRONG),
                    Text(" · ".join(part for part in (seat.player_name, note) if part), SMALL, "soft"),
                    gap=0,
                    grow=1,
                ),
                Button(f"seat.{seat.seat}", self.said("facilitate.hand"), hand, icon="user"),
                gap=GAP,
                align="middle",
            ),
            "panel",
            pad=SMALL_GAP,
        )

    def _called(self, seat: str, player: str) -> str:
        return player_name(self.said, self.session.scenario, seat, player)

    def _ask(self, seat: str) -> None:
        texts = {one.id: " ".join(one.text.split()) for one in self.session.scenario.doctrines if one.seat == seat}
        choices: Choices = [
            ("", self.said("facilitate.person"), ""),
            *((one, self._called(seat, one), texts.get(one, "")) for one in players_for(self.session.scenario, seat)),
        ]
        title = self.said("facilitate.hand_to", seat=self.desk.names.seat(seat))
        self.desk.app.push(Pick(self.desk.app, title, choices, functools.partial(self._hand, seat)))

    def _hand(self, seat: str, player: str) -> None:
        desk = self.desk
        told = self.said("facilitate.did_hand", seat=desk.names.seat(seat), player=self._called(seat, player))
        desk.do(told, lambda: desk.facilitator.hand(seat, player, desk.why))
