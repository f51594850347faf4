"""What happened: moves, cards and rules as a seat has learned of them, each with what it changed and why."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tabletop.engine.log import Entry
from tabletop.host.pages.appearance import seat_icon
from tabletop.presentation.causes import Happening, happenings
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.spans import MARK_OF_SIGN, signed

#: How many turns of the log a page has; the exports have all of it.
MOST_TURNS = 20


@attrs.frozen(kw_only=True)
class Change:
    """What became of a meter, a track or a fact. `amount` is with its sign, or "" for what has a `value` in words."""

    target: str
    name: str
    short: str
    amount: str = ""
    value: str = ""
    direction: int = 0
    sign: int = 0
    mark: str = ""
    why: str = ""


@attrs.frozen(kw_only=True)
class Told:
    """One thing that happened: whose decision it was (`seat`, with `who`, `icon` and `at`; "" for nobody's), what, and
    what came of it. `is_own` is whether the seat that looks decided it."""

    kind: str
    title: str
    phase: str
    seat: str = ""
    who: str = ""
    icon: str = ""
    at: int = 0
    is_own: bool = False
    said: tuple[str, ...] = ()
    why: str = ""
    changes: tuple[Change, ...] = ()


@attrs.frozen(kw_only=True)
class ToldTurn:
    """What happened in a turn, in order."""

    number: int
    when: str
    told: tuple[Told, ...]


def told_turns(perspective: Perspective) -> tuple[ToldTurn, ...]:
    """The latest turns, the last first."""
    by_turn: dict[int, list[Told]] = {}
    for one in happenings(perspective.view.log):
        if one.begins.kind in ("turn", "stage"):
            continue
        by_turn.setdefault(one.begins.turn, []).append(_told(perspective, one))
    return tuple(
        ToldTurn(number=turn, when=str(perspective.turns.get(turn, "")), told=tuple(by_turn[turn]))
        for turn in sorted(by_turn, reverse=True)[:MOST_TURNS]
    )


def own_results(turns: Sequence[ToldTurn]) -> ToldTurn | None:
    """What the seat's own decisions did, in the latest turn in which it made any."""
    for turn in turns:
        own = tuple(one for one in turn.told if one.is_own)
        if own:
            return attrs.evolve(turn, told=own)
    return None


def revealed(perspective: Perspective, turns: Sequence[ToldTurn]) -> tuple[tuple[Told, ...], ...]:
    """What was chosen face down in the present turn and has been turned over: for each seat that did something, what,
    in the scenario's order of seats."""
    view = perspective.view
    face_down = {phase.id for phase in perspective.stage.phases if phase.order == "simultaneous"}
    if not turns or turns[0].number != view.turn or view.phase in face_down:
        return ()
    found = [one for one in turns[0].told if one.kind == "action" and one.phase in face_down and one.seat]
    by_seat = [tuple(one for one in found if one.seat == seat) for seat in perspective.names.seats]
    return tuple(one for one in by_seat if one)


def _told(perspective: Perspective, one: Happening) -> Told:
    entry = one.begins
    seat = entry.seat if entry.kind == "action" else ""
    icon, at = seat_icon(perspective.scenario, seat) if seat else ("", 0)
    changes = [entry, *one.changes] if entry.kind == "change" else one.changes
    said = [" ".join(each.text.split()) for each in one.said]
    own = " ".join(entry.text.split())
    if entry.kind in ("word", "roll", "ruling", "ending") and own != entry.title:
        said = [*dict.fromkeys([own, *said])]
    return Told(
        kind=entry.kind,
        title=entry.title or ("" if entry.kind == "change" else own),
        phase=entry.phase,
        seat=seat,
        who=perspective.names.seat(seat) if seat else "",
        icon=icon,
        at=at,
        is_own=bool(seat) and seat == perspective.seat,
        said=tuple(said),
        why="" if entry.kind == "change" else " ".join(entry.why.split()),
        changes=tuple(found for each in changes if (found := _change(perspective, each)) is not None),
    )


def _change(perspective: Perspective, entry: Entry) -> Change | None:
    names, target = perspective.names, entry.target
    why = " ".join(entry.why.split())
    variable = names.variables.get(target)
    if variable is None:
        if not entry.amount:
            return None
        sign = names.good(target, entry.amount, perspective.seat)
        return Change(
            target=target,
            name=names.full(target),
            short=names.short(target),
            amount=signed(entry.amount),
            direction=1 if entry.amount > 0 else -1,
            sign=sign,
            mark=MARK_OF_SIGN[sign],
            why=why,
        )
    if not (variable.values or variable.name) or not entry.amount:
        return None
    return Change(
        target=target,
        name=names.full(target),
        short=names.short(target),
        value=names.value(target, entry.after),
        why=why,
    )
