"""Keyboard events: translates them to presses independent of layout, number pad and modifiers; tracks held keys.

The only place where key events become presses. Presses are unambiguous: repeats are marked, AltGr is no command, and
keys of the number pad are the equivalent other keys.
"""

from __future__ import annotations

import unicodedata

import attrs
import pygame

from tabletop.window import keyboard_layout

# Keys of the number pad: their equivalents when Num Lock is off, or always.
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
# Keys that move a caret, the focus or a view: they repeat while held.
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

    `key` is a pygame constant, with number pad keys replaced by their equivalents. `sign` is the lower-case letter,
    digit or mark of the key as a short cut in any layout; "" for none. `command` is Ctrl or Cmd, `alt` is Alt; both
    are False for AltGr. `is_held` marks the repeat of a held key.
    """

    key: int
    sign: str = ""
    shift: bool = False
    command: bool = False
    alt: bool = False
    is_held: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it has no command modifier."""
        return not (self.command or self.alt)

    @property
    def letter(self) -> str:
        """Its sign as a short cut; "" with Ctrl, Cmd or Alt."""
        return self.sign if self.is_plain else ""

    @property
    def moves(self) -> bool:
        """Whether it moves a caret, the focus or a view, so that it may repeat while held."""
        return self.key in _MOVES

    def is_order(self, sign: str) -> bool:
        """Whether it is Ctrl or Cmd with this letter, digit or mark."""
        return self.command and self.sign == sign


class Keyboard:
    """Which keys are down, and the target for which each was pressed: its *origin*, compared by the caller."""

    def __init__(self) -> None:
        self._down: dict[int, object] = {}
        self._last: int | None = None

    def down(self, event: pygame.event.Event, origin: object, *, was_down: bool = False) -> Press:
        """The press of a KEYDOWN event. `was_down`: the key was pressed before the window had the keyboard."""
        name = _name(event)
        is_held = name in self._down
        if not is_held:
            self._down[name] = None if was_down else origin
        self._last = name
        return press_of(event, is_held=is_held or was_down)

    def up(self, event: pygame.event.Event) -> int:
        """Handles a KEYUP event; returns the key as in `Press.key`."""
        name = _name(event)
        self._down.pop(name, None)
        if self._last == name:
            self._last = None
        return press_of(event).key

    def release(self) -> None:
        """Releases all keys: the window has lost the keyboard."""
        self._down.clear()
        self._last = None

    def is_for(self, origin: object) -> bool:
        """Whether text input now belongs to this origin: the key that writes it, if any is down, was pressed there."""
        return self._last is None or self._down.get(self._last, origin) == origin


def press_of(event: pygame.event.Event, *, is_held: bool = False) -> Press:
    """The press of a KEYDOWN or KEYUP event, regardless of other keys."""
    mod = event.mod
    has_control, has_alt = bool(mod & pygame.KMOD_CTRL), bool(mod & pygame.KMOD_ALT)
    # On Windows AltGr is reported as Ctrl and Alt; elsewhere it is a separate modifier.
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
    """The identity of a key while it is down: its scancode, since its letter may change with the layout."""
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
    # If the layout has no Latin letters, or needs Shift for digits, the key's position on a US keyboard counts.
    if place.isdigit() or (place and not own):
        return written if written == "?" else place
    return written if len(written) == 1 and written.isprintable() and not written.isspace() else own


def _text(event: pygame.event.Event) -> str:
    return str(getattr(event, "unicode", "") or "")


def _digit(text: str) -> str:
    """The digit 0 to 9 of a digit character in any script; "" for others."""
    value = unicodedata.decimal(text, None) if len(text) == 1 else None
    return "" if value is None else str(value)
