"""Caches rendered surfaces: text, round corners, shadows, icons, drawings."""

from __future__ import annotations

import io
from collections import OrderedDict
from collections.abc import Callable, Hashable

import pygame

from tabletop.storage.shipped_data import shelf
from tabletop.window import fonts
from tabletop.window.palette import Colour, hexadecimal

_MEGABYTE = 1_000_000


class Store:
    """Surfaces by what they show, the least used of them forgotten when there are too many bytes."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._held = 0
        self._surfaces: OrderedDict[Hashable, pygame.Surface] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], pygame.Surface]) -> pygame.Surface:
        """The surface of a key, made if it is not there."""
        found = self._surfaces.get(key)
        if found is None:
            found = self._surfaces[key] = make()
            self._held += _bytes(found)
            while self._held > self._most and len(self._surfaces) > 1:
                self._held -= _bytes(self._surfaces.popitem(last=False)[1])
        else:
            self._surfaces.move_to_end(key)
        return found

    def clear(self) -> None:
        self._surfaces.clear()
        self._held = 0


def _bytes(surface: pygame.Surface) -> int:
    return surface.get_width() * surface.get_height() * surface.get_bytesize()


LETTERS = Store(24 * _MEGABYTE)
SHAPES = Store(12 * _MEGABYTE)
DRAWINGS = Store(60 * _MEGABYTE)


def letters(face: str, pixels: int, text: str, colour: Colour) -> pygame.Surface:
    """A line of text."""

    def make() -> pygame.Surface:
        font = fonts.font(face, pixels)
        # Joiners and marks of direction alone have no width, and nothing is drawn of them.
        return font.render(text, True, colour) if font.size(text)[0] else pygame.Surface((1, 1), pygame.SRCALPHA)

    return LETTERS.get((face, pixels, text, colour), make)


def disc(diameter: int, colour: Colour) -> pygame.Surface:
    """A smooth disc; its quarters are the corners of panels."""

    def make() -> pygame.Surface:
        large = pygame.Surface((diameter * 4, diameter * 4), pygame.SRCALPHA)
        large.fill((*colour, 0))
        pygame.draw.circle(large, colour, (diameter * 2, diameter * 2), diameter * 2)
        return pygame.transform.smoothscale(large, (diameter, diameter))

    return SHAPES.get(("disc", diameter, colour), make)


def shadow(radius: int, blur: int, strength: int) -> pygame.Surface:
    """A soft black square, `blur` pixels wider on each side than its core of twice the radius and one."""

    def make() -> pygame.Surface:
        side = 2 * (radius + 2 * blur) + 1
        tile = pygame.Surface((side, side), pygame.SRCALPHA)
        core = pygame.Rect(blur, blur, side - 2 * blur, side - 2 * blur)
        pygame.draw.rect(tile, (0, 0, 0, strength), core, border_radius=radius)
        return pygame.transform.gaussian_blur(tile, max(1, blur // 2))

    return SHAPES.get(("shadow", radius, blur, strength), make)


def drawing(svg: str, width: int, height: int, is_opaque: bool = False) -> pygame.Surface:
    """An SVG picture at a size in pixels; it keeps its proportions within it."""

    def make() -> pygame.Surface:
        picture = pygame.image.load_sized_svg(io.BytesIO(svg.encode()), (max(1, width), max(1, height)))
        if not is_opaque:
            return picture
        sheet = pygame.Surface(picture.get_size(), 0, 32)
        sheet.blit(picture, (0, 0))
        return sheet

    return DRAWINGS.get((svg, width, height, is_opaque), make)


def icon(name: str, side: int, colour: Colour) -> pygame.Surface:
    """An icon of assets/icons, or one that is given as the text of an SVG picture.

    Raises FileNotFoundError if there is none of that name.
    """

    def make() -> pygame.Surface:
        is_own = name.lstrip().startswith("<")
        source = name if is_own else (shelf("assets") / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        painted = source.replace("currentColor", hexadecimal(colour))
        return pygame.image.load_sized_svg(io.BytesIO(painted.encode()), (max(1, side), max(1, side)))

    return SHAPES.get(("icon", name, side, colour), make)


def forget() -> None:
    """Frees everything, when the window has another size or theme."""
    for store in (LETTERS, SHAPES, DRAWINGS):
        store.clear()
