"""What some entries of the log changed on the board, summed up by meter, track and fact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

import attrs

from tabletop.presentation.story import is_fact, sums

if TYPE_CHECKING:
    from tabletop.engine.log import Entry
    from tabletop.presentation.perspective import Perspective
    from tabletop.presentation.words import Words

#: A meter or track that moved, a fact that is told in words, or another fact, such as a number of weeks.
ChangeKind: TypeAlias = Literal["meter", "track", "fact", "number"]


@attrs.frozen(kw_only=True)
class BoardChange:
    """What became of one thing on the board: a meter or track by `amount`, or a fact that is now `value` in words.

    `sign` is 1 where that is good for the seat that looks, -1 where it is bad, 0 where it is neither.
    It sums up any number of entries, which may come from several turns and need not be next to each other, and so has
    no values before and after: a `Change` (`changes.py`) is one entry, with both.
    """

    id: str
    kind: ChangeKind
    name: str
    short: str
    amount: int = 0
    value: str = ""
    sign: int = 0


def board_changes(perspective: Perspective, entries: Iterable[Entry]) -> tuple[BoardChange, ...]:
    """What the entries changed: facts in words first, then each meter's sum in the order of the board."""
    names, kept = perspective.names, [entry for entry in entries if entry.kind == "change"]
    facts = {entry.target: entry for entry in kept if is_fact(names, entry)}
    found = [_fact(perspective, entry, "fact") for entry in facts.values()]
    found += [meter_change(perspective, one.target, one.amount) for one in sums(names, kept)]
    return tuple(found)


def detailed_changes(perspective: Perspective, words: Words, entries: Sequence[Entry]) -> tuple[BoardChange, ...]:
    """What the entries changed, with the steps of tracks and with facts that are numbers or yes and no."""
    found = list(board_changes(perspective, entries))
    steps: dict[str, int] = {}
    others: dict[str, Entry] = {}
    for entry in entries:
        if entry.kind == "change" and entry.target in perspective.names.tracks:
            steps[entry.target] = steps.get(entry.target, 0) + entry.amount
        elif entry.kind == "change" and _is_other_fact(perspective, entry):
            others[entry.target] = entry
    found += [_track(perspective, target, amount) for target, amount in steps.items() if amount]
    for entry in others.values():
        value = perspective.names.in_words(words, entry.target, entry.after)
        found.append(attrs.evolve(_fact(perspective, entry, "number"), value=value))
    return tuple(found)


def meter_change(perspective: Perspective, meter: str, amount: int) -> BoardChange:
    """A meter's change by an amount."""
    names = perspective.names
    return BoardChange(
        id=meter,
        kind="meter",
        name=names.full(meter),
        short=names.short(meter),
        amount=amount,
        sign=names.good(meter, amount, perspective.seat),
    )


def _track(perspective: Perspective, track: str, amount: int) -> BoardChange:
    name = perspective.names.full(track)
    sign = perspective.names.good(track, amount, perspective.seat)
    return BoardChange(id=track, kind="track", name=name, short=name, amount=amount, sign=sign)


def _fact(perspective: Perspective, entry: Entry, kind: ChangeKind) -> BoardChange:
    name = perspective.names.full(entry.target)
    value = perspective.names.value(entry.target, entry.after)
    return BoardChange(id=entry.target, kind=kind, name=name, short=name, value=value)


def _is_other_fact(perspective: Perspective, entry: Entry) -> bool:
    """Whether it changes a fact that has no word of its own, such as that a line is open or so many weeks are left."""
    noun = perspective.names.variables.get(entry.target)
    return noun is not None and not noun.values and bool(noun.name) and entry.before != entry.after
