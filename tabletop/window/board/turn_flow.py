"""Turn flow: how a game goes on at the table: decisions, bots that think beside the window, undo, and keeping."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tabletop.engine.game import IllegalAction
from tabletop.engine.program import Action
from tabletop.players import PlayerFailed
from tabletop.presentation.names import names_in
from tabletop.presentation.refusal_words import refusal_words
from tabletop.session import NotKept
from tabletop.window.dialogs import Answer, Ask

if TYPE_CHECKING:
    from tabletop.session import Session
    from tabletop.window.background_work import Job
    from tabletop.window.screen import Screen

_PACE = 0.3


def is_quick(player: str) -> bool:
    """Whether a player decides at once, so that it need not be waited for."""
    return player != "search" and ":" not in player


class TurnFlow:
    """Takes a session on for a screen. `changed` is called after everything that has changed the game."""

    def __init__(self, screen: Screen, session: Session, changed: Callable[[], object]) -> None:
        self.screen, self.app, self.session, self._changed = screen, screen.app, session, changed
        self.job: Job | None = None
        self.is_held = False

    @property
    def thinker(self) -> str:
        """The seat of the bot that must act, or ""."""
        state = self.session.state
        return state.acting[0] if state.acting and self.session.to_act is None else ""

    @property
    def is_thinking(self) -> bool:
        """Whether a bot is being waited for."""
        return self.job is not None and not self.job.is_cancelled

    # People

    def decide(self, seat: str, action: str) -> None:
        """Makes a decision, and says why where it cannot be made or kept."""

        def make() -> None:
            try:
                self.session.decide(seat, action)
            except IllegalAction as refusal:
                names = names_in(self.session.game.program)
                self._say(self.app.words("table.refused"), f"{refusal_words(names, self.app.words, refusal.reason)}.")
                return
            self.is_held = False
            self._changed()

        self._kept(make)

    def undo(self) -> None:
        """Takes back the last decision of the person to act."""
        self.stop()
        self._kept(lambda: self.session.undo() and self._changed())

    def redo(self) -> None:
        """Makes it again."""
        self._kept(lambda: self.session.redo() and self._changed())

    def _kept(self, do: Callable[[], object]) -> None:
        """Does something that is written down; where it cannot be, the player says how to go on."""
        try:
            do()
        except NotKept as error:
            self.ask_about_keeping(error, lambda: self._kept(do))

    def ask_about_keeping(self, error: NotKept, again: Callable[[], object]) -> None:
        """Nothing more can be written: try again, or play on unkept?"""
        said = self.app.words

        def on() -> None:
            self.session.play_on_unkept(str(error))
            again()

        answers = [
            Answer("again", said("table.keep_again"), "t", again, "main"),
            Answer("unkept", said("table.keep_on"), "p", on),
        ]
        text = f"{str(error)[:1].upper()}{str(error)[1:]}. {said('table.keep_text')}"
        self.app.push(Ask(self.app, said("table.keep_title"), text, answers))

    def _say(self, title: str, text: str) -> None:
        said = self.app.words
        self.app.push(Ask(self.app, title, text, [Answer("close", said("common.close"), "c", kind="main")]))

    # Bots

    def go_on(self) -> None:
        """Lets the bots decide until a person must; the quick ones at once, the others beside the window."""
        session = self.session
        if self.is_thinking or self.is_held:
            return
        self.job = None
        moved = False
        while self.thinker and not session.paused and not session.watching:
            if session.humans and is_quick(session.players[self.thinker]):
                try:
                    session.bot_decides(session.bot_choice())
                except NotKept as error:
                    self.ask_about_keeping(error, self.go_on)
                    break
                except PlayerFailed as failure:
                    self._failed(failure)
                    break
                moved = True
            else:
                self._think()
                break
        if moved:
            self._changed()

    def _think(self) -> None:
        session, pace = self.session, _PACE if self.app.settings.motion and not self.session.humans else 0.0
        position = session.position

        def work(job: Any) -> Action:
            import time

            choice = session.bot_choice()
            time.sleep(pace)
            return choice

        def done(action: Action) -> None:
            self.job = None
            if session.position is not position:
                self.go_on()
                return
            try:
                session.bot_decides(action)
            except NotKept as error:
                self.ask_about_keeping(error, self.go_on)
                return
            except PlayerFailed as failure:
                self._failed(failure)
                return
            self._changed()

        self.job = self.screen.start_work("think", work, done, self._failed)

    def _failed(self, failure: Exception) -> None:
        self.job = None
        self.is_held = True
        self._say(self.app.words("table.bot_failed"), str(failure))

    def stop(self) -> None:
        """Stops waiting for a bot."""
        if self.job is not None:
            self.job.cancel()
            self.job = None

    def hold(self) -> None:
        """Stops waiting, until the player lets the bots go on."""
        self.stop()
        self.is_held = True

    def release(self) -> None:
        """Lets the bots go on."""
        self.is_held = False
        self.go_on()
