"""What the steps and branches of a session did, as typed values, without sentences."""

from __future__ import annotations

import attrs

from tabletop.engine.adjudication import Draw
from tabletop.engine.program import Action
from tabletop.session.apply_command import named_action
from tabletop.session.facilitation import Facilitator
from tabletop.session.session import Session
from tabletop.session.step_tree import Branch, Step


@attrs.frozen(kw_only=True)
class Moment:
    """When something is: the turn over all stages and in its stage, the ids of stage and phase, and the id of the
    ending once the game is over."""

    turn: int
    stage: str
    stage_turn: int
    phase: str
    outcome: str | None = None


@attrs.frozen(kw_only=True)
class StepSummary:
    """A step: its number, the `kind` of its command ("start" for the start), who gave it and why, and the moment to
    which it leads.

    What a kind has none of is "", None or (): the `seat` and its `action`, the draws that were `overruled` in it, the
    `card` that came in (its title), the `name` and `value` of what was set, the `player` who got the seat ("" for a
    person), the `phase` that was ended, extended or repeated.
    """

    number: int
    kind: str
    who: str
    why: str
    moment: Moment
    seat: str = ""
    action: Action | None = None
    overruled: tuple[Draw, ...] = ()
    card: str = ""
    name: str = ""
    value: int | bool | str = ""
    player: str = ""
    phase: str = ""


@attrs.frozen(kw_only=True)
class BranchSummary:
    """A branch, its last step, and the step at which it left another."""

    branch: Branch
    tip: StepSummary
    origin: StepSummary


def step_summary(session: Session, step: Step) -> StepSummary:
    """What a step did."""
    body, command = step.body, step.command
    is_decision = step.kind in ("decide", "overrule") and step.before is not None
    action = None
    if is_decision and step.before is not None:
        action = named_action(session.position_at(step.before), body["seat"], body["action"])
    overruled = Facilitator(session).overruled(step) if step.kind == "overrule" else ()
    return StepSummary(
        number=step.number,
        kind=step.kind,
        who="" if command is None else command.who,
        why="" if command is None else command.why,
        moment=moment_after(session, step),
        seat=body.get("seat", ""),
        action=action,
        overruled=tuple(overruled),
        card=_card_title(session, step),
        name=body.get("name", ""),
        value=body.get("value", ""),
        player=body.get("player", ""),
        phase=body.get("phase", ""),
    )


def moment_after(session: Session, step: Step) -> Moment:
    """When it is after a step."""
    state = session.position_at(step).state
    return Moment(
        turn=state.turn, stage=state.stage, stage_turn=state.stage_turn, phase=state.phase, outcome=state.outcome
    )


def moment_before(session: Session, step: Step) -> Moment:
    """When a step was taken."""
    return moment_after(session, step.before or step)


def branch_summaries(session: Session) -> tuple[BranchSummary, ...]:
    """Every branch in the order of their beginnings."""
    steps = session.course.steps
    return tuple(
        BranchSummary(
            branch=one,
            tip=step_summary(session, steps[one.tip]),
            origin=step_summary(session, steps[one.origin]),
        )
        for one in session.branches
    )


def _card_title(session: Session, step: Step) -> str:
    """The title of the card that a step brings in, be it one written on the spot."""
    if step.kind != "inject":
        return ""
    id = step.body["card"]
    cards = session.position_at(step).game.scenario.cards
    return next((card.title for card in cards if card.id == id), str(id))


@attrs.frozen(kw_only=True)
class FallSummary:
    """A fall of chance, the step in which it fell, and when that step was taken."""

    draw: Draw
    step: StepSummary
    before: Moment


def recent_falls(session: Session, steps: int = 12) -> tuple[FallSummary, ...]:
    """The falls of chance in the last so many steps, the last first."""
    found = []
    for fall in Facilitator(session).falls(steps):
        step = session.course.steps[fall.step]
        summary, before = step_summary(session, step), moment_before(session, step)
        found.append(FallSummary(draw=fall.draw, step=summary, before=before))
    return tuple(found)
