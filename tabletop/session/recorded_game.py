"""A game whose every step is written to the journal before it takes effect; undo, redo and branches."""

from __future__ import annotations

import contextlib
import copy
import pathlib
import threading
from collections.abc import Sequence
from typing import Self

import attrs

from tabletop.engine.game import Game
from tabletop.engine.state import State
from tabletop.players import cast
from tabletop.scenario import Scenario
from tabletop.session.apply_command import CannotReplay, played, replayed
from tabletop.session.commands import BranchNamed, Command, Go, Hand, Said, StepSaid, body_of
from tabletop.session.copies import PATIENCE
from tabletop.session.errors import Fault, JournalError, NotKept
from tabletop.session.journal import Journal
from tabletop.session.journal_line import now
from tabletop.session.session_header import SessionHeader
from tabletop.session.session_writer import SessionWriter, standing_of
from tabletop.session.step_tree import Branch, Position, Step, StepTree


class CannotGo(ValueError):
    """A step or a branch that is not there to go to: `kind` says why, `places` of what; the message says it in plain
    English."""

    def __init__(self, message: str, kind: str = "", **places: object) -> None:
        super().__init__(message)
        self.kind, self.places = kind, places


class RecordedGame:
    """A game that stands at a step of its `course`: it is taken on step by step, back, and to other branches.

    With a journal, every command is on the disk before it has happened here: a command that cannot be kept raises
    NotKept and changes nothing, and it is for people to say whether they would rather `play_on_unkept`. `warning` says
    why the game is not kept, if it is not; `watching` that somebody else plays it, and this only looks on. Threads may
    share it. `language` is that in which the words of the scenario are; to change it changes nothing else.
    """

    language: str = ""

    def __init__(self, heading: SessionHeader, game: Game, keeping: SessionWriter) -> None:
        """The game at its start."""
        self.heading, self.keeping = heading, keeping
        seated = {seat.id: heading.players.get(seat.id, "") for seat in game.scenario.seats}
        self.course = StepTree()
        self.course.start.position = Position(game=game, state=game.start(heading.seed), players=seated)
        self.commands: list[Command] = []
        self.watching = False
        self.time_of, self.time_used = "", 0.0
        #: Whoever does more than one thing at once keeps other threads out with it.
        self.alone = threading.RLock()

    def told_in(self, language: str) -> Self:
        """The same game to be read in a language, beside this one: it goes on with it, and is not to be played."""
        other = copy.copy(self)
        other.language = language
        return other

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
        return step.told_in(self.language) or self._replayed_to(step)

    def _replayed_to(self, wanted: Step) -> Position:
        missing, step = [], wanted
        with self.alone:
            while step.position is None and step.before is not None:
                missing.append(step)
                step = step.before
            position = step.position
            assert position is not None
            for step in reversed(missing):
                assert step.command is not None
                try:
                    position = replayed(position, step.command.said, step.command.why)
                except CannotReplay as error:
                    raise CannotReplay(f"command {step.number} ({step.kind}) cannot be carried out: {error}") from error
                step.position = position
        return wanted.told_in(self.language) or position

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
    def states(self) -> list[State]:
        """Every state from the start to where the game stands."""
        return [self.position_at(step).state for step in self.course.at.line()]

    # Commands

    def step(self, said: Said, who: str, why: str = "", after: Step | None = None) -> Step:
        """Takes a step of any kind from where the game stands, and keeps it; or goes back and takes it `after` another
        step, both or neither. Raises what `apply_command.played` does, or NotKept."""
        if isinstance(said, Hand) and said.player:
            cast(self.game, {said.seat: said.player})
        with self.alone:
            position = played(self.position if after is None else self.position_at(after), said, why)
            going = [] if after is None else [self._going(after, self.course.branch_of(after), who, why)]
            command = self._command(said, who, why, position.state.fingerprint, len(going))
            if after is not None:
                command = attrs.evolve(command, parent=after.number)
            self._keep([*going, command], position.state)
            if after is not None:
                self.course.go(after, self.course.branch_of(after))
            return self._grown(command, position)

    def steps(self, said: Sequence[tuple[Said, str]], who: str) -> list[Step]:
        """Takes several steps one after the other, each with its reason; all or none. Raises what
        `apply_command.played` does, or NotKept."""
        return self.together([(one, who, why) for one, why in said])

    def together(self, said: Sequence[tuple[Said, str, str]]) -> list[Step]:
        """Takes steps and makes remarks one after the other, each with who and why; all or none, in one write.

        Raises what `apply_command.played` does, or NotKept.
        """
        with self.alone:
            position, parent = self.position, self.course.at.number
            commands: list[Command] = []
            positions: list[Position] = []
            for behind, (one, who, why) in enumerate(said):
                is_step = isinstance(one, StepSaid)
                position = played(position, one, why) if is_step else position
                command = self._command(one, who, why, position.state.fingerprint, behind)
                commands.append(attrs.evolve(command, parent=parent))
                positions.append(position)
                parent = command.number if is_step else parent
            self._keep(commands, position.state)
            return [self._grown(*taken) for taken in zip(commands, positions, strict=True) if taken[0].is_step]

    def _grown(self, command: Command, position: Position) -> Step:
        step = self.course.grow(command)
        step.position = position
        return step

    def remark(self, said: Said, who: str, why: str = "") -> Command:
        """Writes something down that leaves the game where it is. Raises NotKept."""
        return self.remarks([(said, why)], who)[0]

    def remarks(self, said: Sequence[tuple[Said, str]], who: str) -> list[Command]:
        """Writes several things down that leave the game where it is, each with its reason; all or none. Raises
        NotKept."""
        with self.alone:
            here = self.state.fingerprint
            commands = [self._command(one, who, why, here, behind) for behind, (one, why) in enumerate(said)]
            self._keep(commands, self.state)
            return commands

    def _command(self, said: Said, who: str, why: str, fingerprint: str, behind: int = 0) -> Command:
        """The next command; or the one `behind` so many that are not written yet."""
        return Command(
            number=len(self.commands) + 1 + behind,
            parent=self.course.at.number,
            kind=said.kind,
            who=who,
            at=now(),
            body=body_of(said),
            why=why,
            fingerprint=fingerprint,
        )

    def _keep(self, commands: Sequence[Command], state: State) -> None:
        if self.watching:
            raise NotKept("somebody else plays this session, and this only looks on", "", "looks-on")
        self.keeping.keep(commands, standing_of(state, commands[-1], self.time_of, self.time_used))
        self.commands.extend(commands)

    # SessionWriter

    @property
    def journal(self) -> Journal | None:
        """Where every command is written; None while nothing is kept."""
        return self.keeping.journal

    @property
    def warning(self) -> Fault:
        """Why the game is not kept, if it is not."""
        return self.keeping.warning

    def keep_time(self, of: str, used: float) -> None:
        """Keeps how many seconds a phase has taken; where that cannot be written, the next command will tell."""
        self.time_of, self.time_used = of, used
        if self.journal is not None and self.commands and not self.watching:
            with contextlib.suppress(JournalError):
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
            self.keeping.try_again(self.commands, self.state, self.time_of, self.time_used)

    def copy_to(self, folder: pathlib.Path) -> None:
        """Keeps a second copy in a folder from now on, as text; `copy_problem` says where that fails."""
        with self.alone:
            self.keeping.copy_to(folder, self.commands)

    @property
    def copy_problem(self) -> str:
        """What is wrong with the second copy, "" for nothing."""
        return "" if self.keeping.copy is None else self.keeping.copy.problem

    def copy_news(self) -> str:
        """What has become of the second copy since this was asked last, so that it is told once; "" for nothing."""
        return "" if self.keeping.copy is None else self.keeping.copy.news()

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
            raise CannotGo(f"there is no step {step}", "no-step", step=step)
        there = self.course.steps[step]
        self._go(there, self.course.branch_of(there), who, why)

    def switch(self, branch: str, who: str = "facilitator", why: str = "") -> None:
        """Goes to the end of a branch. Raises CannotGo or NotKept."""
        self._go(self.course.tips[self._known(branch)], branch, who, why)

    def _go(self, step: Step, branch: str, who: str, why: str, hindsight: bool = False) -> None:
        with self.alone:
            self._keep([self._going(step, branch, who, why, hindsight)], self.position_at(step).state)
            self.course.go(step, branch)

    def _going(self, step: Step, branch: str, who: str, why: str, hindsight: bool = False) -> Command:
        said = Go(step=step.number, branch=branch, hindsight=hindsight)
        return self._command(said, who, why, self.position_at(step).state.fingerprint)

    def begin_branch(self, name: str, who: str = "facilitator", why: str = "") -> None:
        """Begins a branch where the game stands, to be come back from with `switch`. Raises CannotGo or NotKept."""
        with self.alone:
            self.remark(BranchNamed(name=self._new(name), old=""), who, why)
            self.course.begin_branch(name)

    def rename_branch(self, old: str, new: str, who: str = "facilitator", why: str = "") -> None:
        """Gives a branch another name. Raises CannotGo or NotKept."""
        with self.alone:
            self.remark(BranchNamed(name=self._new(new), old=self._known(old)), who, why)
            self.course.rename(old, new)

    @property
    def branches(self) -> list[Branch]:
        """Every branch in the order of their beginnings."""
        return list(self.course.branches())

    def _known(self, branch: str) -> str:
        if branch not in self.course.tips:
            known = ", ".join(self.course.tips)
            raise CannotGo(f"there is no branch '{branch}' (there are {known})", "no-branch", name=branch, known=known)
        return branch

    def _new(self, branch: str) -> str:
        if branch in self.course.tips or not branch.strip() or len(branch) > 60:
            raise CannotGo(
                f"'{branch}' is taken or is no name: give another of up to 60 letters", "branch-name", name=branch
            )
        return branch

    # Replaying

    def follow(self, command: Command) -> None:
        """Takes in a command of the journal: this session is being opened, or watched. Raises CannotReplay."""
        course = self.course
        if command.number != len(self.commands) + 1 or command.parent != course.at.number:
            raise CannotReplay(f"command {command.number} does not follow from where the game stood")
        said = command.said
        if command.is_step:
            course.grow(command)
        elif isinstance(said, Go):
            step, branch = course.steps.get(said.step), said.branch
            if step is None or branch not in course.tips:
                raise CannotReplay(f"command {command.number} goes to a step that is not there")
            course.go(step, branch)
        elif isinstance(said, BranchNamed):
            name, old = said.name, said.old
            if name in course.tips or (old and old not in course.tips):
                raise CannotReplay(f"command {command.number} names a branch that is there, or renames one that is not")
            if old:
                course.rename(old, name)
            else:
                course.begin_branch(name)
        self.commands.append(command)
