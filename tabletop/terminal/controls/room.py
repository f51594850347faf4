"""The room: pausing and going on, the clock, and until when players may take back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tabletop.scenario.numerals import count
from tabletop.session.clock import in_words
from tabletop.session.undo_policy import ALLOWED, allowed
from tabletop.terminal.command_lines import CommandError, Order, pick
from tabletop.terminal.console import FacilitatorConsole
from tabletop.terminal.controls.control import Control
from tabletop.terminal.keyboard import Fit
from tabletop.terminal.status import next_words, time_words

_TIMES = (
    re.compile(r"(?P<sign>[+-]?)(?P<minutes>\d{1,6})(?P<seconds>)"),
    re.compile(r"(?P<sign>[+-]?)(?P<minutes>\d{1,6}):(?P<seconds>\d\d)"),
    re.compile(r"(?P<sign>[+-]?)(?:(?P<minutes>\d{1,6})m(?:in)?)?(?:(?P<seconds>\d{1,6})s(?:ec)?)?"),
)
_RULES = {
    "turn": "Players may take back their decisions of this turn.",
    "reveal": "Players may take a decision back until something that followed from it is known.",
    "never": "Players may take nothing back; you still can, with `undo`.",
}


def _pause(console: FacilitatorConsole, order: Order) -> None:
    if console.session.paused:
        raise CommandError("The game is paused already. `continue` goes on.")
    console.facilitator.pause(order.why or order.words)
    console.clock.stop()
    clock = f" The clock stands at {time_words(console.clock)}." if console.clock.setting else ""
    console.say(f"Paused: nobody can decide.{clock} `continue` goes on.")


def _continue(console: FacilitatorConsole, order: Order) -> None:
    stood = not console.clock.running and console.clock.setting is not None
    if not console.session.paused and not stood:
        raise CommandError("The game is not paused.")
    console.facilitator.go_on(order.why)
    console.clock.start()
    clock = f" The clock goes on from {time_words(console.clock)}." if console.clock.setting else ""
    console.say(f"On with the game.{clock}")
    console.say(next_words(console.session), "dim")


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
        console.say(
            "No clock"
            + (f" in the phase {_title(console, phase)}." if phase else ", but in phases that have their own.")
        )
    elif words[0] in ("stop", "stand"):
        console.clock.stop()
        console.say(
            f"The clock stands at {time_words(console.clock) or 'nothing: there is none'}; people may go on deciding."
        )
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
        raise CommandError("How much more? As in `clock +2m` or `clock -30s`.")
    give_time(console, seconds)


def give_time(console: FacilitatorConsole, seconds: int) -> None:
    """Gives the present phase so many seconds more. Raises CommandError where it has no clock."""
    if console.clock.setting is None:
        raise CommandError(
            f"There is no clock in this phase to be given {in_words(seconds)} more: `clock 8m` sets one."
        )
    console.facilitator.more_time(seconds)
    _tell_of_clock(console)


def _give(console: FacilitatorConsole, words: list[str]) -> None:
    """`clock 8m [PHASE] [warn 60 10] [then skip]`"""
    seconds = seconds_of(words[0])
    if seconds is None:
        raise CommandError(
            "How long? As in `clock 8m`, `clock 8m planning warn 2m 30s`, `clock 8m then skip`, `clock off`."
        )
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
        console.say(f"The phase {_title(console, phase)} will have {in_words(seconds)}.")


def _warning(word: str) -> int:
    """When to warn: seconds, unless minutes are named."""
    number = count(word)
    seconds = seconds_of(word) if number is None else number
    if not seconds or seconds < 0:
        raise CommandError(f"'{word}' is no time to warn at: `warn 60 10` is a minute and ten seconds before the end.")
    return seconds


def _phase(console: FacilitatorConsole, words: list[str]) -> str:
    known = {one.id: (one.title,) for stage in console.session.scenario.stages for one in stage.phases}
    return pick(" ".join(words), known, "phase") if words else ""


def _title(console: FacilitatorConsole, phase: str) -> str:
    return console.scene.names.phases[phase].title


def _tell_of_clock(console: FacilitatorConsole) -> None:
    setting = console.clock.setting
    if setting is None:
        console.say("There is no clock in this phase. `clock 8m` gives every phase eight minutes.")
        return
    warns = ", ".join(in_words(one) for one in setting.warnings)
    then = "Then the phase is skipped." if setting.then else "Then it does nothing."
    stands = "" if console.clock.running else " It stands: `continue` starts it."
    console.say(
        f"Clock: {time_words(console.clock)} left of {in_words(setting.seconds)}; it warns at {warns}. {then}{stands}"
    )


def _fits_clock(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    word, gap, rest = typed.partition(" ")
    if not gap:
        for one, about in (
            ("8m", "eight minutes for every phase"),
            ("+2m", "two minutes more, now"),
            ("off", "no clock"),
            ("stop", "let it stand"),
            ("start", "let it run"),
            ("again", "the whole time again"),
        ):
            if one.startswith(word):
                yield one, about
    else:
        for stage in console.session.scenario.stages:
            for phase in stage.phases:
                if phase.seats and phase.id.startswith(rest):
                    yield f"{word} {phase.id}", phase.title


def _allow(console: FacilitatorConsole, order: Order) -> None:
    rule = order.words.lower().removeprefix("undo").strip()
    if not rule:
        raise CommandError(f"{_RULES[allowed(console.session)]} `allow undo turn`, `reveal` or `never` changes that.")
    rule = pick(rule, dict.fromkeys(ALLOWED, ()), "rule")
    console.facilitator.allow_undo(rule)
    console.say(_RULES[rule])


def _fits_allow(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    for rule in ALLOWED:
        if f"undo {rule}".startswith(typed.lower()):
            yield f"undo {rule}", _RULES[rule]


CONTROLS = (
    Control(
        word="pause",
        usage="[because REASON]",
        does="stop the game and its clock: nobody can decide until `continue`",
        run=_pause,
        group="Room",
    ),
    Control(
        word="continue",
        usage="[because REASON]",
        does="go on after a pause; also starts the clock when the console was opened again",
        run=_continue,
        group="Room",
        also=("go", "resume", "unpause"),
    ),
    Control(
        word="clock",
        usage="[TIME [PHASE] [warn 60 10] [then skip]|+2m|off|stop|start|again]",
        does="give each phase a time, or one phase; warn; more time; take it away",
        more=(
            "`clock 8m` gives every phase eight minutes, `clock 3m calendar` that one three. It warns a minute and "
            "ten seconds before the end, here and with the bell, and then does nothing; with `then skip` the bots "
            "choose, and whoever has not chosen passes. `clock +2m` gives this phase more. It stands while the game "
            "is paused, and after the console was closed until `continue`."
        ),
        run=_clock,
        group="Room",
        fits=_fits_clock,
    ),
    Control(
        word="allow",
        usage="undo turn|reveal|never",
        does="until when players may take their decisions back themselves",
        run=_allow,
        group="Room",
        fits=_fits_allow,
    ),
)
