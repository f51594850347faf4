"""Whole files or none: what is there before stays until all of the new is there."""

from __future__ import annotations

import os
import pathlib
import stat

import pytest

from tabletop.storage import atomic_write
from tabletop.storage.atomic_write import make_private_folder, replacing, write_whole

posix = pytest.mark.skipif(os.name != "posix", reason="files have modes on POSIX only")


def mode(path: pathlib.Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_takes_the_place_of_another_and_leaves_nothing_beside_it(tmp_path: pathlib.Path) -> None:
    write_whole(tmp_path / "a", b"one")
    write_whole(tmp_path / "a", b"two")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a", b"two")]


def test_where_writing_fails_what_was_there_stays(tmp_path: pathlib.Path) -> None:
    write_whole(tmp_path / "a", b"one")
    with pytest.raises(OSError, match="full"), replacing(tmp_path / "a") as unfinished:  # noqa: PT012
        unfinished.write_bytes(b"tw")
        raise OSError("the disk is full")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a", b"one")]


def test_it_is_on_the_disk_before_it_takes_the_place_and_the_place_before_it_is_said(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    sync, replace, folder = os.fsync, os.replace, atomic_write.sync_folder
    monkeypatch.setattr(os, "fsync", lambda handle: (done.append("sync"), sync(handle)))
    monkeypatch.setattr(os, "replace", lambda *paths: (done.append("replace"), replace(*paths)))
    monkeypatch.setattr(atomic_write, "sync_folder", lambda path: (done.append("folder"), folder(path)))
    write_whole(tmp_path / "a", b"one")
    assert done[:3] == ["sync", "replace", "folder"]


def test_a_link_is_followed_and_nothing_is_replaced_that_is_no_file(tmp_path: pathlib.Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "there")
    write_whole(tmp_path / "link", b"one")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "there").read_bytes() == b"one"
    with pytest.raises(OSError, match="it is a folder"):
        write_whole(tmp_path, b"one")


@posix
def test_a_pipe_is_not_replaced(tmp_path: pathlib.Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="no ordinary file"):
        write_whole(tmp_path / "pipe", b"one")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


@posix
def test_what_is_private_is_its_owners_alone_and_other_files_keep_their_mode(tmp_path: pathlib.Path) -> None:
    (tmp_path / "open").write_bytes(b"")
    (tmp_path / "open").chmod(0o644)
    write_whole(tmp_path / "open", b"one")
    assert mode(tmp_path / "open") == 0o644
    write_whole(tmp_path / "open", b"one", private=True)
    make_private_folder(tmp_path / "deep" / "deeper")
    assert [mode(tmp_path / one) for one in ("open", "deep", "deep/deeper")] == [0o600, 0o700, 0o700]


@posix
def test_what_a_killed_process_has_left_is_taken_away_and_what_is_being_written_is_not(tmp_path: pathlib.Path) -> None:
    with replacing(tmp_path / "a") as unfinished:
        left = unfinished.name.replace(f"-{os.getpid()}-", "-4194305-")  # no process has such a number
        for name in (left, left.replace(".a.", ".b.")):
            (tmp_path / name).write_bytes(b"half")
        write_whole(tmp_path / "a", b"by another thread")
        assert {one.name for one in tmp_path.iterdir()} == {"a", unfinished.name, left.replace(".a.", ".b.")}
