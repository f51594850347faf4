"""The libraries that the adapters are for are wanted only by those who use them."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(("adapter", "library"), [("pettingzoo", "pettingzoo"), ("openspiel", "pyspiel")])
def test_a_missing_library_is_named_with_what_installs_it(adapter: str, library: str) -> None:
    script = f"import sys; sys.modules[{library!r}] = None; import tabletop.adapters.{adapter}"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert told.returncode == 1
    assert f"pip install 'tabletop[{adapter}]'" in told.stderr.splitlines()[-1]


def test_nothing_else_brings_them_in() -> None:
    script = "import tabletop.cli, tabletop.adapters, tabletop.engine.game, sys; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not {"numpy", "pettingzoo", "gymnasium", "pyspiel"} & set(told.stdout.split())
