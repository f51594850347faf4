"""Summit: a negotiation as a table with two sides: what each has put on it, the rounds, and the last answer.

It is drawn for any stage in which seats act in turn, one at a time: the things on the table are the facts that the
moves of each side change.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from tabletop.session.outlook import Outlook
from tabletop.window.board.tracks import fact_runs, texts
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.controls import Spot
from tabletop.window.frames import Align, Fitting, Pad, Panel, Scroll, Sized
from tabletop.window.layout import Column, Element, Grid, Row
from tabletop.window.parts import Picture, SeatBadge, Space, Stamp, Text
from tabletop.window.text import Run
from tabletop.window.theme import BODY, GAP, HAIR, HEADING, LABEL, SLOW, SMALL, SMALL_GAP, STRONG, TIGHT, WIDE
from tabletop.window.words import Words


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


def is_negotiation(outlook: Outlook) -> bool:
    """Whether seats act in turn in this stage, one in each phase, and at least two of them."""
    acting = [phase for phase in outlook.stage.phases if phase.seats]
    alone = all(len(phase.seats) == 1 and phase.order == "sequential" for phase in acting)
    return alone and len({phase.seats[0] for phase in acting}) >= 2


def sides(outlook: Outlook) -> list[Side]:
    """The sides of the table, that of the seat that looks first."""
    seats = list(dict.fromkeys(seat for phase in outlook.stage.phases for seat in phase.seats))
    seats.sort(key=lambda seat: seat != outlook.seat)
    phases = {phase.id for phase in outlook.stage.phases}
    here = {noun.id: noun for noun in outlook.scenario.actions if phases & set(noun.phases)}
    found = []
    taken: set[str] = set()
    for seat in seats:
        groups: dict[str, list[Paper]] = {}
        for action in outlook.session.game.program.actions:
            if action.kind != "action" or action.seat != seat or action.id not in here:
                continue
            if any(effect.enter or effect.end for effect in action.effects) or here[action.id].closes:
                continue
            for effect in action.effects:
                name = effect.set or effect.change or ""
                noun = outlook.names.variables.get(name)
                if noun is None or not noun.name or name in taken or name not in outlook.view.facts:
                    continue
                if is_answer(outlook, name):
                    continue
                taken.add(name)
                groups.setdefault(action.group, []).append(Paper(fact=name, is_on=_is_on(outlook, name)))
        found.append(Side(seat=seat, papers=groups))
    return found


def _is_on(outlook: Outlook, name: str) -> bool:
    value = outlook.view.facts[name]
    return value not in (False, 0, "none", "nothing", "never")


def is_answer(outlook: Outlook, name: str) -> bool:
    """Whether a fact is what a side says to the other: a word that is none at first."""
    noun = outlook.names.variables[name]
    return bool(noun.values) and noun.values[0] in ("none", "nothing", "never")


def answers(outlook: Outlook) -> dict[str, int | bool | str]:
    """What was last said across the table, by fact; what is said no more counts until there is another answer."""
    found: dict[str, int | bool | str] = {}
    for name in outlook.names.variables:
        if name not in outlook.changed_by_actions or name not in outlook.view.facts or not is_answer(outlook, name):
            continue
        said = [e for e in outlook.view.log if e.kind == "change" and e.target == name and e.stage == outlook.stage.id]
        last = next((entry.after for entry in reversed(said) if entry.after), 0)
        value = outlook.view.facts[name] if _is_on(outlook, name) else last
        if value:
            found[name] = value
    return found


def summit(outlook: Outlook, words: Words, grown: float, explain: Callable[[str], object]) -> Element:
    """The table."""
    shown = sides(outlook)
    halves: list[Element] = []
    for at, side in enumerate(shown[:2]):
        halves.append(_half(outlook, words, side, grown, explain, is_left=at == 0))
        if at == 0:
            halves.append(_middle(outlook, words, shown, grown, explain))
    inside = Column(_head(outlook, words), Row(*halves, gap=WIDE, grow=1), gap=GAP)
    return Panel(Fitting(inside, Scroll("summit", inside)), "night", pad=WIDE, radius=40, has_shadow=True, grow=1)


def _head(outlook: Outlook, words: Words) -> Element:
    stage = outlook.stage
    turn = outlook.view.stage_turn
    rounds = Picture(lambda canvas, box: _draw_rounds(canvas, box, turn, stage.turns), 34.0 * stage.turns, 26.0)
    return Row(
        Text(stage.title, HEADING, grow=1),
        Text(outlook.label.date or outlook.label.name, STRONG, "accent", wraps=False),
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
    outlook: Outlook, words: Words, side: Side, grown: float, explain: Callable[[str], object], *, is_left: bool
) -> Element:
    order = [seat.id for seat in outlook.scenario.seats]
    name = outlook.names.seat(side.seat)
    head = Row(
        SeatBadge(side.seat, order.index(side.seat), 64 * grown),
        Column(
            Text(name, HEADING),
            Text(words("table.your_side" if side.seat == outlook.seat else "table.their_side"), SMALL, "soft"),
            gap=0,
            grow=1,
        ),
        gap=SMALL_GAP,
        align="middle",
    )
    lines: list[Element] = [head]
    for group, papers in side.papers.items():
        lines.append(Text(group, LABEL, "soft"))
        slips = [_paper(outlook, one, explain) for one in sorted(papers, key=lambda one: not one.is_on)]
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


def _paper(outlook: Outlook, one: Paper, explain: Callable[[str], object]) -> Element:
    noun = outlook.names.variables[one.fact]
    value = outlook.view.facts[one.fact]
    runs = [Run(noun.name, "bold")] if value is True else fact_runs(outlook, one.fact)
    if not one.is_on:
        words = Pad(Text(noun.name, BODY, "soft"), GAP, TIGHT)
        return _Ghost(f"paper.{one.fact}", words, lambda: explain(one.fact), tip=noun.text)
    return _Slip(f"paper.{one.fact}", Pad(Text(runs, STRONG), GAP, TIGHT), lambda: explain(one.fact), tip=noun.text)


def _middle(
    outlook: Outlook, words: Words, shown: list[Side], grown: float, explain: Callable[[str], object]
) -> Element:
    stamps: list[Element] = []
    said = answers(outlook)
    for name, value in said.items():
        shown_as = outlook.names.value(name, value)
        stamps.append(
            Column(
                Text(outlook.names.full(name), SMALL, "soft", across=0.5),
                Align(Stamp(shown_as, "good" if shown_as == "accepted" else "warn")),
                gap=HAIR,
            )
        )
    papers = {paper.fact for side in shown for papers in side.papers.values() for paper in papers}
    stake = [*outlook.at_stake(), *(name for name in outlook.telling_facts() if name in outlook.changed_in_stage)]
    left = [name for name in dict.fromkeys(stake) if name not in papers and name not in said]
    nouns = texts(outlook)
    facts = [
        Spot(
            f"stake.{name}",
            Pad(Text(fact_runs(outlook, name), BODY, across=0.5), TIGHT, HAIR / 2),
            lambda name=name: explain(name),  # type: ignore[misc]
            tip=nouns.get(name, ""),
        )
        for name in left[:6]
    ]
    return Sized(
        Column(Space(grow=1), *stamps, *facts, Space(grow=1), gap=SMALL_GAP),
        width=270 * grown,
    )
