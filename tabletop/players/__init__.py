"""Who decides for a seat: random, doctrine, or a player of your own."""

from tabletop.players.casting import PlayerFailed, UnknownPlayer, cast, decide
from tabletop.players.protocol import Dice, Player

__all__ = ["Dice", "Player", "PlayerFailed", "UnknownPlayer", "cast", "decide"]
