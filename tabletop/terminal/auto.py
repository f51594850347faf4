"""Auto: bots play every seat, and the story is told turn by turn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from tabletop.players import PlayerFailed
from tabletop.presentation.chronicle import TurnStory, chronicle
from tabletop.presentation.words import Words
from tabletop.session import Session
from tabletop.terminal import story
from tabletop.terminal.rows import flowing, folded, ruled, text
from tabletop.terminal.scene import Scene, scene_of
from tabletop.terminal.screen import Screen

if TYPE_CHECKING:
    from tabletop.engine.log import Entry


def auto(session: Session, console: Console, words: Words | None = None) -> None:
    """Lets bots play to the end and prints the story. The same game gives the same text, to the byte.

    Told as the seat of a solo player sees it, until the end reveals the rest. Raises PlayerFailed, once what was played
    before has been told.
    """
    screen = Screen(console, words)
    session.language = screen.words.language
    screen.interactive = False
    screen.write(_opening(_scene(session, screen)))  # at once: whoever waits sees what is being played
    try:
        for _ in session.run_bots():
            pass
    except PlayerFailed:
        screen.write(told_by_turns(_scene(session, screen)))
        raise
    scene = _scene(session, screen)
    if not scene.view.finished:
        raise PlayerFailed(screen.words("terminal.only_person_decides", seat=session.to_act))
    screen.write([*told_by_turns(scene), Text(), *story.whole(scene)])


def _scene(session: Session, screen: Screen) -> Scene:
    seat = session.scenario.player
    return scene_of(session, seat, screen)


def _opening(scene: Scene) -> list[Text]:
    rows = [ruled(scene.marks, scene.width, scene.scenario.title, heavy=True)]
    return rows + (folded(scene.scenario.question, scene.width, " ") if scene.scenario.question else [])


def told_by_turns(scene: Scene, log: Sequence[Entry] | None = None) -> list[Text]:
    """The whole game, or what some of its log has, a few lines a turn."""
    rows: list[Text] = []
    for stage in chronicle(scene, log).stages:
        rows += [Text(), ruled(scene.marks, scene.width, stage.title, heavy=True)]
        for turn in stage.turns:
            rows += [Text(), text((turn.label, "bold")), *_turn_rows(scene, turn)]
    return rows


def _turn_rows(scene: Scene, turn: TurnStory) -> list[Text]:
    rows: list[Text] = []
    for event in turn.events:
        if event.kind == "card":
            rows += folded(text((event.text, "bold")), scene.width, f" {scene.words('terminal.told_card')}  ")
        elif event.kind == "answer":
            rows += folded(event.text, scene.width, f"       {event.who}: ", hang=9)
        else:
            rows += _word(scene, event.text)
    for one in turn.moves:
        rows += folded("; ".join(one.titles), scene.width, f" {one.who}: ", hang=3)
        for words in one.words:
            rows += _word(scene, words)
    return rows + _sums(scene, turn)


def _word(scene: Scene, words: str) -> list[Text]:
    return folded(text((words, "italic")), scene.width, f"       {scene.marks.dash} ")


def _sums(scene: Scene, turn: TurnStory) -> list[Text]:
    parts = [story.change_words(scene, one) for one in turn.changes]
    with_commas = [text(part, "," if at < len(parts) else "") for at, part in enumerate(parts, 1)]
    return flowing(with_commas, scene.width, f" {scene.words('terminal.told_so')} ", " ") if parts else []
