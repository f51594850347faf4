"""What those who play the seats are called: people, doctrines of the scenario, and the built-in bots."""

from __future__ import annotations

from tabletop.presentation.words import Words
from tabletop.scenario import Scenario


def player_name(words: Words, scenario: Scenario, seat: str, player: str) -> str:
    """The name of whoever plays a seat: a bot by its id, or a person ("")."""
    if not player:
        return words("facilitate.person")
    for doctrine in scenario.doctrines:
        if (doctrine.seat, doctrine.id) == (seat, player):
            return doctrine.name
    if player.startswith("search:"):
        from tabletop.players.search import STRENGTHS

        strength = player.removeprefix("search:")
        if strength in STRENGTHS:
            return words(f"players.{strength}")
    return words(f"players.{player}") if player in ("random", "search") else player
