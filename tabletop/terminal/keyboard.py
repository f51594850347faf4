"""The keyboard of the facilitator: lines with completion and a clock below them, or plain lines from a pipe."""

from __future__ import annotations

import asyncio
import functools
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TypeAlias

from rich.text import Text

from tabletop.scenario.text_sanitizing import shown, shown_lines, typed
from tabletop.terminal.prompts import Leave
from tabletop.terminal.screen import Screen

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import CompleteEvent, Completer, Completion
    from prompt_toolkit.document import Document
    from prompt_toolkit.key_binding import KeyBindings

#: Seconds between two looks at the clock.
TICK = 0.5

#: What a line may go on with: the whole line, and a word about it.
Fit: TypeAlias = tuple[str, str]


class Cancelled(Exception):
    """The person wants this question no more; `typed` is what stood there."""

    def __init__(self, typed: str = "") -> None:
        super().__init__()
        self.typed = typed


class Keyboard(Protocol):
    """Where a facilitator types."""

    interactive: bool

    def read(self, prompt: str, default: str = "", fits: Callable[[str], Iterable[Fit]] | None = None) -> str:
        """A line. Raises Leave at the end of input, and Cancelled at Ctrl-C."""
        ...

    def read_text(self, default: str = "") -> str:
        """Several lines, to a line with nothing but a full stop. Raises Leave or Cancelled."""
        ...


def keyboard(screen: Screen, below: Callable[[], str], tick: Callable[[], list[Text]]) -> Keyboard:
    """A keyboard: `below` is the line under the prompt, `tick` is called twice a second for what there is to say."""
    return _Prompts(screen, below, tick) if screen.interactive else _Lines(screen, tick)


class _Lines:
    """Plain lines, as from a pipe; each is shown behind its prompt, so that the whole can be read."""

    interactive = False

    def __init__(self, screen: Screen, tick: Callable[[], list[Text]]) -> None:
        self._screen = screen
        self._console = screen.console
        self._tick = tick

    def read(self, prompt: str, default: str = "", fits: Callable[[str], Iterable[Fit]] | None = None) -> str:
        self._screen.write(self._tick())
        self._console.print(shown_lines(prompt), end="", markup=False, highlight=False)
        self._console.file.flush()
        with _interrupting():
            try:
                line = sys.stdin.readline()
            except KeyboardInterrupt:
                self._console.print()
                raise Cancelled from None
            except UnicodeDecodeError:
                self._console.print(self._screen.words("terminal.not_text"), markup=False, highlight=False)
                line = "\n"
        if not line:
            self._console.print()
            raise Leave
        line = typed(line)
        self._console.print(line, markup=False, highlight=False)
        return line

    def read_text(self, default: str = "") -> str:
        lines = []
        with _interrupting():
            try:
                for line in sys.stdin:
                    if line.strip() == ".":
                        break
                    lines.append(line)
            except KeyboardInterrupt:
                raise Cancelled(shown_lines("".join(lines))) from None
        return shown_lines("".join(lines))


class _Prompts:
    """Lines typed by a person, with what prompt_toolkit gives: completion, editing, history, and a clock that ticks."""

    interactive = True

    def __init__(self, screen: Screen, below: Callable[[], str], tick: Callable[[], list[Text]]) -> None:
        self._screen = screen
        self._below = below
        self._tick = tick
        self._orders = self._session()
        self._answers = self._session()

    def _session(self) -> PromptSession[str]:
        from prompt_toolkit import PromptSession
        from prompt_toolkit.history import InMemoryHistory
        from prompt_toolkit.styles import Style

        return PromptSession(
            history=InMemoryHistory(),
            bottom_toolbar=self._below,
            refresh_interval=TICK,
            style=Style.from_dict({"bottom-toolbar": "noreverse reverse", "prompt": "bold"}),
            key_bindings=_keys(),
        )

    def read(self, prompt: str, default: str = "", fits: Callable[[str], Iterable[Fit]] | None = None) -> str:
        prompts = self._answers if fits is None else self._orders
        completer = None if fits is None else _completer(fits)
        return typed(self._asked(prompts, prompt, default, completer, several=False))

    def read_text(self, default: str = "") -> str:
        return self._asked(self._answers, "", default, None, several=True)

    def _asked(
        self, prompts: PromptSession[str], prompt: str, default: str, completer: Completer | None, several: bool
    ) -> str:
        from prompt_toolkit.application import get_app

        def begin() -> None:
            get_app().create_background_task(self._ticking())

        self._screen.console.file.flush()
        with _interrupting():
            try:
                line = prompts.prompt(
                    [("class:prompt", shown_lines(prompt))],
                    default=default,
                    completer=completer,
                    complete_while_typing=False,
                    multiline=several,
                    pre_run=begin,
                )
            except KeyboardInterrupt:
                raise Cancelled(prompts.default_buffer.text) from None
            except EOFError:
                raise Leave from None
        return shown_lines(line)

    async def _ticking(self) -> None:
        """Says above the prompt what the clock has to say, and rings; what is being typed stays as it is."""
        from prompt_toolkit.application import get_app, run_in_terminal

        while True:
            await asyncio.sleep(TICK)
            said = self._tick()
            if said:
                get_app().output.bell()
                await run_in_terminal(functools.partial(self._screen.write, said))


def _keys() -> KeyBindings:
    """Ctrl-C keeps what was typed in the history, so that the up arrow brings it back."""
    from prompt_toolkit.key_binding import KeyBindings
    from prompt_toolkit.key_binding.key_processor import KeyPressEvent

    keys = KeyBindings()

    @keys.add("c-c")
    def interrupt(event: KeyPressEvent) -> None:
        if event.current_buffer.text.strip():
            event.current_buffer.append_to_history()
        event.app.exit(exception=KeyboardInterrupt, style="class:aborting")

    return keys


def _completer(fits: Callable[[str], Iterable[Fit]]) -> Completer:
    from prompt_toolkit.completion import Completer, Completion

    class Fitting(Completer):
        def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
            begun = document.text_before_cursor
            for line, about in fits(begun):
                start = begun.rfind(" ") + 1
                yield Completion(line, -len(begun), display=line[start:] or line, display_meta=shown(about))

    return Fitting()


@contextmanager
def _interrupting() -> Iterator[None]:
    """Within it, Ctrl-C interrupts; behind it, it does what it did before, whatever the library has made of it."""
    before = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
