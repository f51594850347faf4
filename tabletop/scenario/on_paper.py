"""A scenario as it is played on paper: without the standing rules that its author marks as `paper: skip`."""

from __future__ import annotations

import hashlib

import attrs

from tabletop.scenario.pack import Scenario


def on_paper(scenario: Scenario) -> Scenario:
    """The scenario without its skipped rules, with a digest of its own; the same scenario if it skips none."""
    kept = tuple(rule for rule in scenario.rules if rule.is_on_paper)
    if len(kept) == len(scenario.rules):
        return scenario
    left_out = ",".join(rule.id for rule in scenario.rules if not rule.is_on_paper)
    digest = hashlib.sha256(f"{scenario.digest} without {left_out}".encode()).hexdigest()
    return attrs.evolve(scenario, rules=kept, digest=digest)
