"""Turn flow: what a player does at the table goes to the runner of the game, and what happens there is told here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tabletop.presentation.error_words import reason_words
from tabletop.presentation.names import names_in
from tabletop.presentation.refusal_words import refusal_words
from tabletop.session.runner import Event
from tabletop.session.runner_events import BotFailed, BotThinking, Changed, ClockRefused, NotSaved, Refused
from tabletop.window.dialogs import Answer, Ask
from tabletop.window.game_runners import runner_of

if TYPE_CHECKING:
    from tabletop.session import Session
    from tabletop.window.screen import Screen

#: Seconds between two decisions of bots where nobody plays, for those who look on.
_PACE = 0.3


class TurnFlow:
    """Takes a session on for a screen. `changed` is called after everything that has changed the game."""

    def __init__(self, screen: Screen, session: Session, changed: Callable[[], object]) -> None:
        self.screen, self.app, self.session, self._changed = screen, screen.app, session, changed
        self.runner = runner_of(session)
        self.runner.plays_bots = not session.watching
        self.runner.pause_between = _PACE if self.app.settings.motion else 0.0
        self.app.games.follow(session, self.told)

    @property
    def thinker(self) -> str:
        """The seat of the bot that must act, or ""."""
        waiting = self.runner.waiting
        return waiting.seat if waiting.for_what in ("bot", "release") else ""

    @property
    def is_held(self) -> bool:
        """Whether bots are kept from deciding."""
        return self.runner.is_held

    @property
    def is_thinking(self) -> bool:
        """Whether a bot is being waited for."""
        return self.runner.waiting.for_what == "bot"

    # People

    def decide(self, seat: str, action: str) -> None:
        """Makes a decision, and says why where it cannot be made or kept."""
        self.runner.release()
        self._tell(self.runner.decide(seat, action))

    def undo(self) -> None:
        """Takes back the last decision of the person to act."""
        self._tell(self.runner.undo())

    def redo(self) -> None:
        """Makes it again."""
        self._tell(self.runner.redo())

    def hold(self) -> None:
        """Keeps the bots from deciding, until the player lets them go on."""
        self.runner.hold()
        self.screen.refresh()

    def release(self) -> None:
        """Lets the bots go on."""
        self.runner.release()
        self.screen.refresh()

    def stop(self) -> None:
        """Follows the game no longer: what bots may still think of is dropped."""
        self.app.games.leave(self.session, self.told)
        self.runner.close()

    # What happens

    def _tell(self, events: Sequence[Event]) -> None:
        self.app.games.tell(self.session, events)

    def told(self, events: Sequence[Event]) -> None:
        """Shows what has happened."""
        said = self.app.words
        for event in events:
            match event:
                case NotSaved():
                    self._ask_about_saving(reason_words(said, event.reason, event.error))
                case BotFailed():
                    names = names_in(self.session.game.program)
                    self._say(said("table.bot_failed"), reason_words(said, event.reason, event.error, names))
                case Refused(refusal):
                    names = names_in(self.session.game.program)
                    self._say(said("table.refused"), f"{refusal_words(names, said, refusal)}.")
                case BotThinking() | ClockRefused():
                    self.screen.refresh()
                case Changed():
                    self._changed()

    def _ask_about_saving(self, reason: str) -> None:
        """Nothing more can be written: try again, or play on unsaved?"""
        said, runner = self.app.words, self.runner
        answers = [
            Answer("again", said("table.keep_again"), "t", lambda: self._tell(runner.retry()), "main"),
            Answer("unkept", said("table.keep_on"), "p", lambda: self._tell(runner.play_unsaved())),
        ]
        self.app.push(Ask(self.app, said("table.keep_title"), f"{reason} {said('table.keep_text')}", answers))

    def _say(self, title: str, text: str) -> None:
        said = self.app.words
        self.app.push(Ask(self.app, title, text, [Answer("close", said("common.close"), "c", kind="main")]))
