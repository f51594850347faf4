"""Explanations: what stands behind a thing of the game, such as a meter, seat, claim or rule, for whoever asks why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, TypeAlias

import attrs

from tabletop.presentation.cited import CitedClaim, CitedSource, cited_claims, cited_sources, in_a_line
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.played_assumptions import setting_words
from tabletop.presentation.references import needed_by, read_by
from tabletop.presentation.rule_words import rule_effects, rule_is_known, table_is_known
from tabletop.presentation.spans import Line, Span
from tabletop.presentation.timeline import TimelineEntry, changes_of
from tabletop.presentation.truths import known_truths
from tabletop.presentation.words import Words
from tabletop.scenario.board import Hidden, Threshold, Value, Variable
from tabletop.scenario.scope import track_ids

Subject: TypeAlias = Literal["meter", "track", "value", "seat", "term", "claim", "assumption", "rule", "table", "entry"]

#: So many moves and rules are named as needing or reading a thing.
_MOST_REFERENCES = 14


@attrs.frozen(kw_only=True)
class Section:
    """Some lines under a title. One that is `is_short` has one line, and can stand beside its title."""

    key: str
    title: str
    lines: tuple[Line, ...]
    is_short: bool = False


@attrs.frozen(kw_only=True)
class Explanation:
    """What there is to say of one thing.

    `value` is what it is now, `level` what that is called, `note` a remark under the title. `text` is what the pack
    says of it, `is_markdown` tells how. `history` is a meter at the start and at the end of every turn, between `low`
    and `high`. `changes` have what has moved it, the latest first, under `changes_title`; where nothing has,
    `changes_title` says so. What it rests on is in `claims` and `sources`.
    """

    kind: Subject
    id: str
    title: str
    value: str = ""
    level: str = ""
    note: str = ""
    text: str = ""
    is_markdown: bool = False
    sections: tuple[Section, ...] = ()
    history: tuple[int, ...] = ()
    low: int = 0
    high: int = 0
    changes_title: str = ""
    changes: tuple[TimelineEntry, ...] = ()
    claims_title: str = ""
    claims: tuple[CitedClaim, ...] = ()
    sources_title: str = ""
    sources: tuple[CitedSource, ...] = ()

    @property
    def heading(self) -> str:
        """Such as "Tension: 45, guarded"."""
        named = f"{self.title}: {self.value}" if self.value else self.title
        return f"{named}, {self.level}" if self.level else named


@attrs.frozen(kw_only=True)
class Topic:
    """Something that can be asked about: by its kind and id, or by any of its names."""

    kind: Subject
    id: str
    names: tuple[str, ...]


def topics_of(perspective: Perspective) -> tuple[Topic, ...]:
    """All that a seat can ask about beside its moves and the cards; of two of one name the later is meant."""
    scenario, view = perspective.scenario, perspective.view
    rules = [one for one in scenario.rules if rule_is_known(perspective, one)]
    found = [Topic(kind="rule", id=one.id, names=(one.id, one.title)) for one in rules]
    tables = [one for one in scenario.tables if table_is_known(perspective, one)]
    found += [Topic(kind="table", id=one.id, names=(one.id, one.title)) for one in tables]
    found += [Topic(kind="seat", id=one.id, names=(one.id, one.name)) for one in scenario.seats]
    found += [Topic(kind="term", id=one.term, names=(one.term,)) for one in scenario.glossary]
    found += [Topic(kind="claim", id=one.id, names=(one.id,)) for one in scenario.claims]
    found += [Topic(kind="assumption", id=one.id, names=(one.id, one.title)) for one in scenario.assumptions]
    found += [Topic(kind="value", id=id, names=(id, perspective.names.full(id))) for id in view.facts]
    for track in scenario.tracks:
        known = [id for id in track_ids(track) if id in view.tracks]
        if known:
            found.append(Topic(kind="track", id=track.id, names=(track.id, track.name)))
        found += [Topic(kind="track", id=id, names=(id, perspective.names.full(id))) for id in known if id != track.id]
    for meter in scenario.meters:
        found.append(Topic(kind="meter", id=meter.id, names=(meter.id, meter.name, meter.short or meter.name)))
    return tuple(found)


def explanation(perspective: Perspective, words: Words, kind: Subject, id: str) -> Explanation:
    """What there is to say of a thing that a seat may ask about (for entries of the log see `entry_explanation`).

    Raises KeyError for another.
    """
    return _EXPLAINED[kind](perspective, words, id)


def explained_value(perspective: Perspective, words: Words, id: str) -> Explanation:
    """What there is to say of a meter, track or fact on the board, by its id."""
    if id in perspective.names.meters:
        return _meter(perspective, words, id)
    is_track = id in perspective.names.tracks or any(track.id == id for track in perspective.scenario.tracks)
    return _track(perspective, words, id) if is_track else _value(perspective, words, id)


def with_citations(
    perspective: Perspective, words: Words, found: Explanation, claims: Iterable[str], sources: Iterable[str] = ()
) -> Explanation:
    """An explanation with the claims and sources on which it rests."""
    cited, read = cited_claims(perspective.scenario, claims), cited_sources(perspective.scenario, sources)
    return attrs.evolve(
        found,
        claims_title=words("explain.claims", count=len(cited)) if cited else "",
        claims=cited,
        sources_title=words("explain.sources", count=len(read)) if read else "",
        sources=read,
    )


def prose(key: str, title: str, *lines: str) -> Section:
    """A section of plain lines."""
    return Section(key=key, title=title, lines=tuple((Span(line),) for line in lines if line), is_short=len(lines) == 1)


def kept(*sections: Section) -> tuple[Section, ...]:
    """The sections that say anything."""
    return tuple(one for one in sections if one.lines)


# What is measured


def _meter(perspective: Perspective, words: Words, id: str) -> Explanation:
    meter = perspective.names.meters[id]
    value = perspective.view.meters[id]
    seats = perspective.names.seat
    wish = "high" if perspective.seat in meter.good_for else "low" if perspective.seat in meter.bad_for else ""
    found = Explanation(
        kind="meter",
        id=id,
        title=meter.name,
        value=str(value),
        level=perspective.names.level(id, value),
        note=words(f"table.{wish}_is_good") if wish else "",
        text=" ".join(meter.text.split()),
        sections=kept(
            prose("levels", words("explain.levels"), _levels(words, meter.thresholds)),
            prose("good_for", words("explain.good_for"), ", ".join(map(seats, meter.good_for))),
            prose("bad_for", words("explain.bad_for"), ", ".join(map(seats, meter.bad_for))),
            *_references(perspective, words, [id]),
        ),
        history=tuple(perspective.history(id)),
        low=meter.range[0],
        high=meter.range[1],
    )
    return _with_changes(perspective, words, found, [id])


def _track(perspective: Perspective, words: Words, id: str) -> Explanation:
    """A track, or one of its items by its own id."""
    names, values = perspective.names, perspective.view.tracks
    track = next(one for one in perspective.scenario.tracks if id == one.id or id in track_ids(one))
    ids = [one for one in ([id] if id in values else track_ids(track)) if one in values]
    if not ids:
        raise KeyError(id)
    levels = [names.level(one, values[one]) for one in ids]
    standing = [words("explain.of_steps", count=values[one], most=track.steps) for one in ids]
    each = [in_a_line(f"{names.full(one)}: {at}", level) for one, at, level in zip(ids, standing, levels, strict=True)]
    is_one = len(ids) == 1
    found = Explanation(
        kind="track",
        id=id,
        title=names.full(ids[0]) if is_one else track.name,
        value=standing[0] if is_one else "",
        level=levels[0] if is_one else "",
        text=" ".join(track.text.split()),
        sections=kept(
            prose("standing", words("explain.standing"), *(() if is_one else each)),
            prose("levels", words("explain.levels"), _levels(words, track.thresholds)),
            *_references(perspective, words, ids),
        ),
    )
    return _with_changes(perspective, words, found, ids)


def _value(perspective: Perspective, words: Words, id: str) -> Explanation:
    """A variable, a hidden truth that the seat knows, a value that follows from others, or a resource of the seat's."""
    scenario, view = perspective.scenario, perspective.view
    now = view.facts[id] if id in view.facts else view.resources[id]
    nouns: list[Variable | Hidden | Value] = [*scenario.variables, *scenario.hidden, *scenario.values]
    text = next((noun.text for noun in nouns if noun.id == id), "")
    truths = [one for one in known_truths(perspective) if one.id == id]
    found = Explanation(
        kind="value",
        id=id,
        title=perspective.names.full(id),
        value=perspective.names.in_words(words, id, now),
        text=" ".join(text.split()),
        sections=kept(
            *(prose("truth", words("explain.truth"), one.text) for one in truths),
            *_references(perspective, words, [id]),
        ),
    )
    changes = id in perspective.names.variables or id in perspective.names.resources
    return _with_changes(perspective, words, found, [id]) if changes else found


