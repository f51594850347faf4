"""Whole games at the table, played by events of one kind alone: with the mouse, or with keys."""

from __future__ import annotations

import random

from tabletop.session import Session
from tabletop.window.screens.table import Table
from tests.window.driver import Player

LONGEST = 600


def session_of(player: Player) -> Session:
    return next(screen.session for screen in player.app.screens if isinstance(screen, Table))


def open_moves(player: Player) -> list[str]:
    return [name for name in player.names if name.startswith("play.") and not player.drawn(name).control.why_not]


def is_over(player: Player) -> bool:
    return session_of(player).state.finished


def play_by_mouse(player: Player, dice: random.Random) -> None:
    for _ in range(LONGEST):
        if is_over(player):
            return
        ways = [
            name for name in ("do", "go_on", "begin", "take", "close", "turn_over", "to_moves") if name in player.names
        ]
        moves = open_moves(player)
        more = [name for name in player.names if name.startswith("dossier.") or name == "done"]
        player.click(ways[0] if ways else dice.choice(moves * 3 + more))
    raise AssertionError("the game does not end")


def play_by_keys(player: Player, dice: random.Random) -> None:
    for _ in range(LONGEST):
        if is_over(player):
            return
        if "do" in player.names:
            player.press("y")
            continue
        if "turn_over" in player.names:
            player.press("d")
            continue
        if "begin" in player.names or "go_on" in player.names:
            player.press("enter")
            continue
        numbers = [player.drawn(name).control.letter for name in open_moves(player)]
        ways = numbers * 3 + ["d"] * ("done" in player.names) + ["page down"]
        player.press(dice.choice(ways))
    raise AssertionError("the game does not end")
