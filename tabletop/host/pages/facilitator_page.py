"""The facilitator's page as values: the game whole, the people of the room, and where the class is in its plan."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from typing import Any

import attrs

from tabletop.engine.views import whole_view
from tabletop.host.exports import EXPORTS
from tabletop.host.pages.clock_face import ClockFace
from tabletop.host.questions import questions_of
from tabletop.host.run_sheet import RunSheet, run_sheet
from tabletop.host.settings import Settings
from tabletop.host.snapshot import Snapshot
from tabletop.host.writer import Writer
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.planned_injects import PlannedInject, planned_injects
from tabletop.presentation.words import Words
from tabletop.session import Session
from tabletop.session.facilitation import TAGS, notes, offers


@attrs.frozen(kw_only=True)
class FacilitatorPage:
    """Everything that a facilitator sees. It may hold what is hidden from players: nobody else is given it."""

    game: Mapping[str, Any]
    clock: ClockFace
    settings: Settings
    locked: bool
    approving: bool
    seating: str
    paused: bool
    problem: str
    people: tuple[Mapping[str, Any], ...]
    seats: tuple[Mapping[str, Any], ...]
    boxes: Mapping[str, Any]
    hidden: Mapping[str, Any]
    phases: Mapping[str, str]
    cards: Mapping[str, str]
    injects: tuple[PlannedInject, ...]
    notes: tuple[Mapping[str, Any], ...]
    branches: tuple[Mapping[str, Any], ...]
    questions: tuple[Mapping[str, Any], ...]
    plans: Mapping[str, str]
    first_phases: Mapping[str, str]
    exports: tuple[str, ...]
    sheet: RunSheet | None
    tags: tuple[str, ...] = TAGS


def facilitator_page(writer: Writer, snapshot: Snapshot) -> FacilitatorPage:
    """The page now."""
    session, ledger = writer.session, snapshot.ledger
    scenario = session.scenario
    view = whole_view(session.state)
    answers = Counter(question for _, question in ledger.answers)
    return FacilitatorPage(
        game=snapshot.games[""],
        clock=snapshot.clock,
        settings=ledger.settings,
        locked=ledger.roster.locked,
        approving=ledger.roster.approving,
        seating=ledger.roster.seating,
        paused=snapshot.paused,
        problem=snapshot.problem,
        people=tuple(_person(snapshot, one.id) for one in ledger.roster.here),
        seats=tuple(_seat(session, snapshot, one.id, one.name) for one in scenario.seats),
        boxes=snapshot.boxes,
        hidden={one.name: view.facts[one.id] for one in scenario.hidden},
        phases={phase.id: phase.title for stage in scenario.stages for phase in stage.phases},
        cards={card.id: card.title for card in scenario.cards},
        injects=planned_injects(Perspective(session.game.program, "", view), Words("en"), offers(session)),
        notes=tuple({"number": one.number, "text": one.text, "tags": one.tags, "to": one.to} for one in notes(session)),
        branches=tuple(attrs.asdict(one) for one in session.branches),
        questions=tuple({**attrs.asdict(one), "answers": answers[one.id]} for one in questions_of(scenario)),
        plans={plan.id: plan.title for plan in scenario.classroom},
        first_phases={plan.id: plan.phases[0].id for plan in scenario.classroom},
        exports=tuple(EXPORTS),
        sheet=_sheet(session, ledger.settings),
    )


def _person(snapshot: Snapshot, id: str) -> dict[str, Any]:
    person = snapshot.ledger.roster.people[id]
    ballot = snapshot.ledger.ballots.get(person.seat)
    return {
        "id": person.id,
        "name": person.name,
        "standing": person.standing,
        "seat": person.seat,
        "present": person.id in snapshot.present,
        "voted": ballot is not None and person.id in ballot.votes,
    }


def _seat(session: Session, snapshot: Snapshot, id: str, name: str) -> dict[str, Any]:
    roster = snapshot.ledger.roster
    return {
        "id": id,
        "name": name,
        "player": session.position.players[id],
        "team": len(roster.team(id)),
        "captain": roster.captain(id),
        "acting": id in session.state.acting,
    }


def _sheet(session: Session, settings: Settings) -> RunSheet | None:
    """Where the class is, by the minute: it is not brought up to date more often than that."""
    plan, _, phase = settings.part.partition("/")
    found = next((one for one in session.scenario.classroom if one.id == plan), None)
    if found is None or not settings.part_since:
        return None
    now = datetime.datetime.now(datetime.UTC)
    begun = next((one.at for one in session.commands if _begins(one.body, plan)), settings.part_since)
    return run_sheet(found, phase, _minutes(begun, now), _minutes(settings.part_since, now))


def _begins(body: Mapping[str, Any], plan: str) -> bool:
    values = body.get("settings")
    return isinstance(values, dict) and str(values.get("part", "")).partition("/")[0] == plan


def _minutes(since: str, now: datetime.datetime) -> float:
    try:
        return max(0.0, (now - datetime.datetime.fromisoformat(since)).total_seconds() / 60)
    except (ValueError, TypeError):
        return 0.0
