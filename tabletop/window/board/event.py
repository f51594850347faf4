"""Event: the card of the turn on paper: when, what, what came of it and why, where it is from, and what it asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tabletop.presentation.event_card import EventCard
from tabletop.presentation.timeline import TimelineEntry
from tabletop.scenario.pictures import view_of
from tabletop.window.board.wording import joined
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.controls import Button
from tabletop.window.drawing import card_svg
from tabletop.window.frames import Fitting, Frame, Panel, Scroll
from tabletop.window.layout import Column, Element, Row
from tabletop.window.palette import Colour
from tabletop.window.parts import Icon, Rule, Space, Text
from tabletop.window.pen import Pen
from tabletop.window.span_runs import runs_of
from tabletop.window.text import Run
from tabletop.window.theme import (
    BODY,
    CARD_TITLE,
    GAP,
    HEADING,
    LABEL,
    LEAD,
    MONO,
    SLOW,
    SMALL,
    SMALL_GAP,
    TIGHT,
    WIDE,
    Style,
)

#: The role of the colour of a kind of card.
KINDS = {"warning": "warn", "opportunity": "good", "turn": "bad"}
_PICTURE = 132.0
_ASK = Style("bold", 24, 1.3)


class Turned(Frame):
    """A card that is turned over as it comes."""

    def __init__(self, child: Element, key: str) -> None:
        super().__init__(child)
        self._key = key

    def draw(self, canvas: Canvas) -> None:
        come = canvas.motion.value(f"turned.{self._key}", 1.0, start=0.05, duration=SLOW)
        with canvas.sprite(self.box, across=come):
            super().draw(canvas)


def card_sheet(
    card: EventCard, why: str, explain: Callable[[], object], key: str, picture: str = "", scrolls: bool = True
) -> Element:
    """The card, in the fullest form that fits, with a button that says `why`; it turns over where `key` changes.

    `picture` is the SVG picture that its pack has for it. Where nothing fits, what is between its title and the button
    is scrolled, unless it `scrolls` is False: then it asks for more room.
    """
    button = Button("why.card", why, explain, icon="question", kind="quiet", style=LABEL)
    pictured = [
        _sheet(_content(card, button, body, fine, gap=gap, picture=picture))
        for body, fine, gap in ((LEAD, _CAME, GAP), (BODY, SMALL, TIGHT))
        if picture
    ]
    last = [_sheet(_content(card, button, LABEL_TEXT, _FINE, gap=TIGHT, scrolls=True))] if scrolls else []
    return Turned(
        Fitting(
            *pictured,
            _sheet(_content(card, button, LEAD, _CAME, gap=GAP)),
            _sheet(_content(card, button, BODY, SMALL)),
            _sheet(_content(card, button, BODY, SMALL, gap=TIGHT)),
            _sheet(_content(card, button, LABEL_TEXT, _FINE, gap=TIGHT)),
            *last,
        ),
        key,
    )


LABEL_TEXT = Style("text", 20, 1.3)
_FINE = Style("text", 17, 1.24)
_CAME = Style("text", 20, 1.3)


def _sheet(content: Element) -> Element:
    return Panel(content, "paper", pad=WIDE, pad_down=GAP, radius=12, has_shadow=True)


def _content(
    card: EventCard,
    button: Element,
    body: Style,
    fine: Style,
    *,
    gap: float = SMALL_GAP,
    picture: str = "",
    scrolls: bool = False,
) -> Element:
    middle = [
        Text(card.text, body),
        Rule(),
        *[came_line(entry, fine) for entry in card.came],
        *[Text([Run(f"{one.text}  ", "bold", "soft"), Run(one.why, "text", "soft")], fine) for one in card.due],
        Text(card.asked.prompt, _ASK, "accent") if card.asked is not None else None,
        Text(card.source_line, fine, "soft") if scrolls else None,
    ]
    return Column(
        _head(card),
        _CardPicture(picture) if picture else None,
        Text(card.title, CARD_TITLE),
        *([Scroll("event", Column(*middle, gap=gap), grow=1)] if scrolls else middle),
        Row(
            Space(grow=1) if scrolls else Text(card.source_line, SMALL if body is LEAD else fine, "soft", grow=1),
            button,
            gap=GAP,
            align="middle",
        ),
        gap=gap,
    )


def _head(card: EventCard) -> Element:
    role = KINDS.get(card.kind, "accent")
    record = card.record_text if card.certainty in ("disputed", "invented") else ""
    return Row(
        _Kind(card.kind, role),
        Text(card.kind_text.upper(), MONO, role, wraps=False),
        Text(joined([card.date, record]), MONO, "soft", across=1.0, grow=1),
        gap=TIGHT,
        align="middle",
    )


class _Kind(Icon):
    """The icon of a kind of card, in the colour that the pack gives it."""

    def __init__(self, kind: str, role: str) -> None:
        super().__init__(f"kind:{kind}", HEADING, role)
        self._kind = kind

    def colour(self, canvas: Canvas) -> Colour:
        return canvas.look.kind_colour(self._kind, canvas.ground) or super().colour(canvas)


class _CardPicture(Element):
    """The picture that the pack has for a card, across it; nothing where there is none."""

    def __init__(self, svg: str) -> None:
        self._svg = svg
        _, _, wide, high = view_of(svg) or (0.0, 0.0, 3.0, 1.0)
        self._shape = wide / high

    def height(self, pen: Pen, width: float) -> float:
        return min(_PICTURE, width / self._shape)

    def draw(self, canvas: Canvas) -> None:
        high = self.box.height
        wide = min(self.box.width, high * self._shape)
        place = Box(self.box.x + (self.box.width - wide) / 2, self.box.y, wide, high)
        canvas.drawing(card_svg(self._svg, canvas.theme.palette.map), place)


def came_line(entry: TimelineEntry, style: Style) -> Element:
    """One thing that came of a card, with its reason."""
    if entry.change is not None:
        why = [Run(f"  {entry.why}", "text", "soft")] if entry.why else []
        return Text([*runs_of(entry.change.line), *why], style)
    if entry.kind == "action":
        return Text([Run(f"{entry.who}: ", "bold"), Run(entry.title, "bold", "accent")], style)
    if entry.kind == "roll":
        return Text([Run("◆ ", "bold", "accent"), Run(entry.text, "text")], style)
    return Text([Run("— ", "text", "soft"), Run(entry.text, "text")], style)


def quiet_card(title: str, text: str, lines: Sequence[Element]) -> Element:
    """A sheet for a turn without a card."""
    return _sheet(Scroll("event", Column(Text(title, CARD_TITLE), Text(text, BODY), *lines, gap=SMALL_GAP)))
