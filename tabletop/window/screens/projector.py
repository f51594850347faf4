"""Projector: the board for everybody in the room, in very large type: what is public, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pygame

from tabletop.engine.log import Entry
from tabletop.engine.views import public_log
from tabletop.presentation import story
from tabletop.presentation.causes import Happening, happenings
from tabletop.presentation.names import Names, names_in
from tabletop.scenario.scope import track_ids
from tabletop.session.facilitator_view import public
from tabletop.session.public_screen import announcements, is_facilitated, reveal, told_truths
from tabletop.session.runner import Event
from tabletop.session.runner_events import Unreadable
from tabletop.window.app import App
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.clockface import clock_face, timer_of
from tabletop.window.examples import begun, go_on
from tabletop.window.frames import Align, Fitting, Pad, Panel, Sized
from tabletop.window.layout import Column, Element, Grid, Group, Row
from tabletop.window.map import REGION, crop, region_svg
from tabletop.window.palette import meter_colour
from tabletop.window.parts import Icon, Picture, SeatBadge, Space, Text, meter_icon
from tabletop.window.pen import Pen
from tabletop.window.registry import Entry as ScreenEntry
from tabletop.window.registry import Example
from tabletop.window.screen import Screen
from tabletop.window.telling import change_runs, signed
from tabletop.window.text import Run
from tabletop.window.theme import CARD, GAP, HAIR, SMALL_GAP, TIGHT, WIDE, Style, Theme

if TYPE_CHECKING:
    from tabletop.scenario.cards import Card
    from tabletop.scenario.turns import Stage
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


class Projector(Screen):
    """A session as everybody may see it. It takes no decisions; Escape leads back."""

    def __init__(self, app: App, session: Session) -> None:
        super().__init__(app)
        self.session = session
        self.trouble = ""
        self._latest_reveal = reveal(session)
        self._seen: tuple[object, ...] = ()
        self._follows = False

    # What is public

    def _is(self) -> tuple[object, ...]:
        session = self.session
        return session.course.at, session.course.branch, len(session.commands)

    @property
    def is_stale(self) -> bool:
        """Whether the session has gone on since it was drawn."""
        return self._is() != self._seen

    @property
    def log(self) -> tuple[Entry, ...]:
        """What everybody has learned."""
        return public_log(self.session.state)

    @property
    def names(self) -> Names:
        """What everything is called."""
        return names_in(self.session.game.program)

    @property
    def card(self) -> Card | None:
        """The card on the table, or else the one of this turn."""
        state = self.session.state
        dealt = [entry.card for entry in self.log if entry.kind == "card" and entry.turn == state.turn]
        id = public(self.session).card or (dealt[-1] if dealt else "")
        return self.names.cards.get(id)

    def _shown_note(self) -> str:
        """The last words of this turn that are for everybody to read."""
        said = announcements(self.session)
        return said[-1].text if said else ""

    # What stands on it

    def build(self) -> Element:
        self._seen = self._is()
        self._latest_reveal = reveal(self.session)
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
        if self._latest_reveal.held:
            note = self._shown_note()
            return Column(self._revealed(), self._note(note) if note else None, gap=GAP, grow=1)
        return self._verdict() if self.session.state.finished else self._week()

    def _revealed(self) -> Element:
        """What has come of everybody's decisions, thing by thing, in the largest type in which all of it fits."""
        things = happenings(self._latest_reveal.entries)
        ways: list[Element] = []
        for style, columns, most in ((_BODY, 1, 99), (_SMALL, 1, 99), (_SMALL, 2, 99), (_TINY, 2, 99), (_TINY, 2, 14)):
            rows = [Text(self._thing(one), style) for one in things[:most]]
            if len(things) > most:
                rows.append(Text(self.words("projector.more", count=len(things) - most), style, "soft"))
            grid = Grid(*rows, columns=columns, gap=TIGHT if columns == 1 else WIDE)
            ways.append(Column(Text(self.words("projector.revealed"), _NAME, "accent"), grid, gap=SMALL_GAP))
        return Panel(Fitting(*ways, grow=1), "panel", pad=WIDE, grow=1)

    def _thing(self, one: Happening) -> list[Run]:
        """A move or a rule, how chance fell, and what it moved."""
        entry, names = one.begins, self.names
        who = f"{names.seat(entry.seat)}: " if entry.kind == "action" else ""
        phase = names.phases.get(entry.phase)
        what = entry.text if entry.kind in ("ruling", "ending", "quiet", "stage") else entry.title
        if entry.kind == "turn":
            what = str(story.turn_labels(names, self.log).get(entry.turn, entry.text))
        what = what or (phase.title if phase is not None else "")
        runs = [Run(who, "bold"), Run(what, "text" if who else "bold")]
        runs += [Run(f" \u2013 {said.text}", "text") for said in one.said]
        moved = change_runs(names, one.changes)
        return [*runs, Run("   ", "text"), *moved] if moved else runs

    def _head(self) -> Element:
        session = self.session
        labels = story.turn_labels(self.names, self.log)
        label = labels.get(session.state.turn)
        stage = self.names.stages[session.state.stage]
        phase = self.names.phases.get(session.state.phase)
        when = f"{label} " if label else stage.title
        under = phase.title if phase is not None and not session.state.finished else stage.title
        face = clock_face(session, _FIGURE)
        pause = self._paused() if session.paused else None
        return Row(
            Column(Text(when, _NAME), Text(under, _SMALL, "accent"), gap=HAIR),
            Fitting(self._weeks(stage), Space(), grow=1),
            pause,
            face,
            gap=WIDE,
            align="middle",
        )

    def _weeks(self, stage: Stage) -> Element:
        """The turns of this part of the game as a row of dots, the present one large."""
        now, most = self.session.state.stage_turn, stage.turns

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
        rows = [Gauge(self.session, self.log, at) for at, _ in enumerate(self.session.scenario.meters)]
        grid = Grid(*rows, columns=columns, gap=TIGHT if columns == 1 else WIDE, fill=True, grow=1)
        return Panel(grid, "panel", pad=WIDE, pad_down=GAP, grow=0)

    def _week(self) -> Element:
        card = self.card
        parts: list[Element | None] = [self._card(card, 1) if card is not None else self._no_card()]
        note = self._shown_note()
        if note:
            parts.append(self._note(note))
        return Column(*parts, gap=GAP, grow=1)

    def _no_card(self) -> Element:
        stage = self.names.stages[self.session.state.stage]
        text = " ".join(stage.text.split())
        return Panel(
            Fitting(
                Column(Text(stage.title, _TITLE), Text(text, _BODY), gap=GAP),
                Column(Text(stage.title, _TITLE), gap=GAP),
                grow=1,
            ),
            "night",
            pad=WIDE + GAP,
            grow=1,
        )

    def _card(self, card: Card, grow: float) -> Element:
        head = " · ".join(part for part in (card.kind.replace("_", " "), card.date) if part)
        title = Column(Text(head.upper(), _MONO, "bad"), Text(card.title, _TITLE), gap=TIGHT)
        large, text, small = (Text(" ".join(card.text.split()), style) for style in (_LARGE, _BODY, _SMALL))
        question = self._question(card) or self._moved(card)
        choices = [
            Column(title, large, Space(grow=1), question, gap=GAP) if question is not None else None,
            Column(title, text, Space(grow=1), question, gap=GAP) if question is not None else None,
            Column(title, text, gap=GAP),
            Column(title, small, gap=SMALL_GAP),
            Column(Text(card.title, _STRONG), small, gap=SMALL_GAP),
        ]
        fitting = Fitting(*(one for one in choices if one is not None), grow=1)
        return Panel(fitting, "paper", pad=WIDE + GAP, radius=CARD, has_shadow=True, grow=grow)

    def _moved(self, card: Card) -> Element | None:
        """What the card has changed by itself this turn, as far as everybody knows."""
        state = self.session.state
        own = [entry for entry in self.log if entry.turn == state.turn and entry.card == card.id and not entry.seat]
        moved = change_runs(self.names, own)
        return Text(moved, _STRONG) if moved else Text("", _SMALL)

    def _question(self, card: Card) -> Element | None:
        """What the card asks of a seat, while it waits for the answer."""
        if self.session.state.card != card.id or not self.session.state.acting:
            return None
        seat = self.session.state.acting[0]
        open_now = {action.id for action in self.session.game.actions(self.session.state, seat)}
        for choice in card.choices:
            if choice.seat == seat and open_now & {option.id for option in choice.options}:
                rows: list[Element] = [
                    Row(Text(f"{number}", _NAME, "accent", wraps=False), Text(option.label, _SMALL, grow=1), gap=GAP)
                    for number, option in enumerate(choice.options, 1)
                ]
                asked = self.words("projector.asked", seat=self.names.seat(seat), question=choice.prompt)
                return Fitting(Column(Text(asked, _NAME), *rows, gap=TIGHT), Text(asked, _NAME))
        return None

    def _note(self, text: str) -> Element:
        words = text if len(text) < 400 else f"{text[:400].rsplit(' ', 1)[0]} …"
        big = Row(Icon("megaphone", _BODY), Text(words, _BODY, grow=1), gap=GAP)
        small = Row(Icon("megaphone", _SMALL), Text(words, _SMALL, grow=1), gap=GAP)
        return Panel(Fitting(big, small), "night", pad=WIDE)

    def _verdict(self) -> Element:
        session = self.session
        noun = next(one for one in session.scenario.endings if one.id == session.state.outcome)
        text = Text(" ".join(noun.text.split()), _BODY)
        tone = {"good": "good", "bad": "bad"}.get(noun.tone, "ink")
        head = Text(self.words("projector.verdict").upper(), _MONO, "bad")
        truths = [Text(words, _STRONG) for words in self._truths()]
        big = Column(head, Text(noun.title, _GRAND, tone), text, *truths, gap=GAP)
        small = Column(Text(noun.title, _TITLE, tone), text, *truths, gap=GAP)
        return Panel(Fitting(big, small, grow=1), "paper", pad=WIDE + GAP, radius=CARD, has_shadow=True, grow=1)

    def _truths(self) -> list[str]:
        """What was hidden, where a facilitator has told it."""
        session = self.session
        if not is_facilitated(session):
            return []
        told = told_truths(session)
        found = [one for one in session.scenario.hidden if one.id in told]
        return [f"{one.name}: {self.names.value(one.id, session.state.value(one.id))}" for one in found]

    def _strip(self) -> Element:
        """At the bottom: who decides now, and the last public thing that happened."""
        if self.trouble:
            return Text(self.trouble, _SMALL, "warn")
        session = self.session
        if session.state.finished:
            return self._scores()
        places = {seat.id: at for at, seat in enumerate(session.scenario.seats)}
        badges = [SeatBadge(seat, places[seat], 64) for seat in session.state.acting]
        acting = Row(
            Text(self.words("projector.deciding"), _SMALL, "soft", wraps=False), *badges, gap=SMALL_GAP, align="middle"
        )
        latest = Fitting(self._latest(2), self._latest(1, False), Space(), grow=1)
        return Row(acting, latest, Fitting(self._tracks(), Space()), gap=WIDE, align="middle")

    def _tracks(self) -> Element:
        """Preparation, each track as an icon and how far it has come; those by partner together."""
        state = self.session.state
        cells: list[Element] = []
        for at, track in enumerate(self.session.scenario.tracks):
            if track.known_to:
                continue
            done = sum(state.tracks[name] for name in track_ids(track))
            most = track.steps * max(1, len(track.by))
            figure = Text(f"{done}/{most}", _NAME, wraps=False)
            cells.append(Row(Icon(meter_icon(track.id, at), _NAME, "soft"), figure, gap=TIGHT, align="middle"))
        return Row(*cells, gap=WIDE)

    def _scores(self) -> Element:
        session = self.session
        cells = [
            Row(
                SeatBadge(seat.id, at, 64),
                Text(str(session.state.scores[seat.id]), _FIGURE, wraps=False),
                gap=SMALL_GAP,
                align="middle",
            )
            for at, seat in enumerate(session.scenario.seats)
        ]
        return Grid(*cells, columns=len(cells), gap=GAP)

    def _latest(self, most: int, is_one_line: bool = True) -> Element:
        deeds = [entry for entry in self.log if entry.kind in ("action", "roll", "ruling") and entry.title]
        rows: list[Element] = []
        for entry in deeds[-most:]:
            who = f"{self.names.seat(entry.seat)}: " if entry.kind == "action" else ""
            what = entry.text if entry.kind != "action" else entry.title
            followed = [
                one
                for one in self.log
                if one.kind == "change"
                and one.turn == entry.turn
                and one.seat == entry.seat
                and one.decision == entry.decision
                and entry.decision
            ]
            moved = change_runs(self.names, followed) if most == 1 else []
            runs = [Run(who, "bold"), Run(f"{what}   " if moved else what, "text"), *moved]
            rows.append(Text(runs, _SMALL, wraps=not is_one_line))
        return Column(*rows, gap=HAIR) if rows else Space()

    # Keeping up

    def draw(self, surface: pygame.Surface, pen: Pen) -> None:
        if self.is_stale:
            self.forget_layout()
        super().draw(surface, large(pen))

    def wakes_in(self) -> float | None:
        return timer_of(self.session).wakes_in

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
        view = crop(canvas.box, REGION)
        canvas.drawing(region_svg(view, canvas.theme.palette.map), canvas.box, is_opaque=True)

    def draw(self, surface: pygame.Surface, pen: Pen) -> None:
        super().draw(surface, large(pen))

    def escape(self) -> None:
        self.app.home()


