"""Sections to be compared, taken from their sessions, without anybody's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tabletop.presentation.names import Names, names_in
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.review.decision_notes import DecisionNote, decision_notes
from tabletop.presentation.review.sections import SectionChoice, SectionFacts, SectionsReview, sections_review
from tabletop.presentation.words import Words
from tabletop.report.review_facts import Audience, facts_of
from tabletop.session import Session
from tabletop.session.facilitator_view import public
from tabletop.session.room_voices import people

_NAMELESS = Audience(reader="leader", is_anonymous=True)


def review_of_sections(sessions: Sequence[Session], words: Words) -> SectionsReview:
    """Sessions side by side, in their order. Raises ValueError for none."""
    return sections_review(words, [section_facts(session, words) for session in sessions])


def section_facts(session: Session, words: Words) -> SectionFacts:
    """A session as a section: what everybody may know of it, and what people chose and why."""
    program, view = session.game.program, public(session)
    names = names_in(program)
    facts = facts_of(session, words, _NAMELESS)
    notes = decision_notes(names, words, facts.made, facts.reasons, facts.counts)
    perspective = Perspective(program, "", view)
    return SectionFacts(
        names=names,
        assumptions=view.assumptions,
        people=len(people(session.commands)),
        outcome=view.outcome,
        meters=view.meters,
        scores=view.scores,
        firsts=_firsts(perspective),
        turns={turn: label.name for turn, label in perspective.turns.items()},
        choices=tuple(map(_choice, notes)),
    )


def _choice(note: DecisionNote) -> SectionChoice:
    reasons = (*((note.why,) if note.why else ()), *(voice.text for voice in note.voices))
    return SectionChoice(
        turn=note.turn,
        when=note.when,
        phase=note.phase_id,
        card=note.card,
        seat=note.seat,
        choice=tuple(sorted(note.chosen)),
        reasons=reasons,
    )


def _firsts(perspective: Perspective) -> dict[str, int]:
    """The turn in which each public fact was first so, of facts that are said in words."""
    found: dict[str, int] = {}
    for text, turn in _turned(perspective.names, perspective):
        found.setdefault(text, turn)
    return found


def _turned(names: Names, perspective: Perspective) -> Iterator[tuple[str, int]]:
    for entry in perspective.view.log:
        noun = names.variables.get(entry.target) if entry.kind == "change" and entry.before != entry.after else None
        if noun is not None and noun.values and not noun.known_to:
            yield f"{names.full(entry.target)}: {names.value(entry.target, entry.after)}", entry.turn
