"""A rehearsal: pupils whom the program plays, so that a facilitator can try a class alone the evening before.

They join, vote with a reason, practise, and answer what they are asked, each after a while; they know no more than
people would, and choose by chance. A room that is rehearsed says so on its pages, and nothing of it is kept.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Sequence
from typing import Any

import attrs

from tabletop.host import membership, practice
from tabletop.host.ballots import Ballot, Vote
from tabletop.host.device_pages import voted
from tabletop.host.ledger import Ledger, Remark
from tabletop.host.questions import Question
from tabletop.host.refusals import Refused
from tabletop.host.room import Room
from tabletop.host.tokens import hashed, new_token
from tabletop.presentation.words import Words

#: Seconds between two looks of the pupils at their pages, and those within which one of them answers what is new.
PACE, SOONEST, LATEST = 0.5, 1.5, 8.0
#: How many pupils come at least, and for each seat.
LEAST, EACH = 6, 2
_REASONS = 6


def pupils_for(seats: int) -> int:
    """How many pupils come to a game of so many seats."""
    return max(LEAST, EACH * seats)


@attrs.define
class Pupil:
    """A pupil by the id in the roster; what was new on their page last, and when they will have done it."""

    id: str
    saw: tuple[object, ...] = ()
    acts_at: float = 0.0


class Pupils:
    """The pupils of a room."""

    def __init__(self, room: Room, number: int, rng: random.Random | None = None) -> None:
        self.room, self.number = room, number
        self.here: list[Pupil] = []
        self._rng = rng or random.Random()

    async def run(self) -> None:
        """Joins and plays until it is cancelled."""
        while True:
            await self.room.clock.sleep(PACE)
            with contextlib.suppress(Refused):
                await self.look()

    async def look(self) -> None:
        """Lets the next pupil join, if there is one, and each do what is due by now."""
        if len(self.here) < self.number:
            await self._join()
        now = self.room.clock.seconds()
        for pupil in self.here:
            person = self.room.ledger.roster.people[pupil.id]
            if not person.is_here:
                continue
            self.room.heard(pupil.id)
            todo = self._todo(pupil.id)
            if todo != pupil.saw:
                pupil.saw, pupil.acts_at = todo, now + self._rng.uniform(SOONEST, LATEST)
            elif any(todo) and now >= pupil.acts_at:
                await self._act(pupil.id)
                pupil.saw = ()

    async def _join(self) -> None:
        words = Words(self.room.ledger.settings.lang)
        person = membership.newcomer(words("host.pupil", number=len(self.here) + 1), "")
        token = hashed(new_token())
        self.here.append(Pupil(await self.room.say(lambda ledger: membership.join(ledger, person, token, ""))))

    # What is to be done

    def _todo(self, id: str) -> tuple[object, ...]:
        """What a pupil has not done yet: the ballot to vote in, whether it is tied, the practice, the questions."""
        snapshot = self.room.snapshot
        person, answers = snapshot.ledger.roster.people[id], snapshot.ledger.answers
        asked = tuple(one.id for one in snapshot.questions if (id, one.id) not in answers)
        is_new = snapshot.practice is not None and id not in snapshot.practice.votes
        ballot = snapshot.ledger.ballots.get(person.seat) if person.seat and not snapshot.paused else None
        return "" if ballot is None or not self._wants(ballot, id) else ballot.key, is_new, asked

    def _wants(self, ballot: Ballot, id: str) -> bool:
        """Whether a pupil votes, or votes anew because their team does not agree."""
        if id not in ballot.votes:
            return True
        box = self.room.snapshot.boxes.get(ballot.seat)
        return box is not None and box.state in ("tied", "split") and ballot.votes[id].moves != _first(ballot)

    async def _act(self, id: str) -> None:
        snapshot = self.room.snapshot
        key, practises, asked = self._todo(id)
        if practises:
            vote = Vote(person=id, moves=(self._rng.choice(practice.MOVES),), why=self._reason())
            await self.room.do(lambda session: self.room.writer.practise(vote))
        if asked:
            questions = [one for one in snapshot.questions if (id, one.id) not in snapshot.ledger.answers]
            fields = {one.id: self._answer(one) for one in questions}
            await self.room.say(lambda ledger: membership.answer(ledger, id, questions, fields))
        if key:
            await self._vote(snapshot.ledger, id)

    async def _vote(self, ledger: Ledger, id: str) -> None:
        ballot = ledger.ballots[ledger.roster.people[id].seat]
        moves = _first(ballot) if id in ballot.votes else self._choice(ballot)
        vote = Vote(person=id, moves=moves, why=self._reason(), serial=ballot.next_serial(id))

        def saying(ledger: Ledger) -> tuple[Sequence[Remark], Any]:
            return voted(ledger, ballot.key, vote)

        await self.room.say(saying)

    # What they choose, by chance

    def _choice(self, ballot: Ballot) -> tuple[str, ...]:
        number = min(len(ballot.moves), ballot.picks + 1) if ballot.is_plan else 1
        # Where somebody has voted already, some follow: a team that talks agrees more than chance does.
        followed = _first(ballot)
        if followed and not ballot.is_plan and self._rng.random() < 0.5:
            return followed
        return tuple(self._rng.sample(ballot.moves, number))

    def _reason(self) -> str:
        words = Words(self.room.ledger.settings.lang)
        number = self._rng.randint(1, _REASONS)
        return words(f"host.pupil_why_{number}")

    def _answer(self, question: Question) -> str:
        if question.kind == "number":
            return str(self._rng.randint(question.low, question.high))
        return self._rng.choice(question.options) if question.kind == "choice" else self._reason()


def _first(ballot: Ballot) -> tuple[str, ...]:
    """What has the most votes, the first on the list where several have; nothing while nobody has voted."""
    leading = ballot.leading()
    if ballot.is_plan:
        return leading[: ballot.picks]
    return leading[:1]


@contextlib.asynccontextmanager
async def rehearsing(rooms: Sequence[Room]) -> AsyncIterator[list[Pupils]]:
    """Has pupils play in rooms meanwhile."""
    pupils = [Pupils(room, pupils_for(len(room.session.scenario.seats))) for room in rooms]
    tasks = [asyncio.ensure_future(one.run()) for one in pupils]
    try:
        yield pupils
    finally:
        for task in tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
