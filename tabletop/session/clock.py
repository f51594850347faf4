"""The clock of a phase: it counts while the game is on, warns, and does nothing by itself unless it was told to."""

from __future__ import annotations

import time
from collections.abc import Callable

import attrs

from tabletop.engine.state import State
from tabletop.session.session import Session

#: The time used is kept with the session this often, in seconds.
KEPT_EVERY = 2.0


def moment(session: Session) -> str:
    """The phase of the turn in which the game is, as the journal names it."""
    state = session.state
    return f"{state.turn} {state.stage} {state.phase}"


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
        self._read: tuple[int, State | None, Setting | None] = (-1, None, None)
        self._since: float | None = None
        self._at = moment(session)
        self._used = session.time_used if session.time_of == self._at else 0.0
        self._kept = self._used
        left, setting = self.left, self.setting
        # What was said before a restart is not said again.
        self._warned = {one for one in setting.warnings if left is not None and left <= one} if setting else set()

    @property
    def setting(self) -> Setting | None:
        """What the facilitator has set for this phase, with the time that was added to it; None for no clock."""
        session = self.session
        count, state, setting = self._read
        if count != len(session.commands) or state is not session.state:
            # A room has thousands of commands, and looks at its clock many times a second.
            count, state = len(session.commands), session.state
            setting = self._read_setting()
            self._read = count, state, setting
        return setting

    def _read_setting(self) -> Setting | None:
        found: dict[str, Setting | None] = {}
        more = 0
        here = moment(self.session)
        for command in self.session.commands:
            if command.kind == "clock" and "more" in command.body:
                more += command.body["more"] if command.body["moment"] == here else 0
            elif command.kind == "clock":
                seconds, warnings = command.body["seconds"], tuple(command.body["warnings"])
                setting = Setting(seconds=seconds, warnings=warnings, then=command.body["then"])
                found[command.body["phase"]] = setting if seconds else None
        phase = self.session.state.phase
        setting_now = found[phase] if phase in found else found.get("")
        return None if setting_now is None else attrs.evolve(setting_now, seconds=max(0, setting_now.seconds + more))

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
        self.keep()

    def keep(self) -> None:
        """Keeps the time used with the session."""
        self._kept = self.used
        self.session.keep_time(moment(self.session), self._kept)

    def tick(self) -> list[str]:
        """To be called every second or so: keeps the time when it should, and gives what there is to say (`look`)."""
        if self.setting is not None and abs(self.used - self._kept) >= KEPT_EVERY:
            self.keep()
        return self.look()

    def look(self) -> list[str]:
        """What there is to say now: each warning once, then that time is up. A paused game stops the clock."""
        if self.session.paused and self.running:
            self.stop()
        left, setting = self.left, self.setting
        if left is None or setting is None or not self.running:
            return []
        said = []
        self._warned = {warning for warning in self._warned if left <= warning}  # there may be more time again
        for warning in (*setting.warnings, 0):
            if left <= warning < setting.seconds and warning not in self._warned:
                self._warned.add(warning)
                said = [f"{in_words(warning)} left" if warning else "time is up"]
        return said

    @property
    def acts(self) -> str:
        """What the facilitator told it to do now that time is up: "skip", or "" for nothing."""
        left, setting = self.left, self.setting
        return setting.then if setting is not None and left is not None and left <= 0 and self.running else ""

    def _turn_over(self) -> None:
        if moment(self.session) != self._at:
            self._begin()

    def _begin(self) -> None:
        self._at = moment(self.session)
        self._used = self._kept = 0.0
        self._warned.clear()
        if self._since is not None:
            self._since = self._now()


class WatchedClock(Clock):
    """The clock of a session that is held elsewhere, as far as its holder keeps it: where that stops, so does this."""

    def __init__(self, session: Session, now: Callable[[], float] = time.monotonic) -> None:
        self._seen = session.time_of, session.time_used
        super().__init__(session, now)

    @property
    def used(self) -> float:
        """Seconds that the phase has taken so far, by the last that is known of it."""
        session = self.session
        now = session.time_of, session.time_used
        if now != self._seen:
            # Only a clock that runs is kept at such steps; one that stands now has taken less since.
            runs = now[0] == self._seen[0] and now[1] - self._seen[1] >= KEPT_EVERY
            self._seen, self._since = now, self._now() if runs else None
        used = session.time_used if session.time_of == moment(session) else 0.0
        if self._since is None or session.paused:
            return used
        return used + min(KEPT_EVERY, self._now() - self._since)


def in_words(seconds: int) -> str:
    """So much time.

    >>> in_words(60), in_words(10), in_words(90), in_words(300)
    ('1 minute', '10 seconds', '1 minute 30 seconds', '5 minutes')
    """
    parts = [(seconds // 60, "minute"), (seconds % 60, "second")]
    said = [f"{amount} {noun}{'' if amount == 1 else 's'}" for amount, noun in parts if amount]
    return " ".join(said) or "0 seconds"
