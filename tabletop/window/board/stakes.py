"""Stakes: the line of what history would say now, and the sheet of what counts for the seat."""

from __future__ import annotations

from collections.abc import Callable

from tabletop.presentation.spans import signed
from tabletop.presentation.stakes import ObjectiveNow, Stakes
from tabletop.presentation.words import Words
from tabletop.window.board.wording import ROLES
from tabletop.window.controls import Spot
from tabletop.window.frames import Pad, Sized
from tabletop.window.layout import Column, Element, Row
from tabletop.window.parts import Icon, Rule, Text
from tabletop.window.text import Run
from tabletop.window.theme import BODY, CARD_TITLE, GAP, HAIR, HEADING, LABEL, SMALL, SMALL_GAP, STRONG, TIGHT

#: The role of the colour and the icon of the tone of an ending.
TONES = {"good": ("good", "check"), "bad": ("bad", "warning"), "mixed": ("warn", "scales")}


def stakes_line(words: Words, stakes: Stakes, explain: Callable[[], object]) -> Element:
    """What history would say now, in a line that can be pressed."""
    role, icon = TONES[stakes.tone]
    runs = [Run(f"{words('stakes.history_now')}: ", "text", "soft"), Run(stakes.title, "bold", role)]
    line = Row(Icon(icon, SMALL, role), Text(runs, SMALL, grow=1), gap=TIGHT, align="middle")
    return Spot("stakes", Pad(line, TIGHT, HAIR / 2), explain, tip=f"{words('stakes.tip')}\n{stakes.lacks}".strip())


def stakes_summary(words: Words, stakes: Stakes) -> Element:
    """The same for the page of a turn: the ending, what a better one needs, and the seat's points in a sentence."""
    role, icon = TONES[stakes.tone]
    return Column(
        Text(words("stakes.if_ended"), HEADING),
        Row(Icon(icon, HEADING, role), Text(stakes.title, CARD_TITLE, role, grow=1), gap=TIGHT, align="middle"),
        Text(stakes.lacks, BODY, "soft") if stakes.lacks else None,
        Text(stakes.sentence, BODY) if stakes.sentence else None,
        gap=TIGHT,
    )


def stakes_sheet(words: Words, stakes: Stakes, grown: float) -> Element:
    """What counts for the seat: the ending that would come, and each objective with its points now."""
    rows = [_objective(words, one, grown) for one in stakes.objectives]
    return Column(
        stakes_summary(words, stakes),
        Rule(),
        Text(words("stakes.counts"), HEADING) if rows else None,
        *rows,
        gap=SMALL_GAP,
    )


def _objective(words: Words, one: ObjectiveNow, grown: float) -> Element:
    points = words("stakes.unknown") if one.points is None else signed(one.points) if one.points else "0"
    sign = 0 if not one.points else 1 if one.points > 0 else -1
    change = Text(signed(one.change), LABEL, ROLES[1 if one.change > 0 else -1], wraps=False) if one.change else None
    figure = Sized(Text(points, STRONG, ROLES[sign], across=1.0, wraps=False), least_width=60 * grown)
    return Row(figure, Text(one.text, BODY, grow=1), change, gap=GAP, align="top")
