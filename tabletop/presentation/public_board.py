"""The board for everybody in the room: what is public of a game, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tabletop.engine.log import Entry
from tabletop.presentation.board_changes import BoardChange, board_changes, meter_change
from tabletop.presentation.card_date import card_date
from tabletop.presentation.clock_reading import ClockReading
from tabletop.presentation.ending import EndFacts, Ending, ending
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.revealed import Revealed, revealed
from tabletop.presentation.words import Words
from tabletop.scenario.board import Meter, Track
from tabletop.scenario.cards import Card
from tabletop.scenario.scope import track_ids


@attrs.frozen(kw_only=True)
class RoomFacts:
    """What the table knows of the room beside the game: what has just been revealed, and whether it is held until the
    room has read it; the seats that have `decided`; the words for everybody; the clock; and, once the game is over,
    what is told with its verdict."""

    revealed: Sequence[Entry] = ()
    is_held: bool = False
    decided: Sequence[str] = ()
    announcements: Sequence[str] = ()
    is_paused: bool = False
    clock: ClockReading | None = None
    end: EndFacts | None = None


@attrs.frozen(kw_only=True)
class PublicMeter:
    """A meter on its scale, the level that it has reached, what this turn has changed, and where levels begin."""

    id: str
    name: str
    short: str
    value: int
    low: int
    high: int
    level: str
    change: BoardChange
    thresholds: tuple[int, ...]


@attrs.frozen(kw_only=True)
class PublicTrack:
    """A track and how far it has come; one that is kept by items counts them together."""

    id: str
    name: str
    done: int
    most: int


@attrs.frozen(kw_only=True)
class CardQuestion:
    """A question as it is printed on a card, the seat that it is put to, and the answers in order.

    Which of them are open now can hang on what only a seat knows, and is not told.
    """

    seat: str
    who: str
    prompt: str
    options: tuple[str, ...]


@attrs.frozen(kw_only=True)
class PublicCard:
    """A card that everybody may read. While it `waits` for an answer its questions are asked; `changes` is what it has
    moved by itself this turn."""

    id: str
    kind: str
    date: str
    title: str
    text: str
    waits: bool
    questions: tuple[CardQuestion, ...]
    changes: tuple[BoardChange, ...]


@attrs.frozen(kw_only=True)
class SeatInRoom:
    """A seat that decides in this phase: whether a person plays it, and whether it has decided, never how much."""

    seat: str
    name: str
    is_person: bool
    has_decided: bool


@attrs.frozen(kw_only=True)
class PublicBoard:
    """What everybody in the room may see.

    `when` is such as "Week 3 of 14", `turn` of `turns` in the present stage. `card` is the one of this turn; `latest`
    is what has happened in it. While `is_held`, `reveal` stands alone on the screen, and `next_up` says what comes
    after it. `waiting` says for whom the game waits. `ending` is there once the game is over.
    """

    title: str
    when: str
    date: str
    label: str
    turn: int
    turns: int
    stage: str
    stage_text: str
    phase: str
    meters: tuple[PublicMeter, ...]
    tracks: tuple[PublicTrack, ...]
    card: PublicCard | None
    latest: Revealed
    reveal: Revealed
    is_held: bool
    next_up: str
    announcements: tuple[str, ...]
    is_paused: bool
    clock: ClockReading | None
    seats: tuple[SeatInRoom, ...]
    waiting: str
    ending: Ending | None


def public_board(perspective: Perspective, words: Words, room: RoomFacts) -> PublicBoard:
    """The board for everybody, from the view of whoever has no seat."""
    view, label, stage = perspective.view, perspective.label, perspective.stage
    seats = _seats(perspective, room)
    here = [entry for entry in view.log if entry.turn == view.turn and entry.kind != "turn"]
    is_over = view.finished and room.end is not None
    return PublicBoard(
        title=perspective.scenario.title,
        when=words("public.when", turn=label.name, turns=stage.turns),
        date=label.date,
        label=str(label),
        turn=view.stage_turn,
        turns=stage.turns,
        stage=stage.title,
        stage_text=" ".join(stage.text.split()),
        phase=perspective.phase.title if perspective.phase and not view.finished else stage.title,
        meters=tuple(_meter(perspective, meter) for meter in perspective.scenario.meters),
        tracks=tuple(_track(perspective, one) for one in perspective.scenario.tracks if not one.known_to),
        card=_card_of_turn(perspective, words, here),
        latest=revealed(perspective, words, here),
        reveal=revealed(perspective, words, room.revealed),
        is_held=room.is_held,
        next_up=_next_up(perspective, words),
        announcements=tuple(room.announcements),
        is_paused=room.is_paused,
        clock=room.clock,
        seats=seats,
        waiting=_waiting(perspective, words, seats, room.is_paused),
        ending=ending(perspective, words, room.end) if is_over and room.end is not None else None,
    )


def _meter(perspective: Perspective, meter: Meter) -> PublicMeter:
    value = perspective.view.meters[meter.id]
    return PublicMeter(
        id=meter.id,
        name=meter.name,
        short=meter.short or meter.name,
        value=value,
        low=meter.range[0],
        high=meter.range[1],
        level=perspective.names.level(meter.id, value),
        change=meter_change(perspective, meter.id, perspective.changed(meter.id)),
        thresholds=tuple(one.at for one in meter.thresholds),
    )


def _track(perspective: Perspective, track: Track) -> PublicTrack:
    ids = [name for name in track_ids(track) if name in perspective.view.tracks]
    done = sum(perspective.view.tracks[name] for name in ids)
    return PublicTrack(id=track.id, name=track.name, done=done, most=track.steps * max(1, len(ids)))


def _card_of_turn(perspective: Perspective, words: Words, here: Sequence[Entry]) -> PublicCard | None:
    """The card on the table, or else the last that came up this turn."""
    card = perspective.card or perspective.card_of_turn
    if card is None:
        return None
    waits = perspective.card is not None
    own = [entry for entry in here if entry.card == card.id and not entry.seat]
    return PublicCard(
        id=card.id,
        kind=card.kind.replace("_", " "),
        date=card_date(perspective, words, card),
        title=card.title,
        text=" ".join(card.text.split()),
        waits=waits,
        questions=_questions(perspective, card) if waits else (),
        changes=board_changes(perspective, own),
    )


def _questions(perspective: Perspective, card: Card) -> tuple[CardQuestion, ...]:
    return tuple(
        CardQuestion(
            seat=one.seat,
            who=perspective.names.seat(one.seat),
            prompt=one.prompt,
            options=tuple(option.label for option in one.options),
        )
        for one in card.choices
    )


def _seats(perspective: Perspective, room: RoomFacts) -> tuple[SeatInRoom, ...]:
    """The seats that decide in this phase, in the scenario's order."""
    if perspective.view.finished:
        return ()
    return tuple(
        SeatInRoom(
            seat=seat.id,
            name=seat.name,
            is_person=seat.id in perspective.humans,
            has_decided=seat.id in room.decided,
        )
        for seat in perspective.scenario.seats
        if seat.id in perspective.view.acting
    )


def _next_up(perspective: Perspective, words: Words) -> str:
    """What stands on the screen once the room has read what was revealed."""
    if perspective.view.finished:
        return words("public.then_verdict")
    card, phase = perspective.card, perspective.phase
    what = card.title if card else phase.title if phase else perspective.stage.title
    return words("public.then", when=str(perspective.label), what=what)


def _waiting(perspective: Perspective, words: Words, seats: Sequence[SeatInRoom], is_paused: bool) -> str:
    """For whom the game waits, in a sentence."""
    if is_paused:
        return words("public.paused")
    if perspective.view.finished or not seats:
        return ""
    people = [seat.name for seat in seats if seat.is_person and not seat.has_decided]
    if not people:
        return words("public.others_decide")
    key = "public.must_answer" if perspective.view.card is not None else "public.to_decide"
    return words(key, seats=words.listed(people))
