"""What the App asks of a screen that it shows, and of a layer above all screens (see `Screen` and `Layer`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pygame

from tabletop.window.animation import Motion
from tabletop.window.focus import Attention
from tabletop.window.keys import Press
from tabletop.window.pen import Pen
from tabletop.window.scene import Scene

if TYPE_CHECKING:
    from tabletop.scenario import Scenario


class Shown(Protocol):
    """A screen on the stack of an App."""

    attention: Attention
    scene: Scene
    motion: Motion

    @property
    def is_overlay(self) -> bool: ...

    @property
    def is_passing(self) -> bool: ...

    @property
    def scenario(self) -> Scenario | None: ...

    @property
    def moment(self) -> object: ...

    @property
    def music(self) -> str: ...

    @property
    def takes_text(self) -> bool: ...

    def opened(self) -> None: ...

    def closed(self) -> None: ...

    def refresh(self) -> None: ...

    def forget_layout(self) -> None: ...

    def draw(self, surface: pygame.Surface, pen: Pen) -> None: ...

    def wakes_in(self) -> float | None: ...

    def woken(self) -> None: ...

    def point_at(self, x: float, y: float) -> None: ...

    def wheel(self, x: float, y: float, steps: float) -> None: ...

    def button_down(self, x: float, y: float, clicks: int = 1) -> None: ...

    def button_up(self, x: float, y: float) -> None: ...

    def key_down(self, press: Press) -> None: ...

    def key_up(self, key: int) -> None: ...

    def typed(self, text: str) -> None: ...

    def composed(self, text: str, caret: int) -> None: ...


class ShownLayer(Shown, Protocol):
    """A layer above the front screen, which keeps working below it."""

    def is_shown(self) -> bool: ...

    def takes_point(self, x: float, y: float) -> bool: ...

    def takes_key(self, press: Press) -> bool: ...
