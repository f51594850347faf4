"""Why: what stands behind a thing on the board: the rule or card, the reason, the claim and its source."""

from __future__ import annotations

from collections.abc import Iterable

from tabletop.engine.log import Entry
from tabletop.presentation.forecast_words import Hint
from tabletop.presentation.moves import Move
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.references import needed_by, read_by
from tabletop.presentation.words import Words
from tabletop.scenario.cards import Card
from tabletop.window.board.gauges import levels, wishes
from tabletop.window.board.tracks import texts
from tabletop.window.board.wording import change_words, joined
from tabletop.window.layout import Column, Element
from tabletop.window.parts import Text
from tabletop.window.span_runs import runs_of
from tabletop.window.text import Run
from tabletop.window.theme import BODY, HAIR, LABEL, SMALL, SMALL_GAP

_MOST = 14


def part(title: str, *lines: Element | None) -> Element | None:
    """Some lines under a heading; None without lines."""
    kept = [line for line in lines if line is not None]
    return Column(Text(title, LABEL, "accent"), *kept, gap=HAIR) if kept else None


def parts(*each: Element | None) -> Element:
    """Parts one below the other."""
    return Column(*each, gap=SMALL_GAP)


def of_entry(perspective: Perspective, words: Words, entry: Entry) -> Element:
    """Why something happened: what brought it about, the reason, the card, the claims."""
    scenario = perspective.scenario
    card = perspective.names.cards.get(entry.card)
    rule = next((one for one in scenario.rules if entry.noun == "rule" and one.id == entry.rule), None)
    table = next((one for one in scenario.tables if entry.noun == "table" and one.id == entry.rule), None)
    kind = words(f"table.noun_{entry.noun}") if entry.noun else ""
    brought = Text([Run(f"{kind}: " if kind else "", "text", "soft"), Run(entry.title, "bold")], BODY)
    who = perspective.names.seat(entry.seat) if entry.seat else ""
    when = perspective.turns.get(entry.turn)
    text = rule.text if rule is not None else table.text if table is not None else ""
    return parts(
        Text(_headline(perspective, entry), BODY),
        part(words("table.why_reason"), Text(entry.why, BODY)) if entry.why and entry.kind != "card" else None,
        part(
            words("table.why_from"),
            brought if entry.title else None,
            Text(text, SMALL) if text else None,
            Text(words("table.why_seat", seat=who), SMALL, "soft") if who else None,
            Text(words("table.why_card", card=card.title), SMALL, "soft") if card and entry.kind != "card" else None,
            Text(str(when), SMALL, "soft") if when else None,
        ),
        claims(perspective, words, entry.claims or (card.claims if card else ())),
        sources(perspective, words, entry.sources or (card.sources if card else ())),
    )


def _headline(perspective: Perspective, entry: Entry) -> list[Run] | str:
    if entry.kind == "change":
        runs = change_words(perspective, entry)
        if not perspective.names.is_named(entry.target):
            runs = [*runs, Run(f" ({entry.before} → {entry.after})", "text", "soft")]
        return runs
    return entry.why if entry.kind == "card" else entry.text


def claims(perspective: Perspective, words: Words, ids: Iterable[str]) -> Element | None:
    """What a thing rests on, claim by claim."""
    known = {claim.id: claim for claim in perspective.scenario.claims}
    lines: list[Element | None] = []
    for id in ids:
        claim = known.get(id)
        if claim is None:
            continue
        source = next((one for one in perspective.scenario.sources if one.id == claim.source), None)
        about = joined([source.author, source.title, claim.paragraph], ", ") if source else ""
        lines.append(Text([Run(f"{id}  ", "bold"), Run(claim.summary, "text")], SMALL))
        lines.append(Text(about, SMALL, "soft") if about else None)
    return part(words("table.why_claims"), *lines)


