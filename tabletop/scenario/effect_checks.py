"""Checks of effects and resolution tables: one verb, a real target, a sound amount, a reason and a claim."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import attrs

from tabletop.scenario.effects import VERBS, Effect, Outcome, Table
from tabletop.scenario.findings import Findings
from tabletop.scenario.language import ExpressionError, Symbol
from tabletop.scenario.pack import Scenario
from tabletop.scenario.problems import Path, nearest

_CHANGEABLE = ("meter", "track", "resource", "variable")
_SETTABLE = ("meter", "track", "variable", "hidden variable")
LONGEST_DELAY = 30
MOST_ROLLS = 8


@attrs.define
class EffectChecks:
    """Checks every effect of a pack and remembers what they touch."""

    scenario: Scenario
    findings: Findings
    moved: set[str] = attrs.field(factory=set)
    dealt: set[str] = attrs.field(factory=set)
    entered: set[str] = attrs.field(factory=set)
    ended: set[str] = attrs.field(factory=set)
    rolled: set[str] = attrs.field(factory=set)
    carried: dict[str, set[str]] = attrs.field(factory=dict)

    def effects(self, path: Path, effects: Sequence[Effect], claims: Sequence[str], cited: bool, by: str) -> None:
        """Checks effects whose container has these `claims`, or another source (`cited`), and is called `by`."""
        for index, effect in enumerate(effects):
            self._effect((*path, index), effect, effect.claims or claims, cited)
            for claim in effect.claims or claims:
                self.carried.setdefault(claim, set()).add(by)

    def _effect(self, path: Path, effect: Effect, claims: Sequence[str], cited: bool) -> None:
        verbs = effect.verbs
        if len(verbs) != 1:
            found = " and ".join(verbs) if verbs else "none"
            self.findings.report(path, f"an effect has exactly one of {', '.join(VERBS)}; this has {found}")
            return
        verb = verbs[0]
        self.findings.condition((*path, "when"), effect.when)
        self.findings.condition((*path, "until"), effect.until)
        self._timing(path, effect)
        getattr(self, f"_{verb}")(path, effect)
        if verb in ("change", "set") and not effect.why.strip():
            self.findings.report(path, "an effect needs a reason that players can read: add 'why'")
        if self.scenario.claims:
            if not claims and not cited:
                self.findings.report(path, "an effect needs the claim behind it: add 'claims' here or to what it belongs to")
            self.claims((*path, "claims"), effect.claims)
        for field in ("by", "to"):
            if getattr(effect, field) is not None and verb != {"by": "change", "to": "set"}[field]:
                self.findings.report((*path, field), f"'{field}' does not go with '{verb}'")

    def claims(self, path: Path, claims: Sequence[str]) -> None:
        """Checks that the claims cited exist."""
        known = [claim.id for claim in self.scenario.claims]
        for index, claim in enumerate(claims):
            self.findings.name((*path, index), claim, known, "claim")

    def _timing(self, path: Path, effect: Effect) -> None:
        for field in ("after", "lasts"):
            turns = getattr(effect, field)
            if turns is not None and not 1 <= turns <= LONGEST_DELAY:
                self.findings.report((*path, field), f"'{field}' is a number of turns from 1 to {LONGEST_DELAY}, not {turns}")
        if effect.after is not None and effect.lasts is not None:
            self.findings.report((*path, "lasts"), "an effect has 'after' or 'lasts', not both")
        if effect.until is not None and effect.after is None and effect.lasts is None:
            self.findings.report((*path, "until"), "'until' goes with 'after' or 'lasts'")

    def _symbol(self, path: Path, name: str, nouns: Collection[str]) -> Symbol | None:
        symbols = self.findings.scope.symbols
        candidates = [symbol.id for symbol in symbols.values() if symbol.noun in nouns]
        if name in candidates:
            self.moved.add(name)
            return symbols[name]
        what = f"'{name}' is a {symbols[name].noun}" if name in symbols else f"there is no '{name}'"
        self.findings.report(path, f"{what}; this can be a {', '.join(nouns)}", nearest(name, candidates))
        return None

    def _change(self, path: Path, effect: Effect) -> None:
        symbol = self._symbol((*path, "change"), effect.change or "", _CHANGEABLE)
        if symbol is not None and symbol.kind == "bool":
            self.findings.report((*path, "change"), f"'{symbol.id}' is true or false: use 'set' and 'to'")
        if effect.by is None:
            self.findings.report(path, "'change' needs 'by'")
        amount = self.findings.amount((*path, "by"), effect.by)
        if amount is not None and amount.low == amount.high == 0:
            self.findings.warn((*path, "by"), "this changes nothing")
        elif amount is not None and symbol is not None:
            room = symbol.high - symbol.low
            if amount.low == amount.high and abs(amount.low) > room:
                self.findings.report((*path, "by"), f"{amount.low} is out of range: '{symbol.id}' has only {room} to move in")

    def _set(self, path: Path, effect: Effect) -> None:
        symbol = self._symbol((*path, "set"), effect.set or "", _SETTABLE)
        if effect.to is None:
            self.findings.report(path, "'set' needs 'to'")
        elif symbol is not None:
            try:
                value = self.findings.scope.value_for(symbol, effect.to.source)
            except ExpressionError as error:
                self.findings.report((*path, "to"), error.message, error.suggestion)
                return
            if value.high < symbol.low or value.low > symbol.high:
                self.findings.report(
                    (*path, "to"), f"{effect.to} is out of range: '{symbol.id}' goes from {symbol.low} to {symbol.high}"
                )

    def _roll(self, path: Path, effect: Effect) -> None:
        if self.findings.name((*path, "roll"), effect.roll or "", [t.id for t in self.scenario.tables], "table"):
            self.rolled.add(effect.roll or "")

    def _deal(self, path: Path, effect: Effect) -> None:
        if self.findings.name((*path, "deal"), effect.deal or "", [c.id for c in self.scenario.cards], "card"):
            self.dealt.add(effect.deal or "")

    def _enter(self, path: Path, effect: Effect) -> None:
        if self.findings.name((*path, "enter"), effect.enter or "", [s.id for s in self.scenario.stages], "stage"):
            self.entered.add(effect.enter or "")

    def _end(self, path: Path, effect: Effect) -> None:
        if self.findings.name((*path, "end"), effect.end or "", [e.id for e in self.scenario.endings], "ending"):
            self.ended.add(effect.end or "")

    def _tell(self, path: Path, effect: Effect) -> None:
        for index, seat in enumerate(effect.tell or ()):
            if seat != "all":
                self.findings.name((*path, "tell", index), seat, [s.id for s in self.scenario.seats], "seat")
        if not effect.text.strip():
            self.findings.report(path, "'tell' needs a 'text'")

    # Tables

    def tables(self) -> None:
        """Checks every resolution table, and that none rolls itself."""
        for index, table in enumerate(self.scenario.tables):
            path: Path = ("tables", index)
            self.claims((*path, "claims"), table.claims)
            if not table.outcomes:
                self.findings.report(path, f"the table '{table.id}' has no outcomes")
            seen: set[str] = set()
            for at, outcome in enumerate(table.outcomes):
                if outcome.id in seen:
                    self.findings.report((*path, "outcomes", at, "id"), f"'{outcome.id}' is declared more than once")
                seen.add(outcome.id)
                self._outcome((*path, "outcomes", at), outcome, table)
            self._depth(table)

    def _outcome(self, path: Path, outcome: Outcome, table: Table) -> None:
        weight = self.findings.amount((*path, "weight"), outcome.weight)
        if weight is not None and weight.high <= 0 and not outcome.modifiers:
            self.findings.warn((*path, "weight"), f"the outcome '{outcome.id}' can never come up: its weight is never above 0")
        for index, modifier in enumerate(outcome.modifiers):
            self.findings.amount((*path, "modifiers", index, "by"), modifier.by)
            self.findings.condition((*path, "modifiers", index, "when"), modifier.when)
            self.claims((*path, "modifiers", index, "claims"), modifier.claims)
            for claim in modifier.claims:
                self.carried.setdefault(claim, set()).add(f"table {table.id}")
            if not modifier.why.strip():
                self.findings.report((*path, "modifiers", index), "a modifier needs a reason that players can read: add 'why'")
        self.effects((*path, "effects"), outcome.effects, table.claims, False, f"table {table.id}")

    def _depth(self, table: Table) -> None:
        by_id = {other.id: other for other in self.scenario.tables}
        level, depth = {table.id}, 0
        while level and depth <= MOST_ROLLS:
            level = {
                effect.roll
                for name in level
                if name in by_id
                for outcome in by_id[name].outcomes
                for effect in outcome.effects
                if effect.roll is not None and effect.after is None and effect.lasts is None
            }
            depth += 1
        if level:
            at = self.scenario.tables.index(table)
            self.findings.report(("tables", at), f"the table '{table.id}' leads to rolls without end, or more than {MOST_ROLLS} deep")
