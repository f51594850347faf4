"""Appearance: the icon and the number of the colour of each seat, meter, track and resource."""

from __future__ import annotations

from typing import Any

from tabletop.presentation.names import Names
from tabletop.scenario import Scenario

#: What stands for a thing to which the pack gives no icon, by its place in the scenario's order.
SEAT_ICONS = ("flag", "users", "globe-hemisphere-east", "megaphone", "user", "robot")
METER_ICONS = ("trend-up", "thermometer-hot", "lightbulb", "path", "scroll", "stamp", "dice-five", "newspaper")
TRACK_ICONS = ("notebook", "chats-circle", "binoculars", "path")
#: How many colours there are of seats and of meters.
SEAT_COLOURS, METER_COLOURS = 6, 8
#: What the pages themselves use.
OWN_ICONS = (
    "check",
    "clock",
    "hourglass-medium",
    "warning",
    "megaphone",
    "envelope-simple",
    "lock",
    "users",
    "user",
    "scroll",
    "question",
    "calendar-blank",
    "pause",
    "book-open-text",
    "info",
    "stamp",
    "eye-slash",
    "note-pencil",
    "circle-half",
    "arrow-down",
    "cards",
    "graduation-cap",
    "dice-five",
    "folder-open",
    "flag",
)


def seat_icon(scenario: Scenario, id: str) -> tuple[str, int]:
    """The icon of a seat, and the number of its colour."""
    at = next((place for place, one in enumerate(scenario.seats) if one.id == id), 0)
    return _given(scenario, "seats", id) or SEAT_ICONS[at % len(SEAT_ICONS)], at % SEAT_COLOURS


def meter_icon(names: Names, id: str) -> tuple[str, int]:
    """The icon of a meter or a track, and the number of its colour."""
    meters, tracks = list(names.meters), [one.id for one in names.scenario.tracks]
    if id in meters:
        at = meters.index(id)
        return _given(names.scenario, "meters", id) or METER_ICONS[at % len(METER_ICONS)], at % METER_COLOURS
    track = names.tracks[id].id if id in names.tracks else id
    at = tracks.index(track) if track in tracks else 0
    return _given(names.scenario, "meters", track) or TRACK_ICONS[at % len(TRACK_ICONS)], at % METER_COLOURS


def icons_of(scenario: Scenario, names: Names) -> tuple[str, ...]:
    """The icons that pages of a scenario use, each once."""
    found = [seat_icon(scenario, one.id)[0] for one in scenario.seats]
    found += [meter_icon(names, id)[0] for id in (*names.meters, *names.tracks)]
    return tuple(dict.fromkeys((*OWN_ICONS, *found)))


def _given(scenario: Scenario, kind: str, id: str) -> str:
    """The icon that a pack gives to a thing by its name among the program's; "" for none."""
    presentation: Any = getattr(scenario, "presentation", None)
    chosen = getattr(presentation, kind, {}).get(id) if presentation is not None else None
    icon = str(getattr(chosen, "icon", ""))
    return "" if icon.endswith(".svg") else icon
