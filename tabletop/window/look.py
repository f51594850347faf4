"""Look: the icons, colours, pictures and scenery of a scenario, from its pack or by default."""

from __future__ import annotations

import functools
import pathlib
from collections import OrderedDict

from tabletop.scenario import Scenario
from tabletop.scenario.library import UnknownScenario
from tabletop.scenario.presentation import Appearance, Presentation, is_file
from tabletop.scenario.problems import PackError
from tabletop.storage.shipped_data import DEFAULT_SCENARIO
from tabletop.window.packs import scenario_of
from tabletop.window.palette import Colour, Ground, colour, contrast, meter_colour, mixed, seat_colour
from tabletop.window.scenery import Scenery, scenery_of

_SEAT_STAND_INS = ("flag", "users", "globe-hemisphere-east", "robot", "user", "megaphone")
_METER_STAND_INS = ("trend-up", "clock", "lightbulb", "path", "scroll", "stamp", "dice-five", "newspaper")
_KINDS = {"warning": "warning", "opportunity": "lightbulb", "turn": "stamp"}
#: A shape has at least this contrast to the ground it stands on, as WCAG asks of graphics.
_LEAST_CONTRAST = 3.0


class Look:
    """How things of a scenario look. What the pack does not say goes by a thing's place in the scenario's order."""

    def __init__(self, scenario: Scenario | None = None) -> None:
        self._shown = scenario.presentation if scenario is not None else Presentation()
        self._pictures = scenario.pictures if scenario is not None else {}
        self.scenery = scenery_of(scenario) if scenario is not None else Scenery()

    def icon(self, name: str) -> str:
        """An icon by what elements call it: the name of one of the program's, or the text of one that the pack brings.

        `seat:ID:PLACE`, `meter:ID:PLACE` and `kind:KIND` are those of a seat, a meter or track, and a kind of card.
        """
        of, _, id = name.partition(":")
        if of == "kind":
            return self._chosen(self._shown.kinds.get(id)) or _KINDS.get(id, "newspaper")
        if of not in ("seat", "meter") or not id:
            return name
        id, _, at = id.rpartition(":")
        looks, stand_ins = (
            (self._shown.seats, _SEAT_STAND_INS) if of == "seat" else (self._shown.meters, _METER_STAND_INS)
        )
        return self._chosen(looks.get(id)) or stand_ins[int(at) % len(stand_ins)]

    def _chosen(self, one: Appearance | None) -> str:
        if one is None or not is_file(one.icon):
            return one.icon if one is not None else ""
        return self._pictures.get(str(pathlib.PurePosixPath(one.icon)), "")

    def seat_colour(self, seat: str, at: int, ground: Ground) -> Colour:
        """The colour of a seat, such that it can be seen on a ground."""
        one = self._shown.seats.get(seat)
        return seen_on(ground, one.colour) if one is not None and one.colour else seat_colour(at, ground.is_light)

    def meter_colour(self, meter: str, at: int, ground: Ground) -> Colour:
        """The colour of a meter or track, such that it can be seen on a ground."""
        one = self._shown.meters.get(meter)
        return seen_on(ground, one.colour) if one is not None and one.colour else meter_colour(at, ground.is_light)

    def kind_colour(self, kind: str, ground: Ground) -> Colour | None:
        """The colour that the pack gives to a kind of card; None where it gives none."""
        one = self._shown.kinds.get(kind)
        return seen_on(ground, one.colour, 4.5) if one is not None and one.colour else None

    def card_picture(self, card: str) -> str:
        """The SVG picture of a card, "" if it has none."""
        return self._pictures.get(str(pathlib.PurePosixPath(self._shown.cards.get(card, ""))), "")

    def piece_picture(self, file: str) -> str:
        """The SVG picture of a set piece by its file in the pack, "" if there is none."""
        return self._pictures.get(str(pathlib.PurePosixPath(file)), "") if file else ""


def seen_on(ground: Ground, text: str, least: float = _LEAST_CONTRAST) -> Colour:
    """A colour of the pack's, drawn towards the ink of a ground until it can be told from it."""
    wanted = colour(text)
    for step in range(11):
        tried = mixed(wanted, ground.ink, step / 10)
        if contrast(tried, ground.fill) >= least:
            return tried
    return ground.ink


_LOOKS: OrderedDict[int, tuple[Scenario, Look]] = OrderedDict()


def look_of(scenario: Scenario) -> Look:
    """The look of a scenario; the latest few are kept."""
    found = _LOOKS.get(id(scenario))
    if found is None or found[0] is not scenario:
        found = _LOOKS[id(scenario)] = scenario, Look(scenario)
        while len(_LOOKS) > 8:
            _LOOKS.popitem(last=False)
    return found[1]


@functools.lru_cache(maxsize=32)
def look_of_pack(pack: str) -> Look:
    """The look of a pack by a shipped scenario's id or a path; the plain one where there is none to be read."""
    try:
        return look_of(scenario_of(pack))
    except (PackError, UnknownScenario, OSError):
        return Look()


def default_look() -> Look:
    """That of the scenario which is played when none is named, where no screen is about another."""
    return look_of_pack(DEFAULT_SCENARIO)
