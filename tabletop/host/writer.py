"""The writer of a room: the only one that changes its session. It commits what many ask for at once in one go.

Nothing here knows of HTTP or of asyncio: one thread at a time calls it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from tabletop.host import decisions
from tabletop.host.ballots import Ballot, Outcome, complete, outcome
from tabletop.host.decisions import Decision
from tabletop.host.ledger import Ledger, Remark, commands_of
from tabletop.host.plan import plan
from tabletop.host.refusals import Refused
from tabletop.host.restoring import restored
from tabletop.players import PlayerFailed, UnknownPlayer
from tabletop.players.player_factory import players_for
from tabletop.session import Clock, Facilitator, IllegalAction, NotKept, RulingRefused, Session
from tabletop.session.advice import choice_of
from tabletop.session.bots import is_quick
from tabletop.session.clock import moment
from tabletop.session.step_tree import Position

if TYPE_CHECKING:
    from tabletop.engine.program import Action

#: Works out what is to be written, from the ledger as it stands then, and what to answer. Raises Refused.
Saying = Callable[[Ledger], tuple[Sequence[Remark], Any]]
#: Does something with the session by itself, such as a facilitator's step.
Doing = Callable[[Session], Any]

_NOT_WRITTEN = "This could not be written to the disk, and so it has not happened. Try again in a moment."
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
    """The session of a room and its ledger."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.ledger = restored(session)
        self.clock = Clock(session)
        #: What went wrong last, for the facilitator; "" for nothing.
        self.problem = ""
        self._seen = len(session.commands)
        self._failed: Position | None = None

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
                self.session.remarks(commands_of(said), "room")
            except NotKept as error:
                self.problem = str(error)
                refused = Refused(_NOT_WRITTEN, 503)
                return [reply if reply.error is not None else Reply(error=refused) for reply in replies]
            self._seen = len(self.session.commands)
            self.ledger = ledger
            self._open()
        return replies

    def _do(self, doing: Doing) -> Reply:
        try:
            return Reply(doing(self.session))
        except NotKept as error:
            self.problem = str(error)
            return Reply(error=Refused(_NOT_WRITTEN, 503))
        except Exception as error:
            return Reply(error=error)
        finally:
            self.take_in()

    def take_in(self) -> None:
        """Brings the ledger up to commands that were given by others, and opens the ballots of where the game is."""
        for command in self.session.commands[self._seen :]:
            self.ledger = self.ledger.after(command.kind, command.body, command.why)
        self._seen = len(self.session.commands)
        self._open()

    def _open(self) -> None:
        ballots = decisions.ballots_of(self.session) if self.ledger.settings.started else {}
        self.ledger = self.ledger.opened(ballots)

    # Going on

    def advance(self, present: frozenset[str]) -> None:
        """Makes the moves of teams that have decided, and of bots that answer at once, until somebody has to be waited
        for."""
        self.take_in()
        for _ in range(200):
            if self.session.paused:
                return
            if not self._settle(present) and not self._quick_bot_decides():
                return

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
        tally = {
            "seat": ballot.seat,
            "ballot": ballot.key,
            "moves": list(moves),
            "how": how,
            "counts": ballot.counts(),
            "voters": len(ballot.votes),
            "absent": [one.id for one in self.ledger.roster.team(ballot.seat) if one.id not in present],
        }
        return Decision(ballot=ballot, moves=moves, why=self._reasons(ballot, moves), tally=tally)

    def _make(self, found: Sequence[Decision]) -> bool:
        """Makes moves that were decided, all at once or, where one cannot be made, the first of them; whether any."""
        for some in (found, found[:1]):
            if some:
                try:
                    decisions.make(self.session, some)
                except (IllegalAction, NotKept) as error:
                    self.problem = str(error)
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
            self.problem = str(error)
            return None
        one = attrs.evolve(ballot, is_plan=False)
        return self._decision(one, (move,), f"nobody there: {name}", present)

    def close(self, present: frozenset[str], seats: Sequence[str] = ()) -> list[str]:
        """Closes ballots, by default all, with the votes there are; the seats for which nobody has voted."""
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

    # Bots

    def bot_to_act(self) -> tuple[Position, str] | None:
        """A seat that a bot plays and that may act now, with the position it is to act in."""
        session = self.session
        if not self.ledger.settings.started or session.paused or session.is_over:
            return None
        position = session.position
        seats = [seat for seat in position.acting if position.players[seat]]
        # Those first that do not keep the others waiting.
        seats.sort(key=lambda seat: not is_quick(position.players[seat]))
        return (position, seats[0]) if seats else None

    def _quick_bot_decides(self) -> bool:
        """Lets a bot decide that does not think for long; whether there was one to act."""
        found = self.bot_to_act()
        if found is None:
            return False
        position, seat = found
        if position is self._failed or not is_quick(position.players[seat]):
            return False
        try:
            self.bot_decides(position, seat, self.session.bot_choice(seat))
        except (PlayerFailed, NotKept) as error:
            self.problem = str(error)
            self._failed = position
        return True

    def bot_decides(self, position: Position, seat: str, action: Action) -> None:
        """Makes the move of a bot, unless the game has gone on elsewhere while it thought."""
        with self.session.alone:
            if self.session.position is position and not self.session.paused:
                self.session.bot_decides(action, seat)
        self.take_in()

    # The clock

    def tick(self, present: frozenset[str]) -> list[str]:
        """What the clock says now; where it is to end the phase, that is done, with the votes there are."""
        self.clock_follows()
        try:
            said = self.clock.tick()
            if self.clock.acts == "skip":
                self.end_phase(present)
        except NotKept as error:
            self.problem = str(error)
            return []
        return said

    def clock_follows(self) -> None:
        """Lets the clock run while the game is on."""
        is_on = self.ledger.settings.started and not self.session.paused and not self.session.is_over
        if is_on and not self.clock.running:
            self.clock.start()
        elif not is_on and self.clock.running:
            self.clock.stop()

    def end_phase(self, present: frozenset[str]) -> None:
        """Ends the phase with the votes there are; whoever has not voted passes, and bots choose."""
        began = moment(self.session)
        self.close(present)
        if moment(self.session) != began or self.session.is_over:
            return
        try:
            Facilitator(self.session, "clock").end_by_clock()
        except (RulingRefused, IllegalAction):
            pass  # a card waits for an answer: it has the time that it needs
        except PlayerFailed as error:
            self.problem = str(error)
        self.take_in()
