"""Packs made at random: small, sound and playable, and together of everything that the format has."""

from __future__ import annotations

import json
import os
import pathlib
import random
from collections.abc import Callable, Sequence
from typing import Any

from tabletop.scenario.effects import KINDS, EffectKind
from tabletop.scenario.expression_language import LARGEST as LARGEST_AMOUNT
from tabletop.scenario.expression_language import Scope, Symbol
from tabletop.scenario.pack import Scenario
from tabletop.scenario.pack_files import Document
from tabletop.scenario.scope import LARGEST, scope_of
from tabletop.scenario.structuring import structure
from tests.packs.generated_expressions import Phrases

Data = dict[str, Any]

#: Seeds 0 to 199 together use every construct of the format.
PACKS = 200
#: These do so alone: whoever changes what is generated finds others by `tests/packs/census.py`.
EVERY_CONSTRUCT = (0, 2, 3, 29, 42, 43, 46, 47, 54, 87, 90, 93, 106, 159, 172, 194)
#: What is tried by default: these, and a sample of the others. TABLETOP_PACKS=1 tries all.
TRIED = range(PACKS) if os.environ.get("TABLETOP_PACKS") else sorted({*EVERY_CONSTRUCT, *range(0, PACKS, 25)})

_LADDERS = (["low", "middle", "high"], ["free", "taken"], ["none", "some", "most", "every"])
_TAGS = ("kind", "harsh", "slow")
#: The kinds of effects that are written in a way of their own; any other is written from its entry.
OWN_WAY = ("change", "set", "tell", "roll", "deal", "enter", "end")


def generated_pack(seed: int) -> Data:
    """The pack of a seed as plain data: always the same for the same seed."""
    return _Author(random.Random(seed), f"pack-{seed}").pack


def write_pack(pack: Data, folder: pathlib.Path) -> pathlib.Path:
    """Writes a pack into a folder, which is made if need be, so that it can be loaded."""
    folder.mkdir(parents=True, exist_ok=True)
    # JSON is YAML, and the loader reads it as such.
    (folder / "scenario.yaml").write_text(json.dumps(pack), encoding="utf-8")
    return folder


