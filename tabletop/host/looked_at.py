"""What a page of a room shows of the look back on a finished game, as plain values."""

from __future__ import annotations

import attrs

from tabletop.presentation.what_if import AskedAgain, OptionAgain, PastDecision, WhatIf


@attrs.frozen(kw_only=True)
class LookedAt:
    """What a page shows of a look back: the `told` figures, the decision that is `asked` again with how many have
    `voted`, and the `results` of one whose vote is closed, beside the `decision`. `place` is what the screen shows."""

    told: WhatIf
    is_told: bool
    place: str
    asked: AskedAgain | None = None
    voted: int = 0
    decision: PastDecision | None = None
    results: tuple[OptionAgain, ...] = ()

    @property
    def is_voting(self) -> bool:
        """Whether the room votes on what the screen shows."""
        return self.asked is not None and self.place == str(self.asked.step)
