"""Applies a command to a position: the same for a new command and for replay."""

from __future__ import annotations

import functools

import attrs

from tabletop.engine import adjudication
from tabletop.engine.adjudication import Ruling
from tabletop.engine.game import Game, IllegalAction
from tabletop.engine.program import Action, Program
from tabletop.engine.state import State
from tabletop.players import UnknownPlayer
from tabletop.session.commands import (
    Decide,
    Extend,
    Hand,
    Inject,
    Overrule,
    Repeat,
    Retract,
    Said,
    SetValue,
    Skip,
)
from tabletop.session.step_tree import Position


class CannotReplay(Exception):
    """A command that does not fit the position in which it is said to have been given."""


def played(before: Position, said: Said | None, why: str = "") -> Position:
    """The position after a step. Raises IllegalAction, RulingRefused or UnknownPlayer, and TypeError for what is no
    step."""
    game, state = before.game, before.state
    match said:
        case Decide(seat=seat, action=tried):
            return attrs.evolve(before, state=game.apply(state, seat, _action(game, state, seat, tried)))
        case Hand(seat=seat, player=player):
            return attrs.evolve(before, players=_handed(before, seat, player))
        case Inject(added=added, card=card, shown=shown):
            if added is not None:
                from tabletop.scenario.improvised_cards import card_from  # brings what checks packs with it

                game = game.adding(card_from(added))
                state = adjudication.carried_over(game, state)
            return attrs.evolve(before, game=game, state=adjudication.inject(game, state, card, why, shown))
        case SetValue(name=name, value=value, shown=shown):
            state = adjudication.set_value(game, state, name, value, why, shown)
        case Overrule(seat=seat, action=tried):
            state = adjudication.step_with(game, state, seat, tried, earlier=rulings_in(said, why))[0]
        case Retract(seat=seat):
            state = adjudication.take_back_picks(game, state, seat)
        case Repeat(phase=phase, shown=shown):
            state = adjudication.repeat_phase(game, state, phase, why, shown)
        case Skip(shown=shown):
            state = adjudication.close_phase(game, state, why, shown)
        case Extend(shown=shown):
            state = adjudication.another_round(game, state, why, shown)
        case _:
            raise TypeError(f"{said} is no step of a game")
    return attrs.evolve(before, state=state)


def rulings_in(said: Said | None, why: str) -> list[Ruling]:
    """What an overruling says, in the order in which it was ruled; none for another kind of step.

    Journals of old have one reason for all of it, that of the command.
    """
    if not isinstance(said, Overrule):
        return []
    if said.ruled is not None:
        return [Ruling(one.place, one.outcome, one.why, one.shown) for one in said.ruled]
    return [Ruling(int(place), outcome, why, said.shown) for place, outcome in said.rulings.items()]


def replayed(before: Position, said: Said | None, why: str) -> Position:
    """The position after a step of a journal. Raises CannotReplay where the step cannot be taken there."""
    try:
        return played(before, said, why)
    except (IllegalAction, adjudication.RulingRefused, UnknownPlayer, KeyError, ValueError, TypeError) as error:
        raise CannotReplay(str(error)) from error


def _handed(before: Position, seat: str, player: str) -> dict[str, str]:
    if seat not in before.players:
        known = ", ".join(before.players)
        message = f"there is no seat '{seat}' (there are {known})"
        raise UnknownPlayer(message, "no-seat-known", name=seat, known=known)
    return {**before.players, seat: player}


def named_action(before: Position, seat: str, tried: str) -> Action:
    """The action that a decision of a journal names. Raises KeyError for one that the scenario has none of."""
    found = _action(before.game, before.state, seat, tried)
    if isinstance(found, Action):
        return found
    legal = before.game.actions(before.state, seat)
    return {str(action): action for action in legal}[tried]


def _action(game: Game, state: State, seat: str, tried: str) -> Action | str:
    """The action as the program has it: to look it up is quicker than to compare it with all that is legal."""
    return _by_name(game.program).get((seat, state.card or "", tried), tried)


@functools.lru_cache(maxsize=8)
def _by_name(program: Program) -> dict[tuple[str, str, str], Action]:
    return {(action.seat, action.card, str(action)): action for action in program.actions if action.kind != "pass"}
