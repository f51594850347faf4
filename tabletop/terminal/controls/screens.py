"""Screens: having the room's screens go on, giving a team one of its own, and telling what was hidden."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.session.passwords import new_word
from tabletop.session.public_screen import reveal
from tabletop.session.save_location import as_option
from tabletop.terminal.command_lines import CommandError, Order, pick
from tabletop.terminal.console import FacilitatorConsole
from tabletop.terminal.controls.control import Control
from tabletop.terminal.controls.seats import fitting_seats, named_first, one_seat, seats, several_seats
from tabletop.terminal.keyboard import Fit
from tabletop.terminal.prompts import as_started


def _next(console: FacilitatorConsole, order: Order) -> None:
    if not reveal(console.session).held:
        raise CommandError("console.screens_stand")
    console.facilitator.go_to_next()
    console.tell("console.screens_go_on", "dim")


def _word(console: FacilitatorConsole, order: Order) -> None:
    named, word = named_first(order.line)
    to = several_seats(console, named) if named else [one_seat(console, "")]
    if word and len(to) > 1:
        raise CommandError("console.word_each")
    given = {seat: word or new_word() for seat in to}
    for seat, one in given.items():
        console.facilitator.give_word(seat, one)
        console.say(f"{seats(console)[seat][0]}: {one}", "bold")
    whose = to[0] if len(to) == 1 else "SEAT"
    typed = f"{as_started()} resume {console.session.id} --watch --seat {whose}{_place(console)}"
    words = console.words("console.word_screen", typed=typed)
    console.say(words if console.session.is_kept else f"{words} {console.words('console.word_unkept')}")


def _place(console: FacilitatorConsole) -> str:
    return "" if console.session.was_kept is None else as_option(console.session.was_kept)


def _truth(console: FacilitatorConsole, order: Order) -> None:
    hidden = {one.id: (one.name,) for one in console.session.scenario.hidden}
    if not hidden:
        raise CommandError("console.hides_nothing")
    names = [pick(one, hidden, "hidden_truth") for one in order.words.split(",") if one.strip()]
    told = console.facilitator.tell_truth([] if order.words.lower() == "all" else names)
    console.tell("console.truth_told", names=console.words.listed([hidden[one][0] for one in told]))


def _fits_word(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    if " " not in typed:
        yield from fitting_seats(console, typed)


def _fits_truth(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    for one in console.session.scenario.hidden:
        if one.id.startswith(typed.lower()):
            yield one.id, one.name


CONTROLS = (
    Control(
        word="next",
        has_more=True,
        run=_next,
        group="room",
    ),
    Control(
        word="word",
        usage="SEAT|all [WORD]",
        takes_text=True,
        has_more=True,
        run=_word,
        group="room",
        fits=_fits_word,
    ),
    Control(
        word="truth",
        usage="[NAME[,NAME]]",
        has_more=True,
        run=_truth,
        group="room",
        fits=_fits_truth,
    ),
)
