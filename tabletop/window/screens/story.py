"""Story: what has happened in a saved game, turn by turn, as far as everybody at the table knows."""

from __future__ import annotations

from typing import ClassVar

from tabletop.engine.log import Entry as LogEntry
from tabletop.session import Session
from tabletop.session.discretion import public_entries
from tabletop.window.app import App
from tabletop.window.dialogs import Sheet
from tabletop.window.layout import Column, Element
from tabletop.window.parts import Rule, Text
from tabletop.window.registry import Entry, Example
from tabletop.window.theme import BODY, GAP, HAIR, LABEL, SMALL, SMALL_GAP, STRONG


class StorySheet(Sheet):
    """A line for each card and each public move; nothing that only one seat may know."""

    width: ClassVar[float] = 1120.0

    def __init__(self, app: App, session: Session) -> None:
        super().__init__(app)
        self._session = session
        self._entries = public_entries(session.state)

    @property
    def title(self) -> str:
        return self.words("story.title", title=self._session.scenario.title)

    def body(self) -> Element:
        turns: dict[int, list[LogEntry]] = {}
        for entry in self._entries:
            if entry.kind in ("card", "action", "ending") and entry.title:
                turns.setdefault(entry.turn, []).append(entry)
        if not turns:
            return Text(self.words("story.nothing"))
        return Column(*(self._turn(turn, entries) for turn, entries in turns.items()), self._ending(), gap=GAP)

    def _turn(self, turn: int, entries: list[LogEntry]) -> Element:
        names = {seat.id: seat.name for seat in self._session.scenario.seats}
        cards = [Text(f"**{entry.title}**", BODY) for entry in entries if entry.kind == "card"]
        moves: dict[str, list[str]] = {}
        for entry in entries:
            if entry.kind == "action":
                moves.setdefault(names.get(entry.seat or "", ""), []).append(entry.title)
        lines = [Text(f"**{who}** {' · '.join(titles)}", SMALL, "soft") for who, titles in moves.items()]
        return Column(Text(self._when(turn), LABEL, "accent"), *cards, *lines, gap=HAIR)

    def _when(self, turn: int) -> str:
        number = turn
        for stage in self._session.scenario.stages:
            mine = [state for state in self._session.states if state.turn == turn and state.stage == stage.id]
            if mine:
                number = mine[0].stage_turn
                date = stage.dates[number - 1] if number <= len(stage.dates) else ""
                return " · ".join(part for part in (f"{stage.title}, {stage.turn} {number}", date) if part)
        return self.words("saved.turn", turn=number)

    def _ending(self) -> Element | None:
        noun = next((one for one in self._session.scenario.endings if one.id == self._session.state.outcome), None)
        if noun is None:
            return None
        return Column(Rule(), Text(noun.title, STRONG, "accent"), Text(noun.text), gap=SMALL_GAP)


def _example(app: App, example: Example) -> StorySheet:
    from tabletop.scenario.loading import load

    scenario = load(example.scenario)
    session = Session(scenario, seed=example.seed)
    list(session.run_bots())
    return StorySheet(app, session)


ENTRIES = {"story": Entry(open=StorySheet, example=_example, below="load")}
