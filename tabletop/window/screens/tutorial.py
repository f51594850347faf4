"""Tutorial: the way into the lesson: from the beginning, or where it was left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from tabletop.scenario import Scenario
from tabletop.scenario.library import shipped
from tabletop.scenario.presentation import Lesson
from tabletop.session import JournalError, Session
from tabletop.window.app import App
from tabletop.window.coach import Coach
from tabletop.window.controls import Button
from tabletop.window.dialogs import Sheet
from tabletop.window.entering import enter, resume
from tabletop.window.layout import Column, Element, Row
from tabletop.window.packs import scenario_of
from tabletop.window.parts import Icon, Text
from tabletop.window.prose import paragraphs
from tabletop.window.registry import Entry, Example
from tabletop.window.theme import BODY, GAP, LEAD, SMALL, SMALL_GAP, STRONG


def lesson_pack(app: App) -> Scenario:
    """The scenario that brings the lesson: that which the screen below is about, or else the first shipped one.

    Raises LookupError where none does.
    """
    about = app.top.scenario if app.screens else None
    every = [*([about] if about is not None else []), *(scenario_of(name, app.words.language) for name in shipped())]
    found = next((one for one in every if one.presentation.lesson is not None), None)
    if found is None:
        raise LookupError("no scenario brings a lesson")
    return found


class Tutorial(Sheet):
    """What is to be learnt, and how long it takes; a lesson that was left can be gone on with."""

    width: ClassVar[float] = 860.0

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self._scenario = lesson_pack(app)
        self._lesson = self._scenario.presentation.lesson or Lesson(steps=())
        self._left = self._found()

    def _found(self) -> str:
        """The session of the lesson that was left, if it can be gone on with."""
        lesson = self.app.settings.lesson
        if not lesson:
            return ""
        try:
            return lesson if not self.app.journal.find(lesson).standing.finished else ""
        except JournalError:
            return ""

    @property
    def scenario(self) -> Scenario:
        return self._scenario

    @property
    def title(self) -> str:
        return self.words("tutorial.title", title=self._scenario.title)

    @property
    def first(self) -> str:
        return "resume" if self._left else "begin"

    def body(self) -> Element:
        said = self.words
        learnt = [
            Row(
                Icon(one.icon, STRONG, "accent"),
                Text(one.text, grow=1),
                gap=SMALL_GAP,
                align="middle",
            )
            for one in self._lesson.learnt
        ]
        return Column(
            Text(self._scenario.question, LEAD, "accent"),
            Text(paragraphs(self._scenario.summary)[0], BODY),
            *learnt,
            Text(said("tutorial.note", minutes=self._scenario.minutes), SMALL, "soft"),
            gap=GAP,
        )

    def answers(self) -> Sequence[Button]:
        said = self.words
        begin = Button(
            "begin",
            said("tutorial.again" if self._left else "tutorial.begin"),
            self.begin,
            icon="play" if not self._left else "arrow-counter-clockwise",
            letter="b",
            kind="plain" if self._left else "main",
        )
        back = Button("back", said("common.back"), self.escape, key="Esc")
        if not self._left:
            return [begin, back]
        ids = [step.id for step in self._lesson.steps]
        at = ids.index(self.app.settings.lesson_step) + 1 if self.app.settings.lesson_step in ids else 1
        words = said("tutorial.resume", at=at, of=len(ids))
        return [Button("resume", words, self._resume, icon="play", letter="r", kind="main"), begin, back]

    def begin(self) -> None:
        """Begins the lesson anew."""
        session = Session(
            self._scenario,
            seed=self._lesson.seed,
            humans=(self._scenario.player,),
            journal=self.app.journal,
        )
        session.check_keeping()
        self.app.change(lesson=session.id, lesson_step=self._lesson.steps[0].id)
        enter(self.app, session)

    def _resume(self) -> None:
        resume(self.app, self._left)


def _coach_example(app: App, example: Example) -> Coach:
    scenario = lesson_pack(app)
    lesson = scenario.presentation.lesson
    coach = Coach(app, Session(scenario, seed=lesson.seed if lesson else example.seed, humans=(scenario.player,)))
    coach.at = len(coach.steps) * 3 // 4
    return coach


def _open_coach(app: App, session: Session) -> Coach:
    return Coach(app, session)


ENTRIES = {
    "tutorial": Entry(open=Tutorial, example=lambda app, example: Tutorial(app)),
    "coach": Entry(open=_open_coach, example=_coach_example, below="table"),
}
