"""Compiles a scenario to a program: names to addresses in the state, expressions to functions, effects to integers."""

from __future__ import annotations

import copyreg
import pickle
import weakref
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import attrs

from tabletop.engine import layout as code
from tabletop.engine.assembly import Parts, assemble
from tabletop.engine.machine import effects as effect_machine
from tabletop.engine.machine import orders as order_machine
from tabletop.engine.program import (
    Action,
    CardCode,
    ChoiceCode,
    DeckCode,
    Habit,
    Move,
    Origin,
    PhaseCode,
    Program,
    StageCode,
    TableCode,
    targets_of,
)
from tabletop.engine.python_formulas import code_of, functions_in, source_of
from tabletop.scenario import Scenario
from tabletop.scenario.actions import Action as ActionNoun
from tabletop.scenario.card_digest import digest_with_cards
from tabletop.scenario.cards import Card, Choice, Deck, Option
from tabletop.scenario.doctrines import DoctrineRule
from tabletop.scenario.effects import Effect, Outcome, Table
from tabletop.scenario.expression_language import Node
from tabletop.scenario.expressions import Expression
from tabletop.scenario.problems import Path
from tabletop.scenario.scope import scope_of, track_ids
from tabletop.scenario.secrecy import OPEN, Secrecy, secrets_in_conditions
from tabletop.scenario.turns import Phase

_BUILT_IN = {"turn": code.TURN, "stage": code.STAGE, "stage_turn": code.STAGE_TURN}
_NOTHING: Node = ("num", 0)

#: Maximum number of table copies for secret rolls in a program.
MOST_SECRET_TABLES = 500

#: Reasons for secrecy, as in `Secrecy`.
Reasons = frozenset[tuple[str, frozenset[str]]]


def compile_scenario(scenario: Scenario, added: tuple[Card, ...] = ()) -> Program:
    """The program of a checked scenario. Raises ValueError for an unchecked one with mistakes.

    Cards `added` during a game come after everything else, so that states and notes of the program without them stay
    valid in the program with them. While a program without added cards is in use, it serves every game of its scenario.
    """
    if scenario.original is not None:
        return told_in(compile_scenario(scenario.original, added), scenario.language)
    if added:
        return _Compiler(scenario, added).program()
    program = _IN_USE.get(id(scenario))
    if program is None:
        program = _IN_USE[id(scenario)] = _Compiler(scenario, ()).program()
    return program


def take_into_use(program: Program) -> None:
    """Has a program without added cards serve all games of its scenario, as if it had been compiled for one."""
    _IN_USE[id(program.planned)] = program


# Programs in use by the id of their scenario. A program holds its scenario, so that an id in here is no other object's.
_IN_USE: weakref.WeakValueDictionary[int, Program] = weakref.WeakValueDictionary()

# Programs in use by the scenario's pickle, so that states unpickled together share one program. The digest is no key:
# a scenario changed by code keeps its digest.
_PACKED: weakref.WeakValueDictionary[bytes, Program] = weakref.WeakValueDictionary()
_PICKLES: weakref.WeakKeyDictionary[Program, bytes] = weakref.WeakKeyDictionary()


def told_in(program: Program, language: str) -> Program:
    """The program with its words in a language. Rules, numbers and digest are the same, so that states and notes of the
    one are those of the other; it is the program itself where the pack has nothing in that language."""
    root = program.original or program
    if language == root.scenario.language or not root.scenario.translations.files.get(language):
        return root
    if language not in root.others:
        from tabletop.scenario import translation  # and with it what reads packs

        scenario = translation.told_in(root.scenario, language)
        count = len(root.planned.cards)
        planned = attrs.evolve(scenario, cards=scenario.cards[:count], digest=root.planned.digest, original=None)
        words = _Compiler(planned, scenario.cards[count:]).program()
        root.others[language] = attrs.evolve(
            root, scenario=scenario, planned=planned, actions=words.actions, origins=words.origins, original=root
        )
    return root.others[language]


# A pickle of a program holds the scenario, from which it is compiled anew: what Python made of its formulas cannot be
# pickled.


