"""Keys: the same key does the same on every layout, with the number pad, and with whatever else is held."""

from __future__ import annotations

import pathlib

import pygame
import pytest

from tabletop.window import keyboard_layout
from tabletop.window.keys import Keyboard, Press, press_of
from tabletop.window.press_filter import DOUBLE, Presses

NUM, CTRL, ALT, SHIFT, MODE = pygame.KMOD_NUM, pygame.KMOD_LCTRL, pygame.KMOD_LALT, pygame.KMOD_LSHIFT, pygame.KMOD_MODE
RALT = pygame.KMOD_RALT
CYRILLIC_VE, AZERTY_E_ACUTE = 0x432, 0xE9


def event(key: int, written: str = "", mod: int = 0, scancode: int = 0) -> pygame.event.Event:
    return pygame.event.Event(pygame.KEYDOWN, key=key, unicode=written, mod=mod, scancode=scancode)


def press(key: int, written: str = "", mod: int = 0, scancode: int = 0) -> Press:
    return press_of(event(key, written, mod, scancode))


@pytest.mark.parametrize(
    ("key", "written", "mod", "does"),
    [
        (pygame.K_KP_ENTER, "\r", 0, pygame.K_RETURN),
        (pygame.K_KP_4, "", 0, pygame.K_LEFT),
        (pygame.K_KP_4, "4", NUM, pygame.K_4),
        (pygame.K_KP_4, "4", 0, pygame.K_4),
        (pygame.K_KP_7, "", 0, pygame.K_HOME),
        (pygame.K_KP_PERIOD, "", 0, pygame.K_DELETE),
        (pygame.K_KP_9, "", 0, pygame.K_PAGEUP),
    ],
)
def test_a_key_of_the_number_pad_does_what_the_same_key_does(key: int, written: str, mod: int, does: int) -> None:
    assert press(key, written, mod).key == does


def test_digits_of_the_number_pad_are_short_cuts() -> None:
    assert press(pygame.K_KP_1, "1", NUM).letter == "1"
    assert press(pygame.K_KP_1).letter == ""


@pytest.mark.parametrize(
    ("key", "written", "scancode", "mod", "sign"),
    [
        (pygame.K_d, "d", 7, 0, "d"),
        (pygame.K_d, "D", 7, SHIFT, "d"),
        (pygame.K_a, "a", 20, 0, "a"),  # where an American keyboard has Q, a French one has A
        (CYRILLIC_VE, "\u0432", 7, 0, "d"),  # a Russian one has no Latin letters: the place counts
        (pygame.K_AMPERSAND, "&", 30, 0, "1"),  # a French one has its digits under Shift
        (AZERTY_E_ACUTE, "\u00e9", 31, 0, "2"),
        (pygame.K_AMPERSAND, "1", 30, SHIFT, "1"),
        (pygame.K_1, "\u0661", 30, 0, "1"),
        (pygame.K_COMMA, "?", 16, SHIFT, "?"),
        (pygame.K_SLASH, "?", 56, SHIFT, "?"),
    ],
)
def test_a_short_cut_is_found_on_every_layout(key: int, written: str, scancode: int, mod: int, sign: str) -> None:
    assert press(key, written, mod, scancode).letter == sign


@pytest.mark.parametrize("mod", [CTRL | RALT, CTRL | ALT, MODE])
def test_altgr_is_no_command_and_what_it_writes_is_no_short_cut(mod: int) -> None:
    written = press(pygame.K_q, "@", mod, 20)
    assert (written.command, written.alt, written.letter) == (False, False, "")


@pytest.mark.parametrize("mod", [CTRL, ALT, pygame.KMOD_LMETA])
def test_with_another_modifier_a_letter_is_no_short_cut(mod: int) -> None:
    assert press(pygame.K_f, "", mod, 9).letter == ""


def test_a_key_that_is_held_says_so_until_it_is_let_go() -> None:
    keyboard = Keyboard()
    first = keyboard.down(event(pygame.K_d, scancode=7), "table")
    assert not first.is_held
    assert keyboard.down(event(pygame.K_d, scancode=7), "table").is_held
    assert keyboard.down(event(CYRILLIC_VE, scancode=7), "table").is_held  # the layout has changed meanwhile
    keyboard.up(event(CYRILLIC_VE, scancode=7))
    assert not keyboard.down(event(pygame.K_d, scancode=7), "table").is_held


def test_what_a_key_writes_is_for_the_field_in_which_it_went_down() -> None:
    keyboard = Keyboard()
    keyboard.down(event(pygame.K_f, scancode=9), "table")
    assert not keyboard.is_for("field")
    keyboard.up(event(pygame.K_f, scancode=9))
    assert keyboard.is_for("field")  # as from an input method, which presses no keys


def test_the_second_of_two_presses_counts_only_where_nothing_has_changed() -> None:
    presses = Presses()
    presses.shown("week 1", 0.0)
    assert presses.counts_at((100, 100), "week 1", 1.0)
    presses.shown("week 2", 1.0)
    assert not presses.counts_at((104, 98), "week 2", 1.2)
    assert presses.counts_at((100, 100), "week 2", 1.01 + DOUBLE)
    assert presses.counts_at((100, 100), "week 2", 1.2 + DOUBLE)  # as on a plus sign
    assert presses.clicks == 2


def test_a_press_counts_only_for_what_can_be_seen() -> None:
    presses = Presses()
    presses.shown("week 1", 0.0)
    assert not presses.counts(pygame.K_RETURN, "week 2", 5.0)
    presses.shown("week 2", 5.0)  # of itself: nobody answers to it at once
    assert not presses.counts(pygame.K_RETURN, "week 2", 5.05)
    assert presses.counts(pygame.K_RETURN, "week 2", 5.3)


def test_keys_that_were_down_when_the_window_got_the_keyboard_press_nothing() -> None:
    presses = Presses()
    presses.focused(3.0)
    assert presses.is_new(3.0)
    assert not presses.is_new(3.02)


def test_a_cap_shows_the_letter_that_the_layout_has_there(monkeypatch: pytest.MonkeyPatch) -> None:
    russian = dict(enumerate("фисвуапршолдьтщзйкыегмцчня", 4))
    for layout, shown in ((russian, "В"), ({4: "q", 20: "a", 7: "d"}, "D"), ({}, "D")):
        monkeypatch.setattr(keyboard_layout, "_written_at", lambda code, layout=layout: ord(layout.get(code, "\0")))
        keyboard_layout.forget()
        assert keyboard_layout.cap("d") == shown
    assert keyboard_layout.cap("1") == "1"
    keyboard_layout.forget()


def test_the_layout_is_asked_of_the_library_that_pygame_works_with(tmp_path: pathlib.Path) -> None:
    pygame.display.init()
    assert keyboard_layout._written_at(7) in (0, ord("d"))
    assert keyboard_layout.cap("d") == "D"
