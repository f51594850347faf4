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
from tabletop.terminal.rows import folded, hinted, ruled, text
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
        raise CommandError("console.no_falls")
    if order.words:
        console.show(_at_length(scene, falls[_number(order.words, falls)]))
        return
    rows = [ruled(scene.marks, scene.width, console.words("console.falls"), heavy=True)]
    for number, fall in enumerate(falls, 1):
        rows += _fall_rows(scene, number, fall)
    return console.show([*rows, Text(), *hinted(console.words("console.falls_hint"), scene.width)])


def _number(words: str, falls: Sequence[ChanceFall]) -> int:
    number = count(words)
    if number is None or not 1 <= number <= len(falls):
        raise CommandError("console.which_fall", most=len(falls))
    return number - 1


def _outcome(fall: ChanceFall, words: str) -> str:
    """The outcome that is meant: by its number in `chances`, by its id, name or text, or by the beginning of one."""
    if is_number(words):
        if not 1 <= int(words) <= len(fall.options):
            raise CommandError("console.outcomes_numbered", most=len(fall.options))
        return fall.options[int(words) - 1].id
    return pick(words, {one.id: (one.text, one.name) for one in fall.options}, "outcome")


def _fall_rows(scene: Scene, number: int, fall: ChanceFall) -> list[Text]:
    stands, model, said = fall.stands, fall.model, scene.words
    lead = text((f" {number:>2} ", "bold cyan"))
    about = text((fall.title, "bold"), ": ", (stands.name, "bold"), f" {stands.percent}%")
    if fall.is_ruled:
        ruled_words = said("console.fall_ruled", outcome=model.name, percent=model.percent)
        about = text(about, (f" {ruled_words}", "magenta"))
    rest = [one for one in fall.options if one.id != stands.id]
    others = ", ".join(f"{one.number} {one.name} {one.percent}%" for one in rest)
    if len(rest) > _INLINE:
        others = said("console.fall_others", count=len(rest), number=number)
    words = text(about, said("console.fall_could", others=others) if rest else said("console.fall_sure"))
    after = text((said("console.fall_after", when=fall.when, step=fall.step, what=fall.after), "dim"))
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
        raise CommandError("console.no_falls_overrule")
    number, outcome = first_word(order.words)
    if not number:
        _chances(console, Order(word="chances"))
        raise CommandError("console.which_instead")
    fall = falls[_number(number, falls)]
    if not outcome:
        console.show(_at_length(console.scene, fall))
        raise CommandError("console.what_instead", number=number)
    chosen = _outcome(fall, outcome)
    why = order.why
    if not why and console.keys.interactive:
        why = console.ask(f" {console.words('console.ask_why')} ")
    if not why:
        raise CommandError("console.must_say_why", number=number, outcome=chosen)
    before, branch = console.session.course.at, console.session.course.branch
    there = console.session.course.steps[fall.step].before
    assert there is not None
    came = console.facilitator.overrule(fall.step, fall.place, chosen, why, order.shown)
    console.happened(whole_after(console.session, there))
    if came.again:
        console.tell("console.again_behind", steps=_listed(console.scene, came.again))
    if came.left:
        console.tell("console.left_behind", "bold", steps=_listed(console.scene, came.left))
    here = console.session.course.branch
    if here != branch:
        console.tell("console.as_without", branch=branch, step=before.number, here=here)
    console.say(next_words(console.session, console.words), "dim")


def _listed(scene: Scene, steps: Sequence[Step]) -> str:
    said = "; ".join(step_words(scene, step) for step in steps[:_LISTED])
    more = len(steps) - _LISTED
    return scene.words("console.and_more", said=said, count=more) if more > 0 else said


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
        run=_chances,
        group="look",
    ),
    Control(
        word="overrule",
        usage="NUMBER OUTCOME [quietly] because REASON",
        has_more=True,
        run=_overrule,
        group="change",
        fits=_fits,
    ),
)
