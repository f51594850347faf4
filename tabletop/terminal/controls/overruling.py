"""Overruling: how chance fell, how likely that was, and another outcome in its place, with a reason."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from tabletop.scenario.numerals import count
from tabletop.session.facilitation import Fall
from tabletop.terminal.chair import Chair
from tabletop.terminal.controls.control import Control
from tabletop.terminal.controls.steps import step_words, subject
from tabletop.terminal.keyboard import Fit
from tabletop.terminal.orders import Order, Puzzled, first_word, pick
from tabletop.terminal.rows import folded, ruled, text
from tabletop.terminal.scene import Scene
from tabletop.terminal.status import next_words

_INLINE = 5
_STEPS = 40
_LISTED = 12


def _falls(chair: Chair) -> list[Fall]:
    """The latest falls of chance, the last first."""
    return chair.facilitator.falls(_STEPS)[:_LISTED]


def _chances(chair: Chair, order: Order) -> None:
    scene, falls = chair.scene, _falls(chair)
    if not falls:
        raise Puzzled("Chance has not fallen in the last decisions.")
    if order.words:
        chair.show(_at_length(scene, falls[_number(order.words, falls)]))
        return
    rows = [ruled(scene.marks, scene.width, "How chance fell, the latest first", heavy=True)]
    for number, fall in enumerate(falls, 1):
        rows += _fall_rows(scene, number, fall)
    return chair.show([*rows, Text(), Text(" `overrule NUMBER OUTCOME because REASON`", style="dim")])


def _number(words: str, falls: list[Fall]) -> int:
    number = count(words)
    if number is None or not 1 <= number <= len(falls):
        raise Puzzled(f"Which fall of chance? `chances` lists them with their numbers, 1 to {len(falls)}.")
    return number - 1


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
    others = ", ".join(f"{one.id} {round(100 * one.probability)}%" for one in rest)
    if len(rest) > _INLINE:
        others = f"{len(rest)} others (`chances {number}`)"
    words = text(about, (f"; could be {others}" if rest else "; nothing else could be", ""))
    after = text((f"after {step_words(scene, step)}", "dim"))
    return [*folded(words, scene.width, lead), *folded(after, scene.width, "    ")]


def _at_length(scene: Scene, fall: Fall) -> list[Text]:
    rows = [ruled(scene.marks, scene.width, subject(scene, fall.draw.node))]
    for one in sorted(fall.draw.node.outcomes, key=lambda one: -one.probability):
        mark = scene.marks.lead if one.id == fall.draw.outcome else " "
        lead = text(f" {mark} ", (f"{round(100 * one.probability):>3}% ", "bold"), (f"{one.id}  ", "cyan"))
        rows += folded(one.text, scene.width, lead, hang=8)
    return rows


def _overrule(chair: Chair, order: Order) -> None:
    falls = _falls(chair)
    if not falls:
        raise Puzzled("Chance has not fallen in the last decisions: there is nothing to overrule.")
    number, outcome = first_word(order.words)
    if not number:
        _chances(chair, Order(word="chances"))
        raise Puzzled("Which, and what instead? As in `overrule 1 OUTCOME because REASON`.")
    fall = falls[_number(number, falls)]
    options = {one.id: (one.text,) for one in fall.draw.node.outcomes}
    if not outcome:
        chair.show(_at_length(chair.scene, fall))
        raise Puzzled(f"What instead? `overrule {number} OUTCOME because REASON`.")
    chosen = pick(outcome, options, "outcome")
    why = order.why
    if not why and chair.keys.interactive:
        why = chair.ask(" Why? It is kept beside the model's own result, and players read it> ")
    if not why:
        raise Puzzled(f"To overrule the model you must say why: `overrule {number} {chosen} because REASON`.")
    before, branch = chair.session.course.at, chair.session.course.branch
    chair.facilitator.overrule(fall.step, fall.draw.place, chosen, why, order.shown)
    there = chair.session.course.at.before
    assert there is not None
    chair.happened(chair.session.position_at(there).state)
    if chair.session.course.branch != branch:
        chair.say(f"As it was without that is kept, on {branch}: `goto {before.number}` goes back there.")
    chair.say(next_words(chair.session), "dim")


def _fits(chair: Chair, typed: str) -> Iterator[Fit]:
    number, gap, rest = typed.partition(" ")
    falls = _falls(chair)
    if not gap:
        for at, fall in enumerate(falls, 1):
            if str(at).startswith(number):
                yield f"{at} ", f"{subject(chair.scene, fall.draw.node)}: {fall.draw.outcome}"
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
            "NUMBER and OUTCOME are those of `chances`. The game goes on from there as you rule; the model's own "
            "result is kept beside it, and what was decided since stays on its branch. Outcomes that could not be now "
            "are refused. Only what chance decided after a decision can be overruled: for anything else use `set`, or "
            "`undo` and `inject`."
        ),
        run=_overrule,
        group="Change",
        fits=_fits,
    ),
)
