"""The values of pages: every position of both packs can be laid out, and hidden facts change nothing of a page."""

from __future__ import annotations

import os
import random
import re

import pytest

import tabletop
from tabletop.host.ballots import Outcome, Vote
from tabletop.host.decisions import ballots_of
from tabletop.host.pages.appearance import OWN_ICONS
from tabletop.host.pages.ballot_box import ballot_box
from tabletop.host.pages.clock_face import ClockFace
from tabletop.host.pages.game import game_of
from tabletop.host.pages.seat_page import seat_page
from tabletop.host.pages.table_page import TablePage
from tabletop.host.rendering import STATIC, Renderer
from tabletop.host.roster import Person, Roster
from tabletop.host.settings import Settings
from tabletop.presentation.words import Words
from tabletop.session import Session
from tabletop.window.palette import METERS_ON_DARK, METERS_ON_LIGHT, SEATS_ON_DARK, SEATS_ON_LIGHT, hexadecimal

WORDS = Words()
#: Every so manieth position of a game is laid out; with TABLETOP_FACES every one.
STRIDE = 1 if os.environ.get("TABLETOP_FACES") else 5


def begun(scenario: str, seed: int) -> Session:
    noun = tabletop.load(scenario)
    return Session(noun, seed=seed, humans=[seat.id for seat in noun.seats])


@pytest.mark.parametrize("scenario", ["first-summit", "summit-2018"])
def test_every_page_of_a_game_can_be_laid_out_in_both_languages(scenario: str) -> None:
    session, chance = begun(scenario, 7), random.Random(7)
    seats = [seat.id for seat in session.scenario.seats]
    people = {seat: Person(id=seat, name="Ada", standing="seated", seat=seat) for seat in seats}
    roster = Roster(seats=tuple(people), people=people)
    renderer = Renderer("code")
    for decided in range(60 if scenario == "first-summit" else 90):
        if decided % STRIDE and not session.state.finished:
            decide(session, chance)
            continue
        ballots = ballots_of(session)
        for seat, person in people.items():
            game = game_of(session, seat, WORDS)
            assert game_of(session, seat, Words("ko")).seat == seat
            box = None
            if seat in ballots:
                vote = Vote(person=seat, moves=ballots[seat].moves[:1], why="So be it.")
                ballot = ballots[seat].with_vote(vote)
                box = ballot_box(
                    ballot,
                    game.moves,
                    roster,
                    Settings(),
                    Outcome(verdict="open"),
                    None,
                    dealt=game.hand.dealt if game.hand else (),
                )
                assert [one.told for one in box.choices if one.told is None] == []
            html = renderer.seat(seat_page(game, box, person, ClockFace()), "token").html
            assert 'id="happening"' in html
            assert "None" not in re.sub(r"<[^>]*>", "", html)
        table = TablePage(
            game=game_of(session, "", WORDS), clock=ClockFace(left=30, total=60), code="code", started=True
        )
        assert 'id="stage"' in renderer.whole("table_main.html", page=table)
        if session.state.finished:
            break
        decide(session, chance)
    assert session.state.finished or scenario != "first-summit"


def decide(session: Session, chance: random.Random) -> None:
    """Whoever is first to decide does, at random."""
    seat = session.state.acting[0]
    session.decide(seat, str(chance.choice(session.view(seat).actions)))


def test_the_pages_have_the_colours_of_the_window() -> None:
    css = (STATIC / "room.css").read_text(encoding="utf-8")
    light, dark = css.split("@media (prefers-color-scheme: dark)")[:2]
    for theme, seats, meters in ((light, SEATS_ON_LIGHT, METERS_ON_LIGHT), (dark, SEATS_ON_DARK, METERS_ON_DARK)):
        assert [
            f"--s{at}: {hexadecimal(one)};"
            for at, one in enumerate(seats)
            if f"--s{at}: {hexadecimal(one)};" not in theme
        ] == []
        assert [at for at, one in enumerate(meters) if f"--m{at}: {hexadecimal(one)};" not in theme] == []


def test_a_page_has_no_script_or_style_of_its_own() -> None:
    session = begun("first-summit", 7)
    person = Person(id="p", name="Ada", standing="seated", seat="corvane")
    page = seat_page(game_of(session, "corvane", WORDS), None, person, ClockFace())
    html = Renderer("code").seat(page, "token").html
    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:", html)


def test_every_icon_that_a_template_names_is_on_the_pages_of_every_pack() -> None:
    templates = (STATIC.parent / "templates").glob("*.html")
    named = {name for one in templates for name in re.findall(r'icon\("([\w-]+)"\)', one.read_text(encoding="utf-8"))}
    assert named - set(OWN_ICONS) == set()
