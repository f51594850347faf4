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
from tabletop.terminal.rows import folded, hinted, padded, ruled, text
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
        yield "room", console.words("console.all_see")


def _behind_the_screen(scene: Scene) -> list[Text]:
    said = scene.words
    board = facilitator_board(scene, said, facilitator_view(scene.session))
    rows = [ruled(scene.marks, scene.width, scene.words("facilitate.title"), heavy=True)]
    for truth in board.truths:
        rows += folded(text((truth.sentence, "magenta")), scene.width, text((f" {truth.name}: ", "bold")), hang=3)
    for one in board.known_to_some:
        if one.has_news:
            words = text((f"{one.name}: ", "bold"), one.value, (f"  {one.known_to}", "dim"))
            rows += folded(words, scene.width, " ", hang=3)
    for card in board.cards:
        rows += folded(f"{card.title} ({card.id})", scene.width, text((f" {said('console.comes_next')} ", "bold")))
    heads = [
        padded(Text(said(f"console.head_{one}")), wide) for one, wide in (("seat", 11), ("player", 18), ("now", 8))
    ]
    rows += [Text(), text(" ", Text(" ", style="bold").join(heads))]
    for seat in board.seats:
        player = padded(Text(seat.player or seat.player_name), 18)
        lead = text(" ", padded(Text(seat.name), 11), " ", player, " ")
        rows += folded(seat.now or scene.marks.dash, scene.width, lead)
    return [
        *rows,
        Text(),
        *hinted(said("console.look_hint"), scene.width),
    ]


def _as_seen_by(scene: Scene) -> list[Text]:
    """What a seat sees, knows and may do."""
    said = scene.words
    title = said("console.as_seen", seat=scene.noun.name)
    rows = [ruled(scene.marks, scene.width, title, heavy=True), *secret_rows(scene)]
    rows += full_board(scene)[1:]
    if scene.view.picked:
        rows += folded(
            ", ".join(one.label for one in scene.view.picked),
            scene.width,
            text((f" {said('console.face_down')} ", "bold")),
        )
    for note in messages_to(scene.session, scene.seat):
        rows += folded(
            note.text, scene.width, text((f" {said('console.message', number=note.number)} ", "bold")), hang=3
        )
    hint = hinted(said("console.moves_hint", seat=scene.seat), scene.width)
    return [*rows, Text(), *hint] if scene.hand.open else rows


def _moves(console: FacilitatorConsole, order: Order) -> None:
    chosen = several_seats(console, order.words) if order.words else [_only_one_to_act(console)]
    scenes = [console.seat(seat) for seat in chosen]
    scenes = [scene for scene in scenes if scene.hand.open] if len(scenes) > 1 else scenes
    if not scenes or not scenes[0].hand.open:
        if scenes:
            raise CommandError("console.nothing_to_decide", seat=scenes[0].noun.name)
        raise CommandError("console.they_nothing")
    rows: list[Text] = []
    for scene in scenes:
        what = scene.question.prompt if scene.question else scene.phase.title if scene.phase else ""
        rows.append(ruled(scene.marks, scene.width, f"{scene.noun.name}: {what}"))
        rows += [*at_length(scene, scene.hand.open, texts=False), Text()]
    hint = console.words("console.decide_hint", seat=scenes[0].seat)
    console.show([*rows, *hinted(hint, console.screen.width)])


def _brief(console: FacilitatorConsole, order: Order) -> None:
    rows: list[Text] = []
    for seat in several_seats(console, order.words) or [one_seat(console, order.words)]:
        rows += [*brief_page(console.seat(seat)), Text()]
    console.show(rows)


def _only_one_to_act(console: FacilitatorConsole) -> str:
    """The seat to decide: the person's that comes first, or else a bot's. Raises CommandError where nobody has to."""
    acting = console.scene.view.acting
    if not acting:
        raise CommandError("console.nobody_decides")
    return next((seat for seat in acting if seat in console.session.humans), acting[0])


def _story(console: FacilitatorConsole, order: Order) -> None:
    scene = console.scene
    if count(order.words) is not None:
        console.show(log_page(scene, order.words))
    elif order.words:
        raise CommandError("console.story_how")
    else:
        title, hint = console.words("console.story"), console.words("console.story_hint")
        rows = [ruled(scene.marks, scene.width, title, heavy=True), *told_by_turns(scene)]
        console.show([*rows, Text(), *hinted(hint, scene.width)])


def _verdict(console: FacilitatorConsole, order: Order) -> None:
    if not console.scene.view.finished:
        raise CommandError("console.no_verdict")
    console.show(story.whole(console.scene))


def _explain(console: FacilitatorConsole, order: Order) -> None:
    if not order.line:
        raise CommandError("console.explain_what", meter=players_help.a_meter(console.scene))
    console.show(players_help.explain(console.scene, order.line))


CONTROLS = (
    Control(word="status", run=_status, group="look"),
    Control(
        word="look",
        usage="[SEAT|room]",
        has_more=True,
        run=_look,
        group="look",
        fits=_fits_look,
    ),
    Control(
        word="moves",
        usage="[SEAT[,SEAT]|all]",
        has_more=True,
        run=_moves,
        group="look",
        fits=fitting_seats,
    ),
    Control(
        word="brief",
        usage="SEAT[,SEAT]|all",
        run=_brief,
        group="look",
        fits=fitting_seats,
    ),
    Control(
        word="board",
        run=_board,
        group="look",
    ),
    Control(word="story", usage="[TURN]", run=_story, group="look"),
    Control(word="verdict", run=_verdict, group="look"),
    Control(
        word="explain",
        takes_text=True,
        usage="WORDS",
        run=_explain,
        group="look",
        also=("why",),
    ),
)
