"""The game as the pages show it: everything that a seat is told and may do, or everybody, as plain values."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import attrs

from tabletop.host.pages.appearance import icons_of, seat_icon
from tabletop.host.pages.happened import Change, Told, ToldTurn, own_results, revealed, told_turns
from tabletop.host.pages.knowledge import Ended, Knowledge, knowledge_of
from tabletop.host.pages.standing import Standing, standing
from tabletop.host.pages.week import WeekPage, week_page
from tabletop.presentation.belief_record import BeliefRecord, belief_records
from tabletop.presentation.belief_shares import first_shares
from tabletop.presentation.card_date import card_date
from tabletop.presentation.ending import EndFacts, Ending, ending
from tabletop.presentation.evidence import Dossier, dossiers_of
from tabletop.presentation.glossary import glossary
from tabletop.presentation.moves import Hand, Move, hand_of
from tabletop.presentation.negotiation import Negotiation, negotiation_of
from tabletop.presentation.opening import Opening, opening_of
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.prompt import Prompt, prompt_of
from tabletop.presentation.set_pieces import SetPiece, latest_set_piece
from tabletop.presentation.words import Words
from tabletop.session import Session
from tabletop.session.facilitator_view import public

if TYPE_CHECKING:
    from tabletop.engine.program import Program

#: How many turns a page tells of that is sent whenever something changes; the log's own page has all of them.
LATEST_TURNS = 2
#: How many causes a meter is explained by.
MOST_CAUSES = 6


@attrs.frozen(kw_only=True)
class CardPage:
    """The card of the turn. `asks` is its question to the seat that looks, `waits` whether it is to be answered;
    `changes` what it changed at once."""

    title: str
    text: str
    date: str
    kind: str
    certainty: str
    asks: str = ""
    waits: bool = False
    told: Told | None = None


@attrs.frozen(kw_only=True)
class SeatMark:
    """A seat with its icon and the number of its colour. It is "deciding", has "decided" as everybody may know, or need
    not act ("")."""

    id: str
    name: str
    role: str
    icon: str
    at: int
    standing: str = ""


@attrs.frozen(kw_only=True)
class AssumptionPage:
    """A premise of the game, as it is played, with the case for it and the case against."""

    title: str
    value: str
    case_for: str
    case_against: str


@attrs.frozen(kw_only=True)
class EndingPage:
    """How the game ended, and the points of each seat, the highest first."""

    told: Ending
    scores: tuple[tuple[SeatMark, int], ...]


@attrs.frozen(kw_only=True)
class Game:
    """What a seat is told and may do. `moves` are those that are open, by key.

    `piece` is the moment that fills a screen until something is done, `opening` with what the seat begins.
    `ours` is what its own decisions did last, `recent` what else happened this turn, `log` the latest turns, `reveal`
    what was turned over this turn, `week` what the turn before came to. `news` are the messages and `notes` the notes
    of this turn, the latest first.
    `dossiers` are the seat's evidence, `first_shares` what the pack's prior gives each value; `records` what seats
    believed, once it is told: its own, or on the screen for all those of all teams.
    """

    title: str
    question: str
    introduction: str
    seat: str
    seat_name: str
    role: str
    icon: str
    at: int
    when: str
    turn_name: str
    date: str
    stage: str
    phase: str
    phase_text: str
    prompt: Prompt
    standing: Standing
    seats: tuple[SeatMark, ...]
    card: CardPage | None
    hand: Hand | None
    moves: Mapping[str, Move]
    ours: ToldTurn | None
    recent: tuple[Told, ...]
    reveal: tuple[tuple[Told, ...], ...]
    log: tuple[ToldTurn, ...]
    brief: str
    private_brief: str
    objectives: tuple[str, ...]
    messages: tuple[str, ...]
    news: tuple[str, ...]
    notes: tuple[str, ...]
    assumptions: tuple[AssumptionPage, ...]
    glossary: tuple[tuple[str, str], ...]
    finished: bool
    negotiation: Negotiation | None
    piece: SetPiece | None
    opening: Opening | None
    turn: int
    dossiers: tuple[Dossier, ...]
    first_shares: Mapping[str, Mapping[str, int]]
    records: tuple[tuple[str, BeliefRecord], ...]
    ending: EndingPage | None
    icons: tuple[str, ...] = attrs.field(eq=False)
    week: WeekPage | None = None

    @property
    def picked(self) -> tuple[str, ...]:
        """What the seat has chosen face down."""
        return tuple(one.label for one in self.hand.chosen) if self.hand else ()

    @property
    def latest(self) -> Told | None:
        """What was decided last."""
        return next((one for turn in self.log for one in reversed(turn.told) if one.kind == "action"), None)

    def moved_by(self, id: str) -> tuple[tuple[str, Change], ...]:
        """What moved a meter lately, the latest first: what it was, and by how much."""
        found = [(one.title, each) for turn in self.log for one in reversed(turn.told) for each in one.changes]
        return tuple((title, each) for title, each in found if each.target == id)[:MOST_CAUSES]

    @property
    def acting(self) -> tuple[str, ...]:
        """The names of the seats that decide now."""
        return tuple(one.name for one in self.seats if one.standing)


def whole_log(session: Session, seat: str, words: Words) -> tuple[ToldTurn, ...]:
    """All that has happened as a seat has learned of it, or everybody (""), the last turn first."""
    view = session.view(seat) if seat else public(session)
    return told_turns(Perspective(session.game.program, seat, view, humans=session.humans), words)


def game_of(session: Session, seat: str, words: Words) -> Game:
    """The game as a seat sees it, or everybody ("")."""
    return game_told(knowledge_of(session, seat), words)


def game_told(known: Knowledge, words: Words) -> Game:
    """The game as it is seen by whoever knows so much of it."""
    perspective = known.perspective
    seat = perspective.seat
    scenario, names, noun = perspective.scenario, perspective.names, perspective.noun
    hand = hand_of(perspective, words) if seat else None
    turns = told_turns(perspective, words, LATEST_TURNS)
    ours = own_results(turns) if seat else None
    icon, at = seat_icon(scenario, seat) if seat else ("", 0)
    phase, label = perspective.phase, perspective.label
    dossiers = dossiers_of(perspective, words) if seat and not perspective.view.finished else ()
    return Game(
        title=scenario.title,
        question=scenario.question,
        introduction=scenario.introduction.strip(),
        seat=seat,
        seat_name=noun.name,
        role=" ".join(noun.role.split()),
        icon=icon,
        at=at,
        when=str(label),
        turn_name=label.name,
        date=label.date,
        stage=perspective.stage.title,
        phase=phase.title if phase else "",
        phase_text=" ".join(phase.text.split()) if phase else "",
        prompt=prompt_of(perspective, words),
        standing=standing(perspective, words),
        seats=_seats(perspective, known.decided),
        card=_card(perspective, words, turns),
        hand=hand,
        moves={one.key: one for one in hand.open} if hand else {},
        ours=ours,
        recent=_recent(perspective, turns),
        reveal=revealed(perspective, turns),
        log=turns,
        brief=noun.brief.strip() if seat else "",
        private_brief=noun.private_brief.strip() if seat else "",
        objectives=tuple(" ".join(one.text.split()) for one in noun.objectives) if seat else (),
        messages=known.messages,
        news=known.news,
        notes=known.notes,
        assumptions=_assumptions(perspective),
        glossary=_glossary(known.program, words.language),
        finished=perspective.view.finished,
        negotiation=negotiation_of(perspective, words),
        piece=latest_set_piece(perspective, words),
        opening=opening_of(perspective, words) if seat and perspective.view.turn == 1 else None,
        turn=perspective.view.turn,
        dossiers=dossiers,
        first_shares={one.hidden: first_shares(perspective, one.hidden) for one in dossiers},
        records=_records(known, known.ended, words) if known.ended else (),
        ending=_ending(perspective, words, known.ended) if known.ended else None,
        icons=icons_of(scenario, names),
        week=week_page(perspective, words, is_new=_is_new(perspective, turns)),
    )


def _is_new(perspective: Perspective, turns: Sequence[ToldTurn]) -> bool:
    """Whether nobody has decided anything in this turn, as far as is known."""
    here = turns[0].told if turns and turns[0].number == perspective.view.turn else ()
    return not any(one.kind == "action" for one in here)


def _records(known: Knowledge, ended: Ended, words: Words) -> tuple[tuple[str, BeliefRecord], ...]:
    """What a seat believed beside a careful observer, or for everybody all who have stated something; of truths that
    are told."""
    found = []
    for one, view in ended.views.items():
        seen = Perspective(known.program, one, view, humans=known.perspective.humans)
        own = [each for each in ended.beliefs if each.seat == one]
        found += [(one, record) for record in belief_records(seen, words, ended.truths, own)]
    return tuple(found)


def _seats(perspective: Perspective, decided: Sequence[str] = ()) -> tuple[SeatMark, ...]:
    acting = perspective.view.acting
    found = []
    for one in perspective.scenario.seats:
        icon, at = seat_icon(perspective.scenario, one.id)
        now = "" if one.id not in acting else "decided" if one.id in decided else "deciding"
        role = " ".join(one.role.split())
        found.append(SeatMark(id=one.id, name=one.name, role=role, icon=icon, at=at, standing=now))
    return tuple(found)


def _card(perspective: Perspective, words: Words, turns: tuple[ToldTurn, ...]) -> CardPage | None:
    card = perspective.card or perspective.card_of_turn
    if card is None:
        return None
    question = perspective.question
    here = turns[0].told if turns and turns[0].number == perspective.view.turn else ()
    return CardPage(
        title=card.title,
        text=card.text.strip(),
        date=card_date(perspective, words, card),
        kind=card.kind,
        certainty=card.certainty,
        asks=" ".join(question.prompt.split()) if question else "",
        waits=perspective.card is not None,
        told=next((one for one in reversed(here) if one.kind == "card" and one.title == card.title), None),
    )


def _recent(perspective: Perspective, turns: tuple[ToldTurn, ...]) -> tuple[Told, ...]:
    """What happened this turn but for the seat's own decisions and the card; while that is nothing, that of before."""
    for turn in turns[:2]:
        found = tuple(one for one in turn.told if not one.is_own and one.kind != "card")
        if found:
            return found
    return ()


def _assumptions(perspective: Perspective) -> tuple[AssumptionPage, ...]:
    played = perspective.view.assumptions
    return tuple(
        AssumptionPage(
            title=one.title,
            value=_worded(played[one.id]),
            case_for=" ".join(one.case_for.split()),
            case_against=" ".join(one.case_against.split()),
        )
        for one in perspective.scenario.assumptions
        if one.id in played
    )


@functools.lru_cache(maxsize=8)
def _glossary(program: Program, language: str) -> tuple[tuple[str, str], ...]:
    """What is measured and what can be, in the scenario's words; the rest of the glossary is on the page already."""
    found = glossary(program.scenario, Words(language), ("measures", "terms"))
    return tuple((one.name, one.text.replace("**", "")) for one in found)


def _worded(value: int | bool) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _ending(perspective: Perspective, words: Words, ended: Ended) -> EndingPage:
    seen = attrs.evolve(perspective, view=ended.view)
    told = ending(seen, words, EndFacts(courses=ended.courses, hindsight=ended.hindsight))
    marks = {one.id: one for one in _seats(perspective)}
    ranked = sorted(told.scores, key=lambda one: -one.points)
    return EndingPage(told=told, scores=tuple((marks[one.seat], one.points) for one in ranked))
