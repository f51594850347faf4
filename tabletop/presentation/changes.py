"""Changes of the log as values: what changed, by how much, from what to what, and whether that is good for the seat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import attrs

from tabletop.presentation.names import Names
from tabletop.presentation.spans import MARK_OF_SIGN, ROLE_OF_SIGN, Line, Span, signed
from tabletop.presentation.words import Words

if TYPE_CHECKING:
    from tabletop.engine.log import Entry
    from tabletop.presentation.perspective import Perspective

ChangedNoun: TypeAlias = Literal["meter", "track", "resource", "variable", "hidden", "assumption"]


@attrs.frozen(kw_only=True)
class Change:
    """One entry of the log as a change: its id in the pack, its whole name and that which boards have, and its values
    before and after. A sum of many entries is a `BoardChange` (`board_changes.py`).

    `is_named`: its values are names, or yes and no, so that the `amount` says nothing. `is_turn_of_events`: they say in
    words how things stand, such as that a date is set. `sign` is 1 where the change is good for the seat that
    looks, -1 where it is bad, 0 where it is neither.
    """

    target: str
    noun: ChangedNoun
    name: str
    short: str
    before: int
    after: int
    before_text: str
    after_text: str
    is_named: bool = False
    is_turn_of_events: bool = False
    sign: int = 0

    @property
    def amount(self) -> int:
        """By how much it changed."""
        return self.after - self.before

    @property
    def line(self) -> Line:
        """Such as "▲ +3 ✓ Trust", or "Bridge: shut → open"."""
        if self.is_named:
            return Span(f"{self.short}: "), Span(f"{self.before_text} → {self.after_text}", "strong")
        arrow = "▲" if self.amount > 0 else "▼" if self.amount < 0 else "◆"
        lead = " ".join(part for part in (arrow, signed(self.amount), MARK_OF_SIGN[self.sign]) if part)
        return Span(f"{lead} ", ROLE_OF_SIGN[self.sign]), Span(self.short)

    @property
    def full_line(self) -> Line:
        """The line with the values before and after, where it does not have them anyhow."""
        if self.is_named:
            return self.line
        return *self.line, Span(f" ({self.before_text} → {self.after_text})", "soft")


def change_of(perspective: Perspective, words: Words, entry: Entry, before: int | None = None) -> Change:
    """The change that an entry of the log tells of; with `before`, from that value on."""
    names, target = perspective.names, entry.target
    start = entry.before if before is None else before
    variable = names.variables.get(target)
    return Change(
        target=target,
        noun=_noun(names, target),
        name=names.full(target),
        short=names.short(target),
        before=start,
        after=entry.after,
        before_text=perspective.names.in_words(words, target, start),
        after_text=perspective.names.in_words(words, target, entry.after),
        is_named=names.is_named(target),
        is_turn_of_events=variable is not None and bool(variable.values),
        sign=names.good(target, entry.after - start, perspective.seat),
    )


def net_changes(perspective: Perspective, words: Words, since: int) -> tuple[Change, ...]:
    """What the meters have moved altogether since a place in the seat's log, in the order of the board."""
    found = []
    for meter in perspective.scenario.meters:
        own = [e for e in perspective.view.log[since:] if e.kind == "change" and e.target == meter.id]
        if own and own[-1].after != own[0].before:
            found.append(change_of(perspective, words, own[-1], before=own[0].before))
    return tuple(found)


def _noun(names: Names, target: str) -> ChangedNoun:
    if target in names.meters:
        return "meter"
    if target in names.tracks:
        return "track"
    if target in names.resources:
        return "resource"
    if target in names.variables:
        return "variable"
    return "assumption" if any(one.id == target for one in names.scenario.assumptions) else "hidden"
