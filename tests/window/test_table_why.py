"""Why: everything on the table explains itself, and nothing on it is what the seat may not know."""

from __future__ import annotations

import os
import pathlib
import threading

import attrs
import pytest

import tabletop
from tabletop.players.search import SearchPlayer
from tabletop.session import Facilitator, NotKept, Session
from tabletop.window.screens import table_sheets
from tabletop.window.screens.table import Table
from tests.patience import PATIENCE, wait_until
from tests.window.driver import Player, drive, new_app
from tests.window.test_table import seated, session_of

#: With TABLETOP_SIBLINGS also the seat whose table has the most on it, and all that explains itself there.
IS_LONG = bool(os.environ.get("TABLETOP_SIBLINGS"))
SEATS = ("tokyo", "washington") if IS_LONG else ("tokyo",)
EVERY = 1 if IS_LONG else 4
EXPLAINED = ("meter.", "track.", "fact.", "seat.", "about.", "log.", "why.", "you", "calendar")


@pytest.fixture
def uncompiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search player as it is where Numba is not installed."""
    for place in ("tabletop.engine.compiled.playout_tree", "tabletop.players.search"):
        monkeypatch.setattr(f"{place}.has_compiled", lambda: False)


def planning(folder: pathlib.Path, seat: str = "washington", **settings: object) -> Player:
    """A player in the first planning phase of the flagship."""
    player = seated(folder, "summit-2018", seat, **settings)
    player.press("enter")
    while session_of(player).state.card is not None:
        player.press("1")
    return player


def everything_drawn(player: Player) -> list[str]:
    """All texts of the table and of the sheets behind what can be pressed without deciding anything."""
    found = list(player.texts)
    table = player.screen
    explained = [name for name in player.names if name.startswith(EXPLAINED) and name not in ("log.back", "log.on")]
    for name in explained[::EVERY]:
        player.tab_to(name).press("enter")
        found += player.texts
        assert player.screen is not table, name
        player.press("escape")
    return found


@pytest.mark.parametrize("seat", SEATS)
def test_what_a_seat_may_not_know_is_nowhere_on_the_table(seat: str, tmp_path: pathlib.Path) -> None:
    drawn = []
    for truth in ("ready", "stalling"):
        player = planning(tmp_path / truth, seat)
        session = session_of(player)
        step = session.course.at
        supposed = session.game.suppose(session.state, intention=truth)
        step.position = attrs.evolve(session.position, state=supposed)
        player.screen.refresh()
        drawn.append(everything_drawn(player.frame()))
    assert drawn[0] == drawn[1]


def test_the_seat_that_knows_it_is_told(tmp_path: pathlib.Path) -> None:
    player = seated(tmp_path, "summit-2018", "pyongyang")
    assert "Pyongyang's intention: " in " ".join(player.texts)


def test_why_at_a_change_names_what_did_it_the_card_and_the_claim(tmp_path: pathlib.Path) -> None:
    player = planning(tmp_path)
    log = session_of(player).view("washington").log
    at = next(at for at, e in enumerate(log) if e.kind == "change" and e.noun == "option" and e.amount and e.claims)
    entry = log[at]
    player.tab_to(f"log.{at}").press("enter")
    said = " ".join(player.texts)
    card = next(card for card in session_of(player).scenario.cards if card.id == entry.card)
    claim = next(claim for claim in session_of(player).scenario.claims if claim.id == entry.claims[0])
    for part in (entry.why, entry.title, card.title, claim.id, claim.summary):
        assert part in said


def test_w_asks_why_of_the_card_that_is_looked_at(tmp_path: pathlib.Path) -> None:
    player = planning(tmp_path).tab_to("play.1").press("w")
    assert "What it would do now" in player.texts


@pytest.mark.usefixtures("uncompiled")
def test_advice_is_marked_as_advice_and_gives_points_with_an_interval(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_sheets, "SECONDS", 0.05)
    player = seated(tmp_path, "first-summit").press("enter")
    while session_of(player).state.card is not None:
        player.press("1")
    player.press("a")
    assert isinstance(player.screen, table_sheets.Advice)
    wait_until(lambda: player.screen.thought is not None, player.frame)
    said = " ".join(player.texts)
    assert "ADVICE, NOT A RULE" in said
    assert "points expected (95%:" in said


@pytest.mark.usefixtures("uncompiled")
def test_a_bot_that_thinks_is_waited_for_beside_the_window_and_can_be_stopped(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go = threading.Event()
    real = SearchPlayer.move

    def slow(self: SearchPlayer, *given: object) -> int:
        may_go.wait(PATIENCE)
        return real(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(SearchPlayer, "move", slow)
    app = new_app(tmp_path)
    session = Session(tabletop.load("first-summit"), seed=7, humans=("corvane",), players={"ulmar": "search:attache"})
    app.push(Table(app, session))
    player = drive(app).press("enter")
    while session.to_act is not None:
        player.press("d" if "done" in player.names else "1")
    assert "Now: Ulmar is thinking…" in player.texts
    player.press("escape").frame()
    assert "go_on" in player.names
    may_go.set()
    player.press("g")
    wait_until(lambda: session.to_act is not None, player.frame)
    assert session.to_act == "corvane"


def test_what_cannot_be_kept_is_asked_about_and_can_be_played_on_unkept(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    player = seated(tmp_path, "first-summit").press("enter")
    session = session_of(player)

    def full(*given: object) -> None:
        raise NotKept("the disk is full")

    monkeypatch.setattr(player.app.journal, "append", full)
    before = session.state
    player.press("1")
    assert "The disk is full. All that was decided before is safe, and this has not happened yet." in player.texts
    assert session.state is before
    player.press("p")
    assert session.state is not before
    assert not session.is_kept
    assert "not kept" in player.drawn("kept").control.tip


def test_a_facilitators_ruling_in_the_log_says_why_too(tmp_path: pathlib.Path) -> None:
    player = planning(tmp_path)
    meter = session_of(player).scenario.meters[0]
    Facilitator(session_of(player)).set(meter.id, 44, "The room was not convinced.")
    player.screen.refresh()
    player.frame()
    log = session_of(player).view("washington").log
    told = next(place for place, entry in reversed([*enumerate(log)]) if entry.noun == "ruling")
    assert isinstance(player.screen, Table)
    player.screen.explain_entry(told)
    player.frame()
    assert "Ruling" in " ".join(player.texts)
    assert "The room was not convinced." in " ".join(player.texts)
