"""The controls of the facilitator's console, one subject a file."""

from __future__ import annotations

from collections.abc import Mapping

from tabletop.terminal.console import FacilitatorConsole
from tabletop.terminal.controls import (
    branching,
    cards,
    clock,
    deciding,
    helping,
    looking,
    overruling,
    phases,
    planning,
    room,
    saying,
    screens,
    steps,
    values,
    writing,
)
from tabletop.terminal.controls.control import Control

_FILES = (
    deciding,
    looking,
    steps,
    overruling,
    cards,
    writing,
    values,
    phases,
    room,
    clock,
    saying,
    screens,
    planning,
    branching,
    helping,
)


def controls() -> Mapping[str, Control[FacilitatorConsole]]:
    """Every control by its word and its other words."""
    found: dict[str, Control[FacilitatorConsole]] = {}
    for control in (one for file in _FILES for one in file.CONTROLS):
        for word in (control.word, *control.also):
            found[word] = control
    return found
