"""Hand: what the seat may do, as cards, in dossiers by group: cost, what each is expected to move, and why not now."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs

from tabletop.engine.program import Action
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words
from tabletop.window.board.tracks import coins
from tabletop.window.board.wording import hints, joined, price, reasons, told_reasons
from tabletop.window.canvas import Canvas
from tabletop.window.controls import CardButton, Spot
from tabletop.window.frames import Fitting, Frame, Scroll, Sized
from tabletop.window.layout import Column, Element, Row
from tabletop.window.parts import Icon, KeyCap, Space, Text
from tabletop.window.text import Run
from tabletop.window.theme import GAP, SLOW, SMALL, SMALL_GAP, TIGHT, Style

CARD_WIDTH = 250.0
_NAME = Style("bold", 22, 1.18)
_OPTION = Style("bold", 26, 1.18)
_HINT = Style("text", 18, 1.26)
_TEXT = Style("text", 19, 1.28)


@attrs.frozen(kw_only=True)
class Held:
    """A card in the hand: the move, and why it cannot be made now."""

    action: Action
    why_not: str = ""


@attrs.frozen(kw_only=True)
class Page:
    """The cards that are shown at once: those of some groups."""

    groups: tuple[str, ...]
    cards: tuple[Held, ...]


def leaves(action: Action) -> bool:
    """Whether a move ends this part of the game, as walking out does."""
    return action.kind == "action" and any(effect.enter or effect.end for effect in action.effects)


def held(perspective: Perspective) -> list[Held]:
    """The moves of the seat in this phase, those open first within each group; for a card, its options."""
    view = perspective.view
    if view.card is not None:
        return [Held(action=action) for action in view.actions if action.kind != "pass"]
    if perspective.seat not in view.acting:
        return []
    open_now = {action.key: action for action in view.actions}
    chosen = {action.key for action in view.picked}
    found = [
        Held(action=open_now[one.key]) if one.key in open_now else Held(action=one, why_not=perspective.why_not(one))
        for one in perspective.moves_of_phase
        if one.key not in chosen
    ]
    groups = list(dict.fromkeys(one.action.group for one in found))
    return sorted(found, key=lambda one: (groups.index(one.action.group), bool(one.why_not)))


def is_walkout(perspective: Perspective, action: Action) -> bool:
    """Whether a move is the way out of a negotiation, which has a place of its own."""
    return leaves(action) and not perspective.stage.clock


def pages(cards: Sequence[Held], most: int) -> list[Page]:
    """The cards in pages of at most so many, with whole groups together as far as they fit."""
    groups: dict[str, list[Held]] = {}
    for card in cards:
        groups.setdefault(card.action.group, []).append(card)
    found: list[Page] = []
    for group, own in groups.items():
        if found and len(found[-1].cards) + len(own) <= most:
            last = found.pop()
            found.append(Page(groups=(*last.groups, group), cards=(*last.cards, *own)))
            continue
        for at in range(0, len(own), most):
            found.append(Page(groups=(group,), cards=tuple(own[at : at + most])))
    return found


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
    perspective: Perspective,
    words: Words,
    one: Held,
    number: int,
    grown: float,
    play: Callable[[], object],
    explain: Callable[[], object],
    *,
    wide: bool = False,
) -> Element:
    """A card of the hand. `number` is the key that plays it; `wide` for the options of an event."""
    action = one.action
    role = "soft" if one.why_not else "ink"
    cost = sum(action.cost.values())
    paid = (
        coins(f"cost.{action}", cost, cost, grown, "accent")
        if 0 < cost <= 4 and len(perspective.noun.resources) == 1
        else Text(price(perspective, action), SMALL, "accent", wraps=False)
        if cost
        else None
    )
    why = "\n".join(reasons(perspective, words, action))
    top = Row(
        Icon("lock", _NAME, "soft") if one.why_not else KeyCap(str(number)) if number <= 9 else None,
        Space(grow=1),
        paid,
        Spot(f"about.{number}", Icon("info", _NAME, "soft"), explain, tip=joined([action.text, why], "\n")),
        gap=TIGHT,
        align="middle",
    )
    name = Text(action.label, _OPTION if wide else _NAME, role)
    closed = Text(one.why_not, _HINT, "bad") if one.why_not else None
    fits = _bodies(perspective, words, action, name, closed, role, number)
    return CardButton(
        f"play.{number}",
        Column(top, Fitting(*fits, grow=1), gap=TIGHT),
        play,
        ground="raised" if one.why_not else "paper",
        pad=GAP if wide else SMALL_GAP,
        letter=str(number) if number <= 9 and not one.why_not else "",
        why_not=words("table.not_now", why=one.why_not.rstrip(".")) if one.why_not else "",
    )


def _bodies(
    perspective: Perspective,
    words: Words,
    action: Action,
    name: Element,
    closed: Element | None,
    role: str,
    number: int,
) -> list[Element]:
    """What stands on a card, from the fullest form to the shortest."""
    found = hints(perspective, words, action)
    short = [Text(hint.runs(), _HINT, role) for hint in found]
    if not short:
        short = [Text(words("table.nothing_at_once"), _HINT, "soft")]
    long = list(short)
    if found:
        long = [
            Text([*hint.runs(), Run(f"  {why}", "text", "soft")], _HINT, role)
            for hint, why in zip(found, told_reasons(perspective, words, action), strict=True)
        ]
    if perspective.is_final(action):
        stands = Text(words("table.final"), _HINT, "warn")
        short, long = [*short, stands], [*long, stands]
    text = Text(action.text, _TEXT, "soft") if action.text else None
    least = Column(name, *([closed] if closed else short), gap=TIGHT)
    return [
        Column(name, text, *long, closed, gap=TIGHT),
        Column(name, *long, closed, gap=TIGHT),
        Column(name, text, *short, closed, gap=TIGHT),
        Column(name, *short, closed, gap=TIGHT),
        Column(name, *short, closed, gap=2),
        Scroll(f"card.{number}", least),
    ]


def row_of_cards(cards: Sequence[Element], width: float, key: str) -> Element:
    """Cards side by side, dealt from the left."""
    dealt = [Sized(Dealt(one, f"{key}.{at}", at), width=width) for at, one in enumerate(cards)]
    return Row(*dealt, gap=GAP)


def fitting_cards(room: float, grown: float) -> int:
    """How many cards stand side by side in so much room."""
    return max(1, int((room + GAP) / (CARD_WIDTH * grown + GAP)))
