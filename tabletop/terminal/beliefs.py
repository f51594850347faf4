"""Beliefs: the page with what a seat has seen of hidden truths, stating what it holds, and what it held, afterwards."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from tabletop.presentation.belief_record import BeliefRecord, belief_records
from tabletop.presentation.belief_shares import first_shares, shares_text
from tabletop.presentation.error_words import error_words
from tabletop.presentation.evidence import Dossier, Piece, dossiers_of
from tabletop.presentation.perspective import Perspective
from tabletop.scenario.numerals import count
from tabletop.session.errors import NotKept
from tabletop.session.stated_beliefs import (
    BeliefRefused,
    asked_of,
    believe,
    latest_of,
    stated_beliefs,
    told_values,
)
from tabletop.terminal.rows import folded, ruled, text
from tabletop.terminal.scene import Scene

_PIPS = {"faint": 1, "fair": 2, "strong": 3}


def beliefs_page(scene: Scene, typed: str) -> list[Text]:
    """What there is to believe; with shares `typed` (as many numbers as values), these are stated first."""
    said, dossiers = scene.words, dossiers_of(scene, scene.words)
    if not dossiers:
        return folded(said("belief.nothing"), scene.width, " ")
    rows = _state(scene, dossiers[0], typed) if typed else []
    for dossier in dossiers:
        rows += _dossier_rows(scene, dossier)
    example = " ".join(str(share) for share in first_shares(scene, dossiers[0].hidden).values())
    return [*rows, Text(), *folded(said("belief.how", typed=f"believe {example}"), scene.width, " ")]


def _state(scene: Scene, dossier: Dossier, typed: str) -> list[Text]:
    """States the numbers that were typed, in the order of the values."""
    said, session = scene.words, scene.session
    numbers = [count(word.rstrip("%")) for word in typed.replace(",", " ").split()]
    values = [one.value for one in dossier.values]
    if len(numbers) != len(values) or None in numbers:
        named = ", ".join(one.name for one in dossier.values)
        return [*folded(said("belief.needs", count=len(values), values=named), scene.width, " "), Text()]
    if session.watching or scene.seat not in session.humans:
        return [*folded(said("table.watching"), scene.width, " "), Text()]
    shares = {value: number or 0 for value, number in zip(values, numbers, strict=True)}
    try:
        believe(session, scene.seat, dossier.hidden, shares)
    except (BeliefRefused, NotKept) as error:
        return [*folded(error_words(said, error), scene.width, " "), Text()]
    return [*folded(text((said("belief.kept"), "bold")), scene.width, " "), Text()]


def _dossier_rows(scene: Scene, dossier: Dossier) -> list[Text]:
    said, session = scene.words, scene.session
    rows = [ruled(scene.marks, scene.width, dossier.asks or dossier.name, heavy=True)]
    for one in dossier.values:
        rows += folded(one.text or one.name, scene.width, f" {scene.marks.dot} ")
    last = latest_of(stated_beliefs(session, scene.seat), dossier.hidden)
    held = shares_text(scene, said, dossier.hidden, last.shares) if last is not None else said("belief.none_yet")
    rows += [Text(), *folded(text((held, "bold")), scene.width, text((f" {said('belief.you')}: ", "bold cyan")))]
    prior = shares_text(scene, said, dossier.hidden, first_shares(scene, dossier.hidden))
    rows += folded(text((prior, "dim")), scene.width, text((f" {said('belief.begins')}: ", "dim")))
    if dossier.hidden in asked_of(session, scene.seat):
        rows += folded(text((said("belief.asked"), "bold yellow")), scene.width, " ")
    rows += folded(text((said("belief.private"), "dim")), scene.width, " ")
    rows += [Text(), text((f" {said('belief.evidence')}: {dossier.summary}", "bold"))]
    return rows + [row for piece in dossier.pieces for row in _piece_rows(scene, piece)]


def _piece_rows(scene: Scene, one: Piece) -> list[Text]:
    said, marks = scene.words, scene.marks
    pips = marks.step * _PIPS[one.strength] + marks.no_step * (3 - _PIPS[one.strength])
    often = ", ".join(said("belief.often_each", value=each.name, percent=each.percent) for each in one.likely)
    about = text((f"{one.fits_text}, {one.strength_text}", "bold"), (f"  {one.when} {marks.dot} {one.title}", "dim"))
    rows = folded(about, scene.width, text(" ", (pips, "cyan"), " "))
    rows += folded(one.text, scene.width, "     ")
    return rows + folded(text((said("belief.often", shares=often), "dim")), scene.width, "     ")


def asked_row(scene: Scene) -> list[Text]:
    """That the seat is asked what it believes, where it is."""
    if scene.session.watching or scene.seat not in scene.session.humans or not asked_of(scene.session, scene.seat):
        return []
    return folded(text((scene.words("belief.asked_type", typed="believe"), "bold yellow")), scene.width, " ")


# Afterwards


def records_page(scene: Scene) -> list[Text]:
    """What a person's seat believed, and what it should have; nothing where no such seat looks."""
    session = scene.session
    if scene.seat not in session.humans:
        return []
    seen = Perspective(session.game.program, scene.seat, session.view(scene.seat), humans=session.humans)
    stated = stated_beliefs(session, scene.seat)
    records = belief_records(seen, scene.words, told_values(session), stated)
    return [row for record in records for row in _record_rows(scene, record)]


def _record_rows(scene: Scene, one: BeliefRecord) -> list[Text]:
    said = scene.words
    rows = [ruled(scene.marks, scene.width, said("ending.belief"), heavy=True)]
    rows += folded(text((one.truth_text, "bold")), scene.width, f" {one.name}. ", hang=3)
    rows += folded(text((one.verdict_text, "bold")), scene.width, " ")
    rows += folded(one.scores_text, scene.width, " ") if one.scores_text else []
    own, observer = said("belief.you"), said("belief.observer")
    for moment in one.moments:
        rows += folded(_shares(one, moment.stated), scene.width, f" {moment.when}, {own}: ", hang=3)
        rows += folded(text((_shares(one, moment.observer), "dim")), scene.width, f"   {observer}: ", hang=3)
    rows += folded(_shares(one, one.last_observer), scene.width, f" {said('belief.observer_end')}: ", hang=3)
    rows += [Text(), text((f" {said('belief.moved_title')}", "bold"))]
    for moved in one.evidence:
        piece = moved.piece
        rows += folded(piece.text, scene.width, text((f" {piece.when} ", "cyan")), hang=3)
        rows += folded(text((moved.moved_text, "yellow")), scene.width, "   ")
    return rows


def _shares(one: BeliefRecord, shares: Sequence[float]) -> str:
    return ", ".join(f"{name} {round(share)}%" for name, share in zip(one.values, shares, strict=True))
