"""What happened and why: events, changes, explanations, cards and terms are values that hold no more than the view."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from typing import Any

import pytest

import tabletop
from tabletop.engine.state import State
from tabletop.engine.views import public_view, view_of, whole_view
from tabletop.presentation.entry_explanation import entry_explanation
from tabletop.presentation.event_card import EventCard, event_card
from tabletop.presentation.explanations import Explanation, explanation, topics_of
from tabletop.presentation.glossary import GROUPS, Term, glossary
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.plain import from_plain, to_plain
from tabletop.presentation.spans import plain_text
from tabletop.presentation.timeline import TimelineEvent, timeline
from tabletop.presentation.words import Words
from tabletop.session import Facilitator, Session
from tests.engine.siblings import siblings, viewers
from tests.presentation.played_games import PACKS, finished, going_on

POSITIONS = int(os.environ.get("TABLETOP_FACES", "1"))
#: Decisions after which a position is compared with others in full, and games that are looked through.
LONGEST, GAMES = (120, 40) if "TABLETOP_FACES" in os.environ else (40, 8)
ENGLISH, KOREAN = Words("en"), Words("ko")


def seen(state: State, seat: str) -> Perspective:
    view = view_of(state, seat) if seat else public_view(state)
    return Perspective(state.program, seat, view)


def everything(perspective: Perspective, words: Words) -> Iterator[tuple[str, Any, Any]]:
    """All values of this part of the presentation, with their kinds, each by a name."""
    yield "timeline", tuple[TimelineEvent, ...], timeline(perspective, words)
    for topic in topics_of(perspective):
        yield f"{topic.kind} {topic.id}", Explanation, explanation(perspective, words, topic.kind, topic.id)
    for place, entry in enumerate(perspective.view.log):
        yield f"entry {place}", Explanation, entry_explanation(perspective, words, place)
        if entry.kind == "card":
            card = event_card(perspective, words, perspective.names.cards[entry.card])
            yield f"card {entry.card}", EventCard, card


@pytest.mark.parametrize("pack", PACKS)
def test_what_happened_goes_through_json_and_back(pack: str) -> None:
    for session in (*going_on(pack, 31, POSITIONS), finished(pack, 31)):
        for words in (ENGLISH, KOREAN):
            for name, kind, value in everything(seen(session.state, session.scenario.player), words):
                assert from_plain(kind, json.loads(json.dumps(to_plain(value)))) == value, name


@pytest.mark.parametrize("pack", PACKS)
def test_worlds_that_a_seat_cannot_tell_apart_have_the_same_past_and_the_same_reasons(pack: str) -> None:
    rng = random.Random(32)
    for session in going_on(pack, 32, max(1, POSITIONS // 5), LONGEST):
        for seat in viewers(session.state.program):
            value = list(everything(seen(session.state, seat), ENGLISH))
            for kind, other in siblings(session.state, seat, rng):
                if kind in ("everything", "history"):
                    assert list(everything(seen(other, seat), ENGLISH)) == value, (seat, kind)


@pytest.mark.parametrize("pack", PACKS)
def test_every_entry_of_the_log_is_told_once_and_in_order(pack: str) -> None:
    for session in (*going_on(pack, 33, POSITIONS), finished(pack, 33)):
        perspective = seen(session.state, session.scenario.player)
        told = [
            one.place
            for event in timeline(perspective, ENGLISH)
            for one in (*((event.head,) if event.head is not None else ()), *event.entries)
        ]
        idle = {at for at, e in enumerate(perspective.view.log) if e.kind == "change" and e.before == e.after}
        assert told == [place for place in range(len(perspective.view.log)) if place not in idle]
        by_turn = [timeline(perspective, ENGLISH, turn=turn) for turn in range(1, perspective.view.turn + 1)]
        assert sum(len(events) for events in by_turn) >= len({event.turn for event in timeline(perspective, ENGLISH)})


@pytest.mark.parametrize("pack", PACKS)
def test_every_change_says_from_what_to_what_and_why(pack: str) -> None:
    perspective = seen(finished(pack, 34).state, tabletop.load(pack).player)
    changes = [one for event in timeline(perspective, ENGLISH) for one in event.entries if one.change is not None]
    assert changes
    for one in changes:
        entry = perspective.view.log[one.place]
        assert one.change is not None
        assert (one.change.before, one.change.after) == (entry.before, entry.after)
        assert one.why
        line = plain_text(one.change.full_line)
        assert one.change.before_text in line
        assert one.change.after_text in line


def test_a_headless_event_is_called_by_the_rule_that_brought_it_about() -> None:
    perspective = seen(finished("summit-2018", 35).state, "washington")
    titles = {rule.title for rule in perspective.scenario.rules}
    by_rules = [one for one in timeline(perspective, ENGLISH) if one.head is None and one.entries[0].noun == "rule"]
    assert by_rules
    assert {one.title for one in by_rules} <= titles
    assert all(one.entries[0].cause == one.title for one in by_rules)


def test_what_follows_from_a_move_does_not_name_it_again() -> None:
    perspective = seen(finished("summit-2018", 36).state, "washington")
    moves = [one for one in timeline(perspective, ENGLISH) if one.kind == "action"]
    for event in moves:
        at_once = [one for one in event.entries if one.noun in ("action", "option")]
        assert all(not one.cause for one in at_once if perspective.view.log[one.place].title == event.title)


def test_a_ruling_is_told_in_the_language_of_whoever_reads() -> None:
    session = Session(tabletop.load("summit-2018"), seed=3)
    facilitator = Facilitator(session)
    card = next(one for one in session.scenario.cards if not one.known_to and not one.choices)
    facilitator.inject(card.id, "to see what they do")
    facilitator.set("alliance_cohesion", 44, "they were not convinced")
    perspective = seen(session.state, "washington")
    told = {words.language: timeline(perspective, words) for words in (ENGLISH, KOREAN)}
    (inject,) = [one.head for one in told["en"] if one.kind == "ruling" and one.head is not None]
    assert inject.title == f"The facilitator brings in a card: {card.title}"
    assert inject.why == "To see what they do."
    (korean,) = [one.head for one in told["ko"] if one.kind == "ruling" and one.head is not None]
    assert korean.title.startswith("진행자가")
    (event,) = [one for one in told["en"] if one.entries and one.entries[0].noun == "ruling"]
    assert event.title == "The facilitator"
    assert [plain_text(one.change.full_line) for one in event.entries if one.change is not None] == [
        "▼ −14 ✗ Alliance (58 → 44)"
    ]


def test_a_facilitator_is_told_who_knows_of_what_not_everybody_knows() -> None:
    for session in going_on("summit-2018", 37, GAMES):
        state = session.state
        perspective = Perspective(state.program, "", whole_view(state))
        for event in timeline(perspective, ENGLISH, names_audience=True):
            for one in event.entries:
                known = perspective.view.log[one.place].known_to
                assert bool(one.known_to) == (known is not None)


def test_a_cause_that_a_seat_may_not_know_is_said_to_be_unknown() -> None:
    hidden = []
    for session in going_on("summit-2018", 38, GAMES):
        for seat in session.state.program.seat_ids:
            perspective = seen(session.state, seat)
            events = timeline(perspective, ENGLISH)
            bare = {place for place, entry in enumerate(perspective.view.log) if entry.hides_cause}
            hidden += [one for event in events for one in event.entries if one.place in bare]
    assert all(one.why == "The cause is not known to you." and not one.cause for one in hidden)


@pytest.mark.parametrize("pack", PACKS)
def test_every_meter_track_seat_claim_and_assumption_can_be_asked_about(pack: str) -> None:
    (session,) = going_on(pack, 39, 1)
    perspective = seen(session.state, session.scenario.player)
    asked = {(one.kind, one.id) for one in topics_of(perspective)}
    scenario = session.scenario
    for kind, nouns in (
        ("meter", scenario.meters),
        ("seat", scenario.seats),
        ("claim", scenario.claims),
        ("assumption", scenario.assumptions),
    ):
        assert {(kind, noun.id) for noun in nouns} <= asked


def test_a_rule_that_hangs_on_what_a_seat_may_not_know_is_not_explained_to_it() -> None:
    (session,) = going_on("summit-2018", 40, 1)
    symbols = session.game.program.scope.symbols
    perspective = seen(session.state, "washington")
    told = {one.id for one in topics_of(perspective) if one.kind == "rule"}
    for rule in session.scenario.rules:
        reads = session.game.program.scope.read(rule.when.source).names if rule.when is not None else ()
        if any(symbols[name].known_to is not None and "washington" not in symbols[name].known_to for name in reads):
            assert rule.id not in told


def test_a_card_shows_what_came_of_it_and_what_it_asks() -> None:
    asked = 0
    for session in going_on("summit-2018", 41, 30):
        state = session.state
        if state.card is None:
            continue
        for seat in state.acting:
            perspective = seen(state, seat)
            card = event_card(perspective, ENGLISH, perspective.names.cards[state.card])
            assert all(one.place >= 0 for one in card.came)
            if perspective.question is not None:
                asked += 1
                assert card.asked is not None
                assert card.asked.prompt == perspective.question.prompt
                open_now = {one.id for one in card.asked.options if one.is_open}
                assert open_now == {one.id for one in perspective.view.actions if one.kind == "option"}
    assert asked


@pytest.mark.parametrize("pack", PACKS)
def test_the_glossary_is_plain_values_in_groups(pack: str) -> None:
    scenario = tabletop.load(pack)
    for words in (ENGLISH, KOREAN):
        terms = glossary(scenario, words)
        assert from_plain(tuple[Term, ...], json.loads(json.dumps(to_plain(terms)))) == terms
        order = [GROUPS.index(one.group) for one in terms]
        assert order == sorted(order)
