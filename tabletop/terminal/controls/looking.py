"""Looking: where the game stands, what lies behind the screen, and what each seat sees."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from tabletop.presentation.facilitator_board import facilitator_board
from tabletop.scenario.numerals import count
from tabletop.session.facilitator_view import facilitator_view
from tabletop.session.notes import messages_to
from tabletop.terminal import help as players_help
from tabletop.terminal import story
from tabletop.terminal.auto import told_by_turns
from tabletop.terminal.board import full_board
from tabletop.terminal.command_lines import CommandError, Order
from tabletop.terminal.console import FacilitatorConsole
from tabletop.terminal.controls.control import Control
from tabletop.terminal.controls.seats import fitting_seats, one_seat, several_seats
from tabletop.terminal.details import brief_page, secret_rows
from tabletop.terminal.keyboard import Fit
from tabletop.terminal.menu import at_length
from tabletop.terminal.public import public_rows
from tabletop.terminal.rows import folded, ruled, text
from tabletop.terminal.scene import Scene
from tabletop.terminal.status import status_rows
from tabletop.terminal.timeline import log_page


def _status(console: FacilitatorConsole, order: Order) -> None:
    console.screen.write(status_rows(console.scene, console.clock))


def _board(console: FacilitatorConsole, order: Order) -> None:
    console.show(full_board(console.scene))


def _look(console: FacilitatorConsole, order: Order) -> None:
    if not order.words:
        console.show(_behind_the_screen(console.scene))
    elif order.words.lower() in ("room", "public", "players", "all"):
        console.show(public_rows(console.public, console.clock))
    else:
        console.show(_as_seen_by(console.seat(one_seat(console, order.words))))


def _fits_look(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    yield from fitting_seats(console, typed)
    if "room".startswith(typed.lower()):
        yield "room", "what everybody in the room sees"


def _behind_the_screen(scene: Scene) -> list[Text]:
    board = facilitator_board(scene, scene.words, facilitator_view(scene.session))
    rows = [ruled(scene.marks, scene.width, scene.words("facilitate.title"), heavy=True)]
    for truth in board.truths:
        rows += folded(text((truth.sentence, "magenta")), scene.width, text((f" {truth.name}: ", "bold")), hang=3)
    for one in board.known_to_some:
        if one.has_news:
            words = text((f"{one.name}: ", "bold"), one.value, (f"  {one.known_to}", "dim"))
            rows += folded(words, scene.width, " ", hang=3)
    for card in board.cards:
        rows += folded(f"{card.title} ({card.id})", scene.width, text((" Comes up next: ", "bold")))
    rows += [Text(), text((" Seat        Played by          Now", "bold"))]
    for seat in board.seats:
        lead = text(f" {seat.name:<11} ", f"{seat.player or seat.player_name:<18} ")
        rows += folded(seat.now or scene.marks.dash, scene.width, lead)
    return [
        *rows,
        Text(),
        Text(" `look SEAT` what it sees; `look room` what all see; `chances` how chance fell.", "dim"),
    ]


def _as_seen_by(scene: Scene) -> list[Text]:
    """What a seat sees, knows and may do."""
    rows = [ruled(scene.marks, scene.width, f"As {scene.noun.name} sees it", heavy=True), *secret_rows(scene)]
    rows += full_board(scene)[1:]
    if scene.view.picked:
        rows += folded(", ".join(one.label for one in scene.view.picked), scene.width, text((" Face down: ", "bold")))
    for note in messages_to(scene.session, scene.seat):
        rows += folded(note.text, scene.width, text((f" Message {note.number}: ", "bold")), hang=3)
    return (
        [*rows, Text(), Text(f" `moves {scene.seat}` lists what it may do.", style="dim")] if scene.hand.open else rows
    )


def _moves(console: FacilitatorConsole, order: Order) -> None:
    chosen = several_seats(console, order.words) if order.words else [_only_one_to_act(console)]
    scenes = [console.seat(seat) for seat in chosen]
    scenes = [scene for scene in scenes if scene.hand.open] if len(scenes) > 1 else scenes
    if not scenes or not scenes[0].hand.open:
        names = scenes[0].noun.name + " has" if scenes else "They have"
        raise CommandError(f"{names} nothing to decide now.")
    rows: list[Text] = []
    for scene in scenes:
        what = scene.question.prompt if scene.question else scene.phase.title if scene.phase else ""
        rows.append(ruled(scene.marks, scene.width, f"{scene.noun.name}: {what}"))
        rows += [*at_length(scene, scene.hand.open, texts=False), Text()]
    console.show([*rows, Text(f" `decide {scenes[0].seat} NUMBER` or the name of a move decides.", style="dim")])


def _brief(console: FacilitatorConsole, order: Order) -> None:
    rows: list[Text] = []
    for seat in several_seats(console, order.words) or [one_seat(console, order.words)]:
        rows += [*brief_page(console.seat(seat)), Text()]
    console.show(rows)


def _only_one_to_act(console: FacilitatorConsole) -> str:
    """The seat to decide: the person's that comes first, or else a bot's. Raises CommandError where nobody has to."""
    acting = console.scene.view.acting
    if not acting:
        raise CommandError("Nobody has anything to decide: the game is over.")
    return next((seat for seat in acting if seat in console.session.humans), acting[0])


def _story(console: FacilitatorConsole, order: Order) -> None:
    scene = console.scene
    if count(order.words) is not None:
        console.show(log_page(scene, order.words))
    elif order.words:
        raise CommandError("`story` tells the whole game, `story 3` all that happened in turn 3.")
    else:
        rows = [ruled(scene.marks, scene.width, "The story so far", heavy=True), *told_by_turns(scene)]
        console.show([*rows, Text(), Text(" `story 3` tells all that happened in turn 3.", style="dim")])


def _verdict(console: FacilitatorConsole, order: Order) -> None:
    if not console.scene.view.finished:
        raise CommandError("The game is not over: there is no verdict yet.")
    console.show(story.whole(console.scene))


def _explain(console: FacilitatorConsole, order: Order) -> None:
    if not order.line:
        raise CommandError(
            "What is to be explained? A meter, a seat, a card, a term or a claim, as in `explain tension`."
        )
    console.show(players_help.explain(console.scene, order.line))


CONTROLS = (
    Control(word="status", does="where the game stands, and what it waits for", run=_status, group="Look"),
    Control(
        word="look",
        usage="[SEAT|room]",
        does="behind the screen: hidden truths, face-down choices, who plays what",
        more="`look SEAT` shows all that a seat sees and knows, `look room` what is on the players' screen.",
        run=_look,
        group="Look",
        fits=_fits_look,
    ),
    Control(
        word="moves",
        usage="[SEAT[,SEAT]|all]",
        does="what a seat may do now, with numbers for `decide`",
        more=(
            "A move has the same number in every week, so that ballots can be printed: those that are not open now "
            "are left out of the list. `moves all` lists them for every seat that has to decide."
        ),
        run=_moves,
        group="Look",
        fits=fitting_seats,
    ),
    Control(
        word="brief",
        usage="SEAT[,SEAT]|all",
        does="what a seat was told before the game, its private brief too",
        run=_brief,
        group="Look",
        fits=fitting_seats,
    ),
    Control(
        word="board",
        does="every meter, track and fact, the hidden ones too",
        run=_board,
        group="Look",
    ),
    Control(word="story", usage="[TURN]", does="the game so far, or all of one turn", run=_story, group="Look"),
    Control(word="verdict", does="how it ended, and what was true all along", run=_verdict, group="Look"),
    Control(
        word="explain",
        takes_text=True,
        usage="WORDS",
        does="what a meter, seat, card, term or claim is, in words to read out",
        run=_explain,
        group="Look",
        also=("why",),
    ),
)
