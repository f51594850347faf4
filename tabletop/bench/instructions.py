"""Instructions that this process has run, counted by the processor: unlike time they do not hang on other load.

Linux counts them for a process (`perf_event_open`) where the processor, a virtual machine and the settings allow it.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys

#: The number of the system call, by processor.
_CALLS = {"x86_64": 298, "aarch64": 241}
#: Hardware events; of these, instructions; without the kernel and whatever runs below it.
_HARDWARE, _INSTRUCTIONS, _USER_ONLY = 0, 1, 1 << 5 | 1 << 6
#: The first form of `perf_event_attr`, which every kernel knows.
_SIZE = 64


class InstructionCounter:
    """Counts from when it is made. `why_not` says why it cannot; then it counts nothing."""

    def __init__(self) -> None:
        self.why_not = ""
        self._file = -1
        call = _CALLS.get(platform.machine())
        if not sys.platform.startswith("linux") or call is None:
            self.why_not = f"not counted on {platform.system()} {platform.machine()}"
            return
        head = struct.pack("=IIQQQQQ", _HARDWARE, _SIZE, _INSTRUCTIONS, 0, 0, 0, _USER_ONLY)
        attributes = ctypes.create_string_buffer(head.ljust(_SIZE, b"\0"), _SIZE)
        library = ctypes.CDLL(None, use_errno=True)
        # This process, on any processor, in no group.
        self._file = library.syscall(ctypes.c_long(call), attributes, 0, -1, -1, ctypes.c_ulong(0))
        if self._file < 0:
            code = ctypes.get_errno()
            unsupported = "the processor, or the virtual machine, gives no counter"
            why = {errno.ENOENT: unsupported, errno.EOPNOTSUPP: unsupported, errno.ENODEV: unsupported}
            self.why_not = f"not counted here: {why.get(code, os.strerror(code).lower())}"

    def read(self) -> int | None:
        """Instructions so far; None where they are not counted."""
        if self._file < 0:
            return None
        (count,) = struct.unpack("=Q", os.read(self._file, 8))
        return int(count)
