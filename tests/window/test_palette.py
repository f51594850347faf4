"""The palette: what is read can be read, and seats and meters can be told apart by eyes that see fewer colours."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from colorspacious import cspace_convert

from tabletop.window.palette import (
    METERS_ON_DARK,
    METERS_ON_LIGHT,
    PALETTES,
    SEATS_ON_DARK,
    SEATS_ON_LIGHT,
    Colour,
    contrast,
)

# Distance in CAM02-UCS, where 1 is about what can just be noticed, under the simulation of Machado et al. 2009.
LEAST_OF_A_KIND = 13.0
LEAST_OF_ALL = 8.5
VISIONS = ("normal", "protanomaly", "deuteranomaly", "tritanomaly")


def seen(colours: tuple[Colour, ...], vision: str) -> np.ndarray:
    """Colours in CAM02-UCS as they are seen."""
    rgb = np.array(colours) / 255
    if vision != "normal":
        space = {"name": "sRGB1+CVD", "cvd_type": vision, "severity": 100}
        rgb = np.clip(cspace_convert(rgb, space, "sRGB1"), 0, 1)
    return np.asarray(cspace_convert(rgb, "sRGB1", "CAM02-UCS"))


def least_distance(colours: tuple[Colour, ...], vision: str) -> float:
    points = seen(colours, vision)
    return min(float(np.linalg.norm(a - b)) for a, b in itertools.combinations(points, 2))


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize(
    "colours",
    [SEATS_ON_DARK, SEATS_ON_LIGHT, METERS_ON_DARK, METERS_ON_LIGHT],
    ids=["seats", "seats", "meters", "meters"],
)
def test_seats_among_themselves_and_meters_among_themselves_are_far_apart(
    colours: tuple[Colour, ...], vision: str
) -> None:
    assert least_distance(colours, vision) >= LEAST_OF_A_KIND


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize(
    "colours", [SEATS_ON_DARK + METERS_ON_DARK, SEATS_ON_LIGHT + METERS_ON_LIGHT], ids=["dark", "light"]
)
def test_no_seat_is_taken_for_a_meter(colours: tuple[Colour, ...], vision: str) -> None:
    assert least_distance(colours, vision) >= LEAST_OF_ALL


@pytest.mark.parametrize("theme", PALETTES)
def test_every_colour_of_text_can_be_read_on_its_ground(theme: str) -> None:
    for name, ground in PALETTES[theme].grounds.items():
        for role in ("ink", "soft", "accent", "good", "bad", "warn"):
            assert contrast(ground.role(role), ground.fill) >= 4.5, (name, role)


@pytest.mark.parametrize("theme", PALETTES)
def test_seats_and_meters_and_the_ring_of_the_focus_stand_out_from_every_ground(theme: str) -> None:
    palette = PALETTES[theme]
    for name in ("table", "panel", "paper"):
        ground = palette.grounds[name]
        colours = SEATS_ON_LIGHT + METERS_ON_LIGHT if ground.is_light else SEATS_ON_DARK + METERS_ON_DARK
        for colour in colours:
            assert contrast(colour, ground.fill) >= 3, (name, colour)
    for name in ("table", "panel"):
        assert contrast(palette.ring, palette.grounds[name].fill) >= 3
