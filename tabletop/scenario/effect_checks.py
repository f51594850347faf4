"""Checks effects and resolution tables: one verb, a valid target and amount, a reason and a claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import attrs

from tabletop.scenario.effects import KINDS, VERBS, Argument, Effect, EffectKind, Outcome, Role, Table
from tabletop.scenario.expression_language import Symbol
from tabletop.scenario.expressions import Expression
from tabletop.scenario.findings import Findings
from tabletop.scenario.pack import Scenario
from tabletop.scenario.problems import Path, a, quoted

LONGEST_DELAY = 30
MOST_ROLLS = 8
MOST_MODIFIERS = 40
MOST_EFFECTS = 1_000


@attrs.define
class EffectChecks:
    """Checks every effect of a pack and records what the effects have `touched`, by what becomes of it. Cards from
    index `improvised` on were written in play and need no claim."""

    scenario: Scenario
    findings: Findings
    improvised: int
    touched: defaultdict[Role, set[str]] = attrs.field(factory=lambda: defaultdict(set))
    breaks_off: bool = False
    carried: dict[str, set[str]] = attrs.field(factory=dict)
    _declared: dict[str, frozenset[str]] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        sections = ("claims", "tables", "cards", "stages", "endings", "seats")
        self._declared = {name: frozenset(item.id for item in getattr(self.scenario, name)) for name in sections}

    def effects(self, path: Path, effects: Sequence[Effect], claims: Sequence[str], cited: bool, by: str) -> None:
        """Checks effects whose container has these `claims` or another source (`cited`) and is called `by`."""
        for index, effect in enumerate(effects):
            self._effect((*path, index), effect, effect.claims or claims, cited)
            self.carry(effect.claims or claims, by)

    def carry(self, claims: Sequence[str], by: str) -> None:
        """Records what carries each claim."""
        for claim in claims:
            self.carried.setdefault(claim, set()).add(by)

    def _effect(self, path: Path, effect: Effect, claims: Sequence[str], cited: bool) -> None:
        verbs = effect.verbs
        if len(verbs) != 1:
            found = " and ".join(verbs) if verbs else "none"
            if verbs or not self.findings.repairs.took(path, *VERBS):
                self.findings.report(path, f"an effect has exactly one of {', '.join(VERBS)}; this has {found}")
            return
        kind = effect.kind
        self.findings.condition((*path, "when"), effect.when)
        self.findings.condition((*path, "until"), effect.until)
        self._timing(path, effect)
        symbols = self._things_named(path, kind, effect)
        if kind.argument is not None:
            self._argument(path, kind.verb, kind.argument, effect, symbols)
        if kind.needs_reason and not effect.why.strip():
            self.findings.lacks(path, "an effect needs a reason that players can read: add 'why'", "why")
        if self.scenario.claims:
            if not claims and not cited and not self._lost_claims(path) and not self._is_improvised(path):
                fault = "an effect needs the claim behind it: add 'claims' here or to what it belongs to"
                self.findings.report(path, fault)
            self.claims((*path, "claims"), effect.claims)
        for other in (one.argument for one in KINDS.values() if one.argument != kind.argument):
            if other is not None and other.is_a != "text" and other.given_in(effect) is not None:
                self.findings.report((*path, other.field), f"'{other.field}' does not go with '{kind.verb}'")

    def _lost_claims(self, path: Path) -> bool:
        """Whether claims or sources were removed from an effect or anything around it."""
        ways = (path[:length] for length in range(2, len(path) + 1))
        return any(self.findings.repairs.took(way, "claims", "sources") for way in ways)

    def _is_improvised(self, path: Path) -> bool:
        return path[0] == "cards" and int(path[1]) >= self.improvised

    def claims(self, path: Path, claims: Sequence[str]) -> None:
        """Checks that the cited claims exist."""
        self.findings.names(path, claims, self._declared["claims"], "claim")

    def _timing(self, path: Path, effect: Effect) -> None:
        for field in ("after", "lasts"):
            turns = getattr(effect, field)
            if turns is not None and not 1 <= turns <= LONGEST_DELAY:
                fault = f"'{field}' is a number of turns from 1 to {LONGEST_DELAY}, not {turns}"
                self.findings.report((*path, field), fault)
        if effect.after is not None and effect.lasts is not None:
            self.findings.report((*path, "lasts"), "an effect has 'after' or 'lasts', not both")
        is_idle = effect.until is not None and effect.after is None and effect.lasts is None
        if is_idle and not self.findings.repairs.took(path, "after", "lasts"):
            self.findings.report((*path, "until"), "'until' goes with 'after' or 'lasts'")

    def _symbol(self, path: Path, name: str, nouns: Collection[str]) -> Symbol | None:
        symbols = self.findings.scope.symbols
        if name in symbols and symbols[name].noun in nouns:
            self.touched["changes"].add(name)
            return symbols[name]
        if name in symbols or not self.findings.excused(name):
            what = f"'{name}' is {a(symbols[name].noun)}" if name in symbols else f"there is no {quoted(name)}"
            near = self.findings.near(name, [symbol.id for symbol in symbols.values() if symbol.noun in nouns])
            self.findings.report(path, f"{what}; this can be a {', '.join(nouns)}", near)
        return None

    def _things_named(self, path: Path, kind: EffectKind, effect: Effect) -> list[Symbol]:
        """Checks what the verb names; returns the values on the board among that."""
        named, here = kind.named_by(effect), (*path, kind.verb)
        if kind.count not in (None, len(named)):
            self.findings.report(here, f"'{kind.verb}' names {kind.count} things, not {len(named)}")
        if kind.noun == "value":
            found: list[Symbol | None] = []
            for at, name in enumerate(named):
                place: Path = here if kind.count == 1 else (*here, at)
                if name in named[:at]:
                    self.findings.report(place, f"{quoted(name)} is listed twice")
                found.append(self._symbol(place, name, kind.among))
            return [symbol for symbol in found if symbol is not None]
        self.breaks_off |= kind.leads_on
        self.touched[kind.role].update(named)
        if kind.noun == "seat":
            self.findings.names(here, named, self._declared["seats"] | {"all"}, "seat")
            if not named:
                self.findings.lacks(path, f"'{kind.verb}' names nobody: write [all], or some seats", kind.verb)
        else:
            for name in named:
                self.findings.name(here, name, self._declared[f"{kind.noun}s"], kind.noun)
        return []

    def _argument(self, path: Path, verb: str, argument: Argument, effect: Effect, symbols: Sequence[Symbol]) -> None:
        """Checks the field that goes with a verb."""
        given, field = argument.given_in(effect), argument.field
        if argument.is_a == "amount":
            self._amount((*path, field), verb, effect.amount, symbols)
        if effect.value is not None:
            for symbol in symbols:
                self._value((*path, field), symbol, effect.value)
        if given is None:
            self.findings.lacks(path, f"'{verb}' needs '{field}'", field)
        elif isinstance(given, str) and not given.strip():
            self.findings.lacks(path, f"'{verb}' needs a '{field}'", field)

    def _amount(self, path: Path, verb: str, by: Expression | None, symbols: Sequence[Symbol]) -> None:
        for symbol in symbols:
            if symbol.kind == "bool":
                self.findings.report((*path[:-1], verb), f"'{symbol.id}' is true or false: use 'set' and 'to'")
        amount = self.findings.amount(path, by)
        if amount is None:
            return
        if amount.low == amount.high == 0:
            self.findings.warn(path, "this changes nothing")
            return
        for symbol in symbols:
            room = symbol.high - symbol.low
            if amount.low == amount.high and abs(amount.low) > room:
                fault = f"{amount.low} is out of range: '{symbol.id}' has only {room} to move in"
                self.findings.report(path, fault)

    def _value(self, path: Path, symbol: Symbol, to: Expression) -> None:
        value = self.findings.value(path, symbol, to)
        if value is not None and (value.high < symbol.low or value.low > symbol.high):
            fault = f"{to} is out of range: '{symbol.id}' goes from {symbol.low} to {symbol.high}"
            self.findings.report(path, fault)

    # Tables

    def tables(self) -> None:
        """Checks every resolution table, and that none leads to endless rolls."""
        for index, table in enumerate(self.scenario.tables):
            path: Path = ("tables", index)
            self.claims((*path, "claims"), table.claims)
            self.findings.names((*path, "known_to"), table.known_to, self._declared["seats"], "seat")
            if not table.outcomes:
                self.findings.lacks(path, f"the table '{table.id}' has no outcomes", "outcomes")
            seen: set[str] = set()
            for at, outcome in enumerate(table.outcomes):
                if outcome.id in seen:
                    self.findings.report((*path, "outcomes", at, "id"), f"'{outcome.id}' is declared more than once")
                seen.add(outcome.id)
                self._outcome((*path, "outcomes", at), outcome, table)
        self._rolls()

    def _outcome(self, path: Path, outcome: Outcome, table: Table) -> None:
        weight = self.findings.amount((*path, "weight"), outcome.weight)
        if weight is not None and weight.high <= 0 and not outcome.modifiers:
            fault = f"the outcome '{outcome.id}' can never come up: its weight is never above 0"
            if not self.findings.repairs.took(path, "modifiers"):
                self.findings.warn((*path, "weight"), fault)
        if len(outcome.modifiers) > MOST_MODIFIERS:
            fault = f"an outcome has at most {MOST_MODIFIERS} modifiers, not {len(outcome.modifiers)}"
            self.findings.report((*path, "modifiers"), fault)
        for index, modifier in enumerate(outcome.modifiers):
            here = (*path, "modifiers", index)
            self.findings.amount((*here, "by"), modifier.by)
            self.findings.condition((*here, "when"), modifier.when)
            self.claims((*here, "claims"), modifier.claims)
            self.carry(modifier.claims, f"table {table.id}")
            if not modifier.why.strip():
                self.findings.lacks(here, "a modifier needs a reason that players can read: add 'why'", "why")
        self.effects((*path, "effects"), outcome.effects, table.claims, False, f"table {table.id}")

    def _rolls(self) -> None:
        """Counts the effects of immediate rolls, from tables that roll on no other table upwards."""
        waiting = {table.id: (at, table) for at, table in enumerate(self.scenario.tables)}
        effects: dict[str, int] = {}
        for _ in range(MOST_ROLLS):
            ready = [name for name, (_, table) in waiting.items() if not _rolled(table) & waiting.keys()]
            for name in ready:
                _, table = waiting[name]
                effects[name] = max((_effects_of(outcome, effects) for outcome in table.outcomes), default=0)
            for name in ready:
                at, _ = waiting.pop(name)
                if effects[name] > MOST_EFFECTS:
                    fault = f"one roll on the table '{name}' can lead to more than {MOST_EFFECTS:,} effects"
                    self.findings.report(("tables", at), fault)
                    effects[name] = 0
        for name, (at, _) in waiting.items():
            fault = f"the table '{name}' leads to rolls without end, or more than {MOST_ROLLS} deep"
            self.findings.report(("tables", at), fault)


def _rolled(table: Table) -> set[str]:
    """The tables that a table rolls on immediately."""
    effects = [one for outcome in table.outcomes for one in outcome.effects if not (one.after or one.lasts)]
    return {name for effect in effects for name in effect.rolled}


def _effects_of(outcome: Outcome, effects: Mapping[str, int]) -> int:
    return sum(1 + sum(effects.get(name, 0) for name in effect.rolled) for effect in outcome.effects)
