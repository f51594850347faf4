"""What a runner tells a face: frozen values, which hold no words and nothing that a seat may not know."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from tabletop.engine.refusals import Refusal


@attrs.frozen
class Decided:
    """A decision was made and kept for a `seat`: by the seat itself, a bot, or `who` else decided for it.

    `action` is the id of the action, which others than the seat may not know yet.
    """

    seat: str
    action: str
    who: str
    is_bot: bool = False


@attrs.frozen
class BotThinking:
    """The bot of a seat has begun to think."""

    seat: str


@attrs.frozen
class BotFailed:
    """The bot of a seat broke down, or chose what is not legal: bots are held until they are released."""

    seat: str
    reason: str
    error: Exception | None = attrs.field(default=None, eq=False, repr=False)


@attrs.frozen
class ClockWarned:
    """The present phase has only so many seconds left."""

    seconds: int


@attrs.frozen
class ClockRanOut:
    """The time of a phase is up; `ends` says whether the clock was told to end the phase then."""

    phase: str
    ends: bool


@attrs.frozen
class PhaseEndedByClock:
    """The clock has ended a phase; `phase` is its id."""

    phase: str


@attrs.frozen
class ClockRefused:
    """The clock was told to end the phase and cannot now; it tries again once something was done. Told once."""

    reason: str
    error: Exception | None = attrs.field(default=None, eq=False, repr=False)


@attrs.frozen
class NotSaved:
    """Something could not be written down, and so has not happened: it waits for `Runner.retry`, `Runner.play_unsaved`
    or `Runner.drop`."""

    reason: str
    error: Exception | None = attrs.field(default=None, eq=False, repr=False)


@attrs.frozen
class Refused:
    """A decision cannot be made, and why: at once, or where it had waited since it could not be written down."""

    refusal: Refusal


@attrs.frozen
class Paused:
    """A facilitator has stopped the game for a while."""


@attrs.frozen
class Continued:
    """The game goes on after a pause."""


@attrs.frozen
class Changed:
    """Something was done since the runner was asked last, by whomever; `moved` says whether the game stands elsewhere.

    It comes after all else that is told at once.
    """

    moved: bool


@attrs.frozen
class Unreadable:
    """What was done in a session that is played elsewhere cannot be read, which is tried again; or "" for the reason,
    can be read again. Told once."""

    reason: str


@attrs.frozen
class Finished:
    """The game is over; `outcome` is the id of its ending."""

    outcome: str


@attrs.frozen(kw_only=True)
class Waiting:
    """What the game waits for now.

    `for_what` is a "person" or a "bot" to decide, a "release" of the bots, a "continue" after a pause, a "retry" of
    what could not be saved, "elsewhere" for a session that is played elsewhere, or "nothing" once it is over. `seat` is
    the one that must decide first, "" once it is over; `seats` all that may.
    """

    for_what: Literal["person", "bot", "release", "continue", "retry", "elsewhere", "nothing"]
    seat: str = ""
    seats: tuple[str, ...] = ()


Event: TypeAlias = (
    Decided
    | BotThinking
    | BotFailed
    | ClockWarned
    | ClockRanOut
    | PhaseEndedByClock
    | ClockRefused
    | NotSaved
    | Refused
    | Paused
    | Continued
    | Changed
    | Unreadable
    | Finished
)
