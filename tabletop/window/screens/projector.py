"""Projector: the board for everybody in the room, in very large type: what is public, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pygame

from tabletop.presentation.clock_reading import clock_reading
from tabletop.presentation.ending import EndFacts, Ending
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.public_board import PublicBoard, PublicCard, PublicMeter, RoomFacts, public_board
from tabletop.presentation.revealed import RevealedThing
from tabletop.presentation.set_pieces import SetPiece, latest_set_piece
from tabletop.presentation.spans import signed
from tabletop.presentation.words import Words
from tabletop.session.facilitator_view import public
from tabletop.session.meter_courses import meter_courses
from tabletop.session.public_screen import announcements, decided_seats, ending_view, reveal
from tabletop.session.runner import Event
from tabletop.session.runner_events import Unreadable
from tabletop.session.seeds import is_open
from tabletop.window.app import App
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.change_runs import runs_of
from tabletop.window.clockface import clock_face, timer_of
from tabletop.window.examples import begun, go_on
from tabletop.window.frames import Align, Fitting, Pad, Panel, Sized
from tabletop.window.layout import Column, Element, Grid, Group, Row
from tabletop.window.parts import Icon, Picture, SeatBadge, Space, Text, meter_icon
from tabletop.window.pen import Pen
from tabletop.window.registry import Entry as ScreenEntry
from tabletop.window.registry import Example
from tabletop.window.screen import Screen
from tabletop.window.screens.set_piece import WallPiece
from tabletop.window.text import Run
from tabletop.window.theme import CARD, GAP, HAIR, SMALL_GAP, TIGHT, WIDE, Style, Theme

if TYPE_CHECKING:
    from tabletop.session import Session

# At a text size of 100% these are what other screens have at 200% and more.
_SMALL = Style("text", 38, 1.25)
_TINY = Style("text", 30, 1.25)
_BODY = Style("text", 46, 1.3)
_STRONG = Style("bold", 46, 1.25)
_LARGE = Style("text", 60, 1.28)
_NAME = Style("bold", 42, 1.25)
_FIGURE = Style("bold", 60, 1.02)
_TITLE = Style("serif", 84, 1.08)
_GRAND = Style("serif", 120, 1.04)
_MONO = Style("mono", 36, 1.3)


#: How long a set piece stays on the wall, in seconds.
_PIECE_STAYS = 12.0


class Projector(Screen):
    """A session as everybody may see it. It takes no decisions; Escape leads back."""

    def __init__(self, app: App, session: Session) -> None:
        super().__init__(app)
        self.session = session
        self.trouble = ""
        self.board = board_of(session, app.words)
        self._seen: tuple[object, ...] = ()
        self._follows = False
        self._piece: WallPiece | None = None
        self._piece_key, self._piece_until = self._latest_piece()[1], 0.0

    # What is public

    def _is(self) -> tuple[object, ...]:
        session = self.session
        return session.course.at, session.course.branch, len(session.commands)

    @property
    def is_stale(self) -> bool:
        """Whether the session has gone on since it was drawn."""
        return self._is() != self._seen

    # What stands on it

    def build(self) -> Element:
        self._seen = self._is()
        self.board = board_of(self.session, self.words)
        body = self._body()
        wide = Row(Sized(self._meters(1), least_width=540), body, gap=WIDE, grow=1)
        return Pad(
            Column(self._head(), Fitting(wide, self._tall(), grow=1), self._strip(), gap=GAP),
            WIDE + TIGHT,
            WIDE,
        )

    def _tall(self) -> Element:
        return Column(self._body(), self._meters(2), gap=GAP, grow=1)

    def _body(self) -> Element:
        board = self.board
        if board.is_held:
            return Column(self._revealed(), *self._notes(), gap=GAP, grow=1)
        return self._week() if board.ending is None else self._verdict(board.ending)

    def _revealed(self) -> Element:
        """What has come of everybody's decisions, thing by thing, in the largest type in which all of it fits."""
        things = self.board.reveal.things
        ways: list[Element] = []
        for style, columns, most in ((_BODY, 1, 99), (_SMALL, 1, 99), (_SMALL, 2, 99), (_TINY, 2, 99), (_TINY, 2, 14)):
            rows = [Text(_thing(one), style) for one in things[:most]]
            if len(things) > most:
                rows.append(Text(self.words("projector.more", count=len(things) - most), style, "soft"))
            grid = Grid(*rows, columns=columns, gap=TIGHT if columns == 1 else WIDE)
            ways.append(Column(Text(self.words("projector.revealed"), _NAME, "accent"), grid, gap=SMALL_GAP))
        return Panel(Fitting(*ways, grow=1), "panel", pad=WIDE, grow=1)

    def _head(self) -> Element:
        board = self.board
        face = clock_face(self.session, _FIGURE)
        pause = self._paused() if board.is_paused else None
        return Row(
            Column(Text(board.label, _NAME), Text(board.phase, _SMALL, "accent"), gap=HAIR),
            Fitting(self._weeks(board.turn, board.turns), Space(), grow=1),
            pause,
            face,
            gap=WIDE,
            align="middle",
        )

    def _weeks(self, now: int, most: int) -> Element:
        """The turns of this part of the game as a row of dots, the present one large."""

        def paint(canvas: Canvas, box: Box) -> None:
            y = box.centre[1]
            step = box.width / max(1, most)
            first, last = box.x + step / 2, box.right - step / 2
            here = first + step * (now - 1)
            canvas.fill(Box(first, y - 2, last - first, 4), canvas.ground.edge)
            canvas.fill(Box(first, y - 2, here - first, 4), canvas.ground.accent)
            for number in range(1, most + 1):
                x = first + step * (number - 1)
                if number == now:
                    canvas.disc(x, y, 22, canvas.ground.accent)
                else:
                    canvas.disc(x, y, 10, canvas.ground.accent if number < now else canvas.ground.edge)

        return Picture(paint, 40.0 * most, 48, grow=1)

    def _paused(self) -> Element:
        words = Text(self.words("projector.paused"), _STRONG, wraps=False)
        return Panel(Row(Icon("pause", _STRONG), words, gap=TIGHT, align="middle"), "accent", pad=GAP, pad_down=TIGHT)

    def _meters(self, columns: int) -> Element:
        rows = [Gauge(meter, at) for at, meter in enumerate(self.board.meters)]
        grid = Grid(*rows, columns=columns, gap=TIGHT if columns == 1 else WIDE, fill=True, grow=1)
        return Panel(grid, "panel", pad=WIDE, pad_down=GAP, grow=0)

    def _week(self) -> Element:
        card = self.board.card
        return Column(self._card(card) if card is not None else self._no_card(), *self._notes(), gap=GAP, grow=1)

    def _notes(self) -> list[Element]:
        """The last words of this turn that are for everybody to read."""
        return [self._note(words) for words in self.board.announcements[-1:]]

    def _no_card(self) -> Element:
        board = self.board
        return Panel(
            Fitting(
                Column(Text(board.stage, _TITLE), Text(board.stage_text, _BODY), gap=GAP),
                Column(Text(board.stage, _TITLE), gap=GAP),
                grow=1,
            ),
            "night",
            pad=WIDE + GAP,
            grow=1,
        )

    def _card(self, card: PublicCard) -> Element:
        head = " · ".join(part for part in (card.kind, card.date) if part)
        title = Column(Text(head.upper(), _MONO, "bad"), Text(card.title, _TITLE), gap=TIGHT)
        large, text, small = (Text(card.text, style) for style in (_LARGE, _BODY, _SMALL))
        question = self._question(card) if card.waits else Text(runs_of(card.changes), _STRONG)
        choices = [
            Column(title, large, Space(grow=1), question, gap=GAP) if question is not None else None,
            Column(title, text, Space(grow=1), question, gap=GAP) if question is not None else None,
            Column(title, text, gap=GAP),
            Column(title, small, gap=SMALL_GAP),
            Column(Text(card.title, _STRONG), small, gap=SMALL_GAP),
        ]
        fitting = Fitting(*(one for one in choices if one is not None), grow=1)
        return Panel(fitting, "paper", pad=WIDE + GAP, radius=CARD, has_shadow=True, grow=1)

    def _question(self, card: PublicCard) -> Element | None:
        """What the card asks of seats, while it waits for an answer: with its answers, or where there is no room for
        them without."""
        whole: list[Element] = []
        brief: list[Element] = []
        for one in card.questions:
            asked = self.words("projector.asked", seat=one.who, question=one.prompt)
            whole.append(Text(asked, _NAME))
            brief.append(Text(asked, _NAME))
            whole += [
                Row(Text(f"{number}", _NAME, "accent", wraps=False), Text(option, _SMALL, grow=1), gap=GAP)
                for number, option in enumerate(one.options, 1)
            ]
        return Fitting(Column(*whole, gap=TIGHT), Column(*brief, gap=TIGHT)) if whole else None

    def _note(self, text: str) -> Element:
        words = text if len(text) < 400 else f"{text[:400].rsplit(' ', 1)[0]} …"
        big = Row(Icon("megaphone", _BODY), Text(words, _BODY, grow=1), gap=GAP)
        small = Row(Icon("megaphone", _SMALL), Text(words, _SMALL, grow=1), gap=GAP)
        return Panel(Fitting(big, small), "night", pad=WIDE)

    def _verdict(self, ending: Ending) -> Element:
        text = Text(ending.text, _BODY)
        tone = {"good": "good", "bad": "bad"}.get(ending.tone, "ink")
        head = Text(self.words("projector.verdict").upper(), _MONO, "bad")
        truths = [Text(f"{one.name}: {one.value}", _STRONG) for one in ending.truths]
        turned = [Text(ending.turned_on, _SMALL, "soft")] if ending.turned_on else []
        ways = [
            Column(head, Text(ending.title, _GRAND, tone), text, *truths, *turned, gap=GAP),
            Column(head, Text(ending.title, _GRAND, tone), text, *truths, gap=GAP),
            Column(Text(ending.title, _TITLE, tone), text, *truths, gap=GAP),
        ]
        return Panel(Fitting(*ways, grow=1), "paper", pad=WIDE + GAP, radius=CARD, has_shadow=True, grow=1)

    def _strip(self) -> Element:
        """At the bottom: who decides now, and the last public thing that happened."""
        if self.trouble:
            return Text(self.trouble, _SMALL, "warn")
        board = self.board
        if board.ending is not None:
            return self._scores(board.ending)
        places = {seat.id: at for at, seat in enumerate(self.session.scenario.seats)}
        badges = [SeatBadge(one.seat, places[one.seat], 64) for one in board.seats if not one.has_decided]
        acting = Row(
            Text(self.words("projector.deciding"), _SMALL, "soft", wraps=False), *badges, gap=SMALL_GAP, align="middle"
        )
        latest = Fitting(self._latest(2), self._latest(1, False), Space(), grow=1)
        return Row(acting, latest, Fitting(self._tracks(), Space()), gap=WIDE, align="middle")

    def _tracks(self) -> Element:
        """Preparation, each track as an icon and how far it has come; those by partner together."""
        cells: list[Element] = []
        for at, track in enumerate(self.session.scenario.tracks):
            one = next((one for one in self.board.tracks if one.id == track.id), None)
            if one is None:
                continue
            figure = Text(f"{one.done}/{one.most}", _NAME, wraps=False)
            cells.append(Row(Icon(meter_icon(one.id, at), _NAME, "soft"), figure, gap=TIGHT, align="middle"))
        return Row(*cells, gap=WIDE)

    def _scores(self, ending: Ending) -> Element:
        cells = [
            Row(
                SeatBadge(one.seat, at, 64),
                Text(str(one.points), _FIGURE, wraps=False),
                gap=SMALL_GAP,
                align="middle",
            )
            for at, one in enumerate(ending.scores)
        ]
        return Grid(*cells, columns=len(cells), gap=GAP)

    def _latest(self, most: int, is_one_line: bool = True) -> Element:
        """The last things that were done or ruled; the changes of one alone have room beside it."""
        deeds = [one for one in self.board.latest.things if one.kind in ("action", "ruling")]
        rows = [Text(_thing(one, has_changes=most == 1), _SMALL, wraps=not is_one_line) for one in deeds[-most:]]
        return Column(*rows, gap=HAIR) if rows else Space()

    # Keeping up

    def draw(self, surface: pygame.Surface, pen: Pen) -> None:
        if self.is_stale:
            self.forget_layout()
            self._look_for_piece()
        if self._piece is not None and self.app.now < self._piece_until:
            self._seen = self._is()
            self._piece.draw(surface, large(pen))
            self.scene.clear()
            return
        self._piece = None
        super().draw(surface, large(pen))

    def _latest_piece(self) -> tuple[SetPiece | None, str]:
        perspective = Perspective(self.session.game.program, "", public(self.session), humans=self.session.humans)
        piece = latest_set_piece(perspective, self.app.words)
        return piece, piece.key if piece is not None else ""

    def _look_for_piece(self) -> None:
        """Has what fills the screen do so for a while, when it is new."""
        piece, key = self._latest_piece()
        if piece is not None and key != self._piece_key and self.app.settings.staging != "off":
            self._piece = WallPiece(self.app, self.session, piece)
            self._piece.motion = self.motion
            self._piece_until = self.app.now + _PIECE_STAYS
        self._piece_key = key or self._piece_key

    def wakes_in(self) -> float | None:
        waits = [timer_of(self.session).wakes_in]
        waits += [max(0.0, self._piece_until - self.app.now)] if self._piece is not None else []
        return min((one for one in waits if one is not None), default=None)

    def opened(self) -> None:
        if not self._follows:
            self._follows = True
            self.app.games.follow(self.session, self._told)

    def closed(self) -> None:
        self.app.games.leave(self.session, self._told)

    def _told(self, events: Sequence[Event]) -> None:
        """Something has happened in the game, or has become unreadable."""
        for event in events:
            if isinstance(event, Unreadable):
                self.trouble = event.reason
        self.app.redraw()

    def escape(self) -> None:
        self.app.home()


