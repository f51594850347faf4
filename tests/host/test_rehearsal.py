"""A rehearsal: the program plays pupils, so that a facilitator can try a class alone, and nothing of it is kept."""

from __future__ import annotations

import asyncio
import pathlib
import random
from concurrent.futures import ThreadPoolExecutor

from click.testing import CliRunner

from tabletop.cli.main import main
from tabletop.host.facilitator_actions import hand_over
from tabletop.host.ledger import settings_said
from tabletop.host.membership import fill
from tabletop.host.rehearsal import Pupils, pupils_for
from tabletop.host.room import Room
from tabletop.host.room_clock import RoomClock
from tabletop.session import Facilitator
from tabletop.session.room_commands import Voted
from tests.host.live_room import begun, served, text_of


class Rushing(RoomClock):
    """Whenever it is looked at, a while has passed."""

    def __init__(self) -> None:
        self.now = 0.0

    def seconds(self) -> float:
        self.now += 10
        return self.now


def rehearsed(place: pathlib.Path, looks: int) -> Room:
    """A room in which pupils have looked at their pages so many times, and whose game began once all were there."""

    async def play() -> Room:
        with ThreadPoolExecutor(2) as workers:
            room = Room(begun(place), workers, clock=Rushing())
            room.open()
            pupils = Pupils(room, pupils_for(2), random.Random(5))
            for _ in range(pupils.number):
                await pupils.look()
            await room.say(lambda ledger: ([settings_said({"practice": True, "asking": "before"})], None), settled=True)
            for _ in range(4):
                await pupils.look()
            assert room.snapshot.practice is not None
            assert len(room.snapshot.practice.votes) == pupils.number
            await room.say(fill)
            await room.do(lambda session: hand_over(Facilitator(session), room.writer.ledger))
            await room.say(lambda ledger: ([settings_said({"started": True})], None), settled=True)
            for _ in range(looks):
                if room.snapshot.finished:
                    break
                await pupils.look()
                await room.say(lambda ledger: ([], None), settled=True)
            await room.close()
            return room

    return asyncio.run(play())


def test_pupils_join_practise_answer_and_play_to_the_end(tmp_path: pathlib.Path) -> None:
    room = rehearsed(tmp_path, 600)
    assert room.snapshot.finished
    assert len(room.ledger.roster.here) == pupils_for(2)
    assert {question for _, question in room.ledger.answers} == {"foretold_trust", "named_when"}
    voters = {said.person for said in (command.said for command in room.session.commands) if isinstance(said, Voted)}
    assert voters == {one.id for one in room.ledger.roster.here}


def test_a_rehearsal_says_so_on_every_page(tmp_path: pathlib.Path) -> None:
    session = begun(tmp_path)
    session.remarks([settings_said({"rehearsal": True})], "room")
    with served(session) as room:
        for page in (
            room.device().page,
            room.facilitator.get("/facilitator").body,
            room.facilitator.get("/table").body,
        ):
            assert "Rehearsal" in text_of(page)


def test_a_rehearsal_is_not_to_be_kept() -> None:
    refused = CliRunner().invoke(main, ["host", "first-summit", "--rehearse", "--save", "here"])
    assert refused.exit_code == 2
    assert "--rehearse keeps nothing" in refused.output
