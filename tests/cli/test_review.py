"""The command `review`: pages, papers and data of a kept game, for whoever asks."""

from __future__ import annotations

import json
import pathlib
import sys

import pytest

import tabletop as engine
from tabletop.presentation.plain import from_plain
from tabletop.presentation.review.review import Review
from tabletop.session import Journal, Session
from tests.cli.test_sessions import one_line, tabletop
from tests.session.conftest import FERRY, ended, planned


@pytest.fixture
def place(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """A journal with a game that has ended and one that has not; the working directory is empty."""
    pack = tmp_path / "ferry"
    pack.mkdir()
    (pack / "scenario.yaml").write_text(FERRY, encoding="utf-8")
    for id, play in (("ferry-half", planned), ("ferry-done", ended)):
        journal = Journal(tmp_path / "kept")
        session = Session(engine.load(pack), seed=5, pack=str(pack), humans=["harbour"], journal=journal, id=id)
        play(session)
        session.close()
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "kept"


def test_the_game_played_last_gets_a_page_beside_where_one_stands(place: pathlib.Path) -> None:
    done = tabletop("review", "--no-account", "--save", place)
    assert (done.exit_code, done.stderr) == (0, "The review of ferry-done is written to ferry-done-review.html.\n")
    assert "<h1>Review: The Ferry</h1>" in pathlib.Path("ferry-done-review.html").read_text(encoding="utf-8")


def test_playouts_give_the_account_of_a_game(place: pathlib.Path) -> None:
    done = tabletop("review", "ferry-done", "--playouts", 40, "--json", "--out", "-", "--save", place)
    found = from_plain(Review, json.loads(done.stdout))
    (points, came) = found.accounts
    assert points.title == "Harbour's points"
    assert came.bars[-1].end == 1  # the ending that came


def test_a_game_that_bots_played_is_reviewed_where_it_was_to_be_kept(tmp_path: pathlib.Path) -> None:
    done = tabletop("play", "first-summit", "--auto", "--seed", 7, "--save", tmp_path / "demo")
    assert f"It is kept: tabletop review --save {tmp_path / 'demo'} first-summit-" in done.stderr
    page = tabletop("review", "--no-account", "--out", "-", "--save", tmp_path / "demo")
    assert "<h1>Review: " in page.stdout


def test_a_page_is_written_for_a_seat_and_for_the_room(place: pathlib.Path) -> None:
    for_seat = tabletop("review", "ferry-half", "--seat", "island", "--out", "-", "--save", place)
    assert "For Island." in for_seat.stdout
    for_room = tabletop("review", "ferry-half", "--room", "--lang", "ko", "--out", "-", "--save", place)
    assert '<html lang="ko">' in for_room.stdout


def test_what_cannot_be_followed_is_said_in_a_line(place: pathlib.Path) -> None:
    one_line(tabletop("review", "--seat", "iland", "--save", place), 2, "did you mean 'island'?")
    one_line(tabletop("review", "--seat", "island", "--room", "--save", place), 2, "a page is for one reader")
    one_line(tabletop("review", "--pdf", "--json", "--save", place), 2, "cannot both be followed")
    one_line(tabletop("review", "nothing", "--save", place), 1, "nothing")
    one_line(tabletop("review", "--no-account", "--out", "no/where.html", "--save", place), 1, "cannot write")


def test_a_paper_without_its_package_says_what_to_install(place: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    one_line(tabletop("review", "--no-account", "--pdf", "--save", place), 1, "pip install 'tabletop[print]'")
