"""Several sections that played the same scenario, side by side: how each ended, where they differed, and why they said.

Everything that is counted has its number of sections and an interval; nobody is named.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from tabletop.analysis.intervals import mean_of_few, wilson
from tabletop.presentation.names import Names
from tabletop.presentation.played_assumptions import setting_words
from tabletop.presentation.words import Words
from tabletop.scenario import Scenario

#: How many moments at which sections differed are told, and how many reasons for each choice.
MOST_MOMENTS, MOST_REASONS = 15, 4


@attrs.frozen(kw_only=True)
class SectionChoice:
    """What the people of a seat chose in a phase of a turn, or when a `card` asked them (its id, else "").

    The `choice` has labels by the alphabet, `reasons` what was said for it.
    """

    turn: int
    when: str
    phase: str
    card: str
    seat: str
    choice: tuple[str, ...]
    reasons: tuple[str, ...]


@attrs.frozen(kw_only=True)
class SectionFacts:
    """A section as it was played. `outcome` is the id of its ending, None where it is not over; `meters` and `scores`
    as they stand; `firsts` has the turn in which each fact came about first, by what it says; `turns` what the turns of
    this section are called."""

    names: Names
    assumptions: Mapping[str, int | bool]
    people: int
    outcome: str | None
    meters: Mapping[str, int]
    scores: Mapping[str, int]
    firsts: Mapping[str, int]
    turns: Mapping[int, str]
    choices: tuple[SectionChoice, ...]


@attrs.frozen(kw_only=True)
class ShareLine:
    """How many of some sections something is true of, with the share and its interval at 95%."""

    text: str
    tone: str
    count: int
    of: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share of sections; 0 of none."""
        return self.count / self.of if self.of else 0.0


@attrs.frozen(kw_only=True)
class SpreadLine:
    """A number over some sections: each one's, the mean and its interval at 95% (of one section, that alone)."""

    text: str
    values: tuple[int, ...]
    low_end: int
    high_end: int
    mean: float
    low: float
    high: float


@attrs.frozen(kw_only=True)
class FirstLine:
    """When something came about first: in how many sections, and the earliest, middle and latest turn by name."""

    text: str
    share: ShareLine
    earliest: str
    middle: str
    latest: str


@attrs.frozen(kw_only=True)
class ChoiceLine:
    """A choice at a moment: how many sections made it, and reasons given for it."""

    share: ShareLine
    reasons: tuple[str, ...]


@attrs.frozen(kw_only=True)
class PartingMoment:
    """A moment at which sections chose differently, the choices made most often first."""

    when: str
    phase: str
    who: str
    choices: tuple[ChoiceLine, ...]


@attrs.frozen(kw_only=True)
class SectionLine:
    """A section by its number, how many people, how it ended or stands, and its meters and points."""

    name: str
    people: str
    ending: str
    tone: str
    meters: tuple[int, ...]
    points: tuple[str, ...]


@attrs.frozen(kw_only=True)
class SectionGroup:
    """Sections of one scenario under the same assumptions, which are told apart from all others."""

    title: str
    assumed: str
    count: int
    open: str
    sections: tuple[SectionLine, ...]
    meter_names: tuple[str, ...]
    seat_names: tuple[str, ...]
    outcomes: tuple[ShareLine, ...]
    meters: tuple[SpreadLine, ...]
    scores: tuple[SpreadLine, ...]
    firsts: tuple[FirstLine, ...]
    parted: tuple[PartingMoment, ...]


@attrs.frozen(kw_only=True)
class SectionsReview:
    """Sections side by side, those of the same scenario and assumptions together."""

    language: str
    title: str
    count: int
    told: str
    groups: tuple[SectionGroup, ...]


def sections_review(words: Words, sections: Sequence[SectionFacts]) -> SectionsReview:
    """Sections in the order in which they were played, which gives them their numbers. Raises ValueError for none."""
    if not sections:
        raise ValueError("there are no sections to be compared")
    groups: dict[tuple[str, str, tuple[tuple[str, int | bool], ...]], list[tuple[int, SectionFacts]]] = {}
    for number, one in enumerate(sections, 1):
        scenario = one.names.scenario
        key = scenario.id, scenario.digest, tuple(sorted(one.assumptions.items()))
        groups.setdefault(key, []).append((number, one))
    made = tuple(_group(words, members) for members in groups.values())
    titles = dict.fromkeys(one.names.scenario.title for one in sections)
    return SectionsReview(
        language=words.language,
        title=words("sections.title", scenario=words.listed(list(titles))),
        count=len(sections),
        told=words("sections.told", count=len(sections))
        if len(made) == 1
        else words("sections.told_apart", sections=len(sections), groups=len(made)),
        groups=made,
    )


def _group(words: Words, members: Sequence[tuple[int, SectionFacts]]) -> SectionGroup:
    facts = [one for _, one in members]
    names = facts[0].names
    scenario = names.scenario
    ended = [one for one in facts if one.outcome is not None]
    left = len(facts) - len(ended)
    return SectionGroup(
        title=f"{scenario.title} {scenario.version}",
        assumed=_assumed(words, scenario, facts[0].assumptions),
        count=len(facts),
        open=words("sections.open", count=left) if left else "",
        sections=tuple(_section(words, number, one) for number, one in members),
        meter_names=tuple(meter.short or meter.name for meter in scenario.meters),
        seat_names=tuple(seat.name for seat in scenario.seats),
        outcomes=tuple(_outcomes(scenario, ended)),
        meters=tuple(_meters(scenario, ended)),
        scores=tuple(_scores(scenario, ended)),
        firsts=tuple(_firsts(facts)),
        parted=tuple(_parted(names, facts)),
    )


