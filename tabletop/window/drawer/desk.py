"""Desk: what the pages of the drawer share: the session, the reason, whether players see it, and what was done last."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tabletop.presentation.facilitator_board import FacilitatorBoard, facilitator_board
from tabletop.presentation.names import Names, names_in
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.settable_values import SettableValue, settable_values
from tabletop.presentation.story import TurnLabel
from tabletop.session import Facilitator, Session
from tabletop.session.facilitator_view import facilitator_view, whole
from tabletop.window.attempts import refusal
from tabletop.window.clockface import Timer, timer_of
from tabletop.window.frames import Scroll, Sized
from tabletop.window.layout import Column, Element, Row
from tabletop.window.parts import Text
from tabletop.window.theme import GAP, HEADING, SMALL, SMALL_GAP, WIDE

if TYPE_CHECKING:
    from tabletop.presentation.words import Words
    from tabletop.window.app import App

_SIDE_BY_SIDE = 130


class Desk:
    """The state of an open drawer."""

    def __init__(self, app: App, session: Session, name: str = "facilitator") -> None:
        self.app, self.session = app, session
        self.facilitator = Facilitator(session, name)
        self.why = ""
        self.shown = True
        self.told = ""
        self.trouble = ""
        self.is_step = False
        self._seen: tuple[object, int] = (None, 0)
        self._perspective = self._whole()

    def _whole(self) -> Perspective:
        session = self.session
        return Perspective(session.game.program, "", whole(session), humans=session.humans)

    @property
    def perspective(self) -> Perspective:
        """The game with all that lies behind the screen; worked out anew when something was done."""
        here = self.session.course.at, len(self.session.commands)
        if here != self._seen:
            self._seen, self._perspective = here, self._whole()
        return self._perspective

    @property
    def board(self) -> FacilitatorBoard:
        """What lies behind the screen now."""
        return facilitator_board(self.perspective, self.words, facilitator_view(self.session))

    @property
    def values(self) -> dict[str, SettableValue]:
        """All that can be set, by id."""
        return {one.id: one for one in settable_values(self.perspective, self.words)}

    @property
    def words(self) -> Words:
        return self.app.words

    @property
    def names(self) -> Names:
        """What everything is called."""
        return names_in(self.session.game.program)

    @property
    def timer(self) -> Timer:
        return timer_of(self.session)

    @property
    def grown(self) -> float:
        """How much larger text is than at 100%."""
        return self.app.settings.text_size / 100

    def do(self, told: str, deed: Callable[[], object], *, is_step: bool = True) -> bool:
        """Does something and says so, or why it was refused. Whatever was done can be undone from the foot."""
        self.trouble = refusal(deed, self.words, self.names)
        self.told = "" if self.trouble else told
        self.is_step = is_step and not self.trouble
        if not self.trouble:
            self.why = ""
        self.app.sounds.play("refused" if self.trouble else "stamp")
        for screen in self.app.screens:
            screen.refresh()
        return not self.trouble

    def when(self, turn: int, stage: str, stage_turn: int) -> str:
        """Such as "Week 3"."""
        found = self.names.stages.get(stage)
        return TurnLabel(found, stage_turn, self.app.words.language).name if found is not None else str(turn)


class Page:
    """One page of the drawer. `name` is also its words and its key; `icon` stands on its rider."""

    name = ""
    icon = ""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def build(self) -> Element:
        """What stands on it now."""
        raise NotImplementedError

    @property
    def said(self) -> Words:
        return self.desk.words

    @property
    def session(self) -> Session:
        return self.desk.session

    def heading(self, key: str) -> Element:
        return Text(self.said(key), HEADING)

    def section(self, key: str, *parts: Element | None) -> Element:
        """Some parts under a heading."""
        return Column(self.heading(key), *parts, gap=SMALL_GAP)

    def sections(self, *parts: Element | None) -> Element:
        return Scroll("page", Column(*parts, gap=WIDE + GAP))

    def beside(self, listed: Element, chosen: Element, width: float = 400.0) -> Element:
        """A list and what was chosen in it: side by side, or at large text one above the other."""
        if self.desk.app.settings.text_size > _SIDE_BY_SIDE:
            return Scroll("page", Column(chosen, listed, gap=WIDE))
        left = Sized(Scroll("list", listed), width=width * self.desk.grown)
        return Row(left, Scroll("page", chosen), gap=WIDE, grow=1)

    def soft(self, key: str, **places: object) -> Element:
        return Text(self.said(key, **places), SMALL, "soft")
