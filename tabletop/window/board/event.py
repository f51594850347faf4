"""Event: the card of the turn on paper: when, what, what came of it and why, where it is from, and what it asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tabletop.engine.log import Entry
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words
from tabletop.scenario.cards import Card
from tabletop.scenario.pictures import view_of
from tabletop.window.board.wording import change_words, joined
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.controls import Button
from tabletop.window.drawing import card_svg
from tabletop.window.frames import Fitting, Frame, Panel, Scroll
from tabletop.window.layout import Column, Element, Row
from tabletop.window.palette import Colour
from tabletop.window.parts import Icon, Rule, Text
from tabletop.window.pen import Pen
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


def came_of(perspective: Perspective, card: Card) -> list[Entry]:
    """What came of a card since it came up last, as far as the seat has learned of it."""
    log = perspective.view.log
    came_up = [at for at, entry in enumerate(log) if entry.kind == "card" and entry.card == card.id]
    if not came_up:
        return []
    kinds = ("change", "roll", "word", "action")
    return [entry for entry in log[came_up[-1] + 1 :] if entry.card == card.id and entry.kind in kinds]


def event_card(
    perspective: Perspective,
    words: Words,
    card: Card,
    explain: Callable[[], object],
    *,
    is_asking: bool,
    picture: str = "",
) -> Element:
    """The card, in the fullest form that fits. `picture` is the SVG picture that its pack has for it."""
    pictured = [
        _sheet(_content(perspective, words, card, explain, body, fine, is_asking, gap=gap, picture=picture))
        for body, fine, gap in ((LEAD, _CAME, GAP), (BODY, SMALL, TIGHT))
        if picture
    ]
    return Turned(
        Fitting(
            *pictured,
            _sheet(_content(perspective, words, card, explain, LEAD, _CAME, is_asking, gap=GAP)),
            _sheet(_content(perspective, words, card, explain, BODY, SMALL, is_asking)),
            _sheet(_content(perspective, words, card, explain, BODY, SMALL, is_asking, gap=TIGHT)),
            _sheet(_content(perspective, words, card, explain, LABEL_TEXT, _FINE, is_asking, gap=TIGHT)),
            _sheet(
                Scroll("event", _content(perspective, words, card, explain, LABEL_TEXT, _FINE, is_asking, gap=TIGHT))
            ),
        ),
        f"{card.id}.{perspective.view.turn}",
    )


LABEL_TEXT = Style("text", 20, 1.3)
_FINE = Style("text", 17, 1.24)
_CAME = Style("text", 20, 1.3)


def _sheet(content: Element) -> Element:
    return Panel(content, "paper", pad=WIDE, pad_down=GAP, radius=12, has_shadow=True)


def _content(
    perspective: Perspective,
    words: Words,
    card: Card,
    explain: Callable[[], object],
    body: Style,
    fine: Style,
    is_asking: bool,
    gap: float = SMALL_GAP,
    picture: str = "",
) -> Element:
    came = came_of(perspective, card)
    question = perspective.question if is_asking else None
    return Column(
        _head(words, card),
        _CardPicture(picture) if picture else None,
        Text(card.title, CARD_TITLE),
        Text(card.text, body),
        Rule(),
        *[line for line in (came_line(perspective, entry, fine) for entry in came) if line is not None],
        Text(question.prompt, _ASK, "accent") if question is not None else None,
        Row(
            Text(source_words(perspective, card), SMALL if body is LEAD else fine, "soft", grow=1),
            Button("why.card", words("table.why"), explain, icon="question", kind="quiet", style=LABEL),
            gap=GAP,
            align="middle",
        ),
        gap=gap,
    )


def _head(words: Words, card: Card) -> Element:
    role = KINDS.get(card.kind, "accent")
    kind = words(f"table.kind_{card.kind}" if card.kind in KINDS else "table.kind_event")
    record = words(f"table.record_{card.certainty}") if card.certainty in ("disputed", "invented") else ""
    return Row(
        _Kind(card.kind, role),
        Text(kind.upper(), MONO, role, wraps=False),
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


def came_line(perspective: Perspective, entry: Entry, style: Style) -> Element | None:
    """One thing that came of a card, with its reason."""
    if entry.kind == "change":
        if entry.before == entry.after:
            return None
        why = [Run(f"  {entry.why}", "text", "soft")] if entry.why else []
        return Text([*change_words(perspective, entry), *why], style)
    if entry.kind == "action":
        who = perspective.names.seat(entry.seat)
        return Text([Run(f"{who}: ", "bold"), Run(entry.title, "bold", "accent")], style)
    if entry.kind == "roll":
        return Text([Run("◆ ", "bold", "accent"), Run(entry.text, "text")], style)
    return Text([Run("— ", "text", "soft"), Run(entry.text, "text")], style)


def source_words(perspective: Perspective, card: Card) -> str:
    """The claims of a card and the first of its sources, short; asking why gives the rest."""
    sources = {source.id: source for source in perspective.scenario.sources}
    named = [joined([sources[id].author, sources[id].title], ", ") for id in card.sources if id in sources]
    more = f" +{len(named) - 1}" if len(named) > 1 else ""
    return joined([" ".join(card.claims), named[0] + more if named else ""])


def quiet_card(title: str, text: str, lines: Sequence[Element]) -> Element:
    """A sheet for a turn without a card."""
    return _sheet(Scroll("event", Column(Text(title, CARD_TITLE), Text(text, BODY), *lines, gap=SMALL_GAP)))
