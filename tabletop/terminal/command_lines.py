"""Orders: what a line that a facilitator types says: a word, what it is about, a reason, and whether players see it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import attrs

from tabletop.presentation.words import Words
from tabletop.scenario.numerals import count
from tabletop.scenario.problems import nearest, quoted


class CommandError(ValueError):
    """A line that names nothing, or more than one thing: the entry of the catalogue that helps on, and its places.

    A place `noun` is the name of an entry `console.noun_…`; one that is an error itself is worded first.
    """

    def __init__(self, key: str, **places: object) -> None:
        super().__init__(key)
        self.key, self.places = key, places

    def worded(self, words: Words) -> str:
        """What is told to whoever has typed the line."""
        return words(self.key, **{name: self._place(words, name, value) for name, value in self.places.items()})

    def _place(self, words: Words, name: str, value: object) -> object:
        if isinstance(value, CommandError):
            return value.worded(words)
        return words(f"console.noun_{value}") if name == "noun" else value


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


_BECAUSE = re.compile(r"(?:^|\s)because(?:\s|$)")
#: What opens a reason in quotes, and what closes it.
_QUOTES = {'"': '"', "\u201c": "\u201d"}


def read_order(line: str) -> Order:
    """What a line says. Its `line` is all that follows the word, for those words that take a text as it is.

    A reason goes on to the end of the line as it was typed; quotes around the whole of it are left out.
    """
    word, _, rest = line.strip().partition(" ")
    rest = rest.strip()
    found = _BECAUSE.search(rest)
    body, why = (rest[: found.start()], rest[found.end() :].strip()) if found else (rest, "")
    shown = True
    quiet = re.search(r"(?:^|\s)quietly\s*$|^\s*quietly\s+", body)
    if quiet:
        shown, body = False, body[: quiet.start()] + " " + body[quiet.end() :]
    return Order(word=word.lower(), words=body.strip(), why=_unquoted(why), shown=shown, line=rest)


def _unquoted(why: str) -> str:
    end = _closed(why)
    return why[1:end].strip() if end == len(why) - 1 else why


def _closed(words: str) -> int:
    """Where the quote closes with which words begin; -1 where they begin with none, or it is not closed."""
    return words.find(_QUOTES[words[0]], 1) if words[:1] in _QUOTES and len(words) > 1 else -1


@attrs.frozen
class Said:
    """What a line says of one seat: its moves as they were typed, and the reason."""

    words: str
    why: str = ""


def read_votes(line: str) -> list[Said]:
    """The parts of a line that decides for several seats, with semicolons between.

    A reason in quotes ends with them, and another seat may follow; a reason without quotes goes on to the end of the
    line, whatever stands in it. Raises CommandError for quotes that are not closed or are followed by something else.

    >>> [(one.words, one.why) for one in read_votes('w 3,6 "mills; first"; s 4; t 1 because they; mayor 4')]
    [('w 3,6', 'mills; first'), ('s 4', ''), ('t 1', 'they; mayor 4')]
    """
    found, rest = [], line
    while rest.strip():
        because, semicolon = _BECAUSE.search(rest), rest.find(";")
        quote = re.search(r"(?:^|\s)[\"\u201c]", rest)
        first = min(
            [one.start() for one in (because, quote) if one] + ([semicolon] if semicolon >= 0 else []), default=-1
        )
        if first < 0 or first == semicolon:
            words, why, rest = rest if first < 0 else rest[:first], "", "" if first < 0 else rest[first + 1 :]
        elif because is not None and first == because.start():
            words, (why, rest) = rest[:first], _reason(rest[because.end() :].strip(), is_marked=True)
        else:
            words, (why, rest) = rest[:first], _reason(rest[first:].strip(), is_marked=False)
        if words.strip() or why:
            found.append(Said(words.strip(), why))
    return found


def _reason(words: str, is_marked: bool) -> tuple[str, str]:
    """The reason with which words begin, and what follows it. One that is `marked` by "because" needs no quotes."""
    end = _closed(words)
    behind = words[end + 1 :].strip()
    if end > 0 and (not behind or behind.startswith(";")):
        return words[1:end].strip(), behind[1:]
    if is_marked:
        return words, ""
    if end < 0:
        raise CommandError("console.quote_open", words=quoted(words[1:31]))
    raise CommandError("console.quote_followed", words=quoted(behind))


def pick(words: str, known: Mapping[str, Iterable[str]], noun: str) -> str:
    """The one that is meant among `known` things (ids, each with its other names): its name or the beginning of it.
    `noun` is what they are: an entry `console.noun_…` of the catalogue.

    Raises CommandError, with those that it may be, or with the nearest.
    """
    wanted = _plain(words)
    names = {_plain(name): id for id, others in known.items() for name in (*others, id)}
    if wanted in names:
        return names[wanted]
    begun = list(dict.fromkeys(id for name, id in names.items() if wanted and name.startswith(wanted)))
    if len(begun) == 1:
        return begun[0]
    if begun:
        raise CommandError("console.which_of", noun=noun, names=", ".join(begun[:8]))
    if not wanted:
        raise CommandError("console.which", noun=noun, names=_some(list(known)))
    near = nearest(wanted, names)
    if near:
        raise CommandError("console.no_such_near", noun=noun, words=quoted(words), near=names[near])
    if known:
        raise CommandError("console.no_such_known", noun=noun, words=quoted(words), names=_some(list(known)))
    raise CommandError("console.no_such", noun=noun, words=quoted(words))


def _some(ids: list[str]) -> str:
    return ", ".join(ids[:8]) + (", …" if len(ids) > 8 else "")


def _plain(words: str) -> str:
    return " ".join(words.replace("_", " ").lower().split())


def is_number(words: str) -> bool:
    """Whether words are a whole number of a size that something can have."""
    number = count(words)
    return number is not None and number < 10**9


def first_word(words: str) -> tuple[str, str]:
    """The first word and the rest."""
    word, _, rest = words.strip().partition(" ")
    return word, rest.strip()
