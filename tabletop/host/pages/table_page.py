"""The page that everybody looks at, on a projector: what all may know, and how to join."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from tabletop.host.pages.clock_face import ClockFace
from tabletop.host.pages.game import Game


@attrs.frozen(kw_only=True)
class TablePage:
    """`game` is what everybody may know; `join` the address and code while people may come in, with its QR code;
    `teams` how many are on each; `summary` the answers that the facilitator shows."""

    game: Game
    clock: ClockFace
    code: str
    address: str = ""
    qr: str = ""
    started: bool = False
    paused: bool = False
    teams: Mapping[str, int] = attrs.field(factory=dict)
    waiting: int = 0
    summary: Mapping[str, Any] | None = None
    dark: bool = False
