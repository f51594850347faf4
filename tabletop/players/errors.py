"""Exceptions about players: typed, with a message in plain English."""

from __future__ import annotations


class UnknownPlayer(ValueError):
    """An unknown seat or player: in plain English, and by the `kind` and the `places` of an entry of errors.yaml."""

    def __init__(self, message: str, kind: str = "", **places: object) -> None:
        super().__init__(message)
        self.kind, self.places = kind, places


class PlayerFailed(Exception):
    """A bot that could not decide, or chose what is not legal: in plain English, and by the `kind` and the `places` of
    an entry of errors.yaml."""

    def __init__(self, message: str, kind: str = "", **places: object) -> None:
        super().__init__(message)
        self.kind, self.places = kind, places

    def __reduce__(self) -> tuple[object, ...]:
        # It crosses from the process of a custom player.
        return type(self), self.args, {"kind": self.kind, "places": self.places}
