"""Set pieces: what sets them off, what they say by how things stood then, and that nothing grave goes without one."""

from __future__ import annotations

import tabletop
from tabletop.presentation.default_set_pieces import pieces_in
from tabletop.presentation.moves import hand_of
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.set_pieces import SetPiece, asked_about, latest_set_piece, set_pieces_since
from tabletop.presentation.values_then import ValuesThen
from tabletop.presentation.words import Words
from tabletop.session import Session
from tabletop.session.advice import choice_of

#: What Washington is asked about before it does it.
GRAVE = {"announce", "delay", "suspend", "cancel", "attend", "sign", "walk_out"}
SAID = Words("en")


def played(scenario: tabletop.Scenario, seed: int) -> Session:
    session = Session(scenario, seed=seed, humans=(scenario.player,))
    while not session.is_over:
        list(session.run_bots())
        if session.to_act is not None:
            session.decide(session.to_act, choice_of(session.position, session.to_act))
    return session


def told(session: Session, seat: str = "") -> tuple[SetPiece, ...]:
    return set_pieces_since(Perspective.of(session, seat or session.humans[0]), SAID, 0)


def test_every_day_named_meeting_answer_and_signature_of_a_game_fills_the_screen(summit: tabletop.Scenario) -> None:
    session = played(summit, 8)
    pieces = told(session)
    actions = [one.rule for one in session.view("washington").log if one.kind == "action" and one.noun == "action"]
    for id, layout in (("announce", "front_page"), ("attend", "arrival"), ("sign", "signature")):
        assert sum(id in one.after for one in pieces) == actions.count(id) == 1
        assert next(one for one in pieces if id in one.after).layout == layout
    replies = [one for one in actions if one in ("accept", "come_closer", "ask_price", "refuse")]
    assert sum(one.layout == "reply" for one in pieces) == len(replies)
    assert [one.place for one in pieces] == sorted(one.place for one in pieces)
    assert pieces[-1].layout == "verdict"
    assert len(pieces[-1].points) == 6


def test_a_piece_tells_how_things_stood_then_and_not_how_they_stand_now(summit: tabletop.Scenario) -> None:
    session = played(summit, 8)
    perspective = Perspective.of(session, "washington")
    signed = next(one for one in told(session) if one.layout == "signature")
    then = ValuesThen(perspective, signed.place)
    assert then["signed"] == 4
    assert ValuesThen(perspective, 0)["signed"] == 0
    assert dict(then).items() != dict(ValuesThen(perspective, len(perspective.view.log) - 1)).items()
    assert any("whole programme" in line for line in signed.lines)
    assert sum(one.amount for one in signed.changes if one.id == "leverage") == -18


def test_values_then_are_those_that_the_game_had_then(tutorial: tabletop.Scenario) -> None:
    session = Session(tutorial, seed=3, humans=(tutorial.player,))
    had: dict[int, dict[str, int]] = {}
    while not session.is_over:
        list(session.run_bots())
        view = session.view(tutorial.player)
        had[len(view.log) - 1] = {**view.meters, **view.tracks}
        if session.to_act is not None:
            session.decide(session.to_act, choice_of(session.position, session.to_act))
    perspective = Perspective.of(session, tutorial.player)
    for place, values in had.items():
        then = ValuesThen(perspective, place)
        assert {name: then[name] for name in values} == values


def test_what_is_asked_about_has_its_price_and_everything_final_is_asked(summit: tabletop.Scenario) -> None:
    session = played(summit, 8)
    again = Session(summit, seed=8, humans=("washington",))
    asked: set[str] = set()
    for seat, action in session.decisions:
        if again.to_act == "washington":
            perspective = Perspective.of(again, "washington")
            for move in hand_of(perspective, SAID).moves:
                piece = asked_about(perspective, SAID, move)
                grave = move.id in GRAVE
                assert (piece is not None) == (bool(move.asks)) == grave, move.id
                asked |= {move.id} if piece is not None else set()
                assert piece is None or (piece.question and (piece.price or move.id == "walk_out"))
        again.decide(seat, action)
    assert asked == GRAVE


def test_a_pack_without_set_pieces_has_some_from_its_calendar(tutorial: tabletop.Scenario) -> None:
    import attrs

    bare = attrs.evolve(tutorial, set_pieces=())
    layouts = {one.id: one.layout for one in pieces_in(bare)}
    assert layouts["announce"] == "front_page"
    assert layouts["attend"] == "arrival"
    assert layouts["verdict"] == "verdict"
    assert {one.id for one in told(played(bare, 8))} >= {"announce", "verdict"}


def test_the_latest_is_shown_until_somebody_does_something(tutorial: tabletop.Scenario) -> None:
    session = Session(tutorial, seed=8, humans=(tutorial.player,))
    shown: list[str] = []
    while not session.is_over:
        list(session.run_bots())
        piece = latest_set_piece(Perspective.of(session, tutorial.player), SAID)
        shown += [piece.id] if piece is not None else []
        if session.to_act is not None:
            session.decide(session.to_act, choice_of(session.position, session.to_act))
    assert shown.count("day_named") == 1
