"""A negotiation as a pack describes it: sides, what each may offer, the paper, the scale, and what is said."""

from __future__ import annotations

import attrs

from tabletop.scenario.expressions import Expression


@attrs.frozen(kw_only=True)
class Offers:
    """Things that one side may put on the table: variables, under a title."""

    title: str = ""
    items: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Side:
    """A side of the table: its seat and what it may offer."""

    seat: str
    offers: tuple[Offers, ...] = ()


@attrs.frozen(kw_only=True)
class Clause:
    """A line of the paper that lies on the table: the seat that gives it, its text, `when` it stands there, and the
    item that it is about."""

    seat: str
    text: str
    when: Expression
    item: str = ""


@attrs.frozen(kw_only=True)
class Weight:
    """Something away from the table that weighs on the scale: `points` above 0 make the other side want less.

    `of` is the meter or track that it comes from; `text` says why it weighs.
    """

    name: str
    points: Expression
    text: str = ""
    of: str = ""
    claims: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Reading:
    """What a side is told of how far apart the two are: for each value of a `variable`, the least and the most that was
    lacking when it got that value. A value that is left out tells nothing."""

    variable: str
    lacking: dict[str, tuple[int, int]]


@attrs.frozen(kw_only=True)
class Scale:
    """The scale on which both sides' positions lie, in points from 0 to `most`.

    `wants` is what the seat `of` wants for what is asked of it, `given` what the offers are worth to it; it may say yes
    where no more than `near` is lacking. `wants` may read hidden truths: whoever does not know these sees a bar.
    """

    of: str
    wants: Expression
    given: Expression
    most: int = 100
    near: int = 0
    weights: tuple[Weight, ...] = ()
    reading: Reading | None = None


@attrs.frozen(kw_only=True)
class Saying:
    """What a seat says across the table; of its sayings the first that applies is heard."""

    seat: str
    text: str
    when: Expression | None = None


@attrs.frozen(kw_only=True)
class Negotiation:
    """A stage that is shown as a table with two sides.

    `answers` are variables that hold what was last said across it, `agreed` those of their values that mean yes, and
    `way_out` the actions by which a seat leaves. `paper` are the lines that may come to stand in the text, and
    `signature` is the action that signs it; `scale` weighs the two sides, and `says` is what is heard; `speech` is a
    resolution table whose last outcome is told beside it, so that what it gives away is what its odds give away.
    """

    stage: str
    sides: tuple[Side, ...]
    answers: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()
    way_out: tuple[str, ...] = ()
    paper: tuple[Clause, ...] = ()
    signature: str = ""
    scale: Scale | None = None
    says: tuple[Saying, ...] = ()
    speech: str = ""
