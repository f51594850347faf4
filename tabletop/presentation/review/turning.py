"""What a game turned on, in words: the account of a figure as bars from what was expected to what came."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from tabletop.analysis.account import Account, Estimate, Figure, Part, Term
from tabletop.analysis.decisions import DecisionTable
from tabletop.presentation.names import Names
from tabletop.presentation.player_names import player_name
from tabletop.presentation.words import Words

#: How many moments are told.
MOST_MOMENTS = 12
#: How many bars are told in a sentence.
MOST_TOLD = 3
#: In which order bars stand.
_ORDER = ("own", "other", "chance", "ruling")
#: In which order what fell is told.
FALLS = ("deal", "card", "roll", "both", "other")


@attrs.frozen(kw_only=True)
class AccountBar:
    """A bar of a waterfall: from `start` to `end`, where its sum stands then. `kind` is "total", "own", "other",
    "chance" or "ruling"; `low` and `high` bound its value at 95%."""

    kind: str
    label: str
    start: float
    end: float
    low: float
    high: float
    text: str

    @property
    def value(self) -> float:
        """What it adds; of a total, where it stands."""
        return self.end - self.start

    @property
    def whisker(self) -> tuple[float, float]:
        """From where to where its end may lie."""
        at = 0.0 if self.kind == "total" else self.start
        return at + self.low, at + self.high


@attrs.frozen(kw_only=True)
class AccountMoment:
    """A step that moved the expected figure: when, whose doing (`who`, a seat's name, chance or the facilitator), what,
    and by how much, within 95%; `text` says it with its interval, `short` without, `course` from where to where."""

    step: int
    turn: int
    when: str
    kind: str
    who: str
    what: str
    value: float
    low: float
    high: float
    text: str
    short: str
    course: str


@attrs.frozen(kw_only=True)
class ChanceShare:
    """A part of what chance did, by what fell (`account.FallKind`). `text` is its `value` with its interval, from `low`
    to `high`; the shares add up to the bar of chance."""

    kind: str
    label: str
    value: float
    low: float
    high: float
    text: str


@attrs.frozen(kw_only=True)
class PathPoint:
    """The expected figure after a step, within 95%."""

    step: int
    turn: int
    mean: float
    low: float
    high: float


@attrs.frozen(kw_only=True)
class AccountStory:
    """The account of a figure: `title` names the figure, `text` says it in a sentence, `note` how it was worked out.

    `chance` is what the bar of chance is made of; `beside` how the account of a seat stands to its decisions, "" where
    these were not looked at.
    """

    seat: str
    title: str
    text: str
    note: str
    is_finished: bool
    bars: tuple[AccountBar, ...]
    chance: tuple[ChanceShare, ...]
    beside: str
    moments: tuple[AccountMoment, ...]
    path: tuple[PathPoint, ...]


@attrs.frozen(kw_only=True)
class StepWords:
    """A step of the session in words: when it was, what was done, what a facilitator let fall instead of what the model
    drew, and how chance fell after it, "" for not at all."""

    turn: int
    when: str
    done: str
    fell: str
    ruled: str = ""


def figure_title(names: Names, words: Words, figure: Figure) -> str:
    """What a figure is called."""
    match figure.kind:
        case "points":
            return words("review.account_of_points", seat=names.seat(figure.name))
        case "meter":
            return words("review.account_of_meter", meter=names.full(figure.name))
        case _:
            titles = {one.id: one.title for one in names.scenario.endings}
            return words("review.account_of_outcome", ending=titles.get(figure.name, figure.name))


def account_story(
    names: Names, words: Words, account: Account, steps: Mapping[int, StepWords], table: DecisionTable | None = None
) -> AccountStory:
    """An account in words; `steps` are those of the session, by number, and `table` the decisions looked at."""
    show = shown_as(account.figure)
    bars = _bars(names, words, account)
    telling = [bar for bar in bars if bar.kind != "total" and not bar.low <= 0 <= bar.high]
    most = sorted(telling, key=lambda bar: -abs(bar.value))[:MOST_TOLD]
    return AccountStory(
        seat=account.seat,
        title=figure_title(names, words, account.figure),
        text=words(
            "review.account_text",
            start=within(words, account.start, show, False),
            result=show(account.result),
            parts=words.listed([f"{bar.label} {bar.text}" for bar in most]) or "–",
        ),
        note=_note(names, words, account),
        is_finished=account.finished,
        bars=bars,
        chance=_shares(words, account, steps),
        beside=_beside(names, words, account, steps, table),
        moments=_moments(names, words, account, steps),
        path=tuple(
            PathPoint(
                step=step, turn=steps[step].turn if step in steps else 0, mean=one.mean, low=one.low, high=one.high
            )
            for step, one in sorted(account.path.items())
        ),
    )


@attrs.frozen
class Shown:
    """How the values of a figure are written: an outcome in whole points of a hundred, anything else in one decimal."""

    times: int
    sign: str
    digits: int

    def __call__(self, value: float, signed: bool = False) -> str:
        """The value, with its sign where it is a change."""
        number = round(value * self.times, self.digits) + 0.0
        text = f"{number:{'+' if signed else ''}.{self.digits}f}".replace("-", "−")
        return f"{text}{self.sign}"


def shown_as(figure: Figure) -> Shown:
    """How the values of a figure are written.

    >>> shown_as(Figure("outcome", "peace"))(0.25), shown_as(Figure("meter", "trust"))(-2, True)
    ('25%', '−2.0')
    """
    return Shown(100, "%", 0) if figure.kind == "outcome" else Shown(1, "", 1)


def _bars(names: Names, words: Words, account: Account) -> tuple[AccountBar, ...]:
    show, start = shown_as(account.figure), account.start
    bars = [_total(words, "review.expected", start, show)]
    at = start.mean
    for part in sorted(account.parts, key=lambda part: _place(names, part)):
        label = _part_name(names, words, account, part.kind, part.seat)
        bars.append(_bar(words, part.kind, label, at, part.value, show))
        at += part.value.mean
    key = "review.came_out" if account.finished else "review.expected_now"
    return (*bars, _total(words, key, Estimate.exactly(account.result), show))


def _place(names: Names, part: Part) -> tuple[int, int]:
    seats = list(names.seats)
    return _ORDER.index(part.kind), seats.index(part.seat) if part.seat in seats else -1


def _part_name(names: Names, words: Words, account: Account, kind: str, seat: str) -> str:
    match kind:
        case "own":
            return words("review.others", seat=names.seat(seat or account.seat))
        case "other":
            return words("review.others", seat=names.seat(seat))
        case "chance":
            return words("review.chance")
        case _:
            return words("review.rulings")


def _total(words: Words, key: str, value: Estimate, show: Shown) -> AccountBar:
    return AccountBar(
        kind="total",
        label=words(key),
        start=0.0,
        end=value.mean,
        low=value.low,
        high=value.high,
        text=within(words, value, show, False),
    )


def _bar(words: Words, kind: str, label: str, at: float, value: Estimate, show: Shown) -> AccountBar:
    return AccountBar(
        kind=kind,
        label=label,
        start=at,
        end=at + value.mean,
        low=value.low,
        high=value.high,
        text=within(words, value, show, True),
    )


def within(words: Words, value: Estimate, show: Shown, signed: bool) -> str:
    """A value with its interval in words; alone where it is known exactly."""
    if value.low == value.high:
        return show(value.mean, signed)
    return words(
        "review.with_interval",
        value=show(value.mean, signed),
        low=show(value.low, signed),
        high=show(value.high, signed),
    )


def _shares(words: Words, account: Account, steps: Mapping[int, StepWords]) -> tuple[ChanceShare, ...]:
    """What chance did, by what fell."""
    show, dealt = shown_as(account.figure), steps[0].fell if 0 in steps else ""
    told = sorted(account.falls, key=lambda one: FALLS.index(one.kind))
    return tuple(
        ChanceShare(
            kind=one.kind,
            label=words(f"review.chance_{one.kind}", dealt=dealt),
            value=one.value.mean,
            low=one.value.low,
            high=one.value.high,
            text=within(words, one.value, show, True),
        )
        for one in told
        if one.value != Estimate.exactly(0)
    )


def _beside(
    names: Names, words: Words, account: Account, steps: Mapping[int, StepWords], table: DecisionTable | None
) -> str:
    """How what a seat's decisions did in the account stands to what else could have been chosen."""
    if table is None or not account.seat or table.figures.get(account.seat) != account.figure:
        return ""
    reviews = [one for one in table.reviews if one.seat == account.seat]
    if not reviews:
        return ""
    show, wrong = shown_as(account.figure), [one for one in reviews if one.verdict == "wrong"]
    places = {
        "seat": names.seat(account.seat),
        "own": within(words, account.part("own", account.seat), show, True),
        "decisions": len(reviews),
    }
    if not wrong:
        return words("review.beside_none", **places)
    worst = max(wrong, key=lambda one: one.loss.mean)
    return words(
        "review.beside_some",
        count=len(wrong),
        most=within(words, worst.loss, show, False),
        when=steps[worst.step].when if worst.step in steps else worst.turn,
        **places,
    )


def _moments(names: Names, words: Words, account: Account, steps: Mapping[int, StepWords]) -> tuple[AccountMoment, ...]:
    """The terms that moved most and can be told apart from nothing, in order of time."""
    show, at = shown_as(account.figure), account.start.mean
    turns = {step.turn: step.when for step in steps.values()}
    found: list[AccountMoment] = []
    for one in account.terms:
        before, at = at, at + one.value.mean
        if not one.value.is_nothing:
            course = words("review.from_to", start=show(before), end=show(at))
            when = _when(words, one, steps.get(one.step), turns)
            found.append(_moment(names, words, one, steps.get(one.step), show, when, course))
    kept = sorted(found, key=lambda one: -abs(one.value))[:MOST_MOMENTS]
    return tuple(one for one in found if any(one is other for other in kept))


def _when(words: Words, term: Term, step: StepWords | None, turns: Mapping[int, str]) -> str:
    if not term.step:
        return words("review.the_deal")
    return turns.get(term.turn) or (step.when if step is not None else "")


def _moment(
    names: Names, words: Words, term: Term, step: StepWords | None, show: Shown, when: str, course: str
) -> AccountMoment:
    who, what = _who_and_what(names, words, term, step)
    return AccountMoment(
        step=term.step,
        turn=term.turn,
        when=when,
        kind=term.kind,
        who=who,
        what=what,
        value=term.value.mean,
        low=term.value.low,
        high=term.value.high,
        text=within(words, term.value, show, True),
        short=show(term.value.mean, True),
        course=course,
    )


def _who_and_what(names: Names, words: Words, term: Term, step: StepWords | None) -> tuple[str, str]:
    if term.kind == "chance":
        return words("review.chance"), (step.fell if step is not None else "") or words("review.chance_unseen")
    who = names.seat(term.seat) if term.seat else words("review.rulings")
    done = ((term.kind == "ruling" and step.ruled) or step.done) if step is not None else term.action
    return who, done.removeprefix(f"{who}: ")


def _note(names: Names, words: Words, account: Account) -> str:
    players: dict[str, list[str]] = {}
    for seat, player in account.continuation.items():
        called = words("review.by_lot") if player == "random" else player_name(words, names.scenario, seat, player)
        players.setdefault(called, []).append(names.seat(seat))
    told = [f"{words.listed(seats)}: {player}" for player, seats in players.items()]
    return words("review.continuation", players="; ".join(told), playouts=words.number(account.playouts))
