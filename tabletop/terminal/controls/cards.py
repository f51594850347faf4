"""Cards: finding one of the scenario's by words, and bringing it in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from tabletop.scenario.cards import Card
from tabletop.session.card_search import find_cards, is_named
from tabletop.session.facilitator_view import waiting_cards
from tabletop.terminal.cards import card_panel
from tabletop.terminal.command_lines import CommandError, Order
from tabletop.terminal.console import FacilitatorConsole
from tabletop.terminal.controls.control import Control
from tabletop.terminal.keyboard import Fit
from tabletop.terminal.rows import folded, hinted, padded, text
from tabletop.terminal.scene import Scene
from tabletop.terminal.status import next_words

_LISTED = 14


def choices_rows(scene: Scene, card: Card) -> list[Text]:
    """The questions that a card puts, with their answers."""
    rows: list[Text] = []
    for choice in card.choices:
        answers = " / ".join(option.label for option in choice.options)
        lead = text((f" {scene.names.seat(choice.seat)}: ", "bold"), f"{choice.prompt} ")
        rows += folded(answers, scene.width, lead, hang=3)
    return rows


def _cards(console: FacilitatorConsole, order: Order) -> None:
    found = find_cards(console.session.scenario, order.words)
    if not found:
        raise CommandError("console.no_card_has", what=_all_of(order.words))
    if len(found) == 1:
        console.show(_at_length(console.scene, found[0]))
        return
    rows = _list(console.scene, found)
    console.show([*rows, Text(), *hinted(console.words("console.cards_hint"), console.screen.width)])


def _all_of(words: str) -> CommandError:
    """What was searched for, to be worded with the error that it stands in."""
    return CommandError("console.all_of" if " " in words else "console.one_of", words=words)


def _at_length(scene: Scene, card: Card) -> list[Text]:
    came_up = [
        str(scene.turns[entry.turn]) for entry in scene.view.log if entry.kind == "card" and entry.card == card.id
    ]
    rows = [*card_panel(scene, card, sources=True), *choices_rows(scene, card)]
    rows += folded(scene.words("console.came_up_in", when=came_up[-1]), scene.width, " ") if came_up else []
    return [*rows, Text(), text((f" {scene.words('console.inject_brings', id=card.id)}", "dim"))]


def _list(scene: Scene, cards: Sequence[Card]) -> list[Text]:
    came_up = {entry.card for entry in scene.view.log if entry.kind == "card"}
    wide = min(34, max(len(card.id) for card in cards) + 2)
    rows = []
    for card in cards:
        once = f"  {scene.words('console.came_up')}" if card.id in came_up else ""
        rows.append(
            text(
                " ", (padded(Text(card.id), wide).plain, "cyan"), (card.title, "bold"), (f"  {card.date}{once}", "dim")
            )
        )
    return rows


def _inject(console: FacilitatorConsole, order: Order) -> None:
    if not order.words:
        raise CommandError("console.which_card")
    found = find_cards(console.session.scenario, order.words)
    if not found:
        raise CommandError("console.no_card_lists", what=_all_of(order.words))
    card = found[0]
    exact = is_named(card, order.words)
    if len(found) > 1:
        console.show(_list(console.scene, found[:_LISTED]))
        more = len(found) - _LISTED
        if more > 0:
            raise CommandError("console.those_more_have", more=more, what=_all_of(order.words))
        raise CommandError("console.those_have", what=_all_of(order.words))
    if not exact and console.keys.interactive:
        console.screen.write([*card_panel(console.scene, card), *choices_rows(console.scene, card)])
        if not console.sure(console.words("console.bring_in")):
            raise CommandError("console.not_brought", id=card.id)
    before, waiting = console.view, waiting_cards(console.session)
    console.facilitator.inject(card.id, order.why, order.shown)
    brought_in(console, waiting, card.title)
    console.happened(before)
    console.say(next_words(console.session, console.words), "dim")


def brought_in(console: FacilitatorConsole, waiting: Sequence[str], title: str) -> None:
    """Says that a card has been brought in, where it has to wait for another one's answer."""
    if len(waiting_cards(console.session)) > len(waiting):
        console.tell("console.comes_once", title=title)


def _fits(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    begun = typed.lower()
    for card in console.session.scenario.cards:
        if card.id.startswith(begun) or (len(begun) > 2 and begun in card.title.lower()):
            yield card.id, card.title


CONTROLS = (
    Control(
        word="cards",
        usage="[WORDS]",
        run=_cards,
        group="change",
        fits=_fits,
    ),
    Control(
        word="inject",
        usage="CARD [quietly] [because REASON]",
        has_more=True,
        run=_inject,
        group="change",
        fits=_fits,
    ),
)
