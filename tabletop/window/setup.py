"""Setup: what has been chosen for a new game, until it begins."""

from __future__ import annotations

import attrs

from tabletop.players.player_factory import default_players
from tabletop.players.search import STRENGTHS
from tabletop.scenario import Scenario
from tabletop.session import Journal, Session
from tabletop.session.seeds import fresh_seed

#: The strengths of the others that can be chosen at once: "habit" leaves every seat to its doctrine.
HABIT, MIXED = "habit", "mixed"
DIFFICULTIES = (HABIT, *STRENGTHS)
MOST_SEED = 999_999_999


@attrs.frozen
class Setup:
    """A game about to begin. `humans` are the seats of people, `players` the bots that were named for other seats.

    `seed` is None while chance is to be a surprise; `pack` is what `tabletop.load` was given.
    """

    scenario: Scenario
    pack: str
    humans: tuple[str, ...]
    players: dict[str, str] = attrs.field(factory=dict)
    assumptions: dict[str, int | bool] = attrs.field(factory=dict)
    seed: int | None = None

    @classmethod
    def first(cls, scenario: Scenario, pack: str | None = None) -> Setup:
        """The setup for whoever just wants to begin."""
        return cls(scenario, pack or scenario.id, (scenario.player,))

    # Seats

    @property
    def others(self) -> list[str]:
        """The seats that are left to the program, in the scenario's order."""
        return [seat.id for seat in self.scenario.seats if seat.id not in self.humans]

    def alone(self, seat: str) -> Setup:
        """One person plays, and from that seat."""
        return attrs.evolve(self, humans=(seat,))

    def turned(self, seat: str) -> Setup:
        """A seat is given to a person, or taken back; the last one stays."""
        taken = {*self.humans} ^ {seat}
        order = tuple(one.id for one in self.scenario.seats if one.id in taken)
        return attrs.evolve(self, humans=order or self.humans)

    # The others

    def player(self, seat: str) -> str:
        """The name of the bot that would play a seat."""
        return self.players.get(seat) or default_players(self.scenario)[seat]

    @property
    def difficulty(self) -> str:
        """The strength that all the others have, or MIXED."""
        named = {self.player(seat) for seat in self.others}
        for strength in STRENGTHS:
            if named == {f"search:{strength}"}:
                return strength
        usual = default_players(self.scenario)
        return HABIT if all(self.player(seat) == usual[seat] for seat in self.others) else MIXED

    def at(self, difficulty: str) -> Setup:
        """Every other seat plays as well as that."""
        if difficulty == HABIT:
            return attrs.evolve(self, players={})
        return attrs.evolve(self, players={seat.id: f"search:{difficulty}" for seat in self.scenario.seats})

    def played_by(self, seat: str, player: str) -> Setup:
        """A seat is played by that bot."""
        return attrs.evolve(self, players={**self.players, seat: player})

    # Assumptions

    def assumed(self, name: str) -> int | bool:
        """What is assumed."""
        return self.assumptions.get(name, next(one.value for one in self.scenario.assumptions if one.id == name))

    def assuming(self, name: str, value: int | bool) -> Setup:
        """Something else is assumed."""
        return self._assuming({**self.assumptions, name: value})

    def believing(self, worldview: str) -> Setup:
        """Everything is assumed that belongs to a worldview."""
        return self._assuming(dict(next(one.values for one in self.scenario.worldviews if one.id == worldview)))

    def _assuming(self, values: dict[str, int | bool]) -> Setup:
        usual = {one.id: one.value for one in self.scenario.assumptions}
        return attrs.evolve(self, assumptions={name: value for name, value in values.items() if value != usual[name]})

    @property
    def worldview(self) -> str:
        """The worldview in which exactly this is assumed, or ""."""
        for one in self.scenario.worldviews:
            if self.believing(one.id).assumptions == self.assumptions:
                return one.id
        return ""

    # The game

    def begin(self, journal: Journal) -> Session:
        """The session, with everything as it was chosen. What cannot be kept says so in its `warning`."""
        session = Session(
            self.scenario,
            seed=fresh_seed() if self.seed is None else self.seed,
            pack=self.pack,
            assumptions=self.assumptions,
            humans=self.humans,
            players={seat: name for seat, name in self.players.items() if seat in self.others},
            journal=journal,
        )
        session.check_keeping()
        return session
