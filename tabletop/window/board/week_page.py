"""Week page: what a turn came to, on one sheet: what moved most and why, the calendar, what is at stake."""

from __future__ import annotations

from collections.abc import Callable

from tabletop.presentation.chronicle import SeatMoves
from tabletop.presentation.spans import signed
from tabletop.presentation.week_summary import CauseOfChange, MovedMeter, WeekSummary
from tabletop.presentation.words import Words
from tabletop.window.board.wording import MARKS, ROLES
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.controls import Spot
from tabletop.window.frames import Fitting, Pad, Panel, Scroll, Sized
from tabletop.window.layout import Column, Element, Row
from tabletop.window.parts import Picture, Rule, SeatBadge, Space, Stamp, Text, meter_icon
from tabletop.window.text import Run
from tabletop.window.theme import (
    BODY,
    CARD_TITLE,
    GAP,
    HAIR,
    HEADING,
    LABEL,
    SLOW,
    SMALL,
    SMALL_GAP,
    STRONG,
    TIGHT,
    WIDE,
    Style,
)

_AMOUNT = Style("bold", 40, 1.1)
_MOST = 4


def week_page(
    words: Words,
    summary: WeekSummary,
    places: dict[str, int],
    explain: Callable[[str], object],
    grown: float,
    at_stake: Element | None = None,
    is_broad: bool = True,
) -> Element:
    """The sheet. `places` are those of seats and meters in the scenario's order; `explain` explains a meter."""
    forms = [
        Panel(
            Column(
                _head(words, summary),
                Rule(2),
                _body(words, summary, places, explain, grown, at_stake, most=most, whys=whys, is_broad=is_broad),
                gap=gap,
            ),
            "paper",
            pad=WIDE + GAP,
            pad_down=WIDE,
            radius=12,
            has_shadow=True,
        )
        for most, whys, gap in (
            (_MOST, 3, WIDE),
            (_MOST, 2, WIDE),
            (_MOST, 2, SMALL_GAP),
            (3, 2, SMALL_GAP),
            (3, 1, TIGHT),
        )
        if is_broad
    ]
    whole = Column(
        _head(words, summary),
        Rule(2),
        _body(words, summary, places, explain, grown, at_stake, most=_MOST, whys=2, is_broad=is_broad),
        gap=GAP,
    )
    last = Panel(Scroll("week", whole), "paper", pad=WIDE, radius=12, has_shadow=True)
    return Fitting(*forms, last)


def _head(words: Words, summary: WeekSummary) -> Element:
    title = Column(
        Text(summary.headline, CARD_TITLE),
    )
    title.grow = 1
    stamp = Stamp(summary.stage_ended or summary.calendar, "warn" if summary.stage_ended else "accent", 3.0)
    return Row(title, stamp, gap=WIDE, align="middle")


def _body(
    words: Words,
    summary: WeekSummary,
    places: dict[str, int],
    explain: Callable[[str], object],
    grown: float,
    at_stake: Element | None,
    *,
    most: int,
    whys: int,
    is_broad: bool,
    has_moves: bool = True,
) -> Element:
    rows = [_moved(one, places, explain, grown, whys) for one in summary.moved[:most]]
    others = summary.moved[most:]
    changed = Column(
        Text(words("staging.what_changed"), HEADING),
        *(rows or [Text(words("staging.nothing_moved"), BODY, "soft")]),
        Text([Run(f"{words('staging.also')} ", "bold", "soft"), *_brief(others)], BODY) if others else None,
        gap=GAP if whys > 1 else SMALL_GAP,
    )
    ahead = Column(
        *([at_stake, Space(height=TIGHT)] if at_stake is not None else []),
        Text(words("staging.calendar"), HEADING),
        Text(summary.standing or words("staging.no_date"), STRONG if summary.standing else BODY),
        Text(words("staging.due"), HEADING) if summary.due else None,
        *[Text(f"· {one}", BODY) for one in summary.due[:4]],
        Text(words("staging.who_did_what"), HEADING) if has_moves else None,
        *([_did(one, places, grown) for one in summary.moves] if has_moves else []),
        gap=TIGHT,
    )
    if not is_broad:
        return Column(changed, Rule(), ahead, gap=GAP)
    changed.grow, ahead.grow = 3, 2
    return Row(changed, Sized(ahead, width=470 * grown), gap=WIDE * 2, align="top")