def sources(perspective: Perspective, words: Words, ids: Iterable[str]) -> Element | None:
    """Where the record is."""
    known = {source.id: source for source in perspective.scenario.sources}
    lines = [
        Text(joined([known[id].author, known[id].title, known[id].published], ", "), SMALL) for id in ids if id in known
    ]
    return part(words("table.why_sources"), *lines)


def of_move(perspective: Perspective, words: Words, move: Move) -> Element:
    """A move: its cost, what each effect would do now and why, and the claims behind it."""
    return parts(
        Text(move.text, BODY) if move.text else None,
        None if move.is_open else Text(words("moves.not_now", why=move.refusal), BODY, "bad"),
        Text(words("moves.costs", price=move.price), BODY, "accent") if move.price else None,
        part(words("table.why_expected"), *[_effect(one) for one in move.effects]),
        None if move.effects else Text(words("moves.nothing_at_once"), BODY, "soft"),
        claims(perspective, words, move.claims),
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


def of_card(perspective: Perspective, words: Words, card: Card) -> Element:
    """An event card: its record, what it does, its claims and sources."""
    record = words(f"table.record_{card.certainty}")
    lines = [
        Text([*change_words(perspective, entry), Run(f"  {entry.why}", "text", "soft")], SMALL)
        for entry in perspective.view.log
        if entry.card == card.id and entry.kind == "change" and entry.amount
    ]
    return parts(
        Text(joined([card.date, record]), SMALL, "soft"),
        Text(card.text, BODY),
        part(words("table.why_came"), *lines),
        claims(perspective, words, card.claims),
        sources(perspective, words, card.sources),
    )


def of_value(perspective: Perspective, words: Words, id: str) -> Element:
    """A meter, track or fact: what it means, what reads and needs it, and all that has moved it."""
    names = perspective.names
    meter, track = names.meters.get(id), names.tracks.get(id)
    text = meter.text if meter else track.text if track else texts(perspective).get(id, "")
    about: list[Element | None] = [Text(text, BODY) if text else None]
    if meter is not None:
        about.append(Text(joined([wishes(perspective, words, meter), levels(words, meter)]), SMALL, "soft"))
    needed, read = needed_by(perspective, [id]), read_by(perspective, [id])
    changes = [e for e in perspective.view.log if e.kind == "change" and e.target == id and e.before != e.after]
    lines: list[Element | None] = []
    for entry in reversed(changes[-40:]):
        when = perspective.turns.get(entry.turn)
        lead = Run(f"{when.name}  " if when else "", "text", "soft")
        origin = joined([entry.title, " ".join(entry.claims)])
        runs = [
            lead,
            *change_words(perspective, entry),
            Run(f"  {entry.why}", "text"),
            Run(f"  {origin}", "text", "soft"),
        ]
        lines.append(Text(runs, SMALL))
    return parts(
        *about,
        part(words("table.why_moved"), *lines) or Text(words("table.not_moved"), SMALL, "soft"),
        part(words("table.why_needed"), Text("; ".join(needed[:_MOST]), SMALL)) if needed else None,
        part(words("table.why_read"), Text(", ".join(read[:_MOST]), SMALL)) if read else None,
    )


def of_seat(perspective: Perspective, words: Words, id: str) -> Element:
    """A seat as everybody knows it, with what it has done this turn."""
    seat = perspective.names.seats[id]
    done = [
        entry
        for entry in perspective.view.log
        if entry.kind == "action" and entry.seat == id and entry.turn == perspective.view.turn and entry.title
    ]
    return parts(
        Text(seat.role, SMALL, "soft") if seat.role else None,
        *[Text(" ".join(one.split()), BODY) for one in seat.brief.split("\n\n") if one.strip()],
        part(words("table.done_this_turn", turn=perspective.stage.turn), *[Text(f"→ {e.title}", SMALL) for e in done]),
        part(words("table.counts_for", seat=seat.name), *[Text(f"· {one.text}", SMALL) for one in seat.objectives]),
    )
