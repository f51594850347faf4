"""The run sheet: where a class stands in its plan, what comes next, and how far behind the time is."""

from __future__ import annotations

import attrs

from tabletop.presentation.words import Words
from tabletop.scenario.classroom import ClassPhase, ClassPlan


@attrs.frozen(kw_only=True)
class Line:
    """A phase of the plan: `begins` and `ends` in minutes from the beginning of the class; "done", "now" or "ahead"."""

    phase: ClassPhase
    begins: int
    ends: int
    standing: str


@attrs.frozen(kw_only=True)
class RunSheet:
    """The plan with where the class is in it. `behind` is how many minutes later it is than planned (below 0: ahead);
    `left` the minutes that are left of the phase; `advice` what to do about it, "" for nothing."""

    plan: str
    title: str
    lines: tuple[Line, ...]
    now: ClassPhase | None
    following: ClassPhase | None
    behind: int
    left: int
    advice: str


def run_sheet(plan: ClassPlan, phase: str, minutes: float, in_phase: float, words: Words) -> RunSheet:
    """The run sheet `minutes` after the class began, of which the last so many were `in_phase`.

    A class is behind by what it has taken longer than planned up to the phase's beginning, and by what the phase has
    taken beyond its own minutes.
    """
    at = next((place for place, one in enumerate(plan.phases) if one.id == phase), -1)
    lines: list[Line] = []
    begins = 0
    for place, one in enumerate(plan.phases):
        standing = "done" if place < at else "now" if place == at else "ahead"
        lines.append(Line(phase=one, begins=begins, ends=begins + one.minutes, standing=standing))
        begins += one.minutes
    now = plan.phases[at] if at >= 0 else None
    following = plan.phases[at + 1] if at + 1 < len(plan.phases) else None
    planned = lines[at].begins if at >= 0 else 0
    over = max(0.0, in_phase - now.minutes) if now else 0.0
    behind = round(minutes - in_phase - planned + over)
    left = round(now.minutes - in_phase) if now else 0
    return RunSheet(
        plan=plan.id,
        title=plan.title,
        lines=tuple(lines),
        now=now,
        following=following,
        behind=behind,
        left=left,
        advice=_advice(plan, at, behind, words),
    )


def _advice(plan: ClassPlan, at: int, behind: int, words: Words) -> str:
    """What to leave out so that the class ends in time: turns of the game, and never what is to be kept."""
    if behind < 2:
        return ""
    ahead = plan.phases[max(at, 0) :]
    for phase in ahead:
        if phase.turns > 1 and not phase.kept:
            each = phase.minutes / phase.turns
            fewer = min(phase.turns - 1, max(1, -(-behind // max(1, round(each)))))
            return words("facilitator-page.behind_turns", count=fewer, minutes=behind, phase=phase.title)
    spare = [phase for phase in ahead if not phase.kept]
    if spare:
        longest = max(spare, key=lambda phase: phase.minutes)
        return words("facilitator-page.behind_shorten", minutes=behind, phase=longest.title)
    return words("facilitator-page.behind_late", minutes=behind)
