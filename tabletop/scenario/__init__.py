"""The scenario pack format: data classes, expression language, loading, validation and JSON Schema; no game state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tabletop.scenario.pack import Scenario

__all__ = ["Scenario"]


def __getattr__(name: str) -> Any:
    # Imported when first used: whoever needs one light file of this package does not load all its classes.
    if name != "Scenario":
        raise AttributeError(f"module 'tabletop.scenario' has no attribute '{name}'")
    from tabletop.scenario.pack import Scenario

    return Scenario
