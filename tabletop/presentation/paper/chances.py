"""Chance on paper: dice for fixed weights, signal cards for a hidden truth, counting for the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from tabletop.presentation.formula_names import names_read
from tabletop.presentation.paper.dice import Dice, apportioned, dice_table
from tabletop.presentation.paper.values import PaperOutcome, PaperTruth
from tabletop.presentation.paper.wording import PaperWords
from tabletop.presentation.spans import signed
from tabletop.scenario.board import Hidden
from tabletop.scenario.effects import Table
from tabletop.scenario.expression_language import Scope
from tabletop.scenario.expressions import Expression
from tabletop.scenario.interval_arithmetic import range_of
from tabletop.scenario.numerals import whole

#: Signal cards of one table for one value of a truth.
SIGNAL_CARDS = 20


@attrs.frozen(kw_only=True)
class Lots:
    """How an outcome of a table is drawn: see `PaperTable`."""

    dice: Dice | None = None
    truth: str = ""
    signals: tuple[tuple[int, ...], ...] = ()
    error: float = 0.0
    keepers: tuple[str, ...] | None = None


class Chances:
    """Weights under the assumptions of a kit."""

    def __init__(self, scope: Scope, said: PaperWords) -> None:
        self.scope = scope
        self.said = said
        self.known = {id: int(value) for id, value in said.assumptions.items()}

    def most(self, weight: Expression) -> int:
        """The greatest that a weight can be, at least 1."""
        return max(1, range_of(self.scope.integer(weight.source).node, self.scope, self.known)[1])

    def amount(self, source: str) -> str:
        """What a modifier adds, with its sign where it is a number."""
        number = whole(source)
        return signed(number) if number is not None else self.said.amount_words(source)

    def truth(self, hidden: Hidden) -> PaperTruth:
        """A hidden truth with the chances of its values under the assumptions."""
        weights = tuple(
            max(0, range_of(self.scope.integer(one.source).node, self.scope, self.known)[0]) for one in hidden.prior
        )
        # Under some assumptions nothing is likely: then the first value holds.
        weights = weights if sum(weights) else (1, *weights[1:])
        return PaperTruth(
            id=hidden.id,
            name=hidden.name,
            text=" ".join(hidden.text.split()),
            values=hidden.values,
            descriptions=tuple(" ".join(one.replace("*", "").split()) for one in hidden.descriptions),
            weights=weights,
            dice=dice_table(weights),
            keepers=hidden.known_to,
        )

    def lots(self, table: Table, outcomes: Sequence[PaperOutcome]) -> Lots:
        """How a table is drawn."""
        read = self._names_read(table)
        if not read:
            return Lots(dice=dice_table(self._weights(outcomes, {})))
        parts = [part for row in table.outcomes for part in (row.weight, *(one.when for one in row.modifiers))]
        keepers = self.said.keepers(parts)
        only = next(iter(read)) if len(read) == 1 else ""
        symbol = self.scope.symbols.get(only)
        if symbol is None or symbol.noun != "hidden variable":
            return Lots(keepers=keepers)
        weights = [self._weights(outcomes, {only: value}) for value in range(len(symbol.members))]
        signals = [apportioned(row, SIGNAL_CARDS) if sum(row) else [0] * len(row) for row in weights]
        errors = [
            abs(cards / SIGNAL_CARDS - weight / sum(row))
            for row, shares in zip(weights, signals, strict=True)
            for weight, cards in zip(row, shares, strict=True)
            if sum(row)
        ]
        return Lots(truth=only, signals=tuple(map(tuple, signals)), error=max(errors), keepers=keepers)

    def _weights(self, outcomes: Sequence[PaperOutcome], known: Mapping[str, int]) -> list[int]:
        """The weights of outcomes that hang on nothing but some known names."""
        return [self._weight(outcome, {**self.known, **known}) for outcome in outcomes]

    def _weight(self, outcome: PaperOutcome, known: Mapping[str, int]) -> int:
        total = range_of(self.scope.integer(outcome.weight).node, self.scope, known)[0]
        for one in outcome.modifiers:
            if not one.when.source or range_of(self.scope.condition(one.when.source).node, self.scope, known)[0]:
                total += range_of(self.scope.integer(one.amount).node, self.scope, known)[0]
        return max(0, total)

    def _names_read(self, table: Table) -> set[str]:
        """The names whose values the weights of a table hang on, assumptions apart."""
        sources = []
        for row in table.outcomes:
            sources.append(self.said.source(row.weight))
            for one in row.modifiers:
                sources += [self.said.source(one.when), self.said.source(one.by)]
        symbols = self.scope.symbols
        read = {name for source in sources if source for name in names_read(self.scope, self.scope.read(source))}
        return {id for id in read if symbols[id].formula is None and symbols[id].noun != "assumption"}
