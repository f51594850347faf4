"""The timeline: what happened and why, as events with the changes that each brought about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

import attrs

from tabletop.presentation.board_changes import BoardChange, detailed_changes
from tabletop.presentation.causes import grouped
from tabletop.presentation.changes import Change, change_of
from tabletop.presentation.names import sentence
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words

if TYPE_CHECKING:
    from tabletop.engine.log import Entry, Intervention

Kind: TypeAlias = Literal["change", "action", "card", "quiet", "roll", "word", "turn", "stage", "ending", "ruling"]


@attrs.frozen(kw_only=True)
class TimelineEntry:
    """One entry of the log as a seat learns of it.

    `place` is where it stands in the seat's log, -1 where it was not taken from there. `noun` is what brought it about:
    "rule", "action", "option", "card", "table", "ruling", or "" where that is not known. `title` is what it is called
    (a move, card, table, turn, stage), `text` what it says in full, `why` the reason. `who` is whose decision it
    followed from, "" for nobody's. `cause` and `claims` are what stands behind it, but for what the head of its event
    says already. `known_to` says who else knows, for those who see everything; "" where everybody does.
    """

    place: int
    kind: Kind
    turn: int
    phase: str
    when: str
    noun: str = ""
    title: str = ""
    text: str = ""
    why: str = ""
    seat: str = ""
    who: str = ""
    is_own: bool = False
    cause: str = ""
    claims: tuple[str, ...] = ()
    known_to: str = ""
    change: Change | None = None


@attrs.frozen(kw_only=True)
class TimelineEvent:
    """Something that happened, with what came of it.

    `head` is the move, card, ruling, turn, stage or ending with which it begins; None where a standing rule or
    something earlier brings it about: then `title` is what that is called. `phase_title` is that of its phase, and
    `opens_phase` tells whether the event before was of another phase, or was somebody's doing and this is a rule's.
    `entries` are in order, `changes` what they come to together.
    """

    turn: int
    phase: str
    phase_title: str
    opens_phase: bool
    title: str
    head: TimelineEntry | None
    entries: tuple[TimelineEntry, ...]
    changes: tuple[BoardChange, ...]

    @property
    def kind(self) -> str:
        """What it begins with; "rule" where nothing heads it."""
        return self.head.kind if self.head is not None else "rule"


def timeline(
    perspective: Perspective, words: Words, *, since: int = 0, turn: int | None = None, names_audience: bool = False
) -> tuple[TimelineEvent, ...]:
    """What has happened as the seat knows it: all of it, from a place in its log on, or in one turn.

    With `names_audience`, what not everybody knows says who does: for a facilitator.
    """
    log = list(enumerate(perspective.view.log))[since:]
    chosen = [(place, entry) for place, entry in log if turn is None or entry.turn == turn]
    return _events(perspective, words, chosen, names_audience)


def events_of(
    perspective: Perspective, words: Words, entries: Iterable[Entry], *, names_audience: bool = False
) -> tuple[TimelineEvent, ...]:
    """What some entries tell, which the seat has learned of or may."""
    return _events(perspective, words, [(-1, entry) for entry in entries], names_audience)


def entries_at(perspective: Perspective, words: Words, places: Sequence[int]) -> tuple[TimelineEntry, ...]:
    """Entries of the seat's log by their places, in order, each without what the one that it follows from says."""
    log = perspective.view.log
    events = _events(perspective, words, [(place, log[place]) for place in places], False)
    return tuple(one for event in events for one in (*((event.head,) if event.head else ()), *event.entries))


def timeline_entry(perspective: Perspective, words: Words, place: int) -> TimelineEntry:
    """One entry of the seat's log, by its place there, with all that stands behind it."""
    return _entry(perspective, words, place, perspective.view.log[place])


def changes_of(perspective: Perspective, words: Words, targets: Sequence[str]) -> tuple[TimelineEntry, ...]:
    """Everything that has moved some meters, tracks or variables, the latest first."""
    found = [
        _entry(perspective, words, place, entry)
        for place, entry in enumerate(perspective.view.log)
        if entry.kind == "change" and entry.target in targets and entry.before != entry.after
    ]
    return tuple(reversed(found))


def entry_title(perspective: Perspective, words: Words, entry: Entry) -> str:
    """What an entry is called: a move, card, table or rule by its title, a turn by its name, a ruling in a sentence."""
    if entry.kind == "ruling" and entry.intervention is not None:
        return intervention_text(perspective, words, entry.intervention)
    if entry.noun == "ruling":
        return words("timeline.facilitator")
    match entry.kind:
        case "turn":
            label = perspective.turns.get(entry.turn)
            return str(label) if label is not None else perspective.names.stages[entry.stage].turn.capitalize()
        case "stage":
            return perspective.names.stages[entry.stage].title
        case "ending":
            return entry.text
        case "quiet":
            return words("timeline.card_for_others" if entry.is_card else "timeline.quiet")
        case _:
            return entry.title