def _did(one: SeatMoves, places: dict[str, int], grown: float) -> Element:
    """A seat's moves in a line."""
    badge = SeatBadge(one.seat, places.get(one.seat, 0), 30 * grown)
    return Row(badge, Text("; ".join(one.titles), BODY, grow=1), gap=SMALL_GAP, align="top")


def _brief(others: tuple[MovedMeter, ...]) -> list[Run]:
    runs: list[Run] = []
    for one in others:
        runs += [Run(" · ", "text", "soft")] if runs else []
        runs += [
            Run(f"{signed(one.change.amount)}{MARKS[one.change.sign]} ", "bold", _role(one.change.sign)),
            Run(one.change.short, "text"),
        ]
    return runs


def _role(sign: int) -> str | None:
    return {1: "good", -1: "bad"}.get(sign)


def _moved(
    one: MovedMeter, places: dict[str, int], explain: Callable[[str], object], grown: float, whys: int
) -> Element:
    """A meter: its icon and name, how far it went, and what moved it."""
    change = one.change
    place = places.get(change.target, 0)
    side = 40 * grown
    icon = Picture(
        lambda canvas, box: canvas.icon(
            meter_icon(change.target, place), box, canvas.look.meter_colour(change.target, place, canvas.ground)
        ),
        side,
        side,
    )
    bar = Picture(lambda canvas, box: _draw_way(canvas, box, one, place), 120, 18, grow=1)
    amount = Text(f"{signed(change.amount)}{MARKS[change.sign]}", _AMOUNT, ROLES[change.sign], wraps=False)
    span = Text(f"{change.before_text} → {change.after_text}", STRONG, "soft", wraps=False)
    head = Row(icon, Text(change.name, STRONG), bar, span, amount, gap=SMALL_GAP, align="middle")
    short = Row(icon, Text(change.short, STRONG, grow=1), span, amount, gap=TIGHT, align="middle")
    told = [_cause(cause, places, grown) for cause in one.causes[:whys]]
    rest = Text(one.rest, SMALL, "soft") if one.rest and whys > 1 else None
    content = Column(Fitting(head, short), Pad(Column(*told, rest, gap=HAIR), side + SMALL_GAP, 0, 0, 0), gap=HAIR)
    return Spot(f"moved.{change.target}", Pad(content, TIGHT, HAIR), lambda: explain(change.target))


def _cause(cause: CauseOfChange, places: dict[str, int], grown: float) -> Element:
    badge = SeatBadge(cause.seat, places.get(cause.seat, 0), 26 * grown) if cause.seat else Space(26 * grown, 1)
    amount = Sized(Text(cause.amount_text, LABEL, ROLES[cause.sign], across=1.0, wraps=False), least_width=44 * grown)
    said = Text([Run(cause.text, "bold"), Run(f"  {cause.why}", "text", "soft")], SMALL, grow=1)
    return Row(amount, badge, said, gap=TIGHT, align="top")


def _draw_way(canvas: Canvas, box: Box, one: MovedMeter, place: int) -> None:
    """The meter's bar, with the part that was gone since the turn began."""
    room = max(1, one.high - one.low)
    before, after = ((value - one.low) / room for value in (one.change.before, one.change.after))
    track = Box(box.x, box.centre[1] - 6, box.width, 12)
    canvas.rounded(track, canvas.ground.edge, 6)
    now = canvas.motion.value(f"way.{one.change.target}", after, start=before, duration=SLOW * 3, delay=0.3)
    colour = canvas.look.meter_colour(one.change.target, place, canvas.ground)
    if min(before, now) > 0:
        canvas.rounded(Box(track.x, track.y, max(12.0, track.width * min(before, now)), 12), colour, 6)
    left, right = sorted((before, now))
    gone = Box(track.x + track.width * left, track.y - 3, max(3.0, track.width * (right - left)), 18)
    role = ROLES[one.change.sign] if one.change.sign else "accent"
    canvas.rounded(gone, canvas.ground.role(role), 4)
