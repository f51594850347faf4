"""Type: every letter that the window may show is in the fonts, and text breaks where it should."""

from __future__ import annotations

import unicodedata

import pygame
import pytest
from fontTools.ttLib import TTFont

from tabletop.presentation.words import LANGUAGES, catalogue
from tabletop.scenario.font_coverage import faces
from tabletop.scenario.library import shipped
from tabletop.storage.shipped_data import shelf
from tabletop.window import fonts
from tabletop.window.pen import Pen
from tabletop.window.text import paragraph, runs
from tabletop.window.theme import HEIGHT, SMALL, STYLES, theme

COVERED = {face: set(TTFont(shelf("assets") / "fonts" / file).getBestCmap()) for face, file in faces().items()}


@pytest.mark.parametrize("face", fonts.FACES)
def test_every_letter_of_words_and_packs_can_be_drawn_in_every_face(face: str) -> None:
    said = "".join(text for language in LANGUAGES for text in catalogue(language).values())
    files = [file for pack in shipped().values() for file in pack.rglob("*") if file.suffix in (".yaml", ".md")]
    said += "".join(file.read_text(encoding="utf-8") for file in files)
    letters = {letter for letter in fonts.normal(said) + "▲▼✓✗→←↑↓" if letter.isprintable()}
    missing = {letter for letter in letters if ord(letter) not in COVERED[fonts.face_for(face, letter)]}
    assert not missing


def test_decomposed_hangul_is_drawn_composed() -> None:
    apart = unicodedata.normalize("NFD", "정상회담")
    assert "".join(run.text for run in runs(apart, "text")) == "정상회담"


def test_words_wrap_and_lose_nothing() -> None:
    text = (
        "Archivists wheel in the records: the agreements of 1994, 2005 and 2012, with what each side says went wrong."
    )
    set_text = paragraph(runs(text, "text"), 22, 1.4, 300)
    assert len(set_text.lines) > 2
    assert all(line.width <= 300 for line in set_text.lines)
    assert set_text.text == text
    assert not set_text.is_broken


def test_a_word_that_no_line_can_hold_is_broken_and_said_to_be() -> None:
    set_text = paragraph(runs("Donaudampfschifffahrtsgesellschaft", "text"), 22, 1.4, 120)
    assert set_text.is_broken
    assert "".join(line.text for line in set_text.lines) == "Donaudampfschifffahrtsgesellschaft"


def test_too_many_lines_end_in_an_ellipsis_and_are_said_to_be_cut() -> None:
    set_text = paragraph(runs("one two three four five six seven", "text"), 22, 1.4, 100, 2)
    assert (len(set_text.lines), set_text.is_cut) == (2, True)
    assert set_text.text.endswith("…")
    assert all(line.width <= 100 for line in set_text.lines)


def test_stars_make_bold_across_commas() -> None:
    assert [run.face for run in runs("a **b**, c", "text")] == ["text", "bold", "text"]
    assert [run.text for run in runs("2 ** 3", "text")] == ["2 ** 3"]


def test_no_text_is_smaller_than_sixteen_pixels_at_full_hd() -> None:
    pen = Pen(theme("dark", 100), 1080 / HEIGHT)
    assert min(pen.pixels(style) for style in STYLES) >= 16


def test_all_text_grows_with_the_text_size_and_small_text_in_full() -> None:
    small, large = theme("dark", 100), theme("dark", 200)
    assert large.size(SMALL) == 2 * small.size(SMALL)
    assert all(large.size(style) > small.size(style) for style in STYLES)
    ordered = sorted(STYLES, key=lambda style: style.size)
    assert [large.size(style) for style in ordered] == sorted(large.size(style) for style in ordered)


@pytest.mark.parametrize("letter", "北שمไก한あ😀Қ")
@pytest.mark.parametrize("face", fonts.FACES)
def test_no_letter_of_another_script_is_a_box(face: str, letter: str) -> None:
    def picture(text: str) -> bytes:
        ((own, part),) = fonts.pieces(face, text)
        return pygame.image.tobytes(fonts.font(own, 30).render(part, True, (255, 255, 255)), "RGBA")

    assert picture(letter) != picture("\U0010fffd")


def test_a_stretch_from_the_right_keeps_its_spaces_between_it_and_what_follows() -> None:
    assert fonts.pieces("text", "שלום עולם ok") == [("hebrew", "שלום עולם"), ("text", " ok")]


def test_what_has_no_picture_stays_with_the_letters_before_it() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert fonts.pieces("bold", f"a {family}!") == [("bold", "a "), ("emoji", family), ("bold", "!")]
