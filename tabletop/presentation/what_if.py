"""What if: what a finished game turned on, and its decisions beside what else could have been done, as a value.

Window, terminal and host lay it out. It tells what was hidden, so there is nothing in it before that is told. Its
figures are those of the review, of which they are the first ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import attrs

from tabletop.analysis.game_figures import GameFigures
from tabletop.presentation.names import Names
from tabletop.presentation.review.alternatives import FigureRange, WeighedDecision, alternatives
from tabletop.presentation.review.turning import AccountStory, StepWords, account_story
from tabletop.presentation.steps import moment_words, ruling_words, step_words
from tabletop.presentation.words import Words

if TYPE_CHECKING:
    from tabletop.engine.log import Entry
    from tabletop.session.look_back import LookBack, StepOfLine

#: How long the text of a roll may be to be told beside its title.
MOST_LETTERS = 60


@attrs.frozen(kw_only=True)
class PastDecision:
    """A decision of a person: the `step` that it was, from before which it can be made anew.

    `who` is its seat's name, `chosen` what was decided. `weighed` are its options with their figures, None until these
    have come, and for a decision without an alternative.
    """

    step: int
    turn: int
    when: str
    seat: str
    who: str
    chosen: str
    weighed: WeighedDecision | None

    @property
    def is_telling(self) -> bool:
        """Whether a debrief should look at it first."""
        return self.weighed is not None and self.weighed.is_telling


@attrs.frozen(kw_only=True)
class WhatIf:
    """The account of a game and its decisions in order of time.

    `standing` says how sharp the figures are, and `share` from 0 to 1 how far the work has come, which goes on where it
    `is_working`; `note` how decisions
    are judged, `views` the worldviews by which their options are, too. `untold` says why there is nothing in it: what
    was hidden is not told yet.
    """

    title: str
    about: str
    standing: str
    share: float
    is_working: bool
    is_final: bool
    untold: str
    accounts: tuple[AccountStory, ...]
    decisions: tuple[PastDecision, ...]
    views: tuple[str, ...]
    note: str

    def decision(self, step: int) -> PastDecision | None:
        """The decision of a step; None where there is none."""
        return next((one for one in self.decisions if one.step == step), None)


def what_if(
    names: Names,
    words: Words,
    look: LookBack,
    figures: GameFigures,
    *,
    is_told: bool,
    is_working: bool = True,
    failure: str = "",
) -> WhatIf:
    """What a game turned on, as far as it `is_told` and the `figures` have come; `failure` is what stopped them."""
    steps = steps_told(names, words, look)
    table = figures.table if is_told else None
    weighed = alternatives(names, words, table, steps, look.assumptions) if table is not None else None
    by_step = {one.step: one for one in weighed.decisions} if weighed is not None else {}
    return WhatIf(
        title=words("what-if.title"),
        about=words("what-if.about"),
        standing=_standing(words, figures, is_working, failure) if is_told else "",
        share=figures.share if is_told else 0.0,
        is_working=is_working and figures.share < 1,
        is_final=figures.share >= 1,
        untold="" if is_told else words("what-if.untold"),
        accounts=tuple(account_story(names, words, one, steps) for one in figures.accounts) if is_told else (),
        decisions=tuple(_decisions(names, words, look, steps, by_step)) if is_told else (),
        views=weighed.views if weighed is not None else (),
        note=weighed.note if weighed is not None else "",
    )


def _decisions(
    names: Names, words: Words, look: LookBack, steps: Mapping[int, StepWords], weighed: Mapping[int, WeighedDecision]
) -> list[PastDecision]:
    found = []
    for number, one in sorted(look.told.items()):
        did = one.did
        # Before the first figures come, all decisions of people stand in it; then those that had an alternative.
        if did.action is None or did.seat not in look.seats or (weighed and number not in weighed):
            continue
        found.append(
            PastDecision(
                step=number,
                turn=one.taken.turn,
                when=steps[number].when,
                seat=did.seat,
                who=names.seat(did.seat),
                chosen=words("moves.done") if did.action.kind == "pass" else did.action.label,
                weighed=weighed.get(number),
            )
        )
    return found


def _standing(words: Words, figures: GameFigures, is_working: bool, failure: str) -> str:
    if failure:
        return words("what-if.failed", why=failure)
    if figures.share >= 1:
        return words("what-if.final")
    if not is_working:
        return words("what-if.stopped")
    if not figures.accounts:
        return words("what-if.begun")
    return words("what-if.sharper", percent=round(100 * figures.share))


def steps_told(names: Names, words: Words, look: LookBack) -> dict[int, StepWords]:
    """Every step of a line by its number, in words. What is hidden from players is told."""
    dealt = [f"{names.full(id)}: {names.value(id, value)}" for id, value in look.dealt.items()]
    return {number: _step_told(names, words, one, [] if number else dealt) for number, one in look.told.items()}


def _step_told(names: Names, words: Words, one: StepOfLine, dealt: list[str]) -> StepWords:
    fallen = one.falls
    told = _fall(fallen[0]) if len(fallen) == 1 else "; ".join(dict.fromkeys(entry.title for entry in fallen))
    return StepWords(
        turn=one.taken.turn,
        when=moment_words(names, one.taken, has_phase=False),
        done=step_words(names, words, one.did),
        ruled="; ".join(ruling_words(names, words, ruling) for ruling in one.did.overruled),
        fell="; ".join([*dealt, *([told] if told else [])]),
    )


def _fall(entry: Entry) -> str:
    """A card by its title, a roll by the title of its table and, in few words, how it fell."""
    is_short = entry.kind == "roll" and entry.text != entry.title and 0 < len(entry.text) <= MOST_LETTERS
    return f"{entry.title}: {entry.text}" if is_short else entry.title


# What the room would do again


@attrs.frozen(kw_only=True)
class AskedAgain:
    """A decision on which everybody votes once the game is over: what was open, by key and words, and the key of what
    was chosen then."""

    step: int
    when: str
    who: str
    chosen: str
    options: tuple[tuple[str, str], ...]


@attrs.frozen(kw_only=True)
class OptionAgain:
    """What is thought of an option now: how many would take it, a share of all votes from 0 to 1, beside its figures,
    None where there are none (yet)."""

    label: str
    votes: int
    share: float
    is_chosen: bool
    is_best: bool
    as_known: FigureRange | None
    in_hindsight: FigureRange | None


def asked_again(names: Names, words: Words, look: LookBack, step: int) -> AskedAgain | None:
    """The decision of a step, to be voted on again; None where there is none that had an alternative."""
    one = look.told.get(step)
    if one is None or one.did.action is None or len(one.options) < 2:
        return None
    return AskedAgain(
        step=step,
        when=moment_words(names, one.taken, has_phase=False),
        who=names.seat(one.did.seat),
        chosen=str(one.did.action),
        options=tuple(
            (str(option), words("moves.done") if option.kind == "pass" else option.label) for option in one.options
        ),
    )


def options_again(asked: AskedAgain, votes: Mapping[str, int], past: PastDecision | None) -> tuple[OptionAgain, ...]:
    """Every option with its votes, by key, beside what the playouts say of it; those with most votes first."""
    weighed = past.weighed if past is not None else None
    lines = {one.label: one for one in weighed.options} if weighed is not None else {}
    total = sum(votes.values())
    found = []
    for key, label in asked.options:
        line, count = lines.get(label), votes.get(key, 0)
        found.append(
            OptionAgain(
                label=label,
                votes=count,
                share=count / total if total else 0.0,
                is_chosen=key == asked.chosen,
                is_best=line is not None and line.is_best,
                as_known=line.as_known if line is not None else None,
                in_hindsight=line.in_hindsight if line is not None else None,
            )
        )
    return tuple(sorted(found, key=lambda one: -one.votes))


def foremost(options: Sequence[OptionAgain], most: int) -> tuple[OptionAgain, ...]:
    """So many options at most as a screen has room for: what was chosen, the best one, those with most votes."""
    ranked = sorted(options, key=lambda one: (not one.is_chosen, not one.is_best, -one.votes))[:most]
    return tuple(one for one in options if one in ranked)
