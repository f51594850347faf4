"""Stated beliefs: what people hold of hidden truths, in per cent for each value, as the journal keeps it.

A belief is a remark: it is in no state and in no view, and changes no fingerprint. Of a seat that a team has, each
person states one of their own, and the team's is their mean.
"""

from __future__ import annotations

import weakref
from collections.abc import Mapping, Sequence

import attrs

from tabletop.scenario.board import Hidden
from tabletop.session.command_kinds import Counts
from tabletop.session.commands import Believed, Command
from tabletop.session.public_screen import ending_view, told_truths
from tabletop.session.session import Session
from tabletop.session.step_tree import Step


class BeliefRefused(ValueError):
    """A belief that cannot be kept: `kind` says why, `places` of what; the message says it in plain English."""

    def __init__(self, message: str, kind: str, **places: object) -> None:
        super().__init__(message)
        self.kind, self.places = kind, places


@attrs.frozen(kw_only=True)
class StatedBelief:
    """What somebody held of a hidden truth at a moment: per cent by value, which add up to 100.

    `step` is where the game stood, `turn` its turn, `seen` how many entries the log of the seat had; `person` is ""
    where one person has the seat.
    """

    number: int
    step: int
    turn: int
    seen: int
    seat: str
    hidden: str
    shares: dict[str, int]
    person: str = ""


def believe(session: Session, seat: str, hidden: str, shares: Mapping[str, int], person: str = "") -> Command:
    """Keeps what a seat, or a person of its team, holds of a hidden truth. Raises BeliefRefused or NotKept."""
    noun = next((one for one in session.scenario.hidden if one.id == hidden), None)
    if seat not in {one.id for one in session.scenario.seats}:
        raise BeliefRefused(f"there is no seat '{seat}'", "no-seat", name=seat)
    if noun is None:
        raise BeliefRefused(f"there is no hidden truth '{hidden}'", "no-such-truth", name=hidden)
    if seat in noun.known_to:
        raise BeliefRefused("this seat knows it: there is nothing to believe", "truth-known", truth=noun.name)
    _check(noun, shares)
    in_order = Counts({value: shares.get(value, 0) for value in noun.values})
    return session.remark(Believed(seat=seat, hidden=hidden, shares=in_order, person=person), person or seat)


def _check(noun: Hidden, shares: Mapping[str, int]) -> None:
    unknown = [value for value in shares if value not in noun.values]
    if unknown:
        members = ", ".join(noun.values)
        raise BeliefRefused(f"'{unknown[0]}' is none of {members}", "no-such-value", value=unknown[0], members=members)
    total = sum(shares.values())
    if total != 100 or any(not 0 <= share <= 100 for share in shares.values()):
        raise BeliefRefused(f"the parts are from 0 to 100 and make 100, not {total}", "no-hundred", total=total)


def stated_beliefs(session: Session, seat: str = "") -> list[StatedBelief]:
    """What was stated on the line that leads to where the game stands, in order; by default by all seats.

    One that no pack of today can read any more (another hidden truth, other values) is left out.
    """
    line = {step.number for step in session.course.at.line()}
    found = []
    for command in session.commands:
        said = command.said
        if isinstance(said, Believed) and command.parent in line and seat in ("", said.seat):
            found += _read(session, command, said)
    return found


def _read(session: Session, command: Command, said: Believed) -> list[StatedBelief]:
    noun = next((one for one in session.scenario.hidden if one.id == said.hidden), None)
    if noun is None or set(said.shares) != set(noun.values) or said.seat not in session.game.program.seat_ids:
        return []
    step = session.course.steps[command.parent]
    return [
        StatedBelief(
            number=command.number,
            step=command.parent,
            turn=session.position_at(step).state.turn,
            seen=_seen(session, step, said.seat),
            seat=said.seat,
            hidden=said.hidden,
            shares=dict(said.shares),
            person=said.person,
        )
    ]


#: How many entries the log of a seat had at a step: worked out once, as rooms ask at every change.
_SEEN: weakref.WeakKeyDictionary[Step, dict[str, int]] = weakref.WeakKeyDictionary()


def _seen(session: Session, step: Step, seat: str) -> int:
    by_seat = _SEEN.setdefault(step, {})
    if seat not in by_seat:
        position = session.position_at(step)
        by_seat[seat] = len(position.game.view(position.state, seat).log)
    return by_seat[seat]


def latest_of(beliefs: Sequence[StatedBelief], hidden: str, person: str = "") -> StatedBelief | None:
    """The last belief that a person stated on a hidden truth; None if there is none."""
    return next((one for one in reversed(beliefs) if (one.hidden, one.person) == (hidden, person)), None)


def team_shares(beliefs: Sequence[StatedBelief], hidden: str) -> dict[str, float]:
    """What a team holds: the mean of the last belief of each of its people, per cent by value; {} if nobody has any."""
    last = {one.person: one for one in beliefs if one.hidden == hidden}
    if not last:
        return {}
    values = next(iter(last.values())).shares
    return {value: sum(one.shares[value] for one in last.values()) / len(last) for value in values}


def asked_of(session: Session, seat: str) -> tuple[str, ...]:
    """The hidden truths on which the pack asks a seat in this turn, and on which it has stated nothing in it yet."""
    return tuple(
        one.hidden
        for one in session.scenario.presentation.beliefs
        if session.turn in one.turns and _is_open(session, seat, one.hidden) and not session.is_over
    )


def _is_open(session: Session, seat: str, hidden: str) -> bool:
    noun = next((one for one in session.scenario.hidden if one.id == hidden), None)
    if noun is None or seat in noun.known_to:
        return False
    last = latest_of(stated_beliefs(session, seat), hidden)
    return last is None or last.turn < session.turn


def told_values(session: Session) -> dict[str, str]:
    """The values of the hidden truths that may be shown to everybody, now that the game is over."""
    facts = ending_view(session).facts
    return {name: str(facts[name]) for name in told_truths(session) if name in facts}
