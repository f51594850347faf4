"""The window and the terminal show the same of a position: that of the presentation layer, and nothing else.

A part of the presentation adds its comparison to `PARTS`; each is made at every position.
`TABLETOP_FACES=500` looks at so many positions of each pack.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from rich.text import Text

from tabletop.presentation.board import board_of
from tabletop.presentation.calendar import calendar_of
from tabletop.presentation.effect_words import Hint
from tabletop.presentation.event_card import event_card
from tabletop.presentation.explanations import Explanation, explained_value, explanation
from tabletop.presentation.moves import Hand, Move, hand_of
from tabletop.presentation.negotiation import negotiation_of
from tabletop.presentation.prompt import prompt_of
from tabletop.presentation.spans import plain_text
from tabletop.presentation.timeline import timeline
from tabletop.terminal import menu
from tabletop.terminal.board import full_board, scoreboard
from tabletop.terminal.cards import card_page
from tabletop.terminal.details import explanation_page, move_page
from tabletop.terminal.refusals import why_closed
from tabletop.terminal.timeline import log_page
from tabletop.window.board.hand import is_walkout
from tabletop.window.screens.table import Table
from tests.presentation.positions import PACKS, Position, of_control, positions, shown

POSITIONS = int(os.environ.get("TABLETOP_FACES", "1"))

pytestmark = pytest.mark.xdist_group("faces")


def compare_moves(position: Position) -> None:
    """Both faces have the same moves to make, with their costs, and the window those that are closed beside them."""
    hand = hand_of(position.perspective, position.words)
    on_cards = cards_of(position, hand)
    assert set(on_cards) == {one.key for one in (*hand.moves, *hand.closed)}
    for move in hand.moves:
        rows = shown(menu.at_length(position.scene, [move]))
        for face in (rows, on_cards[move.key]):
            assert shown([move.label]) in face
        assert f"{move.number} " in rows
        assert shown([move.text]) in rows
        if move.is_final:
            assert position.words("moves.final_mark") in rows
            assert is_out(position, move) or position.words("moves.final") in on_cards[move.key]
    if hand.passing is not None:
        assert hand.passing.label in shown(menu.at_length(position.scene, [hand.passing]))
        assert hand.passing.label in of_control(position.window, "done")
    said, foot = shown(menu.invitation(position.scene)), shown(position.window.texts)
    for label in (*(one.label for one in hand.chosen), *(one.name for one in hand.budget if hand.costs_anything)):
        assert shown([label]) in said
        assert shown([label]) in foot


def compare_forecasts(position: Position) -> None:
    """Both faces say the same of what each move is expected to do, for every kind of effect."""
    hand = hand_of(position.perspective, position.words)
    on_cards = cards_of(position, hand)
    for move in hand.moves:
        rows = shown(menu.at_length(position.scene, [move]))
        assert len(menu.hints(position.scene, move)) == len(move.hints) + move.is_final
        for hint in move.hints:
            assert_says(rows, hint, hint.name)
            if not is_out(position, move):
                assert_says(on_cards[move.key], hint, hint.name)
    for move in (*hand.moves, *hand.closed)[:4]:
        table = position.table
        table.explain_move(move)
        sheet = shown(position.window.frame().texts)
        table.app.close(table.app.top)
        page = shown(move_page(position.scene, move))
        for hint in move.effects:
            assert_says(page, hint, hint.full_name)
            assert_says(sheet, hint, hint.name)
            for words in (hint.reason, hint.condition, *hint.outcomes, *hint.claims):
                assert shown([words]).strip() in page, (hint, page)
                assert shown([words]).strip() in sheet, (hint, sheet)


def compare_refusals(position: Position) -> None:
    """A move that is not open is refused with the same words."""
    hand = hand_of(position.perspective, position.words)
    on_cards = cards_of(position, hand)
    for move in hand.closed:
        assert shown([move.refusal]) in shown([why_closed(position.scene, move.label)])
        assert shown([move.refusal]) in on_cards[move.key]
    for other in hand.elsewhere[:3]:
        assert shown([other.refusal]) in shown([why_closed(position.scene, other.key)])


def compare_prompt(position: Position) -> None:
    """Both faces ask the same of the seat."""
    prompt = prompt_of(position.perspective, position.words)
    assert prompt.asks
    foot, desk = shown(position.window.texts), shown(menu.invitation(position.scene))
    assert shown([prompt.text]) in foot
    assert shown([prompt.question or prompt.text]) in desk
    assert shown([prompt.question]) in foot


def compare_timeline(position: Position) -> None:
    """Both faces tell the same of what happened in a turn, change by change, and why."""
    perspective, words = position.perspective, position.words
    page = shown(log_page(position.scene, str(perspective.view.turn)))
    controls, told = set(position.window.names), 0
    for event in timeline(perspective, words, turn=perspective.view.turn):
        heads = (event.head,) if event.head is not None and event.kind in ("action", "card") else ()
        for one in (*heads, *event.entries):
            parts = [one.title] if one.change is None and one.kind != "word" else []
            parts += [one.why, one.text if one.kind in ("word", "roll") else ""]
            if one.change is not None:
                parts += [one.change.name if one.change.is_turn_of_events else one.change.short]
            assert all(shown([part]) in page for part in parts), (parts, page)
            if f"log.{one.place}" in controls:
                drawn = of_control(position.window, f"log.{one.place}")
                assert all(shown([part]) in drawn for part in parts), (parts, drawn)
                told += 1
    assert told or not perspective.view.log or perspective.view.log[-1].kind in ("turn", "stage")


def compare_explanations(position: Position) -> None:
    """Both faces give the same reasons for a meter, a track, a fact and a seat."""
    perspective, words = position.perspective, position.words
    ids = [*list(perspective.view.meters)[:2], *list(perspective.view.tracks)[:2], *list(perspective.view.facts)[:2]]
    for id in ids:
        found = explained_value(perspective, words, id)
        sheet = of_sheet(position, lambda table, id=id: table.explain_value(id))  # type: ignore[misc]
        assert_explained(position, found, sheet)
    seat = perspective.scenario.seats[-1].id
    found = explanation(perspective, words, "seat", seat)
    assert_explained(position, found, of_sheet(position, lambda table: table.explain_seat(seat)))


def compare_cards(position: Position) -> None:
    """Both faces show the same of the card of the turn: what it says, what came of it, and where it is from."""
    perspective, words = position.perspective, position.words
    noun = perspective.card or perspective.card_of_turn
    if noun is None:
        return
    card = event_card(perspective, words, noun)
    page = shown(edgeless(card_page(position.scene, noun)))
    sheet = of_sheet(position, lambda table: table.explain_card(noun.id))
    for face in (page, sheet):
        for part in (card.title, card.text, *(one.summary for one in card.claims), *(one.text for one in card.sources)):
            assert shown([part]) in face, (part, face)
        for one in card.came:
            if one.change is not None:
                assert shown([one.why]) in face
        for due in card.due:
            assert shown([due.text]) in face
    if perspective.card is not None and card.asked is not None:
        assert shown([card.asked.prompt]) in shown(position.window.texts)


def edgeless(rows: list[Text]) -> list[str]:
    """Rows without the edge of the card."""
    return [row.plain.replace("▌", " ") for row in rows]


def of_sheet(position: Position, explain: Callable[[Table], None]) -> str:
    """What is written on the sheet that the window lays over the table."""
    table = position.table
    explain(table)
    drawn = shown(position.window.frame().texts)
    table.app.close(table.app.top)
    position.window.frame()
    return drawn


def assert_explained(position: Position, found: Explanation, sheet: str) -> None:
    """Both faces say all of an explanation."""
    page = shown(explanation_page(position.scene, found))
    parts = [found.title, found.value, found.level, found.note]
    parts += [] if found.is_markdown else [found.text]
    for section in found.sections:
        parts += [section.title, *(plain_text(line) for line in section.lines)]
    for one in found.changes[:40]:
        parts += [one.why, one.cause, *([one.change.after_text] if one.change is not None else [])]
    for part in parts:
        assert shown([part]).strip() in page, (part, page)
        assert shown([part]).strip() in sheet, (part, sheet)


def compare_board(position: Position) -> None:
    """Both faces show the same meters, tracks, facts, date and answers."""
    board = board_of(position.perspective, position.words)
    table, page = shown(position.window.texts), shown(full_board(position.scene))
    glance = shown(scoreboard(position.scene, 40))
    for one in board.gauges:
        for face, name in ((table, one.short), (page, one.name), (glance, one.short)):
            assert shown([name]) in face
            assert one.level in face
        assert of_control(position.window, f"meter.{one.id}").startswith(shown([one.short]))
        assert shown([one.change_text]) in of_control(position.window, f"meter.{one.id}")
        assert not one.change or f"{one.change:+d}" in page
    for track in board.tracks:
        for words in (track.name, *(item.name for item in track.items)):
            assert shown([words]) in table
            assert shown([words]) in glance
    for fact in board.facts:
        assert shown([f"{fact.name}: {fact.value}" if fact.value else fact.name]) in page
    for fact in board.facts[:8]:
        assert shown([fact.name, fact.value]).strip() in of_control(position.window, f"fact.{fact.id}")
    for seat in board.seats:
        assert position.window.screen.scene.named(f"seat.{seat.id}") is None or shown([seat.name]) in table


def compare_dates(position: Position) -> None:
    """Both faces show the date that stands, what falls due, and the answers across the table."""
    calendar = calendar_of(position.perspective, position.words)
    page, tip = shown(full_board(position.scene)), position.window.drawn("calendar").control.tip
    assert tip == calendar.tip
    table = position.table
    table.explain_calendar()
    sheet = shown(position.window.frame().texts)
    table.app.close(table.app.top)
    assert calendar.label in page
    for words in (*([calendar.standing.text] if calendar.standing else []), *(one.text for one in calendar.due)):
        assert shown([words]) in page
        assert shown([words]) in sheet
    talks = negotiation_of(position.perspective, position.words)
    if talks is not None and position.perspective.card is None:
        seen = shown(position.window.frame().texts)
        for side in talks.sides if talks.scale is None else ():
            for item in (item for group in side.groups for item in group.items):
                assert shown([item.fact.name]) in seen
        if talks.scale is not None and talks.paper is not None and talks.spoken is not None:
            for told in (talks.scale.verdict_text, *(one.name for one in talks.scale.weights), talks.spoken.text):
                assert shown([told]) in seen
                assert shown([told]) in page
            for line in talks.paper.lines:
                assert shown([line.text]) in seen
                assert shown([line.text]) in page
        for answer in talks.answers:
            assert shown([answer.value.upper()]) in seen
            assert shown([answer.value]) in page


#: What is compared at every position.
PARTS: dict[str, Callable[[Position], None]] = {
    "board": compare_board,
    "dates": compare_dates,
    "moves": compare_moves,
    "forecasts": compare_forecasts,
    "refusals": compare_refusals,
    "prompt": compare_prompt,
    "timeline": compare_timeline,
    "explanations": compare_explanations,
    "cards": compare_cards,
}


@pytest.mark.parametrize("pack", PACKS)
def test_both_faces_show_the_same_of_a_position(pack: str) -> None:
    compared = 0
    for position in positions(pack, POSITIONS):
        for part, compare in PARTS.items():
            try:
                compare(position)
            except Exception as error:
                error.add_note(f"comparing the {part} of position {compared} of {pack}")
                raise
            compared += 1
    assert compared == POSITIONS * len(PARTS)


def is_out(position: Position, move: Move) -> bool:
    """Whether the window has a button of its own for a move, beside the pass."""
    return is_walkout(position.perspective, move)


def cards_of(position: Position, hand: Hand) -> dict[str, str]:
    """What the window has written on the card of each move, on whatever page of the hand it is."""
    player, table, found = position.window, position.table, dict[str, str]()
    ways = [move for move in hand.by_group if is_out(position, move)]
    for at, move in enumerate(ways):
        found[move.key] = shown([of_control(player, f"walk.{at}"), player.drawn(f"walk.{at}").control.why_not])
    # What the turn calls for lies in front, and once more in its group.
    left = [move for move in (*hand.in_front, *hand.by_group) if not is_out(position, move)]
    page = 0
    while left:
        table.open_dossier(page)
        table.refresh()
        player.frame()
        names = sorted((n for n in player.names if n.startswith("play.")), key=lambda name: int(name[5:]))
        assert names, f"no card on page {page} of the hand"
        for name in names:
            # Cards lie where they lay when the decision came up, in whatever order the moves are told now.
            words = of_control(player, name)
            move = next(one for one in left if shown([one.label]) in words)
            left.remove(move)
            found[move.key] = words
        page += 1
    chosen = {one.key for one in hand.chosen}
    return {key: words for key, words in found.items() if key not in chosen}


def assert_says(words: str, hint: Hint, name: str) -> None:
    """That words have all parts of a hint in them."""
    for part in (name, hint.amount if hint.verb == "change" else "", hint.tail):
        assert shown([part]).strip() in words, (hint, words)
