"""Status: where the game stands, in a line below the prompt, and in a few lines when asked."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from rich.text import Text

from tabletop.presentation.clock_reading import clock_reading
from tabletop.presentation.names import counted, listed
from tabletop.presentation.words import Words
from tabletop.session import Clock, Session
from tabletop.session.facilitator_view import whole
from tabletop.session.public_screen import reveal
from tabletop.session.schedule import offers
from tabletop.terminal.marks import Marks
from tabletop.terminal.prompts import as_started
from tabletop.terminal.rows import ends, folded, ruled, text
from tabletop.terminal.scene import Scene

_WORDS = Words()


def time_words(clock: Clock) -> str:
    """What a clock shows, such as "3:41"; "" where there is none."""
    reading = clock_reading(_WORDS, clock.left, clock.running)
    return "" if reading is None else reading.text


class Status:
    """The line below the prompt. All but the clock is worked out anew only when something was done."""

    def __init__(self, session: Session, clock: Clock, marks: Marks) -> None:
        self._session = session
        self._clock = clock
        self._marks = marks
        self._of: tuple[int, int] = (-1, -1)
        self._parts: list[str] = []

    def line(self) -> str:
        """As much as fits in a line: what matters most stands first."""
        session = self._session
        now = len(session.commands), session.course.at.number
        if now != self._of:
            self._of, self._parts = now, self._said()
        time = time_words(self._clock)
        stands = "" if self._clock.running or not time else " stands"
        parts = [*self._parts[:1], *([f"{time}{stands}"] if time else []), *self._parts[1:]]
        width = shutil.get_terminal_size().columns - 1
        line = ""
        for part in parts:
            longer = f"{line} {self._marks.dot} {part}" if line else f" {part}"
            line = longer if len(longer) <= width else line
        return line

    def _said(self) -> list[str]:
        session = self._session
        due = sum(offer.standing == "due" for offer in offers(session))
        parts = ["PAUSED" if session.paused else "", short_when(session)]
        parts = [" ".join(part for part in parts if part)]
        parts += [f"{counted(due, 'inject')} due"] if due else []
        parts += ["the room reads (Enter: on)"] if reveal(session).held else []
        parts += [waiting_words(session)]
        parts += [f"on {session.course.branch}"] if len(session.branches) > 1 else []
        return parts


def short_when(session: Session) -> str:
    """The turn and the phase in few words, such as "Week 3, Planning"."""
    view = whole(session)
    if view.finished:
        return "The game is over"
    stage = next(one for one in session.scenario.stages if one.id == view.stage)
    phase = next((one.title for one in stage.phases if one.id == view.phase), "")
    return f"{stage.turn.capitalize()} {view.stage_turn}{', ' + phase if phase else ''}"


def waiting_words(session: Session) -> str:
    """For whom the game waits, in few words."""
    people, bots = to_decide(session)
    if whole(session).finished:
        return ""
    if not people:
        return "only bots to decide"
    others = f" (and {counted(len(bots), 'bot')})" if bots else ""
    return f"waits for {listed(people)}{others}"


def to_decide(session: Session) -> tuple[list[str], list[str]]:
    """The names of the people's seats and of the bots' that must decide now."""
    names = {seat.id: seat.name for seat in session.scenario.seats}
    acting, bots = whole(session).acting, session.players
    return [names[seat] for seat in acting if seat not in bots], [names[seat] for seat in acting if seat in bots]


def next_words(session: Session, hints: bool = False) -> str:
    """What the game waits for; with `hints`, also what to type."""
    view = whole(session)
    if view.finished:
        return "The game is over: `verdict` reads the verdict, `undo` steps back, `compare` lays branches side by side."
    if session.paused:
        return "Paused: nobody can decide, and the clock stands. `continue` goes on."
    people, bots = to_decide(session)
    card = next((one.title for one in session.scenario.cards if one.id == view.card), "")
    about = f"The card \u201c{card}\u201d waits for an answer. " if card else ""
    if not people:
        return f"{about}Only bots are to decide ({listed(bots)}): `run`."
    first = next(seat.id for seat in session.scenario.seats if seat.name == people[0])
    typed = f" (`moves {first}`, `decide {first} \u2026`)" if hints else ""
    also = f" Of the bots {listed(bots)}: `run`." if bots else ""
    return f"{about}To decide: {listed(people)}{typed}.{also}"


def status_rows(scene: Scene, clock: Clock) -> list[Text]:
    """Where the game stands, and what it waits for."""
    session, marks = scene.session, scene.marks
    label = scene.label
    when = f"{label.name} of {scene.stage.turns}" + (f" {marks.dot} {label.date}" if label.date else "")
    phase = scene.phase.title if scene.phase else scene.stage.title
    head = "The game is over" if scene.view.finished else f"{when} {marks.dot} {phase}"
    where = f"on {session.course.branch}, step {session.course.at.number}"
    rows = [ends(text(" ", (head, "bold")), Text(where, style="dim"), scene.width)]
    rows += [row for words in _conditions(session, clock) for row in folded(words, scene.width, " ")]
    return [*rows, *folded(next_words(session, hints=True), scene.width, " ")]


def _conditions(session: Session, clock: Clock) -> list[str]:
    setting = clock.setting
    said = []
    if setting is not None:
        then = "; then the phase is skipped" if setting.then == "skip" else ""
        stands = "" if clock.running else ", and stands (`continue` starts it)"
        said.append(f"Clock: {time_words(clock)} of {setting.seconds // 60}:{setting.seconds % 60:02}{stands}{then}.")
    due = [offer.inject for offer in offers(session) if offer.standing == "due"]
    if due:
        said.append(f"Due: {', '.join(f'{one.title} ({one.id})' for one in due)}.")
    if session.warning:
        said.append(f"Careful: {session.warning}. What you do is not saved.")
    if session.copy_problem:
        said.append(f"Careful: {session.copy_problem}.")
    return said


def welcome(scene: Scene, clock: Clock, place: str) -> list[Text]:
    """The first screen: what is played, how players watch it, and in six lines what can be done."""
    session = scene.session
    rows = [ruled(scene.marks, scene.width, f"{session.scenario.title}: the facilitator's console", heavy=True)]
    if session.is_kept:
        rows.append(Text(" Players look at another screen, on which nothing is secret:"))
        rows.append(text((f"   {as_started()} resume {session.id} --watch{place}", "bold")))
    rows += [Text(), *six_lines(scene), Text(), *status_rows(scene, clock)]
    return rows


_LINES: Sequence[tuple[str, str]] = (
    ("Play", "decide SEAT MOVE · run (the bots) · undo · redo · hand SEAT to BOT"),
    ("Look", "status · look · look SEAT · moves · story · chances · board"),
    ("Change", "inject CARD · write a card · set NAME VALUE · overrule · skip · extend"),
    ("Room", "pause · clock 8m · next · word SEAT · tell SEAT … · announce … · note … #tag"),
    ("Plan", "schedule · take INJECT · branch NAME · branches · compare · switch"),
    ("Help", "help · help WORD · Tab completes. All is saved; Ctrl-C loses nothing."),
)


def six_lines(scene: Scene) -> list[Text]:
    """What can be done, in six lines."""
    rows = []
    for name, words in _LINES:
        dotted = words.replace("·", scene.marks.dot)
        rows += folded(dotted, scene.width, text((f" {name:<8}", "bold cyan")))
    return rows
