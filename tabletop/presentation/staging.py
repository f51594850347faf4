"""Staging: what has happened since a seat last decided, in steps that a face shows one after another.

A step is what one seat did in a phase, a card, the standing rules of a phase, or the beginning of a stage or the end of
the game; each has the changes that it brought about, with their reasons. A staged turn that is over also has its page:
what it came to (`tabletop.presentation.week_summary`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

import attrs

from tabletop.presentation.changes import Change
from tabletop.presentation.names import Names
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.timeline import TimelineEntry, TimelineEvent, timeline
from tabletop.presentation.week_summary import WeekSummary, week_summary
from tabletop.presentation.words import Words

StepKind: TypeAlias = Literal["seat", "card", "rule", "stage", "ending", "ruling"]

#: A meter that moves by so much, in hundredths of its range, is shown large; by twice as much it is a blow.
GREAT = 5
#: The most that all the steps of one staging take together, in milliseconds, and the least that one of them does.
LONGEST, BRIEFEST = 7600, 420
_HEADS: dict[str, StepKind] = {
    "card": "card",
    "quiet": "card",
    "stage": "stage",
    "ending": "ending",
    "ruling": "ruling",
}


@attrs.frozen(kw_only=True)
class StagedChange:
    """What became of one thing by a deed: the change, the place of its entry in the seat's log, and why.

    `cause` is what else stands behind it, such as a table on which chance fell.
    """

    place: int
    change: Change
    why: str = ""
    cause: str = ""


@attrs.frozen(kw_only=True)
class Deed:
    """One thing that was done or came about: its title, what was said of it and how chance fell, and its changes.

    `place` is where it begins in the seat's log, `entries` are all that it shows of the log. `towards` are the seats
    that it is aimed at, such as the ally who is asked.
    """

    place: int
    title: str
    said: tuple[str, ...] = ()
    why: str = ""
    towards: tuple[str, ...] = ()
    changes: tuple[StagedChange, ...] = ()
    entries: tuple[int, ...] = ()


@attrs.frozen(kw_only=True)
class StagedStep:
    """One step: whose it is (`seat`, `who`; "" for nobody's), in which phase, and the `deeds` in order.

    `title` is what it is called where no seat heads it. `changes` are those of all deeds together, the largest first.
    `weight` is the largest change of a meter, in hundredths of its range. `milliseconds` is how long it is shown.
    """

    kind: StepKind
    turn: int
    phase: str
    phase_title: str
    title: str
    text: str = ""
    seat: str = ""
    who: str = ""
    is_own: bool = False
    deeds: tuple[Deed, ...] = ()
    changes: tuple[Change, ...] = ()
    weight: int = 0
    milliseconds: int = 0

    @property
    def is_great(self) -> bool:
        """Whether a meter moved so far that nobody should miss it."""
        return self.weight >= GREAT

    @property
    def is_blow(self) -> bool:
        """Whether one moved twice as far."""
        return self.weight >= 2 * GREAT

    @property
    def places(self) -> frozenset[int]:
        """The entries of the seat's log that it shows."""
        return frozenset(place for deed in self.deeds for place in deed.entries)


@attrs.frozen(kw_only=True)
class StagedTurn:
    """A turn as it is staged: its number over all stages, when it was, its steps, and its page if it is over.

    `before` has every meter that the steps move, as it stood before the first of them.
    """

    turn: int
    label: str
    name: str
    stage: str
    before: dict[str, int]
    steps: tuple[StagedStep, ...]
    summary: WeekSummary | None = None


def staged(perspective: Perspective, words: Words, since: int) -> tuple[StagedTurn, ...]:
    """What has happened since a place in the seat's log, turn by turn."""
    by_turn: dict[int, list[StagedStep]] = {}
    for events in _together(perspective, _with_their_chance(timeline(perspective, words, since=since))):
        step = _step(perspective, events)
        by_turn.setdefault(events[0].turn, []).extend([step] if step is not None else [])
    ended = {turn for turn in by_turn if turn < perspective.view.turn or perspective.view.finished}
    timed = _timed(by_turn)
    return tuple(
        StagedTurn(
            turn=turn,
            label=str(label) if (label := perspective.turns.get(turn)) else "",
            name=label.name if label else "",
            stage=label.stage.title if label else perspective.stage.title,
            before=_before(steps),
            steps=tuple(steps),
            summary=week_summary(perspective, words, turn) if turn in ended and turn in perspective.turns else None,
        )
        for turn, steps in timed.items()
        if steps or turn in ended
    )


def worth_showing(turns: Sequence[StagedTurn], perspective: Perspective) -> tuple[StagedTurn, ...]:
    """What a face stops for: what others did and chance decided, what a turn came to, and every great change.

    Left out is what a player has just seen on the board: a card that lies there, and their own small deeds.
    """
    found = []
    for turn in turns:
        is_opening = turn.turn == perspective.view.turn and not any(step.is_own for step in turn.steps)
        shown = _in_the_open(turn.steps) if is_opening or not _is_eventful(turn) else _without_small_cards(turn.steps)
        summary = turn.summary if _has_page(perspective, turn.turn) else None
        if shown or summary is not None:
            found.append(attrs.evolve(turn, steps=shown, summary=summary))
    return tuple(found)


def _has_page(perspective: Perspective, turn: int) -> bool:
    """Whether a turn is looked back on: the rounds of a negotiation are, once it is over."""
    table, label, after = perspective.scenario.presentation.negotiation, *map(perspective.turns.get, (turn, turn + 1))
    if table is None or label is None or label.stage.id != table.stage:
        return True
    return after is not None and after.stage.id != table.stage


def _is_eventful(turn: StagedTurn) -> bool:
    """Whether more happened than a deed of the player's own."""
    return turn.summary is not None or any(step.kind == "seat" and not step.is_own for step in turn.steps)


def _in_the_open(steps: Sequence[StagedStep]) -> tuple[StagedStep, ...]:
    return tuple(one for one in steps if one.weight >= GREAT or one.kind in ("stage", "ending", "ruling"))


def _without_small_cards(steps: Sequence[StagedStep]) -> tuple[StagedStep, ...]:
    return tuple(one for one in steps if one.kind != "card" or one.weight >= GREAT)


def _with_their_chance(events: Iterable[TimelineEvent]) -> list[TimelineEvent]:
    """The events, each with how chance fell that brought it about: a rule that rolls stands with what came of it."""
    found: list[TimelineEvent] = []
    for event in events:
        before = found[-1] if found else None
        fell = before.entries[-1] if before is not None and before.head is None and before.entries else None
        if before is not None and fell is not None and event.head is None and _came_of(event, fell):
            rest = before.entries[:-1]
            found[-1:] = [attrs.evolve(before, entries=rest)] if rest else []
            event = attrs.evolve(event, entries=(fell, *event.entries))
        found.append(event)
    return found


def _came_of(event: TimelineEvent, fell: TimelineEntry) -> bool:
    return fell.kind == "roll" and event.turn == fell.turn and event.title == fell.title


def _together(perspective: Perspective, events: Iterable[TimelineEvent]) -> list[list[TimelineEvent]]:
    """Events in groups: a seat's deeds of a phase, the rules of a phase, and each of the others by itself.

    A rule that moves a meter far stands alone.
    """
    found: list[list[TimelineEvent]] = []
    for event in events:
        last = found[-1][0] if found else None
        stands_alone = last is None or any(_is_heavy(perspective, one) for one in (last, event))
        if last is not None and _key(last) == _key(event) and (_kind(event) == "seat" or not stands_alone):
            found[-1].append(event)
        else:
            found.append([event])
    return found


def _is_heavy(perspective: Perspective, event: TimelineEvent) -> bool:
    """Whether it is a rule's doing, and moves a meter far."""
    if _kind(event) != "rule":
        return _kind(event) != "seat"
    changes = _summed([one.change for one in event.entries if one.change is not None], perspective)
    return any(_weight(perspective.names, one) >= GREAT for one in changes)


def _kind(event: TimelineEvent) -> StepKind:
    if event.head is None:
        return "rule"
    return "seat" if event.head.kind == "action" and event.head.seat else _HEADS.get(event.kind, "rule")


def _key(event: TimelineEvent) -> tuple[object, ...]:
    return event.turn, event.phase, _kind(event), event.head.seat if event.head is not None else ""


def _step(perspective: Perspective, events: Sequence[TimelineEvent]) -> StagedStep | None:
    """A step of some events; None where nobody would see anything of it."""
    first = events[0]
    kind, head = _kind(first), first.head
    if first.kind == "turn":
        return None
    deeds = [deed for event in events if (deed := _deed(perspective, event, kind)) is not None]
    if not deeds and kind in ("rule", "ruling"):
        return None
    seat = head.seat if head is not None and kind == "seat" else ""
    changes = _summed([one.change for deed in deeds for one in deed.changes], perspective)
    is_alone = kind == "rule" and _is_heavy(perspective, first)
    title = first.phase_title if kind == "rule" and first.phase_title and not is_alone else first.title
    return StagedStep(
        kind=kind,
        turn=first.turn,
        phase=first.phase,
        phase_title=first.phase_title,
        title=title,
        text=" ".join(_text(perspective, head).split()) if head is not None else "",
        seat=seat,
        who=perspective.names.seat(seat) if seat else "",
        is_own=bool(seat) and seat == perspective.seat,
        deeds=tuple(deeds),
        changes=changes,
        weight=max((_weight(perspective.names, one) for one in changes), default=0),
    )


def _text(perspective: Perspective, head: TimelineEntry) -> str:
    if head.kind != "ending":
        return head.text if head.kind in ("card", "stage") else ""
    noun = next((one for one in perspective.scenario.endings if one.id == perspective.view.outcome), None)
    return noun.text if noun is not None else ""


def _deed(perspective: Perspective, event: TimelineEvent, kind: StepKind) -> Deed | None:
    head = event.head
    entries = [one for one in event.entries if one.change is None or _is_shown(perspective.names, one.change)]
    if head is None and not entries:
        return None
    said = [
        f"{one.title}: {one.text}" if one.kind == "roll" and one.title not in ("", event.title) else one.text
        for one in entries
    ]
    place = head.place if head is not None else event.entries[0].place
    return Deed(
        place=place,
        title=event.title,
        said=tuple(" ".join(one.split()) for one in dict.fromkeys(said) if one),
        why=head.why if head is not None and kind in ("seat", "ruling") else "",
        towards=_towards(perspective, place) if kind == "seat" else (),
        entries=(place, *(one.place for one in entries)),
        changes=_changes(event.title, [one for one in entries if one.change is not None], perspective),
    )


def _towards(perspective: Perspective, place: int) -> tuple[str, ...]:
    """The seats that a move is aimed at: those among its parameters."""
    decision = perspective.view.log[place].decision
    _, _, given = decision.partition("(")
    values = [pair.partition("=")[2] for pair in given.rstrip(")").split(", ")]
    own = perspective.view.log[place].seat
    return tuple(value for value in values if value in perspective.names.seats and value != own)


def _is_shown(names: Names, change: Change) -> bool:
    """Counters behind the scenes, which have no name, are not shown."""
    variable = names.variables.get(change.target)
    return variable is None or bool(variable.name or variable.values)


def _changes(title: str, entries: Sequence[TimelineEntry], perspective: Perspective) -> tuple[StagedChange, ...]:
    """The changes of a deed, those of one thing together, with the reason of the largest."""
    of: dict[str, list[TimelineEntry]] = {}
    for one in entries:
        if one.change is not None:
            of.setdefault(one.change.target, []).append(one)
    found = []
    for several in of.values():
        largest = max(several, key=lambda one: abs(one.change.amount) if one.change is not None else 0)
        (change,) = _summed([one.change for one in several if one.change is not None], perspective, keeps_null=True)
        cause = "" if largest.cause == title else largest.cause
        found.append(StagedChange(place=largest.place, change=change, why=largest.why, cause=cause))
    return tuple(one for one in found if one.change.amount)


def _summed(changes: Iterable[Change], perspective: Perspective, keeps_null: bool = False) -> tuple[Change, ...]:
    """Changes of the same thing in one, from its first value to its last: the meters by how far they moved, then the
    others."""
    found: dict[str, Change] = {}
    for one in changes:
        first = found.get(one.target)
        if first is None:
            found[one.target] = one
            continue
        sign = perspective.names.good(one.target, one.after - first.before, perspective.seat)
        found[one.target] = attrs.evolve(one, before=first.before, before_text=first.before_text, sign=sign)
    kept = [one for one in found.values() if one.amount or keeps_null]
    return tuple(sorted(kept, key=lambda one: (one.noun != "meter", -_weight(perspective.names, one))))


def _weight(names: Names, change: Change) -> int:
    """How far a meter moved, in hundredths of its range; 0 for anything else."""
    meter = names.meters.get(change.target)
    if meter is None:
        return 0
    low, high = meter.range
    return abs(change.amount) * 100 // max(1, high - low)


def _before(steps: Sequence[StagedStep]) -> dict[str, int]:
    before: dict[str, int] = {}
    for step in steps:
        for one in step.changes:
            if one.noun == "meter":
                before.setdefault(one.target, one.before)
    return before


def _timed(by_turn: dict[int, list[StagedStep]]) -> dict[int, list[StagedStep]]:
    """The steps with how long each is shown: by what there is to read, and all of them no longer than `LONGEST`."""
    wanted = {id(step): _wanted(step) for steps in by_turn.values() for step in steps}
    share = min(1.0, LONGEST / max(1, sum(wanted.values())))
    return {
        turn: [attrs.evolve(one, milliseconds=max(BRIEFEST, round(wanted[id(one)] * share))) for one in steps]
        for turn, steps in by_turn.items()
    }


def _wanted(step: StagedStep) -> int:
    if step.kind in ("stage", "ending"):
        return 2600
    lines = sum(1 + len(deed.changes) + len(deed.said) for deed in step.deeds)
    return min(2400, 700 + 180 * lines) + (500 if step.is_great else 0) + (500 if step.is_blow else 0)
