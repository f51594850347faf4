"""Table: the game itself, from the first card to the ending."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs
import pygame

from tabletop.presentation.evidence import dossiers_of
from tabletop.presentation.moves import Hand, Move, hand_of
from tabletop.presentation.negotiation import is_negotiation
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.set_pieces import SetPiece, asked_about, set_pieces_since
from tabletop.session.facilitator_view import public
from tabletop.session.stated_beliefs import asked_of, stated_beliefs, team_shares
from tabletop.window.board.centre import centre
from tabletop.window.board.desk import numbers
from tabletop.window.board.dossiers import dossiers
from tabletop.window.board.evidence import Held, dossier_spot
from tabletop.window.board.foot import foot
from tabletop.window.board.log_panel import log_panel
from tabletop.window.board.topbar import menu, short_top, top
from tabletop.window.board.turn_flow import TurnFlow
from tabletop.window.clockface import timer_of
from tabletop.window.controls import Button, CardButton, Spot
from tabletop.window.dialogs import Answer, Ask
from tabletop.window.entering import tell
from tabletop.window.fields import Tabs
from tabletop.window.frames import Pad, Sized
from tabletop.window.keys import Press
from tabletop.window.layout import Column, Element, Flow, Row
from tabletop.window.parts import Space, Text
from tabletop.window.registry import Entry as Registered
from tabletop.window.registry import Example, entries
from tabletop.window.screen import Screen
from tabletop.window.screens import table_sheets as sheet
from tabletop.window.screens.set_piece import AskedPiece, show
from tabletop.window.screens.stage import stage_of
from tabletop.window.theme import GAP, SMALL_GAP, TIGHT, TITLE, WIDE

if TYPE_CHECKING:
    from tabletop.engine.views import View
    from tabletop.session import Journal, Session
    from tabletop.session.journal import Kept
    from tabletop.window.app import App

_LEFT, _RIGHT, _CARD = 400.0, 350.0, 540.0
_HAND, _OPTIONS = 262.0, 236.0
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
        self.course = TurnFlow(self, session, self._moved)
        self.seat = session.to_act or next(iter(session.humans), session.scenario.player)
        self.is_covered = len(session.humans) > 1
        self.tab, self.log_turn, self.shows_log = "now", 0, True
        self.dossier: int | None = None  # which page of the hand is laid out; None for the first with an open move
        self._briefed: set[str] = set(session.humans) if session.commands else set()
        self.since = {seat.id: 0 for seat in session.scenario.seats}
        # Up to where in its log each seat has been shown what happened.
        self._staged = {seat.id: len(session.view(seat.id).log) for seat in session.scenario.seats}
        self._card, self._turn, self._phase = "", session.turn, ""
        self._is_over = False
        self._is_checked = False
        self._hand: tuple[View, str, Hand] | None = None
        self.last: Move | None = None  # the last that can be chosen, laid down but not yet handed in
        self._laid_out: tuple[object, dict[str, int]] = None, {}
        self._verdict: tuple[SetPiece, ...] = ()  # that of a game that is over, until it has been shown
        # How much of the log has been seen in set pieces.
        self._shown = len((session.view(self.seat) if len(session.humans) == 1 else public(session)).log)

    # What it stands on

    @property
    def perspective(self) -> Perspective:
        """The game as the seat sees it now."""
        return Perspective.of(self.session, self.seat)

    @property
    def hand(self) -> Hand:
        """All that the seat may do now, worked out once for a view."""
        view, language = self.session.view(self.seat), self.words.language
        if self._hand is None or self._hand[0] is not view or self._hand[1] != language:
            self._hand = view, language, hand_of(self.perspective, self.words)
        return self._hand[2]

    @property
    def grown(self) -> float:
        """How large text is, 1 at 100%."""
        return self.app.settings.text_size / 100

    @property
    def room(self) -> tuple[float, float]:
        """The width and height of the window, in units."""
        pen, (width, height) = self.app.pen, self.app.surface.get_size()
        return width / pen.scale, height / pen.scale

    @property
    def is_broad(self) -> bool:
        """Whether everything stands side by side; else it is on pages."""
        wide, high = self.room
        return wide / self.grown >= _BROAD[0] and high / self.grown >= _BROAD[1]

    @property
    def first(self) -> str:
        if self.session.to_act != self.seat:
            return "go_on" if self.course.is_held else "hold"
        if not self.is_broad and self.tab != "moves":
            return "to_moves"
        if self.last is not None:
            return "turn_over"
        cards = [one.control for one in self.scene.controls if isinstance(one.control, CardButton)]
        return next((one.name for one in cards if not one.why_not and not one.is_grave), "about.*")

    @property
    def is_mine(self) -> bool:
        """Whether it is for the seat that is shown to act."""
        return self.session.to_act == self.seat and not self.is_covered and not self.session.paused

    def skip_briefing(self) -> None:
        """Begins without the briefing."""
        self._briefed.update(self.session.humans)

    # How it goes on

    def opened(self) -> None:
        if not self._is_checked:
            self._is_checked = True
            if not self.session.commands and not self.session.watching:
                self.session.check_keeping()
            self._arrive()
        elif not self.is_covered:
            self._arrive()

    def closed(self) -> None:
        self.course.stop()
        self.session.close()

    def _moved(self) -> None:
        """The game has changed."""
        news = self.session.copy_news()
        if news:
            tell(self.app, self.words("table.copy"), f"{news}.")
        view = self.session.view(self.seat)
        card = view.card or ""
        if view.turn != self._turn:
            self._turn = view.turn
            self.app.sounds.play("tear")
        if (view.phase, card) != (self._phase, self._card):
            self.dossier, self._phase = None, view.phase
            self.attention.focused = ""  # a new decision begins with its first card, not where the last one was made
        if card != self._card:
            self._card = card
            if card:
                self.tab = "now"
                self.app.sounds.play("turn")
        self.log_turn, self.last = 0, None
        self.attention.offsets.pop("log", None)
        self.refresh()
        self._show_set_pieces()
        self._arrive()

    def _show_set_pieces(self) -> None:
        """Shows what fills the screen of what has happened since; several people at one keyboard see what all may."""
        session, seat = self.session, self.seat if len(self.session.humans) == 1 else ""
        log = len(public(session).log if not seat else session.view(seat).log)
        since, self._shown = min(self._shown, log), log
        if since < log and self.app.settings.staging != "off":
            seen = self.perspective if seat else Perspective(session.game.program, "", public(session))
            told = set_pieces_since(seen, self.words, since)
            self._verdict = tuple(one for one in told if one.layout == "verdict") or self._verdict
            show(self.app, session, [one for one in told if one.layout != "verdict"])

    def _arrive(self) -> None:
        """Sees to whoever must act now."""
        session = self.session
        if self.app.top is not self or self._stages():
            return
        if session.is_over:
            self._finish()
        elif session.to_act is not None and (session.to_act != self.seat or self.is_covered):
            self._hand_over(session.to_act)
        elif session.to_act is not None and self.seat not in self._briefed:
            self._briefed.add(self.seat)
            self.app.push(sheet.OpeningSheet(self.app, self.perspective))

    def _stages(self) -> bool:
        """Shows step by step what has happened since the seat was shown it last; True where there is something.

        It is told to whoever must act now, or once it is over; the game goes on meanwhile.
        """
        session, seat = self.session, self.seat
        if self.is_covered or session.watching or not (session.is_over or session.to_act == seat):
            return False
        end = len(session.view(seat).log)
        since = self._staged[seat] = min(self._staged[seat], end)
        if since == end:
            return False
        self._staged[seat] = end
        # A lesson points at things on the table itself.
        if self.app.settings.staging == "off" or self.app.layer is not None:
            return False
        stage = stage_of(self.app, session, seat, since, self._come_from_stage)
        if stage is None:
            return False
        self.app.push(stage)
        return True

    def _come_from_stage(self) -> None:
        """The meters have been seen to move: they do not move once more."""
        self.motion.forget("bar.")
        self.motion.forget("count.")

    def _finish(self) -> None:
        """Shows the verdict, and then all that there is to read about it."""
        verdict, self._verdict = self._verdict, ()
        if not self._is_over and not show(self.app, self.session, verdict):
            self._is_over = True
            self.app.sounds.play("stamp")
            self.show_ending()

    def show_ending(self) -> None:
        """Shows how it ended."""
        self.app.open("ending", session=self.session)

    def _hand_over(self, seat: str) -> None:
        self.is_covered = True
        self.refresh()

        def done() -> None:
            self.seat, self.is_covered, self.dossier, self.tab = seat, False, None, "now"
            self.refresh()
            self._arrive()

        self.app.open("hand-over", session=self.session, seat=seat, done=done)

    @property
    def music(self) -> str:
        stages, here = [stage.id for stage in self.session.scenario.stages], self.perspective.view.stage
        if is_negotiation(self.perspective):
            return "table"
        return "aftermath" if len(stages) > 1 and here == stages[-1] else "weeks"

    def wakes_in(self) -> float | None:
        return timer_of(self.session).wakes_in

    # Building it

    def build(self) -> Element:
        if self.is_covered:
            return self._covered()
        perspective = self.perspective
        return Pad(self._broad(perspective) if self.is_broad else self._paged(perspective), GAP, SMALL_GAP)

    def _covered(self) -> Element:
        """Nothing but whose turn it is: the keyboard is on its way to another seat."""
        names, seat = self.perspective.names, self.session.to_act or self.seat
        take = Button(
            "hand_over",
            self.words("table.hand_over_yes", seat=names.seat(seat)),
            lambda: self._hand_over(seat),
            letter="y",
            kind="main",
        )
        head = Text(self.words("table.hand_over", seat=names.seat(seat)), TITLE)
        return Pad(Column(Space(grow=1), head, Flow(take, menu(self)), Space(grow=1), gap=WIDE), WIDE * 4, WIDE)

    def _broad(self, perspective: Perspective) -> Element:
        grown = self.grown
        left = Sized(
            numbers(perspective, self.words, grown, self.explain_value, 1, self._dossiers(perspective)),
            width=_LEFT * grown,
            grow=0,
        )
        middle: list[Element] = [centre(self, perspective, _CARD * grown)]
        if self.shows_log:
            middle.append(Sized(log_panel(self, perspective), width=_RIGHT * grown, grow=0))
        wide = self.room[0] - 3 * GAP - _LEFT * grown
        right = Column(
            Row(*middle, gap=GAP, grow=1), foot(self, perspective), dossiers(self, perspective, wide), gap=TIGHT
        )
        right.grow = 1
        return Column(top(self, perspective), Row(left, right, gap=GAP, grow=1), gap=SMALL_GAP)

    def _paged(self, perspective: Perspective) -> Element:
        grown, (wide, _) = self.grown, self.room
        shown: Element
        if self.tab == "moves":
            shown = dossiers(self, perspective, wide - 2 * GAP, fills=True)
        elif self.tab == "standing":
            shown = numbers(perspective, self.words, grown, self.explain_value, 2, self._dossiers(perspective))
        elif self.tab == "log":
            shown = log_panel(self, perspective)
        else:
            shown = centre(self, perspective, (wide - 3 * GAP) * 0.5)
        shown.grow = 1
        pages = [("now", "map-trifold"), ("moves", "cards"), ("standing", "trend-up"), ("log", "scroll")]
        tabs = Tabs(
            "tab", [(name, self.words(f"table.tab_{name}"), icon) for name, icon in pages], self.tab, self.turn_to
        )
        return Column(short_top(self, perspective), tabs, shown, foot(self, perspective), gap=TIGHT)

    def _dossiers(self, perspective: Perspective) -> list[Element]:
        """The evidence on hidden truths, with what the player holds of them."""
        if self.session.watching or self.seat not in self.session.humans:
            return []
        stated, asked = stated_beliefs(self.session, self.seat), asked_of(self.session, self.seat)
        return [
            dossier_spot(
                one,
                Held(team_shares(stated, one.hidden), one.hidden in asked),
                self.words,
                self.grown,
                functools.partial(self._say_belief, one.hidden),
            )
            for one in dossiers_of(perspective, self.words)
        ]

    def _say_belief(self, hidden: str) -> None:
        self.app.open("belief", session=self.session, seat=self.seat, hidden=hidden)

    def in_place(self, cards: Sequence[Move]) -> list[Move]:
        """Cards in the order in which they lay when the decision came up, so that none moves as others are chosen."""
        view = self.perspective.view
        moment = view.turn, view.phase, view.card, self.seat
        if moment != self._laid_out[0]:
            self._laid_out = moment, {}
        places = self._laid_out[1]
        for one in cards:
            places.setdefault(one.key, len(places))
        return sorted(cards, key=lambda one: places[one.key])

    def turn_to(self, tab: str) -> None:
        """Shows another page."""
        self.tab = tab

    def page_log(self, step: int) -> None:
        """Shows the log of the turn before or after."""
        now = self.perspective.view.turn
        turn = max(1, min(now, (self.log_turn or now) + step))
        self.log_turn = 0 if turn == now else turn
        self.attention.offsets.pop("log", None)

    def toggle_log(self) -> None:
        """Shows or hides the log."""
        self.shows_log = not self.shows_log

    def open_dossier(self, page: int) -> None:
        """Lays out another page of the hand."""
        self.dossier = page
        self.app.sounds.play("card")

    # What it does

    def play(self, move: Move) -> None:
        """Makes a move; what nothing takes back is asked about first, and whatever else the player wants asked."""
        asked = asked_about(self.perspective, self.words, move)
        if asked is not None:
            self.app.push(AskedPiece(self.app, self.session, asked, move, lambda: self._play(move)))
        elif self.app.settings.asks and move.caution:
            self._ask_first(move)
        elif self._is_last(move) and move.key != (self.last.key if self.last is not None else ""):
            self.last = move
            self.app.sounds.play("card")
        else:
            self._play(move)

    def _is_last(self, move: Move) -> bool:
        """Whether the plans are turned over with a move, so that it waits for a second press; not under a clock."""
        return self.hand.is_face_down and move.ends_part and not move.is_pass and not timer_of(self.session).is_set

    def turn_over(self) -> None:
        """Hands in the last choice, with which the plans are turned over."""
        if self.last is not None:
            self._play(self.last)

    def undo(self) -> None:
        """Takes back what was laid down last."""
        if self.last is not None:
            self.last = None
            self.refresh()
        else:
            self.course.undo()

    def _ask_first(self, move: Move) -> None:
        said = self.words
        answers = [
            Answer("not_yet", said("moves.final_no"), "n", kind="main"),
            Answer("do", said("moves.final_yes"), "y", lambda: self._play(move)),
        ]
        title = said("moves.final_end") if move.is_pass else said("moves.final_title", move=move.label)
        self.app.push(Ask(self.app, title, move.caution, answers))

    def _play(self, move: Move) -> None:
        self.since[self.seat] = len(self.session.view(self.seat).log)
        self.app.sounds.play("press" if move.is_pass else "card")
        self.course.decide(self.seat, move.key)

    def ask_advice(self) -> None:
        """Asks the search player."""
        self.app.push(sheet.Advice(self.app, self.session, self.perspective))

    def brief(self) -> None:
        """Shows the briefing again."""
        self.app.push(sheet.Briefing(self.app, self.perspective))

    def explain_value(self, id: str) -> None:
        """Explains a meter, track or fact."""
        self.app.push(sheet.why_value(self.app, self.perspective, id))

    def explain_seat(self, id: str) -> None:
        """Explains a seat."""
        self.app.push(sheet.why_seat(self.app, self.perspective, id))

    def explain_card(self, id: str) -> None:
        """Explains a card."""
        self.app.push(sheet.why_card(self.app, self.perspective, id))

    def explain_entry(self, place: int) -> None:
        """Explains an entry of the log, by its place there."""
        self.app.push(sheet.why_entry(self.app, self.perspective, place))

    def explain_move(self, move: Move) -> None:
        """Explains a move."""
        self.app.push(sheet.why_move(self.app, self.perspective, move))

    def explain_calendar(self) -> None:
        """Explains the calendar."""
        self.app.push(sheet.calendar_sheet(self.app, self.perspective))

    def explain_stakes(self) -> None:
        """Explains what counts for the seat, and what history would say now."""
        self.app.push(sheet.stakes(self.app, self.perspective))

    def escape(self) -> None:
        if self.course.is_thinking:
            self.course.hold()
            return
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

    @property
    def moment(self) -> object:
        return len(self.session.commands), self.seat, self.is_covered, self.last is not None and self.last.key

    def key(self, press: Press) -> bool:
        if press.letter == "?" and "glossary" in entries():
            self.app.open("glossary", session=self.session)
            return True
        if press.letter == "f" and "facilitate" in entries():
            self.app.open("facilitate", session=self.session)
            return True
        is_page = press.key in (pygame.K_PAGEUP, pygame.K_PAGEDOWN) and press.is_plain
        if is_page and self.is_mine and self.perspective.view.card is None:
            self.open_dossier((self.dossier or 0) + (1 if press.key == pygame.K_PAGEDOWN else -1))
            return True
        return (press.letter == "w" and self._ask_why(self.attention.active)) or self._is_elsewhere(press.letter)

    def _is_elsewhere(self, letter: str) -> bool:
        """Does what a letter stands for where all is side by side, while that is on another page; True if it did."""
        if any(drawn.control.letter == letter for drawn in self.scene.controls):
            return False
        dossiers = self._dossiers(self.perspective) if letter == "k" else []
        if dossiers:
            self._say_belief(dossiers_of(self.perspective, self.words)[0].hidden)
        elif letter in ("l", "m") and not self.is_broad:
            self.turn_to("log" if letter == "l" else "moves")
        else:
            return False
        return True

    def _ask_why(self, name: str) -> bool:
        """Explains what the player looks at; True if there was something to be explained."""
        about = self.scene.named(name.replace("play.", "about."))
        if about is None or not isinstance(about.control, Spot):
            about = self.scene.named("why.card")
        return about is not None and about.control.press()


def _example_at(turn: int) -> Registered:
    """A game that has come so far, with the seat's default doctrine deciding for the player until then."""

    def example(app: App, given: Example) -> Screen:
        from tabletop.window.examples import acting_phase, begun, go_on

        session = begun(given)
        return _table(app, go_on(session, turn, acting_phase(session.scenario)))

    return Registered(open=Table, example=example)


