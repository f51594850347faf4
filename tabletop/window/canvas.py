"""The canvas: draws in layout units on a surface of any size, and records the texts and controls drawn (`scene`)."""

from __future__ import annotations

import contextlib
import itertools
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pygame

from tabletop.presentation.words import Words
from tabletop.window import fonts, raster_cache
from tabletop.window.animation import Motion
from tabletop.window.boxes import Box
from tabletop.window.look import Look
from tabletop.window.palette import Colour, Ground
from tabletop.window.pen import Pen
from tabletop.window.scene import DrawnControl, DrawnScroll, DrawnText, Reacting, Scene
from tabletop.window.text import Paragraph

if TYPE_CHECKING:
    from tabletop.window.focus import Attention


class Canvas:
    """A surface that is drawn on in units.

    It knows on which ground it draws (`ground`), how much room what it draws has (`room`), what of it can be seen
    (`clip`), which controls are pointed at or focused (`attention`), how far animations have come (`motion`), the
    player's `words`, and how the scenario's things `look`.
    """

    def __init__(
        self,
        surface: pygame.Surface,
        pen: Pen,
        scene: Scene,
        motion: Motion,
        attention: Attention,
        words: Words | None = None,
        look: Look | None = None,
    ) -> None:
        self.surface = surface
        self.pen = pen
        self.theme = pen.theme
        self.scene = scene
        self.motion = motion
        self.attention = attention
        self.words = words or Words()
        self.look = look or Look()
        self.box = Box(0, 0, surface.get_width() / pen.scale, surface.get_height() / pen.scale)
        self.ground: Ground = self.theme.ground("table")
        self.room = self.box
        self.clip = self.box
        self.layer = 0
        self.owner = ""
        self.scroll = ""
        self._shift = (0.0, 0.0)  # of what is drawn
        self._true_shift = (0.0, 0.0)  # of what is recorded: an animation moves pictures, not places
        self._origin = (0, 0)

    # Places

    def rect(self, box: Box) -> pygame.Rect:
        """The pixels of a box."""
        scale = self.pen.scale
        x, y = box.x + self._shift[0], box.y + self._shift[1]
        left, top = round(x * scale), round(y * scale)
        width, height = round((x + box.width) * scale) - left, round((y + box.height) * scale) - top
        return pygame.Rect(left - self._origin[0], top - self._origin[1], width, height)

    def pixels(self, units: float) -> int:
        """A length in pixels, at least one."""
        return max(1, round(units * self.pen.scale))

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The pixel of a place."""
        scale = self.pen.scale
        return (x + self._shift[0]) * scale - self._origin[0], (y + self._shift[1]) * scale - self._origin[1]

    def _true(self, box: Box) -> Box:
        return box.moved(*self._true_shift)

    def placed(self, box: Box) -> Box:
        """Where a box stands on the screen, with what it is in scrolled as it is."""
        return self._true(box)

    # What is around

    @contextlib.contextmanager
    def on(self, ground: str | Ground) -> Iterator[None]:
        """Draws on another ground."""
        before = self.ground
        self.ground = self.theme.ground(ground) if isinstance(ground, str) else ground
        yield
        self.ground = before

    @contextlib.contextmanager
    def inside(self, box: Box) -> Iterator[None]:
        """What is drawn must keep within a box; a test finds what does not."""
        before = self.room
        self.room = before.common(self._true(box))
        yield
        self.room = before

    @contextlib.contextmanager
    def scrolled(self, name: str, view: Box, contents: Box, down: float) -> Iterator[None]:
        """Shows, in a view, contents that are moved up by `down` and may be higher than it."""
        most = max(0.0, contents.height - view.height)
        self.scene.scrolls.append(DrawnScroll(name, self._true(view), self.clip, most, self.layer))
        before = self.room, self.clip, self._shift, self._true_shift, self.surface.get_clip(), self.scroll
        self.scroll = name
        self.surface.set_clip(self.rect(view).clip(before[4]))
        self.clip = self.clip.common(self._true(view))
        self._shift = before[2][0], before[2][1] - down
        self._true_shift = before[3][0], before[3][1] - down
        self.room = self._true(contents)
        yield
        self.surface.set_clip(before[4])
        self.room, self.clip, self._shift, self._true_shift = before[:4]
        self.scroll = before[5]

    @contextlib.contextmanager
    def shifted(self, right: float, down: float) -> Iterator[None]:
        """Draws elsewhere, as an animation does; for the mouse and for tests everything stays where it will be."""
        before = self._shift
        self._shift = before[0] + right, before[1] + down
        yield
        self._shift = before

    @contextlib.contextmanager
    def sprite(
        self, box: Box, *, alpha: float = 1.0, across: float = 1.0, down: float = 1.0, margin: float = 24.0
    ) -> Iterator[None]:
        """Draws a part on its own and shows it faded to `alpha` and shrunk about its centre: for cards that turn."""
        if alpha >= 1 and across >= 1 and down >= 1:
            yield
            return
        surface, origin = self.surface, self._origin
        rect = self.rect(box.inset(-margin))
        self.surface = pygame.Surface((max(1, rect.width), max(1, rect.height)), pygame.SRCALPHA)
        self._origin = origin[0] + rect.x, origin[1] + rect.y
        yield
        shown = self.surface
        self.surface, self._origin = surface, origin
        if across < 1 or down < 1:
            size = max(1, round(rect.width * across)), max(1, round(rect.height * down))
            shown = pygame.transform.smoothscale(shown, size)
        shown.set_alpha(round(255 * max(0.0, min(1.0, alpha))))
        surface.blit(shown, shown.get_rect(center=rect.center))

    @contextlib.contextmanager
    def owned(self, name: str) -> Iterator[None]:
        """What is drawn belongs to a control."""
        before, self.owner = self.owner, name
        yield
        self.owner = before

    # Shapes

    def fill(self, box: Box, colour: Colour) -> None:
        """A plain rectangle."""
        self.surface.fill(colour, self.rect(box))

    def rounded(self, box: Box, colour: Colour, radius: float) -> None:
        """A rectangle with smooth round corners."""
        self._rounded(self.rect(box), colour, round(radius * self.pen.scale))

    def _rounded(self, rect: pygame.Rect, colour: Colour, radius: int) -> None:
        radius = min(radius, rect.width // 2, rect.height // 2)
        if radius < 2:
            self.surface.fill(colour, rect)
            return
        disc = raster_cache.disc(2 * radius, colour)
        for right in (0, 1):
            for down in (0, 1):
                place = (rect.right - radius if right else rect.x, rect.bottom - radius if down else rect.y)
                self.surface.blit(disc, place, (right * radius, down * radius, radius, radius))
        self.surface.fill(colour, (rect.x + radius, rect.y, rect.width - 2 * radius, rect.height))
        self.surface.fill(colour, (rect.x, rect.y + radius, radius, rect.height - 2 * radius))
        self.surface.fill(colour, (rect.right - radius, rect.y + radius, radius, rect.height - 2 * radius))

    def framed(self, box: Box, fill: Colour, edge: Colour | None, radius: float, thick: float = 1.5) -> None:
        """A rounded rectangle with an edge."""
        rect = self.rect(box)
        corner = round(radius * self.pen.scale)
        if edge is None or edge == fill:
            self._rounded(rect, fill, corner)
            return
        line = self.pixels(thick)
        self._rounded(rect, edge, corner)
        self._rounded(rect.inflate(-2 * line, -2 * line), fill, max(0, corner - line))

    def ring(self, box: Box, colour: Colour, radius: float, thick: float = 4.0) -> None:
        """A rounded outline, with nothing inside."""
        rect = self.rect(box)
        line, corner = self.pixels(thick), min(round(radius * self.pen.scale), rect.width // 2, rect.height // 2)
        key = ("ring", line, corner, colour)
        side = 2 * corner + 2 * line + 1

        def make() -> pygame.Surface:
            large = pygame.Surface((side * 4, side * 4), pygame.SRCALPHA)
            large.fill((*colour, 0))
            pygame.draw.rect(large, colour, large.get_rect(), line * 4, border_radius=corner * 4)
            return pygame.transform.smoothscale(large, (side, side))

        self._nine_slices(raster_cache.SHAPES.get(key, make), rect, corner + line)

    def shadow(self, box: Box, radius: float, blur: float = 18.0, drop: float = 6.0) -> None:
        """A soft shadow below a box that is drawn next."""
        soft = self.pixels(blur)
        corner = self.pixels(radius)
        tile = raster_cache.shadow(corner, soft, self.theme.palette.shadow)
        rect = self.rect(box.moved(0, drop)).inflate(2 * soft, 2 * soft)
        self._nine_slices(tile, rect, corner + 2 * soft)

    def _nine_slices(self, tile: pygame.Surface, rect: pygame.Rect, cut: int) -> None:
        """Stretches the edges of a tile around a rectangle; its middle stays as it is."""
        cut = min(cut, rect.width // 2, rect.height // 2, tile.get_width() // 2)
        side = tile.get_width()
        far = side - cut
        for right in (0, 1):
            for down in (0, 1):
                place = (rect.right - cut if right else rect.x, rect.bottom - cut if down else rect.y)
                self.surface.blit(tile, place, (right * far, down * far, cut, cut))
        across, along = rect.width - 2 * cut, rect.height - 2 * cut
        middle = side // 2
        if across > 0:
            for top, y in ((0, rect.y), (far, rect.bottom - cut)):
                strip = pygame.transform.scale(tile.subsurface((middle, top, 1, cut)), (across, cut))
                self.surface.blit(strip, (rect.x + cut, y))
        if along > 0:
            for left, x in ((0, rect.x), (far, rect.right - cut)):
                strip = pygame.transform.scale(tile.subsurface((left, middle, cut, 1)), (cut, along))
                self.surface.blit(strip, (x, rect.y + cut))

    def round_off(self, box: Box, radius: float) -> None:
        """Gives a picture round corners, in the colour of the ground that it stands on."""
        rect, corner = self.rect(box), self.pixels(radius)
        colour = self.ground.fill

        def make() -> pygame.Surface:
            large = pygame.Surface((corner * 8, corner * 8), pygame.SRCALPHA)
            large.fill(colour)
            pygame.draw.circle(large, (*colour, 0), (corner * 4, corner * 4), corner * 4)
            return pygame.transform.smoothscale(large, (corner * 2, corner * 2))

        tile = raster_cache.SHAPES.get(("corners", corner, colour), make)
        for right in (0, 1):
            for down in (0, 1):
                place = (rect.right - corner if right else rect.x, rect.bottom - corner if down else rect.y)
                self.surface.blit(tile, place, (right * corner, down * corner, corner, corner))

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """A smooth disc about a place."""
        surface = raster_cache.disc(max(2, round(2 * radius * self.pen.scale)), colour)
        self.surface.blit(surface, surface.get_rect(center=tuple(round(part) for part in self.point(x, y))))

    def lines(self, points: Sequence[tuple[float, float]], colour: Colour, thick: float = 1.5) -> None:
        """A line through places, with round joints."""
        pixels = [self.point(*one) for one in points]
        width = self.pixels(thick)
        # Of two points `aalines` looks at a third, past the end of its list (pygame-ce 2.5.8, draw.c), and draws the
        # last pixel by what happens to be in memory there.
        if width <= 1 and len(pixels) > 2:
            pygame.draw.aalines(self.surface, colour, False, pixels)
            return
        for start, end in itertools.pairwise(pixels):
            pygame.draw.aaline(self.surface, colour, start, end, width)
        for point in pixels[1:-1]:
            dot = raster_cache.disc(width, colour)
            self.surface.blit(dot, dot.get_rect(center=(round(point[0]), round(point[1]))))

    def veil(self, box: Box, colour: Colour, alpha: int) -> None:
        """A transparent rectangle over what is drawn already."""
        rect = self.rect(box)
        sheet = pygame.Surface(rect.size)
        sheet.fill(colour)
        sheet.set_alpha(alpha)
        self.surface.blit(sheet, rect)

    def icon(self, name: str, box: Box, colour: Colour) -> None:
        """An icon in the middle of a box, as large as fits; `name` is what `Look.icon` takes."""
        rect = self.rect(box)
        picture = raster_cache.icon(self.look.icon(name), min(rect.width, rect.height), colour)
        self.surface.blit(picture, picture.get_rect(center=rect.center))

    def drawing(self, svg: str, box: Box, *, is_opaque: bool = False) -> None:
        """An SVG picture in the middle of a box; an opaque one is drawn faster."""
        rect = self.rect(box)
        picture = raster_cache.drawing(svg, rect.width, rect.height, is_opaque)
        self.surface.blit(picture, picture.get_rect(center=rect.center))

    # Text

    def text(self, set_text: Paragraph, box: Box, colour: Colour | None = None, across: float = 0.0) -> None:
        """Set text at the top of a box; `across` is 0 for left, 0.5 for centred, 1 for right."""
        own = self.ground.ink if colour is None else colour
        rect = self.rect(box)
        self._record(set_text, box, rect, own, across)
        for at, line in enumerate(set_text.lines):
            left = rect.x + round((rect.width - line.width) * across)
            top = rect.y + at * set_text.line_height
            for piece in line.pieces:
                if piece.text.isspace():
                    continue
                font = fonts.font(piece.face, set_text.pixels)
                base = top + (set_text.line_height - set_text.pixels) // 2 + round(set_text.pixels * 0.87)
                paint = own if piece.role is None else self.ground.role(piece.role)
                letters = raster_cache.letters(piece.face, set_text.pixels, piece.text, paint)
                self.surface.blit(letters, (left + piece.x, base - font.get_ascent()))

    def slanted(self, set_text: Paragraph, box: Box, colour: Colour, degrees: float) -> None:
        """One line of text about the centre of a box, turned to the left by some degrees."""
        self._record(set_text, box, self.rect(box), colour, 0.5)
        line = set_text.lines[0]
        sheet = pygame.Surface((line.width, set_text.line_height), pygame.SRCALPHA)
        sheet.fill((*colour, 0))
        for piece in line.pieces:
            letters = raster_cache.letters(piece.face, set_text.pixels, piece.text, colour)
            base = (set_text.line_height - set_text.pixels) // 2 + round(set_text.pixels * 0.87)
            sheet.blit(letters, (piece.x, base - fonts.font(piece.face, set_text.pixels).get_ascent()))
        turned = pygame.transform.rotozoom(sheet, degrees, 1.0)
        self.surface.blit(turned, turned.get_rect(center=self.rect(box).center))

    def _record(self, set_text: Paragraph, box: Box, rect: pygame.Rect, colour: Colour, across: float) -> None:
        unit = self.pen.units
        width = unit(set_text.width)
        used = Box(box.x + (box.width - width) * across, box.y, width, unit(set_text.height))
        colours = {
            colour if piece.role is None else self.ground.role(piece.role)
            for line in set_text.lines
            for piece in line.pieces
        }
        behind = self._behind(pygame.Rect(rect.x, rect.y, set_text.width, set_text.height), across, rect.width)
        for one in colours:
            self.scene.texts.append(
                DrawnText(
                    set_text.text,
                    self._true(used),
                    self.room.common(self._true(box)),
                    self.clip,
                    one,
                    self.ground.fill,
                    set_text.pixels,
                    self.layer,
                    self.owner,
                    set_text.is_cut,
                    set_text.is_broken,
                    behind,
                )
            )

    def _behind(self, rect: pygame.Rect, across: float, width: int) -> frozenset[Colour]:
        """The colours of the pixels on which text is about to be drawn."""
        if not self.scene.is_audited:
            return frozenset()
        rect.x += round((width - rect.width) * across)
        seen = rect.clip(self.surface.get_clip())
        if not seen.width or not seen.height:
            return frozenset()
        # One number a pixel: a set of these is made several times as fast as one of three.
        pixels = memoryview(pygame.image.tobytes(self.surface.subsurface(seen), "RGBA")).cast("I")
        seen_bytes = (pixel.to_bytes(4, sys.byteorder) for pixel in set(pixels))
        return frozenset((red, green, blue) for red, green, blue, _ in seen_bytes)

    def control(self, control: Reacting, box: Box) -> None:
        """Records that a control stands at a box: there the mouse finds it."""
        self.scene.controls.append(
            DrawnControl(control.name, self._true(box), self.room, self.clip, self.layer, control, self.scroll)
        )
