"""What the people of a room have written: the reasons for their votes, and their answers to the pack's questions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import attrs

from tabletop.session.commands import Answered, Command, Joined, Placed, Tallied, Voted
from tabletop.session.session import Session
from tabletop.session.step_summary import Moment, moment_after
from tabletop.session.step_tree import Step


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
            case Joined(person=id, name=name, seat=seat):
                found.setdefault(id, Person(id=id, name=name, seat=seat))
            case Placed(person=id, seat=seat, name=name) if id in found:
                before = found[id]
                found[id] = attrs.evolve(before, name=name or before.name, seat=seat or before.seat)
    return found


def vote_reasons(session: Session) -> tuple[VoteReason, ...]:
    """The reasons of votes on the line on which the session stands: the last of each person at each of its steps."""
    steps = {step.number: step for step in session.course.at.line()}
    found: dict[tuple[int, str], VoteReason] = {}
    for command in session.commands:
        said, step = command.said, steps.get(command.parent)
        if isinstance(said, Voted) and step is not None:
            labels = _labels(session, step, said.seat)
            found[command.parent, said.person] = VoteReason(
                step=step.number,
                moment=moment_after(session, step),
                card=_card(session, step),
                person=said.person,
                seat=said.seat,
                moves=tuple(labels.get(move, move) for move in said.moves),
                text=" ".join(command.why.split()),
            )
    return tuple(one for one in found.values() if one.text)


def tallies(session: Session) -> tuple[TeamTally, ...]:
    """What the ballots on the line on which the session stands came to: the last of each seat at each of its steps."""
    steps = {step.number: step for step in session.course.at.line()}
    found: dict[tuple[int, str], TeamTally] = {}
    for command in session.commands:
        said, step = command.said, steps.get(command.parent)
        if isinstance(said, Tallied) and step is not None:
            labels = _labels(session, step, said.seat)
            found[command.parent, said.seat] = TeamTally(
                step=step.number,
                moment=moment_after(session, step),
                card=_card(session, step),
                seat=said.seat,
                counts={labels.get(move, move): count for move, count in said.counts.items()},
                voters=said.voters,
            )
    return tuple(found.values())


def _labels(session: Session, step: Step, seat: str) -> dict[str, str]:
    """What the moves that a seat could make after a step are called, by their ids."""
    position = session.position_at(step)
    if seat not in position.players:
        return {}
    return {str(action): action.label for action in position.game.actions(position.state, seat)}


def _card(session: Session, step: Step) -> str:
    return session.position_at(step).state.card or ""


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
