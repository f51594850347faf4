"""What the parts of the board ask of the table that they are parts of (see the screen `Table`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tabletop.presentation.moves import Hand, Move
    from tabletop.presentation.words import Words
    from tabletop.session import Session
    from tabletop.window.board.turn_flow import TurnFlow
    from tabletop.window.look import Look


class AtTable(Protocol):
    """The table: the game, the seat that is shown, what lies open, and what can be asked and done."""

    session: Session
    words: Words
    course: TurnFlow
    seat: str
    tab: str
    log_turn: int
    dossier: int | None

    @property
    def since(self) -> Mapping[str, int]: ...

    @property
    def hand(self) -> Hand: ...

    @property
    def look(self) -> Look: ...

    @property
    def grown(self) -> float: ...

    @property
    def room(self) -> tuple[float, float]: ...

    @property
    def is_broad(self) -> bool: ...

    @property
    def is_mine(self) -> bool: ...

    def turn_to(self, tab: str) -> None: ...

    def page_log(self, step: int) -> None: ...

    def toggle_log(self) -> None: ...

    def open_dossier(self, page: int) -> None: ...

    def play(self, move: Move) -> None: ...

    def ask_advice(self) -> None: ...

    def brief(self) -> None: ...

    def explain_value(self, id: str) -> None: ...

    def explain_seat(self, id: str) -> None: ...

    def explain_card(self, id: str) -> None: ...

    def explain_entry(self, place: int) -> None: ...

    def explain_move(self, move: Move) -> None: ...

    def explain_calendar(self) -> None: ...

    def explain_stakes(self) -> None: ...

    def show_ending(self) -> None: ...

    def escape(self) -> None: ...
