"""Room: pausing, the clock, the phases, and what players may take back."""

from __future__ import annotations

import functools

from tabletop.presentation.clock_reading import minutes
from tabletop.session.passwords import new_word
from tabletop.session.public_screen import reveal, told_truths
from tabletop.session.undo_policy import ALLOWED, allowed
from tabletop.window.clockface import ClockFace
from tabletop.window.controls import Button
from tabletop.window.drawer.desk import Desk, Page
from tabletop.window.fields import Choice, Slider, Toggle
from tabletop.window.layout import Column, Element, Flow, Row
from tabletop.window.parts import Space, Text, seat_icon
from tabletop.window.theme import BODY, GAP, NUMBER, SMALL_GAP

_WARNINGS = {"most": (120, 30), "usual": (60, 10), "none": ()}


class Room(Page):
    name, icon = "room", "hourglass-medium"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._minutes = 8
        self._reach = "phase"
        self._warnings = "usual"
        self._ends = False
        self._repeat = desk.perspective.view.phase

    def build(self) -> Element:
        return self.sections(self._pause(), self._clock(), self._phases(), self._undo(), self._screens())

    # Pausing

    def _pause(self) -> Element:
        said, is_paused = self.said, self.session.paused
        button = Button(
            "room.pause",
            said("facilitate.go_on") if is_paused else said("facilitate.pause"),
            self._go_on if is_paused else self._stop,
            icon="play" if is_paused else "pause",
            letter="p",
            kind="main",
        )
        words = said("facilitate.is_paused") if is_paused else said("facilitate.is_on")
        row = Row(button, Text(words, BODY, "soft", grow=1), gap=GAP, align="middle")
        projects = Toggle("room.projector", said("facilitate.projector"), self.desk.app.projects, self._project)
        return Column(row, projects, gap=SMALL_GAP)

    # What others look at

    def _screens(self) -> Element:
        """Going on from what was revealed, telling what was hidden, and a word for each team's own screen."""
        said, session = self.said, self.session
        nothing = "" if reveal(session).held else said("facilitate.nothing_held")
        is_over = self.desk.perspective.view.finished
        early = "" if is_over else said("facilitate.not_over")
        told = said("facilitate.told_already") if len(told_truths(session)) == len(session.scenario.hidden) else ""
        words = [
            Button(f"word.{seat.id}", seat.name, functools.partial(self._word, seat.id), icon=seat_icon(seat.id, at))
            for at, seat in enumerate(session.scenario.seats)
        ]
        return self.section(
            "facilitate.screens_head",
            Flow(
                Button("room.next", said("facilitate.next"), self._next, icon="arrow-right", why_not=nothing),
                Button("room.truth", said("facilitate.tell_truth"), self._truth, icon="eye", why_not=early or told),
                gap=SMALL_GAP,
            ),
            Text(said("facilitate.words_hint"), BODY, "soft"),
            Flow(*words, gap=SMALL_GAP),
        )

    def _next(self) -> None:
        self.desk.do(self.said("facilitate.did_next"), self.desk.facilitator.go_to_next, is_step=False)

    def _truth(self) -> None:
        self.desk.do(self.said("facilitate.did_truth"), self.desk.facilitator.tell_truth, is_step=False)

    def _word(self, seat: str) -> None:
        word = new_word()
        told = self.said("facilitate.did_word", seat=self.desk.names.seat(seat), word=word, id=self.session.id)
        self.desk.do(told, lambda: self.desk.facilitator.give_word(seat, word), is_step=False)

    def _project(self, is_on: bool) -> None:
        self.desk.app.projects = is_on

    def _stop(self) -> None:
        self.desk.do(
            self.said("facilitate.did_pause"), lambda: self.desk.facilitator.pause(self.desk.why), is_step=False
        )

    def _go_on(self) -> None:
        self.desk.do(
            self.said("facilitate.did_go_on"), lambda: self.desk.facilitator.go_on(self.desk.why), is_step=False
        )

    # The clock

    def _clock(self) -> Element:
        said, timer = self.said, self.desk.timer
        state = said("facilitate.no_clock")
        if timer.clock.setting is not None:
            state = said("facilitate.clock_is", time=minutes(timer.clock.setting.seconds))
        reaches = [("phase", said("facilitate.this_phase"), ""), ("all", said("facilitate.every_phase"), "")]
        warnings = [(name, said(f"facilitate.warn_{name}"), "") for name in _WARNINGS]
        no_clock = "" if timer.is_set else said("facilitate.no_clock")
        return self.section(
            "facilitate.clock",
            Row(ClockFace(timer, NUMBER) if timer.is_set else Space(), Text(state, BODY, "soft", grow=1), gap=GAP),
            Slider(
                "clock.minutes",
                said("facilitate.minutes"),
                self._minutes,
                (0, 60),
                self._set_minutes,
                shown=lambda value: f"{value}",
            ),
            Choice("clock.reach", reaches, self._reach, self._set_reach),
            Choice("clock.warnings", warnings, self._warnings, self._set_warnings),
            Toggle("clock.ends", said("facilitate.ends_phase"), self._ends, self._set_ends),
            Flow(
                Button("clock.set", said("facilitate.set_clock"), self._set_clock, icon="check", letter="c"),
                Button(
                    "clock.more", said("facilitate.more_time"), lambda: self._more(60), icon="plus", why_not=no_clock
                ),
                Button(
                    "clock.less", said("facilitate.less_time"), lambda: self._more(-60), icon="minus", why_not=no_clock
                ),
                Button(
                    "clock.again",
                    said("facilitate.clock_again"),
                    self._restart,
                    icon="arrow-clockwise",
                    why_not=no_clock,
                ),
                gap=SMALL_GAP,
            ),
        )

    def _set_minutes(self, value: int) -> None:
        self._minutes = value

    def _set_reach(self, value: str) -> None:
        self._reach = value

    def _set_warnings(self, value: str) -> None:
        self._warnings = value

    def _set_ends(self, value: bool) -> None:
        self._ends = value

    def _set_clock(self) -> None:
        phase = self.desk.perspective.view.phase if self._reach == "phase" else ""
        then = "skip" if self._ends else ""
        told = self.said("facilitate.did_clock", count=self._minutes)
        self.desk.do(
            told,
            lambda: self.desk.facilitator.set_clock(self._minutes * 60, phase, _WARNINGS[self._warnings], then),
            is_step=False,
        )

    def _more(self, seconds: int) -> None:
        told = self.said("facilitate.did_more" if seconds > 0 else "facilitate.did_less")
        self.desk.do(told, lambda: self.desk.facilitator.more_time(seconds), is_step=False)

    def _restart(self) -> None:
        self.desk.do(self.said("facilitate.did_restart"), self.desk.timer.clock.restart, is_step=False)

    # Phases

    def _phases(self) -> Element:
        said, perspective = self.said, self.desk.perspective
        phases = [(phase.id, phase.title or phase.id, "") for phase in perspective.stage.phases]
        now = perspective.phase.title if perspective.phase else ""
        return self.section(
            "facilitate.phases",
            Text(said("facilitate.phase_now", phase=now), BODY, "soft"),
            Flow(
                Button("phase.skip", said("facilitate.skip"), self._skip, icon="fast-forward"),
                Button("phase.extend", said("facilitate.extend"), self._extend, icon="plus"),
                gap=SMALL_GAP,
            ),
            Choice("phase.which", phases, self._repeat, self._set_repeat),
            Flow(Button("phase.repeat", said("facilitate.repeat"), self._again, icon="arrow-counter-clockwise")),
        )

    def _set_repeat(self, phase: str) -> None:
        self._repeat = phase

    def _skip(self) -> None:
        desk = self.desk
        desk.do(self.said("facilitate.did_skip"), lambda: desk.facilitator.skip(desk.why, desk.shown))

    def _extend(self) -> None:
        desk = self.desk
        desk.do(self.said("facilitate.did_extend"), lambda: desk.facilitator.extend(desk.why, desk.shown))

    def _again(self) -> None:
        desk = self.desk
        desk.do(self.said("facilitate.did_repeat"), lambda: desk.facilitator.repeat(self._repeat, desk.why, desk.shown))

    # What players may take back

    def _undo(self) -> Element:
        rules = [(rule, self.said(f"facilitate.undo_{rule}"), "") for rule in ALLOWED]
        return self.section(
            "facilitate.players_undo", Column(Choice("undo.rule", rules, allowed(self.session), self._allow))
        )

    def _allow(self, rule: str) -> None:
        told = self.said("facilitate.did_allow")
        self.desk.do(told, lambda: self.desk.facilitator.allow_undo(rule), is_step=False)
