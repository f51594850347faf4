"""Public: the screen that everybody in the room looks at; nothing on it is secret."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from tabletop.engine.log import Entry
from tabletop.presentation.names import listed
from tabletop.session import Clock
from tabletop.session.public_screen import announcements, reveal
from tabletop.terminal import story
from tabletop.terminal.board import meter_rows, scoreboard
from tabletop.terminal.cards import card_panel
from tabletop.terminal.happenings import told
from tabletop.terminal.revealed import framed_pages, revealed
from tabletop.terminal.rows import ends, folded, ruled, text
from tabletop.terminal.scene import Scene
from tabletop.terminal.status import time_words

#: How many of the words for everybody stand on the screen.
_SHOWN_NOTES = 2


def public_rows(scene: Scene, clock: Clock, notice: str = "", reads_on: bool = False, page: int = 0) -> list[Text]:
    """The board, what happens, what the facilitator has said to all, and for whom the game waits.

    What has come of the last decisions stands alone on the screen while it is held, unless the room `reads_on`; what
    needs more than one page is shown on the one that is asked for, and begins again behind the last. `notice` is what
    has just become of the game, such as that it was taken back.
    """
    pages = public_pages(scene, clock, notice, reads_on)
    return pages[page % len(pages)]


def public_pages(scene: Scene, clock: Clock, notice: str = "", reads_on: bool = False) -> list[list[Text]]:
    """All the pages of the public screen as it is now."""
    latest = reveal(scene.session)
    held = (latest.held or reads_on) and latest.tells
    head, foot = _heading(scene, clock, held), _foot(scene, clock, notice, held)
    if held:
        top = [*head, *meter_rows(scene)]
        return _pages(scene, top, revealed(scene, latest.entries), foot)
    if scene.view.finished:
        parts = [*story.verdict(scene, story.ending_of(scene))[1:], Text(), *_points(scene)]
        return _pages(scene, head, [[row] for row in parts], foot)
    boards = [scoreboard(scene, facts=2), scoreboard(scene, facts=0), meter_rows(scene)]
    needed = len(_question(scene)) + len(head) + len(foot) + 2
    board = next((one for one in boards if len(one) + needed <= scene.height), boards[-1])
    top = [*head, *board, ruled(scene.marks, scene.width)]
    room = max(3, scene.height - len(top) - len(foot) - 1)
    question = _question(scene)
    if len(question) > room:
        return _pages(scene, [*head, *meter_rows(scene)], [[row] for row in question], foot)
    middle = _middle(scene, room)
    space = [Text()] * max(0, room - len(middle)) if scene.height < 1_000 else []
    return [[*top, *middle, *space, *foot]]


def _pages(scene: Scene, top: list[Text], items: list[list[Text]], foot: list[Text]) -> list[list[Text]]:
    room = max(3, scene.height - len(top) - len(foot) - 2)
    return framed_pages(scene, top, items, foot, room)


def _heading(scene: Scene, clock: Clock, held: bool = False) -> list[Text]:
    label, dot = scene.label, scene.marks.dot
    when = f"{label.name} of {scene.stage.turns}" + (f" {dot} {label.date}" if label.date else "")
    phase = scene.phase.title if scene.phase else scene.stage.title
    left = text(" ", (scene.scenario.title.upper(), "bold cyan"), f"  {when}")
    if scene.view.finished and not held:
        return [text(" ", (scene.scenario.title.upper(), "bold cyan")), ruled(scene.marks, scene.width, heavy=True)]
    time = time_words(clock)
    urgent = clock.left is not None and clock.left <= 60
    shown = text(
        (phase, "bold"), "   " if time else "", (f" {time} ", "reverse bold" if urgent else "bold") if time else ""
    )
    if left.cell_len + shown.cell_len + 2 <= scene.width:
        return [ends(left, shown, scene.width), ruled(scene.marks, scene.width, heavy=True)]
    return [left, ends(Text(), shown, scene.width), ruled(scene.marks, scene.width, heavy=True)]


def _middle(scene: Scene, room: int) -> list[Text]:
    """What happens: the card that waits for an answer, or the latest of this turn, as far as there is room."""
    log = [entry for entry in scene.view.log if entry.turn == scene.view.turn]
    if scene.card is None:
        return latest(scene, log, room)
    at = max(place for place, entry in enumerate(log) if entry.kind == "card" and entry.card == scene.card.id)
    question = _question(scene)
    came = told(scene, log[at + 1 :], log[at])
    return [*question, Text(), *came][:room] if len(question) + len(came) < room else question[:room]


def _question(scene: Scene) -> list[Text]:
    """The card that waits for an answer, with its questions as they are printed on it.

    Which of them are put, and which answers may be given, can hang on what only a seat knows.
    """
    if scene.card is None:
        return []
    rows = card_panel(scene, scene.card, [])
    for choice in scene.card.choices:
        rows += folded(text((scene.names.seat(choice.seat), "bold"), f": {choice.prompt}"), scene.width, " ", hang=3)
        for number, option in enumerate(choice.options, 1):
            rows += folded(option.label, scene.width, text((f"  {number} ", "bold cyan")))
    return rows


def latest(scene: Scene, log: Sequence[Entry], room: int) -> list[Text]:
    """The end of what happened in a turn: as many things as there is room for."""
    items = revealed(scene, [entry for entry in log if entry.kind != "turn"])
    rows: list[Text] = []
    for item in reversed(items):
        if rows and len(rows) + len(item) > room:
            break
        rows = [*item, *rows]
    return rows[:room]


def _points(scene: Scene) -> list[Text]:
    points = sorted(scene.view.scores.items(), key=lambda one: -one[1])
    words = ", ".join(f"{scene.names.seat(seat)} {amount}" for seat, amount in points)
    return folded(words, scene.width, text((" Points: ", "bold")), hang=3) if points else []


def _foot(scene: Scene, clock: Clock, notice: str, held: bool = False) -> list[Text]:
    """What the facilitator has said to all, and what everybody waits for."""
    rows = [ruled(scene.marks, scene.width)]
    for note in announcements(scene.session)[-_SHOWN_NOTES:]:
        rows += folded(text((note.text, "bold")), scene.width, f" {scene.marks.lead} ")
    rows += folded(text((notice, "italic")), scene.width, " ") if notice else []
    return [*rows, *(_to_come(scene) if held and not scene.session.paused else _waiting(scene, clock))]


def _to_come(scene: Scene) -> list[Text]:
    """What the screen goes on to."""
    if scene.view.finished:
        return [Text(" Then: the verdict of history.", style="bold")]
    what = scene.card.title if scene.card else scene.phase.title if scene.phase else scene.stage.title
    return folded(text(f"{scene.label}: ", (what, "bold")), scene.width, " Then: ")


def _waiting(scene: Scene, clock: Clock) -> list[Text]:
    session = scene.session
    if session.paused:
        return [text((" THE GAME IS PAUSED. ", "bold reverse"), "  The clock stands." if clock.setting else "")]
    people = [scene.names.seat(seat) for seat in scene.view.acting if seat in session.humans]
    if scene.view.finished or not scene.view.acting:
        return []
    if not people:
        return folded("The other seats decide.", scene.width, " ")
    if scene.card is not None:
        return folded(text((f"{listed(people)} must answer.", "bold")), scene.width, " ")
    return folded(text(("To decide: ", ""), (f"{listed(people)}.", "bold")), scene.width, " ")
