"""Applies a command to a position: the same for a new command and for replay."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import attrs

from tabletop.engine import adjudication
from tabletop.engine.adjudication import Ruling
from tabletop.engine.game import Game, IllegalAction
from tabletop.engine.program import Action, Program
from tabletop.engine.state import State
from tabletop.players import UnknownPlayer
from tabletop.scenario.improvised_cards import card_from
from tabletop.session.step_tree import Position

Body = Mapping[str, Any]


class CannotReplay(Exception):
    """A command that does not fit the position in which it is said to have been given."""


def played(before: Position, kind: str, body: Body, why: str = "") -> Position:
    """The position after a step. Raises IllegalAction, RulingRefused or UnknownPlayer, and KeyError for a body that
    lacks something."""
    game, state, shown = before.game, before.state, bool(body.get("shown", True))
    if kind == "decide":
        action = _action(game, state, body["seat"], body["action"])
        return attrs.evolve(before, state=game.apply(state, body["seat"], action))
    if kind == "hand":
        return attrs.evolve(before, players=_handed(before, body["seat"], body["player"]))
    if kind == "inject":
        if "added" in body:
            game = game.adding(card_from(body["added"]))
            state = adjudication.carried_over(game, state)
        return attrs.evolve(before, game=game, state=adjudication.inject(game, state, body["card"], why, shown))
    if kind == "set":
        return attrs.evolve(before, state=adjudication.set_value(game, state, body["name"], body["value"], why, shown))
    if kind == "overrule":
        step = adjudication.step_with(game, state, body["seat"], body["action"], earlier=rulings_in(body, why))
        return attrs.evolve(before, state=step[0])
    if kind == "retract":
        return attrs.evolve(before, state=adjudication.take_back_picks(game, state, body["seat"]))
    if kind == "repeat":
        return attrs.evolve(before, state=adjudication.repeat_phase(game, state, body["phase"], why, shown))
    ruling = {"skip": adjudication.close_phase, "extend": adjudication.another_round}[kind]
    return attrs.evolve(before, state=ruling(game, state, why, shown))


def rulings_in(body: Body, why: str) -> list[Ruling]:
    """What an overruling says, in the order in which it was ruled; none for another kind of step.

    Journals of old have one reason for all of it, that of the command.
    """
    if "ruled" in body:
        return [Ruling(one["place"], one["outcome"], one["why"], one["shown"]) for one in body["ruled"]]
    shown = bool(body.get("shown", True))
    return [Ruling(int(place), outcome, why, shown) for place, outcome in body.get("rulings", {}).items()]


def replayed(before: Position, kind: str, body: Body, why: str) -> Position:
    """The position after a step of a journal. Raises CannotReplay where the step cannot be taken there."""
    try:
        return played(before, kind, body, why)
    except (IllegalAction, adjudication.RulingRefused, UnknownPlayer, KeyError, ValueError, TypeError) as error:
        raise CannotReplay(str(error)) from error


def _handed(before: Position, seat: str, player: str) -> dict[str, str]:
    if seat not in before.players:
        raise UnknownPlayer(f"there is no seat '{seat}' (there are {', '.join(before.players)})")
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
