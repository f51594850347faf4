"""Every decision of the line on which a session stands: what was chosen and passed over, why, and how long it took."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

import attrs

from tabletop.engine.program import Action
from tabletop.session.commands import Command, Continue, Decide, Go, Overrule, Pause, Retract
from tabletop.session.session import Session
from tabletop.session.step_summary import Moment, moment_before
from tabletop.session.step_tree import Step


@attrs.frozen(kw_only=True)
class PlayedDecision:
    """A decision: its step, when it was made, by which seat, and what was chosen out of the moves that were legal.

    `passed_over` are the other legal moves; `why` is the reason given, "" for none. `player` is the bot that decided,
    "" for people, and `who` gave the command. `seconds` is the time since the seat could first decide this, without
    pauses; None for bots, and where the journal's times tell nothing.
    """

    step: int
    moment: Moment
    seat: str
    action: Action
    passed_over: tuple[Action, ...]
    why: str
    who: str
    player: str
    at: str
    seconds: float | None


def played_decisions(session: Session) -> tuple[PlayedDecision, ...]:
    """The decisions from the start to where the session stands, but for those taken back face down."""
    line = session.course.at.line()
    gone = set(retracted(session, line))
    return tuple(_decision(session, line, at) for at, step in enumerate(line) if _stands(step, gone))


def _stands(step: Step, gone: set[int]) -> bool:
    return isinstance(step.said, Decide | Overrule) and step.before is not None and step.number not in gone


def retracted(session: Session, line: Sequence[Step]) -> Iterator[int]:
    """The decisions of a line that were taken back face down, by the numbers of their steps."""
    standing: dict[tuple[str, int, str], list[int]] = {}
    for step in line:
        said = step.said
        if step.before is None or not isinstance(said, Decide | Overrule | Retract):
            continue
        state = session.position_at(step.before).state
        chosen = standing.setdefault((said.seat, state.turn, state.phase), [])
        if isinstance(said, Retract):
            yield from chosen
            chosen.clear()
        elif state.card is None:
            chosen.append(step.number)


def reason_of(step: Step) -> str:
    """The reason given for a decision; where a facilitator has overruled how chance fell in it, that of the seat."""
    said = step.said
    if not isinstance(said, Overrule) or step.before is None:
        return "" if step.command is None else step.command.why
    for other in step.before.after:
        made = other.said
        if isinstance(made, Decide) and (made.seat, made.action) == (said.seat, said.action) and other.command:
            return other.command.why
    return ""


def _decision(session: Session, line: Sequence[Step], at: int) -> PlayedDecision:
    step = line[at]
    said, before, command = step.said, step.before, step.command
    assert isinstance(said, Decide | Overrule)
    assert before is not None
    assert command is not None
    position = session.position_at(before)
    legal = position.game.actions(position.state, said.seat)
    action = next(one for one in legal if str(one) == said.action)
    return PlayedDecision(
        step=step.number,
        moment=moment_before(session, step),
        seat=said.seat,
        action=action,
        passed_over=tuple(one for one in legal if one is not action),
        why=reason_of(step),
        who=command.who,
        player=said.by,
        at=command.at,
        seconds=None if said.by else _seconds(session, line, at),
    )


# How long it took


def _seconds(session: Session, line: Sequence[Step], at: int) -> float | None:
    """From when the seat could first decide this to when it did, without the pauses between."""
    ended = line[at].command
    since = _opened(session, line, at)
    if ended is None or since is None:
        return None
    begin, end = _time(since.at), _time(ended.at)
    if begin is None or end is None or end < begin:
        return None
    between = session.commands[since.number : ended.number - 1]
    return max(0.0, (end - begin).total_seconds() - _paused(between, end))


def _opened(session: Session, line: Sequence[Step], at: int) -> Command | None:
    """The command after which the seat could decide this: that which led to the phase or the card, the seat's own
    decision before, or the last time that the game was taken to another step."""
    here, seat = _place(session, line[at - 1]), line[at].body["seat"]
    first = at - 1
    while first > 0 and line[first].body.get("seat") != seat and _place(session, line[first - 1]) == here:
        first -= 1
    opened = line[first].command
    number = 0 if opened is None else opened.number
    gone = [one for one in session.commands[number : line[at].number - 1] if isinstance(one.said, Go)]
    return gone[-1] if gone else opened


def _place(session: Session, step: Step) -> tuple[int, str, str | None]:
    state = session.position_at(step).state
    return state.turn, state.phase, state.card


def _paused(commands: Sequence[Command], end: datetime.datetime) -> float:
    """The seconds of pauses in a run of commands, which lasts until `end`."""
    total, since = 0.0, None
    for command in commands:
        if isinstance(command.said, Pause):
            since = _time(command.at)
        elif isinstance(command.said, Continue) and since is not None:
            until = _time(command.at)
            total += 0.0 if until is None else (until - since).total_seconds()
            since = None
    return total + (0.0 if since is None else (end - since).total_seconds())


def _time(at: str) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromisoformat(at)
    except ValueError:
        return None
