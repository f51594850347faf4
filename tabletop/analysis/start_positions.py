"""Positions from which playouts begin, shared by worlds that differ in nothing but the values of some premises."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import attrs


@attrs.define(eq=False, slots=False)
class StartPositions:
    """Rows of states, a list or array of them, of which some places are set for a world when it is played."""

    rows: Any

    def set_to(self, places: Mapping[int, int], compiled: bool) -> Any:
        """The rows with these places set: an array for the compiled machine, else lists."""
        if compiled:
            found = self._array.copy()
            for place, value in places.items():
                found[:, place] = value
            return found
        rows = [list(row) for row in self.rows]
        for row in rows:
            for place, value in places.items():
                row[place] = value
        return rows

    @functools.cached_property
    def _array(self) -> Any:
        import numpy as np

        found = np.array(self.rows, dtype=np.int64)
        # It holds the same in a fifth of the memory.
        self.rows = found
        return found
