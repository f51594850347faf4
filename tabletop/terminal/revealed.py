"""Revealed: what has just come of everybody's decisions, in so few lines that a room can read it at once."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from rich.text import Text

from tabletop.engine.log import Entry
from tabletop.session.story import is_fact, sums
from tabletop.terminal.happenings import sum_words, summary, tag
from tabletop.terminal.marks import COLOURS
from tabletop.terminal.rows import folded, ruled, sentence, text
from tabletop.terminal.scene import Scene


@attrs.define
class _Item:
    """One thing that was done or came about, with what changed by it."""

    head: Text
    key: tuple[str, ...] = ()
    said: list[Text] = attrs.field(factory=list)
    changes: list[Entry] = attrs.field(factory=list)


def revealed(scene: Scene, entries: Sequence[Entry]) -> list[list[Text]]:
    """What happened, thing by thing, each as the rows that belong together; with the sums last."""
    found: list[list[Text]] = []
    phase = ""
    items = _items(scene, entries)
    while items and items[-1][0].key in (("head", "turn"), ("head", "stage")):
        items.pop()
    for item, where in items:
        if where != phase and where in scene.names.phases and scene.names.phases[where].title:
            found.append([text((f" {scene.names.phases[where].title}", "bold underline"))])
        phase = where
        found.append(_rows(scene, item))
    total = summary(scene, entries)
    return [*found, total] if total and len(found) > 2 else found


def _items(scene: Scene, entries: Sequence[Entry]) -> list[tuple[_Item, str]]:
    found: list[tuple[_Item, str]] = []
    for entry in entries:
        item = _head(scene, entry)
        if item is not None:
            found.append((item, entry.phase))
            continue
        key = _key(entry)
        if not found or (found[-1][0].key != key and entry.kind != "roll") or found[-1][1] != entry.phase:
            found.append((_Item(text((entry.title or _phase(scene, entry), "bold")), key), entry.phase))
        if entry.kind == "change":
            found[-1][0].changes.append(entry)
        else:
            found[-1][0].said.append(_words(scene, entry))
    return [(item, where) for item, where in found if item.said or item.changes or item.key[:1] == ("head",)]


def _key(entry: Entry) -> tuple[str, ...]:
    if entry.decision and entry.seat:
        return ("head", entry.seat, entry.decision)
    return ("head", entry.card) if entry.card and not entry.decision else (entry.noun, entry.rule, entry.decision)


def _head(scene: Scene, entry: Entry) -> _Item | None:
    """What begins something new; None for what comes of something."""
    match entry.kind:
        case "action":
            seat = scene.names.seat(entry.seat)
            return _Item(text((f"{seat}: ", "bold"), entry.title), ("head", entry.seat, entry.decision))
        case "card":
            return _Item(text(("Card: ", "bold"), (entry.title, "bold")), ("head", entry.card))
        case "ruling":
            return _Item(text((f"{entry.text}. ", "bold"), sentence(entry.why)), ("head", "ruling"))
        case "turn":
            return _Item(text((str(scene.turns.get(entry.turn, entry.text)), "bold cyan")), ("head", "turn"))
        case "stage":
            return _Item(text((scene.names.stages[entry.stage].title, "bold cyan")), ("head", "stage"))
        case "ending":
            return _Item(text((entry.text, "bold")), ("head", "ending"))
        case "quiet":
            return _Item(text(entry.text), ("head", "quiet"))
        case _:
            return None


def _phase(scene: Scene, entry: Entry) -> str:
    phase = scene.names.phases.get(entry.phase)
    return phase.title if phase is not None else scene.stage.title


def _words(scene: Scene, entry: Entry) -> Text:
    if entry.kind == "roll":
        return text((f"{entry.title}: ", ""), (entry.text, "italic"))
    return text((entry.text, "italic"), tag(scene, entry))


def _rows(scene: Scene, item: _Item) -> list[Text]:
    facts = {entry.target: entry for entry in item.changes if is_fact(scene.names, entry)}
    parts = [
        text(
            f"{scene.names.full(entry.target)}: ",
            (scene.names.value(entry.target, entry.after).upper(), "bold reverse"),
        )
        for entry in facts.values()
    ]
    parts += [sum_words(scene, one) for one in sums(scene.names, item.changes)]
    tracks = {one.target: one for one in item.changes if one.target in scene.view.tracks and one.amount}
    parts += [_step(scene, one) for one in tracks.values()]
    parts += [_fact(scene, one) for one in item.changes if _is_told(scene, one)]
    line = item.head
    for said in item.said:
        line = text(line, f" {scene.marks.dash} ", said)
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


def in_pages(items: Sequence[Sequence[Text]], room: int) -> list[list[Text]]:
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


def page_mark(scene: Scene, page: int, pages: int) -> Text:
    """Which page of how many, in a line across."""
    return ruled(scene.marks, scene.width, f"{page + 1} of {pages}") if pages > 1 else ruled(scene.marks, scene.width)
