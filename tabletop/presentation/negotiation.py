"""A negotiation: the sides of the table, what each has put on it, what was answered, and the way out.

The pack says which stage is one. Without that, it is any stage in which two or more seats act one at a time, and what
lies on the table are the facts that the moves of each side change.
"""

from __future__ import annotations

import attrs

from tabletop.presentation.board import Fact, fact_of
from tabletop.presentation.known_values import KnownValues, as_number
from tabletop.presentation.paper_on_table import Paper, paper_of
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.scale import ScaleShown, scale_of
from tabletop.presentation.words import Words
from tabletop.scenario import negotiation as pack

_NOTHING = (False, 0, "none", "nothing", "never")


@attrs.frozen(kw_only=True)
class Item:
    """A thing that can be put on the table, and whether it lies there now."""

    fact: Fact
    is_on: bool


@attrs.frozen(kw_only=True)
class OfferGroup:
    """Things of one kind, those on the table first."""

    title: str
    items: tuple[Item, ...]


@attrs.frozen(kw_only=True)
class SideOfTable:
    """A side: its seat, whose side that is in words, and what it may put on the table."""

    seat: str
    place: int
    name: str
    whose: str
    gives: str
    is_own: bool
    groups: tuple[OfferGroup, ...]


@attrs.frozen(kw_only=True)
class Answer:
    """What was last said across the table; `sign` is 1 for yes."""

    id: str
    name: str
    value: str
    sign: int


@attrs.frozen(kw_only=True)
class WayOut:
    """A move by which the seat leaves the table."""

    action: str
    label: str


@attrs.frozen(kw_only=True)
class Spoken:
    """What a side is heard to say across the table, and what is told beside it, by chance, "" for nothing."""

    seat: str
    place: int
    who: str
    text: str
    beside: str


@attrs.frozen(kw_only=True)
class Negotiation:
    """The table at which leaders sit: the round of how many, the sides (that of the seat that looks first), the
    answers, what is at stake, and how to leave; where the pack says more, also the scale, the paper as it stands, and
    what is said."""

    title: str
    round: int
    rounds: int
    round_text: str
    sides: tuple[SideOfTable, ...]
    answers: tuple[Answer, ...]
    stake: tuple[Fact, ...]
    way_out: tuple[WayOut, ...]
    listens: str
    scale: ScaleShown | None
    paper: Paper | None
    spoken: Spoken | None


def is_negotiation(perspective: Perspective) -> bool:
    """Whether the stage that is being played is one."""
    shown = perspective.scenario.presentation.negotiation
    if shown is not None:
        return shown.stage == perspective.stage.id
    acting = [phase for phase in perspective.stage.phases if phase.seats]
    alone = all(len(phase.seats) == 1 and not phase.is_face_down for phase in acting)
    return alone and len({phase.seats[0] for phase in acting}) >= 2


def negotiation_of(perspective: Perspective, words: Words) -> Negotiation | None:
    """The table as the seat sees it; None where there is no negotiation."""
    if not is_negotiation(perspective):
        return None
    shown = perspective.scenario.presentation.negotiation or _found(perspective)
    said = _answers(perspective, shown)
    sides = tuple(
        _side(perspective, words, side)
        for side in sorted(shown.sides, key=lambda side: side.seat != perspective.seat)[:2]
    )
    on_table = {item.fact.id for side in sides for group in side.groups for item in group.items}
    recent = [name for name in perspective.telling_facts() if name in perspective.changed_in_stage]
    left = [
        name
        for name in dict.fromkeys([*perspective.at_stake(), *recent])
        if name not in on_table and name not in {one.id for one in said}
    ]
    label, stage = perspective.label, perspective.stage
    return Negotiation(
        title=stage.title,
        round=perspective.view.stage_turn,
        rounds=stage.turns,
        round_text=label.date or label.name,
        sides=sides,
        answers=said,
        stake=tuple(fact_of(perspective, words, name) for name in left),
        way_out=_way_out(perspective, shown),
        listens=words("table.listens"),
        scale=scale_of(perspective, words, shown.scale) if shown.scale is not None else None,
        paper=paper_of(perspective, words, shown),
        spoken=_spoken(perspective, words, shown),
    )


def _side(perspective: Perspective, words: Words, side: pack.Side) -> SideOfTable:
    is_own = side.seat == perspective.seat
    groups = []
    for offers in side.offers:
        known = [name for name in offers.items if name in perspective.view.facts]
        items = [Item(fact=_offered(perspective, words, name), is_on=_is_on(perspective, name)) for name in known]
        if items:
            groups.append(OfferGroup(title=offers.title, items=tuple(sorted(items, key=lambda one: not one.is_on))))
    return SideOfTable(
        seat=side.seat,
        place=[one.id for one in perspective.scenario.seats].index(side.seat),
        name=perspective.names.seat(side.seat),
        whose=words("table.your_side" if is_own else "table.their_side"),
        gives=words("scale.gives", seat=perspective.names.seat(side.seat)),
        is_own=is_own,
        groups=tuple(groups),
    )


def _offered(perspective: Perspective, words: Words, name: str) -> Fact:
    fact = fact_of(perspective, words, name)
    return fact if _is_on(perspective, name) else attrs.evolve(fact, value="")


