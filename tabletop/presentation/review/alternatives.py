"""Each decision beside what else could have been done, in words: as known then, in hindsight, and on which premises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from tabletop.analysis.account import Estimate
from tabletop.analysis.decisions import DecisionReview, DecisionTable, Flip, OptionFigure
from tabletop.presentation.names import Names
from tabletop.presentation.played_assumptions import setting_words
from tabletop.presentation.review.turning import Shown, StepWords, figure_title, shown_as, within
from tabletop.presentation.words import Words

#: How many options of a decision are told one by one, beside the choice and what some premise makes better.
MOST_OPTIONS = 6


@attrs.frozen(kw_only=True)
class FigureRange:
    """A figure within 95%, and as it is written; `give` is how far it may be off on either side, "" where it is known
    exactly."""

    mean: float
    low: float
    high: float
    text: str
    give: str


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

    `verdict` and `came` are "right", "wrong", "alike" and "well", "badly", "as expected". `stands` says how the choice
    stands to the best of the others: "best", "alike" (within the margin, or not to be told apart), "near" (perhaps
    behind), "behind", or "even" where no option stood out; `told` is that in words, with how much it was, and `later`
    what came of it. `rival` is the option to compare it with. `flips` are sentences on the assumptions that turn the
    verdict round, `lenses` what each of these is called, `rivals` what is better there, and `premises` the ids of the
    assumptions among them; `contested` is the place of the first flip that an assumption or a worldview makes, -1 for
    none, `contest` asks about that one, and `strength` is how clearly it turns round. `swing` is how far the best and
    worst options are apart, `behind` how far the choice is behind the best, `turned` what came of it beyond what was to
    be expected; all in the figure itself.
    """

    step: int
    turn: int
    when: str
    seat: str
    who: str
    chosen: str
    verdict: str
    came: str
    stands: str
    told: str
    later: str
    mark: str
    rival: str
    difficulty: str
    level: str
    swing: float
    behind: float
    turned: float
    margin: float
    strength: float
    options: tuple[OptionLine, ...]
    more: str
    flips: tuple[str, ...]
    lenses: tuple[str, ...]
    rivals: tuple[str, ...]
    premises: tuple[str, ...]
    contested: int
    contest: str
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
    names: Names,
    words: Words,
    table: DecisionTable,
    steps: Mapping[int, StepWords],
    played: Mapping[str, int | bool],
) -> Alternatives | None:
    """The decision table in words; None where there is nothing in it. `played` are the assumptions of the game."""
    if not table.reviews:
        return None
    views = [one for one in names.scenario.worldviews if any(lens.name == one.id for lens in table.lenses)]
    ids = [one.id for one in views]
    decisions = tuple(_weighed(names, words, table, one, ids, steps.get(one.step), played) for one in table.reviews)
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


def _worded(words: Words, option: OptionFigure) -> OptionFigure:
    """The option with the pass in words: that is the program's own, and no pack names it."""
    return attrs.evolve(option, label=words("moves.done")) if option.action == "pass" else option


def _weighed(
    names: Names,
    words: Words,
    table: DecisionTable,
    one: DecisionReview,
    views: Sequence[str],
    step: StepWords | None,
    played: Mapping[str, int | bool],
) -> WeighedDecision:
    show, contested = shown_as(table.figures[one.seat]), _contested(one)
    one = attrs.evolve(one, options=tuple(_worded(words, option) for option in one.options))
    labels = {option.action: option.label for option in one.options}
    named = {one.chosen, *(flip.rival for flip in one.flips)}
    shown = [option for at, option in enumerate(one.options) if at < MOST_OPTIONS or option.action in named]
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
        stands=(stands := _stands(one)),
        told=_told(words, one, stands, show),
        later=_later(words, one, show),
        mark=_mark(words, one),
        rival=_rival(one).label if len(one.options) > 1 else "",
        difficulty=words(
            "review.difficulty",
            level=words(f"review.level_{difficulty.level}"),
            alike=difficulty.alike,
            options=difficulty.options,
        ),
        level=difficulty.level,
        swing=one.options[0].as_known.mean - min(option.as_known.mean for option in one.options),
        behind=one.loss.mean,
        turned=one.came_by.mean,
        margin=one.margin,
        strength=_strength(one.flips[contested]) if contested >= 0 else 0.0,
        options=tuple(_option(one, option, views, show) for option in shown),
        more=words("review.more_options", count=left) if left else "",
        flips=tuple(_flip(names, words, one, flip, labels) for flip in one.flips),
        lenses=tuple(lens_name(names, words, flip) for flip in one.flips),
        rivals=tuple(labels.get(flip.rival, flip.rival) for flip in one.flips),
        premises=tuple(flip.lens.name for flip in one.flips if flip.lens.kind == "assumption"),
        contested=contested,
        contest=_contest(names, words, one, contested, labels, played),
        is_final=one.is_final,
    )


def _strength(flip: Flip) -> float:
    return min(abs(flip.here.mean), abs(flip.there.mean))


