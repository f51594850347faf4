"""The Session class: decisions, bots, undo and branches of one game, all written to the journal."""

from __future__ import annotations

import operator
from collections.abc import Generator, Mapping, Sequence

import attrs

from tabletop.engine.game import Game, IllegalAction
from tabletop.engine.program import Action
from tabletop.engine.prospects import Prospects, prospects
from tabletop.engine.state import State
from tabletop.engine.views import View
from tabletop.players import PlayerFailed, UnknownPlayer, cast
from tabletop.players.player_factory import named_players
from tabletop.scenario import Scenario
from tabletop.session import embedded_pack, undo_policy
from tabletop.session.bots import Bots, Thought
from tabletop.session.commands import Decide, Go, Said
from tabletop.session.errors import refuse_in_pause
from tabletop.session.journal import Journal
from tabletop.session.journal_line import now
from tabletop.session.recorded_game import CannotGo
from tabletop.session.seated_game import SeatedGame
from tabletop.session.session_header import SessionHeader, SessionProgress, new_id
from tabletop.session.session_writer import SessionWriter
from tabletop.session.step_tree import Position
from tabletop.session.undo_policy import UndoRefusal

__all__ = ["CannotGo", "Decided", "Session"]


@attrs.frozen
class Decided:
    """One decision that was made, and the state that it led to."""

    seat: str
    action: str
    state: State


