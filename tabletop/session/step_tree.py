"""The tree of a session's steps: current position, undo and redo, named branches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from tabletop.engine.game import Game
from tabletop.engine.prospects import Prospects, prospects
from tabletop.engine.state import State
from tabletop.engine.views import View
from tabletop.session.commands import Command, Said

MAIN = "main"


@attrs.frozen(kw_only=True)
class Position:
    """Where a step leads: the rules, the state, and who plays each seat ("" for a person)."""

    game: Game
    state: State
    players: Mapping[str, str]

    def told_in(self, language: str) -> Position:
        """The same position with its words in a language."""
        game = self.game.told_in(language)
        return self if game is self.game else attrs.evolve(self, game=game, state=self.state.told_in(game.program))

    @property
    def humans(self) -> tuple[str, ...]:
        """The seats that people play, in the scenario's order."""
        return tuple(seat.id for seat in self.game.scenario.seats if not self.players[seat.id])

    @property
    def acting(self) -> tuple[str, ...]:
        """The seats that must act."""
        return self.state.acting

    @property
    def moment(self) -> tuple[int, str]:
        """The turn, counted over the whole game, and the phase that is being played."""
        return self.state.turn, self.state.phase

    def view(self, seat: str) -> View:
        """What a seat may know of it. Raises KeyError for an unknown seat."""
        return self.game.view(self.state, seat)

    def prospects(self, seat: str) -> Prospects:
        """What a seat may expect of its moves, and why other moves are refused."""
        return prospects(self.game, self.state, self.view(seat))


@attrs.define(eq=False)
class Step:
    """One step of the game. `before` is the step that it was taken from; None for the start, whose number is 0."""

    number: int
    before: Step | None
    command: Command | None
    position: Position | None = None
    after: list[Step] = attrs.field(factory=list)
    #: Where a redo leads: the step after this one that was taken or gone to last.
    onward: Step | None = None
    _told: dict[str, tuple[Position, Position]] = attrs.field(factory=dict, init=False, repr=False)

    def told_in(self, language: str) -> Position | None:
        """Its position with its words in a language ("" for as they are); the same object every time."""
        position = self.position
        if position is None or not language:
            return position
        of, told = self._told.get(language, (None, None))
        if told is None or of is not position:
            told = position.told_in(language)
            self._told = {**self._told, language: (position, told)}
        return told

    @property
    def kind(self) -> str:
        """What kind of command it was; "start" for the start."""
        return "start" if self.command is None else self.command.kind

    @property
    def said(self) -> Said | None:
        """What the command says; None for the start."""
        return None if self.command is None else self.command.said

    @property
    def body(self) -> Mapping[str, Any]:
        """The same as plain data."""
        return {} if self.command is None else self.command.body

    def line(self) -> list[Step]:
        """The steps from the start to this one."""
        found = [self]
        while found[-1].before is not None:
            found.append(found[-1].before)
        return found[::-1]


@attrs.frozen(kw_only=True)
class Branch:
    """A line of play with a name: its last step, the step at which it left another, and how many it has had since."""

    name: str
    tip: int
    origin: int
    parent: str
    steps: int
    current: bool


class StepTree:
    """The tree of steps. It grows and is never pruned: what was undone can be gone back to."""

    def __init__(self) -> None:
        self.start = Step(0, None, None)
        self.steps: dict[int, Step] = {0: self.start}
        self.at = self.start
        self.tips: dict[str, Step] = {MAIN: self.start}
        self.origins: dict[str, tuple[Step, str]] = {MAIN: (self.start, "")}
        self.branch = MAIN

    def grow(self, command: Command) -> Step:
        """A step that was taken from where the game stands, which stands there then.

        From the end of a branch it makes this longer; from anywhere else it begins another.
        """
        step = Step(command.number, self.at, command)
        self.steps[step.number] = step
        if self.tips[self.branch] is not self.at:
            self.begin_branch(self._free_name())
        self.at.after.append(step)
        self.at.onward = self.at = self.tips[self.branch] = step
        return step

    def _free_name(self) -> str:
        number = len(self.tips) + 1
        while f"branch {number}" in self.tips:
            number += 1
        return f"branch {number}"

    def begin_branch(self, name: str) -> None:
        """A branch begins where the game stands."""
        self.origins[name] = self.at, self.branch
        self.tips[name] = self.at
        self.branch = name

    def rename(self, old: str, new: str) -> None:
        """A branch gets another name."""
        self.tips = {new if name == old else name: tip for name, tip in self.tips.items()}
        self.origins = {
            new if name == old else name: (step, new if parent == old else parent)
            for name, (step, parent) in self.origins.items()
        }
        if self.branch == old:
            self.branch = new

    def go(self, step: Step, branch: str) -> None:
        """The game stands at a step of a branch."""
        self.branch, self.at = branch, step
        while step.before is not None:
            step.before.onward, step = step, step.before

    def holds(self, branch: str, step: Step) -> bool:
        """Whether a step is on the line of a branch."""
        return any(one is step for one in self.tips[branch].line())

    def branch_of(self, step: Step) -> str:
        """The branch that a step is on: the present one where it is, or else the first."""
        if self.holds(self.branch, step):
            return self.branch
        return next(name for name in self.tips if self.holds(name, step))

    def branches(self) -> Iterator[Branch]:
        """Every branch in the order of their beginnings."""
        for name, tip in self.tips.items():
            origin, parent = self.origins[name]
            line = tip.line()
            yield Branch(
                name=name,
                tip=tip.number,
                origin=origin.number,
                parent=parent,
                steps=len(line) - len(origin.line()),
                current=name == self.branch,
            )
