"""Made-up figures of a game, for pictures and tests of how figures are laid out: no game was played for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tabletop.analysis.account import Account, Estimate, Fall, Figure, Part, Term
from tabletop.analysis.decisions import DecisionReview, DecisionTable, Difficulty, Flip, Lens, OptionFigure
from tabletop.analysis.game_figures import GameFigures

if TYPE_CHECKING:
    from tabletop.engine.played_step import PlayedStep
    from tabletop.session.look_back import LookBack

#: How many decisions have figures.
_DECISIONS = 9


def example_figures(look: LookBack) -> GameFigures:
    """An account of the first seat that is looked at, and some of its decisions: right and wrong, well and badly ended,
    one that a premise turns round."""
    seat = look.seats[0]
    made = [one for one in look.steps if one.is_decision and one.seat == seat and len(_moves(one)) > 1]
    chosen = made[:: max(1, len(made) // _DECISIONS)][:_DECISIONS]
    return GameFigures(accounts=(_account(look, seat),), table=_table(look, seat, chosen), share=1.0)


def _moves(step: PlayedStep) -> list[int]:
    program = step.before.program
    return program.legal(step.before.core, program.seat_number(step.seat))


def _about(mean: float, half: float) -> Estimate:
    return Estimate(mean, mean - half, mean + half)


def _account(look: LookBack, seat: str) -> Account:
    """The account of a seat: each step moves the expected figure a little, now up, now down."""
    start, terms, path, at = 40.0, list[Term](), {0: _about(40.0, 2.0)}, 40.0
    for place, step in enumerate(look.steps):
        value = ((place * 7) % 11 - 5) * (0.4 if place % 9 else 2.5)
        kind = "own" if step.seat == seat else "other" if step.seat and place % 3 else "chance"
        before = step.before
        terms.append(
            Term(
                step=step.number,
                kind=kind,  # type: ignore[arg-type]
                seat=step.seat if kind != "chance" else "",
                action=step.action,
                turn=before.turn,
                stage=before.stage,
                phase=before.phase,
                value=_about(value, 0.3),
            )
        )
        at += value
        path[step.number] = _about(at, 2.0)
    sums: dict[tuple[str, str], float] = {}
    for one in terms:
        sums[one.kind, one.seat] = sums.get((one.kind, one.seat), 0.0) + one.value.mean
    return Account(
        seat=seat,
        figure=Figure("points", seat),
        start=_about(start, 2.0),
        result=at,
        finished=True,
        terms=tuple(terms),
        parts=tuple(
            Part(kind=kind, seat=of, value=_about(value, 1.5))  # type: ignore[arg-type]
            for (kind, of), value in sorted(sums.items())
        ),
        path=path,
        continuation={seat: "random"},
        playouts=1000,
        falls=(Fall(kind="card", value=_about(sums.get(("chance", ""), 0.0), 1.5)),),
    )


def _table(look: LookBack, seat: str, made: list[PlayedStep]) -> DecisionTable:
    scenario = made[0].before.program.scenario if made else look.steps[0].before.program.scenario
    turned = [
        Lens(kind="assumption", name=one.id, value=int(one.alternatives[0].value)) for one in scenario.assumptions
    ]
    views = [Lens(kind="worldview", name=one.id) for one in scenario.worldviews]
    return DecisionTable(
        reviews=tuple(_review(one, place, turned) for place, one in enumerate(made)),
        lenses=(*views, *turned[:1]),
        figures={seat: Figure("points", seat)},
        continuation={seat: "random"},
        playouts=1000,
        done=1,
        total=1,
    )


def _review(step: PlayedStep, place: int, turned: list[Lens]) -> DecisionReview:
    before, moves = step.before, _moves(step)
    program = before.program
    order = [step.move, *(move for move in moves if move != step.move)]
    if place % 3 == 1:
        order[0], order[1] = order[1], order[0]
    options = tuple(
        OptionFigure(
            action=str(program.actions[move]),
            label=program.actions[move].label,
            as_known=_about(30.0 - 2.2 * at, 2.0),
            in_hindsight=_about(28.0 - 3.1 * at, 0.8),
            alike=at == 1 and place % 3 == 0,
            playouts=400,
        )
        for at, move in enumerate(order)
    )
    flips: tuple[Flip, ...] = ()
    if place == 0 and turned:
        rival = options[1].action
        flips = (Flip(lens=turned[0], rival=rival, here=_about(2.2, 0.5), there=_about(-3.0, 0.5)),)
    return DecisionReview(
        step=step.number,
        seat=step.seat,
        turn=before.turn,
        stage=before.stage,
        phase=before.phase,
        card=before.card or "",
        chosen=step.action,
        options=options,
        verdict="wrong" if place % 3 == 1 else "right",
        in_hindsight="right",
        loss=_about(2.2, 1.0) if place % 3 == 1 else Estimate.exactly(0),
        lead=_about(2.2, 1.0),
        came="well" if place % 3 == 1 else "badly" if place % 3 == 2 else "as expected",
        came_by=_about(4.0, 1.0),
        flips=flips,
        difficulty=Difficulty(options=len(options), alike=1, gap=2.2, spread=9.0, level="middling"),
        margin=0.5,
    )
