"""Memory at the most is that of the process itself, and not of the one that started it."""

from __future__ import annotations

import subprocess
import sys

from tabletop.bench.memory import peak_mb

_TELL = "from tabletop.bench.memory import peak_mb; print(peak_mb())"


def test_what_was_used_counts_and_what_the_parent_uses_does_not() -> None:
    before = peak_mb()
    assert before is not None
    held = bytearray(b"x") * 200_000_000
    own = peak_mb()
    assert own is not None
    assert own > 200
    child = subprocess.run([sys.executable, "-c", _TELL], capture_output=True, text=True, check=True)
    assert 5 < float(child.stdout) < 150
    del held
