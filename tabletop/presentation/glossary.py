"""The glossary: the rules in brief and what a scenario's words mean, as short entries that can be searched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, TypeAlias

import attrs

from tabletop.presentation.words import Words
from tabletop.scenario import Scenario
from tabletop.scenario.board import Meter, Track

Group: TypeAlias = Literal["rules", "course", "terms", "measures", "seats", "assumptions"]
GROUPS: tuple[Group, ...] = ("rules", "course", "terms", "measures", "seats", "assumptions")

_RULES = ("turns", "changes", "why", "undo", "keys", "kept")


@attrs.frozen(kw_only=True)
class Term:
    """An entry: under which heading it stands, its name and what it means.

    `noun` and `id` say what it is about: a "rule" of play, "stage", "phase", "term", "meter", "track", "seat" or
    "assumption".
    """

    group: Group
    group_title: str
    noun: str
    id: str
    name: str
    text: str = ""

    def matches(self, typed: str) -> bool:
        """Whether every word that was typed is in it."""
        whole = f"{self.name} {self.text}".casefold()
        return all(word in whole for word in typed.casefold().split())


def glossary(scenario: Scenario, words: Words, groups: Sequence[Group] = GROUPS) -> tuple[Term, ...]:
    """The entries of a scenario: how it is played, its course, its terms, what is measured, who is at the table, and
    what is assumed."""
    return tuple(term for group in groups for term in _GROUPS[group](scenario, words))


def _rules(scenario: Scenario, words: Words) -> list[Term]:
    return [
        _term(words, "rules", "rule", key, words(f"glossary.{key}"), words(f"glossary.{key}_text")) for key in _RULES
    ]


def _course(scenario: Scenario, words: Words) -> list[Term]:
    found = []
    for stage in scenario.stages:
        phases = words("glossary.phases", turn=stage.turn, phases=" → ".join(phase.title for phase in stage.phases))
        name = f"{stage.title} ({stage.turns} × {stage.turn})"
        found.append(_term(words, "course", "stage", stage.id, name, f"{stage.text} {phases}"))
        told = [phase for phase in stage.phases if phase.text]
        found += [_term(words, "course", "phase", phase.id, phase.title, phase.text) for phase in told]
    return found


def _terms(scenario: Scenario, words: Words) -> list[Term]:
    return [_term(words, "terms", "term", one.term, one.term, one.text) for one in scenario.glossary]


def _measures(scenario: Scenario, words: Words) -> list[Term]:
    nouns: list[Meter | Track] = [*scenario.meters, *scenario.tracks]
    found = []
    for noun in nouns:
        steps = ", ".join(f"{step.at} {step.name}" for step in noun.thresholds)
        text = f"{noun.text} {words('glossary.steps', steps=steps) if steps else ''}"
        kind = "meter" if isinstance(noun, Meter) else "track"
        found.append(_term(words, "measures", kind, noun.id, noun.name, text))
    return found


def _seats(scenario: Scenario, words: Words) -> list[Term]:
    found = []
    for seat in scenario.seats:
        aims = " ".join(aim.text for aim in seat.objectives)
        found.append(_term(words, "seats", "seat", seat.id, seat.name, f"{seat.role}. {aims}" if seat.role else aims))
    return found


def _assumptions(scenario: Scenario, words: Words) -> list[Term]:
    found = []
    for one in scenario.assumptions:
        text = f"**{words('premises.for')}:** {one.case_for} **{words('premises.against')}:** {one.case_against}"
        found.append(_term(words, "assumptions", "assumption", one.id, one.title, text))
    return found


def _term(words: Words, group: Group, noun: str, id: str, name: str, text: str) -> Term:
    title = words(f"glossary.{group}")
    return Term(group=group, group_title=title, noun=noun, id=id, name=name, text=" ".join(text.split()))


_GROUPS: dict[Group, Callable[[Scenario, Words], list[Term]]] = {
    "rules": _rules,
    "course": _course,
    "terms": _terms,
    "measures": _measures,
    "seats": _seats,
    "assumptions": _assumptions,
}
