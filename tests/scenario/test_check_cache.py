"""A pack that was checked and has not changed since is not checked again; any change in it is seen."""

from __future__ import annotations

import pathlib
import subprocess
import sys
from collections.abc import Callable

import pytest

from tabletop.scenario.check_cache import remembered
from tabletop.scenario.problems import Mark, Problem
from tabletop.storage.cache import cache_root, empty

WARNING = Problem("an odd word", Mark("pack/scenario.yaml", 3, 5), "even", severity="warning")
Check = Callable[[], bool]


@pytest.fixture
def pack(tmp_path: pathlib.Path) -> pathlib.Path:
    folder = tmp_path / "pack"
    (folder / "injects").mkdir(parents=True)
    (folder / "scenario.yaml").write_text("id: pack\n")
    (folder / "injects" / "first.yaml").write_text("injects: []\n")
    return folder


@pytest.fixture
def is_checked(pack: pathlib.Path) -> Check:
    """Asks for the problems of the pack, and says whether it was checked for that."""

    def ask() -> bool:
        seen: list[pathlib.Path] = []
        assert remembered(pack, lambda place: seen.append(place) or [WARNING]) == [WARNING]  # type: ignore[func-returns-value]
        return bool(seen)

    return ask


def test_an_unchanged_pack_is_checked_once(is_checked: Check) -> None:
    assert [is_checked(), is_checked(), is_checked()] == [True, False, False]


@pytest.mark.parametrize("name", ["scenario.yaml", "cards.yaml", "art/map.svg", "brief.md", "injects/first.yaml"])
def test_whatever_changes_in_a_pack_is_checked(name: str, pack: pathlib.Path, is_checked: Check) -> None:
    is_checked()
    (pack / name).parent.mkdir(exist_ok=True)
    (pack / name).write_text("title: another\n")
    assert is_checked()
    assert not is_checked()


def test_a_link_in_a_pack_has_it_checked_each_time(pack: pathlib.Path, is_checked: Check) -> None:
    (pack / "cards.yaml").symlink_to(pack / "scenario.yaml")
    assert is_checked()
    assert is_checked()


def test_a_damaged_or_emptied_cache_is_as_none(is_checked: Check) -> None:
    root = cache_root()
    assert root is not None
    before = set((root / "checks").glob("*"))
    is_checked()
    (entry,) = set((root / "checks").iterdir()) - before
    entry.write_bytes(entry.read_bytes()[:-1] + b"?")
    assert is_checked()
    empty(root)
    assert is_checked()


def test_another_name_of_the_same_folder_is_told_by_that_name(pack: pathlib.Path) -> None:
    def found(place: pathlib.Path) -> list[Problem]:
        return [Problem("broken", Mark(str(place / "scenario.yaml"), 1, 1))]

    for place in (pack, pack / "..", pack, pack / ".." / "pack"):
        assert str(place) in str(remembered(place, found)[0])


def test_checking_an_unchanged_pack_loads_no_classes_of_packs(pack: pathlib.Path) -> None:
    code = f"""
import sys
from tabletop.cli import main
for _ in range(2):
    try: main(["check", {str(pack)!r}])
    except SystemExit: pass
    print(len([name for name in sys.modules if name.startswith("tabletop.scenario.")]))
    for name in [name for name in sys.modules if name.startswith("tabletop.scenario.")]: del sys.modules[name]
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    counted = [int(line) for line in done.stdout.splitlines() if line.isdigit()]
    assert counted[0] > 40
    assert counted[1] < 8
