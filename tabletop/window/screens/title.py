"""Title: the first screen: what this is about, and all the ways in."""

from __future__ import annotations

import functools
from collections.abc import Callable

from tabletop.scenario import Scenario
from tabletop.scenario.presentation import TitleScene
from tabletop.session import Session
from tabletop.session.journal import Kept, SessionProgress
from tabletop.storage.shipped_data import DEFAULT_SCENARIO
from tabletop.window.app import App
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.controls import Button
from tabletop.window.dialogs import Answer, Ask
from tabletop.window.entering import resume
from tabletop.window.frames import Align, Fitting, Pad, Panel, Scroll, Sized
from tabletop.window.layout import Column, Element, Grid, Row
from tabletop.window.packs import scenario_of, title_of
from tabletop.window.palette import hexadecimal
from tabletop.window.parts import Space, Stamp, Text, draw_mark, mark_label
from tabletop.window.registry import Entry, Example
from tabletop.window.scenery import Point, route
from tabletop.window.screen import Screen
from tabletop.window.screens.table import last_game
from tabletop.window.theme import (
    BODY,
    CARD,
    DISPLAY,
    GAP,
    HAIR,
    LEAD,
    MONO,
    PAGE,
    SMALL,
    SMALL_GAP,
    TIGHT,
    TITLE,
    WIDE,
    Style,
)

_MARGIN = 72.0
_LEFT = PAGE + WIDE


class Title(Screen):
    """The title screen of a scenario, by default of the flagship."""

    def __init__(
        self, app: App, scenario: str = DEFAULT_SCENARIO, find_game: Callable[[App], Kept | None] | None = None
    ) -> None:
        super().__init__(app)
        self._pack = scenario
        self._find_game = find_game or (lambda app: last_game(app.journal))
        self._game: Kept | None = None
        self._card: Element = Space()

    @property
    def scenario(self) -> Scenario:
        return self._scenario

    @property
    def _scenario(self) -> Scenario:
        return scenario_of(self._pack, self.words.language)

    def opened(self) -> None:
        self._game = self._find_game(self.app)

    @property
    def music(self) -> str:
        return "theme"

    @property
    def first(self) -> str:
        return "continue" if self._game else "new"

    # What stands on it

    @property
    def _wide(self) -> float:
        """The width of the menu, in units."""
        return 620 * (1 + (self.app.settings.text_size / 100 - 1) * 0.55)

    def build(self) -> Element:
        hints = self._hints()
        left = Fitting(
            Column(self._name(DISPLAY), self._menu(), hints, gap=WIDE + GAP, justify="centre"),
            Column(self._name(TITLE), self._menu(), hints, gap=WIDE, justify="centre"),
            Column(self._name(TITLE), self._short_menu(), gap=WIDE, justify="centre"),
            Column(self._name(TITLE), Scroll("menu", self._short_menu()), gap=GAP),
            grow=1,
        )
        self._card = Fitting(self._cable(), Space())
        right = Column(Space(grow=1), self._card, gap=GAP, align="end", grow=1)
        return Pad(Row(Sized(left, width=self._wide, grow=0), right, gap=PAGE), _LEFT, PAGE, PAGE, PAGE)

    def _name(self, style: Style) -> Element:
        return Column(
            Text(self.words("title.brand"), MONO, "accent"),
            Text(self._scenario.title, style),
            Text(self._scenario.question, LEAD, "soft"),
            gap=SMALL_GAP,
        )

    def _menu(self) -> Element:
        return Column(*self._ways_in(), Grid(*self._more(), columns=2, gap=SMALL_GAP), gap=SMALL_GAP)

    def _short_menu(self) -> Element:
        return Column(*self._ways_in(noted=False), Grid(*self._more(), columns=2, gap=TIGHT), gap=TIGHT)

    def _ways_in(self, noted: bool = True) -> list[Element]:
        said = self.words
        new = said("title.new_note", minutes=self._scenario.minutes) if noted else ""
        ways: list[Element] = [self._way("new", "cards", "n", "new-game", is_main=self._game is None, note=new)]
        if self._game is not None:
            going_on = said(
                "title.continue_note", game=title_of(self._game.heading, said.language), turn=self._game.standing.turn
            )
            button = Button(
                "continue",
                said("title.continue"),
                self._continue,
                icon="play",
                letter="c",
                kind="main",
                is_wide=True,
                note=going_on if noted else "",
            )
            ways.insert(0, button)
        return ways

    def _more(self) -> list[Element]:
        return [
            self._way("tutorial", "graduation-cap", "t", "tutorial"),
            self._way("scenarios", "books", "s", "scenarios"),
            self._way("load", "folder-open", "l", "load"),
            self._way("settings", "sliders-horizontal", "e", "settings"),
            self._way("about", "info", "a", "about"),
            Button("quit", self.words("title.quit"), self.app.quit, icon="sign-out", letter="q", is_wide=True),
        ]

    def _way(self, name: str, icon: str, letter: str, screen: str, *, is_main: bool = False, note: str = "") -> Button:
        """A button that opens a screen."""
        return Button(
            name,
            self.words(f"title.{name}"),
            functools.partial(self.app.open, screen),
            icon=icon,
            letter=letter,
            kind="main" if is_main else "plain",
            is_wide=True,
            note=note,
        )

    def _cable(self) -> Element:
        """The situation, as a cable on paper: the first paragraph of the scenario's introduction."""
        scenario = self._scenario
        first = " ".join(scenario.introduction.split("\n\n")[0].split())
        dates = scenario.stages[0].dates
        seat = next(one.name for one in scenario.seats if one.id == scenario.player)
        stamp = self.look.scenery.title.stamp
        said = self.words
        line = said("title.cable", date=dates[0], seat=seat) if dates else said("title.undated", seat=seat)
        head = Text(line.upper(), MONO, "bad", grow=1)
        return Sized(
            Panel(
                Column(
                    head,
                    Text(first, BODY),
                    Align(Stamp(stamp), 1.0, 0.5) if stamp else None,
                    gap=SMALL_GAP,
                ),
                "paper",
                pad=WIDE,
                radius=CARD / 2,
                has_shadow=True,
            ),
            width=600 * (1 + (self.app.settings.text_size / 100 - 1) * 0.6),
        )

    def _hints(self) -> Element:
        return Column(
            Text(self.words("title.hint_keys"), SMALL, "soft"),
            Text(self.words("title.hint_size"), SMALL, "soft"),
            gap=HAIR,
        )

    # What is behind it

    def backdrop(self, canvas: Canvas) -> None:
        edge = _LEFT + self._wide + GAP
        margin = _MARGIN * self.app.settings.text_size / 100
        scene = canvas.look.scenery.title
        clear = None if canvas.look.scenery.has_map else _beside_menu(canvas.box, edge, self._card.box, margin)
        behind = canvas.look.scenery.in_box(canvas.box, "title", clear)
        seats = {seat.id: seat for seat in self._scenario.seats}
        ends = behind.spots(list(seats), margin)
        dressing = _dressing(scene, ends, canvas, behind.view, edge)
        canvas.drawing(behind.svg(canvas.theme.palette.map, dressing), canvas.box, is_opaque=True)
        for at, (seat, (x, y)) in enumerate(ends.items()):
            side = scene.labels.get(seat, "below")
            label = mark_label(canvas, seats[seat].name, x, y, side=side)
            if label.x > edge + margin and label.inset(-GAP).common(self._card.box).area == 0:
                draw_mark(canvas, seat, at, seats[seat].name, x, y, side=side)

    # What it does

    def _continue(self) -> None:
        resume(self.app)

    def escape(self) -> None:
        said = self.words
        answers = [
            Answer("stay", said("title.leave_no"), "s", kind="main"),
            Answer("leave", said("title.leave_yes"), "l", self.app.quit),
        ]
        self.app.push(Ask(self.app, said("title.leave"), said("title.leave_text"), answers))


