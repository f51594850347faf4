"""Watch keys: keys that are pressed while a screen is only looked at; it never waits for one."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

from tabletop.terminal.prompts import is_interactive

#: Seconds between two looks at the keyboard.
_LOOK = 0.05
_NAMES = {
    " ": "on",
    "down": "on",
    "right": "on",
    "pagedown": "on",
    "c-m": "on",
    "up": "back",
    "left": "back",
    "pageup": "back",
    "c-c": "leave",
    "c-d": "leave",
    "q": "leave",
}


class WatchKeys:
    """The keyboard of a screen that is looked at: "on", "back", "leave", or a letter."""

    def __init__(self) -> None:
        self._input = None
        if is_interactive():
            from prompt_toolkit.input import create_input

            self._input = create_input()

    @contextlib.contextmanager
    def open(self) -> Iterator[None]:
        """Within it, what is typed is not shown, and is heard at once."""
        if self._input is None:
            yield
            return
        with self._input.raw_mode():
            yield

    def pressed(self, seconds: float) -> list[str]:
        """What is pressed within so many seconds; it comes back with the first."""
        until = time.monotonic() + seconds
        while True:
            left = until - time.monotonic()
            keys = self._read()
            if keys or left <= 0:
                return keys
            time.sleep(min(_LOOK, left))

    def _read(self) -> list[str]:
        if self._input is None:
            return []
        pressed = [one.key if isinstance(one.key, str) else one.key.value for one in self._input.read_keys()]
        return [_NAMES.get(key, key) for key in pressed]
