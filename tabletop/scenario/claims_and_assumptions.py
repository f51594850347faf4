"""Sources, claims, contestable assumptions and worldviews (named sets of assumption values)."""

from __future__ import annotations

import attrs


@attrs.frozen(kw_only=True)
class Source:
    """Where a fact or a claim comes from."""

    id: str
    title: str
    author: str = ""
    published: str = ""
    note: str = ""


@attrs.frozen(kw_only=True)
class Claim:
    """One claim of a source, in the project's own words.

    `kind` is warning, step, decision, principle, opportunity, or critic for a counter-claim.
    """

    id: str
    kind: str
    summary: str
    source: str = ""
    paragraph: str = ""
    must_show: str = ""


@attrs.frozen(kw_only=True)
class Alternative:
    """Another value of an assumption and who would hold it."""

    value: int | bool
    held_by: str
    text: str = ""


@attrs.frozen(kw_only=True)
class Assumption:
    """A contestable premise as a number or a yes/no that rules read, with the case for it and the case against.

    `range` bounds a number; a yes/no has none.
    """

    id: str
    title: str
    value: int | bool
    alternatives: tuple[Alternative, ...]
    case_for: str
    case_against: str
    range: tuple[int, int] | None = None
    claims: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Worldview:
    """A named set of assumption values, such as those of the article's critics."""

    id: str
    name: str
    text: str = ""
    values: dict[str, int | bool] = attrs.field(factory=dict)
