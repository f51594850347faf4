"""Steps: what was done, one after the other, and going back and forth among it."""

from __future__ import annotations

from rich.text import Text

from tabletop.presentation import steps
from tabletop.scenario.numerals import count
from tabletop.session.step_summary import step_summary
from tabletop.session.step_tree import Step
from tabletop.terminal.command_lines import CommandError, Order
from tabletop.terminal.console import FacilitatorConsole
from tabletop.terminal.controls.control import Control
from tabletop.terminal.rows import folded, ruled, text
from tabletop.terminal.scene import Scene
from tabletop.terminal.status import next_words, short_when

_SHOWN = 20


def step_words(scene: Scene, step: Step) -> str:
    """A step in a few words, such as "Mayor: Ask for a call"."""
    return steps.step_words(scene.names, scene.words, step_summary(scene.session, step))


def _undo(console: FacilitatorConsole, order: Order) -> None:
    _move(console, order, -1)


def _redo(console: FacilitatorConsole, order: Order) -> None:
    _move(console, order, 1)


def _move(console: FacilitatorConsole, order: Order, way: int) -> None:
    wanted = count(order.words or "1")
    if not wanted:
        raise CommandError("console.how_many", word=order.word)
    session = console.session
    line = session.course.at.line()
    gone = (session.back if way < 0 else session.forward)(wanted, console.facilitator.name, order.why)
    if not gone:
        raise CommandError("console.nothing_to_undo" if way < 0 else "console.nothing_to_redo")
    touched = line[-gone:] if way < 0 else session.course.at.line()[-gone:]
    last = step_words(console.scene, touched[0] if way < 0 else touched[-1])
    when = short_when(session, console.words)
    if gone == 1:
        console.tell("console.undone" if way < 0 else "console.redone", what=last, when=when)
    else:
        console.tell("console.undone_more" if way < 0 else "console.redone_more", count=gone, what=last, when=when)
    console.say(next_words(session, console.words), "dim")


def _goto(console: FacilitatorConsole, order: Order) -> None:
    there = count(order.words)
    if there is None:
        raise CommandError("console.which_step")
    before = console.session.course.at.number
    if there == before:
        raise CommandError("console.at_step_already", step=before)
    console.session.go(there, console.facilitator.name, order.why)
    console.tell("console.at_step", step=there, when=short_when(console.session, console.words), before=before)
    console.say(next_words(console.session, console.words), "dim")


def _steps(console: FacilitatorConsole, order: Order) -> None:
    shown = count(order.words or str(_SHOWN))
    if shown is None and order.words != "all":
        raise CommandError("console.steps_how", count=_SHOWN)
    scene = console.scene
    line = console.session.course.at.line()
    shown = len(line) if shown is None else shown
    title = console.words("console.steps_on", branch=console.session.course.branch)
    rows = [ruled(scene.marks, scene.width, title, heavy=True)]
    turn = 0
    for step in line[-shown:]:
        told = steps.step_line(scene.names, scene.words, step_summary(console.session, step))
        if told.turn != turn:
            turn = told.turn
            label = scene.turns.get(turn)
            rows.append(text((f" {label}", "bold") if label else ""))
        rows += _step_row(scene, told)
    undone = console.session.course.at.onward
    rows += [Text(f" {console.words('console.redo_has_more')}", style="dim")] if undone is not None else []
    console.show(rows)


def _step_row(scene: Scene, step: steps.StepLine) -> list[Text]:
    who = f"  {scene.words('console.by_whom', who=step.who)}" if step.who else ""
    why = f"  {step.why}" if step.why else ""
    return folded(text(step.text, (who, "dim"), (why, "italic")), scene.width, f" {step.number:>5}  ")


CONTROLS = (
    Control(
        word="undo",
        usage="[STEPS] [because REASON]",
        has_more=True,
        run=_undo,
        group="play",
        also=("u", "back"),
    ),
    Control(
        word="redo",
        usage="[STEPS] [because REASON]",
        run=_redo,
        group="play",
        also=("forward",),
    ),
    Control(word="steps", usage="[HOW MANY|all]", run=_steps, group="look"),
    Control(
        word="goto",
        usage="STEP [because REASON]",
        run=_goto,
        group="plan",
    ),
)