def _contested(one: DecisionReview) -> int:
    """The place of the flip to argue about: an assumption before a whole worldview; -1 for none."""
    for kind in ("assumption", "worldview"):
        for at, flip in enumerate(one.flips):
            if flip.lens.kind == kind:
                return at
    return -1


def _contest(
    names: Names,
    words: Words,
    one: DecisionReview,
    at: int,
    labels: Mapping[str, str],
    played: Mapping[str, int | bool],
) -> str:
    """What the flip at a place asks: which option under which assumption."""
    if at < 0:
        return ""
    flip = one.flips[at]
    chosen, rival = labels.get(one.chosen, one.chosen), labels.get(flip.rival, flip.rival)
    better, worse = (chosen, rival) if flip.here.mean > 0 else (rival, chosen)
    places = {"better": better, "worse": worse, "lens": lens_name(names, words, flip)}
    if flip.lens.kind == "assumption":
        places["here"] = condition(names, words, flip.lens.name, int(played[flip.lens.name]))
    else:
        places["here"] = played_worldview_name(names, words, played)
    return words(f"review.contest_{flip.lens.kind}", **places)


def _rival(one: DecisionReview) -> OptionFigure:
    """The option to compare a choice with: the best as known then, or the next to it where that was chosen."""
    return one.options[0] if one.options[0].action != one.chosen else one.options[1]


def _stands(one: DecisionReview) -> str:
    chosen = one.option(one.chosen)
    if one.verdict == "alike":
        return "even"
    if one.verdict == "wrong":
        return "behind"
    if chosen is one.options[0] and one.difficulty.alike <= 1:
        return "best"
    return "alike" if chosen.alike or chosen is one.options[0] else "near"


def _told(words: Words, one: DecisionReview, stands: str, show: Shown) -> str:
    rival = _rival(one)
    return words(
        f"review.stands_{stands}",
        rival=rival.label,
        lead=within(words, one.lead, show, False),
        loss=within(words, one.loss, show, False),
        margin=show(one.margin),
        alike=one.difficulty.alike,
        options=one.difficulty.options,
    )


def _later(words: Words, one: DecisionReview, show: Shown) -> str:
    came = one.came.replace(" ", "_")
    return words(f"review.came_{came}", by=within(words, one.came_by, show, True))


def _mark(words: Words, one: DecisionReview) -> str:
    if one.verdict == "right" and one.came == "badly":
        return words("review.right_badly")
    if one.verdict == "wrong" and one.came == "well":
        return words("review.wrong_well")
    return ""


def _option(review: DecisionReview, option: OptionFigure, views: Sequence[str], show: Shown) -> OptionLine:
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
    return FigureRange(mean=value.mean, low=value.low, high=value.high, text=show(value.mean), give=give(value, show))


def give(value: Estimate, show: Shown) -> str:
    """How far a value may be off on either side.

    >>> give(Estimate(20.0, 18.4, 21.6), Shown(1, "", 1)), give(Estimate.exactly(3), Shown(1, "", 1))
    ('±1.6', '')
    """
    return "" if value.low == value.high else f"±{show((value.high - value.low) / 2)}"


def _flip(names: Names, words: Words, one: DecisionReview, flip: Flip, labels: Mapping[str, str]) -> str:
    better = flip.rival if flip.here.mean > 0 else one.chosen
    lens = lens_name(names, words, flip)
    return words(f"review.flips_{flip.lens.kind}", name=lens, better=labels.get(better, better))


def played_worldview_name(names: Names, words: Words, played: Mapping[str, int | bool]) -> str:
    """The name of the worldview that a game was played under, or what its own mixture is called."""
    own = {one.id: one.value for one in names.scenario.assumptions}
    found = (one.name for one in names.scenario.worldviews if {**own, **one.values} == dict(played))
    return next(found, words("review.this_model"))


def lens_name(names: Names, words: Words, flip: Flip) -> str:
    """What a lens is called; an assumption as the condition that it sets."""
    lens = flip.lens
    match lens.kind:
        case "worldview":
            return next((one.name for one in names.scenario.worldviews if one.id == lens.name), lens.name)
        case "continuation":
            return next((one.name for one in names.scenario.doctrines if one.id == lens.name), lens.name)
        case "assumption":
            return condition(names, words, lens.name, lens.value)
        case _:
            return words("review.in_hindsight")


def condition(names: Names, words: Words, assumption: str, value: int | None) -> str:
    """That an assumption holds, does not hold, or has a number, as a clause."""
    noun = next((one for one in names.scenario.assumptions if one.id == assumption), None)
    if noun is None or value is None:
        return names.full(assumption)
    if isinstance(noun.value, bool):
        return words("review.holds" if value else "review.fails", title=noun.title)
    return words("review.is_number", title=noun.title, value=value)


def setting_of(names: Names, words: Words, assumption: str, value: int | None) -> str:
    """A value of an assumption in words, from the number that a lens has."""
    noun = next((one for one in names.scenario.assumptions if one.id == assumption), None)
    if value is None or noun is None:
        return ""
    return setting_words(words, bool(value) if isinstance(noun.value, bool) else value)
