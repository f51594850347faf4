"""Endings (named outcomes), debrief questions, what history came to, and glossary entries."""

from __future__ import annotations

import attrs

from tabletop.scenario.expressions import Expression


@attrs.frozen(kw_only=True)
class Ending:
    """A named outcome. When the last stage is over, the first ending in order whose `when` holds is the outcome."""

    id: str
    title: str
    text: str
    when: Expression | None = None
    claims: tuple[str, ...] = ()
    tone: str = "mixed"


@attrs.frozen(kw_only=True)
class DebriefQuestion:
    """A question for the discussion after the game."""

    id: str
    text: str
    claims: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class HistoryEntry:
    """What came of the events in history, to be told beside a game that is over: `date` is for people, in words; it is
    `certainty` `disputed` where the sources differ."""

    id: str
    title: str
    text: str
    date: str
    certainty: str = "certain"
    sources: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class GlossaryEntry:
    """A technical term, explained in plain words."""

    term: str
    text: str
