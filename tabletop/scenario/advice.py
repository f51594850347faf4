"""Advice: the officers who counsel a seat, the moves they argue for or against, and how many moves a turn deals."""

from __future__ import annotations

import attrs

from tabletop.scenario.expressions import Expression

#: The most moves that can be dealt at once: what a hand holds, and a table has room for.
MOST_DEALT = 9


@attrs.frozen(kw_only=True)
class Adviser:
    """Somebody who counsels a `seat`: the `name` of the office, as it stands above what the adviser says."""

    id: str
    name: str
    seat: str
    short: str = ""

    @property
    def brief(self) -> str:
        """The office where there is little room."""
        return self.short or self.name


@attrs.frozen(kw_only=True)
class Counsel:
    """What an adviser says of an action: `urges` it or `warns` of it, by its id, with parameters as `using` has them.

    It is said while `when` holds, which may read only what the seat knows. Each line that is said puts `weight` on the
    move, and the moves with the most are dealt.
    """

    adviser: str
    text: str
    urges: str = ""
    warns: str = ""
    using: dict[str, str] = attrs.field(factory=dict)
    when: Expression | None = None
    weight: int = 1

    @property
    def action(self) -> str:
        """The id of the action that it is about."""
        return self.urges or self.warns


@attrs.frozen(kw_only=True)
class Advice:
    """How a seat's moves are dealt: at most `deals` of them lie in front of it, the rest one key away."""

    advisers: tuple[Adviser, ...] = ()
    counsel: tuple[Counsel, ...] = ()
    deals: int = 6
