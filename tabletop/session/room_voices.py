"""What the people of a room have written: the reasons for their votes, and their answers to the pack's questions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

import attrs

from tabletop.session.commands import Answered, Command, Joined, Placed, Tallied, Voted
from tabletop.session.session import Session
from tabletop.session.step_summary import Moment, moment_after
from tabletop.session.step_tree import Step

_Said = TypeVar("_Said", Voted, Tallied)


@attrs.frozen(kw_only=True)
class Person:
    """Somebody who has joined: the id, the name, and the seat on which they sat last ("" for none)."""

    id: str
    name: str
    seat: str = ""


@attrs.frozen(kw_only=True)
class VoteReason:
    """Why a person voted for some moves (by what they are called) in a ballot of their seat.

    `step` is where the game stood, `moment` when that was, and `card` the one that asked, "" for none.
    """

    step: int
    moment: Moment
    card: str
    person: str
    seat: str
    moves: tuple[str, ...]
    text: str


@attrs.frozen(kw_only=True)
class GivenAnswer:
    """The last answer of a person to a question of the pack, and the seat on which they sat then."""

    person: str
    seat: str
    question: str
    value: int | str
    at: str


@attrs.frozen(kw_only=True)
class TeamTally:
    """What a ballot of a seat came to: how many of the `voters` were for each move, by what it is called."""

    step: int
    moment: Moment
    card: str
    seat: str
    counts: Mapping[str, int]
    voters: int


def people(commands: Sequence[Command]) -> dict[str, Person]:
    """Everybody who has ever joined, by id, in the order in which they came."""
    found: dict[str, Person] = {}
    for command in commands:
        match command.said:
            case Joined(person=id, name=name, seat=seat, standing=standing):
                # Whoever is not let in yet has what they wish in the place of a seat.
                found.setdefault(id, Person(id=id, name=name, seat=seat if standing == "seated" else ""))
            case Placed(person=id, seat=seat, name=name) if id in found:
                before = found[id]
                found[id] = attrs.evolve(before, name=name or before.name, seat=seat or before.seat)
    return found


def vote_reasons(session: Session) -> tuple[VoteReason, ...]:
    """The reasons of votes on the line on which the session stands: the last of each person at each of its steps."""
    found: dict[tuple[int, str], VoteReason] = {}
    for command, said, ballot in _at_ballots(session, Voted):
        found[command.parent, said.person] = VoteReason(
            step=ballot.step,
            moment=ballot.moment,
            card=ballot.card,
            person=said.person,
            seat=said.seat,
            moves=tuple(ballot.labels.get(move, move) for move in said.moves),
            text=" ".join(command.why.split()),
        )
    return tuple(one for one in found.values() if one.text)


def tallies(session: Session) -> tuple[TeamTally, ...]:
    """What the ballots on the line on which the session stands came to: the last of each seat at each of its steps."""
    found: dict[tuple[int, str], TeamTally] = {}
    for command, said, ballot in _at_ballots(session, Tallied):
        found[command.parent, said.seat] = TeamTally(
            step=ballot.step,
            moment=ballot.moment,
            card=ballot.card,
            seat=said.seat,
            counts={ballot.labels.get(move, move): count for move, count in said.counts.items()},
            voters=said.voters,
        )
    return tuple(found.values())


@attrs.frozen
class _Ballot:
    """Where a seat voted: after which step, when, on which card, and what its moves were called, by their ids."""

    step: int
    moment: Moment
    card: str
    labels: Mapping[str, str]


def _at_ballots(session: Session, kind: type[_Said]) -> Iterator[tuple[Command, _Said, _Ballot]]:
    """What was said of a kind on the line on which the session stands. The votes of a team share their ballot."""
    steps = {step.number: step for step in session.course.at.line()}
    ballots: dict[tuple[int, str], _Ballot] = {}
    for command in session.commands:
        said, step = command.said, steps.get(command.parent)
        if isinstance(said, kind) and step is not None:
            at = step.number, said.seat
            if at not in ballots:
                ballots[at] = _ballot(session, step, said.seat)
            yield command, said, ballots[at]


def _ballot(session: Session, step: Step, seat: str) -> _Ballot:
    position = session.position_at(step)
    actions = position.game.actions(position.state, seat) if seat in position.players else ()
    labels = {str(action): action.label for action in actions}
    return _Ballot(step.number, moment_after(session, step), position.state.card or "", labels)


def answers(session: Session) -> tuple[GivenAnswer, ...]:
    """The last answer of each person to each question, in the order of the questions' first answers."""
    found: dict[tuple[str, str], GivenAnswer] = {}
    for command, seats in _with_seats(session.commands):
        said = command.said
        if isinstance(said, Answered) and said.person in seats:
            found[said.question, said.person] = GivenAnswer(
                person=said.person,
                seat=seats[said.person],
                question=said.question,
                value=said.value,
                at=command.at,
            )
    return tuple(found.values())


def _with_seats(commands: Sequence[Command]) -> Iterator[tuple[Command, Mapping[str, str]]]:
    """Each command with the seat of every person when it was given."""
    seats: dict[str, str] = {}
    for command in commands:
        said = command.said
        if isinstance(said, Joined | Placed):
            seats[said.person] = said.seat or seats.get(said.person, "")
        yield command, seats


def without_names(people: Mapping[str, Person], called: Callable[[int], str]) -> Callable[[str], str]:
    """A function that takes the names of people out of a text: the first who joined becomes `called(1)`, and so on."""
    names = {one.name.casefold(): called(at) for at, one in enumerate(people.values(), 1) if one.name.strip()}
    if not names:
        return lambda text: text
    longest_first = sorted(names, key=len, reverse=True)
    found = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
    return lambda text: found.sub(lambda match: names.get(match[0].casefold(), ""), text)
