"""Auto: bots play every seat, and the story is told turn by turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from tabletop.engine.log import Entry
from tabletop.players import PlayerFailed
from tabletop.session import Session
from tabletop.terminal import story
from tabletop.terminal.happenings import summary
from tabletop.terminal.rows import folded, ruled, text
from tabletop.terminal.scene import Scene, scene_of
from tabletop.terminal.screen import Screen


def auto(session: Session, console: Console) -> None:
    """Lets bots play to the end and prints the story. The same game gives the same text, to the byte.

    Told as the seat of a solo player sees it, until the end reveals the rest. Raises PlayerFailed, once what was played
    before has been told.
    """
    screen = Screen(console)
    screen.interactive = False
    try:
        for _ in session.run_bots():
            pass
    except PlayerFailed:
        scene = _scene(session, screen)
        screen.write([*_opening(scene), *told_by_turns(scene)])
        raise
    if not session.state.finished:
        raise PlayerFailed(f"it is for {session.to_act} to decide, whom a person plays")
    scene = _scene(session, screen)
    screen.write([*_opening(scene), *told_by_turns(scene), Text(), *story.whole(scene)])


def _scene(session: Session, screen: Screen) -> Scene:
    seat = session.scenario.player
    return scene_of(session, session.view(seat), screen)


def _opening(scene: Scene) -> list[Text]:
    rows = [ruled(scene.marks, scene.width, scene.scenario.title, heavy=True)]
    return rows + (folded(scene.scenario.question, scene.width, " ") if scene.scenario.question else [])


def told_by_turns(scene: Scene, log: Sequence[Entry] | None = None) -> list[Text]:
    """The whole game, or what some of its log has, a few lines a turn."""
    rows: list[Text] = []
    stage = ""
    for turn, entries in _by_turn(scene.view.log if log is None else log):
        label = scene.turns[turn]
        if label.stage.id != stage:
            stage = label.stage.id
            rows += [Text(), ruled(scene.marks, scene.width, label.stage.title, heavy=True)]
        rows += [Text(), text((str(label), "bold"))]
        rows += _turn_rows(scene, entries)
    return rows


def _by_turn(log: Sequence[Entry]) -> Iterator[tuple[int, list[Entry]]]:
    turns: dict[int, list[Entry]] = {}
    for entry in log:
        if entry.kind != "stage":
            turns.setdefault(entry.turn, []).append(entry)
    yield from turns.items()


def _turn_rows(scene: Scene, entries: list[Entry]) -> list[Text]:
    rows: list[Text] = []
    moves: dict[str, list[str]] = {}
    words: dict[str, list[Text]] = {}
    for entry in entries:
        if entry.kind == "card":
            rows += folded(text((entry.title, "bold")), scene.width, " Card  ")
        elif entry.kind == "action" and entry.noun == "option":
            rows += folded(entry.title, scene.width, f"       {scene.names.seat(entry.seat)}: ", hang=9)
        elif entry.kind == "action":
            moves.setdefault(entry.seat, []).append(entry.title)
        elif entry.kind == "word":
            told = folded(text((entry.text, "italic")), scene.width, f"       {scene.marks.dash} ")
            if entry.seat in moves:
                words.setdefault(entry.seat, []).extend(told)
            else:
                rows += told
    for seat, titles in moves.items():
        rows += folded("; ".join(titles), scene.width, f" {scene.names.seat(seat)}: ", hang=3)
        rows += words.get(seat, [])
    return rows + summary(scene, entries, "So")
