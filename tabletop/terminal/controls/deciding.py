"""Deciding: for a seat, as after a vote on paper; letting the bots decide; and handing a seat over."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.players.casting import players_for
from tabletop.scenario.numerals import count
from tabletop.session.names import listed
from tabletop.terminal.chair import Chair
from tabletop.terminal.controls.control import Control
from tabletop.terminal.controls.looking import fitting_seats, seats
from tabletop.terminal.keyboard import Fit
from tabletop.terminal.orders import Order, Puzzled, first_word, pick, read_order
from tabletop.terminal.prompts import Command, Open, Pick, Unclear, meaning
from tabletop.terminal.refusals import why_closed
from tabletop.terminal.scene import Scene
from tabletop.terminal.status import next_words

_PEOPLE = ("person", "people", "a person", "team", "a team", "human")


def _decide(chair: Chair, order: Order) -> None:
    for part in _parts(chair, order.line):
        one = read_order(f"decide {part}")
        seat, words = _seat_and_move(chair, one.words)
        if not words:
            raise Puzzled(f"What does {seats(chair)[seat][0]} decide? `moves {seat}` lists what it may do.")
        for pick_of_seat in _picks(chair, seat, words):
            _decide_one(chair, seat, pick_of_seat, one.why)
    chair.say(next_words(chair.session), "dim")


def _parts(chair: Chair, line: str) -> list[str]:
    """A line parted at the semicolons behind which another seat is named."""
    parts: list[str] = []
    for piece in line.split(";"):
        word = first_word(piece)[0].lower()
        if not parts or word in seats(chair):
            parts.append(piece)
        else:
            parts[-1] += f";{piece}"
    return parts


def _picks(chair: Chair, seat: str, words: str) -> list[str]:
    """One move, or several with commas between: numbers, or names in which there is no comma."""
    scene = chair.seat(seat)
    several = [one.strip() for one in words.split(",") if one.strip()]
    whole = isinstance(meaning(words, Open(tuple(scene.moves), scene.numbers)), Pick)
    return [words] if whole or len(several) < 2 else _as_actions(scene, several)


def _as_actions(scene: Scene, several: list[str]) -> list[str]:
    """Moves by their ids, as numbers may change from one to the next."""
    found = []
    for words in several:
        said = meaning(words, Open(tuple(scene.moves), scene.numbers))
        if not isinstance(said, Pick):
            raise Puzzled(f"{_unclear(scene, words, said)} Nothing was decided.")
        found.append("pass" if said.action.kind == "pass" else str(said.action))
    return found


def _unclear(scene: Scene, words: str, said: Pick | Command | Unclear) -> str:
    """Why words name no move that is open."""
    return why_closed(scene, words) or (said.message if isinstance(said, Unclear) else f"'{words}' is no move.")


def _decide_one(chair: Chair, seat: str, words: str, why: str) -> None:
    scene = chair.seat(seat)
    if not scene.moves:
        raise Puzzled(f"{scene.noun.name} has nothing to decide now.")
    said = meaning(words, Open(tuple(scene.moves), scene.numbers))
    if not isinstance(said, Pick):
        raise Puzzled(f"{_unclear(scene, words, said)} `moves {seat}` lists what it may do.")
    before = chair.session.state
    chair.facilitator.decide(seat, said.action, why)
    passes, told = said.action.kind == "pass", len(chair.session.state.log) > len(before.log)
    if passes or not told:
        label = "nothing more" if passes else said.action.label
        chair.say(f"{scene.noun.name}: {label}{', face down' if scene.is_face_down and not told else ''}")
    chair.happened(before)


def _seat_and_move(chair: Chair, words: str) -> tuple[str, str]:
    """The seat that is named, or else the one that has to decide, and what is left."""
    word, rest = first_word(words)
    acting = chair.session.state.acting
    known = seats(chair)
    if word.lower() in known or not acting:
        return pick(word, known, "seat"), rest
    people = [seat for seat in acting if seat in chair.session.humans]
    if len(people) == 1 or len(acting) == 1:
        return (people or list(acting))[0], words
    if not word or count(word) is not None:
        raise Puzzled(
            f"Which seat? {listed([known[seat][0] for seat in acting])} decide: `decide {acting[0]} {words}`."
        )
    return pick(word, known, "seat"), rest


def _fits_decide(chair: Chair, typed: str) -> Iterator[Fit]:
    seat, gap, rest = typed.partition(" ")
    if not gap:
        for id, name in fitting_seats(chair, seat):
            if id in chair.session.state.acting:
                yield f"{id} ", name
    elif seat.lower() in chair.session.state.acting:
        for action in chair.seat(seat.lower()).moves:
            name = "pass" if action.kind == "pass" else str(action)
            label = action.label if action.kind != "pass" else "nothing more"
            if rest.lower() in name or rest.lower() in label.lower():
                yield f"{seat} {name}", label


def _run(chair: Chair, order: Order) -> None:
    before = chair.session.state
    stage = next(one for one in chair.session.scenario.stages if one.id == before.stage)
    turn = order.words.lower() in ("turn", stage.turn.lower())
    wanted = count(order.words)
    if order.words and not turn and wanted is None:
        raise Puzzled(
            f"`run` lets the bots decide until it is for people, `run 1` the next, `run turn` a {stage.turn}."
        )
    most, done = 10_000 if wanted is None else wanted, 0
    for decided in chair.session.run_bots(ahead=True):
        done += 1
        if len(decided.state.log) == len(before.log):
            chair.say(f"{seats(chair)[decided.seat][0]} has chosen.", "dim")
        chair.screen.write(chair.warnings())
        if done >= most or chair.stop.asked or (turn and decided.state.turn > before.turn):
            break
    chair.happened(before)
    if not done and before.acting:
        chair.say("No bot has anything to decide.")
    chair.say(next_words(chair.session), "dim")


def _hand(chair: Chair, order: Order) -> None:
    seat, words = first_word(order.words)
    seat = pick(seat, seats(chair), "seat")
    name = seats(chair)[seat][0]
    player = words.removeprefix("to ").strip()
    known = players_for(chair.session.scenario, seat)
    if not player:
        raise Puzzled(f"To whom? `hand {seat} to person`, or to a bot: {', '.join(known)}.")
    if player in ("bot", "a bot"):
        player = known[0]
    player = "" if player.lower() in _PEOPLE else player
    if chair.session.players.get(seat, "") == player:
        raise Puzzled(f"{name} is played by {player or 'a person'} already.")
    chair.facilitator.hand(seat, player, order.why)
    chair.say(f"{name} is now played by {f'the bot {player}' if player else 'a person'}.")
    chair.say(next_words(chair.session), "dim")


def _fits_hand(chair: Chair, typed: str) -> Iterator[Fit]:
    seat, gap, rest = typed.partition(" ")
    if not gap:
        yield from ((f"{id} to ", name) for id, name in fitting_seats(chair, seat))
    elif seat in seats(chair):
        named = rest.removeprefix("to ")
        told = {one.id: one.name for one in chair.session.scenario.doctrines if one.seat == seat}
        for player in ("person", *players_for(chair.session.scenario, seat)):
            if player.startswith(named) or "to ".startswith(rest):
                yield f"{seat} to {player}", told.get(player, "")


CONTROLS = (
    Control(
        word="decide",
        usage="SEAT MOVE[, MOVE] [because REASON][; SEAT …]",
        does="decide for a seat, as after a vote on paper, with its reason",
        more=(
            "MOVE is a number from `moves SEAT`, a name or enough of one; `pass` is to do nothing more. The reason, a "
            "sentence from the team, is kept with the decision for the debrief. SEAT may be left out while one person "
            "alone has to decide. A whole round in a line: `decide washington 4, 5 because allies first; tokyo 2; "
            "seoul pass`."
        ),
        run=_decide,
        group="Play",
        also=("d",),
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
        usage="SEAT to person|BOT",
        does="hand a seat to a person or a team, or to a bot",
        more="The bots of a seat are its doctrines, `random` and `search` (slower and stronger: `search:envoy`).",
        run=_hand,
        group="Play",
        fits=_fits_hand,
    ),
)
