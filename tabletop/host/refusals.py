"""Refused: a request that is not carried out, in a sentence for whoever made it."""

from __future__ import annotations

from tabletop.presentation.error_words import error_words
from tabletop.presentation.names import Names
from tabletop.presentation.words import Words


class Refused(Exception):
    """A request that changes nothing. What was wrong is an entry of the catalogue of words, such as "vote-over", with
    its `places`; `status` is the HTTP status."""

    def __init__(self, kind: str, status: int = 409, **places: object) -> None:
        super().__init__(kind)
        self.kind, self.status, self.places = kind, status, places

    def sentence(self, words: Words) -> str:
        """What was wrong, for the person."""
        kind = self.kind.replace("-", "_")
        return words(f"room-refusals.{kind}", **self.places)

    def __str__(self) -> str:
        return self.sentence(Words())


class RefusedByGame(Refused):
    """What the game, its session or a player has refused, by the `error` that says why; seats are called by `names`."""

    def __init__(self, error: Exception, names: Names) -> None:
        super().__init__("did-not-work")
        self.error, self.names = error, names

    def sentence(self, words: Words) -> str:
        """What was wrong, for the person."""
        return error_words(words, self.error, self.names)


class NotFound(Refused):
    """There is no such room or page."""

    def __init__(self, kind: str, **places: object) -> None:
        super().__init__(kind, 404, **places)


class NotAllowed(Refused):
    """The request needs a token that did not come with it."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind, 403)


class TooMany(Refused):
    """There were too many requests or tries; `seconds` is how long to wait."""

    def __init__(self, kind: str, seconds: int = 10) -> None:
        super().__init__(kind, 429, count=seconds)
        self.seconds = seconds
