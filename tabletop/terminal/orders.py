"""Orders: what a line that a facilitator types says: a word, what it is about, a reason, and whether players see it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import attrs

from tabletop.scenario.problems import nearest, quoted


class Puzzled(ValueError):
    """A line that names nothing, or more than one thing; in words that help on."""


@attrs.frozen(kw_only=True)
class Order:
    """A line taken apart.

    >>> order = read_order("set tension 50 quietly because Shots were heard.")
    >>> order.word, order.words, order.why, order.shown
    ('set', 'tension 50', 'Shots were heard.', False)
    """

    word: str
    words: str = ""
    why: str = ""
    shown: bool = True
    line: str = ""


def read_order(line: str) -> Order:
    """What a line says. Its `line` is all that follows the word, for those words that take a text as it is."""
    word, _, rest = line.strip().partition(" ")
    rest = rest.strip()
    body, _, why = f" {rest} ".partition(" because ")
    shown = True
    quiet = re.search(r"\s+quietly\s*$|^\s*quietly\s+", body)
    if quiet:
        shown, body = False, body[: quiet.start()] + " " + body[quiet.end() :]
    return Order(word=word.lower(), words=body.strip(), why=why.strip(), shown=shown, line=rest)


def pick(words: str, known: Mapping[str, Iterable[str]], noun: str) -> str:
    """The one that is meant among `known` things (ids, each with its other names): its name or the beginning of it.

    Raises Puzzled, with those that it may be, or with the nearest.
    """
    wanted = _plain(words)
    names = {_plain(name): id for id, others in known.items() for name in (*others, id)}
    if wanted in names:
        return names[wanted]
    begun = list(dict.fromkeys(id for name, id in names.items() if wanted and name.startswith(wanted)))
    if len(begun) == 1:
        return begun[0]
    if begun:
        raise Puzzled(f"Which {noun}: {', '.join(begun[:8])}?")
    if not wanted:
        raise Puzzled(f"Which {noun}? There are {_some(list(known))}.")
    near = nearest(wanted, names)
    hint = f" Did you mean '{names[near]}'?" if near else f" There are {_some(list(known))}." if known else ""
    raise Puzzled(f"There is no {noun} {quoted(words)}.{hint}")


def _some(ids: list[str]) -> str:
    return ", ".join(ids[:8]) + (", …" if len(ids) > 8 else "")


def _plain(words: str) -> str:
    return " ".join(words.replace("_", " ").lower().split())


def first_word(words: str) -> tuple[str, str]:
    """The first word and the rest."""
    word, _, rest = words.strip().partition(" ")
    return word, rest.strip()
