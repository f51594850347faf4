"""In Korean nothing is said in English: every page of a player, of the facilitator's console and of who looks on."""

from __future__ import annotations

import io
import pathlib
import re
import sys

import pytest
from rich.console import Console

import tabletop
from tabletop.presentation.words import Words
from tabletop.session import Facilitator, Journal, Session
from tabletop.session.clock import WatchedClock
from tabletop.terminal.console import FacilitatorConsole
from tabletop.terminal.controls import controls
from tabletop.terminal.facilitate import facilitate, fitting
from tabletop.terminal.play import play
from tabletop.terminal.prompts import COMMANDS
from tabletop.terminal.public import public_pages
from tabletop.terminal.record_page import show_record
from tabletop.terminal.scene import public_scene, scene_of
from tabletop.terminal.screen import Screen
from tabletop.terminal.team import PARTS, team_pages
from tests.hangul_pack import in_hangul, latin_words

SHIPPED = pathlib.Path(tabletop.__file__).parent.parent / "scenarios" / "first-summit"
#: What is typed, and the names of parties, branches and players.
USAGE = [word for one in controls().values() for word in re.findall("[a-z]+", one.usage)]
TYPED = {*controls(), *USAGE, *COMMANDS, "main", "facilitator", "branch", "because", "quietly", "load", "preview"}

#: Orders that reach every control, with what it refuses and what it asks.
ORDERS = """\
help
help decide
{helps}
status
look
look room
look {seat}
look 아무개
moves
moves all
brief all
board
story
story 1
story 가
verdict
explain
explain {meter}
chances
chances 99
overrule 1
overrule 99 가
cards
cards 가나다
cards {card}
inject
inject 가나다
decide
decide {seat} 가나다
decide {seat} 1 "그래서" 더
decide {seat} 1 because 그래서
change {seat} 1
run
run 가
moves {seat}
decide {seat} pass
run 1
run turn
hand {seat} to bot
hand {seat}
hand {seat} to person
set
set {meter}
set {meter} 5 because 늦었다
set 가나 5
undo
redo
undo 99 because 그래서
redo 2
undo 가
redo 99
steps
steps 가
goto
goto 0
goto 0
goto 1
branch
branch 굳은 길
branches
rename
rename 아홉 to 열
compare
compare 굳은 길
switch main
switch 가나다
pause
pause
continue
continue
clock
clock 8m
clock 3m 가나
clock 3m then skip
clock +2m
clock -가
clock stop
clock start
clock again
clock 곧
clock off
extend 가
extend 2m
extend
repeat
skip
skip 가나
allow
allow undo reveal
allow undo never
allow undo turn
next
word
word {seat}
truth
tell
tell {seat} 안녕
tell all 안녕
announce 안녕
note 안녕 #surprise
notes
notes #없음
withdraw
withdraw 99
schedule
schedule load {schedule}
schedule
schedule show {inject}
schedule 가나다
take
take {inject}
take {inject}
aside
aside 없음
write
가나다
status 빨리
notes because 그래서
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


def english(session: Session, said: str) -> set[str]:
    """The Latin words that the program itself has said, each with the line before it."""
    known = {word.lower() for word in ids_of(session) | TYPED}
    return {word for word in latin_words(" ".join(said.split())) if word.lower() not in known}


def test_the_console_says_nothing_in_english(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = session.scenario
    helps = "\n".join(f"help {word}" for word in controls())
    lines = ORDERS.format(
        helps=helps,
        seat=scenario.player,
        meter=scenario.meters[0].id,
        card=scenario.cards[0].id,
        schedule="lesson",
        inject="letter_to_ulmar",
    )
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    out = io.StringIO()
    facilitate(session, Console(file=out, width=100, highlight=False), words=Words("ko"))
    said = "\n".join(line for line in out.getvalue().splitlines() if not line.startswith(" 진행자>"))
    assert len(said) > 10_000
    assert english(session, said) == set()


def test_what_a_word_may_go_on_with_is_told_in_korean(session: Session) -> None:
    console = FacilitatorConsole(session, Screen(Console(file=io.StringIO()), Words("ko")), controls())
    Facilitator(session).note("안녕", ["surprise"])
    told = [
        about for word in controls() for line in ("", f"{word} ", f"{word} x") for _, about in fitting(console, line)
    ]
    assert len(told) > 100
    assert english(session, " ".join(told)) == set()


def test_a_player_is_told_nothing_in_english(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [word for word in COMMANDS if word != "quit"]
    topics = [f"? {one}" for one in ("가나다", session.scenario.meters[0].id, session.scenario.seats[0].id, "1", "99")]
    lines = [*pages, *topics, "가나다", "99", "ask", "1", "undo", "redo", *["1", "log 1", "done"] * 60, "quit"]
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    out = io.StringIO()
    play(session, Console(file=out, width=100, highlight=False), words=Words("ko"))
    said = [line for line in out.getvalue().splitlines() if "> " not in line and line not in lines]
    assert english(session, "\n".join(said)) == set()


def test_who_looks_on_and_who_reads_the_record_is_told_nothing_in_english(session: Session) -> None:
    clock, words = WatchedClock(session), Words("ko")
    screen = Screen(Console(file=io.StringIO(), width=100), words)
    seat = session.humans[0]
    said: list[str] = []
    for _ in range(12):
        pages = public_pages(public_scene(session, screen), clock)
        for part in PARTS.values():
            pages += team_pages(scene_of(session, seat, screen), clock, part)
        said += [row.plain for page in pages for row in page]
        session.decide(session.to_act or seat, session.view(session.to_act or seat).actions[0])
        for _ in session.run_bots():
            pass
        if session.is_over:
            break
    out = io.StringIO()
    show_record(session, Console(file=out, width=100), everything=True, words=words)
    assert english(session, "\n".join([*said, out.getvalue()])) == set()
