"""The values of an account: they go through JSON and come back, and say what cannot be told apart from nothing."""

from __future__ import annotations

import json

import pytest

from tabletop.analysis.account import Account, Estimate, Fall, Figure, Part, Term, as_data, from_data
from tabletop.analysis.decisions import DecisionReview, DecisionTable, Difficulty, Flip, Lens, OptionFigure

TERM = Term(
    step=3, kind="own", seat="mayor", action="talk", turn=1, stage="summer", phase="plan", value=Estimate(2.5, 1, 4)
)
ACCOUNT = Account(
    seat="mayor",
    figure=Figure("points", "mayor"),
    start=Estimate(40, 38, 42),
    result=42.5,
    finished=True,
    terms=(TERM,),
    parts=(Part(kind="own", seat="mayor", value=Estimate(2.5, 1, 4)),),
    path={0: Estimate(40, 38, 42), 3: Estimate.exactly(42.5)},
    continuation={"mayor": "random", "miller": "guarded"},
    playouts=200,
    falls=(Fall(kind="card", value=Estimate(1, 0, 2)),),
)
SURE = OptionFigure(
    action="sure",
    label="Take what is offered",
    as_known=Estimate(5, 5, 5),
    in_hindsight=Estimate(5, 5, 5),
    by_worldview={"critics": Estimate(4, 3, 5)},
    by_assumption={"odds=40": Estimate(4, 3, 5)},
    by_continuation={},
    alike=False,
    playouts=400,
)
REVIEW = DecisionReview(
    step=3,
    seat="mayor",
    turn=1,
    stage="summer",
    phase="plan",
    card="",
    chosen="sure",
    options=(SURE,),
    verdict="right",
    in_hindsight="wrong",
    loss=Estimate.exactly(0),
    lead=Estimate(1, 0.5, 1.5),
    came="as expected",
    came_by=Estimate(0, -1, 1),
    flips=(
        Flip(
            lens=Lens(kind="assumption", name="odds", value=40),
            rival="risky",
            here=Estimate(1, 0.5, 1.5),
            there=Estimate(-2, -3, -1),
        ),
    ),
    difficulty=Difficulty(options=2, alike=1, gap=1.0, spread=5.0, level="middling"),
    margin=0.5,
)
TABLE = DecisionTable(
    reviews=(REVIEW,),
    lenses=(Lens(kind="assumption", name="odds", value=40), Lens(kind="hindsight")),
    figures={"mayor": Figure("points", "mayor")},
    continuation={"mayor": "random"},
    playouts=4000,
    done=1,
    total=1,
)


@pytest.mark.parametrize("value", [ACCOUNT, TABLE], ids=["account", "decisions"])
def test_an_account_goes_through_json_and_comes_back_equal(value: Account | DecisionTable) -> None:
    assert from_data(type(value), json.loads(json.dumps(as_data(value)))) == value


def test_data_that_is_no_account_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="this is no Account"):
        from_data(Account, {"seat": "mayor"})


def test_what_the_terms_leave_is_the_rest() -> None:
    assert ACCOUNT.rest == 0
    assert ACCOUNT.part("own", "mayor").mean == 2.5
    assert ACCOUNT.part("chance") == Estimate.exactly(0)


def test_an_interval_around_nothing_says_nothing() -> None:
    assert Estimate(0.1, -0.2, 0.4).is_nothing
    assert not Estimate(0.1, 0.05, 0.15).is_nothing


def test_an_option_is_found_by_its_action() -> None:
    assert REVIEW.option("sure") is SURE
    with pytest.raises(KeyError):
        REVIEW.option("risky")
