"""The end of a game: its verdict, points by objective, what turned it, what was hidden, and how the meters went."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tabletop.presentation import story
from tabletop.presentation.board_changes import BoardChange, board_changes
from tabletop.presentation.chronicle import Chronicle, chronicle
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.played_assumptions import PlayedAssumption, played_assumptions
from tabletop.presentation.truths import Truth, known_truths, unknown_truths
from tabletop.presentation.words import Words
from tabletop.presentation.yardsticks import Yardstick, yardsticks
from tabletop.scenario.board import Meter
from tabletop.scenario.scope import track_ids


@attrs.frozen(kw_only=True)
class EndFacts:
    """What the table knows of a finished game beside its view: every meter by turn (at the start, at the end of each
    turn), how many decisions were taken back with hindsight, and the seed where it is no secret."""

    courses: dict[str, tuple[int, ...]]
    hindsight: int = 0
    open_seed: int | None = None


@attrs.frozen(kw_only=True)
class StoryCause:
    """Something that moved the board: when, whose decision it was (by seat and id of the action, "" for nobody's), what
    and why, and what it changed. `weight` says how much that moved the board (see `story.Cause`), `times` counts those
    of one kind that were put together."""

    turn: int
    when: str
    turn_name: str
    seat: str
    decision: str
    title: str
    why: str
    changes: tuple[BoardChange, ...]
    weight: int
    times: int = 1


@attrs.frozen(kw_only=True)
class ObjectiveScore:
    """What an objective of a seat was worth; None where that hangs on what is not told yet."""

    text: str
    points: int | None


@attrs.frozen(kw_only=True)
class SeatScore:
    """The points of a seat, in all and for each objective."""

    seat: str
    name: str
    points: int
    objectives: tuple[ObjectiveScore, ...]


@attrs.frozen(kw_only=True)
class SecretOfSome:
    """Something that only some `seats` (ids) knew: a fact with its value at the end, or what was done unseen ("")."""

    what: str
    value: str
    seats: tuple[str, ...]


@attrs.frozen(kw_only=True)
class MeterCourse:
    """A meter from the start to the end, at the end of each turn, on a scale from `low` to `high`, with the level that
    it reached. `ran` says it in a sentence."""

    id: str
    name: str
    short: str
    text: str
    low: int
    high: int
    values: tuple[int, ...]
    amount: int
    sign: int
    level: str
    ran: str


@attrs.frozen(kw_only=True)
class Ending:
    """The end of a game as a seat may read it, or everybody ("").

    `tone` is "good", "bad" or "mixed"; `closed` says when it ended; `own_score` is a sentence on the seat's points, ""
    for nobody's. `turned_on` is a sentence on the biggest of the `turning_points`; `own_moves` are what followed from
    the seat's decisions; `what_if` are the moments from which the game can be played on otherwise, in order of time:
    what people decided that moved most, and the other turning points. `untold` has the names of hidden truths that are
    not told yet.
    """

    head: str
    id: str
    title: str
    text: str
    tone: str
    why: str
    closed: str
    own_score: str
    hindsight: str
    turned_on: str
    scores: tuple[SeatScore, ...]
    yardsticks: tuple[Yardstick, ...]
    turning_points: tuple[StoryCause, ...]
    what_if: tuple[StoryCause, ...]
    moved_most: tuple[StoryCause, ...]
    own_title: str
    own_moves: tuple[StoryCause, ...]
    truths: tuple[Truth, ...]
    untold: tuple[str, ...]
    secrets: tuple[SecretOfSome, ...]
    assumptions: tuple[PlayedAssumption, ...]
    questions: tuple[str, ...]
    chronicle: Chronicle
    meters: tuple[MeterCourse, ...]


def ending(perspective: Perspective, words: Words, facts: EndFacts) -> Ending:
    """The end of a game that is over. Raises ValueError for one that is not."""
    view, scenario = perspective.view, perspective.scenario
    noun = next((one for one in scenario.endings if one.id == view.outcome), None)
    if noun is None:
        raise ValueError("the game is not over")
    teller = _Teller(perspective, words)
    causes = story.causes(perspective.names, view.log)
    points = story.turning_points(causes)
    by_people = story.turning_points([one for one in causes if one.seat and one.seat in perspective.humans])
    last = perspective.turns.get(view.turn)
    own = story.of_one_kind(story.causes(perspective.names, view.log, perspective.seat)) if perspective.seat else []
    return Ending(
        head=_head(perspective, words, facts.open_seed),
        id=noun.id,
        title=noun.title,
        text=" ".join(noun.text.split()),
        tone=noun.tone,
        why=next((entry.why for entry in reversed(view.log) if entry.kind == "ending"), ""),
        closed=words("ending.closed", date=(last.date or last.name) if last else ""),
        own_score=_own_score(perspective, words),
        hindsight=words("ending.hindsight", count=facts.hindsight) if facts.hindsight else "",
        turned_on=teller.turned_on(causes),
        scores=_scores(perspective),
        yardsticks=yardsticks(perspective),
        turning_points=tuple(teller.cause(one) for one in points),
        what_if=tuple(teller.cause(one) for one in _with_people_first(by_people, points)),
        moved_most=tuple(teller.alike(one) for one in story.of_one_kind(causes)),
        own_title=words("verdict.own_most_you") if own and perspective.humans else "",
        own_moves=tuple(teller.alike(one) for one in own) if perspective.humans else (),
        truths=known_truths(perspective),
        untold=unknown_truths(perspective),
        secrets=_secrets(perspective, words) if not unknown_truths(perspective) else (),
        assumptions=played_assumptions(perspective, words),
        questions=tuple(" ".join(one.text.split()) for one in scenario.debrief),
        chronicle=chronicle(perspective),
        meters=tuple(meter_course(perspective, words, one, facts.courses[one.id]) for one in scenario.meters),
    )


def _with_people_first(by_people: list[story.Cause], points: list[story.Cause]) -> list[story.Cause]:
    seen = {id(one) for one in by_people}
    return sorted([*by_people, *(one for one in points if id(one) not in seen)], key=lambda one: one.turn)


@attrs.frozen
class _Teller:
    """Causes in words, as a seat may read them."""

    perspective: Perspective
    words: Words

    def cause(self, one: story.Cause) -> StoryCause:
        """A single cause."""
        label = self.perspective.turns.get(one.turn)
        return StoryCause(
            turn=one.turn,
            when=str(label) if label else "",
            turn_name=label.name if label else "",
            seat=one.seat,
            decision=one.entries[0].decision if one.seat else "",
            title=self.title(one),
            why=self._why(one),
            changes=board_changes(self.perspective, one.entries),
            weight=one.weight,
        )

    def alike(self, kind: Sequence[story.Cause]) -> StoryCause:
        """Causes of one kind together, told as the first of them."""
        entries = [entry for one in kind for entry in one.entries]
        first = self.cause(kind[0])
        title = self.words("ending.times", what=first.title, count=len(kind)) if len(kind) > 1 else first.title
        changes = board_changes(self.perspective, entries)
        weight = sum(one.weight for one in kind)
        return attrs.evolve(first, title=title, changes=changes, weight=weight, times=len(kind))

    def title(self, one: story.Cause) -> str:
        """Who did what, or what brought it about."""
        if one.seat:
            is_own = one.seat == self.perspective.seat and bool(self.perspective.humans)
            who = self.words("verdict.you") if is_own else self.perspective.names.seat(one.seat)
            return f"{who}: {one.title}"
        if one.is_ruling:
            return self.words("timeline.facilitator")
        return one.title or self.words(self._unknown())

    def _unknown(self) -> str:
        if self.perspective.view.seat:
            return "verdict.unknown_to_you"
        return "verdict.unknown_in_public" if unknown_truths(self.perspective) else "ending.unknown"

    def _why(self, one: story.Cause) -> str:
        """The reason of the change of a meter that was biggest, or else of any."""
        meters = self.perspective.names.meters
        return max(one.entries, key=lambda entry: (entry.target in meters, abs(entry.amount))).why

    def turned_on(self, causes: Sequence[story.Cause]) -> str:
        """A sentence on the biggest of the causes; "" where nothing moved."""
        biggest = max(causes, key=lambda one: one.weight, default=None)
        if biggest is None:
            return ""
        label = self.perspective.turns.get(biggest.turn)
        return self.words("ending.turned_on", what=self.title(biggest), when=str(label) if label else "")


def _head(perspective: Perspective, words: Words, seed: int | None) -> str:
    """Which game it was; by its seed only where that is no secret."""
    title = perspective.scenario.title
    if seed is None:
        return words("ending.head", scenario=title)
    return words("ending.head_open", scenario=title, seed=seed)


def _own_score(perspective: Perspective, words: Words) -> str:
    points = perspective.view.scores.get(perspective.seat)
    return "" if points is None else words("verdict.points", seat=perspective.noun.name, count=points)


def _scores(perspective: Perspective) -> tuple[SeatScore, ...]:
    """Every seat's points in the scenario's order."""
    view = perspective.view
    return tuple(
        SeatScore(
            seat=seat.id,
            name=seat.name,
            points=view.scores.get(seat.id, 0),
            objectives=tuple(
                ObjectiveScore(text=one.text, points=points)
                for one, points in zip(seat.objectives, view.objective_points[seat.id], strict=True)
            ),
        )
        for seat in perspective.scenario.seats
    )


def _secrets(perspective: Perspective, words: Words) -> tuple[SecretOfSome, ...]:
    """What only some seats knew: facts and tracks as they stand at the end, and what was done unseen."""
    names, view, scenario = perspective.names, perspective.view, perspective.scenario
    order = [seat.id for seat in scenario.seats]
    found = [
        SecretOfSome(
            what=names.full(one.id), value=names.in_words(words, one.id, view.facts[one.id]), seats=one.known_to
        )
        for one in scenario.variables
        if one.known_to and one.id in view.facts
    ]
    found += [
        SecretOfSome(what=names.full(id), value=str(view.tracks[id]), seats=one.known_to)
        for one in scenario.tracks
        for id in (track_ids(one) if one.known_to else ())
        if id in view.tracks
    ]
    for entry in view.log:
        if entry.kind == "action" and entry.known_to:
            label = perspective.turns.get(entry.turn)
            what = f"{label}: {entry.title}" if label else entry.title
            seats = tuple(seat for seat in order if seat in entry.known_to)
            found.append(SecretOfSome(what=what, value="", seats=seats))
    return tuple(found)


def meter_course(perspective: Perspective, words: Words, meter: Meter, values: Sequence[int]) -> MeterCourse:
    """How a meter went, from its values at the start and at the end of each turn."""
    names = perspective.names
    lowest, highest = min(values), max(values)
    ran = words(
        "ending.ran",
        start=values[0],
        end=values[-1],
        low=lowest,
        high=highest,
        low_when=_when(perspective, values.index(lowest)),
        high_when=_when(perspective, values.index(highest)),
    )
    amount = values[-1] - values[0]
    return MeterCourse(
        id=meter.id,
        name=meter.name,
        short=meter.short or meter.name,
        text=" ".join(meter.text.split()),
        low=meter.range[0],
        high=meter.range[1],
        values=tuple(values),
        amount=amount,
        sign=names.good(meter.id, amount, perspective.seat),
        level=names.level(meter.id, values[-1]),
        ran=ran,
    )


def _when(perspective: Perspective, place: int) -> str:
    """When a value was reached: in a turn, or before the first."""
    label = perspective.turns.get(max(1, place))
    return str(label) if label else ""
