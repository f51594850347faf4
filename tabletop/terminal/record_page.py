"""The record of a session: its story so far, what a facilitator did, what was written down, and its branches."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from rich.console import Console
from rich.text import Text

from tabletop.engine.log import Entry
from tabletop.engine.views import View, public_log
from tabletop.session import Session
from tabletop.session.facilitation import Note, notes, turn_of
from tabletop.session.seeds import seed_words
from tabletop.session.step_tree import Branch
from tabletop.terminal import story
from tabletop.terminal.auto import told_by_turns
from tabletop.terminal.board import meter_rows
from tabletop.terminal.rows import folded, ruled, text
from tabletop.terminal.scene import Scene, scene_of
from tabletop.terminal.screen import Screen


def show_record(session: Session, console: Console, everything: bool = False) -> None:
    """Prints the record of a session: as the person who plays it knows it, or else as everybody at the table does.

    With `everything` it leaves nothing out.
    """
    screen = Screen(console)
    screen.interactive = False
    view = _view(session, everything)
    scene = scene_of(session, view, screen)
    rows = [*_heading(scene, everything), *told_by_turns(scene)]
    for part in (_rulings(scene), _notes(scene, everything), _branches(scene), _standing(scene)):
        rows += [Text(), *part] if part else []
    screen.write(rows)


def _view(session: Session, everything: bool) -> View:
    humans = session.humans
    seat = humans[0] if len(humans) == 1 else session.scenario.player
    view = session.view(seat)
    if everything:
        return attrs.evolve(view, log=session.state.log)
    return view if len(humans) == 1 or view.finished else attrs.evolve(view, log=public_log(session.state))


def _heading(scene: Scene, everything: bool) -> list[Text]:
    session, heading = scene.session, scene.session.heading
    names = {seat.id: seat.name for seat in session.scenario.seats}
    rows = [ruled(scene.marks, scene.width, heading.title, heavy=True)]
    begun = f"{heading.id}, begun on {heading.started[:10]} at {heading.started[11:16]} UTC"
    # Whoever knows a seed knows what is hidden: of a fresh one players are not told.
    seed = seed_words(heading.seed) or (f"seed {heading.seed}" if everything else "")
    begun += f", {seed}" if seed else ""
    came = f"; its first {heading.brought} commands came from elsewhere" if heading.brought >= 0 else ""
    rows += folded(begun + came, scene.width, " ")
    people = ", ".join(names[seat] for seat in session.humans) or "nobody"
    bots = ", ".join(f"{names[seat]} ({player})" for seat, player in session.players.items())
    rows += folded(f"People play {people}." + (f" Bots: {bots}." if bots else ""), scene.width, " ")
    usual = {noun.id: noun.value for noun in session.scenario.assumptions}
    other = [
        f"{scene.names.full(name)}: {value}" for name, value in session.assumptions.items() if value != usual[name]
    ]
    return rows + (folded(f"Assumptions that differ: {'; '.join(other)}.", scene.width, " ") if other else [])


def _rulings(scene: Scene) -> list[Text]:
    found = [entry for entry in scene.view.log if entry.rule == "facilitator"]
    if not found:
        return []
    rows = [ruled(scene.marks, scene.width, "What the facilitator did", heavy=True)]
    for entry in found:
        why = text((f"  {entry.why}", "italic")) if entry.why else Text()
        rows += folded(text(_ruling(scene, entry), why), scene.width, _when(scene, entry.turn), hang=14)
    return rows


def _ruling(scene: Scene, entry: Entry) -> str:
    if entry.kind != "change":
        return entry.text
    was, now = (scene.names.value(entry.target, value) for value in (entry.before, entry.after))
    return f"The facilitator sets {scene.names.full(entry.target)}: {was} {scene.marks.to} {now}"


def _notes(scene: Scene, everything: bool) -> list[Text]:
    session = scene.session
    # Where several play, what was written to one of them is not for whoever else looks at this page.
    alone = set(session.humans) if len(session.humans) == 1 else set[str]()
    found = [note for note in notes(session) if everything or note.shown or set(note.to) & alone]
    if not found:
        return []
    rows = [ruled(scene.marks, scene.width, "What was written down", heavy=True)]
    for note in found:
        rows += folded(text(_lead(scene, note), note.text), scene.width, _when(scene, turn_of(session, note)), hang=14)
    return rows


def _lead(scene: Scene, note: Note) -> Text:
    to = ", ".join(scene.names.seat(seat) for seat in note.to)
    tags = f" [{', '.join(note.tags)}]" if note.tags else ""
    return text((f"{note.who}{' to ' + to if to else ''}{tags}: ", "bold"))


def _when(scene: Scene, turn: int) -> Text:
    label = scene.turns.get(turn)
    return text((f" {label.name if label else f'Turn {turn}':<12} ", "dim"))


def _branches(scene: Scene) -> list[Text]:
    session = scene.session
    branches = session.branches
    if len(branches) == 1:
        return []
    rows = [ruled(scene.marks, scene.width, "Branches", heavy=True)]
    for branch, depth in _in_tree(branches):
        steps = f"{branch.steps} step{'' if branch.steps == 1 else 's'}"
        origin = session.position_at(session.course.steps[branch.origin]).state
        parted = f", left {branch.parent} in turn {origin.turn}" if branch.parent else ""
        end = session.position_at(session.course.steps[branch.tip]).state
        state = f"ended: {end.outcome}" if end.finished else f"at turn {end.turn}"
        here = text((f" {scene.marks.lead} the game stands here", "bold")) if branch.current else Text()
        rows.append(text("  " * depth + " ", (branch.name, "bold"), f": {steps}{parted}, {state}", here))
    return rows


def _in_tree(branches: Sequence[Branch]) -> list[tuple[Branch, int]]:
    """Every branch under the one that it left, and how deep."""
    found: list[tuple[Branch, int]] = []

    def under(parent: str, depth: int) -> None:
        for branch in branches:
            if branch.parent == parent:
                found.append((branch, depth))
                under(branch.name, depth + 1)

    under("", 0)
    return found


def _standing(scene: Scene) -> list[Text]:
    session = scene.session
    if session.state.finished:
        return story.verdict(scene)
    rows = [ruled(scene.marks, scene.width, f"Where it stands: {scene.label}", heavy=True), *meter_rows(scene)]
    acting = [scene.names.seat(seat) for seat in session.state.acting]
    waits = "The facilitator has paused the game." if session.paused else f"It is for {', '.join(acting)} to decide."
    return [*rows, *folded(waits, scene.width, " ")]
