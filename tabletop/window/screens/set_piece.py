"""Set pieces, full screen: what has come to pass, one after the other; or what is about to, with the question first."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

import attrs

from tabletop.presentation.default_set_pieces import pieces_in
from tabletop.presentation.moves import Move, hand_of, move_of
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.set_pieces import SetPiece, asked_about, preview_of, set_pieces_since
from tabletop.presentation.words import Words
from tabletop.window.app import App
from tabletop.window.board.papers import document, front_page, verdict_paper
from tabletop.window.canvas import Canvas
from tabletop.window.change_runs import runs_of
from tabletop.window.controls import Button
from tabletop.window.frames import Align, Fitting, Frame, Pad, Panel, Scroll, Sized
from tabletop.window.layout import Column, Element, Flow, Row
from tabletop.window.page import draw_desk
from tabletop.window.parts import Picture, Space, Stamp, Text
from tabletop.window.registry import Entry, Example
from tabletop.window.screen import Screen
from tabletop.window.set_piece_scenes import SCENE, draw_scene
from tabletop.window.span_runs import runs_of as runs_of_spans
from tabletop.window.theme import (
    BODY,
    GAP,
    HEADING,
    LABEL,
    LEAD,
    MONO,
    PAGE,
    SMALL,
    SMALL_GAP,
    STRONG,
    TIGHT,
    WIDE,
    Style,
)

if TYPE_CHECKING:
    from tabletop.session import Session

#: Seconds after which a set piece goes by itself where staging is fast.
FAST = 2.5
_TITLE = Style("serif", 84, 1.04)
_MOVED = Style("bold", 32, 1.2)
_STRUCK = Style("bold", 40, 1.2)
_PAPERS = ("front_page", "signature", "verdict")


class SetPieces(Screen):
    """What has come to pass, a screen each. Enter, a press anywhere or Escape goes on."""

    #: Whether it hides the table, so that no note of a lesson is shown over it.
    covers_table: ClassVar[bool] = True
    is_passing: ClassVar[bool] = True

    def __init__(self, app: App, session: Session, pieces: Sequence[SetPiece], done: Callable[[], object]) -> None:
        super().__init__(app)
        self.session = session
        self.pieces, self._done = tuple(pieces), done
        self.at = 0
        self._since: float | None = None

    @property
    def piece(self) -> SetPiece:
        """The piece that is shown."""
        return self.pieces[self.at]

    @property
    def first(self) -> str:
        return "go_on"

    @property
    def moment(self) -> object:
        return self.piece.key

    @property
    def grown(self) -> float:
        """How much wider than at a text size of 100% columns of text should be."""
        return 1 + (self.app.settings.text_size / 100 - 1) * 0.6

    # How it goes on

    def opened(self) -> None:
        self._since = self.app.now
        self.app.sounds.play(self.piece.sound)

    def go_on(self) -> None:
        """To the next piece, or back to the table."""
        if self.at + 1 < len(self.pieces):
            self.at += 1
            self.opened()
            self.refresh()
        else:
            self._leave()

    def _leave(self) -> None:
        self.app.close(self)
        self._done()
        self.app.rest()

    def escape(self) -> None:
        self._leave()

    def wakes_in(self) -> float | None:
        if self.app.settings.staging != "fast" or self._since is None:
            return None
        return max(0.0, FAST - (self.app.now - self._since))

    def woken(self) -> None:
        if self.wakes_in() == 0.0 and self.app.top is self:
            self.go_on()

    def button_up(self, x: float, y: float) -> None:
        pressed = self.attention.pressed
        super().button_up(x, y)
        if not pressed and self.app.top is self and self.scene.at(x, y) is None:
            self.go_on()

    # What it looks like

    def backdrop(self, canvas: Canvas) -> None:
        if self.piece.layout in _PAPERS:
            draw_desk(canvas)
        else:
            canvas.fill(canvas.box, SCENE.fill)

    def build(self) -> Element:
        piece = self.piece
        if piece.layout == "front_page":
            return self._on_desk(front_page(piece, self.words, self.grown), 1560)
        if piece.layout == "verdict":
            return self._on_desk(verdict_paper(piece, self.words, self.grown), 1240)
        if piece.layout == "signature":
            return self._signed()
        return self._scene()

    def _buttons(self) -> Element:
        said = self.words
        rest = len(self.pieces) - self.at - 1
        on = Button("go_on", said("set_pieces.go_on"), self.go_on, icon="caret-right", key="Enter", kind="main")
        skip = Button("skip", said("set_pieces.skip_all"), self._leave, key="Esc") if rest else None
        return Flow(*(one for one in (on, skip) if one is not None), gap=SMALL_GAP)

    def _on_desk(self, paper: Element, width: float) -> Element:
        """A sheet of paper in the middle, that falls onto the desk, with the way on below it."""
        wide = min(width * self.grown, 1840)
        sheet = _Falls(Sized(paper, width=wide), self.piece.key)
        return Pad(Column(Align(sheet, 0.5, 0.5, grow=1), Align(self._buttons(), 0.5, 1.0), gap=GAP), WIDE, GAP)

    def _signed(self) -> Element:
        piece = self.piece
        paper = Sized(_Falls(document(piece, self.words, self.grown), piece.key), width=self._width_of_paper)
        return self._beside(paper, self._story())

    @property
    def _width_of_paper(self) -> float:
        """How wide a document is, beside what is said of it."""
        room = self.app.surface.get_width() / self.app.pen.scale
        return min(860 * self.grown, 0.52 * room)

    def _beside(self, paper: Element, story: Element) -> Element:
        panel = Panel(Column(Scroll("story", story), self._buttons(), gap=GAP), "night", pad=WIDE, grow=1)
        broad = Row(paper, panel, gap=WIDE, grow=1)
        narrow = Column(Scroll("story", Column(Align(paper), story, gap=WIDE), least=200), self._buttons(), gap=GAP)
        return Pad(Fitting(broad, narrow), PAGE, WIDE)

    def _story(self) -> Element:
        piece = self.piece
        return Column(
            Text(piece.title, _TITLE if len(piece.title) < 16 else Style("serif", 64, 1.06)),
            Text(piece.text, LEAD),
            *self._moved(),
            *self._foot(),
            gap=GAP,
        )

    def _moved(self) -> list[Element]:
        piece = self.piece
        if not piece.changes:
            return []
        rows = [
            Row(
                Sized(Text(runs_of([one])[-1:], _MOVED, across=1.0, wraps=False), least_width=130 * self.grown),
                Text(one.name, _MOVED, grow=1),
                gap=GAP,
                align="middle",
            )
            for one in piece.changes
        ]
        return [Text(self.words("set_pieces.moved"), LABEL, "accent"), *rows]

    def _foot(self) -> list[Element]:
        piece = self.piece
        lines = [piece.model, self.words("set_pieces.source", source=piece.source) if piece.source else ""]
        return [Text(one, SMALL, "soft") for one in lines if one]

    def _scene(self) -> Element:
        """The scene above, and what is said of it below."""
        piece = self.piece
        scene = Picture(lambda canvas, box: draw_scene(canvas, box, piece), 0, 120, grow=1)
        words = _OnScene(Pad(self._said(), PAGE * 1.5, 0, PAGE * 1.5, WIDE))
        return Column(scene, words, gap=0)

    def _said(self) -> Element:
        piece = self.piece
        eyebrow = piece.when.upper()
        if piece.actor is not None and piece.layout == "reply":
            eyebrow = f"{self.words('set_pieces.from', seat=piece.actor.name)} · {piece.when}".upper()
        role = {"good": "good", "bad": "bad"}.get(piece.tone, "warn")
        stamp = Stamp(piece.stamp, role, 6.0, _STRUCK) if piece.stamp else None
        head = Row(
            Column(Text(eyebrow, MONO, "accent"), Text(piece.title, _TITLE), gap=0, grow=1),
            stamp,
            gap=WIDE,
            align="middle",
        )
        lines = [Text(f"{line}", HEADING if piece.layout == "crisis" else STRONG, "accent") for line in piece.lines]
        body = Column(
            Sized(Text(piece.text, LEAD), most_width=1350 * self.grown),
            Flow(*lines, gap=WIDE, line_gap=TIGHT) if lines else None,
            Text(runs_of(piece.changes), BODY) if piece.changes else None,
            *self._foot(),
            gap=SMALL_GAP,
        )
        inside = Column(head, body, self._buttons(), gap=SMALL_GAP)
        small = Column(Scroll("said", Column(head, body, gap=SMALL_GAP), least=200), self._buttons(), gap=SMALL_GAP)
        return Fitting(inside, small)


class WallPiece(SetPieces):
    """A set piece on a screen that all look at and nobody presses anything on."""

    def __init__(self, app: App, session: Session, piece: SetPiece) -> None:
        super().__init__(app, session, [piece], lambda: None)

    def _buttons(self) -> Element:
        return Space()


class AskedPiece(SetPieces):
    """The moment before something that nothing takes back: what it would be, what it would do, and the question."""

    is_passing: ClassVar[bool] = False

    def __init__(self, app: App, session: Session, piece: SetPiece, move: Move, do: Callable[[], object]) -> None:
        super().__init__(app, session, [piece], lambda: None)
        self.move, self._do = move, do

    @property
    def first(self) -> str:
        return "not_yet"

    def escape(self) -> None:
        self.app.close(self)

    def opened(self) -> None:
        self.app.sounds.play("hush")

    def wakes_in(self) -> float | None:
        return None

    def go_on(self) -> None:
        """A press beside the answers is none of them."""

    def _answer(self) -> None:
        self.app.close(self)
        self._do()

    def build(self) -> Element:
        piece, said = self.piece, self.words
        if piece.layout == "signature":
            paper = Sized(_Falls(document(piece, said, self.grown), piece.key), width=self._width_of_paper)
            return self._beside(paper, self._question())
        panel = Panel(
            Column(Scroll("story", self._question()), self._buttons(), gap=GAP),
            "night",
            pad=WIDE * 1.5,
            has_shadow=True,
        )
        return Pad(Align(Sized(panel, width=1040 * self.grown)), PAGE, WIDE)

    def backdrop(self, canvas: Canvas) -> None:
        draw_desk(canvas)

    def _question(self) -> Element:
        piece, said = self.piece, self.words
        price = [Text(runs_of_spans(hint.line), LEAD) for hint in piece.price]
        side_by_side = Flow(*price, gap=WIDE, line_gap=TIGHT)
        effects = Column(Text(said("set_pieces.price"), LABEL, "accent"), side_by_side, gap=TIGHT) if price else None
        return Column(
            Text(self.move.label.upper(), MONO, "accent"),
            Text(piece.question, Style("serif", 46, 1.14)),
            effects,
            Text(self.move.text, LEAD) if self.move.text else None,
            gap=GAP,
        )

    def _buttons(self) -> Element:
        said = self.words
        no = Button("not_yet", said("set_pieces.not_yet"), self.escape, letter="n", kind="main")
        yes = Button(
            "do", said("set_pieces.do_it"), self._answer, letter="y", icon=_ICONS.get(self.piece.layout, "check")
        )
        return Flow(no, yes, gap=SMALL_GAP)


_ICONS = {"signature": "note-pencil", "front_page": "newspaper", "walk_out": "sign-out", "arrival": "handshake"}


class _OnScene(Frame):
    """An element on the ground of a scene."""

    def draw(self, canvas: Canvas) -> None:
        canvas.fill(self.box, SCENE.fill)
        with canvas.on(SCENE):
            super().draw(canvas)


class _Falls(Frame):
    """A sheet of paper that comes down onto the desk."""

    def __init__(self, child: Element, key: str) -> None:
        super().__init__(child)
        self._key = key

    def draw(self, canvas: Canvas) -> None:
        come = canvas.motion.value(f"falls.{self._key}", 1.0, start=0.0, duration=0.5)
        with canvas.shifted(0, -60 * (1 - come)):
            super().draw(canvas)


def show(app: App, session: Session, pieces: Sequence[SetPiece], done: Callable[[], object] = lambda: None) -> bool:
    """Shows set pieces above the table, where the player wants them, or after those that are up; False for none."""
    if not pieces or app.settings.staging == "off":
        return False
    front = next((one for one in app.screens if isinstance(one, SetPieces) and one.session is session), None)
    if front is None or isinstance(front, AskedPiece):
        app.push(SetPieces(app, session, pieces, done))
    else:
        front.pieces = (*front.pieces, *pieces)
        front.refresh()
    return True


# Examples


@functools.cache
def _played(scenario: str, seed: int) -> Session:
    """A game that is over; of a few, one in which something was signed or most came about."""
    from tabletop.window.examples import begun, go_on

    games = [go_on(begun(Example(scenario, tried))) for tried in (seed, seed + 1)]
    return max(games, key=lambda one: len(set_pieces_since(Perspective.of(one, one.humans[0]), Words(), 0)))


def _piece_of(app: App, example: Example, layout: str, id: str = "") -> tuple[Session, SetPiece]:
    """A set piece of a layout as it was in a game, or as it would have been at its end."""
    session = _played(example.scenario, example.seed)
    session.language = app.words.language
    perspective = Perspective.of(session, session.humans[0])
    told = [one for one in set_pieces_since(perspective, app.words, 0) if one.layout == layout and id in ("", one.id)]
    return session, told[0] if told else preview_of(perspective, app.words, layout, id)


def _example_of(layout: str, id: str = "") -> Entry:
    def example(app: App, given: Example) -> Screen:
        session, piece = _piece_of(app, given, layout, id)
        return SetPieces(app, session, [piece], lambda: None)

    return Entry(open=SetPieces, example=example)


def _example_of_question(layout: str) -> Entry:
    def example(app: App, given: Example) -> Screen:
        session = _before(given.scenario, given.seed, layout)
        session.language = app.words.language
        perspective = Perspective.of(session, session.to_act or session.humans[0])
        hand = hand_of(perspective, app.words)
        move = next((one for one in hand.moves if one.asks), None)
        asked = asked_about(perspective, app.words, move) if move is not None else None
        if move is None or asked is None:
            every = perspective.program.actions
            own = [one for one in every if one.seat == perspective.seat and one.kind == "action"]
            move = move_of(perspective, app.words, own[0])
            shown = preview_of(perspective, app.words, layout)
            asked = attrs.evolve(shown, question=move.asks or move.label, stamp=app.words("set_pieces.draft"))
        return AskedPiece(app, session, asked, move, lambda: None)

    return Entry(open=AskedPiece, example=example)


@functools.cache
def _before(scenario: str, seed: int, layout: str) -> Session:
    """A game just before what a layout shows came about; another game's end where that never did."""
    from tabletop.window.examples import begun

    session = _played(scenario, seed)
    after = {name for one in pieces_in(session.scenario) if one.layout == layout and one.asks for name in one.after}
    line = list(session.decisions)
    last = next((at for at, (_, action) in enumerate(line) if action.partition("(")[0] in after), None)
    if last is None:
        return session
    again = begun(Example(scenario, session.seed))
    for seat, action in line[:last]:
        again.decide(seat, action)
    return again


ENTRIES = {
    "piece-front-page": _example_of("front_page"),
    "piece-cancelled": _example_of("front_page", "date_cancelled"),
    "piece-arrival": _example_of("arrival"),
    "piece-reply": _example_of("reply"),
    "piece-signature": _example_of("signature"),
    "piece-signature-asked": _example_of_question("signature"),
    "piece-announcing-asked": _example_of_question("front_page"),
    "piece-walk-out": _example_of("walk_out"),
    "piece-crisis": _example_of("crisis"),
    "piece-averted": _example_of("outcome"),
    "piece-war": _example_of("outcome", "it_began"),
    "piece-verdict": _example_of("verdict"),
}
