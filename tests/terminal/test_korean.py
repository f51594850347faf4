"""In Korean nothing is said in English: every page of a player, of the facilitator's console and of who looks on."""

from __future__ import annotations

import pathlib
import re

import pytest

import tabletop
from tabletop.session import Journal, Session
from tabletop.terminal.controls import controls
from tabletop.terminal.prompts import COMMANDS
from tests.hangul_pack import in_hangul, latin_words

SHIPPED = pathlib.Path(tabletop.__file__).parent.parent / "scenarios" / "first-summit"
#: What is typed, and the names of parties, branches and players.
TYPED = {*controls(), *COMMANDS, "main", "facilitator", "branch", "hard", "line", "doctrine"}

#: Orders that reach every control, with what it refuses and what it asks.
ORDERS = """\
help
help decide
{helps}
status
look
look room
look {seat}
look nobody
moves
moves all
brief all
board
story
story 1
story x
verdict
explain
explain {meter}
chances
chances 99
overrule 1
overrule 99 x
cards
cards xyzzy
cards {card}
inject
inject xyzzy
decide
decide {seat} xyzzy
decide {seat} 1 "because so" and more
decide {seat} 1 because of that
change {seat} 1
run
run x
moves {seat}
decide {seat} pass
run 1
run turn
hand {seat} to bot
hand {seat}
hand {seat} to person
set
set {meter}
set {meter} 5 because it is late
set nothing 5
undo
redo
undo 99 because of that
redo 2
undo x
redo 99
steps
steps x
goto
goto 0
goto 0
goto 1
branch
branch hard line
branches
rename
rename branch 9 to x
compare
compare hard line
switch main
switch xyzzy
pause
pause
continue
continue
clock
clock 8m
clock 3m nowhere
clock 3m then skip
clock +2m
clock -x
clock stop
clock start
clock again
clock soon
clock off
extend x
extend 2m
extend
repeat
skip
skip nowhere
allow
allow undo reveal
allow undo never
allow undo turn
next
word
word {seat}
truth
tell
tell {seat} hello
tell all hello
announce hello
note hello #surprise
notes
notes #nothing
withdraw
withdraw 99
schedule
schedule load {schedule}
schedule
schedule show {inject}
schedule xyzzy
take
take {inject}
take {inject}
aside
aside nothing
write
xyzzy
status quickly
notes because of that
quit
"""


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    return in_hangul(SHIPPED, tmp_path_factory.mktemp("packs"))


@pytest.fixture
def session(pack: pathlib.Path, tmp_path: pathlib.Path) -> Session:
    scenario = tabletop.load(str(pack))
    people = (scenario.player, next(one.id for one in scenario.seats if one.id != scenario.player))
    return Session(scenario, seed=7, pack=str(pack), humans=people, journal=Journal(tmp_path / "saves"))


def ids_of(session: Session) -> set[str]:
    """All that a pack names by an id, in the parts that a page may show."""
    text = "\n".join(file.read_text(encoding="utf-8") for file in pathlib.Path(session.heading.pack).rglob("*.yaml"))
    return set(re.findall(r"[A-Za-z]{2,}", text))


def english(session: Session, said: str) -> list[str]:
    known = ids_of(session) | TYPED
    return [f"{word}: {line.strip()}" for line in said.splitlines() for word in latin_words(line, known)]
