"""Snapshots: everything that the pages of a room show at one moment, worked out by its writer and then only read."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from tabletop.host.ledger import Ledger
from tabletop.host.pages.ballot_box import BallotBox, ballot_box
from tabletop.host.pages.belief_box import BeliefBox, belief_boxes
from tabletop.host.pages.clock_face import ClockFace, FacedClock
from tabletop.host.pages.game import Game, game_told
from tabletop.host.pages.knowledge import Knowledge, knowledge_of
from tabletop.host.practice import Practice, is_on, practice_boxes
from tabletop.host.questions import Question, asked_at, questions_of
from tabletop.host.writer import Writer
from tabletop.presentation.names import names_in
from tabletop.presentation.what_if import AskedAgain, asked_again
from tabletop.presentation.words import Words
from tabletop.scenario import Scenario
from tabletop.session import Session
from tabletop.session.broken_ties import BrokenTie, broken_ties
from tabletop.session.look_back import look_back
from tabletop.session.notes import notes
from tabletop.session.public_screen import everything_is_told
from tabletop.session.stated_beliefs import StatedBelief, stated_beliefs
from tabletop.session.undo_policy import allowed

#: Commands that change what a seat is told without a step of the game.
_TOLD = frozenset(["note", "message", "withdraw", "truth"])
#: How many decisions that were asked again are remembered.
_MOST_AGAIN = 40


@attrs.frozen(eq=False)
class Telling:
    """What seats are told in one language: games and open ballots, as a snapshot has them, and what is played."""

    games: Mapping[str, Game]
    boxes: Mapping[str, BallotBox]
    scenario: Scenario
    questions: tuple[Question, ...]
    again: AskedAgain | None = None


@attrs.frozen(kw_only=True, eq=False)
class Snapshot:
    """A moment of a room. `games` is what each seat is told, and everybody (""); `boxes` the open ballots by seat.

    `undo` is what teams may take back: all of their "turn", what is not known to others ("reveal"), or "never". `ties`
    are the ties that were broken this turn, by seat; `again` is the decision on which everybody votes once more,
    `beliefs` what was stated of hidden truths, by all. While people practise, `boxes` are those of the `practice`, also
    of whoever has no team yet ("").
    """

    ledger: Ledger
    games: Mapping[str, Game]
    boxes: Mapping[str, BallotBox]
    clock: ClockFace
    paused: bool
    finished: bool
    present: frozenset[str]
    problem: Exception | str = ""
    questions: tuple[Question, ...] = ()
    commands: int = 0
    undo: str = "turn"
    teams: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    others: Mapping[str, Telling] = attrs.field(factory=dict)
    ties: Mapping[str, BrokenTie] = attrs.field(factory=dict)
    scenario: Scenario | None = None
    beliefs: tuple[StatedBelief, ...] = ()
    again: AskedAgain | None = None
    practice: Practice | None = None

    @functools.cached_property
    def stated_by(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of the beliefs that each person has stated."""
        found: dict[str, tuple[int, ...]] = {}
        for one in self.beliefs:
            found[one.person] = (*found.get(one.person, ()), one.number)
        return found

    def told_in(self, language: str) -> Snapshot:
        """The same moment in another language, if somebody has asked for it; else in that of the room."""
        other = self.others.get(language)
        if other is None:
            return self
        return attrs.evolve(
            self,
            games=other.games,
            boxes=other.boxes,
            again=other.again,
            scenario=other.scenario,
            questions=other.questions,
        )

    def belief_boxes(self, person: str, seat: str) -> tuple[BeliefBox, ...]:
        """What a person on a seat holds of hidden truths, and their team; nothing once the game is over."""
        game = self.games[seat]
        if self.scenario is None or not seat or game.finished:
            return ()
        own = [one for one in self.beliefs if one.seat == seat]
        return belief_boxes(self.scenario, game.turn, game.dossiers, game.first_shares, own, person)

    def asked(self, person: str) -> tuple[Mapping[str, Any], ...]:
        """The questions that are asked now, each with what the person has answered so far."""
        answers = self.ledger.answers
        return tuple(
            {**attrs.asdict(one), "answer": answers[person, one.id].value if (person, one.id) in answers else ""}
            for one in self.questions
        )


