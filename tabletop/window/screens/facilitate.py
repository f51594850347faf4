"""Facilitate: the facilitator's drawer over the table, behind a question."""

from __future__ import annotations

import contextlib
import functools
import weakref
from typing import TYPE_CHECKING, ClassVar

from tabletop.session import Facilitator, RulingRefused
from tabletop.window.app import App
from tabletop.window.canvas import Canvas
from tabletop.window.clockface import clock_face
from tabletop.window.controls import Action, Button, Control
from tabletop.window.dialogs import Answer, Ask
from tabletop.window.drawer.cards import Cards
from tabletop.window.drawer.chance import Chance
from tabletop.window.drawer.desk import Desk, Page
from tabletop.window.drawer.hidden import Hidden
from tabletop.window.drawer.noting import Notes
from tabletop.window.drawer.past import Past
from tabletop.window.drawer.planned import Planned
from tabletop.window.drawer.room import Room
from tabletop.window.drawer.seats import Seats
from tabletop.window.drawer.values import Values
from tabletop.window.drawer.writing import Written
from tabletop.window.examples import acting_phase, begun, go_on, some_seats
from tabletop.window.fields import Toggle
from tabletop.window.frames import Fitting, Pad, Panel, Scroll, Sized
from tabletop.window.layout import Column, Element, Row
from tabletop.window.parts import Icon, KeyCap, Rule, Space, Text
from tabletop.window.registry import Entry, Example
from tabletop.window.screen import Screen
from tabletop.window.text_field import TextField
from tabletop.window.theme import (
    BODY,
    CARD_TITLE,
    GAP,
    HAIR,
    SMALL_GAP,
    STRONG,
    TIGHT,
    WIDE,
)

if TYPE_CHECKING:
    from tabletop.session import Session

PAGES: tuple[type[Page], ...] = (Planned, Room, Cards, Values, Chance, Seats, Notes, Past, Hidden)
_WIDE = 1320.0
# Above this text size the riders are icons alone.
_ICONS_ONLY = 130


#: The drawer of a session that was opened last, and the pages on which something may be half written.
_LAST: weakref.WeakKeyDictionary[Session, Drawer] = weakref.WeakKeyDictionary()
_WRITTEN_ON = ("notes", "cards")


class Gate(Ask):
    """The question before the drawer opens."""

    def __init__(self, app: App, session: Session, name: str = "facilitator") -> None:
        said = app.words
        answers = [
            Answer("stay", said("facilitate.gate_no"), "s"),
            Answer("open", said("facilitate.gate_yes"), "o", lambda: app.push(Drawer(app, session, name)), kind="main"),
        ]
        super().__init__(app, said("facilitate.gate"), said("facilitate.gate_text"), answers)

    @property
    def first(self) -> str:
        return "stay"


class Drawer(Screen):
    """All that a facilitator can do, in pages. What is done is told at its foot, with the way to take it back."""

    is_overlay: ClassVar[bool] = True

    def __init__(self, app: App, session: Session, name: str = "facilitator") -> None:
        super().__init__(app)
        self.session = session
        # What was being written when the drawer was shut is still there when it opens again.
        before = _LAST.get(session)
        is_same = before is not None and (before.desk.app, before.desk.facilitator.name) == (app, name)
        self.desk: Desk = before.desk if before is not None and is_same else Desk(app, session, name)
        self.desk.told = self.desk.trouble = ""
        self.desk.is_step = False
        self.pages: dict[str, Page] = {one.name: one(self.desk) for one in PAGES}
        if before is not None and is_same:
            self.pages |= {name: before.pages[name] for name in _WRITTEN_ON}
        _LAST[session] = self
        self.page = "room" if not _is_due(session) else "planned"

    @property
    def first(self) -> str:
        return f"page.{self.page}"

    # What stands on it

    def build(self) -> Element:
        size = self.app.settings.text_size
        page = self.pages[self.page].build()
        page.grow = 1
        body = Row(self._riders(size <= _ICONS_ONLY), page, gap=WIDE, grow=1)
        inner = Column(self._head(), Rule(), body, Rule(), self._foot(), gap=SMALL_GAP)
        panel = Panel(inner, "table", pad=WIDE, pad_down=GAP, has_shadow=True)
        if size > _ICONS_ONLY:
            return Pad(panel, SMALL_GAP)
        return Pad(Row(Space(grow=1), Sized(panel, width=_WIDE + (size - 100) * 14), gap=0), GAP, GAP)

    def _head(self) -> Element:
        said = self.words
        face = clock_face(self.session, STRONG)
        paused = Icon("pause", STRONG, "warn") if self.session.paused and face is None else None
        return Row(
            Icon("lock", CARD_TITLE, "accent"),
            Text(said(f"facilitate.{self.page}"), CARD_TITLE, wraps=False),
            Fitting(Text(said("facilitate.title"), BODY, "soft", wraps=False), Space(), grow=1),
            paused,
            face,
            Button("close", said("common.close"), self.escape, icon="x", key="Esc"),
            gap=GAP,
            align="middle",
        )

    def _riders(self, has_words: bool) -> Element:
        said = self.words
        due = sum(1 for _ in _due(self.session))
        riders = []
        for number, (name, page) in enumerate(self.pages.items(), 1):
            words = said(f"facilitate.{name}")
            if name == "planned" and due:
                words = said("facilitate.planned_due", count=due)
            shown = words if has_words else ""
            riders.append(
                Rider(
                    name, shown, page.icon, str(number), name == self.page, functools.partial(self.turn_to, name), words
                )
            )
        return Scroll("riders", Column(*riders, gap=HAIR), grow=0)

    def turn_to(self, page: str) -> None:
        """Shows another page."""
        self.page = page
        self.attention.offsets.pop("page", None)
        self.attention.offsets.pop("list", None)
        self.refresh()

    def _foot(self) -> Element:
        said, desk = self.words, self.desk
        grown = desk.grown
        reason = Row(
            Text(said("facilitate.reason"), BODY, "soft", wraps=False),
            TextField("why", desk.why, self._set_why, hint=said("facilitate.why_hint"), most=200, grow=1),
            Sized(
                Toggle("shown", said("facilitate.players_see"), desk.shown, self._set_shown),
                width=330 * min(grown, 1.6),
            ),
            gap=SMALL_GAP,
            align="middle",
        )
        told: Element = Text(said("facilitate.all_kept"), BODY, "soft", grow=1)
        if desk.trouble:
            told = Row(Icon("warning", BODY, "bad"), Text(desk.trouble, BODY, "bad", grow=1), gap=TIGHT, grow=1)
        elif desk.told:
            told = Row(Icon("check", BODY, "good"), Text(desk.told, BODY, grow=1), gap=TIGHT, grow=1)
        undo = None
        if desk.is_step:
            undo = Button("undo", said("facilitate.take_back"), self._undo, icon="arrow-counter-clockwise", letter="u")
        return Column(reason, Row(told, undo, gap=GAP, align="middle"), gap=TIGHT)

    def _set_why(self, text: str) -> None:
        self.desk.why = text

    def _set_shown(self, shown: bool) -> None:
        self.desk.shown = shown

    def _undo(self) -> None:
        desk = self.desk
        desk.do(self.words("facilitate.did_undo"), lambda: self.session.back(1, desk.facilitator.name), is_step=False)

    # The clock goes on above it

    def wakes_in(self) -> float | None:
        return self.desk.timer.wakes_in

    def escape(self) -> None:
        self.app.close(self)