def _is_on(perspective: Perspective, name: str) -> bool:
    return perspective.view.facts[name] not in _NOTHING


def _answers(perspective: Perspective, shown: pack.Negotiation) -> tuple[Answer, ...]:
    """What was last said; what is said no more counts until there is another answer."""
    found = []
    for name in shown.answers:
        if name not in perspective.view.facts:
            continue
        value = _last_said(perspective, name)
        if value:
            members = perspective.names.variables[name].values
            id = members[value] if members and not isinstance(value, str) else str(value)
            shown_as = perspective.names.value(name, value)
            sign = 1 if id in shown.agreed else -1
            found.append(Answer(id=name, name=perspective.names.full(name), value=shown_as, sign=sign))
    return tuple(found)


def _last_said(perspective: Perspective, name: str) -> int | bool | str:
    """The last value of an answer that was not none."""
    if _is_on(perspective, name):
        return perspective.view.facts[name]
    said = [
        entry
        for entry in perspective.view.log
        if entry.kind == "change" and entry.target == name and entry.stage == perspective.stage.id
    ]
    return next((entry.after for entry in reversed(said) if entry.after), 0)


def _spoken(perspective: Perspective, words: Words, shown: pack.Negotiation) -> Spoken | None:
    """What is heard now: the first of the pack's sayings that applies, where the last answers count until there are
    others."""
    symbols = perspective.program.scope.symbols
    known = KnownValues.of(perspective.program, perspective.view)
    answers = {
        name: as_number(symbols[name], _last_said(perspective, name)) for name in shown.answers if name in known.known
    }
    known = known.with_(answers)
    heard = (one for one in shown.says if one.when is None or known.holds(one.when.source))
    saying = next(heard, None)
    if saying is None:
        return None
    return Spoken(
        seat=saying.seat,
        place=[one.id for one in perspective.scenario.seats].index(saying.seat),
        who=words("scale.says", seat=perspective.names.seat(saying.seat)),
        text=saying.text,
        beside=_beside(perspective, shown),
    )


def _beside(perspective: Perspective, shown: pack.Negotiation) -> str:
    """The last outcome of the pack's table of speech in this stage, where the seat has learned of it."""
    here, turn = perspective.stage.id, perspective.view.turn
    for entry in reversed(perspective.view.log):
        if entry.turn < turn - 1 or entry.stage != here:
            break
        if entry.kind == "roll" and shown.speech and entry.rule == shown.speech:
            return entry.text
    return ""


def ways_out(perspective: Perspective) -> frozenset[str]:
    """The ids of the actions by which a seat leaves the negotiation, as the pack says; none where there is none."""
    if not is_negotiation(perspective):
        return frozenset()
    shown = perspective.scenario.presentation.negotiation or _found(perspective)
    return frozenset(shown.way_out)


def _way_out(perspective: Perspective, shown: pack.Negotiation) -> tuple[WayOut, ...]:
    moves = [one for one in perspective.moves_of_phase if one.id in shown.way_out]
    return tuple(WayOut(action=one.id, label=one.label) for one in moves)


# What a pack that says nothing of it probably means


def _found(perspective: Perspective) -> pack.Negotiation:
    """The negotiation that the moves of this stage amount to."""
    seats = list(dict.fromkeys(seat for phase in perspective.stage.phases for seat in phase.seats))
    taken: set[str] = set()
    here = {phase.id for phase in perspective.stage.phases}
    nouns = {noun.id: noun for noun in perspective.scenario.actions if here & set(noun.phases)}
    leaving = [
        one.id
        for one in perspective.program.actions
        if one.kind == "action" and one.id in nouns and any(effect.leads_on for effect in one.effects)
    ]
    return pack.Negotiation(
        stage=perspective.stage.id,
        sides=tuple(pack.Side(seat=seat, offers=_offers(perspective, seat, taken)) for seat in seats),
        answers=tuple(
            name
            for name in perspective.names.variables
            if name in perspective.changed_by_actions and _is_answer(perspective, name)
        ),
        way_out=tuple(dict.fromkeys(leaving)),
    )


def _offers(perspective: Perspective, seat: str, taken: set[str]) -> tuple[pack.Offers, ...]:
    """By group of its moves, the named facts that the moves of a seat change; those of another side are taken."""
    here = {phase.id for phase in perspective.stage.phases}
    nouns = {noun.id: noun for noun in perspective.scenario.actions if here & set(noun.phases)}
    groups: dict[str, list[str]] = {}
    for action in perspective.program.actions:
        if action.kind != "action" or action.seat != seat or action.id not in nouns or nouns[action.id].closes:
            continue
        if any(effect.leads_on for effect in action.effects):
            continue
        for name in (name for effect in action.effects for name in effect.changed):
            noun = perspective.names.variables.get(name)
            if noun is not None and noun.name and name not in taken and not _is_answer(perspective, name):
                taken.add(name)
                groups.setdefault(action.group, []).append(name)
    return tuple(pack.Offers(title=title, items=tuple(items)) for title, items in groups.items())


def _is_answer(perspective: Perspective, name: str) -> bool:
    """Whether a fact is what a side says to the other: a word that is none at first."""
    noun = perspective.names.variables[name]
    return bool(noun.values) and noun.values[0] in _NOTHING
