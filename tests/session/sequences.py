"""Sessions in which anything may be done at any time: people decide, bots play, a facilitator does as they please."""

from __future__ import annotations

import contextlib
import functools
import pathlib
import random
from collections.abc import Callable

import tabletop
from tabletop.engine.adjudication import RulingRefused, settable
from tabletop.engine.game import IllegalAction
from tabletop.scenario.improvised_cards import as_yaml
from tabletop.session import Facilitator, Journal, Session
from tabletop.session.command_kinds import said_from
from tabletop.session.schedule import offers
from tabletop.session.session import CannotGo


@functools.cache
def loaded(pack: str) -> tabletop.Scenario:
    """The scenario of a pack that does not change."""
    return tabletop.load(pack)


class Sequence:
    """One session, and what is done in it at random; always the same for the same seed."""

    def __init__(self, pack: str, seed: int, journal: Journal, schedules: pathlib.Path) -> None:
        self.dice = random.Random(seed)
        scenario = loaded(pack)
        people = [seat.id for seat in scenario.seats if self.dice.random() < 0.4]
        self.session = Session(
            scenario,
            seed=seed,
            pack=pack,
            humans=people,
            players={"all": "random"},
            journal=journal,
            id=f"sequence-{seed}",
        )
        self.facilitator = Facilitator(self.session, "Ms Lee")
        self.schedules = schedules
        self.done: dict[str, int] = {}

    def run(self, commands: int) -> Session:
        """Does so many things, and checks after each what holds of every session."""
        acts: list[tuple[int, Callable[[], object]]] = [
            (40, self.decide),
            (15, self.bots),
            (5, self.back),
            (4, self.forward),
            (2, self.go),
            (3, self.switch),
            (3, self.undo),
            (2, self.redo),
            (2, self.begin_branch),
            (1, self.rename_branch),
            (4, self.inject),
            (2, self.write_card),
            (5, self.set),
            (4, self.overrule),
            (2, self.hand),
            (2, lambda: self.facilitator.skip("Time is up.", self.shown)),
            (2, lambda: self.facilitator.extend("One more round.", self.shown)),
            (2, self.repeat),
            (2, self.say),
            (1, self.pause),
            (1, lambda: self.facilitator.set_clock(self.dice.randrange(600), then=self.dice.choice(["", "skip"]))),
            (1, lambda: self.facilitator.allow_undo(self.dice.choice(["turn", "reveal", "never"]))),
            (1, self.plan),
            (3, self.take_up),
            (8, self.room),
        ]
        weights, choices = zip(*acts, strict=True)
        while len(self.session.commands) < commands:
            act = self.dice.choices(choices, weights)[0]
            before, count = self.session.state, len(self.session.commands)
            try:
                act()
            except (RulingRefused, IllegalAction, CannotGo):
                moved = len(self.session.commands) > count
                assert moved or self.session.state is before
            for command in self.session.commands[count:]:
                self.done[command.kind] = self.done.get(command.kind, 0) + 1
            self.check()
        return self.session

    def check(self) -> None:
        """Somebody can act or the game is over, and every meter is in its range."""
        session, state = self.session, self.session.state
        assert state.finished != bool(state.acting)
        for seat in state.acting:
            assert session.game.actions(state, seat)
        for meter in session.scenario.meters:
            assert meter.range[0] <= state.meters[meter.id] <= meter.range[1]
        assert session.course.holds(session.course.branch, session.course.at)
        assert sum(branch.current for branch in session.branches) == 1

    @property
    def shown(self) -> bool:
        return self.dice.random() < 0.7

    def decide(self) -> None:
        session = self.session
        if session.state.acting:
            seat = self.dice.choice(session.state.acting)
            session.decide(seat, self.dice.choice(session.game.actions(session.state, seat)))

    def bots(self) -> None:
        for _ in zip(range(self.dice.randrange(1, 8)), self.session.run_bots(self.dice.random() < 0.3), strict=False):
            pass

    def back(self) -> None:
        self.session.back(self.dice.randrange(1, 12))

    def forward(self) -> None:
        self.session.forward(self.dice.randrange(1, 12))

    def go(self) -> None:
        self.session.go(self.dice.choice(list(self.session.course.steps)))

    def switch(self) -> None:
        self.session.switch(self.dice.choice([branch.name for branch in self.session.branches]), why="To compare.")

    def room(self) -> None:
        """What is said of a room in which people play from their own devices."""
        seat = self.dice.choice(self.session.scenario.seats).id
        person, moves = f"person-{self.dice.randrange(5)}", ["pass"]
        where = {"person": person, "seat": seat}
        said: list[tuple[str, dict[str, object], str]] = [
            ("room", {"settings": {"locked": self.shown}}, ""),
            ("join", {**where, "name": "Ann", "standing": "waiting", "hash": "00"}, ""),
            ("person", {**where, "standing": "seated"}, ""),
            ("token", {"hash": "01", "role": "device", "person": person}, ""),
            ("captain", where, ""),
            ("vote", {**where, "ballot": "a", "moves": moves, "serial": 1}, "Because."),
            ("tally", {"seat": seat, "ballot": "a", "moves": moves, "how": "plurality", "counts": {"pass": 1}}, ""),
            ("answer", {"person": person, "question": "guess", "value": self.dice.randrange(100)}, ""),
        ]
        chosen = self.dice.sample(said, self.dice.randrange(1, 4))
        self.session.remarks([(said_from(kind, body), why) for kind, body, why in chosen], "room")

    def undo(self) -> None:
        self.session.undo()

    def redo(self) -> None:
        self.session.redo()

    def begin_branch(self) -> None:
        self.session.begin_branch(f"branch {self.dice.randrange(1, 9)}", why="What if?")

    def rename_branch(self) -> None:
        old = self.dice.choice([branch.name for branch in self.session.branches])
        self.session.rename_branch(old, f"the {self.dice.choice(['bold', 'shy', 'odd'])} one")

    def inject(self) -> None:
        cards = self.session.scenario.cards
        if cards:
            self.facilitator.inject(self.dice.choice(cards).id, "So that they see.", self.shown)

    def write_card(self) -> None:
        self.facilitator.write_card(self.card(), "To see what they do.", self.shown)

    def card(self) -> dict[str, object]:
        """A card that nobody has planned."""
        scenario, dice = self.session.scenario, self.dice
        meter = dice.choice(scenario.meters)
        room = meter.range[1] - meter.range[0]
        effect = {"change": meter.id, "by": dice.choice([-1, 1]) * max(1, room // 9), "why": "It is so."}
        card: dict[str, object] = {"title": f"News {dice.randrange(1000)}", "text": "A rider comes in."}
        card["effects"] = [effect] if room else []
        if dice.random() < 0.5:
            option = {"id": "tell", "label": "Tell", "effects": [effect] if room else []}
            options = [option, {"id": "hush", "label": "Hush", "effects": []}]
            seat = dice.choice(scenario.seats).id
            card["choices"] = [{"seat": seat, "prompt": "Do you tell?", "options": options}]
        return card

    def set(self) -> None:
        name = self.dice.choice(settable(self.session.game))
        self.facilitator.set(name, self.value_for(name), "As agreed.", self.shown)

    def value_for(self, name: str) -> int | str:
        symbol = self.session.game.program.scope.symbols[name]
        return self.dice.choice(symbol.members) if symbol.members else self.dice.randint(symbol.low, symbol.high)

    def overrule(self) -> None:
        falls = [fall for fall in self.facilitator.falls(20) if len(fall.draw.node.outcomes) > 1]
        if falls:
            fall = self.dice.choice(falls)
            outcome = self.dice.choice([one.id for one in fall.draw.node.outcomes])
            self.facilitator.overrule(fall.step, fall.draw.place, outcome, "The class votes so.", self.shown)

    def hand(self) -> None:
        seat = self.dice.choice(self.session.scenario.seats).id
        self.facilitator.hand(seat, self.dice.choice(["", "random"]), "Somebody came.")

    def repeat(self) -> None:
        phases = [phase.id for stage in self.session.scenario.stages for phase in stage.phases]
        self.facilitator.repeat(self.dice.choice(["", *phases]), "They misread it.", self.shown)

    def say(self) -> None:
        self.facilitator.note("=1+1 “Wow” \n" * self.dice.randrange(1, 60), ["quote"], self.shown)
        self.facilitator.message([self.dice.choice(self.session.scenario.seats).id], "Two minutes.")
        if self.dice.random() < 0.5:
            self.facilitator.withdraw(self.session.commands[-1].number)

    def pause(self) -> None:
        self.facilitator.pause("Coffee.")
        if self.dice.random() < 0.9:
            self.facilitator.go_on()

    def plan(self) -> None:
        scenario = self.session.scenario
        name = self.dice.choice([meter.id for meter in scenario.meters])
        injects: list[dict[str, object]] = [
            {"id": "later", "title": "Later", "turn": 3, "card": "planned"},
            {"id": "now", "title": "Now", "turn": 1, "set": name, "to": self.value_for(name)},
            {"id": "word", "title": "A word", "turn": 1, "tell": [scenario.seats[0].id], "text": "Psst."},
            {"id": "tea", "title": "Tea", "turn": 2, "remind": "There is tea."},
        ]
        path = self.schedules / f"{self.session.id}.yaml"
        cards = [{"id": "planned", **self.card()}]
        path.write_text(as_yaml({"injects": injects, "cards": cards}), encoding="utf-8")
        # A card of that name may have been brought in by now, and then there is no other.
        with contextlib.suppress(tabletop.scenario.problems.PackError):
            self.facilitator.load_schedule(path)

    def take_up(self) -> None:
        found = offers(self.session)
        if found:
            offer = self.dice.choice(found)
            take = self.facilitator.take_up if self.dice.random() < 0.8 else self.facilitator.set_aside
            take(offer.inject.id)
