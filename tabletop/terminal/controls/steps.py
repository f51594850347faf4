"""Steps: what was done, one after the other, and going back and forth among it."""

from __future__ import annotations

from rich.text import Text

from tabletop.presentation import steps
from tabletop.presentation.names import counted
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
        raise CommandError(f"How many steps? `{order.word}` is one, `{order.word} 3` three.")
    session = console.session
    line = session.course.at.line()
    gone = (session.back if way < 0 else session.forward)(wanted, console.facilitator.name, order.why)
    if not gone:
        raise CommandError("There is nothing to undo: this is the start." if way < 0 else "There is nothing to redo.")
    touched = line[-gone:] if way < 0 else session.course.at.line()[-gone:]
    last = step_words(console.scene, touched[0] if way < 0 else touched[-1])
    more = "" if gone == 1 else f"{counted(gone, 'step')}, {'back to before' if way < 0 else 'up to'} "
    back = " `redo` does it again." if way < 0 else ""
    console.say(
        f"{'Undone' if way < 0 else 'Done again'}: {more}\u201c{last}\u201d. It is {short_when(session)}.{back}"
    )
    console.say(next_words(session), "dim")


def _goto(console: FacilitatorConsole, order: Order) -> None:
    there = count(order.words)
    if there is None:
        raise CommandError("To which step? `steps` lists them with their numbers; 0 is the start.")
    before = console.session.course.at.number
    if there == before:
        raise CommandError(f"The game stands at step {before} already.")
    console.session.go(there, console.facilitator.name, order.why)
    console.say(f"The game stands at step {there}: {short_when(console.session)}. `goto {before}` goes back.")
    console.say(next_words(console.session), "dim")


def _steps(console: FacilitatorConsole, order: Order) -> None:
    shown = count(order.words or str(_SHOWN))
    if shown is None and order.words != "all":
        raise CommandError(f"`steps` lists the last {_SHOWN}, `steps 50` more, `steps all` all of them.")
    scene = console.scene
    line = console.session.course.at.line()
    shown = len(line) if shown is None else shown
    rows = [ruled(scene.marks, scene.width, f"Steps on the branch {console.session.course.branch}", heavy=True)]
    turn = 0
    for step in line[-shown:]:
        told = steps.step_line(scene.names, scene.words, step_summary(console.session, step))
        if told.turn != turn:
            turn = told.turn
            label = scene.turns.get(turn)
            rows.append(text((f" {label}", "bold") if label else ""))
        rows += _step_row(scene, told)
    undone = console.session.course.at.onward
    rows += [Text(" (`redo` has more)", style="dim")] if undone is not None else []
    console.show(rows)


def _step_row(scene: Scene, step: steps.StepLine) -> list[Text]:
    who = f"  by {step.who}" if step.who else ""
    why = f"  {step.why}" if step.why else ""
    return folded(text(step.text, (who, "dim"), (why, "italic")), scene.width, f" {step.number:>5}  ")


CONTROLS = (
    Control(
        word="undo",
        usage="[STEPS] [because REASON]",
        does="take back the last step, or so many; nothing is lost",
        more=(
            "A step is a decision, a card brought in, a value set, a ruling, a phase skipped or a seat handed over. "
            "Going on from an earlier point begins a branch, and what was there stays on its own. Notes and messages "
            "are no steps: `withdraw` takes them back."
        ),
        run=_undo,
        group="Play",
        also=("u", "back"),
    ),
    Control(
        word="redo",
        usage="[STEPS] [because REASON]",
        does="do again what was undone",
        run=_redo,
        group="Play",
        also=("forward",),
    ),
    Control(word="steps", usage="[HOW MANY|all]", does="what was done so far, with numbers", run=_steps, group="Look"),
    Control(
        word="goto",
        usage="STEP [because REASON]",
        does="go to any step by its number, on whatever branch it is",
        run=_goto,
        group="Plan",
    ),
)
