"""Dossiers: the hand laid out: its pages by group, and the cards of the one that is open."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from tabletop.presentation.changes import net_changes
from tabletop.presentation.perspective import Perspective
from tabletop.window.board import hand
from tabletop.window.board.wording import joined
from tabletop.window.fields import Tabs
from tabletop.window.frames import Panel, Sized
from tabletop.window.layout import Column, Element, Flow, Row
from tabletop.window.parts import KeyCap, Space, Text
from tabletop.window.span_runs import runs_of
from tabletop.window.theme import BODY, GAP, HAIR, SMALL_GAP, STRONG, TIGHT, WIDE

if TYPE_CHECKING:
    from tabletop.window.board.at_table import AtTable

# How high cards stand, under dossiers and without, and the options of an event card.
_HIGH, _ALONE, _OPTIONS = 280.0, 324.0, 236.0
# How wide they get at the most.
_WIDEST, _WIDEST_OPTION = 440.0, 500.0
_DIGITS = 10


def dossiers(table: AtTable, perspective: Perspective, wide: float, fills: bool = False) -> Element:
    """What the seat may do; where it may do nothing, what has changed. `fills` takes all the height there is."""
    grown = table.grown
    held = table.hand
    own = [one for one in held.by_group if not hand.is_walkout(perspective, one)] if table.is_mine else []
    cards = table.in_place(own)
    if not cards:
        return _between(table, perspective, fills)
    is_answer = perspective.view.card is not None
    most = hand.fitting_cards(wide, grown)
    front = [one for one in held.in_front if not hand.is_walkout(perspective, one)]
    found = [*hand.dealt_pages(front, most), *hand.pages(cards, most)]
    if table.dossier is None:
        usable = (at for at, page in enumerate(found) if any(one.is_open for one in page.cards))
        table.dossier = next(usable, 0)
    table.dossier %= len(found)
    page = found[table.dossier]
    across = min(len(page.cards), most)
    each = min((wide - GAP * (across - 1)) / across, _WIDEST_OPTION * grown if is_answer else _WIDEST * grown)
    # What can be told apart by the digits keeps its number all through the game; else cards are numbered by place.
    is_fixed = not front and all(1 <= one.number <= _DIGITS for one in cards)
    shown = [
        hand.card(
            table.words,
            one,
            one.number if is_fixed else at,
            grown,
            functools.partial(table.play, one),
            functools.partial(table.explain_move, one),
            coins_tell=len(held.budget) == 1,
            wide=is_answer,
        )
        for at, one in enumerate(page.cards, 1)
    ]
    key = f"{perspective.view.turn}.{perspective.view.phase}.{perspective.view.card}.{table.dossier}"
    row = hand.row_of_cards(shown, each, key)
    tabs = _riders(table, found, perspective) if len(found) > 1 else None
    high = (_OPTIONS if is_answer else _HIGH if tabs is not None else _ALONE) * grown
    return Column(tabs, row if fills else Sized(row, height=high), gap=TIGHT)


def _riders(table: AtTable, found: list[hand.Page], perspective: Perspective) -> Element:
    pages = []
    for at, page in enumerate(found):
        open_now = sum(one.is_open for one in page.cards)
        named = [_titled(table, found, at, group) for group in page.groups]
        title = table.words("table.dealt") if page.is_dealt else joined(named, " + ")
        pages.append((str(at), f"{title} ({open_now})" if open_now else title, "" if open_now else "lock"))
    tabs = Tabs("dossier", pages, str(table.dossier), lambda page: table.open_dossier(int(page)))
    keys = Row(KeyCap("PgUp"), KeyCap("PgDn"), gap=HAIR) if table.is_broad else None
    return Row(Flow(*tabs.children, gap=HAIR, line_gap=0), Space(grow=1), keys, gap=GAP, align="middle")


def _titled(table: AtTable, found: list[hand.Page], at: int, group: str) -> str:
    """The name of a group; with a number where it goes on from page to page."""
    pages = [number for number, page in enumerate(found) if group in page.groups]
    name = group or table.words("table.ungrouped")
    return name if len(pages) == 1 else f"{name} {pages.index(at) + 1}/{len(pages)}"


def _between(table: AtTable, perspective: Perspective, fills: bool) -> Element:
    """What stands at the bottom while others act: what has changed since the last decision."""
    changes = net_changes(perspective, table.words, table.since[table.seat])
    lines = [Text(runs_of(one.line), STRONG) for one in changes]
    words = Text(table.words("table.since" if lines else "table.wait"), BODY, "soft")
    panel = Panel(Column(words, Flow(*lines, gap=WIDE), gap=SMALL_GAP), "panel", pad=WIDE)
    return panel if fills else Sized(panel, height=_ALONE * table.grown)
