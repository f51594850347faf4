"""The writer of a room: the only one that changes its session. It commits what many ask for at once in one go.

Nothing here knows of HTTP or of asyncio: one thread at a time calls it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

import attrs

from tabletop.host import decisions
from tabletop.host.ballots import Ballot, Outcome, Vote, complete, outcome
from tabletop.host.decisions import Decision
from tabletop.host.ledger import Ledger, Remark
from tabletop.host.plan import plan
from tabletop.host.practice import Practice, is_on
from tabletop.host.refusals import Refused
from tabletop.host.restoring import restored
from tabletop.players import PlayerFailed, UnknownPlayer
from tabletop.players.player_factory import players_for
from tabletop.session import Clock, IllegalAction, NotKept, RulingRefused, Runner, Session
from tabletop.session.advice import choice_of
from tabletop.session.bot_thinking import Thinking, in_thread
from tabletop.session.command_kinds import Counts
from tabletop.session.commands import Tallied
from tabletop.session.runner_events import BotFailed, Changed, ClockRefused, Event, NotSaved
from tabletop.session.step_tree import Position

#: Works out what is to be written, from the ledger as it stands then, and what to answer. Raises Refused.
Saying = Callable[[Ledger], tuple[Sequence[Remark], Any]]
#: Does something with the session by itself, such as a facilitator's step.
Doing = Callable[[Session], Any]

#: How often in a row teams and bots take turns before the pages are brought up to date.
MOST_ROUNDS = 20
_log = logging.getLogger(__name__)


@attrs.frozen
class Request:
    """Something that somebody wants: to have said, or done."""

    saying: Saying | None = None
    doing: Doing | None = None


@attrs.frozen
class Reply:
    """What came of a request: an `answer`, or the `error` for whom it was."""

    answer: Any = None
    error: Exception | None = None


class Writer:
    """The session of a room and its ledger, which a runner takes on. `now` gives the seconds of any clock; bots that
    think for long do it by `thinking`."""

    def __init__(
        self, session: Session, now: Callable[[], float] = time.monotonic, thinking: Thinking = in_thread
    ) -> None:
        self.session = session
        self.ledger = restored(session)
        self.practice = Practice()
        self.runner = Runner(session, thinking=thinking, plays_bots=False, ahead=True, starts_clock=False, now=now)
        self.runner.before_ending = self._close_all
        self._present: frozenset[str] = frozenset()
        self._seen = len(session.commands)
        # What went wrong last, and how many commands there were then: the next one that is written ends it.
        self._trouble: Exception | str = ""
        self._trouble_at = 0
        # Where a bot broke down, and how: it is not asked again before the game stands elsewhere.
        self._failed: Position | None = None
        self._failure: Exception | str = ""

    @property
    def clock(self) -> Clock:
        """The clock of the phase."""
        return self.runner.clock

    @property
    def problem(self) -> Exception | str:
        """What is wrong now, for the facilitator, who is told it in words of their language; "" for nothing."""
        if self.runner.is_held:
            return self._failure
        return self._trouble if self._trouble_at == len(self.session.commands) else ""

    def _note(self, trouble: Exception | str) -> None:
        self._trouble, self._trouble_at = trouble, len(self.session.commands)

    # Committing

    def commit(self, requests: Sequence[Request]) -> list[Reply]:
        """Carries out requests in order. When it returns, each that was not refused is on the disk.

        What is only said is written in one transaction with its neighbours.
        """
        replies: list[Reply] = []
        waiting: list[Saying] = []
        for request in requests:
            if request.saying is not None:
                waiting.append(request.saying)
                continue
            replies += self._say(waiting)
            waiting = []
            if request.doing is not None:
                replies.append(self._do(request.doing))
        return [*replies, *self._say(waiting)]

    def _say(self, sayings: Sequence[Saying]) -> list[Reply]:
        self.take_in()
        ledger, said, replies = self.ledger, list[Remark](), list[Reply]()
        for saying in sayings:
            try:
                remarks, answer = saying(ledger)
                ledger = ledger.after_all(remarks)
            except Refused as error:
                replies.append(Reply(error=error))
            except Exception as error:
                _log.exception("a request to a room failed")
                replies.append(Reply(error=error))
            else:
                said += remarks
                replies.append(Reply(answer))
        if said:
            try:
                self.session.remarks(said, "room")
            except NotKept as error:
                self._note(error)
                refused = Refused("not-written", 503)
                return [reply if reply.error is not None else Reply(error=refused) for reply in replies]
            self._seen = len(self.session.commands)
            self.ledger = ledger
            self._open()
        return replies

    def _do(self, doing: Doing) -> Reply:
        try:
            return Reply(doing(self.session))
        except NotKept as error:
            self._note(error)
            return Reply(error=Refused("not-written", 503))
        except Exception as error:
            return Reply(error=error)
        finally:
            self.take_in()

    def take_in(self) -> None:
        """Brings the ledger up to commands that were given by others, and opens the ballots of where the game is."""
        for command in self.session.commands[self._seen :]:
            self.ledger = self.ledger.after(command.said, command.why)
        self._seen = len(self.session.commands)
        self._open()

    def practise(self, vote: Vote) -> None:
        """Takes a vote of the practice, which nothing is written of. Raises Refused where none is held, and for a vote
        that is none."""
        if not is_on(self.ledger.settings):
            raise Refused("vote-over")
        needs_reason = self.ledger.settings.reasons == "required"
        self.practice = self.practice.with_vote(vote, needs_reason=needs_reason)

    def _open(self) -> None:
        if self.practice.votes and not is_on(self.ledger.settings):
            self.practice = Practice()
        ballots = decisions.ballots_of(self.session) if self.ledger.settings.started else {}
        self.ledger = self.ledger.opened(ballots)

    # Going on

    def advance(self, present: frozenset[str]) -> None:
        """Makes the moves of teams that have decided, and lets happen what follows by itself, bots and the end of a
        phase among it, until somebody has to be waited for. What could not be written is tried again."""
        self._present = present
        for _ in range(MOST_ROUNDS):
            self.take_in()
            try:
                made = not self.session.paused and self._settle(present)
            except NotKept as error:
                self._note(error)
                return
            if not self._goes_on(self._tick()) and not made:
                return

    def _tick(self) -> tuple[Event, ...]:
        """Has the runner do what is due."""
        runner, session = self.runner, self.session
        runner.plays_bots = runner.starts_clock = self.ledger.settings.started
        if runner.unsaved is not None:
            runner.drop()
        if runner.is_held and session.position is not self._failed:
            runner.release()
        events = runner.tick()
        if session.is_over and runner.clock.running:
            runner.clock.stop()
        for event in events:
            match event:
                case BotFailed(reason=reason, error=error):
                    self._failed, self._failure = session.position, error or reason
                case NotSaved(reason, error):
                    self._note(error or reason)
        self.take_in()
        return events

    @staticmethod
    def _goes_on(events: Sequence[Event]) -> bool:
        return any(isinstance(event, Changed) and event.moved for event in events)

    def _settle(self, present: frozenset[str]) -> bool:
        """Makes the moves of every team that has decided; whether there was one."""
        ballots = self.ledger.ballots.values()
        found = [self._decided(one, present) or self._decided_for_nobody(one, present) for one in ballots]
        return self._make([one for one in found if one is not None])

    def _decided(self, ballot: Ballot, present: frozenset[str], *, closing: bool = False) -> Decision | None:
        """What a team has decided; None while it has not.

        While nobody of it is there, it decides nothing, unless the facilitator has said that it is not waited for.
        """
        somebody = any(person.id in present for person in self.ledger.roster.team(ballot.seat))
        if not somebody and not closing and self.ledger.settings.nobody == "wait":
            return None
        found = self.standing(ballot, present, closing=closing)
        if found.verdict != "decided":
            return None
        moves = self.plan(ballot).taken if ballot.is_plan else (found.move,)
        return self._decision(ballot, moves, found.how, present)

    def standing(self, ballot: Ballot, present: frozenset[str], *, closing: bool = False) -> Outcome:
        """How a ballot stands."""
        roster, rule = self.ledger.roster, self.ledger.settings.rule
        team = tuple(person.id for person in roster.team(ballot.seat))
        captain = roster.captain(ballot.seat, present)
        if not ballot.is_plan:
            return outcome(ballot, team, present, rule, captain, closing=closing)
        missing = tuple(one for one in team if one in present and one not in ballot.votes)
        if complete(ballot, team, present, rule, captain) or (closing and ballot.votes):
            return Outcome(verdict="decided", how="deadline" if closing else "plan", missing=missing)
        if ballot.votes and not missing and rule == "consensus":
            return Outcome(verdict="split")
        return Outcome(verdict="nobody" if closing else "open", missing=missing)

    def plan(self, ballot: Ballot) -> Any:
        """The plan of a team as it stands."""
        view = self.session.view(ballot.seat)
        captain = self.ledger.roster.captain(ballot.seat)
        return plan(ballot, decisions.budget_of(view, self.session), self.ledger.settings.rule, captain)

    def _decision(self, ballot: Ballot, moves: tuple[str, ...], how: str, present: frozenset[str]) -> Decision:
        tally = Tallied(
            seat=ballot.seat,
            ballot=ballot.key,
            moves=moves,
            how=how,
            counts=Counts(ballot.counts()),
            voters=len(ballot.votes),
            absent=tuple(one.id for one in self.ledger.roster.team(ballot.seat) if one.id not in present),
        )
        return Decision(ballot=ballot, moves=moves, why=self._reasons(ballot, moves), tally=tally)

    def _make(self, found: Sequence[Decision]) -> bool:
        """Makes moves that were decided, all at once or, where one cannot be made, the first of them; whether any.
        Raises NotKept."""
        for some in (found, found[:1]):
            if some:
                try:
                    decisions.make(self.session, some)
                except IllegalAction as error:
                    self._note(error)
                else:
                    self.take_in()
                    return True
        return False

    def _reasons(self, ballot: Ballot, moves: Sequence[str]) -> str:
        """What was said for the moves, without saying by whom: who said what is kept with the votes."""
        said = [vote.why for vote in ballot.votes.values() if not vote.moves or set(vote.moves) & set(moves)]
        return "; ".join(dict.fromkeys(one for one in said if one))[:2_000]

    def _decided_for_nobody(self, ballot: Ballot, present: frozenset[str]) -> Decision | None:
        """What is decided for a team of which nobody is there and nobody has voted, as the facilitator has chosen."""
        nobody = self.ledger.settings.nobody
        if ballot.votes or nobody == "wait":
            return None
        if any(person.id in present for person in self.ledger.roster.team(ballot.seat)):
            return None
        if nobody == "pass" and (ballot.is_plan or decisions.PASS in ballot.moves):
            moves = () if ballot.is_plan else (decisions.PASS,)
            return self._decision(ballot, moves, "nobody there: pass", present)
        return self._decided_by_doctrine(ballot, present)

    def _decided_by_doctrine(self, ballot: Ballot, present: frozenset[str]) -> Decision | None:
        session, seat = self.session, ballot.seat
        name = players_for(session.scenario, seat)[0]
        try:
            move = str(choice_of(session.position, seat, name))
        except (PlayerFailed, UnknownPlayer) as error:
            self._note(error)
            return None
        one = attrs.evolve(ballot, is_plan=False)
        return self._decision(one, (move,), f"nobody there: {name}", present)

    def close(self, present: frozenset[str], seats: Sequence[str] = ()) -> list[str]:
        """Closes ballots, by default all, with the votes there are; the seats for which nobody has voted. Raises
        NotKept."""
        self.take_in()
        left: list[str] = []
        found: list[Decision] = []
        for seat, ballot in self.ledger.ballots.items():
            if not seats or seat in seats:
                decision = self._decided(ballot, present, closing=True)
                if decision is None:
                    left.append(seat)
                else:
                    found.append(decision)
        self._make(found)
        return left

    def _close_all(self) -> None:
        self.close(self._present)

    def end_phase(self, present: frozenset[str]) -> None:
        """Ends the phase with the votes there are; whoever has not voted passes, and bots choose.

        Raises RulingRefused where that cannot be: the game is paused, or a card waits for an answer.
        """
        self.take_in()
        self._present = present
        self.runner.end_phase()
        for event in self._tick():
            if isinstance(event, ClockRefused):
                raise RulingRefused(event.reason)
