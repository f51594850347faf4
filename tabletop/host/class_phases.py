"""Going from phase to phase of a class: the questions that are asked then, and the time that the game has."""

from __future__ import annotations

import datetime

from tabletop.host.ledger import Remark, settings_said
from tabletop.host.refusals import NotFound
from tabletop.scenario import Scenario
from tabletop.scenario.classroom import MOMENTS, ClassPhase
from tabletop.session import Facilitator


def phase_named(scenario: Scenario, part: str) -> ClassPhase:
    """A phase of a class by PLAN/PHASE. Raises NotFound."""
    plan, _, phase = part.partition("/")
    for one in scenario.classroom:
        for found in one.phases:
            if (one.id, found.id) == (plan, phase):
                return found
    raise NotFound("no-such-part")


def begun(part: str, phase: ClassPhase, at: datetime.datetime) -> list[Remark]:
    """What is written when a phase of a class begins."""
    asking = phase.asks if phase.asks in MOMENTS else ""
    return [settings_said({"part": part, "part_since": at.isoformat(), "asking": asking})]


def takes_up(facilitator: Facilitator, phase: ClassPhase) -> None:
    """Has the game stand in a phase in which no turns are played, once some were, and go on in one in which some are: a
    class that freezes or talks is not to be voting. Raises NotKept."""
    session = facilitator.session
    plan = next((plan for plan in session.scenario.classroom if phase in plan.phases), None)
    is_behind = plan is not None and any(one.turns for one in plan.phases[: plan.phases.index(phase)])
    if phase.turns:
        facilitator.go_on(phase.title)
    elif is_behind and not session.is_over:
        facilitator.pause(phase.title)


def set_clocks(facilitator: Facilitator, phase: ClassPhase) -> None:
    """Gives the phases of the game the time that they have in a phase of the class. Raises NotKept."""
    for name, seconds in phase.seconds.items():
        facilitator.set_clock(seconds, name)
