"""The digest of a pack to which a facilitator has added cards in play; it is part of every fingerprint in a journal."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import attrs

from tabletop.scenario.cards import Card, Choice, Option
from tabletop.scenario.effects import Effect
from tabletop.scenario.expressions import Expression

#: The fields that are written even if they have their default, in this order: those that the nouns had when the first
#: journals were written, whose digest was made of the `repr` of the cards. Nothing is added or taken away here.
_ALWAYS: Mapping[type, tuple[str, ...]] = MappingProxyType(
    {
        Card: (
            *("id", "title", "text", "deck", "date", "certainty", "kind", "effects", "choices", "eligible", "turns"),
            *("weight", "claims", "sources", "known_to", "reveals"),
        ),
        Choice: ("seat", "prompt", "options", "when", "reveals"),
        Option: ("id", "label", "effects", "text", "requires", "final", "tags", "claims", "reveals"),
        Effect: (
            *("change", "by", "set", "to", "roll", "deal", "enter", "end", "tell", "text", "when", "why", "claims"),
            *("after", "lasts", "until", "reveals"),
        ),
        Expression: ("source",),
    }
)


def digest_with_cards(digest: str, cards: tuple[Card, ...]) -> str:
    """The digest of a pack, given its own, to which cards were added in play.

    It stays the same when a noun gets another field, for all cards that leave it at its default.
    """
    hasher = hashlib.sha256(digest.encode())
    hasher.update(written(cards).encode())
    return hasher.hexdigest()


def written(value: object) -> str:
    """A noun, or a tuple of them, as the text that its digest is made of: as `repr` wrote it when journals began, and
    behind that the fields that came later and have not their default, by name."""
    if isinstance(value, tuple):
        items = [written(item) for item in value]
        return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"
    if not attrs.has(type(value)):
        return repr(value)
    fields = (f"{name}={written(getattr(value, name))}" for name in _names(value))
    return f"{type(value).__name__}({', '.join(fields)})"


def _names(noun: object) -> Iterable[str]:
    kind: Any = type(noun)
    always = _ALWAYS.get(kind, ())
    fields = attrs.fields_dict(kind)
    # What rules do not depend on is left out of the repr, and of the digest.
    later = (name for name, field in fields.items() if field.repr and name not in always)
    return (*always, *sorted(name for name in later if getattr(noun, name) != _default(fields[name])))


def _default(field: attrs.Attribute[Any]) -> object:
    default: Any = field.default
    return default.factory() if isinstance(default, attrs.Factory) else default  # type: ignore[arg-type]
