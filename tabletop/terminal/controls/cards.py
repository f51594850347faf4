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
from tabletop.terminal.rows import folded, padded, text
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
        raise CommandError(f"No card has {_all_of(order.words)} in it. Try one word, such as a capital's name.")
    if len(found) == 1:
        console.show(_at_length(console.scene, found[0]))
        return
    rows = _list(console.scene, found)
    console.show([*rows, Text(), Text(" `cards ID` shows one, `inject ID` brings it in.", style="dim")])


def _all_of(words: str) -> str:
    return f"'{words}'" if " " not in words else f"all of '{words}'"


def _at_length(scene: Scene, card: Card) -> list[Text]:
    came_up = [
        str(scene.turns[entry.turn]) for entry in scene.view.log if entry.kind == "card" and entry.card == card.id
    ]
    rows = [*card_panel(scene, card, sources=True), *choices_rows(scene, card)]
    rows += folded(f"It came up in {came_up[-1]}.", scene.width, " ") if came_up else []
    return [*rows, Text(), text((f" `inject {card.id}` brings it in.", "dim"))]


def _list(scene: Scene, cards: Sequence[Card]) -> list[Text]:
    came_up = {entry.card for entry in scene.view.log if entry.kind == "card"}
    wide = min(34, max(len(card.id) for card in cards) + 2)
    rows = []
    for card in cards:
        once = "  came up" if card.id in came_up else ""
        rows.append(
            text(
                " ", (padded(Text(card.id), wide).plain, "cyan"), (card.title, "bold"), (f"  {card.date}{once}", "dim")
            )
        )
    return rows


def _inject(console: FacilitatorConsole, order: Order) -> None:
    if not order.words:
        raise CommandError(
            "Which card? By id, title or words: `inject WORDS`. `cards WORDS` searches, `write` makes one."
        )
    found = find_cards(console.session.scenario, order.words)
    if not found:
        raise CommandError(
            f"No card has {_all_of(order.words)} in it. `cards` lists them all, `write` makes a new one."
        )
    card = found[0]
    exact = is_named(card, order.words)
    if len(found) > 1:
        console.show(_list(console.scene, found[:_LISTED]))
        more = f" and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
        raise CommandError(f"Those{more} have {_all_of(order.words)} in them: `inject` one by its id.")
    if not exact and console.keys.interactive:
        console.screen.write([*card_panel(console.scene, card), *choices_rows(console.scene, card)])
        if not console.sure("Bring it in?"):
            raise CommandError(f"Not brought in. `inject {card.id}` does it.")
    before, waiting = console.view, waiting_cards(console.session)
    console.facilitator.inject(card.id, order.why, order.shown)
    brought_in(console, waiting, card.title)
    console.happened(before)
    console.say(next_words(console.session), "dim")


def brought_in(console: FacilitatorConsole, waiting: Sequence[str], title: str) -> None:
    """Says that a card has been brought in, where it has to wait for another one's answer."""
    if len(waiting_cards(console.session)) > len(waiting):
        console.say(f"\u201c{title}\u201d comes up once the card on the table is answered.")


def _fits(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    begun = typed.lower()
    for card in console.session.scenario.cards:
        if card.id.startswith(begun) or (len(begun) > 2 and begun in card.title.lower()):
            yield card.id, card.title


CONTROLS = (
    Control(
        word="cards",
        usage="[WORDS]",
        does="search the scenario's cards by words, or read one",
        run=_cards,
        group="Change",
        fits=_fits,
    ),
    Control(
        word="inject",
        usage="CARD [quietly] [because REASON]",
        does="bring in a card of the scenario now, by id, title or words",
        more=(
            "Players see the card, and that the facilitator brought it in. With `quietly` they see the card alone, as "
            "if it had been dealt. `inject dalian` is enough where no other card has the word. `undo` takes it back."
        ),
        run=_inject,
        group="Change",
        fits=_fits,
    ),
)
