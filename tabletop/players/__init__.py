"""Who decides for a seat: random, doctrine, or a player of your own."""

from tabletop.players.casting import cast, decide
from tabletop.players.errors import PlayerFailed, UnknownPlayer
from tabletop.players.protocol import Dice, Player

__all__ = ["Dice", "Player", "PlayerFailed", "UnknownPlayer", "cast", "decide"]
