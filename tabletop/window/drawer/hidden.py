"""Hidden: what lies behind the screen: the truths, what was chosen face down, and the cards that come up next."""

from __future__ import annotations

from tabletop.presentation.facilitator_board import FacilitatorBoard
from tabletop.window.drawer.desk import Page
from tabletop.window.frames import Panel
from tabletop.window.layout import Column, Element, Row
from tabletop.window.parts import SeatBadge, Text
from tabletop.window.theme import BODY, CARD, GAP, HAIR, LEAD, MONO, SMALL, SMALL_GAP, STRONG, TITLE, WIDE

_LATEST = 12


class Hidden(Page):
    name, icon = "hidden", "eye"

    def build(self) -> Element:
        board = self.desk.board
        return self.sections(
            self._truths(board), self._picked(board), self._known(board), self._next(board), self._secrets(board)
        )

    def _truths(self, board: FacilitatorBoard) -> Element:
        papers = [
            Panel(
                Column(
                    Text(one.name.upper(), MONO, "bad"),
                    Text(one.value, TITLE),
                    Text(one.text, LEAD) if one.text else None,
                    gap=HAIR,
                ),
                "paper",
                pad=WIDE,
                radius=CARD / 2,
            )
            for one in board.truths
        ]
        return Column(*papers, gap=GAP) if papers else self.soft("facilitate.no_truths")

    def _picked(self, board: FacilitatorBoard) -> Element:
        rows = [
            Row(
                SeatBadge(one.seat, at, 36),
                Text(one.name, STRONG),
                Text(", ".join(one.picks), BODY, grow=1),
                gap=SMALL_GAP,
                align="middle",
            )
            for at, one in enumerate(board.seats)
            if one.picks
        ]
        shown = Column(*rows, gap=SMALL_GAP) if rows else self.soft("facilitate.nothing_picked")
        return self.section("facilitate.face_down", shown)

    def _known(self, board: FacilitatorBoard) -> Element | None:
        rows = [
            Row(
                Column(Text(one.name, STRONG), Text(one.known_to, SMALL, "soft"), gap=0, grow=1),
                Text(one.value, STRONG, wraps=False),
                gap=GAP,
                align="middle",
            )
            for one in board.known_to_some
        ]
        return self.section("facilitate.known_to_some", Column(*rows, gap=SMALL_GAP)) if rows else None

    def _next(self, board: FacilitatorBoard) -> Element:
        rows = [Text(f"{number}  {card.title}", BODY) for number, card in enumerate(board.cards, 1)]
        shown = Column(*rows, gap=HAIR) if rows else self.soft("facilitate.none_waiting")
        return self.section("facilitate.cards_next", shown)

    def _secrets(self, board: FacilitatorBoard) -> Element:
        rows = [
            Column(
                Text(one.what, STRONG),
                Text(one.why, BODY, "soft") if one.why else None,
                Text(" · ".join(part for part in (one.when, one.who) if part), SMALL, "soft"),
                gap=0,
            )
            for one in reversed(board.secrets[-_LATEST:])
        ]
        shown = Column(*rows, gap=SMALL_GAP) if rows else self.soft("facilitate.no_secrets")
        return self.section("facilitate.secret_log", shown)
