"""Casting: the words for who plays a seat."""

from __future__ import annotations

from tabletop.players.search import STRENGTHS
from tabletop.presentation.words import Words
from tabletop.scenario import Scenario
from tabletop.window.setup import HABIT, MIXED

ICONS = {HABIT: "scroll", "attache": "user", "envoy": "binoculars", "statesman": "bank", MIXED: "users"}


def players_of(scenario: Scenario, seat: str) -> list[str]:
    """The bots that a seat may be given: its doctrines, the search player at each strength, and chance."""
    doctrines = [one.id for one in scenario.doctrines if one.seat == seat]
    return [*doctrines, *(f"search:{strength}" for strength in STRENGTHS), "random"]


def player_text(said: Words, scenario: Scenario, seat: str, player: str) -> str:
    """A line about how a bot plays."""
    for doctrine in scenario.doctrines:
        if (doctrine.seat, doctrine.id) == (seat, player):
            return doctrine.text
    strength = player.removeprefix("search:")
    if player.startswith("search:") and strength in STRENGTHS:
        return said(f"players.{strength}_text")
    return said("players.random_text") if player == "random" else said("players.own_text")


def player_icon(player: str) -> str:
    """A sign for a bot."""
    if player.startswith("search:"):
        return ICONS.get(player.removeprefix("search:"), "binoculars")
    return "dice-five" if player == "random" else "scroll"
