"""Deciding: for a seat, as after a vote on paper; letting the bots decide; and handing a seat over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from tabletop.players import cast
from tabletop.players.player_factory import players_for
from tabletop.presentation.moves import Move
from tabletop.presentation.names import listed
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
        answer = console.ask(" Enter: so be it, n: none of it> ")
        if answer.lower() not in ("", "y", "yes"):
            console.typed_ahead = (
                "" if answer.lower() in ("n", "no") else answer
            )  # another order, such as a better line
            raise CommandError("Nothing was decided.")
    before = console.view
    was_face_down = console.seat(votes[0].seat).is_face_down
    console.facilitator.decide_all(votes)
    _told(console, votes, was_face_down, before)
    console.happened(before)
    _said_of_reason(console, votes)
    console.say(next_words(console.session), "dim")


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
            faults.append(str(puzzle))
        except IllegalAction as refusal:
            faults.append(f"{seats(console)[seat][0]}: {refused_words(session, refusal)}.")
    if faults:
        raise CommandError(" ".join([*faults, *(["Nothing was decided."] if len(said) > 1 or "," in line else [])]))
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
            raise CommandError(f"{refusal}." if anew else f"{name} has nothing to decide now.") from None
        scene = _scene_at(console, position, seat)
    if not words:
        raise CommandError(f"What does {name} decide? `moves {seat}` lists what it may do.")
    moves = [_move(scene, one, seat) for one in _several(scene, words)]
    for move in moves:
        position = played(position, Decide(seat=seat, action=move.key))
    labels = tuple("nothing more" if move.is_pass else move.label for move in moves)
    return Vote(
        seat=seat, actions=tuple(move.key for move in moves), labels=labels, why=why, is_again=is_again
    ), position


def _scene_at(console: FacilitatorConsole, position: Position, seat: str) -> Scene:
    return scene_of(console.session, seat, console.screen, position)


def _several(scene: Scene, words: str) -> list[str]:
    """One move, or several with commas between: numbers, or names in which there is no comma."""
    several = [one.strip() for one in words.split(",") if one.strip()]
    whole = isinstance(meaning(words, Open(scene.hand.open)), Pick)
    return [words] if whole or len(several) < 2 else several


def _move(scene: Scene, words: str, seat: str) -> Move:
    said = meaning(words, Open(scene.hand.open))
    if isinstance(said, Pick):
        return said.move
    unclear = why_closed(scene, words) or (said.message if isinstance(said, Unclear) else f"'{words}' is no move.")
    raise CommandError(f"{scene.noun.name}: {unclear} `moves {seat}` lists what it may do.")


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
        raise CommandError(f"Which seat? {listed(names)} decide: `decide {acting[0]} {words}`.")
    return one_seat(console, word), rest


def _preview(console: FacilitatorConsole, votes: Sequence[Vote]) -> list[Text]:
    rows: list[Text] = []
    for vote in votes:
        again = text(("  in place of what it chose", "italic")) if vote.is_again else ""
        why = text((f"  \u201c{vote.why}\u201d", "dim")) if vote.why else ""
        lead = text((f" {seats(console)[vote.seat][0]}: ", "bold"))
        rows += folded(text(", ".join(vote.labels), again, why), console.screen.width, lead, hang=3)
    return rows


def _told(console: FacilitatorConsole, votes: Sequence[Vote], was_face_down: bool, before: View) -> None:
    """Says what the log will not: who passes, and what lies face down."""
    is_told = len(console.view.log) > len(before.log)
    for vote in votes:
        name = seats(console)[vote.seat][0]
        face = ", face down" if was_face_down and not is_told else ""
        instead = ", in place of what it had chosen" if vote.is_again else ""
        labels = [one for one, id in zip(vote.labels, vote.actions, strict=True) if id == "pass" or not is_told]
        if labels or instead:
            console.say(f"{name}: {', '.join(labels or vote.labels)}{face}{instead}")


def _said_of_reason(console: FacilitatorConsole, votes: Sequence[Vote]) -> None:
    """A reason without quotes goes on to the end of the line; where a seat seems to follow in it, that is said."""
    last = votes[-1]
    if any(begins_with_seat(console, part) for part in last.why.split(";")[1:]):
        name = seats(console)[last.seat][0]
        console.say(
            f"All of \u201c{last.why}\u201d is kept as {name}'s reason, and nothing in it was decided. A reason in "
            'quotes ends with them: `decide SEAT 4 "so; and so"; SEAT 2`.',
            "yellow",
        )


def _fits_decide(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    seat, gap, rest = typed.partition(" ")
    if not gap:
        for id, name in fitting_seats(console, seat):
            if id in console.view.acting:
                yield f"{id} ", name
    elif seat.lower() in console.view.acting:
        for action in console.seat(seat.lower()).moves:
            name = "pass" if action.kind == "pass" else str(action)
            label = action.label if action.kind != "pass" else "nothing more"
            if rest.lower() in name or rest.lower() in label.lower():
                yield f"{seat} {name}", label


def _run(console: FacilitatorConsole, order: Order) -> None:
    before = console.view
    stage = next(one for one in console.session.scenario.stages if one.id == before.stage)
    turn = order.words.lower() in ("turn", stage.turn.lower())
    wanted = count(order.words)
    if order.words and not turn and wanted is None:
        raise CommandError(
            f"`run` lets the bots decide until it is for people, `run 1` the next, `run turn` a {stage.turn}."
        )
    most, done = 10_000 if wanted is None else wanted, 0
    for decided in console.session.run_bots(ahead=True):
        done += 1
        if len(decided.state.log) == len(before.log):
            console.say(f"{seats(console)[decided.seat][0]} has chosen.", "dim")
        console.screen.write(console.warnings())
        if done >= most or console.stop.asked or (turn and decided.state.turn > before.turn):
            break
    console.happened(before)
    if not done and before.acting:
        console.say("No bot has anything to decide.")
    console.say(next_words(console.session), "dim")


def _hand(console: FacilitatorConsole, order: Order) -> None:
    named, words = named_first(order.words)
    to = several_seats(console, named) if named else [one_seat(console, "")]
    player = words.removeprefix("to ").strip()
    players = {seat: _player(console, seat, player) for seat in to}
    known = console.session.players
    new = {seat: one for seat, one in players.items() if known.get(seat, "") != one}
    if not new:
        names = listed([seats(console)[seat][0] for seat in to])
        raise CommandError(
            f"{names} {'is' if len(to) == 1 else 'are'} played by {players[to[0]] or 'a person'} already."
        )
    cast(console.session.game, {seat: one for seat, one in new.items() if one})
    for seat, one in new.items():
        console.facilitator.hand(seat, one, order.why)
        console.say(f"{seats(console)[seat][0]} is now played by {f'the bot {one}' if one else 'a person'}.")
    console.say(next_words(console.session), "dim")


def _player(console: FacilitatorConsole, seat: str, player: str) -> str:
    known = players_for(console.session.scenario, seat)
    if not player:
        raise CommandError(f"To whom? `hand {seat} to person`, or to a bot: {', '.join(known)}.")
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
        does="decide for a seat, as after a vote on paper, with its reason",
        more=(
            "MOVE is a number from `moves SEAT`, the same in every week; a name or enough of one; `pass` is to do "
            "nothing more. SEAT may be cut short, and left out while one person alone has to decide. A whole round in "
            'a line: `d w 4,5 "allies first"; t 2; s pass`. All of it is checked and shown first, and then decided, '
            "or nothing of it.\n\nA reason, such as a sentence from the team, is kept with the decision for the "
            "debrief, as it was typed. In quotes it ends with them, and another seat may follow. `because REASON` "
            "without quotes goes on to the end of the line, whatever stands in it.\n\nWhat a seat has chosen face "
            "down is replaced when it decides again; `change` does so before it is done."
        ),
        run=_decide,
        group="Play",
        also=("d",),
        fits=_fits_decide,
    ),
    Control(
        word="change",
        takes_text=True,
        usage='SEAT MOVE[, MOVE] ["REASON"][; SEAT …]',
        does="change a vote: what a seat has chosen face down is replaced",
        more="As `decide`. What was decided in the open is taken back with `undo`.",
        run=_change,
        group="Play",
        fits=_fits_decide,
    ),
    Control(
        word="run",
        usage="[1|turn]",
        does="let the bots decide until it is for people",
        more=(
            "`run 1` lets only the next one decide, `run turn` stops where the turn ends. Bots that choose face down "
            "do not wait for people. Ctrl-C stops between two decisions."
        ),
        run=_run,
        group="Play",
        also=("bots",),
    ),
    Control(
        word="hand",
        usage="SEAT[,SEAT]|all to person|BOT [because REASON]",
        does="hand a seat to a person or a team, or to a bot",
        more="The bots of a seat are its doctrines, `random` and `search` (slower and stronger: `search:envoy`).",
        run=_hand,
        group="Play",
        fits=_fits_hand,
    ),
)
