"""A screen with one of everything that screens are made of."""

from __future__ import annotations

from tabletop.window.controls import Button, CardButton, Link
from tabletop.window.fields import Choice, Slider, Stepper, Tabs, Toggle
from tabletop.window.frames import Fitting, Pad, Panel, Scroll
from tabletop.window.layout import Column, Element, Flow, Grid, Row
from tabletop.window.parts import Icon, KeyCap, Rule, SeatBadge, Space, Stamp, Text
from tabletop.window.screen import Screen
from tabletop.window.text_field import TextField
from tabletop.window.theme import CARD_TITLE, GAP, HEADING, MONO, SMALL, SMALL_GAP, WIDE

SEATS = ("washington", "seoul", "tokyo", "beijing", "pyongyang", "moscow")
LONG = (
    "Archivists wheel in the records: the agreements of 1994, 2005 and 2012, with what each side says went wrong. "
    "The programme is older than its present leader, and so are the excuses. Nobody in the room was in office then; "
    "everybody has an opinion. The interpreters ask for the texts in Korean. There are three, and they differ in a "
    "verb, which may have been the whole of the matter from the start."
)


class Gallery(Screen):
    """One of everything."""

    def build(self) -> Element:
        columns = [self._fields(), self._seats(), self._cards()]
        wide = Row(*(self._column(one) for one in columns), gap=WIDE, grow=1)
        narrow = Scroll("all", Column(*columns, gap=WIDE))
        return Pad(Fitting(wide, narrow, grow=1), WIDE)

    def _column(self, inner: Element) -> Element:
        inner.grow = 1
        panel = Panel(Scroll(f"column{id(inner)}", inner), pad=WIDE, grow=1)
        return panel

    def _fields(self) -> Element:
        def nothing(value: object) -> None:
            pass

        return Column(
            Text("Fields", HEADING),
            Toggle("toggle", "Things move", True, nothing, letter="m"),
            Toggle("off", "Sounds", False, nothing),
            Slider("slider", "Volume", 30, (0, 100), nothing, shown=lambda value: f"{value}%"),
            Choice("theme", [("dark", "Dark", "moon"), ("light", "Light", "sun")], "dark", nothing),
            Tabs("tabs", [("one", "Board", "map-trifold"), ("two", "Log", "scroll")], "one", nothing),
            Stepper("stepper", "Text size", "125%", nothing),
            TextField("name", "문재인 Moon", nothing),
            TextField("empty", "", nothing, hint="Seed"),
            Rule(),
            Flow(
                Button("main", "Play", icon="play", letter="p", kind="main"),
                Button("plain", "Undo", icon="arrow-counter-clockwise", letter="u"),
                Button("quiet", "Why?", icon="question", letter="y", kind="quiet"),
                Button("no", "Attend", letter="a", why_not="There is no date to attend."),
                gap=SMALL_GAP,
            ),
            Row(Link("link", "What is a track?", lambda: None), Space(grow=1), KeyCap("Esc")),
            gap=GAP,
        )

    def _seats(self) -> Element:
        return Column(
            Text("Who sits here", HEADING),
            Row(*(SeatBadge(seat, at) for at, seat in enumerate(SEATS)), gap=SMALL_GAP),
            gap=GAP,
        )

    def _cards(self) -> Element:
        card = Column(
            Text("CABLE · 8 MARCH 2018 · SEOUL", MONO, "bad"),
            Text("Forty Years of Files", CARD_TITLE),
            Text(LONG),
            Row(
                Text("New York Times, 9 March 2018", SMALL, "soft", grow=1),
                Icon("newspaper", SMALL, "soft"),
                align="middle",
            ),
            Stamp("Eyes only"),
            gap=SMALL_GAP,
        )
        small = [
            CardButton(
                f"card{at}",
                Column(
                    Text(name, HEADING),
                    Text("Three steps, and none is short."),
                    Row(Text("Alliance", SMALL), Text("▲ +3", SMALL, "good"), gap=SMALL_GAP),
                ),
                is_chosen=at == 1,
                letter=str(at + 1),
            )
            for at, name in enumerate(("Consult Tokyo", "Gauge intentions"))
        ]
        return Column(Text("Cards", HEADING), Panel(card, "paper", pad=WIDE), Grid(*small, cell=340), gap=WIDE)
