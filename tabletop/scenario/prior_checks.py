"""Warns of priors of hidden variables with weights below 0, or all 0, under some values of the assumptions."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from tabletop.scenario.board import Hidden
from tabletop.scenario.findings import Findings
from tabletop.scenario.pack import Scenario
from tabletop.scenario.problems import Path
from tabletop.scenario.reachability import Reachability
from tabletop.scenario.satisfiability import evaluate, stated

_MOST_TRIED = 500


def check_priors(scenario: Scenario, findings: Findings, reach: Reachability) -> None:
    """Warns of a prior that is invalid for some values of the assumptions that it reads."""
    for index, hidden in enumerate(scenario.hidden):
        _check(("hidden", index), hidden, findings, reach)


def _check(path: Path, hidden: Hidden, findings: Findings, reach: Reachability) -> None:
    nodes = [reach.condition(weight) for weight in hidden.prior]
    names = sorted(reach.read_by(*nodes))
    symbols = findings.scope.symbols
    told: set[int] = set()
    ends = ((symbols[name].low, symbols[name].high) for name in names)
    for values in itertools.islice(itertools.product(*ends), _MOST_TRIED):
        found: Mapping[str, int] = dict(zip(names, values, strict=True))
        weights = [_weight(node, found, reach) for node in nodes]
        for at, weight in enumerate(weights):
            if weight < 0 and at not in told:
                told.add(at)
                example = stated(found, symbols, reach.read_by(nodes[at])) or "always"
                fault = f"this weight is {weight} where {example}; a weight is at least 0: write max(0, ...)"
                findings.warn((*path, "prior", at), fault)
        if names and not told and not any(weight > 0 for weight in weights):
            told.update(range(len(nodes)))
            fault = f"no value of '{hidden.id}' has a weight above 0 where {stated(found, symbols, names)}"
            findings.warn((*path, "prior"), fault)


def _weight(node: tuple[object, ...], values: Mapping[str, int], reach: Reachability) -> int:
    return evaluate(reach.possible.expanded(node), values)
