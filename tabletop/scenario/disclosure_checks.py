"""Warns where a pack's rules leak secrets: something visible happens, or does not, because of hidden information.

A visible event that depends on a secret reveals it to those who see the event, and to those who see that it does not
happen. If that is intended, the author names the secret under `reveals`.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence

import attrs

from tabletop.scenario.actions import Action
from tabletop.scenario.cards import Card, Choice
from tabletop.scenario.effects import Effect, EffectKind, Table
from tabletop.scenario.expression_language import ExpressionError, Meaning, Symbol
from tabletop.scenario.expressions import Expression
from tabletop.scenario.findings import Findings
from tabletop.scenario.interval_arithmetic import range_of
from tabletop.scenario.pack import Scenario
from tabletop.scenario.problems import Path
from tabletop.scenario.secrecy import OPEN, Audience, Secrecy, secrets_in_conditions, secrets_read

#: For a secret with a longer range, only the ends are checked.
_MOST_VALUES = 50
#: The number of secret reasons for rolling a table that are checked.
_MOST_ROLLS = 400

#: A weight, and the condition under which it applies.
Weight = tuple[Meaning | None, Meaning | None]


@attrs.define
class DisclosureChecks:
    """Finds rules that reveal secrets; names and expressions have been checked before."""

    scenario: Scenario
    findings: Findings
    _rolls: deque[tuple[str, Secrecy]] = attrs.field(factory=deque)

    @property
    def _seats(self) -> list[str]:
        return [seat.id for seat in self.scenario.seats]

    def all(self) -> None:
        """Reports everything that reveals a secret by happening or not, and is not named under `reveals`."""
        self._starts()
        self._turns()
        for index, action in enumerate(self.scenario.actions):
            self._action(("actions", index), action)
        for index, card in enumerate(self.scenario.cards):
            self._card(("cards", index), card)
        for index, rule in enumerate(self.scenario.rules):
            path: Path = ("rules", index)
            self._names((*path, "reveals"), rule.reveals)
            self._effects((*path, "effects"), rule.effects, self._kept(OPEN.revealing(rule.reveals), rule.when))
        self._tables()

    # Who knows what

    def _kept(self, secrecy: Secrecy, *conditions: Expression | None) -> Secrecy:
        try:
            return secrecy.kept_by(secrets_in_conditions(self.findings.scope, conditions))
        except (ExpressionError, KeyError):  # reported where it stands
            return secrecy

    def _secrets(self, meaning: Meaning | None) -> dict[str, frozenset[str]]:
        return {} if meaning is None else secrets_read(self.findings.scope, meaning)

    def _condition(self, expression: Expression | None) -> Meaning | None:
        try:
            return None if expression is None else self.findings.scope.condition(expression.source)
        except ExpressionError:
            return None

    def _amount(self, expression: Expression | None) -> Meaning | None:
        try:
            return None if expression is None else self.findings.scope.integer(expression.source)
        except ExpressionError:
            return None

    def _value(self, symbol: Symbol, expression: Expression | None) -> Meaning | None:
        try:
            return None if expression is None else self.findings.scope.value_for(symbol, expression.source)
        except ExpressionError:
            return None

    def _names(self, path: Path, names: Sequence[str]) -> None:
        """Checks the names under `reveals`: secrets, secret actions or private tables."""
        if names:
            scenario = self.scenario
            known = {symbol.id for symbol in self.findings.scope.symbols.values() if symbol.known_to is not None}
            known |= {action.id for action in scenario.actions if action.secret}
            known |= {table.id for table in scenario.tables if table.known_to}
            self.findings.names(path, names, known, "secret, secret action or private table")

    # What is revealed

    def _told(self, path: Path, seen: str, secrecy: Secrecy, audience: Audience, by: str = "") -> None:
        """Reports that the audience of something learns a secret from it."""
        learned = dict(secrecy.unknown_to(audience, self._seats))
        if not learned or self.findings.has_error(path):
            return
        seats = sorted({seat for outside in learned.values() for seat in outside})
        everybody = audience is None and len(seats) >= max(1, len(self._seats) - 1)
        who = "everybody" if everybody else " and ".join(seats) or "whoever only watches"
        names = ", ".join(sorted(learned))
        ending = "s" if everybody or len(seats) < 2 else ""
        message = f"{who} see{ending} {seen}, and so learn{ending} of {names}{by}"
        self.findings.warn(path, f"{message}; write 'reveals: [{names}]' if that is meant")

    def _effects(self, path: Path, effects: Sequence[Effect], secrecy: Secrecy) -> None:
        for index, effect in enumerate(effects):
            here: Path = (*path, index)
            self._names((*here, "reveals"), effect.reveals)
            kept = self._kept(secrecy.revealing(effect.reveals), effect.when, effect.until)
            for kind in effect.kinds[:1]:
                self._effect(here, effect, kind, kept)

    def _effect(self, path: Path, effect: Effect, kind: EffectKind, kept: Secrecy) -> None:
        match kind.role:
            case "rolls":
                self._rolls += [(table, Secrecy(kept.reasons)) for table in effect.rolled]
            case "tells":
                self._told(path, "a text", kept, effect.heard_by)
            case "changes":
                for target in effect.changed:
                    self._change(path, effect, target, kept)
            case _:
                self._told(path, kind.seen, kept, None)

    def _change(self, path: Path, effect: Effect, target: str, kept: Secrecy) -> None:
        symbol = self.findings.scope.symbols.get(target)
        if symbol is None:
            return
        self._told(path, f"{target} change", kept, symbol.known_to)
        argument = effect.kind.argument
        amount = Secrecy(revealed=kept.revealed).kept_by(self._secrets_of_change(effect, symbol))
        named = {name for name, _ in kept.reasons}
        amount = attrs.evolve(amount, reasons=frozenset(r for r in amount.reasons if r[0] not in named))
        seen = f"by how much {target} changes" if effect.amount is not None else f"what {target} becomes"
        field = effect.kind.verb if argument is None else argument.field
        self._told((*path, field), seen, amount, symbol.known_to)

    def _secrets_of_change(self, effect: Effect, symbol: Symbol) -> dict[str, frozenset[str]]:
        """The secrets that what becomes of a value may tell: those of its amount or new value. An effect without these
        changes the values that it names by one another."""
        if effect.kind.argument is not None:
            amount = self._amount(effect.amount)
            return self._secrets(self._value(symbol, effect.value) if amount is None else amount)
        symbols = self.findings.scope.symbols
        others = [symbols[name] for name in effect.changed if name != symbol.id and name in symbols]
        return {other.id: other.known_to for other in others if other.known_to is not None}

    # Nouns

    def _starts(self) -> None:
        for index, variable in enumerate(self.scenario.variables):
            symbol = self.findings.scope.symbols.get(variable.id)
            if variable.start is None or symbol is None:
                continue
            path: Path = ("variables", index, "start")
            start = OPEN.kept_by(self._secrets(self._value(symbol, variable.start)))
            learned = dict(start.unknown_to(symbol.known_to, self._seats))
            if learned:
                names = ", ".join(sorted(learned))
                self.findings.warn(
                    path, f"'{variable.id}' tells of {names} from the start to seats that may not know it"
                )

    def _turns(self) -> None:
        for index, stage in enumerate(self.scenario.stages):
            path: Path = ("stages", index)
            self._names((*path, "reveals"), stage.reveals)
            until = self._kept(OPEN.revealing(stage.reveals), stage.until)
            self._told((*path, "until"), "how long it lasts", until, None)
            for at, phase in enumerate(stage.phases):
                here: Path = (*path, "phases", at)
                self._names((*here, "reveals"), phase.reveals)
                when = self._kept(OPEN.revealing(phase.reveals), phase.when)
                self._told((*here, "when"), "whether the phase is played", when, None)

    def _action(self, path: Path, action: Action) -> None:
        self._names((*path, "reveals"), action.reveals)
        for variant in action.variants({}):
            bound = variant.action
            opened = OPEN.revealing(bound.reveals)
            if not bound.secret:
                requires = self._kept(opened, bound.requires)
                self._told((*path, "requires"), "it done", requires, None, ", which it requires")
                self._effects((*path, "effects"), bound.effects, opened)
                continue
            for seat in bound.seats:
                kept = opened.kept_by({bound.id: frozenset([seat])})
                self._costs(path, bound, kept)
                self._effects((*path, "effects"), bound.effects, kept)

    def _costs(self, path: Path, action: Action, kept: Secrecy) -> None:
        for resource, amount in action.cost.items():
            symbol = self.findings.scope.symbols.get(resource)
            if symbol is not None and amount:
                self._told((*path, "cost", resource), f"{resource} spent", kept, symbol.known_to)

    def _card(self, path: Path, card: Card) -> None:
        self._names((*path, "reveals"), card.reveals)
        opened = OPEN.revealing(card.reveals)
        if card.deck is not None:
            self._told((*path, "eligible"), "it come up", self._kept(opened, card.eligible), None)
            meaning = self._amount(card.weight)
            self._weight((*path, "weight"), "the card", [(meaning, None)], opened, None)
        self._effects((*path, "effects"), card.effects, opened)
        for index, choice in enumerate(card.choices):
            self._choice((*path, "choices", index), choice)

    def _choice(self, path: Path, choice: Choice) -> None:
        self._names((*path, "reveals"), choice.reveals)
        # Nobody sees whether the condition holds: the seat is asked in any case.
        opened = OPEN.revealing(choice.reveals)
        kept = opened if self.findings.has_error((*path, "when")) else self._kept(opened, choice.when)
        for index, option in enumerate(choice.options):
            here: Path = (*path, "options", index)
            self._names((*here, "reveals"), option.reveals)
            its_own = kept.revealing(option.reveals)
            if its_own.audience is None:
                requires = self._kept(its_own, option.requires)
                self._told((*here, "requires"), "it chosen", requires, None, ", which it requires")
            self._effects((*here, "effects"), option.effects, its_own)

    # Tables

    def _tables(self) -> None:
        """Follows every roll with its secrecy."""
        tables = {table.id: (("tables", index), table) for index, table in enumerate(self.scenario.tables)}
        for path, table in tables.values():
            for at, outcome in enumerate(table.outcomes):
                self._names((*path, "outcomes", at, "reveals"), outcome.reveals)
            # A facilitator's own card may publicly roll any table.
            self._rolls.append((table.id, OPEN))
        seen: set[tuple[str, Secrecy]] = set()
        while self._rolls and len(seen) < _MOST_ROLLS:
            roll = self._rolls.popleft()
            if roll not in seen and roll[0] in tables:
                seen.add(roll)
                self._table(*tables[roll[0]], roll[1])

    def _table(self, path: Path, table: Table, secrecy: Secrecy) -> None:
        if known_to := frozenset(table.known_to).intersection(self._seats):
            secrecy = secrecy.kept_by({table.id: known_to})
        for at, outcome in enumerate(table.outcomes):
            here: Path = (*path, "outcomes", at)
            kept = secrecy.revealing(outcome.reveals)
            weights: list[Weight] = [(self._amount(outcome.weight), None)]
            weights += [(self._amount(modifier.by), self._condition(modifier.when)) for modifier in outcome.modifiers]
            self._weight((*here, "weight"), f"'{outcome.id}'", weights, OPEN.revealing(outcome.reveals), kept.audience)
            self._effects((*here, "effects"), outcome.effects, kept)

    def _weight(
        self,
        path: Path,
        what: str,
        weights: Sequence[Weight],
        secrecy: Secrecy,
        audience: Audience,
    ) -> None:
        """Reports an outcome or card that is possible only for some values of a secret, and so proves them."""
        secrets: dict[str, frozenset[str]] = {}
        for meaning in itertools.chain.from_iterable(weights):
            secrets |= self._secrets(meaning)
        for name, knowing in sorted(secrecy.kept_by(secrets).reasons):
            values = self._values(name)
            possible = [value for value in values if self._most(weights, {name: value}) > 0]
            if 0 < len(possible) < len(values):
                proof = Secrecy(frozenset([(name, knowing)]))
                self._told(path, f"{what} come up", proof, audience, ", since it never does for some of its values")

    def _values(self, name: str) -> Collection[int]:
        symbol = self.findings.scope.symbols[name]
        values = range(symbol.low, symbol.high + 1)
        return values if len(values) <= _MOST_VALUES else (symbol.low, symbol.high)

    def _most(self, weights: Iterable[Weight], known: Mapping[str, int]) -> int:
        """The maximum weight, given the value of a secret."""
        total = 0
        for amount, condition in weights:
            if amount is None:
                return 1
            high = range_of(amount.node, self.findings.scope, known)[1]
            if condition is not None:
                low, most = range_of(condition.node, self.findings.scope, known)
                high = 0 if not most else high if low else max(0, high)
            total += high
        return total
