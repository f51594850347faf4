"""Helping: all words on a page, and each at length; and leaving."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from tabletop.session.notes import TAGS
from tabletop.terminal import help as players_help
from tabletop.terminal.command_lines import CommandError, Order, pick
from tabletop.terminal.console import FacilitatorConsole
from tabletop.terminal.controls.control import Control
from tabletop.terminal.controls.seats import seats
from tabletop.terminal.keyboard import Fit
from tabletop.terminal.prompts import Leave
from tabletop.terminal.rows import folded, paragraphs, ruled, text

_GROUPS = ("play", "look", "change", "room", "plan", "console")


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
    rows = [ruled(marks, width, console.words("console.what_can"), heavy=True)]
    for group in _GROUPS:
        controls = [one for one in dict.fromkeys(console.controls.values()) if one.group == group]
        rows += [Text(), text((f" {console.words(f'controls.group_{group}')}", "bold"))]
        for control in controls:
            rows += folded(control.does(console.words), width, text((f"   {control.word:<10}", "cyan")))
    last = console.words("console.help_last", meter=players_help.a_meter(console.scene))
    rows += [Text(), *folded(last, width, " ")]
    console.show(rows)


def _at_length(console: FacilitatorConsole, word: str) -> None:
    control = next(one for one in console.controls.values() if one.word == word)
    width = console.screen.width
    words = console.words
    rows = [*folded(text((control.typed, "bold cyan")), width, " "), *folded(control.does(words), width, "   ")]
    rows += paragraphs(control.more(words, **_examples(console)), width, 3)
    if control.also:
        rows += folded(words("console.also", words=", ".join(control.also)), width, "   ")
    console.show(rows)


def _examples(console: FacilitatorConsole) -> dict[str, str]:
    """What the longer helps name out of the game that is played: two of its seats, a meter, the usual tags."""
    ids = list(seats(console))
    return {
        "one": ids[0],
        "two": ids[1 % len(ids)],
        "meter": players_help.a_meter(console.scene),
        "tags": ", ".join("#" + tag.replace(" ", "-") for tag in TAGS),
    }


def _fits(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    for control in dict.fromkeys(console.controls.values()):
        if control.word.startswith(typed.lower()):
            yield control.word, control.does(console.words)


def _quit(console: FacilitatorConsole, order: Order) -> None:
    if console.draft.is_begun and console.keys.interactive and not console.sure(console.words("console.card_lost")):
        raise CommandError("console.card_goes_on")
    raise Leave


CONTROLS = (
    Control(
        word="help",
        takes_text=True,
        usage="[WORD]",
        run=_help,
        group="console",
        also=("?", "h"),
        fits=_fits,
    ),
    Control(
        word="quit",
        takes_text=True,
        run=_quit,
        group="console",
        also=("exit",),
    ),
)