def _assumed(words: Words, scenario: Scenario, assumptions: Mapping[str, int | bool]) -> str:
    changed = [
        f"{one.title} ({setting_words(words, assumptions[one.id])})"
        for one in scenario.assumptions
        if assumptions[one.id] != one.value
    ]
    return words("review.assumed_otherwise", what="; ".join(changed)) if changed else words("review.assumed_as_written")


def _section(words: Words, number: int, one: SectionFacts) -> SectionLine:
    scenario = one.names.scenario
    ending = next((each for each in scenario.endings if each.id == one.outcome), None)
    return SectionLine(
        name=words("sections.section", number=number),
        people=words("review.people", count=one.people) if one.people else "",
        ending=ending.title if ending is not None else words("sections.not_over"),
        tone=ending.tone if ending is not None else "",
        meters=tuple(one.meters[meter.id] for meter in scenario.meters),
        points=tuple(str(one.scores[seat.id]) if seat.id in one.scores else "" for seat in scenario.seats),
    )


def share_line(text: str, count: int, of: int, tone: str = "") -> ShareLine:
    """So many of so many, with Wilson's interval."""
    low, high = wilson(count, of)
    return ShareLine(text=text, tone=tone, count=count, of=of, low=low, high=high)


def _outcomes(scenario: Scenario, ended: Sequence[SectionFacts]) -> Iterator[ShareLine]:
    """The endings that came, the most frequent first."""
    counts = Counter(one.outcome for one in ended)
    found = [share_line(one.title, counts[one.id], len(ended), one.tone) for one in scenario.endings if counts[one.id]]
    yield from sorted(found, key=lambda line: -line.count)


def _meters(scenario: Scenario, ended: Sequence[SectionFacts]) -> Iterator[SpreadLine]:
    for meter in scenario.meters if ended else ():
        yield _spread(meter.name, [one.meters[meter.id] for one in ended], *meter.range)


def _scores(scenario: Scenario, ended: Sequence[SectionFacts]) -> Iterator[SpreadLine]:
    for seat in scenario.seats if ended else ():
        values = [one.scores[seat.id] for one in ended]
        yield _spread(seat.name, values, min(0, *values), max(1, *values))


def _spread(text: str, values: Sequence[int], low_end: int, high_end: int) -> SpreadLine:
    mean, low, high = mean_of_few(values)
    return SpreadLine(
        text=text, values=tuple(values), low_end=low_end, high_end=high_end, mean=mean, low=low, high=high
    )


def _firsts(facts: Sequence[SectionFacts]) -> Iterator[FirstLine]:
    """What came about in at least one section, that first which came earliest."""
    found: dict[str, list[tuple[int, str]]] = {}
    for one in facts:
        for text, turn in one.firsts.items():
            found.setdefault(text, []).append((turn, one.turns[turn]))
    for text, turns in sorted(
        found.items(), key=lambda item: (statistics.median(turn for turn, _ in item[1]), item[0])
    ):
        ordered = sorted(turns)
        yield FirstLine(
            text=text,
            share=share_line(text, len(turns), len(facts)),
            earliest=ordered[0][1],
            middle=ordered[(len(ordered) - 1) // 2][1],
            latest=ordered[-1][1],
        )


def _parted(names: Names, facts: Sequence[SectionFacts]) -> Iterator[PartingMoment]:
    """The moments at which the sections' choices differed most, in order of time. What a card asks is one moment,
    whenever it came up."""
    moments: dict[tuple[int, str, str, str], list[SectionChoice]] = {}
    for one in facts:
        for choice in one.choices:
            key = (0 if choice.card else choice.turn, "" if choice.card else choice.phase, choice.card, choice.seat)
            moments.setdefault(key, []).append(choice)
    differing = [made for made in moments.values() if len({one.choice for one in made}) > 1]
    most = sorted(differing, key=lambda made: (-_difference(made), made[0].turn))[:MOST_MOMENTS]
    for made in sorted(most, key=lambda made: _in_time(names, made)):
        first = made[0]
        noun, card = names.phases.get(first.phase), names.cards.get(first.card)
        yield PartingMoment(
            when=first.when if card is None else card.title,
            phase=noun.title if noun is not None and card is None else "",
            who=names.seat(first.seat),
            choices=tuple(_choices(made)),
        )


def _in_time(names: Names, made: Sequence[SectionChoice]) -> tuple[float, int, int]:
    phases, seats, first = list(names.phases), list(names.seats), made[0]
    when = statistics.median(one.turn for one in made)
    return when, phases.index(first.phase) if first.phase in phases else -1, seats.index(first.seat)


def _difference(made: Sequence[SectionChoice]) -> int:
    """How many sections chose otherwise than most."""
    return len(made) - max(Counter(one.choice for one in made).values())


def _choices(made: Sequence[SectionChoice]) -> Iterator[ChoiceLine]:
    counts = Counter(one.choice for one in made)
    for choice, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        said = [reason for one in made if one.choice == choice for reason in one.reasons]
        yield ChoiceLine(share=share_line(", ".join(choice), count, len(made)), reasons=tuple(_some(said)))


def _some(reasons: Iterable[str]) -> list[str]:
    """Reasons, each once however it was spelt, those first that were given most often."""
    found: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for reason in reasons:
        key = reason.casefold().rstrip(". ")
        found.setdefault(key, reason)
        counts[key] += 1
    return [found[key] for key, _ in counts.most_common(MOST_REASONS)]