class Observer:
    """Makes snapshots of a room; what has not changed is the same object as before. With `seats` they tell of these
    alone, and of what everybody ("") may know if it is among them."""

    def __init__(self, writer: Writer, clock: FacedClock, seats: Sequence[str] | None = None) -> None:
        self._writer, self._clock = writer, clock
        everybody = ("", *(one.id for one in writer.session.scenario.seats))
        self._seats = everybody if seats is None else tuple(seats)
        #: The languages that devices have chosen for themselves.
        self.chosen: set[str] = set()
        self._of: tuple[Any, ...] = ()
        self._games: dict[str, dict[str, Game]] = {}
        self._known: dict[tuple[str, str], Knowledge] = {}
        self._told, self._counted = 0, 0
        self._ties: dict[str, BrokenTie] = {}
        self._again: dict[tuple[str, str, int], AskedAgain | None] = {}

    def snapshot(self, present: frozenset[str]) -> Snapshot:
        """The room now."""
        writer, session = self._writer, self._writer.session
        self._look(session)
        told = {language: self._telling(language, games, present) for language, games in self._games.items()}
        room = told.pop(writer.ledger.settings.lang)
        return Snapshot(
            ledger=writer.ledger,
            games=room.games,
            boxes=room.boxes,
            others=told,
            again=room.again,
            clock=self._clock.face(),
            paused=session.paused,
            finished=session.is_over,
            present=present,
            problem=writer.problem,
            commands=len(session.commands),
            undo=allowed(session),
            ties=dict(self._ties),
            practice=writer.practice if is_on(writer.ledger.settings) else None,
            scenario=room.scenario,
            beliefs=tuple(stated_beliefs(session)),
            teams={
                seat: tuple(one.name for one in writer.ledger.roster.team(seat)) for seat in writer.ledger.roster.seats
            },
            questions=room.questions,
        )

    def _telling(self, language: str, games: Mapping[str, Game], present: frozenset[str]) -> Telling:
        scenario = self._writer.session.told_in(language).scenario
        return Telling(
            games=dict(games),
            boxes=self._boxes(games, present, language),
            again=self._asked_again(language),
            scenario=scenario,
            questions=asked_at(questions_of(scenario), self._writer.ledger.settings.asking),
        )

    def _asked_again(self, language: str) -> AskedAgain | None:
        """The decision on which everybody votes, once the game is over and what was hidden is told."""
        session, step = self._writer.session, self._writer.ledger.settings.asked_again
        if not (step.isascii() and step.isdigit() and everything_is_told(session)):
            return None
        key = (language, step, session.course.at.number)
        if key not in self._again:
            told = session.told_in(language)
            found = asked_again(names_in(told.game.program), Words(language), look_back(told), int(step))
            self._again = {**self._again, key: found} if len(self._again) < _MOST_AGAIN else {key: found}
        return self._again[key]

    def _boxes(self, games: Mapping[str, Game], present: frozenset[str], language: str) -> dict[str, BallotBox]:
        writer, boxes = self._writer, dict[str, BallotBox]()
        if is_on(writer.ledger.settings):
            ledger = writer.ledger
            return practice_boxes(writer.practice, ledger.roster, ledger.settings, Words(language), present)
        for seat, ballot in writer.ledger.ballots.items():
            if seat not in games:
                continue
            standing = writer.standing(ballot, present)
            planned = writer.plan(ballot) if ballot.is_plan else None
            hand, moves = games[seat].hand, games[seat].moves
            dealt, roster, settings = hand.dealt if hand else (), writer.ledger.roster, writer.ledger.settings
            boxes[seat] = ballot_box(ballot, moves, roster, settings, standing, planned, present, dealt)
        return boxes

    @property
    def _languages(self) -> set[str]:
        return {self._writer.ledger.settings.lang, *self.chosen}

    def is_out_of_date(self, snapshot: Snapshot) -> bool:
        """Whether the room has gone on since a snapshot, but for who is present."""
        writer = self._writer
        return (
            snapshot.commands != len(writer.session.commands)
            or snapshot.ledger is not writer.ledger
            or (snapshot.practice is not None and snapshot.practice is not writer.practice)
            or not self._languages <= {snapshot.ledger.settings.lang, *snapshot.others}
            or str(snapshot.problem) != str(writer.problem)
            or snapshot.clock != self._clock.face()
        )

    def _look(self, session: Session) -> None:
        """Works out anew what seats are told, where the game has gone on or something was said."""
        session.language = self._writer.ledger.settings.lang
        for command in session.commands[self._counted :]:
            self._told += command.kind in _TOLD
        self._counted = len(session.commands)
        of = (session.position, self._told)
        is_known = self._of and self._of[0] is of[0] and self._of[1] == of[1]
        # What is told in a language that nobody reads any more is not kept up to date.
        self._games = {language: games for language, games in self._games.items() if language in self._languages}
        missing = self._languages - self._games.keys() if is_known else self._languages
        if not missing:
            return
        self._of = of
        self._ties = broken_ties(session)
        written = notes(session)
        for language in missing:
            games, told = self._games.setdefault(language, {}), session.told_in(language)
            for seat in self._seats:
                known = knowledge_of(told, seat, written)
                is_same = self._known.get((language, seat)) == known
                self._known[language, seat] = known
                if is_same and seat in games:
                    continue
                game = game_told(known, Words(language))
                if games.get(seat) != game:
                    games[seat] = game
