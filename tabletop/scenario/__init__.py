"""The nouns of a scenario, the expression language, loading, checking and the schema. Knows no game state."""

from tabletop.scenario.pack import Scenario

__all__ = ["Scenario"]
