"""Staging: the page of a turn that is over, and news that comes block by block for whoever reads along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from tabletop.presentation.stakes import Stakes, stakes_of
from tabletop.presentation.week_summary import MovedMeter, WeekSummary, week_summary
from tabletop.terminal.marks import COLOURS
from tabletop.terminal.rows import flowing, folded, ruled, text
from tabletop.terminal.scene import Scene
from tabletop.terminal.screen import Screen
from tabletop.terminal.timeline import told
from tabletop.terminal.watch_keys import WatchKeys

if TYPE_CHECKING:
    from tabletop.engine.log import Entry

#: Seconds between two blocks of a page that is staged, and the most that all of a page take.
PAUSE, LONGEST = 0.6, 6.0
_MOST, _CAUSES = 4, 2
_TONES = {"good": 1, "bad": -1, "mixed": 0}


def told_with_weeks(scene: Scene, entries: Sequence[Entry]) -> list[Text]:
    """The entries, with the page of each turn that ends among them where it ends."""
    rows: list[Text] = []
    for turn, own in _by_turn(entries):
        part = told(scene, own, cards=True)
        rows += [*([Text()] if rows and part else []), *part]
        if turn in scene.turns and (turn < scene.view.turn or scene.view.finished):
            rows += [Text(), *week_rows(scene, week_summary(scene, scene.words, turn))]
    return rows


def _by_turn(entries: Sequence[Entry]) -> list[tuple[int, list[Entry]]]:
    parts: list[tuple[int, list[Entry]]] = []
    for entry in entries:
        if not parts or parts[-1][0] != entry.turn:
            parts.append((entry.turn, []))
        parts[-1][1].append(entry)
    return parts


def week_rows(scene: Scene, summary: WeekSummary) -> list[Text]:
    """What a turn came to: what moved most and by what, what is due, and what history would say now."""
    said, width = scene.words, scene.width
    rows = [ruled(scene.marks, width, f"{summary.title}, {summary.when}" if summary.when else summary.title)]
    rows += folded(text((summary.headline, "bold")), width, " ")
    for one in summary.moved[:_MOST]:
        rows += _moved(scene, one)
    rest = [_brief(scene, one) for one in summary.moved[_MOST:]]
    rows += flowing(rest, width, f" {said('staging.also')} ") if rest else []
    rows += folded(summary.standing or said("staging.no_date"), width, f" {said('staging.calendar')}: ")
    rows += [row for one in summary.due for row in folded(one, width, f"   {scene.marks.dot} ")]
    if summary.turn >= scene.view.turn - 1:
        rows += _stakes(scene, stakes_of(scene, said, summary.turn))
    return rows


def _moved(scene: Scene, one: MovedMeter) -> list[Text]:
    change, marks = one.change, scene.marks
    style = f"bold {COLOURS[change.sign]}".strip()
    head = text(
        f"   {marks.judged(change.sign)} {marks.arrow(change.amount)} ",
        (f"{change.name} {marks.signed(change.amount)}", style),
        f" ({change.before_text} {marks.to} {change.after_text})",
    )
    rows = [head]
    for cause in one.causes[:_CAUSES]:
        lead = text(f"       {marks.signed(cause.amount):>3} ", (cause.text, "bold"), "  ")
        rows += folded(text((cause.why, "dim")), scene.width, lead, hang=11)
    return rows


def _brief(scene: Scene, one: MovedMeter) -> Text:
    change = one.change
    amount = f"{scene.marks.signed(change.amount)}{scene.marks.judged(change.sign)}"
    return text(f"{change.short} ", (amount, COLOURS[change.sign]))


def _stakes(scene: Scene, stakes: Stakes) -> list[Text]:
    said, width = scene.words, scene.width
    title = text((stakes.title, f"bold {COLOURS[_TONES[stakes.tone]]}".strip()))
    rows = folded(title, width, f" {said('stakes.if_ended')}: ")
    rows += folded(text((stakes.lacks, "dim")), width, "   ") if stakes.lacks else []
    return rows + (folded(stakes.sentence, width, "   ") if stakes.sentence else [])


def write_staged(screen: Screen, rows: Sequence[Text]) -> None:
    """Writes rows block by block, as they are parted by empty lines; any key brings the rest at once."""
    blocks = _blocks(rows)
    pause = min(PAUSE, LONGEST / max(1, len(blocks)))
    keys = WatchKeys()
    is_hurried = False
    with keys.open():
        for at, block in enumerate(blocks):
            screen.write(block)
            if not is_hurried and at + 1 < len(blocks):
                is_hurried = bool(keys.pressed(pause))


def _blocks(rows: Sequence[Text]) -> list[list[Text]]:
    blocks: list[list[Text]] = [[]]
    for row in rows:
        if not row.plain.strip() and blocks[-1]:
            blocks.append([])
        blocks[-1].append(row)
    return blocks
