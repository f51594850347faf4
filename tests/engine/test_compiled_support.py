"""An extra that is installed and does not load leads to plain Python, and one line says so."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys

import pytest

REFUSAL = "raise ImportError('Numba needs NumPy 2.2 or less. Got NumPy 2.4.')\n"


def told(folder: pathlib.Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What a command of the command line says where Numba does not load, or is told not to compile."""
    # The first of these processes leaves the parsed pack to the others.
    home = {"HOME": str(folder), "XDG_CACHE_HOME": str(folder.parent / "cache"), "XDG_DATA_HOME": str(folder / "data")}
    return subprocess.run(
        [sys.executable, "-m", "tabletop", *command],
        capture_output=True,
        text=True,
        env={**os.environ, **home, **environment},
    )


@pytest.fixture
def broken(tmp_path: pathlib.Path) -> dict[str, str]:
    """Where Numba is one that rejects its NumPy."""
    (tmp_path / "broken" / "numba").mkdir(parents=True)
    (tmp_path / "broken" / "numba" / "__init__.py").write_text(REFUSAL, encoding="utf-8")
    root = str(pathlib.Path(__file__).parents[2])
    return {"PYTHONPATH": os.pathsep.join([str(tmp_path / "broken"), root])}


SIMULATE = ("simulate", "first-summit", "--games", "300", "--jobs", "1")
PLAY = ("play", "first-summit", "--auto", "--seed", "1", "--player", "all=search:attache")


@pytest.mark.parametrize("command", [SIMULATE, PLAY])
def test_numba_that_does_not_load_is_told_in_a_line(
    command: tuple[str, ...], broken: dict[str, str], tmp_path: pathlib.Path
) -> None:
    done = told(tmp_path, *command, **broken)
    assert done.returncode == 0, done.stderr
    (line,) = done.stderr.splitlines()
    assert "plain Python" in line
    assert "Numba needs NumPy 2.2 or less" in line


def test_numba_that_is_told_not_to_compile_is_not_used(tmp_path: pathlib.Path) -> None:
    pytest.importorskip("numba")
    done = told(tmp_path, *SIMULATE, NUMBA_DISABLE_JIT="1")
    assert (done.returncode, len(done.stderr.splitlines())) == (0, 1), done.stderr
    assert "NUMBA_DISABLE_JIT is set" in done.stderr


def test_few_games_do_not_wait_for_numba(broken: dict[str, str], tmp_path: pathlib.Path) -> None:
    done = told(tmp_path, "simulate", "first-summit", "--games", "5", **broken)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("library", "command"),
    [
        ("pyarrow", ("simulate", "first-summit", "--games", "5", "--out", "figures.parquet")),
        ("distributed", ("simulate", "first-summit", "--games", "5", "--cluster", "local")),
    ],
)
def test_other_extras_that_do_not_load_are_named_with_why(
    library: str, command: tuple[str, ...], tmp_path: pathlib.Path, broken: dict[str, str]
) -> None:
    (tmp_path / "broken" / library).mkdir()
    (tmp_path / "broken" / library / "__init__.py").write_text("raise AttributeError('_ARRAY_API not found')\n")
    done = told(tmp_path, *command, **broken)
    lines = [line for line in done.stderr.splitlines() if line and not line.startswith(("Usage", "Try"))]
    assert (done.returncode, len(lines)) == (2, 1), done.stderr
    assert "_ARRAY_API not found" in lines[0]
