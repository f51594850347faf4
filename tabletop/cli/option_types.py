"""What options of the command line take: whole numbers, seconds, seeds, pairs and paths, as people type them."""

from __future__ import annotations

import math
import os
import unicodedata
from typing import TYPE_CHECKING, Any, TypeAlias

import click

if TYPE_CHECKING:
    _Number: TypeAlias = click.ParamType[int]
    _Seconds: TypeAlias = click.ParamType[float]
    _Word: TypeAlias = click.Choice[str]
else:  # before click 8.4 they could not be asked what they yield
    _Number = _Seconds = click.ParamType
    _Word = click.Choice


class Whole(_Number):
    """A whole number in a range, in digits of any script."""

    name = "integer"

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        from tabletop.scenario.numerals import whole
        from tabletop.scenario.problems import quoted

        found = value if isinstance(value, int) else whole(str(value))
        if found is None:
            self.fail(f"{quoted(str(value))} is no whole number", param, ctx)
        if not self.low <= found <= self.high:
            self.fail(f"{quoted(str(value))} is not from {self.low:,} to {self.high:,}", param, ctx)
        return found


class Seconds(_Seconds):
    """A time in seconds, such as 0.5, in a range."""

    name = unit = "seconds"

    def __init__(self, low: float, high: float) -> None:
        self.low, self.high = low, high

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        from tabletop.scenario.problems import quoted

        try:
            found = float(unicodedata.normalize("NFKC", str(value)))
        except ValueError:
            found = math.nan
        if math.isnan(found):
            self.fail(f"{quoted(str(value))} is no number of {self.unit}", param, ctx)
        if not self.low <= found <= self.high:
            self.fail(f"{quoted(str(value))} is not from {self.low:g} to {self.high:g}", param, ctx)
        return found


class Millimetres(Seconds):
    """A length in millimetres, such as 2.5, in a range."""

    name = unit = "millimetres"


class OneOf(_Word):
    """One of a few words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from tabletop.scenario.problems import nearest, quoted

        if value not in self.choices:
            near = nearest(str(value), self.choices)
            hint = f"; did you mean '{near}'?" if near else ""
            self.fail(f"{quoted(str(value))} is none of {', '.join(self.choices)}{hint}", param, ctx)
        return str(value)


class HomePath(click.Path):
    """A path in which `~` is the home of whoever runs the command, also where no shell has said so, as behind a `=`."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        path = os.path.expanduser(value)
        if self.exists and "\0" not in path and not os.path.exists(path):
            from tabletop.scenario.problems import quoted

            self.fail(f"there is no file {quoted(str(value))}", param, ctx)
        return super().convert(path, param, ctx)


#: A game's seed: it is taken modulo 2**64.
SEED = Whole(-(2**63), 2**64 - 1)
#: The first of a run of seeds.
FIRST_SEED = Whole(-(2**62), 2**62)


def pairs(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """SEAT=NAME, given any number of times, but once for a seat."""
    from tabletop.scenario.problems import quoted

    found: dict[str, str] = {}
    for one in given:
        seat, _, name = (part.strip() for part in one.partition("="))
        if not seat or not name:
            raise click.BadParameter(f"{quoted(one)} is not of the form SEAT=NAME", ctx, param)
        if found.setdefault(seat, name) != name:
            raise click.BadParameter(
                f"{quoted(seat)} is given twice: {quoted(found[seat])} and {quoted(name)}", ctx, param
            )
    return found
