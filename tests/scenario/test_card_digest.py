"""The digest of cards written in play: it outlives new fields of the nouns."""

from __future__ import annotations

import pathlib

import attrs
import pytest

from tabletop.scenario.card_digest import digest_with_cards, written
from tabletop.scenario.cards import Card
from tabletop.scenario.effects import Effect
from tabletop.scenario.expressions import Expression
from tabletop.scenario.windows import Window
from tabletop.session import Journal, open_session
from tabletop.session.importing import import_session
from tabletop.session.opening import verify

#: A game written before nouns had any of the fields that came after; two cards of it were written in play.
GAME = pathlib.Path(__file__).with_name("written_cards.tabletop.txt")


@attrs.frozen(kw_only=True)
class Noun:
    """A noun with what it had from the start and what came later."""

    id: str
    why: str = ""
    effects: tuple[Effect, ...] = ()
    colours: tuple[str, ...] = attrs.field(factory=tuple)
    look: str = attrs.field(default="", repr=False)


def test_a_game_with_written_cards_leads_where_it_led(tmp_path: pathlib.Path) -> None:
    journal = Journal(tmp_path)
    found = import_session(journal, GAME)
    assert (found.commands, found.left_out) == (15, "")
    assert all(check.agrees for check in verify(journal, found.id))
    again, notes = open_session(journal, found.id)
    assert notes == ["The scenario ferry is not on this machine. The game has brought it along."]
    assert again.state.fingerprint == "dcb1a400bb958620"
    again.close()


def test_a_field_with_its_default_is_not_written() -> None:
    assert written(Noun(id="a")) == "Noun(id='a')"
    assert written(Noun(id="a", look="red")) == "Noun(id='a')"


def test_a_field_with_another_value_is_written_by_name_in_any_order_of_the_class() -> None:
    assert written(Noun(id="a", why="so", colours=("red",))) == "Noun(colours=('red',), id='a', why='so')"


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Rain"},
        {"weight": Expression("11")},
        {"known_to": ("mayor",)},
        {"effects": (Effect(change="calm", by=Expression("1"), why="So."),)},
        {"effects": (Effect(change="calm", by=Expression("1"), why="So.", after=1),)},
        {"effects": (Effect(tell=("mayor",), text="So."),) * 2},
    ],
)
def test_cards_that_differ_have_digests_that_differ(change: dict[str, object]) -> None:
    card = Card(id="flood", title="Flood", text="Water.")
    assert digest_with_cards("", (attrs.evolve(card, **change),)) != digest_with_cards("", (card,))


def test_what_no_rule_depends_on_leaves_the_digest_alone() -> None:
    card = Card(id="flood", title="Flood", text="Water.")
    dated = attrs.evolve(card, window=Window(first="2018-03-08", last="2018-03-09"))
    assert digest_with_cards("", (dated,)) == digest_with_cards("", (card,))
