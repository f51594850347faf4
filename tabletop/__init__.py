"""A game engine for policy-scenario tabletop games.

>>> import tabletop
>>> game = tabletop.Game(tabletop.load("first-summit"))
>>> game.start(seed=7).turn
1
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tabletop.engine.game import Game, IllegalAction, UnknownAssumption
    from tabletop.engine.log import Entry
    from tabletop.engine.program import Action
    from tabletop.engine.state import ChanceNode, ChanceOutcome, State
    from tabletop.engine.views import View
    from tabletop.scenario.library import UnknownScenario
    from tabletop.scenario.loading import check, load
    from tabletop.scenario.pack import Scenario
    from tabletop.scenario.problems import PackError, Problem

__version__ = "0.1.0"

_HOMES = {
    "Game": "engine.game",
    "IllegalAction": "engine.game",
    "UnknownAssumption": "engine.game",
    "Entry": "engine.log",
    "Action": "engine.program",
    "ChanceNode": "engine.state",
    "ChanceOutcome": "engine.state",
    "State": "engine.state",
    "View": "engine.views",
    "UnknownScenario": "scenario.library",
    "check": "scenario.loading",
    "load": "scenario.loading",
    "Scenario": "scenario.pack",
    "PackError": "scenario.problems",
    "Problem": "scenario.problems",
}

__all__ = [
    "Action",
    "ChanceNode",
    "ChanceOutcome",
    "Entry",
    "Game",
    "IllegalAction",
    "PackError",
    "Problem",
    "Scenario",
    "State",
    "UnknownAssumption",
    "UnknownScenario",
    "View",
    "check",
    "load",
]


def __getattr__(name: str) -> Any:
    # Imported when first used, so that `tabletop --help` stays instant.
    if name not in _HOMES:
        raise AttributeError(f"module 'tabletop' has no attribute '{name}'")
    return getattr(importlib.import_module(f"tabletop.{_HOMES[name]}"), name)
