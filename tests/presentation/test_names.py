"""Names of a scenario's values, in the language of whoever reads them."""

from __future__ import annotations

from collections.abc import Callable

import tabletop
from tabletop.presentation.names import Names
from tabletop.presentation.words import Words


def test_yes_and_no_are_in_the_language_of_the_reader(town: Callable[..., tabletop.Scenario]) -> None:
    names = Names(town())
    assert [names.in_words(Words("en"), "open_bridge", value) for value in (True, False)] == ["yes", "no"]
    assert [names.in_words(Words("ko"), "open_bridge", value) for value in (True, False)] == ["예", "아니요"]


def test_a_value_has_its_name_and_a_number_is_a_number(town: Callable[..., tabletop.Scenario]) -> None:
    names = Names(town())
    for language in ("en", "ko"):
        assert names.in_words(Words(language), "mood", 1) == "sour"
        assert names.in_words(Words(language), "rumour", 7) == "7"