class Rider(Control):
    """The name of a page at the side; that of the page shown stands on a ground of its own."""

    def __init__(self, name: str, words: str, icon: str, key: str, is_shown: bool, do: Action, tip: str) -> None:
        role = "ink" if is_shown else "soft"
        label = Text(words, STRONG, role, grow=1) if words else None
        cap = KeyCap(key) if words else None
        row = Row(Icon(icon, STRONG, role), label, cap, gap=SMALL_GAP, align="middle")
        super().__init__(f"page.{name}", Pad(row, SMALL_GAP, TIGHT), do, letter=key, tip="" if words else tip)
        self._is_shown = is_shown

    def paint(self, canvas: Canvas) -> None:
        raised = canvas.theme.ground("raised")
        if self._is_shown or canvas.attention.is_active(self.name):
            canvas.framed(self.box, raised.fill, raised.accent if self._is_shown else raised.edge, self.radius)
            with canvas.on(raised):
                self.child.draw(canvas)
        else:
            self.child.draw(canvas)


def _due(session: Session) -> list[str]:
    from tabletop.session.schedule import offers

    return [one.inject.id for one in offers(session) if one.standing == "due"]


def _is_due(session: Session) -> bool:
    return bool(_due(session))


# Examples


def _session(app: App, example: Example) -> Session:
    """A workshop a third of the way in: a schedule, notes, messages, a clock, a branch and a card that was brought
    in."""
    from tabletop.session.schedule import schedules_at_hand

    session = begun(example, *some_seats(example, 0, 1))
    turn = max(1, session.scenario.stages[0].turns // 3)
    go_on(session, turn, acting_phase(session.scenario))
    facilitator = Facilitator(session)
    for path in schedules_at_hand(session).values():
        facilitator.load_schedule(path)
        break
    facilitator.set_clock(480)
    said = app.words
    facilitator.note(said("examples.note"), ["turning point", "question"], shown=True)
    facilitator.message([session.humans[-1]], said("examples.message"))
    facilitator.set(session.scenario.meters[0].id, 44, said("examples.set_why"))
    session.begin_branch(said("examples.branch"))
    facilitator.set(session.scenario.meters[-1].id, 70, said("examples.set_again_why"))
    with contextlib.suppress(RulingRefused):  # where a card must be answered first
        facilitator.skip(said("examples.skip_why"))
    go_on(session, turn + 1, acting_phase(session.scenario))
    session.switch("main")
    go_on(session, turn + 1, acting_phase(session.scenario))
    facilitator.pause()
    return session


def _drawer(app: App, example: Example, page: str) -> Drawer:
    drawer = Drawer(app, _session(app, example))
    drawer.page = page
    if page == "past":
        past = drawer.pages["past"]
        assert isinstance(past, Past)
        past._compared = app.words("examples.branch")
    return drawer


def _writing(app: App, example: Example) -> Screen:
    drawer = _drawer(app, example, "cards")
    cards = drawer.pages["cards"]
    assert isinstance(cards, Cards)
    cards.mode = "write"
    meters = drawer.session.scenario.meters
    named = [one.id for one in drawer.session.scenario.variables if one.values]
    form = cards.writing
    said = app.words
    form.title = said("examples.card_title")
    form.text = said("examples.card_text")
    form.effects = [Written(meters[0].id, -4, 0, said("examples.effect_why")), Written(meters[-1].id, 0, 0)]
    form.effects += [Written(one, 0, drawer.desk.values[one].value, said("examples.value_why")) for one in named[:1]]
    form.is_tried = True
    return drawer


def _example_of(page: str) -> Entry:
    return Entry(open=Gate, example=lambda app, example: _drawer(app, example, page), below="table")


ENTRIES = {
    "facilitate": _example_of("room"),
    "facilitate-gate": Entry(open=Gate, example=lambda app, example: Gate(app, begun(example)), below="table"),
    "facilitate-writing": Entry(open=Gate, example=_writing, below="table"),
    **{f"facilitate-{page.name}": _example_of(page.name) for page in PAGES if page is not Room},
}
