"""Glimpses: what a saved game looked like when it was left, found out once and kept in the user's cache."""

from __future__ import annotations

import json
import pathlib
from typing import Any

import attrs

from tabletop.session import Journal, JournalError, Session, open_session
from tabletop.session.journal import Kept
from tabletop.storage.cache import Cache
from tabletop.window.background_work import Job

# A change of what is in a glimpse makes all that are in the cache worthless.
_FORMAT = 2
#: How many places of a meter's history a picture has room for.
MOST_POINTS = 40


@attrs.frozen(kw_only=True)
class Glimpse:
    """The key facts of a saved game, of which none is secret. `meters` is the course of each from 0 to 1, by id;
    `names` and `values` are theirs now.

    `wrong` says in a line why the game cannot be opened.
    """

    when: str = ""
    stage: str = ""
    ending: str = ""
    tone: str = ""
    branches: int = 1
    decisions: int = 0
    meters: dict[str, list[float]] = attrs.field(factory=dict)
    names: dict[str, str] = attrs.field(factory=dict)
    values: dict[str, int] = attrs.field(factory=dict)
    seats: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    wrong: str = ""


class Glimpses:
    """The glimpses of a journal's sessions; those that have changed since are looked at again."""

    def __init__(self, journal: Journal, folder: pathlib.Path | None = None) -> None:
        self._place = journal.path
        self._cache = Cache.of_user("glimpses") if folder is None else Cache(folder)

    def known(self, kept: Kept) -> Glimpse | None:
        """The glimpse of a session from the cache; None if it has none, or has gone on since."""
        found = None if self._cache is None else self._cache.read(self._entry(kept))
        data = {} if found is None else json.loads(found)
        if data.pop("of", None) != self._mark(kept):
            return None
        return Glimpse(**{**data, "seats": tuple(data["seats"]), "people": tuple(data["people"])})

    def look(self, kept: list[Kept], job: Job) -> dict[str, Glimpse]:
        """Looks at sessions, which replays them, and keeps what it saw. Raises Cancelled."""
        found = {}
        journal = Journal(self._place)
        try:
            for at, one in enumerate(kept):
                job.tell(at / len(kept), one.heading.title)
                glimpse = self._of(journal, one)
                found[one.heading.id] = glimpse
                self._keep(one, glimpse)
        finally:
            journal.close()
        return found

    def forget(self, kept: Kept) -> None:
        """The session is gone."""
        if self._cache is not None:
            self._cache.forget(self._entry(kept))

    @staticmethod
    def _entry(kept: Kept) -> str:
        return f"{kept.heading.id}.json"

    @staticmethod
    def _mark(kept: Kept) -> list[Any]:
        return [_FORMAT, kept.heading.digest, kept.standing.commands, kept.standing.updated]

    def _keep(self, kept: Kept, glimpse: Glimpse) -> None:
        if self._cache is not None:
            made = json.dumps({"of": self._mark(kept), **attrs.asdict(glimpse)})
            self._cache.keep(self._entry(kept), made.encode())

    @staticmethod
    def _of(journal: Journal, kept: Kept) -> Glimpse:
        try:
            session, _ = open_session(journal, kept.heading.id, watch=True)
        except JournalError as error:
            return Glimpse(wrong=str(error))
        return seen(session)


def seen(session: Session) -> Glimpse:
    """What can be seen of a session by anybody."""
    scenario, state = session.scenario, session.state
    stage = next(one for one in scenario.stages if one.id == state.stage)
    names = {seat.id: seat.name for seat in scenario.seats}
    ending = next((one for one in scenario.endings if one.id == state.outcome), None)
    states = session.states
    step = max(1, len(states) // MOST_POINTS)
    shown = [*states[::step], state]
    meters = {}
    for meter in scenario.meters:
        low, high = meter.range
        meters[meter.id] = [round((one.meters[meter.id] - low) / max(1, high - low), 3) for one in shown]
    return Glimpse(
        when=stage.dates[state.stage_turn - 1] if state.stage_turn <= len(stage.dates) else "",
        stage=stage.title,
        ending=ending.title if ending else "",
        tone=ending.tone if ending else "",
        branches=len(session.branches),
        decisions=len(session.decisions),
        meters=meters,
        names={meter.id: meter.short or meter.name for meter in scenario.meters},
        values={meter.id: state.meters[meter.id] for meter in scenario.meters},
        seats=tuple(seat.id for seat in scenario.seats),
        people=tuple(names[seat] for seat in session.humans),
    )