def _with_changes(perspective: Perspective, words: Words, found: Explanation, ids: Sequence[str]) -> Explanation:
    changes = changes_of(perspective, words, ids)
    return attrs.evolve(
        found, changes=changes, changes_title=words("explain.moved" if changes else "explain.not_moved")
    )


def _references(perspective: Perspective, words: Words, ids: Sequence[str]) -> tuple[Section, Section]:
    needed, read = needed_by(perspective, words, ids), read_by(perspective, words, ids)
    return (
        prose("needed", words("explain.needed"), _shortened("; ", needed)),
        prose("read", words("explain.read"), _shortened(", ", read)),
    )


def _shortened(between: str, parts: Sequence[str]) -> str:
    more = f"{between}+{len(parts) - _MOST_REFERENCES}" if len(parts) > _MOST_REFERENCES else ""
    return between.join(parts[:_MOST_REFERENCES]) + more


def _levels(words: Words, thresholds: Sequence[Threshold]) -> str:
    return ", ".join(words("explain.level_from", name=one.name, at=one.at) for one in thresholds)


# Who, and in which words


def _seat(perspective: Perspective, words: Words, id: str) -> Explanation:
    seat, view = perspective.names.seats[id], perspective.view
    here = [one for one in view.log if one.kind == "action" and one.turn == view.turn]
    done = [entry.title for entry in here if entry.seat == id and entry.title]
    whose = words("explain.counts_own") if id == perspective.seat else words("explain.counts", seat=seat.name)
    return Explanation(
        kind="seat",
        id=id,
        title=seat.name,
        note=seat.role,
        text=seat.brief,
        is_markdown=True,
        sections=kept(
            attrs.evolve(prose("done", words("explain.done", turn=perspective.stage.turn), *done), is_short=False),
            attrs.evolve(prose("counts", whose, *(one.text for one in seat.objectives)), is_short=False),
        ),
    )


