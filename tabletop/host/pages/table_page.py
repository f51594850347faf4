"""The page that everybody looks at, on a projector: what all may know, and how to join."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from tabletop.host.looked_at import LookedAt
from tabletop.host.pages.clock_face import ClockFace
from tabletop.host.pages.game import Game


@attrs.frozen(kw_only=True)
class TablePage:
    """`game` is what everybody may know; `address` and `qr` are by what people come in, while they `may_join`; `teams`
    how many are on each; `arrived` the names of who is in, before the game; `summary` the answers that the facilitator
    shows, or while the room `practises` how that stands; `back` what they show of the look back on a finished game.
    `shows_code` is whether joining is what the screen is for now, `large` whether its letters are."""

    game: Game
    clock: ClockFace
    code: str
    address: str = ""
    qr: str = ""
    may_join: bool = False
    shows_code: bool = False
    large: bool = False
    started: bool = False
    paused: bool = False
    teams: Mapping[str, int] = attrs.field(factory=dict)
    waiting: int = 0
    arrived: tuple[str, ...] = ()
    summary: Mapping[str, Any] | None = None
    back: LookedAt | None = None
    dark: bool = False
    rehearsal: bool = False
    practises: bool = False