class _Author:
    """Writes one pack, section by section, each reading the names that those before it declare."""

    def __init__(self, rng: random.Random, name: str) -> None:
        self.rng, self.other_rng = rng, random.Random(name)
        # A few games never end of themselves, but at the last turn that a game may have.
        self.endless = rng.random() < 0.05
        self.argued = rng.random() < 0.25
        # A few have more cards dealt at once than may wait.
        self.flood = rng.random() < 0.05
        self.loops = False
        self.scope = Scope()
        self.phrases = Phrases(rng, self.scope)
        self.pack: Data = {"id": name, "title": "A Pack", "version": "1", "summary": "Made at random."}
        self.pack |= {"author": "Nobody", "licence": "CC0"}
        self._names()
        self._board()
        self._stages()
        self._values()
        self._tables()
        self._cards()
        self._actions()
        self._rules()
        self._verdicts()
        self._doctrines()
        self._argument()

    # Choosing

    def _odds(self, chance: float) -> bool:
        return self.rng.random() < chance

    def _some(self, names: Sequence[str], least: int = 1) -> list[str]:
        """Some of the names, in any order."""
        return self.rng.sample(list(names), self.rng.randint(min(least, len(names)), len(names)))

    def _maybe(self, noun: Data, chance: float, **fields: Callable[[], Any]) -> None:
        """Gives a noun each of the fields with the same chance."""
        for field, make in fields.items():
            if self._odds(chance):
                noun[field] = make()

    def _cite(self, noun: Data, chance: float = 1.0) -> Data:
        """Names the claims behind a noun, in a pack that has some."""
        if self.argued and self._odds(chance):
            noun["claims"] = self._some(self.claims)
        return noun

    def _read_names(self) -> None:
        """Takes up what has been declared so far."""
        scenario = structure(Document(data=self.pack | {"endings": []}))[0]
        assert isinstance(scenario, Scenario)

        def refuse(path: object, message: str, _: str) -> None:
            raise AssertionError(f"{path}: {message}")

        self.scope.symbols.clear()
        self.scope.symbols.update(scope_of(scenario, refuse).symbols)
        self.phrases = Phrases(self.rng, Scope(self.scope.symbols))

    def _told(self, noun: Data, chance: float = 0.12) -> Data:
        """Lets a noun tell some secrets, where there are any."""
        secrets = [symbol.id for symbol in self.scope.symbols.values() if symbol.known_to is not None]
        secrets = [name for name in secrets if not name.startswith("value")]
        if secrets and self._odds(chance):
            noun["reveals"] = self._some(secrets)
        return noun

    def _symbols(self, *nouns: str) -> list[Symbol]:
        return [symbol for symbol in self.scope.symbols.values() if symbol.noun in nouns]

    # Names that others refer to

    def _names(self) -> None:
        rng = self.rng
        self.seats = [f"seat{n}" for n in range(rng.randint(2, 4))]
        self.stage_ids = [f"stage{n}" for n in range(1 if self.endless else rng.randint(1, 3))]
        self.tables = [f"table{n}" for n in range(rng.choice([0, 1, 2, 3, 4]))]
        self.decks = [f"deck{n}" for n in range(rng.choice([0, 1, 1, 2]))]
        self.cards = [f"card{n}" for n in range(rng.randint(2, 6) if self.decks else rng.choice([0, 0, 2]))]
        if self.flood:
            self.cards = [f"card{n}" for n in range(12)]
        self.endings = [f"ending{n}" for n in range(rng.randint(1, 4))]
        self.claims = [f"C0{n}" for n in range(1, 4)]

    # The board

    def _board(self) -> None:
        self.pack["player"] = self.rng.choice(self.seats)
        self.pack["meters"] = [self._meter(f"meter{n}") for n in range(self.rng.randint(2, 6))]
        self._section("tracks", [self._track(f"track{n}") for n in range(self.rng.randint(0, 2))])
        self._section("assumptions", [self._assumption(f"premise{n}") for n in range(self.rng.randint(0, 3))])
        self._section("variables", [self._variable(f"fact{n}") for n in range(self.rng.randint(0, 4))])
        self.pack["seats"] = [self._seat(seat) for seat in self.seats]
        self.pack["stages"] = [
            {"id": stage, "title": "A Stage", "turn": "week", "turns": 1, "phases": []} for stage in self.stage_ids
        ]
        self._read_names()
        self._section("hidden", [self._hidden(f"truth{n}") for n in range(self.rng.randint(0, 2))])
        self._read_names()
        for variable in self.pack.get("variables", ()):
            if self._odds(0.6):
                variable["start"] = self._start(self.scope.symbols[variable["id"]])

    def _section(self, name: str, items: list[Data]) -> None:
        if items or self._odds(0.2):
            self.pack[name] = items

    def _meter(self, name: str) -> Data:
        meter: Data = {"id": name, "name": f"Meter {name[-1]}"}
        low, high = 0, 100
        if self._odds(0.5):
            low, high = self.rng.choice([(-50, 50), (0, 20), (-30000, 30000), (10, 10), (-100, -1), (0, LARGEST)])
            meter |= {"range": [low, high], "start": self.rng.randint(low, high)}
        elif self._odds(0.5):
            meter["start"] = self.rng.randint(low, high)
        self._maybe(meter, 0.3, thresholds=lambda: self._thresholds(low, high))
        self._maybe(meter, 0.3, good_for=lambda: self._some(self.seats), bad_for=lambda: self._some(self.seats))
        return meter

    def _thresholds(self, low: int, high: int) -> list[Data]:
        levels = sorted({self.rng.randint(low, high) for _ in range(self.rng.randint(1, 3))})
        return [{"at": at, "name": f"level {number}"} for number, at in enumerate(levels)]

    def _track(self, name: str) -> Data:
        track: Data = {"id": name, "name": f"Track {name[-1]}"}
        steps = 5
        if self._odds(0.6):
            steps = track["steps"] = self.rng.choice([1, 2, 3, 8])
        self._maybe(
            track,
            0.35,
            start=lambda: self.rng.randint(0, steps),
            thresholds=lambda: self._thresholds(0, steps),
            by=lambda: self.rng.choice([self._some(self.seats), ["north", "south"]]),
            known_to=lambda: self._some(self.seats),
        )
        return track

    def _variable(self, name: str) -> Data:
        variable: Data = {"id": name}
        kind = self.rng.choice(["values", "range", "fact"])
        if kind == "values":
            variable["values"] = list(self.rng.choice(_LADDERS))
        elif kind == "range":
            variable["range"] = self.rng.choice([[0, 9], [-5, 5], [-1000, 1000], [-LARGEST, LARGEST], [3, 3]])
        self._maybe(variable, 0.35, known_to=lambda: self._some(self.seats), name=lambda: f"Fact {name[-1]}")
        return variable

    def _start(self, symbol: Symbol) -> Any:
        if symbol.kind == "int":
            fixed = self.rng.randint(symbol.low, symbol.high)
            return self.rng.choice([fixed, f"clamp({self.phrases.amount(2)}, {symbol.low}, {symbol.high})"])
        if symbol.kind == "bool" and self._odds(0.5):
            return self._odds(0.5)
        return self.phrases.value_for(symbol)

    def _hidden(self, name: str) -> Data:
        values = list(self.rng.choice(_LADDERS))
        assumed = Phrases(self.rng, Scope({symbol.id: symbol for symbol in self._symbols("assumption")}))
        numbers = [symbol.id for symbol in self._symbols("assumption") if symbol.kind == "int"]
        facts = [symbol.id for symbol in self._symbols("assumption") if symbol.kind == "bool"]
        prior: list[int | str] = [self.rng.choice([0, 0, 1, 30, 70]) for _ in values]
        for at in range(len(values)):
            if numbers and self._odds(0.3):
                prior[at] = self.rng.choice([assumed.amount(2), f"{numbers[0]} - 2", f"max({numbers[0]}, 0)"])
            elif facts and self._odds(0.3):
                prior[at] = f"{self.rng.randint(0, 40)} if {self.rng.choice(facts)} else 0"
        if not any(assumed.scope.integer(str(weight)).high > 0 for weight in prior):
            prior[self.rng.randrange(len(prior))] = 10
        hidden: Data = {"id": name, "name": f"Truth {name[-1]}", "values": values, "prior": prior}
        self._maybe(hidden, 0.5, known_to=lambda: self._some(self.seats))
        self._maybe(hidden, 0.2, descriptions=lambda: [f"It is {value}." for value in values])
        return hidden

    def _seat(self, name: str) -> Data:
        seat: Data = {"id": name, "name": f"Seat {name[-1]}"}
        resources = [self._resource(f"coin{n}_{name[-1]}", name) for n in range(self.rng.choice([0, 1, 1, 2]))]
        if resources:
            seat["resources"] = resources
        return seat

    def _resource(self, name: str, owner: str) -> Data:
        resource: Data = {"id": name, "name": "Coins"}
        most = 10
        if self._odds(0.5):
            most = resource["most"] = self.rng.choice([1, 3, 6, 30])
        resource["start"] = self.rng.randint(0, most)
        self._maybe(resource, 0.5, refresh=lambda: self.rng.randint(0, most))
        self._maybe(resource, 0.25, known_to=lambda: sorted({owner, *self._some(self.seats)}))
        return resource

    def _assumption(self, name: str) -> Data:
        premise: Data = {"id": name, "title": "A premise", "case_for": "It is so.", "case_against": "It is not."}
        if self._odds(0.5):
            holds = self._odds(0.5)
            premise |= {"value": holds, "alternatives": [{"value": not holds, "held_by": "critics"}]}
        else:
            low, high = self.rng.choice([(0, 100), (-5, 5), (0, 3)])
            amounts = [self.rng.randint(low, high) for _ in range(3)]
            premise |= {"value": amounts[0], "range": [low, high]}
            premise["alternatives"] = [{"value": amount, "held_by": "critics"} for amount in amounts[1:]]
        return self._cite(premise, 0.5)

    def _values(self) -> None:
        """Values that read the board, and one another."""
        for number in range(self.rng.randint(0, 5)):
            symbols = [symbol for symbol in self.scope.symbols.values() if symbol.kind == "choice"]
            formula = self.rng.choices(
                [
                    self.phrases.amount(3),
                    self.phrases.condition(3),
                    self.rng.choice(symbols).id,
                    f"value{number - 1} if turn % 2 == 0 else value{number - 1}" if number else "turn",
                    self.phrases.great_amount(),
                ],
                [5, 4, 1, 1, 1],
            )[0]
            value: Data = {"id": f"value{number}", "formula": formula}
            if self._odds(0.2):
                value["name"] = f"Value {number}"
                if formula == "turn":
                    value |= {"held_by": "A Reader, 1901", "note": "It counts the turns."}
            self.pack.setdefault("values", []).insert(0, value)
            self._read_names()

    # Effects

    def _effects(self, most: int = 3, tables: Sequence[str] | None = None, least: int = 0) -> list[Data]:
        """Some effects; a roll that happens at once is on one of the `tables` (all, if left out)."""
        count = self.rng.randint(least, most)
        found = [self._effect(self.tables if tables is None else tables) for _ in range(count)]
        return found + self._of_other_kinds()

    def _of_other_kinds(self) -> list[Data]:
        """Effects of kinds that have no way of their own here: by dice of their own, so that a new kind leaves the rest
        of every pack as it is."""
        others = [kind for verb, kind in KINDS.items() if verb not in OWN_WAY]
        rng, phrases = self.rng, self.phrases
        self.rng, self.phrases = self.other_rng, Phrases(self.other_rng, self.scope)
        found = [
            self._told(self._cite(self._by_entry(kind) | self._timing(), 0.2))
            for kind in others
            if len(self._namable(kind)) >= (kind.count or 1) and self._odds(0.5)
        ]
        self.rng, self.phrases = rng, phrases
        return found

    def _effect(self, tables: Sequence[str]) -> Data:
        timing = self._timing()
        rolled = self.tables if timing.keys() & {"after", "lasts"} else tables
        verbs = {"change": 8, "set": 4, "tell": 1}
        verbs |= {"roll": 3} if rolled else {}
        verbs |= {"deal": 2} if self.cards else {}
        verbs |= {} if self.endless else {"enter": 1, "end": 1}
        verb = self.rng.choices(list(verbs), list(verbs.values()))[0]
        if verb in ("end", "enter"):
            effect: Data = {verb: self.rng.choice(self.endings if verb == "end" else self.stage_ids)}
            self.loops = self.loops or verb == "enter"
            if self._odds(0.85):  # most games are to last longer than that
                condition = timing.get("when", self.phrases.telling_condition())
                timing["when"] = f"({condition}) and turn % 4 == {self.rng.randint(0, 3)}"
        elif verb == "change":
            effect = self._change()
        elif verb == "set":
            effect = self._set()
        elif verb == "roll":
            effect = {"roll": self.rng.choice(rolled)}
        elif verb == "deal":
            effect = {"deal": self.rng.choice(self.cards)}
        else:
            effect = {"tell": self.rng.choice([["all"], self._some(self.seats)]), "text": "A word."}
        return self._told(self._cite(effect | timing, 0.2))

    def _namable(self, kind: EffectKind) -> list[str]:
        """What an effect of a kind may name."""
        if kind.noun == "value":
            symbols = self._symbols(*kind.among)
            is_number = kind.argument is not None and kind.argument.is_a == "amount"
            return [symbol.id for symbol in symbols if symbol.kind != "bool" or not is_number]
        found = {"table": self.tables, "card": self.cards, "stage": self.stage_ids, "ending": self.endings}
        return [*found.get(kind.noun, self.seats)]

    def _by_entry(self, kind: EffectKind) -> Data:
        """An effect of a kind that has no way of its own here, from what its entry says."""
        named = self.rng.sample(self._namable(kind), kind.count or 1)
        effect: Data = {kind.verb: named[0] if kind.count == 1 else named, "why": "So it goes."}
        if kind.argument is not None:
            match kind.argument.is_a:
                case "text":
                    given = "A word."
                case "amount":
                    given = self.phrases.small_amount(1)
                case "value":
                    given = self.phrases.value_for(self.scope.symbols[named[0]])
            effect[kind.argument.field] = given
        return effect

    def _timing(self) -> Data:
        timing: Data = {}
        self._maybe(timing, 0.4, when=lambda: self.phrases.telling_condition())
        field = self.rng.choices(["", "after", "lasts"], [6, 2, 2])[0]
        if field:
            timing[field] = self.rng.choice([1, 1, 1, 2, 2, 3, 4, 30])
            self._maybe(timing, 0.4, until=lambda: self.phrases.condition(2))
        return timing

    def _change(self) -> Data:
        symbols = self._symbols("meter", "track", "resource", "variable")
        symbol = self.rng.choice([symbol for symbol in symbols if symbol.kind != "bool" and symbol.high > symbol.low])
        room = symbol.high - symbol.low
        by = self.phrases.small_amount(min(9, room))
        if self._odds(0.15):
            by = self.rng.choice([self.phrases.great_amount(), self.phrases.amount(4)])
        meaning = self.phrases.scope.integer(by)
        if meaning.low == meaning.high and not 0 < abs(meaning.low) <= room:
            by = str(self.rng.choice([-1, 1]))
        return {"change": symbol.id, "by": by, "why": "So it goes."}

    def _set(self) -> Data:
        symbol = self.rng.choice(self._symbols("meter", "track", "variable", "variable", "hidden variable"))
        return {"set": symbol.id, "to": self.phrases.value_for(symbol), "why": "So it is."}

    # Tables and cards

    def _tables(self) -> None:
        self._section("tables", [self._table(number) for number in range(len(self.tables))])

    def _table(self, number: int) -> Data:
        deeper = self.tables[number + 1 :]
        outcomes = [self._outcome(f"outcome{n}", deeper) for n in range(self.rng.randint(1, 4))]
        weighing = self.rng.random()
        if weighing < 0.15:  # all weights may well be 0
            for outcome in outcomes:
                nothing = [0, "turn - 3", "-1", f"10 if {self.phrases.condition(1)} else 0"]
                outcome["weight"] = self.rng.choice(nothing)
        elif weighing < 0.2:  # together they go beyond 32 bits
            for outcome in outcomes:
                outcome["weight"] = LARGEST_AMOUNT - self.rng.randint(0, 9)
        table: Data = {"id": self.tables[number], "title": "A Table", "outcomes": outcomes}
        self._maybe(table, 0.3, known_to=lambda: self._some(self.seats))
        return self._cite(table)

    def _outcome(self, name: str, deeper: Sequence[str]) -> Data:
        outcome: Data = {"id": name, "weight": self._weight()}
        if self._odds(0.5):
            outcome["modifiers"] = [self._modifier() for _ in range(self.rng.randint(1, 3))]
        if self._odds(0.8):
            outcome["effects"] = self._effects(3, deeper)
        return self._told(outcome)

    def _modifier(self) -> Data:
        modifier: Data = {"by": self.phrases.small_amount(20), "why": "It leans that way."}
        self._maybe(modifier, 0.6, when=lambda: self.phrases.condition(2))
        return self._cite(modifier, 0.5)

    def _weight(self) -> int | str:
        weights: list[int | str] = [self.rng.randint(0, 40), self.phrases.amount(2), self.phrases.great_amount()]
        weights.append(f"max(10 + {self.phrases.small_amount(12)}, 1)")
        return self.rng.choices(weights, [6, 3, 1, 2])[0]

    def _cards(self) -> None:
        self._section("decks", [self._deck(deck) for deck in self.decks])
        self._section("cards", [self._card(card) for card in self.cards])

    def _deck(self, name: str) -> Data:
        deck: Data = {"id": name, "name": "A Deck"}
        self._maybe(deck, 0.5, refill=lambda: True)
        return deck

    def _card(self, name: str) -> Data:
        card: Data = {"id": name, "title": "A Card", "text": "It happens."}
        if self.decks and self._odds(0.85):
            card["deck"] = self.rng.choice(self.decks)
        self._maybe(
            card,
            0.4,
            certainty=lambda: self.rng.choice(["certain", "disputed", "invented"]),
            kind=lambda: self.rng.choice(["warning", "opportunity", "history", "turn"]),
            turns=lambda: [self.rng.randint(0, 2), self.rng.randint(1, 5)],
            eligible=lambda: self.phrases.telling_condition(),
            weight=self._weight,
            choices=lambda: [self._choice() for _ in range(self.rng.choice([1, 1, 2, 3]))],
        )
        if card.get("certainty") == "certain":
            card["window"] = {"first": "2018-01-03", "last": "2018-01-20", "moves": "eligible" in card}
        asked = {choice["seat"] for choice in card.get("choices", ())}
        self._maybe(card, 0.15, known_to=lambda: sorted(asked.union(self._some(self.seats))))
        self._maybe(card, 0.7, effects=lambda: self._effects(3))
        self._told(card)
        if self.argued:
            card |= {"sources": ["paper"]} if self._odds(0.4) else {}
            self._cite(card, 1.0 if "sources" not in card else 0.5)
        return card

    def _choice(self) -> Data:
        seat = self.rng.choice(self.seats)
        # An option's id may come again with another card: doctrines mean both.
        names = self.rng.sample(["agree", "refuse", "wait", "ask"], self.rng.randint(1, 4))
        options = [self._option(name, seat) for name in names]
        self.rng.choice(options).pop("requires", None)
        choice: Data = {"seat": seat, "prompt": "What now?", "options": options}
        self._maybe(choice, 0.35, when=lambda: self.phrases.telling_condition(2, [seat]))
        return self._told(choice)

    def _option(self, name: str, seat: str) -> Data:
        option: Data = {"id": name, "label": name.title(), "effects": self._effects(2)}
        self._maybe(option, 0.35, requires=lambda: self.phrases.condition(2, [seat]), tags=lambda: self._some(_TAGS))
        self._maybe(option, 0.1, final=lambda: True)
        return self._told(self._cite(option, 0.5))

    # Turns

    def _stages(self) -> None:
        self.pack["stages"] = [self._stage(number, stage) for number, stage in enumerate(self.stage_ids)]

    def _stage(self, number: int, name: str) -> Data:
        phases = [self._phase(f"phase{number}_{n}") for n in range(self.rng.randint(1, 2 if self.endless else 4))]
        phases[0].pop("when", None)  # the curfew must be kept
        stage: Data = {"id": name, "title": "A Stage", "turn": "week", "turns": self.rng.choice([1, 2, 3, 4, 5, 7])}
        stage["phases"] = phases
        if self.endless:
            stage["then"] = name
        elif number + 1 < len(self.stage_ids) and self._odds(0.8):
            stage["then"] = self.stage_ids[number + 1]
        elif self._odds(0.25):
            stage["then"] = self.rng.choice(self.stage_ids)
            self.loops = True
        self._maybe(
            stage,
            0.3,
            until=lambda: self.phrases.telling_condition(),
            clock=lambda: False,
            dates=lambda: [f"Week {n + 1}" for n in range(stage["turns"])],
        )
        if "dates" in stage:
            stage["begins"] = [f"2018-01-{7 * n + 1:02}" for n in range(stage["turns"])][:4]
            stage["begins"] += [f"2018-02-{7 * n + 1:02}" for n in range(stage["turns"] - len(stage["begins"]))]
        return self._told(stage)

    def _phase(self, name: str) -> Data:
        phase: Data = {"id": name, "title": "A Phase"}
        if self.decks and self._odds(0.5):
            phase["deal"] = self.rng.choice(self.decks)
        if self._odds(0.75):
            seats = phase["seats"] = self._some(self.seats)
            self._maybe(
                phase,
                0.45,
                order=lambda: self.rng.choice(["simultaneous", "simultaneous", "sequential"]),
                picks=lambda: {seat: self.rng.choice([1, 2, 2, 3, 9]) for seat in self._some(seats)},
                may_pass=lambda: False,
            )
        self._maybe(phase, 0.2, when=lambda: self.phrases.telling_condition(2, phase.get("seats", ())))
        return self._told(phase)

    # Actions

    def _actions(self) -> None:
        self.acted = [phase for stage in self.pack["stages"] for phase in stage["phases"] if phase.get("seats")]
        if self.acted:
            self._section("actions", [self._action(f"action{n}") for n in range(self.rng.randint(2, 7))])

    def _action(self, name: str) -> Data:
        phases = self.rng.sample(self.acted, min(len(self.acted), self.rng.choice([1, 1, 2, 3])))
        together = [seat for seat in self.seats if all(seat in phase["seats"] for phase in phases)]
        if not together:
            phases = phases[:1]
            together = phases[0]["seats"]
        seats = self.rng.choice([self._some(together), [self.rng.choice(together)]])
        action: Data = {"id": name, "label": "Act", "seats": seats, "phases": [phase["id"] for phase in phases]}
        action["effects"] = self._effects(3)
        if self._odds(0.35):
            self._parameters(action)
        elif self._odds(0.4):
            action["requires"] = self.phrases.telling_condition(2, seats)
        self._maybe(
            action,
            0.3,
            cost=lambda: self._cost(seats),
            once=lambda: self.rng.choice(["turn", "game", "never"]),
            tags=lambda: self._some(_TAGS),
        )
        self._maybe(action, 0.15, closes=lambda: True, secret=lambda: True, final=lambda: True)
        own = random.Random(str(action))  # drawn apart, so that no other pack is another one for it
        if action.get("once", "turn") == "turn" and not action.get("secret") and own.random() < 0.25:
            action["one_of"] = own.choice(["road", "river"])
        return self._told(self._cite(action))

    def _cost(self, seats: Sequence[str]) -> dict[str, int]:
        if len(seats) > 1:  # each resource is one seat's own
            return {}
        resources = next(seat for seat in self.pack["seats"] if seat["id"] == seats[0]).get("resources", [])
        return {one["id"]: self.rng.randint(0, min(3, one.get("most", 10))) for one in resources if self._odds(0.8)}

    def _parameters(self, action: Data) -> None:
        """Gives an action one parameter or two, each of which something reads."""
        makers = [self._by_amount, self._by_meter, self._by_line, self._by_value, self._by_subject]
        for number, make in enumerate(self.rng.sample(makers, self.rng.choice([1, 1, 2]))):
            name = f"p{number}"
            values = make(action, name)
            if not values:
                continue
            parameter: Data = {"name": name, "values": values}
            if self._odds(0.3):
                parameter["labels"] = [f"number {n}" for n in range(len(values))]
            action.setdefault("parameters", []).append(parameter)
            action["label"] += f" {{{name}}}"

    def _by_amount(self, action: Data, name: str) -> list[str]:
        amounts = self._some(["1", "2", "-1", "0"], 2)
        symbols = self._symbols("meter", "track", "variable")
        target = self.rng.choice([s for s in symbols if s.kind == "int" and s.high - s.low > 1] or symbols[:1])
        by = f"({{{name}}}) * turn - 1" if target.high - target.low < 2 or self._odds(0.5) else f"{{{name}}}"
        action["effects"].append({"change": target.id, "by": by, "why": f"It is {{{name}}}."})
        if self._odds(0.5):
            action["requires"] = f"turn % 2 != ({{{name}}}) or turn > 3"
        return amounts

    def _by_meter(self, action: Data, name: str) -> list[str]:
        meters = [symbol.id for symbol in self._symbols("meter") if symbol.high > symbol.low]
        if not meters:
            return []
        effect = {"change": f"{{{name}}}", "by": f"1 if {{{name}}} > 10 else -1", "why": f"{{{name}}} moves."}
        action["effects"].append(effect | {"when": f"{{{name}}} != 7"})
        return self._some(meters)

    def _by_line(self, action: Data, name: str) -> list[str]:
        tracks = [track for track in self.pack.get("tracks", ()) if "by" in track]
        if not tracks:
            return []
        line = f"{tracks[0]['id']}_{{{name}}}"
        action["effects"].append(
            {"set": line, "to": f"{line} + 1", "why": "A step.", "until": f"{line} > 1", "lasts": 2}
        )
        if "known_to" not in tracks[0] and "requires" not in action:
            action |= {"requires": f"{line} < 3", "refused": f"{{{name}}} is done."}
        return list(tracks[0]["by"])

    def _by_value(self, action: Data, name: str) -> list[str]:
        variables = [variable for variable in self.pack.get("variables", ()) if "values" in variable]
        if not variables:
            return []
        variable = self.rng.choice(variables)
        action["effects"].append({"set": variable["id"], "to": f"{{{name}}}", "why": f"It is {{{name}}}."})
        if "known_to" not in variable and "requires" not in action:
            action["requires"] = f"{variable['id']} != {{{name}}}"
        return self._some(variable["values"])

    def _by_subject(self, action: Data, name: str) -> list[str]:
        """What is rolled on, dealt, entered or brought about is chosen with the action."""
        subjects = {"roll": self.tables, "deal": self.cards}
        subjects |= {} if self.endless else {"enter": self.stage_ids, "end": self.endings}
        verbs = [verb for verb, names in subjects.items() if names]
        if not verbs:
            return []
        verb = self.rng.choice(verbs)
        self.loops = self.loops or verb == "enter"
        effect: Data = {verb: f"{{{name}}}"}
        if verb in ("enter", "end"):
            effect["when"] = f"turn >= {self.rng.randint(2, 5)}"
        action["effects"].append(effect)
        return self._some(subjects[verb])

    # Rules, verdicts and bots

    def _rules(self) -> None:
        phases = [phase["id"] for stage in self.pack["stages"] for phase in stage["phases"]]
        rules = [self._rule(f"rule{n}", self.rng.choice(phases)) for n in range(self.rng.randint(0, 4))]
        if self.flood:
            deals = [{"deal": card} for card in self._some(self.cards, 10)]
            rules.append(self._cite({"id": "flood", "title": "A Flood", "at": phases[0], "effects": deals}))
        if self.tables and self._odds(0.15):  # effects that fall due together
            rolls = [{"roll": self.rng.choice(self.tables)} for _ in range(6)]
            rules.append(self._cite({"id": "storm", "title": "A Storm", "at": phases[-1], "effects": rolls}))
        if self.loops and not self.endless:
            last = self.rng.randint(5, 15)
            for number, stage in enumerate(self.pack["stages"]):
                rule: Data = {"id": f"curfew{number}", "title": "Curfew", "at": stage["phases"][0]["id"]}
                rule |= {"when": f"turn >= {last}", "effects": [{"end": self.rng.choice(self.endings)}]}
                rules.append(self._cite(rule))
        for rule in rules[:1]:  # chosen by the name, so that all else stays as it was
            if random.Random(self.pack["id"]).random() < 0.2:
                rule["paper"] = "skip"
        self._section("rules", rules)

    def _rule(self, name: str, phase: str) -> Data:
        rule: Data = {"id": name, "title": "A Rule", "at": phase, "effects": self._effects(3, least=1)}
        self._maybe(rule, 0.5, when=lambda: self.phrases.condition(3))
        return self._told(self._cite(rule))

    def _verdicts(self) -> None:
        self.pack["endings"] = [self._ending(name) for name in self.endings]
        self.pack["endings"][-1].pop("when", None)
        for seat in self.pack["seats"]:
            count = self.rng.choice([0, 1, 1, 2, 3])
            if count:
                seat["objectives"] = [self._objective(f"aim{n}") for n in range(count)]

    def _ending(self, name: str) -> Data:
        ending: Data = {"id": name, "title": "An End", "text": "It is over.", "when": self.phrases.telling_condition(3)}
        self._maybe(ending, 0.5, tone=lambda: self.rng.choice(["good", "mixed", "bad"]))
        return self._cite(ending, 0.5)

    def _objective(self, name: str) -> Data:
        points = self.phrases.great_amount() if self._odds(0.15) else self.phrases.amount(5)
        return self._cite({"id": name, "text": "An aim.", "points": points}, 0.5)

    def _doctrines(self) -> None:
        doctrines = []
        for seat in self.seats:
            for name in self.rng.choice([[], ["steady"], ["steady"], ["steady", "rash"]]):
                rules = [self._habit(seat) for _ in range(self.rng.randint(0, 5))]
                doctrines.append({"id": name, "seat": seat, "name": name.title(), "rules": rules})
        self.rng.shuffle(doctrines)
        self._section("doctrines", doctrines)

    def _habit(self, seat: str) -> Data:
        choices = [choice for card in self.pack.get("cards", ()) for choice in card.get("choices", ())]
        options = [option["id"] for choice in choices if choice["seat"] == seat for option in choice["options"]]
        actions = [action for action in self.pack.get("actions", ()) if seat in action["seats"]]
        action = self.rng.choice(actions) if actions and self._odds(0.7) else None
        habit: Data
        if self._odds(0.25):
            habit = {"tag": self.rng.choice(_TAGS)}
        elif action:
            habit = {"play": action["id"]}
            parameters = [one for one in action.get("parameters", ()) if self._odds(0.6)]
            if parameters:
                habit["using"] = {one["name"]: self.rng.choice(one["values"]) for one in parameters}
        else:
            habit = {"play": self.rng.choice(["pass", *options])}
        self._maybe(habit, 0.5, when=lambda: self.phrases.condition(2, [seat]), odds=lambda: self.rng.randint(1, 100))
        return habit

    # The argument

    def _argument(self) -> None:
        premises = self.pack.get("assumptions", [])
        if premises:
            worldviews = [self._worldview(f"view{n}", premises) for n in range(self.rng.randint(0, 2))]
            self._section("worldviews", worldviews)
        if self.argued:
            kinds = ["warning", "step", "decision", "principle", "opportunity", "critic"]
            self.pack["sources"] = [{"id": "paper", "title": "A Paper"}]
            self.pack["claims"] = [
                {"id": claim, "kind": self.rng.choice(kinds), "summary": "It is claimed.", "source": "paper"}
                for claim in self.claims
            ]
            self.pack["debrief"] = [self._cite({"id": "why", "text": "Why so?"})]
            self.pack["history"] = [
                {"id": "then", "title": "It Came", "text": "So it went.", "date": "May 1901", "sources": ["paper"]}
                | ({"certainty": self.rng.choice(["certain", "disputed"])} if self._odds(0.6) else {})
            ]
            self.pack["glossary"] = [{"term": "track", "text": "Steps."}]

    def _worldview(self, name: str, premises: Sequence[Data]) -> Data:
        view: Data = {"id": name, "name": "A View"}
        chosen = [premise for premise in premises if self._odds(0.7)]
        if chosen:
            view["values"] = {p["id"]: self.rng.choice(p["alternatives"])["value"] for p in chosen}
        return view
