"""Whether chance fell alike on two branches, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tabletop.presentation.names import Names
from tabletop.presentation.story import TurnLabel
from tabletop.presentation.words import Words

if TYPE_CHECKING:
    from tabletop.session.branch_chance import ChanceCompared


def chance_words(names: Names, words: Words, chance: ChanceCompared) -> str:
    """How many of the cards and dice that both branches had fell alike, and which was the first that did not."""
    if not chance.of:
        return words("branch_chance.none")
    if chance.same == chance.of:
        return words("branch_chance.same", count=chance.of)
    when = TurnLabel(names.stages[chance.stage], chance.stage_turn, names.scenario.language).name
    first = words("branch_chance.first", when=when, one=chance.one, other=chance.other)
    return words("branch_chance.differs", same=chance.same, count=chance.of, first=first)
