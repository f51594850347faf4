"""Set pieces: the moments of a game that fill the whole screen, such as a front page, a signature or a crisis."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from tabletop.scenario.expressions import Expression

#: How a set piece is laid out.
LAYOUTS = ("front_page", "arrival", "reply", "signature", "walk_out", "crisis", "outcome", "verdict")
#: The sounds that may go with one, by their names in assets/sounds.
SOUNDS = ("press_room", "arrival", "reply", "signature", "walk_out", "crisis", "averted", "war", "verdict", "none")
#: What a set piece tells of: something good, bad, or neither.
TONES = ("good", "mixed", "bad")


@attrs.frozen(kw_only=True)
class Line:
    """A line of a set piece that is there while `when` holds: an article of a draft, a story beside the headline."""

    text: str
    when: Expression | None = None


@attrs.frozen(kw_only=True)
class Wording:
    """What a set piece says while `when` holds; what is left out is as the piece has it."""

    when: Expression | None = None
    title: str = ""
    text: str = ""
    stamp: str = ""
    tone: str = ""
    sound: str = ""


@attrs.frozen(kw_only=True)
class SetPiece:
    """A moment that is shown full screen: what sets it off, and what it shows.

    It is set off by what stands in `after` (an action or a card by its id, an outcome of a table as `table.outcome`),
    by a change of a name in `changes`, or, without these, when `when` becomes true; with them `when` must hold too. Of
    `states` the first that holds words it; of `lines` all that hold are shown. `asks` is the question that a player is
    asked before an action in `after`, which nothing takes back. `picture` is an SVG file of the pack, in the place of
    what is drawn by itself; `date` that of the model in history, `sources` and `claims` what it rests on.
    """

    id: str
    layout: str
    title: str = ""
    text: str = ""
    when: Expression | None = None
    after: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    states: tuple[Wording, ...] = ()
    lines: tuple[Line, ...] = ()
    asks: str = ""
    stamp: str = ""
    tone: str = "mixed"
    picture: str = ""
    sound: str = ""
    date: str = ""
    sources: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Newspaper:
    """The paper whose front pages are shown: its `name` as the masthead, where it comes out, and a motto."""

    name: str
    place: str = ""
    motto: str = ""


def conditions_of(piece: SetPiece) -> Iterator[tuple[tuple[str | int, ...], Expression]]:
    """The conditions of a set piece, each with the path to it."""
    if piece.when is not None:
        yield ("when",), piece.when
    for section in ("states", "lines"):
        rows: tuple[Wording | Line, ...] = getattr(piece, section)
        for at, row in enumerate(rows):
            if row.when is not None:
                yield (section, at, "when"), row.when
