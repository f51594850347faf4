"""Overruling: how chance fell, how likely that was, and another outcome in its place, with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from tabletop.scenario.numerals import count
from tabletop.session.facilitation import Fall
from tabletop.session.step_tree import Step
from tabletop.terminal.command_lines import CommandError, Order, first_word, is_number, pick
from tabletop.terminal.console import FacilitatorConsole
from tabletop.terminal.controls.control import Control
from tabletop.terminal.controls.steps import step_words, subject
from tabletop.terminal.keyboard import Fit
from tabletop.terminal.rows import folded, ruled, text
from tabletop.terminal.scene import Scene
from tabletop.terminal.status import next_words

_INLINE = 5
_STEPS = 40
_LISTED = 12


def _falls(console: FacilitatorConsole) -> list[Fall]:
    """The latest falls of chance, the last first."""
    return console.facilitator.falls(_STEPS)[:_LISTED]


def _chances(console: FacilitatorConsole, order: Order) -> None:
    scene, falls = console.scene, _falls(console)
    if not falls:
        raise CommandError("Chance has not fallen in the last decisions.")
    if order.words:
        console.show(_at_length(scene, falls[_number(order.words, falls)]))
        return
    rows = [ruled(scene.marks, scene.width, "How chance fell, the latest first", heavy=True)]
    for number, fall in enumerate(falls, 1):
        rows += _fall_rows(scene, number, fall)
    return console.show([*rows, Text(), Text(" `overrule NUMBER OUTCOME because REASON`", style="dim")])


def _number(words: str, falls: list[Fall]) -> int:
    number = count(words)
    if number is None or not 1 <= number <= len(falls):
        raise CommandError(f"Which fall of chance? `chances` lists them with their numbers, 1 to {len(falls)}.")
    return number - 1


def _place(fall: Fall, outcome: str) -> int:
    """What to type for an outcome: its place among those that could be."""
    return 1 + [one.id for one in fall.draw.node.outcomes].index(outcome)


def _outcome(fall: Fall, words: str) -> str:
    """The outcome that is meant: by its number in `chances`, by its id or its text, or by the beginning of either."""
    outcomes = fall.draw.node.outcomes
    if is_number(words):
        if not 1 <= int(words) <= len(outcomes):
            raise CommandError(f"The outcomes are numbered 1 to {len(outcomes)}.")
        return outcomes[int(words) - 1].id
    return pick(words, {one.id: (one.text,) for one in outcomes}, "outcome")


def _likely(fall: Fall, outcome: str) -> str:
    node = fall.draw.node
    return next((f"{round(100 * one.probability)}%" for one in node.outcomes if one.id == outcome), "0%")


def _fall_rows(scene: Scene, number: int, fall: Fall) -> list[Text]:
    draw, outcomes = fall.draw, fall.draw.node.outcomes
    step = scene.session.course.steps[fall.step]
    lead = text((f" {number:>2} ", "bold cyan"))
    about = text(
        (subject(scene, fall.draw.node), "bold"), ": ", (draw.outcome, "bold"), f" {_likely(fall, draw.outcome)}"
    )
    if draw.outcome != draw.model:
        about = text(about, (f" (overruled; the model had {draw.model} {_likely(fall, draw.model)})", "magenta"))
    rest = [one for one in outcomes if one.id != draw.outcome]
    others = ", ".join(f"{_place(fall, one.id)} {one.id} {round(100 * one.probability)}%" for one in rest)
    if len(rest) > _INLINE:
        others = f"{len(rest)} others (`chances {number}`)"
    words = text(about, (f"; could be {others}" if rest else "; nothing else could be", ""))
    after = text((f"after {step_words(scene, step)}", "dim"))
    return [*folded(words, scene.width, lead), *folded(after, scene.width, "    ")]


def _at_length(scene: Scene, fall: Fall) -> list[Text]:
    rows = [ruled(scene.marks, scene.width, subject(scene, fall.draw.node))]
    for number, one in enumerate(fall.draw.node.outcomes, 1):
        mark = scene.marks.lead if one.id == fall.draw.outcome else " "
        likely = f"{round(100 * one.probability):>3}% "
        lead = text(f" {mark} ", (f"{number:>2} ", "bold cyan"), (likely, "bold"), (f"{one.id}  ", "cyan"))
        rows += folded(one.text, scene.width, lead, hang=8)
    return rows


def _overrule(console: FacilitatorConsole, order: Order) -> None:
    falls = _falls(console)
    if not falls:
        raise CommandError("Chance has not fallen in the last decisions: there is nothing to overrule.")
    number, outcome = first_word(order.words)
    if not number:
        _chances(console, Order(word="chances"))
        raise CommandError("Which, and what instead? As in `overrule 1 OUTCOME because REASON`.")
    fall = falls[_number(number, falls)]
    if not outcome:
        console.show(_at_length(console.scene, fall))
        raise CommandError(f"What instead? `overrule {number} OUTCOME because REASON`.")
    chosen = _outcome(fall, outcome)
    why = order.why
    if not why and console.keys.interactive:
        why = console.ask(" Why? It is kept beside the model's own result, and players read it> ")
    if not why:
        raise CommandError(f"To overrule the model you must say why: `overrule {number} {chosen} because REASON`.")
    before, branch = console.session.course.at, console.session.course.branch
    there = console.session.course.steps[fall.step].before
    assert there is not None
    came = console.facilitator.overrule(fall.step, fall.draw.place, chosen, why, order.shown)
    console.happened(console.session.position_at(there).state)
    if came.again:
        console.say(f"Done again behind it: {_listed(console.scene, came.again)}.")
    if came.left:
        console.say(f"Left behind with the other outcome: {_listed(console.scene, came.left)}.", "bold")
    here = console.session.course.branch
    if here != branch:
        console.say(
            f"As it was without that is kept, on {branch}: `goto {before.number}` goes back there. This is {here}."
        )
    console.say(next_words(console.session), "dim")


def _listed(scene: Scene, steps: Sequence[Step]) -> str:
    said = [step_words(scene, step) for step in steps[:_LISTED]]
    more = f", and {len(steps) - _LISTED} more" if len(steps) > _LISTED else ""
    return f"{'; '.join(said)}{more}"


def _fits(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    number, gap, rest = typed.partition(" ")
    falls = _falls(console)
    if not gap:
        for at, fall in enumerate(falls, 1):
            if str(at).startswith(number):
                yield f"{at} ", f"{subject(console.scene, fall.draw.node)}: {fall.draw.outcome}"
    elif 1 <= (place := count(number) or 0) <= len(falls):
        for one in falls[place - 1].draw.node.outcomes:
            if one.id.startswith(rest):
                yield f"{number} {one.id} because ", f"{round(100 * one.probability)}%"


CONTROLS = (
    Control(
        word="chances",
        usage="[NUMBER]",
        does="how chance fell in the last decisions, and how likely that was",
        run=_chances,
        group="Look",
    ),
    Control(
        word="overrule",
        usage="NUMBER OUTCOME [quietly] because REASON",
        does="replace what the model drew; refused without a reason",
        more=(
            "NUMBER and OUTCOME are those of `chances`; an outcome goes by its number or its name. The game goes on "
            "from there as you rule. The model's own result is kept beside it, and so is the reason of what you ruled "
            "in that step before; only those read of it who learned how chance fell. What you had set right behind "
            "the step is set again; whatever else is left behind on its branch is named. Outcomes that could not be "
            "now are refused. Only what chance decided after a decision can be overruled: for anything else use "
            "`set`, or `undo` and `inject`."
        ),
        run=_overrule,
        group="Change",
        fits=_fits,
    ),
)
