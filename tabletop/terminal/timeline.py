"""The timeline in rows: what happened, with what it changed and why, entry by entry or thing by thing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from tabletop.presentation.board_changes import BoardChange, board_changes
from tabletop.presentation.timeline import TimelineEntry, TimelineEvent, events_of
from tabletop.scenario.numerals import count
from tabletop.terminal.marks import COLOURS
from tabletop.terminal.rows import flowing, folded, paragraphs, ruled, text
from tabletop.terminal.scene import Scene

if TYPE_CHECKING:
    from tabletop.engine.log import Entry


def acts(entries: Sequence[Entry]) -> list[list[Entry]]:
    """The entries in parts, of which each but perhaps the first begins with a stage of the game."""
    parts: list[list[Entry]] = []
    for entry in entries:
        if not parts or entry.kind == "stage":
            parts.append([])
        parts[-1].append(entry)
    return parts


def told(scene: Scene, entries: Sequence[Entry], cause: Entry | None = None, cards: bool = False) -> list[Text]:
    """The entries as lines under the move, card or phase that brought them about; `cause` is that of the first.

    With `cards`, a card is told with its text.
    """
    every = [*([cause] if cause else []), *entries]
    rows: list[Text] = []
    for at, event in enumerate(events_of(scene, scene.words, every, names_audience=scene.secrets)):
        rows += [] if cause and at == 0 else _heading(scene, event, cards)
        rows += [row for entry in event.entries for row in entry_rows(scene, entry)]
    while rows and not rows[0].plain:
        rows.pop(0)
    return rows


def _heading(scene: Scene, event: TimelineEvent, cards: bool) -> list[Text]:
    lead, head = f" {scene.marks.lead} ", event.head
    if head is None:
        shown = event.opens_phase and event.phase_title
        return [Text(), text(lead, (event.phase_title, "bold"))] if shown else []
    match head.kind:
        case "action":
            return move_rows(scene, head)
        case "card":
            title = scene.words("timeline.card", title=head.title)
            rows = [Text(), *folded(text((title, "bold")), scene.width, lead)]
            return rows + folded(head.text, scene.width, "   ") if cards else rows
        case "ruling":
            words = text((f"{head.title}.", "bold"), f" {head.why}".rstrip(), tag(scene, head))
            return [Text(), *folded(words, scene.width, lead)]
        case "turn":
            return [Text(), ruled(scene.marks, scene.width, head.title)]
        case "stage":
            rule = ruled(scene.marks, scene.width, head.title, heavy=True)
            return [Text(), rule, *folded(head.text, scene.width, " ")]
        case "quiet":
            return [Text(), *folded(head.title, scene.width, lead)]
        case _:
            return [Text(), *folded(text((head.title, "bold")), scene.width, lead)]


def move_rows(scene: Scene, entry: TimelineEntry) -> list[Text]:
    """Who did what."""
    who = entry.who
    if entry.noun == "option":
        who = scene.words("timeline.you_answer") if entry.is_own else scene.words("timeline.answers", who=who)
    line = text((f"{who}: ", "bold cyan" if entry.is_own else "bold"), (entry.title, "bold"), tag(scene, entry))
    return [Text(), *folded(line, scene.width, f" {scene.marks.lead} ")]


def entry_rows(scene: Scene, entry: TimelineEntry) -> list[Text]:
    """What was said, how chance fell, or what changed, by how much and why."""
    if entry.change is not None:
        return _change_rows(scene, entry)
    if entry.kind == "roll":
        lead = text(f"   {scene.marks.maybe} ", (f"{entry.title}: ", ""))
        why = f"  {entry.why}" if entry.why else ""
        return folded(text((entry.text, "italic"), (why, "dim"), tag(scene, entry)), scene.width, lead, hang=5)
    return folded(text((entry.text, "italic"), tag(scene, entry)), scene.width, f"   {scene.marks.dash} ")


def _change_rows(scene: Scene, entry: TimelineEntry) -> list[Text]:
    change, marks = entry.change, scene.marks
    assert change is not None
    if change.is_turn_of_events:
        # Where things stand now: what everybody will speak of.
        return folded(text(_turned(scene, entry), tag(scene, entry)), scene.width, text((f"   {marks.lead} ", "bold")))
    arrow = marks.to if change.is_named else marks.arrow(change.amount)
    lead = text((f"   {marks.judged(change.sign)} {arrow} ", COLOURS[change.sign]))
    room = 9 if scene.width < 70 else 34 if scene.width < 92 else 38
    what = text(lead, _amount(scene, entry))
    reason = text(entry.why, tag(scene, entry))
    return folded(reason, scene.width, text(what, "  ") if what.cell_len > room - 2 else what, hang=room)


def _turned(scene: Scene, entry: TimelineEntry) -> Text:
    change = entry.change
    assert change is not None
    after = change.after_text.upper()
    words = scene.words("timeline.turned", name=change.name, before=change.before_text, after=after)
    line = text((words, "bold"), f" {entry.why}")
    line.highlight_words([after], "reverse")
    return line


def _amount(scene: Scene, entry: TimelineEntry) -> Text:
    """Such as "Tension -3 (45 to 42)", with the sign's colour."""
    change, to = entry.change, scene.marks.to
    assert change is not None
    if change.is_named:
        return text((f"{change.short}: ", ""), (f"{change.before_text} {to} {change.after_text}", "bold"))
    style = f"bold {COLOURS[change.sign]}".strip()
    values = f" ({change.before_text} {to} {change.after_text})"
    return text(f"{change.short:<10} ", (f"{scene.marks.signed(change.amount):>3}", style), values)


