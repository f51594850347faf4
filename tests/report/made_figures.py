"""Figures of a review that were made up, so that its pages can be looked at without playouts."""

from __future__ import annotations

from tabletop.analysis.account import Account, Estimate, Fall, Figure, Part, Term
from tabletop.analysis.decisions import DecisionReview, DecisionTable, Difficulty, Flip, Lens, OptionFigure
from tabletop.analysis.game_figures import GameFigures
from tabletop.session import Session
from tabletop.session.played_decisions import PlayedDecision, played_decisions


def made_figures(session: Session, seat: str = "") -> GameFigures:
    """An account of a seat that expected 40 and came to 25, and its decisions: the first was right and ended badly, the
    second hangs on a premise."""
    seat = seat or session.humans[0]
    decided = [one for one in played_decisions(session) if one.seat == seat and one.passed_over]
    return GameFigures(accounts=(_account(session, seat, decided[0].step),), table=_table(session, seat, decided[:3]))


def _account(session: Session, seat: str, step: int) -> Account:
    own, chance = Estimate(-12.0, -15.0, -9.0), Estimate(-3.0, -4.0, -2.0)
    stage = session.scenario.stages[0]
    where = {"stage": stage.id, "phase": stage.phases[0].id}
    return Account(
        seat=seat,
        figure=Figure("points", seat),
        start=Estimate(40.0, 35.0, 45.0),
        result=25.0,
        finished=True,
        terms=(
            Term(step=0, kind="chance", seat="", action="", turn=0, value=chance, **where),
            Term(step=step, kind="own", seat=seat, action="x", turn=1, value=own, **where),
        ),
        parts=(Part(kind="chance", seat="", value=chance), Part(kind="own", seat=seat, value=own)),
        path={0: Estimate(37.0, 35.0, 39.0), step: Estimate.exactly(25)},
        continuation={seat: "random"},
        playouts=1000,
        falls=(Fall(kind="deal", value=chance),),
    )


def _table(session: Session, seat: str, decided: list[PlayedDecision]) -> DecisionTable:
    assumption = session.scenario.assumptions[0]
    turned = Lens(kind="assumption", name=assumption.id, value=int(assumption.alternatives[0].value))
    views = [Lens(kind="worldview", name=one.id) for one in session.scenario.worldviews]
    reviews = tuple(_review(session, one, at, turned) for at, one in enumerate(decided))
    return DecisionTable(
        reviews=reviews,
        lenses=(*views, turned),
        figures={seat: Figure("points", seat)},
        continuation={seat: "random"},
        playouts=1000,
        done=len(reviews),
        total=len(reviews),
    )


def _review(session: Session, one: PlayedDecision, at: int, turned: Lens) -> DecisionReview:
    views = [view.id for view in session.scenario.worldviews]
    options = tuple(
        OptionFigure(
            action=str(action),
            label=action.label,
            as_known=Estimate(30.0 - number, 28.0 - number, 32.0 - number),
            in_hindsight=Estimate(20.0 - number, 18.0 - number, 22.0 - number),
            by_worldview={view: Estimate(10.0 - number, 8.0 - number, 12.0 - number) for view in views},
            by_assumption={turned.key: Estimate(number, number - 1.0, number + 1.0)},
            alike=number == 1,
            playouts=400,
        )
        for number, action in enumerate((one.action, *one.passed_over))
    )
    flip = Flip(lens=turned, rival=options[1].action, here=Estimate(3.0, 2.0, 4.0), there=Estimate(-3.0, -4.0, -2.0))
    return DecisionReview(
        step=one.step,
        seat=one.seat,
        turn=one.moment.turn,
        stage=one.moment.stage,
        phase=one.moment.phase,
        card=one.action.card,
        chosen=options[0].action,
        options=options,
        verdict="right",
        in_hindsight="right",
        loss=Estimate.exactly(0),
        lead=Estimate(1.0, 0.2, 1.8),
        came="badly" if at == 0 else "as expected",
        came_by=Estimate(-5.0, -6.0, -4.0),
        flips=(flip,) if at == 1 else (),
        difficulty=Difficulty(options=len(options), alike=2, gap=1.0, spread=9.0, level="hard"),
        margin=1.0,
    )