def _term(perspective: Perspective, words: Words, id: str) -> Explanation:
    entry = {one.term: one for one in perspective.scenario.glossary}[id]
    return Explanation(kind="term", id=id, title=entry.term, text=" ".join(entry.text.split()))


def _claim(perspective: Perspective, words: Words, id: str) -> Explanation:
    claim = {one.id: one for one in perspective.scenario.claims}[id]
    (cited,) = cited_claims(perspective.scenario, [id])
    return Explanation(
        kind="claim",
        id=id,
        title=claim.id,
        value=words(f"explain.claim_{claim.kind}"),
        text=claim.summary,
        sections=kept(
            prose("where", words("explain.where"), cited.where),
            prose("must_show", words("explain.must_show"), claim.must_show),
        ),
    )


def _assumption(perspective: Perspective, words: Words, id: str) -> Explanation:
    noun = {one.id: one for one in perspective.scenario.assumptions}[id]
    value = perspective.view.assumptions[id]
    instead = [
        f"{setting_words(words, other.value)}: {other.held_by}. {other.text}".rstrip() for other in noun.alternatives
    ]
    own = words("explain.own", value=setting_words(words, noun.value)) if value != noun.value else ""
    found = Explanation(
        kind="assumption",
        id=id,
        title=noun.title,
        value=setting_words(words, value),
        note=own,
        sections=kept(
            prose("for", words("explain.case_for"), " ".join(noun.case_for.split())),
            prose("against", words("explain.case_against"), " ".join(noun.case_against.split())),
            prose("instead", words("explain.instead"), *instead),
        ),
    )
    return with_citations(perspective, words, found, noun.claims)


# Rules and chance


def _rule(perspective: Perspective, words: Words, id: str) -> Explanation:
    rule = {one.id: one for one in perspective.scenario.rules if rule_is_known(perspective, one)}[id]
    phase = perspective.names.phases.get(rule.at)
    told = rule_effects(perspective, words, rule)
    found = Explanation(
        kind="rule",
        id=id,
        title=rule.title,
        text=" ".join(rule.text.split()),
        sections=kept(
            prose("at", words("explain.at"), phase.title if phase is not None else ""),
            prose("when", words("explain.when"), told.condition),
            Section(key="effects", title=words("explain.effects"), lines=told.effects),
        ),
    )
    return with_citations(perspective, words, found, rule.claims)


def _table(perspective: Perspective, words: Words, id: str) -> Explanation:
    table = {one.id: one for one in perspective.scenario.tables if table_is_known(perspective, one)}[id]
    outcomes = [row.text for row in table.outcomes if row.text]
    found = Explanation(
        kind="table",
        id=id,
        title=table.title,
        text=" ".join(table.text.split()),
        sections=kept(attrs.evolve(prose("outcomes", words("explain.outcomes"), *outcomes), is_short=False)),
    )
    return with_citations(perspective, words, found, table.claims)


_EXPLAINED: dict[Subject, Callable[[Perspective, Words, str], Explanation]] = {
    "meter": _meter,
    "track": _track,
    "value": _value,
    "seat": _seat,
    "term": _term,
    "claim": _claim,
    "assumption": _assumption,
    "rule": _rule,
    "table": _table,
}
