"""An SVG picture of a pack as it is drawn: a part of it, in the colours of a theme, with lines as thick at any size."""

from __future__ import annotations

import functools
import re
import xml.etree.ElementTree as ElementTree
from xml.sax.saxutils import quoteattr

import attrs

from tabletop.scenario.pictures import MAP_ROLES, SVG, view_of
from tabletop.window.boxes import Box
from tabletop.window.palette import MapColours, hexadecimal

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_FIXED = "non-scaling-stroke"
_WATERS = ((44, 0.45), (26, 0.6), (10, 0.9))


@attrs.frozen
class _Role:
    """A place for a colour of the theme."""

    name: str


@attrs.frozen
class _Thickness:
    """A place for numbers that are given in thousandths of the width that is shown."""

    numbers: str


_Part = str | _Role | _Thickness


class Drawing:
    """A picture that can be drawn again and again.

    Elements of the class `fill-ROLE` or `stroke-ROLE` are painted as the theme paints that part of a map; about those
    of the class `waters` the sea is shallow. Strokes with `vector-effect="non-scaling-stroke"` are as thick at any
    size.
    """

    def __init__(self, svg: str) -> None:
        left, top, width, height = view_of(svg) or (0.0, 0.0, 100.0, 100.0)
        self.view = Box(left, top, width, height)
        self._parts: list[_Part] = []
        self._shores: list[str] = []
        for child in ElementTree.fromstring(svg):
            self._take(child, is_fixed=False)

    def _take(self, element: ElementTree.Element, is_fixed: bool) -> None:
        name = element.tag.removeprefix(f"{{{SVG}}}") if isinstance(element.tag, str) else ""
        if not name or "}" in name or name in ("title", "desc", "metadata"):
            return
        attributes = {key: value for key, value in element.attrib.items() if "}" not in key}
        is_fixed = is_fixed or attributes.pop("vector-effect", "") == _FIXED
        classes = attributes.pop("class", "").split()
        if "waters" in classes and "d" in attributes:
            self._shores.append(attributes["d"])
        roles = {one.partition("-")[0]: one.partition("-")[2] for one in classes if "-" in one}
        painted = {where: role for where, role in roles.items() if where in ("fill", "stroke") and role in MAP_ROLES}
        self._parts.append(f"<{name}")
        for key, value in attributes.items():
            if key in painted:
                continue
            if is_fixed and key in ("stroke-width", "stroke-dasharray"):
                self._parts += [f' {key}="', _Thickness(value), '"']
            else:
                self._parts.append(f" {key}={quoteattr(value)}")
        for where, role in painted.items():
            self._parts += [f' {where}="', _Role(role), '"']
        self._parts.append(">")
        for child in element:
            self._take(child, is_fixed)
        self._parts.append(f"</{name}>")

    def svg(self, view: Box, colours: MapColours, extra: str = "") -> str:
        """A part of it as an SVG picture, on the sea. `extra` is drawn on top, in the picture's own units."""
        paint = {name: hexadecimal(getattr(colours, name)) for name in MAP_ROLES}
        thin = view.width / 1000
        left, top, wide, high = view.x - 5, view.y - 5, view.width + 10, view.height + 10
        return (
            f'{_opened(view)}<rect x="{left}" y="{top}" width="{wide}" height="{high}" fill="{paint["sea"]}"/>'
            + "".join(
                f'<path d="{shore}" fill="none" stroke-linejoin="round" stroke-linecap="round" '
                f'stroke="{paint["shallows"]}" stroke-opacity="{shade}" stroke-width="{thick * thin}"/>'
                for shore in self._shores
                for thick, shade in _WATERS
            )
            + "".join(self._written(part, paint, thin) for part in self._parts)
            + f"{extra}</svg>"
        )

    def alone(self, colours: MapColours) -> str:
        """The whole of it, on nothing."""
        paint = {name: hexadecimal(getattr(colours, name)) for name in MAP_ROLES}
        parts = (self._written(part, paint, self.view.width / 1000) for part in self._parts)
        return f"{_opened(self.view)}{''.join(parts)}</svg>"

    @staticmethod
    def _written(part: _Part, paint: dict[str, str], thin: float) -> str:
        if isinstance(part, _Role):
            return paint[part.name]
        if isinstance(part, _Thickness):
            return _NUMBER.sub(lambda found: str(float(found[0]) * thin), part.numbers)
        return part


def _opened(view: Box) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view.x} {view.y} {view.width} {view.height}" '
        f'preserveAspectRatio="none">'
    )


@functools.lru_cache(maxsize=32)
def card_svg(svg: str, colours: MapColours) -> str:
    """A picture of the pack as it is drawn on a card."""
    return Drawing(svg).alone(colours)


@functools.lru_cache(maxsize=8)
def drawing_of(svg: str) -> Drawing:
    """The drawing of an SVG text."""
    return Drawing(svg)
