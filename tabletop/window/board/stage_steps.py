"""Stage steps: the paper on which a step of the staging stands: who, what, and each change in large figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tabletop.presentation.changes import Change
from tabletop.presentation.spans import signed
from tabletop.presentation.staging import Deed, StagedChange, StagedStep
from tabletop.presentation.words import Words
from tabletop.window.board.event import Turned
from tabletop.window.board.wording import MARKS, ROLES
from tabletop.window.canvas import Canvas
from tabletop.window.controls import Spot
from tabletop.window.frames import Fitting, Frame, Pad, Panel, Scroll, Sized
from tabletop.window.layout import Column, Element, Flow, Row
from tabletop.window.parts import Icon, Rule, SeatBadge, Space, Stamp, Text
from tabletop.window.span_runs import runs_of
from tabletop.window.text import Run
from tabletop.window.theme import (
    BODY,
    CARD_TITLE,
    DISPLAY,
    GAP,
    HAIR,
    HEADING,
    LEAD,
    MONO,
    PAGE,
    SLOW,
    SMALL,
    SMALL_GAP,
    STRONG,
    TIGHT,
    WIDE,
    Style,
)

_FIGURES = (Style("bold", 72, 1.05), Style("bold", 40, 1.1), Style("bold", 26, 1.15))
_ROOM_OF_FIGURE = (190.0, 104.0, 76.0)
_HUGE = 3
_FINE = Style("text", 17, 1.24)
_ICONS = {"card": "newspaper", "rule": "calendar-blank", "ruling": "scales", "stage": "flag", "ending": "stamp"}

#: Has the entry of the log at a place explained.
Explain = Callable[[int], object]


class Struck(Frame):
    """A stamp that comes down on the paper."""

    def __init__(self, child: Element, key: str) -> None:
        super().__init__(child)
        self._key = key

    def draw(self, canvas: Canvas) -> None:
        come = canvas.motion.value(f"struck.{self._key}", 1.0, start=0.0, duration=SLOW, delay=0.7)
        if come > 0:
            with canvas.sprite(self.box, alpha=come), canvas.shifted(0, -60 * (1 - come)):
                super().draw(canvas)


def step_paper(words: Words, step: StagedStep, place: int, explain: Explain, key: str, grown: float) -> Element:
    """The paper of a step, in the fullest form that fits; `place` is that of its seat in the scenario's order."""
    forms = [_Form(words, step, explain, size) for size in _sizes(step)]
    sheets = [_sheet(_content(form, step, place, key, grown)) for form in forms]
    last = _sheet(Scroll("step", _content(forms[-1], step, place, key, grown)))
    return Turned(Fitting(*sheets, last), key)


def _sizes(step: StagedStep) -> tuple[int, ...]:
    """The sizes to be tried: very large figures only where there are few."""
    lines = sum(1 + len(deed.changes) + len(deed.said) for deed in step.deeds)
    return (0, 1, 2, 3, 4) if lines <= _HUGE else (1, 2, 3, 4)


def _sheet(content: Element) -> Element:
    return Panel(content, "paper", pad=WIDE + TIGHT, pad_down=WIDE, radius=12, has_shadow=True)


def _content(form: _Form, step: StagedStep, place: int, key: str, grown: float) -> Element:
    head = SeatBadge(step.seat, place, 72 * grown) if step.seat else Icon(_ICONS[step.kind], size=56 * grown)
    title = step.who or step.title
    over = step.phase_title if step.seat or step.kind == "card" else ""
    named = Column(Text(over.upper(), MONO, "soft") if over else None, Text(title, CARD_TITLE), gap=0)
    named.grow = 1
    return Column(
        Row(head, named, gap=GAP, align="middle"),
        _stamp(step, key),
        Text(step.text, BODY) if step.text and form.size < 3 else None,
        Rule(2),
        *form.deeds(),
        gap=(WIDE, GAP, GAP, TIGHT, TIGHT)[form.size],
    )


def _stamp(step: StagedStep, key: str) -> Element | None:
    """The heaviest change of a blow, stamped across."""
    if not step.is_blow:
        return None
    worst = step.changes[0]
    role = {1: "good", -1: "bad", 0: "warn"}[worst.sign]
    return Row(Space(grow=1), Struck(Stamp(f"{worst.short} {signed(worst.amount)}", role, 3.0), key), gap=0)


