"""The facilitator's page as values: the game whole, the people of the room, and where the class is in its plan."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from typing import Any

import attrs

from tabletop.host.exports import EXPORTS
from tabletop.host.pages.ballot_box import BallotBox
from tabletop.host.pages.clock_face import ClockFace
from tabletop.host.pages.game import Game
from tabletop.host.questions import questions_of
from tabletop.host.run_sheet import RunSheet, run_sheet
from tabletop.host.settings import Settings
from tabletop.host.snapshot import Snapshot
from tabletop.host.writer import Writer
from tabletop.players.player_factory import players_for
from tabletop.presentation.names import names_in, worded
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.planned_injects import PlannedInject, planned_injects
from tabletop.presentation.words import Words
from tabletop.session import Facilitator, Session
from tabletop.session.facilitation import settable
from tabletop.session.facilitator_view import whole
from tabletop.session.notes import TAGS, notes
from tabletop.session.schedule import offers, schedules_at_hand
from tabletop.session.undo_policy import ALLOWED, allowed

#: The steps back from now whose falls of chance can be overruled from the page.
_LATEST_STEPS = 4


@attrs.frozen(kw_only=True)
class PersonRow:
    """Somebody in the room: "unapproved", "waiting", "seated" or "watching"; whether their device is heard from, and
    whether they have voted in their team's ballot."""

    id: str
    name: str
    standing: str
    seat: str
    present: bool
    voted: bool
    leads: bool


@attrs.frozen(kw_only=True)
class SeatRow:
    """A seat with its `people`: who plays it ("" for people, else a bot), whether it has to act, and of those who are
    present how many have `voted`. `moves` are those that can be decided for it."""

    id: str
    name: str
    icon: str
    at: int
    player: str
    players: tuple[str, ...]
    people: tuple[PersonRow, ...]
    captain: str
    acting: bool
    has_ballot: bool
    voted: int
    leading: str
    moves: tuple[tuple[str, str], ...]


@attrs.frozen(kw_only=True)
class ChanceRow:
    """A fall of chance that can be overruled: what it was about, what stands, and what else it could have been."""

    step: int
    place: int
    about: str
    outcome: str
    outcomes: tuple[tuple[str, str], ...]


@attrs.frozen(kw_only=True)
class FacilitatorPage:
    """Everything that a facilitator sees. It may hold what is hidden from players: nobody else is given it."""

    game: Game
    clock: ClockFace
    settings: Settings
    locked: bool
    approving: bool
    seating: str
    paused: bool
    problem: str
    outside: tuple[PersonRow, ...]
    seats: tuple[SeatRow, ...]
    hidden: Mapping[str, str]
    settable: Mapping[str, str]
    chances: tuple[ChanceRow, ...]
    undo: str
    exports: tuple[str, ...]
    joined: int
    away: int
    phases: Mapping[str, str]
    cards: Mapping[str, str]
    injects: tuple[PlannedInject, ...]
    schedules: tuple[str, ...]
    notes: tuple[Mapping[str, Any], ...]
    branches: tuple[Mapping[str, Any], ...]
    questions: tuple[Mapping[str, Any], ...]
    plans: Mapping[str, str]
    parts: tuple[tuple[str, str], ...]
    sheet: RunSheet | None
    tags: tuple[str, ...] = TAGS
    undo_rules: tuple[str, ...] = ALLOWED


