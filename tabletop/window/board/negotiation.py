"""Negotiation: a table with two sides: what each has put on it, the rounds, and the last answer."""

from __future__ import annotations

import functools
from collections.abc import Callable

from tabletop.presentation.negotiation import Item, Negotiation, SideOfTable, Spoken
from tabletop.presentation.scale import ScaleShown
from tabletop.window.board.paper_on_table import if_signed, paper_on_table
from tabletop.window.board.scale import scale
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.controls import Spot
from tabletop.window.frames import Align, Fitting, Pad, Panel, Scroll, Sized
from tabletop.window.layout import Column, Element, Grid, Row
from tabletop.window.parts import Picture, SeatBadge, Space, Stamp, Text
from tabletop.window.span_runs import runs_of
from tabletop.window.theme import BODY, GAP, HAIR, HEADING, LABEL, SLOW, SMALL, SMALL_GAP, STRONG, TIGHT, WIDE, Style

_MOST_AT_STAKE = 6
# What is said at the table.
QUOTE = Style("serif", 22, 1.2)


def negotiation_table(shown: Negotiation, grown: float, explain: Callable[[str], object]) -> Element:
    """The table; pressing a thing on it explains it."""
    if shown.scale is not None:
        return _bargaining(shown, shown.scale, grown, explain)
    left, *others = (_half(shown, side, grown, explain, is_left=at == 0) for at, side in enumerate(shown.sides))
    halves = [left, _middle(shown, grown, explain), *others]
    inside = Column(_head(shown), Row(*halves, gap=WIDE, grow=1), gap=GAP)
    return Panel(Fitting(inside, Scroll("negotiation", inside)), "night", pad=WIDE, radius=40, has_shadow=True, grow=1)


def _bargaining(shown: Negotiation, scale_shown: ScaleShown, grown: float, explain: Callable[[str], object]) -> Element:
    """The table of a pack that has a scale: what is said, the scale with its weights, and the paper between them."""
    said = _said(shown.spoken, grown) if shown.spoken is not None else None
    weighing = [said, scale(scale_shown, grown, explain)]
    if shown.paper is None:
        alone = Scroll("negotiation", Column(_head(shown), *weighing, gap=SMALL_GAP))
        return Panel(alone, "night", pad=GAP, radius=40, has_shadow=True, grow=1)
    paper, foot = paper_on_table(shown, shown.paper, explain), if_signed(shown.paper)
    left = Column(*weighing, gap=SMALL_GAP)
    left.grow = 1.4
    sheet = Panel(
        Column(Scroll("paper", paper), foot, gap=TIGHT), "paper", pad=SMALL_GAP, radius=6, has_shadow=True, grow=1
    )
    rolled = Scroll("bargain", left, least=380 * grown, grow=1.4)
    ways = [
        Row(Sized(one, least_width=480 * grown), Sized(sheet, least_width=330 * grown), gap=WIDE, grow=1)
        for one in (left, rolled)
    ]
    whole = Panel(Column(paper, foot, gap=TIGHT), "paper", pad=SMALL_GAP, radius=6)
    below = Column(_head(shown), *weighing, whole, gap=SMALL_GAP)
    beside = [Column(_head(shown), way, gap=SMALL_GAP) for way in ways]
    inside = Fitting(*beside, Scroll("negotiation", below))
    return Panel(inside, "night", pad=WIDE, pad_down=GAP, radius=40, has_shadow=True, grow=1)


def _said(spoken: Spoken, grown: float) -> Element:
    """What the other side says."""
    beside = Text(spoken.beside, SMALL, "soft") if spoken.beside else None
    words = Column(Text(spoken.who, SMALL, "soft"), Text(f"“{spoken.text}”", QUOTE), beside, gap=HAIR / 2, grow=1)
    return Row(SeatBadge(spoken.seat, spoken.place, 56 * grown), words, gap=SMALL_GAP)


