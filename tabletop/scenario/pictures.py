"""SVG pictures of a pack: what is allowed in them, and what part of the plane they show."""

from __future__ import annotations

import re
import xml.parsers.expat
from collections.abc import Mapping

import attrs

from tabletop.scenario.problems import quoted

MOST_BYTES_OF_A_PICTURE = 400_000
MOST_ELEMENTS = 4_000
MOST_DEEP = 24
#: Numbers in a picture are at most this many times its width or height.
MOST_TIMES = 50
#: Dashes that one line may be drawn with, roughly: each is a shape of its own.
MOST_DASHES = 1_000_000

SVG = "http://www.w3.org/2000/svg"
#: The parts of the map that are painted in the colours of the theme, by classes such as `fill-land stroke-coast`.
MAP_ROLES = ("sea", "shallows", "graticule", "land", "focus", "coast", "border", "accent")

_ELEMENTS = frozenset(
    [
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "title",
        "desc",
        "metadata",
        "defs",
        "linearGradient",
        "radialGradient",
        "stop",
    ]
)
_DASHED = frozenset(["path", "line", "polyline", "polygon", "rect", "circle", "ellipse"])
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_REFERENCE = re.compile(r"url\(\s*[\"']?(?!#)", re.IGNORECASE)


@attrs.frozen
class Fault:
    """What is wrong in a picture, and where."""

    message: str
    line: int = 1
    column: int = 1


class _Refused(Exception):
    pass


def view_of(svg: str) -> tuple[float, float, float, float] | None:
    """The part of the plane that a picture shows: left, top, width, height; None where it does not say."""
    start = re.search(r"<svg\b[^>]*>", svg)
    found = re.search(r"\bviewBox\s*=\s*[\"']([^\"']*)[\"']", start[0]) if start else None
    numbers = [float(one) for one in _NUMBER.findall(found[1])] if found else []
    if len(numbers) != 4 or numbers[2] <= 0 or numbers[3] <= 0 or any(abs(one) > 1_000_000 for one in numbers):
        return None
    return numbers[0], numbers[1], numbers[2], numbers[3]


def faults_of(svg: str) -> list[Fault]:
    """What keeps a picture from being shown: scripts, anything from outside, what is too large, or no SVG at all."""
    if len(svg.encode("utf-8", "replace")) > MOST_BYTES_OF_A_PICTURE:
        return [Fault(f"a picture has at most {MOST_BYTES_OF_A_PICTURE // 1000} kB: simplify its lines")]
    if re.search(r"<!(DOCTYPE|ENTITY)", svg, re.IGNORECASE):
        at = re.search(r"<!(DOCTYPE|ENTITY)", svg, re.IGNORECASE)
        line = svg[: at.start()].count("\n") + 1 if at else 1
        return [Fault("a picture has no document type or entities: take the '<!…>' out", line)]
    return _Reading(svg).faults


