"""Happenings: what changed and why, entry by entry, from the log as the seat sees it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from tabletop.engine.log import Entry
from tabletop.presentation.names import listed
from tabletop.presentation.story import Sum, sums
from tabletop.scenario.numerals import count
from tabletop.terminal.marks import COLOURS
from tabletop.terminal.rows import flowing, folded, paragraphs, ruled, sentence, signed, text
from tabletop.terminal.scene import Scene


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
    rows: list[Text] = []
    causes = [cause] if cause else []
    place = _place(cause) if cause else None
    for entry in entries:
        if entry.kind in ("turn", "stage", "ending", "ruling"):
            causes, place = [], _place(entry)
        elif entry.kind in ("action", "card"):
            causes, place = [entry], _place(entry)
        elif _place(entry) != place or _breaks_off(entry, causes):
            causes, place = [], _place(entry)
            rows += _phase_heading(scene, entry)
        if entry.kind == "roll":
            causes = [*causes[:1], entry]
        rows += _lines(scene, entry, causes)
        if cards and entry.kind == "card":
            rows += folded(entry.why, scene.width, "   ")
    while rows and not rows[0].plain:
        rows.pop(0)
    return rows


def _breaks_off(entry: Entry, causes: Sequence[Entry]) -> bool:
    """Whether a standing rule speaks after somebody has moved: it isn't their doing."""
    return entry.noun == "rule" and bool(causes) and causes[0].kind in ("action", "card")


def _place(entry: Entry) -> tuple[int, str]:
    return entry.turn, entry.phase


def _phase_heading(scene: Scene, entry: Entry) -> list[Text]:
    phase = scene.names.phases.get(entry.phase)
    return [Text(), text(f" {scene.marks.lead} ", (phase.title, "bold"))] if phase and phase.title else []


def _lines(scene: Scene, entry: Entry, causes: Sequence[Entry]) -> list[Text]:
    match entry.kind:
        case "change":
            return change_lines(scene, entry, causes)
        case "action":
            return action_lines(scene, entry)
        case "card":
            return [Text(), *folded(text((f"Card: {entry.title}", "bold")), scene.width, f" {scene.marks.lead} ")]
        case "roll":
            lead = text(f"   {scene.marks.maybe} ", (f"{entry.title}: ", ""))
            return folded(text((entry.text, "italic"), tag(scene, entry)), scene.width, lead, hang=5)
        case "word":
            return folded(text((entry.text, "italic")), scene.width, f"   {scene.marks.dash} ")
        case "ruling":
            words = text((f"{entry.text}.", "bold"), f" {sentence(entry.why)}".rstrip(), tag(scene, entry))
            return [Text(), *folded(words, scene.width, f" {scene.marks.lead} ")]
        case "quiet":
            return [Text(), *folded(entry.text, scene.width, f" {scene.marks.lead} ")]
        case "turn":
            label = scene.turns[entry.turn]
            return [Text(), ruled(scene.marks, scene.width, str(label))]
        case "stage":
            stage = scene.names.stages[entry.stage]
            return [
                Text(),
                ruled(scene.marks, scene.width, stage.title, heavy=True),
                *folded(stage.text, scene.width, " "),
            ]
        case _:
            return [Text(), *folded(text((entry.text, "bold")), scene.width, f" {scene.marks.lead} ")]


def action_lines(scene: Scene, entry: Entry) -> list[Text]:
    """Who did what."""
    who = "You" if entry.seat == scene.seat else scene.names.seat(entry.seat)
    verb = " answer" if who == "You" else " answers"
    line = text(
        (f"{who}{verb if entry.noun == 'option' else ''}: ", "bold cyan" if who == "You" else "bold"),
        (entry.title, "bold"),
    )
    return [Text(), *folded(text(line, tag(scene, entry)), scene.width, f" {scene.marks.lead} ")]


def change_lines(scene: Scene, entry: Entry, causes: Sequence[Entry]) -> list[Text]:
    """What changed, by how much and why."""
    if entry.before == entry.after:
        return []
    if entry.target in scene.names.variables and scene.names.variables[entry.target].values:
        return _turn_of_events(scene, entry, causes)
    sign = scene.names.good(entry.target, entry.amount, scene.seat)
    arrow = scene.marks.to if scene.names.is_named(entry.target) else scene.marks.arrow(entry.amount)
    lead = text((f"   {scene.marks.judged(sign)} {arrow} ", COLOURS[sign]))
    room = 9 if scene.width < 70 else 34 if scene.width < 92 else 38
    what = text(lead, amount_words(scene, entry, sign))
    why = sentence(entry.why) if entry.noun == "ruling" else entry.why
    reason = text(why, tag(scene, entry, causes))
    return folded(reason, scene.width, text(what, "  ") if what.cell_len > room - 2 else what, hang=room)


