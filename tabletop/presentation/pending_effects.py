"""Waiting: what has been set in motion and is due in a later turn, as far as a seat may know of it."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

import attrs

from tabletop.engine.log import Entry
from tabletop.engine.program import Action, Program
from tabletop.presentation.perspective import Perspective
from tabletop.scenario.effects import Effect


@attrs.frozen(kw_only=True)
class Due:
    """An effect that waits: the turn (over all stages) in which it falls due, what set it in motion, and its effect.

    `surely` is False where it hangs on a condition.
    """

    turn: int
    title: str
    entry: Entry
    effect: Effect
    surely: bool


def waiting(perspective: Perspective) -> list[Due]:
    """What is due in later turns, soonest first: from cards that came up, and from moves and answers that were seen."""
    found = [due for entry in perspective.view.log for due in _of(perspective, entry)]
    ahead = [due for due in found if due.turn > perspective.view.turn and _is_known(perspective, due.effect)]
    return sorted(ahead, key=lambda due: due.turn)


def _of(perspective: Perspective, entry: Entry) -> Iterator[Due]:
    if not perspective.names.stages[entry.stage].clock:
        return
    for effect in _effects(perspective, entry):
        surely = effect.when is None and effect.until is None
        turns: Sequence[int] = [effect.after] if effect.after else range(1, (effect.lasts or 0) + 1)
        for ahead in turns:
            turn = entry.turn + ahead
            yield Due(turn=turn, title=entry.title, entry=entry, effect=effect, surely=surely)


def _effects(perspective: Perspective, entry: Entry) -> Sequence[Effect]:
    if entry.kind == "card":
        return perspective.names.cards[entry.card].effects if entry.card in perspective.names.cards else ()
    if entry.kind == "action" and entry.seat:
        named = _named(perspective.program).get((entry.seat, entry.rule, entry.noun, entry.title), ())
        for action in named:
            if not action.card or action.card == entry.card:
                return action.effects
    return ()


@functools.lru_cache(maxsize=4)
def _named(program: Program) -> dict[tuple[str, str, str, str], list[Action]]:
    """The actions by what the log tells of them."""
    found: dict[tuple[str, str, str, str], list[Action]] = {}
    for action in program.actions:
        found.setdefault((action.seat, action.id, action.kind, action.label), []).append(action)
    return found


def _is_known(perspective: Perspective, effect: Effect) -> bool:
    symbols = perspective.program.scope.symbols
    return bool(effect.changed) and all(symbols[name].known_to is None for name in effect.changed)