def _pickled(program: Program) -> tuple[Callable[[bytes, str], Program], tuple[bytes, str]]:
    root = program.original or program
    packed = _PICKLES.get(root)
    if packed is None:
        packed = _PICKLES[root] = pickle.dumps((root.planned, root.added))
        _PACKED.setdefault(packed, root)
    return unpacked, (packed, program.scenario.language)


def unpacked(packed: bytes, language: str = "") -> Program:
    """The program of a pickled scenario and the cards added to it, in a language, compiled only if none is in use."""
    program = _PACKED.get(packed)
    if program is None:
        program = compile_scenario(*pickle.loads(packed))
        _PACKED.setdefault(packed, program)
    return told_in(program, language or program.scenario.language)


copyreg.pickle(Program, _pickled)


def _unsound(path: Path, message: str, suggestion: str) -> None:
    raise ValueError(f"{'.'.join(map(str, path))}: {message}")


class _Compiler:
    def __init__(self, planned: Scenario, added: tuple[Card, ...]) -> None:
        self.planned, self.added = planned, added
        self.scenario = scenario = _with_cards(planned, added)
        self.scope = scope_of(scenario, _unsound)
        self.names = {seat.id: seat.name for seat in scenario.seats}
        self.seats = {seat.id: number for number, seat in enumerate(scenario.seats)}
        self.size = code.HEADER
        self.formula_nodes: dict[Node, int] = {}
        self.group_nodes: list[tuple[Node, ...]] = []
        self.effects: list[Origin] = []
        self.effect_places: list[int] = []
        self.secrecy: list[Secrecy] = []
        self.blocks: list[tuple[int, int]] = []
        self.moves: list[Move] = [Move(block=-1)]
        self.actions: list[Action] = [Action(id="pass", label="Done", seat="", kind="pass", move=code.PASS)]
        self.tables = {table.id: number for number, table in enumerate(scenario.tables)}
        self.table_groups: list[int] = []
        self.table_codes: list[TableCode] = []
        self.table_numbers: dict[tuple[str, Reasons], int] = {}
        self.cards = {card.id: number for number, card in enumerate(scenario.cards)}
        self.stages = {stage.id: number for number, stage in enumerate(scenario.stages)}
        self.endings = {ending.id: number for number, ending in enumerate(scenario.endings)}
        self.phase_list = [(stage.id, phase) for stage in scenario.stages for phase in stage.phases]
        self.picks_room = max([1, *(most for _, phase in self.phase_list for most in phase.picks.values())])
        self.seat_places = [self._room(code.PICKS + self.picks_room) for _ in scenario.seats]
        self.places = dict(_BUILT_IN)
        for name, symbol in self.scope.symbols.items():
            if name not in self.places and symbol.formula is None:
                self.places[name] = self._room(1)
        self.card_places = [self._room(1) for _ in planned.cards]
        self.shared_places: dict[tuple[str, str], int] = {}

    def _room(self, places: int) -> int:
        self.size += places
        return self.size - places

    # Expressions

    def _formula(self, node: Node) -> int:
        return self.formula_nodes.setdefault(node, len(self.formula_nodes))

    def _group(self, nodes: Sequence[Node]) -> int:
        self.group_nodes.append(tuple(nodes))
        return len(self.group_nodes) - 1

    def _amount(self, expression: Expression) -> int:
        return self._formula(self.scope.integer(expression.source).node)

    def _condition_node(self, expression: Expression | None) -> Node | None:
        return None if expression is None else self.scope.condition(expression.source).node

    def _condition(self, expression: Expression | None) -> int:
        node = self._condition_node(expression)
        return -1 if node is None else self._formula(node)

    # Effects

    def _kept(self, secrecy: Secrecy, *conditions: Expression | None) -> Secrecy:
        """Secrecy with the secrets that some conditions read added."""
        return secrecy.kept_by(secrets_in_conditions(self.scope, conditions))

    def _block(self, effects: Sequence[Effect], origin: Origin, secrecy: Secrecy = OPEN) -> int:
        first = len(self.effects)
        for effect in effects:
            its_own = self._kept(secrecy.revealing(effect.reveals), effect.when, effect.until)
            claims = effect.claims or origin.claims
            for target in targets_of(effect):
                own = attrs.evolve(origin, effect=effect, target=target, claims=claims, audience=its_own.audience)
                self.effects.append(own)
                self.secrecy.append(its_own)
                self.effect_places.append(self._room(1) if effect.is_put_off else -1)
        self.blocks.append((first, len(self.effects)))
        return len(self.blocks) - 1

    def _target(self, number: int) -> int:
        effect, target = self.effects[number].effect, self.effects[number].target
        if target:
            return self.places[target]
        named = effect.kind.named_by(effect)[0]
        match effect.kind.noun:
            case "value":
                return self.places[named]
            case "table":
                return self._table_number(named, self.secrecy[number].reasons)
            case "card":
                return self.cards[named]
            case "stage":
                return self.stages[named]
            case "ending":
                return self.endings[named]
            case "seat":
                return -1

    def _effect_amount(self, origin: Origin) -> tuple[int, int]:
        """The constant amount and -1, or 0 and the number of its formula.

        An effect that has neither an amount nor a value has the place of its target among all its targets.
        """
        effect, target = origin.effect, origin.target
        node: Node = ("num", targets_of(effect).index(target))
        if effect.amount is not None:
            node = self.scope.integer(effect.amount.source).node
        elif effect.value is not None:
            node = self.scope.value_for(self.scope.symbols[target], effect.value.source).node
        return (int(node[1]), -1) if node[0] == "num" else (0, self._formula(node))

    def _bounds(self, target: str) -> tuple[int, int]:
        symbol = self.scope.symbols.get(target)
        return (0, 0) if symbol is None else (symbol.low, symbol.high)

    # Tables, cards, moves

    def _weight(self, outcome: Outcome) -> Node:
        node: Node = self.scope.integer(outcome.weight.source).node
        for modifier in outcome.modifiers:
            by = self.scope.integer(modifier.by.source).node
            when = self._condition_node(modifier.when)
            node = ("+", node, by if when is None else ("if", when, by, _NOTHING))
        return _at_least_nothing(node)

    def _table_number(self, table: str, reasons: Reasons) -> int:
        """The number of the copy of a table that is rolled for these secret reasons.

        The consequences of a roll are as secret as the roll, also delayed ones. A table rolled both publicly and
        secretly is therefore in the program twice, and nothing needs to be tracked during play.
        """
        number = self.table_numbers.get((table, reasons))
        if number is None and len(self.table_codes) > len(self.tables) + MOST_SECRET_TABLES:
            # Over the limit: the consequences are then secret from everybody.
            reasons = frozenset([("", frozenset())])
            number = self.table_numbers.get((table, reasons))
        if number is None:
            number = self.table_numbers[table, reasons] = len(self.table_codes)
            at = self.tables[table]
            self.table_codes.append(self._table(at, self.scenario.tables[at], Secrecy(reasons)))
        return number

    def _table(self, at: int, table: Table, secrecy: Secrecy) -> TableCode:
        if table.known_to:
            secrecy = secrecy.kept_by({table.id: frozenset(table.known_to)})
        origin = Origin(noun="table", id=table.id, title=table.title, claims=table.claims, effect=Effect())
        outcomes = [(outcome, secrecy.revealing(outcome.reveals)) for outcome in table.outcomes]
        return TableCode(
            table=at,
            group=self.table_groups[at],
            blocks=tuple(self._block(outcome.effects, origin, its_own) for outcome, its_own in outcomes),
            audiences=tuple(its_own.audience for _, its_own in outcomes),
        )

    def _tables(self) -> None:
        """The tables for public rolls; the copies for secret rolls come after everything else."""
        for table in self.scenario.tables:
            self.table_groups.append(self._group([self._weight(outcome) for outcome in table.outcomes]))
        for table in self.scenario.tables:
            self._table_number(table.id, OPEN.reasons)

    def _secret_tables(self) -> None:
        """The table copies that the effects so far roll, and those that their consequences roll."""
        number = 0
        while number < len(self.effects):
            if self.effects[number].effect.rolled:
                self._target(number)
            number += 1

    def _card_weight(self, card: Card) -> Node:
        weight = _at_least_nothing(self.scope.integer(card.weight.source).node)
        conditions: list[Node] = [("==", ("place", self.card_places[self.cards[card.id]]), _NOTHING)]
        if card.turns is not None:
            at: Node = ("name", "stage_turn")
            conditions += [("<=", ("num", card.turns[0]), at), ("<=", at, ("num", card.turns[1]))]
        eligible = self._condition_node(card.eligible)
        conditions += [] if eligible is None else [eligible]
        return "if", ("and", *conditions), weight, _NOTHING

    def _deck(self, deck: Deck) -> DeckCode:
        cards = [card for card in self.scenario.cards if card.deck == deck.id]
        return DeckCode(
            cards=tuple(self.cards[card.id] for card in cards),
            group=self._group([self._card_weight(card) for card in cards]),
            refill=deck.refill,
        )

    def _card_origin(self, card: Card) -> Origin:
        return Origin(noun="card", id=card.id, card=card.id, title=card.title, claims=card.claims, effect=Effect())

    def _choices(self, card: Card) -> tuple[ChoiceCode, ...]:
        return tuple(self._choice(card, choice) for choice in card.choices)

    def _choice(self, card: Card, choice: Choice) -> ChoiceCode:
        secrecy = self._kept(_read_by(card).revealing(choice.reveals), choice.when)
        condition = self._condition(choice.when)
        return ChoiceCode(
            seat=self.seats[choice.seat],
            condition=condition,
            open_condition=condition if self._is_open(choice.when, choice.reveals) else -1,
            options=tuple(self._option(card, choice.seat, option, secrecy) for option in choice.options),
        )

    def _is_open(self, condition: Expression | None, reveals: Sequence[str] = ()) -> bool:
        """Whether everybody knows, or may learn, the truth of a condition."""
        return self._kept(OPEN.revealing(reveals), condition).audience is None

    def _option(self, card: Card, seat: str, option: Option, secrecy: Secrecy) -> int:
        claims = option.claims or card.claims
        origin = Origin(noun="option", id=option.id, card=card.id, title=option.label, claims=claims, effect=Effect())
        secrecy = secrecy.revealing(option.reveals)
        move = Move(
            block=self._block(option.effects, origin, secrecy),
            requires=self._condition(option.requires),
            seat=self.seats[seat],
            audience=secrecy.audience,
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
                block = -1
                for seat in bound.seats:
                    secrecy = OPEN.revealing(bound.reveals)
                    if bound.secret:
                        secrecy = secrecy.kept_by({bound.id: frozenset([seat])})
                    # Only its seat knows the consequences of a secret action.
                    if block < 0 or bound.secret:
                        block = self._action_block(bound, secrecy)
                    move = self._action_move(bound, seat, block, secrecy)
                    number = self._add_move(move, _shown(bound, seat, variant.values))
                    for phase in bound.phases:
                        by_phase.setdefault((phase, seat), []).append(number)
        return by_phase

    def _action_block(self, noun: ActionNoun, secrecy: Secrecy) -> int:
        origin = Origin(noun="action", id=noun.id, title=noun.label, claims=noun.claims, effect=Effect())
        return self._block(noun.effects, origin, secrecy)

    def _action_move(self, noun: ActionNoun, seat: str, block: int, secrecy: Secrecy) -> Move:
        requires = self._condition(noun.requires)
        symbols = self.scope.symbols
        # Public resources come first.
        costs = sorted(noun.cost.items(), key=lambda cost: symbols[cost[0]].known_to is not None)
        return Move(
            block=block,
            requires=requires,
            cost=tuple((self.places[resource], amount) for resource, amount in costs),
            memory=self._memory(noun, seat),
            once=noun.once,
            closes=noun.closes,
            secret=noun.secret,
            seat=self.seats[seat],
            audience=secrecy.audience,
            open_requires=requires if self._is_open(noun.requires) else -1,
            open_costs=sum(symbols[resource].known_to is None for resource in noun.cost),
        )

    def _memory(self, noun: ActionNoun, seat: str) -> int:
        """The place that stores when a seat made a move last: one for all of which it makes only one a turn."""
        if noun.once == "never":
            return -1
        if not noun.one_of:
            return self._room(1)
        if (seat, noun.one_of) not in self.shared_places:
            self.shared_places[seat, noun.one_of] = self._room(1)
        return self.shared_places[seat, noun.one_of]

    def _is_open_menu(self, menu: Sequence[int]) -> bool:
        """Whether everybody can see which moves may be made."""
        moves = [self.moves[number] for number in menu]
        return all(
            not (move.secret and move.memory >= 0)
            and move.open_requires == move.requires
            and move.open_costs == len(move.cost)
            for move in moves
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
                    self._kept(OPEN.revealing(rule.reveals), rule.when),
                ),
            )
            for rule in self.scenario.rules
            if rule.at == phase.id
        )
        menus = tuple(tuple(moves.get((phase.id, seat.id), ())) for seat in self.scenario.seats)
        return PhaseCode(
            stage=self.stages[stage],
            rules=rules,
            deck=-1 if phase.deal is None else decks[phase.deal],
            seats=tuple(self.seats[seat] for seat in phase.seats),
            order=order_machine.NUMBERS[phase.order],
            is_face_down=phase.is_face_down,
            picks=tuple(phase.picks.get(seat, 1) for seat in phase.seats),
            may_pass=phase.may_pass,
            when=self._condition(phase.when),
            moves=menus,
            open_menus=tuple(map(self._is_open_menu, menus)),
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

    def _doctrines(self) -> dict[tuple[str, str], tuple[Habit, ...]]:
        own: dict[str, list[tuple[int, Action]]] = {seat: [] for seat in self.seats}
        for number, action in enumerate(self.actions):
            if self.moves[number].seat >= 0:
                own[self.scenario.seats[self.moves[number].seat].id].append((number, action))
        return {
            (doctrine.seat, doctrine.id): tuple(self._habit(own[doctrine.seat], rule) for rule in doctrine.rules)
            for doctrine in self.scenario.doctrines
        }

    def _habit(self, own: Sequence[tuple[int, Action]], rule: DoctrineRule) -> Habit:
        """A rule of a doctrine in program form, among all moves of its seat."""
        wanted = rule.using.items()
        moves = frozenset(
            number
            for number, action in own
            if (rule.play is None or action.id == rule.play)
            and (rule.tag is None or rule.tag in action.tags)
            and all(action.parameters.get(name) == value for name, value in wanted)
        )
        if rule.play == "pass":
            moves = frozenset([code.PASS])
        return Habit(when=self._condition(rule.when), odds=rule.odds, moves=moves)

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

    def _cards(self) -> list[CardCode]:
        planned = self.planned.cards
        blocks = [self._block(card.effects, self._card_origin(card), _read_by(card)) for card in planned]
        return [
            CardCode(block=block, place=place, choices=self._choices(card))
            for card, block, place in zip(planned, blocks, self.card_places, strict=True)
        ]

    def _added_cards(self) -> list[CardCode]:
        return [
            CardCode(
                place=self._room(1),
                block=self._block(card.effects, self._card_origin(card), _read_by(card)),
                choices=self._choices(card),
            )
            for card in self.added
        ]

    def _parts(self) -> Parts:
        scenario, scope = self.scenario, self.scope
        self._tables()
        cards = self._cards()
        action_moves = self._action_moves()
        phases = tuple(self._phase(stage, phase, action_moves) for stage, phase in self.phase_list)
        self._secret_tables()
        score_place = self._room(len(scenario.seats))
        cards += self._added_cards()
        self._secret_tables()
        return Parts(
            phases=phases,
            stages=self._stages(),
            cards=tuple(cards),
            decks=tuple(self._deck(deck) for deck in scenario.decks),
            tables=tuple(self.table_codes),
            starts=tuple(
                (self.places[v.id], self._formula(scope.value_for(scope.symbols[v.id], v.start.source).node))
                for v in scenario.variables
                if v.start is not None
            ),
            priors=tuple(
                (self.places[h.id], self._group([_at_least_nothing(scope.integer(w.source).node) for w in h.prior]))
                for h in scenario.hidden
            ),
            refresh=tuple(
                (self.places[r.id], r.refresh)
                for seat in scenario.seats
                for r in seat.resources
                if r.refresh is not None
            ),
            doctrines=self._doctrines(),
            endings=tuple(self._condition(ending.when) for ending in scenario.endings),
            objectives=tuple(
                tuple(self._amount(objective.points) for objective in seat.objectives) for seat in scenario.seats
            ),
            effects=tuple(self._effect_row(number) for number in range(len(self.effects))),
            clocked=tuple(number for number, place in enumerate(self.effect_places) if place >= 0),
            blocks=tuple(self.blocks),
            moves=tuple(self.moves),
            seat_places=tuple(self.seat_places),
            picks_room=self.picks_room,
            score_place=score_place,
            size=self.size,
        )

    def _effect_row(self, number: int) -> tuple[int, ...]:
        origin = self.effects[number]
        effect = origin.effect
        return (
            effect_machine.NUMBERS[effect.kind.verb],
            self._target(number),
            *self._effect_amount(origin),
            self._condition(effect.when),
            *self._bounds(origin.target),
            self.effect_places[number],
            effect.after or 0,
            effect.lasts or 0,
            self._condition(effect.until),
            number,
        )

    def _most_moves(self, parts: Parts) -> int:
        menus = [len(menu) + 1 for phase in parts.phases for menu in phase.moves]
        return max([1, *menus, *(len(choice.options) for card in parts.cards for choice in card.choices)])

    def program(self) -> Program:
        scenario, parts = self.scenario, self._parts()
        flat, doctrines = assemble(parts)
        source = source_of(self.scope, self.places, self.formula_nodes, self.group_nodes)
        values = {one.id: one.formula.node for one in self.scope.symbols.values() if one.formula is not None}
        functions = functions_in(code_of(scenario.id, source), values)
        return Program(
            scenario=scenario,
            planned=self.planned,
            added=self.added,
            scope=self.scope,
            digest=scenario.digest,
            size=self.size,
            places=self.places,
            initial=self._initial(),
            code=flat,
            source=source,
            formulas=functions.formulas,
            nodes=tuple(self.formula_nodes),
            groups=functions.groups,
            group_nodes=tuple(self.group_nodes),
            valued=functions.values,
            value_nodes=values,
            assumptions={a.id: self.places[a.id] for a in scenario.assumptions},
            origins=tuple(self.effects),
            amounts=tuple(row[code.EFFECT_FORMULA] for row in parts.effects),
            conditions=tuple(row[code.EFFECT_CONDITION] for row in parts.effects),
            actions=tuple(self.actions),
            moves=parts.moves,
            phases=parts.phases,
            stages=parts.stages,
            cards=parts.cards,
            decks=parts.decks,
            tables=parts.tables,
            seat_places=parts.seat_places,
            picks_room=parts.picks_room,
            objectives=parts.objectives,
            score_place=parts.score_place,
            most_moves=self._most_moves(parts),
            doctrines=doctrines,
        )


def _with_cards(planned: Scenario, added: tuple[Card, ...]) -> Scenario:
    if not added:
        return planned
    return attrs.evolve(planned, cards=(*planned.cards, *added), digest=digest_with_cards(planned.digest, added))


def _read_by(card: Card) -> Secrecy:
    """The secrecy of a card's effects: those who may read the card learn their cause."""
    return OPEN.kept_by({card.id: frozenset(card.known_to)}) if card.known_to else OPEN


def _at_least_nothing(node: Node) -> Node:
    """A weight, with negative values counted as 0."""
    return ("num", max(0, node[1])) if node[0] == "num" else ("max", _NOTHING, node)


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
