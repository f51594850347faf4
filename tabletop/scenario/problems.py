"""Problems of a pack: file, line and column, message, severity and spelling suggestion; PackError."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import attrs

Path = tuple[str | int, ...]

MOST_PROBLEMS = 200
LONGEST_NAME = 100


#: How many names are compared by edit distance: those that share the most letter pairs.
MOST_COMPARED = 16


@attrs.frozen(order=True)
class Mark:
    """A place in a file, counted from 1 as editors do."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@attrs.frozen
class Problem:
    """One problem. `severity` is `error`, or `warning` if the pack can be played."""

    message: str
    mark: Mark | None
    suggestion: str = ""
    severity: str = "error"

    def __str__(self) -> str:
        place = f"{self.mark}: " if self.mark else ""
        hint = f" (did you mean {quoted(self.suggestion)}?)" if self.suggestion else ""
        return f"{place}{self.message}{hint}"


class PackError(Exception):
    """A pack that can't be played, with all its problems."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def nearest(name: str, candidates: Iterable[str]) -> str:
    """The candidate that `name` was probably meant to be, or "" if none is near.

    >>> nearest("effcts", ["id", "effects", "choices"])
    'effects'
    """
    if len(name) > LONGEST_NAME:  # no name is that long, and comparing would be slow
        return ""
    import difflib  # only those who have made a mistake wait for it

    known = tuple(sorted(set(candidates)))
    if len(known) > MOST_COMPARED:
        known = _most_alike(name, known)
    matches = difflib.get_close_matches(name, known, n=1, cutoff=0.65)
    return matches[0] if matches else ""


def _most_alike(name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    shared: Counter[int] = Counter()
    places = _by_pair(known)
    pairs = [pair for pair in set(_pairs(name)) if pair in places]
    telling = [pair for pair in pairs if len(places[pair]) <= len(known) // 4]  # leaves out common pairs
    for pair in telling or pairs:
        for place in places[pair]:
            shared[place] += 1
    likeness = {place: count / (len(name) + len(known[place])) for place, count in shared.items()}
    best = sorted(likeness, key=lambda place: (-likeness[place], place))[:MOST_COMPARED]
    return tuple(known[place] for place in best)


@functools.lru_cache(maxsize=16)
def _by_pair(known: tuple[str, ...]) -> Mapping[str, Sequence[int]]:
    """The indices of names by letter pair; cached, since all mistakes of a pack are looked up in the same few lists."""
    places: dict[str, list[int]] = {}
    for place, name in enumerate(known):
        for pair in set(_pairs(name)):
            places.setdefault(pair, []).append(place)
    return places


def _pairs(name: str) -> list[str]:
    framed = f"^{name[:100]}$"
    return [framed[at : at + 2] for at in range(len(framed) - 1)]


def errors_of(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that are errors, not warnings."""
    return [problem for problem in problems if problem.severity == "error"]


def a(noun: str) -> str:
    """The noun with its article.

    >>> a("assumption")
    'an assumption'
    """
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def quoted(text: str) -> str:
    """An author's text in quotes for a message: on one line, shortened.

    >>> quoted("x" * 100)
    "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'"
    """
    return f"'{printable(text, 60)}'"


def printable(text: str, longest: int = 400) -> str:
    """A text on one line, shortened to `longest` characters."""
    shown = "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text[: longest + 1])
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def capped(problems: list[Problem], most: int = MOST_PROBLEMS) -> list[Problem]:
    """The first `most` problems, errors before warnings; the last one says how many are omitted."""
    if len(problems) <= most:
        return problems
    by_weight = sorted(range(len(problems)), key=lambda at: problems[at].severity != "error")
    kept = sorted(by_weight[: most - 1])
    first_left_out = problems[by_weight[most - 1]]
    count = len(problems) - len(kept)
    overflow = attrs.evolve(first_left_out, message=f"and {count:,} more problems like these", suggestion="")
    return [*(problems[at] for at in kept), overflow]
