"""Helping: all words on a page, and each at length; and leaving."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from tabletop.terminal import help as players_help
from tabletop.terminal.chair import Chair
from tabletop.terminal.controls.control import Control
from tabletop.terminal.keyboard import Fit
from tabletop.terminal.orders import Order, Puzzled, pick
from tabletop.terminal.prompts import Leave
from tabletop.terminal.rows import folded, paragraphs, ruled, text

_GROUPS = ("Play", "Look", "Change", "Room", "Plan", "Console")


def _help(chair: Chair, order: Order) -> None:
    words = {control.word: control.also for control in chair.controls.values()}
    if order.line:
        subject = " ".join(order.line.lower().replace("_", " ").split())
        if subject not in chair.controls and subject in players_help.subjects(chair.scene):
            chair.show(players_help.explain(chair.scene, order.line))
        else:
            _at_length(chair, pick(order.line, words, "word"))
        return
    marks, width = chair.screen.marks, chair.screen.width
    rows = [ruled(marks, width, "What you can do", heavy=True)]
    for group in _GROUPS:
        controls = [one for one in dict.fromkeys(chair.controls.values()) if one.group == group]
        rows += [Text(), text((f" {group}", "bold"))]
        for control in controls:
            rows += folded(control.does, width, text((f"   {control.word:<10}", "cyan")))
    last = "`help WORD` says how a word is used, `help tension` what a thing is. Words can be cut short; Tab completes."
    rows += [Text(), *folded(last, width, " ")]
    chair.show(rows)


def _at_length(chair: Chair, word: str) -> None:
    control = next(one for one in chair.controls.values() if one.word == word)
    width = chair.screen.width
    rows = [*folded(text((control.typed, "bold cyan")), width, " "), *folded(control.does, width, "   ")]
    rows += paragraphs(control.more, width, 3) if control.more else []
    if control.also:
        rows += folded(f"Also: {', '.join(control.also)}", width, "   ")
    chair.show(rows)


def _fits(chair: Chair, typed: str) -> Iterator[Fit]:
    for control in dict.fromkeys(chair.controls.values()):
        if control.word.startswith(typed.lower()):
            yield control.word, control.does


def _quit(chair: Chair, order: Order) -> None:
    if (
        chair.draft.is_begun
        and chair.keys.interactive
        and not chair.sure("A card that you began would be lost. Leave?")
    ):
        raise Puzzled("`write` goes on with the card.")
    raise Leave


CONTROLS = (
    Control(
        word="help",
        takes_text=True,
        usage="[WORD]",
        does="all words, or one of them at length; or what a thing of the game is",
        run=_help,
        group="Console",
        also=("?", "h"),
        fits=_fits,
    ),
    Control(
        word="quit",
        takes_text=True,
        does="leave the console; the game is kept",
        run=_quit,
        group="Console",
        also=("exit",),
    ),
)
