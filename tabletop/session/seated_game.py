"""A recorded game with its seats: who plays them, whose turn it is, what each may know, and whether it is paused."""

from __future__ import annotations

from tabletop.engine.game import Game
from tabletop.engine.state import State
from tabletop.engine.views import View
from tabletop.session.commands import Decide, Overrule
from tabletop.session.recorded_game import RecordedGame
from tabletop.session.session_header import SessionHeader
from tabletop.session.session_writer import SessionWriter


class SeatedGame(RecordedGame):
    """A recorded game as its seats see it."""

    def __init__(self, heading: SessionHeader, game: Game, keeping: SessionWriter) -> None:
        """The game at its start."""
        super().__init__(heading, game, keeping)
        self._views: dict[str, tuple[State, View]] = {}
        # How many commands were read for `paused`, and what they came to: it is asked many times a second.
        self._paused = 0, False

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

    @property
    def to_act(self) -> str | None:
        """The person's seat that must act now; None while it is for a bot to act, and when the game is over."""
        acting = self.state.acting
        return acting[0] if acting and acting[0] in self.position.humans else None

    @property
    def paused(self) -> bool:
        """Whether a facilitator has stopped the game for a while."""
        read, is_paused = self._paused
        new = self.commands[read:]
        for command in new:
            if command.kind in ("pause", "continue"):
                is_paused = command.kind == "pause"
        if new:
            self._paused = read + len(new), is_paused
        return is_paused

    def view(self, seat: str) -> View:
        """What a seat may know of the game now."""
        state, view = self._views.get(seat, (None, None))
        if view is None or state is not self.state:
            view = self.game.view(self.state, seat)
            self._views = {**self._views, seat: (self.state, view)}
        return view

    @property
    def decisions(self) -> list[tuple[str, str]]:
        """What was decided from the start to where the game stands, as (seat, action)."""
        line = self.course.at.line()
        said = [step.said for step in line]
        return [(one.seat, one.action) for one in said if isinstance(one, Decide | Overrule)]
