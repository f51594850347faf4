"""Problems: what is wrong with a pack, where, and what may have been meant."""

from __future__ import annotations

import difflib
import functools
import heapq
from collections.abc import Iterable

import attrs

Path = tuple[str | int, ...]

MOST_PROBLEMS = 200
LONGEST_NAME = 100
#: So many names are compared letter by letter with one that is misspelt.
MOST_COMPARED = 12


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
    """One thing to put right. `severity` is `error`, or `warning` where the pack can be played all the same."""

    message: str
    mark: Mark | None
    suggestion: str = ""
    severity: str = "error"

    def __str__(self) -> str:
        place = f"{self.mark}: " if self.mark else ""
        hint = f" (did you mean '{self.suggestion}'?)" if self.suggestion else ""
        return f"{place}{self.message}{hint}"


class PackError(Exception):
    """A pack that can't be played, with everything that is wrong with it."""

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
    if len(name) > LONGEST_NAME:  # no name is that long, and comparing would take its time
        return ""
    matches = difflib.get_close_matches(name, _likely(name, candidates), n=1, cutoff=0.65)
    return matches[0] if matches else ""


def _likely(name: str, candidates: Iterable[str]) -> list[str]:
    """Those of the candidates that are worth a close look, in order: of many names, those that share most with it."""
    some = sorted(one for one in candidates if len(one) <= LONGEST_NAME)
    if len(some) <= MOST_COMPARED:
        return some
    pieces = _pieces(name)
    return sorted(heapq.nsmallest(MOST_COMPARED, some, key=lambda one: -len(pieces & _pieces(one))))


@functools.lru_cache(maxsize=30_000)
def _pieces(name: str) -> frozenset[str]:
    """Every two letters that stand side by side in a name, and its ends."""
    whole = f"<{name}>"
    return frozenset(whole[at : at + 2] for at in range(len(whole) - 1))


def a(noun: str) -> str:
    """The noun with its article.

    >>> a("assumption")
    'an assumption'
    """
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def quoted(text: str) -> str:
    """An author's words as a message quotes them: on one line and not too long.

    >>> quoted("x" * 100)
    "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'"
    """
    return f"'{printable(text, 60)}'"


def printable(text: str, longest: int = 400) -> str:
    """A text on one line, shortened where it is longer than anybody reads."""
    shown = "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text[: longest + 1])
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def capped(problems: list[Problem], most: int = MOST_PROBLEMS) -> list[Problem]:
    """The first `most` of the problems, errors before warnings, the last of which says how many are left out."""
    if len(problems) <= most:
        return problems
    by_weight = sorted(range(len(problems)), key=lambda at: problems[at].severity != "error")
    kept = sorted(by_weight[: most - 1])
    first_left_out = problems[by_weight[most - 1]]
    count = len(problems) - len(kept)
    overflow = attrs.evolve(first_left_out, message=f"and {count:,} more problems like these", suggestion="")
    return [*(problems[at] for at in kept), overflow]
