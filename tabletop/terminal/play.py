"""Play: the loop of a game in a terminal, for one person or several at one keyboard."""

from __future__ import annotations

import shlex

from rich.console import Console
from rich.text import Text

from tabletop.engine.game import IllegalAction
from tabletop.engine.log import Entry
from tabletop.engine.program import Action, Key
from tabletop.session import PlayerFailed, Session
from tabletop.terminal import details, help, story
from tabletop.terminal.auto import auto
from tabletop.terminal.board import full_board
from tabletop.terminal.cards import card_panel
from tabletop.terminal.desk import desk, has_room
from tabletop.terminal.happenings import log_page, summary, told
from tabletop.terminal.menu import group_page
from tabletop.terminal.prompts import Command, Leave, Open, Pick, meaning
from tabletop.terminal.rows import folded, ruled, text
from tabletop.terminal.scene import Scene, numbered
from tabletop.terminal.screen import Screen

__all__ = ["auto", "play"]


def play(session: Session, console: Console, notes: list[str] | None = None) -> None:
    """Plays a session to its end or until the person leaves; it is saved then. `notes` are said first.

    A session in which no person has a seat is shown as `auto` does.
    """
    if not session.humans:
        auto(session, console)
        return
    screen = Screen(console)
    try:
        _Table(session, screen).run(notes or [])
        _farewell(session, screen)
    except (Leave, KeyboardInterrupt):
        session.save()
        _farewell(session, screen)
    except PlayerFailed as failure:
        session.save()
        screen.say(f"\nThe game cannot go on: {failure}")
        _farewell(session, screen)


def _farewell(session: Session, screen: Screen) -> None:
    if session.warning or not session.autosave:
        screen.say(f"\nThis game is not kept{': ' + session.warning if session.warning else ''}.")
    else:
        place = f" --save {shlex.quote(str(session.folder))}" if session.folder else ""
        ended = "The game is over and kept. To see its end again:" if session.state.finished else ""
        say = ended or "Saved. To go on where you were:"
        screen.say(f"\n{say}  tabletop resume {session.id}{place}")


