"""Doctrines: scripted bots, as ordered rules that choose a seat's move."""

from __future__ import annotations

import attrs

from tabletop.scenario.expressions import Expression


@attrs.frozen(kw_only=True)
class DoctrineRule:
    """One habit: if `when` holds, and in `odds` of 100 cases, take a legal move of the action or card option `play`
    (with the parameter values in `using`, if given), or one with the `tag`."""

    play: str | None = None
    tag: str | None = None
    using: dict[str, str] = attrs.field(factory=dict)
    when: Expression | None = None
    odds: int = 100


@attrs.frozen(kw_only=True)
class Doctrine:
    """How a bot plays a seat: the first rule that applies decides; if none does, it passes if it may, else it takes any
    legal move with equal probability. Rules may read only what the seat knows."""

    id: str
    seat: str
    name: str
    rules: tuple[DoctrineRule, ...]
    text: str = ""
