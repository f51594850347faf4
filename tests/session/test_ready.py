"""Packs that have been read once are not read again, and nothing that lies in the cache changes a game."""

from __future__ import annotations

import pathlib
from collections.abc import Callable

import pytest

import tabletop
from tabletop.scenario.library import locate
from tabletop.scenario.problems import PackError
from tabletop.scenario.reading import texts_of
from tabletop.session import ready


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> pathlib.Path:
    monkeypatch.setattr(ready, "default_folder", lambda: tmp_path / "cache")
    return tmp_path / "cache"


@pytest.mark.parametrize("pack", ["summit-2018", "first-summit"])
def test_a_pack_that_was_read_before_gives_the_same_game(pack: str) -> None:
    first, again, read = ready.load_quickly(pack), ready.load_quickly(pack), tabletop.load(pack)
    assert first == again == read
    ours, theirs = tabletop.Game(again), tabletop.Game(read)
    assert ours.program.digest == theirs.program.digest
    assert ours.start(7).fingerprint == theirs.start(7).fingerprint


def test_what_is_kept_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    ready.load_quickly("first-summit")
    monkeypatch.setattr(ready, "load_texts", None)
    monkeypatch.setattr(ready, "load", None)
    assert ready.load_quickly("first-summit").id == "first-summit"


@pytest.mark.parametrize("damage", [b"", b"nothing", "cut"])
def test_a_damaged_cache_is_as_none(damage: bytes | str, cache: pathlib.Path) -> None:
    ready.load_quickly("first-summit")
    (file,) = cache.iterdir()
    file.write_bytes(file.read_bytes()[:500] if isinstance(damage, str) else damage)
    assert ready.load_quickly("first-summit") == tabletop.load("first-summit")


def test_without_a_place_for_the_cache_packs_are_read(cache: pathlib.Path) -> None:
    cache.write_text("a file in its way", encoding="utf-8")
    assert ready.load_quickly("first-summit").id == "first-summit"


def test_a_pack_that_was_changed_is_read_anew(town: Callable[..., tabletop.Scenario], cache: pathlib.Path) -> None:
    folder = str(cache.parent / "town")
    town()
    assert ready.load_quickly(folder).title == "The Town"
    town(title="The Other Town")
    assert ready.load_quickly(folder).title == "The Other Town"


def test_a_pack_with_mistakes_names_them_all(town: Callable[..., tabletop.Scenario], cache: pathlib.Path) -> None:
    with pytest.raises(PackError):
        town(player="nobody", meters=[])
    with pytest.raises(PackError) as raised:
        ready.load_quickly(str(cache.parent / "town"))
    assert len(raised.value.problems) > 1


def test_no_more_than_a_dozen_packs_are_kept(town: Callable[..., tabletop.Scenario], cache: pathlib.Path) -> None:
    for number in range(15):
        town(title=f"Town {number}")
        ready.readied(texts_of(locate(str(cache.parent / "town"))))
    assert len(list(cache.iterdir())) == 12
