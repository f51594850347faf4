"""Meters, tracks, variables, hidden variables and derived values, with ranges, thresholds and who knows them."""

from __future__ import annotations

import attrs

from tabletop.scenario.expressions import Expression


@attrs.frozen(kw_only=True)
class Threshold:
    """A named level of a meter or a track: it holds from `at` up to the next threshold."""

    at: int
    name: str


@attrs.frozen(kw_only=True)
class Meter:
    """A public number that everybody watches.

    Changes beyond `range` stop at its ends. `good_for` and `bad_for` name the seats that gain or lose when it rises.
    """

    id: str
    name: str
    text: str = ""
    range: tuple[int, int] = (0, 100)
    start: int = 50
    thresholds: tuple[Threshold, ...] = ()
    good_for: tuple[str, ...] = ()
    bad_for: tuple[str, ...] = ()
    short: str = ""


@attrs.frozen(kw_only=True)
class Track:
    """Steps of progress, public unless `known_to` names the seats that see it.

    With `by`, there is one track for each listed id, named `ID_ITEM` in expressions (`heard_miller`); `labels` are what
    these are called, if not by their ids or as the seats that they are.
    """

    id: str
    name: str
    text: str = ""
    steps: int = 5
    start: int = 0
    thresholds: tuple[Threshold, ...] = ()
    by: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    known_to: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Variable:
    """A fact that rules read and change.

    One of three kinds: an ordered list of named `values`, an integer `range`, or neither (a boolean).
    Public unless `known_to` names the seats that know it. Without a `name`, it is called by its id, and without
    `labels` its values by theirs.
    """

    id: str
    name: str = ""
    text: str = ""
    values: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    range: tuple[int, int] | None = None
    start: Expression | None = None
    known_to: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Hidden:
    """A hidden variable, drawn at the start from `prior` (one weight for each value) and known only to some seats.

    Without `labels`, its values are called by their ids.
    """

    id: str
    name: str
    text: str = ""
    values: tuple[str, ...]
    labels: tuple[str, ...] = ()
    prior: tuple[Expression, ...]
    known_to: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Value:
    """A named expression over the board, for use in other expressions; computed when it is read.

    With `held_by` it is a yardstick: by whose measure a finished game is told once more. `note` says what that counts.
    """

    id: str
    formula: Expression
    name: str = ""
    text: str = ""
    held_by: str = ""
    note: str = ""
