"""Table: the game itself, from the first card to the ending."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pygame

from tabletop.engine.log import Entry
from tabletop.session.outlook import Outlook
from tabletop.window.board import hand
from tabletop.window.board.calendar import Calendar, calendar_tip, sheets, short_calendar
from tabletop.window.board.chronicle import chronicle, net_changes, told
from tabletop.window.board.course import Course
from tabletop.window.board.desk import Now, now_of, numbers, pass_of, pass_words
from tabletop.window.board.event import event_card, quiet_card
from tabletop.window.board.summit import is_negotiation, summit
from tabletop.window.board.theatre import SeatMark, Theatre
from tabletop.window.board.tracks import purse
from tabletop.window.board.wording import joined
from tabletop.window.controls import Button, Spot
from tabletop.window.dialogs import Answer, Ask
from tabletop.window.fields import Tabs
from tabletop.window.frames import Fitting, Layers, Pad, Panel, Scroll, Sized
from tabletop.window.layout import Column, Element, Flow, Row
from tabletop.window.parts import Icon, SeatBadge, Space, Text
from tabletop.window.pen import Pen
from tabletop.window.registry import Entry as Registered
from tabletop.window.registry import Example, entries
from tabletop.window.screen import Screen
from tabletop.window.screens import table_sheets as sheet
from tabletop.window.text import Run
from tabletop.window.theme import BODY, GAP, HAIR, LABEL, LEAD, SMALL, SMALL_GAP, STRONG, TIGHT, TITLE, WIDE

if TYPE_CHECKING:
    from tabletop.engine.program import Action
    from tabletop.session import Journal, Session
    from tabletop.session.journal import Kept
    from tabletop.window.app import App

_LEFT, _RIGHT, _CARD = 400.0, 350.0, 540.0
_HAND = 262.0
# The room in units of text at 100% from which everything stands side by side.
_BROAD = (1500.0, 840.0)


def last_game(journal: Journal) -> Kept | None:
    """The game that can be gone on with, or None."""
    from tabletop.session import JournalError

    try:
        return journal.latest()
    except JournalError:
        return None


def go_on(app: App) -> Table:
    """The table with the game played last. Raises JournalError if there is none, or it is open elsewhere."""
    from tabletop.session import open_session

    session, _ = open_session(app.journal)
    return Table(app, session)


class Table(Screen):
    """One game being played. It shows what one seat may know, and nothing else."""

    def __init__(self, app: App, session: Session) -> None:
        super().__init__(app)
        self.session = session
        self.course = Course(app, session, self._moved)
        self.seat = session.to_act or next(iter(session.humans), session.scenario.player)
        self.is_covered = len(session.humans) > 1
        self.tab, self.dossier, self.log_turn, self.shows_log = "now", 0, 0, True
        self._briefed: set[str] = set(session.humans) if session.commands else set()
        self._since = {seat.id: 0 for seat in session.scenario.seats}
        self._card = ""
        self._is_over = False
        self._is_checked = False

    # What it stands on

    @property
    def outlook(self) -> Outlook:
        """The game as the seat sees it now."""
        return Outlook(self.session, self.seat, self.session.view(self.seat))

    @property
    def _grown(self) -> float:
        return self.app.settings.text_size / 100

    @property
    def _room(self) -> tuple[float, float]:
        pen, (width, height) = self.app.pen, self.app.surface.get_size()
        return width / pen.scale, height / pen.scale

    @property
    def _is_broad(self) -> bool:
        wide, high = self._room
        return wide / self._grown >= _BROAD[0] and high / self._grown >= _BROAD[1]

    @property
    def first(self) -> str:
        return "play.1" if self.session.to_act == self.seat else "go_on"

    @property
    def is_mine(self) -> bool:
        """Whether it is for the seat that is shown to act."""
        return self.session.to_act == self.seat and not self.is_covered and not self.session.paused

    # How it goes on

    def opened(self) -> None:
        if not self._is_checked:
            self._is_checked = True
            if not self.session.commands and not self.session.watching:
                self.session.check_keeping()
        self._arrive()

    def closed(self) -> None:
        self.course.stop()
        self.session.close()

    def _moved(self) -> None:
        """The game has changed."""
        card = self.session.view(self.seat).card or ""
        if card != self._card:
            self._card = card
            if card:
                self.tab = "now"
                self.app.sounds.play("turn")
        self.log_turn = 0
        self.refresh()
        self._arrive()

    def _arrive(self) -> None:
        """Sees to whoever must act now."""
        session = self.session
        if self.app.top is not self:
            return
        if session.state.finished:
            self._finish()
        elif session.to_act is None:
            self.course.go_on()
        elif session.to_act != self.seat or self.is_covered:
            self._hand_over(session.to_act)
        elif self.seat not in self._briefed:
            self._briefed.add(self.seat)
            self.app.push(sheet.Briefing(self.app, self.outlook))

    def _finish(self) -> None:
        if not self._is_over:
            self._is_over = True
            self.app.sounds.play("stamp")
            self._show_ending()

    def _show_ending(self) -> None:
        if "ending" in entries():
            self.app.open("ending", session=self.session)
        else:
            self.app.push(sheet.Ending(self.app, self.outlook))

    def _hand_over(self, seat: str) -> None:
        self.is_covered = True
        self.refresh()

        def done() -> None:
            self.seat, self.is_covered, self.dossier, self.tab = seat, False, 0, "now"
            self.refresh()
            self._arrive()

        if "hand-over" in entries():
            self.app.open("hand-over", session=self.session, seat=seat, done=done)
            return
        name = self.outlook.names.seat(seat)
        answers = [Answer("take", self.words("table.hand_over_yes", seat=name), "y", done, "main")]
        text = self.words("table.hand_over_text")
        self.app.push(Ask(self.app, self.words("table.hand_over", seat=name), text, answers))

    def draw(self, surface: pygame.Surface, pen: Pen) -> None:
        if self.course.job is not None and self.course.job.is_cancelled and self.app.top is self:
            self.course.hold()
            self.refresh()
        super().draw(surface, pen)

    # Building it

    def build(self) -> Element:
        if self.is_covered:
            return self._covered()
        outlook = self.outlook
        return Pad(self._broad(outlook) if self._is_broad else self._paged(outlook), GAP, SMALL_GAP)

    def _covered(self) -> Element:
        """Nothing but whose turn it is: the keyboard is on its way to another seat."""
        names, seat = self.outlook.names, self.session.to_act or self.seat
        take = Button(
            "hand_over",
            self.words("table.hand_over_yes", seat=names.seat(seat)),
            lambda: self._hand_over(seat),
            letter="y",
            kind="main",
        )
        head = Text(self.words("table.hand_over", seat=names.seat(seat)), TITLE)
        return Pad(Column(Space(grow=1), head, Flow(take, self._menu()), Space(grow=1), gap=WIDE), WIDE * 4, WIDE)

    def _broad(self, outlook: Outlook) -> Element:
        grown = self._grown
        left = Sized(numbers(outlook, self.words, grown, self._explain_value, 1), width=_LEFT * grown, grow=0)
        middle: list[Element] = [self._centre(outlook, _CARD * grown)]
        if self.shows_log:
            middle.append(Sized(self._log(outlook), width=_RIGHT * grown, grow=0))
        wide = self._room[0] - 3 * GAP - _LEFT * grown
        right = Column(Row(*middle, gap=GAP, grow=1), self._hand_bar(outlook), self._hand(outlook, wide), gap=TIGHT)
        right.grow = 1
        return Column(self._top(outlook), Row(left, right, gap=GAP, grow=1), gap=SMALL_GAP)

    def _paged(self, outlook: Outlook) -> Element:
        grown, (wide, _) = self._grown, self._room
        shown: Element
        if self.tab == "moves":
            shown = self._hand(outlook, wide - 2 * GAP, fills=True)
        elif self.tab == "standing":
            shown = numbers(outlook, self.words, grown, self._explain_value, 2)
        elif self.tab == "log":
            shown = self._log(outlook)
        else:
            shown = self._centre(outlook, (wide - 3 * GAP) * 0.5)
        shown.grow = 1
        pages = [("now", "map-trifold"), ("moves", "cards"), ("standing", "trend-up"), ("log", "scroll")]
        tabs = Tabs(
            "tab", [(name, self.words(f"table.tab_{name}"), icon) for name, icon in pages], self.tab, self._turn
        )
        return Column(self._short_top(outlook), tabs, shown, self._hand_bar(outlook), gap=TIGHT)

    def _turn(self, tab: str) -> None:
        self.tab = tab

    # At the top

    def _top(self, outlook: Outlook) -> Element:
        at = [seat.id for seat in outlook.scenario.seats].index(self.seat)
        you = Spot(
            "you",
            Pad(
                Row(
                    SeatBadge(self.seat, at, 52 * self._grown),
                    Column(
                        Text(self.words("table.you_are", seat=outlook.noun.name), LABEL),
                        Text(joined([outlook.scenario.title, outlook.stage.title]), SMALL, "soft"),
                        gap=0,
                    ),
                    gap=SMALL_GAP,
                    align="middle",
                ),
                TIGHT,
                HAIR,
            ),
            self._brief,
            tip=self.words("table.brief_tip"),
        )
        calendar = Calendar(
            sheets(outlook), str(outlook.label), calendar_tip(outlook, self.words), self._explain_calendar
        )
        return Row(
            Sized(you, most_width=(_LEFT + 40) * self._grown),
            calendar,
            Row(*self._tools(), gap=TIGHT),
            gap=WIDE,
            align="middle",
        )

    def _short_top(self, outlook: Outlook) -> Element:
        when = Spot(
            "calendar",
            Pad(Text(short_calendar(outlook, self.words), STRONG), TIGHT, HAIR),
            self._explain_calendar,
            tip=calendar_tip(outlook, self.words),
        )
        return Row(when, Space(grow=1), Row(*self._tools(), gap=HAIR), gap=SMALL_GAP, align="middle")

    def _tools(self) -> list[Element]:
        said, session = self.words, self.session
        undo = session.undo_refused if not session.watching else said("table.watching")
        redo = session.redo_refused if not session.watching else said("table.watching")
        is_mine = self.is_mine
        tools: list[Element | None] = [
            self._kept_mark(),
            self._tool("undo", "arrow-counter-clockwise", "u", self.course.undo, undo),
            self._tool("redo", "arrow-clockwise", "r", self.course.redo, redo),
            self._tool("advice", "lightbulb", "a", self._ask_advice, "" if is_mine else said("table.advice_later")),
            self._tool("brief", "notebook", "b", self._brief),
            self._tool("show_log", "scroll", "l", self._toggle_log) if self._is_broad else None,
            self._menu(),
        ]
        return [tool for tool in tools if tool is not None]

    def _tool(self, name: str, icon: str, letter: str, do: Callable[[], object], why_not: str = "") -> Element:
        return Button(
            name, "", do, icon=icon, letter=letter, kind="quiet", tip=self.words(f"table.{name}"), why_not=why_not
        )

    def _menu(self) -> Element:
        return Button("menu", "", self.escape, icon="list", key="Esc", kind="quiet", tip=self.words("table.menu"))

    def _kept_mark(self) -> Element:
        kept, warning = self.session.is_kept, self.session.warning
        tip = self.words("table.kept") if kept else joined([self.words("table.unkept"), warning], ": ")
        icon = Icon("floppy-disk" if kept else "warning", BODY, "soft" if kept else "bad")
        return Spot("kept", Pad(icon, TIGHT, TIGHT), tip=tip)

    # In the middle

    def _centre(self, outlook: Outlook, card_wide: float) -> Element:
        if is_negotiation(outlook) and outlook.card is None:
            return summit(outlook, self.words, self._grown, self._explain_value)
        card = outlook.card or outlook.card_of_turn
        marks: dict[str, Element] = {
            seat.id: SeatMark(
                outlook, self.words, seat.id, at, self._grown, functools.partial(self._explain_seat, seat.id)
            )
            for at, seat in enumerate(outlook.scenario.seats)
        }
        if card is not None:
            lying = event_card(
                outlook, self.words, card, lambda: self._explain_card(card.id), is_asking=outlook.card is not None
            )
        else:
            lying = quiet_card(outlook.stage.title, outlook.stage.text, [])
        board = Theatre(marks, covered=card_wide + GAP)
        over = Row(Space(grow=1), Sized(lying, width=card_wide), gap=0)
        layers = Layers(board, Pad(over, SMALL_GAP))
        layers.grow = 1
        return layers

    # At the right

    def _log(self, outlook: Outlook) -> Element:
        turn = self.log_turn or outlook.view.turn
        label = outlook.turns.get(turn)
        said = self.words
        head = Row(
            Text(said("table.log"), STRONG, grow=1),
            Button(
                "log.back",
                "",
                lambda: self._page_log(-1),
                icon="caret-left",
                kind="quiet",
                tip=said("table.log_back"),
                why_not="" if turn > 1 else said("table.log_first"),
            ),
            Button(
                "log.on",
                "",
                lambda: self._page_log(1),
                icon="caret-right",
                kind="quiet",
                tip=said("table.log_on"),
                why_not="" if turn < outlook.view.turn else said("table.log_last"),
            ),
            gap=0,
            align="middle",
        )
        lines = chronicle(outlook, said, told(outlook, turn), self._grown, self._explain_entry)
        name = Text(str(label), SMALL, "soft") if label else None
        return Panel(
            Column(head, name, Scroll("log", Column(*lines, gap=0), at_end=turn == outlook.view.turn), gap=TIGHT),
            "panel",
            pad=SMALL_GAP,
        )

    def _page_log(self, step: int) -> None:
        now = self.outlook.view.turn
        turn = max(1, min(now, (self.log_turn or now) + step))
        self.log_turn = 0 if turn == now else turn

    def _toggle_log(self) -> None:
        self.shows_log = not self.shows_log

    # At the bottom

    def _now(self, outlook: Outlook) -> Now:
        said, session = self.words, self.session
        if session.state.finished:
            return Now(words=said("table.now_over"))
        if session.paused:
            return Now(words=said("table.now_paused"))
        if self.is_mine:
            return now_of(outlook, said)
        thinker = self.course.thinker
        name = outlook.names.seat(thinker) if thinker else ""
        return Now(words=said("table.now_held" if self.course.is_held else "table.now_thinking", seat=name))

    def _hand_bar(self, outlook: Outlook) -> Element:
        now = self._now(outlook)
        words = Column(
            Text([Run(f"{self.words('table.now')} ", "bold", "accent"), Run(now.words, "bold")], LEAD),
            Text(now.more, SMALL, "soft") if now.more and self._is_broad else None,
            gap=0,
        )
        words.grow = 1
        picked: list[Element] = [
            Spot(
                f"picked.{at}",
                Pad(Row(Icon("check", LABEL, "accent"), Text(one.label, LABEL), gap=HAIR, align="middle"), TIGHT, HAIR),
                self.course.undo,
                tip=self.words("table.picked_tip"),
            )
            for at, one in enumerate(outlook.view.picked, 1)
        ]
        row: list[Element] = [words]
        if picked:
            down = Text(self.words("table.face_down"), SMALL, "soft", wraps=False)
            row.append(Sized(Flow(down, *picked, gap=HAIR), most_width=self._room[0] * 0.34))
        row += purse(outlook, self._grown) if outlook.noun.resources else []
        row += self._ways_on(outlook)
        return Pad(Row(*row, gap=GAP, align="middle"), TIGHT, 0)

    def _ways_on(self, outlook: Outlook) -> list[Element]:
        """Passing, walking out, and whatever else leads on from here."""
        said = self.words
        if self.session.state.finished:
            return [Button("ending", said("table.ending"), self._show_ending, letter="e", kind="main")]
        if self.course.is_held:
            return [Button("go_on", said("table.let_go_on"), self.course.release, letter="g", kind="main")]
        if self.course.is_thinking:
            return [Button("hold", said("table.hold"), self._hold, key="Esc")]
        if not self.is_mine:
            return []
        ways: list[Element] = []
        for at, one in enumerate(one for one in hand.held(outlook) if hand.is_walkout(outlook, one.action)):
            ways.append(
                Button(
                    f"walk.{at}",
                    one.action.label,
                    functools.partial(self._play, one.action),
                    icon="sign-out",
                    letter="x" if at == 0 else "",
                    tip=one.action.text,
                    why_not=one.why_not,
                )
            )
        passing = pass_of(outlook)
        if passing is not None:
            done = functools.partial(self._play, passing)
            chosen = bool(outlook.view.picked or outlook.done_here)
            kind = "main" if chosen else "plain"
            ways.append(Button("done", pass_words(outlook, said), done, icon="check", letter="d", kind=kind))
        if not self._is_broad and self.tab != "moves":
            ways.append(
                Button("to_moves", said("table.to_moves"), lambda: self._turn("moves"), letter="m", kind="main")
            )
        return ways

    def _hold(self) -> None:
        self.course.hold()

    def _hand(self, outlook: Outlook, wide: float, fills: bool = False) -> Element:
        grown = self._grown
        cards = [one for one in hand.held(outlook) if not hand.is_walkout(outlook, one.action)] if self.is_mine else []
        if not cards:
            return self._between(outlook, fills)
        is_answer = outlook.view.card is not None
        most = hand.fitting_cards(wide, grown)
        found = hand.pages(cards, most)
        self.dossier = max(0, min(self.dossier, len(found) - 1))
        page = found[self.dossier]
        across = min(len(page.cards), most) if is_answer else most
        each = min((wide - GAP * (across - 1)) / across, 460 * grown if is_answer else 330 * grown)
        first = sum(len(one.cards) for one in found[: self.dossier]) if len(cards) <= 9 else 0
        shown = [
            hand.card(
                outlook,
                self.words,
                one,
                first + at,
                grown,
                functools.partial(self._play, one.action),
                functools.partial(self._explain_action, one),
                wide=is_answer,
            )
            for at, one in enumerate(page.cards, 1)
        ]
        key = f"{outlook.view.turn}.{outlook.view.phase}.{outlook.view.card}.{self.dossier}"
        row = hand.row_of_cards(shown, each, key)
        tabs = self._dossiers(found, outlook) if len(found) > 1 else None
        high = _HAND * grown + (0 if tabs is not None else 44 * grown)
        return Column(tabs, row if fills else Sized(row, height=high), gap=TIGHT)

    def _dossiers(self, found: list[hand.Page], outlook: Outlook) -> Element:
        pages = []
        for at, page in enumerate(found):
            open_now = sum(not one.why_not for one in page.cards)
            title = joined([group or self.words("table.other") for group in page.groups], " + ")
            pages.append((str(at), f"{title} ({open_now})", ""))
        tabs = Tabs("dossier", pages, str(self.dossier), lambda page: self._open_dossier(int(page)))
        return Fitting(tabs, Flow(*tabs.children, gap=HAIR, line_gap=0))

    def _open_dossier(self, page: int) -> None:
        self.dossier = page
        self.app.sounds.play("card")

    def _between(self, outlook: Outlook, fills: bool) -> Element:
        """What stands at the bottom while others act: what has changed since the last decision."""
        changes = net_changes(outlook, self._since[self.seat])
        lines = [Text(runs, STRONG) for runs in changes]
        words = Text(self.words("table.since" if lines else "table.wait"), BODY, "soft")
        panel = Panel(Column(words, Flow(*lines, gap=WIDE), gap=SMALL_GAP), "panel", pad=WIDE)
        return panel if fills else Sized(panel, height=(_HAND + 44) * self._grown)

    # What it does

    def _play(self, action: Action) -> None:
        self._since[self.seat] = len(self.session.view(self.seat).log)
        self.app.sounds.play("card" if action.kind != "pass" else "press")
        self.course.decide(self.seat, action)

    def _ask_advice(self) -> None:
        self.app.push(sheet.Advice(self.app, self.session, self.outlook))

    def _brief(self) -> None:
        self.app.push(sheet.Briefing(self.app, self.outlook))

    def _explain_value(self, id: str) -> None:
        self.app.push(sheet.why_value(self.app, self.outlook, id))

    def _explain_seat(self, id: str) -> None:
        self.app.push(sheet.why_seat(self.app, self.outlook, id))

    def _explain_card(self, id: str) -> None:
        self.app.push(sheet.why_card(self.app, self.outlook, id))

    def _explain_entry(self, entry: Entry) -> None:
        self.app.push(sheet.why_entry(self.app, self.outlook, entry))

    def _explain_action(self, one: hand.Held) -> None:
        self.app.push(sheet.why_action(self.app, self.outlook, one.action, one.why_not))

    def _explain_calendar(self) -> None:
        self.app.push(sheet.calendar_sheet(self.app, self.outlook))

    def escape(self) -> None:
        if "pause" in entries():
            self.app.open("pause", session=self.session)
            return
        said = self.words
        answers = [
            Answer("stay", said("table.leave_no"), "s", kind="main"),
            Answer("leave", said("table.leave_yes"), "l", self.app.home),
        ]
        text = said("table.leave_text" if self.session.is_kept else "table.leave_unkept")
        self.app.push(Ask(self.app, said("table.leave"), text, answers))

    def key(self, event: pygame.event.Event) -> bool:
        if getattr(event, "unicode", "") == "?" and "glossary" in entries():
            self.app.open("glossary", session=self.session)
            return True
        if event.key == pygame.K_f and "facilitate" in entries():
            self.app.open("facilitate", session=self.session)
            return True
        if event.key in (pygame.K_PAGEUP, pygame.K_PAGEDOWN) and self.is_mine and self.outlook.view.card is None:
            self._open_dossier(self.dossier + (1 if event.key == pygame.K_PAGEDOWN else -1))
            return True
        return False


def _example(app: App, example: Example) -> Screen:
    """A game in its third turn, where there is most to be seen."""
    from tabletop.scenario.loading import load
    from tabletop.session import Session

    scenario = load(example.scenario)
    session = Session(scenario, seed=example.seed, humans=(scenario.player,))
    table = Table(app, session)
    table._briefed.add(scenario.player)
    _play_on(session, 3)
    return table


def _play_on(session: Any, turn: int) -> None:
    """Plays the first legal moves until a person may choose among several in a turn."""
    while not session.state.finished and not (
        session.state.turn >= turn and session.to_act and session.state.card is None and len(_open(session)) > 2
    ):
        if session.to_act is None:
            session.bot_decides(session.bot_choice())
        else:
            session.decide(session.to_act, session.game.actions(session.state, session.to_act)[0])


def _open(session: Any) -> Any:
    return session.game.actions(session.state, session.to_act)


ENTRIES = {"table": Registered(open=Table, example=_example)}
