"""Cards that are written in play are checked as those of a pack are, without checking the pack again."""

from __future__ import annotations

from collections.abc import Callable

import attrs
import pytest

import tabletop
from tabletop.scenario.cards import Card
from tabletop.scenario.improvised_cards import ON_THE_SPOT, check_cards
from tabletop.scenario.pack_checks import check_scenario
from tabletop.scenario.pack_files import read_text
from tabletop.scenario.problems import errors_of
from tabletop.scenario.structuring import structure_as

Town = Callable[..., tabletop.Scenario]

CHOICE = "choices: [{seat: %s, prompt: Now?, when: %s, options: [{id: %s, label: So, effects: [%s]}]}]"
CALMER = "{change: calm, by: 1, why: So.}"
WRITTEN = {
    "sound": f"effects: [{CALMER}, {{tell: [all], text: So.}}]",
    "with a choice": CHOICE % ("mayor", "calm > 3", "so", CALMER),
    "asks nobody": CHOICE % ("nobody", "calm > 3", "so", CALMER),
    "asks by a secret of others": CHOICE % ("mayor", "mood == sunny", "so", CALMER),
    "an option that passes": CHOICE % ("mayor", "calm > 3", "pass", CALMER),
    "no such value": "effects: [{change: clam, by: 1, why: So.}]",
    "no such card": "effects: [{deal: flod}]",
    "no reason": "effects: [{change: calm, by: 1}]",
    "two verbs": "effects: [{change: calm, by: 1, deal: flood, why: So.}]",
    "too late": "effects: [{change: calm, by: 1, after: 99, why: So.}]",
    "no such source": "sources: [paper]",
    "no such claim": "claims: [claim]",
    "for nobody": "known_to: [nobody]",
    "a kind of its own": "kind: odd",
    "not a condition": "eligible: calm + 1",
    "no such name in an amount": "weight: clam",
    "the id of another card": "id: flood",
    "no id": "id: Not An Id",
}


@pytest.mark.parametrize("fields", WRITTEN.values(), ids=WRITTEN)
def test_a_written_card_has_the_mistakes_that_it_would_have_in_the_pack(town: Town, fields: str) -> None:
    scenario = town()
    start = "" if fields.startswith("id:") else "id: news\n"
    document = read_text(f"{start}title: News\ntext: A rider.\n{fields}\n", ON_THE_SPOT)
    card, problems, _ = structure_as(document, Card)
    assert card is not None
    assert not errors_of(problems)
    at = len(scenario.cards)
    whole = attrs.evolve(scenario, cards=(*scenario.cards, card))
    in_the_pack = check_scenario(whole, {("cards", at, *path): mark for path, mark in document.marks.items()})
    expected = [problem for problem in errors_of(in_the_pack) if problem.mark is not None]
    marks = {("cards", 0, *path): mark for path, mark in document.marks.items()}
    assert check_cards(scenario, (card,), marks) == expected
    assert bool(expected) == (fields not in (WRITTEN["sound"], WRITTEN["with a choice"]))
