"""The paper on the table: its lines, what each is worth to the other side and costs this one, and what signing does."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from tabletop.presentation.known_values import KnownValues
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.scale import worth_of
from tabletop.presentation.spans import MARK_OF_SIGN, ROLE_OF_SIGN, Line, Span, joined, signed
from tabletop.presentation.words import Words
from tabletop.scenario import negotiation as pack


@attrs.frozen(kw_only=True)
class PaperLine:
    """A line of the text: which seat gives it, what it says, what it is worth to the other side (or costs it) in
    points, and which meters it moves when it is signed."""

    id: str
    seat: str
    text: str
    worth_text: str
    moves: Line


@attrs.frozen(kw_only=True)
class Paper:
    """The text as it stands, with its lines by the seat that gives them, and what signing it would do to the meters."""

    title: str
    empty_text: str
    lines: tuple[PaperLine, ...]
    signed_title: str
    signed: Line


def paper_of(perspective: Perspective, words: Words, shown: pack.Negotiation) -> Paper | None:
    """The paper as a seat may read it; None where the pack has none."""
    if not shown.paper:
        return None
    known = KnownValues.of(perspective.program, perspective.view)
    standing = [clause for clause in shown.paper if known.holds(clause.when.source)]
    moves = _moved(perspective, known, shown.signature)
    return Paper(
        title=words("scale.paper"),
        empty_text=words("scale.paper_empty"),
        lines=tuple(_line(perspective, words, known, shown, clause, moves) for clause in standing),
        signed_title=words("scale.if_signed") if shown.signature else "",
        signed=_line_of(perspective, moves) or (Span(words("scale.no_change"), "soft"),),
    )


def _line(
    perspective: Perspective,
    words: Words,
    known: KnownValues,
    shown: pack.Negotiation,
    clause: pack.Clause,
    with_it: dict[str, int],
) -> PaperLine:
    worth_text, moves = "", Line()
    if clause.item and shown.scale is not None:
        worth = worth_of(perspective, known, shown.scale, clause.item)
        if worth is not None and any(worth):
            points = str(worth[0]) if worth[0] == worth[1] else f"{worth[0]}–{worth[1]}"
            is_theirs = clause.seat == shown.scale.of
            worth_text = words("scale.costs_them" if is_theirs else "scale.to_them", points=points)
    if clause.item in known.known:
        without = _moved(perspective, known.with_({clause.item: 0}), shown.signature)
        moves = _line_of(perspective, {id: with_it.get(id, 0) - without.get(id, 0) for id in (*with_it, *without)})
    return PaperLine(id=clause.item, seat=clause.seat, text=clause.text, worth_text=worth_text, moves=moves)


def _moved(perspective: Perspective, known: KnownValues, signature: str) -> dict[str, int]:
    """By how much the meters would move if the paper were signed, as far as the seat can know."""
    moved: dict[str, int] = {}
    for name, amount in _amounts(perspective, known, signature):
        moved[name] = moved.get(name, 0) + amount
    return moved


def _amounts(perspective: Perspective, known: KnownValues, signature: str) -> Iterator[tuple[str, int]]:
    action = next((one for one in perspective.program.actions if one.id == signature), None)
    for effect in action.effects if action is not None else ():
        amount = effect.amount
        if amount is None or effect.is_put_off or (effect.when is not None and not known.holds(effect.when.source)):
            continue
        found = known.value(amount.source)
        for name in effect.changed:
            if name in perspective.names.meters and found:
                yield name, found


def _line_of(perspective: Perspective, moved: dict[str, int]) -> Line:
    """Changes of meters in a line, those that matter to the seat marked."""
    parts: list[Line] = []
    for name in perspective.names.meters:
        amount = moved.get(name, 0)
        if amount:
            sign = perspective.names.good(name, amount, perspective.seat)
            mark = f"{signed(amount)}{MARK_OF_SIGN[sign]} "
            parts.append((Span(mark, ROLE_OF_SIGN[sign]), Span(perspective.names.short(name))))
    return joined(parts, "  ")
