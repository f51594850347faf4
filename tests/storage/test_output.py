"""Where a command's output goes: into what was named, whatever that is, and never in the place of it."""

from __future__ import annotations

import os
import pathlib
import stat
import subprocess
import sys
import threading

import pytest
from click.testing import CliRunner, Result

from tabletop.cli import main
from tabletop.storage.output import check_writable, is_stream, write_out
from tests.patience import PATIENCE

on_posix = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="links, pipes and devices as POSIX has them")


def tabletop(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def read_in_background(path: pathlib.Path) -> tuple[threading.Thread, list[bytes]]:
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(path.read_bytes()))
    reader.start()
    return reader, got


def test_a_file_is_replaced_whole_and_keeps_its_permissions(tmp_path: pathlib.Path) -> None:
    file = tmp_path / "out"
    file.write_text("before")
    file.chmod(0o640)
    write_out(b"after", file)
    assert file.read_bytes() == b"after"
    assert [one.name for one in tmp_path.iterdir()] == ["out"]
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o640


@on_posix
def test_what_is_private_is_made_for_its_owner_alone(tmp_path: pathlib.Path) -> None:
    write_out(b"secret", tmp_path / "mine", private=True)
    assert stat.S_IMODE((tmp_path / "mine").stat().st_mode) == 0o600


@on_posix
def test_a_link_stays_and_the_file_behind_it_is_written(tmp_path: pathlib.Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "link").symlink_to("deep/file")
    write_out(b"through a link that led nowhere yet", tmp_path / "link")
    assert (tmp_path / "deep" / "file").read_bytes() == b"through a link that led nowhere yet"
    write_out(b"again", tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "deep" / "file").read_bytes() == b"again"


@on_posix
def test_a_pipe_is_written_into(tmp_path: pathlib.Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert is_stream(pipe)
    reader, got = read_in_background(pipe)
    write_out(b"x" * 200_000, pipe)
    reader.join(PATIENCE)
    assert got == [b"x" * 200_000]
    assert pipe.is_fifo()


@on_posix
def test_a_device_is_written_into(tmp_path: pathlib.Path) -> None:
    write_out(b"gone", "/dev/null")
    assert pathlib.Path("/dev/null").is_char_device()
    (tmp_path / "null").symlink_to("/dev/null")
    write_out(b"gone", tmp_path / "null")
    assert (tmp_path / "null").is_symlink()


@on_posix
@pytest.mark.parametrize("name", ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_standard_output_by_any_of_its_names(name: str, tmp_path: pathlib.Path) -> None:
    program = (
        f"from tabletop.storage.output import write_out; print('first'); write_out(b'then', {name!r}); print('last')"
    )
    if name.startswith("/proc") and not os.path.exists(name):
        pytest.skip("there is no /proc here")
    for out in (subprocess.PIPE, (tmp_path / "log").open("wb")):
        run = subprocess.run([sys.executable, "-u", "-c", program], stdout=out, check=True)
        written = run.stdout if out is subprocess.PIPE else (tmp_path / "log").read_bytes()
        assert written.split() == [b"first", b"thenlast"]


@on_posix
def test_what_cannot_be_written_is_known_before(tmp_path: pathlib.Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    for out in (tmp_path, tmp_path / "no" / "such", tmp_path / "loop", "/dev/null/x"):
        with pytest.raises(OSError, match=r"folder|directory|levels"):
            check_writable(out)
        with pytest.raises(OSError, match=r"folder|directory|levels"):
            write_out(b"", out)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["loop"]


EVERY_COMMAND_THAT_WRITES = [
    ("simulate", "first-summit", "--games", "3", "--jobs", "1", "--out"),
    ("balance", "first-summit", "--games", "10", "--json"),
    ("screenshot", "title", "--size", "320x200", "--out"),
]


@on_posix
@pytest.mark.parametrize("command", EVERY_COMMAND_THAT_WRITES, ids=lambda command: f"{command[0]} {command[-1]}")
def test_every_command_writes_through_links_into_pipes_and_to_standard_output(
    command: tuple[str, ...], tmp_path: pathlib.Path
) -> None:
    file, link, pipe = tmp_path / "real.json", tmp_path / "link.json", tmp_path / "pipe"
    file.write_text("before")
    link.symlink_to("real.json")
    os.mkfifo(pipe)
    assert tabletop(*command, link).exit_code in (0, 1)
    assert link.is_symlink()
    assert file.read_bytes() != b"before"
    reader, got = read_in_background(pipe)
    assert tabletop(*command, pipe).exit_code in (0, 1)
    reader.join(PATIENCE)
    assert pipe.is_fifo()
    printed = tabletop(*command, "-").stdout_bytes
    begins = file.read_bytes()[:12]
    assert got[0].startswith(begins)
    assert printed.startswith(begins)


def test_a_whole_report_is_printed_to_one_place_only() -> None:
    result = tabletop("balance", "first-summit", "--games", "10", "--html", "-", "--json", "-")
    assert result.exit_code == 2
    assert "give one of them a file" in result.stderr