def facilitator_page(writer: Writer, snapshot: Snapshot) -> FacilitatorPage:
    """The page now."""
    session, ledger = writer.session, snapshot.ledger
    scenario, roster = session.scenario, ledger.roster
    names, view = names_in(session.game.program), whole(session)
    answers = Counter(question for _, question in ledger.answers)
    rows = {one.id: _person(snapshot, one.id) for one in roster.here}
    return FacilitatorPage(
        game=snapshot.games[""],
        clock=snapshot.clock,
        settings=ledger.settings,
        locked=roster.locked,
        approving=roster.approving,
        seating=roster.seating,
        paused=snapshot.paused,
        problem=snapshot.problem,
        outside=tuple(one for one in rows.values() if one.standing != "seated"),
        seats=tuple(_seat(session, snapshot, one.id, rows) for one in scenario.seats),
        hidden={one.name: names.value(one.id, view.facts[one.id]) for one in scenario.hidden},
        settable={id: names.full(id) for id in settable(session)},
        chances=_chances(session),
        undo=allowed(session),
        exports=tuple(EXPORTS),
        joined=len(rows),
        away=sum(not one.present for one in rows.values()),
        phases={phase.id: phase.title for stage in scenario.stages for phase in stage.phases},
        cards={card.id: card.title for card in scenario.cards},
        injects=planned_injects(Perspective(session.game.program, "", view), Words(), offers(session)),
        schedules=tuple(schedules_at_hand(session)),
        notes=tuple(_note(one) for one in notes(session))[::-1],
        branches=tuple(attrs.asdict(one) for one in session.branches),
        questions=tuple({**attrs.asdict(one), "answers": answers[one.id]} for one in questions_of(scenario)),
        plans={plan.id: plan.title for plan in scenario.classroom},
        parts=tuple((f"{plan.id}/{phase.id}", phase.title) for plan in scenario.classroom for phase in plan.phases),
        sheet=_sheet(session, ledger.settings),
    )


def _person(snapshot: Snapshot, id: str) -> PersonRow:
    person = snapshot.ledger.roster.people[id]
    ballot = snapshot.ledger.ballots.get(person.seat)
    return PersonRow(
        id=person.id,
        name=person.name,
        standing=person.standing,
        seat=person.seat,
        present=person.id in snapshot.present,
        voted=ballot is not None and person.id in ballot.votes,
        leads=bool(person.seat) and snapshot.ledger.roster.captain(person.seat) == person.id,
    )


def _seat(session: Session, snapshot: Snapshot, id: str, rows: Mapping[str, PersonRow]) -> SeatRow:
    game, box = snapshot.games[id], snapshot.boxes.get(id)
    people = tuple(one for one in rows.values() if one.standing == "seated" and one.seat == id)
    return SeatRow(
        id=id,
        name=game.seat_name,
        icon=game.icon,
        at=game.at,
        player=session.position.players[id],
        players=players_for(session.scenario, id),
        people=people,
        captain=snapshot.ledger.roster.captain(id),
        acting=id in session.position.acting,
        has_ballot=box is not None,
        voted=sum(one.voted for one in people),
        leading=_leading(box),
        moves=tuple((move.key, move.label) for move in game.moves.values()),
    )


def _leading(box: BallotBox | None) -> str:
    """What the team would do if it closed now, in words."""
    if box is None or not box.votes:
        return ""
    chosen = box.plan if box.is_plan else tuple(one for one in box.choices if one.leads)
    return ", ".join(one.label for one in chosen)


def _chances(session: Session) -> tuple[ChanceRow, ...]:
    tables = {table.id: table for table in session.scenario.tables}
    cards = {card.id: card.title for card in session.scenario.cards}
    found = []
    for fall in Facilitator(session).falls(_LATEST_STEPS):
        draw = fall.draw
        table = tables.get(draw.node.subject) if draw.node.kind == "table" else None
        said = {one.id: " ".join(one.text.split()) for one in table.outcomes} if table else cards
        found.append(
            ChanceRow(
                step=fall.step,
                place=draw.place,
                about=table.title if table else draw.node.kind,
                outcome=draw.outcome,
                outcomes=tuple((one.id, said.get(one.id) or worded(one.id)) for one in draw.node.outcomes),
            )
        )
    return tuple(found)


def _note(one: Any) -> dict[str, Any]:
    return {"number": one.number, "text": one.text, "tags": one.tags, "to": one.to, "shown": one.shown}


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
