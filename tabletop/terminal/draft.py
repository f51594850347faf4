"""A draft: a card that a facilitator is writing, kept until it is brought in or dropped."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import attrs
import yaml

from tabletop.scenario import Scenario
from tabletop.scenario.cards import Card
from tabletop.scenario.improvised_cards import card_from, improvised
from tabletop.scenario.problems import PackError


@attrs.define
class Draft:
    """What was written so far: as `data`, or as a `text` in YAML in which something is still wrong."""

    data: dict[str, Any] = attrs.field(factory=lambda: {"certainty": "invented"})
    text: str = ""
    shown: bool = True
    why: str = ""

    @property
    def is_begun(self) -> bool:
        """Whether anything was written."""
        return bool(self.text.strip() or set(self.data) - {"certainty"})

    @property
    def title(self) -> str:
        """What it is called; "" for one that has no title yet."""
        return str(self.data.get("title") or "")

    def as_yaml(self) -> str:
        """It as its author would write it in a file."""
        return self.text or yaml.safe_dump(self.data, sort_keys=False, allow_unicode=True, width=90)

    def take_yaml(self, scenario: Scenario, text: str) -> None:
        """Takes what was written in YAML. Raises PackError with every mistake; it is kept all the same."""
        self.text = text
        self.data = improvised(scenario, text)
        self.text = ""

    def faults(self, scenario: Scenario) -> list[str]:
        """What is wrong with it, in sentences."""
        return faults(scenario, self.data)

    def card(self, scenario: Scenario) -> Card:
        """The card. Raises PackError."""
        return card_from(improvised(scenario, self.data))


def faults(scenario: Scenario, card: Mapping[str, Any]) -> list[str]:
    """What is wrong with a card, in sentences without places: it was not typed line by line."""
    try:
        improvised(scenario, card)
    except PackError as error:
        found = [
            (one.message, f" (did you mean '{one.suggestion}'?)" if one.suggestion else "") for one in error.problems
        ]
        return [f"{words[:1].upper()}{words[1:]}{hint}." for words, hint in found]
    return []


def faults_of_effect(scenario: Scenario, effect: Mapping[str, Any]) -> list[str]:
    """What is wrong with an effect."""
    return faults(scenario, {"title": "A card", "text": "Its text.", "effects": [dict(effect)]})


def option_id(label: str, taken: set[str]) -> str:
    """An id for an answer, from its words."""
    words = re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")
    name = f"answer_{words}"[:40].rstrip("_")
    number = 2
    free = name
    while free in taken:
        free, number = f"{name}_{number}", number + 1
    return free
