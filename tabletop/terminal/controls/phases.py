"""Phases: ending one early, adding a round to it, or having it played again."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tabletop.terminal.command_lines import CommandError, Order, pick
from tabletop.terminal.console import FacilitatorConsole
from tabletop.terminal.controls.control import Control
from tabletop.terminal.controls.room import give_time, seconds_of
from tabletop.terminal.keyboard import Fit
from tabletop.terminal.status import next_words, short_when


def _ruled(console: FacilitatorConsole, ruling: Callable[[], object]) -> None:
    before = console.view
    ruling()
    console.clock.restart()
    console.happened(before)
    console.say(next_words(console.session), "dim")


def _skip(console: FacilitatorConsole, order: Order) -> None:
    if order.words and pick(order.words, _phases(console), "phase") != console.view.phase:
        raise CommandError(
            f"The game is not in that phase: `skip` ends the present one ({short_when(console.session)})."
        )
    _ruled(console, lambda: console.facilitator.skip(order.why, order.shown))


def _extend(console: FacilitatorConsole, order: Order) -> None:
    if order.words:
        seconds = seconds_of(order.words.replace(" ", ""))
        if not seconds:
            raise CommandError("`extend` adds a round of decisions to the phase, `extend 2m` two minutes to its clock.")
        give_time(console, seconds)
        return
    _ruled(console, lambda: console.facilitator.extend(order.why, order.shown))


def _repeat(console: FacilitatorConsole, order: Order) -> None:
    phase = pick(order.words, _phases(console), "phase") if order.words else ""
    _ruled(console, lambda: console.facilitator.repeat(phase, order.why, order.shown))


def _phases(console: FacilitatorConsole) -> dict[str, tuple[str, ...]]:
    """The phases of this part of the game."""
    stage = next(one for one in console.session.scenario.stages if one.id == console.view.stage)
    return {phase.id: (phase.title,) for phase in stage.phases}


def _fits(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    for id, (title,) in _phases(console).items():
        if id.startswith(typed.lower()):
            yield id, title


CONTROLS = (
    Control(
        word="skip",
        usage="[PHASE] [quietly] [because REASON]",
        does="end the phase with what has been chosen so far",
        more="Whoever has not chosen does nothing; `run` first lets the bots choose. `undo` takes it back.",
        run=_skip,
        group="Change",
    ),
    Control(
        word="extend",
        usage="[TIME] [quietly] [because REASON]",
        does="a further round of decisions in this phase; its clock begins anew",
        more="With a time, as in `extend 2m`, it gives the phase that much more time and no further round.",
        run=_extend,
        group="Change",
    ),
    Control(
        word="repeat",
        usage="[PHASE] [quietly] [because REASON]",
        does="play a phase of this turn again, by default this one",
        more="Its rules, its card and its decisions come again; what was chosen face down is taken back.",
        run=_repeat,
        group="Change",
        fits=_fits,
    ),
)
