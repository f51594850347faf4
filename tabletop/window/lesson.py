"""Lesson: the steps of the tutorial: what each points at, and what the player does before the next one comes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import attrs

from tabletop.session import Session

if TYPE_CHECKING:
    from tabletop.session.commands import Command

SCENARIO = "first-summit"
#: A game in which the first card asks something, and Ulmar is open to a treaty.
SEED = 3


@attrs.frozen
class Moment:
    """Where the player is in a step: the game, what was done in it since the step began, and what is on the screen.

    `has_sheet` is whether something lies over the table now, `had_sheet` whether anything has since the step began.
    """

    session: Session
    since: Sequence[Command] = ()
    has_sheet: bool = False
    had_sheet: bool = False

    def did(self, kind: str) -> bool:
        """Whether the player has done something of a kind since the step began: "decide", "go"."""
        return any(one.kind == kind and one.who in self.session.humans for one in self.since)

    @property
    def calendar(self) -> str:
        """How the calendar stands."""
        return str(self.session.state.value("calendar"))


Waits = Callable[[Moment], bool]


@attrs.frozen(kw_only=True)
class Step:
    """A note of the coach. `key` names its words.

    `points_at` are ways to say where to look, the first of which any control is found for is taken: names of controls
    on the screen, with a star for any ending. A step that `waits` is over when that holds; one that does not is read
    and left with Enter. `when` says whether it is wanted at all. A step that is `quiet` leaves the table undimmed;
    `over_sheet` is shown over whatever else has what it points at, and not on the table alone.
    """

    key: str
    points_at: tuple[tuple[str, ...], ...] = ()
    waits: Waits | None = None
    when: Waits | None = None
    quiet: bool = False
    over_sheet: bool = False


def _is_past_work(moment: Moment) -> bool:
    state = moment.session.state
    return state.turn > 1 or state.phase not in ("event", "work")


def _is_past_first_week(moment: Moment) -> bool:
    return moment.session.state.turn > 1 or moment.calendar != "open"


def _is_day_named(moment: Moment) -> bool:
    state = moment.session.state
    return moment.calendar != "open" or state.finished or (state.stage == "weeks" and state.stage_turn > 6)


_HAND = (("play.*",), ("to_moves",), ("tab.moves",))

STEPS = (
    Step(key="welcome", points_at=(("begin",),), waits=lambda now: not now.has_sheet, over_sheet=True, quiet=True),
    Step(
        key="numbers",
        points_at=(("meter.trust", "meter.expectation"), ("tab.standing",)),
    ),
    Step(key="preparation", points_at=(("track.preparation",), ("tab.standing",))),
    Step(key="calendar", points_at=(("calendar",),)),
    Step(
        key="why",
        points_at=(("why.card",), ("tab.now",)),
        waits=lambda now: now.had_sheet and not now.has_sheet,
        when=lambda now: now.session.state.turn == 1,
    ),
    Step(
        key="answer",
        points_at=_HAND,
        waits=lambda now: now.session.state.card is None,
        when=lambda now: now.session.state.card is not None,
    ),
    Step(key="work", points_at=_HAND, waits=lambda now: now.did("decide") or _is_past_work(now)),
    Step(key="undo", points_at=(("undo",),), waits=lambda now: now.did("go"), when=lambda now: now.session.can_undo),
    Step(key="two_days", points_at=_HAND, waits=_is_past_work, quiet=True),
    Step(key="hold_off", points_at=_HAND, waits=_is_past_first_week),
    Step(key="happened", points_at=(("log.*",), ("tab.log",), ("show_log",))),
    Step(key="weeks", waits=_is_day_named, quiet=True),
    Step(key="promise", points_at=(("calendar",),), when=lambda now: now.calendar == "announced"),
    Step(key="the_day", waits=lambda now: now.session.state.finished, quiet=True),
    Step(key="end", points_at=(("page.*",),), quiet=True, over_sheet=True),
)
KEYS = tuple(step.key for step in STEPS)


def next_step(at: int, moment: Moment) -> int:
    """The place of the next step that is wanted after one; the last one is always."""
    if moment.session.state.finished:
        return len(STEPS) - 1
    for place in range(at + 1, len(STEPS)):
        when = STEPS[place].when
        if when is None or when(moment):
            return place
    return len(STEPS) - 1
