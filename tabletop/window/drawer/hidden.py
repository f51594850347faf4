"""Hidden: what lies behind the screen: the truths, what was chosen face down, and the cards that come up next."""

from __future__ import annotations

from tabletop.session.facilitator_view import facilitator_view
from tabletop.window.drawer.desk import Page
from tabletop.window.frames import Panel
from tabletop.window.layout import Column, Element, Row
from tabletop.window.parts import SeatBadge, Text
from tabletop.window.theme import BODY, CARD, GAP, HAIR, LEAD, MONO, SMALL, SMALL_GAP, STRONG, TITLE, WIDE

_LATEST = 12


class Hidden(Page):
    name, icon = "hidden", "eye"

    def build(self) -> Element:
        return self.sections(self._truths(), self._picked(), self._known(), self._next(), self._secret_log())

    def _truths(self) -> Element:
        names, found = self.desk.names, facilitator_view(self.session)
        papers = []
        for noun in self.session.scenario.hidden:
            value = str(found.hidden[noun.id])
            at = noun.values.index(value)
            name = names.value(noun.id, value).capitalize()
            words = noun.descriptions[at] if at < len(noun.descriptions) else ""
            words = " ".join(words.split()).removeprefix(name).lstrip(". ")
            papers.append(
                Panel(
                    Column(
                        Text(noun.name.upper(), MONO, "bad"),
                        Text(name, TITLE),
                        Text(words, LEAD) if words else None,
                        gap=HAIR,
                    ),
                    "paper",
                    pad=WIDE,
                    radius=CARD / 2,
                )
            )
        return Column(*papers, gap=GAP) if papers else self.soft("facilitate.no_truths")

    def _picked(self) -> Element:
        picked = facilitator_view(self.session).picked
        rows = [
            Row(
                SeatBadge(seat.id, at, 36),
                Text(seat.name, STRONG),
                Text(", ".join(action.label for action in picked[seat.id]), BODY, grow=1),
                gap=SMALL_GAP,
                align="middle",
            )
            for at, seat in enumerate(self.session.scenario.seats)
            if seat.id in picked
        ]
        shown = Column(*rows, gap=SMALL_GAP) if rows else self.soft("facilitate.nothing_picked")
        return self.section("facilitate.face_down", shown)

    def _known(self) -> Element | None:
        state, names = self.session.state, self.desk.names
        rows: list[Element] = []
        for noun in self.session.scenario.variables:
            if noun.known_to:
                seats = ", ".join(names.seat(seat) for seat in noun.known_to)
                rows.append(
                    Row(
                        Column(Text(names.full(noun.id), STRONG), Text(seats, SMALL, "soft"), gap=0, grow=1),
                        Text(names.value(noun.id, state.value(noun.id)), STRONG, wraps=False),
                        gap=GAP,
                        align="middle",
                    )
                )
        return self.section("facilitate.known_to_some", Column(*rows, gap=SMALL_GAP)) if rows else None

    def _next(self) -> Element:
        waiting = facilitator_view(self.session).waiting
        rows = [Text(f"{number}  {card.title}", BODY) for number, card in enumerate(waiting, 1)]
        shown = Column(*rows, gap=HAIR) if rows else self.soft("facilitate.none_waiting")
        return self.section("facilitate.cards_next", shown)

    def _secret_log(self) -> Element:
        secret = [
            entry for entry in self.session.state.log if entry.known_to is not None and (entry.why or entry.title)
        ]
        rows: list[Element] = []
        for entry in reversed(secret[-_LATEST:]):
            seats = ", ".join(map(self.desk.names.seat, sorted(entry.known_to or ())))
            who = seats or self.said("facilitate.players_unaware")
            what = entry.text if entry.kind in ("roll", "word", "ruling") else entry.title or entry.text
            if entry.kind == "change" and entry.target:
                value = self.desk.names.value(entry.target, entry.after)
                what = f"{self.desk.names.full(entry.target)}: {value}"
            rows.append(
                Column(
                    Text(what, STRONG),
                    Text(entry.why, BODY, "soft") if entry.why else None,
                    Text(who, SMALL, "soft"),
                    gap=0,
                )
            )
        shown = Column(*rows, gap=SMALL_GAP) if rows else self.soft("facilitate.no_secrets")
        return self.section("facilitate.secret_log", shown)