def _example_of_question(app: App, given: Example) -> Screen:
    """The longest card of the scenario that asks the player something."""
    from tabletop.session import Facilitator, RulingRefused
    from tabletop.window.examples import begun

    session = begun(given)
    asking = [one for one in session.scenario.cards if any(c.seat == session.humans[0] for c in one.choices)]
    facilitator = Facilitator(session)
    while session.to_act and session.view(session.to_act).card is not None:
        session.decide(session.to_act, session.view(session.to_act).actions[0])
    for card in sorted(asking, key=lambda one: len(one.text) + len(one.title), reverse=True):
        with contextlib.suppress(RulingRefused):  # so many may wait, and no more
            facilitator.inject(card.id)
        if session.view(session.humans[0]).card == card.id:
            break
    return _table(app, session)


def _example_at_table(app: App, given: Example) -> Screen:
    """The leaders in the second round at the table, in a scenario that has one."""
    from tabletop.window.examples import begun

    seed, line = _way_to_table(given.scenario, given.seed)
    session = begun(attrs.evolve(given, seed=seed))
    for seat, action in line:
        session.decide(seat, action)
    return _table(app, session)


@functools.cache
def _way_to_table(scenario: str, seed: int) -> tuple[int, tuple[tuple[str, str], ...]]:
    """A seed, and the decisions that lead to a negotiation; to anywhere in a scenario without one."""
    from tabletop.presentation.negotiation import is_negotiation
    from tabletop.window.examples import begun, go_on

    for tried in range(seed, seed + 20):
        session = begun(Example(scenario, tried))
        for turn in range(4, 24):
            go_on(session, turn)
            seat = session.to_act or session.humans[0]
            perspective = Perspective.of(session, seat)
            if is_negotiation(perspective) and perspective.view.stage_turn == 2 and session.to_act:
                return tried, tuple(session.decisions)
    return seed, ()


def _table(app: App, session: Session) -> Table:
    table = Table(app, session)
    table.skip_briefing()
    return table


def _example_of_opening(app: App, given: Example) -> Screen:
    from tabletop.window.examples import begun, some_seats

    session = begun(given, *some_seats(given, 4))  # one that knows more than the others, where there are so many
    return sheet.OpeningSheet(app, Table(app, session).perspective)


def _example_of_briefing(app: App, given: Example) -> Screen:
    from tabletop.window.examples import begun

    return sheet.Briefing(app, Table(app, begun(given)).perspective)


ENTRIES = {
    "table": _example_at(5),
    "table-question": Registered(open=Table, example=_example_of_question),
    "table-negotiation": Registered(open=Table, example=_example_at_table),
    "opening": Registered(open=sheet.OpeningSheet, example=_example_of_opening, below="table"),
    "briefing": Registered(open=sheet.Briefing, example=_example_of_briefing, below="table"),
}
