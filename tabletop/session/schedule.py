"""The schedule of injects in use: what it plans, and how each inject stands where the game does."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping
from typing import Any

import attrs

from tabletop.engine.adjudication import RulingRefused
from tabletop.engine.conditions import holds
from tabletop.scenario.injects import Inject, Schedule, schedule_from, schedules_of, title_of
from tabletop.scenario.library import UnknownScenario, locate
from tabletop.scenario.problems import nearest
from tabletop.scenario.translation import told_heading, told_schedule
from tabletop.session import commands
from tabletop.session.notes import withdrawn
from tabletop.session.session import Session
from tabletop.session.step_tree import Step


@attrs.frozen(kw_only=True)
class Offer:
    """An inject of the schedule and how it stands: "due", "later", "done" or "aside"; and whether it waits for its
    turn, or for its condition to hold."""

    inject: Inject
    standing: str
    waits_for_turn: bool = False
    waits_for_condition: bool = False


def schedule_data(session: Session) -> Mapping[str, Any]:
    """The schedule in use as plain data: the one loaded last."""
    for command in reversed(session.commands):
        if isinstance(command.said, commands.TakeUpSchedule):
            return command.said.content
    return {"injects": []}


def schedules_at_hand(session: Session) -> dict[str, pathlib.Path]:
    """The schedules that ship with the session's scenario on this machine, by name."""
    try:
        pack = locate(session.heading.pack)
    except UnknownScenario:
        return {}
    return {path.stem: path for path in schedules_of(pack)}


def schedule(session: Session) -> Schedule:
    """The schedule in use, in the language of the session; one without injects where none was loaded."""
    return told_schedule(schedule_from(schedule_data(session)), session.scenario)


def title_of_schedule(session: Session, path: pathlib.Path) -> str:
    """What a schedule is called in the language of the session."""
    return told_heading(session.scenario, title_of(path))


def planned_inject(session: Session, inject: str) -> Inject:
    """An inject of the schedule by its id. Raises RulingRefused."""
    injects = {one.id: one for one in schedule(session).injects}
    if inject not in injects:
        near = nearest(inject, injects)
        raise RulingRefused(
            f"no inject '{inject}' is planned" + (f" (did you mean '{near}'?)" if near else ""),
            "no-inject-near" if near else "no-inject",
            name=inject,
            near=near or "",
        )
    return injects[inject]


def card_brought_by(session: Session, card: str) -> commands.Plain | None:
    """A card that the schedule itself brings, as plain data; None for one that the scenario has."""
    if any(one.id == card for one in session.scenario.cards):
        return None
    cards: list[commands.Plain] = schedule_data(session).get("cards", [])
    return next((one for one in cards if one["id"] == card), None)


def offers(session: Session) -> list[Offer]:
    """Every inject of the schedule and how it stands: "due", "later", "done" or "aside"."""
    return [_offer(session, inject) for inject in schedule(session).injects]


def preview(session: Session, planned: Schedule) -> list[Offer]:
    """How the injects of a schedule that is not in use yet would stand now."""
    return [_offer(session, inject) for inject in planned.injects]


def _offer(session: Session, inject: Inject) -> Offer:
    if any(_inject_of(step) == inject.id for step in session.course.at.line()):
        return Offer(inject=inject, standing="done")
    settled = [
        command.said
        for command in session.commands
        if isinstance(command.said, commands.Settle)
        and command.said.inject == inject.id
        and command.number not in withdrawn(session)
    ]
    if settled:
        return Offer(inject=inject, standing="done" if settled[-1].done else "aside")
    state = session.state
    early = inject.turn is not None and state.turn < inject.turn
    missing = inject.when is not None and not holds(state, inject.when.source)
    standing = "later" if early or missing else "due"
    return Offer(inject=inject, standing=standing, waits_for_turn=early, waits_for_condition=missing)


def _inject_of(step: Step) -> str:
    """The inject of the schedule that a step belongs to, "" for none."""
    return step.said.scheduled if isinstance(step.said, commands.Inject | commands.SetValue) else ""
