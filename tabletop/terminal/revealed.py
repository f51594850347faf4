"""Revealed: what has just come of everybody's decisions, in so few lines that a room can read it at once."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from tabletop.engine.log import Entry
from tabletop.presentation.causes import Happening, happenings
from tabletop.presentation.story import is_fact, sums
from tabletop.terminal.happenings import sum_words, summary, tag
from tabletop.terminal.marks import COLOURS
from tabletop.terminal.rows import folded, ruled, sentence, text
from tabletop.terminal.scene import Scene


def revealed(scene: Scene, entries: Sequence[Entry]) -> list[list[Text]]:
    """What happened, thing by thing, each as the rows that belong together; with the sums last."""
    found: list[list[Text]] = []
    phase = ""
    for one in happenings(entries):
        where = one.begins.phase
        if where != phase and where in scene.names.phases and scene.names.phases[where].title:
            found.append([text((f" {scene.names.phases[where].title}", "bold underline"))])
        phase = where
        found.append(_rows(scene, one))
    total = summary(scene, entries)
    return [*found, total] if total and len(found) > 2 else found


def _head(scene: Scene, one: Happening) -> Text:
    """What was done, or what brought it about."""
    entry = one.begins
    match entry.kind:
        case "action":
            return text((f"{scene.names.seat(entry.seat)}: ", "bold"), entry.title)
        case "card":
            return text((f"Card: {entry.title}", "bold"))
        case "ruling":
            return text((f"{entry.text}. ", "bold"), sentence(entry.why))
        case "turn":
            return text((str(scene.turns.get(entry.turn, entry.text)), "bold cyan"))
        case "stage":
            return text((scene.names.stages[entry.stage].title, "bold cyan"))
        case "ending" | "quiet":
            return text((entry.text, "bold"))
        case _:
            return text((entry.title or _phase(scene, entry), "bold"))


def _phase(scene: Scene, entry: Entry) -> str:
    phase = scene.names.phases.get(entry.phase)
    return phase.title if phase is not None else scene.stage.title


def _words(scene: Scene, entry: Entry) -> Text:
    if entry.kind == "roll":
        return text((f"{entry.title}: ", ""), (entry.text, "italic"))
    return text((entry.text, "italic"), tag(scene, entry))


def _rows(scene: Scene, one: Happening) -> list[Text]:
    names = scene.names
    facts = {entry.target: entry for entry in one.changes if is_fact(names, entry)}
    parts = [
        text(f"{names.full(entry.target)}: ", (names.value(entry.target, entry.after).upper(), "bold reverse"))
        for entry in facts.values()
    ]
    parts += [sum_words(scene, moved) for moved in sums(names, one.changes)]
    parts += [_step(scene, entry) for entry in one.changes if entry.target in scene.view.tracks and entry.amount]
    parts += [_fact(scene, entry) for entry in one.changes if _is_told(scene, entry)]
    line = _head(scene, one)
    for said in one.said:
        line = text(line, f" {scene.marks.dash} ", _words(scene, said))
    if parts:
        line = text(line, "  ", Text(", ").join(parts))
    return folded(line, scene.width, f" {scene.marks.lead} ", hang=3)


def _step(scene: Scene, entry: Entry) -> Text:
    sign = scene.names.good(entry.target, entry.amount, scene.seat)
    return text((f"{scene.names.full(entry.target)} {entry.amount:+d}", COLOURS[sign]))


def _is_told(scene: Scene, entry: Entry) -> bool:
    """Whether it changes a fact that has no word of its own, such as that a line is open or so many weeks are left."""
    noun = scene.names.variables.get(entry.target)
    return noun is not None and not noun.values and bool(noun.name) and entry.before != entry.after


def _fact(scene: Scene, entry: Entry) -> Text:
    return text(f"{scene.names.full(entry.target)}: {scene.names.value(entry.target, entry.after)}")


def framed_pages(
    scene: Scene, top: list[Text], items: Sequence[Sequence[Text]], foot: list[Text], room: int
) -> list[list[Text]]:
    """Items between a top and a foot that stand on every page; `room` is the number of rows between the two.

    A screen of 1,000 rows or more is a pipe, and is not filled up with empty rows.
    """
    pages = _in_pages(items, room)
    found = []
    for number, page in enumerate(pages):
        space = [Text()] * max(0, room - len(page)) if scene.height < 1_000 else []
        found.append([*top, _page_mark(scene, number, len(pages)), *page, *space, *foot])
    return found


def _in_pages(items: Sequence[Sequence[Text]], room: int) -> list[list[Text]]:
    """Things on as many pages as they need, of so many rows; what belongs together is only parted where it must be."""
    pages: list[list[Text]] = [[]]
    for item in items:
        rows = list(item)
        if pages[-1] and len(pages[-1]) + len(rows) > room:
            pages.append([])
        while len(rows) > room:
            pages[-1], rows = rows[:room], rows[room:]
            pages.append([])
        pages[-1] += rows
    return pages


def _page_mark(scene: Scene, page: int, pages: int) -> Text:
    """Which page of how many, in a line across."""
    return ruled(scene.marks, scene.width, f"{page + 1} of {pages}") if pages > 1 else ruled(scene.marks, scene.width)
