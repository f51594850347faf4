"""What could not be done is said in the language of whoever reads, by the kind of the error."""

from __future__ import annotations

import ast
import pathlib
import re

import pytest

import tabletop
from tabletop.engine.adjudication import RulingRefused
from tabletop.presentation.error_words import error_words
from tabletop.presentation.names import names_in
from tabletop.presentation.words import Words, catalogue
from tabletop.session import Facilitator, Session
from tabletop.session.session import CannotGo
from tests.presentation.played_games import loaded

HOME = pathlib.Path(tabletop.__file__).parent
SOURCES = [
    HOME / "engine/adjudication.py",
    *(HOME / "session").glob("*.py"),
    *(HOME / "players").glob("*.py"),
    HOME / "cli/sessions.py",
]
#: Errors that are told to players and teachers, and the argument from which their kind follows.
TOLD = {"JournalError": 2, "NotKept": 2, "Damaged": 3, "PlayerFailed": 1, "UnknownPlayer": 1, "RulingRefused": 1}


@pytest.fixture
def session() -> Session:
    return Session(loaded("summit-2018"), seed=3, humans=("washington",))


def test_a_refused_ruling_is_told_in_the_language_of_the_facilitator(session: Session) -> None:
    with pytest.raises(RulingRefused) as refused:
        Facilitator(session).set("tension", 900)
    english = error_words(Words("en"), refused.value)
    assert english == "'tension' goes from 0 to 100, not 900."
    assert english.rstrip(".") == str(refused.value)
    assert "900" in error_words(Words("ko"), refused.value) != english


def test_seats_are_called_by_their_names(session: Session) -> None:
    with pytest.raises(ValueError, match="washington") as refused:
        session.decide("washington", "nothing at all")
    assert "Washington" in error_words(Words(), refused.value, names_in(session.game.program))


def test_a_branch_that_there_is_none_of_is_told(session: Session) -> None:
    with pytest.raises(CannotGo) as refused:
        session.switch("nowhere")
    assert "nowhere" in error_words(Words("ko"), refused.value)


def test_no_error_for_people_is_without_a_kind() -> None:
    calls = [
        (file.name, call.lineno, len(call.args) > TOLD[call.func.id])
        for file in SOURCES
        for call in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in TOLD
    ]
    assert calls
    assert [(file, line) for file, line, has_kind in calls if not has_kind] == []


def test_every_kind_of_error_has_its_words() -> None:
    kinds = {kind for file in SOURCES for kind in re.findall(r'"([a-z]+(?:-[a-z]+)+)"', file.read_text("utf-8"))}
    known = set(catalogue("en"))
    missing = {kind for kind in kinds if f"errors.{kind.replace('-', '_')}" not in known}
    assert not missing
