"""Every command, wherever it is started: a status of 0, 1 or 2, and at most a line of error.

TABLETOP_EVERY_PLACE=1 walks each command through every place instead of a few of them; so does tests/every_place.py.
"""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys

import click
import pytest

from tabletop.cli import main
from tests.every_place import COMMANDS, PLACES, ROOT

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the walk forks")

EVERY = bool(os.environ.get("TABLETOP_EVERY_PLACE"))
#: Without that, each command is walked through every so manieth place, each the next ones.
STRIDE = 1 if EVERY else 10


def names(group: click.Group, before: str = "") -> set[str]:
    """Every command of a group and of those in it."""
    found = set()
    for name, command in group.commands.items():
        found.add(f"{before}{name}")
        if isinstance(command, click.Group):
            found |= names(command, f"{before}{name} ")
    return found


def test_no_command_is_left_out() -> None:
    walked = {name.split(" -")[0] for name in COMMANDS}
    assert names(main) - walked == set()


def test_every_command_ends_in_words_wherever_it_is_started(tmp_path: pathlib.Path) -> None:
    command = [sys.executable, str(ROOT / "tests" / "every_place.py"), "--quick", "--json", f"--stride={STRIDE}"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert done.stderr == ""
    steps = [json.loads(line) for line in done.stdout.splitlines()]
    assert {step[0] for step in steps} == set(COMMANDS)
    assert {step[1] for step in steps} >= {name for name, place in PLACES.items() if place.user is None}
    assert [step for step in steps if step[2]] == []
