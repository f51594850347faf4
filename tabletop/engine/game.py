"""The public face of the rules: start a game, ask what may be done, do it, and look at it from a seat."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import attrs

from tabletop.engine import layout as code
from tabletop.engine import machine
from tabletop.engine.compiler import compile_scenario, told_in
from tabletop.engine.execution import CHANCE_CARD, CHANCE_HIDDEN, ChanceNeeded
from tabletop.engine.log import History
from tabletop.engine.program import Action, Program
from tabletop.engine.refusals import Refusal
from tabletop.engine.state import ChanceNode, ChanceOutcome, State, Unresolved
from tabletop.engine.views import View, acting_as_seen, view_of
from tabletop.scenario import Scenario
from tabletop.scenario.cards import Card
from tabletop.scenario.numerals import python_number
from tabletop.scenario.problems import nearest, printable, quoted


class IllegalAction(ValueError):
    """An action that may not be taken: `tried` says what, `reason` why not, `legal` what may be done instead."""

    def __init__(self, seat: str, tried: str, reason: Refusal, legal: tuple[Action, ...] = ()) -> None:
        self.seat, self.tried, self.reason, self.legal = seat, tried, reason, legal
        instead = f"; legal now: {', '.join(map(str, legal))}" if legal else ""
        super().__init__(f"{seat} cannot do '{tried}': {reason}{instead}")


class UnknownAssumption(ValueError):
    """An assumption that the scenario does not have, or a value that it cannot take."""


class Game:
    """The rules of a scenario with its assumptions fixed. It holds no position: states do.

    >>> import tabletop
    >>> game = tabletop.Game(tabletop.load("first-summit"))
    >>> state = game.start(seed=7)
    >>> while not state.finished:
    ...     seat = state.acting[0]
    ...     state = game.apply(state, seat, game.actions(state, seat)[0])
    >>> state.outcome is not None
    True
    """

    def __init__(self, scenario: Scenario, assumptions: Mapping[str, int | bool] | None = None) -> None:
        """Raises UnknownAssumption for a name or value that the scenario does not allow."""
        self.program: Program = compile_scenario(scenario)
        self.scenario = self.program.scenario
        self.assumptions = self._fixed(assumptions or {})

    def __getstate__(self) -> tuple[Program, dict[str, int | bool]]:
        # The program brings the scenario with it, and is compiled at most once for all that is unpickled.
        return self.program, self.assumptions

    def __setstate__(self, kept: tuple[Program, dict[str, int | bool]]) -> None:
        self.program, self.assumptions = kept
        self.scenario = self.program.scenario

    def assuming(self, assumptions: Mapping[str, int | bool]) -> Game:
        """The same rules with some assumptions otherwise, without compiling them again. Raises UnknownAssumption."""
        other = Game.__new__(Game)
        other.scenario, other.program = self.scenario, self.program
        other.assumptions = other._fixed(self.assumptions | dict(assumptions))
        return other

    def told_in(self, language: str) -> Game:
        """The same game with its words in a language, if the scenario has any there: nothing else differs."""
        program = told_in(self.program, language)
        if program is self.program:
            return self
        other = Game.__new__(Game)
        other.scenario, other.program, other.assumptions = program.scenario, program, self.assumptions
        return other

    def adding(self, *cards: Card) -> Game:
        """The same game with more cards, which no deck deals: a facilitator's. They must be sound, and their ids new.

        States of the one go on in the other by `adjudication.carried_over`.
        """
        other, root = Game.__new__(Game), self.program.original or self.program
        program = compile_scenario(root.planned, (*root.added, *cards))
        other.program = told_in(program, self.scenario.language)
        other.scenario, other.assumptions = other.program.scenario, self.assumptions
        return other

    def _fixed(self, chosen: Mapping[str, int | bool]) -> dict[str, int | bool]:
        nouns = {noun.id: noun for noun in self.scenario.assumptions}
        fixed: dict[str, int | bool] = {noun.id: noun.value for noun in self.scenario.assumptions}
        for name, value in chosen.items():
            if name not in nouns:
                near = nearest(name, nouns)
                raise UnknownAssumption(f"no assumption '{name}'" + (f"; did you mean '{near}'?" if near else ""))
            noun, number = nouns[name], python_number(value)
            if number is None:
                raise UnknownAssumption(f"'{name}' takes true, false or a whole number, not {quoted(repr(value))}")
            low, high = noun.range or (0, 1)
            if isinstance(noun.value, bool) and number not in (0, 1):
                raise UnknownAssumption(f"'{name}' is true or false, not {printable(str(number), 30)}")
            if isinstance(number, bool) and not isinstance(noun.value, bool):
                raise UnknownAssumption(f"'{name}' is a number from {low} to {high}, not {str(number).lower()}")
            if not low <= number <= high:
                raise UnknownAssumption(f"'{name}' goes from {low} to {high}, not {printable(str(number), 30)}")
            fixed[name] = bool(number) if isinstance(noun.value, bool) else number
        return fixed

    # Starting

    def start(self, seed: int) -> State:
        """The first position; chance falls as the seed says (any integer, taken modulo 2**64). Raises TypeError for a
        seed that is no integer."""
        core = self.opening(seed)
        run = self.program.run()
        machine.begin(self.program.code, core, run)
        return State(program=self.program, core=core, history=History().then(run.notes))

    def start_explicit(self) -> State:
        """The first position with chance left open: whenever `state.chance` is there, `resolve` says how it falls."""
        return self._explore(State(program=self.program, core=self.opening(0), explicit=True), -1, None, ())

    def opening(self, seed: int) -> list[int]:
        """The machine's state before anything has happened, for playouts that run the machine themselves."""
        core, seed = list(self.program.initial), operator.index(seed)
        core[code.SEED_LOW], core[code.SEED_HIGH] = seed & 0xFFFFFFFF, (seed >> 32) & 0xFFFFFFFF
        for name, value in self.assumptions.items():
            core[self.program.assumptions[name]] = int(value)
        return core

    # Playing

    def actions(self, state: State, seat: str) -> tuple[Action, ...]:
        """Every legal action of a seat; none if it need not act. Raises KeyError for an unknown seat."""
        program, number = self.program, self.program.seat_number(seat)
        if seat not in state.acting:
            return ()
        return tuple(map(program.actions.__getitem__, state.legal(number)))

    def apply(self, state: State, seat: str, action: Action | str) -> State:
        """The state after an action, given as one of `actions` or by its id where that is enough to name it.

        Raises IllegalAction, and leaves everything as it was, if the seat may not do that now.
        """
        move = self.legal_move(state, seat, action)
        program, number = self.program, self.program.seat_numbers[seat]
        if state.explicit:
            return self._explore(state, number, move, ())
        core, run = list(state.core), program.run()
        machine.apply(program.code, core, run, number, move)
        return State(program=program, core=core, history=state.history.then(run.notes))

    def legal_move(self, state: State, seat: str, action: Action | str) -> int:
        """The number in the program of a legal action. Raises IllegalAction."""
        if isinstance(action, Action) and seat in state.acting:
            actions, move = self.program.actions, action.move
            own = move < len(actions) and actions[move] is action
            if own and state.is_open(self.program.seat_numbers[seat], move):
                return move
        return self._move_named(state, seat, action)

    def _move_named(self, state: State, seat: str, action: Action | str) -> int:
        acting, number = state.acting, self.program.seat_numbers.get(seat)
        if number is None:
            seats = tuple(noun.id for noun in self.scenario.seats)
            raise IllegalAction(seat, str(action), Refusal(kind="no-seat", seats=seats))
        if seat not in acting:
            raise IllegalAction(seat, str(action), self._why_not_asked(state, seat))
        legal = state.legal(number)
        tried = str(action) if isinstance(action, Action) else "".join(action.split())
        if isinstance(action, Action):
            matching = [move for move in legal if self.program.actions[move].key == action.key]
        else:
            matching = [move for move in legal if tried in _names(self.program.actions[move])]
        if len(matching) == 1:
            return matching[0]
        actions = tuple(self.program.actions[move] for move in legal)
        if matching:
            variants = tuple(self.program.actions[m] for m in matching)
            raise IllegalAction(seat, tried, Refusal(kind="which-parameters"), variants)
        raise IllegalAction(seat, tried, self.why_not(state, seat, tried), actions)

    def _why_not_asked(self, state: State, seat: str) -> Refusal:
        """Why a seat need not act."""
        if state.finished:
            return Refusal(kind="game-over")
        if state.chance is not None:
            return Refusal(kind="chance-first")
        phase = self.program.phases[state.core[code.PHASE]]
        if state.card is None and phase.is_face_down and self.program.seat_numbers[seat] in phase.seats:
            return Refusal(kind="all-chosen")
        return Refusal(kind="others-act", seats=acting_as_seen(state, seat))

    def why_not(self, state: State, seat: str, action: str) -> Refusal:
        """Why an action of the scenario, by id or as `id(name=value)`, cannot be taken now."""
        program = self.program
        name = action.split("(")[0]
        noun = next((noun for noun in self.scenario.actions if noun.id == name), None)
        if noun is None:
            return Refusal(kind="no-action", near=nearest(name, [a.id for a in self.scenario.actions]) or "")
        if seat not in noun.seats:
            return Refusal(kind="not-of-seat")
        if state.card is not None:
            return Refusal(kind="card-first")
        if state.phase not in noun.phases:
            return Refusal(kind="other-phase", phases=noun.phases, phase=state.phase)
        for number, shown in enumerate(program.actions):
            if shown.id == name and shown.seat == seat and shown.kind == "action" and action in _names(shown):
                called = {one.id: one.name for one in self.scenario.seats}
                chosen = dict(shown.parameters)
                bound = next(one.action for one in noun.variants(called) if one.values == chosen)
                return self._why_not_move(state, number, bound.refused, bound.requires)
        if not noun.parameters:
            return Refusal(kind="no-parameters")
        return Refusal(kind="takes-parameters", parameters=tuple((one.name, one.values) for one in noun.parameters))

    def _why_not_move(self, state: State, number: int, refused: str, requires: object) -> Refusal:
        program, core = self.program, list(state.core)
        move = program.moves[number]
        place = program.seat_places[move.seat]
        picked = core[place + code.PICKS : place + code.PICKS + core[place + code.PICKED]]
        instead = [other for other in picked if other != number and program.moves[other].memory == move.memory >= 0]
        if instead:
            return Refusal(kind="instead", moves=tuple(program.actions[other].label for other in instead))
        spent = move.memory >= 0 and core[move.memory] > 0 and (move.once == "game" or core[move.memory] == state.turn)
        if spent or number in picked:
            return Refusal(kind="once", once="game" if move.once == "game" else "turn")
        row = program.code[code.MOVES] + code.MOVE_ROW * number
        if not machine.affordable(program.code, core, place, row, len(move.cost)):
            return Refusal(kind="cost", cost=tuple(program.actions[number].cost.items()))
        return Refusal(kind="refused", text=refused) if refused else Refusal(kind="requires", condition=str(requires))

    def view(self, state: State, seat: str) -> View:
        """All that a seat may know of a state, and no more. Raises KeyError for an unknown seat."""
        return view_of(state, seat)

    def suppose(self, state: State, **values: int | bool | str) -> State:
        """The same state with some variables, hidden truths, meters or tracks otherwise: for search and facilitators.

        Raises KeyError for an unknown name and ValueError for a value that it cannot take.
        """
        core = list(state.core)
        for name, value in values.items():
            symbol = self.program.scope.symbols[name]
            number = symbol.members.index(value) if isinstance(value, str) else int(value)
            if not symbol.low <= number <= symbol.high or symbol.formula is not None:
                raise ValueError(f"'{name}' cannot be {value}")
            core[self.program.places[name]] = number
        return attrs.evolve(state, core=core)

    # Explicit chance

    def resolve(self, state: State, outcome: str | int) -> State:
        """The state after chance has fallen on an outcome of `state.chance`, by id or place. Raises ValueError."""
        waiting = state.unresolved
        if waiting is None:
            raise ValueError("there is no chance to resolve here")
        ids = [one.id for one in waiting.node.outcomes]
        try:
            at = ids.index(outcome) if isinstance(outcome, str) else range(len(ids))[outcome]
        except (ValueError, IndexError):
            raise ValueError(f"'{outcome}' is none of the outcomes {', '.join(ids)}") from None
        chosen = (*waiting.outcomes, waiting.indices[at])
        return self._explore(attrs.evolve(state, unresolved=None), waiting.seat, waiting.move, chosen)

    def _explore(self, state: State, seat: int, move: int | None, outcomes: tuple[int, ...]) -> State:
        core, run = list(state.core), self.program.run(outcomes=outcomes)
        try:
            if move is None:
                machine.begin(self.program.code, core, run)
            else:
                machine.apply(self.program.code, core, run, seat, move)
        except ChanceNeeded as needed:
            indices = tuple(index for index, weight in enumerate(needed.weights) if weight > 0)
            node = self.chance_node(needed, indices)
            waiting = Unresolved(seat=seat, move=move, outcomes=outcomes, node=node, indices=indices)
            return attrs.evolve(state, unresolved=waiting)
        return attrs.evolve(state, core=core, history=state.history.then(run.notes), unresolved=None)

    def chance_node(self, needed: ChanceNeeded, indices: tuple[int, ...]) -> ChanceNode:
        """What chance may bring, in words: those of its outcomes that are given by their places."""
        total = sum(needed.weights[index] for index in indices)
        kind, subject, named = self._site(needed)
        outcomes = tuple(
            ChanceOutcome(id=named[index][0], text=named[index][1], probability=Fraction(needed.weights[index], total))
            for index in indices
        )
        return ChanceNode(kind=kind, subject=subject, outcomes=outcomes)

    def _site(self, needed: ChanceNeeded) -> tuple[str, str, list[tuple[str, str]]]:
        scenario: Any = self.scenario
        if needed.site == CHANCE_HIDDEN:
            hidden = scenario.hidden[needed.subject]
            texts = [*hidden.descriptions, *[""] * len(hidden.values)]
            return "hidden", hidden.id, list(zip(hidden.values, texts, strict=False))
        if needed.site == CHANCE_CARD:
            cards = [scenario.cards[card] for card in self.program.decks[needed.subject].cards]
            return "card", scenario.decks[needed.subject].id, [(card.id, card.title) for card in cards]
        table = scenario.tables[self.program.tables[needed.subject].table]
        return "table", table.id, [(outcome.id, outcome.text) for outcome in table.outcomes]


def _names(action: Action) -> tuple[str, str]:
    """What an action can be called, without spaces."""
    return "".join(str(action).split()), action.id
