"""The review: every part of it, in the order in which a debrief is led, for one reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

import attrs

from tabletop.analysis.account import Account
from tabletop.analysis.decisions import DecisionTable
from tabletop.presentation.cited import CitedClaim, cited_claims
from tabletop.presentation.ending import EndFacts, Ending, MeterCourse, ending, meter_course
from tabletop.presentation.names import Names
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.record import NoteLine, RulingLine, ruling_lines
from tabletop.presentation.review.alternatives import Alternatives, alternatives
from tabletop.presentation.review.arguments import Argument, arguments
from tabletop.presentation.review.beliefs import SeatBelief
from tabletop.presentation.review.decision_notes import (
    BallotCount,
    DecisionNote,
    MadeDecision,
    WrittenReason,
    decision_notes,
    secret_moves,
)
from tabletop.presentation.review.guide import GuideQuestions, GuideRun, guide
from tabletop.presentation.review.history import HistoricalEvent, HistoryBeside, history_beside, history_in_short
from tabletop.presentation.review.opening import Opening, guesses, main_account, opening
from tabletop.presentation.review.predictions import (
    AskedQuestion,
    Prediction,
    WrittenAnswer,
    asked_questions,
    predictions,
)
from tabletop.presentation.review.premise_changes import premise_changes
from tabletop.presentation.review.premises import Premise, View, premises, worldviews
from tabletop.presentation.review.questions import (
    questions_on_causes,
    questions_on_predictions,
    questions_on_the_course,
)
from tabletop.presentation.review.tried_branches import TriedBranch
from tabletop.presentation.review.turning import AccountStory, StepWords, account_story
from tabletop.presentation.review.turns import ReviewedTurn, TurnNote, reviewed_turns
from tabletop.presentation.words import Words

#: Who reads it: whoever leads the debrief and knows everything, everybody in the room, or a seat.
Reader: TypeAlias = Literal["leader", "room", "seat"]
#: The parts in their order.
PARTS = (
    "opening",
    "guide",
    "voices",
    "course",
    "decisions",
    "predictions",
    "verdict",
    "beliefs",
    "account",
    "branches",
    "rulings",
    "premises",
    "history",
    "questions",
    "claims",
    "private",
)
#: What a class should guess before it is told: for all but whoever leads, these parts come after the questions.
LATE = ("decisions", "verdict", "beliefs", "account")


@attrs.frozen(kw_only=True)
class SeatLine:
    """A seat, what it is in the game, and who played it."""

    seat: str
    name: str
    role: str
    played_by: str


@attrs.frozen(kw_only=True)
class ReviewFacts:
    """What a session knows beside its view, as far as the reader may be told: no part of a review asks any more.

    `is_told` says that nothing is hidden from the reader. `seats` are who played each, in words; `played` the date.
    """

    reader: Reader
    is_told: bool
    is_anonymous: bool
    session: str
    played: str
    seats: Sequence[SeatLine]
    end: EndFacts
    made: Sequence[MadeDecision] = ()
    reasons: Sequence[WrittenReason] = ()
    counts: Sequence[BallotCount] = ()
    answers: Sequence[WrittenAnswer] = ()
    notes: Sequence[TurnNote] = ()
    letters: Sequence[NoteLine] = ()
    beliefs: Sequence[SeatBelief] = ()
    private: Sequence[NoteLine] = ()
    rulings: Sequence[RulingLine] | None = None
    branches: Sequence[TriedBranch] = ()
    accounts: Sequence[Account] = ()
    table: DecisionTable | None = None
    steps: Mapping[int, StepWords] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class Part:
    """A part of the review: its id, its title, and what it is about; `is_late` for what comes after the questions, as
    a class should guess before it reads it."""

    id: str
    title: str
    about: str
    is_late: bool = False


@attrs.frozen(kw_only=True)
class Review:
    """A session, to be talked about. `for_whom` and `standing` say who it is for and how the game stands; `assumed` on
    which assumptions it was played. `parts` are those that there are, in their order."""

    language: str
    title: str
    scenario: str
    question: str
    session: str
    for_whom: str
    reader: Reader
    seat: str
    is_told: bool
    standing: str
    played: str
    assumed: str
    seats: tuple[SeatLine, ...]
    parts: tuple[Part, ...]
    opening: Opening | None
    arguments: tuple[Argument, ...]
    guide: tuple[GuideRun, ...]
    decisions: tuple[DecisionNote, ...]
    asked: tuple[AskedQuestion, ...]
    turns: tuple[ReviewedTurn, ...]
    meters: tuple[MeterCourse, ...]
    ending: Ending | None
    predictions: tuple[Prediction, ...]
    beliefs: tuple[SeatBelief, ...]
    accounts: tuple[AccountStory, ...]
    alternatives: Alternatives | None
    branches: tuple[TriedBranch, ...]
    rulings: tuple[RulingLine, ...]
    letters: tuple[NoteLine, ...]
    private: tuple[NoteLine, ...]
    premises: tuple[Premise, ...]
    worldviews: tuple[View, ...]
    outcome_in_history: tuple[HistoricalEvent, ...]
    history: tuple[HistoryBeside, ...]
    questions: tuple[str, ...]
    claims: tuple[CitedClaim, ...]


def review(perspective: Perspective, words: Words, facts: ReviewFacts) -> Review:
    """The review of a session as a reader may read it: `perspective` has the view that they may have."""
    names, scenario, is_leader = perspective.names, perspective.scenario, facts.reader == "leader"
    asked = asked_questions(names, words, scenario, facts.answers)
    ends = {one: values[-1] for one, values in facts.end.courses.items()}
    over = perspective.view.finished
    found = Review(
        language=words.language,
        title=words("review.title", title=scenario.title),
        scenario=scenario.title,
        question=scenario.question,
        session=facts.session,
        for_whom=_for_whom(perspective, words, facts.reader),
        reader=facts.reader,
        seat=perspective.seat,
        is_told=facts.is_told,
        standing=_standing(words, facts, over),
        played=facts.played,
        assumed=_assumed(perspective, words),
        seats=tuple(facts.seats),
        parts=(),
        opening=None,
        arguments=(),
        guide=(),
        decisions=decision_notes(names, words, facts.made, facts.reasons, facts.counts),
        asked=asked,
        turns=reviewed_turns(perspective, words, facts.notes, names_audience=is_leader),
        meters=tuple(meter_course(perspective, words, one, facts.end.courses[one.id]) for one in scenario.meters),
        ending=ending(perspective, words, facts.end) if over else None,
        predictions=predictions(names, words, asked, facts.answers, ends) if over else (),
        accounts=_accounts(names, words, facts),
        alternatives=_alternatives(perspective, words, facts),
        beliefs=tuple(facts.beliefs) if over else (),
        branches=tuple(facts.branches),
        rulings=tuple(facts.rulings) if facts.rulings is not None else ruling_lines(perspective, words),
        letters=tuple(facts.letters),
        private=tuple(facts.private),
        premises=premises(perspective, words, _changes(names, words, facts)),
        worldviews=worldviews(perspective),
        outcome_in_history=history_in_short(perspective),
        history=history_beside(perspective, words),
        questions=tuple(" ".join(one.text.split()) for one in scenario.debrief),
        claims=(),
    )
    found = attrs.evolve(found, claims=cited_claims(scenario, _cited(found)))
    weighed = found.alternatives.decisions if found.alternatives is not None else ()
    secret = secret_moves(names)
    argued = arguments(words, found.decisions, weighed, found.accounts, found.ending, secret)
    found = attrs.evolve(found, arguments=argued)
    if found.ending is not None:
        first = opening(names, words, found.ending, found.meters, found.accounts, argued)
        found = attrs.evolve(found, opening=first)
    parts = _parts(words, found, is_leader)
    guided = guide(words, [one.id for one in parts], _to_ask(names, words, found)) if is_leader else ()
    return attrs.evolve(found, parts=parts, guide=guided)


def _parts(words: Words, found: Review, is_leader: bool) -> tuple[Part, ...]:
    ids = [id for id in PARTS if _is_there(found, id) or (id == "guide" and is_leader)]
    late = [] if is_leader else [id for id in LATE if id in ids]
    ordered = [*(id for id in ids if id not in late), *late]
    return tuple(
        Part(id=id, title=words(f"review.part_{id}"), about=words(f"review.about_{id}"), is_late=id in late)
        for id in ordered
    )


def _cited(found: Review) -> list[str]:
    """The ids of the claims that the timeline cites, in the order of their numbers."""
    ids = {id for turn in found.turns for event in turn.events for entry in event.entries for id in entry.claims}
    ids |= {id for turn in found.turns for event in turn.events if event.head is not None for id in event.head.claims}
    return sorted(ids)


def _accounts(names: Names, words: Words, facts: ReviewFacts) -> tuple[AccountStory, ...]:
    """The accounts in words, that first which the opening tells."""
    told = [account_story(names, words, one, facts.steps, facts.table) for one in facts.accounts]
    first = main_account(told)
    return tuple(sorted(told, key=lambda one: one is not first))


def _alternatives(perspective: Perspective, words: Words, facts: ReviewFacts) -> Alternatives | None:
    if facts.table is None:
        return None
    return alternatives(perspective.names, words, facts.table, facts.steps, perspective.view.assumptions)


def _changes(names: Names, words: Words, facts: ReviewFacts) -> dict[str, tuple[str, ...]]:
    return {} if facts.table is None else premise_changes(names, words, facts.table, facts.steps)


def _to_ask(names: Names, words: Words, found: Review) -> GuideQuestions:
    return GuideQuestions(
        happened=questions_on_the_course(words, found.ending),
        why=questions_on_causes(words, found.arguments, found.rulings),
        guess=guesses(names, words, has_account=bool(found.accounts)) if found.ending is not None else (),
        foretold=questions_on_predictions(words, found.predictions),
        closing=found.questions,
    )


def _is_there(found: Review, part: str) -> bool:
    there: Mapping[str, object] = {
        "opening": found.opening,
        "voices": found.asked or any(one.has_reason for one in found.decisions),
        "course": found.turns,
        "verdict": found.ending,
        "predictions": found.predictions,
        "beliefs": found.beliefs,
        "account": found.accounts,
        "decisions": found.alternatives or found.arguments,
        "branches": found.branches,
        "rulings": found.rulings or found.letters,
        "premises": found.premises,
        "history": found.history or found.outcome_in_history,
        "questions": found.questions,
        "claims": found.claims,
        "private": found.private,
    }
    return bool(there.get(part))


def _for_whom(perspective: Perspective, words: Words, reader: Reader) -> str:
    if reader == "seat":
        return words("review.for_seat", seat=perspective.names.seat(perspective.seat))
    return words(f"review.for_{reader}")


def _standing(words: Words, facts: ReviewFacts, over: bool) -> str:
    said = [] if over else [words("review.unfinished")]
    said += [] if facts.is_told else [words("review.not_told")]
    said += [words("review.without_names")] if facts.is_anonymous else []
    return " ".join(said)


def _assumed(perspective: Perspective, words: Words) -> str:
    changed = [f"{one.title} ({one.value})" for one in premises(perspective, words) if one.is_changed]
    if not perspective.scenario.assumptions:
        return ""
    if not changed:
        return words("review.assumed_as_written")
    return words("review.assumed_otherwise", what="; ".join(changed))
