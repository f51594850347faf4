"""The source text of a condition or an amount; `expression_language` parses and type-checks it."""

from __future__ import annotations

import attrs


@attrs.frozen
class Expression:
    """A condition or an amount in the pack's small language, kept as its source text."""

    source: str

    def __str__(self) -> str:
        return self.source
