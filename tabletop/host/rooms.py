"""The rooms of a process, by their codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from tabletop.host.refusals import NotFound
from tabletop.host.room import Room
from tabletop.host.tokens import typed_code
from tabletop.session.bots import Thought


class Rooms:
    """Any number of rooms, each with its own session and its own writer."""

    #: Threads that write: one writes to the disk while another reckons. More would take turns with the event loop.
    WORKERS = 2

    def __init__(self) -> None:
        self._rooms: dict[str, Room] = {}
        self.workers = ThreadPoolExecutor(self.WORKERS, thread_name_prefix="room")
        #: What follows from decisions, which takes longer than to write them: nobody's vote waits behind it.
        self.advancing = ThreadPoolExecutor(1, thread_name_prefix="advance")
        self._thinkers = ThreadPoolExecutor(self.WORKERS, thread_name_prefix="bot")

    def add(self, room: Room) -> None:
        """Opens a room that has a code; to be called in the event loop."""
        self._rooms[room.code] = room
        room.open()

    def thinking(self, work: Callable[[], Thought]) -> Future[Thought]:
        """Has a bot think in one of a few threads: those of twenty rooms at once would leave the event loop none."""
        return self._thinkers.submit(work)

    def find(self, code: str) -> Room:
        """The room of a code, however it was typed. Raises NotFound."""
        room = self._rooms.get(code) or self._rooms.get(typed_code(code))
        if room is None:
            raise NotFound("no-such-room")
        return room

    async def close(self) -> None:
        """Closes every room."""
        for room in self._rooms.values():
            await room.close()
        self.advancing.shutdown(wait=True)
        self.workers.shutdown(wait=True)
        self._thinkers.shutdown(wait=False, cancel_futures=True)

    def __iter__(self) -> Iterator[Room]:
        return iter(list(self._rooms.values()))

    def __len__(self) -> int:
        return len(self._rooms)
