"""Text fields: every field of the window takes whatever is typed and pasted, and loses nothing without a word.

TABLETOP_INPUTS=20000 tries that many inputs in every field instead of a few in some.
"""

from __future__ import annotations

import os
import pathlib
import random
import unicodedata
from collections.abc import Iterator

import pygame
import pytest

from tabletop.window import clipboard
from tabletop.window.app import App
from tabletop.window.layout import Column, Element
from tabletop.window.registry import Example, entries, show_example
from tabletop.window.screen import Screen
from tabletop.window.screens.title import Title
from tabletop.window.text_area import TextArea
from tabletop.window.text_field import TextField
from tests.window.driver import Player, drive, faults, new_app

INPUTS = int(os.environ.get("TABLETOP_INPUTS", "40"))
DRAWN_EVERY = max(20, INPUTS // 200)
CTRL, SHIFT = pygame.KMOD_LCTRL, pygame.KMOD_LSHIFT
#: Where the fields of the window are: a screen, and what has to be pressed before the field is there.
FIELDS = {
    "path": ("scenarios", ()),
    "find": ("glossary", ()),
    "why": ("facilitate", ()),
    "seed": ("chance", ()),
    "cards.find": ("facilitate-cards", ()),
    "values.find": ("facilitate-values", ()),
    "fall.why": ("facilitate-chance", ()),
    "notes.text": ("facilitate-notes", ()),
    "load.path": ("facilitate-planned", ()),
    "branch.name": ("facilitate-past", ()),
    "write.title": ("facilitate-writing", ()),
    "write.text": ("facilitate-writing", ()),
    "write.0.why": ("facilitate-writing", ()),
    "folder": ("export", ()),
}
#: Those that differ most; the full number of inputs is for all.
TRIED = FIELDS if "TABLETOP_INPUTS" in os.environ else ("path", "find", "seed", "why", "notes.text")
LETTERS = (
    "aZé ßñøÅĀźжЯΩλ가한글ㅎあアー々北京東שלוםمرحباไทยहिन्दीবাংলাதமிழ்ខ្មែរລາວမြန်မာⴰⵣ𓀀"
    "\u0301\u200d\u200c\ufe0f\u00a0\u3000\u2028\u202e\t\n\r\x00\x1b\x7f\x85\ufeff\ufffd\ud800\U0010ffff"
    "0123456789１２３٣٤५६²½Ⅷ+-.,e_ 😀👨‍👩‍👧🇰🇷**`{}<>&'\"\\/%"
)
KEYS = (
    pygame.K_LEFT,
    pygame.K_RIGHT,
    pygame.K_HOME,
    pygame.K_END,
    pygame.K_BACKSPACE,
    pygame.K_DELETE,
    pygame.K_KP_4,
    pygame.K_KP_PERIOD,
)
ORDERS = (pygame.K_a, pygame.K_c, pygame.K_x, pygame.K_v, pygame.K_z, pygame.K_y)


class Board:
    """A clipboard of its own."""

    def __init__(self) -> None:
        self.copied = ""


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> Board:
    board = Board()
    monkeypatch.setattr(clipboard, "text", lambda: board.copied)
    monkeypatch.setattr(clipboard, "put", lambda text: setattr(board, "copied", text))
    return board


class Form(Screen):
    """A line and an area to write in."""

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self.line, self.area, self.number, self.escaped = "", "", "", 0

    def build(self) -> Element:
        return Column(
            TextField("line", self.line, lambda text: setattr(self, "line", text), most=20),
            TextArea("area", self.area, lambda text: setattr(self, "area", text), most=300),
            TextField("number", self.number, lambda text: setattr(self, "number", text), is_number=True, most=4),
        )

    def escape(self) -> None:
        self.escaped += 1


@pytest.fixture
def form(tmp_path: pathlib.Path) -> Player:
    app = new_app(tmp_path)
    app.push(Title(app))
    app.push(Form(app))
    return drive(app).frame(1.0)


def written(player: Player) -> str:
    assert isinstance(player.screen, Form)
    return player.screen.line


def key(player: Player, code: int, mod: int = 0) -> Player:
    player.post(pygame.KEYDOWN, key=code, unicode="", mod=mod, scancode=0)
    return player.post(pygame.KEYUP, key=code, unicode="", mod=mod, scancode=0)


def paste(player: Player, board: Board, text: str) -> Player:
    board.copied = text
    return key(player, pygame.K_v, CTRL)


def test_arrows_home_end_and_delete_work_and_what_follows_is_text(form: Player) -> None:
    form.type("ate people")
    key(form, pygame.K_RIGHT)
    assert form.focused == "line"
    key(form, pygame.K_HOME)
    form.type("L")
    key(form, pygame.K_END)
    key(form, pygame.K_LEFT)
    key(form, pygame.K_DELETE)
    assert written(form) == "Late peopl"
    key(form, pygame.K_LEFT, CTRL)
    key(form, pygame.K_BACKSPACE, CTRL)
    assert written(form) == "peopl"


def test_text_is_selected_copied_cut_pasted_and_taken_back(form: Player, board: Board) -> None:
    form.type("one two")
    key(form, pygame.K_LEFT, CTRL | SHIFT)
    key(form, pygame.K_x, CTRL)
    assert (written(form), board.copied) == ("one ", "two")
    key(form, pygame.K_v, CTRL)
    key(form, pygame.K_v, CTRL)
    assert written(form) == "one twotwo"
    key(form, pygame.K_z, CTRL)
    assert written(form) == "one two"
    key(form, pygame.K_z, CTRL | SHIFT)
    assert written(form) == "one twotwo"
    key(form, pygame.K_a, CTRL)
    form.type("x")
    assert written(form) == "x"


def test_the_mouse_puts_the_caret_and_selects(form: Player) -> None:
    form.type("one two")
    box = form.drawn("line").box
    scale = form.app.pen.scale
    left = round((box.x + 20) * scale), round(box.centre[1] * scale)
    right = round((box.x + 300) * scale), left[1]
    form.post(pygame.MOUSEBUTTONDOWN, pos=left, button=1)
    form.post(pygame.MOUSEMOTION, pos=right, rel=(1, 0), buttons=(1, 0, 0))
    form.post(pygame.MOUSEBUTTONUP, pos=right, button=1)
    form.type("all")
    assert written(form) == "all"
    form.frame(1.0)
    for _ in range(2):  # a double click
        form.post(pygame.MOUSEBUTTONDOWN, pos=left, button=1)
        form.post(pygame.MOUSEBUTTONUP, pos=left, button=1)
    form.type("x")
    assert written(form) == "x"


def test_letters_in_a_field_are_no_orders_and_altgr_writes(form: Player) -> None:
    for code, text in ((pygame.K_q, "@"), (pygame.K_0, "}"), (pygame.K_PLUS, "~")):
        form.post(pygame.KEYDOWN, key=code, unicode=text, mod=CTRL | pygame.KMOD_RALT, scancode=0)
        form.post(pygame.TEXTINPUT, text=text)
        form.post(pygame.KEYUP, key=code, unicode="", mod=CTRL | pygame.KMOD_RALT, scancode=0)
    assert written(form) == "@}~"
    assert form.app.is_running
    assert form.app.settings.text_size == 100


def test_what_an_input_method_puts_together_is_drawn_and_its_keys_are_its_own(form: Player) -> None:
    def picture() -> bytes:
        form.app.redraw()
        form.frame()
        return pygame.image.tobytes(form.app.surface, "RGB")

    empty = picture()
    form.post(pygame.TEXTEDITING, text="하", start=1, length=0)
    assert picture() != empty
    for code in (pygame.K_RETURN, pygame.K_ESCAPE, pygame.K_TAB, pygame.K_BACKSPACE):
        key(form, code)
    assert (form.focused, written(form)) == ("line", "")
    assert form.screen.escaped == 0  # type: ignore[attr-defined]
    form.post(pygame.TEXTINPUT, text="한")
    assert written(form) == "한"


def test_a_limit_is_told_beside_the_field(form: Player, board: Board) -> None:
    paste(form, board, "x" * 10_000)
    form.frame(1.0)
    assert written(form) == "x" * 20
    assert "It holds 20 letters: 9980 are left out." in form.texts
    key(form, pygame.K_LEFT)
    form.frame(1.0)
    assert not [text for text in form.texts if "left out" in text]


def test_an_area_has_lines_and_the_arrows_go_between_them(form: Player) -> None:
    form.tab_to("area").type("one")
    form.press("enter").type("three")
    key(form, pygame.K_UP)
    form.type("X")
    area = form.screen.area  # type: ignore[attr-defined]
    assert area == "oneX\nthree"
    key(form, pygame.K_DOWN)
    key(form, pygame.K_HOME)
    form.type("Y")
    assert form.screen.area == "oneX\nYthree"  # type: ignore[attr-defined]
    key(form, pygame.K_DOWN)
    assert form.focused == "number"


def test_stars_in_a_field_are_stars(form: Player) -> None:
    form.type("a **b** c")
    assert "a **b** c" in form.texts


def test_a_long_line_is_shown_where_it_is_written(form: Player) -> None:
    form.tab_to("number").tab_to("line").type("Wide words without end")
    assert not faults(form.screen)


# Anything at all


def any_text(dice: random.Random) -> str:
    kind = dice.random()
    if kind < 0.05:
        return "".join(dice.choices(LETTERS, k=10_000))
    if kind < 0.4:
        return "".join(dice.choices(LETTERS, k=dice.randrange(12)))
    if kind < 0.6:
        return "".join(chr(dice.randrange(0x110000)) for _ in range(dice.randrange(6)))
    return dice.choice(LETTERS)


def inputs(player: Player, dice: random.Random, board: Board, field: str) -> Iterator[str]:
    """Does anything to a field; what was typed or pasted."""
    for _ in range(INPUTS):
        kind = dice.random()
        text = ""
        if kind < 0.45:
            text = any_text(dice)
            player.app.handle(pygame.event.Event(pygame.TEXTINPUT, text=text))
        elif kind < 0.6:
            text = board.copied = any_text(dice)
            key_only(player, pygame.K_v, CTRL)
        elif kind < 0.8:
            key_only(player, dice.choice(KEYS), dice.choice([0, 0, SHIFT, CTRL, CTRL | SHIFT]))
        elif kind < 0.9:
            key_only(player, dice.choice(ORDERS), dice.choice([CTRL, CTRL | SHIFT]))
        else:
            composed = any_text(dice)[:20]
            player.app.handle(pygame.event.Event(pygame.TEXTEDITING, text=composed, start=0, length=0))
            player.app.handle(pygame.event.Event(pygame.TEXTEDITING, text="", start=0, length=0))
        yield text


def key_only(player: Player, code: int, mod: int) -> None:
    for kind in (pygame.KEYDOWN, pygame.KEYUP):
        player.app.handle(pygame.event.Event(kind, key=code, unicode="", mod=mod, scancode=0))


@pytest.mark.parametrize("field", TRIED)
def test_whatever_is_typed_or_pasted_is_kept_or_told(field: str, tmp_path: pathlib.Path, board: Board) -> None:
    screen, before = FIELDS[field]
    app = new_app(tmp_path)
    app.push(Title(app))
    if screen == "export":
        from tabletop.window.examples import begun
        from tabletop.window.screens.ending_sheets import Export

        app.push(Export(app, begun(Example())))
    else:
        show_example(app, screen, Example())
    player = drive(app)
    player.frame(1.0)
    for name in before:
        player.click(name)
    if app.top.scene.named(field) is None:
        pytest.skip(f"'{field}' is not on the example of '{screen}'")
    player.screen.focus(field)
    player.frame()
    dice = random.Random(field)
    screens = [type(one).__name__ for one in app.screens]
    for at, text in enumerate(inputs(player, dice, board, field)):
        edit = app.top.attention.edits[field]
        assert len(edit.text) <= edit.most
        assert not [letter for letter in edit.text if unicodedata.category(letter) == "Cs"]
        edit.text.encode("utf-8")
        if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\t\n\r\v\f\x85" for letter in text):
            assert edit.left_out is not None
        if at % DRAWN_EVERY == 0:
            player.frame()
            assert player.focused == field
    player.frame()
    assert [type(one).__name__ for one in app.screens] == screens
    app.leave()


def test_every_field_of_the_window_is_tried() -> None:
    """A new field has to be named here, so that it is written into as the others are."""
    import tabletop.window

    root = pathlib.Path(tabletop.window.__file__).parent
    made = sum(
        file.read_text(encoding="utf-8").count(kind)
        for file in root.rglob("*.py")
        for kind in (" TextField(", "=TextField(", "(TextField(", " TextArea(")
        if file.name not in ("text_field.py", "text_area.py")
    )
    assert entries()
    # `branch.rename` and the `find` of a list to pick from are made as `branch.name` and that of the glossary are.
    assert made == len(FIELDS) + 2
