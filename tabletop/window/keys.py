"""Keyboard events: translates them to presses independent of layout, number pad and modifiers; tracks held keys.

Here, and nowhere else, key events become presses. A screen never sees one that it could take for another: a key that
repeats says so, AltGr is no command, and the number pad's keys are those that do the same.
"""

from __future__ import annotations

import unicodedata

import attrs
import pygame

from tabletop.window import keyboard_layout

# On the number pad: what a key is when Num Lock is off, or does in any case.
_PAD_MOVES = {
    pygame.K_KP_4: pygame.K_LEFT,
    pygame.K_KP_6: pygame.K_RIGHT,
    pygame.K_KP_8: pygame.K_UP,
    pygame.K_KP_2: pygame.K_DOWN,
    pygame.K_KP_7: pygame.K_HOME,
    pygame.K_KP_1: pygame.K_END,
    pygame.K_KP_9: pygame.K_PAGEUP,
    pygame.K_KP_3: pygame.K_PAGEDOWN,
    pygame.K_KP_PERIOD: pygame.K_DELETE,
    pygame.K_KP_0: pygame.K_INSERT,
    pygame.K_KP_5: pygame.K_UNKNOWN,
}
_PAD_SIGNS = {
    pygame.K_KP_ENTER: pygame.K_RETURN,
    pygame.K_KP_PLUS: pygame.K_PLUS,
    pygame.K_KP_MINUS: pygame.K_MINUS,
    pygame.K_KP_MULTIPLY: pygame.K_ASTERISK,
    pygame.K_KP_DIVIDE: pygame.K_SLASH,
    pygame.K_KP_EQUALS: pygame.K_EQUALS,
}
_PAD_DIGITS = {getattr(pygame, f"K_KP_{digit}"): pygame.K_0 + digit for digit in range(10)}
# Keys that move a caret, the focus or a view: they go on doing so while they are held.
_MOVES = frozenset(
    {
        pygame.K_LEFT,
        pygame.K_RIGHT,
        pygame.K_UP,
        pygame.K_DOWN,
        pygame.K_HOME,
        pygame.K_END,
        pygame.K_PAGEUP,
        pygame.K_PAGEDOWN,
        pygame.K_TAB,
        pygame.K_BACKSPACE,
        pygame.K_DELETE,
    }
)


@attrs.frozen
class Press:
    """A key that went down.

    `key` is a constant of pygame, the number pad's keys as those that do the same. `sign` is the letter (in lower
    case), digit or mark that the key has as a short cut, whatever the layout; "" for none. `command` is Ctrl or Cmd,
    `alt` is Alt; neither is true of AltGr, which only writes. `is_held` if it is the repeat of a key that is held.
    """

    key: int
    sign: str = ""
    shift: bool = False
    command: bool = False
    alt: bool = False
    is_held: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether no modifier makes an order of it."""
        return not (self.command or self.alt)

    @property
    def letter(self) -> str:
        """Its sign, where it is pressed as a short cut; "" with Ctrl, Cmd or Alt."""
        return self.sign if self.is_plain else ""

    @property
    def moves(self) -> bool:
        """Whether it moves a caret, the focus or a view, so that holding it may go on doing so."""
        return self.key in _MOVES

    def is_order(self, sign: str) -> bool:
        """Whether it is Ctrl or Cmd with a letter, digit or mark."""
        return self.command and self.sign == sign


class Keyboard:
    """Which keys are down, and for what each went down: its *origin*, a value that its user compares."""

    def __init__(self) -> None:
        self._down: dict[int, object] = {}
        self._last: int | None = None

    def down(self, event: pygame.event.Event, origin: object, *, was_down: bool = False) -> Press:
        """The press that a KEYDOWN is. With `was_down` the key was pressed before the window had the keyboard."""
        name = _name(event)
        is_held = name in self._down
        if not is_held:
            self._down[name] = None if was_down else origin
        self._last = name
        return press_of(event, is_held=is_held or was_down)

    def up(self, event: pygame.event.Event) -> int:
        """Takes a KEYUP; the key as `Press.key` has it."""
        name = _name(event)
        self._down.pop(name, None)
        if self._last == name:
            self._last = None
        return press_of(event).key

    def release(self) -> None:
        """No key is down any more: the window has lost the keyboard."""
        self._down.clear()
        self._last = None

    def is_for(self, origin: object) -> bool:
        """Whether what comes now as text belongs there: the key that writes it, if one is down, went down there."""
        return self._last is None or self._down.get(self._last, origin) == origin


def press_of(event: pygame.event.Event, *, is_held: bool = False) -> Press:
    """What a KEYDOWN or KEYUP stands for, apart from what else is down."""
    mod = event.mod
    has_control, has_alt = bool(mod & pygame.KMOD_CTRL), bool(mod & pygame.KMOD_ALT)
    # To Windows, AltGr is Ctrl and Alt together; elsewhere it is a modifier of its own.
    writes = bool(mod & pygame.KMOD_MODE) or (has_control and has_alt)
    key = _key(event)
    return Press(
        key,
        "" if writes else _sign(event, key),
        bool(mod & pygame.KMOD_SHIFT),
        not writes and (has_control or bool(mod & pygame.KMOD_META)),
        not writes and has_alt,
        is_held,
    )


def _name(event: pygame.event.Event) -> int:
    """What a key is known by while it is down: its place, since its letter may change with the layout."""
    return int(getattr(event, "scancode", 0)) or -int(event.key)


def _key(event: pygame.event.Event) -> int:
    key = int(event.key)
    if key in _PAD_MOVES:
        has_numbers = bool(event.mod & pygame.KMOD_NUM) or _digit(_text(event)) != "" or _text(event) in (".", ",")
        return _PAD_DIGITS.get(key, pygame.K_PERIOD) if has_numbers else _PAD_MOVES[key]
    return _PAD_SIGNS.get(key, key)


def _sign(event: pygame.event.Event, key: int) -> str:
    written = _text(event)
    own = chr(key) if 0x20 < key < 0x7F else ""
    for sign in (_digit(written), written, own):
        if len(sign) == 1 and sign.isascii() and sign.isalnum():
            return sign.lower()
    place = keyboard_layout.sign_at(int(getattr(event, "scancode", 0)))
    # Where the layout has other letters, or needs Shift for digits, a key is the one that stands at its place.
    if place.isdigit() or (place and not own):
        return written if written == "?" else place
    return written if len(written) == 1 and written.isprintable() and not written.isspace() else own


def _text(event: pygame.event.Event) -> str:
    return str(getattr(event, "unicode", "") or "")


def _digit(text: str) -> str:
    """The digit that a letter is in any script, from 0 to 9; "" if it is none."""
    value = unicodedata.decimal(text, None) if len(text) == 1 else None
    return "" if value is None else str(value)
