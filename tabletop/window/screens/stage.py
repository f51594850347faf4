"""Stage: what has just happened, shown step by step over the whole board, and then what the turn came to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

import attrs
import pygame

from tabletop.presentation.board import Gauge, gauges_of
from tabletop.presentation.known_values import when_it_ended
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.set_pieces import set_pieces_since
from tabletop.presentation.spans import signed
from tabletop.presentation.staging import StagedStep, StagedTurn, staged, worth_showing
from tabletop.presentation.stakes import gauge_groups, stakes_of
from tabletop.presentation.week_summary import WeekSummary
from tabletop.window.board.desk import headed_gauges
from tabletop.window.board.gauges import gauges
from tabletop.window.board.stage_map import LANDS, Flights, OnStage, StageMap, StagePlate
from tabletop.window.board.stage_scenes import StageScene, scenes_of, values_at, without_told
from tabletop.window.board.stage_steps import great_paper, meters_moved, slips, step_paper
from tabletop.window.board.stakes import stakes_summary
from tabletop.window.board.week_page import week_page
from tabletop.window.boxes import Box
from tabletop.window.clockface import clock_face, timer_of
from tabletop.window.controls import Button
from tabletop.window.frames import Align, Fitting, Layers, Pad, Panel, Scroll, Sized
from tabletop.window.keys import Press
from tabletop.window.layout import Column, Element, Flow, Row
from tabletop.window.parts import Picture, Space, Text, draw_badge
from tabletop.window.registry import Entry, Example
from tabletop.window.screen import Screen
from tabletop.window.screens import table_sheets as sheet
from tabletop.window.theme import GAP, HEADING, LABEL, SMALL, SMALL_GAP, STRONG, TIGHT, TITLE, WIDE

if TYPE_CHECKING:
    from tabletop.session import Session
    from tabletop.window.app import App
    from tabletop.window.canvas import Canvas

_LEFT, _PAPER = 400.0, 640.0
_BROAD = (1500.0, 840.0)
#: How much of its time a step has where the player wants to be quick, and how long a page then stays, in seconds.
_FAST, _FAST_PAGE = 0.45, 3.5
_ON = (pygame.K_RIGHT, pygame.K_PAGEDOWN)
#: Whoever goes from control to control is reading: nothing passes meanwhile.
_LOOKS_ABOUT = (pygame.K_TAB, pygame.K_UP, pygame.K_DOWN)
_BACK = (pygame.K_LEFT, pygame.K_PAGEUP, pygame.K_BACKSPACE)


class Stage(Screen):
    """What has happened since the player decided last. Steps pass by themselves; the page of a turn waits for a press
    unless the player wants to be quick. Nothing here changes the game, and the game goes on meanwhile."""

    is_passing: ClassVar[bool] = True

    def __init__(
        self,
        app: App,
        session: Session,
        perspective: Perspective,
        turns: Sequence[StagedTurn],
        done: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__(app)
        self.session, self._outlook, self._done = session, perspective, done
        self.scenes = scenes_of(turns)
        self.at = 0
        self.is_held = False
        self._has_landed = not self.motion.is_on
        self._since = app.now

    # Time

    @property
    def scene_now(self) -> StageScene:
        """The picture that is shown."""
        return self.scenes[self.at]

    @property
    def is_fast(self) -> bool:
        """Whether the player wants to be quick."""
        return self.app.settings.staging == "fast"

    @property
    def seconds(self) -> float | None:
        """How long the present picture stays; None where it waits for a press."""
        step = self.scene_now.step
        if self.is_held:
            return None
        if step is None:
            return _FAST_PAGE if self.is_fast else None
        return step.milliseconds / 1000 * (_FAST if self.is_fast else 1.0)

    @property
    def _lands_in(self) -> float:
        whole = self.seconds
        return LANDS if whole is None else min(LANDS, whole * 0.5)

    def wakes_in(self) -> float | None:
        waits = [timer_of(self.session).wakes_in]
        if self.app.top is self:
            gone = self.app.now - self._since
            waits += [self._lands_in - gone] if not self._has_landed else []
            waits += [self.seconds - gone] if self.seconds is not None else []
        known = [max(0.0, one) for one in waits if one is not None]
        return min(known) if known else None

    def woken(self) -> None:
        gone = self.app.now - self._since
        if self.app.top is not self:
            return
        if not self._has_landed and gone >= self._lands_in:
            self._has_landed = True
            self._sound()
            self.refresh()
        if self.seconds is not None and gone >= self.seconds:
            self.go(1)

    def _sound(self) -> None:
        step = self.scene_now.step
        if step is not None and step.is_great:
            self.app.sounds.play("stamp" if step.is_blow else "turn")

    def go(self, by: int) -> None:
        """Shows the next picture, or one before; behind the last one the stage is left."""
        there = self.at + by
        if there >= len(self.scenes):
            self.leave()
            return
        self.at = max(0, there)
        self._since, self._has_landed = self.app.now, by < 0 or not self.motion.is_on
        self.attention.offsets.clear()
        self.app.sounds.play("tear" if self.scene_now.step is None else "card")
        self.attention.focused = "next"
        self.refresh()

    def skip(self) -> None:
        """Goes on to the next page of a turn, or leaves."""
        rest = range(self.at + 1, len(self.scenes))
        page = next((at for at in rest if self.scenes[at].summary is not None), None)
        if page is None or self.is_fast:
            self.leave()
        else:
            self.go(page - self.at)

    def leave(self) -> None:
        """Back to the table."""
        self._done()
        self.app.close(self)
        self.app.rest()

    def hold(self) -> None:
        """Stays with this picture until told to go on."""
        self.is_held = not self.is_held
        self._since = self.app.now
        self.refresh()

    def opened(self) -> None:
        self._since = self.app.now

    # Keys

    @property
    def moment(self) -> object:
        return id(self), self.at

    @property
    def first(self) -> str:
        return "next"

    def escape(self) -> None:
        self.skip()

    def key(self, press: Press) -> bool:
        is_page = press.key in (pygame.K_PAGEUP, pygame.K_PAGEDOWN)
        if not press.is_plain or press.is_held or (is_page and (self.scene_now.step is None or self._views())):
            return False  # the page of a turn, and what does not fit, is read on
        if press.key in _BACK and self.at:
            self.go(-1)
            return True
        if press.key in _LOOKS_ABOUT:
            self.is_held = self.is_held or self.scene_now.step is not None
            self.refresh()
        if press.key in _ON or press.letter.isdecimal():
            self.go(1)
            return True
        return False

    def button_up(self, x: float, y: float) -> None:
        is_nothing = not self.attention.pressed and self.scene.at(x, y) is None
        super().button_up(x, y)
        if is_nothing and self.scene_now.step is not None:
            self.go(1)

    def explain(self, place: int) -> None:
        """Explains an entry of the log."""
        self.app.push(sheet.why_entry(self.app, self._outlook, place))

    def explain_value(self, id: str) -> None:
        """Explains a meter."""
        self.app.push(sheet.why_value(self.app, self._outlook, id))

    def explain_seat(self, id: str) -> None:
        """Explains a seat."""
        self.app.push(sheet.why_seat(self.app, self._outlook, id))

    # What it looks like

    @property
    def grown(self) -> float:
        """How large text is, 1 at 100%."""
        return self.app.settings.text_size / 100

    @property
    def is_broad(self) -> bool:
        """Whether the meters stand at the left, and the map beside the paper."""
        pen, (width, height) = self.app.pen, self.app.surface.get_size()
        return width / pen.scale / self.grown >= _BROAD[0] and height / pen.scale / self.grown >= _BROAD[1]

    def build(self) -> Element:
        shown = self.scene_now
        board = self._summary_page(shown.summary) if shown.summary is not None else self._step(shown)
        board.grow = 1
        right = Column(board, self._bar(), gap=SMALL_GAP)
        right.grow = 1
        if not self.is_broad:
            return Pad(Column(self._head(), right, gap=TIGHT), GAP, SMALL_GAP)
        left = Sized(self._numbers(), width=_LEFT * self.grown, grow=0)
        whole: Element = Column(self._head(), Row(left, right, gap=GAP, grow=1), gap=SMALL_GAP)
        return Pad(whole, GAP, SMALL_GAP)

    def _head(self) -> Element:
        turn, step = self.scene_now.turn, self.scene_now.step
        title = self._title_of(step) if step is not None else self.scene_now.title
        over = " · ".join(part for part in (turn.label, turn.stage) if part)
        named = Column(
            Text(over, STRONG if self.is_broad else SMALL, "soft"),
            Text(title, TITLE if self.is_broad else HEADING) if title else None,
            gap=0,
        )
        named.grow = 1
        return Row(named, clock_face(self.session, STRONG), gap=WIDE, align="middle")

    def _title_of(self, step: StagedStep) -> str:
        phases = self._outlook.names.phases
        if step.kind == "seat" and step.phase in phases and phases[step.phase].is_face_down:
            return self.words("staging.turned_over")
        return step.phase_title or step.title

    def _numbers(self) -> Element:
        """The meters as they stood at this step, with what the turn has moved so far."""
        groups = gauge_groups(self.words, self._gauges())
        places = [meter.id for meter in self._outlook.scenario.meters]
        shown = headed_gauges(
            groups, gauges([g for one in groups for g in one.gauges], self.grown, self.explain_value, places)
        )
        head = Text(self.words("staging.where_we_stand"), LABEL, "soft")
        column = [Column(Pad(head, TIGHT, 0), *shown, gap=gap) for gap in (WIDE, GAP, TIGHT, 0)]
        return Panel(Fitting(*column, Scroll("numbers", column[-1]), grow=1), "panel", pad=SMALL_GAP)

    def _gauges(self) -> list[Gauge]:
        start, now = (
            values_at(self.scenes, 0, has_landed=False),
            values_at(self.scenes, self.at, has_landed=self._has_landed),
        )
        found, then = [], when_it_ended(self._outlook.view, self.scene_now.turn.turn)
        for one in gauges_of(self._outlook, self.words):
            value = now.get(one.id, then.get(one.id, one.value))
            change = value - start.get(one.id, value)
            level = next((level.name for level in reversed(one.levels) if level.at <= value), one.level)
            sign = self._outlook.names.good(one.id, change, self._outlook.seat)
            text = signed(change) if change else ""
            found.append(attrs.evolve(one, value=value, change=change, change_text=text, sign=sign, level=level))
        return found

    def _step(self, shown: StageScene) -> Element:
        step, seats = shown.step, [seat.id for seat in self._outlook.scenario.seats]
        assert step is not None
        key = f"{shown.turn.turn}.{shown.at}.{step.kind}"
        if step.kind in ("stage", "ending"):
            board = StageMap(self._plates(shown), self.look.scenery, key=key)
            over = Align(Sized(great_paper(self.words, step, key), most_width=1100.0), 0.5, 0.5)
            return Layers(board, Pad(over, WIDE, GAP)) if self.is_broad else over
        place = seats.index(step.seat) if step.seat else 0
        paper = step_paper(self.words, step, place, self.explain, key, self.grown)
        if not self.is_broad:
            return Sized(paper, least_height=100.0)
        wide = _PAPER * self.grown
        towards = tuple(dict.fromkeys(seat for deed in step.deeds for seat in deed.towards))
        board = StageMap(
            self._plates(shown),
            self.look.scenery,
            now=step.seat,
            towards=towards,
            covered=wide + 2 * GAP,
            key=key,
        )
        flights = Flights(board, step.seat, meters_moved([step]), key)
        before = shown.turn.steps[: shown.at]
        pile = slips(before, [seats.index(one.seat) if one.seat else 0 for one in before], self.grown)
        beside = [Column(paper, *pile[:most], gap=TIGHT) for most in range(len(pile), 0, -1)]
        told = Fitting(*beside, paper)
        return Layers(board, Pad(Align(Sized(told, width=wide), 1.0, 0.0), GAP, GAP), flights)

    def _plates(self, shown: StageScene) -> dict[str, StagePlate]:
        plates = {}
        for place, seat in enumerate(self._outlook.scenario.seats):
            own = [(at, step) for at, step in enumerate(shown.turn.steps) if step.seat == seat.id]
            every = [deed.title for _, step in own for deed in step.deeds]
            so_far = [deed.title for at, step in own if at <= shown.at for deed in step.deeds]
            on_stage = OnStage(
                seat=seat.id,
                place=place,
                name=seat.name,
                deeds=tuple(so_far),
                all_deeds=tuple(every),
                is_now=shown.step is not None and shown.step.seat == seat.id,
            )
            plates[seat.id] = StagePlate(on_stage, self.grown, lambda id=seat.id: self.explain_seat(id))  # type: ignore[misc]
        return plates

    def _summary_page(self, summary: WeekSummary) -> Element:
        scenario = self._outlook.scenario
        places = {seat.id: at for at, seat in enumerate(scenario.seats)}
        places |= {meter.id: at for at, meter in enumerate(scenario.meters)}
        at_stake = stakes_summary(self.words, stakes_of(self._outlook, self.words, summary.turn))
        return week_page(self.words, summary, places, self.explain_value, self.grown, at_stake, is_broad=self.is_broad)

    def _bar(self) -> Element:
        said = self.words
        summary = self.scene_now.summary
        is_last = self.at == len(self.scenes) - 1
        name = summary.next_name if summary is not None else ""
        onward = said("staging.begin", turn=name.lower()) if name else said("staging.onward")
        if is_last and not name:
            onward = said("staging.to_table")
        hold = Button(
            "hold",
            said("staging.go_on" if self.is_held else "staging.hold"),
            self.hold,
            icon="play" if self.is_held else "pause",
            letter="h",
            kind="quiet",
        )
        ways = [
            hold if self.scene_now.step is not None else None,
            Button("skip", said("staging.skip"), self.skip, icon="fast-forward", key="Esc", kind="quiet")
            if not is_last
            else None,
            Button("next", onward, lambda: self.go(1), icon="caret-right", key="↵", kind="main"),
        ]
        buttons = Row(*ways, gap=SMALL_GAP, align="middle")
        dots = Picture(self._draw_dots, 40.0 * len(self.scenes), 44.0)
        return Fitting(Row(dots, Space(grow=1), buttons, gap=GAP, align="middle"), Flow(*[one for one in ways if one]))

    def _draw_dots(self, canvas: Canvas, box: Box) -> None:
        """One mark for each picture: a badge for a seat, a bar for a page; the present one larger."""
        seats = [seat.id for seat in self._outlook.scenario.seats]
        x, y = box.x + 22, box.centre[1]
        for at, scene in enumerate(self.scenes):
            is_now = at == self.at
            size = canvas.motion.value(f"dot.{at}", 40.0 if is_now else 24.0)
            role = "accent" if is_now else "soft" if at < self.at else "edge"
            if is_now:
                canvas.disc(x, y, size / 2 + 3, canvas.ground.accent)
            if scene.step is not None and scene.step.seat and at <= self.at:
                draw_badge(canvas, scene.step.seat, seats.index(scene.step.seat), x, y, size)
            elif is_now:
                mark = "newspaper" if scene.step is None else "calendar-blank"
                canvas.disc(x, y, size / 2, canvas.ground.fill)
                canvas.icon(mark, Box(x - 13, y - 13, 26, 26), canvas.ground.accent)
            else:
                canvas.disc(x, y, 9.0 if scene.step is None else 6.0, canvas.ground.role(role))
            x += 40


def stage_of(
    app: App, session: Session, seat: str, since: int, done: Callable[[], object] = lambda: None
) -> Stage | None:
    """The stage for what a seat has learned since a place in its log; None where there is nothing to be shown."""
    perspective = Perspective.of(session, seat)
    turns = worth_showing(staged(perspective, app.words, since), perspective)
    filled = frozenset(piece.place for piece in set_pieces_since(perspective, app.words, since))
    turns = tuple(one for turn in turns if (one := without_told(turn, filled)).steps or one.summary is not None)
    return Stage(app, session, perspective, turns, done) if turns else None


def _example(place: int) -> Entry:
    def example(app: App, given: Example) -> Screen:
        return _example_stage(app, given, place)

    return Entry(open=Stage, example=example)


def _example_stage(app: App, given: Example, place: int) -> Stage:
    """The fullest of the first turns, at a step or its page."""
    from tabletop.window.examples import acting_phase, begun, go_on

    session = begun(given)
    go_on(session, 4, acting_phase(session.scenario))
    seat = session.humans[0]
    since = len(session.view(seat).log)
    go_on(session, 5)
    stage = stage_of(app, session, seat, since)
    assert stage is not None
    stage.is_held = True
    stage.at = len(stage.scenes) - 1 if place < 0 else min(place, len(stage.scenes) - 1)
    return stage


ENTRIES = {"stage": _example(0), "stage-other": _example(3), "stage-week": _example(-1)}
