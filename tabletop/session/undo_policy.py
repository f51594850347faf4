"""What a player may undo and redo without a facilitator, and whether it was with hindsight."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from tabletop.engine.log import Entry
from tabletop.scenario.effects import Effect
from tabletop.session.commands import Allow, Decide, Go, Overrule
from tabletop.session.seated_game import SeatedGame
from tabletop.session.step_tree import Step

#: Until when a person may take back a decision of this turn: at any time, until something of what follows is known to
#: its seat, or not at all.
ALLOWED = ("turn", "reveal", "never")


@attrs.frozen
class UndoRefusal:
    """Why nothing can be taken back or done again: a `kind` of errors.yaml, and what a `turn` is called."""

    kind: str
    turn: str = ""

    @property
    def places(self) -> Mapping[str, object]:
        """What the words of the kind name."""
        return {"turn": self.turn}


def allowed(session: SeatedGame) -> str:
    """What the facilitator allows; "turn" unless they have said otherwise."""
    for command in reversed(session.commands):
        if isinstance(command.said, Allow):
            return command.said.undo
    return "turn"


def refused(session: SeatedGame) -> UndoRefusal | None:
    """Why nothing can be taken back now; None if something can."""
    rule = allowed(session)
    if session.paused:
        return UndoRefusal("paused-by-facilitator")
    if rule == "never":
        return UndoRefusal("undo-never")
    step = last_of_a_person(session)
    if step is not None:
        if rule == "reveal" and has_hindsight(session):
            return UndoRefusal("undo-known")
        return None
    turn = next(stage.turn for stage in session.scenario.stages if stage.id == session.state.stage)
    return UndoRefusal("undo-since" if len(session.humans) > 1 else "undo-nothing", turn)


def redo_refused(session: SeatedGame) -> UndoRefusal | None:
    """Why nothing that was taken back can be done again now; None if something can."""
    if session.paused:
        return UndoRefusal("paused-by-facilitator")
    if allowed(session) == "never":
        return UndoRefusal("redo-never")
    return UndoRefusal("redo-nothing") if taken_back(session) is None else None


def last_of_a_person(session: SeatedGame) -> Step | None:
    """The last decision of the person to act, if it was made in this turn and nobody else has decided since."""
    mine, humans, turn = session.to_act, session.humans, session.state.turn
    step: Step | None = session.course.at
    while step is not None and step.before is not None:
        if session.position_at(step.before).state.turn != turn:
            return None
        said = step.said
        if isinstance(said, Decide | Overrule) and not said.by and said.seat in humans:
            return step if mine in (None, said.seat) else None
        step = step.before
    return None


def seat_of(step: Step) -> str:
    """The seat that a decision is of; "" for another step."""
    return step.said.seat if isinstance(step.said, Decide | Overrule) else ""


def taken_back(session: SeatedGame) -> Step | None:
    """Where the game stood before the person to act took a decision back; None if something else was done since."""
    course = session.course
    stood: list[Step] = []
    for command in reversed(session.commands):
        if command.is_step or command.kind == "branch":
            break
        if isinstance(command.said, Go):
            if command.who not in session.humans:
                break
            stood.append(course.steps[command.parent])
            stood.append(course.steps[command.said.step])
    undone: list[Step] = []
    while stood:
        there, then = stood.pop(), stood.pop()
        if _is_beyond(session, then.number, there):
            undone.append(then)
        elif undone:
            undone.pop()
    mine = session.to_act
    return undone[-1] if undone and mine is not None else None


def has_hindsight(session: SeatedGame) -> bool:
    """Whether anything that followed the decision is known to its seat, now or from before it was undone."""
    step = last_of_a_person(session)
    if step is None or step.before is None:
        return False
    return _is_foreseen(session, step) or _was_revealed_since(session, step)


def _is_foreseen(session: SeatedGame, step: Step) -> bool:
    """Whether somebody has come back with hindsight from beyond this step."""
    return any(
        isinstance(command.said, Go) and command.said.hindsight and _is_beyond(session, command.parent, step)
        for command in session.commands
    )


def _is_beyond(session: SeatedGame, number: int, step: Step) -> bool:
    return any(one is step for one in session.course.steps[number].line())


def _was_revealed_since(session: SeatedGame, step: Step) -> bool:
    """Whether its seat has learned anything since a decision that it could not have known before."""
    assert step.before is not None
    seat, then, now = seat_of(step), session.position_at(step.before).state, session.state
    if then.card is None and (then.turn, then.phase) != (now.turn, now.phase):
        phases = [phase for stage in session.scenario.stages for phase in stage.phases if phase.id == then.phase]
        if any(phase.is_face_down and len(phase.seats) > 1 for phase in phases):
            return True  # what lay face down was turned over, and be it that somebody passed
    known = len(session.game.view(then, seat).log)
    return any(_is_news(session, seat, entry) for entry in session.view(seat).log[known:])


def _is_news(session: SeatedGame, seat: str, entry: Entry) -> bool:
    if entry.kind in ("turn", "stage") or (entry.kind == "action" and entry.seat == seat):
        return False
    if entry.kind != "change" or entry.seat != seat or entry.noun not in ("action", "option"):
        return True
    mine = [one for one in session.game.program.actions if one.seat == seat and str(one) == entry.decision]
    return not all(_is_foreseeable(session, seat, effect) for one in mine for effect in one.effects)


def _is_foreseeable(session: SeatedGame, seat: str, effect: Effect) -> bool:
    scope, value = session.game.program.scope, effect.value
    read = [scope.read(part.source) for part in (effect.when, effect.amount) if part is not None]
    if value is not None:
        read += [scope.value_for(scope.symbols[name], value.source) for name in effect.changed]
    return all(meaning.known_by(seat) for meaning in read)
