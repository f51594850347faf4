"""What a table reads has one reading."""

from __future__ import annotations

import pytest

import tabletop
from tabletop.presentation.names import Names
from tabletop.presentation.paper.expression_words import ExpressionWords
from tabletop.presentation.words import Words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("preparation < 4", "Preparation is below 4"),
        ("0 - expectation // 4", "−(Expectation ÷ 4)"),
        ("(0 - expectation) // 4", "(−Expectation) ÷ 4"),
        ("40 - 6 * preparation", "40 − 6 × Preparation"),
        ("40 - (preparation - 6)", "40 − (Preparation − 6)"),
        ("(preparation + 1) * 2", "(Preparation + 1) × 2"),
        ("12 if calendar == open else -3", "12 if Calendar is open, else −3"),
        ("2 + (12 if calendar == open else 0)", "2 + (12 if Calendar is open, else 0)"),
        ("not (calendar == open or trust > 3)", "not (Calendar is open or Trust in your word is above 3)"),
        ("calendar == open and (trust > 3 or trust < 1)", None),
    ],
    ids=lambda value: None if value is None else str(value)[:30],
)
def test_an_expression_is_printed_with_the_brackets_it_needs(source: str, words: str | None) -> None:
    said = ExpressionWords(Names(tabletop.load("first-summit")), Words("en"))
    expected = "Calendar is open and (Trust in your word is above 3 or Trust in your word is below 1)"
    assert said(source) == (words or expected)
