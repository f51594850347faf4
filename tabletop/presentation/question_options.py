"""What can be answered to a question of a class: its options, by the pack's own names, and the range of its numbers."""

from __future__ import annotations

from collections.abc import Mapping

from tabletop.scenario import Scenario
from tabletop.scenario.classroom import Question


def question_options(scenario: Scenario, noun: Question) -> tuple[str, ...]:
    """The options of a question, or the names of what it asks among."""
    among: Mapping[str, tuple[str, ...]] = {
        "assumptions": tuple(one.title for one in scenario.assumptions),
        "seats": tuple(one.name for one in scenario.seats),
        "meters": tuple(one.name for one in scenario.meters),
        "endings": tuple(one.title for one in scenario.endings),
    }
    return among.get(noun.among, noun.options)


def question_range(scenario: Scenario, noun: Question) -> tuple[int, int]:
    """The lowest and highest number that can be answered: the question's own, or that of the meter it foretells."""
    if noun.range is not None:
        return noun.range
    return next((meter.range for meter in scenario.meters if meter.id == noun.meter), (0, 100))