class Session(SeatedGame):
    """One game being played by people and bots, each command of which is kept."""

    def __init__(
        self,
        scenario: Scenario,
        *,
        seed: int,
        pack: str | None = None,
        assumptions: Mapping[str, int | bool] | None = None,
        humans: Sequence[str] = (),
        players: Mapping[str, str] | None = None,
        journal: Journal | None = None,
        id: str | None = None,
        started: str | None = None,
    ) -> None:
        """Raises UnknownAssumption, UnknownPlayer for a seat or a player that there is none of, or TypeError for a seed
        that is no integer.

        `pack` is what `tabletop.load` was given, so that what changes in it later can be told.
        """
        game = Game(scenario, assumptions)
        chosen = dict(players or {})
        for seat in humans:
            if seat in chosen:
                message = f"{seat} is either for a person or for the player '{chosen[seat]}', not for both"
                raise UnknownPlayer(message, "seat-for-both", seat=seat, name=chosen[seat])
        scenario = scenario.original or scenario  # a journal is the same in every language
        casting = cast(game, {**dict.fromkeys(humans, "random"), **chosen})
        seated = {seat: "" if seat in humans else name for seat, name in named_players(scenario, chosen).items()}
        heading = SessionHeader(
            id=id or new_id(scenario.id),
            scenario=scenario.id,
            title=scenario.title,
            version=scenario.version,
            digest=scenario.digest,
            pack=scenario.id if pack is None else embedded_pack.pack_to_keep(pack),
            seed=operator.index(seed),
            assumptions=dict(game.assumptions),
            humans=tuple(humans),
            players={seat: name for seat, name in seated.items() if name},
            started=started or now(),
        )
        self._seat(heading, game, SessionWriter(heading, journal))
        self._bots.take(game, heading.players, casting)

    def _seat(self, heading: SessionHeader, game: Game, keeping: SessionWriter) -> None:
        super().__init__(heading, game, keeping)
        self._bots = Bots(self)
        self._prospects: dict[str, tuple[View, Prospects]] = {}

    @classmethod
    def opened(
        cls, heading: SessionHeader, standing: SessionProgress, scenario: Scenario, keeping: SessionWriter
    ) -> Session:
        """A session that was kept, at its start; `follow` takes it on from there. No player's code is run for it.

        Raises UnknownAssumption.
        """
        session = cls.__new__(cls)
        session._seat(heading, Game(scenario, heading.assumptions), keeping)
        session.time_of, session.time_used = standing.time_of, standing.time_used
        return session

    # Where it stands

    @property
    def seed(self) -> int:
        """What chance falls by."""
        return self.heading.seed

    @property
    def assumptions(self) -> dict[str, int | bool]:
        """The assumptions that the game is played under, all of them."""
        return self.game.assumptions

    def prospects(self, seat: str) -> Prospects:
        """What a seat may expect of its moves now, and why other moves are refused."""
        view = self.view(seat)
        then, known = self._prospects.get(seat, (None, None))
        if known is None or then is not view:
            known = prospects(self.game, self.state, view)
            self._prospects[seat] = view, known
        return known

    @property
    def is_over(self) -> bool:
        """Whether the game has ended."""
        return self.state.finished

    @property
    def turn(self) -> int:
        """The turn that is being played, counted from 1 over the whole game."""
        return self.state.turn

    # Deciding

    def decide(self, seat: str, action: Action | str, who: str = "", why: str = "") -> State:
        """Makes a decision for a seat, and keeps it. Raises IllegalAction or NotKept, and then nothing has changed.

        `who` decided, if not the seat itself; `why` is a reason that somebody gave.
        """
        return self._decide(seat, action, who or seat, why, "")

    def _decide(self, seat: str, action: Action | str, who: str, why: str, by: str) -> State:
        with self.alone:
            if self.paused:
                raise refuse_in_pause(seat, str(action))
            move = self.game.legal_move(self.state, seat, action)
            said = Decide(seat=seat, action=str(self.game.program.actions[move]), by=by)
            again = next((step for step in self.course.at.after if _is_same(step.said, said)), None)
            if again is not None and self.course.holds(self.course.branch, again):
                # What was undone and is decided again is no new branch. On a branch of its own it is decided anew.
                self._go(again, self.course.branch, who, why)
            else:
                self.step(said, who, why)
            return self.state

    def run_bots(self, ahead: bool = False) -> Generator[Decided, None, None]:
        """Lets the bots decide, one at a time, until it is for a person to act or the game is over.

        With `ahead` those that choose at the same time as a person do not wait for it. Raises PlayerFailed for a bot
        that breaks down or chooses what is not legal, and NotKept.
        """
        while not self.paused:
            position = self.position
            acting = position.state.acting if ahead else position.state.acting[:1]
            seat = next((seat for seat in acting if position.players[seat]), None)
            if seat is None:
                return
            action = self._bots.choice(position, seat)
            with self.alone:
                if self.position is not position or self.paused:
                    continue  # the game went elsewhere while the bot was thinking
                decided = Decided(seat, str(action), self.bot_decides(action, seat))
            yield decided

    def bot_choice(self, seat: str = "") -> Action:
        """What a bot that may act would do, by default the one that must act first. It changes nothing, so that it may
        be worked out in a thread of its own.

        Whoever makes it happen later with `bot_decides` sees to it that the game still stands there. Raises
        PlayerFailed for a bot that breaks down.
        """
        position = self.position
        return self._bots.choice(position, seat or position.state.acting[0])

    def bot_thought(self, position: Position, seat: str) -> Thought:
        """What the bot of a seat would do in a position, before the time at which it may answer: for a runner, which
        paces it. It changes nothing. Raises PlayerFailed."""
        return self._bots.thought(position, seat)

    def bot_decides(self, action: Action, seat: str = "") -> State:
        """Makes the decision of a bot that may act, by default the one that must act first.

        Raises PlayerFailed for one that is not legal, and NotKept.
        """
        seat = seat or self.state.acting[0]
        name = self.position.players[seat]
        try:
            return self._decide(seat, action, name, "", name)
        except IllegalAction as error:
            message = f"the player '{name}' of {seat} failed: {error}"
            raise PlayerFailed(message, "bot-failed", seat=seat, name=name, why=str(error)) from error

    # Taking back, by the person who decided

    @property
    def can_undo(self) -> bool:
        """Whether the person to act has decided something in this turn, with nobody else since, to be taken back."""
        return not self.undo_refused

    @property
    def undo_refused(self) -> UndoRefusal | None:
        """Why nothing can be taken back; None if something can."""
        return undo_policy.refused(self)

    @property
    def undo_has_hindsight(self) -> bool:
        """Whether an undo now would take back a decision of which something that followed is known."""
        return undo_policy.has_hindsight(self)

    def undo(self) -> bool:
        """Takes back the last decision of the person to act, and all that followed; False if there is none.

        One that has been taken back with hindsight counts in `hindsight`. Raises NotKept.
        """
        with self.alone:
            step = None if self.undo_refused else undo_policy.last_of_a_person(self)
            if step is None or step.before is None:
                return False
            seat = undo_policy.seat_of(step)
            self._go(step.before, self.course.branch, seat, "", hindsight=self.undo_has_hindsight)
            return True

    @property
    def redo_refused(self) -> UndoRefusal | None:
        """Why nothing that a person has taken back can be done again now; None if something can."""
        return undo_policy.redo_refused(self)

    @property
    def can_redo(self) -> bool:
        """Whether the person to act has just taken something back, to be decided again as it was."""
        return not self.redo_refused

    def redo(self) -> bool:
        """Goes back to where the game stood before the last `undo`; False if something else was done since.

        Raises NotKept.
        """
        with self.alone:
            there = undo_policy.taken_back(self)
            if there is None or self.redo_refused:
                return False
            self._go(there, self.course.branch_of(there), self.to_act or "", "")
            return True

    @property
    def hindsight(self) -> int:
        """How many decisions were taken back once something was known of what followed."""
        return sum(1 for command in self.commands if isinstance(command.said, Go) and command.said.hindsight)


def _is_same(said: Said | None, other: Decide) -> bool:
    return isinstance(said, Decide) and (said.seat, said.action) == (other.seat, other.action)
