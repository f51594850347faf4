"""Belief record: after a game, what a seat believed of hidden truths and when, beside what the evidence bore.

The careful observer starts from the pack's prior and moves by Bayes's rule with every piece of evidence that the seat
saw (see `evidence`). Beliefs are scored as by Brier: the sum over the values of the squared distance of the share given
to it from 1 if it is true and 0 if not, from 0 (certain, and right) to 2 (certain, and wrong), as a mean over all that
were stated (G. W. Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather Review 78,
1950).
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Protocol

import attrs

from tabletop.presentation.evidence import Piece, course_of, dossiers_of, prior_of, sentence_case
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words
from tabletop.scenario.board import Hidden

#: Scores that differ by no more count as equal.
_CLOSE = 0.02


class Stated(Protocol):
    """A belief as the journal has it (see `tabletop.session.stated_beliefs`)."""

    @property
    def turn(self) -> int: ...
    @property
    def seen(self) -> int: ...
    @property
    def hidden(self) -> str: ...
    @property
    def shares(self) -> dict[str, int]: ...
    @property
    def person(self) -> str: ...


@attrs.frozen(kw_only=True)
class Moment:
    """A belief that was stated: when, and per cent by value; beside it the observer's at that moment. Of a team, it is
    the mean of what its people held then."""

    turn: int
    when: str
    stated: tuple[float, ...]
    observer: tuple[float, ...]


@attrs.frozen(kw_only=True)
class Moved:
    """A piece of evidence, and how far it moved the observer: per cent by value before and after."""

    piece: Piece
    before: tuple[float, ...]
    after: tuple[float, ...]
    moved_text: str


@attrs.frozen(kw_only=True)
class Scores:
    """Brier scores over the moments at which something was stated; all None where nothing was."""

    stated: float | None
    observer: float | None
    prior: float | None


@attrs.frozen(kw_only=True)
class BeliefRecord:
    """What a seat believed of one hidden truth, now that it is told: the names of its values, which was true, the
    prior, what was stated, what the evidence bore, and the scores with what they say."""

    hidden: str
    name: str
    values: tuple[str, ...]
    true: int
    truth_text: str
    prior: tuple[float, ...]
    moments: tuple[Moment, ...]
    evidence: tuple[Moved, ...]
    last_observer: tuple[float, ...]
    scores: Scores
    scores_text: str
    verdict_text: str


def belief_records(
    perspective: Perspective, words: Words, truths: Mapping[str, str], beliefs: Sequence[Stated]
) -> tuple[BeliefRecord, ...]:
    """A record for every hidden truth that is told (`truths`, by id) and that the seat did not know: of those which the
    pack asks about or on which something was stated. `beliefs` are those of the seat, in order."""
    asked = {one.hidden for one in perspective.scenario.presentation.beliefs} | {one.hidden for one in beliefs}
    return tuple(
        _record(perspective, words, noun, truths[noun.id], [one for one in beliefs if one.hidden == noun.id])
        for noun in perspective.scenario.hidden
        if noun.id in asked and noun.id in truths and perspective.seat and perspective.seat not in noun.known_to
    )


def brier(shares: Sequence[float], true: int) -> float:
    """The score of a belief in per cent, where the value at a place is true.

    >>> brier([100, 0, 0], 0), brier([0, 100, 0], 0), brier([50, 50, 0], 0)
    (0.0, 2.0, 0.5)
    """
    return sum((share / 100 - (at == true)) ** 2 for at, share in enumerate(shares))


def _record(
    perspective: Perspective, words: Words, noun: Hidden, truth: str, beliefs: Sequence[Stated]
) -> BeliefRecord:
    course = [(place, _in_order(noun, shares)) for place, shares in course_of(perspective, noun)]
    true, prior = noun.values.index(truth), _in_order(noun, prior_of(perspective, noun))
    moments = _moments(perspective, noun, beliefs, course)
    names = tuple(perspective.names.value(noun.id, value) for value in noun.values)
    scores = Scores(
        stated=_mean([brier(one.stated, true) for one in moments]),
        observer=_mean([brier(one.observer, true) for one in moments]),
        prior=_mean([brier(prior, true) for _ in moments]),
    )
    return BeliefRecord(
        hidden=noun.id,
        name=noun.name,
        values=tuple(map(sentence_case, names)),
        true=true,
        truth_text=words("belief.truth", value=names[true]),
        prior=prior,
        moments=moments,
        evidence=_moved(perspective, words, noun, names, course),
        last_observer=course[-1][1],
        scores=scores,
        scores_text=_scores_text(words, scores),
        verdict_text=_verdict(words, scores),
    )


def _in_order(noun: Hidden, shares: Mapping[str, float]) -> tuple[float, ...]:
    return tuple(round(100 * shares[value], 1) for value in noun.values)


def _moments(
    perspective: Perspective, noun: Hidden, beliefs: Sequence[Stated], course: Sequence[tuple[int, tuple[float, ...]]]
) -> tuple[Moment, ...]:
    held: dict[str, dict[str, int]] = {}
    found: dict[int, Moment] = {}
    for one in beliefs:
        held[one.person] = one.shares
        label = perspective.turns.get(one.turn)
        # Of several in a turn the last counts.
        found[one.turn] = Moment(
            turn=one.turn,
            when=label.name if label is not None else "",
            stated=tuple(round(sum(each[value] for each in held.values()) / len(held), 1) for value in noun.values),
            observer=next(shares for place, shares in reversed(course) if place < one.seen),
        )
    return tuple(found.values())


def _moved(
    perspective: Perspective,
    words: Words,
    noun: Hidden,
    names: Sequence[str],
    course: Sequence[tuple[int, tuple[float, ...]]],
) -> tuple[Moved, ...]:
    dossier = next((one for one in dossiers_of(perspective, words) if one.hidden == noun.id), None)
    pieces = {piece.place: piece for piece in (dossier.pieces if dossier is not None else ())}
    found = []
    for (_, before), (place, after) in itertools.pairwise(course):
        changed = [
            words("belief.moved", value=name, before=round(then), after=round(now))
            for name, then, now in zip(names, before, after, strict=True)
            if round(then) != round(now)
        ]
        text = words.listed(changed) if changed else words("belief.not_moved")
        found.append(Moved(piece=pieces[place], before=before, after=after, moved_text=text))
    return tuple(found)


def _mean(numbers: Sequence[float]) -> float | None:
    return round(sum(numbers) / len(numbers), 4) if numbers else None


def _scores_text(words: Words, scores: Scores) -> str:
    if scores.stated is None or scores.observer is None or scores.prior is None:
        return ""
    own, observer, prior = (f"{score:.2f}" for score in (scores.stated, scores.observer, scores.prior))
    return words("belief.scores", own=own, observer=observer, prior=prior)


def _verdict(words: Words, scores: Scores) -> str:
    if scores.stated is None or scores.observer is None or scores.prior is None:
        return words("belief.none_stated")
    if scores.stated <= scores.observer + _CLOSE:
        return words("belief.as_good")
    return words("belief.better_than_prior" if scores.stated < scores.prior - _CLOSE else "belief.no_better")
