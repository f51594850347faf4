"""Team: the screen of the team of one seat, which decides by word of mouth: all that it knows, and nothing more."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from tabletop.presentation.revealed import revealed
from tabletop.session import Clock
from tabletop.session.notes import Note, messages_to
from tabletop.session.public_screen import announcements
from tabletop.terminal import story
from tabletop.terminal.board import heading, meter_rows, scoreboard
from tabletop.terminal.cards import card_panel
from tabletop.terminal.details import brief_page, secret_rows
from tabletop.terminal.mail import addressed
from tabletop.terminal.menu import at_length
from tabletop.terminal.revealed import framed_pages, revealed_rows
from tabletop.terminal.rows import ends, flowing, folded, ruled, text
from tabletop.terminal.scene import Scene
from tabletop.terminal.status import time_words
from tabletop.terminal.timeline import log_page

#: The parts of the screen, by the key that shows each.
PARTS = {"n": "now", "m": "moves", "b": "brief", "l": "log", "t": "mail"}


def team_pages(scene: Scene, clock: Clock, part: str = "now") -> list[list[Text]]:
    """The pages of one part of the screen; each fits."""
    foot = _foot(scene)
    top = _top(scene, clock, part)
    room = max(4, scene.height - len(top) - len(foot) - 2)
    items = {"now": _now, "moves": _moves, "brief": _brief, "log": _log, "mail": _mail}[part](scene)
    return framed_pages(scene, top, items, foot, room)


def _top(scene: Scene, clock: Clock, part: str) -> list[Text]:
    head = heading(scene)[:1]
    time = time_words(clock, scene.words)
    rows = [ends(Text(), Text(time, style="bold"), scene.width)] if time else []
    if part != "now":
        return [*head, *rows]
    boards = [scoreboard(scene, facts=2), scoreboard(scene, facts=0), meter_rows(scene)]
    board = next((one for one in boards if len(one) <= scene.height // 3), boards[-1])
    return [*head, *rows, *board]


def _foot(scene: Scene) -> list[Text]:
    keys = [
        Text(word, style="dim")
        for word in (scene.words(f"terminal.team_{part}") for part in (*PARTS.values(), "on", "leave"))
    ]
    return [
        ruled(scene.marks, scene.width),
        *folded(text((_waiting(scene), "bold")), scene.width, " "),
        *flowing(keys, scene.width, " ", "  "),
    ]


def _waiting(scene: Scene) -> str:
    prompt = scene.prompt
    return scene.words("terminal.team_decide") if prompt.asks else prompt.text


def _now(scene: Scene) -> list[list[Text]]:
    """What was said to the team this turn, the question that is put to it, and what has happened."""
    items = [_note(scene, note.text, bool(note.to)) for note in _new_mail(scene)]
    if scene.view.finished:
        return [*items, *([row] for row in story.verdict(scene, story.ending_of(scene)))]
    if scene.card is not None:
        items += [card_panel(scene, scene.card)]
        if scene.question is not None:
            items += [folded(text((scene.question.prompt, "bold")), scene.width, " ")]
            items += [[row] for row in at_length(scene, scene.hand.open, texts=False)]
        return items
    if scene.hand.chosen:
        chosen = ", ".join(move.label for move in scene.hand.chosen)
        items.append(folded(text((chosen, "cyan")), scene.width, f" {scene.words('terminal.face_down_lead')} ", hang=3))
    here = [entry for entry in scene.view.log if entry.turn == scene.view.turn]
    items += revealed_rows(scene, revealed(scene, scene.words, here))
    if scene.hand.open:
        items.append(folded(scene.words("terminal.team_open", count=len(scene.hand.open)), scene.width, " "))
    return items


def _new_mail(scene: Scene) -> Sequence[Note]:
    session, turn = scene.session, scene.view.turn
    mine = [
        note
        for note in messages_to(session, scene.seat)
        if session.position_at(session.course.steps[note.step]).state.turn == turn
    ]
    return sorted([*mine, *announcements(session)], key=lambda note: note.number)


def _note(scene: Scene, words: str, is_private: bool) -> list[Text]:
    return folded(words, scene.width, addressed(scene, is_private), hang=3)


def _moves(scene: Scene) -> list[list[Text]]:
    if not scene.hand.open:
        return [folded(scene.words("terminal.team_nothing"), scene.width, " ")]
    prompt = scene.question.prompt if scene.question else scene.phase.title if scene.phase else ""
    head = [folded(text((prompt, "bold")), scene.width, " ")]
    return head + [at_length(scene, [move]) for move in scene.hand.open]


def _brief(scene: Scene) -> list[list[Text]]:
    return [[row] for row in brief_page(scene)]


def _log(scene: Scene) -> list[list[Text]]:
    return [[row] for row in log_page(scene, str(scene.view.turn))]


def _mail(scene: Scene) -> list[list[Text]]:
    items = [_note(scene, note.text, True) for note in messages_to(scene.session, scene.seat)][::-1]
    return [secret_rows(scene), *(items or [[Text(f" {scene.words('terminal.nothing_written')}")]])]
