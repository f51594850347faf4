"""The record of a session: its story so far, what a facilitator did, what was written down, and its branches."""

from __future__ import annotations

import attrs
from rich.console import Console
from rich.text import Text

from tabletop.presentation.played_assumptions import played_assumptions
from tabletop.presentation.record import note_lines, ruling_lines
from tabletop.presentation.words import Words
from tabletop.session import Session
from tabletop.session.facilitator_view import public, whole
from tabletop.session.notes import notes, turn_of
from tabletop.session.public_screen import ending_view
from tabletop.session.seeds import is_open
from tabletop.terminal import story
from tabletop.terminal.auto import told_by_turns
from tabletop.terminal.board import meter_rows
from tabletop.terminal.branch_tree import branch_rows
from tabletop.terminal.rows import folded, ruled, text
from tabletop.terminal.scene import Scene, scene_of
from tabletop.terminal.screen import Screen


def show_record(session: Session, console: Console, everything: bool = False, words: Words | None = None) -> None:
    """Prints the record of a session: as the person who plays it knows it, or else as everybody at the table does.

    With `everything` it leaves nothing out.
    """
    screen = Screen(console, words)
    session.language = screen.words.language
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
    said = scene.words
    begun = said("terminal.record_begun", id=heading.id, day=heading.started[:10], time=heading.started[11:16])
    # Whoever knows a seed knows what is hidden: of a fresh one players are not told.
    if is_open(heading.seed):
        begun += said("terminal.record_open_seed", seed=heading.seed)
    elif everything:
        begun += said("terminal.record_seed", seed=heading.seed)
    if heading.brought >= 0:
        begun = said("terminal.record_brought", begun=begun, count=heading.brought)
    rows += folded(begun, scene.width, " ")
    people = ", ".join(names[seat] for seat in session.humans) or said("terminal.record_nobody")
    bots = ", ".join(f"{names[seat]} ({player})" for seat, player in session.players.items())
    who = said("terminal.record_people", people=people)
    rows += folded(f"{who} {said('terminal.record_bots', bots=bots)}" if bots else who, scene.width, " ")
    other = [f"{one.title}: {one.value}" for one in played_assumptions(scene, said) if one.is_changed]
    return rows + (folded(said("terminal.record_differ", what="; ".join(other)), scene.width, " ") if other else [])


def _rulings(scene: Scene) -> list[Text]:
    rows = [ruled(scene.marks, scene.width, scene.words("terminal.record_rulings"), heavy=True)]
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
    rows = [ruled(scene.marks, scene.width, scene.words("terminal.record_notes"), heavy=True)]
    for one in note_lines(scene, scene.words, [(note, turn_of(session, note)) for note in found]):
        to = f" {scene.words('terminal.record_to', seats=', '.join(one.to))}" if one.to else ""
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
    said, acting = scene.words, [scene.names.seat(seat) for seat in scene.view.acting]
    title = said("terminal.record_stands", when=scene.label)
    rows = [ruled(scene.marks, scene.width, title, heavy=True), *meter_rows(scene)]
    waits = said("terminal.record_paused") if session.paused else said("terminal.record_waits", seats=", ".join(acting))
    return [*rows, *folded(waits, scene.width, " ")]
