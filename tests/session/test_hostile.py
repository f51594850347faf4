"""Session files that somebody has forged: taken in or refused in a sentence, whatever they say, and soon.

TABLETOP_FORGED=5000 tries that many forgeries instead of a few.
"""

from __future__ import annotations

import copy
import io
import json
import os
import pathlib
import random
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from rich.console import Console

from tabletop.session import Facilitator, Journal, JournalError, debrief, open_session, portable
from tabletop.session.importing import import_session
from tabletop.session.journal_line import one_line, seal
from tabletop.session.opening import session_of
from tabletop.terminal.record_page import show_record
from tests.session.conftest import Begin, ended, planned

#: What no field expects.
NASTY: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    10**30,
    -(10**30),
    2**63,
    1.5,
    float("nan"),
    float("inf"),
    "",
    "x" * 100_000,
    "\x1b[2J\u202e\x00",
    "\ud800",
    "__class__",
    "../../etc/passwd",
    "2026-13-45T99:99:99",
    [],
    [[[[[[]]]]]],
    {},
    {"": {"": {}}},
    {"id": 7},
)
TRIES = int(os.environ.get("TABLETOP_FORGED", "24"))


def resealed(lines: list[dict[str, Any]]) -> str:
    """A text of these lines, in which every checksum is right."""
    sum, written = "", []
    for line in lines:
        line.pop("seal", None)
        if "tabletop" in line:
            said = one_line(line["heading"]) if isinstance(line["heading"], dict) else json.dumps(line["heading"])
        else:
            said = one_line(line.get("command", line.get("scenario", line)))
        fits = seal(sum, said)
        written.append(json.dumps({**line, "seal": fits}))
        sum = sum if "scenario" in line else fits
    return "\n".join(written) + "\n"


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in plain data."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield (*path, key)
        yield from places(value, (*path, key))


def changed(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The data with another value at a place."""
    data = copy.deepcopy(data)
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return data


@pytest.fixture
def lines(begin: Begin, journal: Journal) -> list[dict[str, Any]]:
    """A session with something of every kind in it, as its text has it."""
    session = planned(begin())
    facilitator = Facilitator(session)
    facilitator.write_card("title: News\ntext: A rider.\neffects: [{change: trust, by: 4, why: Good.}]\n")
    facilitator.inject("fog", "So that they wait.")
    facilitator.set("trust", 61, "As agreed.")
    facilitator.note("For everybody.", ["quote"], shown=True)
    facilitator.message(["harbour"], "Look out.")
    session.begin_branch("bolder")
    session.decide("harbour", "sail_out")
    session.switch("main")
    ended(session)
    return [json.loads(line) for line in portable.text_of(journal.record(session.id)).splitlines()]


def taken_in(text: str, folder: pathlib.Path) -> bool:
    """Whether a text is taken in; then all that can be told of it is told."""
    (folder / "forged.txt").write_text(text, encoding="utf-8", errors="surrogatepass")
    elsewhere = Journal(folder / "elsewhere")
    try:
        for sound in (False, True):
            try:
                found = import_session(elsewhere, folder / "forged.txt", sound)
                break
            except JournalError as error:
                told = str(error)
            assert len(told) < 2_000
            assert told.isprintable()
        else:
            return False
        record = elsewhere.record(found.id)
        show_record(session_of(record), Console(file=io.StringIO()), True)
        debrief.as_csv(debrief.facts(session_of(record)))
        debrief.as_json(session_of(record))
        portable.text_of(record)
        session, _ = open_session(elsewhere, found.id)
        session.close()
        return True
    finally:
        elsewhere.close()


def test_the_text_itself_is_taken_in_resealed(lines: list[dict[str, Any]], tmp_path: pathlib.Path) -> None:
    assert taken_in(resealed(lines), tmp_path)


def test_a_text_that_is_of_another_scenario_than_it_says_is_refused(
    lines: list[dict[str, Any]], tmp_path: pathlib.Path
) -> None:
    assert not taken_in(resealed([changed(lines[0], ("heading", "scenario"), "Another: one"), *lines[1:]]), tmp_path)


def test_whatever_a_forged_text_says_it_ends_in_a_sentence(lines: list[dict[str, Any]], tmp_path: pathlib.Path) -> None:
    dice = random.Random(11)
    where = [(number, path) for number, line in enumerate(lines) for path in places(line) if path[:1] != ("seal",)]
    for _ in range(TRIES):
        number, path = dice.choice(where)
        forged = [*lines[:number], changed(lines[number], path, dice.choice(NASTY)), *lines[number + 1 :]]
        try:
            text = resealed(copy.deepcopy(forged))
        except (ValueError, KeyError, TypeError):
            continue
        taken_in(text, tmp_path)


def steps(do: Any) -> int:
    """How many functions were called: work, and not time."""
    count = 0

    def called(_: object, event: str, __: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(called)
    try:
        do()
    finally:
        sys.setprofile(None)
    return count


def test_work_grows_with_a_forged_text_and_not_faster(lines: list[dict[str, Any]], tmp_path: pathlib.Path) -> None:
    def text(count: int) -> pathlib.Path:
        note = next(line for line in lines if line.get("command", {}).get("kind") == "note")
        more = [copy.deepcopy(note) for _ in range(count)]
        for number, line in enumerate(more, 1):
            line["command"] |= {"number": number, "parent": 0}
        path = tmp_path / f"{count}.txt"
        first = {**lines[0], "growing": True}
        path.write_text(resealed(copy.deepcopy([first, lines[1], *more])), encoding="utf-8")
        return path

    few, many = text(100), text(200)
    assert steps(lambda: portable.read(many)) < 2.3 * steps(lambda: portable.read(few))
