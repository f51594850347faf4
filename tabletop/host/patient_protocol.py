"""HTTP/1.1 as uvicorn speaks it, with an end to the patience for requests that never arrive whole, and for devices
that no longer read what they are sent."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

#: Seconds in which the head of a first request has to arrive. uvicorn itself waits for it without an end.
FIRST_REQUEST = 15.0
#: Seconds that a device may take to read what was sent, before its connection is given up. It comes back by itself.
STALLED = 20.0


class PatientProtocol(H11Protocol):
    """Closes a connection on which no request has come in time, or nothing is read: thousands of them would be all that
    can be open."""

    _impatience: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """A device has connected."""
        super().connection_made(transport)
        self._impatience = self.loop.call_later(FIRST_REQUEST, self._give_up)

    def connection_lost(self, exc: Exception | None) -> None:
        """It is gone."""
        self._be_patient()
        self._reads_on()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """Something has arrived; whether it is a whole head is seen by whether there is a request now."""
        super().handle_events()
        if self.cycle is not None:
            self._be_patient()

    def pause_writing(self) -> None:
        """More waits to be read than is kept for a device: from now on it has to read."""
        super().pause_writing()
        if self._stalled is None:
            self._stalled = self.loop.call_later(STALLED, self.transport.abort)

    def resume_writing(self) -> None:
        """It has read."""
        self._reads_on()
        super().resume_writing()

    def _reads_on(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None

    def _be_patient(self) -> None:
        if self._impatience is not None:
            self._impatience.cancel()
            self._impatience = None

    def _give_up(self) -> None:
        if self.cycle is None and not self.transport.is_closing():
            self.transport.close()
