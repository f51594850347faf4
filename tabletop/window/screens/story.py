"""Story: what has happened in a saved game, turn by turn, as far as everybody at the table knows."""

from __future__ import annotations

from typing import ClassVar

from tabletop.presentation.chronicle import StageStory, TurnStory, chronicle
from tabletop.presentation.perspective import Perspective
from tabletop.session import Session
from tabletop.session.facilitator_view import public
from tabletop.window.app import App
from tabletop.window.change_runs import runs_of
from tabletop.window.dialogs import Sheet
from tabletop.window.layout import Column, Element
from tabletop.window.parts import Rule, Text
from tabletop.window.registry import Entry, Example
from tabletop.window.theme import BODY, GAP, HAIR, HEADING, LABEL, SMALL, SMALL_GAP, STRONG


class StorySheet(Sheet):
    """A line for each card and each public move; nothing that only one seat may know."""

    width: ClassVar[float] = 1120.0

    def __init__(self, app: App, session: Session) -> None:
        super().__init__(app)
        self._session = session
        perspective = Perspective(session.game.program, "", public(session), humans=session.humans)
        self._chronicle = chronicle(perspective)

    @property
    def title(self) -> str:
        return self.words("story.title", title=self._session.scenario.title)

    def body(self) -> Element:
        told = self._chronicle
        if not any(turn.events or turn.moves for turn in told.turns):
            return Text(self.words("story.nothing"))
        return Column(*map(self._stage, told.stages), self._verdict(), gap=GAP)

    def _stage(self, stage: StageStory) -> Element:
        return Column(Text(stage.title, HEADING), *map(self._turn, stage.turns), gap=GAP)

    def _turn(self, turn: TurnStory) -> Element:
        lines: list[Element] = []
        for event in turn.events:
            if event.kind == "card":
                lines.append(Text(f"**{event.text}**", BODY))
            elif event.kind == "answer":
                lines.append(Text(f"**{event.who}** {event.text}", SMALL, "soft"))
            else:
                lines.append(Text(event.text, SMALL))
        for one in turn.moves:
            lines.append(Text(f"**{one.who}** {' · '.join(one.titles)}", SMALL, "soft"))
            lines += [Text(words, SMALL) for words in one.words]
        changes = Text(runs_of(turn.changes), SMALL) if turn.changes else None
        return Column(Text(turn.label, LABEL, "accent"), *lines, changes, gap=HAIR)

    def _verdict(self) -> Element | None:
        told = self._chronicle
        if not told.verdict:
            return None
        return Column(Rule(), Text(told.verdict, STRONG, "accent"), Text(told.verdict_text), gap=SMALL_GAP)


def _example(app: App, example: Example) -> StorySheet:
    from tabletop.window.packs import scenario_of

    scenario = scenario_of(example.scenario, example.language)
    session = Session(scenario, seed=example.seed)
    list(session.run_bots())
    return StorySheet(app, session)


ENTRIES = {"story": Entry(open=StorySheet, example=_example, below="load")}
