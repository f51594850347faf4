"""Sessions with something to say in a debrief: classes with reasons, predictions, an overruling, a branch."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from tabletop.engine.program import Action
from tabletop.players import cast, decide
from tabletop.players.player_factory import players_for
from tabletop.scenario import Scenario
from tabletop.session import Facilitator, Journal, Session
from tabletop.session.command_kinds import Counts
from tabletop.session.commands import Answered, Joined, Tallied, Voted
from tabletop.session.facilitation import Fall

NAMES = ("Ada Quist", "Bo Lind", "Chidi Eze", "Dana Roth", "Eun-ji Park", "Farid Nasser")
REASONS = (
    "It keeps our hands free.",
    "We need to know more before anybody names a day.",
    "If we wait, the other side will say that we were never serious.",
    "Our friends read it in the papers last time.",
    "It is the cheapest way to find out.",
)


def a_class(
    scenario: Scenario, seats: Sequence[str], *, seed: int = 7, journal: Journal | None = None, turns: int = 0
) -> Session:
    """A game of teams of two on some seats, bots on the others, to its end or through so many turns."""
    session = Session(scenario, seed=seed, humans=list(seats), journal=journal)
    teams = _joined(session, seats)
    _answer(session, teams, "before")
    _play(session, teams, turns)
    _answer(session, teams, "during")
    _answer(session, teams, "after")
    return session


def facilitated(scenario: Scenario, seats: Sequence[str], *, seed: int = 7, journal: Journal | None = None) -> Session:
    """A class whose facilitator noted, brought in a card, set a meter, overruled chance, and tried another line."""
    session = Session(scenario, seed=seed, humans=list(seats), journal=journal)
    desk, teams = Facilitator(session, "Ms Lee"), _joined(session, seats)
    _answer(session, teams, "before")
    _play(session, teams, 2)
    desk.note("They did not ask what he wants, Ada Quist least of all.", ["turning point", "surprise"])
    desk.message([seats[0]], "Two minutes left.")
    meter = scenario.meters[0]
    desk.set(meter.id, meter.start, "As agreed at the start.")
    _play(session, teams, 3)
    fall = _fall_of_the_moment(session, teams, desk)
    if fall is not None:
        other = next(one.id for one in fall.draw.node.outcomes if one.id != fall.draw.outcome)
        desk.overrule(fall.step, fall.draw.place, other, "The model was too harsh on them here.")
    here = session.course.at.number
    _play(session, teams, 0)
    _answer(session, teams, "during")
    _answer(session, teams, "after")
    main = session.course.branch
    desk.session.go(here)
    session.begin_branch("What if they had waited")
    _play(session, teams, 0, offset=3)
    session.switch(main)
    return session


Teams = dict[str, list[str]]


def _fall_of_the_moment(session: Session, teams: Teams, desk: Facilitator) -> Fall | None:
    """The last roll of a table, after which nobody has decided anything yet: play goes on until there is one."""
    for _ in range(12):
        tables = [one for one in desk.falls(3) if one.draw.node.kind == "table" and len(one.draw.node.outcomes) > 1]
        decided = max(step.number for step in session.course.at.line() if step.kind == "decide")
        if tables and tables[0].step >= decided:
            return tables[0]
        _play(session, teams, 1)
    return None


def _joined(session: Session, seats: Sequence[str]) -> Teams:
    teams: Teams = {}
    for at, seat in enumerate(seats):
        for name in NAMES[2 * at : 2 * at + 2]:
            id = f"p{len(teams)}{name[0].lower()}"
            said = Joined(person=id, name=name, standing="seated", hash=f"hash of {id}", seat=seat)
            session.remark(said, "room")
            teams.setdefault(seat, []).append(id)
    return teams


def _answer(session: Session, teams: Teams, moment: str) -> None:
    for at, question in enumerate(one for one in session.scenario.questions if one.moment == moment):
        for number, person in enumerate(itertools.chain(*teams.values())):
            value: int | str = f"Answer {number} to {question.id}, as Bo Lind said."
            if question.kind == "number":
                value = 30 + 7 * number + at
            elif question.kind == "choice":
                named = {"assumptions": [one.title for one in session.scenario.assumptions]}
                options = named.get(question.among, list(question.options))
                value = options[(number + at) % len(options)]
            session.remark(Answered(person=person, question=question.id, value=value), "room")


def _play(session: Session, teams: Teams, turns: int, offset: int = 0) -> None:
    """Plays so many turns, or to the end: teams do what a doctrine of theirs would, with reasons."""
    last = session.view(next(iter(teams))).turn + turns if turns else 10**6
    for number in itertools.count(offset):
        for _ in session.run_bots():
            pass
        seat = session.to_act
        if seat is None or session.state.turn >= last:
            return
        action = _choice(session, seat, number)
        _vote(session, teams[seat], seat, action, number)
        session.decide(seat, action, "room", REASONS[number % len(REASONS)])


def _choice(session: Session, seat: str, number: int) -> Action:
    """Mostly what a doctrine of the seat's would do; now and then something else."""
    legal = session.game.actions(session.state, seat)
    if number % 5 == 4:
        return legal[number % len(legal)]
    player = cast(session.game, {seat: players_for(session.scenario, seat)[0]})[seat]
    return decide(player, session.game, session.state, seat)


def _vote(session: Session, team: Sequence[str], seat: str, action: Action, number: int) -> None:
    ballot = f"{session.state.turn}-{session.state.phase}-{number}"
    for at, person in enumerate(team):
        said = Voted(person=person, seat=seat, ballot=ballot, moves=(str(action),), serial=number + 1)
        session.remark(said, "room", REASONS[(number + at) % len(REASONS)])
    counts = Counts({str(action): len(team)})
    tally = Tallied(seat=seat, ballot=ballot, moves=(str(action),), how="all", counts=counts, voters=len(team))
    session.remark(tally, "room")
