"""The set pieces of a pack: those that it writes, or else those that its calendar and its table call for."""

from __future__ import annotations

import functools

from tabletop.scenario import Scenario
from tabletop.scenario.actions import Action
from tabletop.scenario.set_pieces import SetPiece

_VERDICT = SetPiece(id="verdict", layout="verdict")


def pieces_in(scenario: Scenario) -> tuple[SetPiece, ...]:
    """All the set pieces of a scenario; a verdict is always among them."""
    return _pieces(_Key(scenario))


class _Key:
    """A scenario, told from another by being it: to look one over field by field takes long."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.scenario is self.scenario

    def __hash__(self) -> int:
        return id(self.scenario)


@functools.lru_cache(maxsize=8)
def _pieces(key: _Key) -> tuple[SetPiece, ...]:
    written = key.scenario.set_pieces
    own = written or tuple(_called_for(key.scenario))
    return own if any(one.layout == "verdict" for one in own) else (*own, _VERDICT)


def _called_for(scenario: Scenario) -> list[SetPiece]:
    """A piece for each action that names a day or takes it back, leads to the table, answers, signs or leaves."""
    found = []
    for action in scenario.actions:
        layout = _layout_of(scenario, action)
        if layout:
            found.append(
                SetPiece(id=action.id, layout=layout, title=action.label, text=action.text, after=(action.id,))
            )
    return found


def _layout_of(scenario: Scenario, action: Action) -> str:
    calendar, table = scenario.presentation.calendar, scenario.presentation.negotiation
    changed = {name for effect in action.effects for name in effect.changed}
    leads_on = any(effect.leads_on for effect in action.effects)
    at_table = table is not None and any(
        phase.id in action.phases for stage in scenario.stages if stage.id == table.stage for phase in stage.phases
    )
    if table is not None and (action.id in table.way_out or (at_table and leads_on)):
        return "walk_out"
    if leads_on:
        return "arrival"
    if table is not None and at_table and changed & set(table.answers):
        return "reply" if action.seats and action.seats[0] != table.sides[0].seat else ""
    if at_table and action.final:
        return "signature"
    is_dated = calendar is not None and calendar.variable in changed and action.phases
    return "front_page" if is_dated else ""
