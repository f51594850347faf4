"""Phases: ending one early, adding a round to it, or having it played again."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tabletop.terminal.command_lines import CommandError, Order, pick
from tabletop.terminal.console import FacilitatorConsole
from tabletop.terminal.controls.clock import give_time, seconds_of
from tabletop.terminal.controls.control import Control
from tabletop.terminal.keyboard import Fit
from tabletop.terminal.status import next_words, short_when


def _ruled(console: FacilitatorConsole, ruling: Callable[[], object]) -> None:
    before = console.view
    ruling()
    console.clock.restart()
    console.happened(before)
    console.say(next_words(console.session, console.words), "dim")


def _skip(console: FacilitatorConsole, order: Order) -> None:
    if order.words and pick(order.words, _phases(console), "phase") != console.view.phase:
        raise CommandError("console.not_that_phase", when=short_when(console.session, console.words))
    _ruled(console, lambda: console.facilitator.skip(order.why, order.shown))


def _extend(console: FacilitatorConsole, order: Order) -> None:
    if order.words:
        seconds = seconds_of(order.words.replace(" ", ""))
        if not seconds:
            raise CommandError("console.extend_how")
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
        has_more=True,
        run=_skip,
        group="change",
    ),
    Control(
        word="extend",
        usage="[TIME] [quietly] [because REASON]",
        has_more=True,
        run=_extend,
        group="change",
    ),
    Control(
        word="repeat",
        usage="[PHASE] [quietly] [because REASON]",
        has_more=True,
        run=_repeat,
        group="change",
        fits=_fits,
    ),
)
