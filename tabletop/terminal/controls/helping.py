"""Helping: all words on a page, and each at length; and leaving."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from tabletop.terminal import help as players_help
from tabletop.terminal.command_lines import CommandError, Order, pick
from tabletop.terminal.console import FacilitatorConsole
from tabletop.terminal.controls.control import Control
from tabletop.terminal.keyboard import Fit
from tabletop.terminal.prompts import Leave
from tabletop.terminal.rows import folded, paragraphs, ruled, text

_GROUPS = ("Play", "Look", "Change", "Room", "Plan", "Console")


def _help(console: FacilitatorConsole, order: Order) -> None:
    words = {control.word: control.also for control in console.controls.values()}
    if order.line:
        subject = " ".join(order.line.lower().replace("_", " ").split())
        if subject not in console.controls and subject in players_help.subjects(console.scene):
            console.show(players_help.explain(console.scene, order.line))
        else:
            _at_length(console, pick(order.line, words, "word"))
        return
    marks, width = console.screen.marks, console.screen.width
    rows = [ruled(marks, width, "What you can do", heavy=True)]
    for group in _GROUPS:
        controls = [one for one in dict.fromkeys(console.controls.values()) if one.group == group]
        rows += [Text(), text((f" {group}", "bold"))]
        for control in controls:
            rows += folded(control.does, width, text((f"   {control.word:<10}", "cyan")))
    last = "`help WORD` says how a word is used, `help tension` what a thing is. Words can be cut short; Tab completes."
    rows += [Text(), *folded(last, width, " ")]
    console.show(rows)


def _at_length(console: FacilitatorConsole, word: str) -> None:
    control = next(one for one in console.controls.values() if one.word == word)
    width = console.screen.width
    rows = [*folded(text((control.typed, "bold cyan")), width, " "), *folded(control.does, width, "   ")]
    rows += paragraphs(control.more, width, 3) if control.more else []
    if control.also:
        rows += folded(f"Also: {', '.join(control.also)}", width, "   ")
    console.show(rows)


def _fits(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    for control in dict.fromkeys(console.controls.values()):
        if control.word.startswith(typed.lower()):
            yield control.word, control.does


def _quit(console: FacilitatorConsole, order: Order) -> None:
    if (
        console.draft.is_begun
        and console.keys.interactive
        and not console.sure("A card that you began would be lost. Leave?")
    ):
        raise CommandError("`write` goes on with the card.")
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
