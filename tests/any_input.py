"""Anything that a hand, an input method, a clipboard or a script may give where something is to be typed."""

from __future__ import annotations

import random
import sys
import unicodedata
from collections.abc import Iterator, Sequence

_EVERY = [chr(point) for point in range(0x20, 0x30000) if unicodedata.category(chr(point)) not in ("Cn", "Co", "Cs")]
_LETTERS = [letter for letter in _EVERY if letter.isalpha()]
_NUMERALS = [letter for letter in _EVERY if letter.isnumeric()]
_DECIMALS = [letter for letter in _EVERY if letter.isdecimal()]
_MARKS = [letter for letter in _EVERY if unicodedata.category(letter) in ("Cf", "Mn", "Mc", "Me", "Zs", "Zl", "Zp")]
_CONTROLS = [chr(point) for point in (*range(1, 0x20), *range(0x7F, 0xA0))]
#: Bytes of a command line or a pipe that are no UTF-8, as Python has them.
_UNDECODED = [chr(point) for point in range(0xDC80, 0xDD00)]
_NUMBERS = (
    *("0", "-0", "007", "-1", "+1", "--1", "1.5", ".5", "1e9", "1_000", "1,000", "0x10", "0b1", "nan", "-inf", "1:30"),
    *(
        "true",
        "False",
        "yes",
        "on",
        "None",
        "½",
        "²",
        "①",
        "Ⅷ",
        "一二",
        "１２",
        "٣",
        "९",
        "−3",
        "＋3",
        "3m",
        "Infinity",
    ),
    *(str(2**31), str(2**63), str(2**64), str(-(2**64)), "9" * 30, "9" * 4300, "9" * 4301, "1" * 10_000, "٣" * 10_000),
)
_NAMES = (
    *("", " ", "\u3000", "\u200b", "-", "--", "-1", "=", "=1", "a=", "=a", "a=b=c", "~", "~nobody/x", "/", ".."),
    *("C:\\x", "CON", "x" * 300, "x/" * 300, "\ufeffx", "%s%n", "{x}", "[/bold]", "$(id)", "'", '"', "\\", "`", ";"),
    *("because", "quietly", "to", ", ,", "; ;", "? ?", "<a>", "&amp;", "\u202egnp", "\x1b[2J", "\x07", "\x9b31m", "|"),
)
PASTED = 10_000


class AnyInput:
    """Random inputs, always the same for the same seed; `words` are those that mean something where they are typed."""

    def __init__(self, seed: int, words: Sequence[str] = ()) -> None:
        self._dice = random.Random(seed)
        self._words = list(words) or ["x"]

    def lines(self, count: int) -> Iterator[str]:
        """So many lines; a line may have line breaks in it, as a paste has."""
        for _ in range(count):
            yield self.line()

    def line(self) -> str:
        """One input."""
        dice = self._dice
        return dice.choice(
            (
                lambda: dice.choice(_NUMBERS),
                lambda: dice.choice(_NAMES),
                lambda: self._some(_EVERY, 12),
                lambda: self._some(_LETTERS, 30),
                lambda: self._some(_NUMERALS, 6),
                lambda: self._some(_DECIMALS, 8),
                lambda: self._some(_CONTROLS + _MARKS + _UNDECODED, 6),
                self._meant,
                self._meant,
                self._misspelt,
                self._misspelt,
                lambda: self._meant() if dice.random() < 0.9 else self._paste(),
            )
        )()

    def _some(self, letters: Sequence[str], most: int) -> str:
        return "".join(self._dice.choices(letters, k=self._dice.randint(1, most)))

    def _meant(self) -> str:
        """Words of the place, and behind them others, numbers or anything."""
        dice = self._dice
        behind = [
            dice.choice((dice.choice(self._words), dice.choice(_NUMBERS), dice.choice(_NAMES), self._some(_EVERY, 5)))
            for _ in range(dice.randint(0, 3))
        ]
        return dice.choice((" ", " ", " ", "=", ",", ";", "  ")).join([dice.choice(self._words), *behind])

    def _misspelt(self) -> str:
        line = list(self._meant()[:200] or "x")
        for _ in range(self._dice.randint(1, 3)):
            at = self._dice.randrange(len(line))
            line[at] = self._dice.choice(
                (line[at].swapcase(), self._some(_MARKS, 2), self._some(_CONTROLS, 1), self._some(_EVERY, 1), "")
            )
        return "".join(line)

    def _paste(self) -> str:
        """What somebody copied by mistake: ten thousand characters of one kind, or of every."""
        letters = self._dice.choice((_EVERY, _LETTERS, _DECIMALS, _MARKS, ["x"], [" "], ["9"], ["\n"], self._words))
        return "".join(self._dice.choices(letters, k=PASTED))[:PASTED]


def as_argument(line: str) -> str:
    """The input as a command line can hold it."""
    encoded = line.replace("\0", "").encode(sys.getfilesystemencoding(), "surrogateescape")
    return encoded.decode(sys.getfilesystemencoding(), "surrogateescape")