def _beside_menu(whole: Box, edge: float, card: Box, margin: float) -> Box:
    """Where a round table has room: right of the menu, above the cable."""
    bottom = card.y - margin / 2 if card.height > 0 else whole.bottom - margin
    left, top = edge + margin, margin / 2
    return Box(left, top, max(100.0, whole.right - left - margin / 2), max(100.0, bottom - top))


def _dressing(scene: TitleScene, ends: dict[str, Point], canvas: Canvas, view: Box, edge: float) -> str:
    """What only the title has: lines between seats, and a shade under the menu, which ends at an edge."""
    unit = view.width / canvas.box.width
    ground, accent = hexadecimal(canvas.ground.fill), hexadecimal(canvas.ground.accent)
    places = {name: (view.x + x * unit, view.y + y * unit) for name, (x, y) in ends.items()}
    lines = "".join(
        f'<path d="{route(places[one.between[0]], places[one.between[1]], one.bend / 100)}" fill="none" '
        f'stroke="{accent}" stroke-opacity="{one.strength / 100}" '
        f'stroke-width="{2.6 * unit}" stroke-dasharray="{3 * unit} {8 * unit}" stroke-linecap="round"/>'
        for one in scene.connections
        if all(seat in places for seat in one.between)
    )
    menu = Box(view.x, view.y, edge * unit, view.height)
    fade = 380 * unit
    stops = "".join(
        f'<stop offset="{at}" stop-color="{ground}" stop-opacity="{alpha}"/>'
        for at, alpha in ((0, 1), (0.2, 0.9), (0.5, 0.5), (0.8, 0.1), (1, 0))
    )
    return (
        f"{lines}"
        '<defs><linearGradient id="shade" x1="0%" y1="0%" x2="100%" y2="0%">'
        f"{stops}</linearGradient></defs>"
        f'<rect x="{menu.x}" y="{menu.y}" width="{menu.width + 1}" height="{menu.height}" fill="{ground}"/>'
        f'<rect x="{menu.right}" y="{menu.y}" width="{fade}" height="{menu.height}" fill="url(#shade)"/>'
    )


def _example(app: App, example: Example) -> Title:
    """The title with a game to go on with."""
    game = Kept(Session(scenario_of(example.scenario), seed=example.seed).heading, SessionProgress(), "")
    return Title(app, example.scenario, lambda app: game)


ENTRIES = {"title": Entry(open=Title, example=_example)}
