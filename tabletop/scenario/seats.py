"""Seats with their resources, objectives and briefs."""

from __future__ import annotations

import attrs

from tabletop.scenario.expressions import Expression


@attrs.frozen(kw_only=True)
class Resource:
    """Something a seat spends on actions: `start` of it initially, set to `refresh` at the beginning of each turn.

    Public unless `known_to` names the seats that know how much is left.
    """

    id: str
    name: str
    start: int
    most: int = 10
    refresh: int | None = None
    known_to: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Objective:
    """Points for a seat, computed once when the game ends."""

    id: str
    text: str
    points: Expression
    claims: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Seat:
    """A party to the game, played by a person, a team or a bot."""

    id: str
    name: str
    role: str = ""
    brief: str = ""
    private_brief: str = ""
    brief_file: str | None = None
    private_brief_file: str | None = None
    resources: tuple[Resource, ...] = ()
    objectives: tuple[Objective, ...] = ()
