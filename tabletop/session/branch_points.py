"""The step from which a game can be played on otherwise."""

from __future__ import annotations

from tabletop.session.session import Session
from tabletop.session.step_tree import Step


def step_before(session: Session, turn: int, seat: str, decision: str) -> Step:
    """The step from which somebody could have decided otherwise in a turn: that before a seat's decision (by the id of
    its action), where a person made it, or else the last before it at which a person was to act."""
    line = session.course.at.line()
    for step in line:
        if step.before is not None and step.kind in ("decide", "overrule") and not step.body.get("by"):
            there = session.position_at(step.before).state
            if (there.turn, step.body["seat"], step.body["action"]) == (turn, seat, decision):
                return step.before
    found = line[0]
    for step in line:
        position = session.position_at(step)
        if position.state.turn > turn:
            break
        acting = position.state.acting
        if acting and (acting[0] in position.humans or not position.humans):
            found = step
            if position.state.turn == turn:
                break
    return found


def play_on_from(session: Session, step: int, base: str, who: str) -> str:
    """Goes back to before a step and begins a branch there, which is called as given, or with a number behind it where
    there is one of that name; the name of the branch. Raises KeyError for an unknown step, CannotGo, NotKept."""
    found = session.course.steps[step]
    return branch_from(session, found.before or found, base, who)


def branch_from(session: Session, step: Step, base: str, who: str) -> str:
    """The same from where a step has led."""
    name, number = base, 2
    while name in session.course.tips:
        name, number = f"{base} ({number})", number + 1
    session.go(step.number, who)
    session.begin_branch(name, who)
    return name
