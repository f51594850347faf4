"""Commands: everything that is ever done in a session, a class for each kind; the game is what they lead to.

To add a kind, add a class here: that is all that the journal needs. A step also needs its case in `apply_command`.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import attrs

from tabletop.session.command_kinds import (
    ByPlace,
    Counts,
    MoveSaid,
    Plain,
    RemarkSaid,
    Said,
    StepSaid,
    Value,
    body_of,
    kind,
    kinds,
    said_from,
    written,
)
from tabletop.session.journal_line import BadCommand, one_line
from tabletop.session.room_commands import (
    Answered,
    CaptainNamed,
    Joined,
    Placed,
    RoomSet,
    Tallied,
    TokenGiven,
    Voted,
    VotedAgain,
)

# Steps of the game


@kind("decide")
@attrs.frozen(kw_only=True)
class Decide(StepSaid):
    """A `seat` takes an action, by its id; `by` is the name of the bot that decided, "" for people."""

    seat: str
    action: str
    by: str = written("")


@kind("inject")
@attrs.frozen(kw_only=True)
class Inject(StepSaid):
    """A card comes up, by its id; `added` is the card itself where the scenario has none of that id, `scheduled` the
    id of the inject of the schedule that it belongs to, and `shown` says whether players see that it was brought in."""

    card: str
    added: Plain | None = None
    scheduled: str = ""
    shown: bool = written(True)


@kind("set")
@attrs.frozen(kw_only=True)
class SetValue(StepSaid):
    """A meter, track, resource, flag, hidden variable or assumption gets a value."""

    name: str
    value: Value
    scheduled: str = ""
    shown: bool = written(True)


@attrs.frozen(kw_only=True)
class Ruled:
    """A fall of chance that a facilitator has replaced: its `place` in the step, the outcome, and why."""

    place: int
    outcome: str
    why: str
    shown: bool


@kind("overrule")
@attrs.frozen(kw_only=True)
class Overrule(StepSaid):
    """A decision is made again, with other falls of chance than the model's.

    `ruled` is all that was ruled of the step, in order; `rulings` what stands of that by place, and `model` what the
    model had drawn there. Journals of old have no `ruled`, and one reason for all, that of the command.
    """

    seat: str
    action: str
    rulings: ByPlace
    by: str = written("")
    model: ByPlace = attrs.field(factory=lambda: ByPlace({}), metadata={"written": True})
    shown: bool = written(True)
    ruled: tuple[Ruled, ...] | None = None


@kind("skip")
@attrs.frozen(kw_only=True)
class Skip(StepSaid):
    """The phase ends with what has been chosen so far."""

    phase: str = written("")
    shown: bool = written(True)


@kind("extend")
@attrs.frozen(kw_only=True)
class Extend(StepSaid):
    """The phase gets a further round of decisions."""

    phase: str = written("")
    shown: bool = written(True)


@kind("repeat")
@attrs.frozen(kw_only=True)
class Repeat(StepSaid):
    """A phase of this turn is played again."""

    phase: str
    shown: bool = written(True)


@kind("hand")
@attrs.frozen(kw_only=True)
class Hand(StepSaid):
    """A seat is handed to a bot by the name of its player, or "" to a person."""

    seat: str
    player: str


@kind("retract")
@attrs.frozen(kw_only=True)
class Retract(StepSaid):
    """What a seat has chosen face down in this phase is taken back."""

    seat: str


# Going about


@kind("go")
@attrs.frozen(kw_only=True)
class Go(MoveSaid):
    """The game goes to a step, by its number, on a branch; in `hindsight` where a person took back a decision of which
    they knew something that followed."""

    step: int
    branch: str
    hindsight: bool = False


@kind("branch")
@attrs.frozen(kw_only=True)
class BranchNamed(MoveSaid):
    """A branch begins where the game stands; or it is one that was called `old` until now."""

    name: str
    old: str = attrs.field(metadata={"name": "from"})


# Remarks


@kind("note")
@attrs.frozen(kw_only=True)
class Note(RemarkSaid):
    """Something written down for the debrief, or `shown` to everybody."""

    text: str
    tags: tuple[str, ...] = written(())
    shown: bool = written(False)


@kind("message")
@attrs.frozen(kw_only=True)
class Message(RemarkSaid):
    """A private message to some seats."""

    to: tuple[str, ...]
    text: str


@kind("withdraw")
@attrs.frozen(kw_only=True)
class Withdraw(RemarkSaid):
    """A note, a message or a `Settle` does not count any more, by the number of its command."""

    number: int


@kind("pause")
@attrs.frozen(kw_only=True)
class Pause(RemarkSaid):
    """Nobody decides, and no clock runs, until `Continue`."""


@kind("continue")
@attrs.frozen(kw_only=True)
class Continue(RemarkSaid):
    """A pause is over."""


@kind("clock")
@attrs.frozen(kw_only=True)
class MoreTime(RemarkSaid):
    """A phase of a turn, as `clock.moment` names it, gets so many seconds more, or fewer."""

    more: int
    moment: str


@kind("clock")
@attrs.frozen(kw_only=True)
class SetClock(RemarkSaid):
    """A phase, or every phase ("") that has no time of its own, has so many seconds, 0 for no clock. It warns when so
    many are left, and `then` does nothing ("") or ends the phase ("skip")."""

    phase: str
    seconds: int
    warnings: tuple[int, ...]
    then: str


@kind("schedule")
@attrs.frozen(kw_only=True)
class TakeUpSchedule(RemarkSaid):
    """A file of injects, as plain data, is the schedule from now on."""

    content: Plain
    file: str = written("")


@kind("settle")
@attrs.frozen(kw_only=True)
class Settle(RemarkSaid):
    """An inject of the schedule is `done`, or else set aside."""

    inject: str
    done: bool


@kind("allow")
@attrs.frozen(kw_only=True)
class Allow(RemarkSaid):
    """Until when players may take a decision back: "turn", "reveal" or "never"."""

    undo: str


@kind("next")
@attrs.frozen(kw_only=True)
class Next(RemarkSaid):
    """The screens of the room go on from what has been revealed."""


@kind("word")
@attrs.frozen(kw_only=True)
class PasswordGiven(RemarkSaid):
    """A seat's own screen opens by a word from now on, of which the salted hash is kept."""

    seat: str
    salt: str
    seal: str


