"""Refused: a request that is not carried out, in a sentence for whoever made it."""

from __future__ import annotations


class Refused(Exception):
    """A request that changes nothing. Its text is shown to the person; `status` is the HTTP status."""

    def __init__(self, sentence: str, status: int = 409) -> None:
        super().__init__(sentence)
        self.status = status


class NotFound(Refused):
    """There is no such room or page."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, 404)


class NotAllowed(Refused):
    """The request needs a token that did not come with it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, 403)


class TooMany(Refused):
    """There were too many requests or tries; `seconds` is how long to wait."""

    def __init__(self, sentence: str, seconds: int = 10) -> None:
        super().__init__(sentence, 429)
        self.seconds = seconds
