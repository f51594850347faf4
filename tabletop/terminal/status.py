"""Status: where the game stands, in a line below the prompt, and in a few lines when asked."""

from __future__ import annotations

import shutil

from rich.text import Text

from tabletop.presentation.clock_reading import clock_reading
from tabletop.presentation.error_words import bare_words
from tabletop.presentation.story import TurnLabel
from tabletop.presentation.words import Words
from tabletop.session import Clock, Session
from tabletop.session.facilitator_view import whole
from tabletop.session.public_screen import reveal
from tabletop.session.schedule import offers
from tabletop.terminal.marks import Marks
from tabletop.terminal.prompts import as_started
from tabletop.terminal.rows import ends, folded, padded, ruled, text
from tabletop.terminal.scene import Scene


def time_words(clock: Clock, words: Words) -> str:
    """What a clock shows, such as "3:41"; "" where there is none."""
    reading = clock_reading(words, clock.left, clock.running)
    return "" if reading is None else reading.text


class Status:
    """The line below the prompt. All but the clock is worked out anew only when something was done."""

    def __init__(self, session: Session, clock: Clock, marks: Marks, words: Words) -> None:
        self._session = session
        self._clock = clock
        self._marks = marks
        self._words = words
        self._of: tuple[int, int] = (-1, -1)
        self._parts: list[str] = []

    def line(self) -> str:
        """As much as fits in a line: what matters most stands first."""
        session = self._session
        now = len(session.commands), session.course.at.number
        if now != self._of:
            self._of, self._parts = now, self._said()
        time = time_words(self._clock, self._words)
        if time and not self._clock.running:
            time = self._words("status.clock_stands_short", time=time)
        parts = [*self._parts[:1], *([time] if time else []), *self._parts[1:]]
        width = shutil.get_terminal_size().columns - 1
        line = ""
        for part in parts:
            longer = f"{line} {self._marks.dot} {part}" if line else f" {part}"
            line = longer if len(longer) <= width else line
        return line

    def _said(self) -> list[str]:
        session, said = self._session, self._words
        due = sum(offer.standing == "due" for offer in offers(session))
        parts = [said("status.paused_mark") if session.paused else "", short_when(session, said)]
        parts = [" ".join(part for part in parts if part)]
        parts += [said("status.due_count", count=due)] if due else []
        parts += [said("status.room_reads")] if reveal(session).held else []
        parts += [waiting_words(session, said)]
        parts += [said("status.on_branch", branch=session.course.branch)] if len(session.branches) > 1 else []
        return parts


def short_when(session: Session, words: Words) -> str:
    """The turn and the phase in few words, such as "Week 3, Planning"."""
    view = whole(session)
    if view.finished:
        return words("status.over")
    stage = next(one for one in session.scenario.stages if one.id == view.stage)
    phase = next((one.title for one in stage.phases if one.id == view.phase), "")
    when = TurnLabel(stage, view.stage_turn, words.language).name
    return f"{when}, {phase}" if phase else when


def waiting_words(session: Session, words: Words) -> str:
    """For whom the game waits, in few words."""
    people, bots = to_decide(session)
    if whole(session).finished:
        return ""
    if not people:
        return words("status.only_bots")
    waits = words("status.waits_for", seats=words.listed(people))
    return f"{waits} {words('status.and_bots', count=len(bots))}" if bots else waits


def to_decide(session: Session) -> tuple[list[str], list[str]]:
    """The names of the people's seats and of the bots' that must decide now."""
    names = {seat.id: seat.name for seat in session.scenario.seats}
    acting, bots = whole(session).acting, session.players
    return [names[seat] for seat in acting if seat not in bots], [names[seat] for seat in acting if seat in bots]


def next_words(session: Session, words: Words, hints: bool = False) -> str:
    """What the game waits for; with `hints`, also what to type."""
    view = whole(session)
    if view.finished:
        return words("status.next_over")
    if session.paused:
        return words("status.next_paused")
    people, bots = to_decide(session)
    card = next((one.title for one in session.scenario.cards if one.id == view.card), "")
    parts = [words("status.next_card", card=card)] if card else []
    if not people:
        return " ".join([*parts, words("status.next_only_bots", bots=words.listed(bots))])
    first = next(seat.id for seat in session.scenario.seats if seat.name == people[0])
    typed = f" (`moves {first}`, `decide {first} \u2026`)" if hints else ""
    parts.append(words("status.next_to_decide", seats=words.listed(people), typed=typed))
    parts += [words("status.next_of_bots", bots=words.listed(bots))] if bots else []
    return " ".join(parts)


def status_rows(scene: Scene, clock: Clock) -> list[Text]:
    """Where the game stands, and what it waits for."""
    session, marks, said = scene.session, scene.marks, scene.words
    label = scene.label
    when = said("public.when", turn=label.name, turns=scene.stage.turns)
    when += f" {marks.dot} {label.date}" if label.date else ""
    phase = scene.phase.title if scene.phase else scene.stage.title
    head = said("status.over") if scene.view.finished else f"{when} {marks.dot} {phase}"
    where = said("status.on_step", branch=session.course.branch, step=session.course.at.number)
    rows = [ends(text(" ", (head, "bold")), Text(where, style="dim"), scene.width)]
    rows += [row for words in _conditions(session, clock, said) for row in folded(words, scene.width, " ")]
    return [*rows, *folded(next_words(session, said, hints=True), scene.width, " ")]


def _conditions(session: Session, clock: Clock, words: Words) -> list[str]:
    setting = clock.setting
    said = []
    if setting is not None:
        then = words("status.clock_then_skips") if setting.then == "skip" else ""
        stands = "" if clock.running else words("status.clock_stands")
        whole = f"{setting.seconds // 60}:{setting.seconds % 60:02}"
        said.append(words("status.clock", time=time_words(clock, words), of=whole, stands=stands, then=then))
    due = [offer.inject for offer in offers(session) if offer.standing == "due"]
    if due:
        said.append(words("status.due", injects=", ".join(f"{one.title} ({one.id})" for one in due)))
    if session.warning:
        said.append(words("status.careful_unsaved", why=bare_words(words, session.warning)))
    if session.copy_problem:
        said.append(words("status.careful", why=session.copy_problem))
    return said


def welcome(scene: Scene, clock: Clock, place: str) -> list[Text]:
    """The first screen: what is played, how players watch it, and in six lines what can be done."""
    session, said = scene.session, scene.words
    title = said("status.title", title=session.scenario.title)
    rows = [ruled(scene.marks, scene.width, title, heavy=True)]
    if session.is_kept:
        rows.append(Text(f" {said('status.another_screen')}"))
        rows.append(text((f"   {as_started()} resume {session.id} --watch{place}", "bold")))
    rows += [Text(), *six_lines(scene), Text(), *status_rows(scene, clock)]
    return rows


_LINES = ("play", "look", "change", "room", "plan", "help")


def six_lines(scene: Scene) -> list[Text]:
    """What can be done, in six lines."""
    rows = []
    for line in _LINES:
        dotted = scene.words(f"status.line_{line}").replace("·", scene.marks.dot)
        lead = padded(Text(f" {scene.words(f'controls.group_{line}')}", style="bold cyan"), 9)
        rows += folded(dotted, scene.width, lead)
    return rows
