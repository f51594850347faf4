"""Each decision beside what else could have been done, in words: as known then, in hindsight, and on which premises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from tabletop.analysis.account import Estimate
from tabletop.analysis.decisions import DecisionReview, DecisionTable, Flip, OptionFigure
from tabletop.presentation.names import Names
from tabletop.presentation.played_assumptions import setting_words
from tabletop.presentation.review.turning import Shown, StepWords, figure_title, shown_as
from tabletop.presentation.words import Words

#: How many options of a decision are told one by one.
MOST_OPTIONS = 6


@attrs.frozen(kw_only=True)
class FigureRange:
    """A figure within 95%, and as it is written."""

    mean: float
    low: float
    high: float
    text: str


@attrs.frozen(kw_only=True)
class OptionLine:
    """Something that could be done: what was to be expected of it, as known then, in hindsight, and by worldview (None
    where it was not looked at)."""

    label: str
    is_chosen: bool
    is_best: bool
    is_alike: bool
    as_known: FigureRange
    in_hindsight: FigureRange
    by_view: tuple[FigureRange | None, ...]


@attrs.frozen(kw_only=True)
class WeighedDecision:
    """A decision and its options, the best as known then first; `more` says how many others there were.

    `verdict` and `came` are "right", "wrong", "alike" and "well", "badly", "as expected"; `told` says both in words.
    `flips` are sentences on the premises that turn the verdict round, `lenses` what each of these is called, and
    `premises` the ids of the assumptions among them; `contested` is the place of the first flip that a premise or a
    worldview makes, -1 for none.
    """

    step: int
    turn: int
    when: str
    seat: str
    who: str
    chosen: str
    verdict: str
    came: str
    told: str
    mark: str
    loss: str
    difficulty: str
    level: str
    options: tuple[OptionLine, ...]
    more: str
    flips: tuple[str, ...]
    lenses: tuple[str, ...]
    rivals: tuple[str, ...]
    premises: tuple[str, ...]
    contested: int
    is_final: bool

    @property
    def is_telling(self) -> bool:
        """Whether a debrief should look at it first: it was wrong, went otherwise than it was judged, or hangs on a
        premise."""
        return bool(self.mark) or self.contested >= 0 or self.verdict == "wrong"


@attrs.frozen(kw_only=True)
class Alternatives:
    """The decisions of a game that had a choice; `views` are the worldviews of columns, `note` how it was judged."""

    views: tuple[str, ...]
    decisions: tuple[WeighedDecision, ...]
    note: str


def alternatives(
    names: Names, words: Words, table: DecisionTable, steps: Mapping[int, StepWords]
) -> Alternatives | None:
    """The decision table in words; None where there is nothing in it."""
    if not table.reviews:
        return None
    views = [one for one in names.scenario.worldviews if any(lens.name == one.id for lens in table.lenses)]
    ids = [one.id for one in views]
    decisions = tuple(_weighed(names, words, table, one, ids, steps.get(one.step)) for one in table.reviews)
    figures = dict.fromkeys(figure_title(names, words, one) for one in table.figures.values())
    margins = [one.margin for one in table.reviews]
    return Alternatives(
        views=tuple(one.name for one in views),
        decisions=decisions,
        note=words(
            "review.judged",
            figure=words.listed(list(figures)),
            low=f"{min(margins):.1f}",
            high=f"{max(margins):.1f}",
        ),
    )


def _weighed(
    names: Names, words: Words, table: DecisionTable, one: DecisionReview, views: Sequence[str], step: StepWords | None
) -> WeighedDecision:
    show = shown_as(table.figures[one.seat])
    labels = {option.action: option.label for option in one.options}
    shown = list(one.options[:MOST_OPTIONS])
    if one.chosen not in [option.action for option in shown]:
        shown[-1:] = [one.option(one.chosen)]
    left = len(one.options) - len(shown)
    difficulty = one.difficulty
    return WeighedDecision(
        step=one.step,
        turn=one.turn,
        when=step.when if step is not None else "",
        seat=one.seat,
        who=names.seat(one.seat),
        chosen=labels.get(one.chosen, one.chosen),
        verdict=one.verdict,
        came=one.came,
        told=_told(words, one),
        mark=_mark(words, one),
        loss="" if one.verdict != "wrong" else words("review.loss", loss=show(one.loss.mean)),
        difficulty=words(
            "review.difficulty",
            level=words(f"review.level_{difficulty.level}"),
            alike=difficulty.alike,
            options=difficulty.options,
        ),
        level=difficulty.level,
        options=tuple(_option(words, one, option, views, show) for option in shown),
        more=words("review.more_options", count=left) if left else "",
        flips=tuple(_flip(names, words, flip, labels) for flip in one.flips),
        lenses=tuple(lens_name(names, words, flip) for flip in one.flips),
        rivals=tuple(labels.get(flip.rival, flip.rival) for flip in one.flips),
        premises=tuple(flip.lens.name for flip in one.flips if flip.lens.kind == "assumption"),
        contested=next((at for at, flip in enumerate(one.flips) if flip.lens.kind in ("assumption", "worldview")), -1),
        is_final=one.is_final,
    )


def _told(words: Words, one: DecisionReview) -> str:
    came = one.came.replace(" ", "_")
    return f"{words(f'review.verdict_{one.verdict}')}, {words(f'review.came_{came}')}"


def _mark(words: Words, one: DecisionReview) -> str:
    if one.verdict == "right" and one.came == "badly":
        return words("review.right_badly")
    if one.verdict == "wrong" and one.came == "well":
        return words("review.wrong_well")
    return ""


def _option(
    words: Words, review: DecisionReview, option: OptionFigure, views: Sequence[str], show: Shown
) -> OptionLine:
    is_best = option is review.options[0] and (not option.alike or review.difficulty.alike <= 1)
    return OptionLine(
        label=option.label,
        is_chosen=option.action == review.chosen,
        is_best=is_best,
        is_alike=option.alike and not is_best,
        as_known=_range(option.as_known, show),
        in_hindsight=_range(option.in_hindsight, show),
        by_view=tuple(
            _range(option.by_worldview[view], show) if view in option.by_worldview else None for view in views
        ),
    )


def _range(value: Estimate, show: Shown) -> FigureRange:
    return FigureRange(mean=value.mean, low=value.low, high=value.high, text=show(value.mean))


def _flip(names: Names, words: Words, flip: Flip, labels: Mapping[str, str]) -> str:
    lens = flip.lens
    places = {"name": lens_name(names, words, flip, bare=True), "rival": labels.get(flip.rival, flip.rival)}
    if lens.kind == "assumption":
        return words("review.flips_assumption", value=setting_of(names, words, lens.name, lens.value), **places)
    return words(f"review.flips_{lens.kind}", **places)


def lens_name(names: Names, words: Words, flip: Flip, *, bare: bool = False) -> str:
    """What a lens is called; an assumption with its value, unless it is to be `bare`."""
    lens = flip.lens
    match lens.kind:
        case "worldview":
            return next((one.name for one in names.scenario.worldviews if one.id == lens.name), lens.name)
        case "continuation":
            return next((one.name for one in names.scenario.doctrines if one.id == lens.name), lens.name)
        case "assumption":
            title = names.full(lens.name)
            return title if bare else f"{title}: {setting_of(names, words, lens.name, lens.value)}"
        case _:
            return words("review.in_hindsight")


def setting_of(names: Names, words: Words, assumption: str, value: int | None) -> str:
    """A value of an assumption in words, from the number that a lens has."""
    noun = next((one for one in names.scenario.assumptions if one.id == assumption), None)
    if value is None or noun is None:
        return ""
    return setting_words(words, bool(value) if isinstance(noun.value, bool) else value)
