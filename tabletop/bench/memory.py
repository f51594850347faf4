"""Peak memory (resident set) of the process."""

from __future__ import annotations

import pathlib
import re
import sys


def peak_mb() -> float | None:
    """The peak resident set of this process so far, in megabytes. None if unknown."""
    status = pathlib.Path("/proc/self/status")
    if status.is_file():
        # On Linux getrusage() includes the peak of the parent process before exec.
        found = re.search(r"^VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"), re.MULTILINE)
        if found is not None:
            return int(found[1]) * 1024 / 1e6
    try:
        import resource
    except ImportError:  # Windows
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
