"""Week summary: what a turn came to: what changed most and why, what is due, how the calendar stands, what begins."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tabletop.engine.log import Entry
from tabletop.presentation.calendar import calendar_of
from tabletop.presentation.changes import Change, change_of
from tabletop.presentation.chronicle import SeatMoves
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.spans import signed
from tabletop.presentation.story import Cause, causes
from tabletop.presentation.words import Words

_MOST_CAUSES = 3


@attrs.frozen(kw_only=True)
class CauseOfChange:
    """What moved a meter, by how much: whose decision it was (`seat`, "" for nobody's), what it is called, and why.

    `text` is such as "Orla: Open the doors", `name` the same within a sentence.
    """

    amount: int
    amount_text: str
    seat: str
    text: str
    why: str
    name: str
    sign: int = 0


@attrs.frozen(kw_only=True)
class MovedMeter:
    """A meter from the beginning of the turn to its end, and its largest causes, the largest first.

    `rest` says that there were others, "" where there were none.
    """

    change: Change
    low: int
    high: int
    level: str
    causes: tuple[CauseOfChange, ...]
    rest: str = ""


@attrs.frozen(kw_only=True)
class WeekSummary:
    """The page of a turn that is over.

    `title` is such as "What week 5 came to", `when` the date. `headline` says in a sentence what changed most and by
    what; `moved` are the meters that moved, those that moved furthest first. `calendar` is how far the stage has come,
    `standing` the date that stands ("" for none), `due` what falls due, the next first. `next_name` is the turn that
    begins ("" where none does), `stage_ended` the title of the stage that ended with the turn ("" where it goes on),
    `moves` what each seat did.
    """

    turn: int
    title: str
    name: str
    when: str
    headline: str
    moved: tuple[MovedMeter, ...]
    calendar: str
    standing: str
    due: tuple[str, ...]
    next_name: str
    stage_ended: str
    moves: tuple[SeatMoves, ...] = ()


def week_summary(perspective: Perspective, words: Words, turn: int) -> WeekSummary:
    """What a turn came to, by its number over all stages, as the seat knows it. Raises KeyError for no turn of its."""
    label, view = perspective.turns[turn], perspective.view
    entries = [entry for entry in view.log if entry.turn == turn]
    following = perspective.turns.get(turn + 1)
    moved = _moved(perspective, words, entries)
    shown = calendar_of(perspective, words)
    ended = following is None or following.stage.id != label.stage.id
    is_next = turn == view.turn - 1
    return WeekSummary(
        turn=turn,
        title=words("staging.came_to", turn=label.name.lower()),
        name=label.name,
        when=label.date,
        headline=_headline(words, moved),
        moved=moved,
        calendar=words("staging.turn_of", turn=label.name, count=label.stage.turns),
        standing=shown.standing.text if shown.standing is not None and is_next else "",
        due=tuple(one.text for one in shown.due) if is_next else (),
        next_name=following.name if following is not None else "",
        stage_ended=label.stage.title if ended else "",
        moves=_moves(perspective, entries),
    )


def _moves(perspective: Perspective, entries: Sequence[Entry]) -> tuple[SeatMoves, ...]:
    """What each seat did in the turn, in the scenario's order of seats."""
    done: dict[str, list[str]] = {}
    for entry in entries:
        if entry.kind == "action" and entry.seat:
            done.setdefault(entry.seat, []).append(entry.title)
    seats = [seat for seat in perspective.names.seats if seat in done]
    return tuple(SeatMoves(seat=one, who=perspective.names.seat(one), titles=tuple(done[one])) for one in seats)


def _moved(perspective: Perspective, words: Words, entries: Sequence[Entry]) -> tuple[MovedMeter, ...]:
    names = perspective.names
    of: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.kind == "change" and entry.target in names.meters and entry.before != entry.after:
            of.setdefault(entry.target, []).append(entry)
    found = []
    for target, own in of.items():
        change = change_of(perspective, words, own[-1], before=own[0].before)
        if not change.amount:
            continue
        low, high = names.meters[target].range
        told = sorted(causes(names, _with_moves(entries, own)), key=lambda one: -abs(_amount(one, target)))
        shown = tuple(_cause(perspective, words, one, target) for one in told[:_MOST_CAUSES])
        rest = words("staging.more_causes", count=len(told) - len(shown)) if len(told) > len(shown) else ""
        level = names.level(target, change.after)
        found.append(MovedMeter(change=change, low=low, high=high, level=level, causes=shown, rest=rest))
    return tuple(sorted(found, key=lambda one: -abs(one.change.amount) * 100 // max(1, one.high - one.low)))


def _with_moves(entries: Sequence[Entry], own: Sequence[Entry]) -> list[Entry]:
    """The changes of a meter with the moves of the turn, by which they are called."""
    chosen = {id(entry) for entry in own}
    return [entry for entry in entries if entry.kind == "action" or id(entry) in chosen]


def _amount(cause: Cause, target: str) -> int:
    return sum(entry.amount for entry in cause.entries if entry.target == target)


def _cause(perspective: Perspective, words: Words, cause: Cause, target: str) -> CauseOfChange:
    amount = _amount(cause, target)
    first = max(cause.entries, key=lambda entry: abs(entry.amount))
    title = cause.title or words("timeline.cause_unknown")
    if first.noun == "ruling":
        title = words("timeline.facilitator")
    is_own, own = bool(cause.seat) and cause.seat == perspective.seat, words("staging.you")
    who = words("timeline.you") if is_own else perspective.names.seat(cause.seat)
    return CauseOfChange(
        amount=amount,
        amount_text=signed(amount),
        seat=cause.seat,
        text=f"{who}: {title}" if cause.seat else title,
        name=words("staging.of_whom", title=title, who=own if is_own else who) if cause.seat else title,
        why="" if first.hides_cause else first.why,
        sign=perspective.names.good(target, amount, perspective.seat),
    )


def _headline(words: Words, moved: Sequence[MovedMeter]) -> str:
    if not moved:
        return words("staging.nothing_moved")
    first = moved[0]
    # The largest cause may have worked the other way.
    with_it = [one for one in first.causes if one.amount * first.change.amount > 0]
    cause = max(with_it or first.causes, key=lambda one: abs(one.amount))
    key = "staging.rose_most" if first.change.amount > 0 else "staging.fell_most"
    return words(
        key,
        name=first.change.name,
        before=first.change.before,
        after=first.change.after,
        cause=cause.name,
    )
