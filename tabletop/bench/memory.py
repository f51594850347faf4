"""Peak memory (resident set) of the process."""

from __future__ import annotations

import pathlib
import re
import sys


def peak_mb() -> float | None:
    """The largest resident set of this process so far, in megabytes. None where it is not told."""
    status = pathlib.Path("/proc/self/status")
    if status.is_file():
        # On Linux getrusage() tells of whoever started this process too, where that was larger.
        found = re.search(r"^VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"), re.MULTILINE)
        if found is not None:
            return int(found[1]) * 1024 / 1e6
    try:
        import resource
    except ImportError:  # Windows
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
