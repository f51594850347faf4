"""A layer above all screens that takes only its own events, such as the tutorial's notes."""

from __future__ import annotations

from typing import ClassVar

from tabletop.window.keys import Press
from tabletop.window.screen import Screen


class Layer(Screen):
    """Drawn above the front screen, which keeps working below it."""

    is_overlay: ClassVar[bool] = True

    def is_shown(self) -> bool:
        """Whether it is visible over the present front screen."""
        return True

    def takes_point(self, x: float, y: float) -> bool:
        """Whether it handles the mouse at a place."""
        return self.scene.at(x, y) is not None

    def takes_key(self, press: Press) -> bool:
        """Whether it handles a key."""
        return False
