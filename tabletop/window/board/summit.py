"""Summit: a negotiation as a table with two sides: what each has put on it, the rounds, and the last answer.

It is drawn for any stage in which seats act in turn, one at a time: the things on the table are the facts that the
moves of each side change.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words
from tabletop.window.board.tracks import fact_runs, texts
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.controls import Spot
from tabletop.window.frames import Align, Fitting, Pad, Panel, Scroll, Sized
from tabletop.window.layout import Column, Element, Grid, Row
from tabletop.window.parts import Picture, SeatBadge, Space, Stamp, Text
from tabletop.window.text import Run
from tabletop.window.theme import BODY, GAP, HAIR, HEADING, LABEL, SLOW, SMALL, SMALL_GAP, STRONG, TIGHT, WIDE


@attrs.frozen(kw_only=True)
class Paper:
    """A thing that can lie on the table: the fact that says so, and whether it does now."""

    fact: str
    is_on: bool


@attrs.frozen(kw_only=True)
class Side:
    """A side of the table: its seat, and by group of its moves the papers that they are about."""

    seat: str
    papers: dict[str, list[Paper]]


def is_negotiation(perspective: Perspective) -> bool:
    """Whether seats act in turn in this stage, one in each phase, and at least two of them."""
    acting = [phase for phase in perspective.stage.phases if phase.seats]
    alone = all(len(phase.seats) == 1 and phase.order == "sequential" for phase in acting)
    return alone and len({phase.seats[0] for phase in acting}) >= 2


def sides(perspective: Perspective) -> list[Side]:
    """The sides of the table, that of the seat that looks first."""
    seats = list(dict.fromkeys(seat for phase in perspective.stage.phases for seat in phase.seats))
    seats.sort(key=lambda seat: seat != perspective.seat)
    phases = {phase.id for phase in perspective.stage.phases}
    here = {noun.id: noun for noun in perspective.scenario.actions if phases & set(noun.phases)}
    found = []
    taken: set[str] = set()
    for seat in seats:
        groups: dict[str, list[Paper]] = {}
        for action in perspective.program.actions:
            if action.kind != "action" or action.seat != seat or action.id not in here:
                continue
            if any(effect.enter or effect.end for effect in action.effects) or here[action.id].closes:
                continue
            for effect in action.effects:
                name = effect.set or effect.change or ""
                noun = perspective.names.variables.get(name)
                if noun is None or not noun.name or name in taken or name not in perspective.view.facts:
                    continue
                if is_answer(perspective, name):
                    continue
                taken.add(name)
                groups.setdefault(action.group, []).append(Paper(fact=name, is_on=_is_on(perspective, name)))
        found.append(Side(seat=seat, papers=groups))
    return found


def _is_on(perspective: Perspective, name: str) -> bool:
    value = perspective.view.facts[name]
    return value not in (False, 0, "none", "nothing", "never")


def is_answer(perspective: Perspective, name: str) -> bool:
    """Whether a fact is what a side says to the other: a word that is none at first."""
    noun = perspective.names.variables[name]
    return bool(noun.values) and noun.values[0] in ("none", "nothing", "never")


def answers(perspective: Perspective) -> dict[str, int | bool | str]:
    """What was last said across the table, by fact; what is said no more counts until there is another answer."""
    found: dict[str, int | bool | str] = {}
    for name in perspective.names.variables:
        if (
            name not in perspective.changed_by_actions
            or name not in perspective.view.facts
            or not is_answer(perspective, name)
        ):
            continue
        said = [
            e
            for e in perspective.view.log
            if e.kind == "change" and e.target == name and e.stage == perspective.stage.id
        ]
        last = next((entry.after for entry in reversed(said) if entry.after), 0)
        value = perspective.view.facts[name] if _is_on(perspective, name) else last
        if value:
            found[name] = value
    return found


def summit(perspective: Perspective, words: Words, grown: float, explain: Callable[[str], object]) -> Element:
    """The table."""
    shown = sides(perspective)
    halves: list[Element] = []
    for at, side in enumerate(shown[:2]):
        halves.append(_half(perspective, words, side, grown, explain, is_left=at == 0))
        if at == 0:
            halves.append(_middle(perspective, words, shown, grown, explain))
    inside = Column(_head(perspective, words), Row(*halves, gap=WIDE, grow=1), gap=GAP)
    return Panel(Fitting(inside, Scroll("summit", inside)), "night", pad=WIDE, radius=40, has_shadow=True, grow=1)


def _head(perspective: Perspective, words: Words) -> Element:
    stage = perspective.stage
    turn = perspective.view.stage_turn
    rounds = Picture(lambda canvas, box: _draw_rounds(canvas, box, turn, stage.turns), 34.0 * stage.turns, 26.0)
    return Row(
        Text(stage.title, HEADING, grow=1),
        Text(perspective.label.date or perspective.label.name, STRONG, "accent", wraps=False),
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
    perspective: Perspective, words: Words, side: Side, grown: float, explain: Callable[[str], object], *, is_left: bool
) -> Element:
    order = [seat.id for seat in perspective.scenario.seats]
    name = perspective.names.seat(side.seat)
    head = Row(
        SeatBadge(side.seat, order.index(side.seat), 64 * grown),
        Column(
            Text(name, HEADING),
            Text(words("table.your_side" if side.seat == perspective.seat else "table.their_side"), SMALL, "soft"),
            gap=0,
            grow=1,
        ),
        gap=SMALL_GAP,
        align="middle",
    )
    lines: list[Element] = [head]
    for group, papers in side.papers.items():
        lines.append(Text(group, LABEL, "soft"))
        slips = [_paper(perspective, one, explain) for one in sorted(papers, key=lambda one: not one.is_on)]
        lines.append(Grid(*slips, columns=2 if is_left and len(slips) > 1 else 1, gap=TIGHT))
    if len(lines) == 1:
        lines.append(Text(words("table.listens"), BODY, "soft"))
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


def _paper(perspective: Perspective, one: Paper, explain: Callable[[str], object]) -> Element:
    noun = perspective.names.variables[one.fact]
    value = perspective.view.facts[one.fact]
    runs = [Run(noun.name, "bold")] if value is True else fact_runs(perspective, one.fact)
    if not one.is_on:
        words = Pad(Text(noun.name, BODY, "soft"), GAP, TIGHT)
        return _Ghost(f"paper.{one.fact}", words, lambda: explain(one.fact), tip=noun.text)
    return _Slip(f"paper.{one.fact}", Pad(Text(runs, STRONG), GAP, TIGHT), lambda: explain(one.fact), tip=noun.text)


def _middle(
    perspective: Perspective, words: Words, shown: list[Side], grown: float, explain: Callable[[str], object]
) -> Element:
    stamps: list[Element] = []
    said = answers(perspective)
    for name, value in said.items():
        shown_as = perspective.names.value(name, value)
        stamps.append(
            Column(
                Text(perspective.names.full(name), SMALL, "soft", across=0.5),
                Align(Stamp(shown_as, "good" if shown_as == "accepted" else "warn")),
                gap=HAIR,
            )
        )
    papers = {paper.fact for side in shown for papers in side.papers.values() for paper in papers}
    stake = [
        *perspective.at_stake(),
        *(name for name in perspective.telling_facts() if name in perspective.changed_in_stage),
    ]
    left = [name for name in dict.fromkeys(stake) if name not in papers and name not in said]
    nouns = texts(perspective)
    facts = [
        Spot(
            f"stake.{name}",
            Pad(Text(fact_runs(perspective, name), BODY, across=0.5), TIGHT, HAIR / 2),
            lambda name=name: explain(name),  # type: ignore[misc]
            tip=nouns.get(name, ""),
        )
        for name in left[:6]
    ]
    return Sized(
        Column(Space(grow=1), *stamps, *facts, Space(grow=1), gap=SMALL_GAP),
        width=270 * grown,
    )
