"""Removes or renames faulty parts of a pack's data, so that the rest can still be validated."""

from __future__ import annotations

import bisect
from typing import Any, Final

import attrs

from tabletop.scenario.problems import Path

#: Placeholder for a removed list item, so that the others keep their index.
LOST: Final = object()

_DECLARING = ("id", "name", "values", "by")


def value_at(data: Any, path: Path) -> Any:
    """The value at a path of the data; LOST if it, or a container of it, was removed."""
    for step in path:
        if data is LOST:
            break
        data = data.get(step, LOST) if isinstance(data, dict) else data[step]
    return data


@attrs.define
class Repairs:
    """What was removed or renamed, by its path in the pack's data, and the names declared there.

    A scenario made of repaired data lacks the items in `removed`: `original` maps a path in the scenario to the path in
    the author's file. Problems that may only follow from a removal are not reported.
    """

    unread: bool = False
    gone: set[Path] = attrs.field(factory=set)
    removed: dict[Path, list[int]] = attrs.field(factory=dict)
    _unclear: set[Path] = attrs.field(factory=set)
    _renamed: dict[Path, str] = attrs.field(factory=dict)
    _names: set[str] = attrs.field(factory=set)
    _parts: set[str] = attrs.field(factory=set)
    _nameless: bool = False

    @property
    def complete(self) -> bool:
        """Whether nothing of the author's text was removed."""
        return not (self.unread or self.gone or self.removed)

    # Removing

    def take_out(self, data: Any, path: Path, naming: str = "") -> None:
        """Removes an item from its list, or a value from its mapping.

        `naming` is the field that has the name of such items, if any.
        """
        holder, step = value_at(data, path[:-1]), path[-1]
        if isinstance(holder, list) and isinstance(step, int) and holder[step] is not LOST:
            self._lose(holder[step], naming)
            holder[step] = LOST
            bisect.insort(self.removed.setdefault(path[:-1], []), step)
        elif isinstance(holder, dict) and step in holder:
            self._lose(holder.pop(step), naming)
            self.gone.add(path)

    def take_out_unknown(self, data: Any, path: Path) -> None:
        """Removes an unknown key. If it has a value, it may have been meant for any other field of the mapping."""
        if value_at(data, path) is not None:
            self._unclear.add(path[:-1])
        self.take_out(data, path)

    def put(self, data: Any, path: Path, placeholder: Any, naming: str = "") -> None:
        """Puts a placeholder for a value that is missing or of the wrong kind. `naming` as in `take_out`."""
        holder = value_at(data, path[:-1])
        if isinstance(holder, dict):
            self._lose(holder.get(path[-1]), naming)
            holder[path[-1]] = placeholder
            self.gone.add(path)

    def rename(self, data: Any, path: Path, name: str) -> None:
        """Renames a misspelt key."""
        holder = value_at(data, path[:-1])
        holder[name] = holder.pop(path[-1])
        self._renamed[(*path[:-1], name)] = str(path[-1])

    def _lose(self, value: Any, naming: str = "") -> None:
        """Records the names that a value declared, so that their uses are not reported."""
        named = value.get(naming) if isinstance(value, dict) else value
        if naming and not isinstance(named, str | int):
            self._nameless = True
        self._lose_names(value)
        if naming == "id" and isinstance(named, str):  # perhaps a track with a line for each item
            self._parts.add(f"{named}_")
        if naming == "name":  # a parameter, used in braces
            self._parts.add(f"{{{named if isinstance(named, str) else ''}")
        pending = [value]
        while pending:
            value = pending.pop()
            if isinstance(value, dict):
                self._lose_declared(value)
            if isinstance(value, dict | list):
                pending += value.values() if isinstance(value, dict) else value

    def _lose_declared(self, value: dict[str, Any]) -> None:
        for field in _DECLARING:
            self._lose_names(value.get(field))
        if "by" in value and "id" in value:  # a track with a line for each item
            self._parts.add(f"{value['id']}_")
        if "values" in value and "name" in value and "id" not in value:  # a parameter
            self._parts.add(f"{{{value['name']}")

    def _lose_names(self, value: Any) -> None:
        for name in value if isinstance(value, list) else [value]:
            if isinstance(name, str | int):
                self._names.add(str(name))

    # Queries

    def lost(self, name: str) -> bool:
        """Whether an undeclared name may have been removed, or be in a file that was not read."""
        return self.unread or self._nameless or name in self._names or any(part in name for part in self._parts)

    def broken(self, source: str) -> bool:
        """Whether an expression has parameters `{in braces}` that were removed."""
        return "{" in source and any(part in source for part in self._parts if part.startswith("{"))

    def took(self, path: Path, *fields: str) -> bool:
        """Whether one of these fields of the thing at a path in the scenario was removed, or an item of it.

        An unknown key may be any of them; sections of a pack may also be in a file that was not read.
        """
        place = self._in_data(path)
        if place in self._unclear or (self.unread and not path):
            return True
        return any((*place, field) in self.gone or (*place, field) in self.removed for field in fields)

    def covers(self, path: Path) -> bool:
        """Whether the value at a path in the scenario is a placeholder for one that was reported."""
        return bool(self.gone) and self._in_data(path) in self.gone

    def original(self, path: Path) -> Path:
        """The path in the author's data of a path in the scenario."""
        return self.written(self._in_data(path))

    def written(self, path: Path) -> Path:
        """A path in the repaired data with the author's spelling of its keys."""
        if not self._renamed:
            return path
        return tuple(self._renamed.get(path[: at + 1], step) for at, step in enumerate(path))

    def _in_data(self, path: Path) -> Path:
        if not self.removed:
            return path
        found: list[str | int] = []
        for step in path:
            if isinstance(step, int):
                for removed in self.removed.get(tuple(found), ()):
                    step += removed <= step
            found.append(step)
        return tuple(found)
