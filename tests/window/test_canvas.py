"""Canvas: what is drawn depends on what was asked for and on nothing else."""

from __future__ import annotations

import pygame

from tabletop.window.animation import Motion
from tabletop.window.canvas import Canvas
from tabletop.window.focus import Attention
from tabletop.window.pen import Pen
from tabletop.window.scene import Scene
from tabletop.window.theme import theme


def test_a_thin_line_of_two_points_blends_each_of_its_pixels_once() -> None:
    points = [(21.96, 10.07), (21.96, 20.73)]
    surface, alone = pygame.Surface((64, 64)), pygame.Surface((64, 64))
    pen = Pen(theme("dark", 100), 1.0)
    Canvas(surface, pen, Scene(), Motion(is_on=False), Attention()).lines(points, (91, 104, 115), 1.0)
    pygame.draw.aaline(alone, (91, 104, 115), *points)
    assert pygame.image.tobytes(surface, "RGB") == pygame.image.tobytes(alone, "RGB")
