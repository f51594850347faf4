"""Whether chance fell alike on two branches of a session, since they parted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import attrs

from tabletop.engine.log import Entry
from tabletop.session.branch_comparison import Comparison
from tabletop.session.session import Session


@attrs.frozen(kw_only=True)
class ChanceCompared:
    """Of how many falls of chance that both branches had (`of`: the same table, or a card in the same phase of the same
    turn) how many fell alike (`same`). Of the first that did not: the stage, its turn, and what fell on either, in the
    pack's words; "" and 0 where all did."""

    same: int
    of: int
    stage: str = ""
    stage_turn: int = 0
    one: str = ""
    other: str = ""


#: A fall by its turn, the table or the phase of a card, and how many of these there were before it in that turn.
_Place = tuple[int, str, str, int]


def chance_compared(session: Session, found: Comparison) -> ChanceCompared:
    """The falls of chance on two branches that were compared; for whoever knows everything."""
    sides = [dict(_falls(_since(session, found, name))) for name in (found.one, found.other)]
    both = [place for place in sides[0] if place in sides[1]]
    apart = [place for place in both if _fell(sides[0][place]) != _fell(sides[1][place])]
    if not apart:
        return ChanceCompared(same=len(both), of=len(both))
    one, other = (side[apart[0]] for side in sides)
    return ChanceCompared(
        same=len(both) - len(apart),
        of=len(both),
        stage=one.stage,
        stage_turn=_stage_turn(session, found.one, one),
        one=_told(one),
        other=_told(other),
    )


def _since(session: Session, found: Comparison, name: str) -> Sequence[Entry]:
    tips, parted = session.course.tips, session.course.steps[found.parted.number]
    known = len(session.position_at(parted).state.log)
    return session.position_at(tips[name]).state.log[known:]


def _falls(log: Sequence[Entry]) -> Iterator[tuple[_Place, Entry]]:
    seen: Counter[tuple[int, str, str]] = Counter()
    for entry in log:
        if entry.kind in ("card", "roll"):
            key = entry.turn, entry.kind, entry.phase if entry.kind == "card" else entry.rule
            yield (*key, seen[key]), entry
            seen[key] += 1


def _fell(entry: Entry) -> str:
    return entry.card if entry.kind == "card" else entry.outcome


def _told(entry: Entry) -> str:
    return f"{entry.title}: {entry.text}" if entry.kind == "roll" and entry.text else entry.title


def _stage_turn(session: Session, name: str, entry: Entry) -> int:
    """The turn of an entry as players count it, in its stage."""
    log = session.position_at(session.course.tips[name]).state.log
    return sum(1 for one in log if one.kind == "turn" and one.stage == entry.stage and one.turn <= entry.turn)
