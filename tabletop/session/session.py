"""Session: one game being played, from its first decision to the verdict: bots, undo and branches, all of it kept."""

from __future__ import annotations

import contextlib
import pathlib
from collections.abc import Generator, Mapping, Sequence
from typing import Any

import attrs

from tabletop.engine.game import Game, IllegalAction
from tabletop.engine.program import Action
from tabletop.engine.state import State
from tabletop.engine.views import View
from tabletop.players import PlayerFailed, cast, decide
from tabletop.players.casting import Caster, named_players
from tabletop.scenario import Scenario
from tabletop.session import carried, taking_back
from tabletop.session.commands import Command, now
from tabletop.session.course import Branch, Course, Position, Step
from tabletop.session.holding import Hold
from tabletop.session.journal import Heading, Journal, JournalError, NotKept, Standing, new_id
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
        self.heading = Heading(
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
        self.warning = ""
        self.journal = journal
        self._pack: bytes | None = None
        if journal is not None:
            self._pack_up()
        self.course = Course()
        self.course.start.position = Position(game=game, state=game.start(seed), players=seated)
        self.commands: list[Command] = []
        self.watching = False
        self.time_of, self.time_used = "", 0.0
        self._place: pathlib.Path | None = None
        self.hold: Hold | None = None
        self._views: dict[str, tuple[State, View]] = {}
        self._casters: dict[tuple[int, str, str], Caster] = {}

    @classmethod
    def kept(cls, heading: Heading, standing: Standing, scenario: Scenario, journal: Journal) -> Session:
        """A session that is in the journal already, at its start; `follow` takes it on from there."""
        session = cls(
            scenario,
            seed=heading.seed,
            assumptions=heading.assumptions,
            humans=heading.humans,
            players=heading.players,
        )
        session.heading, session.journal, session._place = heading, journal, journal.path
        session.time_of, session.time_used = standing.time_of, standing.time_used
        return session

    def _pack_up(self) -> None:
        try:
            self._pack = carried.packed(self.heading.pack, self.heading.digest)
        except carried.NotCarried as error:
            self.play_on_unkept(str(error))

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
        missing = []
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
        if self.paused:
            raise IllegalAction(seat, str(action), "the facilitator has paused the game", ())
        move = self.game.legal_move(self.state, seat, action)
        body = {"seat": seat, "action": str(self.game.program.actions[move]), "by": by}
        again = next((s for s in self.course.at.after if s.kind == "decide" and _same(s.body, body)), None)
        if again is not None:
            # What was undone and is decided again is no new branch.
            self._go(again, self.course.branch_of(again), who, why)
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
            acting = self.state.acting if ahead else self.state.acting[:1]
            seat = next((seat for seat in acting if self.position.players[seat]), None)
            if seat is None:
                return
            yield self._bot_decides(seat)

    def _bot_decides(self, seat: str) -> Decided:
        action = self.bot_choice(seat)
        return Decided(seat, str(action), self.bot_decides(action, seat))

    def bot_choice(self, seat: str = "") -> Action:
        """What a bot that may act would do, by default the one that must act first. It changes nothing, so that it may
        be worked out in a thread of its own.

        Raises PlayerFailed for a bot that breaks down.
        """
        position = self.position
        seat = seat or position.state.acting[0]
        name = position.players[seat]
        try:
            return decide(self._caster(seat, name), position.game, position.state, seat)
        except PlayerFailed:
            raise
        except Exception as error:  # a player may be anybody's code
            raise PlayerFailed(f"the player '{name}' of {seat} failed: {error}") from error

    def bot_decides(self, action: Action, seat: str = "") -> State:
        """Makes the decision of a bot that may act, by default the one that must act first.

        Raises PlayerFailed for one that is not legal, and NotKept.
        """
        seat = seat or self.state.acting[0]
        name = self.position.players[seat]
        try:
            return self._decide(seat, action, name, "", name)
        except IllegalAction as error:
            raise PlayerFailed(f"the player '{name}' of {seat} failed: {error}") from error

    def _caster(self, seat: str, name: str) -> Caster:
        key = (id(self.game.program), seat, name)
        if key not in self._casters:
            self._casters[key] = cast(self.game, {seat: name})[seat]
        return self._casters[key]

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
        position = played(self.position, kind, body, why)
        command = self._command(kind, body, who, why, position.state)
        self._keep(command, position.state)
        step = self.course.grow(command)
        step.position = position
        return step

    def remark(self, kind: str, body: Mapping[str, Any], who: str, why: str = "") -> Command:
        """Writes something down that leaves the game where it is. Raises NotKept."""
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
        if self.journal is not None:
            self.begin_keeping()
            standing = Standing(
                turn=state.turn,
                finished=state.finished,
                outcome=state.outcome,
                commands=command.number,
                updated=command.at,
                time_of=self.time_of,
                time_used=self.time_used,
            )
            self.journal.append(self.id, command, standing)
        self.commands.append(command)

    def keep_time(self, of: str, used: float) -> None:
        """Keeps how many seconds a phase has taken; where that cannot be written, the next command will tell."""
        self.time_of, self.time_used = of, used
        if self.journal is not None and self.commands and not self.watching:
            with contextlib.suppress(NotKept):
                self.journal.keep_time(self.id, of, used)

    def begin_keeping(self) -> None:
        """Writes the beginning of the session, if it is not in its journal yet: the first command does so too.

        Raises SessionBusy or NotKept.
        """
        if self.journal is None or self.watching:
            return
        if self.hold is None:
            self.hold = Hold(self.journal.path, self.id)
        if self._pack is not None:
            self.journal.begin(self.heading, self._pack)
            self._pack = None
            self._place = self.journal.path

    def check_keeping(self) -> None:
        """Finds out before the first decision whether the game can be kept: where it cannot, it goes on unkept."""
        if self.journal is not None:
            try:
                self.journal.check()
            except JournalError as error:
                self.play_on_unkept(str(error))

    def play_on_unkept(self, why: str) -> None:
        """From now on nothing is kept; what has been kept stays as it is."""
        self.warning = why
        self.journal = None

    @property
    def is_kept(self) -> bool:
        """Whether what is done is written to a journal."""
        return self.journal is not None

    @property
    def was_kept(self) -> pathlib.Path | None:
        """The file in which the game is, as far as it was kept; None if nothing of it was."""
        return self._place

    def close(self) -> None:
        """Lets others open it."""
        if self.hold is not None:
            self.hold.release()
            self.hold = None
        if self.journal is not None:
            self.journal.close()

    # Undoing and branches

    def back(self, steps: int = 1, who: str = "facilitator", why: str = "") -> int:
        """Undoes so many steps; how many there were to be undone. Raises NotKept."""
        step, gone = self.course.at, 0
        while gone < steps and step.before is not None:
            step, gone = step.before, gone + 1
        if gone:
            self._go(step, self.course.branch, who, why)
        return gone

    def forward(self, steps: int = 1, who: str = "facilitator", why: str = "") -> int:
        """Redoes so many steps that were undone; how many there were. Raises NotKept."""
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
        command = self._command("go", body, who, why, self.position_at(step).state)
        self._keep(command, self.position_at(step).state)
        self.course.go(step, branch)

    def begin_branch(self, name: str, who: str = "facilitator", why: str = "") -> None:
        """Begins a branch where the game stands, to be come back from with `switch`. Raises CannotGo or NotKept."""
        self.remark("branch", {"name": self._new(name), "from": ""}, who, why)
        self.course.begin_branch(name)

    def rename_branch(self, old: str, new: str, who: str = "facilitator", why: str = "") -> None:
        """Gives a branch another name. Raises CannotGo or NotKept."""
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
        if self.undo_refused:
            return False
        step = taking_back.last_of_a_person(self)
        assert step is not None
        assert step.before is not None
        self._go(step.before, self.course.branch, step.body["seat"], "", hindsight=self.undo_has_hindsight)
        return True

    @property
    def redo_refused(self) -> str:
        """Why nothing that a person has taken back can be done again now, or "" if something can."""
        return taking_back.redo_refused(self)

    @property
    def can_redo(self) -> bool:
        """Whether the person to act has just taken something back, to be decided again as it was."""
        return not self.redo_refused

    def redo(self) -> bool:
        """Goes back to where the game stood before the last `undo`; False if something else was done since.

        Raises NotKept.
        """
        there = taking_back.taken_back(self)
        if there is None or self.redo_refused:
            return False
        self._go(there, self.course.branch_of(there), self.to_act or "", "")
        return True

    @property
    def hindsight(self) -> int:
        """How many decisions were taken back once something was known of what followed."""
        return sum(1 for command in self.commands if command.body.get("hindsight"))

    # Replaying

    def follow(self, command: Command) -> None:
        """Takes in a command of the journal: this session is being opened, or watched. Raises CannotReplay."""
        course = self.course
        if command.parent != course.at.number:
            raise CannotReplay(f"command {command.number} does not follow from where the game stood")
        if command.is_step:
            course.grow(command)
        elif command.kind == "go":
            step = course.steps.get(command.body["step"])
            if step is None or command.body["branch"] not in course.tips:
                raise CannotReplay(f"command {command.number} goes to a step that is not there")
            course.go(step, command.body["branch"])
        elif command.kind == "branch":
            if command.body["from"]:
                course.rename(command.body["from"], command.body["name"])
            else:
                course.begin_branch(command.body["name"])
        self.commands.append(command)


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(one[key] == other[key] for key in ("seat", "action"))
