"""Checks effects and resolution tables: one verb, a valid target and amount, a reason and a claim."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import attrs

from tabletop.scenario.effects import VERBS, Effect, Outcome, Table
from tabletop.scenario.expression_language import Symbol
from tabletop.scenario.findings import Findings
from tabletop.scenario.pack import Scenario
from tabletop.scenario.problems import Path, a, quoted

_CHANGEABLE = ("meter", "track", "resource", "variable")
_SETTABLE = ("meter", "track", "variable", "hidden variable")
LONGEST_DELAY = 30
MOST_ROLLS = 8
MOST_MODIFIERS = 40
MOST_EFFECTS = 1_000


@attrs.define
class EffectChecks:
    """Checks every effect of a pack and records what the effects touch. Cards from index `improvised` on were written
    in play and need no claim."""

    scenario: Scenario
    findings: Findings
    improvised: int
    moved: set[str] = attrs.field(factory=set)
    dealt: set[str] = attrs.field(factory=set)
    entered: set[str] = attrs.field(factory=set)
    breaks_off: bool = False
    rolled: set[str] = attrs.field(factory=set)
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
        verb = verbs[0]
        self.findings.condition((*path, "when"), effect.when)
        self.findings.condition((*path, "until"), effect.until)
        self._timing(path, effect)
        getattr(self, f"_{verb}")(path, effect)
        if verb in ("change", "set") and not effect.why.strip():
            self.findings.lacks(path, "an effect needs a reason that players can read: add 'why'", "why")
        if self.scenario.claims:
            if not claims and not cited and not self._lost_claims(path) and not self._is_improvised(path):
                fault = "an effect needs the claim behind it: add 'claims' here or to what it belongs to"
                self.findings.report(path, fault)
            self.claims((*path, "claims"), effect.claims)
        for field in ("by", "to"):
            if getattr(effect, field) is not None and verb != {"by": "change", "to": "set"}[field]:
                self.findings.report((*path, field), f"'{field}' does not go with '{verb}'")

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
            self.moved.add(name)
            return symbols[name]
        if name in symbols or not self.findings.excused(name):
            what = f"'{name}' is {a(symbols[name].noun)}" if name in symbols else f"there is no {quoted(name)}"
            near = self.findings.near(name, [symbol.id for symbol in symbols.values() if symbol.noun in nouns])
            self.findings.report(path, f"{what}; this can be a {', '.join(nouns)}", near)
        return None

    def _change(self, path: Path, effect: Effect) -> None:
        symbol = self._symbol((*path, "change"), effect.change or "", _CHANGEABLE)
        if symbol is not None and symbol.kind == "bool":
            self.findings.report((*path, "change"), f"'{symbol.id}' is true or false: use 'set' and 'to'")
        if effect.by is None:
            self.findings.lacks(path, "'change' needs 'by'", "by")
        amount = self.findings.amount((*path, "by"), effect.by)
        if amount is not None and amount.low == amount.high == 0:
            self.findings.warn((*path, "by"), "this changes nothing")
        elif amount is not None and symbol is not None:
            room = symbol.high - symbol.low
            if amount.low == amount.high and abs(amount.low) > room:
                fault = f"{amount.low} is out of range: '{symbol.id}' has only {room} to move in"
                self.findings.report((*path, "by"), fault)

    def _set(self, path: Path, effect: Effect) -> None:
        symbol = self._symbol((*path, "set"), effect.set or "", _SETTABLE)
        if effect.to is None:
            self.findings.lacks(path, "'set' needs 'to'", "to")
        elif symbol is not None:
            value = self.findings.value((*path, "to"), symbol, effect.to)
            if value is not None and (value.high < symbol.low or value.low > symbol.high):
                fault = f"{effect.to} is out of range: '{symbol.id}' goes from {symbol.low} to {symbol.high}"
                self.findings.report((*path, "to"), fault)

    def _roll(self, path: Path, effect: Effect) -> None:
        self.rolled.add(effect.roll or "")
        self.findings.name((*path, "roll"), effect.roll or "", self._declared["tables"], "table")

    def _deal(self, path: Path, effect: Effect) -> None:
        self.dealt.add(effect.deal or "")
        self.findings.name((*path, "deal"), effect.deal or "", self._declared["cards"], "card")

    def _enter(self, path: Path, effect: Effect) -> None:
        self.breaks_off = True
        self.entered.add(effect.enter or "")
        self.findings.name((*path, "enter"), effect.enter or "", self._declared["stages"], "stage")

    def _end(self, path: Path, effect: Effect) -> None:
        self.breaks_off = True
        self.findings.name((*path, "end"), effect.end or "", self._declared["endings"], "ending")

    def _tell(self, path: Path, effect: Effect) -> None:
        self.findings.names((*path, "tell"), effect.tell or (), self._declared["seats"] | {"all"}, "seat")
        if not effect.tell:
            self.findings.lacks(path, "'tell' names nobody: write [all], or some seats", "tell")
        if not effect.text.strip():
            self.findings.lacks(path, "'tell' needs a 'text'", "text")

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
    return {e.roll for outcome in table.outcomes for e in outcome.effects if e.roll and not (e.after or e.lasts)}


def _effects_of(outcome: Outcome, effects: Mapping[str, int]) -> int:
    return sum(1 + effects.get(effect.roll or "", 0) for effect in outcome.effects)
