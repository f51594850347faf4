"""Branching: other courses of the same game, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from tabletop.engine.program import Action
from tabletop.presentation.names import counted
from tabletop.session.branch_comparison import Comparison, Difference, compare
from tabletop.session.step_tree import Branch
from tabletop.terminal.command_lines import CommandError, Order, pick
from tabletop.terminal.console import FacilitatorConsole
from tabletop.terminal.controls.control import Control
from tabletop.terminal.controls.steps import step_words
from tabletop.terminal.keyboard import Fit
from tabletop.terminal.rows import folded, padded, ruled, signed, text
from tabletop.terminal.scene import Scene
from tabletop.terminal.status import next_words, short_when


def _names(console: FacilitatorConsole) -> dict[str, tuple[str, ...]]:
    return {branch.name: () for branch in console.session.branches}


def _branch(console: FacilitatorConsole, order: Order) -> None:
    name = order.line.strip("\"' ")
    if not name:
        raise CommandError("What shall it be called? As in `branch hard line`. `branches` lists those there are.")
    old = console.session.course.branch
    console.session.begin_branch(name, console.facilitator.name)
    console.say(f"On the branch {name} from here on. `switch {old}` goes back to the other, as it was.")


def _rename(console: FacilitatorConsole, order: Order) -> None:
    old, arrow, new = order.line.partition(" to ")
    if not arrow:
        old, new = console.session.course.branch, order.line
    if not new.strip():
        raise CommandError(
            "As in `rename hard line`, which is this branch's new name, or `rename branch 2 to hard line`."
        )
    old = pick(old, _names(console), "branch")
    console.session.rename_branch(old, new.strip(), console.facilitator.name)
    console.say(f"The branch {old} is now called {new.strip()}.")


def _branches(console: FacilitatorConsole, order: Order) -> None:
    scene, every = console.scene, console.session.branches
    rows = [ruled(scene.marks, scene.width, "Branches", heavy=True)]
    for branch, deep in _as_tree(every):
        rows += _branch_row(console, scene, branch, deep)
    if len(every) == 1:
        rows += [
            Text(),
            Text(" `branch NAME` begins another here; `undo` and another decision does, too.", style="dim"),
        ]
    else:
        rows += [Text(), Text(" `switch NAME` goes there, `compare NAME` lays it beside this one.", style="dim")]
    console.show(rows)


def _as_tree(branches: Sequence[Branch], parent: str = "", deep: int = 0) -> Iterator[tuple[Branch, int]]:
    """The branches, each behind the one that it left, and how deep it lies."""
    for branch in branches:
        if branch.parent == parent:
            yield branch, deep
            yield from _as_tree(branches, branch.name, deep + 1)


def _branch_row(console: FacilitatorConsole, scene: Scene, branch: Branch, deep: int) -> list[Text]:
    course = console.session.course
    end = console.session.position_at(course.steps[branch.tip]).state
    where = "over: " + (end.outcome or "") if end.finished else _when(scene, branch.tip)
    left = f", left {branch.parent} in {_when(scene, branch.origin)}" if branch.parent else ""
    here = f"  {scene.marks.lead} here" if branch.current else ""
    lead = " " + "   " * deep + ("" if not deep else f"{scene.marks.to} ")
    words = text(
        (branch.name, "bold"), f"  {counted(branch.steps, 'step')}, {where}", (left, "dim"), (here, "bold cyan")
    )
    return folded(words, scene.width, lead)


def _when(scene: Scene, step: int) -> str:
    state = scene.session.position_at(scene.session.course.steps[step]).state
    stage = scene.names.stages[state.stage]
    return f"{stage.turn} {state.stage_turn}"


def _switch(console: FacilitatorConsole, order: Order) -> None:
    name = pick(order.line, _names(console), "branch")
    old, was = console.session.course.branch, console.session.course.at.number
    console.session.switch(name, console.facilitator.name)
    there = f"switch {old}" if console.session.course.tips[old].number == was else f"goto {was}"
    console.say(f"On the branch {name}: {short_when(console.session)}. `{there}` goes back.")
    console.say(next_words(console.session), "dim")


def _compare(console: FacilitatorConsole, order: Order) -> None:
    one, other = _two(console, order.line)
    if one == other:
        raise CommandError(f"{one} is {one}. `compare NAME` lays another branch beside this one.")
    scene = console.scene
    found = compare(console.session, one, other)
    console.show(comparison_rows(scene, found))


def _two(console: FacilitatorConsole, line: str) -> tuple[str, str]:
    """The branches that are named, the present one first where one alone is."""
    names, here = _names(console), console.session.course.branch
    if len(names) == 1:
        raise CommandError("There is one branch only. `branch NAME` begins another.")
    if not line.strip():
        others = [name for name in names if name != here]
        if len(others) == 1:
            return here, others[0]
        raise CommandError(f"With which branch? There are {', '.join(others)}.")
    for word in (" and ", " with "):
        one, found, other = line.partition(word)
        if found:
            return pick(one, names, "branch"), pick(other, names, "branch")
    for at in range(1, len(line)):
        if line[at] == " " and line[:at] in names and line[at + 1 :] in names:
            return line[:at], line[at + 1 :]
    return here, pick(line.removeprefix("with "), names, "branch")


def comparison_rows(scene: Scene, found: Comparison) -> list[Text]:
    """Two branches side by side: what was decided otherwise, and where each meter stands."""
    marks = scene.marks
    title = f"{found.one} {marks.dash} {found.other}"
    rows = [ruled(marks, scene.width, title, heavy=True)]
    about = f"They part in {_when(scene, found.parted.number)}, at step {found.parted.number}"
    rows += folded(f"{about} ({step_words(scene, found.parted)}).", scene.width, " ")
    for name, end, steps, outcome in zip(
        (found.one, found.other), found.ends, found.steps, found.outcomes, strict=True
    ):
        title = next((one.title for one in scene.scenario.endings if one.id == outcome), "")
        where = f"over: {title}" if outcome else _when(scene, end.number)
        rows += folded(f"{counted(steps, 'step')} since, {where}", scene.width, text((f" {name}: ", "bold")))
    return [*rows, Text(), *_decision_rows(scene, found), *_meter_rows(scene, found)]


def _decision_rows(scene: Scene, found: Comparison) -> list[Text]:
    rows: list[Text] = []
    for step, name in [
        (step, name) for name, steps in zip((found.one, found.other), found.rulings, strict=True) for step in steps
    ]:
        rows += folded(step_words(scene, step), scene.width, text((f" You, on {name}: ", "magenta")), hang=3)
    shown = found.decisions[:_MOST]
    for one in shown:
        rows += _difference(scene, found, one)
    if len(found.decisions) > _MOST:
        rows.append(Text(f" and {len(found.decisions) - _MOST} more decisions differ", style="dim"))
    if not rows:
        rows = [Text(" Nothing was decided otherwise.")]
    for name, further in zip((found.one, found.other), found.further, strict=True):
        if further:
            rows += folded(f"{name} has gone on for {counted(further, 'decision')} more.", scene.width, " ")
    return [Text(" What differs", style="bold"), *rows, Text()]


_MOST = 12


def _difference(scene: Scene, found: Comparison, one: Difference) -> list[Text]:
    label = scene.names.stages[one.stage].turn
    phase = scene.names.phases[one.phase].title
    head = text(
        (f" {label.capitalize()} {_turn_in_stage(scene, found, one)}, {phase}: ", "dim"),
        (scene.names.seat(one.seat), "bold"),
    )
    rows = folded(head, scene.width)
    for name, actions in ((found.one, one.one), (found.other, one.other)):
        rows += folded(_labels(actions), scene.width, text((f"   {name}: ", "cyan")), hang=5)
    return rows


def _turn_in_stage(scene: Scene, found: Comparison, one: Difference) -> int:
    """The turn of a difference as players count it."""
    for end in found.ends:
        for step in reversed(end.line()):
            state = scene.session.position_at(step).state
            if (state.turn, state.stage) == (one.turn, one.stage):
                return state.stage_turn
    return one.turn


def _labels(actions: Sequence[Action]) -> str:
    labels = ["nothing more" if action.kind == "pass" else action.label for action in actions]
    return ", ".join(labels) or "nothing"


def _meter_rows(scene: Scene, found: Comparison) -> list[Text]:
    wide = 12 if scene.width < 100 else 18
    head = [padded(Text(name), wide) for name in ("parted at", found.one, found.other, "apart")]
    rows = [text((" " + " " * 20 + " ".join(one.plain for one in head), "bold"))]
    for one in sorted(found.meters, key=lambda one: -abs(one.apart)):
        cells = [str(one.parted), str(one.one), str(one.other)]
        name = padded(Text(scene.names.full(one.meter)), 20)
        apart = text((signed(one.apart) if one.apart else scene.marks.dash, "bold" if one.apart else "dim"))
        rows.append(text(" ", name, *(padded(Text(f"{cell} "), wide + 1) for cell in cells), apart))
    return rows


def _fits(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    for branch in console.session.branches:
        if branch.name.startswith(typed):
            yield branch.name, "here" if branch.current else counted(branch.steps, "step")


CONTROLS = (
    Control(
        word="branch",
        takes_text=True,
        usage="NAME",
        does="begin another course of the game here, to come back from",
        run=_branch,
        group="Plan",
    ),
    Control(word="branches", does="all courses of the game, as a tree", run=_branches, group="Plan"),
    Control(
        word="switch",
        takes_text=True,
        usage="NAME",
        does="go to the end of a branch",
        run=_switch,
        group="Plan",
        fits=_fits,
    ),
    Control(
        word="rename",
        takes_text=True,
        usage="[BRANCH to] NAME",
        does="give a branch another name",
        run=_rename,
        group="Plan",
        fits=_fits,
    ),
    Control(
        word="compare",
        takes_text=True,
        usage="[BRANCH] [and BRANCH]",
        does="two branches: which decisions differ, and how each meter does",
        run=_compare,
        group="Plan",
        fits=_fits,
    ),
)
