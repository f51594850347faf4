"""The story: how it ended, what turned it, and what was true all along."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs
from rich.text import Text

from tabletop.engine.log import Entry
from tabletop.engine.state import State
from tabletop.scenario.verdicts import Ending
from tabletop.terminal.details import assumptions_page
from tabletop.terminal.happenings import sum_words, sums
from tabletop.terminal.marks import COLOURS
from tabletop.terminal.rows import folded, padded, paragraphs, ruled, signed, text
from tabletop.terminal.scene import Scene
from tabletop.terminal.screen import Screen

_TURNING_POINTS = 6


def ending(scene: Scene, screen: Screen, command: Callable[[str], bool]) -> None:
    """The ending, a page for each part where a person reads along."""
    parts = [verdict(scene) + [Text(), *meters_table(scene)], turning_points(scene), decisions(scene), scores(scene), truth(scene)]
    parts += [assumptions_page(scene), debrief(scene)]
    shown = [part for part in parts if part]
    for at, part in enumerate(shown):
        last = at == len(shown) - 1
        screen.pages(part, command, "Enter ends the game; `log` and `board` still answer" if last else "Enter goes on")


def whole(scene: Scene) -> list[Text]:
    """The ending on one sheet."""
    parts = [verdict(scene), meters_table(scene), turning_points(scene), scores(scene), truth(scene), assumptions_page(scene)]
    rows: list[Text] = []
    for part in [*parts, debrief(scene)]:
        rows += [*part, Text()] if part else []
    return rows


def verdict(scene: Scene) -> list[Text]:
    """The verdict of history."""
    noun = _ending(scene)
    tone = {"good": "bold green", "bad": "bold red"}.get(noun.tone, "bold yellow")
    rows = [ruled(scene.marks, scene.width, "The verdict of history", heavy=True), Text()]
    rows += [text(" ", (noun.title, tone)), Text(), *paragraphs(noun.text, scene.width, 1)]
    why = next((entry.why for entry in reversed(scene.view.log) if entry.kind == "ending"), "")
    rows += [Text(), *folded(text((why, "italic")), scene.width, " ")] if why else []
    if scene.view.scores:
        mine = scene.view.scores[scene.seat]
        best = max(scene.view.scores.values())
        lead = " More than any other seat." if mine == best and len(scene.view.scores) > 1 else ""
        rows += [Text(), *folded(text((f"{scene.noun.name}: {mine} points.", "bold"), lead), scene.width, " ")]
    return rows


def _ending(scene: Scene) -> Ending:
    return next(noun for noun in scene.scenario.endings if noun.id == scene.view.outcome)


def meters_table(scene: Scene) -> list[Text]:
    """Every meter from start to end."""
    rows = [text((" From start to end", "bold"))]
    for meter in scene.scenario.meters:
        past = scene.history(meter.id)
        amount = past[-1] - past[0]
        sign = scene.names.good(meter.id, amount, scene.seat)
        rows.append(
            text(
                "  ",
                padded(Text(meter.name), 20),
                f"{past[0]:>4} {scene.marks.to} ",
                (f"{past[-1]:<4}", "bold"),
                padded(text((f"{signed(amount)}{scene.marks.judged(sign) if amount else ''}", COLOURS[sign])), 6),
                padded(Text(scene.names.level(meter.id, past[-1])), 14),
                (scene.marks.spark(past[-(scene.width - 56) :], *meter.range), "cyan"),
            )
        )
    return rows


@attrs.frozen
class Cause:
    """Something that happened, with the changes that it brought about."""

    turn: int
    title: str
    entries: tuple[Entry, ...]
    weight: int


def causes(scene: Scene, only: str | None = None) -> list[Cause]:
    """What moved the meters, in order: moves, cards and rules with all that followed, delayed effects included.

    `only` leaves out everything that did not follow from that seat's decisions.
    """
    grouped: dict[tuple[str, ...], list[Entry]] = {}
    for entry in scene.view.log:
        if entry.kind != "change" or entry.target not in scene.names.meters or not entry.amount:
            continue
        if only is not None and (entry.seat != only or not entry.decision):
            continue
        grouped.setdefault(_cause_key(entry), []).append(entry)
    return [_cause(scene, entries) for entries in grouped.values()]


def _cause_key(entry: Entry) -> tuple[str, ...]:
    if entry.decision and entry.seat:
        return (str(entry.turn), entry.seat, entry.decision, entry.card)
    return (str(entry.turn), entry.noun, entry.rule, entry.card)


def _cause(scene: Scene, entries: list[Entry]) -> Cause:
    first = entries[0]
    weight = 0
    for one in sums(scene, entries):
        low, high = scene.names.meters[one.target].range
        weight += abs(one.after - one.before) * 100 // max(1, high - low)
    return Cause(first.turn, _cause_title(scene, first), tuple(entries), weight)


def _cause_title(scene: Scene, entry: Entry) -> str:
    moved = [
        other
        for other in scene.view.log
        if other.kind == "action" and (other.turn, other.seat, other.decision) == (entry.turn, entry.seat, entry.decision)
    ]
    if entry.decision and entry.seat and moved:
        who = "You" if entry.seat == scene.seat and scene.session.humans else scene.names.seat(entry.seat)
        return f"{who}: {moved[0].title}"
    return entry.title or "A cause unknown to you"


def turning_points(scene: Scene) -> list[Text]:
    """The biggest swings, in the order in which they came."""
    biggest = sorted(causes(scene), key=lambda one: -one.weight)[:_TURNING_POINTS]
    rows = [ruled(scene.marks, scene.width, "Turning points", heavy=True)]
    for one in sorted(biggest, key=lambda one: one.turn):
        rows += _cause_rows(scene, one)
    return rows if biggest else []


def decisions(scene: Scene) -> list[Text]:
    """The seat's own decisions that moved most."""
    mine = sorted(causes(scene, scene.seat), key=lambda one: -one.weight)[:_TURNING_POINTS]
    rows = [ruled(scene.marks, scene.width, "What your decisions did most", heavy=True)]
    for one in sorted(mine, key=lambda one: one.turn):
        rows += _cause_rows(scene, one)
    return rows if mine and scene.session.humans else []


