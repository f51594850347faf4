"""Overruling: how chance fell, how likely that was, and another outcome in its place, with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from tabletop.presentation.chance_falls import ChanceFall, chance_falls
from tabletop.scenario.numerals import count
from tabletop.session.facilitator_view import whole_after
from tabletop.session.step_summary import recent_falls
from tabletop.session.step_tree import Step
from tabletop.terminal.command_lines import CommandError, Order, first_word, is_number, pick
from tabletop.terminal.console import FacilitatorConsole
from tabletop.terminal.controls.control import Control
from tabletop.terminal.controls.steps import step_words
from tabletop.terminal.keyboard import Fit
from tabletop.terminal.rows import folded, ruled, text
from tabletop.terminal.scene import Scene
from tabletop.terminal.status import next_words

_INLINE = 5
_STEPS = 40
_LISTED = 12


def _falls(console: FacilitatorConsole) -> tuple[ChanceFall, ...]:
    """The latest falls of chance, the last first."""
    scene = console.scene
    return chance_falls(scene.names, scene.words, recent_falls(console.session, _STEPS)[:_LISTED])


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


def _number(words: str, falls: Sequence[ChanceFall]) -> int:
    number = count(words)
    if number is None or not 1 <= number <= len(falls):
        raise CommandError(f"Which fall of chance? `chances` lists them with their numbers, 1 to {len(falls)}.")
    return number - 1


def _outcome(fall: ChanceFall, words: str) -> str:
    """The outcome that is meant: by its number in `chances`, by its id, name or text, or by the beginning of one."""
    if is_number(words):
        if not 1 <= int(words) <= len(fall.options):
            raise CommandError(f"The outcomes are numbered 1 to {len(fall.options)}.")
        return fall.options[int(words) - 1].id
    return pick(words, {one.id: (one.text, one.name) for one in fall.options}, "outcome")


def _fall_rows(scene: Scene, number: int, fall: ChanceFall) -> list[Text]:
    stands, model = fall.stands, fall.model
    lead = text((f" {number:>2} ", "bold cyan"))
    about = text((fall.title, "bold"), ": ", (stands.name, "bold"), f" {stands.percent}%")
    if fall.is_ruled:
        about = text(about, (f" (overruled; the model had {model.name} {model.percent}%)", "magenta"))
    rest = [one for one in fall.options if one.id != stands.id]
    others = ", ".join(f"{one.number} {one.name} {one.percent}%" for one in rest)
    if len(rest) > _INLINE:
        others = f"{len(rest)} others (`chances {number}`)"
    words = text(about, (f"; could be {others}" if rest else "; nothing else could be", ""))
    after = text((f"{fall.when}, step {fall.step}, after {fall.after}", "dim"))
    return [*folded(words, scene.width, lead), *folded(after, scene.width, "    ")]


def _at_length(scene: Scene, fall: ChanceFall) -> list[Text]:
    rows = [ruled(scene.marks, scene.width, f"{fall.title} {scene.marks.dot} {fall.when}")]
    for one in fall.options:
        mark = scene.marks.lead if one.id == fall.stands.id else " "
        lead = text(f" {mark} ", (f"{one.number:>2} ", "bold cyan"), (f"{one.percent:>3}% ", "bold"))
        rows += folded(text((f"{one.id}  ", "cyan"), one.text), scene.width, lead, hang=8)
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
    came = console.facilitator.overrule(fall.step, fall.place, chosen, why, order.shown)
    console.happened(whole_after(console.session, there))
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
                yield f"{at} ", f"{fall.title}: {fall.stands.name}, {fall.when}"
    elif 1 <= (place := count(number) or 0) <= len(falls):
        for one in falls[place - 1].options:
            if one.id.startswith(rest):
                yield f"{number} {one.id} because ", f"{one.name} {one.percent}%"


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
