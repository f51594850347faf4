"""Why: what stands behind a thing on the board, laid out: a meter, seat, card, move, or an entry of the log."""

from __future__ import annotations

from collections.abc import Sequence

from tabletop.presentation.cited import CitedClaim, CitedSource, cited_claims
from tabletop.presentation.effect_words import Hint
from tabletop.presentation.event_card import EventCard
from tabletop.presentation.explanations import Explanation, Section
from tabletop.presentation.moves import Move
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.timeline import TimelineEntry
from tabletop.presentation.words import Words
from tabletop.window.board.wording import joined
from tabletop.window.layout import Column, Element
from tabletop.window.parts import Text
from tabletop.window.span_runs import runs_of
from tabletop.window.text import Run
from tabletop.window.theme import BODY, HAIR, LABEL, SMALL, SMALL_GAP

#: The latest changes that are shown of a thing.
_LATEST = 40


def part(title: str, *lines: Element | None) -> Element | None:
    """Some lines under a heading; None without lines."""
    kept = [line for line in lines if line is not None]
    return Column(Text(title, LABEL, "accent") if title else None, *kept, gap=HAIR) if kept else None


def parts(*each: Element | None) -> Element:
    """Parts one below the other."""
    return Column(*each, gap=SMALL_GAP)


def explained(found: Explanation) -> Element:
    """What there is to say of a thing."""
    return parts(
        Text(found.note, SMALL, "soft") if found.note else None,
        *[Text(" ".join(one.split()), BODY) for one in found.text.split("\n\n") if one.strip()],
        *[_section(one) for one in found.sections if one.key not in _BEHIND_CHANGES],
        part(found.changes_title, *[_past(entry) for entry in found.changes[:_LATEST]])
        or (Text(found.changes_title, SMALL, "soft") if found.changes_title else None),
        *[_section(one) for one in found.sections if one.key in _BEHIND_CHANGES],
        claims(found.claims_title, found.claims),
        sources(found.sources_title, found.sources),
    )


_BEHIND_CHANGES = ("needed", "read")
#: Sections whose lines stand in the size of prose.
_LARGE = ("what", "reason", "truth", "for", "against")
_LISTED = ("counts", "done", "outcomes", "instead", "effects")


def _section(one: Section) -> Element | None:
    style = BODY if one.key in _LARGE else SMALL
    dot = [Run("· ", "text", "soft")] if one.key in _LISTED else []
    if one.is_short and one.key in _BESIDE:
        return Text([Run(f"{one.title}: ", "bold", "soft"), *runs_of(one.lines[0])], SMALL)
    return part(one.title, *[Text([*dot, *runs_of(line)], style) for line in one.lines])


#: Sections that stand beside their titles.
_BESIDE = ("levels", "good_for", "bad_for", "at", "when")


def _past(entry: TimelineEntry) -> Element:
    change = entry.change
    origin = joined([entry.cause, " ".join(entry.claims)])
    runs = [
        Run(f"{entry.when}  " if entry.when else "", "text", "soft"),
        *(runs_of(change.full_line) if change is not None else []),
        Run(f"  {entry.why}", "text"),
        Run(f"  {origin}", "text", "soft"),
    ]
    return Text(runs, SMALL)


def claims(title: str, cited: Sequence[CitedClaim]) -> Element | None:
    """What a thing rests on, claim by claim."""
    lines: list[Element | None] = []
    for one in cited:
        lines.append(Text([Run(f"{one.id}  ", "bold"), Run(one.summary, "text")], SMALL))
        lines.append(Text(one.where, SMALL, "soft") if one.where else None)
    return part(title, *lines)


def sources(title: str, cited: Sequence[CitedSource]) -> Element | None:
    """Where the record is."""
    return part(title, *[Text(one.text, SMALL) for one in cited])


def of_move(perspective: Perspective, words: Words, move: Move) -> Element:
    """A move: its cost, what each effect would do now and why, and the claims behind it."""
    return parts(
        Text(move.text, BODY) if move.text else None,
        None if move.is_open else Text(words("moves.not_now", why=move.refusal), BODY, "bad"),
        Text(words("moves.costs", price=move.price), BODY, "accent") if move.price else None,
        part(words("table.why_expected"), *[_effect(one) for one in move.effects]),
        None if move.effects else Text(words("moves.nothing_at_once"), BODY, "soft"),
        claims(words("explain.claims", count=len(move.claims)), cited_claims(perspective.scenario, move.claims)),
    )


def _effect(one: Hint) -> Element:
    tail = joined([one.condition, " ".join(one.claims)])
    lead = [*runs_of(one.line), Run(f"  {one.reason}", "text")]
    return Column(
        Text(lead, SMALL, "soft" if one.likely == "not now" else "ink"),
        Text(tail, SMALL, "soft") if tail else None,
        Text(one.about, SMALL, "soft") if one.about else None,
        *[Text(f"· {text}", SMALL, "soft") for text in one.outcomes],
        gap=0,
    )


def of_card(card: EventCard) -> Element:
    """An event card: its record, what it did and has yet to do, its claims and sources."""
    came = [
        Text([*runs_of(entry.change.full_line), Run(f"  {entry.why}", "text", "soft")], SMALL)
        for entry in card.came
        if entry.change is not None
    ]
    due = [Text([Run(one.text, "bold"), Run(f"  {one.why}", "text", "soft")], SMALL) for one in card.due]
    return parts(
        Text(joined([card.date, card.record_text]), SMALL, "soft"),
        Text(card.text, BODY),
        part(card.came_title, *came),
        part(card.due_title, *due),
        claims(card.claims_title, card.claims),
        sources(card.sources_title, card.sources),
    )
