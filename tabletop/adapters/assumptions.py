"""Parses the assumptions given to an adapter: a mapping, or text such as `critics;sincere_kim:40`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tabletop.engine.game import UnknownAssumption
from tabletop.scenario.numerals import python_number, whole
from tabletop.scenario.pack import Scenario
from tabletop.scenario.problems import nearest


def chosen(scenario: Scenario, given: Mapping[str, Any] | str | None) -> dict[str, int | bool]:
    """Assumptions by name. Text names worldviews and `name:value` (true, false, a whole number), with `;` between.

    Raises UnknownAssumption for other text; names and values are validated by `Game`.

    >>> import tabletop
    >>> chosen(tabletop.load("first-summit"), "papers_matter:false")
    {'papers_matter': False}
    """
    if given is None:
        return {}
    if isinstance(given, str):
        return _from_text(scenario, given)
    if not isinstance(given, Mapping):
        raise UnknownAssumption(f"assumptions are a mapping or text such as name:value;name:value, not {given!r}")
    read = {name: python_number(value) for name, value in given.items()}
    # Values that are neither integer nor boolean are passed on and refused by `Game`.
    return {name: given[name] if value is None else value for name, value in read.items()}


def _from_text(scenario: Scenario, text: str) -> dict[str, int | bool]:
    worldviews = {worldview.id: worldview.values for worldview in scenario.worldviews}
    found: dict[str, int | bool] = {}
    for part in filter(None, (one.strip() for one in text.split(";"))):
        name, _, value = part.partition(":")
        if part in worldviews:
            found.update(worldviews[part])
        elif value in ("true", "false"):
            found[name] = value == "true"
        elif (number := whole(value)) is not None:
            found[name] = number
        else:
            near = nearest(part, worldviews)
            hint = f"; did you mean '{near}'?" if near else ""
            known = ", ".join(worldviews) or "none"
            raise UnknownAssumption(
                f"'{part}' is neither name:value (true, false, a number) nor a worldview ({known}){hint}"
            )
    return found
