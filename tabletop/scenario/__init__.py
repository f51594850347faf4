"""The scenario pack format: data classes, expression language, loading, validation and JSON Schema; no game state."""

from tabletop.scenario.pack import Scenario

__all__ = ["Scenario"]
