"""The end of a phase whose time is up: bots choose, people pass, and a phase in which nobody may pass is skipped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import attrs

from tabletop.engine.adjudication import RulingRefused
from tabletop.session.clock import moment
from tabletop.session.commands import Skip
from tabletop.session.session import Session

#: Who ends it, as the journal names them, and why.
CLOCK = "clock"
TIME_IS_UP = "Time is up."


@attrs.frozen
class BotChooses:
    """The bot of a seat is to choose."""

    seat: str


@attrs.frozen
class Passes:
    """A person has not chosen in time, and does nothing more in this phase."""

    seat: str


@attrs.frozen
class Skips:
    """A person has not chosen in time where they may not pass: the phase is closed with what has been chosen."""


EndingStep: TypeAlias = BotChooses | Passes | Skips


def next_step(session: Session) -> EndingStep | None:
    """What is next on the way to the end of the present phase; None where the game is over.

    Raises RulingRefused in a pause, or where a card waits for a person's answer.
    """
    state, players = session.state, session.position.players
    if session.paused:
        raise RulingRefused("the game is paused", "paused")
    if state.card is not None and session.to_act is not None:
        raise RulingRefused("a card waits for an answer: it comes first", "card-first")
    bot = next((seat for seat in state.acting if players[seat]), None)
    if bot is not None:
        return BotChooses(bot)
    if not state.acting:
        return None
    seat = state.acting[0]
    if any(action.kind == "pass" for action in session.game.actions(state, seat)):
        return Passes(seat)
    return Skips()


def take(session: Session, step: Passes | Skips, who: str = CLOCK, why: str = TIME_IS_UP) -> None:
    """Does what `next_step` has said of a person. Raises NotKept."""
    if isinstance(step, Passes):
        session.decide(step.seat, "pass", who, why)
    else:
        session.step(Skip(phase=session.state.phase), who, why)


def steps_to_end(session: Session, who: str = CLOCK, why: str = TIME_IS_UP) -> Iterator[EndingStep]:
    """Ends the present phase, each step once it was taken; bots think meanwhile.

    Raises RulingRefused as `next_step` does, PlayerFailed for a bot that breaks down, and NotKept.
    """
    phase = moment(session)
    while moment(session) == phase:
        step = next_step(session)
        if step is None:
            return
        if isinstance(step, BotChooses):
            session.bot_decides(session.bot_choice(step.seat), step.seat)
        else:
            take(session, step, who, why)
        yield step
