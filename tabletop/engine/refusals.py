"""Refusals: why a move cannot be made, as a kind and values that faces put into words, and in short English."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

RefusalKind: TypeAlias = Literal[
    "no-seat",
    "game-over",
    "chance-first",
    "all-chosen",
    "others-act",
    "paused",
    "no-action",
    "not-of-seat",
    "card-first",
    "other-phase",
    "once",
    "instead",
    "cost",
    "refused",
    "requires",
    "which-parameters",
    "takes-parameters",
    "no-parameters",
]


@attrs.frozen(kw_only=True)
class Refusal:
    """Why a move is refused: a kind, and of the values those that the kind has.

    `seats` are those that there are (no-seat) or that must act (others-act); `near` is the id of an action that may
    have been meant (no-action); `phases` are those to which the move belongs, `phase` the present one (other-phase);
    `once` is "turn" or "game"; `moves` are the labels of those chosen that exclude it (instead); `cost` is by resource;
    `text` is the pack's own words (refused) and `condition` the source of an expression (requires); `parameters` has
    the ids of the values by name (takes-parameters).
    It holds nothing that the seat may not know.
    """

    kind: RefusalKind
    seats: tuple[str, ...] = ()
    near: str = ""
    phases: tuple[str, ...] = ()
    phase: str = ""
    once: str = ""
    moves: tuple[str, ...] = ()
    cost: tuple[tuple[str, int], ...] = ()
    text: str = ""
    condition: str = ""
    parameters: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __str__(self) -> str:
        """In short English with ids, for programs and their users; faces word it by the names of the scenario."""
        return _IN_ENGLISH[self.kind].format(
            seats=", ".join(self.seats),
            near=f" (did you mean '{self.near}'?)" if self.near else "",
            phases=" or ".join(self.phases),
            phase=self.phase,
            once=self.once,
            moves=" and ".join(self.moves),
            cost=", ".join(f"{amount} {name}" for name, amount in self.cost),
            text=self.text,
            condition=self.condition,
            parameters=", ".join(f"{name}={'|'.join(values)}" for name, values in self.parameters),
        )


_IN_ENGLISH: dict[RefusalKind, str] = {
    "no-seat": "there is no such seat (there are {seats})",
    "game-over": "the game is over",
    "chance-first": "chance must be resolved first",
    "all-chosen": "it has chosen all that it can in this phase, or can pay for",
    "others-act": "it is for {seats} to act",
    "paused": "the facilitator has paused the game",
    "no-action": "there is no such action{near}",
    "not-of-seat": "it is not an action of this seat",
    "card-first": "the card on the table must be answered first",
    "other-phase": "it belongs to the phase {phases}, and this is {phase}",
    "once": "it has been done this {once}",
    "instead": "'{moves}' has been chosen instead",
    "cost": "it costs {cost}, which is more than is left",
    "refused": "{text}",
    "requires": "it requires {condition}",
    "which-parameters": "it needs its parameters",
    "takes-parameters": "it takes {parameters}",
    "no-parameters": "it has no parameters",
}
