"""Event cards that a facilitator writes during a game, validated like the cards of a pack."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from typing import Any

import attrs
import yaml

from tabletop.scenario.cards import Card
from tabletop.scenario.pack import Scenario
from tabletop.scenario.pack_checks import check_written_cards
from tabletop.scenario.pack_files import read_text
from tabletop.scenario.problems import Mark, PackError, Path, Problem, errors_of
from tabletop.scenario.structuring import from_plain, structure_as

#: The file name in messages about a card that is not from a file.
ON_THE_SPOT = "your card"


def improvised(scenario: Scenario, card: str | Mapping[str, Any], file: str = ON_THE_SPOT) -> dict[str, Any]:
    """Validates a card given as YAML or plain data; returns plain data for `card_from`. A missing id is made of the
    title.

    Raises PackError with every mistake.
    """
    text = card if isinstance(card, str) else as_yaml(card)
    document = read_text(text, file)
    if "id" not in document.data:
        document.data["id"] = _free_id(scenario, str(document.data.get("title")))
    noun, problems, _ = structure_as(document, Card)
    known = {problem.mark for problem in errors_of(document.problems)}
    problems = errors_of(document.problems) + [problem for problem in problems if problem.mark not in known]
    if noun is not None and not problems:
        problems = check_cards(scenario, (noun,), {("cards", 0, *path): mark for path, mark in document.marks.items()})
    if problems:
        raise PackError(problems)
    return document.data


class _Dumper(yaml.SafeDumper):
    """Repeats shared values instead of writing YAML aliases, which the reader refuses."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def as_yaml(data: Mapping[str, Any]) -> str:
    """Plain data as YAML, as a person would write it."""
    return yaml.dump(dict(data), Dumper=_Dumper, sort_keys=False, allow_unicode=True)


def check_cards(scenario: Scenario, cards: tuple[Card, ...], marks: Mapping[Path, Mark]) -> list[Problem]:
    """Problems of cards in addition to those of a scenario. Paths of `marks` begin with "cards" and count the new ones
    from 0."""
    first = len(scenario.cards)
    moved = {(path[0], first + int(path[1]), *path[2:]): mark for path, mark in marks.items() if len(path) > 1}
    whole = attrs.evolve(scenario, cards=(*scenario.cards, *cards))
    found = check_written_cards(whole, moved, len(cards))
    # A card that a facilitator brings in need not be dealt by anything.
    problems = [problem for problem in found if problem.mark is not None and problem.severity == "error"]
    for place, card in enumerate(cards):
        if card.deck is not None:
            fault = "a card that is brought in by hand belongs to no deck: take 'deck' out"
            problems.append(Problem(fault, marks.get(("cards", place, "deck"))))
    return problems


def _free_id(scenario: Scenario, title: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_") or "card"
    name = f"improvised_{words}"[:40].rstrip("_")
    taken = {card.id for card in scenario.cards}
    number = 2
    free = name
    while free in taken:
        free, number = f"{name}_{number}", number + 1
    return free


def card_from(data: Mapping[str, Any]) -> Card:
    """A card from validated plain data. Raises ValueError for anything else."""
    return _card(json.dumps(data, sort_keys=True))


@functools.lru_cache(maxsize=256)
def _card(key: str) -> Card:
    return from_plain(json.loads(key), Card)
