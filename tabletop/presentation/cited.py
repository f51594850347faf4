"""Claims and sources as they are cited: what a card, rule or move rests on, and where that is to be read."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from tabletop.scenario import Scenario


@attrs.frozen(kw_only=True)
class CitedClaim:
    """A claim: its id, what it says, and `where` it is made (author, title and paragraph; "" where no source is)."""

    id: str
    summary: str
    where: str


@attrs.frozen(kw_only=True)
class CitedSource:
    """A source: its id, and author, title and date in a line; `short` has no date."""

    id: str
    text: str
    short: str


def cited_claims(scenario: Scenario, ids: Iterable[str]) -> tuple[CitedClaim, ...]:
    """The claims of some ids, in their order; unknown ids are left out."""
    known = {claim.id: claim for claim in scenario.claims}
    sources = {source.id: source for source in scenario.sources}
    found = []
    for id in ids:
        if id in known:
            source = sources.get(known[id].source)
            where = in_a_line(source.author, source.title, known[id].paragraph) if source else ""
            found.append(CitedClaim(id=id, summary=known[id].summary, where=where))
    return tuple(found)


def cited_sources(scenario: Scenario, ids: Iterable[str]) -> tuple[CitedSource, ...]:
    """The sources of some ids, in their order; unknown ids are left out."""
    known = {source.id: source for source in scenario.sources}
    return tuple(
        CitedSource(
            id=id,
            text=in_a_line(known[id].author, known[id].title, known[id].published),
            short=in_a_line(known[id].author, known[id].title),
        )
        for id in ids
        if id in known
    )


def in_a_line(*parts: str, between: str = ", ") -> str:
    """The parts that say something, in one line."""
    return between.join(part for part in parts if part)
