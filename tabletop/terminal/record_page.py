"""The record of a session: its story so far, what a facilitator did, what was written down, and its branches."""

from __future__ import annotations

import attrs
from rich.console import Console
from rich.text import Text

from tabletop.presentation.played_assumptions import played_assumptions
from tabletop.presentation.record import note_lines, ruling_lines
from tabletop.session import Session
from tabletop.session.facilitator_view import public, whole
from tabletop.session.notes import notes, turn_of
from tabletop.session.public_screen import ending_view
from tabletop.session.seeds import seed_words
from tabletop.terminal import story
from tabletop.terminal.auto import told_by_turns
from tabletop.terminal.board import meter_rows
from tabletop.terminal.branch_tree import branch_rows
from tabletop.terminal.rows import folded, ruled, text
from tabletop.terminal.scene import Scene, scene_of
from tabletop.terminal.screen import Screen


def show_record(session: Session, console: Console, everything: bool = False) -> None:
    """Prints the record of a session: as the person who plays it knows it, or else as everybody at the table does.

    With `everything` it leaves nothing out.
    """
    screen = Screen(console)
    screen.interactive = False
    scene = _scene(session, screen, everything)
    rows = [*_heading(scene, everything), *told_by_turns(scene)]
    branches = branch_rows(scene) if len(session.branches) > 1 else []
    for part in (_rulings(scene), _notes(scene, everything), branches, _standing(scene)):
        rows += [Text(), *part] if part else []
    screen.write(rows)


def _scene(session: Session, screen: Screen, everything: bool) -> Scene:
    """The game with the eyes of the only person, or of the scenario's solo seat, as far as whoever reads may know."""
    humans = session.humans
    seat = humans[0] if len(humans) == 1 else session.scenario.player
    scene = scene_of(session, seat, screen)
    if everything:
        return attrs.evolve(scene, view=whole(session), secrets=True)
    known = session.view(seat) if len(humans) == 1 else public(session)
    return attrs.evolve(scene, view=ending_view(session, known.seat) if known.finished else known)


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
    other = [f"{one.title}: {one.value}" for one in played_assumptions(scene, scene.words) if one.is_changed]
    return rows + (folded(f"Assumptions that differ: {'; '.join(other)}.", scene.width, " ") if other else [])


def _rulings(scene: Scene) -> list[Text]:
    rows = [ruled(scene.marks, scene.width, "What the facilitator did", heavy=True)]
    found = ruling_lines(scene, scene.words)
    for one in found:
        why = text((f"  {one.why}", "italic")) if one.why else Text()
        rows += folded(text(one.text, why), scene.width, _lead(one.when), hang=14)
    return rows if found else []


def _notes(scene: Scene, everything: bool) -> list[Text]:
    session = scene.session
    # Where several play, what was written to one of them is not for whoever else looks at this page.
    alone = set(session.humans) if len(session.humans) == 1 else set[str]()
    found = [note for note in notes(session) if everything or note.shown or set(note.to) & alone]
    rows = [ruled(scene.marks, scene.width, "What was written down", heavy=True)]
    for one in note_lines(scene, scene.words, [(note, turn_of(session, note)) for note in found]):
        to = f" to {', '.join(one.to)}" if one.to else ""
        tags = f" [{', '.join(one.tags)}]" if one.tags else ""
        words = text((f"{one.who}{to}{tags}: ", "bold"), one.text)
        rows += folded(words, scene.width, _lead(one.when), hang=14)
    return rows if found else []


def _lead(when: str) -> Text:
    return text((f" {when:<12} ", "dim"))


def _standing(scene: Scene) -> list[Text]:
    session = scene.session
    if scene.view.finished:
        return story.verdict(scene, story.ending_of(scene))
    rows = [ruled(scene.marks, scene.width, f"Where it stands: {scene.label}", heavy=True), *meter_rows(scene)]
    acting = [scene.names.seat(seat) for seat in scene.view.acting]
    waits = "The facilitator has paused the game." if session.paused else f"It is for {', '.join(acting)} to decide."
    return [*rows, *folded(waits, scene.width, " ")]
