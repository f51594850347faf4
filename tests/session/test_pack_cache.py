"""Packs that have been read once are not read again, and nothing that lies in the cache changes a game."""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import sqlite3
import zlib
from collections.abc import Callable

import attrs
import pytest

import tabletop
from tabletop.engine.program import Program
from tabletop.scenario import loading
from tabletop.scenario.library import locate
from tabletop.scenario.pack_files import digest_of, texts_of
from tabletop.scenario.problems import PackError
from tabletop.session import Journal, open_session, pack_cache
from tabletop.storage.cache import Cache
from tests.session.conftest import Begin, planned


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> pathlib.Path:
    monkeypatch.setattr(pack_cache, "cache", lambda: Cache(tmp_path / "cache"))
    return tmp_path / "cache"


#: What a program is made of, but for what has no equality of its own.
PLAIN = sorted(
    {field.name for field in attrs.fields(Program)} - {"formulas", "groups", "valued", "scope", "origins", "others"}
)


def played(game: tabletop.Game) -> str:
    """A game in which everybody takes the last action offered, by what became of it."""
    state = game.start(7)
    while not state.finished:
        seat = state.acting[-1]
        state = game.apply(state, seat, game.actions(state, seat)[-1])
    return f"{state.fingerprint} {[str(entry) for entry in state.log]}"


@pytest.mark.parametrize("pack", ["summit-2018", "first-summit"])
def test_a_pack_that_was_read_before_gives_the_same_game(pack: str) -> None:
    first, again, read = pack_cache.load_quickly(pack), pack_cache.load_quickly(pack), tabletop.load(pack)
    assert first == again == read
    ours, theirs = tabletop.Game(again), tabletop.Game(read)
    assert ours.program.digest == theirs.program.digest
    assert [getattr(ours.program, name) for name in PLAIN] == [getattr(theirs.program, name) for name in PLAIN]
    assert played(ours) == played(theirs)


def test_what_is_kept_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    pack_cache.load_quickly("first-summit")
    monkeypatch.setattr(loading, "load_texts", None)
    monkeypatch.setattr(loading, "load", None)
    assert pack_cache.load_quickly("first-summit").id == "first-summit"


@pytest.mark.parametrize("damage", [b"", b"nothing", "cut"])
def test_a_damaged_cache_is_as_none(damage: bytes | str, cache: pathlib.Path) -> None:
    pack_cache.load_quickly("first-summit")
    (file,) = cache.iterdir()
    file.write_bytes(file.read_bytes()[:500] if isinstance(damage, str) else damage)
    assert pack_cache.load_quickly("first-summit") == tabletop.load("first-summit")


def test_what_was_made_of_another_pack_is_not_taken_for_this_one(
    town: Callable[..., tabletop.Scenario], cache: pathlib.Path
) -> None:
    pack_cache.load_quickly("first-summit")
    (of_the_tutorial,) = cache.iterdir()
    town()
    pack_cache.load_quickly(str(cache.parent / "town"))
    (of_the_town,) = set(cache.iterdir()) - {of_the_tutorial}
    of_the_town.write_bytes(of_the_tutorial.read_bytes())
    assert pack_cache.load_quickly(str(cache.parent / "town")).id == "town"


def test_what_somebody_wrote_there_by_hand_is_not_taken(cache: pathlib.Path) -> None:
    pack_cache.load_quickly("first-summit")
    (file,) = cache.iterdir()
    bomb = zlib.compress(b"[" * 50_000_000)
    for content in (bomb, zlib.compress(b'{"id": "other"}'), b"\0" * 32 + bomb):
        file.write_bytes(content)
        assert pack_cache.load_quickly("first-summit") == tabletop.load("first-summit")


@pytest.mark.skipif(os.name != "posix", reason="files have no modes")
def test_a_cache_is_its_owners_alone_and_what_others_may_write_to_is_not_read(
    cache: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack_cache.load_quickly("first-summit")
    (file,) = cache.iterdir()
    assert [one.stat().st_mode & 0o777 for one in (cache, file)] == [0o700, 0o600]
    file.chmod(0o666)
    assert Cache(cache).read(file.name) is None
    pack_cache.load_quickly("first-summit")
    assert Cache(cache).read(file.name) is not None
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert Cache(cache).read(file.name) is None


def test_a_session_is_opened_by_the_text_of_its_pack_whatever_was_stored_as_made_of_it(
    begin: Begin, journal: Journal, town: Callable[..., tabletop.Scenario], cache: pathlib.Path
) -> None:
    session = planned(begin())
    session.close()
    other = json.dumps({"version": tabletop.__version__, "data": {"id": "ferry", "title": "Other rules"}})
    with contextlib.closing(sqlite3.connect(journal.path)) as connection:
        assert connection.execute("select ready from scenarios").fetchall() == [(b"",)]
        connection.execute("update scenarios set ready = ?", (zlib.compress(other.encode()),))
        connection.commit()
    again, _ = open_session(journal, session.id)
    assert (again.scenario.title, again.state.fingerprint) == ("The Ferry", session.state.fingerprint)
    again.close()


@pytest.mark.parametrize(
    "beside",
    [
        'experiments: []\n"cards": [{id: other}]\n',
        "experiments: []\r'cards': [{id: other}]\n",
        "experiments: []\n? cards\n: [{id: other}]\n",
        "experiments: []\n---\ncards: [{id: other}]\n",
        "{experiments: [],\ncards: [{id: other}]}\n",
    ],
)
def test_no_rule_hides_from_the_digest_among_experiments(beside: str) -> None:
    texts = {"scenario.yaml": "id: town\n"}
    assert digest_of({**texts, "more.yaml": "# Notes.\nexperiments:\n- id: one\n"}) == digest_of(texts)
    assert digest_of({**texts, "more.yaml": beside}) != digest_of(texts)


def test_without_a_place_for_the_cache_packs_are_read(cache: pathlib.Path) -> None:
    cache.write_text("a file in its way", encoding="utf-8")
    assert pack_cache.load_quickly("first-summit").id == "first-summit"


def test_a_pack_that_was_changed_is_read_anew(town: Callable[..., tabletop.Scenario], cache: pathlib.Path) -> None:
    folder = str(cache.parent / "town")
    town()
    assert pack_cache.load_quickly(folder).title == "The Town"
    town(title="The Other Town")
    assert pack_cache.load_quickly(folder).title == "The Other Town"


def test_a_pack_with_mistakes_names_them_all(town: Callable[..., tabletop.Scenario], cache: pathlib.Path) -> None:
    with pytest.raises(PackError):
        town(player="nobody", meters=[])
    with pytest.raises(PackError) as raised:
        pack_cache.load_quickly(str(cache.parent / "town"))
    assert len(raised.value.problems) > 1


def test_no_more_than_a_dozen_packs_are_kept(town: Callable[..., tabletop.Scenario], cache: pathlib.Path) -> None:
    for number in range(15):
        town(title=f"Town {number}")
        pack_cache.load_texts_quickly(texts_of(locate(str(cache.parent / "town"))))
    assert len(list(cache.iterdir())) == 12
