"""How a pack wants to be shown: calendar, negotiation, map, icons, colours, pictures, openings, lesson and advice."""

from __future__ import annotations

import datetime

import attrs

from tabletop.scenario.advice import Advice
from tabletop.scenario.expressions import Expression
from tabletop.scenario.negotiation import Negotiation
from tabletop.scenario.set_pieces import Newspaper
from tabletop.scenario.turns import Stage

#: What a step of a lesson may wait for.
WAITS = ("sheet_closed", "sheet_read", "card_answered", "decided", "taken_back", "game_over")
#: What must be there for a step of a lesson to be wanted.
NEEDS = ("card", "undo")
#: Where the label of a seat may stand beside its mark on the title screen.
SIDES = ("left", "right", "below")
#: The kinds of card of which the icon and colour can be chosen.
KINDS = ("warning", "opportunity", "history", "turn")


@attrs.frozen(kw_only=True)
class Calendar:
    """The stage whose turns are dates, and which variables say that a date is set and count the turns to it.

    A date stands while `variable` has one of the values in `stands`, or without a `variable` while `counts` is above 0.
    `first` (as 2018-03-08) and `days` (from turn to turn) date the turns of a stage that has no `dates` of its own.
    """

    stage: str
    counts: str = ""
    variable: str = ""
    stands: tuple[str, ...] = ()
    first: str = ""
    days: int = 7


@attrs.frozen(kw_only=True)
class Map:
    """The pack's own map: an SVG file of the pack, and where the seats are on it, in the picture's units.

    Seats that lie beyond it stand at its edge: `edges` has per cent of the width and height of what is shown. `view` is
    the part that must be seen at the table, `wide` behind other screens: left, top, width, height; all if left out.
    """

    file: str
    places: dict[str, tuple[int, int]] = attrs.field(factory=dict)
    edges: dict[str, tuple[int, int]] = attrs.field(factory=dict)
    view: tuple[int, ...] = ()
    wide: tuple[int, ...] = ()


@attrs.frozen(kw_only=True)
class Appearance:
    """The icon (a name of the program's icons, or an SVG file of the pack) and the colour (#rrggbb) of a thing."""

    icon: str = ""
    colour: str = ""


@attrs.frozen(kw_only=True)
class Connection:
    """A dotted line between two seats on the title screen: how far it bends, and how strong it is, in per cent."""

    between: tuple[str, ...]
    bend: int = 20
    strength: int = 80


@attrs.frozen(kw_only=True)
class TitleScene:
    """What is behind the menu of the title screen: a part of the map, lines between seats, and a stamp on the cable."""

    view: tuple[int, ...] = ()
    edges: dict[str, tuple[int, int]] = attrs.field(factory=dict)
    labels: dict[str, str] = attrs.field(factory=dict)
    connections: tuple[Connection, ...] = ()
    stamp: str = ""


@attrs.frozen(kw_only=True)
class LessonStep:
    """A note of the coach beside the table, and what it waits for.

    `points_at` are ways to say where to look, each the names of controls with a space between; the first of which
    something is on the screen is taken. A step is over when one of its `waits` has come about, the `phase` is over in
    the first turn, or `until` holds; without any of these it is read and left with Enter. `when` and `needs` say
    whether it is wanted at all.
    """

    id: str
    title: str
    text: str = ""
    do: str = ""
    points_at: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()
    phase: str = ""
    until: Expression | None = None
    when: Expression | None = None
    needs: str = ""
    quiet: bool = False
    over_sheet: bool = False


@attrs.frozen(kw_only=True)
class Learnt:
    """A line about what a lesson teaches, with an icon."""

    text: str
    icon: str = "caret-right"


@attrs.frozen(kw_only=True)
class Lesson:
    """The tutorial: notes beside a real game of this pack, played from a `seed`."""

    steps: tuple[LessonStep, ...]
    seed: int = 1
    learnt: tuple[Learnt, ...] = ()


@attrs.frozen(kw_only=True)
class Opening:
    """With what a seat begins: up to three sentences, and its goal in one. The long brief is a key away."""

    text: str
    goal: str


@attrs.frozen(kw_only=True)
class AskedBelief:
    """A hidden truth of which players are asked what they believe: in these `turns` of the game, by a question.

    `counts` are variables that only count its evidence: a dossier is shown instead of them.
    """

    hidden: str
    text: str = ""
    turns: tuple[int, ...] = (1,)
    counts: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Presentation:
    """How the pack wants to be shown; whatever is left out has a default.

    `seats`, `meters` (with tracks) and `kinds` of card have an icon and a colour by id, `cards` a picture each.
    `opening` are the few sentences with which a seat begins, `goal` what counts for it in one, by the seat's id.
    """

    calendar: Calendar | None = None
    negotiation: Negotiation | None = None
    map: Map | None = None
    seats: dict[str, Appearance] = attrs.field(factory=dict)
    meters: dict[str, Appearance] = attrs.field(factory=dict)
    kinds: dict[str, Appearance] = attrs.field(factory=dict)
    cards: dict[str, str] = attrs.field(factory=dict)
    title: TitleScene | None = None
    lesson: Lesson | None = None
    advice: Advice | None = None
    opening: dict[str, Opening] = attrs.field(factory=dict)
    newspaper: Newspaper | None = None
    beliefs: tuple[AskedBelief, ...] = ()

    @property
    def files(self) -> list[tuple[tuple[str, ...], str]]:
        """The SVG files that it names, each with the path to where it does."""
        named: list[tuple[tuple[str, ...], str]] = []
        if self.map is not None:
            named.append((("map", "file"), self.map.file))
        for section in ("seats", "meters", "kinds"):
            looks: dict[str, Appearance] = getattr(self, section)
            named += [((section, id, "icon"), one.icon) for id, one in looks.items() if is_file(one.icon)]
        return [*named, *((("cards", id), file) for id, file in self.cards.items())]


def is_file(icon: str) -> bool:
    """Whether an icon is a file of the pack rather than one of the program's.

    >>> is_file("pictures/dam.svg"), is_file("flag")
    (True, False)
    """
    return icon.lower().endswith(".svg")


def first_day(calendar: Calendar) -> datetime.date | None:
    """The date of the first turn; None if there is none, or it is no date."""
    try:
        return datetime.date.fromisoformat(calendar.first)
    except ValueError:
        return None


def dated(stages: tuple[Stage, ...], calendar: Calendar | None) -> tuple[Stage, ...]:
    """The stages with the dates that the calendar gives to the one it is about, where that has none of its own."""
    first = first_day(calendar) if calendar is not None else None
    if calendar is None or first is None:
        return stages
    return tuple(
        attrs.evolve(stage, dates=_days(first, calendar.days, stage.turns))
        if stage.id == calendar.stage and not stage.dates
        else stage
        for stage in stages
    )


def _days(first: datetime.date, step: int, turns: int) -> tuple[str, ...]:
    days = [first + datetime.timedelta(days=step * turn) for turn in range(turns)]
    return tuple(f"{day.day} {day:%B} {day.year}" for day in days)
