"""The facilitator's page as values: the game whole, the people of the room, and where the class is in its plan."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from tabletop.host.export_pages import DOCUMENTS
from tabletop.host.exports import EXPORTS
from tabletop.host.pages.ballot_box import BallotBox
from tabletop.host.pages.clock_face import ClockFace
from tabletop.host.pages.game import Game
from tabletop.host.pages.what_now import TeamNow, WhatNow, what_now
from tabletop.host.questions import questions_of
from tabletop.host.run_sheet import RunSheet, run_sheet
from tabletop.host.settings import Settings
from tabletop.host.snapshot import Snapshot
from tabletop.host.writer import Writer
from tabletop.players.player_factory import players_for
from tabletop.presentation.error_words import error_words
from tabletop.presentation.names import names_in, worded
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.planned_injects import PlannedInject, planned_injects
from tabletop.presentation.player_names import player_name
from tabletop.presentation.record import tag_name
from tabletop.presentation.settable_values import SettableValue, settable_values
from tabletop.presentation.words import Words
from tabletop.scenario import Scenario
from tabletop.session import Facilitator, Session
from tabletop.session.broken_ties import BrokenTie
from tabletop.session.command_kinds import Said
from tabletop.session.facilitator_view import whole
from tabletop.session.notes import TAGS, notes
from tabletop.session.room_commands import RoomSet
from tabletop.session.schedule import offers, schedules_at_hand, title_of_schedule
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
    present how many have `voted`; `leading` is what its vote comes to so far, `reasons` what its people have written.
    `moves` are those that can be decided for it, `tie` how its last vote was decided where it was tied."""

    id: str
    name: str
    icon: str
    at: int
    player: str
    player_name: str
    players: tuple[tuple[str, str], ...]
    people: tuple[PersonRow, ...]
    captain: str
    acting: bool
    has_ballot: bool
    voted: int
    leading: str
    reasons: tuple[Mapping[str, str], ...]
    moves: tuple[tuple[str, str], ...]
    tie: BrokenTie | None


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
    now: WhatNow
    hidden: Mapping[str, str]
    settable: tuple[SettableValue, ...]
    chances: tuple[ChanceRow, ...]
    undo: str
    exports: tuple[str, ...]
    joined: int
    everybody: tuple[str, ...]
    away: int
    phases: Mapping[str, str]
    cards: Mapping[str, str]
    injects: tuple[PlannedInject, ...]
    schedules: Mapping[str, str]
    notes: tuple[Mapping[str, Any], ...]
    branches: tuple[Mapping[str, Any], ...]
    questions: tuple[Mapping[str, Any], ...]
    plans: Mapping[str, str]
    parts: tuple[tuple[str, str], ...]
    sheet: RunSheet | None
    plan_ahead: RunSheet | None
    tags: Mapping[str, str]
    undo_rules: tuple[str, ...] = ALLOWED


