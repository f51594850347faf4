"""Hand: what the seat may do, as cards, in dossiers by group: cost, what each is expected to move, and why not now."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs

from tabletop.presentation.dealt import Counsel
from tabletop.presentation.moves import Move
from tabletop.presentation.negotiation import ways_out
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words
from tabletop.window.board.tracks import coins
from tabletop.window.board.wording import joined
from tabletop.window.canvas import Canvas
from tabletop.window.controls import CardButton, Spot
from tabletop.window.frames import Fitting, Frame, Scroll, Sized
from tabletop.window.layout import Column, Element, Row
from tabletop.window.parts import Icon, KeyCap, Space, Text
from tabletop.window.span_runs import runs_of
from tabletop.window.text import Run
from tabletop.window.theme import GAP, SLOW, SMALL, SMALL_GAP, TIGHT, Style

CARD_WIDTH = 250.0
_NAME = Style("bold", 22, 1.18)
_OPTION = Style("bold", 26, 1.18)
_HINT = Style("text", 18, 1.26)
_TEXT = Style("text", 19, 1.28)
_SAID = Style("text", 18, 1.26)


@attrs.frozen(kw_only=True)
class Page:
    """The cards that are shown at once: those of some groups, or those that are dealt."""

    groups: tuple[str, ...]
    cards: tuple[Move, ...]
    is_dealt: bool = False


def is_walkout(perspective: Perspective, move: Move) -> bool:
    """Whether a move is the way out of a negotiation, which has a place of its own."""
    return move.id in ways_out(perspective)


def pages(cards: Sequence[Move], most: int) -> list[Page]:
    """The cards in pages of at most so many, with whole groups together as far as they fit."""
    groups: dict[str, list[Move]] = {}
    for card in cards:
        groups.setdefault(card.group, []).append(card)
    found: list[Page] = []
    for group, own in groups.items():
        if found and len(found[-1].cards) + len(own) <= most:
            last = found.pop()
            found.append(Page(groups=(*last.groups, group), cards=(*last.cards, *own)))
            continue
        for at in range(0, len(own), most):
            found.append(Page(groups=(group,), cards=tuple(own[at : at + most])))
    return found


def dealt_pages(cards: Sequence[Move], most: int) -> list[Page]:
    """The cards that are dealt, in pages of at most so many."""
    return [
        Page(groups=(), cards=tuple(cards[at : at + most]), is_dealt=True) for at in range(0, len(cards), max(1, most))
    ]


class Dealt(Frame):
    """A card that slides up from the edge of the table, a little after the one before it."""

    def __init__(self, child: Element, key: str, at: int) -> None:
        super().__init__(child)
        self._key, self._place = key, at

    def draw(self, canvas: Canvas) -> None:
        come = canvas.motion.value(f"dealt.{self._key}", 1.0, start=0.0, duration=SLOW, delay=0.03 * self._place)
        with canvas.shifted(0, (1 - come) * (self.box.height + 40)):
            super().draw(canvas)


def card(
    words: Words,
    move: Move,
    number: int,
    grown: float,
    play: Callable[[], object],
    explain: Callable[[], object],
    *,
    coins_tell: bool,
    wide: bool = False,
) -> Element:
    """A card of the hand. `number` is the key that plays it, 10 for the 0; `wide` for the options of an event.
    `coins_tell` where there is but one resource, so that coins say what it costs."""
    role, key = "ink" if move.is_open else "soft", str(number % 10) if number <= 10 else ""
    cost = sum(move.cost.values())
    paid = (
        coins(f"cost.{move.key}", cost, cost, grown, "accent")
        if 0 < cost <= 4 and coins_tell
        else Text(move.price, SMALL, "accent", wraps=False)
        if cost
        else None
    )
    why = "\n".join(f"{hint.text}: {hint.reason}" for hint in move.hints if hint.reason)
    top = Row(
        KeyCap(key) if move.is_open and key else None if move.is_open else Icon("lock", _NAME, "soft"),
        Space(grow=1),
        paid,
        Spot(f"about.{number}", Icon("info", _NAME, "soft"), explain, tip=joined([move.text, why], "\n")),
        gap=TIGHT,
        align="middle",
    )
    name = Text(move.label, _OPTION if wide else _NAME, role)
    return CardButton(
        f"play.{number}",
        Column(top, Fitting(*_bodies(words, move, name, role, number), grow=1), gap=TIGHT),
        play,
        ground="paper" if move.is_open else "raised",
        pad=GAP if wide else SMALL_GAP,
        letter=key,
        why_not=not_now(words, move),
        is_grave=move.is_final or bool(move.asks),
    )


def not_now(words: Words, move: Move) -> str:
    """That a move cannot be made now, and why; "" where it can."""
    return "" if move.is_open else words("moves.not_now", why=move.refusal)


def _bodies(words: Words, move: Move, name: Element, role: str, number: int) -> list[Element]:
    """What stands on a card, from the fullest form to the shortest."""
    closed = None if move.is_open else Text(f"{move.refusal}.", _HINT, "bad")
    short: list[Element] = [Text(runs_of(hint.line), _HINT, role) for hint in move.hints]
    long: list[Element] = [
        Text([*runs_of(hint.line), Run(f"  {hint.reason}", "text", "soft")], _HINT, role) for hint in move.hints
    ]
    if not short:
        short = long = [Text(words("moves.nothing_at_once"), _HINT, "soft")]
    if move.is_final:
        stands = Text(words("moves.final"), _HINT, "warn")
        short, long = [*short, stands], [*long, stands]
    text = Text(move.text, _TEXT, "soft") if move.text else None
    if move.counsel and move.is_open:
        said = [_counsel(words, one) for one in move.counsel]
        return [
            Column(name, *said, text, *long, gap=TIGHT),
            Column(name, *said, *long, gap=TIGHT),
            Column(name, *said, *short, gap=TIGHT),
            Column(name, said[0], *short, gap=TIGHT),
            Column(name, said[0], *short, gap=2),
            Scroll(f"card.{number}", Column(name, *said, *short, gap=TIGHT)),
        ]
    least = Column(name, *([closed] if closed else short), gap=TIGHT)
    return [
        Column(name, text, *long, closed, gap=TIGHT),
        Column(name, *long, closed, gap=TIGHT),
        Column(name, text, *short, closed, gap=TIGHT),
        Column(name, *short, closed, gap=TIGHT),
        Column(name, *short, closed, gap=2),
        Scroll(f"card.{number}", least),
    ]


def _counsel(words: Words, one: Counsel) -> Element:
    """What an adviser says of the card, for it or against it."""
    who = words("moves.urges" if one.is_for else "moves.warns", office=one.brief)
    return Text([Run(f"{who}  ", "bold", "accent" if one.is_for else "warn"), Run(f"“{one.text}”", "text")], _SAID)


def row_of_cards(cards: Sequence[Element], width: float, key: str) -> Element:
    """Cards side by side, dealt from the left."""
    dealt = [Sized(Dealt(one, f"{key}.{at}", at), width=width) for at, one in enumerate(cards)]
    return Row(*dealt, gap=GAP)


def fitting_cards(room: float, grown: float) -> int:
    """How many cards stand side by side in so much room."""
    return max(1, int((room + GAP) / (CARD_WIDTH * grown + GAP)))