def intervention_text(perspective: Perspective, words: Words, done: Intervention) -> str:
    """What a facilitator did, as a sentence without its stop."""
    names, scenario = perspective.names, perspective.scenario
    titles: dict[str, str] = {}
    if done.noun == "card":
        titles = {card.id: card.title for card in scenario.cards}
    elif done.noun == "phase":
        titles = {phase.id: phase.title for phase in names.phases.values()}
    elif done.noun == "deck":
        titles = {deck.id: deck.name for deck in scenario.decks}
    what = titles.get(done.subject) or names.full(done.subject)
    cards = {card.id: card.title for card in scenario.cards} if done.noun == "deck" else {}
    called = names.outcome if done.noun == "table" else names.value
    outcome, instead = (cards.get(one) or called(done.subject, one) for one in (done.outcome, done.instead))
    return words(f"timeline.ruling_{done.kind}", what=what, outcome=outcome, instead=instead)


def _events(
    perspective: Perspective, words: Words, numbered: Sequence[tuple[int, Entry]], names_audience: bool
) -> tuple[TimelineEvent, ...]:
    phases, found = perspective.names.phases, list[TimelineEvent]()
    at, is_somebodys = ("", 0), False
    told = [(place, entry) for place, entry in numbered if entry.kind != "change" or entry.before != entry.after]
    places = iter([place for place, _ in told])
    for group in grouped([entry for _, entry in told]):
        head = group.begins if group.is_headed else None
        behind = [head] if head is not None else []
        heading = _entry(perspective, words, next(places), head, names_audience) if head is not None else None
        entries = []
        for entry in group.entries:
            behind = [*behind[:1], entry] if entry.kind == "roll" else behind
            entries.append(_entry(perspective, words, next(places), entry, names_audience, behind))
        first = group.begins
        breaks_off = head is None and first.noun == "rule" and is_somebodys
        opens = (first.phase, first.turn) != at or breaks_off
        is_somebodys = first.kind in ("action", "card") or (is_somebodys and not opens)
        at = (first.phase, first.turn)
        phase = phases.get(first.phase)
        title = heading.title if heading is not None else entry_title(perspective, words, first)
        found.append(
            TimelineEvent(
                turn=first.turn,
                phase=first.phase,
                phase_title=phase.title if phase is not None else "",
                opens_phase=opens,
                title=title,
                head=heading,
                entries=tuple(entries),
                changes=detailed_changes(perspective, words, group.changes),
            )
        )
    return tuple(found)


def _entry(
    perspective: Perspective,
    words: Words,
    place: int,
    entry: Entry,
    names_audience: bool = False,
    behind: Sequence[Entry] | None = None,
) -> TimelineEntry:
    """An entry; where it stands `behind` others in an event, without what these say already."""
    said = next((one for one in behind or () if (one.noun, one.rule) == (entry.noun, entry.rule)), None)
    is_repeated = said is not None and said is not entry
    is_own = bool(entry.seat) and entry.seat == perspective.seat
    label = perspective.turns.get(entry.turn)
    change = change_of(perspective, words, entry) if entry.kind == "change" else None
    return TimelineEntry(
        place=place,
        kind=entry.kind,
        turn=entry.turn,
        phase=entry.phase,
        when=label.name if label is not None else "",
        noun=entry.noun,
        title=entry_title(perspective, words, entry),
        text=_text(perspective, entry),
        why=_why(words, entry),
        seat=entry.seat,
        who=words("timeline.you") if is_own else perspective.names.seat(entry.seat) if entry.seat else "",
        is_own=is_own,
        cause="" if is_repeated else _cause(perspective, words, entry, is_late=behind is not None),
        claims=() if is_repeated and said is not None and said.claims == entry.claims else entry.claims,
        known_to=_audience(perspective, words, entry) if names_audience else "",
        change=change,
    )


def _text(perspective: Perspective, entry: Entry) -> str:
    if entry.kind == "stage":
        return perspective.names.stages[entry.stage].text
    if entry.kind == "card":
        return entry.why
    return entry.text if entry.kind in ("roll", "word") else ""


def _why(words: Words, entry: Entry) -> str:
    if entry.hides_cause and entry.kind != "quiet":
        return words("timeline.cause_unknown")
    if entry.kind == "card":
        return ""
    return sentence(entry.why) if entry.noun == "ruling" else entry.why


def _cause(perspective: Perspective, words: Words, entry: Entry, is_late: bool) -> str:
    """What brought a change about; by whom, where it does not stand with what came of the same decision."""
    title = entry_title(perspective, words, entry) if entry.kind == "change" else ""
    if not title:
        return ""
    if is_late:
        return words("timeline.earlier", title=title) if entry.noun in ("action", "option") else title
    return f"{perspective.names.seat(entry.seat)}: {title}" if entry.seat else title


def _audience(perspective: Perspective, words: Words, entry: Entry) -> str:
    if entry.known_to is None:
        return ""
    only = [perspective.names.seat(seat) for seat in perspective.names.seats if seat in entry.known_to]
    if not only:
        return words("timeline.kept_from_players")
    return words("timeline.known_only", seats=words.listed(only))
