"""The room: pausing and going on, and until when players may take back."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.session.undo_policy import ALLOWED, allowed
from tabletop.terminal.command_lines import CommandError, Order, pick
from tabletop.terminal.console import FacilitatorConsole
from tabletop.terminal.controls.control import Control
from tabletop.terminal.keyboard import Fit
from tabletop.terminal.status import next_words, time_words


def _pause(console: FacilitatorConsole, order: Order) -> None:
    if console.session.paused:
        raise CommandError("console.paused_already")
    console.facilitator.pause(order.why or order.words)
    console.clock.stop()
    if console.clock.setting:
        console.tell("console.paused_clock", time=time_words(console.clock, console.words))
    else:
        console.tell("console.paused")


def _continue(console: FacilitatorConsole, order: Order) -> None:
    stood = not console.clock.running and console.clock.setting is not None
    if not console.session.paused and not stood:
        raise CommandError("console.not_paused")
    console.facilitator.go_on(order.why)
    console.clock.start()
    if console.clock.setting:
        console.tell("console.on_with_clock", time=time_words(console.clock, console.words))
    else:
        console.tell("console.on_with_game")
    console.say(next_words(console.session, console.words), "dim")


def _allow(console: FacilitatorConsole, order: Order) -> None:
    rule = order.words.lower().removeprefix("undo").strip()
    if not rule:
        raise CommandError("console.rule_now", rule=console.words(f"console.rule_{allowed(console.session)}"))
    rule = pick(rule, dict.fromkeys(ALLOWED, ()), "rule")
    console.facilitator.allow_undo(rule)
    console.tell(f"console.rule_{rule}")


def _fits_allow(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    for rule in ALLOWED:
        if f"undo {rule}".startswith(typed.lower()):
            yield f"undo {rule}", console.words(f"console.rule_{rule}")


CONTROLS = (
    Control(
        word="pause",
        usage="[because REASON]",
        run=_pause,
        group="room",
    ),
    Control(
        word="continue",
        usage="[because REASON]",
        run=_continue,
        group="room",
        also=("go", "resume", "unpause"),
    ),
    Control(
        word="allow",
        usage="undo turn|reveal|never",
        run=_allow,
        group="room",
        fits=_fits_allow,
    ),
)