@kind("truth")
@attrs.frozen(kw_only=True)
class TruthTold(RemarkSaid):
    """Hidden variables that everybody may know, now that the game is over."""

    names: tuple[str, ...]


@kind("belief")
@attrs.frozen(kw_only=True)
class Believed(RemarkSaid):
    """What a seat, or a `person` of its team, holds of a hidden truth: per cent by value, which add up to 100. It is in
    no state and no view."""

    seat: str
    hidden: str
    shares: Counts
    person: str = ""


STEPS, MOVES, REMARKS = kinds(StepSaid), kinds(MoveSaid), kinds(RemarkSaid)
#: Remarks of a room in which people play from their own devices.
ROOM = frozenset(
    cls.kind for cls in (RoomSet, Joined, Placed, TokenGiven, CaptainNamed, Voted, VotedAgain, Tallied, Answered)
)
KINDS = kinds()


@attrs.frozen(kw_only=True)
class Command:
    """One thing done in a session, as the journal keeps it.

    `number` counts from 1; `parent` is the step at which the game stood (0 is the start); `who` a seat, the name of a
    bot's player or of a facilitator; `at` the time in UTC; `body` what it says as plain data, which `said` is made of;
    `why` a reason; `fingerprint` that of the position after it.
    """

    number: int
    parent: int
    kind: str
    who: str
    at: str
    body: Mapping[str, Any] = attrs.field(factory=dict)
    why: str = ""
    fingerprint: str = ""

    @functools.cached_property
    def said(self) -> Said:
        """What it says. Raises BadCommand for a body that is not what it should be."""
        return said_from(self.kind, self.body)

    @property
    def is_step(self) -> bool:
        """Whether it leads to another position."""
        return self.kind in STEPS

    def line(self) -> str:
        """The command as one line of JSON."""
        return one_line({field.name: getattr(self, field.name) for field in attrs.fields(Command)})


def command_from(data: object) -> Command:
    """A command from what was read of it. Raises BadCommand."""
    if not isinstance(data, dict):
        raise BadCommand("it is not a command")
    for field in attrs.fields(Command):
        kind: Any = {"number": int, "parent": int, "body": dict}.get(field.name, str)
        if type(data.get(field.name)) is not kind:
            raise BadCommand(f"'{field.name}' is missing or is not what it should be")
    command = Command(**{field.name: data[field.name] for field in attrs.fields(Command)})
    _ = command.said
    return command


__all__ = [
    "KINDS",
    "MOVES",
    "REMARKS",
    "ROOM",
    "STEPS",
    "Allow",
    "Answered",
    "BadCommand",
    "Believed",
    "BranchNamed",
    "ByPlace",
    "CaptainNamed",
    "Command",
    "Continue",
    "Decide",
    "Extend",
    "Go",
    "Hand",
    "Inject",
    "Joined",
    "Message",
    "MoreTime",
    "Next",
    "Note",
    "Overrule",
    "PasswordGiven",
    "Pause",
    "Placed",
    "Plain",
    "Repeat",
    "Retract",
    "RoomSet",
    "Ruled",
    "Said",
    "SetClock",
    "SetValue",
    "Settle",
    "Skip",
    "StepSaid",
    "TakeUpSchedule",
    "Tallied",
    "TokenGiven",
    "TruthTold",
    "Voted",
    "VotedAgain",
    "Withdraw",
    "body_of",
    "command_from",
]
