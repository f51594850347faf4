"""Deciding: for a seat, as after a vote on paper; letting the bots decide; and handing a seat over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from tabletop.players import cast
from tabletop.players.player_factory import players_for
from tabletop.presentation.error_words import error_words
from tabletop.presentation.moves import Move
from tabletop.scenario.numerals import count
from tabletop.session import IllegalAction, RulingRefused
from tabletop.session.apply_command import played
from tabletop.session.commands import Decide, Retract
from tabletop.session.errors import refuse_in_pause
from tabletop.session.facilitation import Vote
from tabletop.session.step_tree import Position
from tabletop.terminal.command_lines import CommandError, Order, Said, first_word, read_votes
from tabletop.terminal.console import FacilitatorConsole
from tabletop.terminal.controls.control import Control
from tabletop.terminal.controls.seats import (
    begins_with_seat,
    fitting_seats,
    named_first,
    one_seat,
    seats,
    several_seats,
)
from tabletop.terminal.keyboard import Fit
from tabletop.terminal.prompts import Open, Pick, Unclear, meaning
from tabletop.terminal.refusals import refused_words, why_closed
from tabletop.terminal.rows import folded, text
from tabletop.terminal.scene import Scene, scene_of
from tabletop.terminal.status import next_words

if TYPE_CHECKING:
    from tabletop.engine.views import View

_PEOPLE = ("person", "people", "a person", "team", "a team", "human")


def _decide(console: FacilitatorConsole, order: Order) -> None:
    _vote(console, order.line, anew=False)


def _change(console: FacilitatorConsole, order: Order) -> None:
    _vote(console, order.line, anew=True)


def _vote(console: FacilitatorConsole, line: str, anew: bool) -> None:
    """Checks all that a line decides, shows it where it is for several seats, and then does all of it or nothing."""
    votes = _checked(console, line, anew)
    if len(votes) > 1 and console.keys.interactive:
        console.screen.write(_preview(console, votes))
        answer = console.ask(f" {console.words('console.so_be_it')} ")
        if answer.lower() not in ("", "y", "yes"):
            console.typed_ahead = (
                "" if answer.lower() in ("n", "no") else answer
            )  # another order, such as a better line
            raise CommandError("console.nothing_decided")
    before = console.view
    was_face_down = console.seat(votes[0].seat).is_face_down
    console.facilitator.decide_all(votes)
    _told(console, votes, was_face_down, before)
    console.happened(before)
    _said_of_reason(console, votes)
    console.say(next_words(console.session, console.words), "dim")


def _checked(console: FacilitatorConsole, line: str, anew: bool) -> list[Vote]:
    """What a line decides, tried out in order. Raises CommandError with all that is illegal."""
    session = console.session
    if session.paused:
        raise refuse_in_pause("", line)
    position, votes, faults = session.position, list[Vote](), list[str]()
    said = read_votes(line) or [Said("")]
    for one in said:
        try:
            seat, words = _seat_and_move(console, position, one.words)
            vote, position = _tried(console, position, seat, words, one.why, anew)
            votes.append(vote)
        except CommandError as puzzle:
            faults.append(puzzle.worded(console.words))
        except IllegalAction as refusal:
            faults.append(f"{seats(console)[seat][0]}: {refused_words(session, console.words, refusal)}.")
    if faults:
        none = [console.words("console.nothing_decided")] if len(said) > 1 or "," in line else []
        raise CommandError("console.as_said", what=" ".join([*faults, *none]))
    return votes


def _tried(
    console: FacilitatorConsole, position: Position, seat: str, words: str, why: str, anew: bool
) -> tuple[Vote, Position]:
    """What a seat's part of a line decides, and where that leads. Raises CommandError or IllegalAction."""
    name = seats(console)[seat][0]
    scene, is_again = _scene_at(console, position, seat), False
    if anew or not scene.hand.open:
        try:
            position, is_again = played(position, Retract(seat=seat)), True
        except RulingRefused as refusal:
            why = error_words(console.words, refusal, scene.names)
            nothing = console.words("console.nothing_to_decide", seat=name)
            raise CommandError("console.as_said", what=why if anew else nothing) from None
        scene = _scene_at(console, position, seat)
    if not words:
        raise CommandError("console.what_decides", name=name, seat=seat)
    moves = [_move(scene, one, seat) for one in _several(scene, words)]
    for move in moves:
        position = played(position, Decide(seat=seat, action=move.key))
    nothing = console.words("console.nothing_more")
    labels = tuple(nothing if move.is_pass else move.label for move in moves)
    return Vote(
        seat=seat, actions=tuple(move.key for move in moves), labels=labels, why=why, is_again=is_again
    ), position


