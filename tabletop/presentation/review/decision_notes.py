"""What each seat decided, what it passed over, and the reasons that people wrote before anything came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from tabletop.presentation.names import Names, sentence
from tabletop.presentation.story import TurnLabel
from tabletop.presentation.words import Words


@attrs.frozen(kw_only=True)
class MadeDecision:
    """A decision as a session kept it: its step and moment, the seat, what was chosen and passed over (labels), why.

    `is_person` tells whether people decided; `seconds` how long that took, None where nothing tells.
    """

    step: int
    turn: int
    stage: str
    stage_turn: int
    phase: str
    card: str
    seat: str
    chosen: str
    is_pass: bool
    passed_over: tuple[str, ...]
    why: str
    is_person: bool
    seconds: float | None


@attrs.frozen(kw_only=True)
class WrittenReason:
    """Why somebody voted for some moves (labels); `who` is what the person is called, "" for nobody's business."""

    turn: int
    phase: str
    card: str
    seat: str
    who: str
    moves: tuple[str, ...]
    text: str


@attrs.frozen(kw_only=True)
class BallotCount:
    """How many of a team's `voters` were for each move (by its label)."""

    turn: int
    phase: str
    card: str
    seat: str
    counts: tuple[tuple[str, int], ...]
    voters: int


@attrs.frozen(kw_only=True)
class Voice:
    """Words of somebody in a team: `who` said it ("" for nobody's business), what they were for, and why."""

    who: str
    choice: str
    text: str


@attrs.frozen(kw_only=True)
class DecisionNote:
    """What a seat decided in a phase: the moves in order, what else was open, the reason, and the voices of the team.

    `steps` are those of the session, by number; `is_unseen` tells that a move among them was known to its seat alone;
    `votes` says how the team voted, `took` how long it took, each "" where
    nothing tells.
    """

    steps: tuple[int, ...]
    turn: int
    when: str
    phase: str
    phase_id: str
    card: str
    seat: str
    who: str
    asked: str
    chosen: tuple[str, ...]
    passed_over: tuple[str, ...]
    why: str
    is_person: bool
    is_unseen: bool
    voices: tuple[Voice, ...]
    votes: str
    took: str

    @property
    def has_reason(self) -> bool:
        """Whether somebody said why."""
        return bool(self.why or self.voices)


_Key = tuple[int, str, str, str]


def decision_notes(
    names: Names,
    words: Words,
    made: Sequence[MadeDecision],
    reasons: Iterable[WrittenReason] = (),
    counts: Iterable[BallotCount] = (),
) -> tuple[DecisionNote, ...]:
    """The decisions of people in order, those of one seat in one phase together."""
    groups: dict[_Key, list[MadeDecision]] = {}
    for one in made:
        if one.is_person:
            groups.setdefault((one.turn, one.phase, one.card, one.seat), []).append(one)
    voices: dict[_Key, list[Voice]] = {}
    for said in reasons:
        voice = Voice(who=said.who, choice=", ".join(said.moves) or words("steps.passes"), text=said.text)
        voices.setdefault((said.turn, said.phase, said.card, said.seat), []).append(voice)
    votes = {(one.turn, one.phase, one.card, one.seat): one for one in counts}
    return tuple(
        _note(names, words, group, tuple(voices.get(key, ())), votes.get(key)) for key, group in groups.items()
    )


def _note(
    names: Names, words: Words, group: Sequence[MadeDecision], voices: tuple[Voice, ...], votes: BallotCount | None
) -> DecisionNote:
    first = group[0]
    phase = names.phases.get(first.phase)
    chosen = tuple(words("steps.passes") if one.is_pass else one.chosen for one in group)
    taken = {one.chosen for one in group}
    open_then = dict.fromkeys(label for one in group for label in one.passed_over if label not in taken)
    said = {_bare(voice.text) for voice in voices}
    whys = dict.fromkeys(sentence(one.why) for one in group if not said.issuperset(map(_bare, one.why.split("; "))))
    return DecisionNote(
        steps=tuple(one.step for one in group),
        turn=first.turn,
        when=TurnLabel(names.stages[first.stage], first.stage_turn, names.scenario.language).name,
        phase=phase.title if phase is not None else "",
        phase_id=first.phase,
        card=first.card,
        seat=first.seat,
        who=names.seat(first.seat),
        asked=names.cards[first.card].title if first.card in names.cards else "",
        chosen=chosen,
        passed_over=tuple(open_then),
        why=" ".join(one for one in whys if one),
        is_person=first.is_person,
        is_unseen=bool(taken & secret_moves(names)),
        voices=voices,
        votes=_votes(words, votes),
        took=_took(words, [one.seconds for one in group]),
    )


def secret_moves(names: Names) -> frozenset[str]:
    """What the moves are called that only their seat sees."""
    return frozenset(one.label for one in names.scenario.actions if one.secret)


def _bare(text: str) -> str:
    return text.casefold().strip().rstrip(".")


def _votes(words: Words, ballot: BallotCount | None) -> str:
    if ballot is None or not ballot.counts:
        return ""
    told = [words("review.vote", what=label, count=count) for label, count in ballot.counts]
    return words("review.votes", votes=words.listed(told), voters=ballot.voters)


def _took(words: Words, seconds: Sequence[float | None]) -> str:
    known = [one for one in seconds if one is not None]
    return duration(words, sum(known)) if known else ""


def duration(words: Words, seconds: float) -> str:
    """A time in words; "" for less than a second.

    >>> duration(Words("en"), 135), duration(Words("en"), 40)
    ('2 min 15 s', '40 s')
    """
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    if not whole:
        return ""
    if not minutes:
        return words("review.seconds", seconds=rest)
    return (
        words("review.minutes", minutes=minutes, seconds=rest)
        if rest
        else words("review.full_minutes", minutes=minutes)
    )
