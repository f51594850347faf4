"""Scene: what a seat sees of the game at one moment, and the terminal that it is drawn on."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import attrs

from tabletop.presentation.moves import Hand, hand_of
from tabletop.presentation.perspective import Perspective, Source
from tabletop.presentation.prompt import Prompt, TableFacts, prompt_of
from tabletop.presentation.story import TurnLabel
from tabletop.presentation.words import Words
from tabletop.session import Session
from tabletop.session.facilitator_view import public, whole
from tabletop.terminal.marks import Marks

if TYPE_CHECKING:
    from tabletop.engine.views import View

__all__ = ["Paper", "Scene", "Sheet", "TurnLabel", "public_scene", "scene_of", "whole_scene"]


@attrs.frozen
class Sheet:
    """Signs and room to draw with, where there is no screen."""

    marks: Marks
    width: int
    height: int
    words: Words = attrs.field(factory=Words)


class Paper(Protocol):
    """What is drawn on: its signs, how many columns and lines it has, and the language of whoever reads it."""

    @property
    def words(self) -> Words: ...

    @property
    def marks(self) -> Marks: ...

    @property
    def width(self) -> int: ...

    @property
    def height(self) -> int: ...


@attrs.frozen(eq=False, kw_only=True)
class Scene(Perspective):
    """The game as a seat sees it now, or nobody (""), with the signs and the room that there are to draw it.

    With `secrets`, what not everybody learns of is marked as such: for a facilitator, who sees all of it.
    """

    session: Session
    marks: Marks
    width: int
    height: int
    secrets: bool = False
    words: Words = attrs.field(factory=Words)

    @cached_property
    def hand(self) -> Hand:
        """All that the seat may do now."""
        return hand_of(self, self.words)

    @cached_property
    def prompt(self) -> Prompt:
        """What the seat is to do now, or for whom the game waits."""
        return prompt_of(self, self.words, TableFacts(paused=self.session.paused))


def scene_of(session: Session, seat: str, paper: Paper, there: Source | None = None) -> Scene:
    """The game as a seat sees it, drawn on a paper: now, or `there` in another position of the session."""
    seen = Perspective.of(there or session, seat)
    return attrs.evolve(_seen(session, seen.view, paper), program=seen.program, prospects=seen.prospects)


def _seen(session: Session, view: View, paper: Paper) -> Scene:
    return Scene(
        program=session.game.program,
        seat=view.seat,
        view=view,
        humans=session.humans,
        session=session,
        marks=paper.marks,
        width=paper.width,
        height=paper.height,
        words=paper.words,
    )


def public_scene(session: Session, paper: Paper) -> Scene:
    """The game as everybody in the room sees it: nothing is good or bad for all of them."""
    return attrs.evolve(_seen(session, public(session), paper), marks=attrs.evolve(paper.marks, same=""))


def whole_scene(session: Session, paper: Paper) -> Scene:
    """The game with all that lies behind the screen."""
    scene = _seen(session, whole(session), paper)
    return attrs.evolve(scene, marks=attrs.evolve(paper.marks, same=""), secrets=True)
