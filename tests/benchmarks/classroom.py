"""Measures the classroom server over real HTTP on this machine: joining, voting, screens, stalled phones, restarts.

python tests/benchmarks/classroom.py
python tests/benchmarks/classroom.py --only votes --phones 200
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence

import click

from tabletop.bench.driven_class import (
    act,
    delay_by_stalled,
    everybody_can_vote,
    facilitator,
    high,
    joined,
    killed_and_back,
    many_files,
    serving,
    together,
    votes_at_once,
)
from tabletop.bench.driven_phone import Phone

# Measurements


def tell(what: str, figure: float, unit: str, target: float) -> None:
    """A line of the table."""
    met = "met" if figure <= target else "MISSED"
    click.echo(f"{what:64} {figure:8.0f} {unit:3} (target {target:g}) {met}")


async def measure_votes(number: int, scenario: str, join_target: float, target: float) -> None:
    """Joining at once, voting at once, and the last vote to every screen."""
    async with serving(scenario) as (server, _):
        leader = await facilitator(server)
        phones, took = await joined(server, number)
        tell(f"{number} phones join and have their first page, p95", high(took), "ms", join_target)
        await act(leader, "start")
        votes, screens = await votes_at_once(phones)
        tell(f"{number} votes at once, each durable, p95", high(votes), "ms", target)
        tell(f"{number} phones: from the last vote to every screen", 1000 * screens, "ms", 150)
        click.echo(f"{'':64} {server.megabytes():8.0f} MB")
        for phone in phones:
            phone.hang_up()


async def measure_stalled(scenario: str) -> None:
    """What a phone that has stopped reading costs the others."""
    async with serving(scenario) as (server, _):
        leader = await facilitator(server)
        phones, _ = await joined(server, 30)
        await act(leader, "start")
        await asyncio.sleep(1)
        late = 1000 * await delay_by_stalled(leader, phones, 15)
        tell("what a phone that has stopped reading delays the other 29 by", late, "ms", 10)


async def measure_return(number: int, scenario: str) -> None:
    """How long it takes until all are back after the server was killed."""
    async with serving(scenario) as (server, place):
        phones, _ = await joined(server, number)
        leader = await facilitator(server)
        await act(leader, "start")
        await asyncio.sleep(2)
        up, back = await killed_and_back(server, place, phones)
        tell(f"{number} phones back after the server was killed", 1000 * back, "ms", 10_000)
        click.echo(f"{'':64} {1000 * up:8.0f} ms until it served again")
        for phone in phones:
            phone.hang_up()


async def measure_rooms(number: int, scenario: str) -> None:
    """Many rooms in one process, all voting at once."""
    async with serving(scenario, rooms=number) as (server, _):
        leaders = [await facilitator(server, room) for room in range(number)]
        rooms = [(await joined(server, 30, room))[0] for room in range(number)]
        await together([act(leader, "start") for leader in leaders])
        await together([everybody_can_vote(phones) for phones in rooms])
        took = await together([phone.vote() for phones in rooms for phone in phones])
        tell(f"{number} rooms of 30, all {number * 30} votes in the same instant, p95", high(took), "ms", 1_000)

        async def in_its_own_time(phones: Sequence[Phone], place: int) -> list[float]:
            await asyncio.sleep(place * 0.25)
            if not all(phone.can_vote for phone in phones):  # the game has gone on without some who were slow
                await everybody_can_vote(phones)
            return await together([phone.vote() for phone in phones])

        # Only the votes: a driver that looked through pages meanwhile would be what they wait for.
        await together([everybody_can_vote(phones) for phones in rooms])
        await asyncio.sleep(1)
        each = await together([in_its_own_time(phones, place) for place, phones in enumerate(rooms)])
        took = [one for votes in each for one in votes]
        tell(f"{number} rooms of 30, each voting in its own time, p95", high(took), "ms", 300)
        tell(f"{number} rooms of 30: memory", server.megabytes(), "MB", 400)
        for phones in rooms:
            for phone in phones:
                phone.hang_up()


@click.command()
@click.option("--only", type=click.Choice(["votes", "stalled", "return", "rooms"]), help="One measurement alone.")
@click.option("--phones", type=int, help="With --only votes or return: how many phones.")
@click.option("--scenario", default="summit-2018", show_default=True, help="What is played.")
def main(only: str | None, phones: int | None, scenario: str) -> None:
    """Measures the classroom server on this machine, driver and server on the same processors."""
    many_files()
    os.environ["PYTHONUNBUFFERED"] = "1"
    targets = {30: (300.0, 60.0), 60: (600.0, 150.0), 200: (2_000.0, 300.0), 600: (6_000.0, 1_000.0)}
    if only in (None, "votes"):
        for number in [phones] if phones else targets:
            join, vote = targets.get(number, (10.0 * number, 1.7 * number))
            asyncio.run(measure_votes(number, scenario, join, vote))
    if only in (None, "stalled"):
        asyncio.run(measure_stalled(scenario))
    if only in (None, "return"):
        asyncio.run(measure_return(phones or 500, scenario))
    if only in (None, "rooms"):
        asyncio.run(measure_rooms(20, scenario))


if __name__ == "__main__":
    main()
