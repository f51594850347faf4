"""The assumptions of a game in its review: the value that was played, the cases for and against, who holds what."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from tabletop.presentation.cited import cited_claims
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.played_assumptions import setting_words
from tabletop.presentation.words import Words


@attrs.frozen(kw_only=True)
class OtherValue:
    """Another value of an assumption, who would hold it, and why."""

    value: str
    held_by: str
    text: str


@attrs.frozen(kw_only=True)
class Premise:
    """An assumption as it was played, and whether that differs from the scenario's own value (`as_written`).

    `changes` are sentences on what it would have changed in this game with another value.
    """

    id: str
    title: str
    value: str
    as_written: str
    is_changed: bool
    case_for: str
    case_against: str
    others: tuple[OtherValue, ...]
    claims: tuple[str, ...]
    changes: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class View:
    """A worldview of the scenario, and whether the game was played under it."""

    id: str
    name: str
    text: str
    is_played: bool


def premises(
    perspective: Perspective, words: Words, changes: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[Premise, ...]:
    """Every assumption of the scenario, with what each would have changed by its id."""
    found = []
    for noun in perspective.scenario.assumptions:
        value = perspective.view.assumptions[noun.id]
        claims = cited_claims(perspective.scenario, noun.claims)
        found.append(
            Premise(
                id=noun.id,
                title=noun.title,
                value=setting_words(words, value),
                as_written=setting_words(words, noun.value),
                is_changed=value != noun.value,
                case_for=" ".join(noun.case_for.split()),
                case_against=" ".join(noun.case_against.split()),
                others=tuple(
                    OtherValue(
                        value=setting_words(words, one.value), held_by=one.held_by, text=" ".join(one.text.split())
                    )
                    for one in noun.alternatives
                    if one.value != value
                ),
                claims=tuple(f"{one.id}: {one.summary}" for one in claims),
                changes=(changes or {}).get(noun.id, ()),
            )
        )
    return tuple(found)


def worldviews(perspective: Perspective) -> tuple[View, ...]:
    """The worldviews of the scenario; at most one is that of the game."""
    scenario, played = perspective.scenario, perspective.view.assumptions
    own = {one.id: one.value for one in scenario.assumptions}
    return tuple(
        View(
            id=one.id,
            name=one.name,
            text=" ".join(one.text.split()),
            is_played=all(played[id] == value for id, value in {**own, **one.values}.items()),
        )
        for one in scenario.worldviews
    )
