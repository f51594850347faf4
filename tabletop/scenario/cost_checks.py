"""Checks of cost."""

from tabletop.scenario.findings import Findings
from tabletop.scenario.pack import Scenario


def check_cost(scenario: Scenario, findings: Findings) -> None:
    """."""
