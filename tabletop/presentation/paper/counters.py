"""The counters of a board on paper: meters, tracks, resources, variables and hidden truths."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.presentation.names import Names, worded
from tabletop.presentation.paper.values import PaperCounter
from tabletop.presentation.paper.wording import PaperWords
from tabletop.scenario import Scenario
from tabletop.scenario.board import Threshold
from tabletop.scenario.scope import track_ids


def counters_of(scenario: Scenario, names: Names, said: PaperWords) -> tuple[PaperCounter, ...]:
    """Every counter, in the order of a pack: meters, tracks, resources, variables, hidden truths."""
    return tuple(_counters(scenario, names, said))


def _counters(scenario: Scenario, names: Names, said: PaperWords) -> Iterator[PaperCounter]:
    symbols = said.scope.symbols

    def counter(id: str, kind: str, start: str, text: str = "", **more: object) -> PaperCounter:
        symbol = symbols[id]
        members = symbol.members
        return PaperCounter(
            id=id,
            kind=kind,
            name=names.full(id),
            text=" ".join(text.split()),
            low=symbol.low,
            high=symbol.high,
            members=members,
            member_words=tuple(map(worded, members)),
            is_yes_or_no=symbol.kind == "bool",
            start=start,
            keepers=None if symbol.known_to is None else tuple(sorted(symbol.known_to)),
            **more,  # type: ignore[arg-type]
        )

    for meter in scenario.meters:
        yield counter(meter.id, "meter", str(meter.start), meter.text, levels=_levels(meter.thresholds))
    for track in scenario.tracks:
        for id in track_ids(track):
            yield counter(id, "track", str(track.start), track.text, levels=_levels(track.thresholds))
    for seat in scenario.seats:
        for one in seat.resources:
            yield counter(one.id, "resource", str(one.start), refresh=one.refresh, seat=seat.id)
    for variable in scenario.variables:
        start = said.source(variable.start) or ("true" if variable.start is not None else "")
        yield counter(variable.id, "variable", start or str(symbols[variable.id].low), variable.text)
    for hidden in scenario.hidden:
        yield counter(hidden.id, "truth", "", hidden.text)


def _levels(thresholds: tuple[Threshold, ...]) -> tuple[tuple[int, str], ...]:
    return tuple((one.at, one.name) for one in thresholds)
