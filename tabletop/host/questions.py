"""Questions: what people are asked before, during and after the game, and what they answered, summed up."""

from __future__ import annotations

import statistics
from collections.abc import Iterable

import attrs

from tabletop.host.free_text import LONGEST_ANSWER, few_lines
from tabletop.host.refusals import Refused
from tabletop.presentation.question_options import question_options, question_range
from tabletop.presentation.words import Words
from tabletop.scenario import Scenario, classroom
from tabletop.scenario.classroom import MOMENTS

#: How many texts a summary shows.
MOST_TEXTS = 12


@attrs.frozen(kw_only=True)
class Question:
    """A question of the pack, ready to be asked. `options` are its choices as they are kept, the same in every
    language, and `labels` as they are read; a number is from `low` to `high`."""

    id: str
    text: str
    moment: str
    kind: str
    options: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    low: int = 0
    high: int = 100
    points: int = 1


@attrs.frozen(kw_only=True)
class Summary:
    """What was answered, of all people together: `told` in a sentence, `bars` how many gave each answer, `texts` what
    was written. It names nobody."""

    id: str
    text: str
    answers: int
    told: str
    bars: tuple[tuple[str, int], ...] = ()
    texts: tuple[str, ...] = ()


def questions_of(scenario: Scenario) -> tuple[Question, ...]:
    """Every question of a pack, in its order and in the language of the scenario."""
    own = scenario.original or scenario
    return tuple(_question(scenario, *both) for both in zip(scenario.questions, own.questions, strict=True))


def _question(scenario: Scenario, noun: classroom.Question, kept: classroom.Question) -> Question:
    low, high = question_range(scenario, noun)
    return Question(
        id=noun.id,
        text=noun.text,
        moment=noun.moment,
        kind=noun.kind,
        options=question_options(scenario.original or scenario, kept),
        labels=question_options(scenario, noun),
        low=low,
        high=high,
        points=noun.points,
    )


def asked_at(questions: Iterable[Question], moment: str) -> tuple[Question, ...]:
    """The questions of a moment; none for no moment."""
    return tuple(one for one in questions if moment in MOMENTS and one.moment == moment)


def answered(question: Question, typed: str) -> int | str:
    """An answer as it is kept. Raises Refused for what is none."""
    text = typed.strip()
    if question.kind == "number":
        if len(text) > 9 or not text.lstrip("+-").isascii() or not text.lstrip("+-").isdigit():
            raise Refused("no-number", 422, typed=text[:20])
        number = int(text)
        if not question.low <= number <= question.high:
            raise Refused("number-range", 422, low=question.low, high=question.high)
        return number
    if question.kind == "choice":
        if text not in question.options:
            raise Refused("one-answer", 422)
        return text
    return few_lines(text, LONGEST_ANSWER, "answer")


def summary(question: Question, values: Iterable[int | str], words: Words) -> Summary:
    """What people have answered to a question, summed up."""
    found = list(values)
    if question.kind == "number":
        return _of_numbers(question, [one for one in found if isinstance(one, int)], words)
    if question.kind == "choice":
        named = zip(question.options, question.labels, strict=True)
        bars = tuple((label, sum(one == option for one in found)) for option, label in named)
        told = words("host.summary_answers", count=len(found))
        return Summary(id=question.id, text=question.text, answers=len(found), told=told, bars=bars)
    texts = tuple(str(one) for one in found)[-MOST_TEXTS:]
    told = words("host.summary_answers", count=len(found))
    return Summary(id=question.id, text=question.text, answers=len(found), told=told, texts=texts)


def _of_numbers(question: Question, numbers: list[int], words: Words) -> Summary:
    if not numbers:
        return Summary(id=question.id, text=question.text, answers=0, told=words("host.summary_none"))
    middle = f"{statistics.median(numbers):g}"
    answers = words("host.summary_answers", count=len(numbers))
    places = {"answers": answers, "low": min(numbers), "high": max(numbers), "middle": middle}
    told = words("host.summary_numbers", **places)
    # Ten columns of round numbers: the last also has the highest answer that there is.
    width = max(1, -(-(question.high - question.low) // 10))
    bars = []
    for low in range(question.low, max(question.high, question.low + 1), width):
        high = low + width - 1 if low + width < question.high else question.high
        label = str(low) if low == high else f"{low}–{high}"
        bars.append((label, sum(low <= one <= high for one in numbers)))
    return Summary(id=question.id, text=question.text, answers=len(numbers), told=told, bars=tuple(bars))