class _Table:
    """One run of the loop. `seen` counts the log entries that each seat has been shown."""

    def __init__(self, session: Session, screen: Screen) -> None:
        self.session = session
        self.screen = screen
        self.seat = session.humans[0]
        self.seen: dict[str, int] = {}
        self.message: list[Text] = []
        self.typed_ahead = ""
        self.numbers: dict[tuple[object, ...], dict[Key, int]] = {}
        self.warned = False

    # The loop

    def run(self, notes: list[str]) -> None:
        """From the first screen to the last."""
        self._welcome(notes)
        while True:
            for _ in self.session.run_bots():
                pass
            self._warn()
            if self.session.state.finished:
                break
            self._hand_over(self.session.to_act or self.seat)
            self._turn()
        self._news([entry for entry in self.scene.view.log if entry.kind != "ending"])
        story.ending(self.scene, self.screen, self._command)

    @property
    def scene(self) -> Scene:
        """What the seat sees now."""
        session, screen = self.session, self.screen
        view = session.view(self.seat)
        here = (self.seat, view.turn, view.phase, view.card)
        self.numbers = {here: numbered(session.scenario, view, self.numbers.get(here, {}))}
        return Scene(session, self.seat, view, screen.marks, screen.width, screen.height, self.numbers[here])

    def _welcome(self, notes: list[str]) -> None:
        resumed = bool(self.session.decisions)
        if resumed:
            self.seen = {seat: len(self.session.view(seat).log) for seat in self.session.humans}
        scene = self.scene
        rows = [row for note in notes for row in folded(note, scene.width, " ")]
        rows += help.welcome(scene, resumed)
        self.screen.pages(rows, self._command)
        if scene.scenario.introduction and not resumed and self.screen.interactive:
            self.screen.pages(help.introduction(scene), self._command)

    def _hand_over(self, seat: str) -> None:
        if seat == self.seat:
            return
        self.seat = seat
        if self.screen.interactive:
            self.screen.clear()
            name = self.scene.names.seat(seat)
            self.screen.ask(f"\n Now {name} decides. Hand over the keyboard; the others look away.\n\n Enter, {name}> ")
        else:
            self.screen.write(
                [Text(), ruled(self.screen.marks, self.screen.width, f"Now {self.scene.names.seat(seat)}")]
            )

    def _warn(self) -> None:
        if self.session.warning and not self.warned:
            self.warned = True
            self.screen.pages(folded(f"Careful: {self.session.warning}.", self.screen.width, " "), self._command)

    # A decision

    def _turn(self) -> None:
        """Shows what is new, and asks until a decision is made."""
        scene = self.scene
        fresh = list(scene.view.log[self.seen.get(self.seat, 0) :])
        on_table, news = self._split(scene, fresh)
        shown_news = self._news(news, on_table)
        self.seen[self.seat] = len(scene.view.log)
        while True:
            scene = self.scene
            self._draw(scene, shown_news, on_table)
            line, self.typed_ahead = self.typed_ahead, ""
            if self._decide(scene, line or self.screen.ask(f" {scene.noun.name}> ")):
                return

    def _split(self, scene: Scene, fresh: list[Entry]) -> tuple[list[Entry], list[Entry]]:
        """The entries that belong to the card that waits for an answer, and those before it."""
        if scene.card is None:
            return [], fresh
        log = list(scene.view.log)
        at = max(place for place, entry in enumerate(log) if entry.kind == "card" and entry.card == scene.card.id)
        on_table = log[at:]
        return on_table, fresh[: max(0, len(fresh) - len(on_table))]

    def _news(self, entries: list[Entry], on_table: list[Entry] | None = None) -> list[Text]:
        """Shows news on pages of its own, unless it is so short that it fits above the next choice."""
        scene = self.scene
        at = self.seen.get(self.seat, 0)
        entries = entries[at:] if self.session.state.finished else entries
        if not any(entry.kind not in ("turn", "stage") for entry in entries):
            return told(scene, [entry for entry in entries if entry.kind == "stage"])
        rows = told(scene, entries)
        total = summary(scene, entries)
        short = not any(entry.kind in ("turn", "stage", "card", "ending") for entry in entries) and len(rows) <= 7
        if short and not scene.view.finished and has_room(scene, rows, on_table or []):
            return rows
        if len(entries) > 3:
            rows = [*total, *([Text()] if total else []), *rows]
        self.screen.pages([*self._news_title(scene, entries), *rows], self._command)
        return []

    def _news_title(self, scene: Scene, entries: list[Entry]) -> list[Text]:
        first = entries[0]
        label = scene.turns.get(first.turn)
        phase = scene.names.phases.get(first.phase)
        parts = [str(label) if label else "", phase.title if phase and first.kind != "turn" else ""]
        title = f" {scene.marks.dot} ".join(part for part in parts if part)
        return [ruled(scene.marks, scene.width, title, heavy=True)] if first.kind not in ("turn", "stage") else []

    def _draw(self, scene: Scene, news: list[Text], on_table: list[Entry]) -> None:
        rows = desk(scene, news, on_table, self.message)
        self.screen.clear()
        self.screen.write(rows)
        self.message = []

    def _decide(self, scene: Scene, line: str) -> bool:
        """Does what a line says; True once it was a decision or took one back."""
        if not line:
            self.message = [Text(" Type a number or a name. `?` helps.", style="italic")]
            return False
        said = meaning(line, Open(tuple(scene.moves), scene.numbers, tuple(scene.groups)))
        if isinstance(said, Pick):
            return self._make(said.action)
        if isinstance(said, Command):
            if said.name == "undo":
                return self._undo()
            self._show(scene, said)
            return False
        self.message = folded(text((said.message, "italic")), scene.width, " ")
        return False

    def _make(self, action: Action) -> bool:
        try:
            self.session.decide(self.seat, action)
        except IllegalAction as refusal:
            self.message = folded(text((f"Not now: {refusal.reason}.", "italic")), self.screen.width, " ")
            return False
        return True

    def _undo(self) -> bool:
        if not self.session.can_undo:
            self.message = folded(text((self.session.undo_refused, "italic")), self.screen.width, " ")
            return False
        before = len(self.session.decisions)
        self.session.undo()
        taken = before - len(self.session.decisions)
        for one in self.seen:
            self.seen[one] = min(self.seen[one], len(self.session.view(one).log))
        bots = " and what followed from it" if taken > 1 else ""
        self.message = [Text(f" Taken back: your last decision{bots}.", style="italic")]
        return True

    # Commands

    def _command(self, line: str) -> bool:
        """A command typed where only Enter was asked for; True if it showed something."""
        if not line:
            return False
        said = meaning(line, Open())
        if isinstance(said, Command) and said.name != "undo":
            self._show(self.scene, said)
            return True
        return False

    def _command_or_move(self, line: str) -> bool:
        """The same where a move may be typed as well: it is made once the menu is back."""
        shown = self._command(line)
        self.typed_ahead = "" if shown else line
        return shown

    def _show(self, scene: Scene, command: Command) -> None:
        """Shows what a command asks for, and raises Leave for `quit`."""
        if command.name == "quit":
            raise Leave
        self.screen.pages(self._page(scene, command), self._command_or_move, "Enter: back, or pick a move")

    def _page(self, scene: Scene, command: Command) -> list[Text]:
        words = command.words
        match command.name:
            case "board":
                return full_board(scene)
            case "moves":
                return group_page(scene, words) if scene.moves else help.commands_page(scene)
            case "log" if not words or words.isdecimal():
                return log_page(scene, words)
            case "brief":
                return details.brief_page(scene)
            case "assumptions":
                return details.assumptions_page(scene)
            case "glossary":
                return help.glossary_page(scene)
            case "card":
                card = scene.card or scene.card_of_turn
                return card_panel(scene, card, [], sources=True) if card else [Text(" No card has come up yet.")]
            case "save":
                kept = self.session.warning or f"This game is saved as {self.session.id} after every decision."
                return folded(kept, scene.width, " ")
            case _:
                return help.explain(scene, words) if words else help.commands_page(scene)
