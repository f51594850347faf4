"""The theatre: marks of seats on a map keep the order of north and south, and a colour of a pack can be seen."""

from __future__ import annotations

import itertools
import pathlib

import pytest

from tabletop.scenario.loading import load
from tabletop.window.board.theatre import settled
from tabletop.window.boxes import Box
from tabletop.window.drawing import Drawing
from tabletop.window.look import look_of, seen_on
from tabletop.window.palette import PALETTES, contrast
from tabletop.window.scenery import scenery_of

PACKS = pathlib.Path(__file__).parent / "packs"
LIMITS = Box(0, 0, 520, 520)


@pytest.mark.parametrize("tall", [40, 64, 90, 120])
@pytest.mark.parametrize("wide", [140, 240])
def test_a_seat_in_the_north_never_lies_below_one_in_the_south(tall: float, wide: float) -> None:
    scenario = load("summit-2018")
    behind = scenery_of(scenario).in_box(LIMITS, "table")
    seats = [seat.id for seat in scenario.seats]
    spots = behind.spots(seats, 8)
    fixed = [seat for seat in seats if behind.place(seat) is not None]
    found = settled(dict.fromkeys(seats, (wide, tall)), spots, LIMITS, fixed)
    for one, other in itertools.combinations(sorted(fixed, key=lambda seat: spots[seat][1]), 2):
        above, below = found[one], found[other]
        if above.x < below.right and below.x < above.right:
            assert above.centre[1] <= below.centre[1], (one, other)


@pytest.mark.parametrize("theme", PALETTES)
def test_a_colour_of_a_pack_can_be_seen_on_every_ground(theme: str) -> None:
    for name, ground in PALETTES[theme].grounds.items():
        for text in ("#000000", "#ffffff", "#101830", "#ffc45c", "#808080"):
            assert contrast(seen_on(ground, text), ground.fill) >= 3, (name, text)


def test_a_map_is_painted_in_the_colours_of_the_theme_with_lines_as_thick_at_any_size() -> None:
    drawing = Drawing(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><path class="fill-land stroke-coast"'
        ' fill="#123456" stroke-width="2" vector-effect="non-scaling-stroke" d="M0 0H9V9z"/></svg>'
    )
    dark, light = (PALETTES[name].map for name in ("dark", "light"))
    assert "#123456" not in drawing.svg(drawing.view, dark)
    assert drawing.svg(drawing.view, dark) != drawing.svg(drawing.view, light)
    assert 'stroke-width="0.2"' in drawing.svg(drawing.view, dark)
    assert 'stroke-width="2.0"' in drawing.svg(Box(0, 0, 1000, 1000), dark)


def test_what_a_pack_brings_is_shown_and_what_it_does_not_has_a_default() -> None:
    islands, harbour = (look_of(load(PACKS / name)) for name in ("islands", "harbour"))
    assert islands.scenery.has_map
    assert not harbour.scenery.has_map
    assert islands.icon("seat:orla:0").startswith("<svg")
    assert islands.icon("seat:venn:1") == "binoculars"
    assert islands.icon("kind:turn") == "mountains"
    assert harbour.icon("seat:mayor:0") == "flag"
    assert harbour.icon("kind:turn") == "stamp"
    assert islands.card_picture("fog").startswith("<svg")
    assert islands.card_picture("new_ice") == harbour.card_picture("gale") == ""
