"""The clock of a phase: it counts while the game is on, warns, and does nothing by itself unless it was told to."""

from __future__ import annotations

import time
from collections.abc import Callable

import attrs

from tabletop.session.session import Session


@attrs.frozen(kw_only=True)
class Setting:
    """The time that a phase has in seconds, when to warn, and what happens then ("" for nothing, or "skip")."""

    seconds: int
    warnings: tuple[int, ...] = ()
    then: str = ""


class Clock:
    """How much time the present phase has left.

    It stands while the game is paused, and when a session is opened until it is started. Each phase begins anew; what
    a phase has used is kept with the session, so that nothing is lost or gained by a restart.
    """

    def __init__(self, session: Session, now: Callable[[], float] = time.monotonic) -> None:
        self.session = session
        self._now = now
        self._since: float | None = None
        self._at = self._moment()
        self._used = session.time_used if session.time_of == self._at else 0.0
        self._warned: set[int] = set()

    def _moment(self) -> str:
        state = self.session.state
        return f"{state.turn} {state.stage} {state.phase}"

    @property
    def setting(self) -> Setting | None:
        """What the facilitator has set for this phase; None for no clock."""
        found: dict[str, Setting | None] = {}
        for command in self.session.commands:
            if command.kind == "clock":
                seconds, warnings = command.body["seconds"], tuple(command.body["warnings"])
                setting = Setting(seconds=seconds, warnings=warnings, then=command.body["then"])
                found[command.body["phase"]] = setting if seconds else None
        phase = self.session.state.phase
        return found[phase] if phase in found else found.get("")

    @property
    def used(self) -> float:
        """Seconds that this phase has taken so far."""
        self._turn_over()
        return self._used + (0.0 if self._since is None else self._now() - self._since)

    @property
    def left(self) -> float | None:
        """Seconds left, below 0 once time is up; None where there is no clock."""
        setting = self.setting
        return None if setting is None else setting.seconds - self.used

    @property
    def running(self) -> bool:
        """Whether it counts."""
        return self._since is not None

    def start(self) -> None:
        """Lets it count, unless the game is paused."""
        if self._since is None and not self.session.paused:
            self._since = self._now()

    def stop(self) -> None:
        """Stops it where it is."""
        self._used, self._since = self.used, None
        self.keep()

    def restart(self) -> None:
        """Gives the phase its whole time again."""
        self._begin()

    def keep(self) -> None:
        """Keeps the time used with the session; to be called every few seconds."""
        self.session.keep_time(self._moment(), self.used)

    def look(self) -> list[str]:
        """What there is to say now: each warning once, then that time is up. A paused game stops the clock."""
        if self.session.paused and self.running:
            self.stop()
        left, setting = self.left, self.setting
        if left is None or setting is None or not self.running:
            return []
        said = []
        for warning in (*setting.warnings, 0):
            if left <= warning < setting.seconds and warning not in self._warned:
                self._warned.add(warning)
                said = [f"{warning} seconds left" if warning else "time is up"]
        return said

    @property
    def acts(self) -> str:
        """What the facilitator told it to do now that time is up: "skip", or "" for nothing."""
        left, setting = self.left, self.setting
        return setting.then if setting is not None and left is not None and left <= 0 and self.running else ""

    def _turn_over(self) -> None:
        if self._moment() != self._at:
            self._begin()

    def _begin(self) -> None:
        self._at = self._moment()
        self._used = 0.0
        self._warned.clear()
        if self._since is not None:
            self._since = self._now()
