"""Session: one game being played, from its first decision to the verdict: bots, undo and branches, all of it kept."""

from __future__ import annotations

import contextlib
import pathlib
import threading
from collections.abc import Generator, Mapping, Sequence
from typing import Any

import attrs

from tabletop.engine.game import Game, IllegalAction
from tabletop.engine.program import Action
from tabletop.engine.state import State
from tabletop.engine.views import View
from tabletop.players import PlayerFailed, cast
from tabletop.players.casting import named_players
from tabletop.scenario import Scenario
from tabletop.session import carried, taking_back
from tabletop.session.bots import Bots
from tabletop.session.commands import Command, now
from tabletop.session.copies import PATIENCE
from tabletop.session.course import Branch, Course, Position, Step
from tabletop.session.errors import NotKept
from tabletop.session.heading import Heading, Standing, new_id
from tabletop.session.journal import Journal
from tabletop.session.keeping import Keeping, standing_of
from tabletop.session.playing import CannotReplay, played, replayed


@attrs.frozen
class Decided:
    """One decision that was made, and the state that it led to."""

    seat: str
    action: str
    state: State


class CannotGo(ValueError):
    """A step or a branch that is not there to go to; in words for whoever wanted to."""


class Session:
    """One game being played.

    It stands at a step of its `course`. With a journal, every command is on the disk before it has happened here: a
    command that cannot be kept raises NotKept and changes nothing, and it is for people to say whether they would
    rather `play_on_unkept`. `warning` says why the game is not kept, if it is not; `watching` that somebody else plays
    it, and this only looks on.
    """

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
        """Raises UnknownAssumption, or UnknownPlayer for a seat or a player that there is none of.

        `pack` is what `tabletop.load` was given, so that what changes in it later can be told.
        """
        game = Game(scenario, assumptions)
        chosen = dict(players or {})
        cast(game, {**dict.fromkeys(humans, "random"), **chosen})
        seated = {seat: "" if seat in humans else name for seat, name in named_players(scenario, chosen).items()}
        heading = Heading(
            id=id or new_id(scenario.id),
            scenario=scenario.id,
            title=scenario.title,
            version=scenario.version,
            digest=scenario.digest,
            pack=scenario.id if pack is None else carried.pack_to_keep(pack),
            seed=seed,
            assumptions=dict(game.assumptions),
            humans=tuple(humans),
            players={seat: name for seat, name in seated.items() if name},
            started=started or now(),
        )
        self._begin(heading, game, Keeping(heading, journal))

    def _begin(self, heading: Heading, game: Game, keeping: Keeping, time_of: str = "", time_used: float = 0.0) -> None:
        self.heading, self.keeping = heading, keeping
        seated = {seat.id: heading.players.get(seat.id, "") for seat in game.scenario.seats}
        self.course = Course()
        self.course.start.position = Position(game=game, state=game.start(heading.seed), players=seated)
        self.commands: list[Command] = []
        self.watching = False
        self.time_of, self.time_used = time_of, time_used
        #: Whoever does more than one thing at once keeps other threads out with it.
        self.alone = threading.RLock()
        self._views: dict[str, tuple[State, View]] = {}
        self._bots = Bots(self)

    @classmethod
    def opened(cls, heading: Heading, standing: Standing, scenario: Scenario, keeping: Keeping) -> Session:
        """A session that was kept, at its start; `follow` takes it on from there. No player's code is run for it.

        Raises UnknownAssumption.
        """
        session = cls.__new__(cls)
        game = Game(scenario, heading.assumptions)
        session._begin(heading, game, keeping, standing.time_of, standing.time_used)
        return session

    # Where it stands

    @property
    def id(self) -> str:
        """The session's name in the journal."""
        return self.heading.id

    @property
    def position(self) -> Position:
        """Where the game stands."""
        return self.position_at(self.course.at)

    def position_at(self, step: Step) -> Position:
        """Where a step leads. Raises CannotReplay where the journal has a step that cannot be taken."""
        return step.position or self._replayed_to(step)

    def _replayed_to(self, step: Step) -> Position:
        missing = []
        with self.alone:
            while step.position is None and step.before is not None:
                missing.append(step)
                step = step.before
            position = step.position
            assert position is not None
            for step in reversed(missing):
                assert step.command is not None
                try:
                    position = replayed(position, step.kind, step.body, step.command.why)
                except CannotReplay as error:
                    raise CannotReplay(f"command {step.number} ({step.kind}) cannot be carried out: {error}") from error
                step.position = position
        return position

    @property
    def game(self) -> Game:
        """The rules, with the cards that a facilitator has added."""
        return self.position.game

    @property
    def scenario(self) -> Scenario:
        """The scenario, with the cards that a facilitator has added."""
        return self.game.scenario

    @property
    def state(self) -> State:
        """The state of the game."""
        return self.position.state

    @property
    def seed(self) -> int:
        """What chance falls by."""
        return self.heading.seed

    @property
    def assumptions(self) -> dict[str, int | bool]:
        """The assumptions that the game is played under, all of them."""
        return self.game.assumptions

    @property
    def humans(self) -> tuple[str, ...]:
        """The seats that people play now, in the order in which they were named at the start."""
        now_human = self.position.humans
        first = [seat for seat in self.heading.humans if seat in now_human]
        return (*first, *(seat for seat in now_human if seat not in first))

    @property
    def players(self) -> dict[str, str]:
        """The bots of the other seats."""
        return {seat: name for seat, name in self.position.players.items() if name}

    def view(self, seat: str) -> View:
        """What a seat may know of the game now."""
        state, view = self._views.get(seat, (None, None))
        if view is None or state is not self.state:
            view = self.game.view(self.state, seat)
            self._views[seat] = self.state, view
        return view

    @property
    def states(self) -> list[State]:
        """Every state from the start to where the game stands."""
        return [self.position_at(step).state for step in self.course.at.line()]

    @property
    def decisions(self) -> list[tuple[str, str]]:
        """What was decided from the start to where the game stands, as (seat, action)."""
        line = self.course.at.line()
        return [(step.body["seat"], step.body["action"]) for step in line if step.kind in ("decide", "overrule")]

    # Deciding

    def decide(self, seat: str, action: Action | str, who: str = "", why: str = "") -> State:
        """Makes a decision for a seat, and keeps it. Raises IllegalAction or NotKept, and then nothing has changed.

        `who` decided, if not the seat itself; `why` is a reason that somebody gave.
        """
        return self._decide(seat, action, who or seat, why, "")

    def _decide(self, seat: str, action: Action | str, who: str, why: str, by: str) -> State:
        with self.alone:
            if self.paused:
                raise IllegalAction(seat, str(action), "the facilitator has paused the game", ())
            move = self.game.legal_move(self.state, seat, action)
            body = {"seat": seat, "action": str(self.game.program.actions[move]), "by": by}
            again = next((s for s in self.course.at.after if s.kind == "decide" and _same(s.body, body)), None)
            if again is not None and self.course.holds(self.course.branch, again):
                # What was undone and is decided again is no new branch. On a branch of its own it is decided anew.
                self._go(again, self.course.branch, who, why)
            else:
                self.step("decide", body, who, why)
            return self.state

    @property
    def to_act(self) -> str | None:
        """The person's seat that must act now; None while it is for a bot to act, and when the game is over."""
        acting = self.state.acting
        return acting[0] if acting and acting[0] in self.position.humans else None

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
                decided = Decided(seat, str(action), self._bot_decides(seat, action))
            yield decided

    def bot_choice(self) -> Action:
        """What the bot that must act would do. It changes nothing, so that it may be worked out in a thread of its own.

        Whoever makes it happen later with `bot_decides` sees to it that the game still stands there. Raises
        PlayerFailed for a bot that breaks down.
        """
        position = self.position
        return self._bots.choice(position, position.state.acting[0])

    def bot_decides(self, action: Action) -> State:
        """Makes the decision of the bot that must act. Raises PlayerFailed for one that is not legal, and NotKept."""
        return self._bot_decides(self.state.acting[0], action)

    def _bot_decides(self, seat: str, action: Action) -> State:
        name = self.position.players[seat]
        try:
            return self._decide(seat, action, name, "", name)
        except IllegalAction as error:
            raise PlayerFailed(f"the player '{name}' of {seat} failed: {error}") from error

    @property
    def paused(self) -> bool:
        """Whether a facilitator has stopped the game for a while."""
        last = next((one.kind for one in reversed(self.commands) if one.kind in ("pause", "continue")), "")
        return last == "pause"

    # Commands

    def step(self, kind: str, body: Mapping[str, Any], who: str, why: str = "") -> Step:
        """Takes a step of any kind, and keeps it. Raises what `playing.played` does, or NotKept."""
        if kind == "hand" and body["player"]:
            cast(self.game, {body["seat"]: body["player"]})
        with self.alone:
            position = played(self.position, kind, body, why)
            command = self._command(kind, body, who, why, position.state)
            self._keep(command, position.state)
            step = self.course.grow(command)
            step.position = position
            return step

    def remark(self, kind: str, body: Mapping[str, Any], who: str, why: str = "") -> Command:
        """Writes something down that leaves the game where it is. Raises NotKept."""
        with self.alone:
            command = self._command(kind, body, who, why, self.state)
            self._keep(command, self.state)
            return command

    def _command(self, kind: str, body: Mapping[str, Any], who: str, why: str, state: State) -> Command:
        return Command(
            number=len(self.commands) + 1,
            parent=self.course.at.number,
            kind=kind,
            who=who,
            at=now(),
            body=dict(body),
            why=why,
            fingerprint=state.fingerprint,
        )

    def _keep(self, command: Command, state: State) -> None:
        if self.watching:
            raise NotKept("somebody else plays this session, and this only looks on")
        self.keeping.keep(command, standing_of(state, command, self.time_of, self.time_used))
        self.commands.append(command)

    # Keeping

    @property
    def journal(self) -> Journal | None:
        """Where every command is written; None while nothing is kept."""
        return self.keeping.journal

    @property
    def warning(self) -> str:
        """Why the game is not kept, if it is not."""
        return self.keeping.warning

    def keep_time(self, of: str, used: float) -> None:
        """Keeps how many seconds a phase has taken; where that cannot be written, the next command will tell."""
        self.time_of, self.time_used = of, used
        if self.journal is not None and self.commands and not self.watching:
            with contextlib.suppress(NotKept):
                self.journal.keep_time(self.id, of, used)

    def begin_keeping(self) -> None:
        """Writes the beginning of the session, if it is not in its journal yet: the first command does so too.

        What was played unkept is kept as well, if that can be done by now. Raises SessionBusy or NotKept.
        """
        if not self.watching:
            self.keeping.begin()
            if self.commands and self.journal is None:
                self.keep_again()

    def check_keeping(self) -> None:
        """Finds out before the first decision whether the game can be kept: where it cannot, it goes on unkept."""
        if not self.watching:
            self.keeping.check()

    def play_on_unkept(self, why: str) -> None:
        """From now on nothing is kept; what has been kept stays as it is."""
        self.keeping.give_up(why)

    def keep_again(self) -> None:
        """Keeps what was played unkept, and what follows: there is room by now. Raises SessionBusy or NotKept."""
        with self.alone:
            standing = standing_of(self.state, self.commands[-1], self.time_of, self.time_used)
            self.keeping.try_again(self.commands, standing)

    def copy_to(self, folder: pathlib.Path) -> None:
        """Keeps a second copy in a folder from now on, as text; `copy_problem` says where that fails."""
        with self.alone:
            self.keeping.copy_to(folder, self.commands)

    @property
    def copy_problem(self) -> str:
        """What is wrong with the second copy, "" for nothing."""
        return "" if self.keeping.copy is None else self.keeping.copy.problem

    def await_copy(self, seconds: float = PATIENCE) -> str:
        """Waits until the second copy is complete, but no longer; what is wrong with it then, "" for nothing."""
        return "" if self.keeping.copy is None else self.keeping.copy.wait(seconds)

    @property
    def is_kept(self) -> bool:
        """Whether what is done is written to a journal."""
        return self.journal is not None

    @property
    def was_kept(self) -> pathlib.Path | None:
        """The file in which the game is, as far as it was kept; None if nothing of it was."""
        return self.keeping.place

    def close(self) -> None:
        """Lets others open it."""
        self.keeping.close()

    # Undoing and branches

    def back(self, steps: int = 1, who: str = "facilitator", why: str = "") -> int:
        """Undoes so many steps; how many there were to be undone. Raises NotKept."""
        with self.alone:
            step, gone = self.course.at, 0
            while gone < steps and step.before is not None:
                step, gone = step.before, gone + 1
            if gone:
                self._go(step, self.course.branch, who, why)
            return gone

    def forward(self, steps: int = 1, who: str = "facilitator", why: str = "") -> int:
        """Redoes so many steps that were undone; how many there were. Raises NotKept."""
        with self.alone:
            step, gone = self.course.at, 0
            while gone < steps and step.onward is not None:
                step, gone = step.onward, gone + 1
            if gone:
                self._go(step, self.course.branch_of(step), who, why)
            return gone

    def go(self, step: int, who: str = "facilitator", why: str = "") -> None:
        """Goes to any step by its number, 0 for the start. Raises CannotGo or NotKept."""
        if step not in self.course.steps:
            raise CannotGo(f"there is no step {step}")
        there = self.course.steps[step]
        self._go(there, self.course.branch_of(there), who, why)

    def switch(self, branch: str, who: str = "facilitator", why: str = "") -> None:
        """Goes to the end of a branch. Raises CannotGo or NotKept."""
        self._go(self.course.tips[self._known(branch)], branch, who, why)

    def _go(self, step: Step, branch: str, who: str, why: str, hindsight: bool = False) -> None:
        body = {"step": step.number, "branch": branch} | ({"hindsight": True} if hindsight else {})
        state = self.position_at(step).state
        with self.alone:
            self._keep(self._command("go", body, who, why, state), state)
            self.course.go(step, branch)

    def begin_branch(self, name: str, who: str = "facilitator", why: str = "") -> None:
        """Begins a branch where the game stands, to be come back from with `switch`. Raises CannotGo or NotKept."""
        with self.alone:
            self.remark("branch", {"name": self._new(name), "from": ""}, who, why)
            self.course.begin_branch(name)

    def rename_branch(self, old: str, new: str, who: str = "facilitator", why: str = "") -> None:
        """Gives a branch another name. Raises CannotGo or NotKept."""
        with self.alone:
            self.remark("branch", {"name": self._new(new), "from": self._known(old)}, who, why)
            self.course.rename(old, new)

    @property
    def branches(self) -> list[Branch]:
        """Every branch in the order of their beginnings."""
        return list(self.course.branches())

    def _known(self, branch: str) -> str:
        if branch not in self.course.tips:
            raise CannotGo(f"there is no branch '{branch}' (there are {', '.join(self.course.tips)})")
        return branch

    def _new(self, branch: str) -> str:
        if branch in self.course.tips or not branch.strip() or len(branch) > 60:
            raise CannotGo(f"'{branch}' is taken or is no name: give another of up to 60 letters")
        return branch

    # Taking back, by the person who decided

    @property
    def can_undo(self) -> bool:
        """Whether the person to act has decided something in this turn, with nobody else since, to be taken back."""
        return not self.undo_refused

    @property
    def undo_refused(self) -> str:
        """Why nothing can be taken back, or "" if something can."""
        return taking_back.refused(self)

    @property
    def undo_has_hindsight(self) -> bool:
        """Whether an undo now would take back a decision of which something that followed is known."""
        return taking_back.has_hindsight(self)

    def undo(self) -> bool:
        """Takes back the last decision of the person to act, and all that followed; False if there is none.

        One that has been taken back with hindsight counts in `hindsight`. Raises NotKept.
        """
        with self.alone:
            step = None if self.undo_refused else taking_back.last_of_a_person(self)
            if step is None or step.before is None:
                return False
            self._go(step.before, self.course.branch, step.body["seat"], "", hindsight=self.undo_has_hindsight)
            return True

    @property
    def can_redo(self) -> bool:
        """Whether the person to act has just taken something back, to be decided again as it was."""
        return not self.paused and taking_back.taken_back(self) is not None

    def redo(self) -> bool:
        """Goes back to where the game stood before the last `undo`; False if something else was done since.

        Raises NotKept.
        """
        with self.alone:
            there = taking_back.taken_back(self)
            if there is None or self.paused or self.to_act is None:
                return False
            self._go(there, self.course.branch_of(there), self.to_act, "")
            return True

    @property
    def hindsight(self) -> int:
        """How many decisions were taken back once something was known of what followed."""
        return sum(1 for command in self.commands if command.body.get("hindsight"))

    # Replaying

    def follow(self, command: Command) -> None:
        """Takes in a command of the journal: this session is being opened, or watched. Raises CannotReplay."""
        course = self.course
        if command.number != len(self.commands) + 1 or command.parent != course.at.number:
            raise CannotReplay(f"command {command.number} does not follow from where the game stood")
        if command.is_step:
            course.grow(command)
        elif command.kind == "go":
            step, branch = course.steps.get(command.body["step"]), command.body["branch"]
            if step is None or branch not in course.tips:
                raise CannotReplay(f"command {command.number} goes to a step that is not there")
            course.go(step, branch)
        elif command.kind == "branch":
            name, old = command.body["name"], command.body["from"]
            if name in course.tips or (old and old not in course.tips):
                raise CannotReplay(f"command {command.number} names a branch that is there, or renames one that is not")
            if old:
                course.rename(old, name)
            else:
                course.begin_branch(name)
        self.commands.append(command)


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(one[key] == other[key] for key in ("seat", "action"))
