"""Plays whole games with thirty phones that drop, sleep, reload and come back late, while the server is killed.

Nothing that was acknowledged may be missing afterwards, nobody may have changed seats.

python tests/benchmarks/classroom_killed.py --games 20
python tests/benchmarks/classroom_killed.py --scenario summit-2018 --kills 10
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import re
import sys
import time

import attrs
import click

from tabletop.bench.driven_class import Server, act, facilitator, serving, start
from tabletop.bench.driven_phone import Phone, found
from tabletop.session import Journal

_LOST = (OSError, asyncio.IncompleteReadError, TimeoutError, AssertionError)


@attrs.define(eq=False)
class Pupil:
    """A person with a phone that misbehaves: what they were told is done is in `acknowledged`."""

    phone: Phone
    name: str
    rng: random.Random
    asleep: float
    team: str = ""
    acknowledged: list[tuple[str, str]] = attrs.field(factory=list)
    wrong: list[str] = attrs.field(factory=list)

    async def play(self, is_over: asyncio.Event) -> None:
        """Votes whenever there is something to vote on, until the game is over."""
        voted, last = "", 0.0
        while not is_over.is_set():
            await asyncio.sleep(self.rng.uniform(0.02, 0.25))
            with contextlib.suppress(*_LOST):
                await self._misbehave()
                await self._look()
                page = self.phone.page
                if not self.phone.can_vote or "fieldset disabled" in page:
                    continue
                key = found(r'name="ballot" value="(\w+)"', page)
                if key != voted or time.monotonic() - last > 2:
                    await self._vote(key)
                    voted, last = key, time.monotonic()

    async def _look(self) -> None:
        """Sees to it that the page is there, and is that of the person's own team."""
        if self.phone._events is None or self.phone._tasks[0].done():
            self.phone.hang_up()
            await self.phone.listen()
            await self.phone.until(bool, 5)
        seated = re.search(r'<p class="who"><b>([^<]*)</b>', self.phone.page)
        if seated is None:
            return  # they wait for a seat
        team = seated[1]
        self.team = self.team or team
        if team != self.team:
            self.wrong.append(f"{self.name} of {self.team} saw the page of {team}")

    async def _vote(self, key: str) -> None:
        page = self.phone.page
        moves = re.findall(r'name="move" value="([^"]+)"', page)
        move = moves[0] if self.rng.random() < 0.7 else self.rng.choice(moves)
        fields = [(name, found(rf'name="{name}" value="(\w+)"', page)) for name in ("form", "ballot", "serial")]
        fields += [("move", move), ("why", f"{self.name}, {key}, {move}")]
        answer = await asyncio.wait_for(self.phone.ask("POST", f"/{self.phone.code}/vote", fields), 10)
        if answer.status == 204:
            self.acknowledged.append((key, move))
        elif answer.status >= 500:
            self.wrong.append(f"{self.name} was answered {answer.status}: {answer.body[:100]}")

    async def _misbehave(self) -> None:
        if self.rng.random() >= 0.1:
            return
        match self.rng.randrange(4):
            case 0:  # the network is gone
                self.phone.hang_up()
            case 1:  # the phone sleeps: no byte is read or sent
                for task in self.phone._tasks:
                    task.cancel()
                await asyncio.sleep(self.asleep)
                self.phone.hang_up()
            case 2:  # it loads the page again
                await asyncio.wait_for(self.phone.look(), 10)
            case 3:  # it comes back with a version of long ago
                self.phone.hang_up()
                self.phone.version = "0" * 18
                await self.phone.listen()


async def play(number: int, scenario: str, kills: int, asleep: float) -> list[str]:
    """One game; what was wrong with it."""
    rng = random.Random(number)
    async with serving(scenario) as (server, place):
        pupils = [
            Pupil(Phone(server.port, server.codes[0]), f"Person {at + 1}", random.Random(1000 * number + at), asleep)
            for at in range(30)
        ]
        for pupil in pupils:
            await pupil.phone.join(pupil.name)
        leader = await facilitator(server)
        await act(leader, "start")
        is_over = asyncio.Event()
        playing = [asyncio.ensure_future(pupil.play(is_over)) for pupil in pupils]
        killed = await _kill(server, place, leader, kills, rng)
        is_over.set()
        await asyncio.gather(*playing)
        server.kill()
        wrong = [one for pupil in pupils for one in pupil.wrong] + _missing(place, server.session, pupils)
        votes = sum(len(pupil.acknowledged) for pupil in pupils)
        wrong += [] if votes else ["nobody could vote"]
        click.echo(f"game {number}: {votes} votes acknowledged, killed {killed} times, {len(wrong)} faults")
        for pupil in pupils:
            pupil.phone.hang_up()
        return wrong


async def _kill(server: Server, place: str, leader: Phone, kills: int, rng: random.Random) -> int:
    """Kills the server again and again until the game is over; how often."""
    killed, turn, since = 0, 0, time.monotonic()
    next_kill = time.monotonic() + rng.uniform(0.5, 3)
    while True:
        await asyncio.sleep(0.2)
        standing = Journal(place).find(server.session).standing
        if standing.finished and killed >= kills:
            return killed
        if killed < kills and time.monotonic() > next_kill:
            server.kill()
            server.process = (await asyncio.to_thread(start, server.session, place, server.port)).process
            killed, next_kill = killed + 1, time.monotonic() + rng.uniform(0.5, 4)
        if standing.turn != turn:
            turn, since = standing.turn, time.monotonic()
        elif time.monotonic() - since > 10:  # a tie that nobody breaks
            since = time.monotonic()
            with contextlib.suppress(*_LOST):
                await act(leader, "end-phase")


def _missing(place: str, session: str, pupils: list[Pupil]) -> list[str]:
    """What was acknowledged and is not in the journal, and who has changed seats."""
    commands = Journal(place).record(session).commands
    kept = {(command.why, command.body["ballot"]) for command in commands if command.kind == "vote"}
    wrong = [
        f"the vote of {pupil.name} for {move} in {key} is missing"
        for pupil in pupils
        for key, move in pupil.acknowledged
        if (f"{pupil.name}, {key}, {move}", key) not in kept
    ]
    joined = [command.body["name"] for command in commands if command.kind == "join"]
    if sorted(joined) != sorted(pupil.name for pupil in pupils):
        wrong.append(f"{len(joined)} people have joined")
    seats: dict[str, set[str]] = {}
    for command in commands:
        if command.kind in ("person", "join") and command.body.get("seat"):
            seats.setdefault(command.body["person"], set()).add(command.body["seat"])
    return wrong + [f"{person} sat on {', '.join(found)}" for person, found in seats.items() if len(found) > 1]


@click.command()
@click.option("--games", default=1, show_default=True, help="How many games.")
@click.option("--kills", default=10, show_default=True, help="How often the server is killed in each.")
@click.option("--asleep", default=20.0, show_default=True, help="Seconds that a phone sleeps.")
@click.option("--scenario", default="first-summit", show_default=True, help="What is played.")
@click.option("--first", default=1, show_default=True, help="The number of the first game.")
def main(games: int, kills: int, asleep: float, scenario: str, first: int) -> None:
    """Plays whole games while phones misbehave and the server is killed."""
    wrong = []
    for number in range(first, first + games):
        wrong += asyncio.run(play(number, scenario, kills, asleep))
    for one in wrong[:50]:
        click.echo(one)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