def _scene_at(console: FacilitatorConsole, position: Position, seat: str) -> Scene:
    return scene_of(console.session, seat, console.screen, position)


def _several(scene: Scene, words: str) -> list[str]:
    """One move, or several with commas between: numbers, or names in which there is no comma."""
    several = [one.strip() for one in words.split(",") if one.strip()]
    whole = isinstance(meaning(words, Open(scene.hand.open, words=scene.words)), Pick)
    return [words] if whole or len(several) < 2 else several


def _move(scene: Scene, words: str, seat: str) -> Move:
    said = meaning(words, Open(scene.hand.open, words=scene.words))
    if isinstance(said, Pick):
        return said.move
    none = scene.words("console.no_move", words=words)
    unclear = why_closed(scene, words) or (said.message if isinstance(said, Unclear) else none)
    raise CommandError("console.unclear_move", seat=scene.noun.name, what=unclear, id=seat)


def _seat_and_move(console: FacilitatorConsole, position: Position, words: str) -> tuple[str, str]:
    """The seat that is named, or else the one that has to decide, and what is left."""
    word, rest = first_word(words)
    acting = position.acting
    if begins_with_seat(console, word) or not acting:
        return one_seat(console, word), rest
    people = [seat for seat in acting if seat in position.humans]
    if len(people) == 1 or len(acting) == 1:
        return (people or list(acting))[0], words
    if not word or count(word) is not None:
        names = [seats(console)[seat][0] for seat in acting]
        seats_named = console.words.listed(names)
        raise CommandError("console.which_seat_decides", seats=seats_named, first=acting[0], words=words)
    return one_seat(console, word), rest


def _preview(console: FacilitatorConsole, votes: Sequence[Vote]) -> list[Text]:
    rows: list[Text] = []
    for vote in votes:
        again = text((f"  {console.words('console.in_place')}", "italic")) if vote.is_again else ""
        why = text((f"  \u201c{vote.why}\u201d", "dim")) if vote.why else ""
        lead = text((f" {seats(console)[vote.seat][0]}: ", "bold"))
        rows += folded(text(", ".join(vote.labels), again, why), console.screen.width, lead, hang=3)
    return rows


def _told(console: FacilitatorConsole, votes: Sequence[Vote], was_face_down: bool, before: View) -> None:
    """Says what the log will not: who passes, and what lies face down."""
    is_told = len(console.view.log) > len(before.log)
    for vote in votes:
        name = seats(console)[vote.seat][0]
        face = console.words("console.votes_face_down") if was_face_down and not is_told else ""
        instead = console.words("console.votes_instead") if vote.is_again else ""
        labels = [one for one, id in zip(vote.labels, vote.actions, strict=True) if id == "pass" or not is_told]
        if labels or instead:
            console.say(f"{name}: {', '.join(labels or vote.labels)}{face}{instead}")


def _said_of_reason(console: FacilitatorConsole, votes: Sequence[Vote]) -> None:
    """A reason without quotes goes on to the end of the line; where a seat seems to follow in it, that is said."""
    last = votes[-1]
    if any(begins_with_seat(console, part) for part in last.why.split(";")[1:]):
        name = seats(console)[last.seat][0]
        console.tell("console.all_reason", "yellow", why=last.why, seat=name)


