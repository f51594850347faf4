"""Scene: what a seat sees of the game at one moment, and the terminal that it is drawn on."""

from __future__ import annotations

import attrs

from tabletop.session import Session
from tabletop.session.facilitator_view import public, whole
from tabletop.session.outlook import Outlook
from tabletop.session.story import TurnLabel
from tabletop.terminal.marks import Marks

__all__ = ["Scene", "TurnLabel", "public_scene", "whole_scene"]


@attrs.frozen(eq=False)
class Scene(Outlook):
    """The game as a seat sees it now, or nobody (""), with the signs and the room that there are to draw it.

    With `secrets`, what not everybody learns of is marked as such: for a facilitator, who sees all of it.
    """

    marks: Marks
    width: int
    height: int
    secrets: bool = False


def public_scene(session: Session, marks: Marks, width: int, height: int) -> Scene:
    """The game as everybody in the room sees it: nothing is good or bad for all of them."""
    return Scene(session, "", public(session), attrs.evolve(marks, same=""), width, height)


def whole_scene(session: Session, marks: Marks, width: int, height: int) -> Scene:
    """The game with all that lies behind the screen."""
    return Scene(session, "", whole(session), attrs.evolve(marks, same=""), width, height, secrets=True)
