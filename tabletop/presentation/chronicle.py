"""The game turn by turn: the cards that came up, who did what, and what that moved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import attrs

from tabletop.engine.log import Entry
from tabletop.presentation.board_changes import BoardChange, board_changes
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.story import TurnLabel


@attrs.frozen(kw_only=True)
class TurnEvent:
    """A card that came up, an answer that a seat gave to it, or words that were said."""

    kind: Literal["card", "answer", "word"]
    text: str
    seat: str = ""
    who: str = ""


@attrs.frozen(kw_only=True)
class SeatMoves:
    """The moves of a seat in a turn, and what was said of them."""

    seat: str
    who: str
    titles: tuple[str, ...]
    words: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class TurnStory:
    """A turn: its number over all stages, its name (such as "Week 3") and date, and what happened in it.

    `card` is the title of the last card that came up, "" for none; `changes` has facts first, then the meters by how
    far they moved.
    """

    turn: int
    name: str
    date: str
    label: str
    card: str
    events: tuple[TurnEvent, ...]
    moves: tuple[SeatMoves, ...]
    changes: tuple[BoardChange, ...]


@attrs.frozen(kw_only=True)
class StageStory:
    """A part of the game and its turns so far."""

    id: str
    title: str
    turns: tuple[TurnStory, ...]


@attrs.frozen(kw_only=True)
class Chronicle:
    """The game so far, and the title and text of its verdict, if it is over."""

    stages: tuple[StageStory, ...]
    verdict: str = ""
    verdict_text: str = ""

    @property
    def turns(self) -> tuple[TurnStory, ...]:
        """The turns of all stages in order."""
        return tuple(turn for stage in self.stages for turn in stage.turns)


def chronicle(perspective: Perspective, log: Sequence[Entry] | None = None) -> Chronicle:
    """The game so far as the seat knows it, or what some of its log tells."""
    entries: dict[int, list[Entry]] = {}
    for entry in perspective.view.log if log is None else log:
        if entry.kind != "stage":
            entries.setdefault(entry.turn, []).append(entry)
    stages: dict[str, list[TurnStory]] = {}
    for turn, label in perspective.turns.items():
        if turn in entries:
            stages.setdefault(label.stage.id, []).append(_turn(perspective, turn, label, entries[turn]))
    found = tuple(
        StageStory(id=id, title=perspective.names.stages[id].title, turns=tuple(turns)) for id, turns in stages.items()
    )
    noun = next((one for one in perspective.scenario.endings if one.id == perspective.view.outcome), None)
    text = " ".join(noun.text.split()) if noun else ""
    return Chronicle(stages=found, verdict=noun.title if noun else "", verdict_text=text)


def _turn(perspective: Perspective, turn: int, label: TurnLabel, entries: Sequence[Entry]) -> TurnStory:
    moved = board_changes(perspective, entries)
    facts = [one for one in moved if one.kind == "fact"]
    meters = sorted((one for one in moved if one.kind == "meter"), key=lambda one: -abs(one.amount))
    events, moves = _told(perspective, entries)
    return TurnStory(
        turn=turn,
        name=label.name,
        date=label.date,
        label=str(label),
        card=next((entry.title for entry in reversed(entries) if entry.kind == "card"), ""),
        events=tuple(events),
        moves=moves,
        changes=(*facts, *meters),
    )


def _told(perspective: Perspective, entries: Sequence[Entry]) -> tuple[list[TurnEvent], tuple[SeatMoves, ...]]:
    """The cards, answers and words of a turn, and the moves by seat; words about a seat's move stand with it."""
    seat_of = perspective.names.seat
    events: list[TurnEvent] = []
    titles: dict[str, list[str]] = {}
    words: dict[str, list[str]] = {}
    for entry in entries:
        if entry.kind == "card":
            events.append(TurnEvent(kind="card", text=entry.title))
        elif entry.kind == "action" and entry.noun == "option":
            events.append(TurnEvent(kind="answer", text=entry.title, seat=entry.seat, who=seat_of(entry.seat)))
        elif entry.kind == "action":
            titles.setdefault(entry.seat, []).append(entry.title)
        elif entry.kind == "word" and entry.seat in titles:
            words.setdefault(entry.seat, []).append(entry.text)
        elif entry.kind == "word":
            events.append(TurnEvent(kind="word", text=entry.text))
    moves = tuple(
        SeatMoves(seat=seat, who=seat_of(seat), titles=tuple(done), words=tuple(words.get(seat, ())))
        for seat, done in titles.items()
    )
    return events, moves
