"""The account and the decisions of a game are worked out side by side, coarse first, here or in another process."""

from __future__ import annotations

import pytest

import tabletop
from tabletop.analysis.account import as_data
from tabletop.analysis.background_figures import BackgroundFigures
from tabletop.analysis.decisions import DecisionTable
from tabletop.analysis.game_figures import GameFigures, game_figures, wanted_figures
from tabletop.analysis.playout_pool import PlayoutPool
from tabletop.engine.played_step import PlayedStep
from tabletop.session.look_back import look_back
from tabletop.session.session import Session
from tests.patience import wait_until

FEW = 40


@pytest.fixture(scope="module")
def steps(tutorial: tabletop.Scenario) -> tuple[PlayedStep, ...]:
    session = Session(tutorial, seed=4)
    while not session.state.finished:
        session.bot_decides(session.bot_choice())
    return look_back(session).steps[-6:]


def figures(steps: tuple[PlayedStep, ...]) -> list[GameFigures]:
    wanted = wanted_figures(("corvane",), steps[-1].after.outcome)
    with PlayoutPool(jobs=1) as pool:
        return list(game_figures(steps, pool, wanted, playouts=FEW))


def table_of(found: GameFigures) -> DecisionTable:
    assert found.table is not None
    return found.table


def ended(work: BackgroundFigures) -> bool:
    work.wait(0.1)
    return not work.is_working


def test_the_first_account_and_the_first_table_come_before_anything_is_sharp(steps: tuple[PlayedStep, ...]) -> None:
    found = figures(steps)
    assert found[0].accounts
    assert found[0].table is None
    assert not table_of(found[1]).reviews[0].is_final
    assert [one.share for one in found] == sorted(one.share for one in found)
    assert found[-1].share == 1
    assert table_of(found[-1]).reviews[0].is_final


def test_another_process_comes_to_the_same(steps: tuple[PlayedStep, ...]) -> None:
    work = BackgroundFigures(steps, wanted_figures(("corvane",), steps[-1].after.outcome), FEW, jobs=2)
    wait_until(lambda: ended(work))
    assert work.failure == ""
    assert as_data(work.latest) == as_data(figures(steps)[-1])


def test_whoever_does_not_want_it_any_more_stops_the_other_process(steps: tuple[PlayedStep, ...]) -> None:
    work = BackgroundFigures(steps, wanted_figures(("corvane",), None))
    work.stop()
    assert not work.is_working
    assert not work.wait(0.1)
    wait_until(lambda: not work._process.is_alive())
    assert work.failure == ""


def test_what_goes_wrong_in_the_other_process_is_said(steps: tuple[PlayedStep, ...]) -> None:
    work = BackgroundFigures(steps, wanted_figures(("nobody",), None), FEW)
    wait_until(lambda: ended(work))
    assert "nobody" in work.failure


def test_a_game_in_which_nothing_was_decided_has_no_figures() -> None:
    with PlayoutPool(jobs=1) as pool:
        assert list(game_figures((), pool, wanted_figures(("corvane",), None))) == []
