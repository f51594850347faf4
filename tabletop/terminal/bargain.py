"""Bargain: the table of a negotiation in lines of text: what is said, the scale, its weights, and the paper."""

from __future__ import annotations

from rich.text import Text

from tabletop.presentation.negotiation import Negotiation
from tabletop.presentation.paper_on_table import Paper
from tabletop.presentation.scale import ScaleShown
from tabletop.terminal.marks import COLOURS
from tabletop.terminal.rows import flowing, folded, styled, text
from tabletop.terminal.scene import Scene


def said_rows(scene: Scene, shown: Negotiation) -> list[Text]:
    """What the other side says, and what it answered last."""
    if shown.spoken is None:
        return []
    answers = [text(" ", (f"[{one.value}]", COLOURS[one.sign])) for one in shown.answers]
    lead = text(" ", (shown.spoken.who, "bold"), *answers, "  ")
    rows = folded(text((f"“{shown.spoken.text}”", "italic")), scene.width, lead, hang=2)
    return rows + (folded(text((shown.spoken.beside, "dim")), scene.width, "  ") if shown.spoken.beside else [])


def scale_rows(scene: Scene, shown: ScaleShown) -> list[Text]:
    """The scale in three lines: what they may want above, what is offered below; then what it says, and the weights."""
    rows = [_wants(scene, shown), _offer(scene, shown)]
    verdict = text((f"{scene.marks.judged(shown.verdict)} {shown.verdict_text}", f"bold {COLOURS[shown.verdict]}"))
    rows += folded(text(verdict, " ", (shown.basis_text, "dim")), scene.width, " ")
    weights = [
        text(f"{one.name} ", (f"{scene.marks.signed(-one.points)}{scene.marks.judged(one.sign)}", COLOURS[one.sign]))
        for one in shown.weights
    ]
    return rows + (flowing(weights, scene.width, text(f" {shown.weights_text}  ")) if weights else [])


def _place(scene: Scene, shown: ScaleShown, points: int) -> int:
    return min(_long(scene) - 1, points * _long(scene) // shown.most)


def _long(scene: Scene) -> int:
    return max(20, min(scene.width - 2, 90))


def _wants(scene: Scene, shown: ScaleShown) -> Text:
    """A line with a band over what is likely and a mark for everything that they may want, each with its number."""
    marks, long = scene.marks, _long(scene)
    low, high = _place(scene, shown, shown.low), _place(scene, shown, shown.high)
    cells = [
        (marks.full if low <= at <= high else marks.line, "magenta" if low <= at <= high else "dim")
        for at in range(long)
    ]
    free = 0
    for one in shown.marks:
        label = f"{marks.coin if one.is_likely else marks.spent}{one.name} {one.at}{marks.bad if one.is_out else ''}"
        at = max(free, min(_place(scene, shown, one.at), long - len(label)))
        for number, letter in enumerate(label):
            if at + number < long:
                cells[at + number] = (letter, "bold" if one.is_likely else "dim")
        free = at + len(label) + 1
    if not shown.marks:
        label = f"{marks.coin}{shown.low}"
        at = min(low, long - len(label))
        for number, letter in enumerate(label):
            cells[at + number] = (letter, "bold")
    return text(" ", *cells)


def _offer(scene: Scene, shown: ScaleShown) -> Text:
    """A line as long as what is offered, with what may be lacking all the same."""
    full, reach = _place(scene, shown, shown.given), _place(scene, shown, shown.given + shown.near)
    marks = scene.marks
    return text(
        " ", (marks.full * full, "yellow"), (marks.empty * (reach - full), "yellow"), (f" {shown.given_text}", "bold")
    )


def paper_rows(scene: Scene, shown: Negotiation, paper: Paper) -> list[Text]:
    """The paper line by line, by the side that gives it, and what signing would do."""
    rows = [text((f" {paper.title}", "bold"))]
    for side in sorted(shown.sides, key=lambda side: side.is_own):
        lines = [one for one in paper.lines if one.seat == side.seat]
        rows.append(text((f" {side.gives}", "bold cyan")))
        for one in lines:
            tail = text((f" {one.worth_text}", "yellow"), "  ", styled(one.moves)) if one.worth_text else text("")
            rows += folded(text(one.text, tail), scene.width, f"  {scene.marks.dot} ")
        rows += [] if lines else folded(text((paper.empty_text, "dim")), scene.width, "    ")
    if paper.signed_title:
        rows += folded(styled(paper.signed), scene.width, text((f" {paper.signed_title} ", "bold")))
    return rows


def bargain_rows(scene: Scene, shown: Negotiation) -> list[Text]:
    """All of it; nothing where the pack describes no scale."""
    rows = said_rows(scene, shown)
    rows += scale_rows(scene, shown.scale) if shown.scale is not None else []
    return rows + (paper_rows(scene, shown, shown.paper) if shown.paper is not None else [])