def board_of(session: Session, words: Words) -> PublicBoard:
    """What everybody in the room may see of a session now."""
    view, latest, end = public(session), reveal(session), None
    if view.finished:
        seed = session.seed if is_open(session.seed) else None
        end = EndFacts(courses=meter_courses(session), hindsight=session.hindsight, open_seed=seed)
        view = ending_view(session)
    clock = timer_of(session).clock
    room = RoomFacts(
        revealed=latest.entries,
        is_held=latest.held,
        decided=decided_seats(session),
        announcements=[note.text for note in announcements(session)],
        is_paused=session.paused,
        clock=clock_reading(words, clock.left, clock.running),
        end=end,
    )
    return public_board(Perspective(session.game.program, "", view, humans=session.humans), words, room)


def _thing(one: RevealedThing, has_changes: bool = True) -> list[Run]:
    """A move or a rule, how chance fell, and what it moved."""
    runs = [Run(f"{one.who}: ", "bold"), Run(one.what, "text")] if one.who else [Run(one.what, "bold")]
    runs += [Run(f" \u2013 {said}", "text") for said in one.said]
    return [*runs, Run("   ", "text"), *runs_of(one.changes)] if one.changes and has_changes else runs


class Waiting(Screen):
    """What the projector shows while nothing is on the table: the map, and that it is about to begin."""

    def build(self) -> Element:
        words = Column(
            Text(self.words("projector.waiting"), _TITLE, across=0.5),
            Text(self.words("projector.waiting_note"), _BODY, "soft", across=0.5),
            gap=GAP,
        )
        return Pad(Align(Panel(words, "panel", pad=WIDE * 2, has_shadow=True)), WIDE)

    def backdrop(self, canvas: Canvas) -> None:
        behind = canvas.look.scenery.in_box(canvas.box, "wide")
        canvas.drawing(behind.svg(canvas.theme.palette.map), canvas.box, is_opaque=True)

    def draw(self, surface: pygame.Surface, pen: Pen) -> None:
        super().draw(surface, large(pen))

    def escape(self) -> None:
        self.app.home()