def _fits_decide(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    seat, gap, rest = typed.partition(" ")
    if not gap:
        for id, name in fitting_seats(console, seat):
            if id in console.view.acting:
                yield f"{id} ", name
    elif seat.lower() in console.view.acting:
        for action in console.seat(seat.lower()).moves:
            name = "pass" if action.kind == "pass" else str(action)
            label = action.label if action.kind != "pass" else console.words("console.nothing_more")
            if rest.lower() in name or rest.lower() in label.lower():
                yield f"{seat} {name}", label


def _run(console: FacilitatorConsole, order: Order) -> None:
    before = console.view
    stage = next(one for one in console.session.scenario.stages if one.id == before.stage)
    turn = order.words.lower() in ("turn", stage.turn.lower())
    wanted = count(order.words)
    if order.words and not turn and wanted is None:
        raise CommandError("console.run_how", turn=stage.turn)
    most, done = 10_000 if wanted is None else wanted, 0
    for decided in console.session.run_bots(ahead=True):
        done += 1
        if len(decided.state.log) == len(before.log):
            console.tell("console.has_chosen", "dim", seat=seats(console)[decided.seat][0])
        console.screen.write(console.warnings())
        if done >= most or console.stop.asked or (turn and decided.state.turn > before.turn):
            break
    console.happened(before)
    if not done and before.acting:
        console.tell("console.no_bot")
    console.say(next_words(console.session, console.words), "dim")


def _hand(console: FacilitatorConsole, order: Order) -> None:
    named, words = named_first(order.words)
    to = several_seats(console, named) if named else [one_seat(console, "")]
    player = words.removeprefix("to ").strip()
    players = {seat: _player(console, seat, player) for seat in to}
    known = console.session.players
    new = {seat: one for seat, one in players.items() if known.get(seat, "") != one}
    if not new:
        names = console.words.listed([seats(console)[seat][0] for seat in to])
        player = players[to[0]] or console.words("console.a_person")
        raise CommandError("console.played_already", count=len(to), seats=names, player=player)
    cast(console.session.game, {seat: one for seat, one in new.items() if one})
    for seat, one in new.items():
        console.facilitator.hand(seat, one, order.why)
        who = console.words("console.the_bot", name=one) if one else console.words("console.a_person")
        console.tell("console.handed", seat=seats(console)[seat][0], player=who)
    console.say(next_words(console.session, console.words), "dim")


def _player(console: FacilitatorConsole, seat: str, player: str) -> str:
    known = players_for(console.session.scenario, seat)
    if not player:
        raise CommandError("console.hand_to_whom", seat=seat, bots=", ".join(known))
    if player in ("bot", "a bot", "bots"):
        return known[0]
    return "" if player.lower() in _PEOPLE else player


def _fits_hand(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    seat, gap, rest = typed.partition(" ")
    if not gap:
        yield from ((f"{id} to ", name) for id, name in fitting_seats(console, seat))
    elif seat in seats(console):
        named = rest.removeprefix("to ")
        told = {one.id: one.name for one in console.session.scenario.doctrines if one.seat == seat}
        for player in ("person", *players_for(console.session.scenario, seat)):
            if player.startswith(named) or "to ".startswith(rest):
                yield f"{seat} to {player}", told.get(player, "")


CONTROLS = (
    Control(
        word="decide",
        takes_text=True,
        usage='SEAT MOVE[, MOVE] ["REASON"][; SEAT …]',
        has_more=True,
        run=_decide,
        group="play",
        also=("d",),
        fits=_fits_decide,
    ),
    Control(
        word="change",
        takes_text=True,
        usage='SEAT MOVE[, MOVE] ["REASON"][; SEAT …]',
        has_more=True,
        run=_change,
        group="play",
        fits=_fits_decide,
    ),
    Control(
        word="run",
        usage="[1|turn]",
        has_more=True,
        run=_run,
        group="play",
        also=("bots",),
    ),
    Control(
        word="hand",
        usage="SEAT[,SEAT]|all to person|BOT [because REASON]",
        has_more=True,
        run=_hand,
        group="play",
        fits=_fits_hand,
    ),
)
