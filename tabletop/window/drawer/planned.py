"""Planned: the injects of a schedule: those that are due on top, to be taken up or set aside."""

from __future__ import annotations

import functools
import pathlib

from tabletop.presentation.planned_injects import PlannedInject, planned_injects
from tabletop.session.schedule import offers, schedule, schedules_at_hand
from tabletop.storage.paths import written
from tabletop.window.controls import Button
from tabletop.window.drawer.desk import Desk, Page
from tabletop.window.frames import Panel
from tabletop.window.layout import Column, Element, Flow, Row
from tabletop.window.parts import Icon, Text
from tabletop.window.text_field import TextField
from tabletop.window.theme import BODY, GAP, SMALL, SMALL_GAP, STRONG, TIGHT

_ORDER = ("due", "later", "done", "aside")
_ICONS = {"due": "megaphone", "later": "hourglass-medium", "done": "check", "aside": "minus"}


class Planned(Page):
    name, icon = "planned", "calendar-blank"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._path = ""

    def build(self) -> Element:
        session = self.session
        found = planned_injects(self.desk.perspective, self.said, offers(session), schedule(session).cards)
        parts: list[Element] = []
        for standing in _ORDER:
            rows = [self._row(one) for one in found if one.standing == standing]
            if rows:
                parts.append(self.section(f"facilitate.{standing}", Column(*rows, gap=SMALL_GAP)))
        if not found:
            parts.append(Text(self.said("facilitate.no_schedule"), BODY, "soft"))
        return self.sections(*parts, self._load())

    def _row(self, one: PlannedInject) -> Element:
        said = self.said
        buttons: list[Element] = []
        if one.standing in ("due", "later"):
            buttons = [
                Button(
                    f"take.{one.id}",
                    said("facilitate.take_up"),
                    functools.partial(self._take, one.id, one.title),
                    icon="stamp",
                    kind="main" if one.standing == "due" else "plain",
                ),
                Button(
                    f"aside.{one.id}",
                    said("facilitate.set_aside"),
                    functools.partial(self._aside, one.id),
                    icon="minus",
                ),
            ]
        return Panel(
            Row(
                Icon(_ICONS[one.standing], STRONG, "accent" if one.standing == "due" else "soft"),
                Column(
                    Text(one.title, STRONG),
                    Text(one.deed, BODY),
                    Text(one.note, SMALL, "soft"),
                    Flow(*buttons, gap=TIGHT) if buttons else None,
                    gap=TIGHT,
                    grow=1,
                ),
                gap=SMALL_GAP,
                align="top",
            ),
            "panel",
            pad=GAP,
        )

    def _take(self, id: str, title: str) -> None:
        desk = self.desk
        before = desk.session.course.at
        if desk.do(self.said("facilitate.did_take", title=title), lambda: desk.facilitator.take_up(id, desk.why)):
            desk.is_step = desk.session.course.at is not before

    def _aside(self, id: str) -> None:
        desk = self.desk
        desk.do(self.said("facilitate.did_aside"), lambda: desk.facilitator.set_aside(id, desk.why), is_step=False)

    # Taking up a schedule

    def _load(self) -> Element:
        said = self.said
        shipped = [
            Button(f"load.{name}", name, functools.partial(self._load_from, path), icon="folder-open")
            for name, path in schedules_at_hand(self.session).items()
        ]
        return self.section(
            "facilitate.load_schedule",
            Flow(*shipped, gap=SMALL_GAP) if shipped else None,
            TextField(
                "load.path",
                self._path,
                self._set_path,
                hint=said("facilitate.path_hint"),
                most=200,
                on_enter=self._enter,
            ),
            Flow(
                Button(
                    "load.file",
                    said("facilitate.load_file"),
                    lambda: self._enter(self._path),
                    icon="folder-open",
                    why_not="" if self._path.strip() else said("facilitate.no_path"),
                )
            ),
        )

    def _set_path(self, text: str) -> None:
        self._path = text

    def _enter(self, text: str) -> None:
        if text.strip():
            self._load_from(written(text.strip()))

    def _load_from(self, path: pathlib.Path) -> None:
        desk = self.desk
        desk.do(
            self.said("facilitate.did_load", file=path.name),
            lambda: desk.facilitator.load_schedule(path),
            is_step=False,
        )