def facilitator_page(writer: Writer, snapshot: Snapshot, now: datetime.datetime, words: Words) -> FacilitatorPage:
    """The page at a time of day."""
    session, ledger = writer.session.told_in(words.language), snapshot.ledger
    scenario, roster = session.scenario, ledger.roster
    names, view = names_in(session.game.program), whole(session)
    perspective = Perspective(session.game.program, "", view)
    answers = Counter(question for _, question in ledger.answers)
    rows = {one.id: _person(snapshot, one.id) for one in roster.here}
    sheet = _sheet(session, ledger.settings, now, words)
    return FacilitatorPage(
        game=snapshot.games[""],
        clock=snapshot.clock,
        settings=ledger.settings,
        locked=roster.locked,
        approving=roster.approving,
        seating=roster.seating,
        paused=snapshot.paused,
        problem=error_words(words, snapshot.problem, names) if snapshot.problem else "",
        outside=tuple(one for one in rows.values() if one.standing != "seated"),
        seats=tuple(_seat(session, snapshot, one.id, rows, words) for one in scenario.seats),
        hidden={one.name: names.value(one.id, view.facts[one.id]) for one in scenario.hidden},
        settable=settable_values(perspective, words),
        now=_now(session, snapshot, sheet, tuple(rows.values())),
        chances=_chances(session),
        undo=allowed(session),
        exports=(*EXPORTS, *DOCUMENTS),
        joined=len(rows),
        everybody=tuple(one.name for one in rows.values()),
        away=sum(not one.present for one in rows.values()),
        phases={phase.id: phase.title for stage in scenario.stages for phase in stage.phases},
        cards={card.id: card.title for card in scenario.cards},
        injects=planned_injects(perspective, words, offers(session)),
        schedules={name: title_of_schedule(session, path) for name, path in schedules_at_hand(session).items()},
        notes=tuple(_note(one, words) for one in notes(session))[::-1],
        tags={tag: tag_name(words, tag) for tag in TAGS},
        branches=tuple(attrs.asdict(one) for one in session.branches),
        questions=tuple({**attrs.asdict(one), "answers": answers[one.id]} for one in questions_of(scenario)),
        plans={plan.id: plan.title for plan in scenario.classroom},
        parts=tuple(
            (f"{plan.id}/{phase.id}", f"{plan.title}: {phase.title}")
            for plan in scenario.classroom
            for phase in plan.phases
        ),
        sheet=sheet,
        plan_ahead=_plan_ahead(scenario, ledger.settings, words) if sheet is None else None,
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


def _seat(session: Session, snapshot: Snapshot, id: str, rows: Mapping[str, PersonRow], words: Words) -> SeatRow:
    game, box = snapshot.games[id], snapshot.boxes.get(id) if snapshot.practice is None else None
    people = tuple(one for one in rows.values() if one.standing == "seated" and one.seat == id)
    player = session.position.players[id]
    return SeatRow(
        id=id,
        name=game.seat_name,
        icon=game.icon,
        at=game.at,
        player=player,
        player_name=player_name(words, session.scenario, id, player),
        players=tuple(
            (one, player_name(words, session.scenario, id, one)) for one in players_for(session.scenario, id)
        ),
        people=people,
        captain=snapshot.ledger.roster.captain(id),
        acting=id in session.position.acting,
        has_ballot=box is not None,
        voted=sum(one.voted for one in people),
        leading=_leading(box),
        reasons=box.reasons if box is not None else (),
        moves=tuple((move.key, move.label) for move in game.moves.values()),
        tie=snapshot.ties.get(id),
    )


def _now(session: Session, snapshot: Snapshot, sheet: RunSheet | None, people: Sequence[PersonRow]) -> WhatNow:
    settings, plans = snapshot.ledger.settings, session.scenario.classroom
    plan = (plans[0].id, plans[0].phases[0].id, plans[0].title) if plans and plans[0].phases else None
    seats = [one.id for one in session.scenario.seats if one.id in session.position.acting]
    return what_now(
        settings,
        sheet,
        plan,
        [_team_now(session, snapshot, id, people) for id in seats] if settings.started else [],
        joined=len(people),
        unapproved=sum(one.standing == "unapproved" for one in people),
        away=[one.name for one in people if not one.present],
        have_answered=_have_answered(snapshot, people),
        practised=None if snapshot.practice is None else len(snapshot.practice.votes),
        paused=snapshot.paused,
        finished=snapshot.finished,
        asks_after=any(one.moment == "after" for one in session.scenario.questions),
    )


def _have_answered(snapshot: Snapshot, people: Sequence[PersonRow]) -> int | None:
    """How many have answered everything that is asked now; None while nothing is."""
    asked = snapshot.questions
    if not asked:
        return None
    answers = snapshot.ledger.answers
    return sum(all((person.id, one.id) in answers for one in asked) for person in people)


def _team_now(session: Session, snapshot: Snapshot, id: str, people: Sequence[PersonRow]) -> TeamNow:
    box = snapshot.boxes.get(id)
    is_bot = bool(session.position.players[id])
    there = any(one.present and one.seat == id for one in people)
    game = snapshot.games[id]
    is_asked = game.card is not None and game.card.waits and bool(game.card.asks)
    return TeamNow(
        id=id,
        name=game.seat_name,
        waited=box.waiting_for if box is not None else (),
        tied=tuple(one.label for one in box.choices if one.leads) if box is not None and box.state == "tied" else (),
        is_split=box is not None and box.state == "split",
        is_empty=not is_bot and not there,
        is_bot=is_bot,
        holds_up=is_asked and box is not None and not box.votes,
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


def _note(one: Any, words: Words) -> dict[str, Any]:
    tags = tuple(tag_name(words, tag) for tag in one.tags)
    return {"number": one.number, "text": one.text, "tags": tags, "to": one.to, "shown": one.shown}


def _sheet(session: Session, settings: Settings, now: datetime.datetime, words: Words) -> RunSheet | None:
    """Where the class is, by the minute: it is not brought up to date more often than that."""
    plan, _, phase = settings.part.partition("/")
    found = next((one for one in session.scenario.classroom if one.id == plan), None)
    if found is None or not settings.part_since:
        return None
    begun = next(filter(None, (_begun(one.said, plan) for one in session.commands)), settings.part_since)
    return run_sheet(found, phase, _minutes(begun, now), _minutes(settings.part_since, now), words)


def _plan_ahead(scenario: Scenario, settings: Settings, words: Words) -> RunSheet | None:
    """The plan that the class would begin with, before it has begun."""
    if settings.started or not scenario.classroom:
        return None
    return run_sheet(scenario.classroom[0], "", 0, 0, words)


def _begun(said: Said, plan: str) -> str:
    """When a command has begun a phase of a class plan, "" for one that has not."""
    if not isinstance(said, RoomSet) or str(said.settings.get("part", "")).partition("/")[0] != plan:
        return ""
    return str(said.settings.get("part_since", ""))


def _minutes(since: str, now: datetime.datetime) -> float:
    try:
        return max(0.0, (now - datetime.datetime.fromisoformat(since)).total_seconds() / 60)
    except (ValueError, TypeError):
        return 0.0
