"""Foot: the line that says what to do now, what lies face down, what there is to spend, and the ways on from here."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from tabletop.presentation.perspective import Perspective
from tabletop.presentation.prompt import TableFacts, prompt_of
from tabletop.window.board.hand import is_walkout, not_now
from tabletop.window.board.tracks import purse
from tabletop.window.board.wording import joined
from tabletop.window.canvas import Canvas
from tabletop.window.controls import Button, Spot
from tabletop.window.frames import Fitting, Pad, Sized
from tabletop.window.layout import Column, Element, Flow, Row
from tabletop.window.parts import Icon, Text
from tabletop.window.text import Run
from tabletop.window.theme import CHIP, GAP, LABEL, LEAD, SMALL, SMALL_GAP, SMOOTH, TIGHT

if TYPE_CHECKING:
    from tabletop.window.board.at_table import AtTable


class _Back(Spot):
    """A card that lies face down: only its own seat sees what it is."""

    def paint(self, canvas: Canvas) -> None:
        ground = canvas.theme.ground("paper")
        come = canvas.motion.value(f"laid.{self.name}", 1.0, start=0.0, duration=SMOOTH)
        with canvas.shifted(0, 60 * (1 - come)):
            canvas.shadow(self.box, CHIP, 8, 3)
            canvas.framed(self.box, ground.fill, ground.accent, CHIP, 1.5 + 1.5 * self.glow(canvas))
            with canvas.on(ground):
                self.child.draw(canvas)


def foot(table: AtTable, perspective: Perspective) -> Element:
    """The whole of it, in a line or two."""
    now, hand = prompt_of(perspective, table.words, _facts(table)), table.hand
    asked, more = (
        (now.text, now.more) if table.last is None else (table.words("table.last"), table.words("table.last_more"))
    )
    now_runs = [Run(f"{table.words('prompt.now')} ", "bold", "accent"), Run(asked, "bold")]
    words = Column(
        Text(now_runs, LEAD),
        Text(more, SMALL, "soft") if more and table.is_broad else None,
        gap=0,
    )
    words.grow = 1
    picked: list[Element] = [
        _Back(
            f"picked.{at}",
            Pad(Row(Icon("eye-slash", LABEL), Text(one.label, LABEL), gap=TIGHT, align="middle"), SMALL_GAP, TIGHT),
            table.undo,
            tip=table.words("table.picked_tip"),
        )
        for at, one in enumerate([*hand.chosen, *([table.last] if table.last is not None else [])], 1)
    ]
    rest: list[Element] = []
    if picked:
        down = Text(table.words("table.face_down"), SMALL, "soft", wraps=False)
        rest.append(Sized(Flow(down, *picked, gap=TIGHT), most_width=table.room[0] * 0.38))
    rest += purse(perspective, table.words, table.grown) if hand.budget and hand.costs_anything else []
    rest += _ways_on(table, perspective)
    beside = Row(words, *rest, gap=GAP, align="middle")
    if table.is_broad:
        return Pad(beside, TIGHT, 0)
    line = Text(now_runs, LEAD, wraps=False, grow=1)
    return Pad(Fitting(Row(line, *rest, gap=GAP, align="middle"), Column(words, Flow(*rest), gap=TIGHT)), TIGHT, 0)


def _facts(table: AtTable) -> TableFacts:
    """What of the table is no part of the game."""
    thinker = table.course.thinker
    return TableFacts(paused=table.session.paused, thinking=thinker, held=bool(thinker) and table.course.is_held)


def _ways_on(table: AtTable, perspective: Perspective) -> list[Element]:
    """Passing, walking out, and whatever else leads on from here."""
    said = table.words
    if perspective.view.finished:
        return [Button("ending", said("table.ending"), table.show_ending, letter="e", kind="main")]
    if table.course.is_held:
        return [Button("go_on", said("table.let_go_on"), table.course.release, letter="g", kind="main")]
    if table.course.is_thinking:
        return [Button("hold", said("table.hold"), table.course.hold, key="Esc")]
    if not table.is_mine:
        return []
    ways: list[Element] = []
    for at, one in enumerate(one for one in table.hand.by_group if is_walkout(perspective, one)):
        ways.append(
            Button(
                f"walk.{at}",
                one.label,
                functools.partial(table.play, one),
                icon="sign-out",
                letter="x" if at == 0 else "",
                tip=joined([one.text, one.caution], "\n"),
                why_not=not_now(said, one),
            )
        )
    passing = table.hand.passing
    if table.last is not None:
        ways.append(
            Button("turn_over", said("table.turn_over"), table.turn_over, icon="check", letter="d", kind="main")
        )
    elif passing is not None:
        done = functools.partial(table.play, passing)
        kind = "main" if table.hand.is_begun else "plain"
        ways.append(Button("done", passing.label, done, icon="check", letter="d", kind=kind, tip=passing.caution))
    if not table.is_broad and table.tab != "moves":
        ways.append(Button("to_moves", said("table.to_moves"), lambda: table.turn_to("moves"), letter="m", kind="main"))
    return ways
