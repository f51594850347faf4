"""The colours of the window: grounds in light and dark themes, and the colours of seats and meters.

Seats and meters keep apart under protanopia, deuteranopia and tritanopia (a test measures it in CAM02-UCS), and are
drawn with an icon all the same.
"""

from __future__ import annotations

import attrs

Colour = tuple[int, int, int]


def colour(text: str) -> Colour:
    """A colour from its six hexadecimal digits.

    >>> colour("#0a141f")
    (10, 20, 31)
    """
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def hexadecimal(value: Colour) -> str:
    """The six digits of a colour, as SVG wants them."""
    return "#{:02x}{:02x}{:02x}".format(*value)


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """A colour between two: the first at 0, the other at 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def luminance(value: Colour) -> float:
    """Relative luminance as WCAG 2 defines it, from 0 (black) to 1 (white)."""
    red, green, blue = (
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in value
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """The WCAG 2 contrast of two colours, from 1 (none) to 21.

    >>> contrast((0, 0, 0), (255, 255, 255))
    21.0
    """
    darker, lighter = sorted((luminance(one), luminance(other)))
    return round((lighter + 0.05) / (darker + 0.05), 2)


@attrs.frozen
class Ground:
    """Something that text stands on: its own colour, and what can be read on it.

    `ink` is for what matters, `soft` for what may be passed over; `accent` is what the player can do now; `good`, `bad`
    and `warn` are for changes alone. `is_light` chooses which seat and meter colours are drawn on it.
    """

    fill: Colour
    edge: Colour
    ink: Colour
    soft: Colour
    accent: Colour
    good: Colour
    bad: Colour
    warn: Colour
    is_light: bool = False

    def role(self, name: str) -> Colour:
        """The colour of a role: "ink", "soft", "accent", "good", "bad", "warn", "edge" or "fill"."""
        value: Colour = getattr(self, name)
        return value


@attrs.frozen
class MapColours:
    """The colours of the map, from the deep sea to the land in question."""

    sea: Colour
    shallows: Colour
    graticule: Colour
    land: Colour
    focus: Colour
    coast: Colour
    border: Colour
    accent: Colour


@attrs.frozen
class Palette:
    """All the colours of a theme. `grounds` are: table, panel, raised, paper, accent, night."""

    name: str
    grounds: dict[str, Ground]
    map: MapColours
    ring: Colour
    scrim: tuple[int, int, int, int]
    shadow: int
    stamp: Colour


def _ground(*colours: str, is_light: bool = False) -> Ground:
    fill, edge, ink, soft, accent, good, bad, warn = (colour(one) for one in colours)
    return Ground(fill, edge, ink, soft, accent, good, bad, warn, is_light)


#                 fill       edge       ink        soft       accent     good       bad        warn
DARK = Palette(
    name="dark",
    grounds={
        "table": _ground("#0f161c", "#2a3640", "#f3eee2", "#a9b3b8", "#ffc45c", "#6fd9a8", "#ff9a8a", "#ffc45c"),
        "panel": _ground("#18222b", "#33414d", "#f3eee2", "#a9b4bb", "#ffc45c", "#6fd9a8", "#ff9a8a", "#ffc45c"),
        "raised": _ground("#243340", "#41535f", "#f6f2e8", "#b9c3c8", "#ffcb6e", "#7ce0b2", "#ffa496", "#ffcb6e"),
        "paper": _ground(
            "#ece3cf", "#c8bb9c", "#1c242b", "#56564c", "#7d4a00", "#0d5f3f", "#a02018", "#7d4a00", is_light=True
        ),
        "accent": _ground(
            "#ffc45c", "#ffe0a3", "#17202a", "#3f3a2c", "#17202a", "#0b4a31", "#7c150f", "#4a2c00", is_light=True
        ),
        "night": _ground("#1c3145", "#3b566d", "#f6f2e8", "#b8c6d0", "#ffcb6e", "#7ce0b2", "#ffab9e", "#ffcb6e"),
    },
    map=MapColours(
        *(
            colour(one)
            for one in (
                "#0f1a22",
                "#16242e",
                "#1b2b36",
                "#26363f",
                "#3a4c50",
                "#4d626a",
                "#34464f",
                "#ffc45c",
            )
        )
    ),
    ring=colour("#ffe3ae"),
    scrim=(5, 9, 13, 178),
    shadow=120,
    stamp=colour("#a02018"),
)

LIGHT = Palette(
    name="light",
    grounds={
        "table": _ground(
            "#e4e1d8", "#c4bfb0", "#18222c", "#4c545a", "#124a86", "#0b5c3c", "#a32018", "#7a4800", is_light=True
        ),
        "panel": _ground(
            "#f6f4ee", "#cbc6b8", "#18222c", "#535b61", "#124a86", "#0b6442", "#ad2219", "#7f4c00", is_light=True
        ),
        "raised": _ground(
            "#ffffff", "#b9b4a5", "#18222c", "#535b61", "#124a86", "#0b6442", "#ad2219", "#7f4c00", is_light=True
        ),
        "paper": _ground(
            "#fffaf0", "#d3c7ab", "#1c242b", "#5b5a50", "#7d4a00", "#0b6442", "#ad2219", "#7f4c00", is_light=True
        ),
        "accent": _ground("#124a86", "#0a3260", "#ffffff", "#d7e4f2", "#ffffff", "#a9f0cf", "#ffd0c8", "#ffe0a3"),
        "night": _ground("#16304a", "#16304a", "#ffffff", "#c3d0dc", "#ffcb6e", "#86e5b9", "#ffb5a9", "#ffcb6e"),
    },
    map=MapColours(
        *(
            colour(one)
            for one in (
                "#d3dadb",
                "#c6d0d2",
                "#bcc8cb",
                "#efebe0",
                "#fffaf0",
                "#8b938f",
                "#cdc6b4",
                "#ad2219",
            )
        )
    ),
    ring=colour("#b3541e"),
    scrim=(24, 34, 44, 150),
    shadow=60,
    stamp=colour("#ad2219"),
)

PALETTES = {"dark": DARK, "light": LIGHT}

# By place in the scenario's order. Icons on them have the colour of the ground.
SEATS_ON_DARK = tuple(map(colour, ("#5585ac", "#a7d1e5", "#d5d8c4", "#ebb95e", "#cb6c6f", "#9894ff")))
SEATS_ON_LIGHT = tuple(map(colour, ("#074197", "#008574", "#403948", "#7e6c02", "#a02f42", "#6e6096")))
METERS_ON_DARK = tuple(
    map(colour, ("#69c6fd", "#b59f0b", "#a96d3b", "#706dc7", "#ff918b", "#887289", "#f7ff7b", "#a0a5b5"))
)
METERS_ON_LIGHT = tuple(
    map(colour, ("#4d5fbe", "#565808", "#5d142f", "#292c6b", "#b06740", "#76446f", "#403400", "#4f655b"))
)


def seat_colour(at: int, on_light: bool) -> Colour:
    """The colour of the seat at a place in the scenario's order, for a light or a dark ground."""
    colours = SEATS_ON_LIGHT if on_light else SEATS_ON_DARK
    return colours[at % len(colours)]


def meter_colour(at: int, on_light: bool) -> Colour:
    """The colour of the meter at a place in the scenario's order, for a light or a dark ground."""
    colours = METERS_ON_LIGHT if on_light else METERS_ON_DARK
    return colours[at % len(colours)]
