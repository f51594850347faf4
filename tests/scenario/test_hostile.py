"""Packs that are made to keep the program busy take no more work than sound ones: counted in calls, and not by time."""

from __future__ import annotations

import difflib
import pathlib
import sys
from collections.abc import Callable

import pytest

from tabletop.scenario.loading import check
from tabletop.scenario.problems import MOST_COMPARED, MOST_PROBLEMS, nearest
from tests.sampled import BROKEN, some
from tests.scenario.hostile import HOSTILE, Make, sound, written


def calls(do: Callable[[], object]) -> int:
    """How many functions were called."""
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


def work(make: Make, count: int, folder: pathlib.Path) -> int:
    """How much is done to check a pack of so many things; and that it comes out with problems in words."""
    pack = written(make(count), folder / f"{make.__name__}-{count}")
    problems = check(pack)
    assert len(problems) <= MOST_PROBLEMS
    assert all("Traceback" not in str(one) and len(str(one)) < 2_000 for one in problems)
    return calls(lambda: check(pack))


@pytest.mark.parametrize(
    "make", [HOSTILE[name] for name in some(HOSTILE, 3, unless=BROKEN)], ids=some(HOSTILE, 3, unless=BROKEN)
)
def test_a_hostile_pack_takes_at_most_five_times_the_work_of_a_sound_one(make: Make, tmp_path: pathlib.Path) -> None:
    few, many = work(make, 60, tmp_path), work(make, 120, tmp_path)
    assert many < 5 * work(sound, 120, tmp_path)
    # And its work grows with its size: what is the same for every pack counts in both.
    assert many < 2.5 * few


def test_the_work_over_misspelt_names_does_not_grow_with_mistakes_times_names(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = 0
    ratio = difflib.SequenceMatcher.ratio

    def counted(matcher: difflib.SequenceMatcher[str]) -> float:
        nonlocal compared
        compared += 1
        return ratio(matcher)

    monkeypatch.setattr(difflib.SequenceMatcher, "ratio", counted)
    for count in (300, 600):
        compared = 0
        check(written(HOSTILE["misspelt_effects"](count), tmp_path / str(count)))
        assert compared <= MOST_PROBLEMS * MOST_COMPARED * 2  # difflib asks twice about one that is near


def test_among_many_names_the_nearest_is_still_found() -> None:
    names = [f"meter_number_{at}" for at in range(5_000)]
    assert nearest("metre_number_4711", names) == "meter_number_4711"
    assert nearest("alliance_cohesoin", [*names, "alliance_cohesion"]) == "alliance_cohesion"
    assert nearest("nothing_like_it", [f"x{at}" for at in range(5_000)]) == ""
