"""From a scenario to its program: names become places in the state, expressions functions, effects rows of integers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import attrs

from tabletop.engine import program as code
from tabletop.engine.program import (
    Action,
    DoctrineRuleCode,
    Formula,
    MenuRow,
    Move,
    Origin,
    PhaseCode,
    Program,
    StageCode,
)
from tabletop.scenario import Scenario
from tabletop.scenario.actions import Action as ActionNoun
from tabletop.scenario.cards import Card, Option
from tabletop.scenario.doctrines import DoctrineRule
from tabletop.scenario.effects import Effect, Outcome
from tabletop.scenario.expressions import Expression
from tabletop.scenario.language import Node
from tabletop.scenario.problems import Path
from tabletop.scenario.scope import scope_of, track_ids
from tabletop.scenario.turns import Phase

_BUILT_IN = {"turn": code.TURN, "stage": code.STAGE, "stage_turn": code.STAGE_TURN}
_NOTHING: Node = ("num", 0)


def compile_scenario(scenario: Scenario) -> Program:
    """The program of a scenario that has been checked. Raises ValueError for one that has not and is unsound."""
    return _Compiler(scenario).program()


def _unsound(path: Path, message: str, suggestion: str) -> None:
    raise ValueError(f"{'.'.join(map(str, path))}: {message}")


class _Compiler:
    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.scope = scope_of(scenario, _unsound)
        self.names = {seat.id: seat.name for seat in scenario.seats}
        self.seats = {seat.id: number for number, seat in enumerate(scenario.seats)}
        self.size = code.HEADER
        self.formula_nodes: dict[Node, int] = {}
        self.effects: list[Origin] = []
        self.delay_places: list[int] = []
        self.lasting_places: list[int] = []
        self.blocks: list[tuple[int, int]] = []
        self.moves: list[Move] = [Move(block=-1)]
        self.actions: list[Action] = [Action(id="pass", label="Done", seat="", kind="pass", move=code.PASS)]
        self.tables = {table.id: number for number, table in enumerate(scenario.tables)}
        self.cards = {card.id: number for number, card in enumerate(scenario.cards)}
        self.stages = {stage.id: number for number, stage in enumerate(scenario.stages)}
        self.endings = {ending.id: number for number, ending in enumerate(scenario.endings)}
        self.phase_list = [(stage.id, phase) for stage in scenario.stages for phase in stage.phases]
        self.picks_room = max([1, *(most for _, phase in self.phase_list for most in phase.picks.values())])
        self.seat_places = [self._room(2 + self.picks_room) for _ in scenario.seats]
        self.places = dict(_BUILT_IN)
        for name, symbol in self.scope.symbols.items():
            if name not in self.places and symbol.formula is None:
                self.places[name] = self._room(1)
        self.card_places = [self._room(1) for _ in scenario.cards]

    def _room(self, places: int) -> int:
        self.size += places
        return self.size - places

    # Expressions

    def _formula(self, node: Node) -> int:
        return self.formula_nodes.setdefault(node, len(self.formula_nodes))

    def _amount(self, expression: Expression) -> int:
        return self._formula(self.scope.integer(expression.source).node)

    def _condition_node(self, expression: Expression | None) -> Node | None:
        return None if expression is None else self.scope.condition(expression.source).node

    def _condition(self, expression: Expression | None) -> int:
        node = self._condition_node(expression)
        return -1 if node is None else self._formula(node)

    def _python(self, node: Node) -> str:
        operator, *operands = node
        if operator == "num":
            return f"({operands[0]})" if operands[0] < 0 else str(operands[0])
        if operator == "name":
            symbol = self.scope.symbols[operands[0]]
            return f"value_{symbol.id}(s)" if symbol.formula else f"s[{self.places[symbol.id]}]"
        parts = [self._python(operand) for operand in operands]
        if operator == "if":
            return f"({parts[1]} if {parts[0]} else {parts[2]})"
        if operator == "not":
            return f"(not {parts[0]})"
        if operator in ("min", "max"):
            return f"{operator}({', '.join(parts)})"
        return "(" + f" {operator} ".join(parts) + ")"

    def _compiled(self) -> tuple[str, tuple[Formula, ...], dict[str, Formula]]:
        lines = [
            f"def value_{symbol.id}(s): return {self._python(symbol.formula.node)}"
            for symbol in self.scope.symbols.values()
            if symbol.formula is not None
        ]
        lines.append(
            "formulas = (" + "".join(f"\n    lambda s: {self._python(node)}," for node in self.formula_nodes) + ")"
        )
        source = "\n".join(lines)
        # The text is made here, from trees that hold only numbers, declared names and listed operators.
        room: dict[str, Any] = {"__builtins__": {"min": min, "max": max}}
        exec(compile(source, f"<{self.scenario.id}>", "exec"), room)
        valued = {s.id: room[f"value_{s.id}"] for s in self.scope.symbols.values() if s.formula is not None}
        return source, room["formulas"], valued

    # Effects

    def _block(self, effects: Sequence[Effect], origin: Origin) -> int:
        first = len(self.effects)
        for effect in effects:
            self.effects.append(attrs.evolve(origin, effect=effect, claims=effect.claims or origin.claims))
            self.delay_places.append(self._room(1) if effect.after is not None else -1)
            self.lasting_places.append(self._room(1) if effect.lasts is not None else -1)
        self.blocks.append((first, len(self.effects)))
        return len(self.blocks) - 1

    def _target(self, effect: Effect) -> int:
        found = {
            "change": self.places,
            "set": self.places,
            "roll": self.tables,
            "deal": self.cards,
            "enter": self.stages,
            "end": self.endings,
        }
        verb = effect.verbs[0]
        return -1 if verb == "tell" else found[verb][getattr(effect, verb)]

    def _effect_amount(self, effect: Effect) -> int:
        if effect.change is not None and effect.by is not None:
            return self._amount(effect.by)
        if effect.set is not None and effect.to is not None:
            return self._formula(self.scope.value_for(self.scope.symbols[effect.set], effect.to.source).node)
        return -1

    def _bounds(self, effect: Effect) -> tuple[int, int]:
        name = effect.change or effect.set
        if name is None:
            return 0, 0
        symbol = self.scope.symbols[name]
        return symbol.low, symbol.high

    # Tables, cards, moves

    def _weight(self, outcome: Outcome) -> int:
        node: Node = self.scope.integer(outcome.weight.source).node
        for modifier in outcome.modifiers:
            by = self.scope.integer(modifier.by.source).node
            when = self._condition_node(modifier.when)
            node = ("+", node, by if when is None else ("if", when, by, _NOTHING))
        return self._formula(("max", _NOTHING, node))

    def _table_blocks(self) -> list[list[int]]:
        rows = []
        for table in self.scenario.tables:
            known = frozenset(table.known_to) if table.known_to else None
            origin = Origin(
                noun="table", id=table.id, title=table.title, claims=table.claims, effect=Effect(), known_to=known
            )
            rows.append([self._block(outcome.effects, origin) for outcome in table.outcomes])
        return rows

    def _card_weight(self, card: Card) -> int:
        weight = ("max", _NOTHING, self.scope.integer(card.weight.source).node)
        conditions: list[Node] = []
        if card.turns is not None:
            at: Node = ("name", "stage_turn")
            conditions += [("<=", ("num", card.turns[0]), at), ("<=", at, ("num", card.turns[1]))]
        eligible = self._condition_node(card.eligible)
        conditions += [] if eligible is None else [eligible]
        return self._formula(("if", ("and", *conditions), weight, _NOTHING) if conditions else weight)

    def _decks(self) -> list[tuple[tuple[int, int], ...]]:
        return [
            tuple(
                (self.cards[card.id], self._card_weight(card)) for card in self.scenario.cards if card.deck == deck.id
            )
            for deck in self.scenario.decks
        ]

    def _card_origin(self, card: Card) -> Origin:
        return Origin(noun="card", id=card.id, card=card.id, title=card.title, claims=card.claims, effect=Effect())

    def _choices(self, card: Card) -> tuple[tuple[int, int, tuple[int, ...]], ...]:
        return tuple(
            (
                self.seats[choice.seat],
                self._condition(choice.when),
                tuple(self._option(card, choice.seat, option) for option in choice.options),
            )
            for choice in card.choices
        )

    def _option(self, card: Card, seat: str, option: Option) -> int:
        claims = option.claims or card.claims
        origin = Origin(noun="option", id=option.id, card=card.id, title=option.label, claims=claims, effect=Effect())
        move = Move(
            block=self._block(option.effects, origin),
            requires=self._condition(option.requires),
            seat=self.seats[seat],
        )
        action = Action(
            id=option.id,
            label=option.label,
            seat=seat,
            kind="option",
            text=option.text,
            card=card.id,
            tags=frozenset(option.tags),
            claims=claims,
            effects=option.effects,
        )
        return self._add_move(move, action)

    def _add_move(self, move: Move, action: Action) -> int:
        self.moves.append(move)
        self.actions.append(attrs.evolve(action, move=len(self.actions)))
        return len(self.moves) - 1

    def _action_moves(self) -> dict[tuple[str, str], list[int]]:
        by_phase: dict[tuple[str, str], list[int]] = {}
        for noun in self.scenario.actions:
            for variant in noun.variants(self.names):
                bound = variant.action
                title = bound.label
                origin = Origin(noun="action", id=bound.id, title=title, claims=bound.claims, effect=Effect())
                block = self._block(bound.effects, origin)
                for seat in bound.seats:
                    number = self._add_move(self._action_move(bound, seat, block), _shown(bound, seat, variant.values))
                    for phase in bound.phases:
                        by_phase.setdefault((phase, seat), []).append(number)
        return by_phase

    def _action_move(self, noun: ActionNoun, seat: str, block: int) -> Move:
        return Move(
            block=block,
            requires=self._condition(noun.requires),
            cost=tuple((self.places[resource], amount) for resource, amount in noun.cost.items()),
            memory=-1 if noun.once == "never" else self._room(1),
            once=noun.once,
            closes=noun.closes,
            secret=noun.secret,
            seat=self.seats[seat],
        )

    def _rows(self, formulas: Sequence[Formula]) -> tuple[MenuRow | None, ...]:
        """For each move that stands on a menu, what the machine asks of it; None for a pass and for cards' options."""
        return tuple(
            (
                number,
                move.memory,
                move.once == "game",
                None if move.requires < 0 else formulas[move.requires],
                move.cost,
            )
            if self.actions[number].kind == "action"
            else None
            for number, move in enumerate(self.moves)
        )

    # Turns

    def _phase(self, stage: str, phase: Phase, moves: Mapping[tuple[str, str], list[int]]) -> PhaseCode:
        decks = {deck.id: number for number, deck in enumerate(self.scenario.decks)}
        rules = tuple(
            (
                self._condition(rule.when),
                self._block(
                    rule.effects,
                    Origin(noun="rule", id=rule.id, title=rule.title, claims=rule.claims, effect=Effect()),
                ),
            )
            for rule in self.scenario.rules
            if rule.at == phase.id
        )
        return PhaseCode(
            stage=self.stages[stage],
            rules=rules,
            deck=-1 if phase.deal is None else decks[phase.deal],
            seats=tuple(self.seats[seat] for seat in phase.seats),
            simultaneous=phase.order == "simultaneous",
            picks=tuple(phase.picks.get(seat, 1) for seat in phase.seats),
            may_pass=phase.may_pass,
            when=self._condition(phase.when),
            moves=tuple(tuple(moves.get((phase.id, seat.id), ())) for seat in self.scenario.seats),
        )

    def _stages(self) -> tuple[StageCode, ...]:
        first, stages = 0, []
        for stage in self.scenario.stages:
            stages.append(
                StageCode(
                    phases=tuple(range(first, first + len(stage.phases))),
                    turns=stage.turns,
                    then=-1 if stage.then is None else self.stages[stage.then],
                    until=self._condition(stage.until),
                    clock=stage.clock,
                )
            )
            first += len(stage.phases)
        return tuple(stages)

    # Bots

    def _doctrine_rule(self, seat: int, rule: DoctrineRule) -> DoctrineRuleCode:
        wanted = rule.using.items()
        moves = frozenset(
            number
            for number, action in enumerate(self.actions)
            if self.moves[number].seat == seat
            and (rule.play is None or action.id == rule.play)
            and (rule.tag is None or rule.tag in action.tags)
            and all(action.parameters.get(name) == value for name, value in wanted)
        )
        if rule.play == "pass":
            moves = frozenset([code.PASS])
        return DoctrineRuleCode(when=self._condition(rule.when), odds=rule.odds, moves=moves)

    def _initial(self) -> tuple[int, ...]:
        state = [0] * self.size
        for meter in self.scenario.meters:
            state[self.places[meter.id]] = meter.start
        for track in self.scenario.tracks:
            for name in track_ids(track):
                state[self.places[name]] = track.start
        for seat in self.scenario.seats:
            for resource in seat.resources:
                state[self.places[resource.id]] = resource.start
        for variable in self.scenario.variables:
            state[self.places[variable.id]] = self.scope.symbols[variable.id].low
        for assumption in self.scenario.assumptions:
            state[self.places[assumption.id]] = int(assumption.value)
        for place in (code.CARD, code.NEXT_STAGE, code.OUTCOME, code.PHASE):
            state[place] = -1
        return tuple(state)

    def program(self) -> Program:
        scenario, scope = self.scenario, self.scope
        table_blocks = self._table_blocks()
        card_blocks = [self._block(card.effects, self._card_origin(card)) for card in scenario.cards]
        choices = [self._choices(card) for card in scenario.cards]
        action_moves = self._action_moves()
        phases = [self._phase(stage, phase, action_moves) for stage, phase in self.phase_list]
        starts = tuple(
            (self.places[v.id], self._formula(scope.value_for(scope.symbols[v.id], v.start.source).node))
            for v in scenario.variables
            if v.start is not None
        )
        priors = tuple(
            (self.places[hidden.id], tuple(self._amount(weight) for weight in hidden.prior))
            for hidden in scenario.hidden
        )
        doctrines = {
            (d.seat, d.id): tuple(self._doctrine_rule(self.seats[d.seat], rule) for rule in d.rules)
            for d in scenario.doctrines
        }
        endings = tuple(self._condition(ending.when) for ending in scenario.endings)
        objectives = tuple(
            tuple(self._amount(objective.points) for objective in seat.objectives) for seat in scenario.seats
        )
        weights = tuple(tuple(self._weight(outcome) for outcome in table.outcomes) for table in scenario.tables)
        decks, stages, columns = tuple(self._decks()), self._stages(), self._columns()
        score_place = self._room(len(scenario.seats))
        source, formulas, valued = self._compiled()
        rows = self._rows(formulas)
        return Program(
            scenario=scenario,
            scope=scope,
            digest=scenario.digest,
            size=self.size,
            places=self.places,
            initial=self._initial(),
            starts=starts,
            assumptions={a.id: self.places[a.id] for a in scenario.assumptions},
            priors=priors,
            refresh=tuple(
                (self.places[r.id], r.refresh)
                for seat in scenario.seats
                for r in seat.resources
                if r.refresh is not None
            ),
            source=source,
            formulas=formulas,
            valued=valued,
            **columns,
            origins=tuple(self.effects),
            clocked=tuple(
                number
                for number in range(len(self.effects))
                if self.delay_places[number] >= 0 or self.lasting_places[number] >= 0
            ),
            blocks=tuple(self.blocks),
            table_weights=weights,
            table_blocks=tuple(tuple(row) for row in table_blocks),
            card_blocks=tuple(card_blocks),
            card_choices=tuple(choices),
            card_places=tuple(self.card_places),
            decks=decks,
            refill=tuple(deck.refill for deck in scenario.decks),
            moves=tuple(self.moves),
            rows=rows,
            menus=tuple(
                tuple(tuple(row for row in (rows[move] for move in moves) if row) for moves in phase.moves)
                for phase in phases
            ),
            actions=tuple(self.actions),
            phases=tuple(phases),
            stages=stages,
            seat_places=tuple(self.seat_places),
            picks_room=self.picks_room,
            endings=endings,
            objectives=objectives,
            score_place=score_place,
            doctrines=doctrines,
            secret_actions=frozenset(action.id for action in scenario.actions if action.secret),
            private_tables={table.id: frozenset(table.known_to) for table in scenario.tables if table.known_to},
        )

    def _columns(self) -> dict[str, Any]:
        nouns = [origin.effect for origin in self.effects]
        verbs = {"change": code.CHANGE, "set": code.SET, "roll": code.ROLL, "deal": code.DEAL}
        verbs |= {"enter": code.BEGIN, "end": code.END, "tell": code.TELL}
        return {
            "verbs": tuple(verbs[effect.verbs[0]] for effect in nouns),
            "targets": tuple(self._target(effect) for effect in nouns),
            "amounts": tuple(self._effect_amount(effect) for effect in nouns),
            "conditions": tuple(self._condition(effect.when) for effect in nouns),
            "lows": tuple(self._bounds(effect)[0] for effect in nouns),
            "highs": tuple(self._bounds(effect)[1] for effect in nouns),
            "delays": tuple(effect.after or 0 for effect in nouns),
            "delay_places": tuple(self.delay_places),
            "lasts": tuple(effect.lasts or 0 for effect in nouns),
            "lasting_places": tuple(self.lasting_places),
            "untils": tuple(self._condition(effect.until) for effect in nouns),
        }


def _shown(noun: ActionNoun, seat: str, values: Mapping[str, str]) -> Action:
    return Action(
        id=noun.id,
        label=noun.label,
        seat=seat,
        text=noun.text,
        group=noun.group,
        cost=MappingProxyType(dict(noun.cost)),
        parameters=MappingProxyType(dict(values)),
        tags=frozenset(noun.tags),
        claims=noun.claims,
        effects=noun.effects,
    )
