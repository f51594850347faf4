"""Values: setting a meter, track, resource, fact or hidden truth by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tabletop.scenario.language import Symbol
from tabletop.scenario.spoken import NotAnEffect, named, setting_of
from tabletop.session.facilitation import settable
from tabletop.terminal.chair import Chair
from tabletop.terminal.controls.control import Control
from tabletop.terminal.keyboard import Fit
from tabletop.terminal.orders import Order, Puzzled

_PARTS = re.compile(r"(?P<name>.+?)(?:\s*=\s*|\s+to\s+|\s+(?=[+-]?\d+$)|\s*(?=[+-]\s*\d+$))(?P<value>.+)")


def _set(chair: Chair, order: Order) -> None:
    if not order.words:
        raise Puzzled("What is to be set? As in `set tension 50 because …`; Tab lists what there is.")
    name, value = _taken_apart(chair, order.words)
    symbol = _symbol(chair, name)
    called = chair.scene.names.full(name)
    if not value:
        raise Puzzled(
            f"{called} ({name}) is {_now(chair, name)}. It can be {_range(symbol)}: `set {name} {_example(symbol)}`."
        )
    before = chair.session.state
    chair.facilitator.set(name, _value(chair, name, value), order.why, order.shown)
    if chair.session.state.value(name) == before.value(name):
        chair.say(f"{called} is as it was: {_now(chair, name)}.")
    chair.happened(before)


def _taken_apart(chair: Chair, words: str) -> tuple[str, str]:
    """The id of what is named, and the value that is given; "" where there is none."""
    scenario = chair.session.scenario
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
    raise Puzzled(f"{fault[:1].upper()}{fault[1:]}.")


def _symbol(chair: Chair, name: str) -> Symbol:
    return chair.session.game.program.scope.symbols[name]


def _value(chair: Chair, name: str, words: str) -> int | bool | str:
    """The value that is meant; "+5" is from where it stands."""
    value = setting_of("".join(words.split()) if words[0] in "+-" else words)
    now = chair.session.state.value(name)
    if words[0] in "+-" and isinstance(value, int) and _symbol(chair, name).kind == "int":
        return int(now) + value
    return value


def _now(chair: Chair, name: str) -> str:
    return chair.scene.names.value(name, chair.session.state.value(name))


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


def _fits(chair: Chair, typed: str) -> Iterator[Fit]:
    state, names = chair.session.state, chair.scene.names
    name, gap, rest = typed.partition(" ")
    known = settable(chair.session)
    if not gap:
        for id in known:
            if id.startswith(typed.lower()):
                yield f"{id} ", f"{names.full(id)}: {names.value(id, state.value(id))}"
    elif name in known:
        symbol = _symbol(chair, name)
        for value in ("yes", "no") if symbol.kind == "bool" else symbol.members:
            if value.startswith(rest):
                yield f"{name} {value}", ""


CONTROLS = (
    Control(
        word="set",
        usage="NAME VALUE [quietly] [because REASON]",
        does="set a meter, track, resource, fact or hidden truth",
        more=(
            "`set tension 50`, `set tension +5` (from where it stands), `set calendar announced`, `set test_halt no`. "
            "`set tension` alone says what it is and what it can be. Players read that it was set and why, but with "
            "`quietly`; of what is hidden only those learn who know it anyway."
        ),
        run=_set,
        group="Change",
        fits=_fits,
    ),
)
