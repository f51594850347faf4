"""The `balance` job: computes the whole report on all cores and compares it with the last run."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from tabletop import __version__
from tabletop.analysis.action_optimality import Optimality, action_optimality
from tabletop.analysis.balance import (
    Balance,
    ChangeLine,
    Estimate,
    InformationLine,
    SpreadLine,
    UseLine,
    blank,
    experiment_lines,
)
from tabletop.analysis.experiments import evaluate
from tabletop.analysis.information import information
from tabletop.analysis.spreads import spreads
from tabletop.analysis.survey import Each, Survey, solo_seat
from tabletop.analysis.worker_pools import cores
from tabletop.engine.compiled.support import has_compiled, why_plain
from tabletop.engine.game import Game
from tabletop.scenario import Scenario
from tabletop.scenario.library import locate
from tabletop.scenario.loading import load
from tabletop.scenario.on_paper import on_paper
from tabletop.scenario.text_sanitizing import shown
from tabletop.storage.cache import Cache

#: Games for each pair of doctrines.
REPLY_GAMES = 2_000
#: At most so many games of the search player for each seat's spread.
SPREAD_GAMES = 200
#: Seconds between checks of a watched pack.
GLANCE = 0.5


def balance(
    scenario: Scenario,
    games: int,
    seed: int = 0,
    say: Callable[[str], object] = lambda _: None,
    searched: int = 0,
) -> Balance:
    """The report of a scenario, with so many games for each figure, and `searched` for each figure of the search player
    (0 for none); `say` is called with the present step."""
    found = blank(scenario, games, seed)
    with _workers() as workers:
        each: Each = map if workers is None else workers.map
        if scenario.experiments:
            say(f"{len(scenario.experiments)} experiments, {games:,} games in each arm")
            found["experiments"] = experiment_lines(scenario, evaluate(scenario, games, seed, each, True))
        game = Game(scenario)
        survey = Survey(game, games, seed, each)
        say("hidden truths, assumptions, doctrines")
        found["base"], found["tornado"] = survey.base(), survey.tornado()
        found["outcomes"], found["matrix"] = survey.by_hidden()
        few = Survey(game, min(games, REPLY_GAMES), seed, each)
        found["replies"], found["worlds"] = few.replies(), few.by_worldview()
        say("what a seat's decisions are worth")
        found["spreads"] = spreads(few, each, min(searched, SPREAD_GAMES))
        if searched and scenario.hidden:
            say("what it is worth to know")
            found["information"] = information(scenario, solo_seat(scenario), searched, seed)
        if has_compiled():
            say("cards and actions")
            found["cards"], found["actions"] = survey.uses()
            say("which actions are ever right")
            _add_optimality(found["actions"], scenario, action_optimality(scenario, games, seed, each))
    return found


@contextlib.contextmanager
def _workers() -> Iterator[Executor | None]:
    """Threads for the compiled machine, which runs in parallel; None for plain Python, which would not."""
    if not has_compiled():
        yield None
        return
    with ThreadPoolExecutor(cores()) as workers:
        yield workers


def _add_optimality(lines: list[UseLine], scenario: Scenario, right: Mapping[tuple[str, str], Optimality]) -> None:
    ids = {seat.name: seat.id for seat in scenario.seats}
    worlds = {worldview.id: worldview.name for worldview in scenario.worldviews}
    for line in lines:
        found = right[ids[line["seat"]], line["id"].split("(")[0]]
        line["looked"], line["right"], line["under"] = found.looked, found.right, worlds.get(found.under, "")


# Comparing with the last run


def compare(new: Balance, old: Balance | None) -> list[ChangeLine]:
    """Differences from an earlier report of the same scenario: verdicts, and figures with disjoint intervals."""
    if old is None or old["games"] == 0:
        return []
    before = {(line["id"], line["world"]): line for line in old["experiments"]}
    changes = []
    for line in new["experiments"]:
        last = before.get((line["id"], line["world"]))
        if last is None:
            changes.append(ChangeLine(name=line["title"], before="not there", after=line["verdict"]))
        elif last["verdict"] != line["verdict"]:
            changes.append(ChangeLine(name=line["title"], before=last["verdict"], after=line["verdict"]))
    rows = {row["name"]: row for row in (old["matrix"] or {"rows": []})["rows"]}
    for row in (new["matrix"] or {"rows": []})["rows"]:
        for column, points, earlier in zip(
            (new["matrix"] or {"columns": []})["columns"],
            row["points"],
            rows.get(row["name"], {"points": []})["points"],
            strict=False,
        ):
            if _apart(points, earlier):
                name = f"{row['name']}, {column}: points"
                changes.append(ChangeLine(name=name, before=_told(earlier), after=_told(points)))
    return changes


def _told(estimate: Any) -> str:
    return f"{estimate['value']:.1f}".replace("-", "−")


def _apart(one: Any, other: Any) -> bool:
    ends = (one["low"], one["high"], other["low"], other["high"])
    return None not in ends and (one["low"] > other["high"] or other["low"] > one["high"])


def last_run(scenario: Scenario) -> Balance | None:
    """The cached report of the last run of a scenario on this machine, if readable."""
    cache = _cache()
    kept = None if cache is None else cache.read(_entry(scenario))
    found: Balance | None = None if kept is None else json.loads(kept)
    return found


def keep(found: Balance, scenario: Scenario) -> None:
    """Caches a report for comparison with the next run."""
    cache = _cache()
    if cache is not None:
        cache.keep(_entry(scenario), json.dumps(found).encode())


def _cache() -> Cache | None:
    return Cache.of_user("balance")


def _entry(scenario: Scenario) -> str:
    # The content of reports depends on the version.
    return f"{scenario.id}-{__version__}.json"


# Watching and showing


def edits(pack: str) -> Iterator[None]:
    """Yields whenever a file of the pack has changed. Raises UnknownScenario."""
    folder = locate(pack)

    def stamp() -> list[tuple[str, int]]:
        return sorted((str(path), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file())

    seen = stamp()
    while True:
        time.sleep(GLANCE)
        with contextlib.suppress(OSError):  # a file may vanish between two checks
            now = stamp()
            if now != seen:
                seen = now
                yield


def run(pack: str, games: int, seed: int, console: Console, paper: bool = False, searched: int = 0) -> Balance:
    """Loads a pack, balances it and compares it with the last run. Raises PackError and UnknownScenario.

    On `paper` the rules are left out that its author leaves out there, and what comes of it is compared with the same
    experiments of the whole pack; this run is not kept as the last one.
    """
    whole = load(pack)
    scenario = on_paper(whole) if paper else whole
    progress = Console(stderr=True)
    if not has_compiled():
        words = f"Playing in plain Python, some fifty times as slow: {why_plain()}."
        progress.print(words, markup=False, highlight=False, soft_wrap=True)
    started = time.perf_counter()
    with progress.status("Playing") as status:
        found = balance(scenario, games, seed, lambda words: status.update(Text(shown(f"Playing: {words}"))), searched)
        if scenario is not whole:
            status.update(Text("Playing: the experiments with all rules"))
            found["changes"] = compare(found, _experiments_alone(whole, games, seed))
    if scenario is whole:
        found["changes"] = compare(found, last_run(scenario))
        keep(found, scenario)
    show(found, console)
    console.print(f"{time.perf_counter() - started:.0f} seconds.", highlight=False)
    return found


def _experiments_alone(scenario: Scenario, games: int, seed: int) -> Balance:
    """A report of the experiments and of nothing else."""
    found = blank(scenario, games, seed)
    with _workers() as workers:
        each: Each = map if workers is None else workers.map
        found["experiments"] = experiment_lines(scenario, evaluate(scenario, games, seed, each))
    return found


def show(found: Balance, console: Console) -> None:
    """Prints what matters most: verdicts other than 'held', doctrines by hidden truth, what never happens, changes."""
    signs = {"held": "✓", "not held": "✗", "inconclusive": "?"}
    lines = found["experiments"]
    counts = ", ".join(f"{signs[word]} {sum(line['verdict'] == word for line in lines)} {word}" for word in signs)
    title = Text.assemble((shown(found["scenario"]["title"]), "bold"), f": {len(lines)} findings: {counts}")
    console.print(title)
    for line in lines:
        if line["verdict"] != "held":
            world = f" ({line['world']})" if line["world"] else ""
            console.print(Text(shown(f"  {signs[line['verdict']]} {line['verdict']}: {line['title']}{world}")))
    for line in lines:
        if line["restates"]:
            console.print(Text(shown(f"  ! a single rule names its figure, and so it cannot fail: {line['title']}")))
    if found["matrix"]:
        console.print(_matrix_table(found["matrix"], "hidden truth"))
    if found["worlds"]:
        console.print(_matrix_table(found["worlds"], "worldview"))
    if found["spreads"]:
        console.print(_spread_table(found["spreads"]))
    if found["information"]:
        console.print(Text(shown(_information(found["information"]))))
    for word, names in _oddities(found).items():
        if names:
            console.print(Text(shown(f"{word}: {', '.join(names)}")))
    for change in found["changes"]:
        console.print(Text(shown(f"  changed: {change['name']}: {change['before']} → {change['after']}")))


def _spread_table(lines: Sequence[SpreadLine]) -> Table:
    """A spread stands in points, and beside that of the seat with the widest as a share of it."""
    columns = [
        Column("random play"),
        Column("best doctrine"),
        Column("search"),
        Column("spread"),
        Column("of the widest"),
    ]
    games = f"{lines[0]['games']:,} games" + (f", search {lines[0]['searched']:,}" if lines[0]["searched"] else "")
    table = Table(f"points of a seat, by who plays it ({games})", *columns, box=None, pad_edge=False)
    widest = max(line["spread"] for line in lines) or 1.0
    for line in lines:
        doctrine, search = line["doctrine"], line["search"]
        table.add_row(
            Text(shown(line["seat"])),
            _within(line["random"]),
            Text(shown(f"{_within(doctrine)} {line['best']}")) if doctrine else "",
            _within(search) if search else "",
            f"{line['spread']:.1f} ± {line['margin']:.1f}",
            f"{line['spread'] / widest:.0%}",
        )
    return table


def _information(line: InformationLine) -> str:
    truth, signs = line["worth_of_truth"], line["worth_of_signs"]
    return (
        f"{line['seat']}, played by the search over {line['games']:,} games: {line['told']['value']:.1f} told the"
        f" truth, {line['signs']['value']:.1f} with the signs, {line['withheld']['value']:.1f} without; the truth is"
        f" worth {_within(truth)} more than the signs, the signs {_within(signs)}"
    )


def _within(estimate: Estimate) -> str:
    return f"{estimate['value']:.1f} ± {((estimate['high'] or 0.0) - (estimate['low'] or 0.0)) / 2:.1f}"


def _matrix_table(matrix: Any, by: str) -> Table:
    columns = [Column(Text(shown(column))) for column in matrix["columns"]]
    table = Table(f"points, by doctrine and {by}", *columns, box=None, pad_edge=False)
    best = [max(row["points"][at]["value"] for row in matrix["rows"]) for at in range(len(columns))]
    for row in matrix["rows"]:
        cells = [
            f"{points['value']:.1f}" + (" ◂ best" if points["value"] == most else "")
            for points, most in zip(row["points"], best, strict=True)
        ]
        table.add_row(Text(shown(row["name"])), *cells)
    return table


def _oddities(found: Balance) -> dict[str, list[str]]:
    actions = {f"{line['seat']}: {line['id'].split('(')[0]}": line for line in found["actions"]}
    looked = {name: line for name, line in actions.items() if line["looked"]}
    return {
        "Cards that never came up": [line["id"] for line in found["cards"] if line["share"] == 0],
        "Actions that nobody took": sorted({line["id"] for line in found["actions"] if line["share"] == 0}),
        "Actions that were right in no position looked at": [
            name for name, line in looked.items() if not line["right"] and not line["under"]
        ],
        "Actions that were right only with other assumptions": [
            f"{name} ({line['under']})" for name, line in looked.items() if line["under"]
        ],
        "Actions that were right in every position looked at": [
            name for name, line in looked.items() if line["right"] == line["looked"]
        ],
    }
