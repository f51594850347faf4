"""Saying: private messages, words for everybody, and notes for the debrief."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.text import Text

from tabletop.presentation.names import listed
from tabletop.scenario.numerals import count
from tabletop.session.notes import TAGS, Note, notes
from tabletop.session.passwords import has_word
from tabletop.terminal.command_lines import CommandError, Order
from tabletop.terminal.console import FacilitatorConsole
from tabletop.terminal.controls.control import Control
from tabletop.terminal.controls.seats import named_first, seats, several_seats
from tabletop.terminal.keyboard import Fit
from tabletop.terminal.rows import folded, ruled, text
from tabletop.terminal.scene import Scene
from tabletop.terminal.status import short_when

#: A number behind the sign is a number: "we meet in room #4".
_TAG = re.compile(r"(?:^|\s)#([^\W\d][\w-]*)")
_TAGS_AT_END = re.compile(r"(?:(?:^|\s+)#[^\W\d][\w-]*)+\s*$")


def _tell(console: FacilitatorConsole, order: Order) -> None:
    to, words = _recipients(console, order.line)
    command = console.facilitator.message(to, words)
    console.say(only_they_read(console, to, command.number))


def only_they_read(console: FacilitatorConsole, to: Sequence[str], number: int) -> str:
    """Who will read a message, and who has nothing yet to read it on."""
    names = {seat: seats(console)[seat][0] for seat in to}
    words = f"Only {listed(list(names.values()))} may read it. `withdraw {number}` takes it back."
    blind = [seat for seat in to if not has_word(console.session.commands, seat) and console.session.is_kept]
    if blind:
        whose = listed([names[seat] for seat in blind])
        have = "has" if len(blind) == 1 else "have"
        words += f" {whose} {have} no screen to read it on: `word {blind[0]}` gives one."
    return words


def _recipients(console: FacilitatorConsole, line: str) -> tuple[list[str], str]:
    """The seats that are named at the beginning, with commas between several, and the words for them."""
    named, words = named_first(line)
    if not named or not words:
        raise CommandError("To whom, and what? As in `tell SEAT Your ambassador is waiting.` or `tell SEAT,SEAT …`.")
    if named.lower() == "all":
        raise CommandError("What all may read: `announce …`.")
    return several_seats(console, named), words


def _fits_tell(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    before, comma, last = typed.rpartition(",")
    for id, (name,) in seats(console).items():
        if id.startswith(last.lower()) and " " not in typed:
            yield f"{before}{comma}{id} ", name


def _announce(console: FacilitatorConsole, order: Order) -> None:
    command = console.facilitator.note(order.line, shown=True)
    console.say(
        f"Everybody will read it until the turn is over. `withdraw {command.number}` takes it off the screens at once."
    )


def _note(console: FacilitatorConsole, order: Order) -> None:
    words, tags = _tagged(order.line)
    if not words and console.keys.interactive:
        words = console.ask(" Note> ")
    command = console.facilitator.note(words, tags)
    tagged = f", tagged {listed(list(tags))}" if tags else ""
    console.say(
        f"Noted{tagged}, at {short_when(console.session)}, for you alone. `withdraw {command.number}` takes it back."
    )


def _tagged(line: str) -> tuple[str, list[str]]:
    """The words and the tags in them: `#turning-point` is "turning point". Those at the end are no words of the note;
    all else is kept as it was typed."""
    tags = [tag.replace("-", " ").replace("_", " ") for tag in _TAG.findall(line)]
    return _TAGS_AT_END.sub("", line), list(dict.fromkeys(tags))


def _fits_note(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    before, hash, tag = typed.rpartition("#")
    if hash and " " not in tag:
        used = {one for note in notes(console.session) for one in note.tags}
        for one in dict.fromkeys([*TAGS, *sorted(used)]):
            word = one.replace(" ", "-")
            if word.startswith(tag.lower()):
                yield f"{before}#{word} ", "a tag for the debrief"


def _notes(console: FacilitatorConsole, order: Order) -> None:
    wanted = order.words.lower().lstrip("#").replace("-", " ")
    found = [note for note in notes(console.session) if not wanted or wanted in note.tags]
    if not found:
        about = f" tagged {wanted}" if wanted else ""
        raise CommandError(
            f"There is nothing{about} yet. `note … #tag` writes something down, `tell SEAT …` sends a message."
        )
    scene = console.scene
    rows = [ruled(scene.marks, scene.width, "Notes and messages", heavy=True)]
    for note in found:
        rows += _note_rows(console, scene, note)
    console.show([*rows, Text(), Text(" `withdraw NUMBER` takes one back.", style="dim")])


def _note_rows(console: FacilitatorConsole, scene: Scene, note: Note) -> list[Text]:
    state = console.session.position_at(console.session.course.steps[note.step]).state
    label = scene.turns.get(state.turn)
    when = label.name if label else ""
    to = f"to {listed([scene.names.seat(seat) for seat in note.to])}" if note.to else "to all" if note.shown else ""
    about = f" {scene.marks.dot} ".join(part for part in (when, to, *(f"#{tag}" for tag in note.tags)) if part)
    return folded(text(note.text, (f"  {about}", "dim")), scene.width, text((f" {note.number:>4}  ", "bold cyan")))


def _withdraw(console: FacilitatorConsole, order: Order) -> None:
    number = count(order.words)
    if number is None:
        raise CommandError("Which note or message? `notes` lists them with their numbers.")
    found = [note for note in notes(console.session) if note.number == number]
    if found and not console.sure(f"Take back \u201c{found[0].text[:40]}\u201d for good?"):
        raise CommandError("It stays.")
    console.facilitator.withdraw(number, order.why)
    console.say(
        "Taken back." + (" Whoever has read it has read it." if found and (found[0].to or found[0].shown) else "")
    )


CONTROLS = (
    Control(
        word="tell",
        takes_text=True,
        usage="SEAT[,SEAT] WORDS",
        does="a private message to one seat or several",
        run=_tell,
        group="Room",
        also=("message",),
        fits=_fits_tell,
    ),
    Control(
        word="announce",
        takes_text=True,
        usage="WORDS",
        does="words for everybody: they stand on the players' screen",
        run=_announce,
        group="Room",
        also=("show",),
    ),
    Control(
        word="note",
        takes_text=True,
        usage="WORDS [#tag]",
        does="write down what was said, for you and the debrief",
        more="Tags stand at the end. "
        f"They are free; often used: {', '.join('#' + tag.replace(' ', '-') for tag in TAGS)}.",
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
        usage="NUMBER [because REASON]",
        does="take back a note, a message, or what was set aside",
        run=_withdraw,
        group="Room",
    ),
)
