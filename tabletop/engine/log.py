"""The log: what happened and why, as typed entries with ids and the pack's own words, from the machine's notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

import attrs

from tabletop.engine.execution import (
    CARD_DEALT,
    CHANGED,
    ENDED,
    MOVED,
    NOTHING_DEALT,
    ROLLED,
    STAGE_BEGAN,
    TOLD,
    Note,
)
from tabletop.engine.program import Origin, Program

EntryKind: TypeAlias = Literal["change", "action", "card", "quiet", "roll", "word", "turn", "stage", "ending", "ruling"]
InterventionKind: TypeAlias = Literal["inject", "set", "skip", "extend", "repeat", "overrule", "restore"]


@attrs.frozen(kw_only=True)
class Intervention:
    """What a facilitator did, by ids: brought a card in (`inject`), `set` a value, ended a phase (`skip`), added a
    round to it (`extend`), had one played again (`repeat`), ruled an outcome of chance (`overrule`) or let what the
    model drew stand after all (`restore`).

    `subject` is the card, value, phase or, for chance, the table, deck or hidden truth that `noun` names; `outcome` is
    what stands, `instead` what stood before.
    """

    kind: InterventionKind
    noun: Literal["card", "value", "phase", "table", "deck", "hidden"]
    subject: str
    outcome: str = ""
    instead: str = ""


@attrs.frozen(kw_only=True)
class Entry:
    """One thing that happened. A change says of what `target`, from `before` to `after`; all say why.

    `noun` and `rule` name what brought it about (a rule, action, card, option or table, by id), `card` the card it came
    with, `seat` and `decision` whose decision it followed from, `claims` the claims it rests on, `why` the reason.
    `text` and `title` are the pack's own words, "" where it has none: sentences are made by `tabletop.presentation`.
    `intervention` is what a facilitator did, where one did it. `known_to` are the seats that learn of it,
    `cause_known_to` those that learn why, and `card_known_to` those that may read the card it came with; None is
    everybody.
    """

    kind: EntryKind
    turn: int
    stage: str
    phase: str
    text: str = ""
    noun: str = ""
    rule: str = ""
    title: str = ""
    card: str = ""
    seat: str = ""
    decision: str = ""
    claims: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    why: str = ""
    target: str = ""
    before: int = 0
    after: int = 0
    outcome: str = ""
    intervention: Intervention | None = None
    known_to: frozenset[str] | None = None
    cause_known_to: frozenset[str] | None = None
    card_known_to: frozenset[str] | None = None

    @property
    def amount(self) -> int:
        """By how much the target changed; 0 for what is no change."""
        return self.after - self.before

    def known_by(self, seat: str) -> bool:
        """Whether the seat learns of it."""
        return self.known_to is None or seat in self.known_to

    def seen_by(self, seat: str) -> Entry | None:
        """The entry as a seat learns of it ("" for whoever has none): whole, without its cause where the seat may not
        know that, or not at all. A change by nothing tells only that there was a cause. Of a card that is not for the
        seat it learns that one came up."""
        if not self.known_by(seat):
            return None
        reads_card = self.card_known_to is None or seat in self.card_known_to
        if reads_card and (self.cause_known_to is None or seat in self.cause_known_to):
            return self
        if self.kind == "change" and self.before == self.after:
            return None
        bare = attrs.evolve(self, **_UNKNOWN_CAUSE)
        if not self.is_card:
            return bare
        return attrs.evolve(bare, kind="quiet", text="", card_known_to=frozenset())

    @property
    def hides_cause(self) -> bool:
        """Whether it is seen without its cause, by somebody who may not know that."""
        return not self.noun and self.cause_known_to == frozenset()

    @property
    def is_card(self) -> bool:
        """Whether a card came up, be it one that may not be read."""
        return self.kind == "card" or (self.kind == "quiet" and self.card_known_to is not None)


_UNKNOWN_CAUSE: dict[str, Any] = {
    "noun": "",
    "rule": "",
    "title": "",
    "card": "",
    "seat": "",
    "decision": "",
    "claims": (),
    "sources": (),
    "why": "",
    # Who knows better would tell whose doing it was.
    "cause_known_to": frozenset(),
    "card_known_to": None,
}


class History:
    """What has happened up to a state. It is a chain: a state adds its own notes to those of the state before.

    What the machine did is a note; what a facilitator did is an entry from the first.
    """

    __slots__ = ("_before", "_entries", "_own")

    def __init__(self, before: History | None = None, own: tuple[Note | Entry, ...] = ()) -> None:
        self._before = before
        self._own = own
        self._entries: dict[str, tuple[Entry, ...]] = {}

    def __reduce__(self) -> tuple[object, ...]:
        # Copied link by link, a long game would be too deep.
        return History, (None, self.notes())

    def then(self, notes: Sequence[Note | Entry]) -> History:
        """This, and what happened next."""
        return History(self, tuple(notes)) if notes else self

    def notes(self) -> tuple[Note | Entry, ...]:
        """Every note from the start."""
        return tuple(note for link in self._links() for note in link._own)

    def entries(self, p: Program) -> tuple[Entry, ...]:
        """Every note as an entry; what earlier states have already made of theirs is kept, by its language."""
        found: list[Entry] = []
        language = p.scenario.language
        for link in self._links():
            if language not in link._entries:
                link._entries[language] = tuple(entry_of(p, note) for note in link._own)
            found += link._entries[language]
        return tuple(found)

    def _links(self) -> list[History]:
        links: list[History] = []
        link: History | None = self
        while link is not None:
            links.append(link)
            link = link._before
        links.reverse()
        return links


def entry_of(p: Program, note: Note | Entry) -> Entry:
    """The entry that a note stands for."""
    if isinstance(note, Entry):
        return note
    kind, subject, second, third, turn, phase, (move, seat, card) = note
    scenario = p.scenario
    stage = p.phases[phase].stage if phase >= 0 else 0
    entry = Entry(
        kind="turn",
        turn=turn,
        stage=scenario.stages[stage].id,
        phase=_phase_id(p, phase),
        card=scenario.cards[card].id if card >= 0 else "",
        seat=scenario.seats[seat].id if seat >= 0 else "",
        decision=str(p.actions[move]) if move >= 0 else "",
        card_known_to=_readers(p, card),
    )
    if kind == CHANGED:
        return _change(p, entry, p.origins[subject], subject, second, third, move)
    if kind == MOVED:
        return _moved(p, entry, subject, second)
    if kind == CARD_DEALT:
        noun = scenario.cards[subject]
        return attrs.evolve(
            entry,
            kind="card",
            text=noun.title,
            noun="card",
            rule=noun.id,
            title=noun.title,
            card=noun.id,
            claims=noun.claims,
            sources=noun.sources,
            why=noun.text,
            card_known_to=_readers(p, subject),
        )
    if kind == NOTHING_DEALT:
        return attrs.evolve(entry, kind="quiet")
    if kind == ROLLED:
        return _rolled(p, entry, p.origins[subject], second, third)
    if kind == TOLD:
        origin = p.origins[subject]
        effect = origin.effect
        return attrs.evolve(_with_origin(entry, origin), kind="word", text=effect.text, known_to=effect.heard_by)
    if kind == STAGE_BEGAN:
        noun_stage = scenario.stages[subject]
        return attrs.evolve(entry, kind="stage", stage=noun_stage.id, phase="", text=noun_stage.title)
    if kind == ENDED:
        return _ended(p, entry, subject, second)
    return attrs.evolve(entry, kind="turn", stage=scenario.stages[subject].id)


def _readers(p: Program, card: int) -> frozenset[str] | None:
    """Who may read a card, given by its number; -1 is none."""
    return frozenset(p.scenario.cards[card].known_to) or None if card >= 0 else None


def _phase_id(p: Program, phase: int) -> str:
    if phase < 0:
        return ""
    code = p.phases[phase]
    at = p.stages[code.stage].phases.index(phase)
    return p.scenario.stages[code.stage].phases[at].id


def _with_origin(entry: Entry, origin: Origin) -> Entry:
    return attrs.evolve(
        entry,
        noun=origin.noun,
        rule=origin.id,
        title=origin.title,
        card=origin.card or entry.card,
        claims=origin.claims,
        why=origin.effect.why,
        cause_known_to=origin.audience,
    )


def _ended(p: Program, entry: Entry, ending: int, effect: int) -> Entry:
    noun = p.scenario.endings[ending]
    entry = attrs.evolve(entry, kind="ending", text=noun.title, rule=noun.id, claims=noun.claims)
    if effect < 0:
        return entry
    origin = p.origins[effect]
    if origin.audience is None:
        return attrs.evolve(entry, why=origin.effect.why)
    # Everybody learns how it ended, and of a secret cause nothing.
    return attrs.evolve(entry, card="", seat="", decision="")


def _change(p: Program, entry: Entry, origin: Origin, effect: int, before: int, after: int, move: int) -> Entry:
    target = origin.target
    # An effect that was put off follows from the action or answer that set it in motion.
    decision = entry.decision or (origin.id if origin.noun in ("action", "option") else "")
    return attrs.evolve(
        _with_origin(entry, origin),
        decision=decision,
        kind="change",
        target=target,
        before=before,
        after=after,
        known_to=p.scope.symbols[target].known_to,
    )


def _moved(p: Program, entry: Entry, move: int, seat: int) -> Entry:
    action = p.actions[move]
    return attrs.evolve(
        entry,
        kind="action",
        text=action.label,
        noun=action.kind,
        rule=action.id,
        title=action.label,
        claims=action.claims,
        known_to=p.moves[move].audience,
    )


def _rolled(p: Program, entry: Entry, origin: Origin, table: int, outcome: int) -> Entry:
    rolled = p.tables[table]
    noun = p.scenario.tables[rolled.table]
    row = noun.outcomes[outcome]
    return attrs.evolve(
        _with_origin(entry, origin),
        kind="roll",
        text=row.text or noun.title,
        noun="table",
        rule=noun.id,
        title=noun.title,
        claims=noun.claims or origin.claims,
        outcome=row.id,
        known_to=rolled.audiences[outcome],
        cause_known_to=rolled.audiences[outcome],
    )