def _turn_of_events(scene: Scene, entry: Entry, causes: Sequence[Entry]) -> list[Text]:
    """Where things stand now, in words: what everybody will speak of."""
    before, after = scene.names.value(entry.target, entry.before), scene.names.value(entry.target, entry.after)
    told = text((f"{scene.names.full(entry.target)}: from {before} to ", "bold"), (after.upper(), "bold reverse"))
    words = text(told, (".", "bold"), f" {entry.why}", tag(scene, entry, causes))
    return folded(words, scene.width, text((f"   {scene.marks.lead} ", "bold")))


def amount_words(scene: Scene, entry: Entry, sign: int) -> Text:
    """Such as "Tension -3 (45 to 42)", with the sign's colour."""
    name = scene.names.short(entry.target)
    before, after = scene.names.value(entry.target, entry.before), scene.names.value(entry.target, entry.after)
    if scene.names.is_named(entry.target):
        return text((f"{name}: ", ""), (f"{before} {scene.marks.to} {after}", "bold"))
    style = f"bold {COLOURS[sign]}".strip()
    return text(f"{name:<10} ", (f"{signed(entry.amount):>3}", style), f" ({before} {scene.marks.to} {after})")


def tag(scene: Scene, entry: Entry, causes: Sequence[Entry] = ()) -> Text:
    """The rule and the claims behind an entry, in brackets; only what its headings do not say already."""
    heading = next((one for one in causes if (one.noun, one.rule) == (entry.noun, entry.rule)), None)
    parts = []
    if entry.kind == "change" and heading is None and entry.title:
        late = ", earlier" if entry.noun in ("action", "option") else ""
        parts.append(entry.title + late)
    if entry.claims and (heading is None or heading.claims != entry.claims):
        parts.append(", ".join(entry.claims))
    if scene.secrets and entry.known_to is not None:
        only = [scene.names.seat(seat) for seat in scene.names.seats if seat in entry.known_to]
        parts.append(f"known to {listed(only)} only" if only else "kept from the players")
    inside = f" {scene.marks.dot} ".join(parts)
    return text((f"  [{inside}]", "dim")) if inside else Text()


def summary(scene: Scene, entries: Sequence[Entry], lead: str = "In all") -> list[Text]:
    """The meters' changes in a line or two."""
    parts = [sum_words(scene, one) for one in sums(scene.names, entries)]
    if not parts:
        return []
    with_commas = [text(part, "," if at < len(parts) else "") for at, part in enumerate(parts, 1)]
    return flowing(with_commas, scene.width, f" {lead}: ", " ")


def sum_words(scene: Scene, one: Sum) -> Text:
    """Such as "Tension -3✓"."""
    sign = scene.names.good(one.target, one.amount, scene.seat)
    return text(f"{scene.names.short(one.target)} ", (f"{signed(one.amount)}{scene.marks.judged(sign)}", COLOURS[sign]))


def log_page(scene: Scene, words: str) -> list[Text]:
    """The log: all of it, that of one turn (a number), or what moved one thing (its name)."""
    entries: list[Entry] = list(scene.view.log)
    title = "The log"
    turn = count(words)
    if turn is not None:
        entries = [entry for entry in entries if entry.turn == turn]
        title = f"The log of turn {words}"
        if not entries:
            return paragraphs(f"Turn {words} has not been played. This is turn {scene.view.turn}.", scene.width, 1)
    return [ruled(scene.marks, scene.width, title, heavy=True), *told(scene, entries)]


def changes_page(scene: Scene, target: str) -> list[Text]:
    """Everything that moved one thing, the latest first."""
    changes = [entry for entry in scene.view.log if entry.kind == "change" and entry.target == target and entry.amount]
    if not changes:
        return folded("Nothing has moved it yet.", scene.width, " ")
    rows = [Text(), Text(" What moved it, the latest first", style="bold")]
    turn = 0
    for entry in reversed(changes):
        when = scene.turns[entry.turn].name if entry.turn != turn and entry.turn in scene.turns else ""
        turn = entry.turn
        rows += folded(
            text(entry.why, _origin(scene, entry)),
            scene.width,
            _moved(scene, entry, when),
            hang=32 if scene.width >= 70 else 14,
        )
    return rows


def _moved(scene: Scene, entry: Entry, when: str) -> Text:
    sign = scene.names.good(entry.target, entry.amount, scene.seat)
    lead = text(f" {when:<10} ", (f"{scene.marks.judged(sign)} ", COLOURS[sign]))
    before, after = scene.names.value(entry.target, entry.before), scene.names.value(entry.target, entry.after)
    if scene.names.is_named(entry.target):
        return text(lead, f"{before} {scene.marks.to} ", (after, "bold"), "  ")
    amount = f"{signed(entry.amount):>3}"
    return text(lead, (amount, f"bold {COLOURS[sign]}".strip()), f" ({before} {scene.marks.to} {after})  ")


def _origin(scene: Scene, entry: Entry) -> Text:
    """Who or what did it, and the claims behind it."""
    who = f"{scene.names.seat(entry.seat)}: " if entry.seat and entry.title else ""
    parts = [who + entry.title, ", ".join(entry.claims)]
    inside = f" {scene.marks.dot} ".join(part for part in parts if part)
    return text((f"  [{inside}]", "dim")) if inside else Text()
