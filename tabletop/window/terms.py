"""Terms: what a scenario's words mean, and its rules in brief, as short entries that can be searched."""

from __future__ import annotations

import attrs

from tabletop.presentation.words import Words
from tabletop.scenario import Scenario
from tabletop.scenario.board import Meter, Track
from tabletop.window.parts import meter_icon, seat_icon


@attrs.frozen
class Term:
    """An entry: under which heading it stands, its name, what it means, and a sign."""

    group: str
    name: str
    text: str
    icon: str = ""

    def matches(self, typed: str) -> bool:
        """Whether every word that was typed is in it."""
        whole = f"{self.name} {self.text}".casefold()
        return all(word in whole for word in typed.casefold().split())


def terms_of(scenario: Scenario, said: Words) -> list[Term]:
    """The entries of a scenario: how it is played, its terms, what is measured, who is at the table."""
    found = [Term("rules", said(f"glossary.{key}"), said(f"glossary.{key}_text"), icon) for key, icon in _RULES]
    for stage in scenario.stages:
        phases = " → ".join(phase.title for phase in stage.phases)
        text = " ".join(part for part in (stage.text, said("glossary.phases", turn=stage.turn, phases=phases)) if part)
        found.append(Term("course", f"{stage.title} ({stage.turns} × {stage.turn})", text, "calendar-blank"))
        found += [Term("course", phase.title, phase.text, "caret-right") for phase in stage.phases if phase.text]
    found += [Term("terms", entry.term, entry.text, "book-open-text") for entry in scenario.glossary]
    measures: list[Meter | Track] = [*scenario.meters, *scenario.tracks]
    for at, meter in enumerate(measures):
        found.append(Term("measures", meter.name, _measure(meter, said), meter_icon(meter.id, at)))
    for at, seat in enumerate(scenario.seats):
        aims = " ".join(aim.text for aim in seat.objectives)
        text = " ".join(part for part in (f"{seat.role}." if seat.role else "", aims) if part)
        found.append(Term("seats", seat.name, text, seat_icon(seat.id, at)))
    for one in scenario.assumptions:
        text = f"**{said('premises.for')}:** {one.case_for} **{said('premises.against')}:** {one.case_against}"
        found.append(Term("assumptions", one.title, " ".join(text.split()), "scales"))
    return found


_RULES = (
    ("turns", "clock"),
    ("changes", "trend-up"),
    ("why", "question"),
    ("undo", "arrow-counter-clockwise"),
    ("keys", "keyboard"),
    ("kept", "floppy-disk"),
)


def _measure(noun: Meter | Track, said: Words) -> str:
    steps = ", ".join(f"{step.at} {step.name}" for step in noun.thresholds)
    return " ".join(part for part in (noun.text, said("glossary.steps", steps=steps) if steps else "") if part)
