"""How a command starts: how many modules it loads until it has said something, which unlike time is the same anywhere.

Each has been begun once before, so that what it made of the pack is in the cache.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

#: Counts what is loaded by one command run in a process of its own.
COUNT = """
import sys
from tabletop.cli import main
try: main(sys.argv[1:])
except SystemExit: pass
ours = [name for name in sys.modules if name.startswith("tabletop.")]
print(len(ours), len(sys.modules) - len(ours), *sorted({name.partition(".")[0] for name in sys.modules}))
"""

#: By command: modules of ours, of others, and libraries that it must do without.
COMMANDS = {
    "check first-summit": (36, 180, {"cattrs", "yaml", "rich", "babel", "numba", "numpy", "filelock", "asyncio"}),
    "play first-summit --auto --seed 3": (
        170,
        310,
        {"markdown_it", "pygments", "numba", "numpy", "filelock", "asyncio", "prompt_toolkit", "jinja2", "pygame"},
    ),
    "simulate first-summit --games 1": (
        112,
        290,
        {"cattrs", "yaml", "babel", "numba", "numpy", "filelock", "asyncio", "dask", "prompt_toolkit", "jinja2"},
    ),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_loads_what_it_needs_and_no_more(command: str) -> None:
    ours, others, without = COMMANDS[command]
    for _ in range(2):
        run = [sys.executable, "-c", COUNT, *command.split()]
        done = subprocess.run(run, capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL)
    counted = done.stdout.splitlines()[-1].split()
    assert without & set(counted[2:]) == set()
    assert int(counted[0]) <= ours
    assert int(counted[1]) <= others
