"""The clock: giving phases a time, more of it, warnings, and letting it stand or run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tabletop.presentation.clock_reading import duration_words
from tabletop.scenario.numerals import count
from tabletop.terminal.command_lines import CommandError, Order, pick
from tabletop.terminal.console import FacilitatorConsole
from tabletop.terminal.controls.control import Control
from tabletop.terminal.keyboard import Fit
from tabletop.terminal.status import time_words

_TIMES = (
    re.compile(r"(?P<sign>[+-]?)(?P<minutes>\d{1,6})(?P<seconds>)"),
    re.compile(r"(?P<sign>[+-]?)(?P<minutes>\d{1,6}):(?P<seconds>\d\d)"),
    re.compile(r"(?P<sign>[+-]?)(?:(?P<minutes>\d{1,6})m(?:in)?)?(?:(?P<seconds>\d{1,6})s(?:ec)?)?"),
)


def seconds_of(words: str) -> int | None:
    """How long: a number alone is in minutes; None for what is no time.

    >>> seconds_of("8m"), seconds_of("8"), seconds_of("1m30s"), seconds_of("90s"), seconds_of("7:30"), seconds_of("-2m")
    (480, 480, 90, 90, 450, -120)
    """
    found = next((match for match in (pattern.fullmatch(words) for pattern in _TIMES) if match), None)
    if not found or not (found["minutes"] or found["seconds"]):
        return None
    seconds = 60 * int(found["minutes"] or 0) + int(found["seconds"] or 0)
    return -seconds if found["sign"] == "-" else seconds


def _clock(console: FacilitatorConsole, order: Order) -> None:
    words = order.words.lower().split()
    if not words:
        _tell_of_clock(console)
    elif words[0] in ("off", "none"):
        phase = _phase(console, words[1:])
        console.facilitator.set_clock(0, phase)
        if phase:
            console.tell("console.no_clock_in", phase=_title(console, phase))
        else:
            console.tell("console.no_clock_but")
    elif words[0] in ("stop", "stand"):
        console.clock.stop()
        time = time_words(console.clock, console.words) or console.words("console.nothing_none")
        console.tell("console.clock_stands", time=time)
    elif words[0] in ("start", "go"):
        console.clock.start()
        _tell_of_clock(console)
    elif words[0] == "again":
        console.clock.restart()
        _tell_of_clock(console)
    elif words[0][0] in "+-":
        _more(console, words)
    else:
        _give(console, words)


def _more(console: FacilitatorConsole, words: list[str]) -> None:
    seconds = seconds_of("".join(words))
    if not seconds:
        raise CommandError("console.how_much_more")
    give_time(console, seconds)


def give_time(console: FacilitatorConsole, seconds: int) -> None:
    """Gives the present phase so many seconds more. Raises CommandError where it has no clock."""
    if console.clock.setting is None:
        raise CommandError("console.no_clock_to_give", time=duration_words(console.words, seconds))
    console.facilitator.more_time(seconds)
    _tell_of_clock(console)


def _give(console: FacilitatorConsole, words: list[str]) -> None:
    """`clock 8m [PHASE] [warn 60 10] [then skip]`"""
    seconds = seconds_of(words[0])
    if seconds is None:
        raise CommandError("console.how_long")
    rest = words[1:]
    then = "skip" if rest[-2:] == ["then", "skip"] else ""
    rest = rest[:-2] if then else rest
    at = rest.index("warn") if "warn" in rest else len(rest)
    warnings = [_warning(word) for word in rest[at + 1 :]]
    phase = _phase(console, rest[:at])
    here = not phase or phase == console.view.phase
    console.facilitator.set_clock(seconds, phase, warnings or (60, 10), then)
    if here:
        console.clock.restart()
        console.clock.start()
        _tell_of_clock(console)
    else:
        time = duration_words(console.words, seconds)
        console.tell("console.phase_will_have", phase=_title(console, phase), time=time)


def _warning(word: str) -> int:
    """When to warn: seconds, unless minutes are named."""
    number = count(word)
    seconds = seconds_of(word) if number is None else number
    if not seconds or seconds < 0:
        raise CommandError("console.no_warning", word=word)
    return seconds


def _phase(console: FacilitatorConsole, words: list[str]) -> str:
    known = {one.id: (one.title,) for stage in console.session.scenario.stages for one in stage.phases}
    return pick(" ".join(words), known, "phase") if words else ""


def _title(console: FacilitatorConsole, phase: str) -> str:
    return console.scene.names.phases[phase].title


def _tell_of_clock(console: FacilitatorConsole) -> None:
    setting = console.clock.setting
    if setting is None:
        console.tell("console.no_clock_here")
        return
    said = console.words
    warns = ", ".join(duration_words(said, one) for one in setting.warnings)
    then = said("console.clock_then_skip" if setting.then else "console.clock_then_nothing")
    then = then if console.clock.running else f"{then} {said('console.clock_it_stands')}"
    of = duration_words(said, setting.seconds)
    console.tell("console.clock", time=time_words(console.clock, said), of=of, warns=warns, then=then)


def _fits_clock(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    word, gap, rest = typed.partition(" ")
    if not gap:
        for one, about in (
            ("8m", "console.fit_eight"),
            ("+2m", "console.fit_two_more"),
            ("off", "console.fit_off"),
            ("stop", "console.fit_stop"),
            ("start", "console.fit_start"),
            ("again", "console.fit_again"),
        ):
            if one.startswith(word):
                yield one, console.words(about)
    else:
        for stage in console.session.scenario.stages:
            for phase in stage.phases:
                if phase.seats and phase.id.startswith(rest):
                    yield f"{word} {phase.id}", phase.title


CONTROLS = (
    Control(
        word="clock",
        usage="[TIME [PHASE] [warn 60 10] [then skip]|+2m|off|stop|start|again]",
        has_more=True,
        run=_clock,
        group="room",
        fits=_fits_clock,
    ),
)
