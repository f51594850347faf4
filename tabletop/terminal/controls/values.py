"""Values: setting a meter, track, resource, fact or hidden truth by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tabletop.presentation.error_words import error_words
from tabletop.presentation.settable_values import SettableValue, settable_values
from tabletop.scenario.effect_shorthand import NotAnEffect, named, setting_of
from tabletop.terminal import help as players_help
from tabletop.terminal.command_lines import CommandError, Order
from tabletop.terminal.console import FacilitatorConsole
from tabletop.terminal.controls.control import Control
from tabletop.terminal.keyboard import Fit

_PARTS = re.compile(r"(?P<name>.+?)(?:\s*=\s*|\s+to\s+|\s+(?=[+-]?\d+$)|\s*(?=[+-]\s*\d+$))(?P<value>.+)")


def _set(console: FacilitatorConsole, order: Order) -> None:
    if not order.words:
        raise CommandError("console.set_what", meter=players_help.a_meter(console.scene))
    name, value = _taken_apart(console, order.words)
    now = _settable(console)[name]
    if not value:
        raise CommandError("console.it_is", name=now.name, id=name, now=now.now, can_be=now.can_be, example=now.example)
    before = console.view
    console.facilitator.set(name, _value(now, value), order.why, order.shown)
    after = _settable(console)[name]
    if after.value == now.value:
        console.tell("console.as_it_was", name=now.name, now=now.now)
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
            fault = fault or error_words(console.words, error)
    raise CommandError("console.as_said", what=fault)


def _settable(console: FacilitatorConsole) -> dict[str, SettableValue]:
    """All that can be set, by id."""
    scene = console.scene
    return {one.id: one for one in settable_values(scene, scene.words)}


def _value(now: SettableValue, words: str) -> int | bool | str:
    """The value that is meant; "+5" is from where it stands."""
    value = setting_of("".join(words.split()) if words[0] in "+-" else words)
    if words[0] in "+-" and isinstance(value, int) and now.kind == "int":
        return int(now.value) + value
    return value


def _fits(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    name, gap, rest = typed.partition(" ")
    known = _settable(console)
    if not gap:
        for id, one in known.items():
            if id.startswith(typed.lower()):
                yield f"{id} ", f"{one.name}: {one.now}"
    elif name in known:
        one = known[name]
        for value in ("yes", "no") if one.kind == "bool" else [option.id for option in one.options]:
            if value.startswith(rest):
                yield f"{name} {value}", ""


CONTROLS = (
    Control(
        word="set",
        usage="NAME VALUE [quietly] [because REASON]",
        has_more=True,
        run=_set,
        group="change",
        fits=_fits,
    ),
)
