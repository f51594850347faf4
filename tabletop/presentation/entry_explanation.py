"""Why one thing in the log happened: what brought it about, the reason given, its card, and what that rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tabletop.presentation.explanations import Explanation, Section, kept, prose, with_citations
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.spans import Line, Span, plain_text
from tabletop.presentation.timeline import TimelineEntry, timeline_entry
from tabletop.presentation.words import Words

if TYPE_CHECKING:
    from tabletop.engine.log import Entry


def entry_explanation(perspective: Perspective, words: Words, place: int) -> Explanation:
    """Why the entry at a place in the seat's log happened. Raises IndexError where there is none."""
    entry = perspective.view.log[place]
    told = timeline_entry(perspective, words, place)
    card = perspective.names.cards.get(entry.card)
    is_card = entry.kind == "card"
    found = Explanation(
        kind="entry",
        id=str(place),
        title=told.title if is_card else words("explain.why"),
        sections=kept(
            Section(key="what", title="", lines=(_headline(told),)),
            prose("reason", words("explain.reason"), told.why),
            Section(key="from", title=words("explain.from"), lines=_origin(perspective, words, entry)),
        ),
    )
    claims = entry.claims or (card.claims if card is not None else ())
    sources = entry.sources or (card.sources if card is not None else ())
    return with_citations(perspective, words, found, claims, sources)


def _headline(told: TimelineEntry) -> Line:
    if told.change is not None:
        return told.change.full_line
    if told.kind == "action":
        return Span(f"{told.who}: ", "soft"), Span(told.title, "strong")
    if told.kind == "roll":
        return Span(f"{told.title}: ", "strong"), Span(told.text)
    return (Span(told.text or told.title),)


def _origin(perspective: Perspective, words: Words, entry: Entry) -> tuple[Line, ...]:
    """The rule, move, card, table or ruling, by whom, with which card, and when."""
    scenario = perspective.scenario
    title = words("timeline.facilitator") if entry.noun == "ruling" else entry.title
    lines: list[Line] = []
    if entry.noun and title:
        lines.append((Span(f"{words(f'explain.noun_{entry.noun}')}: ", "soft"), Span(title, "strong")))
    rule = next((one for one in scenario.rules if entry.noun == "rule" and one.id == entry.rule), None)
    table = next((one for one in scenario.tables if entry.noun == "table" and one.id == entry.rule), None)
    text = rule.text if rule is not None else table.text if table is not None else ""
    lines += [(Span(" ".join(text.split())),)] if text else []
    who = perspective.names.seat(entry.seat) if entry.seat else ""
    lines += [(Span(words("explain.decided_by", seat=who), "soft"),)] if who else []
    card = perspective.names.cards.get(entry.card)
    if card is not None and entry.kind != "card":
        lines.append((Span(words("explain.with_card", card=card.title), "soft"),))
    when = perspective.turns.get(entry.turn)
    lines += [(Span(str(when), "soft"),)] if when is not None else []
    return tuple(line for line in lines if plain_text(line))
