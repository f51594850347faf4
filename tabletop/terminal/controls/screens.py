"""Screens: having the room's screens go on, giving a team one of its own, and telling what was hidden."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.presentation.names import listed
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
        raise CommandError("The screens of the room show where the game stands: there is nothing to go on from.")
    console.facilitator.go_to_next()
    console.say("The screens of the room go on.", "dim")


def _word(console: FacilitatorConsole, order: Order) -> None:
    named, word = named_first(order.line)
    to = several_seats(console, named) if named else [one_seat(console, "")]
    if word and len(to) > 1:
        raise CommandError(
            "Each seat has a word of its own: `word all` makes one for each, `word SEAT heron` gives yours."
        )
    given = {seat: word or new_word() for seat in to}
    for seat, one in given.items():
        console.facilitator.give_word(seat, one)
        console.say(f"{seats(console)[seat][0]}: {one}", "bold")
    whose = to[0] if len(to) == 1 else "SEAT"
    typed = f"{as_started()} resume {console.session.id} --watch --seat {whose}{_place(console)}"
    also = "" if console.session.is_kept else " The game is not kept, so that no other screen can follow it."
    console.say(
        f"Its screen:  {typed}  It asks for the word. A word that was given out before opens nothing any more.{also}"
    )


def _place(console: FacilitatorConsole) -> str:
    return "" if console.session.was_kept is None else as_option(console.session.was_kept)


def _truth(console: FacilitatorConsole, order: Order) -> None:
    hidden = {one.id: (one.name,) for one in console.session.scenario.hidden}
    if not hidden:
        raise CommandError("This scenario hides nothing: there is nothing to be told.")
    names = [pick(one, hidden, "hidden truth") for one in order.words.split(",") if one.strip()]
    told = console.facilitator.tell_truth([] if order.words.lower() == "all" else names)
    console.say(f"Told: {listed([hidden[one][0] for one in told])}. It stands on the screens of the room.")


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
        does="have the room's screens go on from what was revealed; so does Enter alone",
        more=(
            "What comes of the teams' decisions stays on the screens of the room until you go on, so that it can be "
            "talked about. They go on by themselves when you decide for somebody."
        ),
        run=_next,
        group="Room",
    ),
    Control(
        word="word",
        usage="SEAT|all [WORD]",
        takes_text=True,
        does="give a team a screen of its own, behind a word",
        more=(
            "`word SEAT` makes up a word, `word SEAT heron` takes yours. With it the seat's team opens its screen, on "
            "which stand its brief, its moves with their numbers, all that it knows, and what you `tell` it. A new "
            "word takes the place of the old one. Whoever has the game's file itself can read everything in it: give "
            "out screens, not the file."
        ),
        run=_word,
        group="Room",
        fits=_fits_word,
    ),
    Control(
        word="truth",
        usage="[NAME[,NAME]]",
        does="tell the room what was true all along, once the game is over",
        more=(
            "The verdict on the room's screens keeps what was hidden to itself until you tell it: all of it, or what "
            "you name. So a second game on the same truth can be played first."
        ),
        run=_truth,
        group="Room",
        fits=_fits_truth,
    ),
)
