"""Public: the screen that everybody in the room looks at; nothing on it is secret."""

from __future__ import annotations

import attrs
from rich.text import Text

from tabletop.presentation.clock_reading import clock_reading
from tabletop.presentation.ending import EndFacts, Ending
from tabletop.presentation.negotiation import is_negotiation, negotiation_of
from tabletop.presentation.public_board import PublicBoard, PublicCard, RoomFacts, public_board
from tabletop.presentation.revealed import Revealed
from tabletop.session import Clock
from tabletop.session.meter_courses import meter_courses
from tabletop.session.public_screen import announcements, decided_seats, ending_view, reveal
from tabletop.session.seeds import is_open
from tabletop.terminal import story
from tabletop.terminal.bargain import bargain_rows, scale_rows
from tabletop.terminal.board import meter_rows, scoreboard
from tabletop.terminal.cards import card_panel
from tabletop.terminal.revealed import framed_pages, revealed_rows
from tabletop.terminal.rows import ends, folded, ruled, text
from tabletop.terminal.scene import Scene
from tabletop.terminal.timeline import told

#: How many of the words for everybody stand on the screen.
_SHOWN_NOTES = 2
#: How many lines of what happened last stand below a bargain at the least.
_LEAST_NEWS = 3


def public_board_of(scene: Scene, clock: Clock, reads_on: bool = False) -> PublicBoard:
    """What everybody in the room may see; what was revealed is held, too, while the room `reads_on`."""
    session = scene.session
    latest = reveal(session)
    end = None
    if scene.view.finished:
        seed = session.seed if is_open(session.seed) else None
        end = EndFacts(courses=meter_courses(session), hindsight=session.hindsight, open_seed=seed)
        scene = attrs.evolve(scene, view=ending_view(session))
    room = RoomFacts(
        revealed=latest.entries,
        is_held=(latest.held or reads_on) and latest.tells,
        decided=decided_seats(session),
        announcements=[note.text for note in announcements(session)],
        is_paused=session.paused,
        clock=clock_reading(scene.words, clock.left, clock.running),
        end=end,
    )
    return public_board(scene, scene.words, room)


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
    board = public_board_of(scene, clock, reads_on)
    head, foot = _heading(scene, board), _foot(scene, board, notice)
    if board.is_held:
        top = [*head, *meter_rows(scene)]
        return _pages(scene, top, revealed_rows(scene, board.reveal), foot)
    if board.ending is not None:
        parts = [*story.verdict(scene, board.ending)[1:], Text(), *_points(scene, board.ending)]
        return _pages(scene, head, [[row] for row in parts], foot)
    boards = [scoreboard(scene, facts=2), scoreboard(scene, facts=0), meter_rows(scene)]
    question = _question(scene, board.card)
    needed = len(question) + len(head) + len(foot) + 2
    scores = next((one for one in boards if len(one) + needed <= scene.height), boards[-1])
    top = [*head, *scores, ruled(scene.marks, scene.width)]
    room = max(3, scene.height - len(top) - len(foot) - 1)
    if len(question) > room:
        return _pages(scene, [*head, *meter_rows(scene)], [[row] for row in question], foot)
    middle = _middle(scene, board, room)
    space = [Text()] * max(0, room - len(middle)) if scene.height < 1_000 else []
    return [[*top, *middle, *space, *foot]]


def _pages(scene: Scene, top: list[Text], items: list[list[Text]], foot: list[Text]) -> list[list[Text]]:
    room = max(3, scene.height - len(top) - len(foot) - 2)
    return framed_pages(scene, top, items, foot, room)


def _heading(scene: Scene, board: PublicBoard) -> list[Text]:
    title, rule = (board.title.upper(), "bold cyan"), ruled(scene.marks, scene.width, heavy=True)
    if board.ending is not None and not board.is_held:
        return [text(" ", title), rule]
    when = board.when + (f" {scene.marks.dot} {board.date}" if board.date else "")
    left = text(" ", title, f"  {when}")
    shown = text((board.phase, "bold"))
    if board.clock is not None:
        shown = text(shown, "   ", (f" {board.clock.text} ", "reverse bold" if board.clock.is_short else "bold"))
    if left.cell_len + shown.cell_len + 2 <= scene.width:
        return [ends(left, shown, scene.width), rule]
    return [left, ends(Text(), shown, scene.width), rule]


def _middle(scene: Scene, board: PublicBoard, room: int) -> list[Text]:
    """What happens: the card that waits for an answer, or the bargain and the latest of this turn, as far as there is
    room."""
    if board.card is None or not board.card.waits:
        bargain = _bargain(scene, room)
        return [*bargain, *latest(scene, board.latest, room - len(bargain))]
    log = [entry for entry in scene.view.log if entry.turn == scene.view.turn]
    at = max(place for place, entry in enumerate(log) if entry.kind == "card" and entry.card == board.card.id)
    question = _question(scene, board.card)
    came = told(scene, log[at + 1 :], log[at])
    return [*question, Text(), *came][:room] if len(question) + len(came) < room else question[:room]


def _bargain(scene: Scene, room: int) -> list[Text]:
    """The table of a negotiation as everybody may see it, with the paper where there is room for it."""
    shown = negotiation_of(scene, scene.words) if is_negotiation(scene) else None
    if shown is None or shown.scale is None:
        return []
    whole, least = bargain_rows(scene, shown), scale_rows(scene, shown.scale)
    rows = next((one for one in (whole, least) if len(one) + _LEAST_NEWS <= room), [])
    return [*rows, Text()] if rows else []


def _question(scene: Scene, card: PublicCard | None) -> list[Text]:
    """The card that waits for an answer, with its questions as they are printed on it."""
    if card is None or scene.card is None or not card.waits:
        return []
    rows = card_panel(scene, scene.card)
    for one in card.questions:
        rows += folded(text((one.who, "bold"), f": {one.prompt}"), scene.width, " ", hang=3)
        for number, option in enumerate(one.options, 1):
            rows += folded(option, scene.width, text((f"  {number} ", "bold cyan")))
    return rows


def latest(scene: Scene, found: Revealed, room: int) -> list[Text]:
    """The end of what happened in a turn: as many things as there is room for."""
    rows: list[Text] = []
    for item in reversed(revealed_rows(scene, found)):
        if rows and len(rows) + len(item) > room:
            break
        rows = [*item, *rows]
    return rows[:room]


def _points(scene: Scene, ending: Ending) -> list[Text]:
    scores = sorted(ending.scores, key=lambda one: -one.points)
    words = ", ".join(f"{one.name} {one.points}" for one in scores)
    return folded(scene.words("public.points", scores=words), scene.width, " ", hang=3) if scores else []


def _foot(scene: Scene, board: PublicBoard, notice: str) -> list[Text]:
    """What the facilitator has said to all, and what everybody waits for."""
    rows = [ruled(scene.marks, scene.width)]
    for words in board.announcements[-_SHOWN_NOTES:]:
        rows += folded(text((words, "bold")), scene.width, f" {scene.marks.lead} ")
    rows += folded(text((notice, "italic")), scene.width, " ") if notice else []
    if board.is_paused:
        rows.append(text((f" {board.waiting.upper()} ", "bold reverse")))
    elif board.is_held:
        rows += folded(text((board.next_up, "bold")), scene.width, " ")
    elif board.waiting:
        done = [seat.name for seat in board.seats if seat.is_person and seat.has_decided]
        decided = f"  {scene.words('public.decided', seats=scene.words.listed(done))}" if done else ""
        rows += folded(text((board.waiting, "bold"), (decided, "dim")), scene.width, " ")
    return rows
