"""The leader's guide: the run of a debrief in 15, 30 and 45 minutes, with what to show and to ask in which minute."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Literal, TypeAlias

import attrs

from tabletop.presentation.words import Words

Stage: TypeAlias = Literal["happened", "why", "then"]


@attrs.frozen(kw_only=True)
class GuideStep:
    """Some minutes of a debrief: what to do, which parts of the review to show (by id), and what to ask."""

    start: int
    end: int
    stage: Stage
    stage_title: str
    title: str
    say: str
    show: tuple[str, ...]
    ask: tuple[str, ...]


@attrs.frozen(kw_only=True)
class GuideRun:
    """A debrief of so many minutes."""

    minutes: int
    title: str
    steps: tuple[GuideStep, ...]


@attrs.frozen(kw_only=True)
class GuideQuestions:
    """What can be asked of this game at each stage, the most telling first; `guess` before the truth is told, `closing`
    are the pack's own questions."""

    happened: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    guess: tuple[str, ...] = ()
    foretold: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class _Plan:
    """A step before its minutes are counted: `key` of its words, what it `needs` to be held, `most` questions."""

    minutes: int
    stage: Stage
    key: str
    show: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    source: Literal["", "happened", "why", "guess", "foretold", "closing"] = ""
    most: int = 1
    say: str = ""


_OPENING = ("opening",)
_TOLD = ("verdict", "account")
_RUNS: dict[int, tuple[_Plan, ...]] = {
    15: (
        _Plan(minutes=1, stage="happened", key="land"),
        _Plan(minutes=3, stage="happened", key="tell", say="tell_short", show=_OPENING, source="happened"),
        _Plan(minutes=5, stage="why", key="weigh", show=("decisions",), source="why"),
        _Plan(minutes=2, stage="why", key="reveal", show=_TOLD, needs=_TOLD, source="guess", most=2),
        _Plan(minutes=2, stage="then", key="doubt", show=("premises",)),
        _Plan(minutes=2, stage="then", key="carry", show=("questions",), source="closing"),
    ),
    30: (
        _Plan(minutes=2, stage="happened", key="land"),
        _Plan(minutes=4, stage="happened", key="tell", show=_OPENING),
        _Plan(minutes=4, stage="happened", key="recall", show=("voices",), needs=("voices",)),
        _Plan(minutes=4, stage="happened", key="see", show=("course",), source="happened"),
        _Plan(minutes=6, stage="why", key="weigh", show=("decisions",), source="why"),
        _Plan(minutes=4, stage="why", key="reveal", show=_TOLD, needs=_TOLD, source="guess", most=3),
        _Plan(minutes=3, stage="then", key="doubt", show=("premises",)),
        _Plan(minutes=3, stage="then", key="carry", show=("history", "questions"), source="closing", most=2),
    ),
    45: (
        _Plan(minutes=2, stage="happened", key="land"),
        _Plan(minutes=5, stage="happened", key="tell", show=_OPENING),
        _Plan(minutes=4, stage="happened", key="recall", show=("voices",), needs=("voices",)),
        _Plan(minutes=4, stage="happened", key="see", show=("course",), source="happened", most=2),
        _Plan(minutes=3, stage="why", key="foresee", show=("predictions",), needs=("predictions",), source="foretold"),
        _Plan(minutes=8, stage="why", key="weigh_two", say="weigh_say", show=("decisions",), source="why", most=2),
        _Plan(minutes=5, stage="why", key="reveal", show=_TOLD, needs=_TOLD, source="guess", most=3),
        _Plan(minutes=3, stage="then", key="otherwise", show=("branches",), needs=("branches",)),
        _Plan(minutes=4, stage="then", key="doubt", show=("premises",)),
        _Plan(minutes=3, stage="then", key="beside", show=("history",), needs=("history",)),
        _Plan(minutes=4, stage="then", key="carry", show=("questions",), source="closing", most=2),
    ),
}


def guide(words: Words, parts: Collection[str], questions: GuideQuestions) -> tuple[GuideRun, ...]:
    """The runs of a debrief with the `parts` that the review has. What cannot be shown is left out, and its minutes go
    to telling and weighing."""
    return tuple(_run(words, minutes, plans, parts, questions) for minutes, plans in _RUNS.items())


def _run(
    words: Words, minutes: int, plans: Sequence[_Plan], parts: Collection[str], questions: GuideQuestions
) -> GuideRun:
    held = [one for one in plans if not one.needs or any(part in parts for part in one.needs)]
    spare = minutes - sum(one.minutes for one in held)
    steps, at = list[GuideStep](), 0
    asked: dict[str, Iterator[str]] = {
        source: iter(getattr(questions, source)) for source in ("happened", "why", "guess", "foretold", "closing")
    }
    for one, more in zip(held, _shared(held, spare), strict=True):
        ask = [question for _, question in zip(range(one.most), asked.get(one.source, iter(())), strict=False)]
        steps.append(
            GuideStep(
                start=at,
                end=at + one.minutes + more,
                stage=one.stage,
                stage_title=words(f"guide.stage_{one.stage}"),
                title=words(f"guide.{one.key}"),
                say=words(f"guide.{one.say or one.key + '_say'}"),
                show=tuple(part for part in one.show if part in parts),
                ask=tuple(ask),
            )
        )
        at = steps[-1].end
    return GuideRun(minutes=minutes, title=words("guide.run", minutes=minutes), steps=tuple(steps))


def _shared(held: Sequence[_Plan], spare: int) -> list[int]:
    """Spare minutes, one after the other, to the steps in which people talk longest."""
    more = [0] * len(held)
    longest = sorted(range(len(held)), key=lambda at: -held[at].minutes)
    for number in range(spare):
        more[longest[number % min(3, len(longest))]] += 1
    return more
