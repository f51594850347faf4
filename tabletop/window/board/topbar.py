"""Topbar: who you are, the calendar, and what can always be done: take back, do again, ask, look up, leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tabletop.presentation.board import heading_of
from tabletop.presentation.calendar import calendar_of
from tabletop.presentation.error_words import TypedError, bare_words, error_words
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.stakes import stakes_of
from tabletop.window.board.calendar import CalendarSheets
from tabletop.window.board.stakes import stakes_line
from tabletop.window.board.wording import joined
from tabletop.window.clockface import clock_face
from tabletop.window.controls import Button, Spot
from tabletop.window.frames import Pad, Sized
from tabletop.window.layout import Column, Element, Row
from tabletop.window.parts import Icon, SeatBadge, Space, Text
from tabletop.window.text import Run
from tabletop.window.theme import BODY, HAIR, LABEL, SMALL_GAP, STRONG, TIGHT, WIDE

if TYPE_CHECKING:
    from tabletop.window.board.at_table import AtTable

_WIDE = 540.0


def top(table: AtTable, perspective: Perspective) -> Element:
    """All of it, with the calendar as sheets."""
    at = [seat.id for seat in perspective.scenario.seats].index(table.seat)
    heading = heading_of(perspective, table.words)
    named = Text([Run(heading.seat_text, "bold"), Run(f"  {heading.stage}", "text", "soft")], LABEL)
    badge = Spot(
        "you",
        Pad(SeatBadge(table.seat, at, 52 * table.grown), TIGHT, HAIR),
        table.brief,
        tip=joined([heading.title, table.words("table.brief_tip")], "\n"),
    )
    at_stake = stakes_line(table.words, stakes_of(perspective, table.words), table.explain_stakes)
    you = Row(badge, Column(Pad(named, TIGHT, 0), at_stake, gap=0, grow=1), gap=HAIR, align="middle")
    calendar = CalendarSheets(calendar_of(perspective, table.words), table.explain_calendar)
    return Row(
        Sized(you, most_width=_WIDE * table.grown),
        calendar,
        Row(*_tools(table), gap=TIGHT),
        gap=WIDE,
        align="middle",
    )


def short_top(table: AtTable, perspective: Perspective) -> Element:
    """The same where there is no room: the date in words."""
    calendar = calendar_of(perspective, table.words)
    when = Spot("calendar", Pad(Text(calendar.short, STRONG), TIGHT, HAIR), table.explain_calendar, tip=calendar.tip)
    return Row(when, Space(grow=1), Row(*_tools(table), gap=HAIR), gap=SMALL_GAP, align="middle")


def _tools(table: AtTable) -> list[Element]:
    said, session = table.words, table.session
    undo, redo = (_why_not(table, one) for one in (session.undo_refused, session.redo_refused))
    undo = "" if table.last is not None else undo
    is_mine = table.is_mine
    tools: list[Element | None] = [
        clock_face(session, STRONG),
        _kept_mark(table),
        _tool(table, "undo", "arrow-counter-clockwise", "u", table.undo, undo),
        _tool(table, "redo", "arrow-clockwise", "r", table.course.redo, redo),
        _tool(table, "advice", "lightbulb", "a", table.ask_advice, "" if is_mine else said("table.advice_later")),
        _tool(table, "brief", "notebook", "b", table.brief),
        _tool(table, "show_log", "scroll", "l", table.toggle_log) if table.is_broad else None,
        menu(table),
    ]
    return [tool for tool in tools if tool is not None]


def _why_not(table: AtTable, refused: TypedError | None) -> str:
    """Why nothing can be taken back or done again, "" where it can."""
    if table.session.watching:
        return table.words("table.watching")
    return "" if refused is None else error_words(table.words, refused)


def _tool(table: AtTable, name: str, icon: str, letter: str, do: Callable[[], object], why_not: str = "") -> Element:
    return Button(
        name, "", do, icon=icon, letter=letter, kind="quiet", tip=table.words(f"table.{name}"), why_not=why_not
    )


def menu(table: AtTable) -> Element:
    """The way to the pause menu."""
    return Button("menu", "", table.escape, icon="list", key="Esc", kind="quiet", tip=table.words("table.menu"))


def _kept_mark(table: AtTable) -> Element:
    session = table.session
    tip = (
        table.words("table.kept")
        if session.is_kept
        else joined([table.words("table.unkept"), bare_words(table.words, session.warning)], ": ")
    )
    wrong = session.warning or session.copy_problem
    tip = joined([tip, session.copy_problem], " ")
    icon = Icon("warning" if wrong or not session.is_kept else "floppy-disk", BODY, "bad" if wrong else "soft")
    return Spot("kept", Pad(icon, TIGHT, TIGHT), tip=tip)
