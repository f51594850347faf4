"""Scene: what a seat sees of the game at one moment, and the terminal that it is drawn on."""

from __future__ import annotations

import attrs

from tabletop.session.outlook import Outlook
from tabletop.session.story import TurnLabel
from tabletop.terminal.marks import Marks

__all__ = ["Scene", "TurnLabel"]


@attrs.frozen(eq=False)
class Scene(Outlook):
    """The game as a seat sees it now, with the signs and the room that there are to draw it."""

    marks: Marks
    width: int
    height: int
