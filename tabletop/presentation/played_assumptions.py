"""The assumptions that a game is played under, beside those that its scenario has."""

from __future__ import annotations

import attrs

from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words


@attrs.frozen(kw_only=True)
class PlayedAssumption:
    """An assumption, its value in this game, its `own` value in the scenario, and whether that is another."""

    id: str
    title: str
    value: str
    own: str
    note: str
    is_changed: bool


def played_assumptions(perspective: Perspective, words: Words) -> tuple[PlayedAssumption, ...]:
    """Every assumption of the scenario with its value in this game."""
    found = []
    for noun in perspective.scenario.assumptions:
        value = perspective.view.assumptions[noun.id]
        is_changed = value != noun.value
        own = setting_words(words, noun.value)
        note = words("verdict.changed_from", own=own) if is_changed else words("ending.as_written")
        shown = setting_words(words, value)
        found.append(
            PlayedAssumption(id=noun.id, title=noun.title, value=shown, own=own, note=note, is_changed=is_changed)
        )
    return tuple(found)


def played_worldview(perspective: Perspective) -> str:
    """The name of the worldview under which the game is played; "" for the scenario's own, or for a mixture."""
    own = {one.id: one.value for one in perspective.scenario.assumptions}
    here = dict(perspective.view.assumptions)
    if here == own:
        return ""
    views = perspective.scenario.worldviews
    return next((view.name for view in views if here == {**own, **view.values}), "")


def setting_words(words: Words, value: int | bool) -> str:
    """A number, or yes or no."""
    return words.yes_or_no(value) if isinstance(value, bool) else str(value)
