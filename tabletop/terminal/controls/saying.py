"""Saying: private messages, words for everybody, and notes for the debrief."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.text import Text

from tabletop.presentation.record import tag_name
from tabletop.scenario.numerals import count
from tabletop.session.notes import TAGS, Note, notes, turn_of
from tabletop.session.passwords import has_word
from tabletop.terminal.command_lines import CommandError, Order
from tabletop.terminal.console import FacilitatorConsole
from tabletop.terminal.controls.control import Control
from tabletop.terminal.controls.seats import named_first, seats, several_seats
from tabletop.terminal.keyboard import Fit
from tabletop.terminal.rows import folded, hinted, ruled, text
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
    said = console.words
    words = said("console.only_they", seats=said.listed(list(names.values())), number=number)
    blind = [seat for seat in to if not has_word(console.session.commands, seat) and console.session.is_kept]
    if blind:
        whose = said.listed([names[seat] for seat in blind])
        words = f"{words} {said('console.no_screen', count=len(blind), seats=whose, first=blind[0])}"
    return words


def _recipients(console: FacilitatorConsole, line: str) -> tuple[list[str], str]:
    """The seats that are named at the beginning, with commas between several, and the words for them."""
    named, words = named_first(line)
    if not named or not words:
        raise CommandError("console.to_whom")
    if named.lower() == "all":
        raise CommandError("console.all_may_read")
    return several_seats(console, named), words


def _fits_tell(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    before, comma, last = typed.rpartition(",")
    for id, (name,) in seats(console).items():
        if id.startswith(last.lower()) and " " not in typed:
            yield f"{before}{comma}{id} ", name


def _announce(console: FacilitatorConsole, order: Order) -> None:
    command = console.facilitator.note(order.line, shown=True)
    console.tell("console.everybody_reads", number=command.number)


def _note(console: FacilitatorConsole, order: Order) -> None:
    words, tags = _tagged(order.line)
    if not words and console.keys.interactive:
        words = console.ask(f" {console.words('console.note_prompt')} ")
    command = console.facilitator.note(words, tags)
    when = short_when(console.session, console.words)
    if tags:
        listed = console.words.listed([tag_name(console.words, tag).lower() for tag in tags])
        console.tell("console.noted_tagged", tags=listed, when=when, number=command.number)
    else:
        console.tell("console.noted", when=when, number=command.number)


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
                yield f"{before}#{word} ", console.words("console.a_tag")


def _notes(console: FacilitatorConsole, order: Order) -> None:
    wanted = order.words.lower().lstrip("#").replace("-", " ")
    found = [note for note in notes(console.session) if not wanted or wanted in note.tags]
    if not found:
        if wanted:
            raise CommandError("console.nothing_tagged", tag=wanted)
        raise CommandError("console.nothing_yet")
    scene = console.scene
    rows = [ruled(scene.marks, scene.width, console.words("console.notes"), heavy=True)]
    for note in found:
        rows += _note_rows(console, scene, note)
    console.show([*rows, Text(), *hinted(console.words("console.notes_hint"), scene.width)])


def _note_rows(console: FacilitatorConsole, scene: Scene, note: Note) -> list[Text]:
    label, said = scene.turns.get(turn_of(console.session, note)), scene.words
    when = label.name if label else ""
    to = said("console.to_all") if note.shown else ""
    if note.to:
        to = said("console.to_seats", seats=said.listed([scene.names.seat(seat) for seat in note.to]))
    about = f" {scene.marks.dot} ".join(
        part for part in (when, to, *(f"#{tag_name(said, tag).lower()}" for tag in note.tags)) if part
    )
    return folded(text(note.text, (f"  {about}", "dim")), scene.width, text((f" {note.number:>4}  ", "bold cyan")))


def _withdraw(console: FacilitatorConsole, order: Order) -> None:
    number = count(order.words)
    if number is None:
        raise CommandError("console.which_note")
    found = [note for note in notes(console.session) if note.number == number]
    if found and not console.sure(console.words("console.withdraw_sure", text=found[0].text[:40])):
        raise CommandError("console.it_stays")
    console.facilitator.withdraw(number, order.why)
    may_be_read = bool(found) and bool(found[0].to or found[0].shown)
    console.tell("console.taken_back_read" if may_be_read else "console.taken_back")


CONTROLS = (
    Control(
        word="tell",
        takes_text=True,
        usage="SEAT[,SEAT] WORDS",
        run=_tell,
        group="room",
        also=("message",),
        fits=_fits_tell,
    ),
    Control(
        word="announce",
        takes_text=True,
        usage="WORDS",
        run=_announce,
        group="room",
        also=("show",),
    ),
    Control(
        word="note",
        takes_text=True,
        usage="WORDS [#tag]",
        has_more=True,
        run=_note,
        group="room",
        also=("n",),
        fits=_fits_note,
    ),
    Control(
        word="notes",
        usage="[#tag]",
        run=_notes,
        group="look",
    ),
    Control(
        word="withdraw",
        usage="NUMBER [because REASON]",
        run=_withdraw,
        group="room",
    ),
)
