"""What a review is made of, taken from a session: as far as its reader may be told, and no further."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator

import attrs

from tabletop.analysis.game_figures import GameFigures
from tabletop.presentation.branch_chance import chance_words
from tabletop.presentation.branches import branch_comparison
from tabletop.presentation.ending import EndFacts
from tabletop.presentation.names import Names, names_in
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.player_names import player_name
from tabletop.presentation.record import NoteLine, RulingLine, note_lines, tag_name
from tabletop.presentation.review.decision_notes import BallotCount, MadeDecision, WrittenReason, secret_moves
from tabletop.presentation.review.predictions import WrittenAnswer
from tabletop.presentation.review.review import Reader, Review, ReviewFacts, SeatLine, review
from tabletop.presentation.review.tried_branches import TriedBranch, tried_branch
from tabletop.presentation.review.turns import TurnNote
from tabletop.presentation.steps import moment_words, step_line, step_words
from tabletop.presentation.words import Words
from tabletop.report.review_beliefs import beliefs_of
from tabletop.report.review_figures import words_of_steps
from tabletop.session import Session
from tabletop.session.branch_chance import chance_compared
from tabletop.session.branch_comparison import RULINGS, Comparison, compare
from tabletop.session.facilitator_view import public, whole
from tabletop.session.meter_courses import meter_courses
from tabletop.session.notes import Note, notes, turn_of
from tabletop.session.played_decisions import PlayedDecision, played_decisions
from tabletop.session.public_screen import ending_view, everything_is_told
from tabletop.session.room_facts import has_pseudonyms
from tabletop.session.room_voices import answers, people, tallies, vote_reasons, without_names
from tabletop.session.seeds import is_open
from tabletop.session.step_summary import step_summary


@attrs.frozen(kw_only=True)
class Audience:
    """Who reads a review: "leader", "room" or "seat" (which then has an id), and whether people are named."""

    reader: Reader
    seat: str = ""
    is_anonymous: bool = False


def review_of(session: Session, words: Words, audience: Audience, figures: GameFigures | None = None) -> Review:
    """The review of a session for a reader: what was hidden from them is not in it until it is told, nor are figures,
    which would give it away."""
    facts = facts_of(session, words, audience)
    if figures is not None and facts.is_told:
        steps = words_of_steps(session, words)
        facts = attrs.evolve(facts, accounts=figures.accounts, table=figures.table, steps=steps)
    return review(perspective_of(session, audience), words, facts)


def perspective_of(session: Session, audience: Audience) -> Perspective:
    """The game as the reader may know it."""
    program, humans = session.game.program, session.humans
    if audience.reader == "leader":
        return Perspective(program, "", whole(session), humans=humans)
    view = session.view(audience.seat) if audience.seat else public(session)
    if view.finished:
        view = ending_view(session, audience.seat)
    return Perspective(program, audience.seat, view, humans=humans)


def is_told(session: Session) -> bool:
    """Whether players may know everything: the game is over, and every hidden truth is told."""
    return everything_is_told(session)


def facts_of(session: Session, words: Words, audience: Audience) -> ReviewFacts:
    """What a session holds for a reader, beside its view."""
    return _Gatherer(session, words, audience).facts()


class _Gatherer:
    def __init__(self, session: Session, words: Words, audience: Audience) -> None:
        self.session, self.words, self.audience = session, words, audience
        self.names: Names = names_in(session.game.program)
        self.told = is_told(session)
        self.everything = audience.reader == "leader" or self.told
        self.people = people(session.commands)
        self.is_anonymous = audience.is_anonymous or has_pseudonyms(session.commands)
        self.called = {
            id: self._number(at) if self.is_anonymous else one.name
            for at, (id, one) in enumerate(self.people.items(), 1)
        }
        hide = without_names(self.people, self._number) if self.is_anonymous else None
        self.cleaned: Callable[[str], str] = hide or str

    def _number(self, number: int) -> str:
        return self.words("review.person_number", number=number)

    def facts(self) -> ReviewFacts:
        session, heading = self.session, self.session.heading
        return ReviewFacts(
            reader=self.audience.reader,
            is_told=self.everything,
            is_anonymous=self.is_anonymous,
            session="" if self.is_anonymous else session.id,
            played=_day(self.words, heading.started),
            seats=tuple(self._seats()),
            end=EndFacts(
                courses=meter_courses(session),
                hindsight=session.hindsight,
                open_seed=heading.seed if is_open(heading.seed) else None,
            ),
            made=tuple(self._made()),
            reasons=tuple(self._reasons()),
            counts=tuple(self._counts()),
            answers=tuple(self._answers()),
            notes=tuple(self._notes()),
            letters=self._letters(),
            beliefs=beliefs_of(session, self.words, self._is_own, self.audience.reader == "leader"),
            private=self._private(),
            rulings=self._rulings(),
            branches=self._branches(),
        )

    def _is_own(self, seat: str) -> bool:
        """Whether the reader may know what the people of a seat wrote and chose face down."""
        return self.everything or (bool(seat) and seat == self.audience.seat)

    # Who played

    def _seats(self) -> Iterator[SeatLine]:
        for seat in self.session.scenario.seats:
            role = " ".join(seat.role.split())
            yield SeatLine(seat=seat.id, name=seat.name, role=role, played_by=self._played_by(seat.id))

    def _played_by(self, seat: str) -> str:
        """A team with its people, or the player; of seats of which the reader may know no more, whether people play."""
        player = self.session.position.players[seat]
        if not self._is_own(seat):
            return self.words("review.a_bot" if player else "facilitate.person")
        team = [id for id, one in self.people.items() if one.seat == seat]
        if not team:
            return player_name(self.words, self.session.scenario, seat, player)
        count = self.words("review.people", count=len(team))
        if self.is_anonymous:
            return count
        return self.words("review.team_of", people=count, names=self.words.listed([self.called[id] for id in team]))

    # What was decided and written

    def _made(self) -> Iterator[MadeDecision]:
        for one in played_decisions(self.session):
            if self._is_own(one.seat):
                yield self._decision(one)

    def _decision(self, one: PlayedDecision) -> MadeDecision:
        moment = one.moment
        return MadeDecision(
            step=one.step,
            turn=moment.turn,
            stage=moment.stage,
            stage_turn=moment.stage_turn,
            phase=moment.phase,
            card=one.action.card,
            seat=one.seat,
            chosen=one.action.label,
            is_pass=one.action.kind == "pass",
            passed_over=tuple(
                self.words("steps.passes") if other.kind == "pass" else other.label for other in one.passed_over
            ),
            why=self.cleaned(" ".join(one.why.split())),
            is_person=not one.player,
            seconds=one.seconds,
        )

    def _reasons(self) -> Iterator[WrittenReason]:
        for one in vote_reasons(self.session):
            if self._is_own(one.seat):
                yield WrittenReason(
                    turn=one.moment.turn,
                    phase=one.moment.phase,
                    card=one.card,
                    seat=one.seat,
                    who=self.called.get(one.person, ""),
                    moves=one.moves,
                    text=self.cleaned(one.text),
                )

    def _counts(self) -> Iterator[BallotCount]:
        for one in tallies(self.session):
            if self._is_own(one.seat):
                yield BallotCount(
                    turn=one.moment.turn,
                    phase=one.moment.phase,
                    card=one.card,
                    seat=one.seat,
                    counts=tuple(one.counts.items()),
                    voters=one.voters,
                )

    def _answers(self) -> Iterator[WrittenAnswer]:
        for one in answers(self.session):
            if self._is_own(one.seat):
                value = self.cleaned(one.value) if isinstance(one.value, str) else one.value
                who = self.called.get(one.person, "")
                yield WrittenAnswer(question=one.question, seat=one.seat, who=who, value=value)

    # What the facilitator did and wrote

    def _notes(self) -> Iterator[TurnNote]:
        """The notes that everybody was shown."""
        for one in notes(self.session, "note"):
            if one.shown:
                tags = tuple(tag_name(self.words, tag) for tag in one.tags)
                who = "" if self.is_anonymous else one.who
                yield TurnNote(turn=turn_of(self.session, one), who=who, tags=tags, text=self.cleaned(one.text))

    def _letters(self) -> tuple[NoteLine, ...]:
        """The messages to seats, and the notes that everybody was shown."""
        is_leader = self.audience.reader == "leader"
        return self._lines(one for one in notes(self.session) if one.shown or self._may_read(one, is_leader))

    def _may_read(self, note: Note, is_leader: bool) -> bool:
        return bool(note.to) and (is_leader or self.audience.seat in note.to)

    def _private(self) -> tuple[NoteLine, ...]:
        """The notes that nobody was shown: for whoever leads alone, and in no page without names, as they may be about
        somebody."""
        if self.audience.reader != "leader" or self.is_anonymous:
            return ()
        return self._lines(one for one in notes(self.session) if not one.shown and not one.to)

    def _lines(self, mine: Iterable[Note]) -> tuple[NoteLine, ...]:
        perspective = perspective_of(self.session, self.audience)
        dated = [(one, turn_of(self.session, one)) for one in mine]
        return tuple(
            attrs.evolve(one, text=self.cleaned(one.text), who="" if self.is_anonymous else one.who)
            for one in note_lines(perspective, self.words, dated)
        )

    def _rulings(self) -> tuple[RulingLine, ...] | None:
        """For whoever leads, every ruling; None for others, who are told by their view."""
        if self.audience.reader != "leader":
            return None
        line = self.session.course.at.line()
        steps = [step_summary(self.session, step) for step in line if step.kind in RULINGS]
        told = [step_line(self.names, self.words, step) for step in steps]
        return tuple(RulingLine(turn=one.turn, when=one.when, text=one.text, why=self.cleaned(one.why)) for one in told)

    def _branches(self) -> tuple[TriedBranch, ...]:
        if not self.everything:
            return ()
        here = self.session.course.branch
        others = [one.name for one in self.session.branches if one.name != here and one.steps]
        found = [compare(self.session, here, other) for other in others]
        # Where chance was overruled, the model's own line stays behind as a branch on which nobody decided anything.
        return tuple(self._tried(one) for one in found if one.decisions or None not in one.outcomes)

    def _tried(self, one: Comparison) -> TriedBranch:
        names, words, secret = self.names, self.words, secret_moves(self.names)
        action = one.parted.action
        is_unseen = action is not None and action.label in secret
        return tried_branch(
            words,
            branch_comparison(names, words, one),
            secret,
            when=moment_words(names, one.parted.moment, has_phase=False),
            what=words("review.unseen_move") if is_unseen else step_words(names, words, one.parted),
            chance=chance_words(names, words, chance_compared(self.session, one)),
        )


def _day(words: Words, moment: str) -> str:
    try:
        return words("review.played", date=words.date(datetime.datetime.fromisoformat(moment).astimezone().date()))
    except ValueError:
        return ""
