"""Cards: finding one of the scenario's, looking at it, and bringing it in; or writing one on the spot."""

from __future__ import annotations

import functools

from tabletop.presentation.effect_words import effect_in_short
from tabletop.scenario.cards import Card
from tabletop.scenario.effects import Effect
from tabletop.window.controls import Button
from tabletop.window.drawer.desk import Desk, Page
from tabletop.window.drawer.picking import MOST, matching
from tabletop.window.drawer.writing import Writing
from tabletop.window.fields import Tabs
from tabletop.window.frames import Panel
from tabletop.window.layout import Column, Element, Flow
from tabletop.window.parts import Rule, Text
from tabletop.window.text import Run
from tabletop.window.text_field import TextField
from tabletop.window.theme import BODY, CARD, CARD_TITLE, GAP, HAIR, LABEL, MONO, SMALL, SMALL_GAP, STRONG, TIGHT, WIDE


class Cards(Page):
    name, icon = "cards", "cards"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.mode = "find"
        self.writing = Writing(desk)
        self._typed = ""
        self._chosen = next((card.id for card in desk.session.scenario.cards), "")

    def build(self) -> Element:
        pages = [
            ("find", self.said("facilitate.from_scenario"), "magnifying-glass"),
            ("write", self.said("facilitate.write_one"), "note-pencil"),
        ]
        tabs = Tabs("cards.mode", pages, self.mode, self._turn)
        page = self.writing.build() if self.mode == "write" else self._find_page()
        return Column(tabs, page, gap=GAP)

    def _turn(self, mode: str) -> None:
        self.mode = mode

    # The scenario's own

    def _find_page(self) -> Element:
        choices = [(card.id, card.title, self._note(card)) for card in self.session.scenario.cards]
        found = matching(choices, self._typed)
        rows = [
            Button(
                f"card.{id}",
                title,
                functools.partial(self._choose, id),
                is_wide=True,
                note=note,
                kind="main" if id == self._chosen else "plain",
            )
            for id, title, note in found[:MOST]
        ]
        more = len(found) - len(rows)
        listed = Column(
            TextField("cards.find", self._typed, self._find, hint=self.said("facilitate.find")),
            *rows,
            self.soft("facilitate.more", count=more) if more > 0 else None,
            None if found else self.soft("facilitate.none_found"),
            gap=TIGHT,
        )
        return self.beside(listed, self._preview())

    def _note(self, card: Card) -> str:
        decks = {deck.id: deck.name for deck in self.session.scenario.decks}
        dealt = any(entry.kind == "card" and entry.card == card.id for entry in self.desk.perspective.view.log)
        parts = [decks.get(card.deck or "", ""), self.said("facilitate.came_up") if dealt else ""]
        return " · ".join(part for part in parts if part)

    def _find(self, typed: str) -> None:
        self._typed = typed
        found = matching([(card.id, card.title, self._note(card)) for card in self.session.scenario.cards], typed)
        if found and self._chosen not in {id for id, _, _ in found}:
            self._chosen = found[0][0]

    def _choose(self, id: str) -> None:
        self._chosen = id

    def _preview(self) -> Element:
        card = self.desk.names.cards.get(self._chosen)
        if card is None:
            return self.soft("facilitate.none_found")
        bring = Button(
            "card.bring", self.said("facilitate.bring_in"), self._bring, icon="stamp", letter="b", kind="main"
        )
        paper = Panel(card_face(self.desk, card), "paper", pad=WIDE, radius=CARD / 2, has_shadow=True)
        return Column(Flow(bring), paper, gap=GAP)

    def _bring(self) -> None:
        desk, id = self.desk, self._chosen
        told = self.said("facilitate.did_bring", title=desk.names.cards[id].title)
        desk.do(told, lambda: desk.facilitator.inject(id, desk.why, desk.shown))


def card_face(desk: Desk, card: Card) -> Element:
    """A card with everything on it: what it does by itself, and what its choices do."""
    head = " · ".join(part for part in (card.kind.replace("_", " "), card.date) if part)
    parts: list[Element] = [
        Text(head.upper(), MONO, "bad"),
        Text(card.title, CARD_TITLE),
        Text(" ".join(card.text.split()), BODY),
        *(effect_line(desk, effect) for effect in card.effects),
    ]
    for choice in card.choices:
        parts += [Rule(), Text(f"{desk.names.seat(choice.seat)}: {choice.prompt}", STRONG)]
        for option in choice.options:
            effects = [effect_line(desk, effect, style_small=True) for effect in option.effects]
            parts.append(Column(Text(option.label, LABEL), *effects, gap=HAIR))
    return Column(*parts, gap=SMALL_GAP)


def effect_line(desk: Desk, effect: Effect, *, style_small: bool = False) -> Element:
    """What an effect does, and the reason that players will read."""
    runs = [Run(f"{effect_in_short(desk.names, desk.words, effect)}   ", "bold")]
    if effect.why:
        runs.append(Run(effect.why, "text", "soft"))
    return Text(runs, SMALL if style_small else BODY)