def large(pen: Pen) -> Pen:
    """A pen for the projector: its type is large from the first; whoever wants it still larger gets it."""
    return Pen(Theme(pen.theme.palette, max(100, pen.theme.text_size // 2)), pen.scale)


class Gauge(Group):
    """A meter for the last row: icon, name and number over a wide bar, with what this turn has changed."""

    def __init__(self, meter: PublicMeter, at: int) -> None:
        changed = meter.change.amount
        self._value, self._at, self._meter = meter.value, at, meter
        self._change = Text(_marked(changed), _SMALL, "soft" if not changed else "ink", across=1.0, wraps=False)
        name = Text(meter.short, _NAME, grow=1)
        figure = Text(str(self._value), _FIGURE, wraps=False)
        icon = Picture(self._draw_icon, 44, 44)
        row = Row(icon, name, Sized(self._change, least_width=96), figure, gap=SMALL_GAP, align="middle")
        self._row = row
        super().__init__(row)

    def _draw_icon(self, canvas: Canvas, box: Box) -> None:
        canvas.icon(
            meter_icon(self._meter.id, self._at), box, canvas.look.meter_colour(self._meter.id, self._at, canvas.ground)
        )

    _BAR = 16.0

    def widths(self, pen: Pen) -> tuple[float, float]:
        return self._row.widths(pen)

    def height(self, pen: Pen, width: float) -> float:
        return self._row.height(pen, width) + self._BAR

    def place(self, pen: Pen, box: Box) -> None:
        self.box = box
        high = self._row.height(pen, box.width)
        spare = max(0.0, box.height - high - self._BAR)
        self._row.place(pen, Box(box.x, box.y + spare / 2, box.width, high))

    def draw(self, canvas: Canvas) -> None:
        super().draw(canvas)
        low, high = self._meter.low, self._meter.high
        bar = Box(self.box.x, self._row.box.bottom, self.box.width, self._BAR)
        canvas.rounded(bar, canvas.ground.edge, self._BAR / 2)
        share = (self._value - low) / max(1, high - low)
        shown = canvas.motion.value(f"gauge.{self._meter.id}", share, duration=0.25)
        colour = canvas.look.meter_colour(self._meter.id, self._at, canvas.ground)
        canvas.rounded(Box(bar.x, bar.y, max(self._BAR, bar.width * shown), self._BAR), colour, self._BAR / 2)
        for threshold in self._meter.thresholds[1:]:
            x = bar.x + bar.width * (threshold - low) / max(1, high - low)
            canvas.fill(Box(x - 2, bar.y, 4, bar.height), canvas.ground.fill)


def _marked(amount: int) -> str:
    return f"{'▲' if amount > 0 else '▼'}{signed(amount)}" if amount else ""


def _example(app: App, example: Example) -> Screen:
    from tabletop.session import Facilitator

    session = begun(example)
    go_on(session, 6)
    facilitator = Facilitator(session)
    facilitator.set_clock(480)
    facilitator.note(app.words("examples.announcement"), shown=True)
    facilitator.pause()
    timer_of(session).clock.stop()
    return Projector(app, session)


def _example_at_the_end(app: App, example: Example) -> Screen:
    return Projector(app, go_on(begun(example)))


ENTRIES = {
    "projector": ScreenEntry(open=Projector, example=_example),
    "projector-waiting": ScreenEntry(open=Waiting, example=lambda app, example: Waiting(app)),
    "projector-end": ScreenEntry(open=Projector, example=_example_at_the_end),
}
