"""Screens: having the room's screens go on, giving a team one of its own, and telling what was hidden."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.session.names import listed
from tabletop.session.passwords import new_word
from tabletop.session.place import as_option
from tabletop.session.public_screen import reveal
from tabletop.terminal.chair import Chair
from tabletop.terminal.controls.control import Control
from tabletop.terminal.controls.seats import fitting_seats, named_first, one_seat, seats, several_seats
from tabletop.terminal.keyboard import Fit
from tabletop.terminal.orders import Order, Puzzled, pick
from tabletop.terminal.prompts import as_started


def _next(chair: Chair, order: Order) -> None:
    if not reveal(chair.session).held:
        raise Puzzled("The screens of the room show where the game stands: there is nothing to go on from.")
    chair.facilitator.go_to_next()
    chair.say("The screens of the room go on.", "dim")


def _word(chair: Chair, order: Order) -> None:
    named, word = named_first(order.line)
    to = several_seats(chair, named) if named else [one_seat(chair, "")]
    if word and len(to) > 1:
        raise Puzzled("Each seat has a word of its own: `word all` makes one for each, `word tokyo heron` gives yours.")
    given = {seat: word or new_word() for seat in to}
    for seat, one in given.items():
        chair.facilitator.give_word(seat, one)
        chair.say(f"{seats(chair)[seat][0]}: {one}", "bold")
    typed = (
        f"{as_started()} resume {chair.session.id} --watch --seat {to[0] if len(to) == 1 else 'SEAT'}{_place(chair)}"
    )
    also = "" if chair.session.is_kept else " The game is not kept, so that no other screen can follow it."
    chair.say(
        f"Its screen:  {typed}  It asks for the word. A word that was given out before opens nothing any more.{also}"
    )


def _place(chair: Chair) -> str:
    return "" if chair.session.was_kept is None else as_option(chair.session.was_kept)


def _truth(chair: Chair, order: Order) -> None:
    hidden = {one.id: (one.name,) for one in chair.session.scenario.hidden}
    if not hidden:
        raise Puzzled("This scenario hides nothing: there is nothing to be told.")
    names = [pick(one, hidden, "hidden truth") for one in order.words.split(",") if one.strip()]
    told = chair.facilitator.tell_truth([] if order.words.lower() == "all" else names)
    chair.say(f"Told: {listed([hidden[one][0] for one in told])}. It stands on the screens of the room.")


def _fits_word(chair: Chair, typed: str) -> Iterator[Fit]:
    if " " not in typed:
        yield from fitting_seats(chair, typed)


def _fits_truth(chair: Chair, typed: str) -> Iterator[Fit]:
    for one in chair.session.scenario.hidden:
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
            "`word tokyo` makes up a word, `word tokyo heron` takes yours. With it Tokyo's team opens its screen, on "
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
