"""The cache: nothing that lies there is believed, and it can be emptied."""

from __future__ import annotations

import os
import pathlib

import pytest
from click.testing import CliRunner

from tabletop.cli import main
from tabletop.storage import cache as module
from tabletop.storage.cache import Cache


@pytest.fixture
def cache(tmp_path: pathlib.Path) -> Cache:
    return Cache(tmp_path / "cache" / "part")


@pytest.mark.parametrize("damage", ["empty", "cut", "longer", "flipped", "garbage", "key", "a folder"])
def test_an_entry_that_is_not_as_it_was_kept_is_none_and_is_made_anew(cache: Cache, damage: str) -> None:
    assert cache.keep("one", b"content")
    assert cache.read("one") == b"content"
    file = cache.folder / "one"
    kept = file.read_bytes()
    match damage:
        case "empty" | "cut" | "longer" | "flipped" | "garbage":
            flipped = bytes([*kept[:-1], kept[-1] ^ 1])
            words = {"empty": b"", "cut": kept[:-1], "longer": kept + b"x", "flipped": flipped, "garbage": b"x" * 99}
            file.write_bytes(words[damage])
        case "key":
            (cache.root / "cache.key").write_bytes(b"\0" * 5)
        case _:
            file.unlink()
            file.mkdir()
    assert cache.read("one") is None
    cache.keep("one", b"again")
    assert cache.read("one") == (None if damage == "a folder" else b"again")


def test_an_entry_under_another_name_or_from_elsewhere_is_none(cache: Cache, tmp_path: pathlib.Path) -> None:
    elsewhere = Cache(tmp_path / "elsewhere" / "part")
    for one in (cache, elsewhere):
        one.keep("one", b"content")
        one.keep("two", b"content")
    (cache.folder / "two").write_bytes((cache.folder / "one").read_bytes())
    (cache.folder / "one").write_bytes((elsewhere.folder / "one").read_bytes())
    assert (cache.read("one"), cache.read("two")) == (None, None)


@pytest.mark.skipif(os.name != "posix", reason="files have owners on POSIX only")
def test_what_belongs_to_somebody_else_is_neither_read_nor_written(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.keep("one", b"content")
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    assert (cache.read("one"), cache.keep("two", b"x")) == (None, False)
    assert {one.name for one in cache.folder.iterdir()} == {"one"}


def test_where_there_is_no_place_for_a_cache_there_is_none(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache = Cache(tmp_path / "file" / "part")
    assert (cache.keep("one", b"x"), cache.read("one")) == (False, None)
    monkeypatch.setattr(module, "cache_root", lambda: None)
    assert Cache.of_user("part") is None


def test_the_oldest_go_and_never_what_was_just_kept_though_a_clock_was_ahead(cache: Cache) -> None:
    for name in ("one", "two", "three"):
        cache.keep(name, b"x")
        os.utime(cache.folder / name, (9e9, 9e9))
    cache.keep("now", b"x")
    cache.trim(2, but="now")
    assert cache.read("now") == b"x"
    assert len(list(cache.folder.iterdir())) == 2


def test_a_command_says_where_the_cache_is_and_empties_it(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "cache_root", lambda: tmp_path / "tabletop")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "mine").write_text("mine")
    found = Cache.of_user("packs")
    assert found is not None
    found.keep("one", b"x")
    (tmp_path / "tabletop" / "link").symlink_to(outside)
    told = CliRunner().invoke(main, ["cache"])
    assert (told.exit_code, str(tmp_path / "tabletop") in told.output, "2 files" in told.output) == (0, True, True)
    told = CliRunner().invoke(main, ["cache", "--clear"])
    assert (told.exit_code, "is empty" in told.output) == (0, True)
    assert list((tmp_path / "tabletop").iterdir()) == []
    assert (outside / "mine").read_text() == "mine"