def _cause_rows(scene: Scene, one: Cause) -> list[Text]:
    label = scene.turns.get(one.turn)
    rows = folded(text((f"{label}: " if label else "", "dim"), (one.title, "bold")), scene.width, f" {scene.marks.lead} ")
    rows += folded(Text(", ").join([sum_words(scene, each) for each in sums(scene, one.entries)]), scene.width, "     ")
    strongest = max(one.entries, key=lambda entry: abs(entry.amount))
    return rows + (folded(text((strongest.why, "italic")), scene.width, "     ") if strongest.why else [])


def scores(scene: Scene) -> list[Text]:
    """Points by seat, with what they were given for."""
    rows = [ruled(scene.marks, scene.width, "Points", heavy=True)]
    order = sorted(scene.scenario.seats, key=lambda seat: seat.id != scene.seat)
    for seat in order:
        points = objective_points(scene.session.state, seat.id)
        rows.append(text(" ", (f"{seat.name} {scene.view.scores.get(seat.id, 0)}", "bold")))
        for objective, worth in zip(seat.objectives, points, strict=True):
            rows += folded(objective.text, scene.width, text(f"   {signed(worth):>5}  "))
    return rows


def objective_points(state: State, seat: str) -> list[int]:
    """What each objective of a seat is worth at the end, by the engine's own formulas."""
    program = state.program
    core = list(state.core)
    return [int(program.formulas[formula](core)) for formula in program.objectives[program.seat_number(seat)]]


def truth(scene: Scene) -> list[Text]:
    """What was hidden, now that the game is over."""
    if not scene.scenario.hidden or not scene.session.state.finished:
        return []
    rows = [ruled(scene.marks, scene.width, "What was true all along", heavy=True)]
    for hidden in scene.scenario.hidden:
        value = str(scene.session.state.hidden[hidden.id])
        at = hidden.values.index(value)
        words = hidden.descriptions[at] if at < len(hidden.descriptions) else ""
        rows += folded(text((scene.names.value(hidden.id, value), "bold"), f". {words}" if words else "."), scene.width, f" {hidden.name}: ", hang=3)
    return rows


def debrief(scene: Scene) -> list[Text]:
    """Questions for afterwards."""
    if not scene.scenario.debrief:
        return []
    rows = [ruled(scene.marks, scene.width, "To talk about", heavy=True)]
    for number, question in enumerate(scene.scenario.debrief, 1):
        rows += folded(question.text, scene.width, f" {number} ")
    return rows


def answers(entries: Sequence[Entry]) -> list[Entry]:
    """The answers that seats gave to a card."""
    return [entry for entry in entries if entry.kind == "action" and entry.noun == "option"]
