"""Dialogs: a question over whatever is on the table, and its answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

import attrs

from tabletop.window.controls import Button
from tabletop.window.frames import Align, Pad, Panel, Scroll, Sized
from tabletop.window.layout import Column, Element, Flow
from tabletop.window.parts import Text
from tabletop.window.screen import Screen
from tabletop.window.theme import CARD_TITLE, GAP, PAGE, SMALL_GAP, WIDE

if TYPE_CHECKING:
    from tabletop.window.app import App


@attrs.frozen
class Answer:
    """A way to answer: its words, its letter, and what it does once the dialog is gone. `kind` as a button's."""

    name: str
    words: str
    letter: str = ""
    do: Callable[[], object] | None = None
    kind: str = "plain"


class Sheet(Screen):
    """An overlay: a panel in the middle with a title, something that may scroll, and buttons. A subclass has `body`."""

    is_overlay: ClassVar[bool] = True
    width: ClassVar[float] = 820.0

    @property
    def title(self) -> str:
        """What stands at the top."""
        raise NotImplementedError

    def body(self) -> Element:
        """What stands between title and buttons."""
        raise NotImplementedError

    def answers(self) -> Sequence[Button]:
        """The buttons at the bottom; by default one that closes the sheet."""
        return [
            Button(
                "close", self.words("common.close"), lambda: self.app.close(self), letter="c", key="Esc", kind="main"
            )
        ]

    def build(self) -> Element:
        grown = 1 + (self.app.settings.text_size / 100 - 1) * 0.7
        content = Column(
            Text(self.title, CARD_TITLE),
            Scroll("sheet", self.body()),
            Flow(*self.answers(), gap=SMALL_GAP),
            gap=WIDE,
        )
        panel = Panel(content, "panel", pad=WIDE + GAP, has_shadow=True)
        return Pad(Align(Sized(panel, width=self.width * grown)), PAGE, WIDE)


class Ask(Sheet):
    """A question with a few answers. Escape is none of them: it closes the dialog and nothing happens."""

    width: ClassVar[float] = 640.0

    def __init__(self, app: App, title: str, text: str, answers: Sequence[Answer]) -> None:
        super().__init__(app)
        self._title, self._text, self._answers = title, text, answers

    @property
    def title(self) -> str:
        return self._title

    @property
    def first(self) -> str:
        return next((one.name for one in self._answers if one.kind == "main"), "")

    def body(self) -> Element:
        return Text(self._text)

    def answers(self) -> Sequence[Button]:
        return [
            Button(one.name, one.words, lambda one=one: self._give(one), letter=one.letter, kind=one.kind)  # type: ignore[misc]
            for one in self._answers
        ]

    def _give(self, answer: Answer) -> None:
        self.app.close(self)
        if answer.do is not None:
            answer.do()
