"""Classrooms: how a class with the scenario goes by the minute, and what it asks of people before, during and after."""

from __future__ import annotations

import attrs

#: When questions are asked.
MOMENTS = ("before", "during", "after")


@attrs.frozen(kw_only=True)
class Question:
    """Something that each person is asked, at a `moment` of the class: `before` the game, `during` it, or `after`.

    The answer is a `number` within `range`, or within that of a `meter` whose value is to be foretold; one of the
    `options`, or of all assumptions, seats, meters or endings where `among` says so; or a short `text`. `points` are
    what an answer is worth in a gradebook, whatever it says.
    """

    id: str
    text: str
    moment: str
    kind: str = "text"
    meter: str | None = None
    range: tuple[int, int] | None = None
    options: tuple[str, ...] = ()
    among: str = "options"
    points: int = 1


@attrs.frozen(kw_only=True)
class ClassPhase:
    """A part of a class, of so many `minutes`. `turns` of the game are played in it; the questions of the moment
    `asks` are asked at its beginning; `seconds` is the time that a phase of the game has, by its id. A phase that is
    `kept` is not to be cut when time runs short, as the debrief is not."""

    id: str
    title: str
    minutes: int
    text: str = ""
    turns: int = 0
    asks: str = "nothing"
    seconds: dict[str, int] = attrs.field(factory=dict)
    kept: bool = False


@attrs.frozen(kw_only=True)
class ClassPlan:
    """A class from its beginning to its end, phase by phase."""

    id: str
    title: str
    phases: tuple[ClassPhase, ...]
    text: str = ""