class _Form:
    """How much of a step is shown: with large figures and reasons, smaller, in one line a change, or in one a deed."""

    def __init__(self, words: Words, step: StagedStep, explain: Explain, size: int) -> None:
        self._words, self._step, self._explain, self.size = words, step, explain, size

    def deeds(self) -> list[Element]:
        """All the deeds of the step."""
        return [
            Column(*self._deed(deed), gap=(SMALL_GAP, TIGHT, TIGHT, HAIR / 2, HAIR / 2)[self.size])
            for deed in self._step.deeds
        ]

    def _deed(self, deed: Deed) -> list[Element]:
        is_headed = bool(self._step.seat) or self._step.kind == "rule" or len(self._step.deeds) > 1
        parts: list[Element] = []
        if is_headed:
            parts.append(Text(deed.title, (CARD_TITLE, HEADING, HEADING, STRONG, STRONG)[self.size]))
        parts += [
            Text([Run("◆ ", "bold", "accent"), Run(said, "text")], (LEAD, BODY, BODY, _FINE, _FINE)[self.size])
            for said in deed.said
        ]
        if self.size == 4:
            parts += [Flow(*[self._line(one, has_why=False) for one in deed.changes], gap=GAP, line_gap=0)]
            return parts
        shown = self._row if self.size < 3 else self._line
        return [*parts, *[shown(one) for one in deed.changes]]

    def _spot(self, one: StagedChange, child: Element) -> Element:
        return Spot(f"why.{one.place}", Pad(child, HAIR, HAIR / 2), lambda: self._explain(one.place))

    def _row(self, one: StagedChange) -> Element:
        """A change in large figures, with its reason below."""
        change, size = one.change, self.size
        why = Text(one.why, (BODY, SMALL, SMALL)[size], "soft") if one.why else None
        named = (HEADING, STRONG, STRONG)[size]
        if change.is_named:
            return self._spot(one, Column(Text(runs_of(change.line), named), why, gap=0))
        figure = Sized(
            Text(
                f"{signed(change.amount)}{MARKS[change.sign]}",
                _FIGURES[size],
                ROLES[change.sign],
                across=1.0,
                wraps=False,
            ),
            least_width=_ROOM_OF_FIGURE[size],
        )
        name = Text([Run(change.short, "bold"), Run(f"   {_span(change)}", "text", "soft")], named)
        rest = Column(name, why, gap=0)
        rest.grow = 1
        return self._spot(one, Row(figure, rest, gap=GAP, align="middle" if size == 0 else "top"))

    def _line(self, one: StagedChange, has_why: bool = True) -> Element:
        """A change in a line, with its reason behind it."""
        why = [Run(f"  {one.why}", "text", "soft")] if has_why and one.why else []
        return self._spot(one, Text([*runs_of(one.change.line), *why], _FINE))


def _span(change: Change) -> str:
    return f"{change.before_text} → {change.after_text}"


def great_paper(words: Words, step: StagedStep, key: str) -> Element:
    """The beginning of a stage or the end of the game, in the middle of the board."""
    over = words("staging.game_over") if step.kind == "ending" else words("staging.now_begins")
    content = Column(
        Text(over.upper(), MONO, "accent", across=0.5),
        Fitting(Text(step.title, DISPLAY, across=0.5), Text(step.title, CARD_TITLE, across=0.5)),
        Rule(2),
        Text(step.text, LEAD, across=0.5) if step.text else None,
        gap=WIDE,
    )
    panel = Panel(Pad(content, PAGE, WIDE), "night", pad=WIDE, radius=12, has_shadow=True)
    return Turned(panel, key)


def meters_moved(steps: Sequence[StagedStep]) -> list[tuple[str, int]]:
    """The meters that steps move, with whether that is good for the seat."""
    return [(one.target, one.sign) for step in steps for one in step.changes if one.noun == "meter"]


def slips(steps: Sequence[StagedStep], places: Sequence[int], grown: float) -> list[Element]:
    """What was shown before, a line each, the latest first; `places` are those of the seats in the scenario's order."""
    both = list(zip(steps, places, strict=True))
    return [_slip(step, place, grown) for step, place in reversed(both)]


def _slip(step: StagedStep, place: int, grown: float) -> Element:
    icon = SeatBadge(step.seat, place, 30 * grown) if step.seat else Icon(_ICONS[step.kind], STRONG, "soft")
    titles = "; ".join(deed.title for deed in step.deeds) if step.seat else step.title
    runs = [Run(titles, "bold")]
    for one in [change for change in step.changes if change.noun == "meter"][:3]:
        role = {1: "good", -1: "bad"}.get(one.sign)
        runs += [Run("   ", "text"), Run(f"{signed(one.amount)}{MARKS[one.sign]}\u00a0", "bold", role)]
        runs += [Run(one.short.replace(" ", "\u00a0"), "text", "soft")]
    return Panel(Row(icon, Text(runs, SMALL, grow=1), gap=SMALL_GAP, align="middle"), "panel", pad=TIGHT, radius=10)