def _head(shown: Negotiation) -> Element:
    now, of = shown.round, shown.rounds
    rounds = Picture(lambda canvas, box: _draw_rounds(canvas, box, now, of), 34.0 * of, 26.0)
    # What was answered last stands in the middle where there is no scale.
    stamps = [Stamp(one.value, "good" if one.sign > 0 else "warn", slant=2.0) for one in shown.answers]
    return Row(
        Text(shown.title, HEADING, grow=1),
        *(stamps if shown.scale is not None else ()),
        Text(shown.round_text, STRONG, "accent", wraps=False),
        rounds,
        gap=GAP,
        align="middle",
    )


def _draw_rounds(canvas: Canvas, box: Box, now: int, of: int) -> None:
    for at in range(1, of + 1):
        x = box.x + 34 * (at - 0.5)
        canvas.disc(x, box.centre[1], 11 if at == now else 8, canvas.ground.accent if at <= now else canvas.ground.edge)
        if at < now:
            canvas.disc(x, box.centre[1], 4, canvas.ground.fill)


def _half(
    shown: Negotiation, side: SideOfTable, grown: float, explain: Callable[[str], object], *, is_left: bool
) -> Element:
    head = Row(
        SeatBadge(side.seat, side.place, 64 * grown),
        Column(Text(side.name, HEADING), Text(side.whose, SMALL, "soft"), gap=0, grow=1),
        gap=SMALL_GAP,
        align="middle",
    )
    lines: list[Element] = [head]
    for group in side.groups:
        lines += [Text(group.title, LABEL, "soft")] if group.title else []
        slips = [_paper(one, explain) for one in group.items]
        lines.append(Grid(*slips, columns=2 if is_left and len(slips) > 1 else 1, gap=TIGHT))
    if len(lines) == 1:
        lines.append(Text(shown.listens, BODY, "soft"))
    half = Column(*lines, gap=TIGHT)
    half.grow = 1.0 if is_left else 0.8
    return half


class _Slip(Spot):
    """A slip of paper on the table."""

    def paint(self, canvas: Canvas) -> None:
        ground = canvas.theme.ground("paper")
        come = canvas.motion.value(f"slip.{self.name}", 1.0, start=0.0, duration=SLOW)
        with canvas.shifted(0, 40 * (1 - come)):
            canvas.shadow(self.box, 6, 10, 3)
            canvas.framed(self.box, ground.fill, ground.accent if self.glow(canvas) > 0.5 else ground.edge, 6)
            with canvas.on(ground):
                self.child.draw(canvas)


class _Ghost(Spot):
    """The place of a slip that does not lie on the table."""

    def paint(self, canvas: Canvas) -> None:
        fill = canvas.theme.ground("night").fill
        edge = canvas.ground.accent if canvas.attention.is_active(self.name) else canvas.ground.edge
        canvas.framed(self.box, fill, edge, 6)
        self.child.draw(canvas)


def _paper(one: Item, explain: Callable[[str], object]) -> Element:
    fact, tell = one.fact, functools.partial(explain, one.fact.id)
    if not one.is_on:
        return _Ghost(f"paper.{fact.id}", Pad(Text(fact.name, BODY, "soft"), GAP, TIGHT), tell, tip=fact.text)
    return _Slip(f"paper.{fact.id}", Pad(Text(runs_of(fact.line), STRONG), GAP, TIGHT), tell, tip=fact.text)


def _middle(shown: Negotiation, grown: float, explain: Callable[[str], object]) -> Element:
    stamps = [
        Column(
            Text(one.name, SMALL, "soft", across=0.5),
            Align(Stamp(one.value, "good" if one.sign > 0 else "warn")),
            gap=HAIR,
        )
        for one in shown.answers
    ]
    facts = [
        Spot(
            f"stake.{one.id}",
            Pad(Text(runs_of(one.line), BODY, across=0.5), TIGHT, HAIR / 2),
            functools.partial(explain, one.id),
            tip=one.text,
        )
        for one in shown.stake[:_MOST_AT_STAKE]
    ]
    return Sized(
        Column(Space(grow=1), *stamps, *facts, Space(grow=1), gap=SMALL_GAP),
        width=270 * grown,
    )
