"""Branching: other courses of the same game, side by side."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from tabletop.presentation import branches as told
from tabletop.presentation.branch_chance import chance_words
from tabletop.session.branch_chance import chance_compared
from tabletop.session.branch_comparison import compare
from tabletop.terminal.branch_tree import branch_rows
from tabletop.terminal.command_lines import CommandError, Order, pick
from tabletop.terminal.console import FacilitatorConsole
from tabletop.terminal.controls.control import Control
from tabletop.terminal.keyboard import Fit
from tabletop.terminal.rows import folded, hinted, padded, ruled, text
from tabletop.terminal.scene import Scene
from tabletop.terminal.status import next_words, short_when


def _names(console: FacilitatorConsole) -> dict[str, tuple[str, ...]]:
    return {branch.name: () for branch in console.session.branches}


def _branch(console: FacilitatorConsole, order: Order) -> None:
    name = order.line.strip("\"' ")
    if not name:
        raise CommandError("console.name_branch")
    old = console.session.course.branch
    console.session.begin_branch(name, console.facilitator.name)
    console.tell("console.on_branch", name=name, old=old)


def _rename(console: FacilitatorConsole, order: Order) -> None:
    old, arrow, new = order.line.partition(" to ")
    if not arrow:
        old, new = console.session.course.branch, order.line
    if not new.strip():
        raise CommandError("console.rename_how")
    old = pick(old, _names(console), "branch")
    console.session.rename_branch(old, new.strip(), console.facilitator.name)
    console.tell("console.renamed", old=old, new=new.strip())


def _branches(console: FacilitatorConsole, order: Order) -> None:
    scene = console.scene
    rows = branch_rows(scene)
    key = "console.branch_begins" if len(console.session.branches) == 1 else "console.branch_goes"
    console.show([*rows, Text(), *hinted(console.words(key), scene.width)])


def _switch(console: FacilitatorConsole, order: Order) -> None:
    name = pick(order.line, _names(console), "branch")
    old, was = console.session.course.branch, console.session.course.at.number
    console.session.switch(name, console.facilitator.name)
    there = f"switch {old}" if console.session.course.tips[old].number == was else f"goto {was}"
    console.tell("console.switched", name=name, when=short_when(console.session, console.words), back=there)
    console.say(next_words(console.session, console.words), "dim")


def _compare(console: FacilitatorConsole, order: Order) -> None:
    one, other = _two(console, order.line)
    if one == other:
        raise CommandError("console.same_branch", name=one)
    scene = console.scene
    found = compare(console.session, one, other)
    chance = chance_words(scene.names, scene.words, chance_compared(console.session, found))
    console.show(comparison_rows(scene, told.branch_comparison(scene.names, scene.words, found), chance))


def _two(console: FacilitatorConsole, line: str) -> tuple[str, str]:
    """The branches that are named, the present one first where one alone is."""
    names, here = _names(console), console.session.course.branch
    if len(names) == 1:
        raise CommandError("console.one_branch")
    if not line.strip():
        others = [name for name in names if name != here]
        if len(others) == 1:
            return here, others[0]
        raise CommandError("console.with_which", names=", ".join(others))
    for word in (" and ", " with "):
        one, found, other = line.partition(word)
        if found:
            return pick(one, names, "branch"), pick(other, names, "branch")
    for at in range(1, len(line)):
        if line[at] == " " and line[:at] in names and line[at + 1 :] in names:
            return line[:at], line[at + 1 :]
    return here, pick(line.removeprefix("with "), names, "branch")


def comparison_rows(scene: Scene, found: told.BranchComparison, chance: str = "") -> list[Text]:
    """Two branches side by side: whether chance was the same, what was decided otherwise, where each meter stands."""
    rows = [ruled(scene.marks, scene.width, found.title, heavy=True), *folded(found.parted, scene.width, " ")]
    for side in (found.one, found.other):
        rows += folded(side.text, scene.width, text((f" {side.name}: ", "bold")))
    rows += folded(chance, scene.width, " ") if chance else []
    return [*rows, Text(), *_decision_rows(scene, found), *_meter_rows(scene, found)]


def _decision_rows(scene: Scene, found: told.BranchComparison) -> list[Text]:
    rows: list[Text] = []
    for ruling in found.rulings:
        lead = text((f" {scene.words('branches.ruling', branch=ruling.branch)}: ", "magenta"))
        rows += folded(ruling.text, scene.width, lead, hang=3)
    for one in found.decisions[:_MOST]:
        rows += folded(text((f" {one.when}: ", "dim"), (one.who, "bold")), scene.width)
        for side, decided in ((found.one, one.one), (found.other, one.other)):
            rows += folded(decided, scene.width, text((f"   {side.name}: ", "cyan")), hang=5)
    more = len(found.decisions) - _MOST
    rows += [Text(f" {scene.words('branches.more', count=more)}", style="dim")] if more > 0 else []
    rows += [Text(f" {found.same}")] if found.same else []
    for side in (found.one, found.other):
        rows += folded(side.further, scene.width, " ") if side.further else []
    return [Text(f" {scene.words('branches.differs')}", style="bold"), *rows, Text()]


_MOST = 12


def _meter_rows(scene: Scene, found: told.BranchComparison) -> list[Text]:
    wide = 12 if scene.width < 100 else 18
    heads = (scene.words("branches.parted_at"), found.one.name, found.other.name, scene.words("branches.apart"))
    head = [padded(Text(name), wide) for name in heads]
    rows = [text((" " + " " * 20 + " ".join(one.plain for one in head), "bold"))]
    for one in found.meters:
        cells = [str(one.parted), str(one.one), str(one.other)]
        name = padded(Text(one.name), 20)
        apart = text((scene.marks.signed(one.apart) if one.apart else scene.marks.dash, "bold" if one.apart else "dim"))
        rows.append(text(" ", name, *(padded(Text(f"{cell} "), wide + 1) for cell in cells), apart))
    return rows


def _fits(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    for branch in console.session.branches:
        if branch.name.startswith(typed):
            yield (
                branch.name,
                console.words("branches.here" if branch.current else "branches.steps", count=branch.steps),
            )


CONTROLS = (
    Control(
        word="branch",
        takes_text=True,
        usage="NAME",
        run=_branch,
        group="plan",
    ),
    Control(word="branches", run=_branches, group="plan"),
    Control(
        word="switch",
        takes_text=True,
        usage="NAME",
        run=_switch,
        group="plan",
        fits=_fits,
    ),
    Control(
        word="rename",
        takes_text=True,
        usage="[BRANCH to] NAME",
        run=_rename,
        group="plan",
        fits=_fits,
    ),
    Control(
        word="compare",
        takes_text=True,
        usage="[BRANCH] [and BRANCH]",
        run=_compare,
        group="plan",
        fits=_fits,
    ),
)
