"""What happened: moves, cards and rules as a seat has learned of them, each with what it changed and why."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tabletop.host.pages.appearance import seat_icon
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.spans import MARK_OF_SIGN, signed
from tabletop.presentation.timeline import TimelineEntry, TimelineEvent, timeline
from tabletop.presentation.words import Words


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


def told_turns(perspective: Perspective, words: Words, latest: int | None = None) -> tuple[ToldTurn, ...]:
    """What happened turn by turn, the last first: all of it, or the `latest` so many turns and no more."""
    log, since = perspective.view.log, 0
    if latest is not None:
        begin = perspective.view.turn - latest + 1
        since = next((place for place, entry in enumerate(log) if entry.turn >= begin), len(log))
    by_turn: dict[int, list[Told]] = {}
    for event in timeline(perspective, words, since=since):
        if event.kind not in ("turn", "stage"):
            by_turn.setdefault(event.turn, []).append(_told(perspective, event))
    return tuple(
        ToldTurn(number=turn, when=str(perspective.turns.get(turn, "")), told=tuple(by_turn[turn]))
        for turn in sorted(by_turn, reverse=True)
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
    face_down = {phase.id for phase in perspective.stage.phases if phase.is_face_down}
    if not turns or turns[0].number != view.turn or view.phase in face_down:
        return ()
    found = [one for one in turns[0].told if one.kind == "action" and one.phase in face_down and one.seat]
    by_seat = [tuple(one for one in found if one.seat == seat) for seat in perspective.names.seats]
    return tuple(one for one in by_seat if one)


def _told(perspective: Perspective, event: TimelineEvent) -> Told:
    head = event.head
    seat = head.seat if head is not None and head.kind == "action" else ""
    icon, at = seat_icon(perspective.scenario, seat) if seat else ("", 0)
    texts = [f"{one.title}: {one.text}" if one.kind == "roll" and one.title else one.text for one in event.entries]
    said = [head.text, *texts] if head is not None and head.kind == "word" else texts
    return Told(
        kind=event.kind,
        title=event.title,
        phase=event.phase,
        seat=seat,
        who=perspective.names.seat(seat) if seat else "",
        icon=icon,
        at=at,
        is_own=bool(seat) and seat == perspective.seat,
        said=tuple(" ".join(one.split()) for one in dict.fromkeys(said) if one),
        why=head.why if head is not None else "",
        changes=tuple(found for one in event.entries if (found := _change(perspective, one)) is not None),
    )


def _change(perspective: Perspective, entry: TimelineEntry) -> Change | None:
    """A change that is shown: counters behind the scenes, which have no name, are not."""
    change = entry.change
    variable = perspective.names.variables.get(change.target) if change is not None else None
    if change is None or (variable is not None and not (variable.name or variable.values)):
        return None
    is_amount = not change.is_named
    return Change(
        target=change.target,
        name=change.name,
        short=change.short,
        amount=signed(change.amount) if is_amount else "",
        value="" if is_amount else change.after_text,
        direction=((change.amount > 0) - (change.amount < 0)) if is_amount else 0,
        sign=change.sign if is_amount else 0,
        mark=MARK_OF_SIGN[change.sign] if is_amount else "",
        why=" ".join(entry.why.split()),
    )
