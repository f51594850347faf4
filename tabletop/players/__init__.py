"""Players (bots) that decide for a seat: random, doctrine, search, or custom code."""

from tabletop.players.dice import Dice
from tabletop.players.errors import PlayerFailed, UnknownPlayer
from tabletop.players.player_factory import cast, decide
from tabletop.players.protocol import Player

__all__ = ["Dice", "Player", "PlayerFailed", "UnknownPlayer", "cast", "decide"]
