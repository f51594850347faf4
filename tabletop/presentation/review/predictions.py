"""What people foretold before the game and answered during and after it; and predictions beside what came."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence

import attrs

from tabletop.presentation.names import Names
from tabletop.presentation.question_options import question_options, question_range
from tabletop.presentation.words import Words
from tabletop.scenario import Scenario
from tabletop.scenario.classroom import MOMENTS, Question


@attrs.frozen(kw_only=True)
class WrittenAnswer:
    """An answer of somebody on a seat ("" for none); `who` is what they are called, "" for nobody's business."""

    question: str
    seat: str
    who: str
    value: int | str


@attrs.frozen(kw_only=True)
class AnswerLine:
    """An answer: of which seat (its name), by whom, and what it says."""

    seat: str
    who: str
    text: str


@attrs.frozen(kw_only=True)
class ChoiceCount:
    """How many gave an answer."""

    text: str
    count: int


@attrs.frozen(kw_only=True)
class AskedQuestion:
    """A question of the pack and its answers, without a word on what came.

    `moment` is "before", "during" or "after"; `numbers` are the answers in numbers, between `low` and `high`, `choices`
    how many chose each, `lines` what was written. `meter` is the id of the meter that is foretold, "" for none.
    """

    id: str
    moment: str
    kind: str
    text: str
    told: str
    numbers: tuple[int, ...]
    low: int
    high: int
    choices: tuple[ChoiceCount, ...]
    lines: tuple[AnswerLine, ...]
    meter: str


@attrs.frozen(kw_only=True)
class Prediction:
    """What was foretold of a meter, and what came: `middle` is the median, `off` by how much that missed.

    `nearest` says who came nearest (seats, or people where they are named).
    """

    question: str
    text: str
    meter: str
    name: str
    numbers: tuple[int, ...]
    low: int
    high: int
    start: int
    middle: float
    came: int
    off: float
    nearest: str
    told: str


def asked_questions(
    names: Names, words: Words, scenario: Scenario, answers: Iterable[WrittenAnswer]
) -> tuple[AskedQuestion, ...]:
    """The questions that somebody answered, in the order in which they are asked."""
    given: dict[str, list[WrittenAnswer]] = {}
    for one in answers:
        given.setdefault(one.question, []).append(one)
    asked = [_asked(names, words, scenario, one, given[one.id]) for one in scenario.questions if one.id in given]
    return tuple(sorted(asked, key=lambda one: MOMENTS.index(one.moment)))


def _asked(
    names: Names, words: Words, scenario: Scenario, noun: Question, given: Sequence[WrittenAnswer]
) -> AskedQuestion:
    low, high = question_range(scenario, noun)
    numbers = tuple(sorted(one.value for one in given if isinstance(one.value, int)))
    texts = [one for one in given if isinstance(one.value, str)]
    told = words("review.answers", count=len(given))
    if numbers:
        told = words(
            "review.answers_in_numbers", count=len(given), low=numbers[0], high=numbers[-1], middle=_middle(numbers)
        )
    return AskedQuestion(
        id=noun.id,
        moment=noun.moment,
        kind=noun.kind,
        text=noun.text,
        told=told,
        numbers=numbers,
        low=low,
        high=high,
        choices=_choices(scenario, noun, texts) if noun.kind == "choice" else (),
        lines=tuple(_line(names, one) for one in texts) if noun.kind == "text" else (),
        meter=noun.meter or "",
    )


def _choices(scenario: Scenario, noun: Question, given: Sequence[WrittenAnswer]) -> tuple[ChoiceCount, ...]:
    """How often each choice was taken. It is kept as the pack's own language has it, and told in the scenario's."""
    own = scenario.original or scenario
    kept = question_options(own, next(one for one in own.questions if one.id == noun.id))
    counts = dict.fromkeys(kept, 0)
    for one in given:
        counts[str(one.value)] = counts.get(str(one.value), 0) + 1
    labels = dict(zip(kept, question_options(scenario, noun), strict=True))
    return tuple(ChoiceCount(text=labels.get(text, text), count=count) for text, count in counts.items() if count)


def _line(names: Names, one: WrittenAnswer) -> AnswerLine:
    return AnswerLine(seat=names.seat(one.seat) if one.seat else "", who=one.who, text=str(one.value))


def _middle(numbers: Sequence[int]) -> str:
    return f"{statistics.median(numbers):g}"


def predictions(
    names: Names,
    words: Words,
    asked: Iterable[AskedQuestion],
    answers: Sequence[WrittenAnswer],
    ends: Mapping[str, int],
) -> tuple[Prediction, ...]:
    """The predictions of meters beside where these stand at the end (`ends`, by id)."""
    found = []
    for one in asked:
        if one.moment == "before" and one.meter in ends and one.numbers:
            found.append(_prediction(names, words, one, [each for each in answers if each.question == one.id], ends))
    return tuple(found)


def _prediction(
    names: Names, words: Words, asked: AskedQuestion, given: Sequence[WrittenAnswer], ends: Mapping[str, int]
) -> Prediction:
    meter, came = names.meters[asked.meter], ends[asked.meter]
    middle = float(statistics.median(asked.numbers))
    off = middle - came
    best = min(abs(one.value - came) for one in given if isinstance(one.value, int))
    near = [one for one in given if isinstance(one.value, int) and abs(one.value - came) == best]
    who = dict.fromkeys(one.who or names.seat(one.seat) or words("review.somebody") for one in near)
    key = "review.foretold_right" if abs(off) < 0.5 else "review.foretold_high" if off > 0 else "review.foretold_low"
    return Prediction(
        question=asked.id,
        text=asked.text,
        meter=meter.id,
        name=meter.name,
        numbers=asked.numbers,
        low=asked.low,
        high=asked.high,
        start=meter.start,
        middle=middle,
        came=came,
        off=off,
        nearest=words("review.nearest", who=words.listed(list(who)), off=best),
        told=words(key, middle=f"{middle:g}", came=came, off=f"{abs(off):g}"),
    )
