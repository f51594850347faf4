"""Play: the loop of a game in a terminal, for one person or several at one keyboard."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from tabletop.players import PlayerFailed
from tabletop.presentation.error_words import bare_words, error_words, reason_words, sentence
from tabletop.presentation.moves import Move
from tabletop.presentation.refusal_words import refusal_words
from tabletop.presentation.set_pieces import asked_about, set_pieces_since
from tabletop.presentation.words import Words
from tabletop.session import JournalError, Runner, Session
from tabletop.session.runner import Event, Events
from tabletop.session.runner_events import BotFailed, Changed, NotSaved, Refused
from tabletop.session.save_location import as_option
from tabletop.terminal import details, help, story
from tabletop.terminal.advice import advice_page
from tabletop.terminal.auto import auto
from tabletop.terminal.beliefs import beliefs_page
from tabletop.terminal.board import full_board
from tabletop.terminal.cards import card_page
from tabletop.terminal.desk import desk, has_room, paused_rows
from tabletop.terminal.mail import mail_of, mail_rows, rulings, unread
from tabletop.terminal.menu import group_page
from tabletop.terminal.prompts import Command, Leave, Open, Pick, Unclear, as_started, meaning
from tabletop.terminal.refusals import why_closed
from tabletop.terminal.rows import folded, ruled, text
from tabletop.terminal.scene import Scene, public_scene, scene_of
from tabletop.terminal.screen import Screen
from tabletop.terminal.set_pieces import piece_rows
from tabletop.terminal.staging import told_with_weeks, write_staged
from tabletop.terminal.timeline import acts, log_page, summary, told
from tabletop.terminal.what_if import what_if

if TYPE_CHECKING:
    from tabletop.engine.log import Entry

__all__ = ["auto", "play"]


def play(session: Session, console: Console, notes: list[str] | None = None, words: Words | None = None) -> None:
    """Plays a session to its end or until the person leaves. `notes` are said first.

    A session in which no person has a seat is shown as `auto` does. Raises PlayerFailed where a bot fails.
    """
    screen = Screen(console, words)
    session.language = screen.words.language
    if not session.humans:
        if _bots_go_on(session, screen, notes or []):
            auto(session, console, words)
        return
    try:
        _Table(session, screen).run(notes or [])
        _farewell(session, screen)
    except (Leave, KeyboardInterrupt):
        if len(session.humans) > 1 and not session.is_over:
            screen.forget()  # the last to decide leaves nothing behind for the others
        _farewell(session, screen)
    except JournalError as error:
        session.play_on_unkept(error.told)
        _farewell(session, screen)
    except PlayerFailed:
        screen.say(f"\n{screen.words('terminal.cannot_go_on')}")
        _farewell(session, screen)
        raise


def _bots_go_on(session: Session, screen: Screen, notes: list[str]) -> bool:
    """Whether bots are to play a game to its end: of a kept one, somebody at a terminal is asked."""
    if session.was_kept is None or session.is_over:
        return True
    typed = f"{as_started()} resume {session.id} --player SEAT=person{as_option(session.was_kept)}"
    words = screen.words("terminal.bots_play_all", typed=typed)
    screen.write([row for note in [*notes, words] for row in folded(note, screen.width, " ")])
    try:
        asked = screen.interactive and screen.ask(f"\n {screen.words('terminal.bots_play_on')} ")
    except Leave:
        asked = "quit"
    if asked:
        _farewell(session, screen)
    return not asked


def _farewell(session: Session, screen: Screen) -> None:
    try:
        session.begin_keeping()
    except JournalError as error:
        session.play_on_unkept(error.told)
    said = screen.words
    if session.journal is None:
        screen.say(f"\n{_unkept_words(session, said)}")
    if session.was_kept:
        if session.journal is None:
            say = said("terminal.farewell_before")
        else:
            say = said("terminal.farewell_over" if session.is_over else "terminal.farewell_saved")
        screen.say(f"\n{say}  {as_started()} resume {session.id}{as_option(session.was_kept)}")


def _unkept_words(session: Session, words: Words) -> str:
    """That the game is not kept, or not any more, and why where that is known."""
    if session.warning:
        key = "terminal.farewell_no_more_why" if session.was_kept else "terminal.farewell_unkept_why"
        return words(key, why=bare_words(words, session.warning))
    return words("terminal.farewell_no_more" if session.was_kept else "terminal.farewell_unkept")


class _Table:
    """One run of the loop. `seen` counts the log entries that each seat has been shown; `read` are the seats that have
    read what the facilitator wrote."""

    def __init__(self, session: Session, screen: Screen) -> None:
        self.session = session
        self.runner = Runner(session)
        self.screen = screen
        self.seat = session.humans[0]
        self.seen: dict[str, int] = {}
        self.read: set[str] = set()
        self.resumed = False
        self.opened: set[str] = set()
        self.seated = len(session.humans) == 1
        self.message: list[Text] = []
        self.typed_ahead = ""
        self.menu_shown = False
        self.warned = False
        self.asks = False
        self.is_hurried = False
        self.shows_pieces = True

    # The loop

    def run(self, notes: list[str]) -> None:
        """From the first screen to the last; once more from where somebody plays on on a branch."""
        self._welcome(notes)
        while self._goes_on_after_the_end():
            self.menu_shown = False
            self.seen = {seat: len(self.session.view(seat).log) for seat in self.session.humans}

    def _goes_on_after_the_end(self) -> bool:
        """Plays to the end and shows it; whether somebody plays on from an earlier moment then."""
        while True:
            self._run_bots()
            self._warn()
            if self.session.is_over:
                break
            if self.session.paused:
                self._wait()
                continue
            self._hand_over(self.session.to_act or self.seat)
            self._read_mail()
            self._turn()
        scene = self.scene
        self._show_set_pieces(scene)
        self._news([entry for entry in scene.view.log[self.seen.get(self.seat, 0) :] if entry.kind != "ending"])
        ending = self._scene_of_ending()
        while story.ending(ending, self.screen, self._answer):
            if what_if(ending, self.screen):
                return True
        return False

    def _scene_of_ending(self) -> Scene:
        """The seat's where one person plays; where several look on, everybody's."""
        session, screen = self.session, self.screen
        if len(session.humans) == 1:
            return self.scene
        return public_scene(session, screen)

    def _wait(self) -> None:
        """Says that the game is paused, until it is not."""
        self.screen.clear()
        self.screen.write(paused_rows(self.scene))
        if self.screen.ask(f"\n {self.screen.words('terminal.continue_or_quit')} ").lower() in (
            "continue",
            "go",
            "go on",
        ):
            self._see_to(self.runner.continue_(self.seat))

    def _read_mail(self) -> None:
        """Shows what the facilitator has written to the seat and done since it decided last, once."""
        if self.seat not in self.read and self.resumed:
            mail, done = unread(self.session, self.seat), rulings(self.scene)
            if mail or done:
                self._show_pages(mail_rows(self.scene, mail, done))
        self.read.add(self.seat)

    def _run_bots(self) -> None:
        """Lets happen what happens by itself. Raises PlayerFailed."""
        self._see_to(self.runner.run())
        while self.runner.is_busy:
            self._see_to(self.runner.run())

    def _see_to(self, events: Iterable[Event]) -> list[Event]:
        """Asks about what could not be saved, until that is settled; everything that has happened. Raises
        PlayerFailed."""
        seen: list[Event] = []
        for event in events:
            seen.append(event)
            if isinstance(event, NotSaved):
                seen += self._see_to(self._ask_about_saving(event))
            elif isinstance(event, BotFailed):
                raise event.error or PlayerFailed(event.reason)
        return seen

    def _ask_about_saving(self, event: NotSaved) -> Events:
        """Nothing more can be written: it is for the person to say whether to try again or to play on unsaved."""
        said = self.screen.words
        words = said("terminal.not_kept_now", reason=reason_words(said, event.reason, event.error))
        self.screen.write([Text(), *folded(words, self.screen.width, " ")])
        answer = "on"
        if self.screen.interactive:
            answer = self.screen.ask(f"\n {self.screen.words('terminal.put_right')} ")
        return self.runner.play_unsaved() if answer.strip().lower() in ("on", "o") else self.runner.retry()

    @property
    def scene(self) -> Scene:
        """What the seat sees now."""
        session, screen = self.session, self.screen
        return scene_of(session, self.seat, screen)

    def _welcome(self, notes: list[str]) -> None:
        session = self.session
        session.check_keeping()
        self.screen.kept = session.is_kept
        resumed = self.resumed = session.was_kept is not None
        if resumed:
            self.opened = {one.who for one in session.commands if one.kind == "decide"} & set(session.humans)
            self.seen = {seat: len(session.view(seat).log) for seat in session.humans}
        scene = self.scene
        rows = [row for note in notes for row in folded(note, scene.width, " ")]
        if not session.is_over:
            rows += help.welcome(scene, resumed) if self.seated else help.table(scene, resumed)
        if rows:
            self._show_pages(rows)
        if self.seated and not resumed and self.screen.interactive:
            self.opened.add(self.seat)
        self.opened |= {self.seat} if self.seated else set()

    def _hand_over(self, seat: str) -> None:
        if seat == self.seat and self.seated:
            return
        self.seat = seat
        self.seated = True
        name = self.scene.names.seat(seat)
        if self.screen.interactive:
            self.screen.forget()
            self._await_seat(name)
        else:
            self.screen.write(
                [Text(), ruled(self.screen.marks, self.screen.width, self.screen.words("terminal.now_seat", seat=name))]
            )
        if seat not in self.opened:
            self.opened.add(seat)
            self._show_pages(help.opening(self.scene))

    def _await_seat(self, name: str) -> None:
        """Waits until the next person says whose seat it is: a key that is pressed by chance uncovers nothing."""
        said = self.screen.words
        ask = f"\n {said('terminal.hand_over', seat=name)}\n"
        while True:
            typed = self.screen.ask(f"{ask}\n {said('terminal.hand_over_type', seat=name)} ").casefold()
            if typed in ("q", "quit", "exit"):
                raise Leave
            if typed and name.casefold().startswith(typed):
                return
            ask = ""

    def _warn(self) -> None:
        self.screen.kept = self.session.is_kept
        if self.session.warning and not self.warned:
            self.warned = True
            said = self.screen.words
            words = said("terminal.careful_unsaved", why=bare_words(said, self.session.warning))
            self._show_pages(folded(words, self.screen.width, " "))
        news = self.session.copy_news()
        if news:
            self.screen.write([Text(), *folded(sentence(news), self.screen.width, " ")])

    def _show_pages(self, rows: list[Text]) -> bool:
        return self.screen.pages(rows, self._answer)

    # A decision

    def _turn(self) -> None:
        """Shows what is new, and asks until a decision is made."""
        self.menu_shown = False
        scene = self.scene
        fresh = list(scene.view.log[self.seen.get(self.seat, 0) :])
        self._show_set_pieces(scene)
        on_table, news = self._split(scene, fresh)
        shown_news = self._news(news, on_table)
        self.seen[self.seat] = len(scene.view.log)
        drawn = False
        while True:
            scene = self.scene
            if self.screen.interactive or not drawn:
                self._draw(scene, shown_news, on_table)
                drawn = True
            else:
                self.screen.write(self.message)
                self.message = []
            line, self.typed_ahead = self.typed_ahead, ""
            line = line or self.screen.ask(f" {scene.noun.name}> ")
            if self._is_too_late() or self._decide(scene, line):
                return

    def _show_set_pieces(self, scene: Scene) -> None:
        """Shows on a page each what fills the screen of what is new, but for the verdict, which has its own."""
        if not self.shows_pieces:
            return
        for piece in set_pieces_since(scene, scene.words, self.seen.get(self.seat, 0)):
            if piece.layout != "verdict" and not self._show_pages(piece_rows(scene, piece)):
                return

    def _answer_with(self, key: str) -> None:
        """Has a sentence of the catalogue stand below the next screen."""
        self.message = [Text(f" {self.screen.words(key)}", style="italic")]

    def _is_too_late(self) -> bool:
        """Whether the clock has ended the phase while the person was thinking."""
        at = self.session.course.at
        self._run_bots()
        if self.session.course.at is at:
            return False
        self._answer_with("terminal.time_was_up")
        return True

    def _split(self, scene: Scene, fresh: list[Entry]) -> tuple[list[Entry], list[Entry]]:
        """The entries that belong to the card that waits for an answer, and those before it."""
        if scene.card is None:
            return [], fresh
        log = list(scene.view.log)
        at = max(place for place, entry in enumerate(log) if entry.kind == "card" and entry.card == scene.card.id)
        on_table = log[at:]
        return on_table, fresh[: max(0, len(fresh) - len(on_table))]

    def _news(self, entries: list[Entry], on_table: list[Entry] | None = None) -> list[Text]:
        """Shows news on pages of its own, unless it is so short that it fits above the next choice.

        Where a part of the game begins, so does a page.
        """
        scene = self.scene
        parts = acts(self._without_empty_turn(entries))
        for number, part in enumerate(parts, 1):
            last = number == len(parts) and not scene.view.finished
            if not any(entry.kind not in ("turn", "stage") for entry in part) and last and len(parts) == 1:
                return told(scene, [entry for entry in part if entry.kind == "stage"])
            rows = told_with_weeks(scene, part)
            plain = not any(entry.kind in ("turn", "stage", "card", "ending") for entry in part)
            if last and plain and len(rows) <= 7 and has_room(scene, rows, on_table or []):
                return rows
            if not self._stage(self._news_page(scene, part, rows)):
                return []
        return []

    def _stage(self, rows: list[Text]) -> bool:
        """Shows pages of news, block by block unless the person wants them at once."""
        write = None if self.is_hurried else functools.partial(write_staged, self.screen)
        return self.screen.pages(rows, self._answer, write=write)

    def _without_empty_turn(self, entries: list[Entry]) -> list[Entry]:
        """The entries without a turn at the end of which nothing is told here: it stands at the top of the desk."""
        return entries[:-1] if len(entries) > 1 and entries[-1].kind == "turn" else entries

    def _news_page(self, scene: Scene, entries: list[Entry], rows: list[Text]) -> list[Text]:
        total = summary(scene, entries) if len(entries) > 3 else []
        if entries[0].kind == "stage":
            return [*rows, *([Text()] if total else []), *total]
        return [*self._news_title(scene, entries), *total, *([Text()] if total else []), *rows]

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
        self.menu_shown = True

    def _decide(self, scene: Scene, line: str) -> bool:
        """Does what a line says; True once it was a decision or took one back."""
        if not line:
            self._answer_with("terminal.type_something")
            return False
        said = self._meant(scene, line)
        if isinstance(said, Pick):
            return self._make(said.move)
        if isinstance(said, Command):
            if said.name == "undo":
                return self._undo()
            if said.name == "redo":
                return self._redo()
            if said.name == "ask":
                return self._toggle_asking()
            if said.name == "hurry":
                return self._toggle_hurry()
            if said.name == "pieces":
                return self._toggle_pieces()
            self.screen.show(self._page(scene, said), self._answer, scene.words("terminal.enter_back_or_move"))
            return False
        self.message = folded(text((said.message, "italic")), scene.width, " ")
        return False

    def _meant(self, scene: Scene, line: str) -> Pick | Command | Unclear:
        """What a line means; of a move that is not open, why."""
        said = meaning(line, Open(scene.hand.open, scene.hand.groups, help.topics(scene), scene.words))
        reason = why_closed(scene, line) if isinstance(said, Unclear) else ""
        return Unclear(reason) if reason else said

    def _toggle_asking(self) -> bool:
        self.asks = not self.asks
        self._answer_with("terminal.asks_first" if self.asks else "terminal.asks_not")
        return False

    def _toggle_hurry(self) -> bool:
        self.is_hurried = not self.is_hurried
        self._answer_with("terminal.hurried" if self.is_hurried else "terminal.not_hurried")
        return False

    def _toggle_pieces(self) -> bool:
        self.shows_pieces = not self.shows_pieces
        self._answer_with("terminal.pieces_shown" if self.shows_pieces else "terminal.pieces_left_out")
        return False

    def _is_meant(self, move: Move) -> bool:
        """Whether the person means it: asked of what nothing takes back, and of the rest where they want to be."""
        if not self.screen.interactive:
            return True
        scene, said = self.scene, self.scene.words
        asked = asked_about(scene, said, move)
        if asked is not None:
            question = [Text(), *folded(text((asked.question, "bold")), scene.width, " ")]
            rows = [*piece_rows(scene, asked), *question]
            if len(rows) + 3 > self.screen.height:
                self._show_pages(rows)
                rows = question
            self.screen.clear()
            self.screen.write(rows)
            return self.screen.ask(f"\n {said('terminal.yes_does_it')} ").lower() in ("yes", "y")
        if not (self.asks and move.caution):
            return True
        title = said("moves.final_end") if move.is_pass else said("moves.final_title", move=move.label)
        return self.screen.ask(f"\n {title} {move.caution} {said('terminal.yes_does_it')} ").lower() in ("yes", "y")

    def _make(self, move: Move) -> bool:
        if not self._is_meant(move):
            self._answer_with("terminal.not_done")
            return False
        for event in self._see_to(self.runner.decide(self.seat, move.key)):
            if isinstance(event, Refused):
                scene = self.scene
                words = scene.words("moves.not_now", why=refusal_words(scene.names, scene.words, event.refusal))
                self.message = folded(text((words, "italic")), self.screen.width, " ")
                return False
        return True

    def _undo(self) -> bool:
        session = self.session
        refused = session.undo_refused
        if refused is not None:
            why = error_words(self.screen.words, refused)
            self.message = folded(text((why, "italic")), self.screen.width, " ")
            return False
        knowing, before = session.undo_has_hindsight, len(session.decisions)
        self._see_to(self.runner.undo())
        for one in self.seen:
            self.seen[one] = min(self.seen[one], len(session.view(one).log))
        said = self.screen.words
        more = before - len(session.decisions) > 1
        words = said("terminal.taken_back_with" if more else "terminal.taken_back")
        words = f"{words} {said('terminal.knowing')}" if knowing else words
        self.message = folded(text((words, "italic")), self.screen.width, " ")
        return True

    def _redo(self) -> bool:
        if any(isinstance(event, Changed) for event in self._see_to(self.runner.redo())):
            self._answer_with("terminal.redone")
            return True
        self._answer_with("terminal.nothing_to_redo")
        return False

    # Commands

    def _answer(self, line: str) -> Sequence[Text] | None:
        """The page that a line asks for where pages are read; None, with the line kept, if it names a move."""
        scene = self.scene
        said = self._meant(scene, line)
        if isinstance(said, Pick) and not self.menu_shown and (line.isdecimal() or said.move.is_pass):
            return []  # a number stands for nothing before the menu has been seen; it turns the page
        if isinstance(said, Pick) or (isinstance(said, Command) and said.name in ("undo", "redo")):
            self.typed_ahead = line
            return None
        if isinstance(said, Command):
            return self._page(scene, said)
        return folded(text((said.message, "italic")), scene.width, " ")

    def _page(self, scene: Scene, command: Command) -> list[Text]:
        """What a command asks for. Raises Leave for `quit`."""
        words = command.words
        match command.name:
            case "quit":
                raise Leave
            case "board":
                return full_board(scene)
            case "moves":
                return group_page(scene, words) if scene.hand.open else help.commands_page(scene)
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
                return card_page(scene, card) if card else [Text(f" {scene.words('terminal.no_card_yet')}")]
            case "advice":
                return advice_page(scene)
            case "believe":
                return beliefs_page(scene, words)
            case "messages":
                return mail_rows(scene, mail_of(self.session, self.seat))
            case "save":
                said, warning = scene.words, self.session.warning
                kept = error_words(said, warning) if warning else said("terminal.saved_as", id=self.session.id)
                return folded(kept, scene.width, " ")
            case _:
                return help.explain(scene, words) if words else help.commands_page(scene)
