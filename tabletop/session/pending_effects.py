"""Waiting: what has been set in motion and is due in a later turn, as far as a seat may know of it."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

import attrs

from tabletop.engine.log import Entry
from tabletop.engine.program import Action, Program
from tabletop.scenario.effects import Effect
from tabletop.session.outlook import Outlook


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


def waiting(outlook: Outlook) -> list[Due]:
    """What is due in later turns, soonest first: from cards that came up, and from moves and answers that were seen."""
    found = [due for entry in outlook.view.log for due in _of(outlook, entry)]
    ahead = [due for due in found if due.turn > outlook.view.turn and _is_known(outlook, due.effect)]
    return sorted(ahead, key=lambda due: due.turn)


def _of(outlook: Outlook, entry: Entry) -> Iterator[Due]:
    if not outlook.names.stages[entry.stage].clock:
        return
    for effect in _effects(outlook, entry):
        surely = effect.when is None and effect.until is None
        turns: Sequence[int] = [effect.after] if effect.after else range(1, (effect.lasts or 0) + 1)
        for ahead in turns:
            turn = entry.turn + ahead
            yield Due(turn=turn, title=entry.title, entry=entry, effect=effect, surely=surely)


def _effects(outlook: Outlook, entry: Entry) -> Sequence[Effect]:
    if entry.kind == "card":
        return outlook.names.cards[entry.card].effects if entry.card in outlook.names.cards else ()
    if entry.kind == "action" and entry.seat:
        named = _named(outlook.session.game.program).get((entry.seat, entry.rule, entry.noun, entry.title), ())
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


def _is_known(outlook: Outlook, effect: Effect) -> bool:
    target = effect.change or effect.set
    symbols = outlook.session.game.program.scope.symbols
    return target is not None and target in symbols and (symbols[target].known_to is None)
