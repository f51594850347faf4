"""The console: where a facilitator sits, with the session, its clock, a screen and a keyboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from tabletop.analysis.interrupts import Interrupts
from tabletop.presentation.clock_reading import duration_words
from tabletop.presentation.error_words import reason_words, sentence
from tabletop.presentation.words import Words
from tabletop.session import Clock, Facilitator, Runner, Session
from tabletop.session.bot_thinking import inline
from tabletop.session.facilitator_view import whole
from tabletop.session.runner_events import (
    BotFailed,
    ClockRanOut,
    ClockRefused,
    ClockWarned,
    NotSaved,
    PhaseEndedByClock,
)
from tabletop.session.schedule import offers
from tabletop.terminal.auto import told_by_turns
from tabletop.terminal.command_lines import CommandError
from tabletop.terminal.draft import Draft
from tabletop.terminal.keyboard import Cancelled, Keyboard, keyboard
from tabletop.terminal.rows import folded, text
from tabletop.terminal.scene import Scene, public_scene, scene_of, whole_scene
from tabletop.terminal.screen import Screen
from tabletop.terminal.status import Status
from tabletop.terminal.timeline import told

if TYPE_CHECKING:
    from tabletop.engine.views import View
    from tabletop.terminal.controls.control import Control


#: So many turns are told entry by entry, if they go by at once.
_TOLD_AT_LENGTH = 2


class FacilitatorConsole:
    """What every control works with: the session, and how to speak with the facilitator.

    `draft` is a card that was begun and not brought in; `typed_ahead` an order that was given while pages were read;
    `stop` says whether Ctrl-C was pressed while something runs.
    """

    def __init__(
        self,
        session: Session,
        screen: Screen,
        controls: Mapping[str, Control[FacilitatorConsole]],
        name: str = "facilitator",
    ) -> None:
        self.session = session
        self.facilitator = Facilitator(session, name)
        self.runner = Runner(session, thinking=inline, plays_bots=False, starts_clock=False)
        self.screen = screen
        self.controls = controls
        self._status = Status(session, self.runner.clock, screen.marks, screen.words)
        self.keys: Keyboard = keyboard(screen, self._status.line, self.tick)
        self.draft = Draft()
        self.stop = Interrupts()
        self.typed_ahead = ""
        self._due: set[str] = set()

    @property
    def clock(self) -> Clock:
        """The clock of the phase."""
        return self.runner.clock

    # What is seen

    @property
    def scene(self) -> Scene:
        """The game with all that lies behind the screen."""
        return whole_scene(self.session, self.screen)

    @property
    def public(self) -> Scene:
        """The game as everybody in the room sees it."""
        return public_scene(self.session, self.screen)

    def seat(self, seat: str) -> Scene:
        """The game as a seat sees it."""
        return scene_of(self.session, seat, self.screen)

    # Speaking

    @property
    def words(self) -> Words:
        """The words of the facilitator's language."""
        return self.screen.words

    def tell(self, key: str, style: str = "", **places: object) -> None:
        """Says an entry of the catalogue."""
        self.say(self.words(key, **places), style)

    def refuse(self, error: CommandError) -> None:
        """Says why a line was not understood."""
        self.say(error.worded(self.words), "yellow")

    def say(self, words: str | Text, style: str = "") -> None:
        """A line or more of words."""
        body = text((words, style)) if isinstance(words, str) else words
        self.screen.write(folded(body, self.screen.width, " "))

    def show(self, rows: Sequence[Text]) -> None:
        """Rows; for a person as many at a time as the screen has room for."""
        parts = self.screen.parts(rows)
        for number, part in enumerate(parts, 1):
            self.screen.write(part)
            if number < len(parts) and self.screen.interactive:
                answer = self.ask(f" {self.words('console.more', page=number, pages=len(parts))} ")
                if answer:
                    self.typed_ahead = "" if answer.lower() in ("q", "quit", "enough") else answer
                    return

    def ask(self, prompt: str, default: str = "") -> str:
        """What is typed at a question. Raises Leave, or Cancelled."""
        return self.keys.read(prompt, default)

    def sure(self, question: str) -> bool:
        """Whether something that cannot be taken back is really meant. Raises Leave, or Cancelled."""
        return self.ask(f" {self.words('console.sure', question=question)} ").lower().startswith("y")

    @property
    def view(self) -> View:
        """All that there is now."""
        return whole(self.session)

    def happened(self, before: View) -> None:
        """Tells what has come of steps since all that there was `before`, whoever may know of it; of many turns in
        short."""
        now = self.view
        entries = now.log[len(before.log) :]
        many = now.turn - before.turn > _TOLD_AT_LENGTH
        rows = told_by_turns(self.scene, entries) if many else told(self.scene, entries, cards=True)
        if rows:
            self.show([*rows, Text()])

    # The clock

    def warnings(self) -> list[Text]:
        """What the clock has to say now; to be asked for now and then while something else goes on."""
        self.clock.keep_when_due()
        return [self._time_left(seconds) for seconds in self.clock.marks()]

    def _time_left(self, seconds: int) -> Text:
        """How much time is left; at 0 that it is up."""
        time = sentence(duration_words(self.words, seconds)).rstrip(".")
        words = self.words("console.time_left", time=time) if seconds else self.words("console.time_up")
        return Text(f" {words}", style="bold")

    def tick(self) -> list[Text]:
        """What the clock has to say now, which may be that the phase was ended, if it was told to."""
        before, rows = self.view, list[Text]()
        for event in self.runner.run():
            match event:
                case ClockWarned(seconds):
                    rows.append(self._time_left(seconds))
                case ClockRanOut():
                    rows.append(self._time_left(0))
                case ClockRefused() | NotSaved() | BotFailed():
                    words = self.words("console.clock_cannot", why=reason_words(self.words, event.reason, event.error))
                    rows += folded(words, self.screen.width, " ")
                case PhaseEndedByClock():
                    words = self.words("console.clock_ended")
                    told_now = told(self.scene, self.view.log[len(before.log) :], cards=True)
                    rows += [*told_now, Text(), *folded(words, self.screen.width, " ")]
        return rows

    # The schedule

    def newly_due(self) -> list[str]:
        """The injects that have become due since this was asked last."""
        due = {offer.inject.id for offer in offers(self.session) if offer.standing == "due"}
        new = [offer for offer in due if offer not in self._due]
        self._due = due
        return sorted(new)


__all__ = ["Cancelled", "FacilitatorConsole"]
