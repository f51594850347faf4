"""The steps of a session in words: what each did, when, by whom and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from tabletop.presentation.chance_names import chance_subject, outcome_name
from tabletop.presentation.names import Names
from tabletop.presentation.player_names import player_name
from tabletop.presentation.story import TurnLabel
from tabletop.presentation.words import Words

if TYPE_CHECKING:
    from tabletop.engine.adjudication import Draw
    from tabletop.session.step_summary import Moment, StepSummary


@attrs.frozen(kw_only=True)
class StepLine:
    """A step: its number, what it did, when that was, who else than the seat did it ("" for the seat), and why."""

    number: int
    text: str
    turn: int
    when: str
    who: str
    why: str


def step_line(names: Names, words: Words, step: StepSummary) -> StepLine:
    """A step in a few words, such as "Mayor: Ask for a call"."""
    return StepLine(
        number=step.number,
        text=step_words(names, words, step),
        turn=step.moment.turn,
        when=moment_words(names, step.moment),
        who="" if step.who == step.seat else step.who,
        why=step.why,
    )


def step_words(names: Names, words: Words, step: StepSummary) -> str:
    """What a step did, such as "Mayor: Ask for a call"."""
    seat = names.seat(step.seat)
    match step.kind:
        case "decide":
            return f"{seat}: {_action(words, step)}"
        case "overrule":
            rulings = "; ".join(_rulings(names, words, step)) or words("steps.as_drawn")
            return words("steps.overrule", what=f"{seat}: {_action(words, step)}", rulings=rulings)
        case "inject":
            return words("steps.inject", title=step.card)
        case "set":
            return words("steps.set", name=names.full(step.name), value=names.in_words(words, step.name, step.value))
        case "hand":
            return words("steps.hand", seat=seat, player=player_name(words, names.scenario, step.seat, step.player))
        case "retract":
            return words("steps.retract", seat=seat)
        case "skip" | "extend" | "repeat":
            phase = names.phases.get(step.phase)
            return words(f"steps.{step.kind}", phase=phase.title if phase else step.phase)
        case _:
            return words("steps.start")


def _action(words: Words, step: StepSummary) -> str:
    if step.action is None or step.action.kind == "pass":
        return words("steps.passes")
    return step.action.label


def _rulings(names: Names, words: Words, step: StepSummary) -> list[str]:
    """What was ruled in a step, such as "The letter: warm, not cold"."""
    return [
        words(
            "steps.ruling",
            subject=chance_subject(names, words, one.node),
            outcome=outcome_name(names, one.node, one.outcome),
            model=outcome_name(names, one.node, one.model),
        )
        for one in step.overruled
    ]


def ruling_words(names: Names, words: Words, one: Draw) -> str:
    """What a facilitator let fall, such as "The letter: warm"."""
    subject, outcome = chance_subject(names, words, one.node), outcome_name(names, one.node, one.outcome)
    return f"{subject}: {outcome}"


def moment_words(names: Names, moment: Moment, has_phase: bool = True) -> str:
    """When something is, such as "Week 3, Planning"."""
    label = TurnLabel(names.stages[moment.stage], moment.stage_turn, names.scenario.language)
    phase = names.phases.get(moment.phase)
    title = phase.title if phase is not None and has_phase else ""
    return ", ".join(part for part in (label.name, title) if part)
