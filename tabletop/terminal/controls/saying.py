"""Saying: private messages, words for everybody, and notes for the debrief."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.text import Text

from tabletop.scenario.numerals import count
from tabletop.session.facilitation import TAGS, Note, notes
from tabletop.session.names import listed
from tabletop.terminal.chair import Chair
from tabletop.terminal.controls.control import Control
from tabletop.terminal.controls.looking import seats
from tabletop.terminal.keyboard import Fit
from tabletop.terminal.orders import Order, Puzzled, first_word, pick
from tabletop.terminal.rows import folded, ruled, text
from tabletop.terminal.scene import Scene
from tabletop.terminal.status import short_when

_TAG = re.compile(r"(?:^|\s)#([\w-]+)")


def _tell(chair: Chair, order: Order) -> None:
    to, words = _recipients(chair, order.line)
    command = chair.facilitator.message(to, words)
    names = listed([seats(chair)[seat][0] for seat in to])
    chair.say(f"Only {names} will read it. `withdraw {command.number}` takes it back.")


def _recipients(chair: Chair, line: str) -> tuple[list[str], str]:
    """The seats that are named at the beginning, with commas between several, and the words for them."""
    line = re.sub(r"\s*,\s*", ",", line)
    named, words = first_word(line)
    named = named.removesuffix(":")
    if not named or not words:
        raise Puzzled("To whom, and what? As in `tell tokyo Your ambassador is waiting.` or `tell seoul,tokyo …`.")
    if named.lower() == "all":
        raise Puzzled("What all may read is announced: `announce …`.")
    return [pick(one, seats(chair), "seat") for one in named.split(",") if one], words


def _fits_tell(chair: Chair, typed: str) -> Iterator[Fit]:
    before, comma, last = typed.rpartition(",")
    for id, (name,) in seats(chair).items():
        if id.startswith(last.lower()) and " " not in typed:
            yield f"{before}{comma}{id} ", name


def _announce(chair: Chair, order: Order) -> None:
    command = chair.facilitator.note(*_tagged(order.line), shown=True)
    chair.say(f"Everybody will read it. `withdraw {command.number}` takes it back.")


def _note(chair: Chair, order: Order) -> None:
    words, tags = _tagged(order.line)
    if not words and chair.keys.interactive:
        words = chair.ask(" Note> ")
    command = chair.facilitator.note(words, tags)
    tagged = f", tagged {listed(list(tags))}" if tags else ""
    chair.say(
        f"Noted{tagged}, at {short_when(chair.session)}, for you alone. `withdraw {command.number}` takes it back."
    )


def _tagged(line: str) -> tuple[str, list[str]]:
    """The words without their tags, and the tags: `#turning-point` is "turning point"."""
    tags = [tag.replace("-", " ").replace("_", " ") for tag in _TAG.findall(line)]
    return " ".join(_TAG.sub(" ", line).split()), list(dict.fromkeys(tags))


def _fits_note(chair: Chair, typed: str) -> Iterator[Fit]:
    before, hash, tag = typed.rpartition("#")
    if hash and " " not in tag:
        used = {one for note in notes(chair.session) for one in note.tags}
        for one in dict.fromkeys([*TAGS, *sorted(used)]):
            word = one.replace(" ", "-")
            if word.startswith(tag.lower()):
                yield f"{before}#{word} ", "a tag for the debrief"


def _notes(chair: Chair, order: Order) -> None:
    wanted = order.words.lower().lstrip("#").replace("-", " ")
    found = [note for note in notes(chair.session) if not wanted or wanted in note.tags]
    if not found:
        about = f" tagged {wanted}" if wanted else ""
        raise Puzzled(
            f"There is nothing{about} yet. `note … #tag` writes something down, `tell SEAT …` sends a message."
        )
    scene = chair.scene
    rows = [ruled(scene.marks, scene.width, "Notes and messages", heavy=True)]
    for note in found:
        rows += _note_rows(chair, scene, note)
    chair.show([*rows, Text(), Text(" `withdraw NUMBER` takes one back.", style="dim")])


def _note_rows(chair: Chair, scene: Scene, note: Note) -> list[Text]:
    state = chair.session.position_at(chair.session.course.steps[note.step]).state
    label = scene.turns.get(state.turn)
    when = label.name if label else ""
    to = f"to {listed([scene.names.seat(seat) for seat in note.to])}" if note.to else "to all" if note.shown else ""
    about = f" {scene.marks.dot} ".join(part for part in (when, to, *(f"#{tag}" for tag in note.tags)) if part)
    return folded(text(note.text, (f"  {about}", "dim")), scene.width, text((f" {note.number:>4}  ", "bold cyan")))


def _withdraw(chair: Chair, order: Order) -> None:
    number = count(order.words)
    if number is None:
        raise Puzzled("Which note or message? `notes` lists them with their numbers.")
    found = [note for note in notes(chair.session) if note.number == number]
    if found and not chair.sure(f"Take back \u201c{found[0].text[:40]}\u201d for good?"):
        raise Puzzled("It stays.")
    chair.facilitator.withdraw(number, order.why)
    chair.say(
        "Taken back." + (" Whoever has read it has read it." if found and (found[0].to or found[0].shown) else "")
    )


CONTROLS = (
    Control(
        word="tell",
        usage="SEAT[,SEAT] WORDS",
        does="a private message to one seat or several",
        run=_tell,
        group="Room",
        also=("message",),
        fits=_fits_tell,
    ),
    Control(
        word="announce",
        usage="WORDS",
        does="words for everybody: they stand on the players' screen",
        run=_announce,
        group="Room",
        also=("show",),
        fits=_fits_note,
    ),
    Control(
        word="note",
        usage="WORDS [#tag]",
        does="write down what was said, for you and the debrief",
        more=f"Tags are free; often used: {', '.join('#' + tag.replace(' ', '-') for tag in TAGS)}.",
        run=_note,
        group="Room",
        also=("n",),
        fits=_fits_note,
    ),
    Control(
        word="notes",
        usage="[#tag]",
        does="what was written down, with numbers",
        run=_notes,
        group="Look",
    ),
    Control(
        word="withdraw",
        usage="NUMBER",
        does="take back a note, a message, or what was set aside",
        run=_withdraw,
        group="Room",
    ),
)
