"""Box: a rectangle in layout units."""

from __future__ import annotations

import attrs


@attrs.frozen
class Box:
    """A rectangle in units; y grows downwards.

    >>> Box(0, 0, 100, 50).inset(10, 5)
    Box(x=10, y=5, width=80, height=40)
    """

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def inset(self, across: float, down: float | None = None) -> Box:
        """The box reduced by a margin on every side; enlarged by a negative one."""
        down = across if down is None else down
        return Box(self.x + across, self.y + down, max(0.0, self.width - 2 * across), max(0.0, self.height - 2 * down))

    def moved(self, right: float, down: float) -> Box:
        return Box(self.x + right, self.y + down, self.width, self.height)

    def within(self, other: Box, slack: float = 0.0) -> bool:
        """Whether it is inside another box, with a tolerance."""
        return (
            self.x >= other.x - slack
            and self.y >= other.y - slack
            and self.right <= other.right + slack
            and self.bottom <= other.bottom + slack
        )

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x < self.right and self.y <= y < self.bottom

    def common(self, other: Box) -> Box:
        """The intersection of two boxes; of width or height 0 if there is none."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        return Box(x, y, max(0.0, min(self.right, other.right) - x), max(0.0, min(self.bottom, other.bottom) - y))

    @property
    def area(self) -> float:
        return self.width * self.height