class _Reading:
    """A picture that is read once, element by element."""

    def __init__(self, svg: str) -> None:
        self.faults: list[Fault] = []
        self._open: list[str] = []
        self._dashed: list[str] = [""]  # the dashes that shapes have from what is around them
        self._turned: list[bool] = [False]
        self._count = 0
        view = view_of(svg)
        self._wide = max(view[2], view[3], abs(view[0]), abs(view[1])) if view else 1000.0
        self._parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.ProcessingInstructionHandler = self._instruction
        try:
            self._parser.Parse(svg.encode(), True)
        except _Refused:
            return
        except xml.parsers.expat.ExpatError as error:
            what = xml.parsers.expat.ErrorString(error.code)
            self.faults.append(Fault(f"this is no SVG: {what}", error.lineno, error.offset + 1))
            return
        if view is None:
            self.faults.append(Fault("a picture says what it shows: give the <svg> a viewBox of four numbers"))

    def _fault(self, message: str) -> None:
        parser = self._parser
        self.faults.append(Fault(message, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1))
        if len(self.faults) >= 10:
            raise _Refused

    def _instruction(self, target: str, data: str) -> None:
        self._fault(f"a picture has no processing instructions: take '<?{target[:40]}' out")

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._count += 1
        space, _, local = name.rpartition(" ")
        if not self._open and (space, local) != (SVG, "svg"):
            self._fault(f'this is no SVG: it begins with {quoted(local)}, not with <svg xmlns="{SVG}">')
            raise _Refused
        self._open.append(name)
        if self._count > MOST_ELEMENTS or len(self._open) > MOST_DEEP:
            self._fault(f"a picture has at most {MOST_ELEMENTS:,} elements, {MOST_DEEP} deep: simplify it")
            raise _Refused
        if space == SVG and local not in _ELEMENTS:
            self._fault(_refused_element(local))
        for key, value in attributes.items():
            self._attribute(key.rpartition(" ")[2], value)
        self._dashed.append(_dashes_of(attributes) or self._dashed[-1])
        moved = attributes.get("transform", "")
        self._turned.append(self._turned[-1] or bool(re.search("matrix|scale|skew", moved)))
        if space == SVG and local in _DASHED and self._dashed[-1]:
            self._check_dashes(attributes)

    def _end(self, name: str) -> None:
        self._open.pop()
        self._dashed.pop()
        self._turned.pop()

    def _attribute(self, key: str, value: str) -> None:
        if key.lower().startswith("on"):
            self._fault(f"a picture runs no scripts: take {quoted(key)} out")
        elif key in ("href", "src", "base") and not value.startswith("#"):
            self._fault(f"a picture refers to nothing outside itself: take {quoted(key)} out")
        elif _REFERENCE.search(value) or "javascript:" in value.lower() or "@import" in value.lower():
            self._fault(f"a picture refers to nothing outside itself: {quoted(key)} does")
        elif key not in ("id", "class") and not value.startswith("#"):
            self._numbers(key, value)

    def _numbers(self, key: str, value: str) -> None:
        most = max(self._wide * MOST_TIMES, 1000.0)
        if any(len(one) > 24 or abs(float(one)) > most for one in _NUMBER.findall(value)):
            self._fault(f"{quoted(key)} has a number that is too large for the picture")

    def _check_dashes(self, attributes: Mapping[str, str]) -> None:
        """A line with very many dashes would take minutes to draw."""
        if self._turned[-1]:
            self._fault("a line with dashes is not scaled: draw it in its own size, without that 'transform'")
            return
        dashes = [abs(float(one)) for one in _NUMBER.findall(self._dashed[-1])]
        shape = " ".join(value for key, value in attributes.items() if key in _SHAPES)
        far = 7 * sum(abs(float(one)) for one in _NUMBER.findall(shape))  # it is no longer than this, round or straight
        if dashes and (sum(dashes) <= 0 or far / sum(dashes) > MOST_DASHES):
            self._fault("this line is drawn with too many dashes: make them longer, or the line simpler")


def _dashes_of(attributes: Mapping[str, str]) -> str:
    """The dashes that an element is drawn with, as an attribute or in its style."""
    styled = re.search(r"stroke-dasharray\s*:\s*([^;]*)", attributes.get("style", ""))
    return styled[1] if styled else attributes.get("stroke-dasharray", "")


_SHAPES = frozenset(["d", "points", "x1", "y1", "x2", "y2", "width", "height", "r", "rx", "ry"])


def _refused_element(name: str) -> str:
    if name in ("script", "foreignObject", "iframe", "handler"):
        return f"a picture runs no scripts and holds no pages: take <{name[:40]}> out"
    if name in ("image", "use", "feImage", "a", "symbol"):
        return f"a picture refers to nothing else: draw it out instead of <{name[:40]}>"
    if name in ("text", "tspan", "textPath"):
        return "text in a picture is not drawn: turn it into paths, or leave it to the names of seats"
    if name == "style":
        return "write colours as attributes (fill=…, stroke=…), not in <style>"
    return f"<{name[:40]}> is not drawn: only shapes, groups and gradients are"
