"""A layer above all screens that takes only its own events, such as the tutorial's notes."""

from __future__ import annotations

from typing import ClassVar

from tabletop.window.keys import Press
from tabletop.window.screen import Screen


class Layer(Screen):
    """Drawn above whatever is in front, which goes on working below it."""

    is_overlay: ClassVar[bool] = True

    def is_shown(self) -> bool:
        """Whether it is to be seen over what is in front now."""
        return True

    def takes_point(self, x: float, y: float) -> bool:
        """Whether the mouse at a place is for it."""
        return self.scene.at(x, y) is not None

    def takes_key(self, press: Press) -> bool:
        """Whether a key is for it."""
        return False