def large(pen: Pen) -> Pen:
    """A pen for the projector: its type is large from the first; whoever wants it still larger gets it."""
    return Pen(Theme(pen.theme.palette, max(100, pen.theme.text_size // 2)), pen.scale)


class Gauge(Group):
    """A meter for the last row: icon, name and number over a wide bar, with what this turn has changed."""

    def __init__(self, session: Session, log: tuple[Entry, ...], at: int) -> None:
        meter = session.scenario.meters[at]
        state = session.state
        changed = sum(
            entry.amount
            for entry in log
            if entry.kind == "change" and entry.target == meter.id and entry.turn == state.turn
        )
        self._value, self._at, self._meter = state.meters[meter.id], at, meter
        self._change = Text(_marked(changed), _SMALL, "soft" if not changed else "ink", across=1.0, wraps=False)
        name = Text(meter.short or meter.name, _NAME, grow=1)
        figure = Text(str(self._value), _FIGURE, wraps=False)
        icon = Picture(self._draw_icon, 44, 44)
        row = Row(icon, name, Sized(self._change, least_width=96), figure, gap=SMALL_GAP, align="middle")
        self._row = row
        super().__init__(row)

    def _draw_icon(self, canvas: Canvas, box: Box) -> None:
        canvas.icon(meter_icon(self._meter.id, self._at), box, meter_colour(self._at, canvas.ground.is_light))

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
        low, high = self._meter.range
        bar = Box(self.box.x, self._row.box.bottom, self.box.width, self._BAR)
        canvas.rounded(bar, canvas.ground.edge, self._BAR / 2)
        share = (self._value - low) / max(1, high - low)
        shown = canvas.motion.value(f"gauge.{self._meter.id}", share, duration=0.25)
        colour = meter_colour(self._at, canvas.ground.is_light)
        canvas.rounded(Box(bar.x, bar.y, max(self._BAR, bar.width * shown), self._BAR), colour, self._BAR / 2)
        for threshold in self._meter.thresholds[1:]:
            x = bar.x + bar.width * (threshold.at - low) / max(1, high - low)
            canvas.fill(Box(x - 2, bar.y, 4, bar.height), canvas.ground.fill)


def _marked(amount: int) -> str:
    return f"{'▲' if amount > 0 else '▼'}{signed(amount)}" if amount else ""


def _example(app: App, example: Example) -> Screen:
    from tabletop.session import Facilitator

    session = begun(example)
    go_on(session, 6)
    facilitator = Facilitator(session)
    facilitator.set_clock(480)
    facilitator.note("Two minutes to talk, then every team writes its reason on paper.", shown=True)
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
