"""Values: setting a meter, track, resource, fact or hidden truth by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tabletop.scenario.effect_shorthand import NotAnEffect, named, setting_of
from tabletop.scenario.expression_language import Symbol
from tabletop.session.facilitation import settable
from tabletop.terminal.command_lines import CommandError, Order
from tabletop.terminal.console import FacilitatorConsole
from tabletop.terminal.controls.control import Control
from tabletop.terminal.keyboard import Fit

_PARTS = re.compile(r"(?P<name>.+?)(?:\s*=\s*|\s+to\s+|\s+(?=[+-]?\d+$)|\s*(?=[+-]\s*\d+$))(?P<value>.+)")


def _set(console: FacilitatorConsole, order: Order) -> None:
    if not order.words:
        raise CommandError("What is to be set? As in `set tension 50 because …`; Tab lists what there is.")
    name, value = _taken_apart(console, order.words)
    symbol = _symbol(console, name)
    called = console.scene.names.full(name)
    if not value:
        raise CommandError(
            f"{called} ({name}) is {_now(console, name)}. It can be {_range(symbol)}: `set {name} {_example(symbol)}`."
        )
    before = console.session.state
    console.facilitator.set(name, _value(console, name, value), order.why, order.shown)
    if console.session.state.value(name) == before.value(name):
        console.say(f"{called} is as it was: {_now(console, name)}.")
    console.happened(before)


def _taken_apart(console: FacilitatorConsole, words: str) -> tuple[str, str]:
    """The id of what is named, and the value that is given; "" where there is none."""
    scenario = console.session.scenario
    parts = _PARTS.fullmatch(words)
    tries = [(parts["name"], parts["value"])] if parts else []
    tries += [(words, "")]
    head, _, tail = words.rpartition(" ")
    tries += [(head, tail)] if head else []
    fault = ""
    for name, value in tries:
        try:
            return named(scenario, name), value.strip()
        except NotAnEffect as error:
            fault = fault or str(error)
    raise CommandError(f"{fault[:1].upper()}{fault[1:]}.")


def _symbol(console: FacilitatorConsole, name: str) -> Symbol:
    return console.session.game.program.scope.symbols[name]


def _value(console: FacilitatorConsole, name: str, words: str) -> int | bool | str:
    """The value that is meant; "+5" is from where it stands."""
    value = setting_of("".join(words.split()) if words[0] in "+-" else words)
    now = console.session.state.value(name)
    if words[0] in "+-" and isinstance(value, int) and _symbol(console, name).kind == "int":
        return int(now) + value
    return value


def _now(console: FacilitatorConsole, name: str) -> str:
    return console.scene.names.value(name, console.session.state.value(name))


def _range(symbol: Symbol) -> str:
    if symbol.kind == "bool":
        return "yes or no"
    return ", ".join(symbol.members) or f"{symbol.low} to {symbol.high}"


def _example(symbol: Symbol) -> str:
    return (
        "yes"
        if symbol.kind == "bool"
        else symbol.members[-1]
        if symbol.members
        else str((symbol.low + symbol.high) // 2)
    )


def _fits(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    state, names = console.session.state, console.scene.names
    name, gap, rest = typed.partition(" ")
    known = settable(console.session)
    if not gap:
        for id in known:
            if id.startswith(typed.lower()):
                yield f"{id} ", f"{names.full(id)}: {names.value(id, state.value(id))}"
    elif name in known:
        symbol = _symbol(console, name)
        for value in ("yes", "no") if symbol.kind == "bool" else symbol.members:
            if value.startswith(rest):
                yield f"{name} {value}", ""


CONTROLS = (
    Control(
        word="set",
        usage="NAME VALUE [quietly] [because REASON]",
        does="set a meter, track, resource, fact or hidden truth",
        more=(
            "`set tension 50`, `set tension +5` (from where it stands), `set FACT no`, "
            "`set FACT VALUE` (a named one). "
            "`set tension` alone says what it is and what it can be. Players read that it was set and why, but with "
            "`quietly`; of what is hidden only those learn who know it anyway."
        ),
        run=_set,
        group="Change",
        fits=_fits,
    ),
)
