"""Stakes: what counts for a seat: which way each meter is good for it, what history would say now, its points now."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tabletop.presentation.board import Gauge
from tabletop.presentation.condition_words import condition_words
from tabletop.presentation.known_values import KnownValues, when_it_ended
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.spans import signed
from tabletop.presentation.words import Words
from tabletop.scenario.endings import Ending

_MOST_NAMED = 2


@attrs.frozen(kw_only=True)
class GaugeGroup:
    """Meters that are good for the seat in the same direction: up (1), down (-1) or neither (0)."""

    wish: int
    title: str
    gauges: tuple[Gauge, ...]


@attrs.frozen(kw_only=True)
class PossibleEnding:
    """An ending by its id and title; `tone` is "good", "bad" or "mixed"."""

    id: str
    title: str
    tone: str


@attrs.frozen(kw_only=True)
class ObjectiveNow:
    """What an objective would be worth if the game ended now; None where that hangs on what the seat does not know.

    `change` is by how much that has changed since the turn began.
    """

    id: str
    text: str
    points: int | None
    change: int = 0


@attrs.frozen(kw_only=True)
class Stakes:
    """What is at stake for a seat, or everybody ("").

    `endings` are those that may come if the game ended as it stands, one if that is sure; `line` says so, `tone` is
    that of the one that comes. `lacks` says what a better one would need, "" where there is none. `points` are the
    seat's if it ended now, as far as known; `sentence` says what weighs most in them, "" for nobody's.
    """

    endings: tuple[PossibleEnding, ...]
    line: str
    title: str
    tone: str
    lacks: str
    points: int | None
    change: int
    objectives: tuple[ObjectiveNow, ...]
    sentence: str


def gauge_groups(words: Words, gauges: Sequence[Gauge]) -> tuple[GaugeGroup, ...]:
    """The meters by the direction that is good for the seat, in the order of the board within it."""
    titles = {1: words("stakes.up_is_good"), -1: words("stakes.down_is_good"), 0: words("stakes.neither")}
    groups = [
        GaugeGroup(wish=wish, title=titles[wish], gauges=tuple(one for one in gauges if one.wish == wish))
        for wish in (1, -1, 0)
    ]
    return tuple(group for group in groups if group.gauges)


def stakes_of(perspective: Perspective, words: Words, since: int | None = None) -> Stakes:
    """What is at stake as the seat knows it: now, with changes since this turn began, or when an earlier turn ended,
    with changes `since` that one began."""
    values = KnownValues.of(perspective.program, perspective.view)
    if since is not None:
        values = _as_it_ended(perspective, values, since)
    endings = _endings(perspective, values)
    titles = [one.title for one in endings]
    objectives = _objectives(perspective, values, perspective.view.turn if since is None else since)
    known = [one.points for one in objectives if one.points is not None]
    change = sum(one.change for one in objectives)
    return Stakes(
        endings=tuple(PossibleEnding(id=one.id, title=one.title, tone=one.tone) for one in endings),
        line=words("stakes.would_end", title=words.listed(titles[:_MOST_NAMED], "or")),
        title=words.listed(titles[:_MOST_NAMED], "or"),
        tone=endings[0].tone if len({one.tone for one in endings}) == 1 else "mixed",
        lacks=_lacks(perspective, words, values, endings),
        points=sum(known) if known else None,
        change=change,
        objectives=objectives,
        sentence=_sentence(words, objectives, sum(known), change) if known else "",
    )


def _endings(perspective: Perspective, values: KnownValues) -> list[Ending]:
    """The endings that may come now: the first whose condition holds, and those before it of which the seat does not
    know whether theirs does."""
    found: list[Ending] = []
    for one in perspective.scenario.endings:
        holds = 1 if one.when is None else values.value(one.when.source)
        if holds != 0:
            found.append(one)
        if holds:
            break
    return found


def _lacks(perspective: Perspective, words: Words, values: KnownValues, endings: Sequence[Ending]) -> str:
    """What the nearest good ending still lacks, where the one that comes is no good one."""
    if not endings or endings[-1].tone == "good" or len(endings) > 1:
        return ""
    nearest: tuple[int, Ending, list[str]] | None = None
    for one in perspective.scenario.endings:
        parts = _parts(one)
        if one.tone != "good" or not parts:
            continue
        unmet = [part for part in parts if values.value(part) == 0]
        if unmet and (nearest is None or len(unmet) < nearest[0]):
            nearest = len(unmet), one, unmet
    if nearest is None:
        return ""
    _, noun, unmet = nearest
    said = [_unmet(perspective, words, part, values) for part in unmet]
    return words("stakes.lacks", title=noun.title, what="; ".join(said))


def _unmet(perspective: Perspective, words: Words, part: str, values: KnownValues) -> str:
    """A condition that does not hold, with the number that stands against it."""
    name = part.split()[0]
    said = condition_words(perspective.names, words, part)
    is_number = name in values.known and not perspective.names.is_named(name) and len(part.split()) == 3
    return words("stakes.now", what=said, now=values.known[name]) if is_number else said


def _parts(ending: Ending) -> list[str]:
    """The conditions that must all hold for an ending; none where they are not simply joined."""
    source = ending.when.source if ending.when is not None else ""
    return source.split(" and ") if source and not any(sign in source for sign in ("(", " or ", " if ")) else []


def _objectives(perspective: Perspective, values: KnownValues, since: int) -> tuple[ObjectiveNow, ...]:
    before = _as_it_ended(perspective, values, since - 1)
    found = []
    for one in perspective.noun.objectives:
        now = values.value(one.points.source)
        then = before.value(one.points.source)
        change = now - then if now is not None and then is not None else 0
        found.append(ObjectiveNow(id=one.id, text=_short(one.text), points=now, change=change))
    return tuple(found)


def _as_it_ended(perspective: Perspective, values: KnownValues, turn: int) -> KnownValues:
    """What the seat knew when a turn ended, as far as its log tells."""
    then = when_it_ended(perspective.view, turn)
    return values.with_({name: value for name, value in then.items() if name in values.known})


def _short(text: str) -> str:
    """An objective without how its points are counted."""
    head, _, _ = text.partition(":")
    return head.strip().rstrip(".")


def _sentence(words: Words, objectives: Sequence[ObjectiveNow], points: int, change: int) -> str:
    """The seat's points as things stand, with what it gains and loses most by."""
    known = [(one.points, one.text) for one in objectives if one.points is not None]
    best, worst = max(known), min(known)
    parts = [words("stakes.points_now", count=points, points=f"{points}".replace("-", "−"))]
    if change:
        parts.append(words("stakes.since", change=signed(change)))
    if best[0] > 0:
        parts.append(words("stakes.best", text=_lowered(best[1]), points=signed(best[0])))
    if worst[0] < 0:
        parts.append(words("stakes.worst", text=_lowered(worst[1]), points=signed(worst[0])))
    return " ".join(parts)


def _lowered(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"
