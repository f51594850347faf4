"""Editing: what a person writes, moves over, selects, takes back and pastes in any field of the window."""

from __future__ import annotations

import pytest

from tabletop.window.text_editing import Edit, LeftOut, cleaned, stops


def written(text: str, **more: object) -> Edit:
    return Edit(text, **more)  # type: ignore[arg-type]


def test_letters_are_written_where_the_caret_stands() -> None:
    edit = written("late people")
    edit.move("all", -1)
    edit.insert("Two ")
    assert (edit.text, edit.caret) == ("Two late people", 4)


def test_the_caret_stands_between_letters_as_readers_count_them() -> None:
    family, accented = "\U0001f468\u200d\U0001f469\u200d\U0001f467", "e\u0301"
    assert stops(family + "x") == (0, 5, 6)
    edit = written(f"a{family}x")
    edit.move("letter", -1)
    edit.move("letter", -1)
    assert edit.caret == 1
    edit.delete("letter", 1)
    assert edit.text == "ax"
    edit.insert(accented)
    assert edit.text == "a\u00e9x"


def test_what_is_selected_is_replaced_or_deleted() -> None:
    edit = written("Moon Jae-in")
    edit.move("word", -1, selects=True)
    edit.move("word", -1, selects=True)
    assert edit.selected == "-in"
    edit.insert("!")
    assert edit.text == "Moon Jae!"
    edit.select_all()
    assert edit.delete("letter", -1)
    assert edit.text == ""
    assert not edit.delete("letter", -1)


def test_a_word_is_selected_where_it_stands() -> None:
    edit = written("a whole team")
    edit.select_word(4)
    assert edit.selected == "whole"


def test_a_run_of_letters_is_taken_back_at_once_and_done_again() -> None:
    edit = written("")
    for letter in "late people":
        edit.insert(letter)
    texts = []
    while edit.undo():
        texts.append(edit.text)
    assert texts == ["late ", "late", ""]
    while edit.redo():
        pass
    assert edit.text == "late people"


def test_what_is_set_from_elsewhere_is_no_step_to_take_back() -> None:
    edit = written("one")
    edit.insert(" two")
    edit.adopt("three")
    assert (edit.text, edit.caret, edit.undo()) == ("three", 5, False)


def test_a_limit_is_said_and_what_has_room_is_taken() -> None:
    edit = written("abc", most=6)
    edit.insert("defgh")
    assert (edit.text, edit.left_out) == ("abcdef", LeftOut("full", 2))
    edit.move("letter", -1)
    assert edit.left_out is None
    edit = written("", most=4)
    edit.insert("\U0001f468\u200d\U0001f469\u200d\U0001f467x")  # no letter is cut
    assert (edit.text, edit.left_out) == ("", LeftOut("full", 6))


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("Ann\nLee", "Ann Lee"),
        ("Ann\r\nLee", "Ann Lee"),
        ("Ann\u2028Lee\u2029Kim", "Ann Lee Kim"),
        ("Ann\tLee\u3000Kim\u00a0Moon", "Ann Lee Kim Moon"),
        ("\u0643\u200c\u0643", "\u0643\u200c\u0643"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
    ],
)
def test_no_names_run_together_that_were_pasted_apart(pasted: str, kept: str) -> None:
    edit = written("")
    edit.insert(pasted)
    assert (edit.text, edit.left_out) == (kept, None)


def test_lines_stay_lines_where_there_are_several() -> None:
    edit = written("", has_lines=True)
    edit.insert("one\r\ntwo\rthree")
    assert edit.text == "one\ntwo\nthree"


def test_control_characters_and_broken_letters_are_left_out_and_told() -> None:
    edit = written("")
    edit.insert("a\x00b\x1b\ud800c\u202e")
    assert (edit.text, edit.left_out) == ("abc", LeftOut("signs", 4))


def test_digits_of_any_script_are_digits_and_nothing_else_is() -> None:
    edit = written("", is_number=True, most=9)
    edit.insert("\uff11\u0662\u096b")
    assert edit.text == "125"
    edit.insert("\u00b2x")
    assert (edit.text, edit.left_out) == ("125", LeftOut("digits", 2))
    assert int(cleaned("\uff19\uff19", is_number=True)) == 99


def test_what_an_input_method_puts_together_is_shown_and_not_yet_text() -> None:
    edit = written("ab")
    edit.move("letter", -1)
    edit.compose("\u314e", 1)
    assert (edit.text, edit.shown, edit.shown_caret) == ("ab", "a\u314eb", 2)
    edit.insert("\ud55c")
    assert (edit.text, edit.composition, edit.caret) == ("a\ud55cb", "", 2)


def test_a_book_in_the_clipboard_takes_no_time() -> None:
    edit = written("", most=60)
    edit.insert("x" * 20_000_000)
    assert (len(edit.text), edit.left_out) == (60, LeftOut("full", 19_999_940))
