"""Belief box: what a person and their team hold of a hidden truth, as the page of their seat shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from tabletop.presentation.evidence import Dossier
from tabletop.scenario import Scenario
from tabletop.session.stated_beliefs import StatedBelief, latest_of, team_shares


@attrs.frozen(kw_only=True)
class BeliefPart:
    """A value of a hidden truth: what the person holds of it, and their team in the mean, in per cent."""

    value: str
    name: str
    text: str
    share: int
    team: int


@attrs.frozen(kw_only=True)
class BeliefBox:
    """What a person is asked to hold. `is_said` once they have stated something; only then they see their team's mean,
    of `count` people, so that nobody follows the others. `is_asked`: the pack asks in this turn."""

    dossier: Dossier
    parts: tuple[BeliefPart, ...]
    is_said: bool
    is_asked: bool
    count: int


def belief_boxes(
    scenario: Scenario,
    turn: int,
    dossiers: Sequence[Dossier],
    first: Mapping[str, Mapping[str, int]],
    beliefs: Sequence[StatedBelief],
    person: str,
) -> tuple[BeliefBox, ...]:
    """The boxes of a person. `first` is what sliders show before anything was said, by hidden truth, and `beliefs` are
    those of their seat."""
    turns = {one.hidden: one.turns for one in scenario.presentation.beliefs}
    return tuple(_box(turn, turns, dossier, first[dossier.hidden], beliefs, person) for dossier in dossiers)


def _box(
    turn: int,
    turns: Mapping[str, Sequence[int]],
    dossier: Dossier,
    first: Mapping[str, int],
    beliefs: Sequence[StatedBelief],
    person: str,
) -> BeliefBox:
    last = latest_of(beliefs, dossier.hidden, person)
    shares = last.shares if last is not None else first
    team = team_shares(beliefs, dossier.hidden)
    return BeliefBox(
        dossier=dossier,
        parts=tuple(
            BeliefPart(
                value=one.value,
                name=one.name,
                text=one.text,
                share=shares[one.value],
                team=round(team.get(one.value, 0)),
            )
            for one in dossier.values
        ),
        is_said=last is not None,
        is_asked=turn in turns.get(dossier.hidden, ()) and (last is None or last.turn < turn),
        count=len({one.person for one in beliefs if one.hidden == dossier.hidden}),
    )
