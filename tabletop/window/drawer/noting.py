"""Notes: what was said, tagged to the moment, and private messages to seats."""

from __future__ import annotations

import functools

from tabletop.presentation.record import NoteLine, note_lines
from tabletop.session.notes import LONGEST_NOTE, TAGS, notes, turn_of
from tabletop.window.controls import Button
from tabletop.window.drawer.desk import Desk, Page
from tabletop.window.fields import Option, Tabs, Toggle
from tabletop.window.frames import Panel, Scroll
from tabletop.window.layout import Column, Element, Flow, Row
from tabletop.window.parts import Icon, Text, seat_icon
from tabletop.window.text_area import TextArea
from tabletop.window.theme import BODY, GAP, SMALL, SMALL_GAP, TIGHT

_TAGS = {tag: tag.replace(" ", "_") for tag in TAGS}


class Notes(Page):
    name, icon = "notes", "note-pencil"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._mode = "note"
        self._text = ""
        self._tags: set[str] = set()
        self._to: set[str] = set()
        self._is_shown = False

    def build(self) -> Element:
        said = self.said
        pages = [
            ("note", said("facilitate.note"), "note-pencil"),
            ("message", said("facilitate.message"), "envelope-simple"),
        ]
        form = self._note_form() if self._mode == "note" else self._message_form()
        session, desk = self.session, self.desk
        found = [(note, turn_of(session, note)) for note in reversed(notes(session))]
        kept = [self._row(note) for note in note_lines(desk.perspective, said, found)]
        shown = Column(*kept, gap=SMALL_GAP) if kept else self.soft("facilitate.no_notes")
        return Column(
            Tabs("notes.mode", pages, self._mode, self._turn),
            Scroll("page", Column(form, self.section("facilitate.kept_notes", shown), gap=GAP * 2)),
            gap=GAP,
        )

    def _turn(self, mode: str) -> None:
        self._mode = mode

    def _field(self, hint: str) -> Element:
        return TextArea("notes.text", self._text, self._set_text, hint=self.said(hint), most=LONGEST_NOTE)

    def _set_text(self, text: str) -> None:
        self._text = text

    @property
    def _nothing(self) -> str:
        return "" if self._text.strip() else self.said("facilitate.nothing_written")

    # A note

    def _note_form(self) -> Element:
        said = self.said
        tags = [
            Option(
                f"tag.{key}", said(f"facilitate.tag_{key}"), "", tag in self._tags, functools.partial(self._tag, tag)
            )
            for tag, key in _TAGS.items()
        ]
        return Column(
            self._field("facilitate.note_hint"),
            Flow(*tags, gap=TIGHT),
            Toggle("notes.shown", said("facilitate.note_shown"), self._is_shown, self._set_shown),
            Flow(
                Button(
                    "notes.keep",
                    said("facilitate.write_down"),
                    self._keep,
                    icon="check",
                    kind="main",
                    why_not=self._nothing,
                )
            ),
            gap=GAP,
        )

    def _tag(self, tag: str) -> None:
        self._tags ^= {tag}

    def _set_shown(self, is_shown: bool) -> None:
        self._is_shown = is_shown

    def _keep(self) -> None:
        desk, text, tags = self.desk, self._text, [tag for tag in TAGS if tag in self._tags]
        told = self.said("facilitate.did_note")
        if desk.do(told, lambda: desk.facilitator.note(text, tags, self._is_shown), is_step=False):
            self._text, self._tags = "", set()

    # A message

    def _message_form(self) -> Element:
        said = self.said
        seats = [
            Option(
                f"to.{seat.id}",
                seat.name,
                seat_icon(seat.id, at),
                seat.id in self._to,
                functools.partial(self._name, seat.id),
            )
            for at, seat in enumerate(self.session.scenario.seats)
        ]
        why_not = self._nothing or ("" if self._to else said("facilitate.to_nobody"))
        return Column(
            self._field("facilitate.message_hint"),
            Flow(*seats, gap=TIGHT),
            Flow(
                Button(
                    "notes.send",
                    said("facilitate.send"),
                    self._send,
                    icon="envelope-simple",
                    kind="main",
                    why_not=why_not,
                )
            ),
            gap=GAP,
        )

    def _name(self, seat: str) -> None:
        self._to ^= {seat}

    def _send(self) -> None:
        desk, text = self.desk, self._text
        to = [seat.id for seat in self.session.scenario.seats if seat.id in self._to]
        told = self.said("facilitate.did_send", seats=", ".join(desk.names.seat(seat) for seat in to))
        if desk.do(told, lambda: desk.facilitator.message(to, text), is_step=False):
            self._text, self._to = "", set()

    # What was kept

    def _row(self, note: NoteLine) -> Element:
        said = self.said
        parts = [note.when, *note.tags]
        if note.to:
            parts.append(said("facilitate.to_seats", seats=", ".join(note.to)))
        elif note.is_shown:
            parts.append(said("facilitate.players_see"))
        return Panel(
            Row(
                Icon("envelope-simple" if note.to else "note-pencil", BODY, "soft"),
                Column(Text(" · ".join(parts), SMALL, "soft"), Text(note.text, BODY), gap=0, grow=1),
                Button(
                    f"note.{note.number}",
                    "",
                    functools.partial(self._withdraw, note.number),
                    icon="trash",
                    tip=said("facilitate.withdraw"),
                ),
                gap=SMALL_GAP,
                align="middle",
            ),
            "panel",
            pad=SMALL_GAP,
        )

    def _withdraw(self, number: int) -> None:
        desk = self.desk
        text = next((note.text for note in notes(self.session) if note.number == number), "")
        if desk.do(self.said("facilitate.did_withdraw"), lambda: desk.facilitator.withdraw(number), is_step=False):
            self._text = self._text or text
