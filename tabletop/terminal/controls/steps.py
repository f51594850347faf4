"""Steps: what was done, one after the other, and going back and forth among it."""

from __future__ import annotations

from collections.abc import Mapping

from rich.text import Text

from tabletop.engine.state import ChanceNode
from tabletop.presentation.names import counted, worded
from tabletop.scenario.numerals import count
from tabletop.session import Facilitator
from tabletop.session.apply_command import named_action
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
    body, names = step.body, scene.names
    match step.kind:
        case "decide" | "overrule":
            assert step.before is not None
            action = named_action(scene.session.position_at(step.before), body["seat"], body["action"])
            label = "nothing more" if action.kind == "pass" else action.label
            ruled_so = f"; ruled: {_rulings(scene, step)}" if step.kind == "overrule" else ""
            return f"{names.seat(body['seat'])}: {label}{ruled_so}"
        case "inject":
            card = next((one.title for one in scene.scenario.cards if one.id == body["card"]), _title(body))
            return f"card brought in: {card}"
        case "set":
            return f"{names.full(body['name'])} set to {names.value(body['name'], body['value'])}"
        case "hand":
            return f"{names.seat(body['seat'])} handed to {body['player'] or 'a person'}"
        case "retract":
            return f"{names.seat(body['seat'])}'s face-down choice taken back"
        case "start":
            return "the start"
        case _:
            phase = names.phases.get(body.get("phase", ""))
            what = {"skip": "ended", "extend": "given another round", "repeat": "played again"}[step.kind]
            return f"phase {phase.title if phase else ''} {what}"


def _title(body: Mapping[str, object]) -> str:
    added = body.get("added")
    return str(added["title"]) if isinstance(added, dict) and "title" in added else str(body["card"])


def _rulings(scene: Scene, step: Step) -> str:
    """What was ruled in a step, such as "The letter: warm, not cold"."""
    found = Facilitator(scene.session).overruled(step)
    said = [f"{subject(scene, one.node)}: {worded(one.outcome)}, not {worded(one.model)}" for one in found]
    return ", ".join(said) or "as the model had it"


def subject(scene: Scene, node: ChanceNode) -> str:
    """What chance was thrown for."""
    decks = {deck.id: deck.name for deck in scene.scenario.decks}
    return f"a card of \u201c{decks[node.subject]}\u201d" if node.kind == "card" else scene.names.full(node.subject)


def _undo(console: FacilitatorConsole, order: Order) -> None:
    _move(console, order, -1)


def _redo(console: FacilitatorConsole, order: Order) -> None:
    _move(console, order, 1)


def _move(console: FacilitatorConsole, order: Order, way: int) -> None:
    steps = count(order.words or "1")
    if not steps:
        raise CommandError(f"How many steps? `{order.word}` is one, `{order.word} 3` three.")
    session = console.session
    line = session.course.at.line()
    gone = (session.back if way < 0 else session.forward)(steps, console.facilitator.name, order.why)
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
        state = console.session.position_at(step).state
        if state.turn != turn:
            turn = state.turn
            label = scene.turns.get(turn)
            rows.append(text((f" {label}", "bold") if label else ""))
        rows += _step_row(scene, step)
    undone = console.session.course.at.onward
    rows += [Text(" (`redo` has more)", style="dim")] if undone is not None else []
    console.show(rows)


def _step_row(scene: Scene, step: Step) -> list[Text]:
    command = step.command
    who = "" if command is None or command.who == step.body.get("seat") else f"  by {command.who}"
    why = f"  {command.why}" if command is not None and command.why else ""
    return folded(text(step_words(scene, step), (who, "dim"), (why, "italic")), scene.width, f" {step.number:>5}  ")


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
