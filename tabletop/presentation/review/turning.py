"""What a game turned on, in words: the account of a figure as bars from what was expected to what came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from tabletop.analysis.account import Account, Estimate, Figure, Part, Term
from tabletop.presentation.names import Names
from tabletop.presentation.player_names import player_name
from tabletop.presentation.words import Words

#: How many moments are told.
MOST_MOMENTS = 12
#: How many bars are told in a sentence.
MOST_TOLD = 3
#: In which order bars stand.
_ORDER = ("own", "other", "chance", "ruling")


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


@attrs.frozen(kw_only=True)
class AccountMoment:
    """A step that moved the expected figure: when, who or what it was, and by how much, within 95%."""

    step: int
    turn: int
    when: str
    kind: str
    what: str
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
    """The account of a figure: `title` names the figure, `text` says it in a sentence, `note` how it was worked out."""

    seat: str
    title: str
    text: str
    note: str
    is_finished: bool
    bars: tuple[AccountBar, ...]
    moments: tuple[AccountMoment, ...]
    path: tuple[PathPoint, ...]


@attrs.frozen(kw_only=True)
class StepWords:
    """A step of the session in words: when it was, what was done, and how chance fell after it, "" for not at all."""

    turn: int
    when: str
    done: str
    fell: str


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


def account_story(names: Names, words: Words, account: Account, steps: Mapping[int, StepWords]) -> AccountStory:
    """An account in words; `steps` are those of the session, by number."""
    show = shown_as(account.figure)
    bars = _bars(names, words, account)
    telling = [bar for bar in bars if bar.kind != "total" and not bar.low <= 0 <= bar.high]
    most = sorted(telling, key=lambda bar: -abs(bar.value))[:MOST_TOLD]
    return AccountStory(
        seat=account.seat,
        title=figure_title(names, words, account.figure),
        text=words(
            "review.account_text",
            start=show(account.start.mean),
            result=show(account.result),
            parts=words.listed([f"{bar.label} {show(bar.value, True)}" for bar in most]) or "–",
        ),
        note=_note(names, words, account),
        is_finished=account.finished,
        bars=bars,
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
    """How the values of a figure are written: an outcome in points of a hundred, anything else as it is."""

    times: int
    sign: str

    def __call__(self, value: float, signed: bool = False) -> str:
        """The value in one decimal, with its sign where it is a change."""
        number = f"{round(value * self.times, 1) + 0.0:{'+' if signed else ''}.1f}".replace("-", "−")
        return f"{number}{self.sign}"


def shown_as(figure: Figure) -> Shown:
    """How the values of a figure are written.

    >>> shown_as(Figure("outcome", "peace"))(0.25), shown_as(Figure("meter", "trust"))(-2, True)
    ('25.0%', '−2.0')
    """
    return Shown(100, "%") if figure.kind == "outcome" else Shown(1, "")


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
        text=_within(words, value, show, False),
    )


def _bar(words: Words, kind: str, label: str, at: float, value: Estimate, show: Shown) -> AccountBar:
    return AccountBar(
        kind=kind,
        label=label,
        start=at,
        end=at + value.mean,
        low=value.low,
        high=value.high,
        text=_within(words, value, show, True),
    )


def _within(words: Words, value: Estimate, show: Shown, signed: bool) -> str:
    if value.low == value.high:
        return show(value.mean, signed)
    return words(
        "review.with_interval",
        value=show(value.mean, signed),
        low=show(value.low, signed),
        high=show(value.high, signed),
    )


def _moments(names: Names, words: Words, account: Account, steps: Mapping[int, StepWords]) -> tuple[AccountMoment, ...]:
    """The terms that moved most and can be told apart from nothing, in order of time."""
    telling = [one for one in account.terms if not one.value.is_nothing]
    most = sorted(telling, key=lambda one: -abs(one.value.mean))[:MOST_MOMENTS]
    order: Sequence[Term] = [one for one in account.terms if any(one is other for other in most)]
    show = shown_as(account.figure)
    return tuple(
        AccountMoment(
            step=one.step,
            turn=one.turn,
            when=steps[one.step].when if one.step in steps else "",
            kind=one.kind,
            what=_what(words, one, steps.get(one.step)),
            value=one.value.mean,
            low=one.value.low,
            high=one.value.high,
            text=_within(words, one.value, show, True),
        )
        for one in order
    )


def _what(words: Words, term: Term, step: StepWords | None) -> str:
    if term.kind != "chance":
        return step.done if step is not None else term.action
    fell = step.fell if step is not None else ""
    return f"{words('review.chance')}: {fell}" if fell else words("review.chance")


def _note(names: Names, words: Words, account: Account) -> str:
    players: dict[str, list[str]] = {}
    for seat, player in account.continuation.items():
        players.setdefault(player_name(words, names.scenario, seat, player), []).append(names.seat(seat))
    told = [f"{words.listed(seats)}: {player}" for player, seats in players.items()]
    return words("review.continuation", players="; ".join(told), playouts=words.number(account.playouts))
