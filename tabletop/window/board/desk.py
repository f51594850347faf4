"""Desk: what surrounds the board: the line that says what to do now, the bar at the top, and the column of numbers."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from tabletop.engine.program import Action
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words
from tabletop.window.board.gauges import gauges
from tabletop.window.board.tracks import facts, tracks
from tabletop.window.frames import Fitting, Pad, Panel, Scroll
from tabletop.window.layout import Column, Element, Grid
from tabletop.window.parts import Rule, Text
from tabletop.window.theme import GAP, HAIR, SMALL, SMALL_GAP, TIGHT


@attrs.frozen(kw_only=True)
class Now:
    """What the player is to do now, and a word more about it."""

    words: str
    more: str = ""


def now_of(perspective: Perspective, words: Words) -> Now:
    """What the seat is to do, where it is for the seat to act."""
    phase = perspective.phase
    text = phase.text if phase else ""
    if perspective.card is not None:
        question = perspective.question
        if question is None:
            return Now(words=words("table.now_pass"))
        return Now(words=words("table.now_answer"), more=question.prompt)
    if phase is None:
        return Now(words=words("table.now_wait"))
    left = perspective.picks_affordable
    if perspective.is_face_down:
        key = "table.now_more" if perspective.view.picked else "table.now_pick"
        return Now(words=words(key, count=left), more=text)
    passes = any(action.kind == "pass" for action in perspective.view.actions)
    if not passes or perspective.picks_left <= 1:
        return Now(words=words("table.now_one", title=phase.title), more=text)
    return Now(words=words("table.now_some", title=phase.title, count=left), more=text)


def pass_words(perspective: Perspective, words: Words) -> str:
    """What passing means here."""
    return words("table.done" if perspective.view.picked or perspective.done_here else "table.nothing")


def pass_of(perspective: Perspective) -> Action | None:
    """The pass, where the seat may pass."""
    return next((action for action in perspective.view.actions if action.kind == "pass"), None)


def numbers(
    perspective: Perspective, words: Words, grown: float, explain: Callable[[str], object], columns: int
) -> Element:
    """Meters, tracks and facts: where we stand."""
    meters = gauges(perspective, words, grown, explain)
    steps = tracks(perspective, words, grown, explain)
    known = facts(perspective, explain)
    if columns > 1:
        rest = [Pad(Text(words("table.preparation"), SMALL, "soft"), TIGHT, 0), *steps] if steps else []
        return Panel(
            Scroll("numbers", Column(Grid(*meters, columns=columns, gap=TIGHT), *rest, known, gap=SMALL_GAP)),
            "panel",
            pad=GAP,
            grow=1,
        )

    def column(gap: float) -> Element:
        between = [Pad(Rule(), TIGHT, HAIR)] if steps else []
        return Column(*meters, *between, *steps, Pad(Rule(), TIGHT, HAIR), known, gap=gap)

    return Panel(
        Fitting(column(TIGHT), column(HAIR), column(0), Scroll("numbers", column(0)), grow=1),
        "panel",
        pad=TIGHT,
        pad_down=SMALL_GAP,
    )
