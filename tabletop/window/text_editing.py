"""The editing state of a text: caret, selection, undo, length limit, input method composition.

Independent of keys, clipboard and drawing. Positions are offsets into the text, always between grapheme clusters: a
letter with its accents, an emoji sequence, a syllable.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from typing import Literal, TypeAlias

import attrs
import wcwidth

from tabletop.scenario.text_sanitizing import REORDERING

Step: TypeAlias = Literal["letter", "word", "all"]

_BREAKS = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_WORD = re.compile(r"\w+|[^\w\s]+")
_MOST_UNDONE = 200


@attrs.frozen
class LeftOut:
    """Why characters were not inserted: the text is "full", only digits are allowed ("digits"), or they are not
    printable ("signs"), such as control characters."""

    why: Literal["full", "digits", "signs"]
    count: int


@attrs.frozen
class _Moment:
    text: str
    caret: int
    anchor: int


@functools.lru_cache(maxsize=64)
def stops(text: str) -> tuple[int, ...]:
    """The possible caret positions: before, between and after grapheme clusters.

    >>> stops("e\u0301a")
    (0, 2, 3)
    """
    return (0, *itertools.accumulate(len(letter) for letter in wcwidth.iter_graphemes(text)))


def cleaned(text: str, *, has_lines: bool = False, is_number: bool = False) -> str:
    r"""A text as inserted into a field, normalized (NFC): every kind of space becomes a plain space, in a single line
    also line breaks; for a number, digits of any script become 0 to 9. Other unprintable characters are dropped.

    >>> cleaned("Ann\u2028Lee\x00"), cleaned("\uff11\uff12", is_number=True)
    ('Ann Lee', '12')
    """
    if is_number:
        digits = (unicodedata.decimal(letter, None) for letter in text)
        return "".join(str(digit) for digit in digits if digit is not None)
    broken = _BREAKS.sub("\n" if has_lines else " ", text)
    return unicodedata.normalize("NFC", "".join(_taken(letter) for letter in broken))


def _taken(letter: str) -> str:
    if letter == "\n":
        return letter
    category = unicodedata.category(letter)
    if letter == "\t" or category == "Zs":
        return " "
    return "" if category in ("Cc", "Cs") or letter in REORDERING or letter == "\ufeff" else letter


@attrs.define
class Edit:
    """A text with a caret. The selection is between `anchor` and `caret`; `most` is how long the text may be.

    `left_out` says what of the last insertion was dropped. `composition` is an input method's text at the caret, with
    its own caret after `composed` letters; it is not part of the text.
    """

    text: str = ""
    most: int = 60
    has_lines: bool = False
    is_number: bool = False
    caret: int = attrs.field(default=attrs.Factory(lambda self: len(self.text), takes_self=True))
    anchor: int = attrs.field(default=attrs.Factory(lambda self: self.caret, takes_self=True))
    composition: str = ""
    composed: int = 0
    left_out: LeftOut | None = None
    is_dragged: bool = False  # whether the pointer is selecting
    first: int = 0  # the first visible letter of a line longer than its field
    goal: float | None = None  # the preferred horizontal position when moving up and down
    _past: list[_Moment] = attrs.field(factory=list)
    _future: list[_Moment] = attrs.field(factory=list)
    _run: str = ""

    # Queries

    @property
    def start(self) -> int:
        """The start of the selection."""
        return min(self.caret, self.anchor)

    @property
    def end(self) -> int:
        """The end of the selection."""
        return max(self.caret, self.anchor)

    @property
    def selected(self) -> str:
        """The selected text."""
        return self.text[self.start : self.end]

    @property
    def shown(self) -> str:
        """The text with the composition at the caret."""
        return self.text[: self.start] + self.composition + self.text[self.end :] if self.composition else self.text

    @property
    def shown_caret(self) -> int:
        """The position of the caret in `shown`."""
        return self.start + self.composed if self.composition else self.caret

    # Changes

    def adopt(self, text: str) -> None:
        """Replaces the text from outside; nothing happens if it is the same."""
        if text != self.text:
            self.text, self.caret, self.anchor, self.first = text, len(text), len(text), 0
            self._past, self._future, self._run = [], [], ""
            self.left_out = None

    def insert(self, text: str) -> None:
        """Inserts at the caret, replacing the selection. Dropped characters are reported in `left_out`."""
        self.compose("", 0)
        room = self.most - len(self.text) + self.end - self.start
        # Of a huge clipboard, only a bounded prefix is examined.
        looked_at = text[: 4 * self.most + 1000]
        kept = cleaned(looked_at, has_lines=self.has_lines, is_number=self.is_number)
        taken = "".join(_fitting(kept, room))
        self.left_out = self._left_out(text, looked_at, kept, taken)
        if not taken:
            return
        self._remember("write" if len(text) <= 2 and not text.isspace() and self.start == self.end else "")
        before = unicodedata.normalize("NFC", self.text[: self.start] + taken)
        self._set(before + self.text[self.end :], len(before))

    def _left_out(self, text: str, looked_at: str, kept: str, taken: str) -> LeftOut | None:
        beyond = len(kept) - len(taken) + len(text) - len(looked_at)
        if beyond:
            return LeftOut("full", beyond)
        if self.is_number:
            strange = len(looked_at) - len(kept)
            return LeftOut("digits", strange) if strange else None
        strange = sum(1 for letter in looked_at if letter not in "\n\r\v\f\x85" and not _taken(letter))
        return LeftOut("signs", strange) if strange else None

    def delete(self, step: Step, way: int) -> bool:
        """Deletes the selection, else what is before (`way` -1) or after (1) the caret; False if there is nothing."""
        self.left_out = None
        if self.start == self.end:
            self.anchor = self._place(step, way)
        if self.start == self.end:
            return False
        self._remember(f"delete{way}" if step == "letter" and self.end - self.start <= 2 else "")
        before = self.text[: self.start]
        self._set(before + self.text[self.end :], len(before))
        return True

    def compose(self, text: str, caret: int) -> None:
        """Sets the composition of an input method, with its caret; "" for none."""
        self.composition = cleaned(text)
        self.composed = max(0, min(caret, len(self.composition))) if caret else len(self.composition)

    def undo(self) -> bool:
        """Undoes the last change; False if there is none."""
        return self._travel(self._past, self._future)

    def redo(self) -> bool:
        """Redoes the last undone change; False if there is none."""
        return self._travel(self._future, self._past)

    # The caret

    def move(self, step: Step, way: int, *, selects: bool = False) -> None:
        """Moves the caret to the left (`way` -1) or right (1); without `selects`, a selection collapses to its edge."""
        if self.start != self.end and not selects and step == "letter":
            self.go(self.start if way < 0 else self.end)
        else:
            self.go(self._place(step, way), selects=selects)

    def go(self, place: int, *, selects: bool = False) -> None:
        """Moves the caret to a position, or the nearest possible one."""
        self._run, self.goal, self.left_out = "", None, None
        inside = max(0, min(place, len(self.text)))
        self.caret = max(stop for stop in stops(self.text) if stop <= inside)
        if not selects:
            self.anchor = self.caret

    def select_all(self) -> None:
        """Selects the whole text."""
        self.go(0)
        self.go(len(self.text), selects=True)

    def select_word(self, place: int) -> None:
        """Selects the word at a place."""
        for word in _WORD.finditer(self.text):
            if word.start() <= place <= word.end():
                self.go(word.start())
                self.go(word.end(), selects=True)
                return
        self.go(place)

    def _place(self, step: Step, way: int) -> int:
        if step == "all":
            return len(self.text) if way > 0 else 0
        if step == "word":
            if way > 0:
                return next((one.end() for one in _WORD.finditer(self.text) if one.end() > self.caret), len(self.text))
            return max((word.start() for word in _WORD.finditer(self.text) if word.start() < self.caret), default=0)
        near = [stop for stop in stops(self.text) if (stop - self.caret) * way > 0]
        return (near[0] if way > 0 else near[-1]) if near else self.caret

    # History

    def _remember(self, run: str) -> None:
        """Records the present text for undo; consecutive typing is one undo step."""
        if not run or run != self._run:
            self._past.append(_Moment(self.text, self.caret, self.anchor))
            del self._past[:-_MOST_UNDONE]
        self._future.clear()
        self._run = run

    def _set(self, text: str, caret: int) -> None:
        self.text = text
        self.caret = self.anchor = caret
        self.goal = None

    def _travel(self, back: list[_Moment], on: list[_Moment]) -> bool:
        if not back:
            return False
        on.append(_Moment(self.text, self.caret, self.anchor))
        then = back.pop()
        self._set(then.text, then.caret)
        self.anchor = then.anchor
        self._run, self.left_out = "", None
        return True


def _fitting(text: str, room: int) -> list[str]:
    """The leading grapheme clusters of a text that fit."""
    if len(text) <= room:
        return [text]
    found = []
    for letter in wcwidth.iter_graphemes(text):
        room -= len(letter)
        if room < 0:
            break
        found.append(letter)
    return found
