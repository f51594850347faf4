"""What the templates of a kit are given: the kit, its parts, the paper, and every label in the kit's language."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import attrs

from tabletop.presentation.paper.rule_sheet import rule_sheet
from tabletop.presentation.paper.values import Kit, PaperCard, PaperEffect, PaperMove, PaperTable
from tabletop.presentation.plain import to_plain
from tabletop.presentation.words import Words, catalogue
from tabletop.report.kit.geometry import PAPERS, CardGeometry

#: The parts of a kit, in the order in which they are printed.
PARTS = ("rules", "board", "cards", "sheets", "envelopes", "ballots", "book")

#: Sizes of type on a card in points, and whether an effect's reason is printed, from the best to what can just be read.
TYPE_SIZES = (
    *((size, True) for size in (9.4, 8.9, 8.4, 7.9, 7.4, 7.0, 6.6, 6.2)),
    *((size, False) for size in (6.6, 6.2, 5.9)),
)

_LABELS = "paper.label_"


@attrs.frozen(kw_only=True)
class KitOptions:
    """How a kit is printed: its parts, paper and colours, and whose cards lie where."""

    parts: tuple[str, ...] = PARTS
    paper: str = "a4"
    grey: bool = False


def document(
    kit: Kit,
    words: Words,
    options: KitOptions,
    geometry: CardGeometry,
    plans: Sequence[dict[str, Any]] = (),
    injects: Sequence[tuple[str, str, str]] = (),
) -> dict[str, Any]:
    """The data of the templates. `plans` and `injects` are for the facilitator's book."""
    plain = to_plain(kit)
    decks = {deck.id: number for number, deck in enumerate(kit.decks)}
    cards = [{**one, "deck_number": decks.get(one["deck"], 0)} for one in plain["cards"] if not one["is_used"]]
    printed = [card for card in cards if card["deck"]] + [card for card in cards if not card["deck"]]
    sheet = len(geometry.fronts)
    position = kit.position
    for table in plain["tables"]:
        table["signal_percent"] = words.number(round(100 * table["signal_error"], 1))
    return {
        "kit": plain,
        "title": words("paper.document_title", title=kit.title),
        "foot": words("paper.foot", title=kit.title, version=kit.version),
        "labels": _labels(words),
        "parts": list(options.parts),
        "paper": list(PAPERS[options.paper]),
        "grey": options.grey,
        "fonts": ["Noto Emoji", "Noto Sans Hebrew", "Noto Sans Arabic", "Noto Sans Devanagari", "Noto Sans Thai"],
        "geometry": {**to_plain(geometry), "sizes": TYPE_SIZES},
        "moves": _moves(kit),
        "cards": plain["cards"],
        "card_pages": [printed[at : at + sheet] for at in range(0, len(printed), sheet)],
        "signals": signal_cards(kit),
        "rule_sheet": to_plain(list(rule_sheet(kit, words))),
        "plans": list(plans),
        "injects": [list(row) for row in injects],
        "present_stage": position.stage if position is not None else "",
        "present_turn": position.stage_turn if position is not None else 0,
    }


def _labels(words: Words) -> dict[str, str]:
    """The entries that need no places filled, in the language, or in English where it lacks them."""
    keys = [key for key in catalogue("en") if key.startswith(_LABELS)]
    return {key.removeprefix(_LABELS): words(key) for key in keys}


def signal_cards(kit: Kit) -> list[dict[str, Any]]:
    """The signal cards of every truth and value: each answers for every table that hangs on the truth.

    How often a table's outcome stands on the cards of a value is in proportion to its weight; which card has which is
    shuffled table by table, always the same for the same pack.
    """
    found = []
    for truth in kit.truths:
        tables = [table for table in kit.tables if table.truth == truth.id]
        for value in range(len(truth.values)):
            columns = [(table.title, _shuffled(kit, table, value)) for table in tables]
            count = max((len(column) for _, column in columns), default=0)
            for at in range(count):
                lines = [(title, column[at]) for title, column in columns if at < len(column)]
                found.append({"truth": truth.id, "value": value, "number": at + 1, "lines": lines})
    return found


def _shuffled(kit: Kit, table: PaperTable, value: int) -> list[int]:
    """The rows of a table, counted from 1, on the cards of a value."""
    column = [row for row, count in enumerate(table.signals[value], start=1) for _ in range(count)]
    random.Random(f"{kit.id} {table.id} {value}").shuffle(column)
    return column


def _moves(kit: Kit) -> list[dict[str, Any]]:
    """The moves of the sheets: those that differ by a parameter stand in one row, with what all of them bring, and
    below for each what only it brings."""
    grouped: dict[str, list[PaperMove]] = {}
    for move in kit.moves:
        grouped.setdefault(move.id, []).append(move)
    found = []
    for moves in grouped.values():
        first = moves[0]
        shared = [effect for effect in first.effects if all(_says(effect, one) for one in moves)]
        needs = {one.requires.words for one in moves}
        variants = [
            {
                "label": one.label,
                "needs": one.requires.words if len(needs) > 1 else "",
                "effects": to_plain([effect for effect in one.effects if not any(_alike(effect, e) for e in shared)]),
            }
            for one in moves
        ]
        row = to_plain(first)
        row |= {"effects": to_plain(shared), "variants": variants if len(moves) > 1 else []}
        if len(needs) > 1:
            row["requires"]["words"] = ""
        found.append(row)
    return found


def _says(effect: PaperEffect, move: PaperMove) -> bool:
    return any(_alike(effect, one) for one in move.effects)


def _alike(left: PaperEffect, right: PaperEffect) -> bool:
    return attrs.evolve(left, number=0) == attrs.evolve(right, number=0)


def texts_of(card: PaperCard) -> str:
    """All that is printed on a card, to look for characters that no font has."""
    parts = [card.title, card.text, card.date, card.deck_name, *card.sources]
    for effect in (*card.effects, *(e for q in card.choices for o in q.options for e in o.effects)):
        parts += [effect.words, effect.why, effect.when.words]
    for choice in card.choices:
        parts += [choice.who, choice.prompt, *(text for o in choice.options for text in (o.label, o.text))]
    return " ".join(parts)
