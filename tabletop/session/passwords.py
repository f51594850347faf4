"""Passwords that a facilitator gives out, each for the screen of one seat."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Iterator

from tabletop.session.commands import Command, PasswordGiven

#: How many letters a word has at least.
SHORTEST_WORD = 4
_ROUNDS = 50_000
_WORDS = """
amber anchor apple arrow autumn basket beacon birch bridge candle canyon cedar clover cobalt compass
copper coral cotton crane crystal dolphin eagle ember falcon feather ferry flint garden ginger
granite harbour hazel heron island ivory jasmine juniper lantern lemon linen lotus maple marble
meadow mirror nectar ocean olive orchid otter pepper pine quartz raven river saffron sailor silver
sparrow spruce timber tulip valley velvet walnut
"""


def new_word() -> str:
    """A word to be given out, such as "heron-maple-27"."""
    words = _WORDS.split()
    return f"{secrets.choice(words)}-{secrets.choice(words)}-{secrets.randbelow(90) + 10}"


def sealed_word(seat: str, word: str) -> PasswordGiven:
    """What the journal keeps of a word that was given out: enough to know it again, and not to read it."""
    salt = secrets.token_hex(8)
    return PasswordGiven(seat=seat, salt=salt, seal=_seal(seat, word, salt))


def has_word(commands: Iterable[Command], seat: str) -> bool:
    """Whether a word was given out for the screen of a seat, among the commands of a session."""
    return any(True for _ in _words(commands, seat))


def word_number(commands: Iterable[Command], seat: str) -> int:
    """The number of the command that gave out a seat's word; 0 where none was given out."""
    return max((one.number for one in commands if _is_word(one, seat)), default=0)


def opens(commands: Iterable[Command], seat: str, word: str) -> bool:
    """Whether a word opens the screen of a seat: that which was given out last."""
    last = next(iter([*_words(commands, seat)][::-1]), None)
    return last is not None and hmac.compare_digest(last.seal, _seal(seat, word, last.salt))


def _words(commands: Iterable[Command], seat: str) -> Iterator[PasswordGiven]:
    return (one.said for one in commands if isinstance(one.said, PasswordGiven) and one.said.seat == seat)


def _is_word(command: Command, seat: str) -> bool:
    return isinstance(command.said, PasswordGiven) and command.said.seat == seat


def _seal(seat: str, word: str, salt: str) -> str:
    plain = " ".join(word.casefold().split())
    return hashlib.pbkdf2_hmac("sha256", f"{seat} {plain}".encode(), salt.encode(), _ROUNDS).hex()