def tag(scene: Scene, entry: TimelineEntry) -> Text:
    """The rule and the claims behind an entry, in brackets, and who else knows of it."""
    inside = f" {scene.marks.dot} ".join(
        part for part in (entry.cause, ", ".join(entry.claims), entry.known_to) if part
    )
    return text((f"  [{inside}]", "dim")) if inside else Text()


def summary(scene: Scene, entries: Sequence[Entry], lead: str = "") -> list[Text]:
    """The meters' changes in a line or two."""
    meters = [one for one in board_changes(scene, entries) if one.kind == "meter"]
    parts = [sum_words(scene, one) for one in meters]
    if not parts:
        return []
    with_commas = [text(part, "," if at < len(parts) else "") for at, part in enumerate(parts, 1)]
    return flowing(with_commas, scene.width, f" {lead or scene.words('timeline.sum')} ", " ")


def sum_words(scene: Scene, one: BoardChange) -> Text:
    """Such as "Tension -3✓"."""
    return text(f"{one.short} ", (f"{scene.marks.signed(one.amount)}{scene.marks.judged(one.sign)}", COLOURS[one.sign]))


def log_page(scene: Scene, words: str) -> list[Text]:
    """The log: all of it, or that of one turn (a number)."""
    entries: list[Entry] = list(scene.view.log)
    said = scene.words
    title = said("terminal.the_log")
    turn = count(words)
    if turn is not None:
        entries = [entry for entry in entries if entry.turn == turn]
        title = said("terminal.log_of_turn", turn=words)
        if not entries:
            return paragraphs(said("terminal.turn_not_played", turn=words, now=scene.view.turn), scene.width, 1)
    return [ruled(scene.marks, scene.width, title, heavy=True), *told(scene, entries)]


def past_rows(scene: Scene, changes: Sequence[TimelineEntry]) -> list[Text]:
    """Everything that moved something, each with its turn, where that is another than the one above."""
    rows: list[Text] = []
    turn = 0
    are_several = len({entry.change.target for entry in changes if entry.change is not None}) > 1
    for entry in changes:
        when = entry.when if entry.turn != turn else ""
        turn = entry.turn
        hang = 32 if scene.width >= 70 else 14
        which = f"{entry.change.short}: " if are_several and entry.change is not None else ""
        reason = text((which, "bold"), entry.why, tag(scene, entry))
        rows += folded(reason, scene.width, _moved(scene, entry, when), hang=hang)
    return rows


def _moved(scene: Scene, entry: TimelineEntry, when: str) -> Text:
    change, marks = entry.change, scene.marks
    assert change is not None
    lead = text(f" {when:<10} ", (f"{marks.judged(change.sign)} ", COLOURS[change.sign]))
    if change.is_named:
        return text(lead, f"{change.before_text} {marks.to} ", (change.after_text, "bold"), "  ")
    amount = (f"{scene.marks.signed(change.amount):>3}", f"bold {COLOURS[change.sign]}".strip())
    return text(lead, amount, f" ({change.before_text} {marks.to} {change.after_text})  ")
